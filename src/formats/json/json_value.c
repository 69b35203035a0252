/* JSON values. Numbers may be any double; one that is not finite, or beyond MS_MAX, is not a
 * time. */
#include "formats/json/json_value.h"

#include "formats/captions/caption_time.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "shilu/text/month_names.h"

/* Some 30 years either way; no recording is longer. */
static const double MS_MAX = 1e12;

/* Longer strings are not times. */
enum { TIME_BYTES = 64 };

struct json_ref json_value_get_either(struct json_ref object, const char *name,
                                      const char *other)
{
    struct json_ref value = json_get(object, name);

    return json_type(value) > JSON_NULL ? value : json_get(object, other);
}

const char *json_value_text(struct json_ref object, const char *name)
{
    struct json_ref value = json_get(object, name);

    return json_is(value, JSON_STRING) ? json_c_string(value) : NULL;
}

bool json_value_is_given(struct json_ref value)
{
    return json_type(value) > JSON_NULL &&
           !(json_is(value, JSON_STRING) && json_string(value).length == 0);
}

bool json_value_label(struct json_ref value, char out[JSON_VALUE_LABEL])
{
    struct span s = json_string(value);
    double number;

    if (json_is(value, JSON_STRING) && s.length < JSON_VALUE_LABEL) {
        memcpy(out, s.data, s.length);
        out[s.length] = '\0';
        return true;
    }
    if (!json_number(value, &number) || !(fabs(number) < 1e9))
        return false;
    snprintf(out, JSON_VALUE_LABEL, "%.0f", number);
    return true;
}

int64_t json_value_from_ms(double ms)
{
    return fabs(ms) <= MS_MAX ? (int64_t)llround(ms) : TIME_NONE; /* false for NaN too */
}

/* "PT1H2M3.5S" of ISO 8601, in seconds. */
static bool parse_period(const char *s, double *seconds)
{
    double sum = 0;

    if (strncmp(s, "PT", 2) != 0)
        return false;
    for (s += 2; isdigit((unsigned char)*s); s++) {
        char *end;
        double part = strtod(s, &end);

        sum += part * (*end == 'H' ? 3600 : *end == 'M' ? 60 : 1);
        s = end;
        if (memchr("HMS", *s, 3) == NULL)
            return false;
    }
    *seconds = sum;
    return *s == '\0';
}

static struct json_time exact(double ms)
{
    struct json_time time = {.kind = JSON_TIME_EXACT, .ms = json_value_from_ms(ms)};

    if (time.ms == TIME_NONE)
        time.kind = JSON_TIME_BAD;
    return time;
}

/* "12.9" is a number; "12.9s" and "350ms" say their unit. */
static struct json_time number_with_unit(const char *s)
{
    struct json_time time = {.kind = JSON_TIME_BAD};
    char *end;

    if (!isdigit((unsigned char)*s) && *s != '-')
        return time;
    time.number = strtod(s, &end);
    if (*end == '\0')
        time.kind = JSON_TIME_NUMBER;
    else if (strcmp(end, "s") == 0)
        time = exact(time.number * 1000);
    else if (strcmp(end, "ms") == 0)
        time = exact(time.number);
    return time;
}

/* "00:12:30:05": the fourth field counts frames, or milliseconds if it has three digits. */
static bool parse_timecode(const char *s, size_t bytes, struct json_time *time)
{
    int64_t whole_ms;

    if (caption_timecode_parse(s, bytes, 1000, &time->ms) != bytes)
        return false;
    if (!isdigit((unsigned char)s[bytes - 3])) {
        whole_ms = time->ms - time->ms % 1000;
        time->frames = (int)(time->ms - whole_ms);
        time->ms = whole_ms;
    }
    time->kind = JSON_TIME_EXACT;
    return true;
}

static struct json_time string_time(struct span span)
{
    struct json_time time = {.kind = JSON_TIME_NONE, .offset_min = UTC_OFFSET_NONE};
    char s[TIME_BYTES];
    bool has_time;
    double seconds;
    size_t used;

    span = span_trim(span);
    if (span.length == 0)
        return time;
    time.kind = JSON_TIME_BAD;
    if (span.length >= sizeof s)
        return time;
    memcpy(s, span.data, span.length);
    s[span.length] = '\0';
    if (civil_parse_clock(s, span.length, false, &time.ms, &used) && s[used] == '\0')
        time.kind = JSON_TIME_EXACT;
    else if (span.length > 8 && parse_timecode(s, span.length, &time))
        return time;
    else if (parse_period(s, &seconds))
        time = exact(seconds * 1000);
    else if (civil_parse_date_time(s, span.length, &time.ms, &time.offset_min, &has_time,
                                   &used) &&
             s[used] == '\0' && has_time)
        time.kind = JSON_TIME_WALL;
    else
        time = number_with_unit(s);
    return time;
}

static const struct {
    const char *names;
    double ms;
} clock_part_names[CLOCK_PARTS] = {
    [CLOCK_HOURS] = {"|h|hh|hr|hrs|hour|hours|", 3600000},
    [CLOCK_MINUTES] = {"|m|mm|min|mins|minute|minutes|", 60000},
    [CLOCK_SECONDS] = {"|s|ss|sec|secs|second|seconds|", 1000},
    [CLOCK_MS] = {"|ms|msec|msecs|millis|millisecond|milliseconds|", 1},
    [CLOCK_FRAMES] = {"|f|ff|fr|frame|frames|", 0}};

