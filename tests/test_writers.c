/* Writers of foreign formats: what they write, that readers read it back, and that nothing in
 * a text can break out of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "read_support.h"
#include "shilu/formats/registry.h"

static bool write_as(const struct transcript *t, const char *format, struct buffer *out,
                     struct error *err)
{
    const struct writer_ops *writer = registry_writer(format);
    struct writer_options options = {0};
    const struct selection everything = SELECTION_INIT;
    char *text = NULL;
    size_t bytes = 0;
    FILE *file = open_memstream(&text, &bytes);
    bool ok;

    assert_non_null(writer);
    assert_non_null(file);
    ok = writer->write(t, &everything, &options, file, err);
    fclose(file);
    buffer_append(out, text, bytes);
    free(text);
    return ok;
}

static void assert_writes(const char *text, const char *format, const char *expected)
{
    struct reading r;
    struct buffer out = {0};
    struct error err;

    reading_of(&r, text, strlen(text), NULL);
    assert_true(r.ok);
    if (!write_as(r.transcript, format, &out, &err))
        fail_msg("%s", err.message);
    assert_string_equal(out.data, expected);
    buffer_release(&out);
    reading_release(&r);
}

static const char talk[] = "speaker,role,start,end,text\n"
                           "Ann Lee,chair,1.5,2,The tide is late.\n"
                           "Bo <Chen>,,62,,\"Is it?\n\nA --> B & <b>\"\n"
                           ",,,,Laughter\n"
                           "Ann Lee,,3723.25,3724,Yes\n";

static void srt__names_each_cue_where_some_have_no_name(void **state)
{
    (void)state;
    assert_writes(talk, "srt",
                  "1\n00:00:01,500 --> 00:00:02,000\nAnn Lee: The tide is late.\n\n"
                  "2\n00:01:02,000 --> 00:01:06,200 estimated:1\n"
                  "Bo <Chen>: Is it?\nA -- > B & <b>\n\n"
                  "3\n00:01:06,200 --> 00:01:07,800 estimated:1\nLaughter\n\n"
                  "4\n01:02:03,250 --> 01:02:04,000\nAnn Lee: Yes\n\n");
}

static void vtt__escapes_and_marks_voices(void **state)
{
    (void)state;
    assert_writes(talk, "vtt",
                  "WEBVTT\n\n"
                  "1\n00:00:01.500 --> 00:00:02.000\n<v Ann Lee>The tide is late.</v>\n\n"
                  "NOTE estimated\n\n"
                  "2\n00:01:02.000 --> 00:01:06.200\n<v Bo &lt;Chen&gt;>Is it?\n"
                  "A --&gt; B &amp; &lt;b&gt;</v>\n\n"
                  "NOTE estimated\n\n3\n00:01:06.200 --> 00:01:07.800\nLaughter\n\n"
                  "4\n01:02:03.250 --> 01:02:04.000\n<v Ann Lee>Yes</v>\n\n");
}

static void csv__follows_rfc_4180(void **state)
{
    (void)state;
    assert_writes(talk, "csv",
                  "segment,start,end,speaker,role,organization,kind,exchange,text\r\n"
                  "1,0:00:01.500,0:00:02,Ann Lee,chair,,,,The tide is late.\r\n"
                  "2,0:01:02,,Bo <Chen>,,,,,\"Is it?\n\nA --> B & <b>\"\r\n"
                  "3,,,,,,,,Laughter\r\n"
                  "4,1:02:03.250,1:02:04,Ann Lee,chair,,,,Yes\r\n");
}

static void markdown__writes_what_it_reads(void **state)
{
    (void)state;
    assert_writes(
        talk, "markdown",
        "---\ngenerator: shilu\n---\n\n### Ann Lee (chair):\n\n[0:00:01] The tide is late.\n"
        "\n### Bo \\<Chen\\>:\n\n[0:01:02] Is it?\\\n\\\n"
        "A --\\> B \\& \\<b\\>\n"
        "\n> Laughter\n"
        "\n### Ann Lee (chair):\n\n[1:02:03] Yes\n");
}

static void csv__guards_what_a_spreadsheet_would_run(void **state)
{
    (void)state;
    assert_writes("speaker,text\n=Ann,+1 555 is a number\n@Bo,-3.5%\nCy,'=1+1\n", "csv",
                  "segment,start,end,speaker,role,organization,kind,exchange,text\r\n"
                  "1,,,'=Ann,,,,,'+1 555 is a number\r\n"
                  "2,,,'@Bo,,,,,-3.5%\r\n"
                  "3,,,Cy,,,,,'=1+1\r\n");
}

static void captions__are_cut_where_sentences_end(void **state)
{
    (void)state;
    assert_writes(
        "start,end,text\n0,10,\"The first thing to talk about is the roof of the hall. It "
        "has leaked for two years, and nobody has mended it since.\"\n",
        "srt",
        "1\n00:00:00,000 --> 00:00:04,782 estimated:1\n"
        "The first thing to talk about\nis the roof of the hall.\n\n"
        "2\n00:00:04,782 --> 00:00:10,000 estimated:1\n"
        "It has leaked for two years,\nand nobody has mended it since.\n\n");
}

/* One word a segment: their own times are those of the cues. */
static void captions__are_joined_from_single_words(void **state)
{
    (void)state;
    assert_writes("start,end,text\n0,0.3,It\n0.3,0.6,has\n0.6,1,leaked\n1,1.2,for\n"
                  "1.2,1.4,two\n1.4,1.9,years\n1.9,2.2,and\n2.2,2.6,nobody\n"
                  "2.6,2.8,has\n2.8,3.2,mended\n3.2,3.4,it\n9,9.5,Well?\n",
                  "srt",
                  "1\n00:00:00,000 --> 00:00:03,400\n"
                  "It has leaked for two years\nand nobody has mended it\n\n"
                  "2\n00:00:09,000 --> 00:00:09,500\nWell?\n\n");
}

