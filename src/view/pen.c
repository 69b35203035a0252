/* Pen. Invariant: `edge` is at most the width of the area. */
#include "shilu/view/pen.h"

#include <string.h>

struct pen pen_at(struct grid *g, const struct width *w, const struct area *a, int row,
                  int column)
{
    return (struct pen){g, w, *a, row, column, a->columns};
}

void pen_move(struct pen *p, int row, int column)
{
    p->row = row;
    p->column = column;
    p->edge = p->area.columns;
}

void pen_until(struct pen *p, int column)
{
    p->edge = column < p->area.columns ? column : p->area.columns;
}

/* The area up to the edge. */
static struct area clip_of(const struct pen *p)
{
    return (struct area){p->area.row, p->area.column, p->area.rows, p->edge};
}

void pen_glyph(struct pen *p, const struct glyph *glyph, struct style style)
{
    const struct area clip = clip_of(p);

    p->column = grid_glyph(p->grid, &clip, p->row, p->column, glyph, style);
}

void pen_part(struct pen *p, struct span text, struct style style)
{
    const struct area clip = clip_of(p);
    struct display d = {0};

    if (p->column >= p->edge)
        return;
    display_make(&d, p->width, text.data, text.length);
    for (size_t i = 0; i < d.count && p->column < p->edge; i++)
        p->column = grid_glyph(p->grid, &clip, p->row, p->column, &d.glyphs[i], style);
    display_release(&d);
}

/* Whether every byte is one column. */
static bool is_plain(struct span text)
{
    size_t i = 0;

    while (i < text.length && text.data[i] >= ' ' && text.data[i] <= '~')
        i++;
    return i == text.length;
}

void pen_styled(struct pen *p, struct span text, struct style style)
{
    struct buffer fitted = {0};

    if (p->column >= p->edge)
        return;
    if (text.length <= (size_t)(p->edge - p->column) && is_plain(text)) {
        pen_part(p, text, style);
        return;
    }
    display_fit(&fitted, p->width, text.data, text.length, p->edge - p->column);
    pen_part(p, buffer_span(&fitted), style);
    buffer_release(&fitted);
}

void pen_text(struct pen *p, struct span text, enum style_role role)
{
    pen_styled(p, text, (struct style){.role = (uint8_t)role});
}

void pen_string(struct pen *p, const char *text, enum style_role role)
{
    pen_text(p, span_string(text), role);
}

void pen_fill(struct pen *p, int columns, const char *glyph, struct style style)
{
    const struct area clip = clip_of(p);

    grid_fill(p->grid, &clip, p->row, p->column, columns, glyph, style);
    p->column += columns;
}

void pen_rule(const struct pen *p, int rows)
{
    for (int row = p->row; row < p->row + rows; row++)
        grid_fill(p->grid, &p->area, row, p->column, 1,
                  width_ambiguous_is_wide(p->width) ? "|" : "│",
                  (struct style){.role = ROLE_RULE});
}

struct pen pen_cell(struct pen *p, int columns)
{
    struct pen cell = *p;

    if (p->column + columns < p->edge)
        cell.edge = p->column + columns;
    p->column = cell.edge + 1;
    return cell;
}

void pen_padded(struct pen *p, int columns, struct span text, enum style_role role)
{
    struct pen cell = pen_cell(p, columns);

    pen_text(&cell, text, role);
}

void pen_right(struct pen *p, const char *text, enum style_role role)
{
    int start = p->edge - 1 - display_columns(p->width, text, strlen(text));
    struct pen right = *p;

    right.column = start;
    pen_string(&right, text, role);
    p->edge = start;
}

void pen_clear(struct pen *p, enum style_role role)
{
    grid_fill(p->grid, &p->area, p->row, 0, p->area.columns, " ",
              (struct style){.role = (uint8_t)role});
}

void pen_over(struct pen *p, uint8_t over)
{
    grid_over(p->grid, &p->area, p->row, over);
}

void pen_choose(struct pen *p)
{
    pen_over(p, OVER_CURSOR);
    grid_cursor(p->grid, &p->area, p->row, 0);
}
