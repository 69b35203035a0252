/* Library preview: the beginning of the chosen transcript, or the words around the chosen hit,
 * beside the list in a wide window. It is read between keys, no further than it is shown. */
#ifndef SHILU_LIBRARY_LIBRARY_PREVIEW_H
#define SHILU_LIBRARY_LIBRARY_PREVIEW_H

#include "shilu/cli/options.h"
#include "shilu/model/search.h"
#include "shilu/view/grid.h"

struct library_preview;

struct library_preview *library_preview_new(const struct options *options,
                                            const struct width *width);
void library_preview_free(struct library_preview *p);

/* What to show: a file, NULL: nothing; at a hit of `query`, or NULL: its beginning. The strings
 * are borrowed until the next call; `version` changes when the file has changed. */
void library_preview_choose(struct library_preview *p, const char *path, uint64_t version,
                            const char *query, const struct hit *hit);
/* Read on for about `budget_ms`; true while there is more to read for what is shown. */
bool library_preview_step(struct library_preview *p, int64_t budget_ms);
/* It is to be drawn again. */
bool library_preview_is_stale(const struct library_preview *p);
/* `shapes`: the theme wants them before the speakers' names. */
void library_preview_draw(struct library_preview *p, struct grid *g, const struct area *a,
                          bool shapes);

#endif