bool json_value_clock_part(struct span name, enum json_clock_part *part)
{
    char listed[16];
    size_t i;

    if (name.length == 0 || name.length > 12)
        return false;
    snprintf(listed, sizeof listed, "|%.*s|", (int)name.length, name.data);
    for (i = 0; i < CLOCK_PARTS; i++) {
        if (strstr(clock_part_names[i].names, listed) != NULL) {
            *part = (enum json_clock_part)i;
            return true;
        }
    }
    return false;
}

double json_value_part_ms(enum json_clock_part part)
{
    return clock_part_names[part].ms;
}

/* {"h": 0, "m": 1, "s": 2, "ms": 500}: several members, each a part of a clock reading. */
static bool clock_parts(struct json_ref value, struct json_time *time)
{
    struct json_ref member;
    size_t count = 0;
    double ms = 0;
    int frames = 0;

    JSON_EACH(member, value)
    {
        struct json_time part_time;
        enum json_clock_part part;

        if (!json_value_clock_part(json_name(member), &part) || json_type(member) >= JSON_ARRAY)
            return false;
        part_time = json_value_time(member);
        if (part_time.kind != JSON_TIME_NUMBER || !(fabs(part_time.number) < MS_MAX))
            return false;
        ms += part_time.number * json_value_part_ms(part);
        if (part == CLOCK_FRAMES)
            frames = (int)fmin(fmax(part_time.number, 0), 1000);
        count++;
    }
    if (count < 2)
        return false;
    *time = exact(ms);
    time->frames = frames;
    return true;
}

/* {"seconds": "12", "nanos": 9}: one that is zero may be omitted. Other objects give the time
 * in several ways; the one from the start of the recording is wanted. */
static struct json_time object_time(struct json_ref value)
{
    static const char *const names[] = {"relative", "offset", "start", "value",
                                        "absolute", "date",   NULL};
    struct json_ref seconds = json_get(value, "seconds");
    struct json_ref nanos = json_value_get_either(value, "nanos", "nanoseconds");
    struct json_time time = {.kind = JSON_TIME_NONE};
    const char *const *name;

    if (clock_parts(value, &time))
        return time;
    if (seconds.node != NULL || nanos.node != NULL) {
        int64_t seconds_ms = json_value_units_ms(seconds, 0.001);
        int64_t nanos_ms = json_value_units_ms(nanos, 1e6);

        return exact((double)(seconds_ms != TIME_NONE ? seconds_ms : 0) +
                     (double)(nanos_ms != TIME_NONE ? nanos_ms : 0));
    }
    for (name = names; time.kind <= JSON_TIME_BAD && *name != NULL; name++) {
        struct json_ref member = json_get(value, *name);

        if (json_type(member) < JSON_ARRAY)
            time = json_value_time(member);
    }
    return time;
}

struct json_time json_value_time(struct json_ref value)
{
    struct json_time time = {.kind = JSON_TIME_NONE, .offset_min = UTC_OFFSET_NONE};

    switch (json_type(value)) {
    case JSON_NUMBER:
        time.kind = json_number(value, &time.number) ? JSON_TIME_NUMBER : JSON_TIME_BAD;
        return time;
    case JSON_STRING:
        return string_time(json_string(value));
    case JSON_OBJECT:
        return object_time(value);
    case JSON_BOOL:
    case JSON_ARRAY:
        time.kind = JSON_TIME_BAD;
        break;
    case JSON_NOTHING:
    case JSON_NULL:
        break;
    }
    return time;
}

int64_t json_value_units_ms(struct json_ref value, double per_ms)
{
    struct json_time time = json_value_time(value);

    return time.kind == JSON_TIME_NUMBER && !json_is(value, JSON_OBJECT)
               ? json_value_from_ms(time.number / per_ms)
               : TIME_NONE;
}

int64_t json_value_seconds_ms(struct json_ref value)
{
    struct json_time time = json_value_time(value);

    if (time.kind == JSON_TIME_NUMBER)
        return json_value_from_ms(time.number * 1000);
    return time.kind == JSON_TIME_EXACT ? time.ms : TIME_NONE;
}

int64_t json_value_end_ms(int64_t start_ms, int64_t duration_ms)
{
    return start_ms == TIME_NONE || duration_ms == TIME_NONE ? TIME_NONE
                                                             : start_ms + duration_ms;
}

/* A whole number, also in a string; 0 for anything else. */
static int whole_number(struct json_ref value)
{
    struct span digits = span_trim(json_raw(value));
    int number = 0;
    size_t i;

    if (json_is(value, JSON_STRING))
        digits = span_trim(json_string(value));
    for (i = 0; i < digits.length; i++) {
        if (i == 4 || digits.data[i] < '0' || digits.data[i] > '9')
            return 0;
        number = number * 10 + (digits.data[i] - '0');
    }
    return number;
}

/* "2", "February", "feb", "Feb." */
static int month_of(struct json_ref value)
{
    struct span name = span_trim(json_string(value));
    int month;

    if (span_ends_with(name, "."))
        name.length--;
    for (month = 0; name.length >= 3 && month_names_english[month] != NULL; month++) {
        struct span full = span_string(month_names_english[month]);

        if (name.length <= full.length && strncasecmp(full.data, name.data, name.length) == 0)
            return month + 1;
    }
    return whole_number(value);
}

bool json_value_date(struct json_ref object, char out[CIVIL_TEXT])
{
    struct civil_time c = {.year = whole_number(json_get(object, "year")),
                           .month = month_of(json_get(object, "month")),
                           .day = whole_number(json_get(object, "day"))};

    if (!json_is(object, JSON_OBJECT) || c.year < 1000 || c.year > 9999 || !civil_is_valid(&c))
        return false;
    civil_format_date(civil_to_ms(&c), out);
    return true;
}
