/* Record diff: what changed between two versions of a record. It compares the words of both;
 * paragraphs only say where words are. So a paragraph that was split is not a change by itself,
 * and captions can be compared with the full record of the same event. */
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

/* A run of words: the same in both versions, or removed from the old one and added in the new
 * one. */
struct diff_run {
    uint32_t old_first, old_end; /* range of the old version's words */
    uint32_t new_first, new_end;
    bool same;
};

struct diff_change {
    enum diff_kind kind;
    uint32_t old_segment, new_segment; /* where it starts, or SEGMENT_NONE */
    uint32_t first_run, end_run;       /* runs of its paragraphs, including those between */
};

struct diff_rename {
    uint32_t old_speaker, new_speaker;
    uint32_t paragraphs; /* number of paragraphs that it changes */
};

struct record_diff {
    const struct transcript *old_record, *new_record; /* borrowed */
    enum words_mode mode;
    struct words old_words, new_words; /* positions are in the arenas of the transcripts */
    struct diff_run *runs;
    size_t run_count, run_capacity;
    struct diff_change *changes; /* in order */
    size_t change_count, change_capacity;
    /* A speaker who was renamed throughout. That speaker's turns do not count as changed. */
    struct diff_rename *renames;
    size_t rename_count, rename_capacity;
    /* All times are shifted by this much, which does not count as a change; 0 for no shift. */
    int64_t shift_ms;
    bool same_clock; /* otherwise times were not compared */
};

void record_diff_make(struct record_diff *d, const struct transcript *old_record,
                      const struct transcript *new_record, enum words_mode mode);
void record_diff_release(struct record_diff *d);

/* Whether there is no difference at all. */
bool record_diff_is_empty(const struct record_diff *d);

/* Append the words of a run as in the file, with what is between them; a line break ends each
 * paragraph. */
void record_diff_append_old(const struct record_diff *d, const struct diff_run *run,
                            struct buffer *out);
void record_diff_append_new(const struct record_diff *d, const struct diff_run *run,
                            struct buffer *out);

#endif
