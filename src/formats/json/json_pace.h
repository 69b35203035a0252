/* Pace: what a number of a moment counts, judged by what makes speech plausible.
 *
 * People speak some 2 to 20 letters or syllables a second. Pauses make text slower, and nothing
 * makes it much faster. So a list of texts with their starts, and best their ends, tells
 * seconds from milliseconds, ticks and frames; and what then lies in this century counts from
 * 1970. */
#ifndef SHILU_FORMATS_JSON_JSON_PACE_H
#define SHILU_FORMATS_JSON_JSON_PACE_H

#include <stdbool.h>
#include <stddef.h>

enum { JSON_PACE_GAPS = 64 };

/* Zero-initialised is empty. */
struct json_pace {
    double letters; /* of what has a start and an end */
    double lasting; /* how long that lasts, in the unit to be judged */
    /* Letters in a unit from start to start, of the first texts. The usual one counts: a long
     * silence says nothing about the pace. */
    double gap_rates[JSON_PACE_GAPS];
    size_t gap_count;
    double first; /* start */
    double before;
    double before_letters;
    size_t count;
    bool fractions;  /* some start has one */
    double frame_ms; /* of the frames that the file speaks of; 0: it does not */
};

/* A text of this many bytes; `end` is NAN if unknown. */
void json_pace_add(struct json_pace *p, double start, double end, size_t text_bytes);

struct json_pace_unit {
    double ms;        /* of one unit */
    const char *name; /* for people, of many: "milliseconds" */
    bool epoch;       /* moments count from 1970 */
    bool plausible;   /* false: no unit makes sense of the numbers */
};

/* `usual_ms`: the unit that counts if it makes sense. */
struct json_pace_unit json_pace_judge(const struct json_pace *p, double usual_ms);

#endif
