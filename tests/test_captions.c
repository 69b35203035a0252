/* Captions: WebVTT, SRT, ASS, SAMI, SBV, LRC, and what they share. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "formats/captions/caption_text.h"
#include "formats/captions/caption_time.h"
#include "read_support.h"
#include "shilu/formats/html_entity.h"

static void html_entity_decode__knows_names_and_numbers(void **state)
{
    static const char *const rows[][2] = {
        {"a &amp; b", "a & b"},
        {"&lt;&gt;&quot;&apos;", "<>\"'"},
        {"&#20013;&#x4E2D;&#X4e2d;", "中中中"},
        {"&AMP; &ampere; &; & &#; &#x;", "& &ampere; &; & &#; &#x;"},
        {"&comma;&lpar;&nsubE;&AMP&comma", ",(\u2AC5\u0338&AMP&comma"},
        {"AT&amp", "AT&"},
        {"&zwnj;|&Alpha;|&thetasym;|&yuml;", "\u200C|\u0391|\u03D1|\u00FF"},
        {"&#0;&#27;&#xD800;&#x110000;&#99999999999;", "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD"},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buffer out = {0};

        html_entity_decode(&out, rows[i][0], strlen(rows[i][0]));
        assert_string_equal(buffer_string(&out), rows[i][1]);
        buffer_release(&out);
    }
}

static void html_entity_decode__knows_each_name_of_html_5(void **state)
{
    static const struct {
        char name[32];
        uint32_t code_points[2];
    } entities[] = {
#include "formats/common/html5_entities.inc"
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof entities / sizeof *entities; i++) {
        struct buffer name = {0};
        struct buffer text = {0};

        buffer_append_format(&name, "&%s;", entities[i].name);
        html_entity_decode(&text, name.data, name.bytes);
        assert_string_not_equal(buffer_string(&text), name.data);
        buffer_release(&name);
        buffer_release(&text);
    }
}

static void html_entity_declare__finds_every_name_again(void **state)
{
    struct buffer out = {0};
    const char *at;

    (void)state;
    html_entity_declare(&out); /* fails to find one where the table is out of order */
    for (at = out.data; (at = strstr(at, "<!ENTITY ")) != NULL; at++) {
        struct buffer name = {0};
        struct buffer text = {0};

        buffer_append_char(&name, '&');
        buffer_append(&name, at + 9, strcspn(at + 9, " "));
        buffer_append_char(&name, ';');
        html_entity_decode(&text, name.data, name.bytes);
        assert_string_not_equal(text.data, name.data);
        buffer_release(&name);
        buffer_release(&text);
    }
    buffer_release(&out);
}

static void caption_timing_parse__takes_what_is_a_time(void **state)
{
    static const struct {
        const char *line;
        int64_t start_ms, end_ms;
        bool strict, comma;
    } rows[] = {
        {"00:01.000 --> 00:02.500", 1000, 2500, true, false},
        {"00:00:01,000 --> 01:00:02,500 align:start", 1000, 3602500, true, true},
        {"0.000 --> 3.480", 0, 3480, false, false},
        {"1:02:03.4-->1:02:03.45", 3723400, 3723450, false, false},
        {"00:00:01 --> 00:00:10", 1000, 10000, false, false},
        {"-00:00:01.000 --> 00:00:01.000", -1000, 1000, false, false},
        {"00:00:05.000 --> 00:00:04.000", 5000, 4000, true, false},
        {"00:00:01.000 -> 00:00:02.000", 1000, 2000, false, false},
        {"00:00:01,000 - > 00:00:02,000", 1000, 2000, false, true},
        {"00:00:01,000 –> 00:00:02,000", 1000, 2000, false, true},
        {"00:00:01,000 → 00:00:02,000", 1000, 2000, false, true},
        {"00:01.000 -> 00:02.000", 1000, 2000, false, false},
        {"00：00：01，000 ——＞ 00：00：02，000", 1000, 2000, false, true},
        {"00: 00: 01, 000 --> 00: 00: 02, 500", 1000, 2500, false, true},
        {"7 00:00:01,000 --> 00:00:02,000", 1000, 2000, false, true},
        {"00:00:01:500 --> 00:00:02:250", 1500, 2250, false, false},
        {"00:00:01:12 --> 00:00:02:00", 1480, 2000, false, false},
    };
    static const char *const bad[] = {"",
                                      "-->",
                                      "00:00:01.000",
                                      "00:01 -> 00:02",
                                      "3 -> 4",
                                      "At 00:00:01.000 --> 00:00:02.000",
                                      "00:00:01.000 --> 00:00:02x",
                                      "x00:00:01.000 --> 00:00:02.000",
                                      "00:x0:01.000 --> 00:00:02.000"};
    struct caption_timing t;
    size_t rest;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_true(caption_timing_parse(rows[i].line, strlen(rows[i].line), 25, &t, &rest));
        assert_int_equal(t.start_ms, rows[i].start_ms);
        assert_int_equal(t.end_ms, rows[i].end_ms);
        assert_int_equal(t.strict, rows[i].strict);
        assert_int_equal(t.comma, rows[i].comma);
    }
    for (i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(caption_timing_parse(bad[i], strlen(bad[i]), 25, &t, &rest));
}

