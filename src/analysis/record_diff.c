/* Record diff: words of both records → edit script → runs → blocks of paragraphs that share
 * words → changes. Paragraphs that are completely equal are removed first: in two versions of a
 * record that is nearly everything, and what remains is short. */
#include "shilu/analysis/record_diff.h"

#include <stdlib.h>
#include <string.h>

#include "shilu/analysis/edit_script.h"
#include "shilu/base/hash.h"
#include "shilu/base/memory.h"

enum { ROUNDING_MS = 1000 };

/* With a smaller share of common words, two paragraphs are not versions of each other. */
static const double MIN_COMMON = 0.3;
/* A rename must hold for this many of a speaker's paragraphs. */
static const double MIN_RENAMED = 0.8;

struct paragraph {
    uint32_t segment;
    uint32_t first, end; /* words */
    uint64_t key;
};

struct side {
    const struct transcript *t;
    struct words *words;
    struct paragraph *paragraphs;
    size_t count, capacity;
    uint8_t *changed; /* one for each word */
};

static void fill_side(struct side *s, const struct transcript *t, struct words *words,
                      enum words_mode mode)
{
    size_t segments = transcript_count(t);
    uint32_t segment = 0;

    s->t = t;
    s->words = words;
    while (segment < segments) {
        uint32_t end = transcript_paragraph_end(t, segment);
        struct paragraph p = {.segment = segment, .first = (uint32_t)words->count};
        size_t bytes;
        const char *text = transcript_joined(t, segment, end, &bytes);
        uint32_t i;

        words_add(words, text, bytes, transcript_segment(t, segment)->text_byte, mode);
        p.end = (uint32_t)words->count;
        p.key = HASH_FNV_START;
        for (i = p.first; i < p.end; i++)
            p.key = hash_fnv1a_from(p.key, &words->items[i].key, sizeof words->items[i].key);
        if (p.end > p.first) {
            MEMORY_RESERVE(s->paragraphs, s->capacity, s->count + 1);
            s->paragraphs[s->count++] = p;
        }
        segment = end;
    }
    s->changed = memory_zalloc(words->count + 1, 1);
}

static void release_side(struct side *s)
{
    free(s->paragraphs);
    free(s->changed);
}

static uint64_t *keys_of_words(const struct side *s, uint32_t first, uint32_t end)
{
    uint64_t *keys = memory_alloc((end - first + 1) * sizeof *keys);
    uint32_t i;

    for (i = first; i < end; i++)
        keys[i - first] = s->words->items[i].key;
    return keys;
}

/* Compare the words of paragraphs that did not match as a whole. */
static void compare_words(struct side *a, uint32_t a_first, uint32_t a_end, struct side *b,
                          uint32_t b_first, uint32_t b_end)
{
    uint64_t *a_keys = keys_of_words(a, a_first, a_end);
    uint64_t *b_keys = keys_of_words(b, b_first, b_end);

    edit_script_make(a_keys, a_end - a_first, b_keys, b_end - b_first, a->changed + a_first,
                     b->changed + b_first);
    free(a_keys);
    free(b_keys);
}

static uint32_t word_at(const struct side *s, size_t paragraph)
{
    return paragraph < s->count ? s->paragraphs[paragraph].first : (uint32_t)s->words->count;
}

static uint64_t *keys_of_paragraphs(const struct side *s)
{
    uint64_t *keys = memory_alloc((s->count + 1) * sizeof *keys);
    size_t i;

    for (i = 0; i < s->count; i++)
        keys[i] = s->paragraphs[i].key;
    return keys;
}

static void compare_sides(struct side *a, struct side *b)
{
    uint64_t *a_keys = keys_of_paragraphs(a);
    uint64_t *b_keys = keys_of_paragraphs(b);
    uint8_t *a_changed = memory_zalloc(a->count + 1, 1);
    uint8_t *b_changed = memory_zalloc(b->count + 1, 1);
    size_t i = 0;
    size_t k = 0;

    edit_script_make(a_keys, a->count, b_keys, b->count, a_changed, b_changed);
    while (i < a->count || k < b->count) {
        size_t a_start = i;
        size_t b_start = k;

        while (i < a->count && a_changed[i])
            i++;
        while (k < b->count && b_changed[k])
            k++;
        compare_words(a, word_at(a, a_start), word_at(a, i), b, word_at(b, b_start),
                      word_at(b, k));
        if (i < a->count && k < b->count) {
            i++;
            k++;
        }
    }
    free(a_keys);
    free(b_keys);
    free(a_changed);
    free(b_changed);
}

