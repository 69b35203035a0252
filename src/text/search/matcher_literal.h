/* Matcher, the literal: bytes searched for unchanged. PCRE2's JIT compares 16 or 32 positions
 * at once, which is faster than memmem for the short, high bytes of UTF-8; without a JIT it is
 * memmem. Only text/matcher uses it. */
#ifndef SHILU_TEXT_SEARCH_MATCHER_LITERAL_H
#define SHILU_TEXT_SEARCH_MATCHER_LITERAL_H

#include <stddef.h>

#define MATCHER_LITERAL_NONE ((size_t)-1)

struct matcher_literal {
    char *data; /* owned */
    size_t bytes;
    void *code; /* pcre2_code, or NULL if there is no JIT */
    void *match_data;
};

/* `count` is above 0. */
void matcher_literal_init(struct matcher_literal *l, const char *bytes, size_t count);
void matcher_literal_release(struct matcher_literal *l);

/* The first position in [from, before) where it starts, with all of it within `bytes`. */
size_t matcher_literal_find(struct matcher_literal *l, const char *text, size_t bytes,
                            size_t from, size_t before);

#endif
