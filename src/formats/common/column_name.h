/* Column name: what a column of a table or a member of JSON holds, by its name in any of the
 * languages and ways in which programs write it: "Start Time", "startTime", "starttime_ms",
 * "Timecode In", "開始". */
#ifndef SHILU_FORMATS_COMMON_COLUMN_NAME_H
#define SHILU_FORMATS_COMMON_COLUMN_NAME_H

#include "shilu/base/span.h"

enum table_column {
    COLUMN_TEXT,
    COLUMN_SPEAKER,
    COLUMN_START,
    COLUMN_END,
    COLUMN_DURATION,
    COLUMN_DATE,
    COLUMN_ROLE,
    COLUMN_ORGANIZATION,
    COLUMN_KIND,
    COLUMN_FIRST_NAME, /* of a name in two parts */
    COLUMN_LAST_NAME,
    COLUMN_PUNCTUATION, /* that follows the word of the row */
    COLUMN_COUNT
};

struct column_name {
    enum table_column column; /* COLUMN_COUNT: the name says nothing */
    int rank;          /* 3: it means nothing else; 2: it may; 1: inferred from its words */
    bool offset;       /* a start that may be an end beside another start: "offset_ms" */
    bool unknown;      /* there is a word in it that means nothing here */
    bool milliseconds; /* it says that numbers are that */
    bool seconds;      /* … or these */
    bool other;        /* it describes words or people: "confidence" */
};

struct column_name column_name_read(struct span name);

#endif
