/* Names before a colon, and the records that rest on them: text, Markdown, tables, HTML. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "formats/common/inline_timestamp.h"
#include "formats/common/markdown_text.h"
#include "formats/common/speaker_prefix.h"
#include "read_support.h"

static void name_prefix_find__judges_the_shape(void **state)
{
    static const struct {
        const char *line;
        const char *name; /* NULL: none */
        const char *text;
        enum name_shape shape;
    } rows[] = {
        {"Ann: hi", "Ann", "hi", NAME_WEAK},
        {"Ann Lee: hi", "Ann Lee", "hi", NAME_STRONG},
        {"- Dr. Ann M. Lee: hi", "Dr. Ann M. Lee", "hi", NAME_STRONG},
        {"Lee, Ann (SL): hi", "Lee, Ann (SL)", "hi", NAME_STRONG},
        {"Ludwig van der Aa: hi", "Ludwig van der Aa", "hi", NAME_STRONG},
        {"S01: hi", "S01", "hi", NAME_STRONG},
        {"[SPEAKER_00]: hi", "SPEAKER_00", "hi", NAME_MARKED},
        {"(speaker 1) hi", "speaker 1", "hi", NAME_MARKED},
        {">> ANN LEE: hi", "ANN LEE", "hi", NAME_MARKED},
        {"主席：你好", "主席", "你好", NAME_STRONG},
        {"主席:你好", "主席", "你好", NAME_STRONG},
        {"魏守斌、彭筱婷：好", "魏守斌、彭筱婷", "好", NAME_STRONG},
        {"홍길동: 네", "홍길동", "네", NAME_STRONG},
        {"Анна Ли: да", "Анна Ли", "да", NAME_STRONG},
        {"He said: hi", NULL, "", NAME_NOT},
        {">> HE SAID THIS: NO", NULL, "", NAME_NOT},
        {"NOTE: IT IS LATE", NULL, "", NAME_NOT},
        {"он сказал: да", NULL, "", NAME_NOT},
        {"他說：好", NULL, "", NAME_NOT},
        {"例如：好", NULL, "", NAME_NOT},
        {"http://tide.example", NULL, "", NAME_NOT},
        {"10:25 it began", NULL, "", NAME_NOT},
        {"At 10:25 it began", NULL, "", NAME_NOT},
        {"Is it? No: wait", NULL, "", NAME_NOT},
        {"Wait. Ann: hi", NULL, "", NAME_NOT},
        {"Digo: \"uno\"", "Digo", "\"uno\"", NAME_WEAK},
        {"A Name That Goes On And On Beyond Any Length: hi", NULL, "", NAME_NOT},
        {"no colon", NULL, "", NAME_NOT},
        {"", NULL, "", NAME_NOT},
        {":", NULL, "", NAME_NOT},
        {"[]:", NULL, "", NAME_NOT},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct speaker_prefix p;
        bool found = speaker_prefix_find(rows[i].line, strlen(rows[i].line), &p);

        if (found != (rows[i].name != NULL))
            fail_msg("'%s'", rows[i].line);
        if (!found)
            continue;
        assert_int_equal(p.shape, rows[i].shape);
        assert_int_equal(p.bytes, strlen(rows[i].name));
        assert_memory_equal(p.name, rows[i].name, p.bytes);
        assert_string_equal(rows[i].line + p.text_byte, rows[i].text);
    }
}

