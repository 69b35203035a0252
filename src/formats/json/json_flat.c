/* One JSON object without a tree, in one pass. Invariant while parsing: from the first escape
 * on, the scratch buffer has room for everything the rest of the text decodes to, so decoded
 * strings never move. */
#include "formats/json/json_flat.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "formats/json/json_stream.h"
#include "shilu/base/bytes.h"
#include "shilu/base/memory.h"
#include "shilu/text/utf8.h"

/* Members beyond this number are not searched for duplicates, since an object of a million
 * members would take quadratic time. */
enum { SEARCHED_FIELDS = 64 };

struct scan {
    const char *s;
    size_t bytes;
    size_t at;
    struct json_flat *flat;
    struct buffer *scratch;
};

void json_flat_release(struct json_flat *flat)
{
    free(flat->fields);
    *flat = (struct json_flat){0};
}

static bool fail(struct scan *in, const char *wanted)
{
    in->flat->error = wanted;
    in->flat->error_byte = in->at;
    return false;
}

static void skip_space(struct scan *in)
{
    while (in->at < in->bytes && (in->s[in->at] == ' ' || in->s[in->at] == '\n' ||
                                  in->s[in->at] == '\r' || in->s[in->at] == '\t'))
        in->at++;
}

/* The end of a string's plain part: a quotation mark, a backslash or the text's end. Counts its
 * control characters. */
static size_t plain_end(struct scan *in, size_t at)
{
    for (;;) {
        at += bytes_plain_run(in->s + at, in->bytes - at);
        if (at == in->bytes || in->s[at] == '"' || in->s[at] == '\\')
            return at;
        in->flat->raw_controls++;
        at++;
    }
}

/* A string with an escape, or one cut off by the end of the text. */
static bool take_decoded(struct scan *in, const char **string, size_t *string_bytes)
{
    size_t left = in->bytes - in->at;
    size_t start = in->scratch->bytes;
    struct json_string_repairs repairs = {0};
    bool closed;

    /* The room that json_string_decode needs, and a NUL after each string. */
    buffer_reserve(in->scratch, 3 * left + 64);
    in->at += json_string_decode(in->s + in->at, left, in->scratch, &closed, &repairs);
    in->flat->replaced += repairs.replaced;
    *string = in->scratch->data + start;
    *string_bytes = in->scratch->bytes - start;
    buffer_append_char(in->scratch, '\0');
    return closed || fail(in, "the string's end");
}

/* A string at `at`: a slice of the text if it has no escape, else decoded. */
static bool take_string(struct scan *in, const char **string, size_t *string_bytes)
{
    size_t start = in->at + 1;
    size_t end = plain_end(in, start);

    if (end == in->bytes || in->s[end] == '\\')
        return take_decoded(in, string, string_bytes);
    *string = in->s + start;
    *string_bytes = end - start;
    in->at = end + 1;
    return true;
}

/* Skip a string that starts at `at`: the position after its closing mark, or the end. */
static size_t string_end(const struct scan *in, size_t at)
{
    at++;
    while (at < in->bytes) {
        at += bytes_plain_run(in->s + at, in->bytes - at);
        if (at < in->bytes && in->s[at] == '"')
            return at + 1;
        at += at < in->bytes && in->s[at] == '\\' ? 2 : 1;
    }
    return in->bytes;
}

/* Skip an object or array by its brackets. */
static bool skip_nested(struct scan *in)
{
    size_t nesting = 0;

    while (in->at < in->bytes) {
        char c = in->s[in->at];

        if (c == '"') {
            in->at = string_end(in, in->at);
            continue;
        }
        if ((c == '{' || c == '[') && ++nesting > JSON_DEPTH_MAX)
            return fail(in, "less nesting");
        in->at++;
        if ((c == '}' || c == ']') && --nesting == 0)
            return true;
    }
    in->at = in->bytes;
    return fail(in, "a closing bracket");
}

/* Digits and a fraction, few enough for a double to be exact; false for other forms, which
 * strtod parses. */
static bool plain_number(const char *s, size_t bytes, double *number)
{
    static const double scales[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7};
    int64_t digits = 0;
    size_t at = bytes > 0 && s[0] == '-';
    size_t point = bytes;

    if (bytes > 16 || at == bytes)
        return false;
    for (; at < bytes; at++) {
        if (s[at] == '.' && point == bytes && at + 1 < bytes)
            point = at;
        else if (s[at] >= '0' && s[at] <= '9')
            digits = digits * 10 + (s[at] - '0');
        else
            return false;
    }
    if (point < bytes && bytes - point - 1 >= sizeof scales / sizeof *scales)
        return false;
    *number = (double)(s[0] == '-' ? -digits : digits);
    if (point < bytes)
        *number /= scales[bytes - point - 1];
    return true;
}

