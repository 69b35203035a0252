/* Scroll region: the part of a screen between two vertical rules whose rows have moved up or
 * down. A terminal with left and right margins (DECSLRM) scrolls it alone, so that moving one
 * line down in a pane costs a line and not the pane. Source: DEC STD 070 and xterm's ctlseqs
 * (DECLRMM, DECSLRM, DECSTBM, SU, SD). */
#ifndef SHILU_TERM_SCROLL_REGION_H
#define SHILU_TERM_SCROLL_REGION_H

#include "shilu/view/grid.h"

struct scroll_region {
    int top, bottom; /* rows [top, bottom) */
    int left, right; /* columns [left, right) */
    int up;          /* rows that it moves up; negative for down */
};

enum { BANDS_MAX = 4 };

/* The regions worth scrolling to get from `old` to `new`, which have the same size; at most
 * BANDS_MAX, and none across the whole width, which ncurses scrolls itself. */
int scroll_region_find(const struct grid *old, const struct grid *new,
                       struct scroll_region *found);

/* The bytes that scroll it; cursor and attributes are unchanged afterwards. */
void scroll_region_append(const struct scroll_region *b, struct buffer *out);

/* Scroll a grid as the terminal does; new rows are blank. */
void scroll_region_scroll(const struct scroll_region *b, struct grid *g);

#endif
