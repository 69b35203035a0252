/* Strict JSON: checks every token against RFC 8259, without a tree. */
#include "formats/json/json_strict.h"

#include <ctype.h>
#include <string.h>

#include "formats/json/json_tree.h"

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

/* The length of a string at the start, or 0; `lax`: of any characters. */
static size_t strict_string(const char *s, size_t bytes, bool lax)
{
    size_t at = 1;

    if (bytes == 0 || *s != '"')
        return 0;
    while (at < bytes && s[at] != '"') {
        if (!lax && (unsigned char)s[at] < 0x20)
            return 0;
        if (s[at++] != '\\')
            continue;
        if (lax) {
            at += at < bytes;
            continue;
        }
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

/* The length of a number or literal at the start, or 0. */
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

/* The length of a name and its colon, or 0. */
static size_t strict_name(const char *s, size_t bytes, bool lax)
{
    size_t at = strict_string(s, bytes, lax);

    if (at == 0)
        return 0;
    at += space_bytes(s + at, bytes - at);
    return at < bytes && s[at] == ':' ? at + 1 : 0;
}

/* What may come next: a value; a value or the end of an empty array; a separator. In objects, a
 * name precedes each value. */
enum strict { STRICT_VALUE, STRICT_FIRST, STRICT_AFTER };

struct walk {
    char open[JSON_DEPTH_MAX]; /* the brackets around the next token */
    size_t depth;
    enum strict next;
    bool lax;
};

/* The length of one token; 0 if it is not allowed here. */
static size_t strict_token(struct walk *w, const char *s, size_t bytes)
{
    char inner = w->depth > 0 ? w->open[w->depth - 1] : '\0';
    size_t at = 0;
    size_t taken;

    if (w->next != STRICT_VALUE && (*s == '}' || *s == ']')) {
        if (inner != (*s == '}' ? '{' : '['))
            return 0;
        w->depth--;
        w->next = STRICT_AFTER;
        return 1;
    }
    if (w->next == STRICT_AFTER) {
        w->next = STRICT_VALUE;
        return inner != '\0' && *s == ',' ? 1 : 0;
    }
    if (inner == '{') {
        at = strict_name(s, bytes, w->lax);
        if (at == 0)
            return 0;
        at += space_bytes(s + at, bytes - at);
        if (at == bytes)
            return 0;
    }
    if (s[at] == '{' || s[at] == '[') {
        if (w->depth == JSON_DEPTH_MAX)
            return 0;
        w->open[w->depth++] = s[at];
        w->next = STRICT_FIRST;
        return at + 1;
    }
    taken = s[at] == '"' ? strict_string(s + at, bytes - at, w->lax)
                         : strict_scalar(s + at, bytes - at);
    if (taken == 0)
        return 0;
    w->next = STRICT_AFTER;
    return at + taken;
}

bool json_is_strict(const char *text, size_t bytes)
{
    struct walk w = {.next = STRICT_VALUE};
    size_t at = space_bytes(text, bytes);

    while (at < bytes) {
        size_t taken = strict_token(&w, text + at, bytes - at);

        if (taken == 0)
            return false;
        at += taken;
        at += space_bytes(text + at, bytes - at);
    }
    return w.depth == 0 && w.next == STRICT_AFTER;
}
