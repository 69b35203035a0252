/* Width: how many terminal cells a code point takes. The only judge of that in the program;
 * every other file asks it. Source: libunistring's uc_width, with UAX #11's East Asian
 * Ambiguous characters (except marks, format characters and private use) as a switch, since the
 * terminal and not the locale decides how wide those are. */
#ifndef SHILU_TEXT_WIDTH_H
#define SHILU_TEXT_WIDTH_H

#include <stdbool.h>
#include <stdint.h>

#include "shilu/text/char_class.h"

/* Filled on demand, so that creating one costs nothing. Not for two threads at once. */
struct width;

struct width *width_new(bool ambiguous_wide);
void width_free(struct width *w);
bool width_ambiguous_is_wide(const struct width *w);

/* 0, 1 or 2. Controls give 0: they never reach a cell (text/display). */
int width_of(const struct width *w, uint32_t cp);

/* The kind of `cp`: text/character's answer. */
enum char_kind width_kind(const struct width *w, uint32_t cp);

/* The columns of `cp` if it takes any and is simple (char_is_simple), else 0; *space says
 * whether it is CHAR_SPACE. One lookup for what nearly all text needs. */
int width_of_simple(const struct width *w, uint32_t cp, bool *space);

/* Whether `cp` is in the East Asian Ambiguous set described above. */
bool width_is_ambiguous(uint32_t cp);

#endif
