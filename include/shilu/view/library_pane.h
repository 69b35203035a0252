/* Library pane: one row per transcript: title, date, length, speakers, questions, words,
 * characters, format. A narrow list keeps the first of these that leave room for the title; a
 * wide one has the file beside the title. A column without any known value is omitted. */
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
    LIBRARY_CHARACTERS, /* of speech, without white space */
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

/* Which columns are shown: those with known values (one bit each), and always the sort
 * column. */
struct library_columns {
    unsigned known;
    enum library_column sorted;
};

/* A bit for each known value of a transcript. */
unsigned library_pane_known(const struct library_line *line);

/* Draw the headings, with the sort column marked. */
void library_pane_heading(struct pen *pen, const struct library_columns *columns);
void library_pane_line(struct pen *pen, const struct library_columns *columns,
                       const struct library_line *line);

#endif
