/* XML: the stream and its limits, and the formats on top of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "read_support.h"

static void ttml__reads_times_agents_and_spans(void **state)
{
    (void)state;
    assert_fixture_reads("formats/ttml/well-formed.xml", "ttml",
                         "0:00:11.500-0:00:12.200 Ann Lee: The tide is late.\n"
                         "0:00:13-0:00:13.500 Very.\n+0:00:14-0:00:15 Is it?\n");
    assert_reads("<tt xmlns=\"http://www.w3.org/ns/ttml\"><body><div><p begin=\"00:00:01,250\" "
                 "end=\"00:00:02,000\">the<br/>tide</p></div></body></tt>",
                 "ttml", "0:00:01.250-0:00:02 the tide\n");
}

static void srv1__reads_escaped_tags(void **state)
{
    (void)state;
    assert_fixture_reads("formats/srv1/well-formed.xml", "srv1",
                         "0:00:00-0:00:01.500 The tide & all\n+0:00:02.500- late\n");
    assert_reads("<timedtext format=\"3\"><body><p t=\"1000\" d=\"500\"><s>the</s><s t=\"9\"> "
                 "tide</s></p></body></timedtext>",
                 "srv1", "0:00:01-0:00:01.500 the tide\n");
}

static void akoma_ntoso__names_speakers_by_reference(void **state)
{
    (void)state;
    assert_fixture_reads("formats/akoma-ntoso/well-formed.xml", "akoma-ntoso",
                         "- Tides\n2021-05-06T09:30:00- Ann Lee: The tide is late.\n"
                         "- Ann Lee: Very.\n- Bo Chen: Is it?\n- dan ro: Yes.\n- Laughter.\n");
}

static void akoma_ntoso__takes_dates_alone(void **state)
{
    static const char *const dates[][2] = {
        {"2021-05-06", "2021-05-06"}, {"2021-05-06Z", "2021-05-06"}, {"soon", NULL}};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof dates / sizeof dates[0]; i++) {
        struct buffer text = {0};
        struct reading r;
        const char *date;

        buffer_append_format(&text,
                             "<akomaNtoso><debate><preface><docDate date='%s'/></preface>"
                             "<debateBody/></debate></akomaNtoso>",
                             dates[i][0]);
        reading_of(&r, text.data, text.bytes, "akoma-ntoso");
        date = transcript_get(r.transcript, FIELD_DATE);
        assert_int_equal(date != NULL, dates[i][1] != NULL);
        if (date != NULL)
            assert_string_equal(date, dates[i][1]);
        reading_release(&r);
        buffer_release(&text);
    }
}

static void parlamint__joins_tokens_and_names(void **state)
{
    (void)state;
    assert_fixture_reads("formats/tei/well-formed.xml", "tei",
                         "2021-05-06T14:02:00- Chair Chen: We begin.\n"
                         "- (bell)\n- Chair Chen: Please.\n"
                         "- Applause\n- Ann Lee: The tide, late\n- Ann Lee: Thanks.\n"
                         "- dan Ro Kim: Hm.\n");
}

static void hansard__takes_a_clock_where_it_changes(void **state)
{
    struct buffer text = {0};
    struct reading r;

    (void)state;
    assert_fixture_reads(
        "formats/hansard/well-formed.xml", "hansard",
        "2021-05-06T09:30:00- Tides\n2021-05-06T09:30:00- Ann Lee: The tide — is late.\n"
        "- Ann Lee: Very.\n2021-05-06T09:31:00- Bo Chen: Is it?\n"
        "- Ann Lee: Yes.\n- Meeting closed.\n");
    read_fixture(&text, "formats/hansard/well-formed.xml");
    reading_of(&r, text.data, text.bytes, NULL);
    assert_int_equal(transcript_speaker_count(r.transcript), 2);
    assert_string_equal(transcript_speaker_at(r.transcript, 0)->role, "The Harbour Minister");
    assert_string_equal(transcript_speaker_at(r.transcript, 1)->organization, "Ind");
    reading_release(&r);
    buffer_release(&text);
}

/* Read a TTML document with these words in its only cue, after this prologue. */
static void read_words(struct reading *r, struct buffer *text, const char *prologue,
                       const char *words)
{
    buffer_clear(text);
    buffer_append_format(text, "%s<tt xmlns='x'><body><p begin='1s'>%s</p></body></tt>",
                         prologue, words);
    reading_of(r, text->data, text->bytes, "ttml");
}

