/* Speaker chart: one lane per speaker across the time of the record, to show its shape. */
#ifndef SHILU_VIEW_SPEAKER_CHART_H
#define SHILU_VIEW_SPEAKER_CHART_H

#include "shilu/view/grid.h"
#include "shilu/view/reader_state.h"

struct speaker_chart;

/* The reader state must outlive it. */
struct speaker_chart *speaker_chart_new(const struct reader_state *r);
void speaker_chart_free(struct speaker_chart *l);

/* In a record without times, the axis is the text. */
void speaker_chart_draw(struct speaker_chart *l, struct grid *g, const struct area *a);

#endif
