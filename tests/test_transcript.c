/* The model: segments, speakers, turns, exchanges, paragraphs and time, on records made here.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "shilu/base/buffer.h"
#include "shilu/model/transcript.h"

static uint32_t speaker(struct transcript *t, const char *name, const char *role)
{
    return transcript_speaker(t, &(struct speaker_label){.name = name, .role = role});
}

static void say(struct transcript *t, uint32_t who, int64_t start_ms, const char *text)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    struct error err;

    draft.speaker = who;
    draft.start_ms = start_ms;
    draft.text = text;
    draft.text_bytes = strlen(text);
    assert_true(transcript_append(t, &draft, &err));
}

static void cue(struct transcript *t, uint32_t who, int64_t start_ms, int64_t end_ms,
                const char *text)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    struct error err;

    draft.speaker = who;
    draft.start_ms = start_ms;
    draft.end_ms = end_ms;
    draft.text = text;
    draft.text_bytes = strlen(text);
    draft.piece = true;
    assert_true(transcript_append(t, &draft, &err));
}

/* A briefing: the host opens, two questions (the second is handed on), a remark of the host in
 * between, a third, and the end. */
static struct transcript *briefing(void)
{
    struct transcript *t = transcript_new();
    uint32_t host = speaker(t, "林若水", "新聞局局長");
    uint32_t first = speaker(t, "高遠", "農業部副部長");
    uint32_t second = speaker(t, "何晴", "水利司司長");

    transcript_set_time_base(t, TIME_BASE_WALL);
    say(t, host, 1000, "歡迎。");
    say(t, first, 2000, "我先介紹。");
    say(t, first, 3000, "介紹完了。");
    say(t, host, 4000, "請提問。");
    say(t, speaker(t, "海風日報記者", NULL), 5000, "收成怎樣?");
    say(t, first, 6000, "很好。");
    say(t, speaker(t, "北方廣播電臺記者", NULL), 7000, "水夠嗎?");
    say(t, first, 8000, "請何司長回答。");
    say(t, second, 9000, "夠。");
    say(t, second, 10000, "還有餘。");
    say(t, host, 11000, "最後一個問題。");
    say(t, speaker(t, "山城週刊記者", NULL), 12000, "價格呢?");
    say(t, second, 13000, "平穩。");
    say(t, host, 14000, "謝謝各位。");
    return t;
}

static void transcript_append__keeps_text_and_repairs_nul(void **state)
{
    struct transcript *t = transcript_new();
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    struct error err;
    size_t bytes;
    uint64_t all;

    (void)state;
    draft.text = "a\0b";
    draft.text_bytes = 3;
    assert_true(transcript_append(t, &draft, &err));
    say(t, SPEAKER_NONE, TIME_NONE, "");
    say(t, SPEAKER_NONE, TIME_NONE, "次");
    assert_string_equal(transcript_text(t, 0, &bytes), "a\xEF\xBF\xBD"
                                                       "b");
    assert_int_equal(bytes, 5);
    assert_string_equal(transcript_text(t, 1, &bytes), "");
    assert_string_equal(transcript_text(t, 2, &bytes), "次");
    assert_memory_equal(transcript_arena(t, &all),
                        "a\xEF\xBF\xBD"
                        "b\0\0次\0",
                        11);
    assert_int_equal(all, 11);
    assert_int_equal(transcript_segment_at_byte(t, 0), 0);
    assert_int_equal(transcript_segment_at_byte(t, 5), 0);
    assert_int_equal(transcript_segment_at_byte(t, 6), 1);
    assert_int_equal(transcript_segment_at_byte(t, 9), 2);
    transcript_free(t);
}

/* The text is not looked at before its length is. */
static void transcript_append__refuses_what_passes_a_limit(void **state)
{
    struct transcript *t = transcript_new();
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    struct error err = {0};

    (void)state;
    draft.text_bytes = UINT32_MAX / 3;
    assert_false(transcript_append(t, &draft, &err));
    assert_int_equal(err.code, ERROR_LIMIT);
    assert_string_equal(err.message, "a segment of 1431655765 bytes is too long");
    draft.text_bytes = 0;
    assert_true(transcript_append(t, &draft, &err));
    assert_int_equal(transcript_count(t), 1);
    transcript_free(t);
}

