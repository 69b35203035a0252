/* Speaker pane: everyone who speaks, with role, turns and share of the speech. The most
 * frequent speakers come first, then the reporters in the order of their questions. */
#ifndef SHILU_VIEW_SPEAKER_PANE_H
#define SHILU_VIEW_SPEAKER_PANE_H

#include "shilu/view/grid.h"
#include "shilu/view/reader_state.h"

struct speaker_pane;

struct speaker_pane *speaker_pane_new(const struct reader_state *r);
void speaker_pane_free(struct speaker_pane *p);

/* The speaker `rows` further down the list than the one at the reading position; SPEAKER_NONE
 * in an empty list. INT_MIN and INT_MAX give the first and the last. */
uint32_t speaker_pane_step(struct speaker_pane *p, uint32_t from, int rows);

/* The speaker in a row of the last drawing, or SPEAKER_NONE. */
uint32_t speaker_pane_at(const struct speaker_pane *p, int row);

void speaker_pane_draw(struct speaker_pane *p, struct grid *g, const struct area *a,
                       bool active);

#endif
