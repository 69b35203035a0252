/* Last cells of the last row. A terminal wraps after the last cell. If terminfo has no way to
 * switch that off (tmux, screen), ncurses writes that cell one column early and pushes it along
 * by an insertion, which splits a wide character before it, even if the last cell has not
 * changed. So ncurses gets blanks there, and the wide character and the cell after it are
 * written separately. */
#ifndef SHILU_TERM_LAST_CELLS_H
#define SHILU_TERM_LAST_CELLS_H

#include "shilu/view/grid.h"

enum { LAST_CELLS_COLUMNS = 3 };

struct last_cells {
    bool applies;  /* ncurses would use the insertion on this terminal */
    bool can_wait; /* the terminal wraps only when another character follows */
    bool is_on;    /* cells were written past ncurses, in this row: */
    int row, column;
};

/* ncurses must run. */
void last_cells_init(struct last_cells *c, bool ansi);

/* Whether ncurses must not write the last LAST_CELLS_COLUMNS cells of this grid's last row. */
bool last_cells_is_apart(const struct last_cells *c, const struct grid *g);

/* Before ncurses draws: blank the cells, as it believes they are. After it: show them. */
void last_cells_clear(struct last_cells *c, const struct grid *g, struct buffer *out);
void last_cells_show(struct last_cells *c, const struct grid *g, struct buffer *out);

#endif
