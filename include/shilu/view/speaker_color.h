/* Speaker colour: the same in every file that contains the name. */
#ifndef SHILU_VIEW_SPEAKER_COLOR_H
#define SHILU_VIEW_SPEAKER_COLOR_H

#include "shilu/view/pen.h"
#include "shilu/view/reader_state.h"

/* 1 to ACCENT_COUNT, from the speaker's name; 0 for SPEAKER_NONE. Among the most frequent
 * speakers, as many as there are colours, no two share one: if a speaker's colour is taken, the
 * next free one is used. */
uint8_t speaker_color(const struct transcript *t, uint32_t speaker);

/* Draw the speaker's name, in that colour unless `muted`, after its shape if the theme has
 * shapes. speaker_color_shape draws only the shape and a blank. */
void speaker_color_name(struct pen *pen, const struct reader_state *r, uint32_t speaker);
void speaker_color_shape(struct pen *pen, const struct reader_state *r, uint32_t speaker,
                         bool muted);

/* The shape that goes with a colour; "" for 0. */
const char *speaker_color_shape_text(uint8_t accent);

#endif
