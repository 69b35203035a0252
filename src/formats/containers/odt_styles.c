/* Styles and list styles by name. Names are unique within a family; paragraph and text styles
 * do not share names in practice, and if they do, the first one counts. */
#include "formats/containers/odt_styles.h"

#include <stdlib.h>

#include "formats/containers/list_number.h"
#include "shilu/base/hash.h"
#include "shilu/base/memory.h"

enum { CHAIN_MAX = 16, STYLES_MAX = 20000, NUMBER_MAX = 1000000 };

struct style {
    char *id; /* owned, like the other strings */
    char *name;
    char *base;
    char *list; /* or NULL */
    int bold;
    int italic;
    int hidden;
    UT_hash_handle hh;
};

struct list_level {
    enum list_number kind;
    char *before; /* owned; or NULL */
    char *after;
    unsigned start;
    unsigned shown; /* number of levels whose numbers are shown */
};

struct list {
    char *id; /* owned */
    struct list_level levels[ODT_LIST_LEVELS];
    UT_hash_handle hh;
};

struct odt_styles {
    struct style *styles;
    struct list *lists;
    struct style *style; /* the current one */
    struct list *list;
};

struct odt_styles *odt_styles_new(void)
{
    return memory_zalloc(1, sizeof(struct odt_styles));
}

void odt_styles_free(struct odt_styles *s)
{
    struct style *style, *next_style;
    struct list *list, *next_list;

    HASH_ITER(hh, s->styles, style, next_style)
    {
        HASH_DEL(s->styles, style);
        free(style->id);
        free(style->name);
        free(style->base);
        free(style->list);
        free(style);
    }
    HASH_ITER(hh, s->lists, list, next_list)
    {
        HASH_DEL(s->lists, list);
        for (int i = 0; i < ODT_LIST_LEVELS; i++) {
            free(list->levels[i].before);
            free(list->levels[i].after);
        }
        free(list->id);
        free(list);
    }
    free(s);
}

static char *copy_of(const char *const *attributes, const char *name)
{
    const char *value = document_xml_attribute(attributes, name);

    return value != NULL ? memory_strdup(value) : NULL;
}

static unsigned number_of(const char *const *attributes, const char *name, unsigned otherwise)
{
    const char *value = document_xml_attribute(attributes, name);
    long number = value != NULL ? strtol(value, NULL, 10) : (long)otherwise;

    return number >= 0 && number <= NUMBER_MAX ? (unsigned)number : otherwise;
}

static void start_style(struct odt_styles *s, const char *const *attributes)
{
    const char *id = document_xml_attribute(attributes, "name");
    struct style *style = NULL;

    s->style = NULL;
    if (id == NULL || HASH_COUNT(s->styles) >= STYLES_MAX)
        return;
    HASH_FIND_STR(s->styles, id, style);
    if (style != NULL)
        return;
    style = memory_zalloc(1, sizeof *style);
    style->id = memory_strdup(id);
    style->name = copy_of(attributes, "display-name");
    style->base = copy_of(attributes, "parent-style-name");
    style->list = copy_of(attributes, "list-style-name");
    style->bold = style->italic = style->hidden = -1;
    HASH_ADD_KEYPTR(hh, s->styles, style->id, strlen(style->id), style);
    s->style = style;
}

static void set_words(struct style *style, const char *const *attributes)
{
    const char *weight = document_xml_attribute(attributes, "font-weight");
    const char *slant = document_xml_attribute(attributes, "font-style");
    const char *display = document_xml_attribute(attributes, "display");

    if (weight != NULL)
        style->bold = strcmp(weight, "bold") == 0 || strtol(weight, NULL, 10) >= 600;
    if (slant != NULL)
        style->italic = strcmp(slant, "italic") == 0 || strcmp(slant, "oblique") == 0;
    if (display != NULL)
        style->hidden = strcmp(display, "none") == 0;
}

static void start_list(struct odt_styles *s, const char *const *attributes)
{
    const char *id = document_xml_attribute(attributes, "name");
    struct list *list = NULL;

    s->list = NULL;
    if (id == NULL || HASH_COUNT(s->lists) >= STYLES_MAX)
        return;
    HASH_FIND_STR(s->lists, id, list);
    if (list != NULL)
        return;
    list = memory_zalloc(1, sizeof *list);
    list->id = memory_strdup(id);
    HASH_ADD_KEYPTR(hh, s->lists, list->id, strlen(list->id), list);
    s->list = list;
}

