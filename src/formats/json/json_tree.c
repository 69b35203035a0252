/* JSON tree. Invariant while parsing: `open` holds the indices of the containers around the
 * next token, innermost last. A container's `end` is set when it is closed, if only by an error
 * or the end of the text. */
#include "formats/json/json_tree.h"

#include <stdlib.h>
#include <string.h>

#include "formats/json/json_string.h"
#include "shilu/base/bytes.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"

/* A truncated string is kept if it has this length; most plain strings are shorter than
 * SHORT_BYTES. */
enum { CUT_STRING_BYTES = 32, SHORT_BYTES = 16 };

/* What may come next: a value; the first thing in a container; a value or a name after a comma;
 * a comma or a closing bracket. */
enum expect { EXPECT_VALUE, EXPECT_FIRST, EXPECT_ANOTHER, EXPECT_SEPARATOR };

struct scan {
    struct json_tree *tree;
    const char *s;
    size_t bytes;
    size_t at;
    uint32_t open[JSON_DEPTH_MAX];
    size_t depth;
    enum expect expect;
    uint32_t name; /* of the member whose value comes next */
    uint32_t name_bytes;
    bool name_decoded;
};

void json_tree_release(struct json_tree *t)
{
    free(t->nodes);
    buffer_release(&t->decoded);
    *t = (struct json_tree){0};
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* Most of a pretty-printed file is indentation: skip eight blanks at a time. */
static void skip_space(struct scan *in)
{
    static const char blanks[] = "        ";

    while (in->at < in->bytes && is_space(in->s[in->at])) {
        in->at++;
        while (in->bytes - in->at >= 8 && memcmp(in->s + in->at, blanks, 8) == 0)
            in->at += 8;
    }
}

static enum json_tree_status stop(struct scan *in, enum json_tree_status status,
                                  const char *wanted)
{
    in->tree->error = wanted;
    in->tree->error_byte = in->at;
    return status;
}

static struct json_node *add_node(struct scan *in, enum json_type type, size_t start)
{
    struct json_tree *t = in->tree;
    struct json_node *node;

    if (t->count == t->capacity)
        MEMORY_RESERVE(t->nodes, t->capacity, t->count + 1);
    node = &t->nodes[t->count++];
    *node = (struct json_node){
        .name = in->name,
        .name_bytes = in->name_bytes,
        .name_decoded = in->name_decoded,
        .start = (uint32_t)start,
        .type = (uint8_t)type,
        .end = (uint32_t)t->count,
    };
    return node;
}

/* ------------------------------------------------------------------------ strings */

struct string {
    size_t start;
    size_t bytes;
    bool decoded;
    bool closed;
};

/* The first quotation mark or backslash from `at` on; control characters are tolerated. */
static size_t plain_end(const struct scan *in, size_t at)
{
    size_t end = in->bytes - at > SHORT_BYTES ? at + SHORT_BYTES : in->bytes;

    while (at < end && in->s[at] != '"' && in->s[at] != '\\')
        at++;
    while (at >= end && at < in->bytes) {
        at += bytes_plain_run(in->s + at, in->bytes - at);
        if (at == in->bytes || in->s[at] == '"' || in->s[at] == '\\')
            break;
        at++;
    }
    return at;
}

/* Read the string whose opening mark is at `at`; advances `at`. */
static struct string take_string(struct scan *in)
{
    size_t start = in->at + 1;
    size_t end = plain_end(in, start);
    struct string string = {.decoded = true};

    if (end < in->bytes && in->s[end] == '"' && !in->tree->terminated) {
        in->at = end + 1;
        return (struct string){start, end - start, false, true};
    }
    while (end < in->bytes && in->s[end] == '\\')
        end = in->bytes - end > 2 ? plain_end(in, end + 2) : in->bytes;
    end += end < in->bytes;
    string.start = in->tree->decoded.bytes;
    json_string_decode(in->s + in->at, end - in->at, &in->tree->decoded, &string.closed,
                       &in->tree->repairs);
    string.bytes = in->tree->decoded.bytes - string.start;
    if (in->tree->terminated)
        buffer_append_char(&in->tree->decoded, '\0');
    in->at = end;
    return string;
}

/* "name": before a value. */
static enum json_tree_status take_name(struct scan *in)
{
    struct string name;

    if (in->s[in->at] != '"')
        return stop(in, JSON_TREE_BROKEN, "a name in quotation marks");
    name = take_string(in);
    skip_space(in);
    if (!name.closed || in->at == in->bytes)
        return JSON_TREE_CUT;
    if (in->s[in->at] != ':')
        return stop(in, JSON_TREE_BROKEN, "':'");
    in->at++;
    skip_space(in);
    in->name = (uint32_t)name.start;
    in->name_bytes = (uint32_t)name.bytes;
    in->name_decoded = name.decoded;
    return in->at < in->bytes ? JSON_TREE_WHOLE : JSON_TREE_CUT;
}

/* ------------------------------------------------------------------------ scalars */

static bool ends_scalar(char c)
{
    return is_space(c) || c == ',' || c == ']' || c == '}' || c == ':';
}

/* What some writers put instead of a number is read as null. */
static enum json_type scalar_type(struct scan *in, struct span s)
{
    double ignored;

    if (span_is(s, "null"))
        return JSON_NULL;
    if (span_is(s, "true") || span_is(s, "false"))
        return JSON_BOOL;
    if (span_is(s, "NaN") || span_is(s, "Infinity") || span_is(s, "-Infinity")) {
        in->tree->no_numbers++;
        return JSON_NULL;
    }
    return json_read_number(s, &ignored) ? JSON_NUMBER : JSON_NOTHING;
}

/* An integer or a fraction, as nearly all numbers are; its value is not computed. */
static bool is_plain_number(const char *s, size_t bytes)
{
    size_t at = bytes > 0 && s[0] == '-';
    size_t digits = 0;
    size_t points = 0;

    for (; at < bytes; at++) {
        digits += s[at] >= '0' && s[at] <= '9';
        points += s[at] == '.';
        if ((s[at] < '0' || s[at] > '9') && s[at] != '.')
            return false;
    }
    return digits > 0 && points <= 1 && s[bytes - 1] != '.';
}

static enum json_tree_status take_scalar(struct scan *in)
{
    size_t start = in->at;
    enum json_type type;
    struct span s;

    while (in->at < in->bytes && !ends_scalar(in->s[in->at]))
        in->at++;
    if (in->at == in->bytes && in->depth > 0) /* the number might continue */
        return JSON_TREE_CUT;
    s = span_of(in->s + start, in->at - start);
    type = is_plain_number(s.data, s.length) ? JSON_NUMBER : scalar_type(in, s);
    if (type == JSON_NOTHING) {
        in->at = start;
        return stop(in, JSON_TREE_BROKEN, "a value");
    }
    add_node(in, type, start)->bytes = (uint32_t)s.length;
    return JSON_TREE_WHOLE;
}

/* ------------------------------------------------------------------------ containers */

static void close_container(struct scan *in)
{
    struct json_node *node = &in->tree->nodes[in->open[--in->depth]];

    node->end = (uint32_t)in->tree->count;
    node->bytes = (uint32_t)(in->at - node->start);
    in->expect = EXPECT_SEPARATOR;
}

static enum json_tree_status take_value(struct scan *in)
{
    char c = in->s[in->at];
    struct json_node *node;
    struct string string;

    in->expect = EXPECT_SEPARATOR;
    if (c == '{' || c == '[') {
        if (in->depth == JSON_DEPTH_MAX)
            return stop(in, JSON_TREE_DEEP, "less nesting");
        in->open[in->depth++] = (uint32_t)in->tree->count;
        add_node(in, c == '{' ? JSON_OBJECT : JSON_ARRAY, in->at++);
        in->expect = EXPECT_FIRST;
        return JSON_TREE_WHOLE;
    }
    if (c != '"')
        return take_scalar(in);
    string = take_string(in);
    if (!string.closed && string.bytes < CUT_STRING_BYTES)
        return JSON_TREE_CUT;
    node = add_node(in, JSON_STRING, string.start);
    node->bytes = (uint32_t)string.bytes;
    node->decoded = string.decoded;
    return string.closed ? JSON_TREE_WHOLE : JSON_TREE_CUT;
}

static bool in_object(const struct scan *in)
{
    return in->depth > 0 && in->tree->nodes[in->open[in->depth - 1]].type == JSON_OBJECT;
}

/* Count a missing or extra comma and continue. */
static void note_comma(struct scan *in, const char *wanted)
{
    if (in->tree->commas++ > 0)
        return;
    in->tree->comma = wanted;
    in->tree->comma_byte = in->at;
}

static bool starts_value(char c)
{
    return c == '"' || c == '{' || c == '[' || c == '-' || (c >= '0' && c <= '9');
}

/* Read what is between values; WHOLE with `at` on the next value or name, or after the closing
 * bracket. */
static enum json_tree_status take_separator(struct scan *in)
{
    bool object = in_object(in);
    char c = in->s[in->at];

    if (c == (object ? '}' : ']')) {
        if (in->expect == EXPECT_ANOTHER)
            note_comma(in, object ? N_("a name in quotation marks") : N_("a value"));
        in->at++;
        close_container(in);
        return JSON_TREE_WHOLE;
    }
    if (in->expect != EXPECT_SEPARATOR) {
        in->expect = EXPECT_VALUE;
        return JSON_TREE_WHOLE;
    }
    if (c == ',') {
        in->at++;
        in->expect = EXPECT_ANOTHER;
        return JSON_TREE_WHOLE;
    }
    if (object ? c != '"' : !starts_value(c))
        return stop(in, JSON_TREE_BROKEN, object ? N_("',' or '}'") : N_("',' or ']'"));
    note_comma(in, object ? N_("',' or '}'") : N_("',' or ']'"));
    in->expect = EXPECT_VALUE;
    return JSON_TREE_WHOLE;
}

static enum json_tree_status take_all(struct scan *in)
{
    enum json_tree_status status = take_value(in);

    while (status == JSON_TREE_WHOLE && in->depth > 0) {
        skip_space(in);
        if (in->at == in->bytes)
            return JSON_TREE_CUT;
        if (in->expect != EXPECT_VALUE) {
            status = take_separator(in);
            continue;
        }
        in->name = in->name_bytes = 0;
        in->name_decoded = false;
        if (in_object(in))
            status = take_name(in);
        if (status == JSON_TREE_WHOLE)
            status = take_value(in);
    }
    return status;
}

enum json_tree_status json_tree_parse(struct json_tree *t, const char *text, size_t bytes)
{
    struct scan in; /* the array of brackets need not be cleared each time */

    in.tree = t;
    in.s = text;
    in.bytes = bytes < UINT32_MAX ? bytes : UINT32_MAX - 1;
    in.at = in.depth = 0;
    in.name = in.name_bytes = 0;
    in.name_decoded = false;
    t->text = text;
    t->text_bytes = bytes;
    t->count = t->bytes = t->error_byte = 0;
    t->commas = t->no_numbers = 0;
    t->repairs = (struct json_string_repairs){0};
    t->error = NULL;
    buffer_clear(&t->decoded);
    skip_space(&in);
    t->status = in.at < bytes ? take_all(&in) : JSON_TREE_CUT;
    while (in.depth > 0)
        close_container(&in);
    t->bytes = in.at;
    return t->status;
}

/* ------------------------------------------------------------------------ asking */

struct json_ref json_root(const struct json_tree *t)
{
    return (struct json_ref){t, t->count > 0 ? t->nodes : NULL};
}

static const char *base_of(const struct json_tree *t, bool decoded)
{
    return decoded ? buffer_string(&t->decoded) : t->text;
}

struct span json_name(struct json_ref member)
{
    const struct json_node *node = member.node;

    return node != NULL ? span_of(base_of(member.tree, node->name_decoded) + node->name,
                                  node->name_bytes)
                        : span_of(NULL, 0);
}

struct json_ref json_get_span(struct json_ref v, struct span name)
{
    struct json_ref item;

    if (!json_is(v, JSON_OBJECT))
        return JSON_REF_NONE;
    JSON_EACH(item, v)
    {
        if (item.node->name_bytes == name.length && span_equal(json_name(item), name))
            return item;
    }
    return JSON_REF_NONE;
}

struct json_ref json_get(struct json_ref v, const char *name)
{
    return json_get_span(v, span_string(name));
}

struct json_ref json_at(struct json_ref v, size_t index)
{
    struct json_ref item = JSON_REF_NONE;

    if (!json_is(v, JSON_ARRAY))
        return item;
    for (item = json_first(v); item.node != NULL && index > 0; index--)
        item = json_next(v, item);
    return item;
}

size_t json_count(struct json_ref v)
{
    struct json_ref item;
    size_t count = 0;

    JSON_EACH(item, v)
    count++;
    return count;
}

struct json_ref json_path(struct json_ref v, const char *path)
{
    struct span rest = span_string(path);

    while (rest.length > 0 && v.node != NULL) {
        struct span step = span_take_until(&rest, '.');

        if (!json_is(v, JSON_ARRAY))
            v = json_get_span(v, step);
        else if (step.length > 0 && *step.data >= '0' && *step.data <= '9')
            v = json_at(v, (size_t)strtoul(step.data, NULL, 10));
        else
            v = JSON_REF_NONE;
    }
    return v;
}

struct span json_string(struct json_ref v)
{
    if (!json_is(v, JSON_STRING))
        return span_of("", 0);
    return span_of(base_of(v.tree, v.node->decoded) + v.node->start, v.node->bytes);
}

const char *json_c_string(struct json_ref v)
{
    return json_string(v).data;
}

struct span json_raw(struct json_ref v)
{
    if (v.node == NULL)
        return span_of("", 0);
    return json_is(v, JSON_STRING) ? json_string(v)
                                   : span_of(v.tree->text + v.node->start, v.node->bytes);
}

bool json_true(struct json_ref v)
{
    return json_is(v, JSON_BOOL) && v.node->bytes == 4;
}

/* Digits and a fraction, few enough for a double to be exact; false for other forms, which
 * strtod parses. */
static bool plain_number(struct span s, double *number)
{
    static const double scales[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
    int64_t digits = 0;
    size_t at = s.length > 0 && s.data[0] == '-';
    size_t point = s.length;

    if (s.length > 16 || at == s.length)
        return false;
    for (; at < s.length; at++) {
        if (s.data[at] == '.' && point == s.length && at + 1 < s.length)
            point = at;
        else if (s.data[at] >= '0' && s.data[at] <= '9')
            digits = digits * 10 + (s.data[at] - '0');
        else
            return false;
    }
    if (point < s.length && s.length - point - 1 >= sizeof scales / sizeof *scales)
        return false;
    *number = (double)(s.data[0] == '-' ? -digits : digits);
    if (point < s.length)
        *number /= scales[s.length - point - 1];
    return true;
}

bool json_read_number(struct span s, double *number)
{
    char text[64];
    char *end;

    if (s.length == 0 || !(*s.data == '-' || (*s.data >= '0' && *s.data <= '9')))
        return false;
    if (plain_number(s, number))
        return true;
    if (s.length >= sizeof text)
        s.length = sizeof text - 1;
    memcpy(text, s.data, s.length);
    text[s.length] = '\0';
    *number = strtod(text, &end);
    return end == text + s.length; /* a NUL before the end is an error */
}

bool json_number(struct json_ref v, double *number)
{
    return json_is(v, JSON_NUMBER) && json_read_number(json_raw(v), number);
}
