/* Official records in plain text: labels, times, title blocks, and what has none of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "formats/common/language_guess.h"
#include "formats_support.h"
#include "read_support.h"

static const char record[] =
    "文字實錄 \xC2\xA0\n"
    "\xC2\xA0  文字來源:港務網\n \n\n"
    "  • [港務局局長 林一川]各位好。先說渡輪。2024-05-06 10:00:00\n"
    "  • [林一川]林一川：兩艘漏水。\n  - 一艘在東岸\n  - 一艘在西岸2024-05-06 10:01:29\n"
    "  • [晨報記者]哪一艘最急？ 2024-05-06 10:02:00\n"
    "一段沒有標籤的話。\n"
    "  • [主持人 森花子]謝謝。2024-05-06 10:03:00\n";

static void official_text__reads_a_briefing(void **state)
{
    struct reading r;
    const struct speaker *lin;

    (void)state;
    assert_reads(record, "text",
                 "2024-05-06T10:00:00- 林一川: 各位好。先說渡輪。\n"
                 "2024-05-06T10:01:29- 林一川: 兩艘漏水。 / - 一艘在東岸 / - 一艘在西岸\n"
                 "2024-05-06T10:02:00- 晨報記者: 哪一艘最急？\n"
                 "- 一段沒有標籤的話。\n"
                 "2024-05-06T10:03:00- 森花子: 謝謝。\n");
    reading_of(&r, record, sizeof record - 1, NULL);
    assert_string_equal(transcript_get(r.transcript, FIELD_TITLE), "文字實錄");
    assert_string_equal(transcript_get(r.transcript, FIELD_SOURCE_NAME), "港務網");
    assert_string_equal(transcript_get(r.transcript, FIELD_DATE), "2024-05-06");
    assert_string_equal(transcript_get(r.transcript, FIELD_LANGUAGE), "zh-Hant");
    assert_int_equal(transcript_time_base(r.transcript), TIME_BASE_WALL);
    assert_int_equal(transcript_speaker_count(r.transcript), 3);
    lin = transcript_speaker_at(r.transcript, 0);
    assert_string_equal(lin->name, "林一川");
    assert_string_equal(lin->role, "港務局局長");
    assert_int_equal(loader_diagnostics(r.loader)->kept, 0);
    reading_release(&r);
}

static void official_text__takes_every_bracket_bullet_and_time(void **state)
{
    (void)state;
    assert_reads("【甲】一2024/5/6 9:05\n【乙】二。2024/5/6 9:06\n", "text",
                 "2024-05-06T09:05:00- 甲: 一\n2024-05-06T09:06:00- 乙: 二。\n");
    assert_reads("［甲］一 2024年5月6日 10时06分\n［乙］二 2024年5月6日 10时07分\n", "text",
                 "2024-05-06T10:06:00- 甲: 一\n2024-05-06T10:07:00- 乙: 二\n");
    assert_reads("* [甲] 一 2024-05-06 10:07\n* [乙] 二 2024-05-06 10:08\n", "text",
                 "2024-05-06T10:07:00- 甲: 一\n2024-05-06T10:08:00- 乙: 二\n");
    assert_reads("·[甲]一　2024-05-06T10:08:09\n·[乙]二　2024-05-06T10:08:10\n", "text",
                 "2024-05-06T10:08:09- 甲: 一\n2024-05-06T10:08:10- 乙: 二\n");
    assert_reads("● 2024-05-06 10:09:00 [甲]一\n● 2024-05-06 10:09:01 [乙]二\n", "text",
                 "2024-05-06T10:09:00- 甲: 一\n2024-05-06T10:09:01- 乙: 二\n");
    assert_reads("- [甲] 一 2024.5.6 10:10:11\n- [乙] 二 2024.5.6 10:10:12\n", "text",
                 "2024-05-06T10:10:11- 甲: 一\n2024-05-06T10:10:12- 乙: 二\n");
    /* What only looks like a time, or ends in digits before one, stays in the words. */
    assert_reads("[甲]第12024-05-06 10:00:00\n[乙]2024-13-01 10:00\n", "text",
                 "2024-05-06T10:00:00- 甲: 第1\n- 乙: 2024-13-01 10:00\n");
}

