/* Real files, in shared/real beside the tree. This file has only their names and the numbers
 * that they must give. Where the folder is absent, the tests are skipped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "read_support.h"

struct row {
    const char *file;
    const char *format; /* NULL: it is refused */
    size_t segments;
    size_t speakers;
    const char *first; /* NULL: it has no times */
    const char *last;
    size_t notes;
    size_t warnings;
    size_t faults;
};

/* Each diagnostic is right. Note: the interpellations of one day are followed by those of the
 * next, with times of day but no dates. Warnings: "." for "," (invalid.vtt has no heading and
 * is read as SubRip; hb-episode17), no milliseconds (pysrt-invalid), a comma or colon for a
 * point (timings-garbage). Errors: times that are garbage on purpose (wpt), a cue that lost its
 * time (missing_timeframe), one that ends before it starts (noscribe). */
static const struct row rows[] = {
    {"podcast_json/pcns-example.json", "podcast-json", 5, 2, "0:00:00", "0:00:03", 0, 0, 0},
    {"podcast_json/buzzcast.json", "podcast-json", 959, 5, "0:00:00", "0:28:04", 0, 0, 0},
    {"podcast_json/one_word_segments.json", "podcast-json", 19, 2, "0:00:00", "0:01:57", 0, 0,
     0},
    {"podcast_html/pcns-example.html", "html", 10, 3, "0:00:00", "0:11:31", 0, 0, 0},
    {"vtt_voice/pcns-example.vtt", "webvtt", 7, 2, "0:00:00", "0:00:25", 0, 0, 0},
    {"vtt_voice/kde_express-16.vtt", "webvtt", 22, 0, "0:00:00", "0:02:21", 0, 0, 0},
    {"vtt_voice/Parrot_Sketch.vtt", "webvtt", 76, 5, "0:00:00", "0:05:30", 0, 0, 0},
    {"vtt_voice/noscribe-interview.vtt", "webvtt", 56, 3, "0:00:00", "0:12:17", 0, 0, 1},
    {"vtt_meeting/zoom-meeting001.vtt", "webvtt", 300, 5, "0:00:04", "0:55:41", 0, 0, 0},
    {"vtt_cjk/vttjs-long_chinese.vtt", "webvtt", 1, 0, "0:00:11", "0:00:13", 0, 0, 0},
    {"vtt_cjk/vttjs-long_japanese.vtt", "webvtt", 1, 0, "0:00:11", "0:00:13", 0, 0, 0},
    {"vtt_cjk/vttjs-long_thai.vtt", "webvtt", 1, 0, "0:00:11", "0:00:13", 0, 0, 0},
    {"vtt_cjk/vttjs-long_multiple_languages.vtt", "webvtt", 1, 0, "0:00:11", "0:00:13", 0, 0,
     0},
    {"vtt_caption/netflix.vtt", "webvtt", 865, 0, "0:00:07", "0:52:28", 0, 0, 0},
    {"vtt_illformed/webvttpy-invalid.vtt", "srt", 7, 0, "0:00:00", "0:00:30", 0, 1, 0},
    {"vtt_illformed/webvttpy-missing_timeframe.vtt", "webvtt", 7, 0, "0:00:00", "0:00:30", 0, 0,
     1},
    {"vtt_illformed/empty_webvttpy-empty.vtt", NULL, 0, 0, "", "", 0, 0, 0},
    {"vtt_illformed/webvttpy-cue_tags.vtt", "webvtt", 3, 0, "0:00:16", "0:00:21", 0, 0, 0},
    {"vtt_illformed/wpt-nulls.vtt", "webvtt", 67, 0, "0:00:00", "0:00:01", 0, 0, 60},
    {"vtt_illformed/wpt-timings-garbage.vtt", "webvtt", 63, 0, "0:00:00", "0:00:01", 0, 2, 61},
    {"vtt_illformed/wpt-cue-tags.vtt", "webvtt", 29, 3, "0:00:00", "0:00:28", 0, 0, 0},
    {"vtt_illformed/wpt-cue-entities.vtt", "webvtt", 22, 0, "0:00:00", "0:00:25", 0, 0, 0},
    {"vtt_illformed/wpt-regions-old.vtt", "webvtt", 2, 0, "0:00:00", "0:00:01", 0, 0, 0},
    {"vtt_illformed/wpt-newlines.vtt", "webvtt", 4, 0, "0:00:00", "0:00:01", 0, 0, 0},
    {"srt_podcast/buzzcast.srt", "srt", 488, 5, "0:00:00", "0:28:04", 0, 0, 0},
    {"srt_podcast/hb-episode17.srt", "srt", 678, 0, "0:00:00", "0:48:02", 0, 1, 0},
    {"srt_encoding/gb2312.srt", "srt", 3, 0, "0:00:27", "0:00:36", 0, 0, 0},
    {"srt_encoding/gbk.srt", "srt", 3, 0, "0:00:00", "0:00:11", 0, 0, 0},
    {"srt_encoding/pysrt-bom-utf-16-le.srt", "srt", 7, 0, "0:00:06", "0:00:50", 0, 0, 0},
    {"srt_encoding/pysrt-bom-utf-32-be.srt", "srt", 7, 0, "0:00:06", "0:00:50", 0, 0, 0},
    {"srt_encoding/pysrt-windows-1252.srt", "srt", 1332, 0, "0:00:01", "1:37:29", 0, 0, 0},
    {"srt_encoding/pysrt-no-indexes.srt", "srt", 7, 0, "0:00:06", "0:00:50", 0, 0, 0},
    {"srt_encoding/pysrt-invalid.srt", "srt", 1, 0, "0:00:01", "0:00:10", 0, 1, 0},
    {"srt_illformed/webvttpy-invalid_timeframe.srt", "srt", 5, 0, "0:00:00", "0:00:23", 0, 0,
     0},
    {"srt_illformed/webvttpy-invalid_format2.srt", "plain", 1, 0, "", "", 0, 0, 0},
    {"ass/aegisub-format-tests.ass", "ass", 39, 0, "0:00:00", "0:01:04", 0, 0, 0},
    {"ass/mantas-format2.ass", "ass", 2, 0, "0:02:17", "1:02:22", 0, 0, 0},
    {"lrc/openlrc-test.lrc", "lrc", 7, 0, "0:00:00", "0:00:25", 0, 0, 0},
    {"smi/mantas.smi", "sami", 2, 0, "0:02:17", "1:02:22", 0, 0, 0},
    {"whisper_json/whisper_default-1mb.json", "whisper", 1503, 0, "0:00:00", "1:29:58", 0, 0,
     0},
    {"whisper_json/whisper_timestamped.json", "whisper", 4, 0, "0:00:00", "0:00:25", 0, 0, 0},
    {"whisper_json/meanwhile.json", NULL, 0, 0, "", "", 0, 0, 0},
    {"whisperx_json/sy-bombay-2.0mb.json", "whisperx", 187, 0, "0:00:02", "1:08:46", 0, 0, 0},
    {"aws_transcribe/todayinfocus.json", "aws-transcribe", 43, 2, "0:00:05", "0:05:01", 0, 0,
     0},
    {"aws_transcribe/aws-sample-call.json", "aws-calls", 37, 2, "0:00:00", "0:03:02", 0, 0, 0},
    {"google_stt/gcp-punctuation.json", "google-stt", 57, 0, "0:00:12", "0:11:46", 0, 0, 0},
    {"azure_stt/azure-batch-sample.json", "azure-stt", 3, 2, "0:00:00", "0:00:07", 0, 0, 0},
    {"deepgram/dg_speakers.json", "deepgram", 22, 3, "0:00:03", "0:02:43", 0, 0, 0},
    {"assemblyai/aai_utterances.json", "assemblyai", 1, 1, "0:00:00", "0:00:25", 0, 0, 0},
    {"revai/rev-editor-970kb.json", "rev", 534, 2, "0:00:00", "0:42:16", 0, 0, 0},
    {"other_stt/ibm-ted.json", "ibm-stt", 90, 1, "0:00:13", "0:11:45", 0, 0, 0},
    {"youtube_json3/srv1.xml", "srv1", 3, 0, "0:00:00", "0:00:08", 0, 0, 0},
    {"akoma_ntoso/sayit-bungeni.xml", "akoma-ntoso", 25, 5, "02:30:00", "06:30:00", 0, 0, 0},
    {"akoma_ntoso/sayit-blank-speakers.xml", "akoma-ntoso", 4, 1, "", "", 0, 0, 0},
    {"parlamint_tei/ParlaMint-TR.xml", "tei", 1840, 96, "14:02:00", "23:40:00", 0, 0, 0},
    {"hansard_xml/scotland-sp2009-10-29.xml", "hansard", 1075, 84, "09:00:00", "17:40:00", 0, 0,
     0},
    {"diet_json/ndl-speech-casino-ir.json", "ndl-diet", 37, 16, "", "", 0, 0, 0},
    {"tw_ly/ly-4004-interp.json", "ly-interpellation", 2474, 44, "09:02:00", "18:31:00", 1, 0,
     0},
    {"sayit_md/2019-03-09-Hal.md", "markdown", 209, 4, "", "", 0, 0, 0},
    {"sayit_md/2017-05-08-PO.md", "markdown", 450, 21, "", "", 0, 0, 0},
    {"csv/kp36.csv", "csv", 2139, 4, "0:07:54", "1:24:34", 0, 0, 0},
    {"txt_podcast/noscribe.txt", "text", 58, 3, "0:00:12", "0:12:06", 0, 0, 0},
    {"txt_podcast/hb-labs.txt", "webvtt", 494, 3, "0:00:00", "0:37:52", 0, 0, 0},
    {"markdown_podcast/changelog-news-81.md", "markdown", 45, 1, "", "", 0, 0, 0},
    {"briefing-2020-03-09.txt", "text", 33, 13, "10:01:29", "11:33:32", 0, 0, 0},
};