static void add_run(struct record_diff *d, struct diff_run run)
{
    if (run.old_first == run.old_end && run.new_first == run.new_end)
        return;
    MEMORY_RESERVE(d->runs, d->run_capacity, d->run_count + 1);
    d->runs[d->run_count++] = run;
}

/* A short common run between two longer changes is chance, such as "the" in two otherwise
 * different sentences. */
static void drop_chance(struct side *a, struct side *b)
{
    size_t i = 0;
    size_t k = 0;
    size_t before = 0;

    while (i < a->words->count || k < b->words->count) {
        size_t a_start = i;
        size_t b_start = k;
        size_t changed;
        size_t same;
        size_t a_next;
        size_t b_next;

        while (i < a->words->count && a->changed[i])
            i++;
        while (k < b->words->count && b->changed[k])
            k++;
        changed = i - a_start > k - b_start ? i - a_start : k - b_start;
        a_next = i;
        b_next = k;
        while (a_next < a->words->count && b_next < b->words->count && !a->changed[a_next] &&
               !b->changed[b_next]) {
            a_next++;
            b_next++;
        }
        same = a_next - i;
        if (same > 0 && a_next < a->words->count && b_next < b->words->count &&
            same * 2 <= changed) {
            size_t a_after = a_next;
            size_t b_after = b_next;
            size_t after;

            while (a_after < a->words->count && a->changed[a_after])
                a_after++;
            while (b_after < b->words->count && b->changed[b_after])
                b_after++;
            after = a_after - a_next > b_after - b_next ? a_after - a_next : b_after - b_next;
            if (same * 2 <= after && before + changed > 0) {
                memset(a->changed + i, 1, same);
                memset(b->changed + k, 1, same);
            }
        }
        before = changed;
        if (same == 0 && a_next == a_start && b_next == b_start)
            break;
        i = a_next;
        k = b_next;
    }
}

/* A block is the smallest run of paragraphs on both sides that share words only with each
 * other. */
struct block {
    size_t a_first, a_end, b_first, b_end;
};

/* For each word, the index of the matching word on the other side, or UINT32_MAX. */
static uint32_t *partners_of(const struct side *a, const struct side *b)
{
    uint32_t *partner = memory_alloc((a->words->count + 1) * sizeof *partner);
    size_t i;
    size_t k = 0;

    for (i = 0; i < a->words->count; i++) {
        partner[i] = UINT32_MAX;
        if (a->changed[i])
            continue;
        while (k < b->words->count && b->changed[k])
            k++;
        partner[i] = (uint32_t)k++;
    }
    return partner;
}

static bool shares(const struct side *s, size_t paragraph, const uint32_t *partner)
{
    uint32_t word;

    for (word = s->paragraphs[paragraph].first; word < s->paragraphs[paragraph].end; word++) {
        if (partner[word] != UINT32_MAX)
            return true;
    }
    return false;
}

static bool next_block(const struct side *a, const struct side *b, const uint32_t *to_b,
                       const uint32_t *to_a, struct block *block)
{
    size_t i = block->a_end;
    size_t k = block->b_end;
    bool grew = true;
    size_t a_done = i;
    size_t b_done = k;

    if (i >= a->count && k >= b->count)
        return false;
    *block = (struct block){i, i, k, k};
    /* A paragraph that shares nothing is a block of its own; the old version's come first. */
    if (i < a->count && (!shares(a, i, to_b) || k >= b->count || shares(b, k, to_a)))
        block->a_end = i + 1;
    else
        block->b_end = k + 1;
    while (grew) {
        uint32_t word;

        grew = false;
        for (; a_done < block->a_end; a_done++) {
            for (word = a->paragraphs[a_done].first; word < a->paragraphs[a_done].end; word++) {
                if (to_b[word] == UINT32_MAX)
                    continue;
                while (block->b_end < b->count &&
                       b->paragraphs[block->b_end].first <= to_b[word]) {
                    block->b_end++;
                    grew = true;
                }
            }
        }
        for (; b_done < block->b_end; b_done++) {
            for (word = b->paragraphs[b_done].first; word < b->paragraphs[b_done].end; word++) {
                if (to_a[word] == UINT32_MAX)
                    continue;
                while (block->a_end < a->count &&
                       a->paragraphs[block->a_end].first <= to_a[word]) {
                    block->a_end++;
                    grew = true;
                }
            }
        }
    }
    return true;
}

