/* ncursesw, except one of its functions whose name view/key has too. */
#ifndef SHILU_TERM_USE_CURSES_H
#define SHILU_TERM_USE_CURSES_H

#define key_name curses_key_name
#include <curses.h>
#undef key_name

#endif
