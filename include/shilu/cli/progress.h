/* Attend: what goes on beside a command while it works: an interruption ends it cleanly, and on
 * a terminal standard error shows how far it has come once that takes a second.
 *
 * One thread waits for both. What was printed before an interruption is flushed, a file that
 * was being written beside its place is removed, and then the signal ends the program as it
 * would have without us, so that a shell sees why. A second interruption ends it at once. */
#ifndef SHILU_CLI_PROGRESS_H
#define SHILU_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

/* Around a command. */
void progress_start(void);
void progress_stop(void);

/* What is being done: a file, with the share of it that was read, below 0 where that is not
 * known; or some of many files. `path` is copied. */
void progress_file(const char *path, int percent);
void progress_files(size_t done, size_t all);

/* Take the line of progress away and keep it away until the next call of those two: before
 * anything is printed. */
void progress_quietly(void);

#endif
