/* Civil time: moments as milliseconds, and their text forms. A wall-clock moment is the
 * milliseconds since 1970-01-01T00:00:00 in the record's own zone, as the clock on the wall
 * showed it; the offset from UTC is kept beside it, not in it. The calendar is the proleptic
 * Gregorian one (ISO 8601). TIME_NONE means "not known". */
#ifndef SHILU_BASE_CIVIL_TIME_H
#define SHILU_BASE_CIVIL_TIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TIME_NONE INT64_MIN
#define TIME_MAX_MS INT64_C(253402300799999) /* the end of the year 9999 */
#define TIME_MS_PER_DAY INT64_C(86400000)
#define UTC_OFFSET_NONE INT32_MIN

struct civil_time {
    int year, month, day; /* month and day from 1 */
    int hour, minute, second, millisecond;
};

int64_t civil_to_ms(const struct civil_time *civil);
struct civil_time civil_from_ms(int64_t ms);
bool civil_is_valid(const struct civil_time *civil);

/* Parse the front of `s`; *used is the bytes taken. *offset_min is the UTC offset in minutes
 * or UTC_OFFSET_NONE. Date and time may be separated by 'T', 't' or one space; seconds and a
 * fraction may be absent. "2020-03-09", "2020-03-09 10:01:29", "2020-03-09T10:01:47+08:00". */
bool civil_parse_date_time(const char *s, size_t bytes, int64_t *ms, int32_t *offset_min,
                           bool *has_time, size_t *used);

/* Parse a clock reading or duration: "10:01", "10:01:47", "0:12:30.250", "01:02,5". Two parts
 * are hours and minutes if `two_parts_are_hours`, else minutes and seconds. */
bool civil_parse_clock(const char *s, size_t bytes, bool two_parts_are_hours, int64_t *ms,
                       size_t *used);

/* Parse "+08:00", "-0330", "Z". */
bool civil_parse_offset(const char *s, size_t bytes, int32_t *offset_min, size_t *used);

/* Text forms, NUL-terminated into `out` of CIVIL_TEXT bytes. */
enum { CIVIL_TEXT = 40 };
void civil_format_date(int64_t ms, char *out);          /* 2020-03-09 */
void civil_format_clock(int64_t ms, char *out);         /* 10:01:29 */
void civil_format_clock_minutes(int64_t ms, char *out); /* 10:01 */
void civil_format_elapsed(int64_t ms, char *out);       /* 0:12:30, -0:00:05 */
void civil_format_elapsed_exact(int64_t ms, char *out); /* 0:12:30.250, or as above if .000 */
void civil_format_iso(int64_t ms, int32_t offset_min,
                      char *out);                  /* 2020-03-09T10:01:47+08:00 */
void civil_format_duration(int64_t ms, char *out); /* 45 s, 7 min, 1 h 32 min */

/* Milliseconds of a clock that never goes back, for budgets. */
int64_t clock_monotonic_ms(void);

#endif