/* style:num-format is a sample of the first number. */
static enum list_number kind_of(const char *format)
{
    static const struct {
        const char *format;
        enum list_number kind;
    } kinds[] = {
        {"1", LIST_NUMBER_DECIMAL},
        {"a", LIST_NUMBER_LOWER_LETTER},
        {"A", LIST_NUMBER_UPPER_LETTER},
        {"i", LIST_NUMBER_LOWER_ROMAN},
        {"I", LIST_NUMBER_UPPER_ROMAN},
        {"①, ②, ③, ...", LIST_NUMBER_CIRCLED},
        {"一, 二, 三, ...", LIST_NUMBER_HAN},
        {"가, 나, 다, ...", LIST_NUMBER_GANADA},
        {"ア, イ, ウ, ...", LIST_NUMBER_KATAKANA},
        {"イ, ロ, ハ, ...", LIST_NUMBER_IROHA},
        {"１, ２, ３, ...", LIST_NUMBER_FULL_WIDTH},
    };
    size_t i;

    if (format == NULL || *format == '\0')
        return LIST_NUMBER_NONE;
    for (i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(format, kinds[i].format) == 0)
            return kinds[i].kind;
    return LIST_NUMBER_DECIMAL;
}

static void set_level(struct list *list, const char *const *attributes)
{
    unsigned number = number_of(attributes, "level", 0);
    struct list_level *level;

    if (number < 1 || number > ODT_LIST_LEVELS)
        return;
    level = &list->levels[number - 1];
    free(level->before);
    free(level->after);
    level->kind = kind_of(document_xml_attribute(attributes, "num-format"));
    level->before = copy_of(attributes, "num-prefix");
    level->after = copy_of(attributes, "num-suffix");
    level->start = number_of(attributes, "start-value", 1);
    level->shown = number_of(attributes, "display-levels", 1);
}

bool odt_styles_start(struct odt_styles *s, const char *name, const char *const *attributes)
{
    if (strcmp(name, "style") == 0)
        start_style(s, attributes);
    else if (strcmp(name, "text-properties") == 0 && s->style != NULL)
        set_words(s->style, attributes);
    else if (strcmp(name, "list-style") == 0)
        start_list(s, attributes);
    else if (strcmp(name, "list-level-style-number") == 0 && s->list != NULL)
        set_level(s->list, attributes);
    else
        return false;
    return true;
}

void odt_styles_end(struct odt_styles *s, const char *name)
{
    if (strcmp(name, "style") == 0)
        s->style = NULL;
    else if (strcmp(name, "list-style") == 0)
        s->list = NULL;
}

struct odt_style odt_style_of(const struct odt_styles *s, const char *id)
{
    struct odt_style found = {"", -1, -1, -1, NULL};
    int steps;

    for (steps = 0; id != NULL && steps < CHAIN_MAX; steps++) {
        struct style *style = NULL;

        HASH_FIND_STR(s->styles, id, style);
        if (style == NULL)
            break;
        if (*found.name == '\0' && style->name != NULL)
            found.name = style->name;
        found.bold = found.bold < 0 ? style->bold : found.bold;
        found.italic = found.italic < 0 ? style->italic : found.italic;
        found.hidden = found.hidden < 0 ? style->hidden : found.hidden;
        found.list = found.list == NULL ? style->list : found.list;
        id = style->base;
    }
    return found;
}

static const struct list_level *level_of(const struct odt_styles *s, const char *id,
                                         unsigned level)
{
    struct list *list = NULL;

    if (id != NULL)
        HASH_FIND_STR(s->lists, id, list);
    return list != NULL && level < ODT_LIST_LEVELS ? &list->levels[level] : NULL;
}

void odt_list_append(const struct odt_styles *s, const char *id, unsigned level,
                     const unsigned counts[ODT_LIST_LEVELS], struct buffer *out)
{
    const struct list_level *l = level_of(s, id, level);
    unsigned first, i;

    if (l == NULL || l->kind == LIST_NUMBER_NONE)
        return;
    first = l->shown > level ? 0 : level + 1 - (l->shown > 0 ? l->shown : 1);
    if (l->before != NULL)
        buffer_append_string(out, l->before);
    for (i = first; i <= level; i++) {
        const struct list_level *shown = level_of(s, id, i);

        if (i > first)
            buffer_append_char(out, '.');
        list_number_append(out, shown->kind, counts[i]);
    }
    if (l->after != NULL)
        buffer_append_string(out, l->after);
}

unsigned odt_list_start(const struct odt_styles *s, const char *id, unsigned level)
{
    const struct list_level *l = level_of(s, id, level);

    return l != NULL ? l->start : 1;
}
