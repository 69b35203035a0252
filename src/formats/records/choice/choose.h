/* The choice of layouts by their scores. */
#ifndef SHILU_FORMATS_CHOICE_CHOOSE_H
#define SHILU_FORMATS_CHOICE_CHOOSE_H

#include "formats/records/choice/choice.h"

/* From a survey to how the record is read: one layout, or one with others that complete it, and
 * which block of the head begins whose turn. */
void choose_layout(struct survey *s, struct choice *choice);

/* Whether a block beyond the head begins a turn: its candidate, or SURVEY_NONE. */
uint32_t choose_begin(const struct survey *s, const struct choice *choice, size_t block);

#endif
