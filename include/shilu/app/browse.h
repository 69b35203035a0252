/* Browse: the program on a terminal. */
#ifndef SHILU_APP_BROWSE_H
#define SHILU_APP_BROWSE_H

#include "shilu/cli/options.h"

enum browse_result {
    BROWSE_DONE,
    BROWSE_NO_TERMINAL /* reported; print what would have been shown */
};

/* Show the files and folders of the options until the user leaves. *status is then the
 * program's exit status; messages have been printed. */
enum browse_result browse(const struct options *options, int *status);

#endif