static void clock_stamp_take__takes_clocks_alone(void **state)
{
    static const struct {
        const char *text;
        size_t used;
        int64_t ms, end_ms;
    } rows[] = {
        {"0:12", 4, 12000, TIME_NONE},
        {"[00:01:12] x", 10, 72000, TIME_NONE},
        {"(1:00:00.5)", 11, 3600500, TIME_NONE},
        {"[00:00:01.000 --> 00:00:04.000] x", 31, 1000, 4000},
        {"2:05 PM", 7, 14 * 60000 + 5000, TIME_NONE},
        {"12:05 a.m.", 10, 5000, TIME_NONE},
        {"12", 0, 0, 0},
        {"3:2", 0, 0, 0},
        {"3:77", 0, 0, 0},
        {"16:9x", 0, 0, 0},
        {"[0:12", 0, 0, 0},
        {"(0:12]", 0, 0, 0},
        {"1:02:03:04", 0, 0, 0},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct inline_timestamp stamp;
        size_t used = inline_timestamp_take(rows[i].text, strlen(rows[i].text), &stamp);

        if (used != rows[i].used)
            fail_msg("'%s': %zu", rows[i].text, used);
        if (used == 0)
            continue;
        assert_int_equal(stamp.ms, rows[i].ms);
        assert_int_equal(stamp.end_ms, rows[i].end_ms);
    }
}

static void text__reads_every_dress(void **state)
{
    (void)state;
    assert_fixture_reads("formats/text/well-formed.txt", "text",
                         "0:00:05- Ann Lee: The tide is late.\n"
                         "- Ann Lee: It always is.\n"
                         "0:00:09- Bo Chen: Is it?\n"
                         "0:00:12- Ann Lee: See http://tide.example: yes.\n");
    assert_reads("My talk\n\nAnn Lee  0:05\nThe tide\nis late.\n\nBo Chen  1:12\n"
                 "Yes: indeed.\n\nTranscribed by https://otter.ai\n",
                 "text",
                 "0:00:05- Ann Lee: The tide is late.\n0:01:12- Bo Chen: Yes: indeed.\n"
                 "- Transcribed by https://otter.ai\n");
    assert_reads("Ann Lee (10:02)\nGood morning.\n\nBo Chen (10:05)\nMorning.\n", "text",
                 "1970-01-01T10:02:00- Ann Lee: Good morning.\n"
                 "1970-01-01T10:05:00- Bo Chen: Morning.\n");
    assert_reads("[Ann Lee] 23:59:58\nlate\n\n[Bo Chen] 00:00:02\nearly\n", "text",
                 "1970-01-01T23:59:58- Ann Lee: late\n1970-01-02T00:00:02- Bo Chen: early\n");
    assert_reads("[00:00:00.000 --> 00:00:02.000]  the tide\n"
                 "[00:00:02.000 --> 00:00:04.000]  is late\n",
                 "text", "0:00:00-0:00:02 the tide\n+0:00:02-0:00:04 is late\n");
    assert_reads("Q    Is the tide late?\nMS. FALK:  It is.\nQ\tAnd the ferry?\n"
                 "MS. FALK:  Q is a letter.\n",
                 "text",
                 "- Q: Is the tide late?\n- MS. FALK: It is.\n- Q: And the ferry?\n"
                 "- MS. FALK: Q is a letter.\n");
    assert_reads("说话人1 00:00\n各位好。\n\n说话人2 00:07\n你好。\n", "text",
                 "0:00:00- 说话人1: 各位好。\n0:00:07- 说话人2: 你好。\n");
    assert_reads("Ann \u2013 0:15\nHello.\n\nBo \u2013 0:22\nHi.\n", "text",
                 "0:00:15- Ann: Hello.\n0:00:22- Bo: Hi.\n");
    assert_reads("主席：开会。\n\n王委員：我说：好。\n\n主席：请坐。\n", "text",
                 "- 主席: 开会。\n- 王委員: 我说：好。\n- 主席: 请坐。\n");
}

static void text__takes_names_on_lines_of_their_own(void **state)
{
    (void)state;
    assert_reads("14:30:00\r\n\r\nMr Lee\r\n\r\nOrder.\r\n\r\nThe Harbour Minister\r\n\r\n"
                 "It is late.\r\n\r\nMr Lee\r\n\r\nOrder!\r\n\r\n15:37:00\r\n\r\n"
                 "The Harbour Minister\r\n\r\nIt is.\r\n",
                 "text",
                 "1970-01-01T14:30:00- Mr Lee: Order.\n- The Harbour Minister: It is late.\n"
                 "- Mr Lee: Order!\n1970-01-01T15:37:00- The Harbour Minister: It is.\n");
}

