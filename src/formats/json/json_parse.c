/* One JSON value through cJSON, with what cJSON takes badly mended before: it ends a string at
 * \u0000, fails on a lone surrogate, NaN and Infinity, and loses the place of an error. Of a
 * broken value the front is closed, so that cJSON takes what stands there. */
#include <cjson/cJSON.h>
#include <ctype.h>
#include <string.h>

#include "formats/json/json_stream.h"

/* A string that is cut is kept from here on: longer than names, times and most words. */
enum { CUT_TEXT_BYTES = 32 };

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

/* The bytes of a string at the front, 0 for none; `lax`: of whatever characters. */
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
static size_t strict_name(const char *s, size_t bytes, bool lax)
{
    size_t at = strict_string(s, bytes, lax);

    if (at == 0)
        return 0;
    at += space_bytes(s + at, bytes - at);
    return at < bytes && s[at] == ':' ? at + 1 : 0;
}

/* What may stand next: a value; a value or the end of an empty array; a separator. In objects
 * a name goes before each value. */
enum strict { STRICT_VALUE, STRICT_FIRST, STRICT_AFTER };

struct walk {
    char open[JSON_DEPTH_MAX]; /* the brackets around what comes next */
    size_t depth;
    enum strict next;
    bool lax;
};

/* One token; 0 where it may not stand there. */
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

/* -------------------------------------------------------------------- through cJSON */

/* Escapes that cJSON refuses or is cut by are overwritten in place, same length: \uFFFD. How
 * many. */
static size_t repair_escapes(char *text, size_t bytes)
{
    char *end = text + bytes;
    char *at = text;
    size_t repairs = 0;

    while ((at = memchr(at, '\\', (size_t)(end - at))) != NULL && end - at >= 2) {
        long unit = at[1] == 'u' ? hex4(at + 2, end) : -1;

        if (unit >= 0xD800 && unit < 0xDC00 && end - at >= 12 && at[6] == '\\' &&
            at[7] == 'u' && (hex4(at + 8, end) & ~0x3FFL) == 0xDC00) {
            at += 12;
            continue;
        }
        if (unit < 0 && at[1] == 'u')
            at[1] = 'U'; /* cJSON takes it for a NUL: let it fail there */
        if (unit == 0 || (unit >= 0xD800 && unit < 0xE000)) {
            memcpy(at + 2, "fffd", 4);
            repairs++;
        }
        at += 2;
    }
    return repairs;
}

/* Outside strings NaN and Infinity become something that is no number. How many. */
static size_t repair_numbers(char *text, size_t bytes)
{
    size_t at = 0;
    size_t repairs = 0;
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
            repairs++;
        } else if (!in_string && bytes - at >= 4 && memcmp(text + at, "NaN", 3) == 0) {
            /* Three letters do not hold "null"; an empty string is no number either. */
            memcpy(text + at, "\"\" ", 3);
            at += 2;
            repairs++;
        }
    }
    return repairs;
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
                         struct json_repairs *repairs, struct error *err)
{
    struct buffer copy = {0};
    const char *end = NULL;
    cJSON *value;

    *repairs = (struct json_repairs){0};
    buffer_append(&copy, text, bytes);
    if (memmem(copy.data, bytes, "\\u", 2) != NULL)
        repairs->escapes = repair_escapes(copy.data, bytes);
    if (memmem(copy.data, bytes, "NaN", 3) != NULL ||
        memmem(copy.data, bytes, "Infinity", 8) != NULL)
        repairs->numbers = repair_numbers(copy.data, bytes);
    value = cJSON_ParseWithLengthOpts(copy.data, bytes + 1, &end, true);
    if (value == NULL) {
        size_t at = end != NULL && end >= copy.data ? (size_t)(end - copy.data) : 0;

        count_position(text, at < bytes ? at : bytes, &line, &column);
        error_set_at(err, ERROR_SYNTAX, line, column, "this is not valid JSON");
    }
    buffer_release(&copy);
    return value;
}

/* --------------------------------------------------------------------- broken values */

/* The bytes of an escape at the front, 0 where the text ends in it; *bad: there is no such
 * escape. */
static size_t escape_bytes(const char *s, size_t bytes, bool *bad)
{
    size_t at;

    *bad = bytes > 1 && (s[1] == '\0' || strchr("\"\\/bfnrtu", s[1]) == NULL);
    if (bytes < 2)
        return 0;
    if (s[1] != 'u')
        return 2;
    for (at = 2; at < 6 && at < bytes; at++) {
        *bad = !isxdigit((unsigned char)s[at]);
        if (*bad)
            return 2;
    }
    return at == 6 ? 6 : 0;
}

/* The text with its backslashes that escape nothing doubled: they stand for themselves. */
static void double_backslashes(struct buffer *out, const char *text, size_t bytes)
{
    const char *end = text + bytes;
    const char *slash;

    while ((slash = memchr(text, '\\', (size_t)(end - text))) != NULL) {
        bool bad;
        size_t taken = escape_bytes(slash, (size_t)(end - slash), &bad);

        buffer_append(out, text, (size_t)(slash - text));
        if (taken == 0)
            taken = (size_t)(end - slash);
        else if (bad)
            buffer_append_char(out, '\\');
        buffer_append(out, slash, taken);
        text = slash + taken;
    }
    buffer_append(out, text, (size_t)(end - text));
}