static void webvtt__reads_voices_ids_and_blocks(void **state)
{
    (void)state;
    assert_fixture_reads("formats/webvtt/well-formed.vtt", "webvtt",
                         "0:00:01-0:00:03.500 Ann Lee: Good & calm morning.\n"
                         "0:00:03.500-0:00:05 Bo Chen: Morning.\n"
                         "0:00:03.500-0:00:05 Ann Lee: Let us begin.\n"
                         "0:00:05-0:00:06 unvoiced\n");
}

static void webvtt__keeps_what_the_standard_drops(void **state)
{
    static const char text[] = "WEBVTT\n\n00:01.000 --> 00:02.000\none\n"
                               "2\n00:02,000 --> 3.000\ntwo < three <c>\n\n"
                               "lost words\n\n00:0x.000 --> 00:05.000\nno time\n\n"
                               "00:06.000 --> 00:05.000\nbackwards";

    (void)state;
    assert_reads(text, "webvtt",
                 "0:00:01-0:00:02 one\n"
                 "+0:00:02-0:00:03 two < three\n"
                 "+- lost words\n"
                 "+- no time\n"
                 "+0:00:06- backwards\n");
    assert_int_equal(count_found(text, NULL, SEVERITY_ERROR), 3);
    /* no blank line, a comma, a time of seconds alone */
    assert_int_equal(count_found(text, NULL, SEVERITY_WARNING), 3);
}

static void webvtt__leaves_out_data(void **state)
{
    static const char text[] =
        "WEBVTT\n\n00:00.000 --> 00:05.000\nthumbs.jpg#xywh=0,0,160,90\n\n"
        "00:05.000 --> 00:09.000\n{\"lat\": 52.1, \"lon\": 5.3}\n\n00:09.000 --> 00:12.000\n"
        "Look at tide.jpg now.\n\n00:12.000 --> 00:15.000\nhttps://example.org/2.png\n";

    (void)state;
    assert_reads(text, "webvtt", "0:00:09-0:00:12 Look at tide.jpg now.\n");
    assert_int_equal(count_found(text, NULL, SEVERITY_NOTE), 1);
    assert_reads("WEBVTT\n\n00:00.000 --> 00:05.000\nType this:\n\n"
                 "00:05.000 --> 00:09.000\n{\"lat\": 52.1}\n\n00:09.000 --> 00:12.000\n"
                 "Look at\n\n00:12.000 --> 00:15.000\ntide.jpg\n",
                 "webvtt",
                 "0:00:00-0:00:05 Type this:\n+0:00:05-0:00:09 {\"lat\": 52.1}\n"
                 "+0:00:09-0:00:12 Look at\n+0:00:12-0:00:15 tide.jpg\n");
}

