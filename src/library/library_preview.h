/* Library preview: the beginning of the chosen transcript, or the words around the chosen hit,
 * beside the list in a wide window. It is read between keys, only as far as it is shown. */
#ifndef SHILU_LIBRARY_LIBRARY_PREVIEW_H
#define SHILU_LIBRARY_LIBRARY_PREVIEW_H

#include "shilu/cli/options.h"
#include "shilu/model/search.h"
#include "shilu/view/grid.h"

struct library_preview;

struct library_preview *library_preview_new(const struct options *options,
                                            const struct width *width);
void library_preview_free(struct library_preview *p);

/* What to show: a file (NULL for nothing), at a hit of `query` or, for NULL, from its
 * beginning. The strings are borrowed until the next call; `version` changes when the file has
 * changed. */
void library_preview_choose(struct library_preview *p, const char *path, uint64_t version,
                            const char *query, const struct hit *hit);
/* Continue reading for about `budget_ms`; true while there is more to read for the part that is
 * shown. */
bool library_preview_step(struct library_preview *p, int64_t budget_ms);
/* It needs to be redrawn. */
bool library_preview_is_stale(const struct library_preview *p);
/* `shapes`: the theme has shapes before the speakers' names. */
void library_preview_draw(struct library_preview *p, struct grid *g, const struct area *a,
                          bool shapes);

#endif
