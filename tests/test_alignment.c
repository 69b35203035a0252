/* Alignment: pairs with known answers, made from one record by leaving out, joining and
 * cutting. */
#include "shilu/analysis/alignment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shilu/base/buffer.h"

static const char heading[] = ""; /* nobody says it */

static void say(struct transcript *t, const char *speaker, int64_t start_ms, size_t characters,
                const char *character)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    struct buffer text = {0};
    struct error err;

    while (characters-- > 0)
        buffer_append_string(&text, character);
    draft.text = buffer_string(&text);
    draft.text_bytes = text.bytes;
    draft.start_ms = start_ms;
    if (start_ms != TIME_NONE)
        transcript_set_time_base(t, TIME_BASE_ELAPSED);
    if (speaker == heading)
        draft.kind = SEGMENT_HEADING;
    else if (speaker != NULL)
        draft.speaker = transcript_speaker(t, &(struct speaker_label){.name = speaker});
    assert_true(transcript_append(t, &draft, &err));
    buffer_release(&text);
}

/* "0-1:0-1 1-2:1-3" … */
static void assert_aligned(const struct transcript *a, const struct transcript *b, bool by_time,
                           const char *expected)
{
    struct alignment al;
    struct buffer out = {0};
    size_t i;

    alignment_make(&al, a, b);
    assert_int_equal(al.by_time, by_time);
    for (i = 0; i < al.count; i++)
        buffer_append_format(&out, "%s%u-%u:%u-%u", i > 0 ? " " : "",
                             (unsigned)al.pairs[i].a_first, (unsigned)al.pairs[i].a_end,
                             (unsigned)al.pairs[i].b_first, (unsigned)al.pairs[i].b_end);
    assert_string_equal(buffer_string(&out), expected);
    buffer_release(&out);
    alignment_release(&al);
}

static void alignment__follows_the_lengths_of_a_translation(void **state)
{
    static const size_t lengths[] = {40, 200, 35, 310, 90, 150};
    struct transcript *a = transcript_new();
    struct transcript *b = transcript_new();
    size_t i;

    (void)state;
    for (i = 0; i < 6; i++) {
        say(a, i % 2 ? "局長" : "記者", TIME_NONE, lengths[i], "字");
        if (i == 3) { /* cut in two */
            say(b, "Director", TIME_NONE, lengths[i], "x");
            say(b, "Director", TIME_NONE, lengths[i] * 2 - 4, "x");
        } else if (i != 4) { /* 4 is not translated */
            say(b, i % 2 ? "Director" : "Reporter", TIME_NONE, lengths[i] * 3 + i, "x");
        }
    }
    assert_aligned(a, b, false, "0-1:0-1 1-2:1-2 2-3:2-3 3-4:3-5 4-5:5-5 5-6:5-6");
    transcript_free(a);
    transcript_free(b);
}

/* Speech is beside speech. */
static void alignment__a_translation_without_headings__leaves_them_alone(void **state)
{
    static const size_t lengths[] = {46, 90, 38, 60};
    struct transcript *a = transcript_new();
    struct transcript *b = transcript_new();

    (void)state;
    say(a, heading, TIME_NONE, 26, "x");
    say(a, heading, TIME_NONE, 13, "x");
    for (size_t i = 0; i < 4; i++) {
        if (i == 2)
            say(a, heading, TIME_NONE, 14, "x");
        say(a, i % 2 ? "Director" : "Chair", TIME_NONE, lengths[i], "x");
        say(b, i % 2 ? "局長" : "主席", TIME_NONE, lengths[i] / 3, "字");
    }
    assert_aligned(a, b, false, "0-1:0-0 1-2:0-0 2-3:0-1 3-4:1-2 4-5:2-2 5-6:2-3 6-7:3-4");
    transcript_free(a);
    transcript_free(b);
}

