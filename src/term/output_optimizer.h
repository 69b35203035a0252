/* Output optimizer: expresses ncurses' output with fewer bytes, for slow lines. The screen and
 * the cursor end up the same. Source: ECMA-48 (SGR, SU, SD), DEC STD 070 (DECSTBM, IND, RI,
 * SCS). */
#ifndef SHILU_TERM_OUTPUT_OPTIMIZER_H
#define SHILU_TERM_OUTPUT_OPTIMIZER_H

#include <stdbool.h>

#include "shilu/base/buffer.h"

struct output_optimizer {
    int rows;        /* of the screen */
    bool scrolls;    /* the terminal has SU and SD */
    bool is_set;     /* a scrolling region is left set, or may be */
    int top, bottom; /* its rows, from 1; 0 if unknown */
};

/* Rewrite out's bytes from `from` on, which ncurses wrote for a terminal that takes ECMA-48 and
 * never leaves its first character set:
 *  - scrolling by a row keeps its region set, so that the next line down is a line feed;
 *  - scrolling by more is one SU or SD;
 *  - setting the region back to all rows names no rows;
 *  - choosing the first character set, and colours right before all attributes end, go. */
void shorten(struct output_optimizer *s, struct buffer *out, size_t from);

/* Reset a region that is still set, keeping the cursor; call it before sending anything other
 * than ncurses' output to the terminal. */
void output_optimizer_settle(struct output_optimizer *s, struct buffer *out);

#endif
