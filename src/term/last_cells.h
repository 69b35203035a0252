/* Last cells of the last row. A terminal wraps after the last cell, and if terminfo knows no
 * way to switch that off (tmux, screen), ncurses writes it one column early and pushes it along
 * by an insertion; that cuts a wide character before it in two, even if the last cell has not
 * changed. So ncurses gets blanks there, and the wide character and the cell after it are
 * written separately. */
#ifndef SHILU_TERM_LAST_CELLS_H
#define SHILU_TERM_LAST_CELLS_H

#include "shilu/view/grid.h"

enum { LAST_CELLS_COLUMNS = 3 };

struct last_cells {
    bool applies;  /* ncurses would use the insertion on this terminal */
    bool can_wait; /* the terminal wraps only when a further character comes */
    bool is_on;    /* cells have been written past ncurses, in this row: */
    int row, column;
};

/* ncurses must run. */
void last_cells_init(struct last_cells *c, bool ansi);

/* Whether ncurses must not write the last LAST_CELLS_COLUMNS cells of this grid's last row. */
bool last_cells_is_apart(const struct last_cells *c, const struct grid *g);

/* Before ncurses draws: the cells are blank, as it believes. After it: they are shown. */
void last_cells_clear(struct last_cells *c, const struct grid *g, struct buffer *out);
void last_cells_show(struct last_cells *c, const struct grid *g, struct buffer *out);

#endif
