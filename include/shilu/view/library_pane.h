/* Library pane: one row a transcript: title, date, length, speakers, questions, words,
 * characters, format. A narrow list keeps the first of these, as far as the title has room; a
 * wide one has the file beside the title. A column of which nothing is known is left out. */
#ifndef SHILU_VIEW_LIBRARY_PANE_H
#define SHILU_VIEW_LIBRARY_PANE_H

#include <stdint.h>

#include "shilu/view/pen.h"

enum library_column {
    LIBRARY_TITLE,
    LIBRARY_DATE,
    LIBRARY_LENGTH,
    LIBRARY_SPEAKERS,
    LIBRARY_QUESTIONS,
    LIBRARY_WORDS,
    LIBRARY_CHARACTERS, /* of what is said, without white space */
    LIBRARY_FORMAT,
    LIBRARY_COLUMN_COUNT
};

struct library_line {
    const char *title;
    const char *file;
    int64_t date_ms;   /* or TIME_NONE */
    int64_t length_ms; /* or TIME_NONE */
    uint32_t speakers;
    uint32_t questions;
    uint64_t words;
    uint64_t characters;
    const char *format; /* or NULL */
};

const char *library_column_name(enum library_column column);

/* Which columns are shown: those with known values (a bit each), and always the one that the
 * rows are sorted by. */
struct library_columns {
    unsigned known;
    enum library_column sorted;
};

/* A bit for each value known of one transcript. */
unsigned library_pane_known(const struct library_line *line);

/* The headings, with the one that the rows are sorted by marked. */
void library_pane_heading(struct pen *pen, const struct library_columns *columns);
void library_pane_line(struct pen *pen, const struct library_columns *columns,
                       const struct library_line *line);

#endif
