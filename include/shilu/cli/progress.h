/* Progress: what happens beside a running command. It handles interruptions, and on a terminal
 * it shows the progress on standard error once a command takes longer than a second. One thread
 * does both. On an interruption, it flushes the output and removes a half-written file; then
 * the signal terminates the program as usual, so that a shell sees why. A second interruption
 * terminates it at once. */
#ifndef SHILU_CLI_PROGRESS_H
#define SHILU_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

/* Call these around a command. */
void progress_start(void);
void progress_stop(void);

/* What is being done: a file and the percentage read, below 0 if unknown; or a number of files
 * out of several. `path` is copied. */
void progress_file(const char *path, int percent);
void progress_files(size_t done, size_t all);

/* Remove the progress line, and keep it away until the next call of those two. Call it before
 * printing anything. */
void progress_quietly(void);

#endif
