/* XML as JSON. The document is kept as a tree of elements and texts in one array; index 0 means
 * no node. xml_stream limits the depth. */
#include "formats/xml/xml_json.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "formats/common/column_name.h"
#include "formats/common/emit.h"
#include "formats/common/markdown_text.h"
#include "shilu/base/memory.h"
#include "shilu/base/span.h"

struct node {
    char *name;               /* owned; NULL for text */
    struct buffer attributes; /* as members, each followed by a comma */
    bool has_facts;           /* some attribute says more than which element it is */
    bool says_who;            /* an attribute is the speaker */
    bool says_when;           /* … a time */
    struct buffer text;
    uint64_t line;
    uint32_t parent, first, last, next;
};

struct xml_json {
    struct xml_stream *xml;
    struct node *nodes; /* owned; the first is unused */
    size_t count, capacity;
    uint32_t at; /* the open element */
};

static uint32_t add_node(struct xml_json *x)
{
    uint32_t number = (uint32_t)x->count;
    struct node *parent;

    MEMORY_RESERVE(x->nodes, x->capacity, x->count + 1);
    x->nodes[x->count++] = (struct node){.parent = x->at};
    parent = &x->nodes[x->at];
    if (number == 0)
        return 0;
    if (parent->last != 0)
        x->nodes[parent->last].next = number;
    else
        parent->first = number;
    parent->last = number;
    return number;
}

/* ------------------------------------------------------------------------ JSON */

static void append_string(struct buffer *out, const char *s, size_t bytes)
{
    size_t i;

    buffer_append_char(out, '"');
    for (i = 0; i < bytes; i++) {
        unsigned char c = (unsigned char)s[i];

        if (c < 0x20)
            buffer_append_format(out, "\\u%04x", c);
        else if (c == '"' || c == '\\')
            buffer_append_format(out, "\\%c", c);
        else
            buffer_append_char(out, (char)c);
    }
    buffer_append_char(out, '"');
}

static const char *local_name(const char *name)
{
    const char *colon = strrchr(name, ':');

    return colon != NULL ? colon + 1 : name;
}

/* Attributes that only identify an element or state its appearance. */
static bool is_plain(const char *name)
{
    static const char *const names[] = {"id",    "pid",   "class", "style", "lang", "n",
                                        "space", "align", "rend",  "num",   NULL};
    static const char *const looks[] = {"align", "position", "color", "font", "size", NULL};
    size_t i;

    for (i = 0; names[i] != NULL; i++) {
        if (strcasecmp(names[i], name) == 0)
            return true;
    }
    for (i = 0; looks[i] != NULL && strcasestr(name, looks[i]) == NULL; i++)
        continue;
    return looks[i] != NULL;
}

/* ------------------------------------------------------------------------ reading */

static void note_column(struct node *node, const char *attribute)
{
    enum table_column column = column_name_read(span_string(attribute)).column;

    node->says_who |= column == COLUMN_SPEAKER;
    node->says_when |= column == COLUMN_START || column == COLUMN_END ||
                       column == COLUMN_DURATION || column == COLUMN_DATE;
}

static void on_start(void *self, const char *name, const char *const *attributes)
{
    struct xml_json *x = self;
    uint32_t number = add_node(x);
    struct node *node = &x->nodes[number];

    node->name = memory_strdup(name);
    node->line = xml_stream_line(x->xml);
    for (; *attributes != NULL; attributes += 2) {
        const char *attribute = local_name(attributes[0]);

        append_string(&node->attributes, attribute, strlen(attribute));
        buffer_append_char(&node->attributes, ':');
        append_string(&node->attributes, attributes[1], strlen(attributes[1]));
        buffer_append_char(&node->attributes, ',');
        node->has_facts |= !is_plain(attribute);
        note_column(node, attribute);
    }
    x->at = number;
}

static void on_end(void *self, const char *name)
{
    struct xml_json *x = self;

    (void)name;
    x->at = x->nodes[x->at].parent;
}