static void text__is_not_any_prose(void **state)
{
    static const char *const rows[] = {
        "Just prose: and more of it.\nNothing else, see http://x.example/z.\n",
        "key: value\nother: thing\n# comment\n", "{\"a\": 1}", "<p>Ann: hi</p>",
        "a\n\nb\n\nc\n"};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct reading r;

        reading_of(&r, rows[i], strlen(rows[i]), NULL);
        if (transcript_speaker_count(r.transcript) > 0)
            fail_msg("'%s' was read as %s", rows[i], loader_format_name(r.loader));
        reading_release(&r);
    }
}

static void markdown_text__strips_and_escapes(void **state)
{
    static const char *const rows[][2] = {
        {"**a** _b_ `c` \\*d\\*", "a b c *d*"},
        {"snake_case 2*3 a * b", "snake_case 2*3 a * b"},
        {"[text](https://x.example/(a)) ![alt](y)", "text alt"},
        {"[not a link] [", "[not a link] ["},
        {"今天的*潮水*晚了", "今天的潮水晚了"},
        {"&lt;b&gt; & \\", "<b> & \\"},
    };
    static const char nasty[] = "# *a* [b](c) _d_ `e` <f> \\ &amp; 1. g";
    struct buffer out = {0};
    struct buffer back = {0};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        buffer_clear(&out);
        markdown_text_strip(&out, rows[i][0], strlen(rows[i][0]), NULL);
        assert_string_equal(buffer_string(&out), rows[i][1]);
    }
    buffer_clear(&out);
    markdown_text_escape(&out, nasty, strlen(nasty));
    markdown_text_strip(&back, out.data, out.bytes, NULL);
    assert_string_equal(back.data, nasty);
    buffer_release(&out);
    buffer_release(&back);
}

static void markdown__reads_headings_and_bold_names(void **state)
{
    (void)state;
    assert_fixture_reads("formats/markdown/well-formed.md", "markdown",
                         "- 王小明: 今天的潮水晚了。[笑]\n- 王小明: 第二段 連結。\n"
                         "- （掌聲）\n- Bo Chen: Is it?\n");
    assert_reads("**Ann Lee:**\n\nThe tide\nis late.\n\n> A quotation.\n\n- one\n- two\n\n"
                 "**Break:**\n\n**Bo Chen:** Is it?\n\n**Ann Lee** (chair) [0:12]: Yes.\n",
                 "markdown",
                 "- Ann Lee: The tide is late.\n- Ann Lee: A quotation.\n"
                 "- Ann Lee: - one\n- Ann Lee: - two\n- Break:\n- Bo Chen: Is it?\n"
                 "0:00:12- Ann Lee: Yes.\n");
}

static void csv__maps_columns_by_their_header(void **state)
{
    (void)state;
    assert_fixture_reads("formats/csv/well-formed.csv", "csv",
                         "0:00:01.500-0:00:02 Ann: Is \"it\" late? / Really?\n"
                         "0:00:03.250- Bo: Yes\n");
    assert_reads("start\tend\ttext\n0\t5120\tthe tide\n5120\t6000\tis late\n", "csv",
                 "0:00:00-0:00:05.120 the tide\n+0:00:05.120-0:00:06 is late\n");
    assert_reads("Speaker;Time;Text\r\nAnn;2021-05-06T09:30:00+08:00;\"a;b\"\r\r\n;;c\r\n",
                 "csv", "2021-05-06T09:30:00- Ann: a;b\n- c\n");
    assert_reads("Beginn;Ende;Redner;Wortlaut\n00:00:02,500;00:00:04,000;Ann;\"Ja; sofort.\"\n"
                 "00:00:05,000;00:00:06,250;Bo;Gut.\n",
                 "csv", "0:00:02.500-0:00:04 Ann: Ja; sofort.\n0:00:05-0:00:06.250 Bo: Gut.\n");
}

