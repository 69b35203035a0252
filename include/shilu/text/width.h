/* Width: how many terminal cells a code point occupies. The only place in the program that
 * decides this. Source: libunistring's uc_width, with UAX #11's East Asian Ambiguous characters
 * (except marks, format characters and private use) as a switch, since their width depends on
 * the terminal, not on the locale. */
#ifndef SHILU_TEXT_WIDTH_H
#define SHILU_TEXT_WIDTH_H

#include <stdbool.h>
#include <stdint.h>

#include "shilu/text/char_class.h"

/* Filled on demand, so creating one costs nothing. Not thread-safe. */
struct width;

struct width *width_new(bool ambiguous_wide);
void width_free(struct width *w);
bool width_ambiguous_is_wide(const struct width *w);

/* 0, 1 or 2; 0 for controls, which never reach a cell (text/display). */
int width_of(const struct width *w, uint32_t cp);

/* The kind of `cp`, from text/char_class. */
enum char_kind width_kind(const struct width *w, uint32_t cp);

/* The columns of `cp` if it has any and is simple (char_is_simple), else 0; *space says whether
 * it is CHAR_SPACE. A single lookup for nearly all text. */
int width_of_simple(const struct width *w, uint32_t cp, bool *space);

/* Whether `cp` is in the East Asian Ambiguous set described above. */
bool width_is_ambiguous(uint32_t cp);

#endif
