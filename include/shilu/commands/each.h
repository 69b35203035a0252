/* Each: what speakers and timeline have in common: for each file, load, select, and print a
 * list as text, JSON or CSV. */
#ifndef SHILU_COMMANDS_EACH_H
#define SHILU_COMMANDS_EACH_H

#include "shilu/app/options.h"
#include "shilu/commands/paint.h"
#include "shilu/model/selection.h"

enum list_format { LIST_TEXT, LIST_JSON, LIST_CSV };

/* What a list is made from, and where to. */
struct list {
    const struct options *options;
    const struct transcript *transcript;
    const struct selection *selection;
    const struct paint *paint;
    const struct width *width;
    enum list_format format;
    int columns;        /* 0: no limit */
    int64_t silence_ms; /* what counts as a silence in this record */
    struct buffer *out; /* append here */
};

/* Call `print` for each path; returns the status of the command. */
int each_list(const struct options *o, void (*print)(const struct list *list));

#endif