static void assert_words(const char *prologue, const char *words, const char *expected,
                         size_t warnings)
{
    struct buffer text = {0};
    struct reading r;
    size_t bytes;

    read_words(&r, &text, prologue, words);
    if (!r.ok)
        fail_msg("%s", r.err.message);
    assert_int_equal(transcript_count(r.transcript), 1);
    assert_string_equal(transcript_text(r.transcript, 0, &bytes), expected);
    assert_int_equal(loader_diagnostics(r.loader)->count[SEVERITY_WARNING], warnings);
    reading_release(&r);
    buffer_release(&text);
}

static void xml_stream__knows_entities_without_a_dtd(void **state)
{
    (void)state;
    assert_words("", "a &mdash; b &amp; &eacute;", "a — b & é", 0);
    assert_words("<!DOCTYPE tt SYSTEM 'http://x.example/no.dtd'>", "&pound;5", "£5", 0);
    assert_words("<!DOCTYPE tt [<!ENTITY mdash '+'>]>", "a &mdash; b", "a + b", 0);
    assert_words("", "a &nonsense; b", "a &nonsense; b", 1);
}

/* Where each format has its words. */
static const struct {
    const char *format, *root, *before, *after;
} places[] = {
    {"akoma-ntoso", "akomaNtoso", "<debate><debateBody><speech by='#a'><p>",
     "</p></speech></debateBody></debate>"},
    {"tei", "TEI", "<text><body><u who='#a'><seg>", "</seg></u></body></text>"},
    {"hansard", "publicwhip", "<speech speakername='A'><p>", "</p></speech>"},
    {"ttml", "tt", "<body><div><p begin='1s'>", "</p></div></body>"},
    {"srv1", "transcript", "<text start='1' dur='1'>", "</text>"},
};

enum { PLACES = sizeof places / sizeof places[0] };

/* Read a document of the format with this document type and these words. */
static void read_place(struct reading *r, struct buffer *text, size_t place,
                       const char *declarations, const char *words)
{
    buffer_clear(text);
    buffer_append_format(text, "<!DOCTYPE %s %s><%s>%s%s%s</%s>", places[place].root,
                         declarations, places[place].root, places[place].before, words,
                         places[place].after, places[place].root);
    reading_of(r, text->data, text->bytes, places[place].format);
}

static void xml_stream__leaves_out_what_is_outside(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < PLACES; i++) {
        struct buffer text = {0};
        struct reading r;
        size_t bytes;

        read_place(&r, &text, i, "[<!ENTITY x SYSTEM 'file:///etc/passwd'>]", "a&x; b");
        assert_true(r.ok);
        assert_int_equal(transcript_count(r.transcript), 1);
        assert_string_equal(transcript_text(r.transcript, 0, &bytes), "a b");
        assert_int_equal(loader_diagnostics(r.loader)->count[SEVERITY_WARNING], 1);
        reading_release(&r);
        buffer_release(&text);
    }
}

/* Opening the pipe would wait for a writer. */
static void xml_stream__opens_nothing_outside(void **state)
{
    static const char *const ways[] = {
        "SYSTEM 'file://%s'",
        "PUBLIC '-//x//y' '%s'",
        "[<!ENTITY e SYSTEM '%s'>]",
        "[<!ENTITY %% p SYSTEM 'file://%s'> %%p; <!ENTITY e 'x'>]",
    };
    char path[] = "/tmp/shilu-xml-XXXXXX";
    size_t i, way;

    (void)state;
    assert_non_null(mkdtemp(path));
    rmdir(path);
    assert_int_equal(mkfifo(path, 0600), 0);
    alarm(30);
    for (way = 0; way < sizeof ways / sizeof ways[0]; way++) {
        struct buffer declarations = {0};

        buffer_append_format(&declarations, ways[way], path);
        for (i = 0; i < PLACES; i++) {
            struct buffer text = {0};
            struct reading r;

            read_place(&r, &text, i, declarations.data, "a &e; b");
            assert_int_equal(transcript_count(r.transcript), 1);
            reading_release(&r);
            buffer_release(&text);
        }
        buffer_release(&declarations);
    }
    alarm(0);
    unlink(path);
}

