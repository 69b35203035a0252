/* Report: what goes to standard error, as "shilu: PATH:LINE:COLUMN: what is wrong". It is
 * assembled in a buffer, so that a thread can hand it over whole. Paths and messages may hold
 * anything a file can hold: they are made safe for a terminal here. */
#ifndef SHILU_CLI_REPORT_H
#define SHILU_CLI_REPORT_H

#include "shilu/base/buffer.h"
#include "shilu/base/error.h"

/* Append one line; `path` may be NULL. */
void report_error(struct buffer *out, const char *path, const struct error *err);

/* Append what reading a file found: warnings marked as such; faults as errors. `least` leaves
 * out what is less severe; after `most` lines for a file, one line says how many more there
 * are. */
void report_diagnostics(struct buffer *out, const char *path, const struct diagnostics *list,
                        enum severity least, size_t most);

/* Print to standard error, after what standard output still holds, and empty the buffer. */
void report_flush(struct buffer *out);

/* The two in one. */
void report_now(const char *path, const struct error *err);

#endif
