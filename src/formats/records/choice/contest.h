/* The contest: every row with its score, best first. */
#ifndef SHILU_FORMATS_CHOICE_CONTEST_H
#define SHILU_FORMATS_CHOICE_CONTEST_H

#include "formats/records/choice/contender.h"

/* One contender for each row that may be a layout, best score first. The caller frees them. */
struct contender *contest_new(const struct survey *s, size_t *count);

/* The best contender: the user's own layout if it fits at all; labels before words alone. */
struct contender *contest_best(const struct survey *s, struct contender *all, size_t count);

/* Whether a contender has bits enough to be the layout of a record. */
bool contest_is_enough(const struct survey *s, const struct contender *c);

#endif
