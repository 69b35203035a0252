/* Layout: the positions of the panes in a window of a given size. */
#ifndef SHILU_VIEW_LAYOUT_H
#define SHILU_VIEW_LAYOUT_H

#include "shilu/view/grid.h"

/* The outline is a pane only if layout_has_outline. */
enum pane { PANE_SPEAKERS, PANE_TIMELINE, PANE_TEXT, PANE_OUTLINE, PANE_COUNT };

enum layout_form {
    LAYOUT_COLUMNS, /* three side by side, from 120 columns */
    LAYOUT_STACKED, /* speakers above timeline, beside the text, from 60 */
    LAYOUT_SINGLE,  /* one pane at a time, or one zoomed */
    LAYOUT_TOO_SMALL
};

enum { LAYOUT_LEAST_ROWS = 3, LAYOUT_LEAST_COLUMNS = 16 };
enum { LAYOUT_OUTLINE_ROWS = 16, LAYOUT_OUTLINE_COLUMNS = 160 };

/* Whether a window is large enough for an outline beside the other panes. */
bool layout_has_outline(int rows, int columns);

struct layout {
    enum layout_form form;
    struct area title;
    struct area body; /* between the title bar and the status line */
    struct area status;
    bool shown[PANE_COUNT];
    struct area heading[PANE_COUNT]; /* a row above the pane; rows is 0 if there is none */
    struct area pane[PANE_COUNT];
    int rules[2]; /* columns of the vertical rules, or -1 */
};

/* `single`: the pane to show if there is room for only one; `zoomed`: show only that one.
 * `empty`: a bit for each pane without content, whose space goes to the text. */
void layout_make(struct layout *layout, int rows, int columns, enum pane single, bool zoomed,
                 unsigned empty);

const char *layout_pane_name(enum pane pane);

#endif
