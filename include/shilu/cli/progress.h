/* Progress: what goes on beside a working command. An interruption ends it cleanly, and on a
 * terminal standard error shows how far it has come once that takes a second. One thread does
 * both. On an interruption, output is flushed, a half-written file is removed, and then the
 * signal ends the program as usual, so that a shell sees why. A second interruption ends it at
 * once. */
#ifndef SHILU_CLI_PROGRESS_H
#define SHILU_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

/* Around a command. */
void progress_start(void);
void progress_stop(void);

/* What is being done: a file, with the share of it that was read, below 0 if unknown; or so
 * many of some files. `path` is copied. */
void progress_file(const char *path, int percent);
void progress_files(size_t done, size_t all);

/* Remove the progress line, and keep it away until the next call of those two: before anything
 * is printed. */
void progress_quietly(void);

#endif
