/* Word flow: the timed words of a recogniser become segments of about a sentence: a new one
 * where the speaker changes, after a pause, and where a sentence ends. */
#ifndef SHILU_FORMATS_WORD_FLOW_H
#define SHILU_FORMATS_WORD_FLOW_H

#include "shilu/formats/held_segments.h"

struct word {
    const char *text;
    size_t bytes;
    uint32_t speaker;
    int64_t start_ms;
    int64_t end_ms;
    bool joined; /* brings its own white space: nothing is put before it */
    bool mark;   /* punctuation: stays with the word before it */
    bool ends;   /* an utterance: nothing joins it */
};

/* Zero-initialised is empty. */
struct word_flow {
    struct buffer text;
    uint32_t speaker;
    int64_t start_ms;
    int64_t end_ms;
    struct held_segments out; /* finished segments, for the caller to emit */
};

void word_flow_release(struct word_flow *flow);
void word_flow_add(struct word_flow *flow, const struct word *word);
void word_flow_flush(struct word_flow *flow);

#endif
