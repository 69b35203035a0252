/* Styles are looked up by id; lists by number, through an abstract list. Several lists may
 * share an abstract list, which counts for all of them. */
#include "formats/containers/docx_styles.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "formats/containers/list_number.h"
#include "shilu/base/hash.h"
#include "shilu/base/memory.h"

enum {
    LEVELS = 9,
    CHAIN_MAX = 16,
    HEADING_LEVELS = 6,
    STYLES_MAX = 10000,
    LISTS_MAX = 10000,
    NUMBER_MAX = 1000000
};

struct style {
    char *id; /* owned, like the other strings */
    char *name;
    char *base;
    int level; /* -1 if not stated */
    int bold;
    int italic;
    int hidden;
    int list;
    int list_level;
    UT_hash_handle hh;
};

struct list_level {
    enum list_number kind;
    char *text; /* "%1." */
    unsigned start;
};

/* An abstract list. */
struct shape {
    int id;
    struct list_level levels[LEVELS];
    unsigned counts[LEVELS];
    bool counted[LEVELS];
    UT_hash_handle hh;
};

struct list {
    int number;
    int shape;
    int restart[LEVELS]; /* number of its own first paragraph; -1: continues the count */
    bool restarted;
    UT_hash_handle hh;
};

struct docx_styles {
    struct style *styles;
    struct shape *shapes;
    struct list *lists;
    /* state while reading */
    struct style *style;
    struct shape *shape;
    struct list *list;
    int level;
    bool in_run; /* inside run properties */
};

struct docx_styles *docx_styles_new(void)
{
    return memory_zalloc(1, sizeof(struct docx_styles));
}

void docx_styles_free(struct docx_styles *s)
{
    struct style *style, *next_style;
    struct shape *shape, *next_shape;
    struct list *list, *next_list;

    HASH_ITER(hh, s->styles, style, next_style)
    {
        HASH_DEL(s->styles, style);
        free(style->id);
        free(style->name);
        free(style->base);
        free(style);
    }
    HASH_ITER(hh, s->shapes, shape, next_shape)
    {
        HASH_DEL(s->shapes, shape);
        for (int i = 0; i < LEVELS; i++)
            free(shape->levels[i].text);
        free(shape);
    }
    HASH_ITER(hh, s->lists, list, next_list)
    {
        HASH_DEL(s->lists, list);
        free(list);
    }
    free(s);
}

int docx_is_on(const char *const *attributes)
{
    const char *value = document_xml_attribute(attributes, "val");

    return value == NULL || (strcmp(value, "0") != 0 && strcmp(value, "false") != 0 &&
                             strcmp(value, "off") != 0);
}

static int number_of(const char *const *attributes, const char *name, int otherwise)
{
    const char *value = document_xml_attribute(attributes, name);

    long number = value != NULL ? strtol(value, NULL, 10) : otherwise;

    return number < -1 || number > NUMBER_MAX ? otherwise : (int)number;
}

static char *copy_value(const char *const *attributes, const char *name)
{
    const char *value = document_xml_attribute(attributes, name);

    return memory_strdup(value != NULL ? value : "");
}

static void set_copy(char **at, char *copy)
{
    free(*at);
    *at = copy;
}

/* ----------------------------------------------------------------------------- styles */

static void start_style(struct docx_styles *s, const char *const *attributes)
{
    const char *id = document_xml_attribute(attributes, "styleId");
    struct style *style = NULL;

    s->style = NULL;
    if (id == NULL || HASH_COUNT(s->styles) >= STYLES_MAX)
        return;
    HASH_FIND_STR(s->styles, id, style);
    if (style != NULL)
        return;
    style = memory_zalloc(1, sizeof *style);
    style->id = memory_strdup(id);
    style->name = memory_strdup("");
    style->base = memory_strdup("");
    style->level = style->bold = style->italic = style->hidden = -1;
    style->list = style->list_level = -1;
    HASH_ADD_KEYPTR(hh, s->styles, style->id, strlen(style->id), style);
    s->style = style;
}

/* "heading 2", "Title": built-in styles have the same names in every language of Word. */
static int level_of_name(const char *name)
{
    if (strcasecmp(name, "title") == 0)
        return 1;
    if (strncasecmp(name, "heading ", 8) == 0 && name[8] >= '1' && name[8] <= '9')
        return name[8] - '0';
    return -1;
}

