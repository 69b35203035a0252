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

/* ------------------------------------------------------------------------ strict JSON */

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

static size_t space_bytes(const char *s, size_t bytes)
{
    size_t at = 0;

    while (at < bytes && (s[at] == ' ' || s[at] == '\t' || s[at] == '\n' || s[at] == '\r'))
        at++;
    return at;
}

/* The bytes of a string at the front, 0 for none. */
static size_t strict_string(const char *s, size_t bytes)
{
    size_t at = 1;

    if (bytes == 0 || *s != '"')
        return 0;
    while (at < bytes && s[at] != '"') {
        if ((unsigned char)s[at] < 0x20)
            return 0;
        if (s[at++] != '\\')
            continue;
        if (at == bytes || s[at] == '\0' || strchr("\"\\/bfnrtu", s[at]) == NULL)
            return 0;
        if (s[at] == 'u' && hex4(s + at + 1, s + bytes) < 0)
            return 0;
        at++;
    }
    return at < bytes ? at + 1 : 0;
}

static size_t digits(const char *s, size_t bytes)
{
    size_t at = 0;

    while (at < bytes && isdigit((unsigned char)s[at]))
        at++;
    return at;
}

/* The bytes of a number or literal at the front, 0 for none. */
static size_t strict_scalar(const char *s, size_t bytes)
{
    static const char *const literals[] = {"null", "true", "false"};
    size_t at = bytes > 0 && *s == '-';
    size_t whole = digits(s + at, bytes - at);
    size_t i;

    for (i = 0; i < 3; i++) {
        size_t length = strlen(literals[i]);

        if (bytes >= length && memcmp(s, literals[i], length) == 0)
            return length;
    }
    if (whole == 0 || (whole > 1 && s[at] == '0'))
        return 0;
    at += whole;
    if (at < bytes && s[at] == '.') {
        size_t fraction = digits(s + at + 1, bytes - at - 1);

        if (fraction == 0)
            return 0;
        at += 1 + fraction;
    }
    if (at < bytes && (s[at] == 'e' || s[at] == 'E')) {
        size_t sign = at + 1 < bytes && (s[at + 1] == '+' || s[at + 1] == '-');
        size_t exponent = digits(s + at + 1 + sign, bytes - at - 1 - sign);

        if (exponent == 0)
            return 0;
        at += 1 + sign + exponent;
    }
    return at;
}

/* A name and its colon, 0 for none. */
static size_t strict_name(const char *s, size_t bytes)
{
    size_t at = strict_string(s, bytes);

    if (at == 0)
        return 0;
    at += space_bytes(s + at, bytes - at);
    return at < bytes && s[at] == ':' ? at + 1 : 0;
}

/* What may stand next: a value; a value or the end of an empty array; a separator. In objects
 * a name goes before each value. */
enum strict { STRICT_VALUE, STRICT_FIRST, STRICT_AFTER };

/* One token, with `open` the brackets around it; 0 where it may not stand there. */
static size_t strict_token(const char *s, size_t bytes, char *open, size_t *depth,
                           enum strict *next)
{
    char inner = *depth > 0 ? open[*depth - 1] : '\0';
    size_t at = 0;
    size_t taken;

    if (*next != STRICT_VALUE && (*s == '}' || *s == ']')) {
        if (inner != (*s == '}' ? '{' : '['))
            return 0;
        --*depth;
        *next = STRICT_AFTER;
        return 1;
    }
    if (*next == STRICT_AFTER) {
        *next = STRICT_VALUE;
        return inner != '\0' && *s == ',' ? 1 : 0;
    }
    if (inner == '{') {
        at = strict_name(s, bytes);
        if (at == 0)
            return 0;
        at += space_bytes(s + at, bytes - at);
        if (at == bytes)
            return 0;
    }
    if (s[at] == '{' || s[at] == '[') {
        if (*depth == JSON_DEPTH_MAX)
            return 0;
        open[(*depth)++] = s[at];
        *next = STRICT_FIRST;
        return at + 1;
    }
    *next = STRICT_AFTER;
    taken = s[at] == '"' ? strict_string(s + at, bytes - at)
                         : strict_scalar(s + at, bytes - at);
    return taken > 0 ? at + taken : 0;
}

bool json_is_strict(const char *text, size_t bytes)
{
    char open[JSON_DEPTH_MAX];
    size_t depth = 0;
    enum strict next = STRICT_VALUE;
    size_t at = space_bytes(text, bytes);

    while (at < bytes) {
        size_t taken = strict_token(text + at, bytes - at, open, &depth, &next);

        if (taken == 0)
            return false;
        at += taken;
        at += space_bytes(text + at, bytes - at);
    }
    return depth == 0 && next == STRICT_AFTER;
}

/* -------------------------------------------------------------------- through cJSON */

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
            at += 2;
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