static void webvtt__takes_every_line_end_and_nul(void **state)
{
    static const char text[] = "WEBVTT\r\r\n00:01.000 --> 00:02.000\r\na\0b\r\rNOTE x\r\n\n"
                               "00:02.000 --> 00:03.000\nc";
    struct reading r;
    struct buffer dump = {0};

    (void)state;
    reading_of(&r, text, sizeof text - 1, NULL);
    dump_segments(&dump, r.transcript);
    assert_string_equal(dump.data, "0:00:01-0:00:02 a\uFFFDb\n+0:00:02-0:00:03 c\n");
    buffer_release(&dump);
    reading_release(&r);
}

static void webvtt__shows_rolling_captions_once(void **state)
{
    (void)state;
    assert_reads("WEBVTT\nKind: captions\n\n"
                 "00:00.000 --> 00:02.000 align:start\n \nthe<00:00.500><c> tide</c>\n\n"
                 "00:02.000 --> 00:02.010\nthe tide\n \n\n"
                 "00:02.010 --> 00:04.000\nthe tide\nis<00:03.000><c> late</c>\n\n"
                 "00:04.000 --> 00:04.010\nis late\n \n\n"
                 "00:04.010 --> 00:06.000\nis late\ntoday\n",
                 "webvtt",
                 "0:00:00-0:00:02 the tide\n+0:00:02.010-0:00:04 is late\n"
                 "+0:00:04.010-0:00:06 today\n");
}

/* ">>" and a dash are another voice; without a name nobody knows whose. */
static void srt__starts_a_paragraph_where_another_voice_answers(void **state)
{
    (void)state;
    assert_reads("1\n00:00:01,000 --> 00:00:02,000\n>> ANN LEE: the dam\n\n"
                 "2\n00:00:02,000 --> 00:00:03,000\nis full.\n\n"
                 "3\n00:00:03,000 --> 00:00:04,000\n>> IS IT?\n>> TOM RAY: yes\n\n"
                 "4\n00:00:04,000 --> 00:00:05,000\n- No.\n\n"
                 "5\n00:00:05,000 --> 00:00:06,000\nIt leaks.\n\n"
                 "6\n00:00:06,000 --> 00:00:07,000\n>> ANN LEE: Where?\n\n"
                 "7\n00:00:07,000 --> 00:00:08,000\n>> TOM RAY: Here.\n",
                 "srt",
                 "0:00:01-0:00:02 ANN LEE: the dam\n+0:00:02-0:00:03 ANN LEE: is full.\n"
                 "0:00:03-0:00:04 >> IS IT?\n0:00:03-0:00:04 TOM RAY: yes\n"
                 "0:00:04-0:00:05 TOM RAY: - No.\n+0:00:05-0:00:06 TOM RAY: It leaks.\n"
                 "0:00:06-0:00:07 ANN LEE: Where?\n0:00:07-0:00:08 TOM RAY: Here.\n");
}

static void webvtt__keeps_words_that_are_said_twice(void **state)
{
    (void)state;
    assert_reads("WEBVTT\n\n00:00.000 --> 00:01.000\nNo.\n\n00:01.000 --> 00:02.000\nNo.\n\n"
                 "00:02.000 --> 00:03.000\nNo.\nNo.\n",
                 "webvtt",
                 "0:00:00-0:00:01 No.\n+0:00:01-0:00:02 No.\n+0:00:02-0:00:03 No. No.\n");
}

static void webvtt__takes_no_sentence_for_a_name(void **state)
{
    static const char text[] = "WEBVTT\n\n00:01.000 --> 00:02.000\nHe said: come.\n\n"
                               "00:02.000 --> 00:03.000\nNote: this.\n\n"
                               "00:03.000 --> 00:04.000\nAnd so it goes on\n\n"
                               "00:04.000 --> 00:05.000\nSee http://tide.example: yes\n\n"
                               "00:05.000 --> 00:06.000\nand on\n\n";
    struct reading r;

    (void)state;
    reading_of(&r, text, strlen(text), NULL);
    assert_int_equal(transcript_count(r.transcript), 5);
    assert_int_equal(transcript_speaker_count(r.transcript), 0);
    reading_release(&r);
}

