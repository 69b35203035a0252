/* Alignment: which paragraphs of two records correspond: a record and its translation, or two
 * records of one event.
 *
 * If both have times on the same clock, paragraphs that start together are paired. Otherwise
 * their lengths decide (Gale and Church, "A Program for Aligning Sentences in Bilingual
 * Corpora", 1993), within the turns of the speakers; a first pass learns which speakers
 * correspond. The same two records always give the same alignment. */
#ifndef SHILU_ANALYSIS_ALIGNMENT_H
#define SHILU_ANALYSIS_ALIGNMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "shilu/model/transcript.h"

/* Segments [first, end) of each record. One of the two may be empty: then the other has no
 * counterpart. */
struct alignment_pair {
    uint32_t a_first, a_end;
    uint32_t b_first, b_end;
};

struct alignment {
    struct alignment_pair *pairs; /* owned; they cover both records, in order */
    size_t count, capacity;
    bool by_time;
};

void alignment_make(struct alignment *al, const struct transcript *a,
                    const struct transcript *b);
void alignment_release(struct alignment *al);

#endif