static void transcript_append__keeps_extras_of_few_segments(void **state)
{
    struct transcript *t = transcript_new();
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    struct error err;
    int i;

    (void)state;
    for (i = 0; i < 100; i++) {
        draft.extra = i % 30 == 7 ? "{\"x\":1}" : NULL;
        assert_true(transcript_append(t, &draft, &err));
    }
    for (i = 0; i < 100; i++) {
        if (i % 30 == 7)
            assert_string_equal(transcript_extra(t, (uint32_t)i), "{\"x\":1}");
        else
            assert_null(transcript_extra(t, (uint32_t)i));
    }
    transcript_free(t);
}

static void transcript_speaker__joins_role_and_bare_name(void **state)
{
    struct transcript *t = transcript_new();
    uint32_t first = speaker(t, "何晴", NULL);

    (void)state;
    assert_int_equal(speaker(t, " 何晴\xE3\x80\x80", "水利司司長"), first);
    assert_int_equal(speaker(t, "何晴", "農業部水利司司長"), first);
    assert_string_equal(transcript_speaker_at(t, first)->role, "水利司司長");
    assert_int_equal(speaker(t, "Jane  Doe", NULL), speaker(t, "Jane\tDoe", NULL));
    assert_int_equal(speaker(t, " \t ", NULL), SPEAKER_NONE);
    assert_int_equal(transcript_speaker_count(t), 2);
    transcript_free(t);
}

static void transcript_define_speaker__joins_an_id_used_before(void **state)
{
    struct transcript *t = transcript_new();
    uint32_t used = speaker(t, "he", NULL);
    const char *const aliases[] = {"小何", NULL};
    uint32_t defined = transcript_define_speaker(
        t, &(struct speaker_label){.id = "he", .name = "何晴", .aliases = aliases});
    uint32_t namesake = transcript_define_speaker(
        t, &(struct speaker_label){.id = "he2", .name = "何晴"});

    (void)state;
    assert_int_equal(defined, used);
    assert_string_equal(transcript_speaker_at(t, used)->name, "何晴");
    assert_int_not_equal(namesake, used);
    assert_int_equal(speaker(t, "何晴", NULL), used);
    assert_int_equal(speaker(t, "小何", NULL), used);
    assert_int_equal(speaker(t, "he2", NULL), namesake);
    transcript_free(t);
}

static void transcript_speaker__five_thousand_stay_apart(void **state)
{
    struct transcript *t = transcript_new();
    char name[32];
    uint32_t i;

    (void)state;
    for (i = 0; i < 10000; i++) {
        snprintf(name, sizeof name, "speaker %u", (unsigned)(i % 5000));
        assert_int_equal(speaker(t, name, NULL), i % 5000);
    }
    transcript_free(t);
}

static void transcript_kind__tells_questions_answers_and_the_host(void **state)
{
    static const enum segment_kind kinds[] = {
        SEGMENT_REMARK, SEGMENT_REMARK,   SEGMENT_REMARK, SEGMENT_REMARK, SEGMENT_QUESTION,
        SEGMENT_ANSWER, SEGMENT_QUESTION, SEGMENT_ANSWER, SEGMENT_ANSWER, SEGMENT_ANSWER,
        SEGMENT_REMARK, SEGMENT_QUESTION, SEGMENT_ANSWER, SEGMENT_REMARK};
    struct transcript *t = briefing();
    uint32_t i;

    (void)state;
    for (i = 0; i < transcript_count(t); i++)
        assert_int_equal(transcript_kind(t, i), kinds[i]);
    assert_int_equal(transcript_speaker_kind(t, 0), SPEAKER_HOST);
    assert_int_equal(transcript_speaker_kind(t, 1), SPEAKER_OFFICIAL);
    assert_int_equal(transcript_speaker_kind(t, 3), SPEAKER_REPORTER);
    transcript_free(t);
}