static void webvtt__reads_labels_of_meetings_and_detectrs(void **state)
{
    (void)state;
    assert_reads("WEBVTT\n\n1\n00:01.000 --> 00:02.000\nAnn Böhler: Hi\n\n"
                 "2\n00:02.000 --> 00:03.000\nAnn Böhler: there\n\n"
                 "3\n00:03.000 --> 00:04.000\nwho is this\n\n"
                 "4\n00:04.000 --> 00:05.000\nAnn Böhler: me\n",
                 "webvtt",
                 "0:00:01-0:00:02 Ann Böhler: Hi\n+0:00:02-0:00:03 Ann Böhler: there\n"
                 "0:00:03-0:00:04 who is this\n0:00:04-0:00:05 Ann Böhler: me\n");
    assert_reads("WEBVTT\n\n00:01.000 --> 00:02.000\n[SPEAKER_00]: one\n\n"
                 "00:02.000 --> 00:03.000\n>> BO CHEN: two\n\n"
                 "00:03.000 --> 00:04.000\n主席：三\n\n00:04.000 --> 00:05.000\n主席：四\n",
                 "webvtt",
                 "0:00:01-0:00:02 SPEAKER_00: one\n0:00:02-0:00:03 BO CHEN: two\n"
                 "0:00:03-0:00:04 主席: 三\n+0:00:04-0:00:05 主席: 四\n");
}

static void srt__reads_names_at_the_change_of_speaker(void **state)
{
    (void)state;
    assert_fixture_reads("formats/srt/well-formed.srt", "srt",
                         "0:00:01-0:00:02 Ann: The tide is late.\n"
                         "+0:00:02-0:00:03 Ann: It always is.\n"
                         "0:00:03-0:00:04 Bo: Is it?\n"
                         "0:00:04-0:00:05 Ann: Yes.\n"
                         "0:00:05-0:00:06 Bo: Oh.\n");
}

/* Texts of an SRT, a cue every second: alternatives of what people write in one. */
static void write_cues(struct buffer *out, const char *const *cues, size_t count)
{
    size_t i;

    buffer_clear(out);
    for (i = 0; i < count; i++)
        buffer_append_format(out, "%zu\n00:%02zu:%02zu,000 --> 00:%02zu:%02zu,900\n%s\n\n",
                             i + 1, i / 60, i % 60, i / 60, i % 60, cues[i]);
}

/* The names of those who speak, in their order, with commas between. */
static void assert_speak(const char *const *cues, size_t count, const char *names)
{
    struct buffer srt = {0};
    struct buffer found = {0};
    struct reading r;
    size_t i;

    write_cues(&srt, cues, count);
    reading_of(&r, srt.data, srt.bytes, "srt");
    for (i = 0; i < transcript_speaker_count(r.transcript); i++)
        buffer_append_format(&found, "%s%s", i > 0 ? ", " : "",
                             transcript_speaker_at(r.transcript, (uint32_t)i)->name);
    assert_string_equal(buffer_string(&found), names);
    buffer_release(&found);
    buffer_release(&srt);
    reading_release(&r);
}

#define ASSERT_SPEAK(names, ...)                               \
    do {                                                       \
        static const char *const cues[] = {__VA_ARGS__};       \
        assert_speak(cues, sizeof cues / sizeof *cues, names); \
    } while (0)

