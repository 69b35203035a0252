/* JSON of other programs: what each format's fixture reads as, cut off and changed anywhere,
 * and the facts that stand beside the segments. The fixtures were written for these tests. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "read_support.h"

static const struct {
    const char *fixture;
    const char *format;
    const char *segments;
} rows[] = {
    {"formats/whisper/well-formed.json", "whisper",
     "0:00:00-0:00:01.500 Good evening.\n"
     "+0:00:01.500-0:00:03.250 The boats first.\n"
     "0:00:09- 船が漏れる。\n"},
    {"formats/whisper/chunks.json", "whisper",
     "0:00:00-0:00:01.500 Good evening.\n"
     "+0:00:01.500- The boats.\n"},
    {"formats/whisperx/well-formed.json", "whisperx",
     "0:00:00.500-0:00:02 SPEAKER_00: Who has the list?\n"
     "0:00:02.200-0:00:03 SPEAKER_01: I do.\n"
     "0:00:03.100-0:00:04 Good.\n"},
    {"formats/whisper-cpp/well-formed.json", "whisper-cpp",
     "0:00:00-0:00:02.500 Speaker 0: Guten Abend.\n"
     "0:00:02.500-0:00:04 Ja?\n"},
    {"formats/podcast-json/well-formed.json", "podcast-json",
     "0:00:00.500-0:00:00.900 Ana Costa: The\n"
     "+0:00:00.900-0:00:01.200 Ana Costa: boats\n"
     "+0:00:01.200-0:00:01.200 Ana Costa: .\n"
     "0:00:02- Ben: Two of them / leak.\n"},
    {"formats/youtube-json3/well-formed.json", "youtube-json3",
     "0:00:00.100-0:00:02.100 good evening\n"
     "+0:00:02.100-0:00:05.100 the boats first\n"
     "0:00:09-0:00:09.500 thanks\n"},
    {"formats/bilibili/well-formed.json", "bilibili",
     "0:00:00.500-0:00:02.250 大家好\n"
     "+0:00:02.250-0:00:04 先說船\n"},
    {"formats/aws-transcribe/well-formed.json", "aws-transcribe",
     "0:00:00.500-0:00:01.400 spk_0: Good evening.\n"
     "0:00:02-0:00:02.600 spk_1: Two leak.\n"
     "0:00:09-0:00:09.500 spk_1: Which?\n"},
    {"formats/aws-calls/well-formed.json", "aws-calls",
     "0:00:00.040-0:00:01.500 AGENT: Harbour office.\n"
     "0:00:01.400-0:00:02 CUSTOMER: Hello.\n"},
    {"formats/google-stt/well-formed.json", "google-stt",
     "0:00:00-0:00:01 Speaker 1: good evening\n"
     "0:00:01-0:00:03 Speaker 2: which two\n"},
    {"formats/google-stt/plain.json", "google-stt",
     "0:00:00.100-0:00:01 Good evening.\n"
     "+0:00:01-0:00:03.500 The boats first.\n"},
    {"formats/azure-stt/well-formed.json", "azure-stt",
     "0:00:00.040-0:00:02.220 Speaker 1: Good evening.\n"
     "0:00:03-0:00:03.500 Channel 1: Hello.\n"
     "0:00:05-0:00:06 Speaker 1: Thanks.\n"},
    {"formats/azure-stt/live.json", "azure-stt",
     "0:00:00.100-0:00:01 First.\n"
     "0:00:01.500-0:00:02 Guest-1: Second.\n"},
    {"formats/deepgram/well-formed.json", "deepgram",
     "0:00:00.500-0:00:01.200 Speaker 0: Good evening.\n"
     "0:00:01.500-0:00:02 Speaker 1: Which two?\n"},
    {"formats/deepgram/words.json", "deepgram",
     "0:00:00.500-0:00:01.200 Good evening\n"
     "0:00:00.600-0:00:00.700 Channel 1: hello\n"},
    {"formats/assemblyai/well-formed.json", "assemblyai",
     "0:00:00.170-0:00:00.900 Speaker A: Good evening.\n"
     "0:00:01-0:00:01.500 Speaker B: Which two?\n"},
    {"formats/assemblyai/words.json", "assemblyai", "0:00:00.170-0:00:00.900 Good evening.\n"},
    {"formats/rev/well-formed.json", "rev",
     "0:00:00.500-0:00:01.200 Ana: Good evening.\n"
     "0:00:01.500-0:00:01.900 Speaker 1: Which?\n"},
    {"formats/rev/editor.json", "rev",
     "0:00:10.500-0:00:10.800 Ana: Good evening.\n"
     "- Ben: Which?\n"},
    {"formats/ibm-stt/well-formed.json", "ibm-stt",
     "0:00:00.500-0:00:01.200 Speaker 0: good evening\n"
     "0:00:01.500-0:00:02 Speaker 1: which two\n"},
    {"formats/speechmatics/well-formed.json", "speechmatics",
     "0:00:00.500-0:00:01.200 S1: Good evening.\n"
     "0:00:01.500-0:00:01.800 Hm\n"},
    {"formats/speechmatics/version-1.json", "speechmatics",
     "0:00:00.500-0:00:01.200 F1: Good evening.\n"
     "0:00:01.500-0:00:02 M2: Which?\n"},
    {"formats/kaldi/well-formed.json", "kaldi",
     "0:00:00.500-0:00:01.200 S0: Good evening.\n"
     "0:00:01.500-0:00:01.900 S1: Which?\n"},
    {"formats/funasr/well-formed.json", "funasr",
     "0:00:00.100-0:00:00.500 Speaker 0: 大家好。\n"
     "0:00:00.500-0:00:00.900 Speaker 1: 先說船。\n"
     "0:00:01-0:00:02 Two leak.\n"},
    {"formats/tencent-minutes/well-formed.json", "tencent-minutes",
     "0:00:00.100-0:00:00.900 林一川: 大家好。先說船。\n"},
    {"formats/ndl-diet/well-formed.json", "ndl-diet",
     "- 衆議院予算委員会 第1号 2024-05-01\n"
     "- 午前十時開議 / ―――\n"
     "- 参議院港湾委員会 第2号 2024-05-06\n"
     "- 森花子: 船は何隻ですか。\n"
     "- 林一郎: お答えいたします。 / 船は二隻であります。\n"},
    {"formats/ndl-diet/meeting.json", "ndl-diet", "- 森花子: 船は何隻ですか。\n"},
    {"formats/assembly-jp/well-formed.json", "assembly-jp",
     "- 午後一時開議\n"
     "- 森委員長: 開会いたします。〔「異議なし」と呼ぶ者あり〕\n"},
    {"formats/ly-gazette/well-formed.json", "ly-gazette",
     "- 開會\n"
     "- 主席: 現在開會。\n"
     "- 主席: 報告事項 / 一、 / 二、\n"
     "- 港務\n"
     "- 主席: 請\n"
     "- 林一川: 本席的兩點： / 第一。\n"
     "- 林一川: 第二。\n"
     "- 提案人： / 林一川\n"},
    {"formats/ly-interpellation/well-formed.json", "ly-interpellation",
     "- 主席: 請林委員質詢。\n"
     "1970-01-01T11:08:00- 林一川: 兩艘船漏水。\n"
     "- 書面意見\n"},
    {"formats/legco/well-formed.json", "legco",
     "- 會議恢復\n"
     "- 林一川: 主席，兩艘船漏水。 / The two boats.\n"},
    {"formats/sayit-sections/well-formed.json", "sayit-sections",
     "- 港務會議\n"
     "- 林一川: 兩艘 & 三艘 / 漏水。\n"
     "- %FFbad: 好\n"},
};

enum { ROWS = sizeof rows / sizeof *rows };

static void readers__read_their_fixtures(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < ROWS; i++) {
        struct buffer text = {0};

        assert_fixture_reads(rows[i].fixture, rows[i].format, rows[i].segments);
        read_fixture(&text, rows[i].fixture);
        assert_int_equal(count_found(text.data, NULL, SEVERITY_FAULT), 0);
        assert_int_equal(count_found(text.data, NULL, SEVERITY_WARNING), 0);
        buffer_release(&text);
    }
}

static void readers__read_the_same_in_small_steps(void **state)
{
    static const size_t steps[] = {1, 7, 64};
    size_t i, k;

    (void)state;
    for (i = 0; i < ROWS; i++) {
        struct buffer text = {0};

        read_fixture(&text, rows[i].fixture);
        for (k = 0; k < sizeof steps / sizeof *steps; k++) {
            struct buffer dump = {0};

            read_in_steps(rows[i].format, text.data, text.bytes, steps[k], &dump);
            assert_string_equal(buffer_string(&dump), rows[i].segments);
            buffer_release(&dump);
        }
        buffer_release(&text);
    }
}

/* A cut-off file shows what was whole, and says that it is cut. */
static void readers__keep_what_stands_before_a_cut(void **state)
{
    size_t i, bytes;

    (void)state;
    for (i = 0; i < ROWS; i++) {
        struct buffer text = {0};
        struct reading r;

        read_fixture(&text, rows[i].fixture);
        while (text.bytes > 0 && strchr("\n]}", text.data[text.bytes - 1]) != NULL)
            text.bytes--;
        for (bytes = 1; bytes <= text.bytes; bytes++) {
            char *exact = malloc(bytes);

            memcpy(exact, text.data, bytes);
            reading_of(&r, exact, bytes, rows[i].format);
            if (r.ok && loader_diagnostics(r.loader)->count[SEVERITY_FAULT] == 0)
                fail_msg("%s cut at %zu: nothing is said", rows[i].fixture, bytes);
            reading_release(&r);
            free(exact);
        }
        buffer_release(&text);
    }
}

