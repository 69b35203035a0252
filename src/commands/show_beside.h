/* Two records side by side: `show --beside OTHER FILE`. */
#ifndef SHILU_COMMANDS_SHOW_BESIDE_H
#define SHILU_COMMANDS_SHOW_BESIDE_H

#include "shilu/cli/options.h"

/* The status of the command. */
int show_beside(const struct options *o);

#endif
