/* Pace. Bytes of UTF-8 stand for letters: a Han character or a syllable of Hangul counts as
 * three, which is about how much longer it takes to say. */
#include "formats/json/json_pace.h"

#include <math.h>

#include "shilu/base/translate.h"

/* Letters a second that a unit may come to: of what has an end; from start to start, where
 * pauses count; and how many are needed to judge. */
static const double RATE_MIN = 0.3;
static const double RATE_MAX = 150;
static const double LIKELY_MIN = 1.2;
static const double LIKELY_MAX = 60;
static const double GAP_RATE_MIN = 0.002;
static const double GAP_RATE_MAX = 300;

/* From 2001 to 2100, in ms since 1970. */
static const double EPOCH_MIN_MS = 9.8e11;
static const double EPOCH_MAX_MS = 4.2e12;

static const struct {
    double ms;
    const char *name;
} units[] = {
    {1000, N_("seconds")},
    {1, N_("milliseconds")},
    {0.0001, N_("ticks of 100 ns")},
    {40, N_("frames of 1/25 s")},
    {0.0625, N_("samples of 16 kHz")},
    {0.001, N_("microseconds")},
    {0.000001, N_("nanoseconds")},
};

enum { UNIT_COUNT = sizeof units / sizeof *units };

void json_pace_add(struct json_pace *p, double start, double end, size_t text_bytes)
{
    double letters = (double)text_bytes;

    if (p->count++ == 0)
        p->first = start;
    else if (start > p->before) {
        p->gaps += start - p->before;
        p->gap_letters += p->before_letters;
    }
    p->before = start;
    p->before_letters = letters;
    if (!isnan(end) && end > start) {
        p->lasting += end - start;
        p->letters += letters;
    }
}

static bool is_epoch(double value, double ms)
{
    return value * ms >= EPOCH_MIN_MS && value * ms <= EPOCH_MAX_MS;
}

static bool is_plausible(const struct json_pace *p, double ms)
{
    double rate;

    if (p->lasting > 0 && p->letters > 0) {
        rate = p->letters / (p->lasting * ms / 1000);
        return rate >= RATE_MIN && rate <= RATE_MAX;
    }
    if (p->gaps > 0 && p->gap_letters > 0) {
        rate = p->gap_letters / (p->gaps * ms / 1000);
        return rate >= GAP_RATE_MIN && rate <= GAP_RATE_MAX;
    }
    return false;
}

/* As nearly all speech is, where it is known how long each text lasts. */
static bool is_likely(const struct json_pace *p, double ms)
{
    double rate = p->letters / (p->lasting * ms / 1000);

    return p->lasting > 0 && rate >= LIKELY_MIN && rate <= LIKELY_MAX;
}

static bool can_tell(const struct json_pace *p)
{
    return (p->lasting > 0 && p->letters > 0) || (p->gaps > 0 && p->gap_letters > 0);
}

static struct json_pace_unit unit_of(const struct json_pace *p, double ms, bool plausible)
{
    struct json_pace_unit unit = {.ms = ms, .plausible = plausible, .name = "units"};
    size_t i;

    for (i = 0; i < UNIT_COUNT; i++) {
        if (units[i].ms == ms)
            unit.name = units[i].name;
    }
    unit.epoch = is_epoch(p->first, ms);
    return unit;
}

/* A moment alone: only its size can tell. */
static struct json_pace_unit by_size(const struct json_pace *p, double usual_ms)
{
    static const double of_epoch[] = {1000, 1, 0.001, 0.000001};
    size_t i;

    for (i = 0; i < sizeof of_epoch / sizeof *of_epoch; i++) {
        if (is_epoch(p->first, of_epoch[i]))
            return unit_of(p, of_epoch[i], true);
    }
    return unit_of(p, usual_ms, true);
}

struct json_pace_unit json_pace_judge(const struct json_pace *p, double usual_ms)
{
    size_t i;

    if (!can_tell(p))
        return by_size(p, usual_ms);
    if (is_plausible(p, usual_ms))
        return unit_of(p, usual_ms, true);
    for (i = 0; i < UNIT_COUNT; i++) {
        if (is_likely(p, units[i].ms))
            return unit_of(p, units[i].ms, true);
    }
    for (i = 0; i < UNIT_COUNT; i++) {
        if (is_plausible(p, units[i].ms))
            return unit_of(p, units[i].ms, true);
    }
    return unit_of(p, usual_ms, false);
}
