/* Search. `hits` are all hits before the arena's byte `scanned`, in order, without overlap;
 * nothing at or after it has been searched. A folded or exact query is searched for in the
 * whole arena, since it cannot match the NUL between two paragraphs; a pattern is searched for
 * unit by unit (selection.h). Both find the same. Internally, places are bytes of the arena. */
#include "shilu/model/search.h"

#include <stdlib.h>

#include "shilu/base/memory.h"

/* Bytes searched between two checks of the clock. */
enum { SLICE_BYTES = 256 * 1024 };

struct search {
    struct matcher *matcher; /* owned */
    struct hit *hits;        /* owned */
    size_t count;
    size_t capacity;
    uint64_t scanned;
    uint64_t seen;   /* length of the arena at that time */
    size_t give_ups; /* places before `scanned` where the pattern needed too much work */
};

/* A walk over hits from a place of the arena. */
struct walk {
    struct matcher *matcher;
    const struct transcript *t;
    const struct selection *sel;
    const char *arena;
    uint64_t bytes;
    uint64_t at;
    uint32_t segment; /* that of `at`; valid only while `at` is below `bytes` */
    uint32_t unit;    /* segments [unit, unit_end): the unit requested last */
    uint32_t unit_end;
    bool stopped; /* the matcher's time is used up; continue from `at` */
};

struct search *search_new(struct matcher *take)
{
    struct search *s = memory_zalloc(1, sizeof *s);

    s->matcher = take;
    return s;
}

void search_free(struct search *s)
{
    if (s == NULL)
        return;
    matcher_free(s->matcher);
    free(s->hits);
    free(s);
}

struct matcher *search_matcher(struct search *s)
{
    return s->matcher;
}

const char *search_hit_unit(const struct transcript *t, const struct selection *sel,
                            const struct hit *hit, size_t *bytes, size_t *start, size_t *end)
{
    uint32_t first = selection_unit_first(sel, t, hit->segment);
    uint64_t before = transcript_segment(t, hit->segment)->text_byte -
                      transcript_segment(t, first)->text_byte;

    *start = (size_t)before + hit->byte;
    *end = (size_t)before + hit->byte_end;
    return transcript_joined(t, first, selection_unit_end(sel, t, hit->segment), bytes);
}

void search_restart(struct search *s)
{
    s->count = 0;
    s->scanned = s->seen = 0;
    s->give_ups = 0;
}

static struct walk walk_from(const struct search *s, const struct transcript *t,
                             const struct selection *sel, uint64_t at)
{
    struct walk w = {.matcher = s->matcher, .t = t, .sel = sel, .at = at};

    w.arena = transcript_arena(t, &w.bytes);
    if (at < w.bytes)
        w.segment = transcript_segment_at_byte(t, at);
    return w;
}

/* The byte of the arena where a segment's text starts; the arena's end after the last segment.
 */
static uint64_t start_of(const struct transcript *t, uint32_t segment)
{
    uint64_t bytes;

    if (segment < transcript_count(t))
        return transcript_segment(t, segment)->text_byte;
    transcript_arena(t, &bytes);
    return bytes;
}

/* Advance to a later place, most often in the same segment or one of the next few. */
static void walk_to(struct walk *w, uint64_t at)
{
    int steps = 8;

    w->at = at;
    if (at >= w->bytes)
        return;
    for (; steps > 0; steps--) {
        if (at < start_of(w->t, w->segment + 1))
            return;
        w->segment++;
    }
    w->segment = transcript_segment_at_byte(w->t, at);
}

/* Find the unit at the walk's place; false if the selection does not include it. */
static bool walk_unit(struct walk *w)
{
    if (w->segment >= w->unit && w->segment < w->unit_end)
        return true;
    if (!selection_takes(w->sel, w->t, w->segment))
        return false;
    w->unit = selection_unit_first(w->sel, w->t, w->segment);
    w->unit_end = selection_unit_end(w->sel, w->t, w->segment);
    return true;
}

/* The next match in the current unit that starts before `before`; if there is none, the walk
 * advances to there, or to the end of the unit if that comes first. */
static bool find_in_unit(struct walk *w, uint64_t before, struct match *match)
{
    uint64_t next;
    uint64_t start;
    size_t bytes;
    size_t stop;
    const char *text;

    if (!walk_unit(w)) {
        walk_to(w, start_of(w->t, w->segment + 1));
        return false;
    }
    next = start_of(w->t, w->unit_end);
    text = transcript_joined(w->t, w->unit, w->unit_end, &bytes);
    start = (uint64_t)(text - w->arena);
    if (!matcher_find_before(w->matcher, text, bytes, w->at - start,
                             (before < next ? before : next) - start, match)) {
        w->stopped = matcher_stopped(w->matcher, &stop);
        if (w->stopped)
            w->at = start + stop;
        else
            walk_to(w, before < next ? before : next);
        return false;
    }
    match->start += start;
    match->end += start;
    walk_to(w, match->start);
    return true;
}

/* Whether a match found in the whole arena is inside one unit. */
static bool is_in_unit(struct walk *w, const struct match *match)
{
    const struct segment *last;

    if (!walk_unit(w))
        return false;
    last = transcript_segment(w->t, w->unit_end - 1);
    return match->end <= last->text_byte + last->text_bytes;
}

