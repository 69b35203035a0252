/* Reader state: what the panes of one record share: what is read, what is searched, and where
 * the reader is. The panes draw it; the session alone changes it. */
#ifndef SHILU_VIEW_READER_STATE_H
#define SHILU_VIEW_READER_STATE_H

#include "shilu/base/buffer.h"
#include "shilu/model/overlay.h"
#include "shilu/model/search.h"
#include "shilu/text/width.h"

struct reader_state_gaps;

/* A reader's note about a segment. */
struct reader_state_note {
    uint32_t segment;
    char *text;
};

struct reader_state {
    const struct transcript *transcript; /* borrowed, as width is */
    const struct width *width;
    struct selection selection; /* owned; after a change add 1 to selection_version */
    unsigned selection_version;
    struct reader_state_gaps
        *gaps; /* what is known to be outside the selection; owned, or NULL: not kept */
    struct matcher *matcher; /* of the search, for the highlight; borrowed; NULL: none */
    unsigned matcher_version;
    bool has_hit; /* the hit that n and N stand on */
    struct hit hit;
    uint32_t segment;     /* the reading position; SEGMENT_NONE in an empty record */
    uint32_t byte;        /* in the segment's text */
    bool at_end;          /* the reading position is in the last row */
    const char *narrowed; /* what `&` narrowed to; borrowed; NULL: nothing */
    bool plain;           /* no marks beside the words: the terminal's cursor is seen */
    bool shapes;          /* drawn before speakers' names, besides their colours */
    bool unfolded;        /* show a recogniser's repetitions in full */
    /* Of the speaker pane, where somebody who is not read is chosen; else SPEAKER_NONE. */
    uint32_t chosen_speaker;
    /* Words are selected: these bytes of the arena, [select_from, select_to). */
    bool selecting;
    uint64_t select_from;
    uint64_t select_to;
    const struct reader_state_note *notes; /* borrowed, in the order of the segments */
    size_t note_count;
    const struct overlay *corrections; /* borrowed; NULL: none */
};

/* The note of a segment, NULL: none. */
const char *reader_state_note_at(const struct reader_state *r, uint32_t segment);

/* Like selection_at_or_after and _before, which test each segment on the way; what they skip is
 * kept in `gaps`, so that a small selection of a large record is not searched for at each
 * drawing. */
struct reader_state_gaps *reader_state_gaps_new(void);
void reader_state_gaps_free(struct reader_state_gaps *g);
uint32_t reader_state_at_or_after(const struct reader_state *r, uint32_t segment);
uint32_t reader_state_at_or_before(const struct reader_state *r, uint32_t segment);

/* Whether words of a segment are selected. */
bool reader_state_is_selected(const struct reader_state *r, uint32_t segment);

/* What alone is read, for people: "only 詹成付, 10:20-10:30"; empty for everything. */
void reader_state_filter(const struct reader_state *r, struct buffer *out);

/* How far the reading position is in the text, 0 to 100; 100 in its last row. */
unsigned reader_state_percent(const struct reader_state *r);

/* A time as this record shows it, into CIVIL_TEXT bytes; "" for TIME_NONE. */
void reader_state_time(const struct reader_state *r, int64_t ms, char *out);

/* The same with its day, in a record of several days. */
void reader_state_moment(const struct reader_state *r, int64_t ms, char *out);

#endif
