/* Speaker statistics: how much each speaker said in a selection. */
#ifndef SHILU_COMMANDS_SPEAKER_STATS_H
#define SHILU_COMMANDS_SPEAKER_STATS_H

#include "shilu/model/selection.h"

struct speaker_stats_row {
    uint32_t speaker; /* or SPEAKER_NONE */
    uint64_t turns;
    uint64_t segments;
    uint64_t characters; /* code points, excluding white space */
    double share;        /* of all characters, 0 to 1 */
    int64_t first_ms;    /* starts; TIME_NONE if unknown */
    int64_t last_ms;
};

struct speaker_stats {
    struct speaker_stats_row *rows; /* owned; those with a segment, in order of their first
                                     * words */
    size_t count;
};

void speaker_stats_make(struct speaker_stats *tally, const struct transcript *t,
                        const struct selection *selection);
void speaker_stats_release(struct speaker_stats *tally);

#endif