static void on_style_start(void *self, const char *name, const char *const *attributes)
{
    struct docx_styles *s = self;
    struct style *style = s->style;

    if (strcmp(name, "style") == 0)
        start_style(s, attributes);
    if (strcmp(name, "rPr") == 0)
        s->in_run = true;
    if (style == NULL)
        return;
    if (strcmp(name, "name") == 0) {
        set_copy(&style->name, copy_value(attributes, "val"));
        if (style->level < 0)
            style->level = level_of_name(style->name);
    } else if (strcmp(name, "basedOn") == 0) {
        set_copy(&style->base, copy_value(attributes, "val"));
    } else if (strcmp(name, "outlineLvl") == 0) {
        style->level = number_of(attributes, "val", 9) + 1;
    } else if (strcmp(name, "numId") == 0) {
        style->list = number_of(attributes, "val", -1);
    } else if (strcmp(name, "ilvl") == 0) {
        style->list_level = number_of(attributes, "val", -1);
    } else if (strcmp(name, "b") == 0 && s->in_run) {
        style->bold = docx_is_on(attributes);
    } else if (strcmp(name, "i") == 0 && s->in_run) {
        style->italic = docx_is_on(attributes);
    } else if (strcmp(name, "vanish") == 0 && s->in_run) {
        style->hidden = docx_is_on(attributes);
    }
}

static void on_style_end(void *self, const char *name)
{
    struct docx_styles *s = self;

    if (strcmp(name, "style") == 0)
        s->style = NULL;
    if (strcmp(name, "rPr") == 0)
        s->in_run = false;
}

struct docx_style docx_style_of(const struct docx_styles *s, const char *id)
{
    struct docx_style found = {"", -1, -1, -1, -1, -1, -1};
    int steps;

    for (steps = 0; id != NULL && *id != '\0' && steps < CHAIN_MAX; steps++) {
        struct style *style = NULL;

        HASH_FIND_STR(s->styles, id, style);
        if (style == NULL)
            break;
        if (steps == 0)
            found.name = style->name;
        found.level = found.level < 0 ? style->level : found.level;
        found.bold = found.bold < 0 ? style->bold : found.bold;
        found.italic = found.italic < 0 ? style->italic : found.italic;
        found.hidden = found.hidden < 0 ? style->hidden : found.hidden;
        found.list = found.list < 0 ? style->list : found.list;
        found.list_level = found.list_level < 0 ? style->list_level : found.list_level;
        id = style->base;
    }
    /* Outline level 10 is body text. */
    if (found.level < 0 || found.level > 9)
        found.level = 0;
    else if (found.level > HEADING_LEVELS)
        found.level = HEADING_LEVELS;
    return found;
}

/* ------------------------------------------------------------------------------ lists */

static enum list_number kind_named(const char *name)
{
    static const struct {
        const char *name;
        enum list_number kind;
    } kinds[] = {
        {"decimal", LIST_NUMBER_DECIMAL},
        {"decimalZero", LIST_NUMBER_DECIMAL_ZERO},
        {"decimalFullWidth", LIST_NUMBER_FULL_WIDTH},
        {"decimalFullWidth2", LIST_NUMBER_FULL_WIDTH},
        {"decimalEnclosedCircle", LIST_NUMBER_CIRCLED},
        {"decimalEnclosedCircleChinese", LIST_NUMBER_CIRCLED},
        {"upperLetter", LIST_NUMBER_UPPER_LETTER},
        {"lowerLetter", LIST_NUMBER_LOWER_LETTER},
        {"upperRoman", LIST_NUMBER_UPPER_ROMAN},
        {"lowerRoman", LIST_NUMBER_LOWER_ROMAN},
        {"chineseCounting", LIST_NUMBER_HAN},
        {"chineseCountingThousand", LIST_NUMBER_HAN},
        {"taiwaneseCounting", LIST_NUMBER_HAN},
        {"taiwaneseCountingThousand", LIST_NUMBER_HAN},
        {"japaneseCounting", LIST_NUMBER_HAN},
        {"koreanCounting", LIST_NUMBER_HAN},
        {"ideographDigital", LIST_NUMBER_HAN_DIGITS},
        {"taiwaneseDigital", LIST_NUMBER_HAN_DIGITS},
        {"japaneseDigitalTenThousand", LIST_NUMBER_HAN_DIGITS},
        {"ganada", LIST_NUMBER_GANADA},
        {"aiueoFullWidth", LIST_NUMBER_KATAKANA},
        {"aiueo", LIST_NUMBER_KATAKANA},
        {"irohaFullWidth", LIST_NUMBER_IROHA},
        {"iroha", LIST_NUMBER_IROHA},
        {"bullet", LIST_NUMBER_NONE},
        {"none", LIST_NUMBER_NONE},
    };
    size_t i;

    for (i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(name, kinds[i].name) == 0)
            return kinds[i].kind;
    return LIST_NUMBER_DECIMAL;
}

static void start_shape(struct docx_styles *s, const char *const *attributes)
{
    int id = number_of(attributes, "abstractNumId", -1);
    struct shape *shape = NULL;

    s->shape = NULL;
    HASH_FIND_INT(s->shapes, &id, shape);
    if (shape != NULL || HASH_COUNT(s->shapes) >= LISTS_MAX)
        return;
    shape = memory_zalloc(1, sizeof *shape);
    shape->id = id;
    for (int i = 0; i < LEVELS; i++)
        shape->levels[i].start = 1;
    HASH_ADD_INT(s->shapes, id, shape);
    s->shape = shape;
}

