/* Alignment: by time, or by the cheapest path through the paragraphs' lengths within a band
 * around the diagonal. */
#include "shilu/analysis/alignment.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/bytes.h"
#include "shilu/base/memory.h"
#include "shilu/base/sorted.h"

enum {
    BAND_MIN = 200, /* how many paragraphs a path may leave the diagonal by */
    NEAR_MS = 1500  /* starts this close count as the same time */
};

/* Share of the length of the shorter paragraph beside it. */
static const double NEAR_SHARE = 0.25;

/* Variance of the length per character (Gale and Church found 6.8 between European languages;
 * paragraphs of Chinese and English vary no more). */
static const double VARIANCE = 6.8;

struct unit {
    uint32_t first, end; /* segments */
    uint32_t speaker;
    bool starts_turn;
    bool heading;
    double length; /* characters */
    int64_t start_ms;
    int64_t end_ms; /* or TIME_NONE */
};

struct side {
    const struct transcript *t;
    struct unit *units;
    size_t count, capacity;
    double length;
    size_t timed;
};

static void fill_side(struct side *s, const struct transcript *t)
{
    size_t segments = transcript_count(t);
    uint32_t segment = 0;

    *s = (struct side){.t = t};
    while (segment < segments) {
        const struct segment *first = transcript_segment(t, segment);
        struct unit u = {.first = segment,
                         .end = transcript_paragraph_end(t, segment),
                         .speaker = first->speaker,
                         .heading = first->kind == SEGMENT_HEADING,
                         .start_ms = first->start_ms};
        size_t bytes;

        const char *text = transcript_joined(t, segment, u.end, &bytes);

        u.end_ms = transcript_end_ms(t, u.end - 1);
        u.length = (double)bytes_count_visible(text, bytes) + 1;
        u.starts_turn = segment == 0 ||
                        transcript_turn_of(t, segment) != transcript_turn_of(t, segment - 1);
        s->length += u.length;
        s->timed += u.start_ms != TIME_NONE;
        MEMORY_RESERVE(s->units, s->capacity, s->count + 1);
        s->units[s->count++] = u;
        segment = u.end;
    }
}

static void add_pair(struct alignment *al, const struct side *a, size_t a_first, size_t a_end,
                     const struct side *b, size_t b_first, size_t b_end)
{
    struct alignment_pair pair = {0};

    if (a_first == a_end && b_first == b_end)
        return;
    pair.a_first = a_first < a->count ? a->units[a_first].first
                                      : (uint32_t)transcript_count(a->t);
    pair.a_end = a_end > a_first ? a->units[a_end - 1].end : pair.a_first;
    pair.b_first = b_first < b->count ? b->units[b_first].first
                                      : (uint32_t)transcript_count(b->t);
    pair.b_end = b_end > b_first ? b->units[b_end - 1].end : pair.b_first;
    MEMORY_RESERVE(al->pairs, al->capacity, al->count + 1);
    al->pairs[al->count++] = pair;
}

/* ----------------------------------------------------------------------------- by time */

static int64_t gap_behind(const struct side *s, size_t unit)
{
    return unit + 1 < s->count ? s->units[unit + 1].start_ms - s->units[unit].start_ms
                               : INT64_MAX;
}

/* How far apart two starts may be and still count as the same time. */
static int64_t tolerance(const struct side *a, size_t i, const struct side *b, size_t k)
{
    int64_t shorter = gap_behind(a, i) < gap_behind(b, k) ? gap_behind(a, i) : gap_behind(b, k);
    int64_t share = shorter == INT64_MAX ? NEAR_MS : (int64_t)((double)shorter * NEAR_SHARE);

    return share > NEAR_MS ? share : NEAR_MS;
}

/* If the paragraphs [first, *end) of `s` continue after the other record has fallen silent, end
 * them there. */
static void end_at(const struct side *s, size_t first, size_t *end, int64_t silent_ms)
{
    if (silent_ms == TIME_NONE)
        return;
    while (*end > first + 1 && s->units[*end - 1].start_ms >= silent_ms + NEAR_MS)
        (*end)--;
}

/* A pair that starts at the same time. What only one record says after the other's end has no
 * counterpart. */
