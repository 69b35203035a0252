/* Span: bytes owned by someone else, not necessarily NUL-terminated. An empty span may have any
 * data pointer, even NULL. Functions that take a `struct span *` advance its start and return
 * what they skipped. White space here is ASCII only; emit_trim handles all kinds. */
#ifndef SHILU_BASE_SPAN_H
#define SHILU_BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "shilu/base/bytes.h"

struct span {
    const char *data; /* borrowed */
    size_t length;    /* in bytes */
};

static inline struct span span_of(const char *data, size_t length)
{
    return (struct span){data, length};
}

/* From a NUL-terminated string; NULL is empty. */
static inline struct span span_string(const char *s)
{
    return span_of(s, s != NULL ? strlen(s) : 0);
}

/* A span of a string literal, for tables. */
#define SPAN_LITERAL(s) ((struct span){(s), sizeof(s) - 1})

static inline bool span_is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline struct span span_skip(struct span s, size_t bytes)
{
    if (bytes == 0)
        return s;
    return bytes < s.length ? span_of(s.data + bytes, s.length - bytes)
                            : span_of(s.data + s.length, 0);
}

static inline struct span span_trim_front(struct span s)
{
    while (s.length > 0 && span_is_space(*s.data))
        s = span_skip(s, 1);
    return s;
}

static inline struct span span_trim_back(struct span s)
{
    while (s.length > 0 && span_is_space(s.data[s.length - 1]))
        s.length--;
    return s;
}

static inline struct span span_trim(struct span s)
{
    return span_trim_back(span_trim_front(s));
}

static inline bool span_equal(struct span a, struct span b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

/* The next ones compare the first byte before anything else, since most words of a table differ
 * in it. */
static inline bool span_is(struct span s, const char *string)
{
    if (s.length == 0 || *s.data != *string)
        return s.length == 0 && *string == '\0';
    return span_equal(s, span_string(string));
}

static inline bool span_starts_with(struct span s, const char *front)
{
    size_t bytes;

    if (s.length == 0 || *s.data != *front)
        return *front == '\0';
    bytes = strlen(front);
    return s.length >= bytes && memcmp(s.data, front, bytes) == 0;
}

/* The same, ignoring the case of ASCII letters. */
static inline bool span_starts_with_case(struct span s, const char *front)
{
    size_t bytes = strlen(front);

    return bytes == 0 || (s.length >= bytes && strncasecmp(s.data, front, bytes) == 0);
}

static inline bool span_ends_with(struct span s, const char *back)
{
    size_t bytes = strlen(back);

    return bytes == 0 || (s.length >= bytes && s.data[s.length - 1] == back[bytes - 1] &&
                          memcmp(s.data + s.length - bytes, back, bytes) == 0);
}

static inline bool span_contains(struct span s, const char *part)
{
    return s.length > 0 && memmem(s.data, s.length, part, strlen(part)) != NULL;
}

static inline bool span_is_case(struct span s, const char *string)
{
    if (s.length == 0 || ((*s.data ^ *string) & ~('a' ^ 'A')) != 0)
        return s.length == 0 && *string == '\0';
    return s.length == strlen(string) && strncasecmp(s.data, string, s.length) == 0;
}

/* Skip `front` if the span starts with it. */
static inline bool span_take(struct span *s, const char *front)
{
    if (!span_starts_with(*s, front))
        return false;
    *s = span_skip(*s, strlen(front));
    return true;
}

/* The same tests against each of a list of words, which ends with NULL. */
static inline bool span_is_any(struct span s, const char *const *words)
{
    while (*words != NULL && !span_is(s, *words))
        words++;
    return *words != NULL;
}

static inline bool span_is_any_case(struct span s, const char *const *words)
{
    while (*words != NULL && !span_is_case(s, *words))
        words++;
    return *words != NULL;
}

static inline bool span_starts_with_any(struct span s, const char *const *words)
{
    while (*words != NULL && !span_starts_with(s, *words))
        words++;
    return *words != NULL;
}

static inline bool span_starts_with_any_case(struct span s, const char *const *words)
{
    while (*words != NULL && !span_starts_with_case(s, *words))
        words++;
    return *words != NULL;
}

static inline bool span_ends_with_any(struct span s, const char *const *words)
{
    while (*words != NULL && !span_ends_with(s, *words))
        words++;
    return *words != NULL;
}

static inline bool span_contains_any(struct span s, const char *const *words)
{
    while (*words != NULL && !span_contains(s, *words))
        words++;
    return *words != NULL;
}

static inline bool span_take_any(struct span *s, const char *const *words)
{
    while (*words != NULL && !span_take(s, *words))
        words++;
    return *words != NULL;
}

/* The first position from `at` on that is neither a space nor a tab. */
static inline size_t span_skip_blanks(struct span s, size_t at)
{
    while (at < s.length && (s.data[at] == ' ' || s.data[at] == '\t'))
        at++;
    return at;
}

/* The position of a byte; the length if there is none. */
static inline size_t span_find(struct span s, char c)
{
    const char *at = s.length > 0 ? memchr(s.data, c, s.length) : NULL;

    return at != NULL ? (size_t)(at - s.data) : s.length;
}

/* Take what precedes a byte, and skip that byte; take everything if it does not occur. */
static inline struct span span_take_until(struct span *s, char c)
{
    size_t at = span_find(*s, c);
    struct span taken = span_of(s->data, at);

    *s = span_skip(*s, at + (at < s->length));
    return taken;
}

/* Take one line, which ends in LF, CRLF or CR; *line is without its end. False if nothing is
 * left. */
static inline bool span_next_line(struct span *s, struct span *line)
{
    size_t at;

    if (s->length == 0)
        return false;
    at = bytes_line_run(s->data, s->length);
    *line = span_of(s->data, at);
    if (at + 1 < s->length && s->data[at] == '\r' && s->data[at + 1] == '\n')
        at++;
    *s = span_skip(*s, at + (at < s->length));
    return true;
}

/* Remove a decimal number of at most six digits from the end; -1 if there is none. */
static inline int span_take_number_back(struct span *s)
{
    int number = 0;
    int tens = 1;

    while (s->length > 0 && s->data[s->length - 1] >= '0' && s->data[s->length - 1] <= '9' &&
           tens < 1000000) {
        number += (s->data[--s->length] - '0') * tens;
        tens *= 10;
    }
    return tens > 1 ? number : -1;
}

#endif
