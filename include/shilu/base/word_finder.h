/* Word finder: whether a text holds one of many words, in one pass. A filter of the bytes with
 * which the words begin, made from the words, rules out nearly every place of a text.
 *
 * Words have WORD_FINDER_FRONT bytes or more each; the list ends with NULL and outlives the
 * finder, which is zero-initialised and built once (pthread_once); then any thread may ask. */
#ifndef SHILU_BASE_WORD_FINDER_H
#define SHILU_BASE_WORD_FINDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "shilu/base/span.h"

enum { WORD_FINDER_FRONT = 6, WORD_FINDER_BITS = 1 << 14 };

struct word_finder {
    const char *const *words;
    uint64_t fronts[WORD_FINDER_BITS / 64]; /* a bit for each hash of a word's front */
};

static inline size_t word_finder_hash(const char *s)
{
    uint64_t front = 0;

    memcpy(&front, s, WORD_FINDER_FRONT);
    return (size_t)(front * UINT64_C(0x9E3779B97F4A7C15) >> 50);
}

static inline void word_finder_build(struct word_finder *finder, const char *const *words)
{
    finder->words = words;
    for (; *words != NULL; words++) {
        size_t bit = word_finder_hash(*words);

        finder->fronts[bit / 64] |= UINT64_C(1) << bit % 64;
    }
}

static inline bool word_finder_is_in(const struct word_finder *finder, struct span text)
{
    for (; text.length >= WORD_FINDER_FRONT; text = span_skip(text, 1)) {
        size_t bit = word_finder_hash(text.data);

        if ((finder->fronts[bit / 64] >> bit % 64 & 1) != 0 &&
            span_starts_with_any(text, finder->words))
            return true;
    }
    return false;
}

#endif
