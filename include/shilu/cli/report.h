/* Report: what goes to standard error, as "shilu: PATH:LINE:COLUMN: what is wrong". It is
 * assembled in a buffer, so that a thread can pass it on whole. Paths and messages may contain
 * anything that a file can; here they are made safe for a terminal. */
#ifndef SHILU_CLI_REPORT_H
#define SHILU_CLI_REPORT_H

#include "shilu/base/buffer.h"
#include "shilu/base/error.h"

/* Append one line; `path` may be NULL. */
void report_error(struct buffer *out, const char *path, const struct error *err);

/* Append what reading a file found: warnings marked as such, and errors. `least` excludes less
 * severe ones; after `most` lines for a file, one line says how many more there are. */
void report_diagnostics(struct buffer *out, const char *path, const struct diagnostics *list,
                        enum severity least, size_t most);

/* Print to standard error, after flushing standard output, and empty the buffer. */
void report_flush(struct buffer *out);

/* Both in one call. */
void report_now(const char *path, const struct error *err);

#endif