/* Every value in turn becomes one of another type: that may be a fault, never a crash. */
static void readers__survive_values_of_any_type(void **state)
{
    static const char *const values[] = {"null", "-1e99",   "\"\"",          "[]",
                                         "{}",   "[[[1]]]", "{\"a\":\"b\"}", "true"};
    size_t i, at;

    (void)state;
    for (i = 0; i < ROWS; i++) {
        struct buffer text = {0};

        read_fixture(&text, rows[i].fixture);
        for (at = 0; at + 2 < text.bytes; at++) {
            struct buffer changed = {0};
            struct reading r;
            size_t end = at + 2;

            if (text.data[at] != ':' || text.data[at + 1] != ' ')
                continue;
            end += strcspn(text.data + end, ",]}\n");
            buffer_append(&changed, text.data, at + 2);
            buffer_append_string(&changed, values[at % 8]);
            buffer_append(&changed, text.data + end, text.bytes - end);
            reading_of(&r, changed.data, changed.bytes, rows[i].format);
            reading_release(&r);
            buffer_release(&changed);
        }
        buffer_release(&text);
    }
}

static void readers__tell_what_stands_beside_the_segments(void **state)
{
    static const struct {
        const char *fixture;
        enum transcript_field field;
        const char *value;
    } facts[] = {
        {"formats/whisper/well-formed.json", FIELD_LANGUAGE, "en"},
        {"formats/whisper-cpp/well-formed.json", FIELD_LANGUAGE, "de"},
        {"formats/aws-calls/well-formed.json", FIELD_LANGUAGE, "en-US"},
        {"formats/aws-transcribe/well-formed.json", FIELD_TITLE, "ferry"},
        {"formats/rev/editor.json", FIELD_TITLE, "ferry.m4a"},
        {"formats/ndl-diet/well-formed.json", FIELD_TITLE, "衆議院予算委員会 第1号 ほか1件"},
        {"formats/ndl-diet/meeting.json", FIELD_DATE, "2024-05-06"},
        {"formats/assembly-jp/well-formed.json", FIELD_DATE, "2017-08-08"},
        {"formats/assembly-jp/well-formed.json", FIELD_VENUE, "潮見県"},
        {"formats/ly-gazette/well-formed.json", FIELD_TITLE, "第1次會議"},
        {"formats/legco/well-formed.json", FIELD_DATE, "2013-02-06"},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof facts / sizeof *facts; i++) {
        struct buffer text = {0};
        struct reading r;

        read_fixture(&text, facts[i].fixture);
        reading_of(&r, text.data, text.bytes, NULL);
        assert_non_null(transcript_get(r.transcript, facts[i].field));
        assert_string_equal(transcript_get(r.transcript, facts[i].field), facts[i].value);
        reading_release(&r);
        buffer_release(&text);
    }
}

