/* Word joiner: turns a recogniser's timed words into segments of about one sentence: a new one
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
    uint32_t line; /* of the source; 0 if nobody wants it */
    bool joined;   /* includes its own white space: none is inserted before it */
    bool mark;     /* punctuation: attached to the word before it */
    bool ends;     /* a whole utterance: not joined with others */
};

/* Zero-initialised is empty. */
struct word_joiner {
    struct buffer text;
    uint32_t speaker;
    int64_t start_ms;
    int64_t end_ms;
    uint32_t line;
    struct segment_queue out; /* finished segments, for the caller to give out */
};

void word_joiner_release(struct word_joiner *flow);
void word_joiner_add(struct word_joiner *flow, const struct word *word);
void word_joiner_flush(struct word_joiner *flow);

#endif
