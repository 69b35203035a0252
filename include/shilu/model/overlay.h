/* Overlay: a reader's corrections of a record, applied as it is loaded. The source is never
 * changed: a transcript keeps what the source says of each corrected segment.
 *
 * A correction is for one segment, known by its number and by what the source said there. It is
 * applied if the source still says that; if not, nothing is applied and overlay_settle says
 * what has become of it. */
#ifndef SHILU_MODEL_OVERLAY_H
#define SHILU_MODEL_OVERLAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shilu/base/span.h"

struct transcript;
struct segment_draft;

enum correction_change { CORRECTION_TEXT = 1, CORRECTION_SPEAKER = 2, CORRECTION_TIME = 4 };

enum correction_state {
    CORRECTION_WAITS,    /* waiting for its segment to be loaded */
    CORRECTION_APPLIED,  /* applied */
    CORRECTION_AGREES,   /* the source now says the same */
    CORRECTION_CONFLICT, /* the source now says something else: somebody has to choose */
    CORRECTION_LOST      /* the record no longer has such a place */
};

/* Strings are owned by whoever owns the correction. */
struct correction_side {
    char *text;    /* "": no words */
    char *speaker; /* the displayed name; NULL: nobody */
    int64_t start_ms;
    int64_t end_ms; /* or TIME_NONE */
};

struct correction {
    uint32_t segment;
    uint32_t before;             /* overlay_hash of the source before it; 0: not known */
    unsigned changes;            /* enum correction_change: what counts of `now` */
    struct correction_side was;  /* the source */
    struct correction_side now;  /* the correction */
    enum correction_state state; /* as far as the record is loaded */
    uint32_t from;               /* of overlay_settle: where it was before … */
    bool is_settled; /* … and that it was settled there, and not applied at once */
};

/* Zero-initialised is empty. Invariant: in the order of the segments. */
struct overlay {
    struct correction *items; /* owned */
    size_t count, capacity;
};

void correction_release(struct correction *c);
struct correction correction_copy(const struct correction *c);
const char *correction_state_name(enum correction_state state);

void overlay_clear(struct overlay *o);
void overlay_release(struct overlay *o);
/* Add a copy, replacing one of the same segment and source. */
void overlay_put(struct overlay *o, const struct correction *c);
/* Remove the one of this segment and source, if any. */
void overlay_remove(struct overlay *o, uint32_t segment, const char *was);

/* The first correction of a segment, NULL: none. */
struct correction *overlay_at(const struct overlay *o, uint32_t segment);

/* Whether the words are the same, ignoring white space; a hash of them, never 0. */
bool overlay_same_words(struct span a, struct span b);
uint32_t overlay_hash(struct span words);

/* For transcript_append: change the draft of a segment as its correction says. The draft's
 * strings are then borrowed from the overlay. */
bool overlay_apply(struct overlay *o, struct transcript *t, uint32_t segment,
                   struct segment_draft *draft);

/* When the whole record is loaded: find where corrections now belong whose segment has other
 * words, and set the states. Returns how many were found elsewhere: their segment is changed,
 * and transcript_lay_over applies them. */
size_t overlay_settle(struct overlay *o, struct transcript *t);

/* How many corrections have this state. */
size_t overlay_count(const struct overlay *o, enum correction_state state);

#endif
