/* Browse: the program on a terminal. The event loop: keys, loading, drawing, signals. */
#ifndef SHILU_APP_BROWSE_H
#define SHILU_APP_BROWSE_H

#include "shilu/cli/options.h"

/* What browse_run returns instead of an exit status where no screen can be had: the caller
 * prints what would have been on it. */
enum { BROWSE_PRINT_INSTEAD = -1 };

/* Returns the exit status of the program, or BROWSE_PRINT_INSTEAD. Messages have been printed. */
int browse_run(const struct options *options);

#endif
