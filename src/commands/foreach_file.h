/* For each file: what speakers and timeline have in common: load, select, and print a list as
 * text, JSON or CSV. */
#ifndef SHILU_COMMANDS_FOREACH_FILE_H
#define SHILU_COMMANDS_FOREACH_FILE_H

#include "shilu/cli/ansi_style.h"
#include "shilu/cli/options.h"
#include "shilu/model/selection.h"
#include "shilu/store/corrections.h"

enum list_format { LIST_TEXT, LIST_JSON, LIST_CSV };

/* What a list is made from, and where it goes. */
struct list {
    const struct options *options;
    const struct transcript *transcript;
    const struct corrections *corrections; /* laid over it; or NULL */
    const struct selection *selection;
    const struct ansi_style *paint;
    const struct width *width;
    enum list_format format;
    int columns;        /* 0 for no limit */
    int64_t silence_ms; /* what counts as a silence in this record */
    struct buffer *out; /* output is appended here */
};

/* Call `print` for each path; returns the status of the command. */
int foreach_file_list(const struct options *o, void (*print)(const struct list *list));

#endif
