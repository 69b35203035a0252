/* Record times: how the stamps of a record are to be read. Which of three numbers is the day,
 * whether two parts are minutes or hours, and whether clocks give the time of day follows from
 * all stamps of the head together. */
#ifndef SHILU_FORMATS_RECORD_TIMES_H
#define SHILU_FORMATS_RECORD_TIMES_H

#include "formats/records/choice/choose.h"

struct record_times {
    bool any;
    bool wall;            /* clock readings are times of day */
    bool two_are_minutes; /* 12:30 is twelve and a half minutes */
    enum stamp_order order;
    int64_t day_ms;    /* the day of clock readings without a date, or TIME_NONE */
    int64_t latest_ms; /* the last moment, or TIME_NONE */
};

void record_times_learn(struct record_times *times, const struct survey *s,
                        const struct choice *choice);

/* Sets the day of the clock readings that follow a date, or a stamp with one. */
void record_times_set_day(struct record_times *times, const struct stamp *stamp);

/* The time of a stamp, TIME_NONE without a clock reading. *end_ms likewise. */
int64_t record_times_start(struct record_times *times, const struct stamp *stamp,
                           int64_t *end_ms);

/* The date of a stamp, in the record's order of day and month, or TIME_NONE. */
int64_t record_times_date(const struct record_times *times, const struct stamp *stamp);

#endif
