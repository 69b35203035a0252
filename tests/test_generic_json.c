/* JSON that no table describes: what is found in it, in which unit it counts, and what is left
 * alone because nobody speaks in it. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "formats/json/json_pace.h"
#include "formats/json/json_rules.h"
#include "formats/json/json_text.h"
#include "read_support.h"

static void pace__tells_units_by_how_fast_people_speak(void **state)
{
    static const struct {
        double start;
        double end;
        size_t bytes;
        double usual_ms;
        double ms;
    } rows[] = {
        {0, 4, 40, 1000, 1000},          /* seconds */
        {0, 40, 60, 1000, 1000},         /* a slow talk in seconds */
        {240, 3200, 15, 1000, 1},        /* milliseconds */
        {0.5, 3, 30, 1, 1000},           /* seconds where milliseconds are usual */
        {0, 30000000, 40, 1000, 0.0001}, /* ticks */
        {0, 200, 50, 1000, 40},          /* frames */
        {0, 64000, 50, 1000, 0.0625},    /* samples */
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct json_pace p = {0};
        struct json_pace_unit unit;

        json_pace_add(&p, rows[i].start, rows[i].end, rows[i].bytes);
        unit = json_pace_judge(&p, rows[i].usual_ms);
        if (unit.ms != rows[i].ms || !unit.plausible || unit.epoch)
            fail_msg("row %zu: %s", i, unit.name);
    }
}

static void pace__tells_moments_that_count_from_1970(void **state)
{
    struct json_pace p = {0};
    struct json_pace_unit unit;

    (void)state;
    json_pace_add(&p, 1925089445.0, NAN, 12);
    json_pace_add(&p, 1925089506.0, NAN, 5);
    unit = json_pace_judge(&p, 1000);
    assert_true(unit.epoch && unit.ms == 1000);
    p = (struct json_pace){0};
    json_pace_add(&p, 1925089445000.0, NAN, 12);
    unit = json_pace_judge(&p, 1000);
    assert_true(unit.epoch && unit.ms == 1);
}

static void pace__says_when_no_unit_makes_sense(void **state)
{
    struct json_pace p = {0};

    (void)state;
    json_pace_add(&p, 0, 1e15, 3);
    assert_false(json_pace_judge(&p, 1000).plausible);
}

static void rules__hand_out_what_no_array_is_below(void **state)
{
    static const struct json_rule rules[] = {{"a.list[]", GIVES_UTTERANCE, 0},
                                             {"a.list[].words[0]", GIVES_TEXT, 0},
                                             {"a.title", GIVES_TITLE, 0},
                                             {"meta.inner.lang", GIVES_LANGUAGE, 0}};
    struct json_rules r;

    (void)state;
    json_rules_init(&r, rules, sizeof rules / sizeof *rules);
    assert_string_equal(r.arrays[0], "a.list");
    assert_null(r.arrays[1]);
    assert_string_equal(r.members[0], "a.title");
    assert_string_equal(r.members[1], "meta");
    assert_int_not_equal(json_rules_root(&r, "a.list", true), 0);
    assert_int_equal(json_rules_root(&r, "a", false), 0);
    json_rules_release(&r);
}

static void align__takes_punctuation_and_loses_no_word(void **state)
{
    static const char whole[] = "Well, good morning. (Applause) Hello!";
    static const char *const words[] = {"well", "good", "morning", "hello"};
    struct buffer all = {0};
    size_t at = 0;
    size_t misses = 0;
    size_t i;

    (void)state;
    for (i = 0; i < 4; i++) {
        struct span part = json_text_align(whole, strlen(whole), &at, &misses,
                                           span_string(words[i]));

        buffer_append(&all, part.data, part.length);
    }
    assert_string_equal(all.data, whole);
    assert_int_equal(misses, 0);
    assert_int_equal(
        json_text_align(whole, strlen(whole), &at, &misses, span_string("x")).length, 0);
    buffer_release(&all);
}