static void markdown__keeps_questions_and_the_source(void **state)
{
    (void)state;
    assert_writes(
        "{\"format\": \"shilu\", \"version\": 1, \"title\": \"t\", \"venue\": \"a: "
        "\\\"b\\\"\", "
        "\"source\": {\"name\": \"#1\", \"url\": \"http://x.example\"}, \"segments\": ["
        "{\"speaker\": \"Ann, reporter\", \"text\": \"Is it?\"}, "
        "{\"speaker\": \"Bo\", \"text\": \"It is.\"}]}",
        "markdown",
        "---\ngenerator: shilu\nvenue: \"a: \\\"b\\\"\"\nsource: \"#1\"\n"
        "source_url: \"http://x.example\"\n---\n\n# t\n\n## Question 1\n"
        "\n### Ann, reporter:\n\nIs it?\n\n### Bo:\n\nIt is.\n");
}

/* The outline in front, with links; a heading of the same words has a number. */
static void markdown_and_html__begin_with_the_contents(void **state)
{
    static const char record[] =
        "{\"format\": \"shilu\", \"version\": 1, \"segments\": ["
        "{\"kind\": \"heading\", \"text\": \"The Roof, again\"}, "
        "{\"speaker\": \"Ann, reporter\", \"text\": \"Is it <wet>?\"}, "
        "{\"speaker\": \"Bo\", \"text\": \"First, it is. Second, it was.\"}, "
        "{\"kind\": \"heading\", \"text\": \"The Roof, again\"}, "
        "{\"speaker\": \"Ann, reporter\", \"text\": \"And now?\"}]}";

    assert_writes(record, "markdown",
                  "---\ngenerator: shilu\n---\n"
                  "\n<!-- contents -->\n"
                  "- [The Roof, again](#the-roof-again)\n"
                  "  - [Q1 Ann, reporter \\> Bo: Is it \\<wet\\>?](#question-1)\n"
                  "    - [First, it is.](#question-1)\n"
                  "    - [Second, it was.](#question-1)\n"
                  "- [The Roof, again](#the-roof-again-1)\n"
                  "  - [Q2 Ann, reporter: And now?](#question-2)\n"
                  "<!-- end of contents -->\n"
                  "\n## The Roof, again\n\n## Question 1\n"
                  "\n### Ann, reporter:\n\nIs it \\<wet\\>?\n"
                  "\n### Bo:\n\nFirst, it is. Second, it was.\n"
                  "\n## The Roof, again\n\n## Question 2\n\n### Ann, reporter:\n\nAnd now?\n");
}

