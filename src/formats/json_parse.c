/* One JSON value through cJSON, with what cJSON takes badly mended before: it ends a string at
 * \u0000, fails on a lone surrogate, NaN and Infinity, and loses the place of an error. */
#include <cjson/cJSON.h>
#include <ctype.h>
#include <string.h>

#include "shilu/formats/json_stream.h"

char json_type(const char *text, size_t bytes)
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

/* The value of four hexadecimal digits, or -1. */
static long hex4(const char *s, const char *end)
{
    long value = 0;
    int i;

    if (end - s < 4)
        return -1;
    for (i = 0; i < 4; i++) {
        if (!isxdigit((unsigned char)s[i]))
            return -1;
        value = value * 16 +
                (isdigit((unsigned char)s[i]) ? s[i] - '0' : tolower(s[i]) - 'a' + 10);
    }
    return value;
}

/* Escapes that cJSON refuses or is cut by are overwritten in place, same length: \uFFFD. */
static void mend_escapes(char *text, size_t bytes)
{
    char *end = text + bytes;
    char *at = text;

    while ((at = memchr(at, '\\', (size_t)(end - at))) != NULL && end - at >= 2) {
        long unit = at[1] == 'u' ? hex4(at + 2, end) : -1;

        if (unit >= 0xD800 && unit < 0xDC00 && end - at >= 12 && at[6] == '\\' &&
            at[7] == 'u' && (hex4(at + 8, end) & ~0x3FFL) == 0xDC00) {
            at += 12;
            continue;
        }
        if (unit == 0 || (unit >= 0xD800 && unit < 0xE000))
            memcpy(at + 2, "fffd", 4);
        at += 2;
    }
}

/* Outside strings NaN and Infinity become something that is no number. */
static void mend_numbers(char *text, size_t bytes)
{
    size_t at = 0;
    bool in_string = false;

    for (; at < bytes; at++) {
        if (in_string && text[at] == '\\')
            at++;
        else if (text[at] == '"')
            in_string = !in_string;
        else if (!in_string && bytes - at >= 8 && memcmp(text + at, "Infinity", 8) == 0) {
            if (at > 0 && text[at - 1] == '-')
                text[at - 1] = ' ';
            memcpy(text + at, "null    ", 8);
        } else if (!in_string && bytes - at >= 4 && memcmp(text + at, "NaN", 3) == 0) {
            /* Three letters do not hold "null"; an empty string is no number either. */
            memcpy(text + at, "\"\" ", 3);
        }
    }
}

static void count_position(const char *text, size_t bytes, uint64_t *line, uint64_t *column)
{
    size_t i;

    for (i = 0; i < bytes; i++) {
        if (text[i] == '\n') {
            ++*line;
            *column = 1;
        } else {
            *column += ((unsigned char)text[i] & 0xC0) != 0x80;
        }
    }
}

struct cJSON *json_parse(const char *text, size_t bytes, uint64_t line, uint64_t column,
                         struct error *err)
{
    struct buffer copy = {0};
    const char *end = NULL;
    cJSON *value;

    buffer_append(&copy, text, bytes);
    if (memmem(copy.data, bytes, "\\u", 2) != NULL)
        mend_escapes(copy.data, bytes);
    if (memmem(copy.data, bytes, "NaN", 3) != NULL ||
        memmem(copy.data, bytes, "Infinity", 8) != NULL)
        mend_numbers(copy.data, bytes);
    value = cJSON_ParseWithLengthOpts(copy.data, bytes + 1, &end, true);
    if (value == NULL) {
        size_t at = end != NULL && end >= copy.data ? (size_t)(end - copy.data) : 0;

        count_position(text, at < bytes ? at : bytes, &line, &column);
        error_set_at(err, ERROR_SYNTAX, line, column, "this is not valid JSON");
    }
    buffer_release(&copy);
    return value;
}
