/* Time query: what a person types for a moment, read against the record's own clock. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/model/find.h"

static bool refuse(const char *text, struct error *err)
{
    return error_set(err, ERROR_USAGE, "'%.60s' is not a time", text);
}

/* "5m", "1h5m", "90", "2h30m10s", "1.5h"; all of `text`. */
static bool parse_duration(const char *text, int64_t *ms, int64_t *precision_ms)
{
    double total = 0;
    bool unit_seen = false;

    if (!isdigit((unsigned char)*text))
        return false;
    *precision_ms = 1000;
    while (*text != '\0') {
        char *end;
        double number = strtod(text, &end);
        double unit;

        if (end == text || !isdigit((unsigned char)*text))
            return false;
        if (*end == '\0' && unit_seen)
            return false;
        unit = *end == 'h' ? 3600 : *end == 'm' ? 60 : *end == 's' || *end == '\0' ? 1 : 0;
        if (unit == 0 || number > 1e9)
            return false;
        *precision_ms = (int64_t)(unit * 1000);
        total += number * unit;
        if (total > 1e12)
            return false;
        unit_seen = true;
        text = end + (*end != '\0');
    }
    *ms = (int64_t)(total * 1000);
    return true;
}

static bool parse_percent(const char *text, int64_t first_ms, int64_t last_ms,
                          struct time_query *query)
{
    char *end;
    double percent = strtod(text, &end);

    if (end == text || strcmp(end, "%") != 0 || !(percent >= 0 && percent <= 100))
        return false;
    query->ms = first_ms + (int64_t)((double)(last_ms - first_ms) * percent / 100);
    query->precision_ms = 1;
    return true;
}

static int64_t day_of(int64_t ms)
{
    return ms - (ms % TIME_MS_PER_DAY + TIME_MS_PER_DAY) % TIME_MS_PER_DAY;
}

/* A clock time of the day that is read, or of the first later one that the record reaches. */
static int64_t on_its_day(int64_t clock_ms, int64_t from_ms, int64_t first_ms, int64_t last_ms)
{
    int64_t day = day_of(from_ms != TIME_NONE ? from_ms : first_ms);
    int64_t ms = day + clock_ms;

    if (ms < first_ms && ms + TIME_MS_PER_DAY <= last_ms)
        ms += TIME_MS_PER_DAY;
    return ms;
}

static bool parse_clock(const struct transcript *t, const char *text, int64_t from_ms,
                        int64_t first_ms, int64_t last_ms, struct time_query *query)
{
    bool wall = transcript_clock(t) == CLOCK_WALL;
    size_t bytes = strlen(text);
    size_t used;
    bool seconds = strchr(text, ':') != strrchr(text, ':');

    if (!civil_parse_clock(text, bytes, wall, &query->ms, &used) || used != bytes)
        return false;
    query->precision_ms = seconds || !wall ? 1000 : 60000;
    if (!wall)
        return true;
    if (query->ms >= TIME_MS_PER_DAY)
        return false;
    query->ms = on_its_day(query->ms, from_ms, first_ms, last_ms);
    return true;
}

static bool parse_date_time(const struct transcript *t, const char *text,
                            struct time_query *query)
{
    size_t bytes = strlen(text);
    int32_t offset_min;
    int32_t own_min = transcript_utc_offset(t);
    bool has_time;
    size_t used;
    const char *colon = strchr(text, ':');

    if (transcript_clock(t) != CLOCK_WALL ||
        !civil_parse_date_time(text, bytes, &query->ms, &offset_min, &has_time, &used) ||
        used != bytes)
        return false;
    if (offset_min != UTC_OFFSET_NONE && own_min != UTC_OFFSET_NONE)
        query->ms += (int64_t)(own_min - offset_min) * 60000;
    query->precision_ms = !has_time ? TIME_MS_PER_DAY
                          : strchr(colon + 1, ':') != NULL && offset_min == UTC_OFFSET_NONE
                              ? 1000
                              : 60000;
    return true;
}

static bool parse_relative(const char *text, int64_t from_ms, struct time_query *query)
{
    int64_t ms;

    if (from_ms == TIME_NONE || !parse_duration(text + 1, &ms, &query->precision_ms))
        return false;
    query->ms = *text == '-' ? from_ms - ms : from_ms + ms;
    query->precision_ms = 1;
    return true;
}

bool time_query_parse(const struct transcript *t, const char *text, int64_t from_ms,
                      struct time_query *query, struct error *err)
{
    int64_t first_ms;
    int64_t last_ms;

    while (isspace((unsigned char)*text))
        text++;
    if (*text == '\0')
        return error_set(err, ERROR_USAGE, "no time was given");
    if (!transcript_span(t, &first_ms, &last_ms))
        return error_set(err, ERROR_USAGE, "this record has no times");
    if (*text == '+' || *text == '-')
        return parse_relative(text, from_ms, query) || refuse(text, err);
    if (parse_percent(text, first_ms, last_ms, query) ||
        parse_clock(t, text, from_ms, first_ms, last_ms, query) ||
        parse_date_time(t, text, query))
        return true;
    if (transcript_clock(t) != CLOCK_WALL &&
        parse_duration(text, &query->ms, &query->precision_ms))
        return true;
    return refuse(text, err);
}
