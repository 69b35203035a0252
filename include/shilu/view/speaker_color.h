/* Accent: the colour of a speaker, the same in every file that the name stands in. */
#ifndef SHILU_VIEW_SPEAKER_COLOR_H
#define SHILU_VIEW_SPEAKER_COLOR_H

#include "shilu/model/transcript.h"

/* 1 to ACCENT_COUNT from the speaker's name; 0 for SPEAKER_NONE. Of those who say the most, as
 * many as there are colours, no two have the same: one whose colour is taken moves on to the
 * next free one. */
uint8_t speaker_color(const struct transcript *t, uint32_t speaker);

#endif
