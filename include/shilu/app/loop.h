/* Loop: the program on a terminal. One event loop for keys, loading, drawing and signals. */
#ifndef SHILU_APP_LOOP_H
#define SHILU_APP_LOOP_H

#include "shilu/cli/options.h"

enum loop_result {
    LOOP_DONE,
    LOOP_NO_TERMINAL /* the reason was reported: print what would have been shown */
};

/* Show the files and folders of the options until the reader leaves. *status is then the
 * program's exit status; messages have been printed. */
enum loop_result loop_run(const struct options *options, int *status);

#endif
