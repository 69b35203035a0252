/* JSON of other programs: each format's fixtures cut off and with values of any type, and what
 * the fixtures of tests/fixtures/formats do not show. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "read_support.h"

static const char *const rows[][2] = {
    {"formats/whisper/well-formed.json", "whisper"},
    {"formats/whisper/chunks.json", "whisper"},
    {"formats/whisperx/well-formed.json", "whisperx"},
    {"formats/whisper-cpp/well-formed.json", "whisper-cpp"},
    {"formats/podcast-json/well-formed.json", "podcast-json"},
    {"formats/youtube-json3/well-formed.json", "youtube-json3"},
    {"formats/bilibili/well-formed.json", "bilibili"},
    {"formats/aws-transcribe/well-formed.json", "aws-transcribe"},
    {"formats/aws-calls/well-formed.json", "aws-calls"},
    {"formats/google-stt/well-formed.json", "google-stt"},
    {"formats/google-stt/plain.json", "google-stt"},
    {"formats/azure-stt/well-formed.json", "azure-stt"},
    {"formats/azure-stt/live.json", "azure-stt"},
    {"formats/deepgram/well-formed.json", "deepgram"},
    {"formats/deepgram/words.json", "deepgram"},
    {"formats/assemblyai/well-formed.json", "assemblyai"},
    {"formats/assemblyai/words.json", "assemblyai"},
    {"formats/rev/well-formed.json", "rev"},
    {"formats/rev/editor.json", "rev"},
    {"formats/ibm-stt/well-formed.json", "ibm-stt"},
    {"formats/speechmatics/well-formed.json", "speechmatics"},
    {"formats/speechmatics/version-1.json", "speechmatics"},
    {"formats/kaldi/well-formed.json", "kaldi"},
    {"formats/funasr/well-formed.json", "funasr"},
    {"formats/tencent-minutes/well-formed.json", "tencent-minutes"},
    {"formats/ndl-diet/well-formed.json", "ndl-diet"},
    {"formats/ndl-diet/meeting.json", "ndl-diet"},
    {"formats/assembly-jp/well-formed.json", "assembly-jp"},
    {"formats/ly-gazette/well-formed.json", "ly-gazette"},
    {"formats/ly-interpellation/well-formed.json", "ly-interpellation"},
    {"formats/legco/well-formed.json", "legco"},
    {"formats/sayit-sections/well-formed.json", "sayit-sections"},
};

enum { ROWS = sizeof rows / sizeof *rows };

static bool says(const struct reading *r, const char *what)
{
    const struct diagnostics *found = loader_diagnostics(r->loader);
    size_t i;

    for (i = 0; i < found->kept; i++) {
        if (strstr(found->items[i].message, what) != NULL)
            return true;
    }
    return false;
}

/* A cut-off file shows what was whole, and says that it is cut. */
static void readers__keep_what_stands_before_a_cut(void **state)
{
    size_t i, bytes;

    (void)state;
    for (i = 0; i < ROWS; i++) {
        struct buffer text = {0};
        struct reading r;

        read_fixture(&text, rows[i][0]);
        while (text.bytes > 0 && strchr("\n]}", text.data[text.bytes - 1]) != NULL)
            text.bytes--;
        for (bytes = 1; bytes <= text.bytes; bytes++) {
            char *exact = malloc(bytes);

            memcpy(exact, text.data, bytes);
            reading_of(&r, exact, bytes, rows[i][1]);
            if (r.ok && loader_diagnostics(r.loader)->count[SEVERITY_ERROR] == 0)
                fail_msg("%s cut at %zu: nothing is said", rows[i][0], bytes);
            if (says(&r, "not valid JSON"))
                fail_msg("%s cut at %zu: said to be wrong, not cut", rows[i][0], bytes);
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

        read_fixture(&text, rows[i][0]);
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
            reading_of(&r, changed.data, changed.bytes, rows[i][1]);
            reading_release(&r);
            buffer_release(&changed);
        }
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
    static const char log_in_list[] =
        "[{\"ts\":\"2033-05-02T08:00:01Z\",\"severity\":\"INFO\",\"user\":\"kim\","
        "\"msg\":\"file was stored\"},"
        "{\"ts\":\"2033-05-02T08:00:09Z\",\"severity\":\"ERROR\",\"user\":\"-\","
        "\"msg\":\"no space on the disk\"}]";
    static const char log_in_lines[] =
        "{\"time\":2003300001000,\"level\":30,\"user\":\"kim\",\"msg\":\"file was stored\"}\n"
        "{\"time\":2003300009000,\"level\":50,\"user\":\"lee\",\"msg\":\"disk is full\"}\n";
    static const char *const others[] = {
        "{\"a\":{\"begin\":\"1:04.0\",\"end\":\"2:11.0\",\"text\":\"X\"}}",
        "{\"segments\":[]}",
        "[]",
        "[1,2,3]",
        "{\"results\":[]}",
        "{\"events\":[{\"type\":\"click\"}]}",
        "{\"body\":\"text\",\"words\":[\"a\"]}",
        log_in_list,
        log_in_lines,
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof others / sizeof *others; i++) {
        struct reading r;

        reading_of(&r, others[i], strlen(others[i]), NULL);
        if (loader_format_name(r.loader)[0] != '\0' &&
            strcmp(loader_format_name(r.loader), "json") != 0 &&
            strcmp(loader_format_name(r.loader), "plain") != 0)
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
        cmocka_unit_test(readers__keep_what_stands_before_a_cut),
        cmocka_unit_test(readers__survive_values_of_any_type),
        cmocka_unit_test(readers__know_roles_and_groups),
        cmocka_unit_test(assemblyai__tells_a_job_that_failed),
        cmocka_unit_test(whisper__leaves_other_json_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
