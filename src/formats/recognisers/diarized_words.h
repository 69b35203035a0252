/* Diarized words: for recognisers that list the words in one place and who speaks when in
 * another, before or after. Words wait here until the labels are known. */
#ifndef SHILU_FORMATS_RECOGNISERS_DIARIZED_WORDS_H
#define SHILU_FORMATS_RECOGNISERS_DIARIZED_WORDS_H

#include "formats/recognisers/word_joiner.h"

struct diarized_words_label;
struct diarized_words_word;

/* Zero-initialised is empty. */
struct diarized_words {
    struct diarized_words_label *labels; /* owned */
    size_t label_count;
    size_t label_capacity;
    bool sorted;
    struct diarized_words_word *words; /* owned: waiting words */
    size_t word_count;
    size_t word_capacity;
    struct buffer text;
    struct word_joiner flow; /* its `out` is for the caller to give out */
    uint32_t speaker;        /* of the last word, if `spoken`; words without a time have the
                              * same speaker */
    bool spoken;
};

void diarized_words_release(struct diarized_words *l);

/* This speaker speaks from this time on. */
void diarized_words_label(struct diarized_words *l, int64_t start_ms, uint32_t speaker);

/* A waiting word. `known`: its speaker comes from the word itself, and labels do not matter. */
void diarized_words_add(struct diarized_words *l, const struct word *word, bool known);

/* The last word ends an utterance. */
void diarized_words_end(struct diarized_words *l);

/* Pass on the waiting words, each with the speaker of the last label that starts no later. */
void diarized_words_flow(struct diarized_words *l);

#endif