static void jsonl__tells_what_follows_from_the_rest(void **state)
{
    (void)state;
    assert_writes(
        "start,end,speaker,role,text\n2021-05-06T09:30:00,,\"Ann, reporter\",,Is it?\n"
        "2021-05-06T09:30:05,2021-05-06T09:30:07,Bo,chair,It is.\n",
        "jsonl",
        "{\"format\": \"shilu\", \"version\": 1, \"title\": \"\", \"clock\": \"wall\", "
        "\"speakers\": [{\"name\": \"Ann, reporter\"},{\"name\": \"Bo\", \"role\": "
        "\"chair\"}]}\n"
        "{\"speaker\": \"Ann, reporter\", \"start\": \"2021-05-06T09:30:00\", "
        "\"text\": \"Is it?\", \"kind\": \"question\", \"kind_inferred\": true, "
        "\"exchange\": 1, \"start_seconds\": 0, \"line\": 2}\n"
        "{\"speaker\": \"Bo\", \"start\": \"2021-05-06T09:30:05\", \"end\": "
        "\"2021-05-06T09:30:07\", \"text\": \"It is.\", \"kind\": \"answer\", "
        "\"kind_inferred\": true, \"exchange\": 1, \"start_seconds\": 5, "
        "\"end_seconds\": 7, \"role\": \"chair\", \"line\": 3}\n");
}

/* What is said first on another day has its date, and comes back with it. */
static void text_and_markdown__tell_the_days(void **state)
{
    static const char days[] = "start,speaker,text\n"
                               "2024-05-04T23:50,Ann,We begin late.\n"
                               "2024-05-04T23:58,Bo,Is it late?\n"
                               "2024-05-05T00:03,Ann,\"It is, the day is over.\"\n"
                               "2024-05-06T00:03,Ann,The day after.\n";

    (void)state;
    assert_writes(days, "text",
                  "2024-05-04  23:50 - 2024-05-06 00:03\n"
                  "\nAnn\n   23:50  We begin late.\n"
                  "\nBo\n   23:58  Is it late?\n"
                  "\n2024-05-05\n\nAnn\n   00:03  It is, the day is over.\n"
                  "\n2024-05-06\n   00:03  The day after.\n");
    assert_writes("---\ngenerator: shilu\nclock: wall\n---\n\n### Ann:\n\n"
                  "[2024-05-04 23:50] We begin late.\n\n[23:59:30] So late.\n\n"
                  "[2024-05-06 00:03] The day after.\n",
                  "csv",
                  "segment,start,end,speaker,role,organization,kind,exchange,text\r\n"
                  "1,2024-05-04T23:50:00,,Ann,,,,,We begin late.\r\n"
                  "2,2024-05-04T23:59:30,,Ann,,,,,So late.\r\n"
                  "3,2024-05-06T00:03:00,,Ann,,,,,The day after.\r\n");
    assert_writes("2024-05-04  23:50 - 2024-05-06 00:03\n"
                  "\nAnn\n   23:50  We begin late.\n"
                  "\nBo\n   23:58  Is it late?\n"
                  "\n2024-05-06\n   00:03  The day after.\n",
                  "csv",
                  "segment,start,end,speaker,role,organization,kind,exchange,text\r\n"
                  "1,2024-05-04T23:50:00,,Ann,,,,,We begin late.\r\n"
                  "2,2024-05-04T23:58:00,,Bo,,,,,Is it late?\r\n"
                  "3,2024-05-06T00:03:00,,Bo,,,,,The day after.\r\n");
}

