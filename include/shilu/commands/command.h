/* Command: the work without a screen, one function a row of COMMANDS in app/options.h. Each
 * prints its results on standard output, or to the file of -o, and its errors on standard
 * error, and returns the exit status of the program. */
#ifndef SHILU_COMMANDS_COMMAND_H
#define SHILU_COMMANDS_COMMAND_H

#include "shilu/cli/options.h"

#define COMMAND_FUNCTION(name, arguments, help) int command_##name(const struct options *o);
COMMANDS(COMMAND_FUNCTION)
#undef COMMAND_FUNCTION

/* What --list speakers prints: the speakers of the files, one a line. */
int command_list_speakers(const struct options *o);

/* The paths that a command works on: those given, else standard input where something is
 * piped or sent into it. NULL-terminated, borrowed; NULL, with a message printed, where there
 * is neither. */
char *const *command_paths(const struct options *o);

#endif
