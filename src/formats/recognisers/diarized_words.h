/* Labelled words: recognisers that list the words in one place and who speaks when in another,
 * above it or below. Words wait here until the labels are known, then flow on. */
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
    struct diarized_words_word *words; /* owned: those that wait */
    size_t word_count;
    size_t word_capacity;
    struct buffer text;
    struct word_joiner flow; /* its `out` is for the caller to emit */
    uint32_t speaker;        /* of the last word, if `spoken`: what has no time is its */
    bool spoken;
};

void diarized_words_release(struct diarized_words *l);

/* From this moment on it is this speaker. */
void diarized_words_label(struct diarized_words *l, int64_t start_ms, uint32_t speaker);

/* A word that waits. `known`: its speaker is from the word itself, and no label counts. */
void diarized_words_add(struct diarized_words *l, const struct word *word, bool known);

/* The last word ends an utterance. */
void diarized_words_end(struct diarized_words *l);

/* The words that wait flow on, each with the speaker of the last label that starts no later. */
void diarized_words_flow(struct diarized_words *l);

/* At the end: all flow on, and the last segment is finished. */
bool diarized_words_finish(struct diarized_words *l, struct reader_context *context,
                           struct error *err);

#endif
