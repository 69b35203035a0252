/* Edited parts: a text of several parts (the captions of a paragraph) was edited as a whole:
 * where its parts begin now. */
#ifndef SHILU_ANALYSIS_EDITED_PARTS_H
#define SHILU_ANALYSIS_EDITED_PARTS_H

#include "shilu/base/span.h"

/* `starts`: where the `count` parts begin in `old`, in order. Each begins in `now` where its
 * first word that was kept stands; words that were put in between two parts belong to the first
 * of them, and words that took the place of others are shared out as those were. */
void edited_parts_find(struct span old, const size_t *starts, size_t count, struct span now,
                       size_t *new_starts);

#endif