/* The same in the whole arena. */
static bool find_in_arena(struct walk *w, uint64_t before, struct match *match)
{
    if (!matcher_find_before(w->matcher, w->arena, w->bytes, w->at, before, match)) {
        walk_to(w, before);
        return false;
    }
    walk_to(w, match->start);
    return selection_is_everything(w->sel) || is_in_unit(w, match) ||
           find_in_unit(w, before, match);
}

/* The next hit that starts before `before`; the walk is then after it. Without one, it is at
 * `before`, or a little further if the unit ends there. */
static bool walk_next(struct walk *w, uint64_t before, struct hit *hit)
{
    bool as_one = matcher_keeps_segments(w->matcher);

    if (before > w->bytes)
        before = w->bytes;
    while (w->at < before && !w->stopped) {
        struct match match;
        uint64_t text;

        if (!(as_one ? find_in_arena : find_in_unit)(w, before, &match))
            continue;
        text = start_of(w->t, w->segment);
        *hit = (struct hit){w->segment, (uint32_t)(match.start - text),
                            (uint32_t)(match.end - text)};
        walk_to(w, match.end);
        return true;
    }
    return false;
}

/* If the last paragraph searched has grown since, search it again: a hit in it may be longer
 * now, or gone. */
static void step_back(struct search *s, const struct transcript *t)
{
    uint64_t bytes;
    const char *arena = transcript_arena(t, &bytes);
    uint32_t first;

    if (s->seen == 0 || arena[s->seen - 1] == '\0')
        return;
    first = transcript_paragraph_first(t, transcript_segment_at_byte(t, s->seen - 1));
    if (s->scanned <= transcript_segment(t, first)->text_byte)
        return;
    s->scanned = transcript_segment(t, first)->text_byte;
    while (s->count > 0 && s->hits[s->count - 1].segment >= first)
        s->count--;
}

bool search_step(struct search *s, const struct transcript *t, const struct selection *sel,
                 int64_t budget_ms)
{
    int64_t until = clock_monotonic_ms() + budget_ms;
    struct walk w;
    size_t before = matcher_give_ups(s->matcher);

    step_back(s, t);
    w = walk_from(s, t, sel, s->scanned);
    matcher_set_budget(s->matcher, budget_ms > 0 ? budget_ms : 1);
    while (w.at < w.bytes) {
        uint64_t slice = w.bytes - w.at > SLICE_BYTES ? w.at + SLICE_BYTES : w.bytes;
        struct hit hit;

        while (walk_next(&w, slice, &hit)) {
            MEMORY_RESERVE(s->hits, s->capacity, s->count + 1);
            s->hits[s->count++] = hit;
        }
        if (w.stopped || clock_monotonic_ms() >= until)
            break;
    }
    matcher_set_budget(s->matcher, 0);
    s->give_ups += matcher_give_ups(s->matcher) - before;
    s->scanned = w.at < w.bytes ? w.at : w.bytes;
    s->seen = w.bytes;
    return s->scanned == w.bytes;
}

size_t search_give_ups(const struct search *s)
{
    return s->give_ups;
}

bool search_done(const struct search *s, const struct transcript *t)
{
    uint64_t bytes;

    transcript_arena(t, &bytes);
    return s->scanned >= bytes;
}

size_t search_count(const struct search *s)
{
    return s->count;
}

struct hit search_hit(const struct search *s, size_t index)
{
    return s->hits[index];
}

/* The number of known hits before a place. */
static size_t count_before(const struct search *s, uint32_t segment, uint32_t byte)
{
    size_t low = 0;
    size_t high = s->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct hit *hit = &s->hits[middle];

        if (hit->segment < segment || (hit->segment == segment && hit->byte < byte))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t search_count_before(const struct search *s, uint32_t segment)
{
    return count_before(s, segment, 0);
}

/* A place as a byte of the arena; the arena's end for one after the last segment. */
static uint64_t place_of(const struct transcript *t, uint32_t segment, uint32_t byte)
{
    uint64_t start = start_of(t, segment);
    uint64_t next = segment < transcript_count(t) ? start_of(t, segment + 1) : start;

    return start + byte < next ? start + byte : next;
}

enum search_look search_look(const struct search *s, const struct transcript *t, bool backward,
                             uint32_t segment, uint32_t byte, struct hit *hit)
{
    size_t known = count_before(s, segment, byte);
    bool done = search_done(s, t);

    if (backward) {
        if (!done && s->scanned < place_of(t, segment, byte))
            return SEARCH_NOT_YET;
        if (known == 0)
            return SEARCH_NONE;
        *hit = s->hits[known - 1];
        return SEARCH_FOUND;
    }
    if (known == s->count)
        return done ? SEARCH_NONE : SEARCH_NOT_YET;
    *hit = s->hits[known];
    return SEARCH_FOUND;
}

size_t search_ordinal(const struct search *s, const struct hit *hit)
{
    size_t before = count_before(s, hit->segment, hit->byte);

    if (before == s->count || s->hits[before].segment != hit->segment ||
        s->hits[before].byte != hit->byte)
        return 0;
    return before + 1;
}
