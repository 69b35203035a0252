/* Timeline pane: every paragraph of the record as a row: time, speaker, the number of a
 * question, first words if there is room; silences are rows of their own. */
#ifndef SHILU_VIEW_TIMELINE_PANE_H
#define SHILU_VIEW_TIMELINE_PANE_H

#include "shilu/view/grid.h"
#include "shilu/view/reader_state.h"

struct timeline_pane;

struct timeline_pane *timeline_pane_new(const struct reader_state *r);
void timeline_pane_free(struct timeline_pane *p);

/* The segment `rows` rows below another one. */
uint32_t timeline_pane_step(const struct timeline_pane *p, uint32_t from, int rows);

/* The segment in a row of the last drawing, or SEGMENT_NONE. */
uint32_t timeline_pane_at(const struct timeline_pane *p, int row);

void timeline_pane_draw(struct timeline_pane *p, struct grid *g, const struct area *a,
                        bool active);

#endif
