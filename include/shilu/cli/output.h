/* Output: where a command writes: standard output, or a file that is written whole or not at
 * all: first to a temporary file, which then replaces the old one in a single step. */
#ifndef SHILU_CLI_OUTPUT_H
#define SHILU_CLI_OUTPUT_H

#include <stdbool.h>
#include <stdio.h>

#include "shilu/base/error.h"
#include "shilu/base/file.h"
#include "shilu/cli/options.h"

struct output {
    FILE *stream;
    const char *path;        /* borrowed; NULL: standard output */
    struct file_writer file; /* the replacement of a file; otherwise its target is NULL */
    bool replaces;           /* a file already exists at `path` */
    bool written;            /* set by the caller: something worth keeping was written */
    bool is_partial;         /* set by the caller: an input could not be read whole; see
                              * output_finish */
    int cause;               /* set by the caller: errno of a failed write; 0 if unknown */
};

void output_standard(struct output *out);

/* Open what the options name. Refuses a file that is one of the NULL-terminated `inputs` (or
 * NULL), or that the options read, under any name. */
bool output_open(struct output *out, const struct options *o, char *const *inputs,
                 struct error *err);

/* Finish writing, then replace the file. False, with nothing replaced, if writing failed. A
 * closed pipe gives ERROR_NONE: nobody would see a message. */
bool output_commit(struct output *out, struct error *err);

/* Abandon the output; the file is unchanged. */
void output_discard(struct output *out);

/* Remove the half-written file when the program is terminated from outside. May be called at
 * any time, from any thread. */
void output_abandon(void);

/* The end of a command: finish the output or, if nothing was written and `status` is not
 * EXIT_DONE, leave the file unchanged; print what went wrong. Part of an input never replaces
 * an existing file. Returns the status. */
int output_finish(struct output *out, int status);

/* The descriptor that shows whether the output is a terminal; -1 for a file. */
int output_fd(const char *path);

#endif
