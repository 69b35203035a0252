/* Labelled words: recognisers that list the words in one place and who speaks when in another,
 * above it or below. Words wait here until the labels are known, then flow on. */
#ifndef SHILU_FORMATS_LABELLED_WORDS_H
#define SHILU_FORMATS_LABELLED_WORDS_H

#include "shilu/formats/word_flow.h"

struct labelled_words_label;
struct labelled_words_word;

/* Zero-initialised is empty. */
struct labelled_words {
    struct labelled_words_label *labels; /* owned */
    size_t label_count;
    size_t label_capacity;
    bool sorted;
    struct labelled_words_word *words; /* owned: those that wait */
    size_t word_count;
    size_t word_capacity;
    struct buffer text;
    struct word_flow flow; /* its `out` is for the caller to emit */
    uint32_t speaker;      /* of the last word, if `spoken`: what has no time is its */
    bool spoken;
};

void labelled_words_release(struct labelled_words *l);

/* From this moment on it is this speaker. */
void labelled_words_label(struct labelled_words *l, int64_t start_ms, uint32_t speaker);

/* A word that waits. `known`: its speaker is from the word itself, and no label counts. */
void labelled_words_add(struct labelled_words *l, const struct word *word, bool known);

/* The words that wait flow on, each with the speaker of the last label that starts no later. */
void labelled_words_flow(struct labelled_words *l);

/* At the end: all flow on, and the last segment is finished. */
bool labelled_words_finish(struct labelled_words *l, struct reader_context *context,
                           struct error *err);

#endif
