/* Command: the commands without a screen, one function per row of COMMANDS in cli/options.h.
 * Each prints its results to standard output or to the file of -o, and its errors to standard
 * error, and returns the program's exit status. */
#ifndef SHILU_COMMANDS_COMMAND_H
#define SHILU_COMMANDS_COMMAND_H

#include "shilu/cli/options.h"

#define COMMAND_FUNCTION(name, arguments, help) int command_##name(const struct options *o);
COMMANDS(COMMAND_FUNCTION)
#undef COMMAND_FUNCTION

/* --list speakers: print the speakers of the files, one per line. */
int command_list_speakers(const struct options *o);

/* The paths that a command works on: those given, else standard input if something is piped
 * into it. NULL-terminated, borrowed; NULL, with a message printed, if there is neither. */
char *const *command_paths(const struct options *o);

#endif
