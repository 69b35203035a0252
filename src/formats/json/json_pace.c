/* Pace. Bytes of UTF-8 count as letters: a Chinese character or a Hangul syllable counts three
 * times, since it takes about that much longer to say. */
#include "formats/json/json_pace.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/translate.h"

/* Letters per second that a unit may result in: for texts with an end; from start to start,
 * which includes pauses; and for usual speech. */
static const double RATE_MIN = 0.3;
static const double RATE_MAX = 150;
static const double GAP_RATE_MIN = 0.002;
static const double GAP_RATE_MAX = 300;
static const double RATE_USUAL = 12;

/* How much nearer to usual speech, as a power of e, another unit than the usual one has to be:
 * if pauses blur the pace, for a rare unit, for one too small for fractions. */
static const double USUAL_LEAD = 2.5;
static const double RARE_LAG = 0.7;
static const double FRACTIONS_LAG = 2;

/* From 2001 to 2100, in ms since 1970. */
static const double EPOCH_MIN_MS = 9.8e11;
static const double EPOCH_MAX_MS = 4.2e12;

static const struct {
    double ms;
    const char *name;
    bool rare;
} units[] = {
    {1000, N_("seconds"), false},           {1, N_("milliseconds"), false},
    {0.0001, N_("ticks of 100 ns"), false}, {10, N_("hundredths of a second"), true},
    {40, N_("frames of 1/25 s"), true},     {0.0625, N_("samples of 16 kHz"), true},
    {0.001, N_("microseconds"), true},      {0.000001, N_("nanoseconds"), true},
};

enum { UNIT_COUNT = sizeof units / sizeof *units };

void json_pace_add(struct json_pace *p, double start, double end, size_t text_bytes)
{
    double letters = (double)text_bytes;

    p->fractions |= floor(start) != start;
    if (p->count++ == 0)
        p->first = start;
    else if (start > p->before && p->before_letters > 0 && p->gap_count < JSON_PACE_GAPS)
        p->gap_rates[p->gap_count++] = p->before_letters / (start - p->before);
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

/* Whether durations of texts are known, and how many letters of them there are per second. */
static bool is_lasting(const struct json_pace *p)
{
    return p->lasting > 0 && p->letters > 0;
}

static int compare_rates(const void *a, const void *b)
{
    double left = *(const double *)a;
    double right = *(const double *)b;

    return (left > right) - (left < right);
}

/* The median; of two, the faster one. */
static double usual_gap_rate(const struct json_pace *p)
{
    double rates[JSON_PACE_GAPS];

    memcpy(rates, p->gap_rates, p->gap_count * sizeof *rates);
    qsort(rates, p->gap_count, sizeof *rates, compare_rates);
    return rates[p->gap_count / 2];
}

static double rate_of(const struct json_pace *p, double ms)
{
    double rate = is_lasting(p) ? p->letters / p->lasting : usual_gap_rate(p);

    return rate / (ms / 1000);
}

static bool is_plausible(const struct json_pace *p, double ms)
{
    double rate = rate_of(p, ms);

    return is_lasting(p) ? rate >= RATE_MIN && rate <= RATE_MAX
                         : rate >= GAP_RATE_MIN && rate <= GAP_RATE_MAX;
}

/* The distance from usual speech; pauses excuse slower text. */
static double away_from_usual(const struct json_pace *p, double ms)
{
    double away = log(rate_of(p, ms) / RATE_USUAL);

    if (away < 0)
        away *= is_lasting(p) ? -1 : -0.5;
    return away;
}

static double distance(const struct json_pace *p, size_t unit)
{
    return away_from_usual(p, units[unit].ms) + (units[unit].rare ? RARE_LAG : 0) +
           (p->fractions && units[unit].ms < 1000 ? FRACTIONS_LAG : 0);
}

static bool can_judge(const struct json_pace *p)
{
    return is_lasting(p) || p->gap_count > 0;
}

static struct json_pace_unit unit_of(const struct json_pace *p, double ms, bool plausible)
{
    struct json_pace_unit unit = {.ms = ms, .plausible = plausible, .name = "units"};
    size_t i;

    for (i = 0; i < UNIT_COUNT; i++) {
        if (units[i].ms == ms)
            unit.name = units[i].name;
    }
    if (p->frame_ms > 0 && ms == p->frame_ms)
        unit.name = N_("frames");
    unit.epoch = is_epoch(p->first, ms);
    return unit;
}

/* A single time, or times that are not speech: only their size can decide. `plausible`: even if
 * it does not. */
static struct json_pace_unit by_size(const struct json_pace *p, double usual_ms, bool plausible)
{
    static const double of_epoch[] = {1000, 1, 0.001, 0.000001};
    size_t i;

    for (i = 0; i < sizeof of_epoch / sizeof *of_epoch; i++) {
        if (is_epoch(p->first, of_epoch[i]))
            return unit_of(p, of_epoch[i], true);
    }
    return unit_of(p, usual_ms, plausible);
}

struct json_pace_unit json_pace_judge(const struct json_pace *p, double usual_ms)
{
    double usual = INFINITY;
    double least = INFINITY;
    size_t best = UNIT_COUNT;
    size_t i;

    if (!can_judge(p))
        return by_size(p, usual_ms, true);
    for (i = 0; i < 2; i++) { /* seconds and milliseconds since 1970 */
        if (is_epoch(p->first, units[i].ms) && is_plausible(p, units[i].ms))
            return unit_of(p, units[i].ms, true);
    }
    if (p->frame_ms > 0 && !p->fractions && is_plausible(p, p->frame_ms) &&
        away_from_usual(p, p->frame_ms) < away_from_usual(p, usual_ms))
        return unit_of(p, p->frame_ms, true);
    for (i = 0; i < UNIT_COUNT; i++) {
        double away = distance(p, i);

        if (units[i].ms == usual_ms)
            usual = away;
        if (is_plausible(p, units[i].ms) && away < least) {
            least = away;
            best = i;
        }
    }
    if (is_plausible(p, usual_ms) && (is_lasting(p) || usual <= least + USUAL_LEAD))
        return unit_of(p, usual_ms, true);
    return best < UNIT_COUNT ? unit_of(p, units[best].ms, true) : by_size(p, usual_ms, false);
}
