/* Search: hits of a query in a transcript, counted in slices, and next and previous from any
 * place, against a plain scan of each segment. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "processor_time.h"
#include "shilu/base/buffer.h"
#include "shilu/base/memory.h"
#include "shilu/model/search.h"

static void append_at(struct transcript *t, uint32_t speaker, int64_t start_ms,
                      const char *text, size_t bytes)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    struct error err;

    draft.start_ms = start_ms;
    draft.piece = start_ms != TIME_NONE;
    draft.speaker = speaker;
    draft.text = text;
    draft.text_bytes = bytes;
    assert_true(transcript_append(t, &draft, &err));
}

static void append(struct transcript *t, uint32_t speaker, const char *text, size_t bytes)
{
    append_at(t, speaker, TIME_NONE, text, bytes);
}

static uint32_t speaker(struct transcript *t, const char *name)
{
    struct speaker_label label = {.name = name};

    return transcript_speaker(t, &label);
}

static struct transcript *sample(void)
{
    static const char *const texts[] = {"國務院国务院", "", "x", "国 务院 国务院", "a\nb a b",
                                        "國务院",       "", "",  "aaaa",           "国务院"};
    struct transcript *t = transcript_new();
    uint32_t speakers[3];
    size_t i;

    speakers[0] = speaker(t, "甲");
    speakers[1] = speaker(t, "乙");
    speakers[2] = SPEAKER_NONE;
    for (i = 0; i < sizeof texts / sizeof *texts; i++)
        append(t, speakers[i % 3], texts[i], strlen(texts[i]));
    return t;
}

/* The same words as captions, a second apart: most of them read on. */
static struct transcript *captions(void)
{
    static const char *const texts[] = {"國",  "务",   "院", "国务", "院国", "务院。", "aa",
                                        "a",   "",     "b",  "a",    "b",    "國 务",  "院",
                                        "aaa", "國務", "院", "",     "",     "aa",     "国"};
    struct transcript *t = transcript_new();
    uint32_t one = speaker(t, "甲");
    uint32_t other = speaker(t, "乙");
    size_t i;

    for (i = 0; i < sizeof texts / sizeof *texts; i++)
        append_at(t, i / 7 % 2 == 1 ? other : one, (int64_t)i * 1000, texts[i],
                  strlen(texts[i]));
    return t;
}

static struct search *search_for(const char *query)
{
    struct error err = {0};
    struct matcher *m = matcher_new(query, strlen(query), 0, &err);

    assert_non_null(m);
    return search_new(m);
}

static uint64_t text_byte(const struct transcript *t, uint32_t segment)
{
    return transcript_segment(t, segment)->text_byte;
}

/* All hits, one segment or paragraph after another, as far as it is taken. */
static struct hit *plain_scan(struct matcher *m, const struct transcript *t,
                              const struct selection *sel, size_t *count)
{
    struct hit *hits = NULL;
    size_t capacity = 0;
    uint32_t segment = selection_at_or_after(sel, t, 0);

    *count = 0;
    while (segment != SEGMENT_NONE) {
        uint32_t end = segment + 1;
        size_t bytes;
        const char *text;
        struct match match;
        uint32_t at = segment;
        size_t from = 0;

        while (end < transcript_count(t) && selection_takes(sel, t, end) &&
               (transcript_segment(t, end)->flags & SEGMENT_CONTINUES) != 0)
            end++;
        text = transcript_joined(t, segment, end, &bytes);
        for (; matcher_find(m, text, bytes, from, &match); from = match.end) {
            uint32_t skipped;

            while (at + 1 < end && text_byte(t, at + 1) - text_byte(t, segment) <= match.start)
                at++;
            skipped = (uint32_t)(text_byte(t, at) - text_byte(t, segment));
            MEMORY_RESERVE(hits, capacity, *count + 1);
            hits[(*count)++] = (struct hit){at, (uint32_t)match.start - skipped,
                                            (uint32_t)match.end - skipped};
        }
        segment = selection_at_or_after(sel, t, end);
    }
    return hits;
}

static void assert_same_hit(const struct hit *a, const struct hit *b)
{
    assert_int_equal(a->segment, b->segment);
    assert_int_equal(a->byte, b->byte);
    assert_int_equal(a->byte_end, b->byte_end);
}