static void transcript_exchange__ends_with_the_last_answer(void **state)
{
    static const uint32_t bounds[][2] = {{4, 6}, {6, 10}, {11, 13}};
    struct transcript *t = briefing();
    uint32_t i;

    (void)state;
    assert_int_equal(transcript_exchange_count(t), 3);
    for (i = 0; i < 3; i++) {
        struct exchange e = transcript_exchange(t, i);

        assert_int_equal(e.first, bounds[i][0]);
        assert_int_equal(e.end, bounds[i][1]);
    }
    assert_int_equal(transcript_exchange_of(t, 0), EXCHANGE_NONE);
    assert_int_equal(transcript_exchange_of(t, 9), 1);
    assert_int_equal(transcript_exchange_of(t, 10), EXCHANGE_NONE);
    assert_int_equal(transcript_exchange_of(t, 12), 2);
    assert_int_equal(transcript_exchange_of(t, 13), EXCHANGE_NONE);
    transcript_free(t);
}

static void transcript_speaker_kind__a_spokesperson_who_answers_is_no_host(void **state)
{
    struct transcript *t = transcript_new();
    uint32_t spokesperson = speaker(t, "白露", "發言人");
    uint32_t reporter = speaker(t, "A reporter", NULL);

    (void)state;
    say(t, spokesperson, 0, "開始。");
    say(t, reporter, 1, "?");
    say(t, spokesperson, 2, "答。");
    assert_int_equal(transcript_speaker_kind(t, spokesperson), SPEAKER_OFFICIAL);
    assert_int_equal(transcript_kind(t, 2), SEGMENT_ANSWER);
    transcript_free(t);
}

static void transcript_speaker_kind__one_who_is_handed_a_question_is_an_official(void **state)
{
    struct transcript *t = transcript_new();
    uint32_t host = speaker(t, "林若水", "新聞局局長");
    uint32_t first = speaker(t, "高遠", "農業部副部長");
    uint32_t second = speaker(t, "何晴", "水利司司長");
    uint32_t nobody = speaker(t, "某人", NULL);

    (void)state;
    say(t, host, 0, "請提問。");
    assert_int_equal(transcript_speaker_kind(t, second), SPEAKER_UNKNOWN);
    say(t, speaker(t, "海風日報記者", NULL), 1, "水夠嗎?");
    say(t, first, 2, "請何司長回答。");
    assert_int_equal(transcript_speaker_kind(t, second), SPEAKER_UNKNOWN);
    say(t, second, 3, "夠。");
    say(t, nobody, 4, "夠。");
    assert_int_equal(transcript_speaker_kind(t, second), SPEAKER_OFFICIAL);
    assert_int_equal(transcript_speaker_kind(t, nobody), SPEAKER_UNKNOWN);
    assert_int_equal(transcript_speaker_kind(t, host), SPEAKER_HOST);
    transcript_free(t);
}

static void transcript_turn__covers_every_segment(void **state)
{
    struct transcript *t = briefing();
    uint32_t i;
    uint32_t next = 0;

    (void)state;
    for (i = 0; i < transcript_turn_count(t); i++) {
        const struct turn *turn = transcript_turn(t, i);

        assert_int_equal(turn->first, next);
        for (; next < turn->end; next++)
            assert_int_equal(transcript_turn_of(t, next), i);
    }
    assert_int_equal(next, transcript_count(t));
    assert_int_equal(transcript_speaker_at(t, 0)->turns, 4);
    assert_int_equal(transcript_speaker_at(t, 1)->segments, 4);
    transcript_free(t);
}

