/* Name part: names that need more than one row. */
#ifndef SHILU_VIEW_NAME_PART_H
#define SHILU_VIEW_NAME_PART_H

#include "shilu/base/span.h"
#include "shilu/text/display.h"

/* The start of a name that fits into this many columns; it ends at a blank if possible. */
struct span name_part(const struct width *w, struct span name, int columns);

/* The rest of it, without the blank. */
struct span name_rest(struct span name, struct span part);

#endif
