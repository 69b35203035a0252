/* Pace: the unit of numbers for times, judged by what makes speech plausible.
 *
 * People say some 2 to 20 letters or syllables per second. Pauses make text slower, and nothing
 * makes it much faster. So texts with their starts, or better also their ends, show whether
 * numbers are seconds, milliseconds, ticks or frames; and times that then fall in this century
 * count from 1970. */
#ifndef SHILU_FORMATS_JSON_JSON_PACE_H
#define SHILU_FORMATS_JSON_JSON_PACE_H

#include <stdbool.h>
#include <stddef.h>

enum { JSON_PACE_GAPS = 64 };

/* Zero-initialised is empty. */
struct json_pace {
    double letters; /* letters of texts with a start and an end */
    double lasting; /* how long those last, in the unknown unit */
    /* Letters per unit from start to start, of the first texts. The median counts: a long
     * silence says nothing about the pace. */
    double gap_rates[JSON_PACE_GAPS];
    size_t gap_count;
    double first; /* start */
    double before;
    double before_letters;
    size_t count;
    bool fractions;  /* some start has a fraction */
    double frame_ms; /* of the file's frame rate; 0 if it has none */
};

/* Add a text of this length; `end` is NAN if unknown. */
void json_pace_add(struct json_pace *p, double start, double end, size_t text_bytes);

struct json_pace_unit {
    double ms;        /* of one unit */
    const char *name; /* plural, shown to users: "milliseconds" */
    bool epoch;       /* times count from 1970 */
    bool plausible;   /* false: no unit makes the numbers plausible */
};

/* `usual_ms`: the unit to be preferred if it is plausible. */
struct json_pace_unit json_pace_judge(const struct json_pace *p, double usual_ms);

#endif
