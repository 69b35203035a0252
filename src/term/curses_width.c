/* ncurses' idea of columns. There is one table, just as there is one libc: created on first
 * use, kept to the end. */
#include "shilu/term/curses_width.h"

#include <stddef.h>

#include "shilu/text/width.h"

#include "term/use_curses.h"

static struct width *current;

void curses_width_set_wide(bool ambiguous_wide)
{
    if (current != NULL && width_ambiguous_is_wide(current) == ambiguous_wide)
        return;
    width_free(current);
    current = width_new(ambiguous_wide);
}

int curses_width_of(wchar_t wc)
{
    uint32_t cp = (uint32_t)wc;

    if (cp == 0)
        return 0;
    if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || cp > 0x10FFFF)
        return -1;
    if (current == NULL)
        curses_width_set_wide(false);
    return width_of(current, cp);
}

bool curses_width_took(void)
{
    static const wchar_t left_quote[] = {0x201C, 0};
    bool was_wide = current != NULL && width_ambiguous_is_wide(current);
    WINDOW *pad = newpad(1, 4);
    int row = 0;
    int column = 0;
    cchar_t cell;

    if (pad == NULL)
        return false;
    curses_width_set_wide(true);
    if (setcchar(&cell, left_quote, A_NORMAL, 0, NULL) == OK) {
        wadd_wch(pad, &cell);
        getyx(pad, row, column);
    }
    delwin(pad);
    curses_width_set_wide(was_wide);
    return row == 0 && column == 2;
}
