/* Words of a text. Where texts are compared, a word is a run of letters and digits, or one
 * character of a script written without spaces; where words are counted, it is what stands
 * between blanks, as word processors count. */
#ifndef SHILU_TEXT_WORDS_H
#define SHILU_TEXT_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct word {
    uint64_t byte; /* where it starts in the text that words_add was given, plus its base */
    uint32_t bytes;
    uint64_t key; /* equal for words that count as the same */
};

struct words {
    struct word *items; /* owned */
    size_t count, capacity;
};

enum words_mode {
    WORDS_FOLDED, /* ignore case, width, kana, Han variants and punctuation */
    WORDS_EXACT   /* compare every character but white space */
};

void words_release(struct words *w);

/* Append the words of a text; `base` is added to their positions. */
void words_add(struct words *w, const char *text, size_t bytes, uint64_t base,
               enum words_mode mode);

/* How many words: runs between blanks that have a letter or a digit, and each character of Han
 * or kana. */
size_t words_count(const char *text, size_t bytes);

#endif