static void transcript_paragraph__joins_captions_as_their_script_wants(void **state)
{
    struct transcript *t = transcript_new();
    uint32_t a = speaker(t, "A", NULL);
    uint32_t b = speaker(t, "B", NULL);
    const char *text;
    size_t bytes;

    (void)state;
    cue(t, a, 0, 900, "It");
    cue(t, a, 1000, 1900, "rains");
    cue(t, a, 2000, 2100, ".");
    cue(t, a, 2200, 2900, "是");
    cue(t, a, 3000, 3900, "的");
    cue(t, a, 9000, 9900, "later"); /* after a pause */
    cue(t, b, 10000, 10900, "mine");
    say(t, b, 11000, "a paragraph of its own");
    text = transcript_joined(t, 0, transcript_paragraph_end(t, 0), &bytes);
    assert_string_equal(text, "It rains.是的"); /* the NUL ends a paragraph */
    assert_int_equal(bytes, strlen(text));
    text = transcript_joined(t, 1, 3, &bytes);
    assert_int_equal(bytes, 6);
    assert_memory_equal(text, "rains.", 6);
    assert_int_equal(transcript_paragraph_first(t, 4), 0);
    assert_int_equal(transcript_paragraph_end(t, 5), 6);
    assert_int_equal(transcript_paragraph_first(t, 7), 7);
    transcript_free(t);
}

static void transcript_paragraph__never_grows_without_end(void **state)
{
    struct transcript *t = transcript_new();
    uint32_t a = speaker(t, "A", NULL);
    uint32_t i;

    (void)state;
    for (i = 0; i < 20000; i++)
        cue(t, a, i * 100, i * 100 + 90, "word");
    for (i = 0; i < 20000; i = transcript_paragraph_end(t, i))
        assert_true(transcript_paragraph_end(t, i) - i < 700);
    transcript_free(t);
}

