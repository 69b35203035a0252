/* Edited parts: where the parts of a text (the captions of a paragraph) begin after the text
 * was edited as a whole. */
#ifndef SHILU_ANALYSIS_EDITED_PARTS_H
#define SHILU_ANALYSIS_EDITED_PARTS_H

#include "shilu/base/span.h"

/* `starts`: where the `count` parts begin in `old`, in order. In `now`, each begins at its
 * first word that was kept. Words inserted between two parts belong to the first; words that
 * replace others are divided in proportion. */
void edited_parts_find(struct span old, const size_t *starts, size_t count, struct span now,
                       size_t *new_starts);

#endif
