/* Civil time. The calendar works on days since 1970-01-01 in 400-year cycles that start on 1
 * March, so that the leap day is the last day of a cycle. */
#include "shilu/base/civil_time.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "shilu/base/span.h"
#include "shilu/base/translate.h"

static int64_t floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* Years run from March here; day 0 is 0000-03-01. */
static int64_t days_from_civil(int year, int month, int day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t cycle = floor_divide(y, 400);
    int64_t year_of_cycle = y - cycle * 400;
    int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int64_t day_of_cycle = year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 +
                           day_of_year;

    return cycle * 146097 + day_of_cycle - 719468;
}

static void civil_from_days(int64_t days, struct civil_time *civil)
{
    int64_t shifted = days + 719468;
    int64_t cycle = floor_divide(shifted, 146097);
    int64_t day = shifted - cycle * 146097;
    int64_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    int64_t day_of_year = day - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * day_of_year + 2) / 153;

    civil->day = (int)(day_of_year - (153 * month + 2) / 5 + 1);
    civil->month = (int)(month < 10 ? month + 3 : month - 9);
    civil->year = (int)(year + cycle * 400 + (civil->month <= 2));
}

int64_t civil_to_ms(const struct civil_time *civil)
{
    int64_t seconds = (civil->hour * 60 + civil->minute) * 60 + civil->second;

    return days_from_civil(civil->year, civil->month, civil->day) * TIME_MS_PER_DAY +
           seconds * 1000 + civil->millisecond;
}

struct civil_time civil_from_ms(int64_t ms)
{
    struct civil_time civil;
    int64_t days = floor_divide(ms, TIME_MS_PER_DAY);
    int rest = (int)(ms - days * TIME_MS_PER_DAY);

    civil_from_days(days, &civil);
    civil.millisecond = rest % 1000;
    civil.second = rest / 1000 % 60;
    civil.minute = rest / 60000 % 60;
    civil.hour = rest / 3600000;
    return civil;
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    return days[month - 1] + (month == 2 && leap);
}

/* 24:00:00 and a leap second are accepted, as in ISO 8601. */
bool civil_is_valid(const struct civil_time *civil)
{
    if (civil->month < 1 || civil->month > 12 || civil->day < 1 ||
        civil->day > days_in_month(civil->year, civil->month))
        return false;
    if (civil->minute < 0 || civil->minute > 59 || civil->second < 0 || civil->second > 60)
        return false;
    return civil->hour >= 0 && (civil->hour < 24 || (civil->hour == 24 && civil->minute == 0 &&
                                                     civil->second == 0));
}

/* A cursor over the parsed text. */
struct scan {
    const char *s;
    size_t bytes;
    size_t at;
};

static int peek(const struct scan *in)
{
    return in->at < in->bytes ? (unsigned char)in->s[in->at] : -1;
}

static bool take(struct scan *in, int c)
{
    if (peek(in) != c)
        return false;
    in->at++;
    return true;
}

/* From `least` to `most` digits. */
static bool take_number(struct scan *in, int least, int most, int64_t *number)
{
    size_t at = in->at;
    int64_t value = 0;
    int digits = 0;

    while (digits < most && at < in->bytes && isdigit((unsigned char)in->s[at])) {
        value = value * 10 + (in->s[at++] - '0');
        digits++;
    }
    if (digits < least)
        return false;
    in->at = at;
    *number = value;
    return true;
}

static bool take_int(struct scan *in, int least, int most, int *number)
{
    int64_t value;

    if (!take_number(in, least, most, &value))
        return false;
    *number = (int)value;
    return true;
}

/* '.' or ',' and digits, of which three count. */
static int take_fraction_ms(struct scan *in)
{
    size_t start = in->at;
    int scale = 100;
    int ms = 0;

    if (!take(in, '.') && !take(in, ','))
        return 0;
    if (!isdigit(peek(in))) {
        in->at = start;
        return 0;
    }
    while (isdigit(peek(in))) {
        ms += (peek(in) - '0') * scale;
        scale /= 10;
        in->at++;
    }
    return ms;
}

