/* Words of a text. For comparing texts, a word is a run of letters and digits, or one character
 * of a script written without spaces; for counting, it is anything between blanks, as in word
 * processors. */
#ifndef SHILU_TEXT_WORDS_H
#define SHILU_TEXT_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct word {
    uint64_t byte; /* where it starts in the text given to words_add, plus `base` */
    uint32_t bytes;
    uint64_t key; /* equal for words that count as the same */
};

struct words {
    struct word *items; /* owned */
    size_t count, capacity;
};

enum words_mode {
    WORDS_FOLDED, /* ignore case, width, kana, Han variants and punctuation */
    WORDS_EXACT   /* compare every character except white space */
};

void words_release(struct words *w);

/* Append the words of a text; `base` is added to their positions. */
void words_add(struct words *w, const char *text, size_t bytes, uint64_t base,
               enum words_mode mode);

/* Number of words: runs between blanks that contain a letter or a digit, and each Han or kana
 * character. */
size_t words_count(const char *text, size_t bytes);

#endif
