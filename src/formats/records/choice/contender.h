/* A contender: a row of the survey, with those of its candidates that may be labels. */
#ifndef SHILU_FORMATS_CHOICE_CONTENDER_H
#define SHILU_FORMATS_CHOICE_CONTENDER_H

#include "formats/records/choice/score.h"

/* A row with the members it keeps. */
struct contender {
    size_t row;
    uint32_t *members; /* owned */
    size_t count;
    uint32_t signature; /* the signature that its labels and little else have; 0 for none */
    bool stand_alone;   /* nearly all of its labels are alone on their lines */
    bool hangs;         /* its labels hang left of all words, between hanging_first and
                         * hanging_last (blocks) */
    uint32_t hanging_indent;
    size_t hanging_first;
    size_t hanging_last;
    bool in_capitals;    /* all its labels that recur are */
    size_t first_known;  /* member: the first label that recurs; count: none does */
    size_t topped_first; /* blocks between which a label is on top of every paragraph */
    size_t topped_last;
    size_t fields_end; /* block below the fields of a form at the top; 0 for none */
    uint32_t deepest;  /* one more than the deepest indent of labels that recur, or 0 */
    float chance;
    struct score score;
};

/* Whether member `i` may be a label; `counts` is how often each label occurs in the row. */
typedef bool member_test(const struct survey *s, const struct contender *c,
                         const uint32_t *counts, size_t i);

/* The layout of its row. */
const struct layout_row *contender_layout(const struct survey *s, const struct contender *c);

/* How often each label occurs in it; the caller frees the array. */
uint32_t *contender_count_labels(const struct survey *s, const struct contender *c);

/* Drop the members that fail the test. */
void contender_keep(const struct survey *s, struct contender *c, member_test *keep);

bool contender_is_words_only(const struct survey *s, const struct contender *c);

#endif
