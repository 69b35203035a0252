/* Snippet: words with a hit in them, in one row. */
#ifndef SHILU_VIEW_SNIPPET_H
#define SHILU_VIEW_SNIPPET_H

#include "shilu/view/grid.h"

/* Draw from `column` on; what precedes the hit is shortened so that the hit is visible. Returns
 * the column after it. */
int snippet_draw(struct grid *g, const struct area *a, int row, int column,
                 const struct width *w, const char *text, size_t bytes, size_t start,
                 size_t end);

#endif
