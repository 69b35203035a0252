/* Output: where a command writes: standard output, or a file that is written whole or not at
 * all: beside the old one first, which is then replaced in one step. */
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
};

void output_standard(struct output *out);

/* What the options name. A file that is one of the NULL-terminated `inputs` (or NULL), or that
 * the options read, by whatever name, is refused. */
bool output_open(struct output *out, const struct options *o, char *const *inputs,
                 struct error *err);

/* Finish: all written, then put in place. False, with nothing put in place, where writing has
 * failed. A closed pipe gives ERROR_NONE: nobody is there to be told. */
bool output_commit(struct output *out, struct error *err);

/* Leave everything as it was. */
void output_discard(struct output *out);

/* When the program is ended from outside: take away what is half written beside its place. May
 * run at any time, in any thread. */
void output_abandon(void);

/* The end of a command: put the output in place, or, where nothing was written and `status`
 * is not EXIT_DONE, leave its place alone; print what went wrong. A part of an input replaces
 * no file that was there before. Returns the status. */
int output_finish(struct output *out, int status);

/* The descriptor to ask whether the output is a terminal: -1 for a file. */
int output_fd(const char *path);

#endif