/* The first cell of what a query gives; "" for none. */
static void ask(sqlite3 *db, const char *sql, char *answer, size_t bytes)
{
    sqlite3_stmt *s = NULL;

    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
    *answer = '\0';
    if (sqlite3_step(s) == SQLITE_ROW)
        snprintf(answer, bytes, "%s", (const char *)sqlite3_column_text(s, 0));
    sqlite3_finalize(s);
}

static void sqlite__answers_queries(void **state)
{
    static const char *const rows[][2] = {
        {"SELECT count(*) FROM segments", "4"},
        {"SELECT group_concat(name) FROM speakers", "Ann Lee,Bo <Chen>"},
        {"SELECT role FROM transcript WHERE id = 4", "chair"},
        {"SELECT start_seconds FROM segments WHERE id = 4", "3723.25"},
        {"SELECT line FROM segments WHERE id = 2", "3"},
        {"SELECT count(*) FROM turns", "4"},
        {"SELECT rowid FROM words WHERE words MATCH 'tide late'", "1"},
        {"SELECT rowid FROM words WHERE words MATCH 'ferry'", ""},
    };
    struct reading r;
    struct buffer out = {0};
    struct error err;
    sqlite3 *db = NULL;
    size_t i;

    (void)state;
    reading_of(&r, talk, strlen(talk), NULL);
    assert_true(write_as(r.transcript, "sqlite", &out, &err));
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_int_equal(sqlite3_deserialize(db, "main", (unsigned char *)out.data,
                                         (sqlite3_int64)out.bytes, (sqlite3_int64)out.bytes,
                                         SQLITE_DESERIALIZE_READONLY),
                     SQLITE_OK);
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        char answer[80];

        ask(db, rows[i][0], answer, sizeof answer);
        if (strcmp(answer, rows[i][1]) != 0)
            fail_msg("%s: %s, not %s", rows[i][0], answer, rows[i][1]);
    }
    sqlite3_close(db);
    buffer_release(&out);
    reading_release(&r);
}

static void podcast_json__times_every_segment(void **state)
{
    (void)state;
    assert_writes(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>a \"b\"\n\n00:03.000 --> 00:04.000\nc\n",
        "podcast-json",
        "{\"version\": \"1.0.0\", \"segments\": [\n"
        "{\"speaker\": \"Ann\", \"startTime\": 1, \"endTime\": 2, \"body\": \"a \\\"b\\\"\"},\n"
        "{\"startTime\": 3, \"endTime\": 4, \"body\": \"c\"}\n]}\n");
}

static void captions__need_times(void **state)
{
    static const char *const formats[] = {"srt", "vtt", "podcast-json"};
    static const char text[] = "Ann: Hi.\nBo: Hello.\nAnn: Yes.\n";
    struct reading r;
    size_t i;

    (void)state;
    reading_of(&r, text, strlen(text), NULL);
    for (i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        struct buffer out = {0};
        struct error err = {0};

        assert_false(write_as(r.transcript, formats[i], &out, &err));
        assert_int_equal(err.code, ERROR_UNSUPPORTED);
        assert_non_null(strstr(err.message, "has a time"));
        buffer_release(&out);
    }
    reading_release(&r);
}

static void captions__end_after_slow_speech_at_most(void **state)
{
    (void)state;
    assert_writes("start,text\n2021-05-06T09:30:00,one\n2021-05-06T09:30:05,two\n", "srt",
                  "1\n00:00:00,000 --> 00:00:03,000\none\n\n"
                  "2\n00:00:05,000 --> 00:00:06,000\ntwo\n\n");
}

