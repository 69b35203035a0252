/* Times in tables. */
#include "formats/tables/table_time.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>

#include "formats/captions/caption_time.h"
#include "formats/common/inline_timestamp.h"
#include "shilu/text/utf8.h"

/* Unix time between these years is recognised by its size. */
#define EPOCH_FIRST 946684800.0 /* 2000 */
#define EPOCH_LAST 4102444800.0 /* 2100 */
/* Letters and syllables that people say per second. */
#define SIZE_PER_SECOND 14.0

/* The number of letters in a text; a Han or Hangul character counts two and a half times. */
static double text_size(struct span text)
{
    double size = 0;
    size_t at = 0;

    while (at < text.length) {
        uint32_t cp;

        at += utf8_decode(text.data + at, text.length - at, &cp);
        size += cp >= 0x2E80 ? 2.5 : 1;
    }
    return size;
}

static bool parse_number(struct span cell, double *value)
{
    char digits[32];
    char *end;
    size_t i;

    if (cell.length == 0 || cell.length >= sizeof digits)
        return false;
    for (i = 0; i < cell.length; i++) {
        if (!isdigit((unsigned char)cell.data[i]) && cell.data[i] != '.' &&
            cell.data[i] != ',' && !(cell.data[i] == 's' && i > 0 && i + 1 == cell.length))
            return false;
        digits[i] = cell.data[i] == ',' ? '.' : cell.data[i];
    }
    digits[cell.length] = '\0';
    *value = strtod(digits, &end);
    return end > digits && (*end == '\0' || (*end == 's' && end[1] == '\0')) && *value < 1e15;
}

static bool is_epoch(double value, int64_t *ms)
{
    if (value >= EPOCH_FIRST && value < EPOCH_LAST)
        *ms = (int64_t)(value * 1000 + 0.5);
    else if (value >= EPOCH_FIRST * 1000 && value < EPOCH_LAST * 1000)
        *ms = (int64_t)(value + 0.5);
    else
        return false;
    return true;
}

bool table_time_is_epoch(struct span cell)
{
    double number;
    int64_t ms;

    return parse_number(cell, &number) && is_epoch(number, &ms);
}

static size_t take_int(struct span s, int *value)
{
    size_t at = 0;

    *value = 0;
    while (at < s.length && at < 4 && isdigit((unsigned char)s.data[at]))
        *value = *value * 10 + (s.data[at++] - '0');
    return at;
}

/* One of several signs, with optional blanks around it; returns its number from 1, 0 for
 * none. */
static int take_sign(struct span *s, const char *const *signs)
{
    struct span rest = span_trim_front(*s);
    int i;

    for (i = 0; signs[i] != NULL; i++) {
        if (span_take(&rest, signs[i])) {
            *s = span_trim_front(rest);
            return i + 1;
        }
    }
    return 0;
}

/* Three numbers with signs between them, in their order. *pointed: the signs are points. */
static bool take_date(struct span *s, int parts[3], bool *pointed)
{
    static const char *const first[] = {"/", ".", "-", "年", "년", NULL};
    static const char *const second[] = {"/", ".", "-", "月", "월", NULL};
    static const char *const last[] = {"日", "일", "号", NULL};
    struct span rest = *s;
    size_t used;
    int sign;

    if ((used = take_int(rest, &parts[0])) == 0)
        return false;
    rest = span_skip(rest, used);
    if ((sign = take_sign(&rest, first)) == 0 || (used = take_int(rest, &parts[1])) == 0)
        return false;
    rest = span_skip(rest, used);
    if (take_sign(&rest, second) != sign || (used = take_int(rest, &parts[2])) == 0)
        return false;
    rest = span_skip(rest, used);
    take_sign(&rest, last);
    *pointed = sign == 2;
    *s = rest;
    return true;
}

/* With points, the day is first everywhere. */
static bool order_date(const struct table_times *times, const int parts[3], bool pointed,
                       struct civil_time *civil)
{
    bool year_first = parts[0] > 31;