static void add_group(struct alignment *al, const struct side *a, size_t a_first, size_t a_end,
                      const struct side *b, size_t b_first, size_t b_end)
{
    size_t a_last = a_end;
    size_t b_last = b_end;

    if (a_first < a_end && b_first < b_end) {
        end_at(b, b_first, &b_last, a->units[a_end - 1].end_ms);
        end_at(a, a_first, &a_last, b->units[b_last - 1].end_ms);
    }
    add_pair(al, a, a_first, a_last, b, b_first, b_last);
    add_pair(al, a, a_last, a_end, b, b_last, b_last);
    add_pair(al, a, a_end, a_end, b, b_last, b_end);
}

/* Cut both records where a paragraph of each starts at the same moment. */
static void align_by_time(struct alignment *al, const struct side *a, const struct side *b)
{
    size_t i = 0;
    size_t k = 0;
    size_t a_first = 0;
    size_t b_first = 0;

    while (i < a->count && k < b->count) {
        int64_t apart = a->units[i].start_ms - b->units[k].start_ms;

        if (llabs(apart) <= tolerance(a, i, b, k)) {
            add_group(al, a, a_first, i, b, b_first, k);
            a_first = i++;
            b_first = k++;
        } else if (apart < 0) {
            i++;
        } else {
            k++;
        }
    }
    add_group(al, a, a_first, a->count, b, b_first, b->count);
}

static bool is_ordered(const struct side *s)
{
    return s->count > 0 && s->timed == s->count && transcript_in_time_order(s->t);
}

/* Whether both have times on the same clock, and their spans mostly overlap. */
static bool can_align_by_time(const struct side *a, const struct side *b)
{
    int64_t a_first, a_last, b_first, b_last;
    int64_t common;
    int64_t shorter;

    if (transcript_time_base(a->t) != transcript_time_base(b->t) || !is_ordered(a) ||
        !is_ordered(b) || !transcript_span(a->t, &a_first, &a_last) ||
        !transcript_span(b->t, &b_first, &b_last))
        return false;
    common = (a_last < b_last ? a_last : b_last) - (a_first > b_first ? a_first : b_first);
    shorter = a_last - a_first < b_last - b_first ? a_last - a_first : b_last - b_first;
    return shorter >= 0 && common * 2 >= shorter;
}

/* --------------------------------------------------------------------------- by length */

/* How many paragraphs of each record correspond, and the prior cost of that: the shares counted
 * by Gale and Church, and also three to one. */
struct bead {
    uint8_t a, b;
    double cost;
};

static const struct bead beads[] = {{1, 1, 0.117}, {1, 0, 4.61}, {0, 1, 4.61}, {2, 1, 3.11},
                                    {1, 2, 3.11},  {2, 2, 4.51}, {3, 1, 5.0},  {1, 3, 5.0}};

enum { BEADS = sizeof beads / sizeof beads[0] };

/* The speaker of `b` who corresponds to a speaker of `a`: the one with most words in common. */
struct voices {
    uint32_t *of; /* one for each speaker of `a`; SPEAKER_NONE if unknown */
    size_t count;
};

/* -log of the share of a normal distribution beyond so many hundredths of a standard deviation;
 * beyond the table 69, which is a share of 1e-30. */
enum { FAR = 1100, FAR_COST = 69 };

struct tail_costs {
    float of[FAR];
};

struct path {
    const struct side *a, *b;
    const struct voices *voices;
    double ratio;   /* characters of b per character of a */
    bool both_name; /* both records have speakers */
    size_t band;
    struct tail_costs tail;
    double *cost;   /* of the cheapest path to (i, k), by row and position in the band */
    uint8_t *taken; /* which bead led there */
};

static void fill_tail_costs(struct tail_costs *tail)
{
    int i;

    for (i = 0; i < FAR; i++)
        tail->of[i] = (float)-log(erfc(i / 100.0 / sqrt(2)));
}

static double length_cost(const struct tail_costs *tail, double a, double b, double ratio)
{
    double mean = (a + b / ratio) / 2;
    double deviations = fabs(b - a * ratio) / sqrt(mean * VARIANCE * ratio);

    return deviations * 100 < FAR ? tail->of[(int)(deviations * 100)] : FAR_COST;
}

/* The cost of paragraphs that begin a turn in only one of the records, or whose speakers do not
 * correspond. */
