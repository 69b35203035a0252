/* Reading: what the panes of one record share: what is read, what is searched, and where the
 * reader is. The panes draw from it; the session alone changes it. */
#ifndef SHILU_VIEW_READING_H
#define SHILU_VIEW_READING_H

#include "shilu/model/search.h"
#include "shilu/text/width.h"

struct reading {
    const struct transcript *transcript; /* borrowed, as width is */
    const struct width *width;
    struct selection selection; /* owned; after a change add 1 to selection_version */
    unsigned selection_version;
    struct matcher *matcher; /* of the search, for the highlight; borrowed; NULL: none */
    unsigned matcher_version;
    bool has_hit; /* the hit that n and N stand on */
    struct hit hit;
    uint32_t segment; /* the reading position; SEGMENT_NONE in an empty record */
    uint32_t byte;    /* in the segment's text */
    /* Of the speaker pane, where somebody who is not read is chosen; else SPEAKER_NONE. */
    uint32_t chosen_speaker;
    /* Text is being chosen for copying, from this segment to the reading position. */
    bool selecting;
    uint32_t select_from;
};

/* Whether a segment is chosen for copying. */
bool reading_is_selected(const struct reading *r, uint32_t segment);

/* A time as this record shows it, into CIVIL_TEXT bytes; "" for TIME_NONE. */
void reading_time(const struct reading *r, int64_t ms, char *out);

#endif
