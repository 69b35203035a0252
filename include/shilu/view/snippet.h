/* Snippet: words with a hit in them, in one row. */
#ifndef SHILU_VIEW_SNIPPET_H
#define SHILU_VIEW_SNIPPET_H

#include "shilu/view/pen.h"

/* Draw a text with its hit, [start, end); the text before it is shortened to keep it
 * visible. */
void snippet_draw(struct pen *pen, struct span text, size_t start, size_t end);

#endif
