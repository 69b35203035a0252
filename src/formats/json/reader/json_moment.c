/* Times of a JSON file as moments of the record's clock. */
#include "formats/json/reader/json_moment.h"

#include <math.h>

#include "formats/json/json_value.h"

/* A time on the record's clock, whose kind the first time decides. */
static int64_t on_clock(struct json_reader *r, enum clock clock, int64_t ms, int32_t offset_min)
{
    struct drafts *drafts = r->f->context->drafts;

    if (r->clock == CLOCK_NONE) {
        r->clock = clock;
        r->offset_min = offset_min;
        drafts_set_clock(drafts, clock);
        if (clock == CLOCK_WALL)
            drafts_set_utc_offset(drafts, offset_min);
    }
    if (r->clock != clock || ms == TIME_NONE)
        return TIME_NONE;
    if (clock == CLOCK_WALL && offset_min != UTC_OFFSET_NONE &&
        r->offset_min != UTC_OFFSET_NONE)
        ms += (int64_t)(r->offset_min - offset_min) * 60000;
    return clock == CLOCK_ELAPSED ? ms + r->offset_ms : ms;
}

int64_t json_moment(struct json_reader *r, const struct json_time *time)
{
    switch (time->kind) {
    case JSON_TIME_NUMBER:
        if (r->epoch)
            return on_clock(r, CLOCK_WALL, (int64_t)llround(time->number * r->unit_ms), 0);
        return on_clock(r, CLOCK_ELAPSED, json_value_from_ms(time->number * r->unit_ms),
                        UTC_OFFSET_NONE);
    case JSON_TIME_EXACT:
        return on_clock(r, CLOCK_ELAPSED, time->ms, UTC_OFFSET_NONE);
    case JSON_TIME_WALL:
        return on_clock(r, CLOCK_WALL, time->ms, time->offset_min);
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