bool civil_parse_offset(const char *s, size_t bytes, int32_t *offset_min, size_t *used)
{
    struct scan in = {s, bytes, 0};
    int hours, minutes = 0;
    bool negative;

    if (take(&in, 'Z') || take(&in, 'z')) {
        *offset_min = 0;
        *used = in.at;
        return true;
    }
    negative = peek(&in) == '-';
    if (!take(&in, '+') && !take(&in, '-'))
        return false;
    if (!take_int(&in, 2, 2, &hours))
        return false;
    if (take(&in, ':')) {
        if (!take_int(&in, 2, 2, &minutes))
            return false;
    } else {
        take_int(&in, 2, 2, &minutes);
    }
    if (hours > 15 || minutes > 59)
        return false;
    *offset_min = (negative ? -1 : 1) * (hours * 60 + minutes);
    *used = in.at;
    return true;
}

bool civil_parse_zone(const char *s, size_t bytes, int32_t *offset_min)
{
    struct span zone = span_trim(span_of(s, bytes));
    size_t used;
    int32_t parsed;
    bool named;

    if (zone.length > 1 && *zone.data == '(' && zone.data[zone.length - 1] == ')')
        zone = span_of(zone.data + 1, zone.length - 2);
    named = span_take(&zone, "UTC") || span_take(&zone, "GMT");
    if (named && zone.length == 0) {
        *offset_min = 0;
        return true;
    }
    if (named && zone.length == 2 && (*zone.data == '+' || *zone.data == '-') &&
        isdigit((unsigned char)zone.data[1])) {
        *offset_min = (zone.data[1] - '0') * (*zone.data == '-' ? -60 : 60);
        return true;
    }
    if (!civil_parse_offset(zone.data, zone.length, &parsed, &used) || used != zone.length)
        return false;
    *offset_min = parsed;
    return true;
}

size_t civil_before_zone(const char *s, size_t bytes, int32_t *offset_min)
{
    size_t i;

    for (i = 1; i < bytes; i++)
        if (s[i] == ' ' && civil_parse_zone(s + i, bytes - i, offset_min))
            return i;
    return bytes;
}

/* hh:mm[:ss[.fff]] after a date. */
static bool take_time_of_day(struct scan *in, struct civil_time *civil)
{
    if (!take_int(in, 1, 2, &civil->hour) || !take(in, ':') ||
        !take_int(in, 2, 2, &civil->minute))
        return false;
    if (take(in, ':')) {
        if (!take_int(in, 2, 2, &civil->second))
            return false;
        civil->millisecond = take_fraction_ms(in);
    }
    return true;
}

bool civil_parse_date_time(const char *s, size_t bytes, int64_t *ms, int32_t *offset_min,
                           bool *has_time, size_t *used)
{
    struct scan in = {s, bytes, 0};
    struct civil_time civil = {0};
    size_t date_end;
    size_t offset_bytes;

    if (!take_int(&in, 4, 4, &civil.year) || !take(&in, '-') ||
        !take_int(&in, 1, 2, &civil.month) || !take(&in, '-') ||
        !take_int(&in, 1, 2, &civil.day))
        return false;
    date_end = in.at;
    *offset_min = UTC_OFFSET_NONE;
    *has_time = (take(&in, 'T') || take(&in, 't') || take(&in, ' ')) &&
                take_time_of_day(&in, &civil);
    if (!*has_time) {
        civil.hour = civil.minute = civil.second = civil.millisecond = 0;
        in.at = date_end;
    } else if (civil_parse_offset(s + in.at, bytes - in.at, offset_min, &offset_bytes)) {
        in.at += offset_bytes;
    }
    if (!civil_is_valid(&civil))
        return false;
    *ms = civil_to_ms(&civil);
    *used = in.at;
    return true;
}