static void add_change(struct record_diff *d, enum diff_kind kind, uint32_t old_segment,
                       uint32_t new_segment, size_t first_run)
{
    MEMORY_RESERVE(d->changes, d->change_capacity, d->change_count + 1);
    d->changes[d->change_count++] = (struct diff_change){
        .kind = kind,
        .old_segment = old_segment,
        .new_segment = new_segment,
        .first_run = (uint32_t)first_run,
        .end_run = (uint32_t)d->run_count,
    };
}

static uint32_t first_word(const struct side *s, size_t paragraph)
{
    return word_at(s, paragraph);
}

/* The runs of a block, in order. */
static void add_runs(struct record_diff *d, const struct side *a, const struct side *b,
                     const struct block *block)
{
    uint32_t i = first_word(a, block->a_first);
    uint32_t k = first_word(b, block->b_first);
    uint32_t a_end = first_word(a, block->a_end);
    uint32_t b_end = first_word(b, block->b_end);

    while (i < a_end || k < b_end) {
        struct diff_run run = {i, i, k, k, false};

        while (i < a_end && a->changed[i])
            i++;
        while (k < b_end && b->changed[k])
            k++;
        run.old_end = i;
        run.new_end = k;
        add_run(d, run);
        run = (struct diff_run){i, i, k, k, true};
        while (i < a_end && k < b_end && !a->changed[i] && !b->changed[k]) {
            i++;
            k++;
        }
        run.old_end = i;
        run.new_end = k;
        add_run(d, run);
    }
}

static uint32_t speaker_of(const struct side *s, size_t paragraph)
{
    return transcript_segment(s->t, s->paragraphs[paragraph].segment)->speaker;
}

static int64_t start_of(const struct side *s, size_t paragraph)
{
    return transcript_segment(s->t, s->paragraphs[paragraph].segment)->start_ms;
}

/* --------------------------------------------------------------- speakers and times */

static const char *name_of(const struct transcript *t, uint32_t speaker)
{
    return speaker != SPEAKER_NONE ? transcript_speaker_at(t, speaker)->name : "";
}

/* Compare names by their words: another spelling is not another name, unless spelling
 * counts. */
static bool is_same_name(const struct record_diff *d, uint32_t old_speaker,
                         uint32_t new_speaker)
{
    const char *old_name = name_of(d->old_record, old_speaker);
    const char *new_name = name_of(d->new_record, new_speaker);
    struct words a = {0};
    struct words b = {0};
    bool same = true;

    if (strcmp(old_name, new_name) == 0)
        return true;
    words_add(&a, old_name, strlen(old_name), 0, d->mode);
    words_add(&b, new_name, strlen(new_name), 0, d->mode);
    same = a.count == b.count && a.count > 0;
    for (size_t i = 0; same && i < a.count; i++)
        same = a.items[i].key == b.items[i].key;
    words_release(&a);
    words_release(&b);
    return same;
}

static bool is_same_speaker(const struct record_diff *d, uint32_t old_speaker,
                            uint32_t new_speaker)
{
    size_t i;

    if (is_same_name(d, old_speaker, new_speaker))
        return true;
    for (i = 0; i < d->rename_count; i++) {
        if (d->renames[i].old_speaker == old_speaker &&
            d->renames[i].new_speaker == new_speaker)
            return true;
    }
    return false;
}

struct pair {
    uint32_t a, b;
};

/* Single paragraphs on each side that share words, one per block. */
static struct pair *pairs_of(const struct side *a, const struct side *b, const uint32_t *to_b,
                             const uint32_t *to_a, size_t *count)
{
    struct pair *pairs = memory_alloc((a->count + 1) * sizeof *pairs);
    struct block block = {0};

    *count = 0;
    while (next_block(a, b, to_b, to_a, &block)) {
        if (block.a_end - block.a_first == 1 && block.b_end - block.b_first == 1)
            pairs[(*count)++] = (struct pair){(uint32_t)block.a_first, (uint32_t)block.b_first};
    }
    return pairs;
}

/* A speaker is renamed if nearly everything they said is said by one other speaker whose name
 * does not occur in the old version. */
