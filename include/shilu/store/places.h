/* State: where the reader stopped in each record, in $XDG_STATE_HOME/shilu/places.json. A
 * record is known by its path and its first bytes, so that a record that has grown is still
 * the same and another one under the old name is not. */
#ifndef SHILU_STORE_PLACES_H
#define SHILU_STORE_PLACES_H

#include <stdint.h>

#include "shilu/base/error.h"

/* The oldest places are forgotten beyond these. */
enum { STATE_PLACES_MAX = 500 };

/* The segment at which the record at `path` was left; false where that is not known. */
bool places_find(const char *path, uint32_t *segment);

/* Which records have a file of names for their speakers: read once for all the records of a
 * command. NULL where none has. */
struct state_speakers;
struct state_speakers *state_speakers_read(void);
void state_speakers_free(struct state_speakers *s);
/* The file for the record at `path`, owned by the caller; NULL where there is none. */
char *state_speakers_find(const struct state_speakers *s, const char *path);

/* NULL forgets it. */
bool places_save_speakers(const char *path, const char *file, struct error *err);

/* Written whole or not at all. */
bool places_save(const char *path, uint32_t segment, struct error *err);

#endif
