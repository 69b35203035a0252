/* Choosing layouts by score. */
#ifndef SHILU_FORMATS_CHOICE_CHOOSE_H
#define SHILU_FORMATS_CHOICE_CHOOSE_H

#include "formats/records/choice/choice.h"

/* Choose from a survey how the record is read: one layout, others that complete it, and which
 * blocks of the head begin whose turns. */
void choose_layout(struct survey *s, struct choice *choice);

/* The candidate that begins a turn in a block beyond the head, or SURVEY_NONE. */
uint32_t choose_begin(const struct survey *s, const struct choice *choice, size_t block);

#endif
