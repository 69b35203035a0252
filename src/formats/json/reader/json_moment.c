/* Times of a JSON file as moments of the record's clock. */
#include "formats/json/reader/json_moment.h"

#include <math.h>

#include "formats/json/json_value.h"

/* A time on the record's clock, whose kind the first time decides. */
static int64_t on_clock(struct json_reader *r, enum time_base time_base, int64_t ms,
                        int32_t offset_min)
{
    struct drafts *drafts = r->f->context->drafts;

    if (r->time_base == TIME_BASE_NONE) {
        r->time_base = time_base;
        r->offset_min = offset_min;
        drafts_set_time_base(drafts, time_base);
        if (time_base == TIME_BASE_WALL)
            drafts_set_utc_offset(drafts, offset_min);
    }
    if (r->time_base != time_base || ms == TIME_NONE)
        return TIME_NONE;
    if (time_base == TIME_BASE_WALL && offset_min != UTC_OFFSET_NONE &&
        r->offset_min != UTC_OFFSET_NONE)
        ms += (int64_t)(r->offset_min - offset_min) * 60000;
    return time_base == TIME_BASE_ELAPSED ? ms + r->offset_ms : ms;
}

int64_t json_moment(struct json_reader *r, const struct json_time *time)
{
    switch (time->kind) {
    case JSON_TIME_NUMBER:
        if (r->epoch)
            return on_clock(r, TIME_BASE_WALL, (int64_t)llround(time->number * r->unit_ms), 0);
        return on_clock(r, TIME_BASE_ELAPSED, json_value_from_ms(time->number * r->unit_ms),
                        UTC_OFFSET_NONE);
    case JSON_TIME_EXACT:
        return on_clock(r, TIME_BASE_ELAPSED, time->ms, UTC_OFFSET_NONE);
    case JSON_TIME_WALL:
        return on_clock(r, TIME_BASE_WALL, time->ms, time->offset_min);
    case JSON_TIME_NONE:
    case JSON_TIME_BAD:
        break;
    }
    return TIME_NONE;
}

int64_t json_moment_length(const struct json_reader *r, const struct json_time *time)
{
    if (time->kind == JSON_TIME_NUMBER)
        return json_value_from_ms(time->number * r->unit_ms);
    return time->kind == JSON_TIME_EXACT ? time->ms : TIME_NONE;
}