static void alignment__by_time_joins_captions_to_paragraphs(void **state)
{
    struct transcript *a = transcript_new();
    struct transcript *b = transcript_new();

    (void)state;
    say(a, "A", 0, 100, "x");
    say(a, "B", 20000, 100, "x");
    say(a, "A", 50000, 100, "x");
    say(b, NULL, 200, 30, "y");
    say(b, NULL, 7000, 30, "y");
    say(b, NULL, 14000, 30, "y");
    say(b, NULL, 20400, 30, "y");
    say(b, NULL, 35000, 30, "y");
    say(b, NULL, 50100, 30, "y");
    assert_aligned(a, b, true, "0-1:0-3 1-2:3-5 2-3:5-6");
    transcript_free(a);
    transcript_free(b);
}

static void say_until(struct transcript *t, int64_t start_ms, int64_t end_ms)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    struct error err;

    draft.text = "words";
    draft.text_bytes = strlen(draft.text);
    draft.start_ms = start_ms;
    draft.end_ms = end_ms;
    assert_true(transcript_append(t, &draft, &err));
}

/* An aside of one record, while the other is silent, has nothing beside it. */
static void alignment__by_time_leaves_asides_alone(void **state)
{
    struct transcript *a = transcript_new();
    struct transcript *b = transcript_new();

    say_until(a, 0, 4000);
    say_until(a, 10000, 14000);
    say_until(a, 30000, 33000);
    say_until(b, 200, 4000);
    say_until(b, 10300, 12000);
    say_until(b, 12000, 14000);
    say_until(b, 20000, 22000);
    say_until(b, 30100, 33000);
    assert_aligned(a, b, true, "0-1:0-1 1-2:1-3 2-2:3-4 2-3:4-5");
    transcript_free(a);
    transcript_free(b);
}

static void alignment__with_nothing_leaves_all_unmatched(void **state)
{
    struct transcript *a = transcript_new();
    struct transcript *b = transcript_new();

    (void)state;
    assert_aligned(a, b, false, "");
    say(a, "A", TIME_NONE, 10, "x");
    assert_aligned(a, b, false, "0-1:0-0");
    assert_aligned(b, a, false, "0-0:0-1");
    transcript_free(a);
    transcript_free(b);
}

/* Every segment of both is in exactly one pair, whatever the lengths. */
static void alignment__covers_both_records(void **state)
{
    unsigned round;
    size_t i;

    (void)state;
    srand(11);
    for (round = 0; round < 60; round++) {
        struct transcript *a = transcript_new();
        struct transcript *b = transcript_new();
        struct alignment al;
        unsigned a_count = (unsigned)rand() % 50 * (round % 3);
        unsigned b_count = (unsigned)rand() % 500;
        uint32_t a_end = 0;
        uint32_t b_end = 0;

        for (i = 0; i < a_count; i++)
            say(a, rand() % 3 ? "A" : "B", TIME_NONE, (size_t)rand() % 200, "x");
        for (i = 0; i < b_count; i++)
            say(b, rand() % 3 ? "C" : "D", TIME_NONE, (size_t)rand() % 300, "y");
        alignment_make(&al, a, b);
        for (i = 0; i < al.count; i++) {
            assert_int_equal(al.pairs[i].a_first, a_end);
            assert_int_equal(al.pairs[i].b_first, b_end);
            a_end = al.pairs[i].a_end;
            b_end = al.pairs[i].b_end;
        }
        assert_int_equal(a_end, transcript_count(a));
        assert_int_equal(b_end, transcript_count(b));
        alignment_release(&al);
        transcript_free(a);
        transcript_free(b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alignment__follows_the_lengths_of_a_translation),
        cmocka_unit_test(alignment__a_translation_without_headings__leaves_them_alone),
        cmocka_unit_test(alignment__by_time_joins_captions_to_paragraphs),
        cmocka_unit_test(alignment__by_time_leaves_asides_alone),
        cmocka_unit_test(alignment__with_nothing_leaves_all_unmatched),
        cmocka_unit_test(alignment__covers_both_records),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
