/* Options: the command line, parsed by one table from which --help, the manual's list and the
 * completions come as well. */
#ifndef SHILU_APP_OPTIONS_H
#define SHILU_APP_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "shilu/base/error.h"

enum exit_status {
    EXIT_DONE = 0,    /* done, or found */
    EXIT_NOTHING = 1, /* nothing found, or check found a fault */
    EXIT_TROUBLE = 2  /* an error */
};

enum options_when { WHEN_AUTO, WHEN_ALWAYS, WHEN_NEVER };

struct options {
    const char *command; /* "show" …, or NULL to browse */
    char *const *paths;  /* NULL-terminated, borrowed from argv */
    size_t path_count;
    const char **speakers; /* --speaker, NULL-terminated, owned; NULL where none */
    size_t speaker_count;
    const char *from; /* as typed; they can only be read once the record's clock is known */
    const char *to;
    long question;    /* from 1; 0: any */
    const char *kind; /* or NULL */
    const char *output_format;
    const char *output;
    const char *input_format;
    const char *encoding;
    const char *theme;
    const char *ambiguous; /* "auto", "narrow", "wide" */
    const char *config;    /* a config file instead of the user's, or NULL */
    long width;            /* 0: not given */
    enum options_when color;
    const char *pattern; /* grep's */
    bool regex, exact, count_only, files_only, json;
    long context;
    bool help, version;
};

/* Parse; options may stand anywhere before "--". False for a usage error. */
bool options_parse(struct options *o, int argc, char **argv, struct error *err);
void options_release(struct options *o);

/* Print the help of a command, or of the program for NULL. */
#include <stdio.h>
void options_help(FILE *out, const char *command);

#endif