static void on_text(void *self, const char *text, size_t bytes)
{
    struct xml_json *x = self;
    uint32_t last = x->nodes[x->at].last;

    if (x->at == 0)
        return;
    if (last == 0 || x->nodes[last].name != NULL)
        last = add_node(x);
    buffer_append(&x->nodes[last].text, text, bytes);
}

static void on_finish(void *self)
{
    (void)self;
}

struct xml_json *xml_json_new(void)
{
    static const struct xml_handler handler = {on_start, on_end, on_text, on_finish};
    struct xml_json *x = memory_zalloc(1, sizeof *x);

    add_node(x);
    x->xml = xml_stream_new(&handler, x);
    return x;
}

void xml_json_free(struct xml_json *x)
{
    size_t i;

    if (x == NULL)
        return;
    for (i = 0; i < x->count; i++) {
        free(x->nodes[i].name);
        buffer_release(&x->nodes[i].attributes);
        buffer_release(&x->nodes[i].text);
    }
    free(x->nodes);
    xml_stream_free(x->xml);
    free(x);
}

enum reader_status xml_json_read(struct xml_json *x, struct reader_context *context,
                                 struct error *err)
{
    return xml_stream_next(x->xml, context, err);
}

/* ------------------------------------------------------------------------ texts */

static bool is_blank(const struct node *node)
{
    return span_trim(span_of(buffer_string(&node->text), node->text.bytes)).length == 0;
}

static bool has_words(const struct xml_json *x, const struct node *node)
{
    uint32_t child;

    for (child = node->first; child != 0; child = x->nodes[child].next) {
        if (x->nodes[child].name == NULL && !is_blank(&x->nodes[child]))
            return true;
    }
    return false;
}

static bool has_elements(const struct xml_json *x, const struct node *node)
{
    uint32_t child;

    for (child = node->first; child != 0; child = x->nodes[child].next) {
        if (x->nodes[child].name != NULL)
            return true;
    }
    return false;
}

/* Whether a name means something other than words. */
static bool names_fact(const char *name)
{
    enum table_column column = column_name_read(span_string(name)).column;

    return column != COLUMN_COUNT && column != COLUMN_TEXT;
}

/* Whether all words below an element are in elements of one name without further information:
 * those are its lines. */
static bool is_of_lines(const struct xml_json *x, const struct node *node, const char **name)
{
    uint32_t child;

    for (child = node->first; child != 0; child = x->nodes[child].next) {
        const struct node *inner = &x->nodes[child];

        if (inner->name == NULL)
            continue;
        if (inner->has_facts)
            return false;
        if (!has_words(x, inner) && has_elements(x, inner)) {
            if (!is_of_lines(x, inner, name))
                return false;
            continue;
        }
        if ((*name != NULL && strcmp(*name, inner->name) != 0 &&
             strcmp(inner->name, "br") != 0) ||
            names_fact(inner->name))
            return false;
        if (*name == NULL)
            *name = inner->name;
    }
    return true;
}

/* Whether all elements below one are only parts of its words, whatever their kinds: none has a
 * speaker, a time or a name that means something else. */
static bool is_of_parts(const struct xml_json *x, const struct node *node)
{
    uint32_t child;

    for (child = node->first; child != 0; child = x->nodes[child].next) {
        const struct node *inner = &x->nodes[child];
        enum table_column column;

        if (inner->name == NULL)
            continue;
        column = column_name_read(span_string(inner->name)).column;
        if (inner->says_who || inner->says_when ||
            (column != COLUMN_COUNT && column != COLUMN_PUNCTUATION) || !is_of_parts(x, inner))
            return false;
    }
    return true;
}

static bool is_text(const struct xml_json *x, const struct node *node)
{
    const char *name = NULL;

    if (has_words(x, node))
        return true;
    /* "<turn speaker="A"><greeting>Good morning<punc/></greeting>…" */
    if (node->says_who && has_elements(x, node) && is_of_parts(x, node))
        return true;
    return has_elements(x, node) && is_of_lines(x, node, &name) && name != NULL;
}

