/* Stamps in running text. A bare number is not one: at least two numbers are separated by a
 * colon, and the second is below 60. */
#include "formats/common/inline_timestamp.h"

#include <ctype.h>
#include <string.h>

#include "formats/captions/caption_time.h"
#include "formats/common/emit.h"
#include "shilu/base/span.h"

enum { HOUR_MS = 3600000, DAY_STARTS_AT = 6, STAMP_BYTES_MAX = 48 };

/* One time. Its fields are checked: "1:2" and "3:99" are not clock readings. */
static size_t take_time(const char *s, size_t bytes, int64_t *ms, bool *two_parts)
{
    struct caption_timing form = {.strict = true};
    size_t used;
    size_t i;
    int colons = 0;

    if (bytes == 0 || !isdigit((unsigned char)*s))
        return 0;
    used = caption_time_parse(s, bytes, &form, ms);
    for (i = 0; i < used; i++) {
        if (s[i] != ':')
            continue;
        colons++;
        if (i + 2 >= used || s[i + 1] > '5' || !isdigit((unsigned char)s[i + 2]) ||
            (i + 3 < used && isdigit((unsigned char)s[i + 3])))
            return 0;
    }
    if (colons == 0 || (used < bytes && (isalnum((unsigned char)s[used]) || s[used] == ':')))
        return 0;
    *two_parts = colons == 1;
    return used;
}

/* "AM", "p.m." after a time of day. */
static size_t take_half_day(const char *s, size_t bytes, struct inline_timestamp *stamp)
{
    size_t at = span_skip_blanks(span_of(s, bytes), 0);
    int half = at < bytes ? tolower((unsigned char)s[at]) : 0;
    int64_t hour = stamp->two_parts ? stamp->ms / 60000 : stamp->ms / HOUR_MS;
    int64_t twelve = stamp->two_parts ? 12 * INT64_C(60000) : 12 * (int64_t)HOUR_MS;

    if ((half != 'a' && half != 'p') || hour < 1 || hour > 12)
        return 0;
    at++;
    at += at < bytes && s[at] == '.';
    if (at >= bytes || tolower((unsigned char)s[at]) != 'm')
        return 0;
    at++;
    at += at < bytes && s[at] == '.';
    if (at < bytes && isalnum((unsigned char)s[at]))
        return 0;
    if (hour == 12)
        stamp->ms -= twelve;
    if (half == 'p')
        stamp->ms += twelve;
    stamp->half_day = true;
    return at;
}

/* " --> 0:04", " - 0:04": the end. */
static size_t take_until(const char *s, size_t bytes, struct inline_timestamp *stamp)
{
    size_t at = span_skip_blanks(span_of(s, bytes), 0);
    size_t dashes = at;
    size_t used;
    bool two_parts;

    while (at < bytes && (s[at] == '-' || s[at] == '>'))
        at++;
    if (at == dashes)
        return 0;
    at = span_skip_blanks(span_of(s, bytes), at);
    used = take_time(s + at, bytes - at, &stamp->end_ms, &two_parts);
    if (used == 0 || two_parts != stamp->two_parts) {
        stamp->end_ms = TIME_NONE;
        return 0;
    }
    return at + used;
}

size_t inline_timestamp_take(const char *s, size_t bytes, struct inline_timestamp *stamp)
{
    char open = bytes > 0 ? *s : 0;
    size_t at;
    size_t used;

    *stamp = (struct inline_timestamp){.end_ms = TIME_NONE};
    stamp->bracketed = open == '[' || open == '(' || open == '<';
    at = stamp->bracketed ? span_skip_blanks(span_of(s, bytes), 1) : 0;
    used = take_time(s + at, bytes - at, &stamp->ms, &stamp->two_parts);
    if (used == 0)
        return 0;
    at += used;
    at += take_half_day(s + at, bytes - at, stamp);
    at += take_until(s + at, bytes - at, stamp);
    if (!stamp->bracketed)
        return at;
    at = span_skip_blanks(span_of(s, bytes), at);
    return at < bytes && s[at] == (open == '[' ? ']' : open == '(' ? ')' : '>') ? at + 1 : 0;
}

static bool is_time_of_day(const struct inline_timestamp *stamp)
{
    int64_t hours = stamp->two_parts ? stamp->ms / 60000 : stamp->ms / HOUR_MS;

    return stamp->half_day || (hours >= DAY_STARTS_AT && hours < 24);
}

void inline_timestamp_set_wall(struct clock_reading *reading, struct reader_context *context)
{
    reading->known = reading->wall = true;
    drafts_set_time_base(context->drafts, TIME_BASE_WALL);
}

void inline_timestamp_set_day(struct clock_reading *reading, int64_t date_ms)
{
    reading->date_ms = date_ms;
    reading->latest_ms = TIME_NONE;
}

void inline_timestamp_read(struct clock_reading *reading, struct reader_context *context,
                           const struct inline_timestamp *stamp, int64_t *start_ms,
                           int64_t *end_ms)
{
    int64_t scale;

    if (!reading->known) {
        reading->known = true;
        reading->wall = is_time_of_day(stamp);
        drafts_set_time_base(context->drafts,
                             reading->wall ? TIME_BASE_WALL : TIME_BASE_ELAPSED);
    }
    scale = reading->wall && stamp->two_parts ? 60 : 1;
    *start_ms = stamp->ms * scale;
    *end_ms = stamp->end_ms == TIME_NONE ? TIME_NONE : stamp->end_ms * scale;
    if (!reading->wall)
        return;
    *start_ms = emit_wall_ms(reading->date_ms, *start_ms, &reading->latest_ms);
    if (*end_ms != TIME_NONE)
        *end_ms += *start_ms - stamp->ms * scale;
}
