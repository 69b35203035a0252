/* Fold tables: what one character is compared by, and which characters find each other.
 *
 * A key is a run of code points: the canonical decomposition (UAX #15) with width forms and
 * Kangxi radicals made plain and katakana made hiragana, and without case (Unicode's full
 * case folding) in FOLD_CASELESS. Han variants are not part of a key, since one simplified
 * character may stand for several traditional ones: ask for them by themselves. */
#ifndef SHILU_TEXT_FOLD_TABLE_H
#define SHILU_TEXT_FOLD_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum fold_mode { FOLD_CASED = 1, FOLD_CASELESS = 2 };

enum {
    FOLD_KEY_MAX = 4,       /* keys of one character */
    FOLD_SPELLINGS_MAX = 32 /* spellings of one run of keys, or variants of one character */
};

/* The keys of a character; returns their number, 1 to FOLD_KEY_MAX. Hangul syllables, whose
 * decomposition is arithmetic, are returned as they are. */
size_t fold_table_key(uint32_t character, enum fold_mode mode, uint32_t key[FOLD_KEY_MAX]);

/* A character that spells the first `keys` of a run of keys. */
struct fold_spelling {
    uint32_t character;
    size_t keys;
};

/* All that spell a front of the run, except the first key as itself; returns their number. */
size_t fold_table_spellings(const uint32_t *keys, size_t count, enum fold_mode mode,
                            struct fold_spelling found[FOLD_SPELLINGS_MAX]);

/* Whether a character is spelled by this key with others after it: e and U+0301 are. */
bool fold_table_composes(uint32_t key);

/* The Han characters that find this one and are found by it, without itself. */
size_t fold_table_variants(uint32_t character, uint32_t found[FOLD_SPELLINGS_MAX]);

/* One for each class of Han variants, the commonest simplified form; any other character is
 * its own. */
uint32_t fold_table_representative(uint32_t character);

bool fold_table_is_white(uint32_t character);
bool fold_table_is_upper(uint32_t character);

/* For tests: every group of variants, from number 0; NULL after the last. */
const uint32_t *fold_table_group(size_t number, size_t *count);

#endif
