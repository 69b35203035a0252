/* Rename: a speaker of one record gets another name, which is remembered. */
#ifndef SHILU_APP_RENAME_H
#define SHILU_APP_RENAME_H

#include "shilu/cli/options.h"

/* Add to the map of the record at `path` that the speaker shown as `from` is `to`. The current
 * map is taken over and kept. It applies from the next reading of the record on. */
bool rename_speaker(const char *path, const struct options *o, const char *from, const char *to,
                    struct error *err);

/* The map as it was before the last renaming, in this session or an earlier one; false if there
 * was none. */
bool rename_back(const char *path, struct error *err);

#endif
