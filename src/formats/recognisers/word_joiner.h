/* Word joiner: the timed words of a recogniser become segments of about a sentence: a new one
 * starts where the speaker changes, after a pause, and where a sentence ends. */
#ifndef SHILU_FORMATS_RECOGNISERS_WORD_JOINER_H
#define SHILU_FORMATS_RECOGNISERS_WORD_JOINER_H

#include "formats/common/segment_queue.h"

struct word {
    const char *text;
    size_t bytes;
    uint32_t speaker;
    int64_t start_ms;
    int64_t end_ms;
    uint32_t line; /* of the source; 0: not asked for */
    bool joined;   /* brings its own white space: nothing is put before it */
    bool mark;     /* punctuation: stays with the word before it */
    bool ends;     /* an utterance: nothing joins it */
};

/* Zero-initialised is empty. */
struct word_joiner {
    struct buffer text;
    uint32_t speaker;
    int64_t start_ms;
    int64_t end_ms;
    uint32_t line;
    struct segment_queue out; /* finished segments, for the caller to emit */
};

void word_joiner_release(struct word_joiner *flow);
void word_joiner_add(struct word_joiner *flow, const struct word *word);
void word_joiner_flush(struct word_joiner *flow);

#endif
