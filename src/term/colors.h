/* Colors: from a theme's colours to those that this terminal has, and to ncurses pairs, which
 * are created on demand. ncurses must be running. */
#ifndef SHILU_TERM_COLORS_H
#define SHILU_TERM_COLORS_H

#include "shilu/term/screen.h"

struct colors;

/* How many colours the terminal with `terminfo_colors` (its number of colours, below 8 for
 * none) has in this environment; `wanted` wins if it asks for fewer. */
enum screen_colors colors_choose(enum screen_colors wanted, int terminfo_colors);

struct colors *colors_new(enum screen_colors depth);
void colors_free(struct colors *c);

/* If the terminal has no colours, a theme that depends on them is replaced by the plain one. */
void colors_set_theme(struct colors *c, const struct theme *theme);

/* The ncurses number of a theme's colour at a depth, -1 for the terminal's own. *bright: it is
 * the bright variant of one of the eight. */
int colors_index(enum screen_colors depth, const struct theme_color *color, bool *bright);

/* The attributes (A_BOLD ...) and the pair of a style. */
void colors_style(struct colors *c, struct style style, unsigned long *attributes, int *pair);

#endif
