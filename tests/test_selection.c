/* Which segments are read, and what a typed time means. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "shilu/model/find.h"
#include "shilu/model/selection.h"

/* Speakers A B A B A at 0, 10, 20 … seconds of a clock. */
static struct transcript *record(enum time_base time_base, int64_t first_ms)
{
    struct transcript *t = transcript_new();
    int i;

    transcript_set_time_base(t, time_base);
    for (i = 0; i < 5; i++) {
        struct segment_draft draft = SEGMENT_DRAFT_INIT;
        struct error err;

        draft.speaker = transcript_speaker(
            t, &(struct speaker_label){.name = i % 2 == 0 ? "A" : "B"});
        draft.start_ms = first_ms + i * 10000;
        assert_true(transcript_append(t, &draft, &err));
    }
    return t;
}

static void selection__takes_everything_at_first(void **state)
{
    struct selection s = SELECTION_INIT;
    struct transcript *t = record(TIME_BASE_ELAPSED, 0);

    (void)state;
    assert_true(selection_is_everything(&s));
    assert_int_equal(selection_count(&s, t), 5);
    assert_int_equal(selection_at_or_before(&s, t, 99), 4);
    transcript_free(t);
}

static void selection__solo_and_mute_undo_each_other(void **state)
{
    struct selection s = SELECTION_INIT;
    struct transcript *t = record(TIME_BASE_ELAPSED, 0);

    (void)state;
    selection_solo_only(&s, 1);
    assert_int_equal(selection_count(&s, t), 2);
    assert_int_equal(selection_at_or_after(&s, t, 0), 1);
    assert_int_equal(selection_at_or_before(&s, t, 2), 1);
    assert_int_equal(selection_at_or_after(&s, t, 4), SEGMENT_NONE);
    selection_all_speakers(&s);
    assert_true(selection_is_everything(&s));
    selection_mute_toggle(&s, 0);
    assert_int_equal(selection_count(&s, t), 2);
    selection_solo_add(&s, 0); /* to solo somebody is to hear him */
    assert_int_equal(selection_count(&s, t), 3);
    selection_all_speakers(&s);
    assert_true(selection_is_everything(&s));
    selection_mute_toggle(&s, SPEAKER_NONE);
    assert_true(selection_is_everything(&s));
    selection_release(&s);
    transcript_free(t);
}

static void selection__takes_a_span_of_time(void **state)
{
    struct selection s = SELECTION_INIT;
    struct transcript *t = record(TIME_BASE_ELAPSED, 0);

    (void)state;
    s.from_ms = 10000;
    s.to_ms = 30000;
    assert_int_equal(selection_count(&s, t), 2);
    assert_int_equal(selection_at_or_after(&s, t, 0), 1);
    transcript_free(t);
}

