/* Search: the hits of one matcher in a transcript, counted in slices so that no key waits.
 *
 * The units of the selection (selection.h) are searched, which are the selected parts of
 * paragraphs; so a hit may begin in one caption and end in a later one. Hits are in text
 * order. */
#ifndef SHILU_MODEL_SEARCH_H
#define SHILU_MODEL_SEARCH_H

#include "shilu/model/selection.h"
#include "shilu/text/matcher.h"

struct hit {
    uint32_t segment;  /* where it begins; its time is the hit's */
    uint32_t byte;     /* from the start of that segment's text on … */
    uint32_t byte_end; /* … through the arena: beyond the segment's end if the hit continues */
};

struct search;

/* Takes ownership of the matcher. */
struct search *search_new(struct matcher *take);
void search_free(struct search *s);
struct matcher *search_matcher(struct search *s);

/* The unit that contains a hit, and the hit's range in it: [*start, *end). Borrowed until the
 * next append. */
const char *search_hit_unit(const struct transcript *t, const struct selection *sel,
                            const struct hit *hit, size_t *bytes, size_t *start, size_t *end);

/* Forget all hits (the selection changed). */
void search_restart(struct search *s);

/* Scan for about `budget_ms`; true once every loaded segment has been scanned. If the record
 * has grown since, scanning continues where it stopped. */
bool search_step(struct search *s, const struct transcript *t, const struct selection *sel,
                 int64_t budget_ms);
bool search_done(const struct search *s, const struct transcript *t);

/* Number of places so far where the pattern needed too much work, so that hits may be
 * missing. */
size_t search_give_ups(const struct search *s);

/* Hits found so far. */
size_t search_count(const struct search *s);
struct hit search_hit(const struct search *s, size_t index);
/* How many of them begin before this segment. */
size_t search_count_before(const struct search *s, uint32_t segment);

/* The first hit at or after a place, or the last one before it, from what search_step has found
 * so far: for keys, which must not wait for a rare word at the other end of a large record. */
enum search_look { SEARCH_FOUND, SEARCH_NONE, SEARCH_NOT_YET };
enum search_look search_look(const struct search *s, const struct transcript *t, bool backward,
                             uint32_t segment, uint32_t byte, struct hit *hit);

/* The hit's number, from 1, among those found; 0 if it was not found yet. */
size_t search_ordinal(const struct search *s, const struct hit *hit);

#endif
