/* Which candidates of a row are labels: by their surroundings, by how they recur, and by their
 * names. */
#ifndef SHILU_FORMATS_CHOICE_SOUND_LABELS_H
#define SHILU_FORMATS_CHOICE_SOUND_LABELS_H

#include "formats/records/choice/contender.h"

/* Whether nine labels in ten are on lines of their own, with a colon; a clause that ends in a
 * colon there is rare. */
bool sound_labels_are_most_alone(size_t alone, size_t labels);

/* Whether nearly all labels of a contender are alone on their lines. */
bool sound_labels_stand_alone(const struct survey *s, const struct contender *c);

/* Whether the number of a list item precedes the label. */
bool sound_labels_is_numbered(const struct survey *s, const struct survey_candidate *m);

/* False for a label that is met once and hardly looks like one (a fact, a clause). */
bool sound_labels_is_sound(const struct survey *s, const struct contender *c,
                           const uint32_t *counts, size_t i);

/* Drop the members that are not labels. */
void sound_labels_keep(const struct survey *s, struct contender *c);

#endif
