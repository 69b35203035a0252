/* Hits: grep's output for one file. Reads nothing that another thread writes, so files can be
 * searched in parallel. */
#ifndef SHILU_COMMANDS_GREP_FILE_H
#define SHILU_COMMANDS_GREP_FILE_H

#include "shilu/base/buffer.h"
#include "shilu/cli/ansi_style.h"
#include "shilu/cli/options.h"
#include "shilu/formats/prefilter.h"
#include "shilu/index/index_search.h"
#include "shilu/text/matcher.h"
#include "shilu/text/width.h"

/* The same for all files of a search. */
struct grep_file_query {
    const struct options *options;
    const struct ansi_style *paint;
    int columns;                      /* of a whole line; 0 for no limit */
    const struct index_search *index; /* NULL if nothing is known about any file */
    bool screen; /* limits whole lines to that many columns; otherwise only the excerpt */
};

/* How the options interpret the pattern: enum matcher_flag. */
unsigned grep_file_flags(const struct options *o);
/* Whether hits have context, so that "--" separates the hits of two files. */
bool grep_file_has_context(const struct options *o);

struct grep_hits {
    struct buffer out;    /* for standard output */
    struct buffer errors; /* for standard error */
    size_t count;
    bool trouble; /* it could not be read to its end, or the selection is invalid */
};

/* What one thread needs for searching. */
struct grep_file_tools {
    struct matcher *matcher;
    struct prefilter *prefilter; /* or NULL */
    struct width *width;
};

/* False if the options do not give a valid matcher. Release only after true. */
bool grep_file_tools_init(struct grep_file_tools *tools, const struct options *o,
                          struct error *err);
void grep_file_tools_release(struct grep_file_tools *tools);

/* Search one file. A file that is not a transcript is skipped silently unless `named`. */
void grep_file_find(struct grep_hits *hits, const struct grep_file_query *query,
                    struct grep_file_tools *tools, const char *path, bool named);
void grep_file_release(struct grep_hits *hits);

#endif
