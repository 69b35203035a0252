/* Caption steps: a sentence that is shown in several cues, one for each of its words, as
 * recognisers and karaoke have it. Either only the markup differs from cue to cue
 * ("<u>The</u> well", "The <u>well</u>"), or each cue has one more word ("The", "The well").
 * Such cues are one. */
#ifndef SHILU_FORMATS_CAPTIONS_CAPTION_STEPS_H
#define SHILU_FORMATS_CAPTIONS_CAPTION_STEPS_H

#include <stdint.h>

#include "shilu/base/buffer.h"
#include "shilu/base/span.h"

/* One of the cues, less its markup. */
struct caption_step {
    struct span words;
    struct span name; /* empty without one */
    int64_t start_ms; /* or TIME_NONE */
    int64_t end_ms;   /* or TIME_NONE */
};

/* Zero-initialised is empty. */
struct caption_steps {
    bool any; /* the file has such cues: most of those examined */
    struct buffer words;
    struct buffer name;
    int64_t start_ms;
    int64_t end_ms;
    size_t cues;  /* examined */
    size_t run;   /* cues in a row that show the same sentence */
    size_t steps; /* cues that only go on to the next word */
};

void caption_steps_release(struct caption_steps *s);

/* Examine the next cue, and decide after the last one. */
void caption_steps_count(struct caption_steps *s, const struct caption_step *step);
void caption_steps_settle(struct caption_steps *s);

/* Whether a cue shows the same sentence as the one before it, with at least its words. The cue
 * then is the one before. */
bool caption_steps_continue(struct caption_steps *s, const struct caption_step *step);

/* Forget the last cue. */
void caption_steps_reset(struct caption_steps *s);

#endif
