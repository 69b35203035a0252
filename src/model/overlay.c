/* Overlay. Corrections are few, so the array is searched linearly. A correction whose segment
 * has not moved is applied during loading; all others wait for overlay_settle. */
#include "shilu/model/overlay.h"

#include <stdlib.h>
#include <string.h>

#include "model/transcript_private.h"
#include "shilu/base/memory.h"
#include "shilu/base/sorted.h"

static const char *const state_names[] = {
    [CORRECTION_WAITS] = "waits",   [CORRECTION_APPLIED] = "applied",
    [CORRECTION_AGREES] = "agrees", [CORRECTION_CONFLICT] = "conflict",
    [CORRECTION_LOST] = "lost",
};

const char *correction_state_name(enum correction_state state)
{
    return state_names[state];
}

void correction_release(struct correction *c)
{
    free(c->was.text);
    free(c->was.speaker);
    free(c->now.text);
    free(c->now.speaker);
    *c = (struct correction){.segment = SEGMENT_NONE};
}

static char *copy_string(const char *s)
{
    return s != NULL ? memory_strdup(s) : NULL;
}

static struct correction_side copy_side(const struct correction_side *side)
{
    return (struct correction_side){copy_string(side->text), copy_string(side->speaker),
                                    side->start_ms, side->end_ms};
}

struct correction correction_copy(const struct correction *c)
{
    struct correction copy = *c;

    copy.was = copy_side(&c->was);
    copy.now = copy_side(&c->now);
    return copy;
}

void overlay_clear(struct overlay *o)
{
    for (size_t i = 0; i < o->count; i++)
        correction_release(&o->items[i]);
    o->count = 0;
}

void overlay_release(struct overlay *o)
{
    overlay_clear(o);
    free(o->items);
    *o = (struct overlay){0};
}

/* The position of the first correction of a segment, or where it would be. */
static size_t position_of(const struct overlay *o, uint32_t segment)
{
    return SORTED_BELOW(struct correction, segment, o->items, o->count, segment);
}

struct correction *overlay_at(const struct overlay *o, uint32_t segment)
{
    size_t at = position_of(o, segment);

    return at < o->count && o->items[at].segment == segment ? &o->items[at] : NULL;
}

static size_t find(const struct overlay *o, uint32_t segment, const char *was)
{
    size_t at = position_of(o, segment);

    while (at < o->count && o->items[at].segment == segment &&
           strcmp(o->items[at].was.text, was) != 0)
        at++;
    return at < o->count && o->items[at].segment == segment ? at : SIZE_MAX;
}

void overlay_remove(struct overlay *o, uint32_t segment, const char *was)
{
    size_t at = find(o, segment, was);

    if (at == SIZE_MAX)
        return;
    correction_release(&o->items[at]);
    o->count--;
    memmove(o->items + at, o->items + at + 1, (o->count - at) * sizeof *o->items);
}

void overlay_put(struct overlay *o, const struct correction *c)
{
    struct correction copy = correction_copy(c); /* it may be one of the overlay's own */
    size_t at;

    overlay_remove(o, copy.segment, copy.was.text);
    at = position_of(o, copy.segment);
    MEMORY_RESERVE(o->items, o->capacity, o->count + 1);
    memmove(o->items + at + 1, o->items + at, (o->count - at) * sizeof *o->items);
    o->items[at] = copy;
    o->count++;
}

size_t overlay_count(const struct overlay *o, enum correction_state state)
{
    size_t count = 0;

    for (size_t i = 0; i < o->count; i++)
        count += o->items[i].state == state;
    return count;
}

/* -------------------------------------------------------------------------- the words */

static struct span without_space(struct span s)
{
    while (s.length > 0 && (unsigned char)*s.data <= ' ')
        s = span_skip(s, 1);
    return s;
}

bool overlay_same_words(struct span a, struct span b)
{
    for (;;) {
        a = without_space(a);
        b = without_space(b);
        if (a.length == 0 || b.length == 0)
            return a.length == b.length;
        if (*a.data != *b.data)
            return false;
        a = span_skip(a, 1);
        b = span_skip(b, 1);
    }
}

