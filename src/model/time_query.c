/* Time query: what a person types for a moment, read by the record's own clock. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "shilu/model/find.h"
#include "shilu/text/utf8.h"

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

/* A clock time of the current day, or of the first later day that the record reaches. */
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

/* ----------------------------------------------------------------- as people type times */

enum { TYPED_BYTES = 128, FULL_WIDTH_FIRST = 0xFF01, FULL_WIDTH_LAST = 0xFF5E };

/* What separates the parts of a clock time in other scripts, and ends it. */
static const char *const hour_marks[] = {"點鐘", "点钟", "點", "点", "時", "时", "시", NULL};
static const char *const minute_marks[] = {"分鐘", "分钟", "分", "분", NULL};
static const char *const second_marks[] = {"秒鐘", "秒钟", "秒", "초", NULL};
static const char *const morning_marks[] = {"上午", "早上", "凌晨", "午前",
                                            "오전", "am",   "a.m.", NULL};
static const char *const afternoon_marks[] = {"下午", "晚上", "午後", "午后",
                                              "오후", "pm",   "p.m.", NULL};

static size_t mark_at(const char *text, const char *const *marks)
{
    for (; *marks != NULL; marks++) {
        size_t bytes = strlen(*marks);

        if (strncasecmp(text, *marks, bytes) == 0)
            return bytes;
    }
    return 0;
}

/* Convert to ASCII: full-width forms become narrow, marks of hour and minute become colons;
 * those of half a day are removed. False if it does not fit. */
static bool normalize(const char *text, char out[TYPED_BYTES], int *half_day)
{
    size_t length = 0;

    *half_day = 0;
    while (*text != '\0') {
        uint32_t cp;
        size_t bytes = utf8_decode(text, strlen(text), &cp);
        size_t mark;

        if (length + UTF8_MAX_BYTES >= TYPED_BYTES)
            return false;
        if ((mark = mark_at(text, morning_marks)) > 0) {
            *half_day = 1;
        } else if ((mark = mark_at(text, afternoon_marks)) > 0) {
            *half_day = 2;
        } else if (length > 0 && ((mark = mark_at(text, hour_marks)) > 0 ||
                                  (mark = mark_at(text, minute_marks)) > 0)) {
            out[length++] = ':';
        } else if (length > 0 && (mark = mark_at(text, second_marks)) > 0) {
            /* the seconds end the time */
        } else if (cp >= FULL_WIDTH_FIRST && cp <= FULL_WIDTH_LAST) {
            out[length++] = (char)(cp - FULL_WIDTH_FIRST + '!');
            mark = bytes;
        } else {
            bool blank = cp == 0x3000 || cp == ' ';

            mark = bytes;
            bytes = blank ? length > 0 && out[length - 1] != ':' : bytes;
            memcpy(out + length, blank ? " " : text, bytes);
            length += bytes;
        }
        text += mark;
    }
    while (length > 0 && (out[length - 1] == ' ' || (length > 1 && out[length - 1] == ':')))
        length--;
    out[length] = '\0';
    memmove(out, out + strspn(out, " "), length - strspn(out, " ") + 1);
    return true;
}

static bool is_digits(const char *text, size_t bytes)
{
    return bytes > 0 && strspn(text, "0123456789") >= bytes;
}

/* A clock time of the day without its colons: "1047", "104702", "10.47", "10h47", "10". */
static void add_colons(char *text)
{
    size_t bytes = strlen(text);
    size_t hour = strspn(text, "0123456789");
    char copy[16];

    if (bytes >= sizeof copy)
        return;
    memcpy(copy, text, bytes + 1);
    if (is_digits(text, bytes) && (bytes == 3 || bytes == 4))
        snprintf(text, TYPED_BYTES, "%.*s:%s", (int)bytes - 2, copy, copy + bytes - 2);
    else if (is_digits(text, bytes) && bytes == 6)
        snprintf(text, TYPED_BYTES, "%.2s:%.2s:%s", copy, copy + 2, copy + 4);
    else if (is_digits(text, bytes) && bytes <= 2)
        snprintf(text, TYPED_BYTES, "%s:00", copy);
    else if (hour > 0 && hour <= 2 && strchr(".h", text[hour]) != NULL) {
        for (size_t i = hour; i < bytes; i++)
            text[i] = text[i] == '.' || text[i] == 'h' || text[i] == 'm' ? ':' : text[i];
        if (bytes > 1 && text[bytes - 1] == ':')
            snprintf(text + bytes - 1, TYPED_BYTES - bytes + 1, hour + 1 == bytes ? ":00" : "");
    }
}

/* Twelve in the morning is midnight, twelve in the afternoon noon. */
static bool parse_half_day(int half_day, struct time_query *query)
{
    int64_t day = day_of(query->ms);
    int64_t clock = query->ms - day;
    const int64_t half = TIME_MS_PER_DAY / 2;

    if (half_day == 0)
        return true;
    if (clock >= half + 3600000 || (clock < 3600000 && half_day == 2))
        return false;
    if (clock >= half)
        clock -= half;
    query->ms = day + clock + (half_day == 2 ? half : 0);
    return true;
}

static bool parse_typed(const struct transcript *t, const char *typed, int64_t from_ms,
                        int64_t first_ms, int64_t last_ms, struct time_query *query)
{
    char text[TYPED_BYTES];
    int half_day;

    if (!normalize(typed, text, &half_day) || *text == '\0')
        return false;
    if (*text == '+' || *text == '-')
        return parse_relative(text, from_ms, query);
    if (transcript_clock(t) == CLOCK_WALL)
        add_colons(text);
    return parse_percent(text, first_ms, last_ms, query) ||
           (parse_clock(t, text, from_ms, first_ms, last_ms, query) &&
            parse_half_day(half_day, query)) ||
           parse_date_time(t, text, query);
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
    if (transcript_clock(t) != CLOCK_WALL && *text != '+' && *text != '-' &&
        parse_duration(text, &query->ms, &query->precision_ms))
        return true;
    return parse_typed(t, text, from_ms, first_ms, last_ms, query) || refuse(text, err);
}