/* The first of `hits` at or after a place. */
static size_t first_from(const struct hit *hits, size_t count, uint32_t segment, uint32_t byte)
{
    size_t i = 0;

    while (i < count &&
           (hits[i].segment < segment || (hits[i].segment == segment && hits[i].byte < byte)))
        i++;
    return i;
}

/* What is known of a place is right; what is not known yet is only so before the end. */
static void assert_looks(const struct search *s, const struct transcript *t, bool backward,
                         uint32_t segment, uint32_t byte, const struct hit *expected)
{
    struct hit hit;
    enum search_look look = search_look(s, t, backward, segment, byte, &hit);

    if (look == SEARCH_NOT_YET) {
        assert_false(search_done(s, t));
        return;
    }
    assert_int_equal(look, expected != NULL ? SEARCH_FOUND : SEARCH_NONE);
    if (expected != NULL)
        assert_same_hit(&hit, expected);
}

static void check_moves(const struct search *s, const struct transcript *t,
                        const struct hit *hits, size_t count)
{
    uint32_t segment;

    for (segment = 0; segment <= transcript_count(t); segment++) {
        size_t bytes = 0;
        uint32_t byte;

        if (segment < transcript_count(t))
            transcript_text(t, segment, &bytes);
        for (byte = 0; byte <= bytes + 1; byte++) {
            size_t expected = first_from(hits, count, segment, byte);

            assert_looks(s, t, false, segment, byte, expected < count ? &hits[expected] : NULL);
            assert_looks(s, t, true, segment, byte, expected > 0 ? &hits[expected - 1] : NULL);
        }
    }
}

static void check_query(const struct transcript *t, const struct selection *sel,
                        const char *query)
{
    struct search *s = search_for(query);
    size_t count;
    struct hit *hits = plain_scan(search_matcher(s), t, sel, &count);
    size_t i;

    check_moves(s, t, hits, count); /* before anything is counted */
    while (!search_step(s, t, sel, 1000))
        continue;
    assert_true(search_done(s, t));
    assert_int_equal(search_count(s), count);
    for (i = 0; i < count; i++) {
        struct hit hit = search_hit(s, i);

        assert_same_hit(&hit, &hits[i]);
        assert_int_equal(search_ordinal(s, &hit), i + 1);
        hit.byte++;
        if (i + 1 < count &&
            (hits[i + 1].segment != hit.segment || hits[i + 1].byte != hit.byte))
            assert_int_equal(search_ordinal(s, &hit), 0);
    }
    check_moves(s, t, hits, count);
    search_restart(s);
    assert_int_equal(search_count(s), 0);
    check_moves(s, t, hits, count);
    free(hits);
    search_free(s);
}

static const char *const queries[] = {"国务院", "=国务院", "国",     "a b",         "aa",
                                      "=aa",    "院",      "\\v国?", "\\v[国國]务", "\\v^.",
                                      "\\v$",   "zzz",     "\\v\\s", " ",           "\\va.*b"};

static void search__finds_what_a_plain_scan_finds(void **state)
{
    struct transcript *t = sample();
    struct selection sel = SELECTION_INIT;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof queries / sizeof *queries; i++)
        check_query(t, &sel, queries[i]);
    transcript_free(t);
}

static void search__honours_the_selection(void **state)
{
    struct transcript *t = sample();
    size_t i;

    (void)state;
    for (i = 0; i < sizeof queries / sizeof *queries; i++) {
        struct selection sel = SELECTION_INIT;

        selection_solo_only(&sel, 0);
        check_query(t, &sel, queries[i]);
        selection_all_speakers(&sel);
        selection_mute_toggle(&sel, 0);
        check_query(t, &sel, queries[i]);
        selection_mute_toggle(&sel, 1);
        check_query(t, &sel, queries[i]);
        selection_release(&sel);
    }
    transcript_free(t);
}

