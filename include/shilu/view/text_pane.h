/* Text pane: the words, with a heading for each turn, times in the margin, highlighted hits and
 * a mark at the reading position. It owns the user's position on the screen. */
#ifndef SHILU_VIEW_TEXT_PANE_H
#define SHILU_VIEW_TEXT_PANE_H

#include "shilu/view/grid.h"
#include "view/text_layout.h"

struct text_pane;

/* The reader state must outlive the pane, which writes its segment and byte. */
struct text_pane *text_pane_new(struct reader_state *r);
void text_pane_free(struct text_pane *p);

/* The position of a row: `lead` rows of heading and blank before the byte of a segment;
 * SEGMENT_NONE if there is nothing to read. */
struct text_place {
    uint32_t segment;
    uint32_t byte;
    int lead;
};
struct text_place text_pane_place(const struct text_pane *p);

/* The size of the pane; the words at its top stay. `measure`: largest width of the words in
 * columns, 0 for the pane's width. */
void text_pane_resize(struct text_pane *p, int rows, int columns, int measure);
int text_pane_rows(const struct text_pane *p);
int text_pane_reading_row(const struct text_pane *p);

/* Scroll the page by rows; at the ends of the record the reading row moves within the page. */
void text_pane_scroll(struct text_pane *p, int rows);
void text_pane_top(struct text_pane *p);
void text_pane_bottom(struct text_pane *p);

/* Scroll so that the reading row is at this row of the page, as far as the ends of the record
 * allow. */
void text_pane_put_reader(struct text_pane *p, int row);

/* Show a byte of a segment: at the top or, with `context`, below a few rows of the preceding
 * text. */
void text_pane_go_to(struct text_pane *p, uint32_t segment, uint32_t byte, bool context);

/* Show a hit; the page does not move if the hit is already on it. */
void text_pane_show_hit(struct text_pane *p, const struct hit *hit);

/* Show a place; the page does not move if the place is already on it. */
void text_pane_show(struct text_pane *p, uint32_t segment, uint32_t byte);

/* The words of the row that shows a byte of a segment, as bytes of the arena: [*from, *to).
 * False if the row has none. */
bool text_pane_line(struct text_pane *p, uint32_t segment, uint32_t byte, uint64_t *from,
                    uint64_t *to);

/* Whether a byte of a segment is on the page. */
bool text_pane_shows(struct text_pane *p, uint32_t segment, uint32_t byte);

/* The selection has changed, or the record has grown: find the position again. */
void text_pane_refresh(struct text_pane *p);

/* The segment of a row of the pane, for a click; SEGMENT_NONE below the end. */
uint32_t text_pane_segment_at(struct text_pane *p, int row);

void text_pane_draw(struct text_pane *p, struct grid *g, const struct area *a, bool active);

#endif
