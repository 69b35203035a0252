/* State: where the reader stopped in each record, in $XDG_STATE_HOME/shilu/places.json. A
 * record is known by its path and its first bytes, so that a record that has grown is still
 * the same and another one under the old name is not. */
#ifndef SHILU_APP_STATE_FILE_H
#define SHILU_APP_STATE_FILE_H

#include <stdint.h>

#include "shilu/base/error.h"

/* The oldest places are forgotten beyond these. */
enum { STATE_PLACES_MAX = 500 };

/* The segment at which the record at `path` was left; false where that is not known. */
bool state_file_find(const char *path, uint32_t *segment);

/* The file of names for its speakers, owned by the caller; NULL where there is none. */
char *state_file_find_speakers(const char *path);
/* NULL forgets it. */
bool state_file_save_speakers(const char *path, const char *file, struct error *err);

/* Written whole or not at all. */
bool state_file_save(const char *path, uint32_t segment, struct error *err);

#endif