uint32_t overlay_hash(struct span words)
{
    uint64_t hash = HASH_FNV_START;

    for (words = without_space(words); words.length > 0;
         words = without_space(span_skip(words, 1)))
        hash = hash_fnv1a_from(hash, words.data, 1);
    hash ^= hash >> 32;
    return (uint32_t)hash != 0 ? (uint32_t)hash : 1;
}

static struct span source_words(const struct transcript *t, uint32_t segment)
{
    size_t bytes;
    const char *text = transcript_source_text(t, segment, &bytes);

    return span_of(text, bytes);
}

static uint32_t hash_before(const struct transcript *t, uint32_t segment)
{
    return segment > 0 ? overlay_hash(source_words(t, segment - 1)) : 0;
}

/* ------------------------------------------------------------------------- applying it */

/* Whether the speaker has this name; NULL for nobody. */
static bool is_speaker(const struct transcript *t, uint32_t speaker, const char *name)
{
    uint32_t named = transcript_speaker_named(t, name);

    return named == speaker_resolve(t, speaker);
}

/* Whether the source still says what it said, in the parts that the correction changes. */
static bool source_stands(const struct correction *c, const struct transcript *t,
                          const struct segment_draft *source)
{
    if (!overlay_same_words(span_string(c->was.text),
                            span_of(source->text, source->text_bytes)))
        return false;
    if ((c->changes & CORRECTION_SPEAKER) != 0 &&
        !is_speaker(t, source->speaker, c->was.speaker))
        return false;
    return (c->changes & CORRECTION_TIME) == 0 ||
           (source->start_ms == c->was.start_ms && source->end_ms == c->was.end_ms);
}

static void change(const struct correction *c, struct transcript *t,
                   struct segment_draft *draft)
{
    if ((c->changes & CORRECTION_TEXT) != 0) {
        draft->text = c->now.text;
        draft->text_bytes = strlen(c->now.text);
    }
    if ((c->changes & CORRECTION_SPEAKER) != 0)
        draft->speaker = transcript_corrected_speaker(t, c->now.speaker);
    if ((c->changes & CORRECTION_TIME) != 0) {
        draft->start_ms = c->now.start_ms;
        draft->end_ms = c->now.end_ms;
    }
}

bool overlay_apply(struct overlay *o, struct transcript *t, uint32_t segment,
                   struct segment_draft *draft)
{
    for (size_t at = position_of(o, segment); at < o->count && o->items[at].segment == segment;
         at++) {
        struct correction *c = &o->items[at];

        if (c->before != 0 && c->before != hash_before(t, segment))
            continue; /* it may belong to the same words elsewhere */
        if (!source_stands(c, t, draft))
            continue;
        c->state = CORRECTION_APPLIED;
        change(c, t, draft);
        return true;
    }
    return false;
}

/* ------------------------------------------------------------------------- settling it */

static bool is_taken(const struct overlay *o, uint32_t segment)
{
    for (size_t at = position_of(o, segment); at < o->count && o->items[at].segment == segment;
         at++)
        if (o->items[at].state == CORRECTION_APPLIED)
            return true;
    return false;
}

static uint32_t distance(uint32_t a, uint32_t b)
{
    return a > b ? a - b : b - a;
}

/* The segment whose source matches the correction: after the same words if possible, else the
 * nearest to where it should be, given how far others have moved. */
static uint32_t place_of(const struct overlay *o, const struct transcript *t,
                         const struct correction *c, const uint32_t *hashes, uint32_t expected)
{
    uint32_t wanted = overlay_hash(span_string(c->was.text));
    uint32_t best = SEGMENT_NONE;
    bool best_follows = false;

    for (uint32_t i = 0; i < transcript_count(t); i++) {
        bool follows = i > 0 && hashes[i - 1] == c->before;

        if (hashes[i] != wanted || is_taken(o, i) ||
            !overlay_same_words(span_string(c->was.text), source_words(t, i)))
            continue;
        if (best != SEGMENT_NONE &&
            (best_follows > follows ||
             (best_follows == follows && distance(best, expected) <= distance(i, expected))))
            continue;
        best = i;
        best_follows = follows;
    }
    return best;
}

