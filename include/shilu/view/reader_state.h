/* Reader state: what the panes of one record share: the record and selection, the search, and
 * the reading position. Panes draw it; only the session changes it. */
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
    struct selection selection; /* owned; increment selection_version after a change */
    unsigned selection_version;
    struct reader_state_gaps
        *gaps; /* ranges known to be outside the selection; owned, or NULL if not kept */
    struct matcher *matcher; /* of the search, for highlighting; borrowed, or NULL */
    unsigned matcher_version;
    bool has_hit; /* the current hit of n and N */
    struct hit hit;
    uint32_t segment;     /* the reading position; SEGMENT_NONE in an empty record */
    uint32_t byte;        /* offset in the segment's text */
    bool at_end;          /* the reading position is in the last row */
    const char *narrowed; /* text that `&` narrowed to; borrowed, or NULL */
    bool plain;           /* no marks beside the words, because the terminal's cursor is
                           * visible */
    bool shapes;          /* drawn before speakers' names, in addition to colours */
    bool unfolded;        /* show a recogniser's repetitions in full */
    /* The speaker chosen in the speaker pane, if that is not the current one; else
     * SPEAKER_NONE. */
    uint32_t chosen_speaker;
    /* Words are selected: bytes [select_from, select_to) of the arena. */
    bool selecting;
    uint64_t select_from;
    uint64_t select_to;
    const struct reader_state_note *notes; /* borrowed, ordered by segment */
    size_t note_count;
    const struct overlay *corrections; /* borrowed; NULL: none */
};

/* The note of a segment, or NULL. */
const char *reader_state_note_at(const struct reader_state *r, uint32_t segment);

/* Like selection_at_or_after and _before, which test each segment on the way; what they skip is
 * kept in `gaps`, so that a small selection of a large record is not searched for on every
 * redraw. */
struct reader_state_gaps *reader_state_gaps_new(void);
void reader_state_gaps_free(struct reader_state_gaps *g);
uint32_t reader_state_at_or_after(const struct reader_state *r, uint32_t segment);
uint32_t reader_state_at_or_before(const struct reader_state *r, uint32_t segment);

/* Whether some words of a segment are selected. */
bool reader_state_is_selected(const struct reader_state *r, uint32_t segment);

/* The selection in words: "only 詹成付, 10:20-10:30"; empty if everything is selected. */
void reader_state_filter(const struct reader_state *r, struct buffer *out);

/* How far the reading position is in the text, 0 to 100; 100 in its last row. */
unsigned reader_state_percent(const struct reader_state *r);

/* A time as this record shows it, into CIVIL_TEXT bytes; "" for TIME_NONE. */
void reader_state_time(const struct reader_state *r, int64_t ms, char *out);

/* The same with its date, in a record that spans several days. */
void reader_state_moment(const struct reader_state *r, int64_t ms, char *out);

#endif
