/* ncursesw, except for a function whose name view/key also uses. */
#ifndef SHILU_TERM_USE_CURSES_H
#define SHILU_TERM_USE_CURSES_H

#define key_name curses_key_name
#include <curses.h>
#undef key_name

#endif