static void readers__know_roles_and_groups(void **state)
{
    struct buffer text = {0};
    struct reading r;
    const struct speaker *minister;

    (void)state;
    read_fixture(&text, "formats/ndl-diet/well-formed.json");
    reading_of(&r, text.data, text.bytes, NULL);
    minister = transcript_speaker_at(r.transcript, 1);
    assert_string_equal(minister->name, "林一郎");
    assert_string_equal(minister->role, "港湾大臣");
    assert_string_equal(minister->organization, "海の会");
    reading_release(&r);
    buffer_release(&text);
}

/* A service that failed says so in place of a transcript. */
static void assemblyai__tells_a_job_that_failed(void **state)
{
    static const char json[] =
        "{\"id\":\"x\",\"status\":\"error\",\"audio_url\":\"u\",\"text\":null,"
        "\"words\":null,\"error\":\"no audio\"}";
    struct reading r;

    (void)state;
    reading_of(&r, json, sizeof json - 1, NULL);
    assert_true(r.ok);
    assert_int_equal(transcript_count(r.transcript), 0);
    assert_int_equal(loader_diagnostics(r.loader)->count[SEVERITY_WARNING], 2);
    reading_release(&r);
}

static void whisper__leaves_other_json_alone(void **state)
{
    static const char *const others[] = {
        "{\"a\":{\"begin\":\"1:04.0\",\"end\":\"2:11.0\",\"text\":\"X\"}}",
        "{\"segments\":[]}",
        "[]",
        "[1,2,3]",
        "{\"results\":[]}",
        "{\"events\":[{\"type\":\"click\"}]}",
        "{\"body\":\"text\",\"words\":[\"a\"]}",
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof others / sizeof *others; i++) {
        struct reading r;

        reading_of(&r, others[i], strlen(others[i]), NULL);
        if (loader_format_name(r.loader)[0] != '\0' &&
            strcmp(loader_format_name(r.loader), "json") != 0)
            fail_msg("%s is taken for %s", others[i], loader_format_name(r.loader));
        reading_release(&r);
    }
}

static void podcast_json__takes_segments_alone(void **state)
{
    (void)state;
    assert_reads(
        "[{\"startTime\": 0.5, \"endTime\": 2, \"speaker\": \"Ann\", \"body\": \"The tide\"},"
        " {\"startTime\": 2, \"body\": \"is late.\"}]",
        "podcast-json", "0:00:00.500-0:00:02 Ann: The tide\n+0:00:02- Ann: is late.\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(podcast_json__takes_segments_alone),
        cmocka_unit_test(readers__read_their_fixtures),
        cmocka_unit_test(readers__read_the_same_in_small_steps),
        cmocka_unit_test(readers__keep_what_stands_before_a_cut),
        cmocka_unit_test(readers__survive_values_of_any_type),
        cmocka_unit_test(readers__tell_what_stands_beside_the_segments),
        cmocka_unit_test(readers__know_roles_and_groups),
        cmocka_unit_test(assemblyai__tells_a_job_that_failed),
        cmocka_unit_test(whisper__leaves_other_json_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
