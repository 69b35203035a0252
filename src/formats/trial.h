/* Trial: a reader reads the head of a file, and its result is judged. Of several possible
 * readers, the right one finds words, speakers and times. */
#ifndef SHILU_FORMATS_TRIAL_H
#define SHILU_FORMATS_TRIAL_H

#include "shilu/base/span.h"
#include "shilu/formats/reader.h"

struct trial {
    const struct reader_ops *reader;
    void *self;            /* the reader's state; owned until taken over */
    struct drafts *drafts; /* owned until taken over */
    struct input *input;   /* owned; what was read of it is consumed */
    struct diagnostics diagnostics;
    struct record_account account;
    enum reader_status status; /* result of the last call */
    struct error err;          /* if READER_ERROR */
    size_t letters;            /* bytes of words */
    size_t segments;
    size_t timed;
    size_t spoken; /* by a speaker */
    bool sure;
    bool plausible; /* at the pace of speech */
    bool cut;       /* the head was read as if it were the whole file, so the reader must
                     * start again */
};

/* Read the first `bytes` of the window, with line numbers (loader_options.lines) if wanted.
 * `sure`: the file has members that only this program writes, so the reader need not find
 * everything. */
void trial_run(struct trial *t, const struct reader_ops *reader, const struct input *in,
               size_t bytes, bool lines, bool sure);
void trial_release(struct trial *t);

/* Whether nothing is missing: words, plausible times, and speakers if the head seems to name
 * some. */
bool trial_is_complete(const struct trial *t, struct span head);

/* Whether a trial found more than another one whose reader is more confident: as many words
 * with times or speakers that the other lacks, or words that the other lost. */
bool trial_is_better(const struct trial *t, const struct trial *than);

#endif
