/* Record diff: what changed between two versions of a record. It compares the words of both;
 * paragraphs only say where the words stand. So a paragraph that was split, or captions
 * compared with the full record of the same event, are not changes by themselves. */
#ifndef SHILU_ANALYSIS_RECORD_DIFF_H
#define SHILU_ANALYSIS_RECORD_DIFF_H

#include "shilu/base/buffer.h"
#include "shilu/model/transcript.h"
#include "shilu/text/words.h"

enum diff_kind {
    DIFF_WORDS,   /* words within a paragraph changed */
    DIFF_ADDED,   /* a paragraph was added */
    DIFF_REMOVED, /* a paragraph was removed */
    DIFF_SPEAKER, /* the same words, another speaker */
    DIFF_TIME     /* the same words at another time */
};

/* A run of words: the same in both versions, or removed from the old and added in the new one.
 */
struct diff_run {
    uint32_t old_first, old_end; /* of the old version's words */
    uint32_t new_first, new_end;
    bool same;
};

struct diff_change {
    enum diff_kind kind;
    uint32_t old_segment, new_segment; /* where it starts; SEGMENT_NONE where there is none */
    uint32_t first_run, end_run;       /* of its paragraphs, those between included */
};

struct diff_rename {
    uint32_t old_speaker, new_speaker;
    uint32_t paragraphs; /* that it changes */
};

struct record_diff {
    const struct transcript *old_record, *new_record; /* borrowed */
    enum words_mode mode;
    struct words old_words, new_words; /* places are in the arenas of the transcripts */
    struct diff_run *runs;
    size_t run_count, run_capacity;
    struct diff_change *changes; /* in order */
    size_t change_count, change_capacity;
    /* A speaker renamed throughout. What that speaker says is then not a change. */
    struct diff_rename *renames;
    size_t rename_count, rename_capacity;
    /* All times are shifted by this much, which is then not a change either; 0: no shift. */
    int64_t shift_ms;
    bool same_clock; /* else times were not compared */
};

void record_diff_make(struct record_diff *d, const struct transcript *old_record,
                      const struct transcript *new_record, enum words_mode mode);
void record_diff_release(struct record_diff *d);

/* Whether nothing differs at all. */
bool record_diff_is_empty(const struct record_diff *d);

/* Append the words of a run as in the file, with what stands between them; a line break ends
 * each paragraph. */
void record_diff_append_old(const struct record_diff *d, const struct diff_run *run,
                            struct buffer *out);
void record_diff_append_new(const struct record_diff *d, const struct diff_run *run,
                            struct buffer *out);

#endif
