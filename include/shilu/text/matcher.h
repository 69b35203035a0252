/* Matcher: one compiled query, the same for highlighting, next, list, narrowing and grep. A
 * literal is searched as a reader means it: smart case (an upper-case letter makes case exact),
 * ignoring width, composition, hiragana or katakana, and Han variants. A query that folds only
 * to itself is searched by memmem; any other is expanded into a PCRE2 pattern in which each
 * character stands for its class, and run on the original bytes, so that hits need no mapping
 * back. */
#ifndef SHILU_TEXT_MATCHER_H
#define SHILU_TEXT_MATCHER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shilu/base/error.h"

enum matcher_flag {
    MATCHER_EXACT = 1,   /* no folding at all: as a query that starts with "=" */
    MATCHER_PATTERN = 2, /* a PCRE2 pattern: as a query that starts with "\v" */
    MATCHER_LITERAL = 4, /* take "=" and "\v" at the front as text */
    MATCHER_CASELESS = 8 /* ignore case, whatever the query's case */
};

struct matcher;

struct match {
    size_t start; /* bytes from the text's start */
    size_t end;
};

/* A query has at most this many characters. */
enum { MATCHER_QUERY_MAX = 1000 };

/* NULL with *err for an invalid pattern (err->column: where), for a query that is empty, too
 * long or not UTF-8. The "=" and "\v" at the front are read only where none of the first
 * three flags is given. A
 * pattern is PCRE2's with UTF, UCP and MULTILINE set. */
struct matcher *matcher_new(const char *query, size_t bytes, unsigned flags, struct error *err);
void matcher_free(struct matcher *m);
/* Replace *m by the matcher of another query, or by NULL for an empty one; false: *m stays. */
bool matcher_replace(struct matcher **m, const char *query, struct error *err);

/* Read the "=" or "\v" at the front of a query into *flags, if these are 0; returns the bytes
 * that it takes. */
size_t matcher_read_prefix(const char *query, size_t bytes, unsigned *flags);

/* The first non-empty match at or after `from`. Not for two threads at once. */
bool matcher_find(struct matcher *m, const char *text, size_t bytes, size_t from,
                  struct match *match);

/* The same for a match that starts before `before`; it may end after it. So a long text can be
 * searched in slices. */
bool matcher_find_before(struct matcher *m, const char *text, size_t bytes, size_t from,
                         size_t before, struct match *match);

/* Whether no match can contain a NUL, so that texts separated by NULs can be searched as one.
 * True for everything but patterns. */
bool matcher_keeps_segments(const struct matcher *m);

/* A pattern can need any amount of work. Where it needs too much, it is given up at that place,
 * and a match there is missed: how many such places there were. How much is too much depends on
 * what the searches before cost, so of two searches one may find what the other missed; but
 * where neither raised this number, they agree. */
size_t matcher_give_ups(const struct matcher *m);

/* Limit each later find to about `ms`; 0: no limit. A find that runs out of time returns false,
 * and *at is where to continue. Only patterns stop. */
void matcher_set_budget(struct matcher *m, int64_t ms);
bool matcher_stopped(const struct matcher *m, size_t *at);

/* The PCRE2 pattern made from the query, or NULL for a query searched as it is. With UTF set it
 * finds the same. Borrowed. */
const char *matcher_pattern(const struct matcher *m);

/* For a quick test on raw bytes: a literal that every match contains, or NULL if none is known
 * (a pattern; a query whose every character has variants). Borrowed. */
const char *matcher_required(const struct matcher *m, size_t *bytes);

#endif
