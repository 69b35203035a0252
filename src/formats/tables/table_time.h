/* Table times: the times in the cells of a table, in any form that programs write: clock
 * readings with fractions or frames, numbers of seconds or milliseconds, Unix time, dates in
 * ISO 8601, with slashes or points, and Chinese ones, with a time of day. The unit of bare
 * numbers is judged by what makes speech plausible. */
#ifndef SHILU_FORMATS_TABLES_TABLE_TIME_H
#define SHILU_FORMATS_TABLES_TABLE_TIME_H

#include "shilu/base/civil_time.h"
#include "shilu/base/span.h"

/* How to read the times of one table. */
struct table_times {
    double frame_rate;
    double unit_ms;   /* of bare numbers; 0 if unknown yet */
    bool day_first;   /* 15/1/2031, not 1/15/2031 */
    bool fractions;   /* some number has a fraction */
    double text_size; /* of the rows examined, in letters: some 14 are said per second */
    double numbers;   /* the sum of their durations, in the unknown unit */
};

#define TABLE_TIMES_INIT ((struct table_times){.frame_rate = 25})

enum table_moment_kind {
    MOMENT_ELAPSED,
    MOMENT_CLOCK, /* a time of day without a date */
    MOMENT_WALL,  /* with a date */
    MOMENT_DATE   /* a date without a time */
};

struct table_moment {
    enum table_moment_kind kind;
    int64_t ms;
    int32_t offset_min; /* from UTC, or UTC_OFFSET_NONE */
};

/* A whole cell, trimmed. False if it is not a time. */
bool table_time_parse(const struct table_times *times, struct span cell,
                      struct table_moment *moment);

/* Whether a cell is Unix time, in seconds or milliseconds. */
bool table_time_is_epoch(struct span cell);

/* Examine a row from the head of the table before any is read: a date shows the order of day
 * and month; bare numbers and the words between them show the unit. `end` may be the start of
 * the next row. */
void table_times_weigh(struct table_times *times, struct span start, struct span end,
                       struct span text);
/* Decide the unit by the rows examined. */
void table_times_settle(struct table_times *times);

#endif
