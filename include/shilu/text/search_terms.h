/* Search terms: what a text is indexed by.
 *
 * A text is a run of letters, each folded further than the matcher folds: without case, width,
 * diacritics and final Hangul consonants, and with all Han characters that match each other as
 * one. So if the matcher finds a query, the query's terms are among the text's; the reverse
 * need not hold. Scripts written with spaces are split into words, all others into single
 * letters and pairs of letters.
 *
 * A term is a hash of TERM_BITS. Two terms may share one, which adds candidates but loses none.
 * Words are also kept as text, since a query may be part of one. */
#ifndef SHILU_TEXT_SEARCH_TERMS_H
#define SHILU_TEXT_SEARCH_TERMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shilu/base/buffer.h"
#include "shilu/base/hash.h"

enum { TERM_BITS = 24, TERM_COUNT = 1 << TERM_BITS, TERM_WORD_BYTES_MAX = 1024 };

/* The folded letters of all characters of the BMP, made once and shared by threads. */
struct search_terms_alphabet;
struct search_terms_alphabet *search_terms_alphabet_new(void);
void search_terms_alphabet_free(struct search_terms_alphabet *a);

/* Collects the distinct terms of one text after another; one for each thread. */
struct search_terms {
    const struct search_terms_alphabet *alphabet;
    uint32_t *terms; /* owned; unordered */
    size_t count;
    size_t capacity;
    struct buffer words; /* the distinct words, each ended by LF */
    bool is_opaque;      /* a word was too long to keep: the text may contain anything */
    uint64_t *seen;      /* owned, one bit per term */
    struct hash_set word_set;
};

void search_terms_init(struct search_terms *t, const struct search_terms_alphabet *a);
void search_terms_release(struct search_terms *t);
/* Add the terms of a text in valid UTF-8; a NUL separates words. */
void search_terms_add(struct search_terms *t, const char *text, size_t bytes);
/* Begin a new text. */
void search_terms_clear(struct search_terms *t);

/* What a text must contain to match a query. */
struct search_terms_want {
    uint32_t term; /* if `part` is NULL */
    char *part;    /* owned: a part of a word */
    bool is_start; /* the word starts with it … */
    bool is_end;   /* … ends with it */
};

struct search_terms_wants {
    struct search_terms_want *items; /* owned */
    size_t count;
    size_t capacity;
};

/* Add what every text that contains this literal must have; possibly nothing. */
void search_terms_wants_add(struct search_terms_wants *w, const char *literal, size_t bytes);
/* The same for a PCRE2 pattern: for the literals in every match. */
void search_terms_wants_add_pattern(struct search_terms_wants *w, const char *pattern,
                                    size_t bytes);
void search_terms_wants_release(struct search_terms_wants *w);

/* The term of a word. */
uint32_t search_terms_of_word(const char *word, size_t bytes);
/* A 64-bit hash; two words with the same one count as equal. Never 0. */
uint64_t search_terms_word_hash(const char *word, size_t bytes);

#endif