static bool is_number(const char *s, size_t bytes, double *number)
{
    char text[64];
    char *end;

    if (plain_number(s, bytes, number))
        return true;
    if (bytes >= sizeof text)
        bytes = sizeof text - 1;
    memcpy(text, s, bytes);
    text[bytes] = '\0';
    *number = strtod(text, &end);
    return end == text + bytes; /* a NUL before the end is an error */
}

static bool ends_scalar(char c)
{
    return c == ',' || c == ']' || c == '}' || c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool take_scalar(struct scan *in, struct json_field *field)
{
    static const char *const literals[] = {"null", "true", "false", NULL};
    /* What some writers put instead of a number. */
    static const char *const no_numbers[] = {"NaN", "Infinity", "-Infinity", NULL};
    const char *s = in->s + in->at;
    size_t start = in->at;
    size_t bytes;

    while (in->at < in->bytes && !ends_scalar(in->s[in->at]))
        in->at++;
    bytes = in->at - start;
    if (in->at == in->bytes) /* the number might continue */
        return fail(in, "a value");
    if (span_is_any(span_of(s, bytes), no_numbers)) {
        field->type = '0';
        in->flat->no_numbers++;
        return true;
    }
    if (field->type == 'n' ? is_number(s, bytes, &field->number)
                           : span_is_any(span_of(s, bytes), literals))
        return true;
    in->at = start;
    return fail(in, "a value");
}

static char type_of(const char *text, size_t bytes)
{
    char c = bytes > 0 ? *text : '\0';

    switch (c) {
    case '{':
        return 'o';
    case '[':
        return 'a';
    case '"':
        return 's';
    case 't':
    case 'f':
        return 'b';
    case 'n':
        return '0';
    default:
        return c == '-' || isdigit((unsigned char)c) ? 'n' : '?';
    }
}

static bool take_value(struct scan *in, struct json_field *field)
{
    size_t start = in->at;
    bool ok;

    field->type = type_of(in->s + in->at, in->bytes - in->at);
    if (field->type == 's')
        ok = take_string(in, &field->string, &field->string_bytes);
    else if (field->type == 'o' || field->type == 'a')
        ok = skip_nested(in);
    else
        ok = take_scalar(in, field);
    field->raw = in->s + start;
    field->raw_bytes = in->at - start;
    return ok;
}

static const struct json_field *find(const struct json_flat *flat, const char *name,
                                     size_t bytes)
{
    size_t some = flat->count < SEARCHED_FIELDS ? flat->count : SEARCHED_FIELDS;
    size_t i;

    for (i = 0; i < some; i++) {
        if (flat->fields[i].name_bytes == bytes &&
            memcmp(flat->fields[i].name, name, bytes) == 0)
            return &flat->fields[i];
    }
    return NULL;
}

const struct json_field *json_flat_get(const struct json_flat *flat, const char *name)
{
    return find(flat, name, strlen(name));
}

static void keep(struct json_flat *flat, const struct json_field *field)
{
    if (find(flat, field->name, field->name_bytes) != NULL) {
        flat->duplicates++;
        return;
    }
    MEMORY_RESERVE(flat->fields, flat->capacity, flat->count + 1);
    flat->fields[flat->count++] = *field;
}

static bool take_member(struct scan *in)
{
    struct json_field field = {0};
    bool ok;

    if (in->at >= in->bytes || in->s[in->at] != '"')
        return fail(in, "a name in quotation marks");
    field.raw_name = in->s + in->at + 1;
    if (!take_string(in, &field.name, &field.name_bytes))
        return false;
    field.raw_name_bytes = (size_t)(in->s + in->at - 1 - field.raw_name);
    skip_space(in);
    if (in->at >= in->bytes || in->s[in->at] != ':')
        return fail(in, "':'");
    in->at++;
    skip_space(in);
    if (in->at >= in->bytes)
        return fail(in, "a value");
    ok = take_value(in, &field);
    if (ok || field.type == 's')
        keep(in->flat, &field);
    return ok;
}

/* Read the members of an object after its opening brace. */
static bool take_members(struct scan *in)
{
    skip_space(in);
    if (in->at < in->bytes && in->s[in->at] == '}') {
        in->at++;
        return true;
    }
    while (take_member(in)) {
        skip_space(in);
        if (in->at < in->bytes && in->s[in->at] == '}') {
            in->at++;
            return true;
        }
        if (in->at >= in->bytes || in->s[in->at] != ',')
            return fail(in, "',' or '}'");
        in->at++;
        skip_space(in);
    }
    return false;
}

bool json_flat_parse(struct json_flat *flat, const char *text, size_t bytes,
                     struct buffer *scratch)
{
    struct scan in = {text, bytes, 0, flat, scratch};
    bool ok;

    flat->count = flat->bytes = flat->error_byte = 0;
    flat->replaced = flat->raw_controls = flat->no_numbers = flat->duplicates = 0;
    flat->error = NULL;
    buffer_clear(scratch);
    skip_space(&in);
    if (in.at >= bytes || text[in.at] != '{')
        return fail(&in, "an object");
    in.at++;
    ok = take_members(&in);
    flat->bytes = in.at;
    return ok;
}
