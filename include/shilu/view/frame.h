/* Frame: what surrounds the panes: title bar, status line, headings and rules. */
#ifndef SHILU_VIEW_FRAME_H
#define SHILU_VIEW_FRAME_H

#include "shilu/view/layout.h"
#include "shilu/view/reader_state.h"

/* A hint in the status line: a key and what it does. */
struct frame_hint {
    const char *key;
    const char *what;
};

struct frame_status {
    const char *message; /* replaces the position, unless NULL */
    bool error;
    const char *follow;       /* "following", "no speakers found", or empty */
    const char *search;       /* the query, or NULL */
    const char *search_count; /* "3 of 15"; not NULL if `search` is not */
    const struct frame_hint
        *hints; /* ended by a NULL key; the last ones are dropped if there is no room */
    enum pane pane;
    bool single; /* only this pane is shown, so its name is shown too */
};

/* `name`: the path, for a record without a title. `percent`: of loading, -1 if unknown, 100
 * when done. `problems`: number of warnings and errors. */
void frame_draw_title(struct grid *g, const struct area *a, const struct reader_state *r,
                      const char *name, int percent, size_t problems);
void frame_draw_status(struct grid *g, const struct area *a, const struct reader_state *r,
                       const struct frame_status *status);
void frame_draw_headings(struct grid *g, const struct layout *l, const struct reader_state *r,
                         enum pane active);

#endif