static void csv__tells_what_is_wrong(void **state)
{
    static const char text[] = "speaker,start,text\nAnn,never,a\nBo,1,b,c\nCy,2,\"open";

    (void)state;
    assert_reads(text, "csv", "- Ann: a\n0:00:01- Bo: b,c\n0:00:02- Cy: open\n");
    assert_int_equal(count_found(text, NULL, SEVERITY_WARNING), 2);
    assert_int_equal(count_found(text, NULL, SEVERITY_ERROR), 1);
}

static void csv__leaves_tables_of_things_alone(void **state)
{
    static const char *const tables[] = {
        "id,name,text,updated\n1,rope,\"A coil, hemp.\",2031-04-01\n2,oil,A can.,2031-04-02\n",
        "name,price,text\nkettle,12.00,It boils.\nkettle,13.00,It whistles.\n",
        "date,level,user,message\n2031-01-01,INFO,ann,Logged in.\n2031-01-01,WARN,ann,Gone.\n",
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof tables / sizeof *tables; i++) {
        struct reading r;

        reading_of(&r, tables[i], strlen(tables[i]), NULL);
        if (strcmp(loader_format_name(r.loader), "csv") == 0)
            fail_msg("%s is taken for a transcript", tables[i]);
        reading_release(&r);
    }
}

static void html__takes_paragraphs_that_are_times(void **state)
{
    (void)state;
    assert_reads(
        "<p>1:59 </p>\n<p>The dam is full.</p>\n<p></p>\n<p>2:12 </p>\n<p>It leaks.</p>",
        "html", "0:01:59- The dam is full.\n0:02:12- It leaks.\n");
}

static void html__reads_cites_times_and_paragraphs(void **state)
{
    (void)state;
    assert_fixture_reads("formats/html/well-formed.html", "html",
                         "0:00:05- Ann: The tide — is late. / Very.\n"
                         "1:00:09- Bo: Is it?\n- Bo: Again?\n");
    assert_reads("<cite>Ann<p>open <time>0:05<p>tags", "html",
                 "0:00:05- Ann: open\n- Ann: tags\n");
    assert_reads("<cite>Ann</cite><time datetime='PT1e300S'>x</time><p>late</p>", "html",
                 "- Ann: late\n");
}

/* What lies inside quotes ends no tag, also where a pipe pauses there. */
static void html__waits_for_quotes_to_close(void **state)
{
    static const char text[] = "<cite>Ann</cite><time>0:01</time><p title=\"a > b\">x</p>";
    size_t step;

    (void)state;
    for (step = 1; step < sizeof text; step++) {
        struct buffer dump = {0};

        read_in_steps("html", text, sizeof text - 1, step, &dump);
        assert_string_equal(buffer_string(&dump), "0:00:01- Ann: x\n");
        buffer_release(&dump);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(name_prefix_find__judges_the_shape),
        cmocka_unit_test(clock_stamp_take__takes_clocks_alone),
        cmocka_unit_test(text__reads_every_dress),
        cmocka_unit_test(text__takes_names_on_lines_of_their_own),
        cmocka_unit_test(text__is_not_any_prose),
        cmocka_unit_test(markdown_text__strips_and_escapes),
        cmocka_unit_test(markdown__reads_headings_and_bold_names),
        cmocka_unit_test(csv__maps_columns_by_their_header),
        cmocka_unit_test(csv__tells_what_is_wrong),
        cmocka_unit_test(csv__leaves_tables_of_things_alone),
        cmocka_unit_test(html__takes_paragraphs_that_are_times),
        cmocka_unit_test(html__waits_for_quotes_to_close),
        cmocka_unit_test(html__reads_cites_times_and_paragraphs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