static double turn_cost(const struct path *p, size_t i, size_t k)
{
    const struct unit *a = &p->a->units[i];
    const struct unit *b = &p->b->units[k];
    double cost = a->starts_turn != b->starts_turn ? 1.5 : 0;

    if (p->voices != NULL && a->speaker != SPEAKER_NONE && b->speaker != SPEAKER_NONE &&
        p->voices->of[a->speaker] != SPEAKER_NONE && p->voices->of[a->speaker] != b->speaker)
        cost += 6;
    return cost;
}

/* The cost of a turn that begins inside a bead in only one of the records. */
static double inner_turn_cost(const struct path *p, const struct bead *bead, size_t i, size_t k)
{
    double cost = 0;
    size_t n;

    for (n = 1; n < bead->a || n < bead->b; n++) {
        bool a = n < bead->a && p->a->units[i + n].starts_turn;
        bool b = n < bead->b && p->b->units[k + n].starts_turn;

        cost += a != b ? 6 : 0;
    }
    return cost;
}

/* Headings correspond to headings if both records have speakers; a translation often has
 * none. */
static double heading_cost(const struct path *p, const struct bead *bead, size_t i, size_t k)
{
    int more = 0;
    size_t n;

    if (!p->both_name)
        return 0;
    for (n = 0; n < bead->a; n++)
        more += p->a->units[i + n].heading;
    for (n = 0; n < bead->b; n++)
        more -= p->b->units[k + n].heading;
    return 6 * abs(more);
}

static size_t diagonal(const struct path *p, size_t i)
{
    return p->a->count > 0 ? i * p->b->count / p->a->count : 0;
}

/* False outside the band. */
static bool place_of(const struct path *p, size_t i, size_t k, size_t *place)
{
    size_t middle = diagonal(p, i);

    if (k + p->band < middle || k > middle + p->band)
        return false;
    *place = i * (2 * p->band + 1) + (k + p->band - middle);
    return true;
}

static double bead_cost(const struct path *p, const struct bead *bead, size_t i, size_t k)
{
    double a = 0;
    double b = 0;
    size_t n;

    for (n = 0; n < bead->a; n++)
        a += p->a->units[i + n].length;
    for (n = 0; n < bead->b; n++)
        b += p->b->units[k + n].length;
    if (bead->a == 0 || bead->b == 0)
        return bead->cost + (a * p->ratio + b > 60 ? 2 : 0);
    return bead->cost + length_cost(&p->tail, a, b, p->ratio) + turn_cost(p, i, k) +
           inner_turn_cost(p, bead, i, k) + heading_cost(p, bead, i, k);
}

static void relax(struct path *p, size_t i, size_t k, double cost)
{
    size_t n;

    for (n = 0; n < BEADS; n++) {
        size_t to_i = i + beads[n].a;
        size_t to_k = k + beads[n].b;
        size_t place;
        double to;

        if (to_i > p->a->count || to_k > p->b->count || !place_of(p, to_i, to_k, &place))
            continue;
        to = cost + bead_cost(p, &beads[n], i, k);
        if (to < p->cost[place]) {
            p->cost[place] = to;
            p->taken[place] = (uint8_t)(n + 1);
        }
    }
}

static void find_path(struct path *p)
{
    size_t cells = (p->a->count + 1) * (2 * p->band + 1);
    size_t i;
    size_t k;
    size_t place;

    p->cost = memory_alloc(cells * sizeof *p->cost);
    p->taken = memory_zalloc(cells, 1);
    for (i = 0; i < cells; i++)
        p->cost[i] = HUGE_VAL;
    place_of(p, 0, 0, &place);
    p->cost[place] = 0;
    for (i = 0; i <= p->a->count; i++) {
        size_t middle = diagonal(p, i);

        for (k = middle > p->band ? middle - p->band : 0;
             k <= middle + p->band && k <= p->b->count; k++) {
            if (place_of(p, i, k, &place) && p->cost[place] < HUGE_VAL)
                relax(p, i, k, p->cost[place]);
        }
    }
}