/* Words before a colon that a line break brought to the front of a line. */
static void srt__takes_no_running_text_for_a_name(void **state)
{
    (void)state;
    /* an interview, whose answers run on over lines */
    ASSERT_SPEAK("主持人, 林教授", "主持人：請教林教授，這項計畫\n什麼時候開始？",
                 "林教授：計畫已經開始了，我們主要\n措施：一是補助，二是訓練。",
                 "另外還有一些安排，包括幾個\n方面：第一，人力；第二，經費。",
                 "主持人：還有什麼要補充的嗎？",
                 "林教授：地方政府也提出了\n意見：希望早點撥款。", "主持人：謝謝您。",
                 "林教授：謝謝大家。");
    /* the same without full stops */
    ASSERT_SPEAK("主持人, 林教授", "主持人：下一個題目是什麼", "林教授：有兩個重點",
                 "第一個\n預算：要先編好", "主持人：那第二個呢",
                 "林教授：第二個\n人力：缺了三成", "其他以後再說", "主持人：好的",
                 "林教授：謝謝");
    /* lectures of one voice */
    ASSERT_SPEAK("", "各位同學早安，今天談水資源，\n內容分成三個部分。",
                 "第一個問題：水庫淤積。", "其中最重要的\n原因：上游的開發。",
                 "注意：數字是估計的。", "大家想一想，為什麼會這樣？",
                 "答案很簡單，雨下得太集中。", "注意：雨季只有三個月，\n其他時間都是乾的。",
                 "再看一個例子。", "注意：這個圖是去年的。", "謝謝大家，今天就到這裡。");
    ASSERT_SPEAK("", "Welcome to the course. Today we look\nat rivers.",
                 "The first question is simple:\nwhere does the water go?",
                 "Note: the figures are estimates.", "There are two\nreasons: rain and snow.",
                 "Let me give you an\nExample: the Elbe.", "Note: the map is from last year.",
                 "Now the second question.", "Note: it is harder.", "Thank you for listening.");
    /* an announcement that is broken off before what is announced */
    ASSERT_SPEAK("Ada Ek, Bo Ro", "Ada Ek: Is there a motion?", "Bo Ro: There is one.",
                 "I read it out:\nThe roof is to be mended.", "Ada Ek: Who is in favour?",
                 "Bo Ro: All of us.", "Ada Ek: Then it is so.");
    /* who breaks in is a name all the same, if the name stands elsewhere too */
    ASSERT_SPEAK("Ann Lee, Bo Chen, Carla Diaz",
                 "Ann Lee: So what I wanted to say\nBo Chen: No",
                 "Ann Lee: Let me finish, I think the\nBo Chen: but the budget",
                 "Carla Diaz: Order, please",
                 "Ann Lee: Thank you. The budget is\nfixed: it is.", "Bo Chen: I disagree");
}

static void timecode_text__has_blanks_before_its_commas(void **state)
{
    (void)state;
    assert_reads("00:02:17:10 , 00:02:20:10 , Senator, we are | nearly there.\n"
                 "01:02:20:12 , 01:02:22:12 , Very good, Lieutenant.\n",
                 "timecode-text",
                 "0:02:17.400-0:02:20.400 Senator, we are nearly there.\n"
                 "1:02:20.480-1:02:22.480 Very good, Lieutenant.\n");
}

static void srt__takes_what_players_take(void **state)
{
    (void)state;
    assert_reads("00:00:01.5 --> 00:00:02\none\n\n00:00:02,000 --> 00:00:03,000 X1:1 X2:2\n"
                 "a < b, <x>\n\nafter a blank line\n\n00:00:09,000 --> 00:00:10,000\n1984\n\n"
                 "00:00:04,000 --> 00:00:04,000\nback\n",
                 "srt",
                 "0:00:01.500-0:00:02 one\n+0:00:02-0:00:03 a < b, <x> after a blank line\n"
                 "0:00:09-0:00:10 1984\n+0:00:04-0:00:04 back\n");
    assert_reads("4\n00:00:01,000 --> 00:00:02,000\none\n9\n00:00:02,000 --> 00:00:03,000\n"
                 "字幕\n第二行\n\n",
                 "srt", "0:00:01-0:00:02 one\n+0:00:02-0:00:03 字幕第二行\n");
}

static void srt__is_not_what_has_no_time(void **state)
{
    struct reading r;

    (void)state;
    reading_of(&r, "some text\n", 10, NULL);
    assert_string_equal(loader_format_name(r.loader), "plain");
    reading_release(&r);
}