static void transcript_at_time__finds_by_time_not_by_place(void **state)
{
    static const struct {
        int64_t ms;
        int64_t precision_ms;
        uint32_t segment;
    } cases[] = {{0, 1000, 2},     {10000, 1000, 0}, {10000, 60000, 0}, {9000, 60000, 0},
                 {15000, 1000, 0}, {21000, 1, 4},    {99000, 1, 4},     {20000, 1, 1}};
    struct transcript *t = transcript_new();
    size_t i;

    (void)state;
    assert_int_equal(transcript_at_time(t, 0, 1), SEGMENT_NONE);
    say(t, SPEAKER_NONE, 10000, "a");
    say(t, SPEAKER_NONE, 20000, "b");
    say(t, SPEAKER_NONE, 5000, "out of order");
    say(t, SPEAKER_NONE, TIME_NONE, "no time");
    say(t, SPEAKER_NONE, 20500, "c");
    assert_false(transcript_in_time_order(t));
    for (i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(transcript_at_time(t, cases[i].ms, cases[i].precision_ms),
                         cases[i].segment);
    transcript_free(t);
}

/* The starts of a record of 33 postings, in seconds after ten: a few long waits in it. */
static void transcript_gap_threshold__picks_the_few_long_silences(void **state)
{
    static const int seconds[] = {89,   107,  373,  570,  713,  903,  1329, 1522, 1829,
                                  1846, 1858, 1860, 2038, 2060, 2389, 2399, 2770, 2802,
                                  2820, 2838, 3042, 3082, 3763, 3819, 4417, 4588, 4608,
                                  4723, 4972, 5185, 5403, 5481, 5612};
    struct transcript *t = transcript_new();
    int silences = 0;
    uint32_t i;

    (void)state;
    for (i = 0; i < sizeof seconds / sizeof *seconds; i++)
        say(t, SPEAKER_NONE, (int64_t)seconds[i] * 1000, "x");
    for (i = 0; i < transcript_count(t); i++)
        silences += transcript_gap_before(t, i) >= transcript_gap_threshold(t);
    assert_in_range(silences, 2, 4);
    transcript_free(t);
}

/* Captions of two seconds with a breath of three and a half after each third, and five pauses.
 */
static void transcript_gap_threshold__breaths_of_captions__are_no_silences(void **state)
{
    struct transcript *t = transcript_new();
    int64_t ms = 0;
    int silences = 0;
    struct error err;

    (void)state;
    for (uint32_t i = 0; i < 400; i++) {
        struct segment_draft draft = {.speaker = SPEAKER_NONE,
                                      .start_ms = ms,
                                      .end_ms = ms + 2000,
                                      .text = "words",
                                      .text_bytes = 5};

        assert_true(transcript_append(t, &draft, &err));
        ms += 2000 + (i % 80 == 79 ? 20000 : i % 3 == 2 ? 3500 : 0);
    }
    for (uint32_t i = 0; i < transcript_count(t); i++)
        silences += transcript_gap_before(t, i) >= transcript_gap_threshold(t);
    assert_int_equal(silences, 4); /* nothing follows the last */
    transcript_free(t);
}

/* One after another, each so many seconds after the one before, and so long, 0: not known. */
struct entry_kind {
    const char *what;
    const char *unit; /* its words are this, so many times */
    int units, seconds;
    int others, other_seconds; /* every fourth one has these */
    int lasts_seconds;
    bool has_postings, has_silences;
    int gaps; /* of 40 entries, what is shown as a gap */
};

/* Of all kinds of times: when something was said, or when it was written. */
static void transcript_has_postings__kinds_of_times__are_told_apart(void **state)
{
    static const struct entry_kind kinds[] = {
        {"answers that are posted as they are typed", "词", 300, 600, 600, 3, 0, true, false,
         0},
        {"the same in English", "word ", 200, 300, 300, 2, 0, true, false, 0},
        {"a hearing with times of turns", "word ", 60, 25, 60, 25, 0, false, true, 0},
        {"the same, with pauses", "word ", 60, 25, 60, 160, 0, false, true, 9},
        {"turns that take very different times", "word ", 20, 8, 400, 170, 0, false, true, 0},
        {"a fast speaker of Russian", "слово ", 120, 20, 120, 20, 0, false, true, 0},
        {"a fast speaker of Thai", "คำพูด", 100, 15, 100, 15, 0, false, true, 0},
        {"a fast speaker of Chinese", "词", 120, 15, 120, 15, 0, false, true, 0},
        {"a fast speaker of Japanese", "ことば", 40, 15, 40, 15, 0, false, true, 0},
        {"a chat, with hours between", "ok ", 3, 40, 5, 7000, 0, false, false, 9},
        {"minutes that leave most out", "Item. ", 20, 900, 20, 900, 0, false, false, 0},
        {"a record in whole minutes", "word ", 130, 60, 130, 60, 0, false, true, 0},
        {"one time for several paragraphs", "word ", 60, 0, 60, 110, 0, false, true, 0},
        {"captions with ends", "word ", 6, 4, 6, 4, 4, false, true, 0},
        {"captions with ends, and silence", "word ", 6, 4, 6, 240, 4, false, true, 9},
        {"a recording in which hardly anybody speaks", "yes ", 1, 300, 1, 300, 1, false, true,
         39},
    };

    (void)state;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        const struct entry_kind *kind = &kinds[k];
        struct transcript *t = transcript_new();
        int64_t at_ms = 0;
        int gaps = 0;

        for (int i = 0; i < 40; i++) {
            struct buffer words = {0};
            bool other = i % 4 == 3;

            for (int n = other ? kind->others : kind->units; n > 0; n--)
                buffer_append_string(&words, kind->unit);
            if (kind->lasts_seconds > 0)
                cue(t, SPEAKER_NONE, at_ms, at_ms + kind->lasts_seconds * 1000, words.data);
            else
                say(t, SPEAKER_NONE, at_ms, words.data);
            at_ms += (other ? kind->other_seconds : kind->seconds) * 1000;
            buffer_release(&words);
        }
        for (uint32_t i = 1; i < 40; i++)
            gaps += transcript_gap_before(t, i) >= transcript_gap_threshold(t);
        if (transcript_has_postings(t) != kind->has_postings ||
            transcript_has_silences(t) != kind->has_silences || gaps != kind->gaps)
            fail_msg("%s: postings %d, silences %d, %d gaps", kind->what,
                     transcript_has_postings(t), transcript_has_silences(t), gaps);
        transcript_free(t);
    }
}