static void folder(struct buffer *path)
{
    const char *root = getenv("SHILU_SRCDIR");

    buffer_append_format(path, "%s/../shared/real", root != NULL ? root : ".");
}

/* The record's own reading of its time, "" for none. */
static void span_text(const struct transcript *t, char *first, char *last)
{
    int64_t first_ms;
    int64_t last_ms;

    *first = *last = '\0';
    if (!transcript_span(t, &first_ms, &last_ms))
        return;
    if (transcript_time_base(t) == TIME_BASE_WALL) {
        civil_format_clock(first_ms, first);
        civil_format_clock(last_ms, last);
    } else {
        civil_format_elapsed(first_ms, first);
        civil_format_elapsed(last_ms, last);
    }
}

/* False, with the difference printed, where a file gives other numbers. */
static bool check(const struct row *row, const char *path)
{
    const struct loader_options options = {0};
    struct transcript *t = transcript_new();
    struct error err = {0};
    struct source *source = source_open_path(path, &err);
    struct loader *l = source != NULL ? loader_new(source, t, &options, &err) : NULL;
    bool ok = l != NULL && loader_run(l, &err);
    const size_t *count;
    char first[CIVIL_TEXT];
    char last[CIVIL_TEXT];
    bool same;

    if (l == NULL) {
        print_error("%s: %s\n", path, err.message);
        transcript_free(t);
        return false;
    }
    count = loader_diagnostics(l)->count;
    span_text(t, first, last);
    same = row->format == NULL
               ? !ok && transcript_count(t) == 0
               : ok && strcmp(loader_format_name(l), row->format) == 0 &&
                     transcript_count(t) == row->segments &&
                     transcript_speaker_count(t) == row->speakers &&
                     strcmp(first, row->first) == 0 && strcmp(last, row->last) == 0 &&
                     count[SEVERITY_NOTE] == row->notes &&
                     count[SEVERITY_WARNING] == row->warnings &&
                     count[SEVERITY_ERROR] == row->faults;
    if (!same)
        print_error("%s: %s, %zu segments, %zu speakers, \"%s\" to \"%s\", %zu notes, %zu "
                    "warnings, %zu faults%s%s\n",
                    row->file, loader_format_name(l), transcript_count(t),
                    transcript_speaker_count(t), first, last, count[SEVERITY_NOTE],
                    count[SEVERITY_WARNING], count[SEVERITY_ERROR], ok ? "" : ": ",
                    ok ? "" : err.message);
    loader_free(l);
    transcript_free(t);
    return same;
}

static void real_files__give_their_numbers(void **state)
{
    struct buffer path = {0};
    size_t length, i;
    size_t wrong = 0;

    (void)state;
    folder(&path);
    if (access(path.data, R_OK) != 0) {
        print_message("skipped: there is no folder %s\n", path.data);
        buffer_release(&path);
        skip();
    }
    length = path.bytes;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        path.bytes = length;
        buffer_append_format(&path, "/%s", rows[i].file);
        wrong += !check(&rows[i], path.data);
    }
    buffer_release(&path);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(real_files__give_their_numbers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
