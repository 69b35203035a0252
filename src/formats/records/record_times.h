/* Record times: how the stamps of one record are read. Which of three numbers is the day,
 * whether two parts are minutes or hours, and whether clocks tell the time of day, is known by
 * all stamps of the head together. */
#ifndef SHILU_FORMATS_RECORD_TIMES_H
#define SHILU_FORMATS_RECORD_TIMES_H

#include "formats/records/choice/choose.h"

struct record_times {
    bool any;
    bool wall;            /* clocks tell the time of day */
    bool two_are_minutes; /* 12:30 is twelve minutes and a half */
    enum stamp_order order;
    int64_t day_ms;    /* the day that clocks without one are of, or TIME_NONE */
    int64_t latest_ms; /* the last moment, or TIME_NONE */
};

void record_times_learn(struct record_times *times, const struct survey *s,
                        const struct choice *choice);

/* A date, or the date of a stamp, sets the day of the clocks after it. */
void record_times_set_day(struct record_times *times, const struct stamp *stamp);

/* The moment of a stamp: TIME_NONE if it has no clock. *end_ms likewise. */
int64_t record_times_start(struct record_times *times, const struct stamp *stamp,
                           int64_t *end_ms);

/* The date of a stamp in the record's order, or TIME_NONE. */
int64_t record_times_date(const struct record_times *times, const struct stamp *stamp);

#endif