/* Elements whose words continue the line around them. */
static bool is_inline(const char *name)
{
    static const char *const names[] = {"i",   "b",    "u",  "em",    "strong", "span", "a",
                                        "sup", "sub",  "hi", "font",  "emph",   "c",    "w",
                                        "s",   "char", "ph", "small", NULL};
    size_t i;

    for (i = 0; names[i] != NULL && strcasecmp(names[i], name) != 0; i++)
        continue;
    return names[i] != NULL;
}

/* Elements that hold what nobody says. */
static bool is_remark(const char *name)
{
    static const char *const names[] = {"note", "stage",  "incident", "kinesic", "comment",
                                        "desc", "action", "event",    "vocal",   NULL};

    return span_is_any(span_string(name), names);
}

static void append_words(const struct xml_json *x, const struct node *node, struct buffer *out);

/* In brackets, if it has none. */
static void append_remark(const struct xml_json *x, const struct node *node, struct buffer *out)
{
    struct buffer words = {0};
    struct span text;
    bool bare;

    append_words(x, node, &words);
    text = span_trim(span_of(buffer_string(&words), words.bytes));
    bare = text.length > 0 && *text.data != '(' && *text.data != '[';
    buffer_append_string(out, bare ? "[" : "");
    buffer_append(out, text.data, text.length);
    buffer_append_string(out, bare ? "]" : "");
    buffer_release(&words);
}

static void append_words(const struct xml_json *x, const struct node *node, struct buffer *out)
{
    uint32_t child;

    for (child = node->first; child != 0; child = x->nodes[child].next) {
        const struct node *inner = &x->nodes[child];
        bool parts = inner->name != NULL && !is_inline(inner->name);

        if (parts)
            emit_break(out);
        if (inner->name == NULL)
            emit_words(out, buffer_string(&inner->text), inner->text.bytes);
        else if (is_remark(inner->name))
            append_remark(x, inner, out);
        else
            append_words(x, inner, out);
        if (parts)
            emit_break(out);
    }
}

static void write_text(const struct xml_json *x, const struct node *node, struct buffer *out)
{
    struct buffer words = {0};
    struct span text;

    append_words(x, node, &words);
    text = span_trim(span_of(buffer_string(&words), words.bytes));
    append_string(out, text.data, text.length);
    buffer_release(&words);
}

/* ------------------------------------------------------------------------ writing */

struct writing {
    const struct xml_json *x;
    struct buffer *out;
    bool lines; /* line ends are written */
    uint64_t line;
    bool went_back; /* an element is above the line already reached */
};

static void write_node(struct writing *w, const struct node *node);

static bool is_called(const struct xml_json *x, uint32_t number, const char *name)
{
    return x->nodes[number].name != NULL && strcmp(x->nodes[number].name, name) == 0;
}

static void go_to_line(struct writing *w, const struct node *node)
{
    w->went_back |= node->line < w->line;
    for (; w->lines && w->line < node->line; w->line++)
        buffer_append_char(w->out, '\n');
}

/* All elements with the same name as this one, which is the first of them. */
static void write_named(struct writing *w, uint32_t first)
{
    const struct node *nodes = w->x->nodes;
    const char *name = nodes[first].name;
    uint32_t other;
    bool several = false;

    for (other = nodes[first].next; other != 0 && !several; other = nodes[other].next)
        several = is_called(w->x, other, name);
    append_string(w->out, name, strlen(name));
    buffer_append_string(w->out, several ? ":[" : ":");
    for (other = first; other != 0; other = nodes[other].next) {
        if (!is_called(w->x, other, name) || (other != first && !several))
            continue;
        if (other != first)
            buffer_append_char(w->out, ',');
        write_node(w, &nodes[other]);
    }
    buffer_append_string(w->out, several ? "]," : ",");
}

static bool is_first(const struct xml_json *x, const struct node *parent, uint32_t number)
{
    uint32_t other = parent->first;

    while (other != number && !is_called(x, other, x->nodes[number].name))
        other = x->nodes[other].next;
    return other == number;
}