static void official_text__splits_labels(void **state)
{
    static const struct {
        const char *label;
        const char *name;
        const char *role;
    } rows[] = {
        {"港務局局長 林一川", "林一川", "港務局局長"},
        {"林一川", "林一川", NULL},
        {"港務局、新聞發言人　林一川", "林一川", "港務局、新聞發言人"},
        {"香港 晨報記者", "香港 晨報記者", NULL},
        {"晨報记者", "晨報记者", NULL},
        {"Harbour Minister Ann Lee", "Harbour Minister Ann Lee", NULL},
        {"항만국장 김도현", "김도현", "항만국장"},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buffer text = {0};
        struct reading r;
        const struct speaker *s;

        buffer_append_format(&text, "[%s]words 2024-05-06 10:00:00\n", rows[i].label);
        reading_of(&r, text.data, text.bytes, NULL);
        assert_int_equal(transcript_speaker_count(r.transcript), 1);
        s = transcript_speaker_at(r.transcript, 0);
        assert_string_equal(s->name, rows[i].name);
        if (rows[i].role == NULL)
            assert_null(s->role);
        else
            assert_string_equal(s->role, rows[i].role);
        reading_release(&r);
        buffer_release(&text);
    }
}

/* Only the label's own name, with a colon, is said twice. */
static void official_text__drops_a_repeated_name_alone(void **state)
{
    (void)state;
    assert_reads(
        "[局長 林一川]林一川:一2024-05-06 10:00:00\n[林一川]局長說：二2024-05-06 10:00:01\n"
        "[林一川]林一川來了2024-05-06 10:00:02\n[林一川]林一川：2024-05-06 10:00:03\n",
        "text",
        "2024-05-06T10:00:00- 林一川: 一\n2024-05-06T10:00:01- 林一川: 局長說：二\n"
        "2024-05-06T10:00:02- 林一川: 林一川來了\n2024-05-06T10:00:03- 林一川: 林一川：\n");
}

static void official_text__reads_the_title_block(void **state)
{
    static const char text[] =
        "直播实录\n港务发布会：渡轮\n时间：2024年5月6日 10:00\n地点: 港务大厅\n"
        "来源：港务网\n导语一句。\n[甲]开会。2024-05-06 10:00:05\n";
    struct reading r;

    (void)state;
    assert_reads(text, "text", "- 直播实录\n- 导语一句。\n2024-05-06T10:00:05- 甲: 开会。\n");
    reading_of(&r, text, sizeof text - 1, NULL);
    assert_string_equal(transcript_get(r.transcript, FIELD_TITLE), "港务发布会：渡轮");
    assert_string_equal(transcript_get(r.transcript, FIELD_DATE), "2024-05-06");
    assert_string_equal(transcript_get(r.transcript, FIELD_VENUE), "港务大厅");
    assert_string_equal(transcript_get(r.transcript, FIELD_SOURCE_NAME), "港务网");
    assert_string_equal(transcript_get(r.transcript, FIELD_LANGUAGE), "zh-Hans");
    reading_release(&r);
}

static void official_text__reads_the_same_in_small_steps(void **state)
{
    struct buffer whole = {0};
    size_t step;

    (void)state;
    read_in_steps("text", record, sizeof record - 1, sizeof record, &whole);
    for (step = 1; step < 40; step += 6) {
        struct buffer stepped = {0};

        read_in_steps("text", record, sizeof record - 1, step, &stepped);
        assert_string_equal(stepped.data, whole.data);
        buffer_release(&stepped);
    }
    buffer_release(&whole);
}

static void official_text__survives_a_cut_at_every_byte(void **state)
{
    size_t bytes;

    (void)state;
    for (bytes = 1; bytes < sizeof record; bytes++) {
        char *exact = malloc(bytes);
        struct reading r;

        memcpy(exact, record, bytes);
        reading_of(&r, exact, bytes, "text");
        assert_true(r.ok);
        assert_true(transcript_count(r.transcript) <= 6);
        reading_release(&r);
        free(exact);
    }
}

