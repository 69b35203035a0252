/* Glyph drawing: the glyphs of one cluster, which text/display combines. */
#ifndef SHILU_TEXT_GLYPH_DRAW_H
#define SHILU_TEXT_GLYPH_DRAW_H

#include <stddef.h>

#include "shilu/text/display.h"
#include "shilu/text/width.h"

/* Append the glyphs of the cluster at text[start, end): at least one. */
void glyph_draw_cluster(struct display *d, const struct width *w, const char *text,
                        size_t start, size_t end);

/* The visible mark of a control, "^[" or "<9B>" or "<202E>", NUL-terminated. Returns its
 * length; it is ASCII. `cp` is one of char_is_unsafe, below U+100000. */
enum { GLYPH_DRAW_MARK_BYTES = 9 };
size_t glyph_draw_mark(uint32_t cp, char *out);

#endif
