/* Accent: the colour of a speaker, the same in every file that the name stands in. */
#ifndef SHILU_VIEW_SPEAKER_COLOR_H
#define SHILU_VIEW_SPEAKER_COLOR_H

#include "shilu/model/transcript.h"

/* 1 to ACCENT_COUNT from the speaker's name; 0 for SPEAKER_NONE. Two of the first speakers of
 * one record get two colours as long as there are colours: a later one whose colour is taken
 * moves on to the next free one. */
uint8_t speaker_color(const struct transcript *t, uint32_t speaker);

#endif
