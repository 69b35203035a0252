/* Matcher, compiled code: one PCRE2 pattern with what is needed to run it. Only text/matcher
 * and its parts use it. */
#ifndef SHILU_TEXT_SEARCH_MATCHER_CODE_H
#define SHILU_TEXT_SEARCH_MATCHER_CODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shilu/base/error.h"

enum matcher_code_flag {
    MATCHER_CODE_BYTES = 1, /* the pattern consists of bytes, not of characters */
    MATCHER_CODE_CASELESS = 4,
    MATCHER_CODE_LITERAL = 8, /* characters without special meaning */
    MATCHER_CODE_USER = 2     /* written by the user: UCP, MULTILINE, and limits on its work */
};

struct matcher_code {
    void *code; /* pcre2_code, or NULL if not compiled */
    void *data;
    void *context;
    void *stack;         /* NULL until one is needed */
    bool has_jit;        /* otherwise the interpreter finds the same */
    bool bounded;        /* written by the user */
    size_t slice;        /* starting positions that one run may try */
    unsigned patience;   /* number of runs before the slice may grow again */
    unsigned costly;     /* rises with each abandoned position, falls with each completed run */
    unsigned heavy;      /* rises with each run over a few positions, falls with every other
                          * run */
    size_t give_ups;     /* number of abandoned positions */
    int64_t deadline_ms; /* on the monotonic clock; 0 for none */
    size_t stopped_at;   /* where the deadline was exceeded, or MATCHER_CODE_NONE */
};

#define MATCHER_CODE_NONE SIZE_MAX

/* False for an invalid pattern; the error's column counts from 1. */
bool matcher_code_init(struct matcher_code *c, const char *pattern, size_t bytes,
                       unsigned flags, struct error *err);
void matcher_code_release(struct matcher_code *c);

/* The first non-empty match that starts in [from, before), both at character boundaries of
 * valid UTF-8; it may end later. A position where a user's pattern needs too much work is
 * abandoned: counted and skipped. False with `stopped_at` set if the deadline was exceeded
 * first. */
bool matcher_code_find(struct matcher_code *c, const char *text, size_t bytes, size_t from,
                       size_t before, size_t *start, size_t *end);

#endif
