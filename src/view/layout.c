/* Layout: only arithmetic. */
#include "shilu/view/layout.h"

#include <string.h>

#include "shilu/base/translate.h"

enum {
    FOUR_FROM_COLUMNS = LAYOUT_OUTLINE_COLUMNS,
    FOUR_FROM_ROWS = LAYOUT_OUTLINE_ROWS,
    THREE_FROM_COLUMNS = 120,
    TWO_FROM_COLUMNS = 60
};

const char *layout_pane_name(enum pane pane)
{
    static const char *const names[] = {N_("Speakers"), N_("Timeline"), N_("Text"),
                                        N_("Outline")};

    return names[pane];
}

static int clamp(int value, int least, int most)
{
    return value < least ? least : value > most ? most : value;
}

static struct area area(int row, int column, int rows, int columns)
{
    return (struct area){row, column, rows, columns};
}

/* A pane with its heading in the first row of the area. */
static void place(struct layout *l, enum pane pane, struct area capacity)
{
    l->shown[pane] = true;
    l->heading[pane] = area(capacity.row, capacity.column, 1, capacity.columns);
    l->pane[pane] = area(capacity.row + 1, capacity.column, capacity.rows - 1,
                         capacity.columns);
}

static bool is_empty(unsigned empty, enum pane pane)
{
    return (empty >> pane & 1) != 0;
}

/* The outline gets the lower half of the last column before the text, or a column of its
 * own. */
static void place_columns(struct layout *l, int rows, int columns, unsigned empty)
{
    static const enum pane sides[] = {PANE_SPEAKERS, PANE_TIMELINE};
    const int widths[] = {clamp(columns * 24 / 100, 28, 44), clamp(columns * 20 / 100, 24, 48)};
    bool outline = layout_has_outline(rows, columns) && !is_empty(empty, PANE_OUTLINE);
    struct area b = l->body;
    int column = 0;

    for (int i = 0; i < 2; i++) {
        bool last = i == 1 || is_empty(empty, sides[1]);
        bool alone = is_empty(empty, sides[i]);
        int lower = outline && last ? (alone ? b.rows : b.rows / 2) : 0;

        if (alone && (lower == 0 || column > 0))
            continue;
        if (!alone)
            place(l, sides[i], area(b.row, column, b.rows - lower, widths[i]));
        if (lower > 0)
            place(l, PANE_OUTLINE, area(b.row + b.rows - lower, column, lower, widths[i]));
        outline = outline && lower == 0;
        l->rules[i] = column + widths[i];
        column += widths[i] + 1;
    }
    place(l, PANE_TEXT, area(b.row, column, b.rows, columns - column));
}

static void place_stacked(struct layout *l, int columns, unsigned empty)
{
    int left = clamp(columns * 30 / 100, 20, 32);
    struct area b = l->body;
    int upper = is_empty(empty, PANE_SPEAKERS)   ? 0
                : is_empty(empty, PANE_TIMELINE) ? b.rows
                                                 : b.rows / 2;

    if (upper > 0)
        place(l, PANE_SPEAKERS, area(b.row, 0, upper, left));
    if (upper < b.rows)
        place(l, PANE_TIMELINE, area(b.row + upper, 0, b.rows - upper, left));
    place(l, PANE_TEXT, area(b.row, left + 1, b.rows, columns - left - 1));
    l->rules[0] = left;
}

bool layout_has_outline(int rows, int columns)
{
    return columns >= FOUR_FROM_COLUMNS && rows >= FOUR_FROM_ROWS;
}

void layout_make(struct layout *l, int rows, int columns, enum pane single, bool zoomed,
                 unsigned empty)
{
    unsigned sides = 1u << PANE_SPEAKERS | 1u << PANE_TIMELINE;

    if (layout_has_outline(rows, columns))
        sides |= 1u << PANE_OUTLINE;

    memset(l, 0, sizeof *l);
    l->rules[0] = l->rules[1] = -1;
    if (rows < LAYOUT_LEAST_ROWS || columns < LAYOUT_LEAST_COLUMNS) {
        l->form = LAYOUT_TOO_SMALL;
        return;
    }
    l->title = area(0, 0, 1, columns);
    l->body = area(1, 0, rows - 2, columns);
    l->status = area(rows - 1, 0, 1, columns);
    if (zoomed || columns < TWO_FROM_COLUMNS || rows < 8 || (empty & sides) == sides) {
        l->form = LAYOUT_SINGLE;
        l->shown[single] = true;
        l->pane[single] = l->body;
    } else if (columns >= THREE_FROM_COLUMNS) {
        l->form = LAYOUT_COLUMNS;
        place_columns(l, rows, columns, empty);
    } else {
        l->form = LAYOUT_STACKED;
        place_stacked(l, columns, empty);
    }
}
