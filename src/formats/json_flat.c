/* One JSON object without a tree. Invariant while parsing: the scratch has room for the whole
 * text from the start, so decoded strings in it never move. */
#include "shilu/formats/json_flat.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/bytes.h"
#include "shilu/formats/json_stream.h"
#include "shilu/text/utf8.h"

struct scan {
    const char *s;
    size_t bytes;
    size_t at;
    struct json_flat *flat;
    struct buffer *scratch;
};

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

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The four digits at `s`, or -1. */
static int32_t hex4(const char *s, size_t bytes)
{
    int32_t value = 0;
    size_t i;

    if (bytes < 4)
        return -1;
    for (i = 0; i < 4; i++) {
        int digit = hex_digit(s[i]);

        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
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

size_t json_string_decode(const char *text, size_t bytes, struct buffer *out, bool *closed,
                          size_t *replaced)
{
    /* Only a bad escape grows: two bytes become the three of U+FFFD. */
    char *start = buffer_reserve(out, bytes + bytes / 2 + UTF8_MAX_BYTES);
    char *to = start;
    size_t at = 1;

    *closed = false;
    while (at < bytes) {
        size_t run = at;

        while (run < bytes && text[run] != '"' && text[run] != '\\')
            run++;
        memcpy(to, text + at, run - at);
        to += run - at;
        at = run;
        if (at == bytes)
            break;
        if (text[at++] == '"') {
            *closed = true;
            break;
        }
        at += decode_escape(text + at, bytes - at, &to, replaced);
    }
    buffer_commit(out, (size_t)(to - start));
    return at;
}

/* A string at `at`: as a slice of the text where it has no escape, else decoded. */
static bool take_string(struct scan *in, const char **string, size_t *string_bytes)
{
    const char *start = in->s + in->at;
    size_t left = in->bytes - in->at;
    const char *quote = memchr(start + 1, '"', left - 1);
    size_t plain = (quote != NULL ? (size_t)(quote - start) : left) - 1;
    bool closed;

    if (quote != NULL && memchr(start + 1, '\\', plain) == NULL) {
        *string = start + 1;
        *string_bytes = plain;
        in->at += plain + 2;
        return true;
    }
    *string = in->scratch->data + in->scratch->bytes;
    *string_bytes = in->scratch->bytes;
    in->at += json_string_decode(start, left, in->scratch, &closed, &in->flat->replaced);
    *string_bytes = in->scratch->bytes - *string_bytes;
    buffer_append_char(in->scratch, '\0');
    return closed || fail(in, "the string's end");
}

/* Past an object or array, by its brackets. */
static bool skip_nested(struct scan *in)
{
    size_t nesting = 0;
    bool in_string = false;

    for (; in->at < in->bytes; in->at++) {
        char c = in->s[in->at];

        if (in_string && c == '\\')
            in->at++;
        else if (c == '"')
            in_string = !in_string;
        else if (!in_string && (c == '{' || c == '['))
            nesting++;
        else if (!in_string && (c == '}' || c == ']') && --nesting == 0) {
            in->at++;
            return true;
        }
    }
    in->at = in->bytes;
    return fail(in, "a closing bracket");
}

static bool take_scalar(struct scan *in, struct json_field *field)
{
    char number[64];
    size_t start = in->at;
    size_t bytes;

    while (in->at < in->bytes && strchr(",]} \t\r\n", in->s[in->at]) == NULL)
        in->at++;
    bytes = in->at - start;
    if (field->type == 'n') {
        char *end;

        if (bytes >= sizeof number)
            bytes = sizeof number - 1;
        memcpy(number, in->s + start, bytes);
        number[bytes] = '\0';
        field->number = strtod(number, &end);
        if (*end == '\0')
            return true;
    } else if ((bytes == 4 && (memcmp(in->s + start, "null", 4) == 0 ||
                               memcmp(in->s + start, "true", 4) == 0)) ||
               (bytes == 5 && memcmp(in->s + start, "false", 5) == 0)) {
        return true;
    } else if (bytes >= 3 &&
               (memcmp(in->s + start, "NaN", 3) == 0 || memcmp(in->s + start, "Inf", 3) == 0)) {
        field->type = '0'; /* what some writers put for no number */
        return true;
    }
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
    size_t i;

    for (i = 0; i < flat->count; i++) {
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
    if (find(flat, field->name, field->name_bytes) != NULL)
        flat->duplicates++;
    else if (flat->count == JSON_FIELDS_MAX)
        flat->too_many = true;
    else
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

/* Controls that stand raw in strings: all but the white space that may stand between tokens. */
static size_t count_controls(const char *text, size_t bytes)
{
    size_t count = bytes_count_controls(text, bytes);
    size_t i;

    for (i = 0; count > 0 && i < bytes; i++)
        count -= text[i] == '\n' || text[i] == '\r' || text[i] == '\t';
    return count;
}

bool json_flat_parse(struct json_flat *flat, const char *text, size_t bytes,
                     struct buffer *scratch)
{
    struct scan in = {text, bytes, 0, flat, scratch};

    flat->count = flat->error_byte = flat->replaced = flat->duplicates = 0;
    flat->raw_controls = count_controls(text, bytes);
    flat->error = NULL;
    flat->too_many = false;
    buffer_clear(scratch);
    /* The room that json_string_decode asks for at each string, and a NUL behind each. */
    if (memchr(text, '\\', bytes) != NULL)
        buffer_reserve(scratch, 3 * bytes + 64);
    skip_space(&in);
    if (in.at >= bytes || text[in.at] != '{')
        return fail(&in, "an object");
    in.at++;
    skip_space(&in);
    if (in.at < bytes && text[in.at] == '}')
        return true;
    while (take_member(&in)) {
        skip_space(&in);
        if (in.at < bytes && text[in.at] == '}')
            return true;
        if (in.at >= bytes || text[in.at] != ',')
            return fail(&in, "',' or '}'");
        in.at++;
        skip_space(&in);
    }
    return false;
}
