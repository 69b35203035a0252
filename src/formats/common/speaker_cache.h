/* Speaker cache: the number of a speaker by the label as the file spells it, so that a label is
 * not cleaned and looked up again for every segment. */
#ifndef SHILU_FORMATS_COMMON_SPEAKER_CACHE_H
#define SHILU_FORMATS_COMMON_SPEAKER_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct speaker_cache_slot;

/* Zero-initialised is empty. */
struct speaker_cache {
    struct speaker_cache_slot *slots; /* owned, capacity; a power of two */
    size_t capacity;
    size_t count; /* number of slots taken */
};

void speaker_cache_release(struct speaker_cache *c);
bool speaker_cache_find(const struct speaker_cache *c, const char *label, size_t bytes,
                        uint32_t *speaker);
void speaker_cache_put(struct speaker_cache *c, const char *label, size_t bytes,
                       uint32_t speaker);

#endif
