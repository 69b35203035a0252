/* Grid: the screen as cells with a meaning. view draws it, term shows it, tests print it. */
#ifndef SHILU_VIEW_GRID_H
#define SHILU_VIEW_GRID_H

#include <stdbool.h>
#include <stddef.h>

#include "shilu/base/buffer.h"
#include "shilu/text/display.h"
#include "shilu/view/style.h"

struct cell {
    char text[GLYPH_BYTES]; /* UTF-8, not terminated; 0 bytes for a blank */
    uint8_t bytes;
    uint8_t columns; /* 1 or 2; 0: the right half of the wide cell before it */
    struct style style;
};

struct grid {
    int rows;
    int columns;
    struct cell *cells; /* owned, rows * columns */
    int cursor_row;     /* position of the terminal's cursor; -1 for none */
    int cursor_column;
    bool cursor_hidden; /* hidden there, but screen readers can follow it */
};

void grid_release(struct grid *g);
void grid_resize(struct grid *g, int rows, int columns); /* and clear */
void grid_clear(struct grid *g);

struct cell *grid_cell(struct grid *g, int row, int column);

/* A rectangle that drawing is clipped to. */
struct area {
    int row, column, rows, columns;
};

/* Returns the column after it. Nothing is drawn across the right edge: a wide glyph becomes a
 * blank there. Text is written with a pen (view/pen). */
int grid_glyph(struct grid *g, const struct area *a, int row, int column,
               const struct glyph *glyph, struct style style);
void grid_fill(struct grid *g, const struct area *a, int row, int column, int columns,
               const char *glyph, struct style style);
/* Apply `over` (enum style_over) to every cell of a row of the area. */
void grid_over(struct grid *g, const struct area *a, int row, uint8_t over);
/* Put the terminal's cursor there, for screen readers and magnifiers that follow it. */
void grid_cursor(struct grid *g, const struct area *a, int row, int column);

/* The grid as text, one line per row, without trailing blanks, for golden tests. With `styles`,
 * a second block follows with a letter for each cell's style. */
void grid_dump(const struct grid *g, bool styles, struct buffer *out);

#endif
