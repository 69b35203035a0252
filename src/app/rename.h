/* Rename: gives a speaker of one record another name, which is remembered. */
#ifndef SHILU_APP_RENAME_H
#define SHILU_APP_RENAME_H

#include "shilu/cli/options.h"

/* Add to the map of the record at `path` that the speaker shown as `from` is `to`. The existing
 * map is copied and kept. It applies the next time the record is read. */
bool rename_speaker(const char *path, const struct options *o, const char *from, const char *to,
                    struct error *err);

/* Restore the map from before the last renaming, in this session or an earlier one; false if
 * there was none. */
bool rename_back(const char *path, struct error *err);

#endif
