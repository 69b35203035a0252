/* Broken input: every reader of captions, text and XML is fed its fixture with bytes changed at
 * random, in small steps, and in sizes that would show quadratic time. Whatever comes of it,
 * nothing may crash, hang or answer without a message. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "processor_time.h"
#include "read_support.h"

static const char *const rows[][2] = {
    {"webvtt", "formats/webvtt/well-formed.vtt"},
    {"srt", "formats/srt/well-formed.srt"},
    {"ass", "formats/ass/well-formed.ass"},
    {"sami", "formats/sami/well-formed.smi"},
    {"sbv", "formats/sbv/well-formed.sbv"},
    {"lrc", "formats/lrc/well-formed.lrc"},
    {"quicktime-text", "formats/quicktime-text/well-formed.txt"},
    {"realtext", "formats/realtext/well-formed.rt"},
    {"text", "formats/text/well-formed.txt"},
    {"markdown", "formats/markdown/well-formed.md"},
    {"csv", "formats/csv/well-formed.csv"},
    {"html", "formats/html/well-formed.html"},
    {"ttml", "formats/ttml/well-formed.xml"},
    {"srv1", "formats/srv1/well-formed.xml"},
    {"tei", "formats/tei/well-formed.xml"},
    {"akoma-ntoso", "formats/akoma-ntoso/well-formed.xml"},
    {"hansard", "formats/hansard/well-formed.xml"},
};

enum { ROWS = sizeof rows / sizeof rows[0], FLIPS = 400 };

/* Reading may fail in any clean way; it must not crash. */
static void read_anyhow(const char *format, const char *bytes, size_t count)
{
    struct reading r;

    reading_of(&r, bytes, count, format);
    if (!r.ok)
        assert_true(r.err.message[0] != '\0');
    reading_release(&r);
}

static void readers__survive_changed_bytes(void **state)
{
    static const char bytes[] = {0,   '<', '>', '&',  '"',  ':',  '-', '[',
                                 ']', '{', ',', '\n', '\r', '\t', ' ', '\x80'};
    uint32_t seed = 20210506;
    size_t i;
    int n;

    (void)state;
    for (i = 0; i < ROWS; i++) {
        struct buffer text = {0};

        read_fixture(&text, rows[i][1]);
        for (n = 0; n < FLIPS; n++) {
            char *changed = malloc(text.bytes);
            int flips;

            memcpy(changed, text.data, text.bytes);
            for (flips = 0; flips <= n % 8; flips++) {
                seed = seed * 1664525 + 1013904223;
                changed[(seed >> 8) % text.bytes] = bytes[(seed >> 4) % sizeof bytes];
            }
            read_anyhow(rows[i][0], changed, text.bytes);
            free(changed);
        }
        buffer_release(&text);
    }
}

/* Formats in which the first window decides what is a name before a colon. */
static bool is_reported_by_the_first_window(const char *format)
{
    return strcmp(format, "srt") == 0 || strcmp(format, "sbv") == 0 ||
           strcmp(format, "text") == 0;
}

/* What the first lines show may differ; what is read may not get lost: the words are the same
 * whether they come at once or byte by byte. */
static void readers__read_the_same_in_small_steps(void **state)
{
    static const size_t steps[] = {1, 7, 64};
    size_t i, j;

    (void)state;
    for (i = 0; i < ROWS; i++) {
        struct buffer text = {0};
        struct buffer whole = {0};

        if (is_reported_by_the_first_window(rows[i][0]))
            continue;
        read_fixture(&text, rows[i][1]);
        read_in_steps(rows[i][0], text.data, text.bytes, text.bytes, &whole);
        for (j = 0; j < sizeof steps / sizeof steps[0]; j++) {
            struct buffer stepped = {0};

            read_in_steps(rows[i][0], text.data, text.bytes, steps[j], &stepped);
            assert_string_equal(buffer_string(&stepped), buffer_string(&whole));
            buffer_release(&stepped);
        }
        buffer_release(&text);
        buffer_release(&whole);
    }
}

