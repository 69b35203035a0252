/* Matcher, the expansion: a literal query as a PCRE2 pattern (UTF, no other option needed) in
 * which each character stands for everything that spells the same. Only text/matcher uses
 * it. */
#ifndef SHILU_TEXT_SEARCH_MATCHER_EXPAND_H
#define SHILU_TEXT_SEARCH_MATCHER_EXPAND_H

#include "shilu/base/buffer.h"
#include "text/fold_table.h"

enum { EXPANSION_REQUIRED_MAX = 8 };

/* A run of white space; and what may not follow a letter that takes accents. */
#define EXPANSION_WHITE_RUN                                                              \
    "[\\x09-\\x0d \\x{85}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}" \
    "\\x{205f}\\x{3000}]++"
#define EXPANSION_NO_ACCENT "(?![\\x{300}-\\x{36f}\\x{653}-\\x{655}])"

struct expansion {
    uint32_t *keys; /* of the query, owned; U+0020 for a run of white space */
    size_t key_count;
    struct buffer pattern;
    size_t groups; /* number of numbered groups in it */
    /* Byte strings one of which every match contains, at the same place of the query: the
     * longest run with a single spelling, or else the spellings of the character with the
     * fewest; none if all have many. */
    struct buffer required[EXPANSION_REQUIRED_MAX];
    size_t required_count;
    size_t bytes_before; /* most bytes of a match before that place */
    bool whole;          /* the query is one run with a single spelling: no pattern is needed */
    bool quick;          /* PCRE2 finds the pattern at least as fast as the byte strings */
};

/* `query` is valid UTF-8 without NUL. */
void matcher_expand(struct expansion *e, const char *query, size_t bytes, enum fold_mode mode);
void matcher_expand_release(struct expansion *e);

#endif
