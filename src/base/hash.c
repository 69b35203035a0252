/* Hashes. The only state is the key of the process, drawn once from the system's random source.
 */
#include "shilu/base/hash.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static uint64_t process_key[2];
static pthread_once_t key_once = PTHREAD_ONCE_INIT;

/* Without /dev/urandom, the clock, the process ID and an address are the best available. */
static void draw_key(void)
{
    int fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
    struct timespec now;

    if (fd >= 0) {
        ssize_t got = read(fd, process_key, sizeof process_key);

        close(fd);
        if (got == (ssize_t)sizeof process_key)
            return;
    }
    clock_gettime(CLOCK_REALTIME, &now);
    process_key[0] = (uint64_t)now.tv_nsec << 32 ^ (uint64_t)now.tv_sec;
    process_key[1] = (uint64_t)getpid() << 32 ^ (uint64_t)(uintptr_t)&now;
}

static uint64_t rotate(uint64_t x, int bits)
{
    return x << bits | x >> (64 - bits);
}

static void sip_round(uint64_t v[4])
{
    v[0] += v[1];
    v[2] += v[3];
    v[1] = rotate(v[1], 13) ^ v[0];
    v[3] = rotate(v[3], 16) ^ v[2];
    v[0] = rotate(v[0], 32);
    v[2] += v[1];
    v[0] += v[3];
    v[1] = rotate(v[1], 17) ^ v[2];
    v[3] = rotate(v[3], 21) ^ v[0];
    v[2] = rotate(v[2], 32);
}

/* Little-endian on every machine. */
static uint64_t load_word(const unsigned char *p, size_t count)
{
    uint64_t word = 0;

    for (size_t i = 0; i < count; i++)
        word |= (uint64_t)p[i] << (8 * i);
    return word;
}

uint64_t hash_sip13(const void *bytes, size_t count, uint64_t key0, uint64_t key1)
{
    const unsigned char *p = bytes;
    uint64_t last = (uint64_t)count << 56;
    uint64_t v[4] = {key0 ^ UINT64_C(0x736f6d6570736575), key1 ^ UINT64_C(0x646f72616e646f6d),
                     key0 ^ UINT64_C(0x6c7967656e657261), key1 ^ UINT64_C(0x7465646279746573)};

    for (; count >= 8; p += 8, count -= 8) {
        uint64_t word = load_word(p, 8);

        v[3] ^= word;
        sip_round(v);
        v[0] ^= word;
    }
    last |= load_word(p, count);
    v[3] ^= last;
    sip_round(v);
    v[0] ^= last;
    v[2] ^= 0xFF;
    for (int i = 0; i < 3; i++)
        sip_round(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

uint64_t hash_seeded(const void *bytes, size_t count)
{
    pthread_once(&key_once, draw_key);
    return hash_sip13(bytes, count, process_key[0], process_key[1]);
}

uint64_t hash_fnv1a_from(uint64_t hash, const void *bytes, size_t count)
{
    const unsigned char *p = bytes;

    for (size_t i = 0; i < count; i++)
        hash = (hash ^ p[i]) * UINT64_C(1099511628211);
    return hash;
}

uint64_t hash_fnv1a(const void *bytes, size_t count)
{
    return hash_fnv1a_from(HASH_FNV_START, bytes, count);
}

/* ------------------------------------------------------------------- a set of hashes */

enum { SET_CAPACITY_MIN = 64 };

static bool put(struct hash_set *set, uint64_t hash)
{
    size_t at = hash & (set->capacity - 1);

    for (; set->slots[at] != 0; at = (at + 1) & (set->capacity - 1)) {
        if (set->slots[at] == hash)
            return false;
    }
    set->slots[at] = hash;
    return true;
}

static void grow(struct hash_set *set)
{
    struct hash_set before = *set;
    size_t i;

    set->capacity = before.capacity > 0 ? before.capacity * 2 : SET_CAPACITY_MIN;
    set->slots = memory_zalloc(set->capacity, sizeof *set->slots);
    for (i = 0; i < before.capacity; i++) {
        if (before.slots[i] != 0)
            put(set, before.slots[i]);
    }
    free(before.slots);
}

bool hash_set_add(struct hash_set *set, uint64_t hash)
{
    if (set->count >= set->capacity / 2)
        grow(set);
    if (!put(set, hash))
        return false;
    set->count++;
    return true;
}

void hash_set_clear(struct hash_set *set)
{
    if (set->count > 0)
        memset(set->slots, 0, set->capacity * sizeof *set->slots);
    set->count = 0;
}

void hash_set_release(struct hash_set *set)
{
    free(set->slots);
    *set = (struct hash_set){.slots = NULL};
}