/* The words of a fixture, with its speakers, survive the way through a format and back. */
static void writers__are_read_back(void **state)
{
    static const char *const fixtures[] = {
        "formats/webvtt/well-formed.vtt", "formats/srt/well-formed.srt",
        "formats/text/well-formed.txt",   "formats/markdown/well-formed.md",
        "formats/csv/well-formed.csv",    "formats/hansard/well-formed.xml",
        "formats/html/well-formed.html"};
    static const char *const formats[][2] = {
        {"markdown", "markdown"}, {"html", "html"}, {"csv", "csv"}};
    size_t i, j;

    (void)state;
    for (i = 0; i < sizeof fixtures / sizeof fixtures[0]; i++) {
        for (j = 0; j < sizeof formats / sizeof formats[0]; j++) {
            struct buffer text = {0}, out = {0}, first = {0}, second = {0};
            struct reading r, back;
            struct error err;
            uint32_t k;

            read_fixture(&text, fixtures[i]);
            reading_of(&r, text.data, text.bytes, NULL);
            assert_true(write_as(r.transcript, formats[j][0], &out, &err));
            reading_of(&back, out.data, out.bytes, formats[j][1]);
            assert_true(back.ok);
            for (k = 0; k < transcript_count(r.transcript); k++) {
                size_t bytes;
                const char *words = transcript_text(r.transcript, k, &bytes);

                buffer_append(&first, words, bytes);
                buffer_append_char(&first, ' ');
            }
            for (k = 0; k < transcript_count(back.transcript); k++) {
                size_t bytes;
                const char *words = transcript_text(back.transcript, k, &bytes);

                buffer_append(&second, words, bytes);
                buffer_append_char(&second, ' ');
            }
            assert_string_equal(second.data, first.data);
            assert_int_equal(transcript_speaker_count(back.transcript),
                             transcript_speaker_count(r.transcript));
            assert_int_equal(transcript_turn_count(back.transcript),
                             transcript_turn_count(r.transcript));
            reading_release(&r);
            reading_release(&back);
            buffer_release(&text);
            buffer_release(&out);
            buffer_release(&first);
            buffer_release(&second);
        }
    }
}

/* Titles, names and words that try to get out: escape sequences, tags, links, arrows. */
static void writers__let_nothing_out(void **state)
{
    static const char evil[] =
        "WEBVTT \x1b]0;owned\x07<script>\n\n00:01.000 --> 00:02.000\n"
        "<v \x1b[31m&quot;&gt;&lt;script&gt;>a\x1b[2J\xC2\x9B"
        "b&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt; &#x202E;x\x7F\n"
        "--&gt; [c](javascript:d) \"e\"\n";
    static const char *const formats[] = {"markdown", "html", "csv",
                                          "srt",      "vtt",  "podcast-json"};
    struct reading r;
    size_t i;

    (void)state;
    reading_of(&r, evil, sizeof evil - 1, NULL);
    assert_true(r.ok);
    transcript_set(r.transcript, FIELD_SOURCE_URL, "javascript:alert(1)");
    transcript_set(r.transcript, FIELD_LANGUAGE, "en\" onload=\"x");
    for (i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        struct buffer out = {0};
        struct error err;
        size_t at;

        assert_true(write_as(r.transcript, formats[i], &out, &err));
        for (at = 0; at < out.bytes; at++) {
            unsigned char c = (unsigned char)out.data[at];

            assert_true(c >= 0x20 || c == '\n' || c == '\r');
            assert_true(c != 0x7F);
            assert_false(c == 0xC2 && (unsigned char)out.data[at + 1] < 0xA0);
        }
        if (strcmp(formats[i], "html") == 0) {
            assert_null(strstr(out.data, "<script"));
            assert_null(strstr(out.data, "href=\"javascript"));
            assert_null(strstr(out.data, " onload=\"x"));
            assert_null(strstr(out.data, "\xE2\x80\xAE"));
        }
        buffer_release(&out);
    }
    reading_release(&r);
}

