/* Output: where a command writes: standard output, or a file that is written whole or not at
 * all, first beside the old one, which is then replaced in one step. */
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
    struct file_writer file; /* where one is replaced whole; else its target is NULL */
    bool replaces;           /* there is something at `path` already */
    bool written;            /* for the caller: something worth putting in place was written */
    bool is_partial; /* for the caller: an input could not be read whole; see output_finish */
    int cause;       /* for the caller: errno of a write that failed; 0: not known */
};

void output_standard(struct output *out);

/* What the options name. Refuses a file that is one of the NULL-terminated `inputs` (or NULL),
 * or that the options read, under any name. */
bool output_open(struct output *out, const struct options *o, char *const *inputs,
                 struct error *err);

/* Finish writing, then replace the file. False, with nothing replaced, if writing failed. A
 * closed pipe gives ERROR_NONE: nobody is there to be told. */
bool output_commit(struct output *out, struct error *err);

/* Abandon the output; the file stays as it was. */
void output_discard(struct output *out);

/* When the program is ended from outside: remove the half-written file. May run at any time, in
 * any thread. */
void output_abandon(void);

/* The end of a command: finish the output or, if nothing was written and `status` is not
 * EXIT_DONE, leave the file alone; print what went wrong. Part of an input never replaces an
 * existing file. Returns the status. */
int output_finish(struct output *out, int status);

/* The descriptor that tells whether the output is a terminal; -1 for a file. */
int output_fd(const char *path);

#endif
