/* Matcher for queries of ASCII letters and digits. Nearly everything such a query finds is
 * ASCII itself, which PCRE2 finds eight times as fast as all spellings. So the ASCII spellings
 * are searched for alone, and the whole pattern is tried only around the few characters of the
 * text that spell a letter of the query differently. Only text/matcher uses it. */
#ifndef SHILU_TEXT_SEARCH_MATCHER_ASCII_H
#define SHILU_TEXT_SEARCH_MATCHER_ASCII_H

#include "text/fold_table.h"
#include "text/search/matcher_code.h"

enum { MATCHER_ASCII_LEADS_MAX = 4 };

struct matcher_ascii {
    struct matcher_code plain;                           /* the ASCII spellings */
    struct matcher_code others[MATCHER_ASCII_LEADS_MAX]; /* the others, one pattern per lead
                                                          * byte */
    unsigned char leads[MATCHER_ASCII_LEADS_MAX]; /* the byte that each of them starts with */
    size_t other_count;
    size_t solid; /* limit for the bytes of a match that are not white space */
};

/* False if the keys of the query (matcher_expand.h) are not of this kind, or without a JIT;
 * then there is nothing to release. */
bool matcher_ascii_init(struct matcher_ascii *a, const uint32_t *keys, size_t count,
                        enum fold_mode mode);
void matcher_ascii_release(struct matcher_ascii *a);

/* As matcher_code_find, for the whole pattern. */
bool matcher_ascii_find(struct matcher_ascii *a, struct matcher_code *whole, const char *text,
                        size_t bytes, size_t from, size_t before, size_t *start, size_t *end);

#endif