static void html__is_whole_and_has_anchors(void **state)
{
    struct reading r;
    struct buffer out = {0};
    struct error err;
    static const char *const parts[] = {
        "<!DOCTYPE html>\n<html>",
        "<meta charset=\"utf-8\">",
        "prefers-color-scheme:dark",
        "<h2 id=\"t1\"><cite>Ann Lee</cite> <span class=\"role\">chair</span></h2>",
        "<p id=\"s1\"><a class=\"time\" href=\"#s1\">",
        "<time datetime=\"PT1.500S\">0:00:01</time>",
        "Is it?<br>\n<br>\nA --&gt; B &amp; &lt;b&gt;</p>",
        "<p id=\"s3\">Laughter</p>",
        "</main>\n</body>\n</html>\n"};
    size_t i;

    (void)state;
    reading_of(&r, talk, strlen(talk), NULL);
    assert_true(write_as(r.transcript, "html", &out, &err));
    for (i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (strstr(out.data, parts[i]) == NULL)
            fail_msg("no '%s' in: %s", parts[i], out.data);
    assert_null(strstr(out.data, "<script"));
    buffer_release(&out);
    reading_release(&r);
}

/* A clock without a date, over midnight: no writer makes a date up, and it is read back. */
static void writers__invent_no_date(void **state)
{
    static const char *const formats[] = {"json", "jsonl", "csv", "html"};
    static const char text[] = "[23:59:58] Ann Lee: late\n[00:00:02] Bo Chen: early\n"
                               "[00:00:09] Ann Lee: yes\n[00:01:09] Bo Chen: no\n";
    size_t i;

    (void)state;
    for (i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        struct buffer out = {0};
        struct buffer first = {0};
        struct buffer again = {0};
        struct reading r;
        struct error err = {0};

        reading_of(&r, text, strlen(text), "text");
        dump_segments(&first, r.transcript);
        assert_true(write_as(r.transcript, formats[i], &out, &err));
        reading_release(&r);
        assert_null(memmem(out.data, out.bytes, "1970", 4));
        reading_of(&r, out.data, out.bytes, formats[i][0] == 'j' ? NULL : formats[i]);
        assert_true(r.ok);
        dump_segments(&again, r.transcript);
        assert_string_equal(again.data, first.data);
        reading_release(&r);
        buffer_release(&out);
        buffer_release(&first);
        buffer_release(&again);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(srt__names_each_cue_where_some_have_no_name),
        cmocka_unit_test(vtt__escapes_and_marks_voices),
        cmocka_unit_test(csv__follows_rfc_4180),
        cmocka_unit_test(sqlite__answers_queries),
        cmocka_unit_test(csv__guards_what_a_spreadsheet_would_run),
        cmocka_unit_test(captions__are_cut_where_sentences_end),
        cmocka_unit_test(captions__are_joined_from_single_words),
        cmocka_unit_test(markdown__keeps_questions_and_the_source),
        cmocka_unit_test(markdown_and_html__begin_with_the_contents),
        cmocka_unit_test(jsonl__tells_what_follows_from_the_rest),
        cmocka_unit_test(text_and_markdown__tell_the_days),
        cmocka_unit_test(markdown__writes_what_it_reads),
        cmocka_unit_test(podcast_json__times_every_segment),
        cmocka_unit_test(captions__need_times),
        cmocka_unit_test(captions__end_after_slow_speech_at_most),
        cmocka_unit_test(writers__are_read_back),
        cmocka_unit_test(writers__let_nothing_out),
        cmocka_unit_test(writers__invent_no_date),
        cmocka_unit_test(html__is_whole_and_has_anchors),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
