/* Matcher, compiled code: one PCRE2 pattern with what running it needs. Only text/matcher and
 * its parts use it. */
#ifndef SHILU_TEXT_SEARCH_MATCHER_CODE_H
#define SHILU_TEXT_SEARCH_MATCHER_CODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shilu/base/error.h"

enum matcher_code_flag {
    MATCHER_CODE_BYTES = 1, /* the pattern is of bytes, not of characters */
    MATCHER_CODE_CASELESS = 4,
    MATCHER_CODE_LITERAL = 8, /* characters that stand for themselves */
    MATCHER_CODE_USER = 2     /* the user's own: UCP, MULTILINE, and bounds to its work */
};

struct matcher_code {
    void *code; /* pcre2_code; NULL: not compiled */
    void *data;
    void *context;
    void *stack;
    bool has_jit;        /* else the interpreter finds the same */
    bool bounded;        /* the user's own */
    size_t slice;        /* starting places that one run may try */
    unsigned patience;   /* runs before the slice may grow again */
    unsigned costly;     /* rises with each place given up, sinks with each run that is done */
    unsigned heavy;      /* rises with each run over a few places, sinks with each other one */
    size_t give_ups;     /* places given up in all */
    int64_t deadline_ms; /* on the monotonic clock; 0: none */
    size_t stopped_at;   /* where the deadline was met; MATCHER_CODE_NONE: it was not */
};

#define MATCHER_CODE_NONE SIZE_MAX

/* False for an invalid pattern; the column is counted from its first character as 1. */
bool matcher_code_init(struct matcher_code *c, const char *pattern, size_t bytes,
                       unsigned flags, struct error *err);
void matcher_code_release(struct matcher_code *c);

/* The first non-empty match that starts in [from, before), both at ends of characters of valid
 * UTF-8; it may end after. A place at which a user's pattern needs too much work is given up:
 * counted, and skipped. False with `stopped_at` set if the deadline was met first. */
bool matcher_code_find(struct matcher_code *c, const char *text, size_t bytes, size_t from,
                       size_t before, size_t *start, size_t *end);

#endif