static void search__finds_what_stands_across_captions(void **state)
{
    struct transcript *t = captions();
    struct selection sel = SELECTION_INIT;
    struct search *s = search_for("国务院");
    struct hit hit;
    size_t bytes, start, end;
    const char *text;
    size_t i;

    (void)state;
    assert_true(search_step(s, t, &sel, 1000));
    hit = search_hit(s, 1);
    assert_int_equal(hit.segment, 3);
    assert_int_equal(hit.byte_end, 9); /* into the next one */
    hit = search_hit(s, 2);
    assert_int_equal(hit.segment, 4);
    assert_int_equal(hit.byte, 3);
    text = search_hit_unit(t, &sel, &hit, &bytes, &start, &end);
    assert_int_equal(end - start, 9);
    assert_memory_equal(text + start, "国务院", 9);
    search_free(s);
    for (i = 0; i < sizeof queries / sizeof *queries; i++)
        check_query(t, &sel, queries[i]);
    transcript_free(t);
}

/* A time, a speaker or a bit can cut a paragraph: what is left of it is searched. */
static void search__keeps_to_the_part_that_is_selected(void **state)
{
    struct transcript *t = captions();
    uint32_t from, to;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof queries / sizeof *queries; i++) {
        uint8_t bits[] = {0x5D, 0xF7, 0x1B};
        struct selection sel = SELECTION_INIT;

        for (from = 0; from < transcript_count(t); from += 3) {
            for (to = from + 1; to <= transcript_count(t); to += 2) {
                sel.from_ms = from * 1000;
                sel.to_ms = to * 1000;
                check_query(t, &sel, queries[i]);
            }
        }
        sel = SELECTION_INIT;
        selection_solo_only(&sel, 1);
        check_query(t, &sel, queries[i]);
        selection_release(&sel);
        sel = SELECTION_INIT;
        sel.matching = bits;
        sel.matching_count = transcript_count(t);
        check_query(t, &sel, queries[i]);
    }
    transcript_free(t);
}

static void search__of_nothing_finds_nothing(void **state)
{
    struct transcript *t = transcript_new();
    struct selection sel = SELECTION_INIT;
    struct search *s = search_for("a");

    (void)state;
    assert_true(search_step(s, t, &sel, 0));
    assert_int_equal(search_count(s), 0);
    assert_looks(s, t, false, 0, 0, NULL);
    assert_looks(s, t, true, 7, 7, NULL);
    search_free(s);
    search_free(NULL);
    transcript_free(t);
}

static void search_step__goes_on_in_a_record_that_grows(void **state)
{
    struct transcript *t = transcript_new();
    struct selection sel = SELECTION_INIT;
    struct search *s = search_for("国");
    size_t i;

    (void)state;
    for (i = 1; i <= 500; i++) {
        append(t, SPEAKER_NONE, "國 国", strlen("國 国"));
        assert_false(search_done(s, t));
        assert_true(search_step(s, t, &sel, 1000));
        assert_int_equal(search_count(s), 2 * i);
    }
    assert_int_equal(search_hit(s, 999).segment, 499);
    search_free(s);
    transcript_free(t);
}

/* After each caption the hits are those of a new search: including those that only the next
 * caption completes, and without those that it undoes. */
static void search_step__looks_again_at_a_paragraph_that_grows(void **state)
{
    struct transcript *whole = captions();
    uint32_t segment;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof queries / sizeof *queries; i++) {
        struct transcript *t = transcript_new();
        struct selection sel = SELECTION_INIT;
        struct search *s = search_for(queries[i]);

        speaker(t, "甲");
        speaker(t, "乙");
        for (segment = 0; segment < transcript_count(whole); segment++) {
            size_t bytes, count, k;
            const char *text = transcript_text(whole, segment, &bytes);
            const struct segment *what = transcript_segment(whole, segment);
            struct hit *hits;

            append_at(t, what->speaker, what->start_ms, text, bytes);
            assert_true(search_step(s, t, &sel, 1000));
            hits = plain_scan(search_matcher(s), t, &sel, &count);
            assert_int_equal(search_count(s), count);
            for (k = 0; k < count; k++) {
                struct hit hit = search_hit(s, k);

                assert_same_hit(&hit, &hits[k]);
            }
            free(hits);
        }
        search_free(s);
        transcript_free(t);
    }
    transcript_free(whole);
}

/* Records far longer than a slice, with hits across the places where slices end, in one
 * segment and in many. */
