/* Typed time: a time of day or a length of time as users type it, in the words of several
 * languages. */
#ifndef SHILU_MODEL_TYPED_TIME_H
#define SHILU_MODEL_TYPED_TIME_H

#include <stdbool.h>
#include <stdint.h>

enum { TYPED_BYTES = 128 };

/* ASCII as far as possible: full-width forms become narrow, Han numerals digits, capitals lower
 * case, each run of blanks one space, with no blanks at the ends. False if the text is too
 * long. */
bool typed_time_plain(const char *text, char out[TYPED_BYTES]);

struct typed_time {
    int64_t ms; /* since midnight, or the length */
    int64_t precision_ms;
};

/* If the whole plain text is a time of day: "10:47", "1047", "10.47", "10", "10h47", "10:47
 * am", "上午10時47分", "午後0時半", "오전 10시 47분", "noon". False otherwise. */
bool typed_time_of_day(const char *plain, struct typed_time *time);

/* A time from the start: "12:30", "1:02:30", "12分30秒", "1時間5分", "1 h 5 min", "90". */
bool typed_time_length(const char *plain, struct typed_time *time);

/* A date in Han characters at the start, "2020年3月9日" or "3月9日", with year 0 if it has
 * none; *rest is what follows it. */
bool typed_time_date(const char *plain, int *year, int *month, int *day, const char **rest);

#endif
