/* Layout: arithmetic alone. */
#include "shilu/view/layout.h"

#include <string.h>

enum { THREE_FROM_COLUMNS = 120, TWO_FROM_COLUMNS = 60 };

const char *layout_pane_name(enum pane pane)
{
    static const char *const names[] = {"Speakers", "Timeline", "Text"};

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

/* A pane with its heading in the first row of the room. */
static void place(struct layout *l, enum pane pane, struct area capacity)
{
    l->shown[pane] = true;
    l->heading[pane] = area(capacity.row, capacity.column, 1, capacity.columns);
    l->pane[pane] = area(capacity.row + 1, capacity.column, capacity.rows - 1,
                         capacity.columns);
}

static void place_columns(struct layout *l, int columns)
{
    int speakers = clamp(columns * 24 / 100, 28, 44);
    int timeline = clamp(columns * 20 / 100, 24, 48);
    int text = columns - speakers - timeline - 2;
    struct area b = l->body;

    place(l, PANE_SPEAKERS, area(b.row, 0, b.rows, speakers));
    place(l, PANE_TIMELINE, area(b.row, speakers + 1, b.rows, timeline));
    place(l, PANE_TEXT, area(b.row, speakers + timeline + 2, b.rows, text));
    l->rules[0] = speakers;
    l->rules[1] = speakers + timeline + 1;
}

static void place_stacked(struct layout *l, int columns)
{
    int left = clamp(columns * 30 / 100, 20, 32);
    struct area b = l->body;
    int upper = b.rows / 2;

    place(l, PANE_SPEAKERS, area(b.row, 0, upper, left));
    place(l, PANE_TIMELINE, area(b.row + upper, 0, b.rows - upper, left));
    place(l, PANE_TEXT, area(b.row, left + 1, b.rows, columns - left - 1));
    l->rules[0] = left;
}

void layout_make(struct layout *l, int rows, int columns, enum pane single, bool zoomed)
{
    memset(l, 0, sizeof *l);
    l->rules[0] = l->rules[1] = -1;
    if (rows < LAYOUT_LEAST_ROWS || columns < LAYOUT_LEAST_COLUMNS) {
        l->form = LAYOUT_TOO_SMALL;
        return;
    }
    l->title = area(0, 0, 1, columns);
    l->body = area(1, 0, rows - 2, columns);
    l->status = area(rows - 1, 0, 1, columns);
    if (zoomed || columns < TWO_FROM_COLUMNS || rows < 8) {
        l->form = LAYOUT_SINGLE;
        l->shown[single] = true;
        l->pane[single] = l->body;
    } else if (columns >= THREE_FROM_COLUMNS) {
        l->form = LAYOUT_COLUMNS;
        place_columns(l, columns);
    } else {
        l->form = LAYOUT_STACKED;
        place_stacked(l, columns);
    }
}
