/* Browse: the program on a terminal. The event loop: keys, loading, drawing, signals. */
#ifndef SHILU_APP_BROWSE_H
#define SHILU_APP_BROWSE_H

#include "shilu/cli/options.h"

/* Returns the exit status of the program. Messages have been printed. */
int browse_run(const struct options *options);

#endif