static void search_step__loses_nothing_between_slices(void **state)
{
    static const char *const all[] = {"abc", "=abc", "\\vabc", "国务", "\\v[国國]务", "c a"};
    static const char unit[] = "國务abc ";
    size_t long_segments;

    (void)state;
    for (long_segments = 0; long_segments < 2; long_segments++) {
        struct transcript *t = transcript_new();
        struct selection sel = SELECTION_INIT;
        struct buffer text = {0};
        size_t count = 120000;
        size_t i;

        for (i = 0; i < count; i++) {
            buffer_append(&text, unit, sizeof unit - 1);
            if (long_segments == 0 && i % 7 == 6) {
                append(t, SPEAKER_NONE, text.data, text.bytes);
                buffer_clear(&text);
            }
        }
        append(t, SPEAKER_NONE, buffer_string(&text), text.bytes);
        for (i = 0; i < sizeof all / sizeof *all; i++) {
            struct search *s = search_for(all[i]);
            size_t steps = 1;

            while (!search_step(s, t, &sel, 0))
                steps++;
            assert_true(steps > 3);
            assert_int_equal(search_count(s), strcmp(all[i], "c a") == 0 ? 0 : count);
            search_free(s);
        }
        buffer_release(&text);
        transcript_free(t);
    }
}

/* The scan is in the middle of the long segment that is looked through. */
static void search_look__meets_the_scan_half_way(void **state)
{
    struct transcript *t = transcript_new();
    struct selection sel = SELECTION_INIT;
    struct buffer text = {0};
    struct search *whole = search_for("aa");
    struct search *part = search_for("aa");
    size_t i;

    (void)state;
    for (i = 0; i < 400001; i++)
        buffer_append_char(&text, i == 350000 ? 'b' : 'a');
    append(t, SPEAKER_NONE, text.data, text.bytes);
    while (!search_step(whole, t, &sel, 0))
        continue;
    assert_false(search_step(part, t, &sel, 0));
    assert_true(search_count(part) < search_count(whole));
    for (i = 1; i < search_count(whole); i += 9973) {
        struct hit here = search_hit(whole, i);
        struct hit before = search_hit(whole, i - 1);

        assert_looks(part, t, false, 0, here.byte, &here);
        assert_looks(part, t, true, 0, here.byte, &before);
    }
    search_free(whole);
    search_free(part);
    buffer_release(&text);
    transcript_free(t);
}

/* However much a pattern costs, no step takes long, each hit is found once, and what was given
 * up is counted. */
static void search_step__costly_pattern__keeps_to_its_budget(void **state)
{
    enum { BUDGET_MS = 5, LONGEST_MS = 250, SEGMENTS = 6, LETTERS = 600 };
    struct transcript *t = transcript_new();
    const struct selection all = SELECTION_INIT;
    struct search *s = search_for("\\v(a+)+c|needle");
    struct buffer text = {0};
    bool done = false;

    (void)state;
    for (int i = 0; i < LETTERS; i++)
        buffer_append_char(&text, 'a');
    buffer_append_string(&text, " needle, and a needle");
    for (int i = 0; i < SEGMENTS; i++)
        append(t, speaker(t, i % 2 == 0 ? "甲" : "乙"), text.data, text.bytes);
    while (!done) {
        int64_t start_ms = processor_ms();

        done = search_step(s, t, &all, BUDGET_MS);
        assert_true(processor_ms() - start_ms < LONGEST_MS);
    }
    assert_int_equal(search_count(s), 2 * SEGMENTS);
    assert_true(search_give_ups(s) > 0);
    search_restart(s);
    assert_int_equal(search_give_ups(s), 0);
    search_free(s);
    transcript_free(t);
    buffer_release(&text);
}

static void hit__is_twelve_bytes(void **state)
{
    (void)state;
    assert_int_equal(sizeof(struct hit), 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(search__finds_what_a_plain_scan_finds),
        cmocka_unit_test(search__honours_the_selection),
        cmocka_unit_test(search__finds_what_stands_across_captions),
        cmocka_unit_test(search__keeps_to_the_part_that_is_selected),
        cmocka_unit_test(search__of_nothing_finds_nothing),
        cmocka_unit_test(search_step__goes_on_in_a_record_that_grows),
        cmocka_unit_test(search_step__looks_again_at_a_paragraph_that_grows),
        cmocka_unit_test(search_step__loses_nothing_between_slices),
        cmocka_unit_test(search_look__meets_the_scan_half_way),
        cmocka_unit_test(search_step__costly_pattern__keeps_to_its_budget),
        cmocka_unit_test(hit__is_twelve_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
