/* Places: for each record, where the user stopped reading, which file renames its speakers, and
 * which layout reads it, in $XDG_STATE_HOME/shilu/places.json. A record is identified by its
 * path, its bytes and its words (record_id). */
#ifndef SHILU_STORE_PLACES_H
#define SHILU_STORE_PLACES_H

#include <stdint.h>

#include "shilu/base/error.h"
#include "shilu/store/record_id.h"

/* Beyond this number the oldest places are dropped, except those with a file of names or a
 * layout. */
enum { STATE_PLACES_MAX = 500 };

/* Where the user left the record; false if unknown. A record identified by its words alone may
 * have had another path: *was is then that path, owned by the caller, else NULL. */
bool places_find(const struct record_id *id, struct record_anchor *place, char **was);

/* Written whole or not at all. */
bool places_save(const struct record_id *id, const struct record_anchor *place,
                 struct error *err);

/* Which records have a file of names for their speakers, or a layout of their own: read once
 * for all records of a command. NULL if none has. */
struct state_speakers;
struct state_speakers *state_speakers_read(void);
void state_speakers_free(struct state_speakers *s);
/* The file for the record at `path`, owned by the caller; or NULL. */
char *state_speakers_find(const struct state_speakers *s, const char *path);

/* The layout for reading the record at `path`, owned by the caller; or NULL. */
char *state_layout_find(const struct state_speakers *s, const char *path);

/* NULL drops it. */
bool places_save_speakers(const char *path, const char *file, struct error *err);
bool places_save_layout(const char *path, const char *layout, struct error *err);

#endif
