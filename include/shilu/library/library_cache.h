/* Library cache: what is known of files, in $XDG_CACHE_HOME/shilu/library. An answer is given
 * only for a file that has the stamp it was read with. A cache that is damaged, or of another
 * version of the program, is as good as none. */
#ifndef SHILU_LIBRARY_LIBRARY_CACHE_H
#define SHILU_LIBRARY_LIBRARY_CACHE_H

#include "shilu/library/library.h"

/* The files that were not asked for longest are forgotten beyond these. */
enum { LIBRARY_CACHE_FILES_MAX = 50000, LIBRARY_CACHE_BYTES_MAX = 16 << 20 };

struct library_cache;

struct library_cache *library_cache_read(void);
void library_cache_free(struct library_cache *c);

/* The facts about the file at `path`, copied for the caller; false where they are not known. */
bool library_cache_find(struct library_cache *c, const char *path,
                        const struct library_stamp *stamp, struct library_facts *facts);

/* Replace the cache by these entries, and as much of what it held as there is room for. */
bool library_cache_save(struct library_cache *c, const struct library_entry *entries,
                        size_t count, struct error *err);

/* The stamp of a file; false where there is none, errno saying why. `settled`: its last change
 * is so long past that another one would show in the stamp. */
bool library_stamp_of(const char *path, struct library_stamp *stamp, bool *settled);
bool library_stamp_is(const struct library_stamp *a, const struct library_stamp *b);

#endif
