/* Positions in arrays that are sorted by one member, by binary search.
 *
 * Each function returns how many items are below a value, or at or below it: the index of the
 * first item that is not. `items` may be NULL if `count` is 0. */
#ifndef SHILU_BASE_SORTED_H
#define SHILU_BASE_SORTED_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The items are `step` bytes apart, and the member is `offset` bytes from an item's start. */
static inline size_t sorted_below_u32(const void *items, size_t count, size_t step,
                                      size_t offset, uint32_t value)
{
    size_t low = 0;
    size_t high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        uint32_t key;

        memcpy(&key, (const char *)items + middle * step + offset, sizeof key);
        if (key < value)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static inline size_t sorted_below_i64(const void *items, size_t count, size_t step,
                                      size_t offset, int64_t value)
{
    size_t low = 0;
    size_t high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int64_t key;

        memcpy(&key, (const char *)items + middle * step + offset, sizeof key);
        if (key < value)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* For an array of `type`, by its `member` of type uint32_t or int64_t. */
#define SORTED_BELOW_U32(type, member, items, count, value) \
    sorted_below_u32((items), (count), sizeof(type), offsetof(type, member), (value))
#define SORTED_BELOW_I64(type, member, items, count, value) \
    sorted_below_i64((items), (count), sizeof(type), offsetof(type, member), (value))

/* The same, counting items equal to the value too. */
#define SORTED_UP_TO_U32(type, member, items, count, value) \
    ((value) == UINT32_MAX ? (count)                        \
                           : SORTED_BELOW_U32(type, member, items, count, (value) + 1))
#define SORTED_UP_TO_I64(type, member, items, count, value) \
    ((value) == INT64_MAX ? (count) : SORTED_BELOW_I64(type, member, items, count, (value) + 1))

#endif