static void language_guess__tells_east_asian_ones(void **state)
{
    static const char *const rows[][2] = {
        {"各位好，我們來說說這個問題。", "zh-Hant"},
        {"各位好，我们来说说这个问题。", "zh-Hans"},
        {"本日は港の修理について話します。", "ja"},
        {"오늘은 항구의 수리를 말씀드립니다.", "ko"},
        {"The tide is late again.", NULL},
        {"", NULL},
        {"Доброе утро", NULL},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *guess = language_guess(rows[i][0], strlen(rows[i][0]));

        if (rows[i][1] == NULL)
            assert_null(guess);
        else
            assert_string_equal(guess, rows[i][1]);
    }
}

/* The real briefing, where it is at hand. */
static void official_text__reads_the_real_briefing(void **state)
{
    const char *root = getenv("SHILU_SRCDIR");
    struct buffer path = {0};
    struct error err;
    struct source *source;
    struct transcript *t;
    struct loader *l;
    int64_t first_ms, last_ms;
    char clock[CIVIL_TEXT];

    (void)state;
    buffer_append_format(&path, "%s/../shared/real/briefing-2020-03-09.txt",
                         root != NULL ? root : ".");
    source = source_open_path(path.data, &err);
    buffer_release(&path);
    if (source == NULL) {
        print_message("skipped: the real briefing is not there\n");
        skip();
    }
    t = transcript_new();
    l = loader_new(source, t, &(struct loader_options){0}, &err);
    assert_true(loader_run(l, &err));
    assert_string_equal(loader_format_name(l), "text");
    assert_int_equal(transcript_count(t), 33);
    assert_int_equal(transcript_speaker_count(t), 13);
    assert_int_equal(loader_diagnostics(l)->kept, 0);
    assert_true(transcript_span(t, &first_ms, &last_ms));
    civil_format_clock(first_ms, clock);
    assert_string_equal(clock, "10:01:29");
    civil_format_clock(last_ms, clock);
    assert_string_equal(clock, "11:33:32");
    loader_free(l);
    transcript_free(t);
}

/* One letter a segment: question, answer, remark, heading; a dot for what nobody says. */
static void assert_kinds(const char *text, const char *kinds)
{
    static const struct {
        enum segment_kind kind;
        char letter;
    } letters[] = {{SEGMENT_QUESTION, 'q'},
                   {SEGMENT_ANSWER, 'a'},
                   {SEGMENT_REMARK, 'r'},
                   {SEGMENT_HEADING, 'h'}};
    struct reading r;
    struct buffer found = {0};
    size_t i, k;

    reading_of(&r, text, strlen(text), NULL);
    for (i = 0; i < transcript_count(r.transcript); i++) {
        char letter = '.';

        for (k = 0; k < sizeof letters / sizeof *letters; k++)
            if (transcript_segment(r.transcript, (uint32_t)i)->kind == letters[k].kind)
                letter = letters[k].letter;
        buffer_append_char(&found, letter);
    }
    assert_string_equal(buffer_string(&found), kinds);
    buffer_release(&found);
    reading_release(&r);
}

/* In an assembly, members ask, offices answer, and the chair does neither. */
static void official_text__tells_members_from_offices(void **state)
{
    (void)state;
    assert_kinds("◎議長（森　守君）　会議を開きます。\n\n"
                 "◯3番（三浦　梢君）　信号のない横断歩道はいくつありますか。\n\n"
                 "◎議長（森　守君）　町長。\n\n"
                 "◎町長（大庭　隆君）　14か所ございます。\n\n"
                 "◯3番（三浦　梢君）　今後の計画はございますか。\n\n"
                 "◎建設課長（東　久志君）　3か所を予定しております。\n\n"
                 "◎議長（森　守君）　以上で終わります。\n",
                 "rqraqar");
    assert_kinds("主席：現在開會。\n\n陳部長國瑞：今天報告道路計畫。\n\n"
                 "主席：請林委員秀芬發言。\n\n林委員秀芬：道路什麼時候可以完工？\n\n"
                 "陳部長國瑞：年底完工。\n\n林委員秀芬：會不會再延？\n\n"
                 "陳部長國瑞：我們會趕工。\n\n主席：散會。\n",
                 "rrrqaqar");
}