static void transcript_append__extreme_times_do_no_harm(void **state)
{
    struct transcript *t = transcript_new();
    int64_t first_ms;
    int64_t last_ms;

    (void)state;
    cue(t, SPEAKER_NONE, -INT64_MAX, INT64_MAX, "all time");
    cue(t, SPEAKER_NONE, 5, 1, "ends before it starts");
    assert_int_equal(transcript_end_ms(t, 1), TIME_NONE);
    assert_true(transcript_span(t, &first_ms, &last_ms));
    transcript_gap_before(t, 1);
    transcript_free(t);
}

static void transcript_append__a_heading_parts_turns(void **state)
{
    struct transcript *t = transcript_new();
    uint32_t chair = transcript_speaker(t, &(struct speaker_label){.name = "The Chair"});
    struct segment_draft heading = SEGMENT_DRAFT_INIT;
    struct error err;

    (void)state;
    cue(t, chair, 0, 1000, "We begin.");
    heading.text = "Roads";
    heading.text_bytes = 5;
    heading.speaker = chair;
    heading.kind = SEGMENT_HEADING;
    assert_true(transcript_append(t, &heading, &err));
    cue(t, chair, 2000, 3000, "We go on.");
    assert_int_equal(transcript_segment(t, 1)->speaker, SPEAKER_NONE);
    assert_int_equal(transcript_kind(t, 1), SEGMENT_HEADING);
    assert_int_equal(transcript_turn_count(t), 3);
    transcript_free(t);
}

static void transcript_add_fact__keeps_the_order_of_the_file(void **state)
{
    struct transcript *t = transcript_new();

    (void)state;
    transcript_add_fact(t, "Place", "Room 4");
    transcript_add_fact(t, NULL, "Public");
    assert_int_equal(transcript_fact_count(t), 2);
    assert_string_equal(transcript_fact(t, 0).name, "Place");
    assert_string_equal(transcript_fact(t, 1).name, "");
    assert_string_equal(transcript_fact(t, 1).value, "Public");
    transcript_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(transcript_append__keeps_text_and_repairs_nul),
        cmocka_unit_test(transcript_append__refuses_what_passes_a_limit),
        cmocka_unit_test(transcript_append__keeps_extras_of_few_segments),
        cmocka_unit_test(transcript_append__a_heading_parts_turns),
        cmocka_unit_test(transcript_add_fact__keeps_the_order_of_the_file),
        cmocka_unit_test(transcript_append__extreme_times_do_no_harm),
        cmocka_unit_test(transcript_speaker__joins_role_and_bare_name),
        cmocka_unit_test(transcript_speaker__five_thousand_stay_apart),
        cmocka_unit_test(transcript_define_speaker__joins_an_id_used_before),
        cmocka_unit_test(transcript_kind__tells_questions_answers_and_the_host),
        cmocka_unit_test(transcript_exchange__ends_with_the_last_answer),
        cmocka_unit_test(transcript_speaker_kind__a_spokesperson_who_answers_is_no_host),
        cmocka_unit_test(transcript_speaker_kind__one_who_is_handed_a_question_is_an_official),
        cmocka_unit_test(transcript_turn__covers_every_segment),
        cmocka_unit_test(transcript_paragraph__joins_captions_as_their_script_wants),
        cmocka_unit_test(transcript_paragraph__never_grows_without_end),
        cmocka_unit_test(transcript_at_time__finds_by_time_not_by_place),
        cmocka_unit_test(transcript_gap_threshold__picks_the_few_long_silences),
        cmocka_unit_test(transcript_gap_threshold__breaths_of_captions__are_no_silences),
        cmocka_unit_test(transcript_has_postings__kinds_of_times__are_told_apart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
