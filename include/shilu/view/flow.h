/* Flow: the words of a record as rows of a given measure, laid out only around the screen.
 *
 * The flow is a run of units: a paragraph, or one block of a giant one. A unit's rows are a
 * blank and a heading where a turn starts, then its lines. A place is a unit and a row in it,
 * never an absolute row, so a million segments cost what a page does.
 *
 * A phrase that a recogniser repeats (text/repetition) stands there once, with how often it was
 * said; the mark stands for the words that are left out, and a search hit in those is on it. */
#ifndef SHILU_VIEW_FLOW_H
#define SHILU_VIEW_FLOW_H

#include "shilu/base/buffer.h"
#include "shilu/text/wrap.h"
#include "shilu/view/reading.h"

struct flow;

struct flow_place {
    uint32_t segment; /* the first of the unit */
    uint32_t block;   /* of a giant segment, else 0 */
    int row;
};

/* A search hit inside a unit, in bytes of its text. */
struct flow_match {
    uint32_t byte;
    uint32_t byte_end;
    bool current; /* the one that n and N stand on */
};

struct flow_piece {
    uint32_t segment;
    uint32_t byte;   /* where it starts in the unit's text */
    uint32_t offset; /* which byte of the segment's text that is */
};

struct flow_unit {
    uint32_t first; /* segments [first, end) */
    uint32_t end;
    uint32_t block;
    int lead_rows; /* 0 to 2: a blank, a heading */
    struct buffer text;
    struct flow_piece *pieces;
    size_t piece_count;
    size_t piece_capacity;
    struct display display;
    struct wrap wrap;
    struct flow_match *matches;
    size_t match_count;
    size_t match_capacity;
    /* What it was made for. */
    int columns;
    bool unfolded;
    unsigned selection_version;
    unsigned matcher_version;
    bool matches_made;
    struct hit hit;
    uint64_t used; /* when last, for the cache */
};

enum flow_row_kind { FLOW_BLANK, FLOW_HEADING, FLOW_LINE };

struct flow_row {
    enum flow_row_kind kind;
    const struct flow_unit *unit; /* borrowed until the next call */
    size_t line;                  /* of unit->wrap */
    uint32_t segment;             /* what is read here */
    uint32_t byte;
};

/* The reading must outlive the flow. */
struct flow *flow_new(const struct reading *r);
void flow_free(struct flow *f);
void flow_set_columns(struct flow *f, int columns); /* the measure, at least 2 */
int flow_columns(const struct flow *f);

/* False where nothing is read: an empty record or selection. */
bool flow_first(struct flow *f, struct flow_place *place);
bool flow_last(struct flow *f, struct flow_place *place);

/* The row that shows a byte of a segment; for a segment that is not taken, the next one that
 * is, else the one before. */
bool flow_find(struct flow *f, uint32_t segment, uint32_t byte, struct flow_place *place);

/* Move by rows, down where positive; returns how far it went. */
int flow_move(struct flow *f, struct flow_place *place, int rows);

/* Rows from a up to b, at most `most`, which must not be behind it. */
int flow_distance(struct flow *f, struct flow_place a, const struct flow_place *b, int most);

bool flow_row(struct flow *f, const struct flow_place *place, struct flow_row *row);

/* The hits in a unit of the row that was asked for last. */
const struct flow_match *flow_matches(struct flow *f, const struct flow_unit *unit,
                                      size_t *count);

#endif
