/* Pen: writes text into a row of a grid, from left to right. Text may come from the program or
 * from a file; it is made safe for display. */
#ifndef SHILU_VIEW_PEN_H
#define SHILU_VIEW_PEN_H

#include "shilu/base/span.h"
#include "shilu/view/grid.h"

struct pen {
    struct grid *grid;         /* borrowed */
    const struct width *width; /* borrowed */
    struct area area;          /* nothing is drawn outside */
    int row, column;           /* position within the area; may be set */
    int edge;                  /* text ends before this column: the area's edge, or less */
};

struct pen pen_at(struct grid *g, const struct width *w, const struct area *a, int row,
                  int column);
/* Move it, with the area's edge. */
void pen_move(struct pen *p, int row, int column);
/* Text ends before this column, and within the area. */
void pen_until(struct pen *p, int column);

/* Each function leaves the pen after what it wrote. Text that does not fit is cut with an
 * ellipsis; a wide glyph that would cross the edge becomes a blank. */
void pen_text(struct pen *p, struct span text, enum style_role role);
void pen_string(struct pen *p, const char *text, enum style_role role);
void pen_styled(struct pen *p, struct span text, struct style style);
/* Text that continues after this: no ellipsis. */
void pen_part(struct pen *p, struct span text, struct style style);
void pen_glyph(struct pen *p, const struct glyph *glyph, struct style style);
void pen_fill(struct pen *p, int columns, const char *glyph, struct style style);
/* A vertical rule downwards from the pen, in ASCII if the usual character would be wide. */
void pen_rule(const struct pen *p, int rows);

/* Reserve a cell of so many columns: returns a pen for it, and moves this pen past it and a
 * blank. */
struct pen pen_cell(struct pen *p, int columns);
/* Text in such a cell. */
void pen_padded(struct pen *p, int columns, struct span text, enum style_role role);
/* At the right edge, before a blank. The pen does not move, and its edge becomes the start of
 * that text. */
void pen_right(struct pen *p, const char *text, enum style_role role);

/* For the whole row, regardless of the edge: clear it, apply enum style_over to it, or mark it
 * as the chosen row of a list, with the terminal's cursor at its start. */
void pen_clear(struct pen *p, enum style_role role);
void pen_over(struct pen *p, uint8_t over);
void pen_choose(struct pen *p);

#endif