static void start_list(struct docx_styles *s, const char *const *attributes)
{
    int number = number_of(attributes, "numId", -1);
    struct list *list = NULL;

    s->list = NULL;
    HASH_FIND_INT(s->lists, &number, list);
    if (list != NULL || HASH_COUNT(s->lists) >= LISTS_MAX)
        return;
    list = memory_zalloc(1, sizeof *list);
    list->number = number;
    list->shape = -1;
    for (int i = 0; i < LEVELS; i++)
        list->restart[i] = -1;
    HASH_ADD_INT(s->lists, number, list);
    s->list = list;
}

static void set_level(struct docx_styles *s, const char *name, const char *const *attributes)
{
    struct list_level *level = &s->shape->levels[s->level];
    const char *value = document_xml_attribute(attributes, "val");

    if (strcmp(name, "numFmt") == 0 && value != NULL)
        level->kind = kind_named(value);
    else if (strcmp(name, "lvlText") == 0)
        set_copy(&level->text, copy_value(attributes, "val"));
    else if (strcmp(name, "start") == 0)
        level->start = (unsigned)number_of(attributes, "val", 1);
}

static void on_list_start(void *self, const char *name, const char *const *attributes)
{
    struct docx_styles *s = self;

    if (strcmp(name, "abstractNum") == 0) {
        start_shape(s, attributes);
        s->level = -1;
    } else if (strcmp(name, "num") == 0) {
        start_list(s, attributes);
        s->shape = NULL;
        s->level = -1;
    } else if (strcmp(name, "lvl") == 0 || strcmp(name, "lvlOverride") == 0) {
        s->level = number_of(attributes, "ilvl", -1);
        s->level = s->level < LEVELS ? s->level : -1;
    } else if (strcmp(name, "abstractNumId") == 0 && s->list != NULL) {
        s->list->shape = number_of(attributes, "val", -1);
    } else if (s->level >= 0 && s->shape != NULL) {
        set_level(s, name, attributes);
    } else if (s->level >= 0 && s->list != NULL && strcmp(name, "startOverride") == 0) {
        s->list->restart[s->level] = number_of(attributes, "val", 1);
    }
}

static void on_list_end(void *self, const char *name)
{
    struct docx_styles *s = self;

    if (strcmp(name, "abstractNum") == 0)
        s->shape = NULL;
    if (strcmp(name, "num") == 0)
        s->list = NULL;
}

/* Advance the count of a level and reset the levels below it. */
static void count(struct shape *shape, int level)
{
    if (shape->counted[level])
        shape->counts[level]++;
    else
        shape->counts[level] = shape->levels[level].start;
    shape->counted[level] = true;
    for (int i = level + 1; i < LEVELS; i++)
        shape->counted[i] = false;
}

static void append_label(const struct shape *shape, int level, struct buffer *out)
{
    const char *text = shape->levels[level].text;

    if (shape->levels[level].kind == LIST_NUMBER_NONE)
        return;
    for (; text != NULL && *text != '\0'; text++) {
        int shown = text[0] == '%' && text[1] >= '1' && text[1] <= '9' ? text[1] - '1' : -1;

        if (shown < 0) {
            buffer_append_char(out, *text);
            continue;
        }
        list_number_append(out, shape->levels[shown].kind,
                           shape->counted[shown] ? shape->counts[shown]
                                                 : shape->levels[shown].start);
        text++;
    }
}

void docx_list_next(struct docx_styles *s, int number, int level, struct buffer *out)
{
    struct list *list = NULL;
    struct shape *shape = NULL;

    HASH_FIND_INT(s->lists, &number, list);
    if (list == NULL || level < 0 || level >= LEVELS)
        return;
    HASH_FIND_INT(s->shapes, &list->shape, shape);
    if (shape == NULL)
        return;
    if (!list->restarted) {
        for (int i = 0; i < LEVELS; i++) {
            if (list->restart[i] < 0)
                continue;
            shape->counts[i] = (unsigned)list->restart[i] - 1;
            shape->counted[i] = true;
        }
        list->restarted = true;
    }
    count(shape, level);
    append_label(shape, level, out);
}

bool docx_styles_read(struct docx_styles *s, struct zip_archive *z, struct error *err)
{
    static const struct document_xml_handler styles = {on_style_start, on_style_end, NULL};
    static const struct document_xml_handler lists = {on_list_start, on_list_end, NULL};

    if (zip_archive_has(z, "word/styles.xml") &&
        !document_xml_read(z, "word/styles.xml", &styles, s, err))
        return false;
    return !zip_archive_has(z, "word/numbering.xml") ||
           document_xml_read(z, "word/numbering.xml", &lists, s, err);
}
