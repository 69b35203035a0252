/* Corner: the last cells of the last row. A terminal wraps after the last one, and where
 * terminfo knows no way to switch that off (tmux, screen), ncurses writes it one column early
 * and pushes it along by an insertion; a wide character before it is cut in two by that, even
 * where the last cell has not changed. There ncurses is given blanks, and the wide character
 * and the cell after it are written past it. */
#ifndef SHILU_TERM_CORNER_H
#define SHILU_TERM_CORNER_H

#include "shilu/view/grid.h"

enum { CORNER_COLUMNS = 3 };

struct corner {
    bool applies;  /* ncurses would use the insertion on this terminal */
    bool can_wait; /* the terminal wraps only when a further character comes */
    bool is_on;    /* cells have been written past ncurses, in this row: */
    int row, column;
};

/* ncurses must run. */
void corner_init(struct corner *c, bool ansi);

/* Whether ncurses must not write the last CORNER_COLUMNS cells of this grid's last row. */
bool corner_is_apart(const struct corner *c, const struct grid *g);

/* Before ncurses draws: the cells are as it believes, blank. After it: they are shown. */
void corner_clear(struct corner *c, const struct grid *g, struct buffer *out);
void corner_show(struct corner *c, const struct grid *g, struct buffer *out);

#endif
