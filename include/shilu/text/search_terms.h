/* Search terms: what a text is found by before it is read.
 *
 * A text is a run of letters, each folded further than the matcher folds: without case, width,
 * marks and final Hangul consonants, and all Han characters that find each other as one. So
 * where the matcher finds a query, the terms of the query are among those of the text; the
 * reverse need not hold. Scripts that are written with spaces are cut into words, all others
 * into single letters and pairs of them.
 *
 * A term is a hash of TERM_BITS. Two terms may share one: that adds candidates, and loses none.
 * Words are kept as text as well, since a query may be a part of one. */
#ifndef SHILU_TEXT_SEARCH_TERMS_H
#define SHILU_TEXT_SEARCH_TERMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shilu/base/buffer.h"
#include "shilu/base/hash.h"

enum { TERM_BITS = 24, TERM_COUNT = 1 << TERM_BITS, TERM_WORD_BYTES_MAX = 1024 };

/* The letters of all characters of the first plane, made once and then shared by threads. */
struct search_terms_alphabet;
struct search_terms_alphabet *search_terms_alphabet_new(void);
void search_terms_alphabet_free(struct search_terms_alphabet *a);

/* Gathers the distinct terms of one text after another; one for each thread. */
struct search_terms {
    const struct search_terms_alphabet *alphabet;
    uint32_t *terms; /* owned; in no order */
    size_t count;
    size_t capacity;
    struct buffer words; /* the distinct words, each ended by LF */
    bool is_opaque;      /* a word was too long to be kept: the text may hold anything */
    uint64_t *seen;      /* one bit a term, owned */
    struct hash_set word_set;
};

void search_terms_init(struct search_terms *t, const struct search_terms_alphabet *a);
void search_terms_release(struct search_terms *t);
/* Add the terms of a text in valid UTF-8; what stands on two sides of a NUL is apart. */
void search_terms_add(struct search_terms *t, const char *text, size_t bytes);
/* Begin a new text. */
void search_terms_clear(struct search_terms *t);

/* What a text must have to hold a query. */
struct search_terms_want {
    uint32_t term; /* where `part` is NULL */
    char *part;    /* owned: a part of a word */
    bool is_start; /* the word starts with it … */
    bool is_end;   /* … ends with it */
};

struct search_terms_wants {
    struct search_terms_want *items; /* owned */
    size_t count;
    size_t capacity;
};

/* Add what every text that holds this literal must have; there may be nothing. */
void search_terms_wants_add(struct search_terms_wants *w, const char *literal, size_t bytes);
/* The same for a PCRE2 pattern: of the literals that stand in every match. */
void search_terms_wants_add_pattern(struct search_terms_wants *w, const char *pattern,
                                    size_t bytes);
void search_terms_wants_release(struct search_terms_wants *w);

/* The term of a word, as search_terms has it. */
uint32_t search_terms_of_word(const char *word, size_t bytes);
/* 64 bits of it: two words that share these are taken for one. Never 0. */
uint64_t search_terms_word_hash(const char *word, size_t bytes);

#endif