static void ass__obeys_the_format_line(void **state)
{
    (void)state;
    assert_fixture_reads("formats/ass/well-formed.ass", "ass",
                         "0:00:01-0:00:02.500 Ann: Good morning, all, of you.\n"
                         "0:00:03-0:00:04 Bo: Morning.\n");
    assert_reads("[Script Info]\n[Events]\nFormat: Start, Text\nDialogue: 0:00:01.00,a,b\n",
                 "ass", "0:00:01- a,b\n");
    assert_int_equal(
        count_found("[Script Info]\n[Events]\nFormat: Start, End\n", NULL, SEVERITY_ERROR), 1);
}

static void sami__ends_a_caption_with_the_next(void **state)
{
    (void)state;
    assert_fixture_reads("formats/sami/well-formed.smi", "sami",
                         "0:00:01-0:00:02 안녕 하세요\n+0:00:03- 네 & 예\n");
}

static void sbv__reads_cues(void **state)
{
    (void)state;
    assert_fixture_reads("formats/sbv/well-formed.sbv", "sbv",
                         "0:00:01-0:00:02 ANN: The tide is late.\n"
                         "+0:00:02-0:00:03.500 ANN: Again.\n");
}

static void lrc__puts_repeated_lines_in_order(void **state)
{
    (void)state;
    assert_fixture_reads("formats/lrc/well-formed.lrc", "lrc",
                         "0:00:09.900- refrain\n+0:00:19.900-0:00:24.900 one two\n"
                         "0:00:29.900- refrain\n");
}

/* What the standard (WebVTT, 6.4 and 6.5) makes of a cue's text, kind by kind as the W3C's
 * tests of cue parsing have them; a voice stands before a colon. What differs, and why, is
 * said. */