static void generic_json__leaves_alone_where_nobody_speaks(void **state)
{
    static const char *const others[] = {
        "[{\"timestamp\":\"2031-01-02T10:00:05Z\",\"level\":\"info\",\"message\":\"It has "
        "started\"},{\"timestamp\":\"2031-01-02T10:00:06Z\",\"message\":\"It has ended\"}]",
        "{\"parameters\":[{\"name\":\"size\",\"value\":\"ten metres\"},{\"name\":\"colour\","
        "\"value\":\"dark blue\"},{\"name\":\"owner\",\"value\":\"harbour office\"}]}",
        "[{\"name\":\"a.txt\",\"content\":\"Words of a "
        "file.\"},{\"name\":\"b.txt\",\"content\":"
        "\"More words.\"}]",
        "{\"name\":\"boats\",\"scripts\":{\"start\":\"run\"},\"author\":\"Ann\",\"text\":true}",
        "{\"numbers\":[[1,2,3],[4,5,6]],\"start\":5,\"end\":9}",
        /* A recipe, whose texts nobody says as slowly. */
        "{\"parts\":[{\"start\":0,\"end\":90,\"text\":\"Whisk the flour, milk and eggs.\"},"
        "{\"start\":90,\"end\":240,\"text\":\"Bake until it is golden.\"}]}",
        "{\"tasks\":[{\"user\":\"Ann\",\"time\":1,\"text\":\"Mend the net.\"},{\"user\":"
        "\"Ann\",\"time\":5,\"text\":\"Paint the hull.\"}]}",
        /* "speaker" says that there is none. */
        "{\"list\":[{\"name\":\"rope\",\"speaker\":null,\"text\":\"A coil.\",\"updated\":"
        "\"2031-04-01T08:00:00Z\"},{\"name\":\"oil\",\"speaker\":null,\"text\":\"A can.\","
        "\"updated\":\"2031-04-02T08:00:00Z\"}]}",
        /* Metres along a road, not times: they do not fit the durations. */
        "{\"routes\":[{\"segments\":[{\"start\":0,\"end\":410,\"duration\":60,\"name\":\"Mill "
        "Lane\","
        "\"text\":\"Head north\"},{\"start\":410,\"end\":8120,\"duration\":670,\"name\":"
        "\"Dyke Road\",\"text\":\"Turn right onto Dyke Road\"}]}]}",
        /* Issues have titles and texts, commits have ids. */
        "[{\"title\":\"It leaks\",\"user\":\"ann\",\"created_at\":\"2031-01-01T08:00:00Z\","
        "\"body\":\"Water comes in.\"},{\"title\":\"It sinks\",\"user\":\"bo\","
        "\"created_at\":\"2031-01-02T08:00:00Z\",\"body\":\"Fast.\"}]",
        "[{\"sha\":\"a1\",\"author\":\"ann\",\"date\":\"2031-01-01T08:00:00Z\",\"message\":"
        "\"Mend it.\"},{\"sha\":\"b2\",\"author\":\"ann\",\"date\":\"2031-01-02T08:00:00Z\","
        "\"message\":\"Paint it.\"}]",
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof others / sizeof *others; i++) {
        struct reading r;

        reading_of(&r, others[i], strlen(others[i]), NULL);
        if (r.ok)
            fail_msg("%s is taken for %s", others[i], loader_format_name(r.loader));
        reading_release(&r);
    }
}

static void generic_json__reads_lists_of_any_program(void **state)
{
    (void)state;
    assert_reads(
        "{\"d\":{\"e\":[{\"who\":{\"name\":\"Ann\"},\"said\":\"Shall we?\",\"from\":1,"
        "\"to\":2},{\"who\":{\"name\":\"Ben\"},\"said\":\"Yes.\",\"from\":3,\"to\":4}]}}",
        "utterances", "0:00:01-0:00:02 Ann: Shall we?\n0:00:03-0:00:04 Ben: Yes.\n");
    assert_reads("[{\"speaker\":\"A\",\"words\":[{\"w\":1,\"word\":\"Good\",\"start\":0.5,"
                 "\"end\":0.7},{\"word\":\"day\",\"start\":0.8,\"end\":1}]}]",
                 "utterances", "0:00:00.500-0:00:01 Speaker A: Good day\n");
    /* The first message has another name for who sent it than the rest. */
    assert_reads("{\"messages\":[{\"actor\":\"Ann\",\"action\":\"pin\",\"text\":\"\","
                 "\"time\":1},{\"from\":\"Ann\",\"text\":\"Who rows?\",\"time\":2},"
                 "{\"from\":\"Ben\",\"text\":\"I do.\",\"time\":5}]}",
                 "utterances", "0:00:02- Ann: Who rows?\n0:00:05- Ben: I do.\n");
}

