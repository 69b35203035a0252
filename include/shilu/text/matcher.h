/* Matcher: one compiled query, used by highlighting, next, list, narrowing and grep alike. A
 * literal is searched as people mean it: smart case (an upper-case letter makes case
 * significant), ignoring width, composition, hiragana or katakana, and Han variants. A query
 * that folds only to itself is searched by memmem; any other is expanded into a PCRE2 pattern
 * in which each character stands for its class, and run on the original bytes, so hits need no
 * mapping back. */
#ifndef SHILU_TEXT_MATCHER_H
#define SHILU_TEXT_MATCHER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shilu/base/error.h"

enum matcher_flag {
    MATCHER_EXACT = 1,   /* no folding at all: as a query that starts with "=" */
    MATCHER_PATTERN = 2, /* a PCRE2 pattern: as a query that starts with "\v" */
    MATCHER_LITERAL = 4, /* a leading "=" or "\v" is part of the text */
    MATCHER_CASELESS = 8 /* ignore case, even if the query has capitals */
};

struct matcher;

struct match {
    size_t start; /* bytes from the text's start */
    size_t end;
};

/* NULL with *err for an invalid pattern (err->column says where), and for a query that is
 * empty, too long or not UTF-8. A leading "=" or "\v" is interpreted only if none of the first
 * three flags is given. A pattern is PCRE2's with UTF, UCP and MULTILINE. */
enum { MATCHER_QUERY_MAX = 1000 };

/* Replace *m by the matcher for another query, or by NULL for an empty one; on failure *m is
 * unchanged. */
struct matcher *matcher_new(const char *query, size_t bytes, unsigned flags, struct error *err);
void matcher_free(struct matcher *m);
/* Interpret a leading "=" or "\v" into *flags if these are 0; returns its length. */
bool matcher_replace(struct matcher **m, const char *query, struct error *err);

/* The first non-empty match at or after `from`. Not thread-safe for the same matcher. */
size_t matcher_read_prefix(const char *query, size_t bytes, unsigned *flags);

/* The same for a match that starts before `before` and may end after it. This allows searching
 * a long text in slices. */
bool matcher_find(struct matcher *m, const char *text, size_t bytes, size_t from,
                  struct match *match);

/* The same for a match that starts before `before`; it may end after it. So a long text can be
 * searched in slices. */
bool matcher_find_before(struct matcher *m, const char *text, size_t bytes, size_t from,
                         size_t before, struct match *match);

/* A pattern can need any amount of work. If it needs too much at some place, it is abandoned
 * there, and a match there is missed; this counts such places. The limit depends on the cost of
 * earlier searches, so one search may find what another missed; but if neither raised this
 * number, they agree. */
bool matcher_keeps_segments(const struct matcher *m);

/* Limit each later search to about `ms`; 0 for no limit. A search that runs out of time returns
 * false, and *at is where to continue. Only patterns stop. */
size_t matcher_give_ups(const struct matcher *m);

/* The PCRE2 pattern made from the query, or NULL for a query searched unchanged. With UTF set
 * it finds the same matches. Borrowed. */
void matcher_set_budget(struct matcher *m, int64_t ms);
bool matcher_stopped(const struct matcher *m, size_t *at);

/* For a quick test on raw bytes: a literal that every match contains, or NULL if none is known
 * (for a pattern, or a query in which every character has variants). Borrowed. */
const char *matcher_pattern(const struct matcher *m);

/* For a quick test on raw bytes: a literal that every match contains, or NULL if none is known
 * (a pattern; a query whose every character has variants). Borrowed. */
const char *matcher_required(const struct matcher *m, size_t *bytes);

#endif