/* Follow the path from its end back to its start, then reverse it. */
static void take_path(struct alignment *al, const struct path *p)
{
    size_t i = p->a->count;
    size_t k = p->b->count;
    size_t place;
    size_t n;

    al->count = 0;
    if (!place_of(p, i, k, &place) || p->taken[place] == 0) { /* outside the band */
        add_pair(al, p->a, 0, i, p->b, 0, k);
        return;
    }
    while ((i > 0 || k > 0) && place_of(p, i, k, &place) && p->taken[place] > 0) {
        const struct bead *bead = &beads[p->taken[place] - 1];

        i -= bead->a;
        k -= bead->b;
        add_pair(al, p->a, i, i + bead->a, p->b, k, k + bead->b);
    }
    for (n = 0; n * 2 + 1 < al->count; n++) {
        struct alignment_pair other = al->pairs[n];

        al->pairs[n] = al->pairs[al->count - 1 - n];
        al->pairs[al->count - 1 - n] = other;
    }
}

static size_t band_of(const struct side *a, const struct side *b)
{
    size_t larger = a->count > b->count ? a->count : b->count;
    size_t steep = a->count > 0 ? b->count / a->count : 0;
    size_t band = larger / 50;

    return (band > BAND_MIN ? band : BAND_MIN) + steep;
}

static void align_by_length(struct alignment *al, const struct side *a, const struct side *b,
                            const struct voices *voices)
{
    struct path p = {.a = a,
                     .b = b,
                     .voices = voices,
                     .ratio = a->length > 0 && b->length > 0 ? b->length / a->length : 1,
                     .both_name = !transcript_lists_nobody(a->t) &&
                                  !transcript_lists_nobody(b->t),
                     .band = band_of(a, b)};

    fill_tail_costs(&p.tail);
    find_path(&p);
    take_path(al, &p);
    free(p.cost);
    free(p.taken);
}

/* Learn which speaker of `b` corresponds to each one of `a`, by the characters they have in
 * common. */
static void learn_voices(struct voices *v, const struct alignment *al, const struct side *a,
                         const struct side *b)
{
    size_t others = transcript_speaker_count(b->t);
    double *shared;
    size_t i;
    size_t k;

    v->count = transcript_speaker_count(a->t);
    v->of = memory_alloc((v->count + 1) * sizeof *v->of);
    shared = memory_zalloc((v->count + 1) * (others + 1), sizeof *shared);
    for (i = 0; i < al->count; i++) {
        const struct alignment_pair *pair = &al->pairs[i];
        uint32_t from;
        uint32_t to;
        size_t bytes;

        if (pair->a_first == pair->a_end || pair->b_first == pair->b_end)
            continue;
        from = transcript_segment(a->t, pair->a_first)->speaker;
        to = transcript_segment(b->t, pair->b_first)->speaker;
        if (from == SPEAKER_NONE || to == SPEAKER_NONE)
            continue;
        transcript_text(a->t, pair->a_first, &bytes);
        shared[from * others + to] += (double)bytes;
    }
    for (i = 0; i < v->count; i++) {
        double all = 0;
        double most = 0;

        v->of[i] = SPEAKER_NONE;
        for (k = 0; k < others; k++) {
            all += shared[i * others + k];
            if (shared[i * others + k] > most) {
                most = shared[i * others + k];
                v->of[i] = (uint32_t)k;
            }
        }
        if (most * 2 <= all)
            v->of[i] = SPEAKER_NONE;
    }
    free(shared);
}

/* --------------------------------------------------------------------------------- all */

/* At most this many pairs of speakers are counted. */
enum { MAX_VOICES = 4000000 };

void alignment_make(struct alignment *al, const struct transcript *a,
                    const struct transcript *b)
{
    struct side of_a;
    struct side of_b;
    struct voices voices = {0};

    *al = (struct alignment){0};
    fill_side(&of_a, a);
    fill_side(&of_b, b);
    al->by_time = can_align_by_time(&of_a, &of_b);
    if (al->by_time) {
        align_by_time(al, &of_a, &of_b);
    } else {
        align_by_length(al, &of_a, &of_b, NULL);
        if (transcript_speaker_count(a) * transcript_speaker_count(b) <= MAX_VOICES) {
            learn_voices(&voices, al, &of_a, &of_b);
            align_by_length(al, &of_a, &of_b, &voices);
        }
    }
    free(voices.of);
    free(of_a.units);
    free(of_b.units);
}

void alignment_release(struct alignment *al)
{
    free(al->pairs);
    *al = (struct alignment){0};
}