static void time_query_parse__reads_what_is_typed(void **state)
{
    enum { NOON = 12 * 3600 * 1000 };
    static const struct {
        enum time_base time_base;
        int64_t first_ms;
        const char *text;
        int64_t from_ms;
        int64_t ms; /* -1: refused */
        int64_t precision_ms;
    } cases[] = {
        {TIME_BASE_WALL, NOON, "12:00", NOON, NOON, 60000},
        {TIME_BASE_WALL, NOON, "12:00:20", NOON, NOON + 20000, 1000},
        {TIME_BASE_WALL, NOON, "1970-01-01 12:00:10", NOON, NOON + 10000, 1000},
        {TIME_BASE_WALL, NOON, "1970-01-01", NOON, 0, TIME_MS_PER_DAY},
        {TIME_BASE_WALL, NOON, "+30s", NOON, NOON + 30000, 1},
        {TIME_BASE_WALL, NOON, "-5m", NOON, NOON - 300000, 1},
        {TIME_BASE_WALL, NOON, "50%", NOON, NOON + 20000, 1},
        {TIME_BASE_WALL, NOON, "25:00", NOON, -1, 0},
        {TIME_BASE_WALL, NOON, "12:99", NOON, -1, 0},
        {TIME_BASE_ELAPSED, 0, "0:20", 0, 20000, 1000},
        {TIME_BASE_ELAPSED, 0, "0:00:30", 0, 30000, 1000},
        {TIME_BASE_ELAPSED, 0, "90", 0, 90000, 1000},
        {TIME_BASE_ELAPSED, 0, "1h5m", 0, 3900000, 60000},
        {TIME_BASE_ELAPSED, 0, "  2m x", 0, -1, 0},
        {TIME_BASE_WALL, NOON, "1200", NOON, NOON, 60000},
        {TIME_BASE_WALL, NOON, "12", NOON, NOON, 3600000},
        {TIME_BASE_WALL, NOON, "12h", NOON, NOON, 3600000},
        {TIME_BASE_WALL, NOON, "12h00", NOON, NOON, 60000},
        {TIME_BASE_WALL, NOON, "12.00.20", NOON, NOON + 20000, 1000},
        {TIME_BASE_WALL, NOON, "120020", NOON, NOON + 20000, 1000},
        {TIME_BASE_WALL, NOON, "12 pm", NOON, NOON, 3600000},
        {TIME_BASE_WALL, NOON, "12:00:20p.m.", NOON, NOON + 20000, 1000},
        {TIME_BASE_WALL, NOON, "13:00 am", NOON, -1, 0},
        {TIME_BASE_WALL, NOON, "0:30 pm", NOON, NOON + 1800000, 60000},
        {TIME_BASE_WALL, NOON, "午後0時30分", NOON, NOON + 1800000, 60000},
        {TIME_BASE_WALL, NOON, "下午12點半", NOON, NOON + 1800000, 60000},
        {TIME_BASE_WALL, NOON, "十二時三十分", NOON, NOON + 1800000, 60000},
        {TIME_BASE_WALL, NOON, "12 時 30 分", NOON, NOON + 1800000, 60000},
        {TIME_BASE_WALL, NOON, "一二:〇五", NOON, NOON + 300000, 60000},
        {TIME_BASE_WALL, NOON, "12시 0분 2초", NOON, NOON + 2000, 1000},
        {TIME_BASE_WALL, NOON, "오후 12시 반", NOON, NOON + 1800000, 60000},
        {TIME_BASE_WALL, NOON, "12 h 30", NOON, NOON + 1800000, 60000},
        {TIME_BASE_WALL, NOON, "12.30 Uhr", NOON, NOON + 1800000, 60000},
        {TIME_BASE_WALL, NOON, "12:7", NOON, NOON + 420000, 60000},
        {TIME_BASE_WALL, NOON, "PM 12:30", NOON, NOON + 1800000, 60000},
        {TIME_BASE_WALL, NOON, "12:30 p. m.", NOON, NOON + 1800000, 60000},
        {TIME_BASE_WALL, NOON, "下午13:10", NOON, NOON + 4200000, 60000},
        {TIME_BASE_WALL, NOON, "中午", NOON, NOON, 60000},
        {TIME_BASE_WALL, NOON, "noon", NOON, NOON, 60000},
        {TIME_BASE_WALL, NOON, "1970年1月1日12時", NOON, NOON, 3600000},
        {TIME_BASE_WALL, NOON, "一月一日", NOON, 0, TIME_MS_PER_DAY},
        {TIME_BASE_WALL, NOON, "13月1日", NOON, -1, 0},
        {TIME_BASE_WALL, NOON, "12.5", NOON, -1, 0},
        {TIME_BASE_WALL, NOON, "12..30", NOON, -1, 0},
        {TIME_BASE_WALL, NOON, "12分30", NOON, -1, 0},
        {TIME_BASE_WALL, NOON, "12:30:15:10", NOON, -1, 0},
        {TIME_BASE_WALL, NOON, "99999999999999999999", NOON, -1, 0},
        {TIME_BASE_WALL, NOON, "+1分鐘", NOON, NOON + 60000, 1},
        {TIME_BASE_WALL, NOON, "－ 30 秒", NOON, NOON - 30000, 1},
        {TIME_BASE_WALL, NOON, "+5 min", NOON, NOON + 300000, 1},
        {TIME_BASE_WALL, NOON, "１２時００分２０秒", NOON, NOON + 20000, 1000},
        {TIME_BASE_WALL, NOON, "　中午", NOON, NOON, 60000},
        {TIME_BASE_WALL, NOON, "12345", NOON, -1, 0},
        {TIME_BASE_WALL, NOON, "5０％", NOON, NOON + 20000, 1},
        {TIME_BASE_ELAPSED, 0, "0分20秒", 0, 20000, 1000},
        {TIME_BASE_ELAPSED, 0, "1時間5分", 0, 3900000, 60000},
        {TIME_BASE_ELAPSED, 0, "1小時半", 0, 5400000, 3600000},
        {TIME_BASE_ELAPSED, 0, "十二分三十秒", 0, 750000, 1000},
        {TIME_BASE_ELAPSED, 0, "1 h 5 min", 0, 3900000, 60000},
        {TIME_BASE_ELAPSED, 0, "１：０２：０３", 0, 3723000, 1000},
        {TIME_BASE_ELAPSED, 0, "0:20.5", 0, 20500, 1000},
        {TIME_BASE_ELAPSED, 0, "5分鐘", 0, 300000, 60000},
        {TIME_BASE_ELAPSED, 0, "5 pm", 0, -1, 0},
        {TIME_BASE_ELAPSED, 0, "3年", 0, -1, 0},
        {TIME_BASE_ELAPSED, 0, "101%", 0, -1, 0},
        {TIME_BASE_ELAPSED, 0, "soon", 0, -1, 0},
        {TIME_BASE_ELAPSED, 0, "", 0, -1, 0},
        {TIME_BASE_ELAPSED, 0, "+", 0, -1, 0},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct transcript *t = record(cases[i].time_base, cases[i].first_ms);
        struct time_query query;
        struct error err;
        bool ok = time_query_parse(t, cases[i].text, cases[i].from_ms, &query, &err);

        if (ok != (cases[i].ms >= 0))
            fail_msg("'%s': %s", cases[i].text, ok ? "was taken" : err.message);
        if (ok) {
            assert_int_equal(query.ms, cases[i].ms);
            assert_int_equal(query.precision_ms, cases[i].precision_ms);
        }
        transcript_free(t);
    }
}

