/* Lanes: one row a speaker across the whole time of the record, so that its shape is seen. */
#ifndef SHILU_VIEW_LANES_H
#define SHILU_VIEW_LANES_H

#include "shilu/view/grid.h"
#include "shilu/view/reading.h"

/* Where the record has no times the axis is the text. */
void lanes_draw(struct grid *g, const struct area *a, const struct reading *r);

#endif
