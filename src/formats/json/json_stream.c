/* JSON as a stream. A scan resumes where it stopped when the window has grown, so an element of
 * any size takes one pass. Invariant: the first `pending` bytes of the window belong to the
 * item given out last, and are consumed by the next call. */
#include "formats/json/json_stream.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "formats/json/json_flat.h"
#include "formats/json/json_preamble.h"
#include "shilu/base/bytes.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"

enum { LEVELS_MAX = 16 };

/* What comes next: a value; the first thing in a container; a member's name; a comma or a
 * closing bracket; the end. */
enum expect { EXPECT_VALUE, EXPECT_FIRST, EXPECT_NAME, EXPECT_SEPARATOR, EXPECT_NOTHING };

struct level {
    bool array;
    size_t path_bytes; /* length of the path including this container's own name */
};

struct json_stream {
    const char *const *arrays;
    struct level levels[LEVELS_MAX];
    size_t depth;
    enum expect expect;
    struct buffer path; /* of the innermost container, or of the current member */
    struct json_flat *flat;
    struct buffer *scratch;
    struct json_tree *tree;
    const char *const *members; /* wanted members, if there is a tree */
    bool begun;
    bool in_script; /* something precedes the value */
    size_t pending;
    /* The scan of one value, from the window's start. */
    size_t at;
    size_t nesting;
    bool in_string;
};

struct json_stream *json_stream_new(const char *const *arrays)
{
    struct json_stream *s = memory_zalloc(1, sizeof *s);

    s->arrays = arrays;
    return s;
}

void json_stream_free(struct json_stream *s)
{
    if (s != NULL)
        buffer_release(&s->path);
    free(s);
}

void json_stream_flat(struct json_stream *s, struct json_flat *flat, struct buffer *scratch)
{
    s->flat = flat;
    s->scratch = scratch;
}