/* The bytes of a string that the end cuts, without half an escape; 0 where it ends before. */
static size_t cut_string(const char *s, size_t bytes)
{
    size_t at = 1;

    if (bytes == 0 || *s != '"')
        return 0;
    while (at < bytes && s[at] != '"') {
        bool bad;
        size_t taken = s[at] == '\\' ? escape_bytes(s + at, bytes - at, &bad) : 1;

        if (taken == 0)
            return at;
        at += taken;
    }
    return at < bytes ? 0 : at;
}

static bool in_object(const struct walk *w)
{
    return w->depth > 0 && w->open[w->depth - 1] == '{';
}

/* Where the value of a member stands, behind its name; 0 in an array. */
static size_t value_byte(const struct walk *w, const char *s, size_t bytes)
{
    size_t name = 0;

    if (in_object(w))
        name = strict_name(s, bytes, true);
    return name + space_bytes(s + name, bytes - name);
}

/* Whether what stands at the front may be the first part of something sound. */
static bool is_cut(const struct walk *w, const char *s, size_t bytes)
{
    size_t at = value_byte(w, s, bytes);
    size_t name;

    if (at == bytes || cut_string(s + at, bytes - at) > 0)
        return true;
    if (at == 0 && in_object(w)) {
        name = strict_string(s, bytes, true);
        if (name > 0 && name + space_bytes(s + name, bytes - name) == bytes)
            return true; /* its colon would follow */
    }
    while (at < bytes && memchr(",]}:\" \t\r\n", s[at], 9) == NULL)
        at++;
    return at == bytes;
}

/* A copy of the front of a broken value, as far as sense can be made of it. */
struct front {
    const char *s;
    size_t bytes;
    size_t at;
    size_t mistake; /* the first; `bytes` while there is none */
    struct buffer *out;
    struct walk walk;
    size_t safe_bytes; /* of out: what lacks only the marks that close `safe` */
    struct walk safe;
};

static void front_mistake(struct front *f)
{
    if (f->mistake == f->bytes)
        f->mistake = f->at;
}

/* A comma too few or too many. */
static void front_repair_comma(struct front *f)
{
    char c = f->s[f->at];
    bool behind_comma = f->out->bytes > 0 && f->out->data[f->out->bytes - 1] == ',';

    if (f->walk.next == STRICT_AFTER && f->walk.depth > 0 &&
        (c == '"' || c == '{' || c == '[')) {
        front_mistake(f);
        buffer_append_char(f->out, ',');
        f->walk.next = STRICT_VALUE;
    } else if (f->walk.next == STRICT_VALUE && behind_comma && (c == '}' || c == ']')) {
        front_mistake(f);
        f->out->bytes--;
        f->walk.next = STRICT_AFTER;
    }
}

static void front_mark_safe(struct front *f)
{
    f->safe = f->walk;
    f->safe_bytes = f->out->bytes;
}

/* Close a string that is a value and that the end cuts, where it is long enough to be
 * somebody's words: half a name or half a time is worse than none. */
static void front_close_string(struct front *f)
{
    const char *s = f->s + f->at;
    size_t value = value_byte(&f->walk, s, f->bytes - f->at);
    size_t kept = cut_string(s + value, f->bytes - f->at - value);

    if (f->walk.next == STRICT_AFTER || kept < CUT_TEXT_BYTES ||
        in_object(&f->walk) != (value > 0))
        return;
    buffer_append(f->out, s, value + kept);
    buffer_append_char(f->out, '"');
    front_mark_safe(f);
}

static void front_walk(struct front *f)
{
    for (;;) {
        size_t taken;

        f->at += space_bytes(f->s + f->at, f->bytes - f->at);
        if (f->at == f->bytes)
            return;
        front_repair_comma(f);
        if (is_cut(&f->walk, f->s + f->at, f->bytes - f->at)) {
            front_close_string(f);
            return;
        }
        taken = strict_token(&f->walk, f->s + f->at, f->bytes - f->at);
        if (taken == 0) {
            front_mistake(f);
            return;
        }
        buffer_append(f->out, f->s + f->at, taken);
        f->at += taken;
        if (f->walk.next != STRICT_VALUE)
            front_mark_safe(f);
    }
}

struct cJSON *json_parse_front(const char *text, size_t bytes, size_t *mistake)
{
    struct buffer copy = {0};
    struct buffer sound = {0};
    struct buffer out = {0};
    struct front f = {.bytes = bytes, .mistake = bytes, .out = &out, .walk = {.lax = true}};
    struct json_repairs repairs;
    struct error ignored;
    cJSON *value;

    buffer_append(&copy, text, bytes);
    repair_numbers(copy.data, copy.bytes);
    f.s = buffer_string(&copy);
    front_walk(&f);
    out.bytes = f.safe_bytes;
    while (f.safe.depth > 0)
        buffer_append_char(&out, f.safe.open[--f.safe.depth] == '{' ? '}' : ']');
    double_backslashes(&sound, buffer_string(&out), out.bytes);
    value = json_parse(buffer_string(&sound), sound.bytes, 1, 1, &repairs, &ignored);
    *mistake = f.mistake;
    buffer_release(&copy);
    buffer_release(&out);
    buffer_release(&sound);
    return value;
}
