/* Lanes: one row a speaker across the whole time of the record, so that its shape is seen. */
#ifndef SHILU_VIEW_LANES_H
#define SHILU_VIEW_LANES_H

#include "shilu/view/grid.h"
#include "shilu/view/reading.h"

struct lanes;

/* The reading must outlive them. */
struct lanes *lanes_new(const struct reading *r);
void lanes_free(struct lanes *l);

/* Where the record has no times the axis is the text. */
void lanes_draw(struct lanes *l, struct grid *g, const struct area *a);

#endif