void json_stream_tree(struct json_stream *s, struct json_tree *tree, const char *const *members)
{
    s->tree = tree;
    s->members = members;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* Drop white space at the window's start; false if there is nothing else. */
static bool skip_space(struct input *in)
{
    size_t bytes;
    const char *w = input_window(in, &bytes);
    size_t at = 0;

    while (at < bytes && is_space(w[at]))
        at++;
    input_consume(in, at);
    return at < bytes;
}

enum scan { SCAN_DONE, SCAN_MORE, SCAN_DEEP };

/* Skip the string whose opening quote is just before `at`. A backslash at the window's end is
 * left for the next call. */
static bool scan_string(struct json_stream *s, const char *w, size_t bytes)
{
    while (s->at < bytes) {
        s->at += bytes_plain_run(w + s->at, bytes - s->at);
        if (s->at == bytes)
            return false;
        if (w[s->at] == '"') {
            s->at++;
            s->in_string = false;
            return true;
        }
        if (w[s->at] == '\\' && s->at + 1 == bytes)
            return false;
        s->at += w[s->at] == '\\' ? 2 : 1;
    }
    return false;
}

/* Whether a character ends a literal or a number. */
static bool ends_scalar(char c)
{
    return is_space(c) || c == ',' || c == ']' || c == '}' || c == ':';
}

static enum scan scan_value(struct json_stream *s, const char *w, size_t bytes, bool ended)
{
    for (;;) {
        char c;

        if (s->in_string && !scan_string(s, w, bytes))
            return SCAN_MORE;
        if (s->nesting == 0 && s->at > 0) {
            if (w[0] == '"' || w[0] == '{' || w[0] == '[')
                return SCAN_DONE;
            while (s->at < bytes && !ends_scalar(w[s->at]))
                s->at++;
            return s->at < bytes || ended ? SCAN_DONE : SCAN_MORE;
        }
        if (s->at >= bytes)
            return SCAN_MORE;
        c = w[s->at++];
        if (c == '"')
            s->in_string = true;
        else if ((c == '{' || c == '[') && ++s->nesting > JSON_DEPTH_MAX)
            return SCAN_DEEP;
        else if ((c == '}' || c == ']') && s->nesting > 0)
            s->nesting--;
    }
}

static void reset_scan(struct json_stream *s)
{
    s->at = s->nesting = 0;
    s->in_string = false;
}

static enum json_event unexpected(struct input *in, const char *wanted, struct error *err)
{
    uint64_t line, column;
    size_t bytes;

    input_window(in, &bytes);
    input_position(in, 0, &line, &column);
    error_set_at(err, ERROR_SYNTAX, line, column, "expected %s", _(wanted));
    return JSON_ERROR;
}

static bool starts_with(const char *array, const char *path, size_t bytes)
{
    return strlen(array) >= bytes && memcmp(array, path, bytes) == 0;
}

/* `path` is a wanted array ('a'), leads to one ('o'), or neither (0). */
static char wanted_as(const struct json_stream *s, const char *path, size_t bytes)
{
    const char *const *array;
    char wanted = 0;

    for (array = s->arrays; *array != NULL; array++) {
        if (!starts_with(*array, path, bytes))
            continue;
        if ((*array)[bytes] == '\0')
            return 'a';
        if (bytes == 0 || (*array)[bytes] == '.')
            wanted = 'o';
    }
    return wanted;
}

/* Several objects in a row are the elements if nothing inside them is wanted. */
static bool only_top_is_wanted(const struct json_stream *s)
{
    return s->arrays[0] != NULL && *s->arrays[0] == '\0' && s->arrays[1] == NULL;
}

static bool descends(const struct json_stream *s, char open)
{
    char wanted = wanted_as(s, buffer_string(&s->path), s->path.bytes);
    const char *const *array;

    /* A member with an empty name has the path of its container, but is not the same. */
    if (s->depth >= LEVELS_MAX ||
        (s->depth > 0 && s->path.bytes == s->levels[s->depth - 1].path_bytes))
        return false;
    if (open == '{' && s->depth == 0)
        return s->tree == NULL || !only_top_is_wanted(s);
    if (open == '{' && wanted == 'a') {
        /* A path may be an array in one place and lead to one in another. */
        for (array = s->arrays; *array != NULL; array++) {
            if (starts_with(*array, buffer_string(&s->path), s->path.bytes) &&
                (*array)[s->path.bytes] == '.')
                return true;
        }
        return false;
    }
    return (open == '[' && wanted == 'a') || (open == '{' && wanted == 'o');
}

/* Whether the current value is an element, including several values in a row. */
static bool is_element(const struct json_stream *s)
{
    return s->depth > 0 ? s->levels[s->depth - 1].array
                        : s->tree != NULL && only_top_is_wanted(s);
}

static void cut_path(struct json_stream *s, size_t bytes)
{
    if (s->path.bytes > bytes) {
        s->path.bytes = bytes;
        s->path.data[bytes] = '\0';
    }
}

static void open_level(struct json_stream *s, struct input *in, char open)
{
    s->levels[s->depth++] = (struct level){open == '[', s->path.bytes};
    s->expect = EXPECT_FIRST;
    input_consume(in, 1);
}

static void close_level(struct json_stream *s, struct input *in)
{
    s->depth--;
    cut_path(s, s->depth > 0 ? s->levels[s->depth - 1].path_bytes : 0);
    s->expect = s->depth > 0 ? EXPECT_SEPARATOR : EXPECT_NOTHING;
    input_consume(in, 1);
}

/* Append a name as it is spelt. NUL would end the path, so another control character, equally
 * wrong in a name, replaces it. */
static void extend_path(struct json_stream *s, const char *name, size_t bytes)
{
    size_t i;

    if (s->path.bytes > 0)
        buffer_append_char(&s->path, '.');
    i = s->path.bytes;
    buffer_append(&s->path, name, bytes);
    for (; i < s->path.bytes; i++) {
        if (s->path.data[i] == '\0')
            s->path.data[i] = '\x01';
    }
}

/* Read "name": in one step; false if the window does not hold all of it. */
static bool take_name(struct json_stream *s, struct input *in, bool *bad)
{
    size_t bytes;
    const char *w = input_window(in, &bytes);
    size_t colon;

    *bad = w[0] != '"';
    if (*bad)
        return true;
    reset_scan(s);
    s->at = 1;
    s->in_string = true;
    if (!scan_string(s, w, bytes))
        return false;
    for (colon = s->at; colon < bytes && is_space(w[colon]); colon++)
        continue;
    if (colon == bytes)
        return false;
    *bad = w[colon] != ':';
    cut_path(s, s->levels[s->depth - 1].path_bytes);
    extend_path(s, w + 1, s->at - 2);
    input_consume(in, *bad ? colon : colon + 1);
    reset_scan(s);
    return true;
}

static enum json_event hand_out(struct json_stream *s, struct input *in, struct json_item *item,
                                const struct json_flat *flat, enum json_event event)
{
    size_t bytes;

    item->text = input_window(in, &bytes);
    item->bytes = event == JSON_CUT ? bytes : s->at;
    item->path = buffer_string(&s->path);
    item->flat = flat;
    item->tree = s->tree != NULL && s->tree->text == item->text ? s->tree : NULL;
    s->pending = item->bytes;
    s->expect = event == JSON_CUT || s->depth == 0 ? EXPECT_NOTHING : EXPECT_SEPARATOR;
    reset_scan(s);
    return event;
}

static bool is_wanted_member(const struct json_stream *s)
{
    const char *const *member;

    for (member = s->members; *member != NULL; member++) {
        if (strcmp(*member, buffer_string(&s->path)) == 0)
            return true;
    }
    return false;
}

/* Whether the tree holds the whole value at the window's start: a number at the window's end
 * may continue. */
static bool is_whole(const struct json_stream *s, size_t bytes, bool ended)
{
    return s->tree->status == JSON_TREE_WHOLE &&
           (s->tree->bytes < bytes || ended || s->tree->nodes[0].type >= JSON_STRING);
}

static enum json_event take_value(struct json_stream *s, struct input *in,
                                  struct json_item *item, struct error *err)
{
    size_t bytes;
    const char *w = input_window(in, &bytes);
    bool in_array = is_element(s);
    bool as_tree = s->tree != NULL && (in_array || is_wanted_member(s));

    if (s->at == 0 && ends_scalar(w[0]))
        return unexpected(in, "a value", err);
    if (s->at == 0 && in_array && s->flat != NULL && w[0] == '{' &&
        json_flat_parse(s->flat, w, bytes, s->scratch)) {
        s->at = s->flat->bytes;
        return hand_out(s, in, item, s->flat, JSON_ELEMENT);
    }
    if (s->tree != NULL)
        s->tree->text = NULL;
    if (s->at == 0 && as_tree) {
        json_tree_parse(s->tree, w, bytes);
        if (is_whole(s, bytes, input_ended(in))) {
            s->at = s->tree->bytes;
            return hand_out(s, in, item, NULL, in_array ? JSON_ELEMENT : JSON_MEMBER);
        }
        s->tree->text = NULL;
    }
    switch (scan_value(s, w, bytes, input_ended(in))) {
    case SCAN_DONE:
        if (as_tree)
            json_tree_parse(s->tree, w, s->at);
        return hand_out(s, in, item, NULL, in_array ? JSON_ELEMENT : JSON_MEMBER);
    case SCAN_DEEP: {
        uint64_t line, column;

        input_position(in, s->at - 1, &line, &column);
        error_set_at(err, ERROR_LIMIT, line, column, "nested deeper than %d levels",
                     JSON_DEPTH_MAX);
        return JSON_ERROR;
    }
    case SCAN_MORE:
        break;
    }
    if (!input_ended(in))
        return JSON_MORE;
    if (as_tree)
        json_tree_parse(s->tree, w, bytes);
    return hand_out(s, in, item, NULL, JSON_CUT);
}

static enum json_event at_end(struct json_stream *s, struct input *in, struct json_item *item)
{
    if (!input_ended(in))
        return JSON_MORE;
    if (s->expect == EXPECT_NOTHING)
        return JSON_END;
    return hand_out(s, in, item, NULL, JSON_CUT);
}

/* The result of a step: continue with the next one, or `event` is for the caller. */
struct step {
    bool on;
    enum json_event event;
};

static const struct step step_on = {.on = true};

static struct step step_out(enum json_event event)
{
    return (struct step){.event = event};
}

/* What starts where a comma should be; then the missing comma is the only error. */
static bool starts_next(char c, bool in_array)
{
    return c == '"' ||
           (in_array && (c == '{' || c == '[' || c == '-' || isalnum((unsigned char)c)));
}

static struct step step_separator(struct json_stream *s, struct input *in, char c,
                                  struct error *err)
{
    bool in_array = s->levels[s->depth - 1].array;
    bool lacks = s->expect == EXPECT_SEPARATOR && c != ',';

    if (c == (in_array ? ']' : '}')) {
        close_level(s, in);
        return step_on;
    }
    if (lacks)
        unexpected(in, in_array ? N_("',' or ']'") : N_("',' or '}'"), err);
    if (lacks && !starts_next(c, in_array))
        return step_out(JSON_ERROR);
    if (!lacks && s->expect == EXPECT_SEPARATOR)
        input_consume(in, 1);
    s->expect = in_array ? EXPECT_VALUE : EXPECT_NAME;
    return lacks ? step_out(JSON_COMMA) : step_on;
}

/* Skip a comma without anything after it: the container ends as if it were not there. */
static struct step step_past_comma(struct json_stream *s, struct input *in, const char *wanted,
                                   struct error *err)
{
    unexpected(in, wanted, err);
    s->expect = EXPECT_SEPARATOR;
    return step_out(JSON_COMMA);
}

static struct step step_name(struct json_stream *s, struct input *in, struct json_item *item,
                             char c, struct error *err)
{
    bool bad;

    if (c == '}')
        return step_past_comma(s, in, "a name in quotation marks and ':'", err);
    if (!take_name(s, in, &bad))
        return step_out(input_ended(in) ? hand_out(s, in, item, NULL, JSON_CUT) : JSON_MORE);
    if (bad)
        return step_out(unexpected(in, "a name in quotation marks and ':'", err));
    s->expect = EXPECT_VALUE;
    return step_on;
}

static struct step step_value(struct json_stream *s, struct input *in, struct json_item *item,
                              char c, struct error *err)
{
    bool in_array = s->depth > 0 && s->levels[s->depth - 1].array;

    if (s->at == 0 && in_array && c == ']')
        return step_past_comma(s, in, "a value", err);
    if (s->at == 0 && !in_array && (c == '{' || c == '[') && descends(s, c)) {
        open_level(s, in, c);
        return step_on;
    }
    return step_out(take_value(s, in, item, err));
}

static struct step step(struct json_stream *s, struct input *in, struct json_item *item,
                        struct error *err)
{
    size_t bytes;
    char c = *input_window(in, &bytes);

    switch (s->expect) {
    case EXPECT_FIRST:
    case EXPECT_SEPARATOR:
        return step_separator(s, in, c, err);
    case EXPECT_NAME:
        return step_name(s, in, item, c, err);
    case EXPECT_VALUE:
        return step_value(s, in, item, c, err);
    case EXPECT_NOTHING:
        if (s->in_script) { /* the rest belongs to the script */
            input_window(in, &bytes);
            input_consume(in, bytes);
            return step_on;
        }
        if (s->tree == NULL || (c != '{' && c != '[' && c != ','))
            break;
        if (c == ',')
            input_consume(in, 1);
        s->expect = c == ',' ? EXPECT_NOTHING : EXPECT_VALUE;
        cut_path(s, 0);
        return step_on;
    }
    return step_out(unexpected(in, "nothing after the end of the value", err));
}

/* Skip what precedes the value. */
static void begin(struct json_stream *s, struct input *in)
{
    size_t bytes;
    const char *w = input_window(in, &bytes);
    size_t before = json_preamble_bytes(span_of(w, bytes));
    size_t i;

    s->begun = bytes > 0;
    for (i = 0; i < before; i++)
        s->in_script |= !is_space(w[i]);
    input_consume(in, before);
}

enum json_event json_stream_next(struct json_stream *s, struct input *in,
                                 struct json_item *item, struct error *err)
{
    struct step done;

    input_consume(in, s->pending);
    s->pending = 0;
    if (!s->begun)
        begin(s, in);
    do {
        if (s->at == 0 && !skip_space(in))
            return at_end(s, in, item);
        done = step(s, in, item, err);
    } while (done.on);
    return done.event;
}