bool civil_parse_clock(const char *s, size_t bytes, bool two_parts_are_hours, int64_t *ms,
                       size_t *used)
{
    struct scan in = {s, bytes, 0};
    int64_t part[3];
    int parts = 1;
    int64_t seconds;
    int fraction;

    if (!take_number(&in, 1, 9, &part[0]))
        return false;
    while (parts < 3 && take(&in, ':')) {
        if (!take_number(&in, 2, 2, &part[parts]) || part[parts] > 59)
            return false;
        parts++;
    }
    if (parts < 2 || isdigit(peek(&in)))
        return false;
    if (parts == 3)
        seconds = (part[0] * 60 + part[1]) * 60 + part[2];
    else
        seconds = two_parts_are_hours ? (part[0] * 60 + part[1]) * 60 : part[0] * 60 + part[1];
    fraction = parts == 3 || !two_parts_are_hours ? take_fraction_ms(&in) : 0;
    *ms = seconds * 1000 + fraction;
    *used = in.at;
    return true;
}

void civil_format_date(int64_t ms, char *out)
{
    struct civil_time c = civil_from_ms(ms);

    snprintf(out, CIVIL_TEXT, "%04d-%02d-%02d", c.year, c.month, c.day);
}

void civil_format_clock(int64_t ms, char *out)
{
    struct civil_time c = civil_from_ms(ms);

    snprintf(out, CIVIL_TEXT, "%02d:%02d:%02d", c.hour, c.minute, c.second);
}

void civil_format_clock_minutes(int64_t ms, char *out)
{
    struct civil_time c = civil_from_ms(ms);

    snprintf(out, CIVIL_TEXT, "%02d:%02d", c.hour, c.minute);
}

void civil_format_elapsed(int64_t ms, char *out)
{
    int64_t seconds = llabs((long long)ms) / 1000;

    snprintf(out, CIVIL_TEXT, "%s%lld:%02d:%02d", ms < 0 ? "-" : "",
             (long long)(seconds / 3600), (int)(seconds / 60 % 60), (int)(seconds % 60));
}

void civil_format_elapsed_exact(int64_t ms, char *out)
{
    size_t end;
    int fraction = (int)(llabs((long long)ms) % 1000);

    civil_format_elapsed(ms, out);
    end = strlen(out);
    if (fraction != 0)
        snprintf(out + end, CIVIL_TEXT - end, ".%03d", fraction);
}

void civil_format_iso(int64_t ms, int32_t offset_min, char *out)
{
    struct civil_time c = civil_from_ms(ms);
    int end = snprintf(out, CIVIL_TEXT, "%04d-%02d-%02dT%02d:%02d:%02d", c.year, c.month, c.day,
                       c.hour, c.minute, c.second);

    if (c.millisecond != 0)
        end += snprintf(out + end, CIVIL_TEXT - (size_t)end, ".%03d", c.millisecond);
    if (offset_min == 0)
        snprintf(out + end, CIVIL_TEXT - (size_t)end, "Z");
    else if (offset_min != UTC_OFFSET_NONE)
        snprintf(out + end, CIVIL_TEXT - (size_t)end, "%c%02d:%02d", offset_min < 0 ? '-' : '+',
                 abs(offset_min) / 60, abs(offset_min) % 60);
}

void civil_format_duration(int64_t ms, char *out)
{
    int64_t seconds = ms / 1000;

    if (seconds < 60)
        snprintf(out, CIVIL_TEXT, _("%d s"), (int)seconds);
    else if (seconds < 3600)
        snprintf(out, CIVIL_TEXT, _("%d min"), (int)((seconds + 30) / 60));
    else
        snprintf(out, CIVIL_TEXT, _("%lld h %02d min"), (long long)(seconds / 3600),
                 (int)(seconds / 60 % 60));
}

int64_t clock_monotonic_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
