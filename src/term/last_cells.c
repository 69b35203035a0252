/* The last cells. Invariant: while is_on, the terminal shows characters where ncurses has
 * blanks; last_cells_clear makes the two agree again before ncurses sends anything. */
#include "term/last_cells.h"

#include "term/terminfo.h"

#include "term/use_curses.h"

void last_cells_init(struct last_cells *c, bool ansi)
{
    bool switches = terminfo_string("rmam")[0] != '\0' && terminfo_string("smam")[0] != '\0';

    *c = (struct last_cells){.applies = ansi && tigetflag("am") > 0 && !switches,
                             .can_wait = tigetflag("xenl") > 0};
}

bool last_cells_is_apart(const struct last_cells *c, const struct grid *g)
{
    const struct cell *end = g->cells + (size_t)g->rows * (size_t)g->columns;

    return c->applies && g->columns >= LAST_CELLS_COLUMNS && end[-1].columns < 2 &&
           end[-2].columns == 0 && end[-3].columns == 2;
}

void last_cells_clear(struct last_cells *c, const struct grid *g, struct buffer *out)
{
    bool apart = last_cells_is_apart(c, g);

    if (c->is_on || apart)
        buffer_append_format(out, "\0337\033[m\033[%d;%dH\033[K\0338",
                             (c->is_on ? c->row : g->rows - 1) + 1,
                             (c->is_on ? c->column : g->columns - LAST_CELLS_COLUMNS) + 1);
    for (int i = apart ? LAST_CELLS_COLUMNS : 0; i > 0; i--)
        mvwaddch(curscr, g->rows - 1, g->columns - i, ' ');
    c->is_on = false;
}

void last_cells_show(struct last_cells *c, const struct grid *g, struct buffer *out)
{
    const struct cell *end = g->cells + (size_t)g->rows * (size_t)g->columns;

    if (!last_cells_is_apart(c, g))
        return;
    c->row = g->rows - 1;
    c->column = g->columns - LAST_CELLS_COLUMNS;
    c->is_on = true;
    buffer_append_format(out, "\0337\033[m\033[%d;%dH", c->row + 1, c->column + 1);
    buffer_append(out, end[-3].text, end[-3].bytes);
    if (c->can_wait)
        buffer_append(out, end[-1].text, end[-1].bytes);
    buffer_append_string(out, "\0338");
}
