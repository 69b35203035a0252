/* Selection: which segments are shown: by speaker, time, exchange, kind. An empty selection
 * includes everything. It is a predicate, not a list, so it remains valid while the record
 * grows. */
#ifndef SHILU_MODEL_SELECTION_H
#define SHILU_MODEL_SELECTION_H

#include <stdbool.h>

#include "shilu/model/transcript.h"

struct selection {
    uint8_t *solo; /* owned, one byte per speaker number, 1: show only these; NULL: all */
    size_t solo_count;
    uint8_t *muted; /* owned, likewise, 1: hide these */
    size_t muted_count;
    int64_t from_ms;        /* TIME_NONE: no limit; else starts from here … */
    int64_t to_ms;          /* … to before here */
    uint32_t exchange;      /* EXCHANGE_NONE: any */
    enum segment_kind kind; /* SEGMENT_UNKNOWN: any */
    /* Narrowed to matches: owned, one bit per segment; NULL if not narrowed. Segments beyond
     * its end do not match. */
    uint8_t *matching;
    size_t matching_count;
};

#define SELECTION_INIT \
    ((struct selection){.from_ms = TIME_NONE, .to_ms = TIME_NONE, .exchange = EXCHANGE_NONE})

void selection_release(struct selection *s);
bool selection_is_everything(const struct selection *s);

/* Solo and mute. */
void selection_solo_only(struct selection *s, uint32_t speaker);
void selection_solo_add(struct selection *s, uint32_t speaker);
void selection_mute_toggle(struct selection *s, uint32_t speaker);
void selection_all_speakers(struct selection *s);
bool selection_takes_speaker(const struct selection *s, uint32_t speaker);
bool selection_filters_speakers(const struct selection *s);

bool selection_takes(const struct selection *s, const struct transcript *t, uint32_t segment);

/* The selected part of a segment's paragraph around it: [first, end) is displayed, searched and
 * copied as one. */
uint32_t selection_unit_first(const struct selection *s, const struct transcript *t,
                              uint32_t segment);
uint32_t selection_unit_end(const struct selection *s, const struct transcript *t,
                            uint32_t segment);

/* The next or previous selected segment, starting with `segment` itself, or SEGMENT_NONE. */
uint32_t selection_at_or_after(const struct selection *s, const struct transcript *t,
                               uint32_t segment);
uint32_t selection_at_or_before(const struct selection *s, const struct transcript *t,
                                uint32_t segment);
size_t selection_count(const struct selection *s, const struct transcript *t);

#endif
