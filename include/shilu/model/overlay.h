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
    CORRECTION_AGREES,   /* the source now agrees with it */
    CORRECTION_CONFLICT, /* the source now says something else: the user has to decide */
    CORRECTION_LOST      /* the record no longer has this place */
};

/* Strings are owned by whoever owns the correction. */
struct correction_side {
    char *text;    /* "" for no words */
    char *speaker; /* the displayed name; NULL for nobody */
    int64_t start_ms;
    int64_t end_ms; /* or TIME_NONE */
};

struct correction {
    uint32_t segment;
    uint32_t before;             /* overlay_hash of the source text before it; 0 if unknown */
    unsigned changes;            /* enum correction_change: which members of `now` apply */
    struct correction_side was;  /* what the source said */
    struct correction_side now;  /* the correction */
    enum correction_state state; /* for the part of the record that is loaded */
    uint32_t from;               /* from overlay_settle: the segment it was for before … */
    bool is_settled; /* … and whether it was settled there instead of being applied at once */
};

/* Zero-initialised is empty. Invariant: ordered by segment. */
struct overlay {
    struct correction *items; /* owned */
    size_t count, capacity;
};

void correction_release(struct correction *c);
struct correction correction_copy(const struct correction *c);
const char *correction_state_name(enum correction_state state);

void overlay_clear(struct overlay *o);
void overlay_release(struct overlay *o);
/* Add a copy, replacing one for the same segment and source text. */
void overlay_put(struct overlay *o, const struct correction *c);
/* Remove the one for this segment and source text, if any. */
void overlay_remove(struct overlay *o, uint32_t segment, const char *was);

/* The first correction of a segment, or NULL. */
struct correction *overlay_at(const struct overlay *o, uint32_t segment);

/* Whether the words are the same, ignoring white space; a hash of them, never 0. */
bool overlay_same_words(struct span a, struct span b);
uint32_t overlay_hash(struct span words);

/* For transcript_append: change the draft of a segment as its correction says. The draft's
 * strings are then borrowed from the overlay. */
bool overlay_apply(struct overlay *o, struct transcript *t, uint32_t segment,
                   struct segment_draft *draft);

/* Call once the whole record is loaded: finds where corrections belong whose segment now has
 * other words, and sets all states. Returns how many were found elsewhere; their segment is
 * updated, and transcript_lay_over applies them. */
size_t overlay_settle(struct overlay *o, struct transcript *t);

/* How many corrections have this state. */
size_t overlay_count(const struct overlay *o, enum correction_state state);

#endif
