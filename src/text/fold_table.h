/* Fold tables: by what a character is compared, and which characters match each other.
 *
 * A key is a run of code points: the canonical decomposition (UAX #15), with width forms and
 * Kangxi radicals replaced, katakana turned into hiragana, and, with FOLD_CASELESS, Unicode's
 * full case folding. Han variants are not part of a key, since one simplified character may
 * stand for several traditional ones; there are separate functions for them. */
#ifndef SHILU_TEXT_FOLD_TABLE_H
#define SHILU_TEXT_FOLD_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum fold_mode { FOLD_CASED = 1, FOLD_CASELESS = 2 };

enum {
    FOLD_KEY_MAX = 4,       /* keys of one character */
    FOLD_SPELLINGS_MAX = 32 /* spellings for a run of keys, or variants of one character */
};

/* The keys of a character; returns their number, 1 to FOLD_KEY_MAX. Hangul syllables, whose
 * decomposition is arithmetic, are returned unchanged. */
size_t fold_table_key(uint32_t character, enum fold_mode mode, uint32_t key[FOLD_KEY_MAX]);

/* A character that spells the first `keys` keys of a run. */
struct fold_spelling {
    uint32_t character;
    size_t keys;
};

/* All that spell a beginning of the run, except the first key as itself; returns their
 * number. */
size_t fold_table_spellings(const uint32_t *keys, size_t count, enum fold_mode mode,
                            struct fold_spelling found[FOLD_SPELLINGS_MAX]);

/* Whether some character is spelled by this key together with others after it, such as e and
 * U+0301. */
bool fold_table_composes(uint32_t key);

/* The Han characters that match this one, excluding itself. */
size_t fold_table_variants(uint32_t character, uint32_t found[FOLD_SPELLINGS_MAX]);

/* One for each class of Han variants, the most common simplified form; any other character
 * represents itself. */
uint32_t fold_table_representative(uint32_t character);

bool fold_table_is_white(uint32_t character);
bool fold_table_is_upper(uint32_t character);

/* For tests: every group of variants, from number 0; NULL after the last. */
const uint32_t *fold_table_group(size_t number, size_t *count);

#endif