static void caption_text__follows_the_standard(void **state)
{
    static const struct {
        const char *cue;
        const char *runs;
    } rows[] = {
        /* text */
        {"tide", ":tide"},
        {"high tide\nlow tide", ":high tide\nlow tide"},
        {"\u6f6e", ":\u6f6e"},
        /* tags, with classes, annotations, line ends within, and none that closes them */
        {"a<c>b", ":ab"},
        {"a<c.loud x>b</c>d", ":abd"},
        {"a<i.loud x>b</i>d", ":abd"},
        {"a<b.loud x>b</b>d", ":abd"},
        {"a<u.loud x>b</u>d", ":abd"},
        {"a<lang.loud fr>b</lang>d", ":abd"},
        {"a<ruby.loud x>b</ruby>d", ":abd"},
        {"<c></>x", ":x"},
        {"x<c></\nc>y", ":xy"},
        {"<b><i>a</b></i>", ":a"},
        {"a</i>b", ":ab"},
        {"<i/>a", ":a"},
        {"<gull>a</gull>", ":a"},
        /* voices */
        {"<v>a", ":a"},
        {"<v Ann>a", "Ann:a"},
        {"<v Ann Lee>a", "Ann Lee:a"},
        {"<v.loud Ann>a", "Ann:a"},
        {"<v.loud.far>a", ":a"},
        {"<v Ann &amp; Sons>a", "Ann & Sons:a"},
        {"a<v.loud Ann>b</v>d", ":a|Ann:b|:d"},
        {"<v Ann>a</v> <v Ben>b</v>", "Ann:a|: |Ben:b|:"},
        {"<v Ann>a<v Ben>b", "Ann:a|Ben:b"},
        /* times inside a cue */
        {"a<00:00:00.500>b", ":ab"},
        {"a <00:01.500> b", ":a  b"},
        {"a<100:00:00.000>b", ":ab"},
        {"a<0.500>b", ":ab"},
        {"a<00: 00:00.500>b", ":ab"},
        /* references */
        {"&", ":&"},
        {"&amp;", ":&"},
        {"&lt;i&gt;", ":<i>"},
        {"a&lrm;b", ":a\u200eb"},
        {"a&rlm;b", ":a\u200fb"},
        {"a&nbsp;b", ":a\u00a0b"},
        {"&quot;", ":\""},
        {"&copy;", ":\u00a9"},
        {"&notin;", ":\u2209"},
        {"&&", ":&&"},
        {"&1", ":&1"},
        {"&1;", ":&1;"},
        {"&;", ":&;"},
        {"&#32;x", ": x"},
        {"&#x6f6e;", ":\u6f6e"},
        {"&<i>a", ":&a"},
        /* Ours: the reading of a ruby repeats the word beside it, and is left out. */
        {"a<ruby>b<rt>d</rt>e</ruby>f", ":abef"},
        {"<ruby>a<rt>b</ruby>d", ":ad"},
        {"<ruby>a<rt>b", ":a"},
        {"a<rt>b", ":ab"},
        {"<ruby>a<rt><b>b</rt></ruby></b>d", ":ad"},
        /* Ours: what never becomes a tag are words, and none are lost. */
        {"<", ":<"},
        {"<<", ":<<"},
        {"a < b", ":a < b"},
        {"</", ":</"},
        {"a<c", ":a<c"},
        {"&<c", ":&<c"},
        /* A tag that lacks its '>' and can only be one is none. */
        {"a<00:00.500", ":a"},
        {"a</c", ":a"},
        {"a<c.red", ":a"},
        /* Ours: a voice ends where its tag closes, also around another tag. */
        {"<v Ann><i>a</v></i> b", "Ann:a|: b"},
        {"&ClockwiseContourIntegral;", ":\u2232"},
        /* Ours: references without ';' stay as they are, except the few that browsers have
         * always accepted. */
        {"&amp", ":&"},
        {"&not", ":&not"},
        {"&notit;", ":&notit;"},
    };
    struct caption_text parsed = {0};
    struct buffer runs = {0};
    size_t i, k;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        caption_text_parse(&parsed, CAPTION_VTT, rows[i].cue, strlen(rows[i].cue));
        buffer_clear(&runs);
        for (k = 0; k < parsed.count; k++) {
            const struct caption_part *part = &parsed.parts[k];

            buffer_append_string(&runs, k > 0 ? "|" : "");
            buffer_append(&runs, buffer_string(&parsed.names) + part->name_byte,
                          part->name_bytes);
            buffer_append_char(&runs, ':');
            buffer_append(&runs, buffer_string(&parsed.text) + part->text_byte,
                          part->text_bytes);
        }
        if (strcmp(buffer_string(&runs), rows[i].runs) != 0)
            fail_msg("%s: %s, not %s", rows[i].cue, buffer_string(&runs), rows[i].runs);
    }
    caption_text_release(&parsed);
    buffer_release(&runs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(html_entity_decode__knows_names_and_numbers),
        cmocka_unit_test(html_entity_decode__knows_each_name_of_html_5),
        cmocka_unit_test(html_entity_declare__finds_every_name_again),
        cmocka_unit_test(caption_timing_parse__takes_what_is_a_time),
        cmocka_unit_test(caption_text__follows_the_standard),
        cmocka_unit_test(webvtt__reads_voices_ids_and_blocks),
        cmocka_unit_test(webvtt__keeps_what_the_standard_drops),
        cmocka_unit_test(webvtt__leaves_out_data),
        cmocka_unit_test(webvtt__takes_every_line_end_and_nul),
        cmocka_unit_test(webvtt__shows_rolling_captions_once),
        cmocka_unit_test(srt__starts_a_paragraph_where_another_voice_answers),
        cmocka_unit_test(webvtt__keeps_words_that_are_said_twice),
        cmocka_unit_test(webvtt__takes_no_sentence_for_a_name),
        cmocka_unit_test(webvtt__reads_labels_of_meetings_and_detectrs),
        cmocka_unit_test(srt__reads_names_at_the_change_of_speaker),
        cmocka_unit_test(srt__takes_no_running_text_for_a_name),
        cmocka_unit_test(timecode_text__has_blanks_before_its_commas),
        cmocka_unit_test(srt__takes_what_players_take),
        cmocka_unit_test(srt__is_not_what_has_no_time),
        cmocka_unit_test(ass__obeys_the_format_line),
        cmocka_unit_test(sami__ends_a_caption_with_the_next),
        cmocka_unit_test(sbv__reads_cues),
        cmocka_unit_test(lrc__puts_repeated_lines_in_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
