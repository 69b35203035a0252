/* Grid. Invariant: a cell of two columns is followed by one of zero columns in the same row;
 * writing over either half blanks the other. */
#include "shilu/view/grid.h"

#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"

static const struct cell blank_cell = {.columns = 1};

void grid_release(struct grid *g)
{
    free(g->cells);
    *g = (struct grid){0};
}

void grid_clear(struct grid *g)
{
    size_t count = (size_t)g->rows * (size_t)g->columns;
    size_t i;

    for (i = 0; i < count; i++)
        g->cells[i] = blank_cell;
    g->cursor_row = -1;
    g->cursor_column = 0;
    g->cursor_hidden = false;
}

void grid_resize(struct grid *g, int rows, int columns)
{
    g->rows = rows > 0 ? rows : 1;
    g->columns = columns > 0 ? columns : 1;
    g->cells = memory_realloc(g->cells, (size_t)g->rows * (size_t)g->columns, sizeof *g->cells);
    grid_clear(g);
}

struct cell *grid_cell(struct grid *g, int row, int column)
{
    return &g->cells[(size_t)row * (size_t)g->columns + (size_t)column];
}

static bool is_inside(const struct grid *g, const struct area *a, int row, int column)
{
    return row >= 0 && row < a->rows && column >= 0 && column < a->columns &&
           a->row + row < g->rows && a->column + column < g->columns && a->row + row >= 0 &&
           a->column + column >= 0;
}

/* Put one cell; a wide cell that it cuts becomes blank. */
static void put_cell(struct grid *g, int row, int column, const struct cell *cell)
{
    struct cell *at = grid_cell(g, row, column);

    if (at->columns == 0 && column > 0)
        *grid_cell(g, row, column - 1) = blank_cell;
    if (at->columns == 2 && column + 1 < g->columns)
        *grid_cell(g, row, column + 1) = blank_cell;
    *at = *cell;
}

static void put_blank(struct grid *g, const struct area *a, int row, int column,
                      struct style style)
{
    struct cell cell = blank_cell;

    cell.style = style;
    if (is_inside(g, a, row, column))
        put_cell(g, a->row + row, a->column + column, &cell);
}

/* A tab, or the ASCII mark of a control such as "^[": one cell per byte. */
static bool is_spelled_out(const struct glyph *glyph)
{
    return glyph->columns > 2 || (glyph->columns == 2 && (unsigned char)glyph->text[0] < 0x80);
}

static void put_long(struct grid *g, const struct area *a, int row, int column,
                     const struct glyph *glyph, struct style style)
{
    int i;

    for (i = 0; i < glyph->columns; i++) {
        struct cell cell = blank_cell;

        cell.style = style;
        if (i < glyph->bytes) {
            cell.bytes = 1;
            cell.text[0] = glyph->text[i];
        }
        if (is_inside(g, a, row, column + i))
            put_cell(g, a->row + row, a->column + column + i, &cell);
    }
}

int grid_glyph(struct grid *g, const struct area *a, int row, int column,
               const struct glyph *glyph, struct style style)
{
    struct cell cell = blank_cell;

    if (glyph->columns == 0 || (glyph->flags & (GLYPH_BREAK | GLYPH_HIDDEN)) != 0)
        return column;
    if (glyph->flags & GLYPH_MARK)
        style.role = ROLE_MARK;
    if (is_spelled_out(glyph)) {
        put_long(g, a, row, column, glyph, style);
        return column + glyph->columns;
    }
    if (glyph->columns == 2 && column + 1 >= a->columns) {
        put_blank(g, a, row, column, style);
        return column + 1;
    }
    if (is_inside(g, a, row, column)) {
        cell.bytes = glyph->bytes;
        memcpy(cell.text, glyph->text, glyph->bytes);
        cell.columns = glyph->columns;
        cell.style = style;
        if (glyph->columns == 2 && !is_inside(g, a, row, column + 1))
            return column + 2;
        put_cell(g, a->row + row, a->column + column, &cell);
        if (glyph->columns == 2) {
            struct cell half = {.columns = 0, .style = style};
            struct cell *second = grid_cell(g, a->row + row, a->column + column + 1);

            if (second->columns == 2 && a->column + column + 2 < g->columns)
                *grid_cell(g, a->row + row, a->column + column + 2) = blank_cell;
            *second = half;
        }
    }
    return column + glyph->columns;
}

void grid_fill(struct grid *g, const struct area *a, int row, int column, int columns,
               const char *glyph, struct style style)
{
    struct cell cell = blank_cell;
    size_t bytes = strlen(glyph);
    int i;

    cell.style = style;
    if (bytes <= sizeof cell.text && strcmp(glyph, " ") != 0) {
        cell.bytes = (uint8_t)bytes;
        memcpy(cell.text, glyph, bytes);
    }
    for (i = column; i < column + columns; i++) {
        if (is_inside(g, a, row, i))
            put_cell(g, a->row + row, a->column + i, &cell);
    }
}

void grid_over(struct grid *g, const struct area *a, int row, uint8_t over)
{
    int i;

    for (i = 0; i < a->columns; i++) {
        if (is_inside(g, a, row, i))
            grid_cell(g, a->row + row, a->column + i)->style.over |= over;
    }
}

void grid_cursor(struct grid *g, const struct area *a, int row, int column)
{
    g->cursor_row = a->row + row;
    g->cursor_column = a->column + column;
}

static void dump_row(const struct cell *row, int columns, struct buffer *out)
{
    size_t end = out->bytes;
    int i;

    for (i = 0; i < columns; i++) {
        if (row[i].columns == 0)
            continue;
        if (row[i].bytes == 0) {
            buffer_append_char(out, ' ');
            continue;
        }
        buffer_append(out, row[i].text, row[i].bytes);
        end = out->bytes;
    }
    out->bytes = end;
    buffer_append_char(out, '\n');
}

/* Roles as letters, an accent as a digit, and upper case for overlays. */
static void dump_styles(const struct cell *row, int columns, struct buffer *out)
{
    int i;

    for (i = 0; i < columns; i++) {
        char letter = (char)('a' + row[i].style.role);

        if (row[i].style.over != 0)
            letter = (char)(letter - 'a' + 'A');
        buffer_append_char(out, row[i].bytes == 0 && row[i].style.over == 0 ? '.' : letter);
    }
    while (out->bytes > 0 && out->data[out->bytes - 1] == '.')
        out->data[--out->bytes] = '\0';
    buffer_append_char(out, '\n');
}

void grid_dump(const struct grid *g, bool styles, struct buffer *out)
{
    int row;

    for (row = 0; row < g->rows; row++)
        dump_row(&g->cells[(size_t)row * (size_t)g->columns], g->columns, out);
    if (!styles)
        return;
    buffer_append_string(out, "-- styles\n");
    for (row = 0; row < g->rows; row++)
        dump_styles(&g->cells[(size_t)row * (size_t)g->columns], g->columns, out);
}
