/* Transcript internals: what the files of src/model share. */
#ifndef SHILU_MODEL_TRANSCRIPT_PRIVATE_H
#define SHILU_MODEL_TRANSCRIPT_PRIVATE_H

#include "shilu/base/buffer.h"
#include "shilu/base/hash.h"
#include "shilu/model/overlay.h"
#include "shilu/model/speaker_map.h"
#include "shilu/model/transcript.h"

/* A name, id or alias, and its speaker. */
struct speaker_key {
    char *text; /* owned */
    uint32_t speaker;
    UT_hash_handle hh;
};

/* For each speaker: what only the inference of kinds needs. */
struct speaker_facts {
    enum speaker_kind stated; /* as stated in the file */
    bool reporter;            /* a label that says so */
    bool host_label;          /* a role that says so */
    bool answers;             /* took the turn directly after a reporter's question */
    bool asks;                /* spoke what the file calls a question */
    bool by_hand;             /* only corrections name this speaker */
    bool has_spoken;          /* had words at some time, perhaps only before corrections */
    uint64_t characters;      /* in the segments up to counted_segments */
    uint32_t merged_into;     /* if the speaker is gone: the one it was merged into; or
                               * SPEAKER_NONE */
};

struct extra {
    uint32_t segment;
    char *json; /* owned */
};

/* How fast the words of segments without an end follow one another, in letters (timeline.c). */
struct pace {
    int64_t start_ms; /* the latest time … */
    uint64_t letters; /* … and the letters there */
    uint64_t all_letters;
    /* Long segments whose next start is known; those that nobody can have said in the time
     * between, with times in whole seconds, and in whole minutes. */
    uint64_t paced, too_fast, too_fast_for_minutes;
};

/* What the source says about a corrected segment. */
struct source_segment {
    uint32_t segment;
    char *text; /* owned */
    size_t text_bytes;
    uint32_t speaker;
    int64_t start_ms;
    int64_t end_ms;
};

/* Every stride-th of the lengths of time that occurred. */
struct time_sample {
    int64_t *ms; /* owned */
    size_t count, capacity;
    uint64_t seen, stride;
};

struct transcript {
    struct fact *record_facts; /* their strings are owned */
    size_t record_fact_count, record_fact_capacity;
    char *field[FIELD_COUNT];
    enum time_base time_base;
    int32_t utc_offset_min;

    struct buffer arena; /* see transcript.c */
    struct segment *segments;
    size_t count, capacity;
    uint32_t *lines; /* of the segments, up to the last one with a line */
    size_t line_count, line_capacity;
    struct extra *extras; /* ordered by segment */
    size_t extra_count, extra_capacity;

    struct overlay *overlay;        /* borrowed, or NULL */
    struct source_segment *sources; /* of the corrected segments, in order */
    size_t source_count, source_capacity;

    struct speaker *speakers;
    struct speaker_facts *facts;
    size_t counted_segments;
    size_t speaker_count, speaker_capacity, facts_capacity;
    struct speaker_key *by_id;
    struct speaker_key *by_name;
    const struct speaker_map *map; /* borrowed, or NULL */
    struct speaker_key *by_shown;  /* with a map: displayed names, where by_name has the
                                    * names in the file */

    struct turn *turns;
    size_t turn_count, turn_capacity;

    /* Where each exchange's question starts; its end is found on request. */
    uint32_t *questions;
    size_t question_count, question_capacity;

    /* The last paragraph, while pieces may still join it. */
    uint64_t paragraph_bytes;
    bool paragraph_open;

    /* Times, for the record so far. */
    int64_t first_ms, last_ms, latest_start_ms;
    size_t timed_count;
    size_t off_minute; /* starts that are not whole minutes */
    bool disordered;
    size_t with_end;

    /* Intervals between starts, thinned evenly so that the sample stays small. */
    struct time_sample intervals; /* between two starts */
    struct time_sample pauses;    /* from an end to the next start, if these are silences */
    struct pace pace;
};

/* turn.c: a segment was appended. */
void turn_extend(struct transcript *t, uint32_t segment);
/* turn.c: the speakers of segments have changed. */
void turns_rebuild(struct transcript *t);

/* paragraph.c: the flags (enum segment_flag) of a segment that is about to be appended. */
uint8_t paragraph_flags(struct transcript *t, const struct segment_draft *draft);

/* timeline.c: a segment was appended. */
void timeline_extend(struct transcript *t, const struct segment *segment);

/* timeline.c: reset everything about times, and the intervals. */
void timeline_reset(struct transcript *t);

/* speaker.c */
/* Reset the counts. */
void speakers_reset(struct transcript *t);
/* Remove the speakers whom only corrections named and who have no words any more. */
void speakers_tidy(struct transcript *t);
/* The form in which names are compared and stored; owned by the caller; NULL for a blank
 * name. */
char *speaker_tidy(const char *name);
/* The current speaker for a number that a reader holds. */
uint32_t speaker_resolve(const struct transcript *t, uint32_t speaker);
void speakers_release(struct transcript *t);

#endif
