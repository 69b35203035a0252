/* Speaker cache: a table in which a label may be in its slot or in the next one; if both are
 * taken, the last one is replaced. It starts small, since most records have a dozen labels;
 * when it fills up, an empty larger one replaces it. An interned number remains valid for the
 * life of the transcript. */
#include "formats/common/speaker_cache.h"

#include <stdlib.h>
#include <string.h>

#include "shilu/base/hash.h"
#include "shilu/base/memory.h"

enum { SLOTS_FIRST = 64, MAX_SLOTS = 32768, LABEL_BYTES = 60 };

struct speaker_cache_slot {
    uint32_t speaker;
    uint8_t bytes; /* length of the label; 0 if empty */
    char label[LABEL_BYTES - 1];
};

void speaker_cache_release(struct speaker_cache *c)
{
    free(c->slots);
    *c = (struct speaker_cache){0};
}

static size_t place_of(const struct speaker_cache *c, const char *label, size_t bytes)
{
    return hash_seeded(label, bytes) % c->capacity;
}

static bool fits(size_t bytes)
{
    return bytes > 0 && bytes < LABEL_BYTES;
}

static bool holds(const struct speaker_cache_slot *slot, const char *label, size_t bytes)
{
    return slot->bytes == bytes && memcmp(slot->label, label, bytes) == 0;
}

bool speaker_cache_find(const struct speaker_cache *c, const char *label, size_t bytes,
                        uint32_t *speaker)
{
    const struct speaker_cache_slot *slot;
    size_t place;

    if (c->slots == NULL || !fits(bytes))
        return false;
    place = place_of(c, label, bytes);
    slot = &c->slots[place];
    if (!holds(slot, label, bytes))
        slot = &c->slots[place ^ 1];
    if (!holds(slot, label, bytes))
        return false;
    *speaker = slot->speaker;
    return true;
}

static void make_room(struct speaker_cache *c)
{
    size_t capacity = c->capacity > 0 ? c->capacity * 8 : SLOTS_FIRST;

    speaker_cache_release(c);
    c->capacity = capacity < MAX_SLOTS ? capacity : MAX_SLOTS;
    c->slots = memory_zalloc(c->capacity, sizeof *c->slots);
}

void speaker_cache_put(struct speaker_cache *c, const char *label, size_t bytes,
                       uint32_t speaker)
{
    struct speaker_cache_slot *slot;
    size_t place;

    if (!fits(bytes))
        return;
    if (c->slots == NULL || (c->count > c->capacity / 2 && c->capacity < MAX_SLOTS))
        make_room(c);
    place = place_of(c, label, bytes);
    slot = &c->slots[place];
    if (slot->bytes > 0 && c->slots[place ^ 1].bytes == 0)
        slot = &c->slots[place ^ 1];
    c->count += slot->bytes == 0;
    slot->speaker = speaker;
    slot->bytes = (uint8_t)bytes;
    memcpy(slot->label, label, bytes);
}