/* Every member is followed by a comma; the last comma is removed. */
static void write_node(struct writing *w, const struct node *node)
{
    const struct xml_json *x = w->x;
    bool text = is_text(x, node);
    uint32_t child;

    go_to_line(w, node);
    if (text && node->attributes.bytes == 0) {
        write_text(x, node, w->out);
        return;
    }
    buffer_append_char(w->out, '{');
    buffer_append(w->out, buffer_string(&node->attributes), node->attributes.bytes);
    if (text) {
        buffer_append_string(w->out, "\"text\":");
        write_text(x, node, w->out);
        buffer_append_char(w->out, ',');
    }
    for (child = node->first; child != 0 && !text; child = x->nodes[child].next) {
        if (x->nodes[child].name != NULL && is_first(x, node, child))
            write_named(w, child);
    }
    if (w->out->data[w->out->bytes - 1] == ',')
        w->out->bytes--;
    buffer_append_char(w->out, '}');
}

bool xml_json_write(const struct xml_json *x, struct buffer *out)
{
    struct writing w = {.x = x, .out = out, .lines = true, .line = 1};
    size_t before = out->bytes;

    if (x->nodes[0].first == 0)
        return true;
    write_node(&w, &x->nodes[x->nodes[0].first]);
    if (w.went_back) {
        out->bytes = before;
        w.lines = false;
        write_node(&w, &x->nodes[x->nodes[0].first]);
    }
    return w.lines;
}

/* ------------------------------------------------------------------------ paragraphs */

static bool is_line_break(const char *name)
{
    return strcasecmp(name, "br") == 0 || strcasecmp(name, "lb") == 0;
}

static void append_line(const struct xml_json *x, const struct node *node, struct buffer *out)
{
    uint32_t child;

    if (node->name == NULL)
        emit_words(out, buffer_string(&node->text), node->text.bytes);
    for (child = node->first; child != 0; child = x->nodes[child].next) {
        if (x->nodes[child].name != NULL && is_line_break(x->nodes[child].name))
            emit_words(out, " ", 1);
        append_line(x, &x->nodes[child], out);
    }
}

static void write_escaped(struct span text, struct buffer *out)
{
    text = span_trim(text);
    markdown_text_escape(out, text.data, text.length);
}

/* The element at the start of a paragraph, before other words; 0 for none. */
static uint32_t leading_element(const struct xml_json *x, const struct node *node)
{
    uint32_t child = node->first;

    while (child != 0 && x->nodes[child].name == NULL && is_blank(&x->nodes[child]))
        child = x->nodes[child].next;
    return child != 0 && x->nodes[child].name != NULL && x->nodes[child].next != 0 ? child : 0;
}

static void write_paragraph(const struct xml_json *x, const struct node *node,
                            struct buffer *out)
{
    uint32_t lead = leading_element(x, node);
    uint32_t child = lead != 0 ? x->nodes[lead].next : node->first;
    struct buffer words = {0};

    if (lead != 0) {
        append_line(x, &x->nodes[lead], &words);
        if (!emit_is_blank(buffer_string(&words), words.bytes)) {
            buffer_append_string(out, "**");
            write_escaped(span_of(words.data, words.bytes), out);
            buffer_append_string(out, "** ");
        }
        buffer_clear(&words);
    }
    for (; child != 0; child = x->nodes[child].next)
        append_line(x, &x->nodes[child], &words);
    write_escaped(span_of(buffer_string(&words), words.bytes), out);
    buffer_append_string(out, "\n\n");
    buffer_release(&words);
}

static void write_markdown(const struct xml_json *x, const struct node *node,
                           struct buffer *out)
{
    uint32_t child;

    if (has_words(x, node)) {
        write_paragraph(x, node, out);
        return;
    }
    for (child = node->first; child != 0; child = x->nodes[child].next)
        write_markdown(x, &x->nodes[child], out);
}

void xml_json_write_markdown(const struct xml_json *x, struct buffer *out)
{
    write_markdown(x, &x->nodes[0], out);
}