static void find_renames(struct record_diff *d, const struct side *a, const struct side *b,
                         const struct pair *pairs, size_t count)
{
    size_t speakers = transcript_speaker_count(a->t);
    uint32_t *all = memory_zalloc(speakers + 1, sizeof *all);
    size_t i;
    size_t k;

    for (i = 0; i < count; i++) {
        if (speaker_of(a, pairs[i].a) != SPEAKER_NONE)
            all[speaker_of(a, pairs[i].a)]++;
    }
    for (i = 0; i < count; i++) {
        uint32_t from = speaker_of(a, pairs[i].a);
        uint32_t to = speaker_of(b, pairs[i].b);

        if (from == SPEAKER_NONE || to == SPEAKER_NONE || is_same_name(d, from, to))
            continue;
        for (k = 0; k < d->rename_count; k++) {
            if (d->renames[k].old_speaker == from && d->renames[k].new_speaker == to)
                break;
        }
        if (k == d->rename_count) {
            MEMORY_RESERVE(d->renames, d->rename_capacity, k + 1);
            d->renames[d->rename_count++] = (struct diff_rename){from, to, 0};
        }
        d->renames[k].paragraphs++;
    }
    for (k = 0, i = 0; i < d->rename_count; i++) {
        if (d->renames[i].paragraphs >= all[d->renames[i].old_speaker] * MIN_RENAMED)
            d->renames[k++] = d->renames[i];
    }
    d->rename_count = k;
    free(all);
}

/* If all times are shifted by the same amount, that is one fact, not a change in each
 * paragraph. */
static void find_shift(struct record_diff *d, const struct side *a, const struct side *b,
                       const struct pair *pairs, size_t count)
{
    int64_t shift = 0;
    size_t timed = 0;
    size_t agree = 0;
    size_t i;

    d->same_clock = transcript_time_base(a->t) == transcript_time_base(b->t) &&
                    transcript_time_base(a->t) != TIME_BASE_NONE;
    for (i = 0; i < count && d->same_clock; i++) {
        int64_t from = start_of(a, pairs[i].a);
        int64_t to = start_of(b, pairs[i].b);

        if (from == TIME_NONE || to == TIME_NONE)
            continue;
        if (timed++ == 0)
            shift = to - from;
        agree += to - from == shift;
    }
    d->shift_ms = timed > 1 && agree * 2 > timed ? shift : 0;
}

/* Less than a second is rounding between formats, unless spelling counts as well. */
static bool is_moved(const struct record_diff *d, const struct side *a, size_t i,
                     const struct side *b, size_t k)
{
    int64_t from = start_of(a, i);
    int64_t to = start_of(b, k);

    if (!d->same_clock || from == TIME_NONE || to == TIME_NONE)
        return d->same_clock && from != to;
    return llabs(to - from - d->shift_ms) >= (d->mode == WORDS_FOLDED ? ROUNDING_MS : 1);
}

/* ---------------------------------------------------------------------------- blocks */

/* What a block has in common, as a share of the larger side. */
static double common_of(const struct record_diff *d, size_t first_run)
{
    uint32_t same = 0, old_words = 0, new_words = 0;
    size_t i;

    for (i = first_run; i < d->run_count; i++) {
        const struct diff_run *r = &d->runs[i];

        same += r->same ? r->old_end - r->old_first : 0;
        old_words += r->old_end - r->old_first;
        new_words += r->new_end - r->new_first;
    }
    if (old_words < new_words)
        old_words = new_words;
    return old_words > 0 ? (double)same / old_words : 1;
}

/* Paragraphs with too little in common count as removed and added. */
static void replace_block(struct record_diff *d, const struct side *a, const struct side *b,
                          const struct block *block, size_t first_run)
{
    size_t i;

    d->run_count = first_run;
    for (i = block->a_first; i < block->a_end; i++) {
        size_t run = d->run_count;

        add_run(d,
                (struct diff_run){a->paragraphs[i].first, a->paragraphs[i].end, 0, 0, false});
        add_change(d, DIFF_REMOVED, a->paragraphs[i].segment, SEGMENT_NONE, run);
    }
    for (i = block->b_first; i < block->b_end; i++) {
        size_t run = d->run_count;

        add_run(d,
                (struct diff_run){0, 0, b->paragraphs[i].first, b->paragraphs[i].end, false});
        add_change(d, DIFF_ADDED, SEGMENT_NONE, b->paragraphs[i].segment, run);
    }
}

static bool differs(const struct record_diff *d, size_t first_run)
{
    size_t i;

    for (i = first_run; i < d->run_count; i++) {
        if (!d->runs[i].same)
            return true;
    }
    return false;
}