static void generic_json__adds_up_the_parts_of_a_moment(void **state)
{
    (void)state;
    assert_reads("[{\"min\":0,\"sec\":5,\"speaker\":\"Ann\",\"text\":\"Good morning.\"},"
                 "{\"min\":1,\"sec\":2,\"speaker\":\"Bo\",\"text\":\"Good morning!\"}]",
                 "utterances", "0:00:05- Ann: Good morning.\n0:01:02- Bo: Good morning!\n");
    assert_reads("[{\"startH\":0,\"startM\":59,\"startS\":5,\"endH\":0,\"endM\":59,\"endS\":9,"
                 "\"speaker\":\"Ann\",\"text\":\"Good morning.\"},"
                 "{\"startH\":1,\"startM\":1,\"startS\":2,\"endH\":1,\"endM\":1,\"endS\":4,"
                 "\"speaker\":\"Bo\",\"text\":\"Good morning!\"}]",
                 "utterances",
                 "0:59:05-0:59:09 Ann: Good morning.\n1:01:02-1:01:04 Bo: Good morning!\n");
    /* in an object that holds more, as strings, and without a part that is zero */
    assert_reads("[{\"at\":{\"sec\":\"05\",\"page\":1},\"speaker\":\"Ann\",\"text\":\"One.\"},"
                 "{\"at\":{\"min\":\"1\",\"sec\":\"02\",\"page\":1},\"speaker\":\"Bo\","
                 "\"text\":\"Two.\"}]",
                 "utterances", "0:00:05- Ann: One.\n0:01:02- Bo: Two.\n");
    /* frames beside seconds */
    assert_reads(
        "{\"fps\":25,\"cues\":[{\"start\":{\"m\":0,\"s\":5,\"frames\":10},\"end\":{\"m\":0,"
        "\"s\":7,\"frames\":5},\"text\":\"Good morning.\"}]}",
        "utterances", "0:00:05.400-0:00:07.200 Good morning.\n");
    /* what tells the same moment twice has no parts */
    assert_reads("[{\"start_sec\":5,\"start_ms\":5000,\"speaker\":\"Ann\",\"text\":\"One.\"},"
                 "{\"start_sec\":62,\"start_ms\":62000,\"speaker\":\"Bo\",\"text\":\"Two.\"}]",
                 "utterances", "0:00:05- Ann: One.\n0:01:02- Bo: Two.\n");
}

static void generic_json__tells_a_seat_from_a_name(void **state)
{
    (void)state;
    assert_reads("[{\"speaker\":\"Ruth Alder (Sandwick) (LD)\",\"text\":\"I beg to move.\"},"
                 "{\"speaker\":\"Tom Ash\",\"text\":\"Is it so?\"},"
                 "{\"speaker\":\"Ruth Alder\",\"text\":\"It is.\"}]",
                 "utterances",
                 "- Ruth Alder: I beg to move.\n- Tom Ash: Is it so?\n- Ruth Alder: It is.\n");
}

static void generic_json__counts_samples_of_the_rate_that_is_told(void **state)
{
    (void)state;
    assert_reads("{\"sample_rate\":44100,\"labels\":[{\"first_sample\":0,\"last_sample\":66150,"
                 "\"talker\":\"T1\",\"label\":\"good morning to all of you\"},"
                 "{\"first_sample\":88200,\"last_sample\":132300,\"talker\":\"T2\","
                 "\"label\":\"and to you\"}]}",
                 "utterances",
                 "0:00:00-0:00:01.500 T1: good morning to all of you\n"
                 "0:00:02-0:00:03 T2: and to you\n");
}

/* A summary by topic says the same as the segments, of which a sample alone has fewer words. */
static void generic_json__prefers_the_finer_of_two_lists(void **state)
{
    struct buffer json = {0};
    struct reading r;
    size_t i;

    (void)state;
    buffer_append_string(&json, "{\"segments\":[");
    for (i = 0; i < 90; i++)
        buffer_append_format(
            &json,
            "%s{\"start_ms\":%zu,\"end_ms\":%zu,\"text\":\"Ten words were said at "
            "this moment by whoever it was.\",\"speaker\":{\"speaker_label\":"
            "\"spk_%zu\"}}",
            i > 0 ? "," : "", i * 4000, i * 4000 + 3500, i % 2);
    buffer_append_string(&json, "],\"topics\":[");
    for (i = 0; i < 3; i++) {
        size_t k;

        buffer_append_format(&json, "%s{\"start_ms\":%zu,\"end_ms\":%zu,\"text\":\"",
                             i > 0 ? "," : "", i * 120000, i * 120000 + 119500);
        for (k = 0; k < 30; k++)
            buffer_append_string(&json,
                                 "Ten words were said at this moment by whoever it was. ");
        buffer_append_string(&json, "\"}");
    }
    buffer_append_string(&json, "]}");
    reading_of(&r, json.data, json.bytes, NULL);
    assert_true(r.ok);
    assert_int_equal(transcript_count(r.transcript), 90);
    assert_string_equal(transcript_speaker_at(r.transcript, 0)->name, "spk_0");
    reading_release(&r);
    buffer_release(&json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pace__tells_units_by_how_fast_people_speak),
        cmocka_unit_test(pace__tells_moments_that_count_from_1970),
        cmocka_unit_test(pace__says_when_no_unit_makes_sense),
        cmocka_unit_test(rules__hand_out_what_no_array_is_below),
        cmocka_unit_test(align__takes_punctuation_and_loses_no_word),
        cmocka_unit_test(generic_json__leaves_alone_where_nobody_speaks),
        cmocka_unit_test(generic_json__reads_lists_of_any_program),
        cmocka_unit_test(generic_json__adds_up_the_parts_of_a_moment),
        cmocka_unit_test(generic_json__tells_a_seat_from_a_name),
        cmocka_unit_test(generic_json__counts_samples_of_the_rate_that_is_told),
        cmocka_unit_test(generic_json__prefers_the_finer_of_two_lists),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
