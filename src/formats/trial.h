/* Trial: a reader reads the head of a file, and what comes of it is judged. Of several readers
 * that a file may be for, the one that finds words, who says them and when is right. */
#ifndef SHILU_FORMATS_TRIAL_H
#define SHILU_FORMATS_TRIAL_H

#include "shilu/base/span.h"
#include "shilu/formats/reader.h"

struct trial {
    const struct reader_ops *reader;
    void *self;            /* of the reader; owned until it is taken */
    struct drafts *drafts; /* owned until they are taken */
    struct input *input;   /* owned: what it read of it is used up */
    struct diagnostics diagnostics;
    struct record_account account;
    enum reader_status status; /* of the last call */
    struct error err;          /* of READER_ERROR */
    size_t letters;            /* bytes of words */
    size_t segments;
    size_t timed;
    size_t spoken; /* by somebody */
    bool sure;
    bool plausible; /* as fast as people speak */
    bool cut;       /* the head was read as if it were all: the reader has to start again */
};

/* Read the first `bytes` of the window; keep the lines (loader_options.lines) where asked.
 * `sure`: the file has members that only this program writes, so it need not find all. */
void trial_run(struct trial *t, const struct reader_ops *reader, const struct input *in,
               size_t bytes, bool lines, bool sure);
void trial_release(struct trial *t);

/* Whether nothing is missing: words, times that make sense, speakers; these only where a head
 * may name some. */
bool trial_is_complete(const struct trial *t, struct span head);

/* Whether a trial found more than another one, whose reader is surer of the file: as many words
 * and times or speakers that the other lacks, or words that it has lost. */
bool trial_is_better(const struct trial *t, const struct trial *than);

#endif