static void take_block(struct record_diff *d, const struct side *a, const struct side *b,
                       const struct block *block)
{
    size_t first_run = d->run_count;
    bool pair = block->a_end - block->a_first == 1 && block->b_end - block->b_first == 1;
    uint32_t old_segment;
    uint32_t new_segment;

    add_runs(d, a, b, block);
    if (block->a_first == block->a_end || block->b_first == block->b_end ||
        common_of(d, first_run) < MIN_COMMON) {
        replace_block(d, a, b, block, first_run);
        return;
    }
    old_segment = a->paragraphs[block->a_first].segment;
    new_segment = b->paragraphs[block->b_first].segment;
    if (differs(d, first_run))
        add_change(d, DIFF_WORDS, old_segment, new_segment, first_run);
    else if (!is_same_speaker(d, speaker_of(a, block->a_first), speaker_of(b, block->b_first)))
        add_change(d, DIFF_SPEAKER, old_segment, new_segment, first_run);
    else if (pair && is_moved(d, a, block->a_first, b, block->b_first))
        add_change(d, DIFF_TIME, old_segment, new_segment, first_run);
}

void record_diff_make(struct record_diff *d, const struct transcript *old_record,
                      const struct transcript *new_record, enum words_mode mode)
{
    struct side a = {0};
    struct side b = {0};
    struct block block = {0};
    uint32_t *to_b;
    uint32_t *to_a;
    struct pair *pairs;
    size_t count;

    *d = (struct record_diff){.old_record = old_record, .new_record = new_record, .mode = mode};
    fill_side(&a, old_record, &d->old_words, mode);
    fill_side(&b, new_record, &d->new_words, mode);
    compare_sides(&a, &b);
    drop_chance(&a, &b);
    to_b = partners_of(&a, &b);
    to_a = partners_of(&b, &a);
    pairs = pairs_of(&a, &b, to_b, to_a, &count);
    find_renames(d, &a, &b, pairs, count);
    find_shift(d, &a, &b, pairs, count);
    while (next_block(&a, &b, to_b, to_a, &block))
        take_block(d, &a, &b, &block);
    free(pairs);
    free(to_a);
    free(to_b);
    release_side(&a);
    release_side(&b);
}

void record_diff_release(struct record_diff *d)
{
    words_release(&d->old_words);
    words_release(&d->new_words);
    free(d->runs);
    free(d->changes);
    free(d->renames);
    *d = (struct record_diff){0};
}

bool record_diff_is_empty(const struct record_diff *d)
{
    return d->change_count == 0 && d->rename_count == 0 && d->shift_ms == 0;
}

/* From the first word to the start of the next one, so that marks and spaces belong to the word
 * before them; never across the end of a paragraph. */
static const char *text_of(const struct transcript *t, const struct words *words,
                           uint32_t first, uint32_t end, size_t *bytes)
{
    uint64_t all;
    const char *arena = transcript_arena(t, &all);
    const char *start;
    const char *stop;
    const char *last;
    const char *paragraph_end;

    *bytes = 0;
    if (first >= end)
        return "";
    start = arena + words->items[first].byte;
    stop = end < words->count ? arena + words->items[end].byte : arena + all;
    last = arena + words->items[end - 1].byte;
    paragraph_end = memchr(last, '\0', (size_t)(stop - last));
    if (paragraph_end != NULL) /* including the end itself, if something follows */
        stop = paragraph_end + (end < words->count);
    *bytes = (size_t)(stop - start);
    return start;
}

/* Paragraphs are in the arena with a NUL between them. */
static void append_lines(struct buffer *out, const char *text, size_t bytes)
{
    size_t at = out->bytes;

    buffer_append(out, text, bytes);
    for (; at < out->bytes; at++)
        if (out->data[at] == '\0')
            out->data[at] = '\n';
}

void record_diff_append_old(const struct record_diff *d, const struct diff_run *run,
                            struct buffer *out)
{
    size_t bytes;
    const char *text = text_of(d->old_record, &d->old_words, run->old_first, run->old_end,
                               &bytes);

    append_lines(out, text, bytes);
}

void record_diff_append_new(const struct record_diff *d, const struct diff_run *run,
                            struct buffer *out)
{
    size_t bytes;
    const char *text = text_of(d->new_record, &d->new_words, run->new_first, run->new_end,
                               &bytes);

    append_lines(out, text, bytes);
}
