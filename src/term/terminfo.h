/* Terminfo: which description of the terminal to use. Source: terminfo(5), X/Open Curses issue
 * 7. */
#ifndef SHILU_TERM_TERMINFO_H
#define SHILU_TERM_TERMINFO_H

#include <stdbool.h>

#include "shilu/base/error.h"

/* The name of the terminfo entry to use, owned by the caller: TERM's own, or a compatible one
 * if the entry is missing or has fewer colours than COLORTERM promises. NULL for a terminal
 * that cannot be drawn on (ERROR_UNSUPPORTED) or is unknown here (ERROR_USAGE, with a name to
 * try). *ansi: it understands the control sequences of ECMA-48, so it may get what terminfo
 * cannot describe. */
char *terminfo_choose(const char *term, bool *ansi, struct error *err);

/* A string capability of the terminal in use, "" if it has none. Borrowed. */
const char *terminfo_string(const char *capability);

#endif