/* If other words have replaced those that were corrected: after the words that it followed,
 * else where it should be. */
static uint32_t changed_place(const struct transcript *t, const struct correction *c,
                              const uint32_t *hashes, uint32_t expected)
{
    uint32_t count = (uint32_t)transcript_count(t);
    uint32_t best = SEGMENT_NONE;

    for (uint32_t i = 1; c->before != 0 && i < count; i++)
        if (hashes[i - 1] == c->before &&
            (best == SEGMENT_NONE || distance(i, expected) < distance(best, expected)))
            best = i;
    return best == SEGMENT_NONE && expected < count ? expected : best;
}

static bool source_agrees(const struct correction *c, const struct transcript *t,
                          const struct segment_draft *source)
{
    const char *text = (c->changes & CORRECTION_TEXT) != 0 ? c->now.text : c->was.text;

    if (!overlay_same_words(span_string(text), span_of(source->text, source->text_bytes)))
        return false;
    if ((c->changes & CORRECTION_SPEAKER) != 0 &&
        !is_speaker(t, source->speaker, c->now.speaker))
        return false;
    return (c->changes & CORRECTION_TIME) == 0 ||
           (source->start_ms == c->now.start_ms && source->end_ms == c->now.end_ms);
}

static int by_segment(const void *a, const void *b)
{
    const struct correction *first = a;
    const struct correction *second = b;

    return (first->segment > second->segment) - (first->segment < second->segment);
}

/* Settle one that was not applied. True if it was found and can be applied. */
static bool settle_one(struct overlay *o, struct transcript *t, struct correction *c,
                       const uint32_t *hashes, int64_t *shift)
{
    int64_t wanted = (int64_t)c->segment + *shift;
    uint32_t expected = wanted >= 0 && wanted < SEGMENT_NONE ? (uint32_t)wanted : c->segment;
    uint32_t place = place_of(o, t, c, hashes, expected);
    struct segment_draft source;

    if (place == SEGMENT_NONE) {
        place = changed_place(t, c, hashes, expected);
        c->state = CORRECTION_LOST;
        if (place == SEGMENT_NONE)
            return false;
        c->segment = place;
        source = transcript_source(t, place);
        c->state = source_agrees(c, t, &source) ? CORRECTION_AGREES : CORRECTION_CONFLICT;
        return false;
    }
    *shift = (int64_t)place - c->segment;
    c->segment = place;
    source = transcript_source(t, place);
    if (!source_stands(c, t, &source)) {
        c->state = source_agrees(c, t, &source) ? CORRECTION_AGREES : CORRECTION_CONFLICT;
        return false;
    }
    c->before = hash_before(t, place);
    c->state = CORRECTION_APPLIED; /* once it is laid over */
    return true;
}

size_t overlay_settle(struct overlay *o, struct transcript *t)
{
    uint32_t *hashes;
    size_t found = 0;
    int64_t shift = 0;

    for (size_t i = 0; i < o->count; i++) {
        o->items[i].from = o->items[i].segment;
        o->items[i].is_settled = o->items[i].state != CORRECTION_APPLIED;
    }
    if (overlay_count(o, CORRECTION_APPLIED) == o->count)
        return 0;
    hashes = memory_alloc((transcript_count(t) + 1) * sizeof *hashes);
    for (uint32_t i = 0; i < transcript_count(t); i++)
        hashes[i] = overlay_hash(source_words(t, i));
    for (size_t i = 0; i < o->count; i++) {
        struct correction *c = &o->items[i];

        if (c->is_settled)
            found += settle_one(o, t, c, hashes, &shift);
        else
            shift = 0;
    }
    free(hashes);
    if (o->count > 1)
        qsort(o->items, o->count, sizeof *o->items, by_segment);
    return found;
}
