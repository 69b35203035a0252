/* The inside of a JSON string: escapes, and errors in them. */
#include "formats/json/json_string.h"

#include <stdint.h>
#include <string.h>

#include "shilu/base/bytes.h"
#include "shilu/text/utf8.h"

/* The value of a hexadecimal digit plus one; 0 for other bytes. */
static const uint8_t hex_digits[256] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,
    ['6'] = 7,  ['7'] = 8,  ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12,
    ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16, ['A'] = 11, ['B'] = 12,
    ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
};

/* The value of the four digits at `s`, or -1. */
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

/* \uXXXX; `s` is after the u. Returns the bytes consumed. */
static size_t decode_unicode(const char *s, size_t bytes, char **to,
                             struct json_string_repairs *repairs)
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
        repairs->replaced++;
        cp = UTF8_REPLACEMENT;
    }
    *to += utf8_encode(cp, *to);
    return taken;
}

static size_t decode_escape(const char *s, size_t bytes, char **to,
                            struct json_string_repairs *repairs)
{
    static const char from[] = "\"\\/bfnrt";
    static const char into[] = "\"\\/\b\f\n\r\t";
    const char *known;

    if (bytes == 0)
        return 0;
    if (*s == 'u')
        return 1 + decode_unicode(s + 1, bytes - 1, to, repairs);
    known = *s != '\0' ? strchr(from, *s) : NULL;
    if (known != NULL) {
        *(*to)++ = into[known - from];
        return 1;
    }
    repairs->bad_escapes++;
    *(*to)++ = '\\'; /* keep it as it is */
    return 0;
}

/* Whether the text ends within the escape at its start. */
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
                          struct json_string_repairs *repairs)
{
    /* Only an invalid escape grows: two bytes become the three of U+FFFD. */
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
            at += 1 + decode_escape(text + at + 1, bytes - at - 1, &to, repairs);
        else
            *to++ = text[at++]; /* a control character, tolerated */
    }
    buffer_commit(out, (size_t)(to - start));
    return at;
}
