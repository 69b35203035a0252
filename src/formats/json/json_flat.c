/* One JSON object without a tree, in one pass. Invariant while parsing: from the first escape
 * on the scratch has room for whatever the rest of the text decodes to, so decoded strings in
 * it never move. */
#include "formats/json/json_flat.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "formats/json/json_stream.h"
#include "shilu/base/bytes.h"
#include "shilu/base/memory.h"
#include "shilu/text/utf8.h"

/* Among how many members one is looked for by name: beyond, an object of a million members
 * would cost the square of it. */
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

/* One more than the value of a hexadecimal digit; 0 for what is none. */
static const uint8_t hex_digits[256] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,
    ['6'] = 7,  ['7'] = 8,  ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12,
    ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16, ['A'] = 11, ['B'] = 12,
    ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
};

/* The four digits at `s`, or -1. */
static int32_t hex4(const char *s, size_t bytes)
{
    const unsigned char *u = (const unsigned char *)s;
    int32_t a, b, c, d;

    if (bytes < 4)
        return -1;
    a = hex_digits[u[0]] - 1;
    b = hex_digits[u[1]] - 1;
    c = hex_digits[u[2]] - 1;
    d = hex_digits[u[3]] - 1;
    return (a | b | c | d) < 0 ? -1 : a << 12 | b << 8 | c << 4 | d;
}

/* \uXXXX, of which `s` is behind the u; returns the bytes taken. */
static size_t decode_unicode(const char *s, size_t bytes, char **to, size_t *replaced)
{
    int32_t unit = hex4(s, bytes);
    uint32_t cp = (uint32_t)unit;
    size_t taken = unit < 0 ? 0 : 4;

    if (unit >= 0xD800 && unit < 0xDC00 && bytes >= 10 && s[4] == '\\' && s[5] == 'u') {
        int32_t low = hex4(s + 6, bytes - 6);

        if (low >= 0xDC00 && low < 0xE000) {
            cp = 0x10000 + ((uint32_t)(unit - 0xD800) << 10) + (uint32_t)(low - 0xDC00);
            taken = 10;
        }
    }
    if (unit <= 0 || (cp >= 0xD800 && cp < 0xE000)) {
        ++*replaced;
        cp = UTF8_REPLACEMENT;
    }
    *to += utf8_encode(cp, *to);
    return taken;
}

static size_t decode_escape(const char *s, size_t bytes, char **to, size_t *replaced)
{
    static const char from[] = "\"\\/bfnrt";
    static const char into[] = "\"\\/\b\f\n\r\t";
    const char *known;

    if (bytes == 0)
        return 0;
    if (*s == 'u')
        return 1 + decode_unicode(s + 1, bytes - 1, to, replaced);
    known = *s != '\0' ? strchr(from, *s) : NULL;
    if (known != NULL) {
        *(*to)++ = into[known - from];
        return 1;
    }
    *(*to)++ = '\\'; /* no escape: keep what stands there */
    return 0;
}

/* Whether the text ends inside the escape that it starts with. */
static bool is_cut_escape(const char *s, size_t bytes)
{
    size_t i;

    if (bytes == 1)
        return true;
    for (i = 2; i < bytes && hex_digits[(unsigned char)s[i]] != 0; i++)
        continue;
    return s[1] == 'u' && bytes < 6 && i == bytes;
}

size_t json_string_decode(const char *text, size_t bytes, struct buffer *out, bool *closed,
                          size_t *replaced)
{
    /* Only a bad escape grows: two bytes become the three of U+FFFD. */
    char *start = buffer_reserve(out, bytes + bytes / 2 + UTF8_MAX_BYTES);
    char *to = start;
    size_t at = 1;

    *closed = false;
    while (at < bytes) {
        size_t run = text[at] == '\\' ? 0 : bytes_plain_run(text + at, bytes - at);

        memcpy(to, text + at, run);
        to += run;
        at += run;
        if (at == bytes)
            break;
        if (text[at] == '"') {
            at++;
            *closed = true;
            break;
        }
        if (text[at] == '\\' && is_cut_escape(text + at, bytes - at))
            at = bytes;
        else if (text[at] == '\\')
            at += 1 + decode_escape(text + at + 1, bytes - at - 1, &to, replaced);
        else
            *to++ = text[at++]; /* a control, tolerated */
    }
    buffer_commit(out, (size_t)(to - start));
    return at;
}

/* The end of a string's plain front, at a quotation mark, a backslash or the text's end; the
 * controls in it are counted. */
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

/* A string with an escape, or one that the text's end cuts. */
static bool take_decoded(struct scan *in, const char **string, size_t *string_bytes)
{
    size_t left = in->bytes - in->at;
    size_t start = in->scratch->bytes;
    bool closed;

    /* The room that json_string_decode asks for at each string, and a NUL behind each. */
    buffer_reserve(in->scratch, 3 * left + 64);
    in->at += json_string_decode(in->s + in->at, left, in->scratch, &closed,
                                 &in->flat->replaced);
    *string = in->scratch->data + start;
    *string_bytes = in->scratch->bytes - start;
    buffer_append_char(in->scratch, '\0');
    return closed || fail(in, "the string's end");
}

/* A string at `at`: as a slice of the text where it has no escape, else decoded. */
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

/* Past a string that starts at `at`, to behind its closing mark or to the end. */
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

/* Past an object or array, by its brackets. */
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

/* Digits and a fraction, of few enough digits that a double holds them; false for any other
 * form, which strtod reads. */
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
    return end == text + bytes; /* and not before a NUL */
}

static bool is_one_of(const char *s, size_t bytes, const char *const *words)
{
    for (; *words != NULL; words++) {
        if (strlen(*words) == bytes && memcmp(s, *words, bytes) == 0)
            return true;
    }
    return false;
}

static bool ends_scalar(char c)
{
    return c == ',' || c == ']' || c == '}' || c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool take_scalar(struct scan *in, struct json_field *field)
{
    static const char *const literals[] = {"null", "true", "false", NULL};
    /* What some writers put for no number. */
    static const char *const no_numbers[] = {"NaN", "Infinity", "-Infinity", NULL};
    const char *s = in->s + in->at;
    size_t start = in->at;
    size_t bytes;

    while (in->at < in->bytes && !ends_scalar(in->s[in->at]))
        in->at++;
    bytes = in->at - start;
    if (in->at == in->bytes) /* more of it might follow */
        return fail(in, "a value");
    if (is_one_of(s, bytes, no_numbers)) {
        field->type = '0';
        in->flat->no_numbers++;
        return true;
    }
    if (field->type == 'n' ? is_number(s, bytes, &field->number)
                           : is_one_of(s, bytes, literals))
        return true;
    in->at = start;
    return fail(in, "a value");
}

static bool take_value(struct scan *in, struct json_field *field)
{
    size_t start = in->at;
    bool ok;

    field->type = json_type(in->s + in->at, in->bytes - in->at);
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

/* Past the members of an object, from behind its opening brace. */
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