static void question_number_parse__reads_what_is_typed(void **state)
{
    static const struct {
        const char *text;
        size_t number; /* 0: refused */
    } cases[] = {
        {"Q5", 5},      {"q 12", 12},      {"Ｑ５", 5},      {"question 3", 3}, {"第5問", 5},
        {"第 5 问", 5}, {"第五題", 5},     {"第十二問", 12}, {"質問5", 0},      {"問3", 3},
        {"질문 4", 4},  {"第4번 질문", 4}, {"Q", 0},         {"Q5x", 0},        {"5", 0},
        {"quiet", 0},   {"第", 0},         {"第5章", 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t number = 0;
        bool ok = question_number_parse(cases[i].text, &number);

        if (ok != (cases[i].number > 0) || (ok && number != cases[i].number))
            fail_msg("'%s': %zu", cases[i].text, number);
    }
}

static void time_query_parse__says_what_is_wrong(void **state)
{
    struct transcript *empty = transcript_new();
    struct transcript *t = record(TIME_BASE_WALL, 0);
    struct time_query query;
    struct error err;

    (void)state;
    assert_false(time_query_parse(empty, "10:00", TIME_NONE, &query, &err));
    assert_string_equal(err.message, "this record has no times");
    assert_false(time_query_parse(t, "25:99", TIME_NONE, &query, &err));
    assert_string_equal(err.message, "'25:99' is not a time");
    assert_false(time_query_parse(t, "999999999h999999999h", TIME_NONE, &query, &err));
    transcript_free(empty);
    transcript_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(selection__takes_everything_at_first),
        cmocka_unit_test(selection__solo_and_mute_undo_each_other),
        cmocka_unit_test(selection__takes_a_span_of_time),
        cmocka_unit_test(time_query_parse__reads_what_is_typed),
        cmocka_unit_test(question_number_parse__reads_what_is_typed),
        cmocka_unit_test(time_query_parse__says_what_is_wrong),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
