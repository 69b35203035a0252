/* Civil time: times in milliseconds, and their text forms. A time of day is the milliseconds
 * since 1970-01-01T00:00:00 in the record's own time zone, as a clock on the wall would show;
 * the offset from UTC is stored separately. The calendar is the proleptic Gregorian one (ISO
 * 8601). TIME_NONE means "unknown". */
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

/* Parse the start of `s`; *used is the bytes consumed. *offset_min is the UTC offset in minutes
 * or UTC_OFFSET_NONE. 'T', 't' or one space may separate date and time; seconds and a fraction
 * are optional. "2020-03-09", "2020-03-09 10:01:29", "2020-03-09T10:01:47+08:00". */
bool civil_parse_date_time(const char *s, size_t bytes, int64_t *ms, int32_t *offset_min,
                           bool *has_time, size_t *used);

/* Parse a clock reading or duration: "10:01", "10:01:47", "0:12:30.250", "01:02,5". Two parts
 * are hours and minutes if `two_parts_are_hours`, else minutes and seconds. */
bool civil_parse_clock(const char *s, size_t bytes, bool two_parts_are_hours, int64_t *ms,
                       size_t *used);

/* Parse "+08:00", "-0330", "Z". */
bool civil_parse_offset(const char *s, size_t bytes, int32_t *offset_min, size_t *used);

/* Parse a whole text that is a time zone: "UTC", "GMT+02:00", "UTC-5", "(UTC)", "Z". */
bool civil_parse_zone(const char *s, size_t bytes, int32_t *offset_min);

/* Length of a moment without the zone that follows it after a space: 5 for "18:03 UTC". All of
 * `bytes`, and *offset_min unchanged, without one. */
size_t civil_before_zone(const char *s, size_t bytes, int32_t *offset_min);

/* Text forms, NUL-terminated into `out` of CIVIL_TEXT bytes. */
enum { CIVIL_TEXT = 40 };
void civil_format_date(int64_t ms, char *out);          /* 2020-03-09 */
void civil_format_clock(int64_t ms, char *out);         /* 10:01:29 */
void civil_format_clock_minutes(int64_t ms, char *out); /* 10:01 */
void civil_format_elapsed(int64_t ms, char *out);       /* 0:12:30, -0:00:05 */
void civil_format_elapsed_exact(int64_t ms, char *out); /* 0:12:30.250, or as above without a
                                                         * fraction */
void civil_format_iso(int64_t ms, int32_t offset_min,
                      char *out);                  /* 2020-03-09T10:01:47+08:00 */
void civil_format_duration(int64_t ms, char *out); /* 45 s, 7 min, 1 h 32 min */

/* A clock that never goes back, in milliseconds; for budgets. */
int64_t clock_monotonic_ms(void);

#endif
