/* Inline timestamp: a time beside a name in running text: "[00:00:12]", "(12:30)", "0:12",
 * "10:02 AM", "[00:00:01.000 --> 00:00:04.000]". */
#ifndef SHILU_FORMATS_COMMON_INLINE_TIMESTAMP_H
#define SHILU_FORMATS_COMMON_INLINE_TIMESTAMP_H

#include "shilu/formats/reader.h"

struct inline_timestamp {
    int64_t ms;     /* two parts are minutes and seconds; see struct clock_reading */
    int64_t end_ms; /* or TIME_NONE */
    bool two_parts;
    bool bracketed;
    bool half_day; /* AM or PM followed */
};

/* A stamp at the start of `s`; returns its length, 0 for none. */
size_t inline_timestamp_take(const char *s, size_t bytes, struct inline_timestamp *stamp);

/* How the stamps of one record are read. If its first stamp is past six, the record has times
 * of day, and "10:02" is two minutes past ten; otherwise times count from the start of a
 * recording. */
struct clock_reading {
    bool known;
    bool wall;
    int64_t date_ms;
    int64_t latest_ms;
};

#define CLOCK_READING_INIT ((struct clock_reading){.latest_ms = TIME_NONE})

/* Decide that the record has times of day. */
void inline_timestamp_set_wall(struct clock_reading *reading, struct reader_context *context);

/* Stamps from here on belong to this day. */
void inline_timestamp_set_day(struct clock_reading *reading, int64_t date_ms);

/* The times of a stamp; the first one decides how to read them, and the clock of the
 * transcript. */
void inline_timestamp_read(struct clock_reading *reading, struct reader_context *context,
                           const struct inline_timestamp *stamp, int64_t *start_ms,
                           int64_t *end_ms);

#endif
