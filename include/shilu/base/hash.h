/* Hashes of two kinds: a seeded one for tables in memory, so that a crafted file cannot put
 * everything into one bucket, and a fixed one for anything written to disk or required to be
 * the same in every run. Include this instead of <uthash.h>: tables then use the seeded hash,
 * and run out of memory in the same way as everything else (base/memory). */
#ifndef SHILU_BASE_HASH_H
#define SHILU_BASE_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shilu/base/memory.h"

/* SipHash-1-3 (Aumasson, Bernstein) with a key per process. Thread-safe. */
uint64_t hash_seeded(const void *bytes, size_t count);

/* The same with the caller's key; for tests against the published vectors. */
uint64_t hash_sip13(const void *bytes, size_t count, uint64_t key0, uint64_t key1);

/* FNV-1a, 64 bits. */
#define HASH_FNV_START UINT64_C(14695981039346656037)
uint64_t hash_fnv1a(const void *bytes, size_t count);
/* Continue from the result of an earlier call. */
uint64_t hash_fnv1a_from(uint64_t hash, const void *bytes, size_t count);

/* A set of hashes; all zero is empty. 0 is not a valid hash. */
struct hash_set {
    uint64_t *slots; /* owned; 0: free */
    size_t count;
    size_t capacity; /* a power of two, or 0 */
};

/* False if it is already there. */
bool hash_set_add(struct hash_set *set, uint64_t hash);
/* Empty the set, and keep its memory. */
void hash_set_clear(struct hash_set *set);
void hash_set_release(struct hash_set *set);

#define HASH_FUNCTION(keyptr, keylen, hashv) \
    ((hashv) = (unsigned)hash_seeded((keyptr), (size_t)(keylen)))
#define uthash_malloc(bytes) memory_alloc(bytes)
#include <uthash.h>

#endif
