/* Rename: a speaker of one record gets another name, which is remembered. */
#ifndef SHILU_APP_RENAME_H
#define SHILU_APP_RENAME_H

#include "shilu/cli/options.h"

/* Add to the map of the record at `path` that the speaker shown as `from` is `to`. The map that
 * it has so far is taken over, and *before gets it, to be freed. It holds from the next reading
 * of the record on. */
bool rename_speaker(const char *path, const struct options *o, const char *from, const char *to,
                    char **before, struct error *err);
/* The map as it was before. */
bool rename_restore(const char *path, const char *before, struct error *err);

#endif
