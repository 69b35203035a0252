/* Which of a row's candidates are labels: by what is around them, how they come back, and what
 * they are called. */
#ifndef SHILU_FORMATS_CHOICE_SOUND_LABELS_H
#define SHILU_FORMATS_CHOICE_SOUND_LABELS_H

#include "formats/records/choice/contender.h"

/* All labels but one in ten are on lines of their own, with a colon: a clause that ends in one
 * there is rare. */
bool sound_labels_are_most_alone(size_t alone, size_t labels);

/* Nearly all of a contender's labels are alone on their lines. */
bool sound_labels_stand_alone(const struct survey *s, const struct contender *c);

/* The number of an item comes before the label. */
bool sound_labels_is_numbered(const struct survey *s, const struct survey_candidate *m);

/* A label met once and hardly shaped as one (a fact, a clause) is not a label. */
bool sound_labels_is_sound(const struct survey *s, const struct contender *c,
                           const uint32_t *counts, size_t i);

/* Drop the members that are no labels. */
void sound_labels_keep(const struct survey *s, struct contender *c);

#endif
