/* Text layout: the words of a record as rows of a given measure, laid out only around the
 * screen.
 *
 * The layout is a sequence of units: paragraphs, or blocks of a giant one. A unit's rows are a
 * blank and a heading if a turn starts, then its lines. A place is a unit and a row in it,
 * never an absolute row number, so a million segments cost no more than a page.
 *
 * A phrase repeated by a recogniser (text/repeat_detect) is shown once, with the number of
 * times it was said; the mark stands for the omitted words, and a search hit in those is shown
 * on it. */
#ifndef SHILU_VIEW_TEXT_LAYOUT_H
#define SHILU_VIEW_TEXT_LAYOUT_H

#include "shilu/base/buffer.h"
#include "shilu/text/wrap.h"
#include "shilu/view/reader_state.h"

struct text_layout;

struct text_layout_place {
    uint32_t segment; /* the first of the unit */
    uint32_t block;   /* of a giant segment, else 0 */
    int row;
};

/* A search hit inside a unit, in bytes of its text. */
struct text_layout_match {
    uint32_t byte;
    uint32_t byte_end;
    bool current; /* the current hit of n and N */
};

/* What precedes a name in its heading: a shape, and in a narrow window the number of a
 * question. */
enum { SHAPE_COLUMNS = 3, QUESTION_COLUMNS = 5, NARROW_COLUMNS = 58 };

struct text_layout_piece {
    uint32_t segment;
    uint32_t byte;   /* where it starts in the unit's text */
    uint32_t offset; /* offset in the segment's text */
    bool is_mark;    /* it is a mark for the folded words from there on */
};

struct text_layout_unit {
    uint32_t first; /* segments [first, end) */
    uint32_t end;
    uint32_t block;
    int lead_rows;    /* facts and a blank at the start of the record; a blank and a heading */
    int fact_rows;    /* of those; 0 for none */
    int heading_rows; /* the last of those; several if the name is too long for one */
    bool is_section;  /* a heading of the record itself, without one above it */
    struct buffer text;
    struct text_layout_piece *pieces;
    size_t piece_count;
    size_t piece_capacity;
    struct display display;
    struct wrap wrap;
    bool has_points; /* numbered points: lines from `point_line` on are indented */
    size_t point_line;
    struct text_layout_match *matches;
    size_t match_count;
    size_t match_capacity;
    /* What it was made for. */
    int columns;
    bool unfolded;
    bool shapes;
    unsigned selection_version;
    unsigned matcher_version;
    bool matches_made;
    struct hit hit;
    uint64_t used; /* time of last use, for the cache */
};

enum text_layout_row_kind {
    TEXT_LAYOUT_BLANK,
    TEXT_LAYOUT_FACT, /* a fact about the record is the unit's row */
    TEXT_LAYOUT_HEADING,
    TEXT_LAYOUT_LINE
};

struct text_layout_row {
    enum text_layout_row_kind kind;
    const struct text_layout_unit *unit; /* borrowed until the next call */
    size_t line;                         /* index in unit->wrap */
    size_t fact;                         /* index of a fact */
    int heading;                         /* index of a heading's row */
    int indent;                          /* indent of a line in columns */
    uint32_t segment;                    /* the segment shown here */
    uint32_t byte;
};

/* The reader state must outlive the layout. */
struct text_layout *text_layout_new(const struct reader_state *r);
void text_layout_free(struct text_layout *f);
void text_layout_set_columns(struct text_layout *f, int columns); /* the measure, at least 2 */
int text_layout_columns(const struct text_layout *f);

/* False if nothing is shown: an empty record or selection. */
bool text_layout_first(struct text_layout *f, struct text_layout_place *place);
bool text_layout_last(struct text_layout *f, struct text_layout_place *place);

/* The row that shows a byte of a segment; for a segment that is not selected, the next one that
 * is, else the one before. */
bool text_layout_find(struct text_layout *f, uint32_t segment, uint32_t byte,
                      struct text_layout_place *place);

/* Move by rows, downwards if positive; returns how far it moved. */
int text_layout_move(struct text_layout *f, struct text_layout_place *place, int rows);

/* Number of rows from a to b, at most `most`; a must not be after b. */
int text_layout_distance(struct text_layout *f, struct text_layout_place a,
                         const struct text_layout_place *b, int most);

bool text_layout_row(struct text_layout *f, const struct text_layout_place *place,
                     struct text_layout_row *row);

/* The hits in the unit of the row requested last. */
const struct text_layout_match *
text_layout_matches(struct text_layout *f, const struct text_layout_unit *unit, size_t *count);

#endif
