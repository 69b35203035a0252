/* Values in other programs' JSON: labels, times and durations in their many forms. */
#ifndef SHILU_FORMATS_JSON_JSON_VALUE_H
#define SHILU_FORMATS_JSON_JSON_VALUE_H

#include "formats/json/json_tree.h"
#include "shilu/base/civil_time.h"

/* The first of two members that is present and not null. */
struct json_ref json_value_get_either(struct json_ref object, const char *name,
                                      const char *other);

/* The text of a member that is a string, or NULL. Borrowed from a tree whose strings are
 * terminated. */
const char *json_value_text(struct json_ref object, const char *name);

/* Neither missing nor null nor an empty string. */
bool json_value_is_given(struct json_ref value);

/* An integer as text, or a string as it is, in `out`; false for anything else and for longer
 * values. */
enum { JSON_VALUE_LABEL = 64 };
bool json_value_label(struct json_ref value, char out[JSON_VALUE_LABEL]);

/* How a value expresses a time. */
enum json_time_kind {
    JSON_TIME_NONE,   /* absent */
    JSON_TIME_BAD,    /* not a time */
    JSON_TIME_NUMBER, /* `number`, in an unknown unit */
    JSON_TIME_EXACT,  /* `ms` from the start of the recording, in a form with a unit */
    JSON_TIME_WALL    /* `ms` of local time */
};

struct json_time {
    enum json_time_kind kind;
    double number;
    int64_t ms;
    int frames;         /* of a time code, in addition to `ms` */
    int32_t offset_min; /* of local time, or UTC_OFFSET_NONE */
};

/* A number, "12.9" or an object around one: a number. "12.900s", {"seconds": "12", "nanos": 9},
 * {"h": 0, "m": 1, "s": 2, "frames": 12}, "PT1M2.5S", a clock reading "0:12:30.250" and a time
 * code "00:12:30:05" are exact. An ISO 8601 date and time is of a wall clock. */
struct json_time json_value_time(struct json_ref value);

/* What a part of a clock reading counts. */
enum json_clock_part {
    CLOCK_HOURS,
    CLOCK_MINUTES,
    CLOCK_SECONDS,
    CLOCK_MS,
    CLOCK_FRAMES,
    CLOCK_PARTS
};

/* Which part a member's name means, in lower case without signs: "h", "minutes", "sec"; false
 * for other names. */
bool json_value_clock_part(struct span name, enum json_clock_part *part);

/* How many milliseconds a part counts; 0 for frames. */
double json_value_part_ms(enum json_clock_part part);

/* The time, or TIME_NONE, of a value in seconds. */
int64_t json_value_seconds_ms(struct json_ref value);
/* A number, or a string with one, in units of which `per_ms` make a millisecond: 1, or 10,000
 * for ticks of 100 ns. */
int64_t json_value_units_ms(struct json_ref value, double per_ms);

/* TIME_NONE for a number of milliseconds beyond any recording. */
int64_t json_value_from_ms(double ms);

/* Start plus duration; TIME_NONE if one is unknown. */
int64_t json_value_end_ms(int64_t start_ms, int64_t duration_ms);

/* The date of an object with a year, a month and a day: {"year": "2026", "month": "February",
 * "day": 24}; as "2026-02-24". */
bool json_value_date(struct json_ref object, char out[CIVIL_TEXT]);

#endif