    if (year_first) {
        civil->year = parts[0];
        civil->month = parts[1];
        civil->day = parts[2];
    } else {
        bool day_first = parts[0] > 12 || ((pointed || times->day_first) && parts[1] <= 12);

        civil->year = parts[2] < 100 ? 2000 + parts[2] : parts[2];
        civil->month = parts[day_first ? 1 : 0];
        civil->day = parts[day_first ? 0 : 1];
    }
    return civil->year >= 1000 && civil_is_valid(civil);
}

/* "9:05", "9:05:07.5 PM", "下午9:05", "9时5分7秒". */
static bool take_clock(struct span s, int64_t *ms)
{
    static const char *const half_days[] = {"上午", "下午", "午前", "午後",
                                            "오전", "오후", NULL};
    static const char *const hours[] = {"时", "時", "點", "点", "시", NULL};
    static const char *const minutes[] = {"分", "분", NULL};
    static const char *const seconds[] = {"秒", "초", NULL};
    struct inline_timestamp stamp;
    int half_day = take_sign(&s, half_days);
    int value[3] = {0};
    size_t used = take_int(s, &value[0]);
    struct span rest = span_skip(s, used);

    if (used > 0 && take_sign(&rest, hours) > 0) {
        used = take_int(rest, &value[1]);
        rest = span_skip(rest, used);
        if (used > 0 && take_sign(&rest, minutes) > 0) {
            used = take_int(rest, &value[2]);
            rest = span_skip(rest, used);
            take_sign(&rest, seconds);
        }
        *ms = ((value[0] * INT64_C(60) + value[1]) * 60 + value[2]) * 1000;
    } else if (inline_timestamp_take(s.data, s.length, &stamp) == s.length && s.length > 0) {
        *ms = stamp.two_parts ? stamp.ms * 60 : stamp.ms;
        rest = span_of("", 0);
    } else {
        return false;
    }
    if (half_day > 0 && half_day % 2 == 0 && *ms < TIME_MS_PER_DAY / 2)
        *ms += TIME_MS_PER_DAY / 2;
    return span_trim(rest).length == 0 && *ms < TIME_MS_PER_DAY;
}

static bool parse_date_time(const struct table_times *times, struct span cell,
                            struct table_moment *moment)
{
    struct civil_time civil = {0};
    struct span rest = cell;
    int parts[3];
    bool pointed;
    int64_t clock_ms;
    bool has_time;
    size_t used;

    if (civil_parse_date_time(cell.data, cell.length, &moment->ms, &moment->offset_min,
                              &has_time, &used) &&
        (used == cell.length ||
         (has_time && moment->offset_min == UTC_OFFSET_NONE &&
          civil_parse_zone(cell.data + used, cell.length - used, &moment->offset_min)))) {
        moment->kind = has_time ? MOMENT_WALL : MOMENT_DATE;
        return true;
    }
    moment->offset_min = UTC_OFFSET_NONE;
    if (!take_date(&rest, parts, &pointed) || !order_date(times, parts, pointed, &civil))
        return false;
    moment->kind = MOMENT_DATE;
    moment->ms = civil_to_ms(&civil);
    span_take(&rest, ",");
    rest = span_trim(rest);
    if (rest.length == 0)
        return true;
    rest.length = civil_before_zone(rest.data, rest.length, &moment->offset_min);
    if (!take_clock(rest, &clock_ms))
        return false;
    moment->kind = MOMENT_WALL;
    moment->ms += clock_ms;
    return true;
}

/* "1h2m3s", "2分3秒": a length of time. */
static bool parse_units(struct span cell, int64_t *ms)
{
    static const char *const signs[] = {"h", "m", "s", "时", "時", "分", "秒", NULL};
    static const int64_t unit_ms[] = {3600000, 60000, 1000, 3600000, 3600000, 60000, 1000};
    bool any = false;

    *ms = 0;
    while (cell.length > 0) {
        int value;
        size_t used = take_int(cell, &value);
        int sign;

        cell = span_skip(cell, used);
        sign = used > 0 ? take_sign(&cell, signs) : 0;
        if (sign == 0)
            return false;
        *ms += value * unit_ms[sign - 1];
        any = true;
    }
    return any;
}