static void assert_too_large(size_t place, const char *declarations, const char *words)
{
    struct buffer text = {0};
    struct reading r;

    read_place(&r, &text, place, declarations, words);
    assert_false(r.ok);
    if (r.err.code != ERROR_LIMIT)
        fail_msg("%s: %s", places[place].format, r.err.message);
    reading_release(&r);
    buffer_release(&text);
}

static void xml_stream__survives_a_billion_laughs(void **state)
{
    struct buffer declarations = {0};
    size_t i;

    (void)state;
    buffer_append_string(&declarations, "[<!ENTITY l0 'ha ha ha ha ha ha ha ha'>");
    for (i = 1; i < 12; i++)
        buffer_append_format(
            &declarations, "<!ENTITY l%zu '&l%zu;&l%zu;&l%zu;&l%zu;&l%zu;&l%zu;&l%zu;&l%zu;'>",
            i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
    buffer_append_string(&declarations, "]");
    for (i = 0; i < PLACES; i++) {
        assert_too_large(i, declarations.data, "&l11;");
        assert_too_large(i, declarations.data, "<x y='&l11;'/>");
    }
    buffer_release(&declarations);
}

/* One long entity, many times. */
static void xml_stream__survives_quadratic_entities(void **state)
{
    struct buffer declarations = {0};
    struct buffer words = {0};
    size_t i;

    (void)state;
    buffer_append_string(&declarations, "[<!ENTITY a '");
    for (i = 0; i < 50000; i++)
        buffer_append_char(&declarations, 'x');
    buffer_append_string(&declarations, "'>]");
    for (i = 0; i < 20000; i++)
        buffer_append_string(&words, "&a;");
    for (i = 0; i < PLACES; i++)
        assert_too_large(i, declarations.data, words.data);
    buffer_release(&words);
    buffer_release(&declarations);
}

static void xml_stream__limits_depth(void **state)
{
    struct buffer text = {0};
    struct reading r;
    int i;

    (void)state;
    buffer_append_string(&text, "<tt>");
    for (i = 0; i < 100000; i++)
        buffer_append_string(&text, "<div>");
    reading_of(&r, text.data, text.bytes, "ttml");
    assert_false(r.ok);
    assert_int_equal(r.err.code, ERROR_LIMIT);
    assert_int_equal(r.err.line, 1);
    reading_release(&r);
    buffer_release(&text);
}

static void xml_stream__says_where_and_keeps_what_it_read(void **state)
{
    static const char broken[] = "<tt><body><p begin='1s'>one</p>\n<p begin='2s'>two</q>";
    static const char cut[] = "<tt><body><p begin='1s'>one</p>\n<p begin='2s'>tw";
    struct reading r;

    (void)state;
    reading_of(&r, broken, strlen(broken), "ttml");
    assert_false(r.ok);
    assert_int_equal(r.err.code, ERROR_SYNTAX);
    assert_int_equal(r.err.line, 2);
    assert_int_equal(transcript_count(r.transcript), 2);
    reading_release(&r);

    reading_of(&r, cut, strlen(cut), "ttml");
    assert_true(r.ok);
    assert_int_equal(transcript_count(r.transcript), 2);
    assert_int_equal(loader_diagnostics(r.loader)->count[SEVERITY_ERROR], 1);
    reading_release(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ttml__reads_times_agents_and_spans),
        cmocka_unit_test(srv1__reads_escaped_tags),
        cmocka_unit_test(akoma_ntoso__names_speakers_by_reference),
        cmocka_unit_test(akoma_ntoso__takes_dates_alone),
        cmocka_unit_test(parlamint__joins_tokens_and_names),
        cmocka_unit_test(hansard__takes_a_clock_where_it_changes),
        cmocka_unit_test(xml_stream__knows_entities_without_a_dtd),
        cmocka_unit_test(xml_stream__leaves_out_what_is_outside),
        cmocka_unit_test(xml_stream__opens_nothing_outside),
        cmocka_unit_test(xml_stream__survives_a_billion_laughs),
        cmocka_unit_test(xml_stream__survives_quadratic_entities),
        cmocka_unit_test(xml_stream__limits_depth),
        cmocka_unit_test(xml_stream__says_where_and_keeps_what_it_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
