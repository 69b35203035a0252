/* libc's wcwidth and wcswidth, replaced for the whole program, so that ncursesw counts columns
 * as text/width does. They must be in an object of the program itself: the linker would not
 * take them from an archive. term/curses_width checks at the start that they are in use. */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 600 /* declares both */
#endif
#include <wchar.h>

#include "shilu/term/curses_width.h"

int wcwidth(wchar_t wc)
{
    return curses_width_of(wc);
}

int wcswidth(const wchar_t *s, size_t count)
{
    int sum = 0;

    for (size_t i = 0; i < count && s[i] != L'\0'; i++) {
        int columns = curses_width_of(s[i]);

        if (columns < 0)
            return -1;
        sum += columns;
    }
    return sum;
}