static bool parse_clock(const struct table_times *times, struct span cell,
                        struct table_moment *moment)
{
    struct inline_timestamp stamp;
    struct caption_timing form = {0};

    if (caption_timecode_parse(cell.data, cell.length, times->frame_rate, &moment->ms) ==
        cell.length)
        return true;
    if (inline_timestamp_take(cell.data, cell.length, &stamp) == cell.length) {
        moment->ms = stamp.half_day && stamp.two_parts ? stamp.ms * 60 : stamp.ms;
        if (stamp.half_day)
            moment->kind = MOMENT_CLOCK;
        return true;
    }
    /* A clock reading may also be recognised by its colons: "1:2:3.4". */
    return span_find(cell, ':') < cell.length &&
           caption_time_parse(cell.data, cell.length, &form, &moment->ms) == cell.length;
}

bool table_time_parse(const struct table_times *times, struct span cell,
                      struct table_moment *moment)
{
    double number;

    *moment = (struct table_moment){.kind = MOMENT_ELAPSED, .offset_min = UTC_OFFSET_NONE};
    if (cell.length == 0)
        return false;
    if (parse_number(cell, &number)) {
        double unit_ms = times->unit_ms > 0 ? times->unit_ms : 1000;

        if (is_epoch(number, &moment->ms)) {
            moment->kind = MOMENT_WALL;
            moment->offset_min = 0;
        } else {
            moment->ms = (int64_t)(number * unit_ms + 0.5);
        }
        return true;
    }
    if (*cell.data == 'T' &&
        parse_clock(times, span_skip(cell, 1), moment)) { /* T11:08:00: a time of day */
        moment->kind = MOMENT_CLOCK;
        return true;
    }
    if (parse_date_time(times, cell, moment))
        return true;
    *moment = (struct table_moment){.kind = MOMENT_ELAPSED, .offset_min = UTC_OFFSET_NONE};
    if (parse_clock(times, cell, moment) || parse_units(cell, &moment->ms))
        return true;
    if (!take_clock(cell, &moment->ms))
        return false;
    moment->kind = MOMENT_CLOCK;
    return true;
}

void table_times_weigh(struct table_times *times, struct span start, struct span end,
                       struct span text)
{
    struct span rest = start;
    double from, to;
    int parts[3];
    bool pointed;
    int64_t ms;

    if (take_date(&rest, parts, &pointed) && parts[0] > 12 && parts[0] <= 31 && parts[1] <= 12)
        times->day_first = true;
    if (parse_number(start, &from) && parse_number(end, &to) && to > from &&
        !is_epoch(from, &ms)) {
        times->fractions |= span_find(end, '.') < end.length;
        times->text_size += text_size(text);
        times->numbers += to - from;
    }
}

/* How far a rate of speech is from usual. */
static double distance(const struct table_times *times, double unit_ms)
{
    double per_second = times->text_size / (times->numbers * unit_ms / 1000);

    return fabs(log(per_second / SIZE_PER_SECOND));
}

/* Silences make speech look much slower, and hardly anything makes it look faster: prefer
 * seconds if plausible, then milliseconds, then whatever comes closest. */
void table_times_settle(struct table_times *times)
{
    static const double units_ms[] = {1000, 1, 0.001, 0.0001};
    static const double slowest = 5.0; /* log of some 140 times */
    static const double fastest = 2.5;
    size_t best = 0;
    size_t i;

    if (times->unit_ms > 0 || times->numbers <= 0 || times->text_size <= 0)
        return;
    for (i = 0; i < sizeof units_ms / sizeof *units_ms; i++) {
        double per_second = times->text_size / (times->numbers * units_ms[i] / 1000);
        double off = distance(times, units_ms[i]);

        if (i < 2 && off <= (per_second < SIZE_PER_SECOND ? slowest : fastest)) {
            best = i;
            break;
        }
        if (off < distance(times, units_ms[best]))
            best = i;
    }
    times->unit_ms = units_ms[best];
}
