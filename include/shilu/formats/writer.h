/* Writer: one output format, one row in the registry. */
#ifndef SHILU_FORMATS_WRITER_H
#define SHILU_FORMATS_WRITER_H

#include <stdio.h>

#include "shilu/model/selection.h"
#include "shilu/text/width.h"

/* Escape sequences for text on a terminal; a NULL member means none. */
struct writer_paint {
    /* "" or the sequence that starts the colour of a speaker; borrowed. */
    const char *(*speaker)(void *context, const struct transcript *t, uint32_t speaker);
    const char *heading;
    const char *dim;
    const char *reset;
    void *context;
};

struct writer_options {
    int columns; /* columns to wrap at; 0 for no wrapping */
    const struct width *width;
    struct writer_paint paint;
    bool raw_cells; /* of tables: see base/csv_cell.h */
};

struct writer_ops {
    const char *name;      /* as given to -f */
    const char *title;     /* for users */
    const char *extension; /* without the dot, for -o without -f */
    bool binary;           /* unsuitable for a terminal */
    bool lines;            /* it writes the lines of the source, which must be kept */
    bool (*write)(const struct transcript *t, const struct selection *selection,
                  const struct writer_options *options, FILE *out, struct error *err);
};

#endif