static void official_text__takes_an_item_above_its_time_for_a_heading(void **state)
{
    (void)state;
    assert_kinds("○의장 오세진  의석을 정돈하여 주시기 바랍니다.\n\n"
                 "1. 군정질문의 건\n(10시 07분)\n\n"
                 "○의장 오세진  군정질문의 건을 상정합니다.\n"
                 "○유하나 의원  버스 노선이 왜 줄었습니까?\n"
                 "○건설과장 민병철  운전원이 부족했습니다.\n"
                 "○유하나 의원  언제 복구됩니까?\n"
                 "○건설과장 민병철  3월에 복구하겠습니다.\n"
                 "○의장 오세진  산회를 선포합니다.\n",
                 "rhrqaqar");
}

/* The number of a question is not part of its label. */
static void official_text__takes_numbers_before_marks(void **state)
{
    static const char *const numbers[] = {"一、", "1.", "1、", "（一）"};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct buffer text = {0};
        size_t k;

        for (k = 0; k < 3; k++) {
            buffer_append_string(&text, numbers[i]);
            buffer_append_string(&text, "问：办法对平台提出了哪些要求？\n\n"
                                        "答：一是实名登记；二是保存视频。\n\n");
        }
        assert_kinds(buffer_string(&text), "qaqaqa");
        buffer_release(&text);
    }
}

/* Those present are listed above a round table in which surnames precede a gap. */
static void official_text__takes_those_present_for_facts(void **state)
{
    (void)state;
    assert_kinds("座談会　地域医療のこれから\n\n出席者\n　司会　　村瀬 洋一（本誌編集長）\n"
                 "　医師　　榎本 千夏（北見診療所）\n\n"
                 "村瀬　本日はありがとうございます。\n榎本　診療所には六十人ほど来られます。\n"
                 "村瀬　夜間はどのくらいありますか。\n榎本　月に二十回ほどです。\n",
                 "hrrqa");
}

/* Heads of pages are few among the lines between them; a text of such lines is not left out. */
static void official_text__keeps_a_text_whose_lines_differ_in_numbers(void **state)
{
    struct buffer text = {0};
    struct loaded l;

    (void)state;
    for (int i = 0; i < 40; i++)
        buffer_append_format(&text, "Reading number %d\n", i);
    load_bytes(&l, text.data, text.bytes, "text");
    assert_true(l.ok);
    assert_true(transcript_count(l.t) > 0);
    assert_non_null(strstr(words(&l, 0), "Reading number 0"));
    load_release(&l);
    buffer_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(official_text__keeps_a_text_whose_lines_differ_in_numbers),
        cmocka_unit_test(official_text__reads_a_briefing),
        cmocka_unit_test(official_text__takes_every_bracket_bullet_and_time),
        cmocka_unit_test(official_text__splits_labels),
        cmocka_unit_test(official_text__drops_a_repeated_name_alone),
        cmocka_unit_test(official_text__reads_the_title_block),
        cmocka_unit_test(official_text__reads_the_same_in_small_steps),
        cmocka_unit_test(official_text__survives_a_cut_at_every_byte),
        cmocka_unit_test(language_guess__tells_east_asian_ones),
        cmocka_unit_test(official_text__tells_members_from_offices),
        cmocka_unit_test(official_text__takes_an_item_above_its_time_for_a_heading),
        cmocka_unit_test(official_text__takes_numbers_before_marks),
        cmocka_unit_test(official_text__takes_those_present_for_facts),
        cmocka_unit_test(official_text__reads_the_real_briefing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
