/* Positions in arrays that are sorted by one member, by binary search.
 *
 * Each returns how many items are below a value, or at or below it: the index of the first item
 * that is not. The member is a uint32_t or an int64_t (or a uint64_t below 2^63). `items` may
 * be NULL if `count` is 0. */
#ifndef SHILU_BASE_SORTED_H
#define SHILU_BASE_SORTED_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline int64_t sorted_key(const char *at, size_t key_bytes)
{
    uint32_t narrow;
    int64_t wide;

    if (key_bytes == sizeof narrow) {
        memcpy(&narrow, at, sizeof narrow);
        return narrow;
    }
    memcpy(&wide, at, sizeof wide);
    return wide;
}

/* The items are `step` bytes apart; the key has `key_bytes` (4 or 8), `offset` bytes from an
 * item's start. */
static inline size_t sorted_below(const void *items, size_t count, size_t step, size_t offset,
                                  size_t key_bytes, int64_t value)
{
    size_t low = 0;
    size_t high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (sorted_key((const char *)items + middle * step + offset, key_bytes) < value)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static inline size_t sorted_up_to(const void *items, size_t count, size_t step, size_t offset,
                                  size_t key_bytes, int64_t value)
{
    return value == INT64_MAX ? count
                              : sorted_below(items, count, step, offset, key_bytes, value + 1);
}

/* For an array of `type`, by its `member`. */
#define SORTED_BELOW(type, member, items, count, value)                  \
    sorted_below((items), (count), sizeof(type), offsetof(type, member), \
                 sizeof(((type *)NULL)->member), (value))

/* The same, counting items equal to the value too. */
#define SORTED_UP_TO(type, member, items, count, value)                  \
    sorted_up_to((items), (count), sizeof(type), offsetof(type, member), \
                 sizeof(((type *)NULL)->member), (value))

#endif
