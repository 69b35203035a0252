/* Curses width: makes ncurses count columns as text/width does. ncursesw asks libc's wcwidth;
 * the program defines its own (src/wcwidth.c), which asks here. Depending on how the program
 * was linked, that can fail silently, so it is tested before it is relied on. */
#ifndef SHILU_TERM_CURSES_WIDTH_H
#define SHILU_TERM_CURSES_WIDTH_H

#include <stdbool.h>
#include <wchar.h>

/* As wcwidth: -1 for a control character. */
int curses_width_of(wchar_t wc);

void curses_width_set_wide(bool ambiguous_wide);

/* Draw one ambiguous character on a pad and check how far ncurses moved. ncurses must be
 * running. */
bool curses_width_took(void);

#endif