/* `count` copies of a piece after a head: the time for them must not grow quadratically. */
static int64_t time_of(const char *format, const char *head, const char *piece, size_t count)
{
    struct buffer text = {0};
    int64_t start_ms;
    size_t i;

    buffer_append_string(&text, head);
    for (i = 0; i < count; i++)
        buffer_append_string(&text, piece);
    start_ms = processor_ms();
    read_anyhow(format, text.data, text.bytes);
    start_ms = processor_ms() - start_ms;
    buffer_release(&text);
    return start_ms;
}

static void readers__take_linear_time(void **state)
{
    static const struct {
        const char *format, *head, *piece;
    } nasty[] = {
        {"webvtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n", "<"},
        {"webvtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n", "<c>x</c><v A>"},
        {"webvtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n", "line: x\n"},
        {"webvtt", "WEBVTT\n\n", "00:01.000 --> 00:02.000\n"},
        {"webvtt", "WEBVTT\n\n", "00:01.000 --> 00:02.000\nA B: x\n\n"},
        {"srt", "1\n00:00:01,000 --> 00:00:02,000\n", "{\\x"},
        {"srt", "1\n00:00:01,000 --> 00:00:02,000\n", "&amp"},
        {"srt", "1\n00:00:01,000 --> 00:00:02,000\n", "7\n\n"},
        {"ass", "[Script Info]\n[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,", "{"},
        {"ass", "[Script Info]\n[Events]\nFormat: Text", ",a"},
        {"sami", "<SAMI><SYNC Start=1><P>", "<"},
        {"sami", "<SAMI><SYNC Start=1><P>", "<SYNC Start=9><P Class=A>x"},
        {"sami", "<SAMI><!--", "- "},
        {"lrc", "", "[00:01.00]"},
        {"lrc", "[00:01.00]", "<00:01.00"},
        {"text", "Ann Lee: x\nBo Chen: y\nAnn Lee: z\n", "x "},
        {"text", "Ann Lee: x\nBo Chen: y\nAnn Lee: z\n", "Cy Dee: (0:12) [\n"},
        {"markdown", "### A：\n", "["},
        {"markdown", "### A：\n", "**a[b](c"},
        {"markdown", "### A：\n", "> (x\n\n"},
        {"csv", "speaker,text\n", "\"\"\","},
        {"csv", "speaker,text\n\"", "x\n"},
        {"html", "<cite>A</cite><p>", "<p "},
        {"html", "<cite>A</cite><p>", "&lt"},
        {"html", "", "<cite>A</cite><time>0:01</time>"},
        {"ttml", "<tt><body><p begin='1s' x='", "a"},
        {"ttml", "<tt><body><!--", "- "},
        {"tei", "<TEI><text><body><u who='#A'>", "<seg>x</seg>"},
        {"hansard", "<publicwhip>", "<speech speakername='A (B)'><p>x</p></speech>"},
        {"akoma-ntoso", "<akomaNtoso><debate><debateBody>",
         "<speech by='#a.B'><p>x</p></speech>"},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof nasty / sizeof nasty[0]; i++) {
        size_t small = (1u << 15) / strlen(nasty[i].piece);
        int64_t small_ms = time_of(nasty[i].format, nasty[i].head, nasty[i].piece, small);
        int64_t large_ms = time_of(nasty[i].format, nasty[i].head, nasty[i].piece, 16 * small);

        /* 16 times as much may take 16 times as long, not 256 times, and half a megabyte must
         * not take seconds. The 15 ms allow for a slow moment. */
        if (large_ms > 60 * (small_ms + 15) || large_ms > 5000)
            fail_msg("%s with '%s': %d ms, then %d ms", nasty[i].format, nasty[i].piece,
                     (int)small_ms, (int)large_ms);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(readers__survive_changed_bytes),
        cmocka_unit_test(readers__read_the_same_in_small_steps),
        cmocka_unit_test(readers__take_linear_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
