/* Each: what speakers and timeline have in common: for each file, load, select, and print a
 * list as text, JSON or CSV. */
#ifndef SHILU_COMMANDS_FOREACH_FILE_H
#define SHILU_COMMANDS_FOREACH_FILE_H

#include "shilu/cli/ansi_style.h"
#include "shilu/cli/options.h"
#include "shilu/model/selection.h"
#include "shilu/store/corrections.h"

enum list_format { LIST_TEXT, LIST_JSON, LIST_CSV };

/* What a list is made from, and where to. */
struct list {
    const struct options *options;
    const struct transcript *transcript;
    const struct corrections *corrections; /* laid over it; NULL: none */
    const struct selection *selection;
    const struct ansi_style *paint;
    const struct width *width;
    enum list_format format;
    int columns;        /* 0: no limit */
    int64_t silence_ms; /* what counts as a silence in this record */
    struct buffer *out; /* append here */
};

/* Call `print` for each path; returns the status of the command. */
int foreach_file_list(const struct options *o, void (*print)(const struct list *list));

#endif
