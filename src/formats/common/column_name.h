/* Column name: what a column of a table or a member of JSON holds, judged by its name in any
 * language and spelling that programs use: "Start Time", "startTime", "starttime_ms", "Timecode
 * In", "開始". */
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
    COLUMN_FIRST_NAME, /* of a name in two columns */
    COLUMN_LAST_NAME,
    COLUMN_PUNCTUATION, /* follows the word in the same row */
    COLUMN_COUNT
};

struct column_name {
    enum table_column column; /* COLUMN_COUNT for an unknown name */
    int rank;                 /* 3: unambiguous; 2: possible; 1: inferred from its words */
    bool offset;              /* a start, or an end if there is another start: "offset_ms" */
    bool unknown;             /* it contains a word without a meaning here */
    bool milliseconds;        /* the name says numbers are milliseconds */
    bool seconds;             /* … or seconds */
    bool other;               /* a property of words or people: "confidence" */
};

struct column_name column_name_read(struct span name);

/* Whether a name is one of a property that things, work or events have, and utterances do not:
 * "price", "assignee", "departure_time". */
bool column_name_is_of_thing(struct span name);

/* Whether a value is a level of a log: "WARN", "info". */
bool column_name_is_log_level(struct span value);

#endif
