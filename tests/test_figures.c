/* Figures: numbers of every script, with what they count; dates; names. */
#include "shilu/analysis/figures.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shilu/analysis/number_text.h"
#include "shilu/analysis/number_words.h"
#include "shilu/base/buffer.h"

static void number_text_read__reads_every_script_and_width(void **state)
{
    static const struct {
        const char *text;
        double value;
        size_t left; /* bytes after the number */
    } rows[] = {
        {"4317萬", 43170000, 0},
        {"3.5億", 350000000, 0},
        {"1,234.5", 1234.5, 0},
        {"1,234,567 people", 1234567, 7},
        {"1,23", 1.23, 0},
        {"3,4,5", 3, 4},
        {"3,2 milliards", 3200000000, 0},
        {"５００元", 500, 3},
        {"四千三百萬", 43000000, 0},
        {"一千百三十五億", 113500000000, 0},
        {"二十三", 23, 0},
        {"百二十人", 120, 3},
        {"千五百", 1500, 0},
        {"百万円", 1000000, 3},
        {"一百零五", 105, 0},
        {"十二人", 12, 3},
        {"三點五億", 350000000, 0},
        {"百分之九十二點五", 0.925, 0},
        {"三分之一", 1.0 / 3, 0},
        {"4億5000萬", 450000000, 0},
        {"3千萬", 30000000, 0},
        {"2.5 million", 2500000, 0},
        {"350만 명", 3500000, 4},
        {"٤٥", 45, 0},
        {"२५", 25, 0},
        {"10萬3天", 100000, 4},
        {"12 000", 12000, 0},
        {"12 345 человек", 12345, 15},
        {"2009 100", 2009, 4},
        {"02 345", 2345, 0},
        {"12,7 млрд рублей", 12700000000, 13},
        {"5 млн. рублей", 5000000, 13},
        {"2 млн 300 тыс. рублей", 2300000, 13},
        {"3 тысячи", 3000, 0},
        {"3조 5천억 원", 3500000000000, 4},
        {"1억 2천만", 120000000, 0},
        {"1만 2345명", 12345, 3},
        {"1만 500원", 10500, 3},
        {"3조각", 3, 6},
        {"1경기", 1, 6},
        {"12兆3,400億円", 12340000000000, 3},
        {"3万亿元", 3000000000000, 3},
        {"3千5百萬", 35000000, 0},
        {"三萬億", 3000000000000, 0},
        {"500兆瓦", 500, 6},
        {"500千米", 500, 6},
        {"3億2020年", 300000000, 7},
        {"二・五倍", 2.5, 3},
        {"२५ लाख", 2500000, 0},
        {"१२ करोड़ रुपये", 120000000, 16},
        {"1 lakh crore", 1000000000000, 0},
        {"12,34,567 rupees", 1234567, 7},
        {"٣٫٥ مليون", 3500000, 0},
        {"١٬٢٣٤", 1234, 0},
        {"12 ล้านบาท", 12000000, 9},
        {"1.234.567", 1234567, 0},
        {"4.317", 4.317, 0},
        {"0,125", .125, 0},
        {"2/3", 2.0 / 3, 0},
        {"2½", 2.5, 0},
        {"½", .5, 0},
        {"3分の2", 2.0 / 3, 0},
        {"4분의 3", .75, 0},
        {"三分の二", 2.0 / 3, 0},
        {"24/7", 24, 2},
        {"3/9/2020", 3, 7},
        {"5 mil millones", 5000000000, 0},
        {"12 Mio. Euro", 12000000, 5},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct number_text n;

        if (!number_text_read(span_string(rows[i].text), false, &n))
            fail_msg("'%s' is no number", rows[i].text);
        if (n.value < rows[i].value * 0.999999 || n.value > rows[i].value * 1.000001)
            fail_msg("'%s' is %.10g", rows[i].text, n.value);
        assert_int_equal(strlen(rows[i].text) - n.bytes, rows[i].left);
    }
}

static void number_text_read__a_word_is_no_number(void **state)
{
    static const char *const rows[] = {"百姓", "千方百計", "萬一", "", "元", "x2"};
    struct number_text n;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_false(number_text_read(span_string(rows[i]), false, &n));
}

/* "text|unit|counted" of each number, dates and names with a mark before them. */
static void assert_figures(const char *text, const char *expected)
{
    static const char kinds[] = {' ', '@', '<', '"'};
    struct transcript *t = transcript_new();
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    struct figures f = {0};
    struct buffer found = {0};
    struct error err;
    size_t i;

    draft.text = text;
    draft.text_bytes = strlen(text);
    assert_true(transcript_append(t, &draft, &err));
    figures_make(&f, t);
    for (i = 0; i < f.count; i++) {
        if (i > 0)
            buffer_append_string(&found, "; ");
        if (f.items[i].kind != FIGURE_NUMBER)
            buffer_append_char(&found, kinds[f.items[i].kind]);
        buffer_append(&found, f.items[i].text.data, f.items[i].text.length);
        if (f.items[i].counted.length > 0) {
            buffer_append_char(&found, '|');
            buffer_append(&found, f.items[i].counted.data, f.items[i].counted.length);
        }
    }
    assert_string_equal(buffer_string(&found), expected);
    buffer_release(&found);
    figures_release(&f);
    transcript_free(t);
}

static void figures__say_what_they_count(void **state)
{
    (void)state;
    assert_figures("现在城乡低保对象4317万，占92.5%。", "4317万|城乡低保对象; 92.5%");
    assert_figures("派出了8個工作組，共有118名兄弟省份的人員。", "8個|工作組; 118名|兄弟省份");
    assert_figures("約200多萬老人入住。", "200多萬|老人入住");
    assert_figures("We gave 165,000 doses to 65 people.", "165,000|doses; 65|people");
    assert_figures("It costs $2.5 million, 12 per cent of the budget.",
                   "$2.5 million; 12 per cent|budget");
    assert_figures("予算は三十億一千九百万円です。", "三十億一千九百万円|予算");
    assert_figures("대상은 350만 명입니다. 예산은 3조 5천억 원, 3만여 명이다.",
                   "350만 명|대상; 3조 5천억 원|예산; 3만여 명");
    assert_figures("12,7 млрд рублей, 92,5 % жителей", "12,7 млрд|рублей; 92,5 %|жителей");
    assert_figures("२५ लाख लोग, ३० प्रतिशत", "२५ लाख|लोग; ३० प्रतिशत");
    assert_figures("٣٫٥ مليون شخص و ٤٥٪", "٣٫٥ مليون|شخص و; ٤٥٪");
    assert_figures("2/3 of the members, 三分之一的成員", "2/3|members; 三分之一|成員");
    assert_figures("一・五％の上昇、12兆3,400億円、3割の人",
                   "一・五％|上昇; 12兆3,400億円; 3割|人");
    assert_figures("afecta a 2,3 millones de hogares y 1.200 millones de euros",
                   "2,3 millones|hogares; 1.200 millones|euros");
    assert_figures("3,4 milliards d'euros", "3,4 milliards|euros");
    assert_figures("約百分之七十五點二。", "百分之七十五點二");
    assert_figures("宿泊者数を1割増やす", "1割");
    assert_figures("老人ホームの百二十人、百万円を。千万不要忘记。", "百二十人; 百万円");
    assert_figures("주민 350만 명 중 92.5%가 동의했습니다.", "350만 명|주민; 92.5%");
    assert_figures("3割のうち2千件", "3割; 2千件");
    assert_figures("도서 지역에는 1만 2천여 가구", "1만 2천여 가구|지역");
    assert_figures("4.317 Menschen, also 92,5 Prozent", "4.317|Menschen; 92,5 Prozent");
    assert_figures("5 km of road, 40 MW", "5 km; 40 MW");
}

static void number_words_read__reads_what_is_written_out(void **state)
{
    static const struct {
        const char *text;
        double value;
        size_t left;
    } rows[] = {
        {"twenty-five thousand cubic metres", 25000, 13},
        {"Twenty five", 25, 0},
        {"three and a half million", 3500000, 0},
        {"a dozen valves", 12, 7},
        {"half a dozen", 6, 0},
        {"two-thirds of", 2.0 / 3, 3},
        {"Two thirds of", 2.0 / 3, 3},
        {"a third of", 1.0 / 3, 3},
        {"one in five", .2, 0},
        {"nine out of ten", .9, 0},
        {"two in twelve days", 2, 15},
        {"a hundred and fifty flats", 150, 6},
        {"one hundred and fifty thousand", 150000, 0},
        {"two million three hundred thousand people", 2300000, 7},
        {"six million, four hundred and twelve", 6000412, 0},
        {"a million and a half", 1500000, 0},
        {"ninety-two point five per cent", 92.5, 9},
        {"twelve hundred", 1200, 0},
        {"half the budget", .5, 11},
        {"half a million", 500000, 0},
        {"three quarters of a million", 750000, 0},
        {"two and three quarters", 2.75, 0},
        {"one thousand and one nights", 1001, 7},
        {"three hundred thousand million", 3e11, 0},
    };
    static const char *const none[] = {
        "a third party", "half an hour", "half past ten", "onerous", "a",
        "Tenerife",      "hundreds of",  "millions",      ""};
    struct number_text n;
    bool year;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (!number_words_read(span_string(rows[i].text), &n, &year) || year)
            fail_msg("'%s' is no number", rows[i].text);
        if (n.value < rows[i].value * 0.999999 || n.value > rows[i].value * 1.000001)
            fail_msg("'%s' is %.10g", rows[i].text, n.value);
        assert_int_equal(strlen(rows[i].text) - n.bytes, rows[i].left);
    }
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        if (number_words_read(span_string(none[i]), &n, &year))
            fail_msg("'%s' is %.10g", none[i], n.value);
    assert_true(number_words_read(span_string("nineteen eighty-four."), &n, &year) && year);
    assert_true(n.value == 1984);
}

/* In a record in English; other languages have some of the words. */
static void figures__may_be_written_out_in_english(void **state)
{
    (void)state;
    assert_figures("We lose twenty-five thousand cubic metres a day, and three and a half "
                   "million pounds a year.",
                   "twenty-five thousand|cubic metres; three and a half million|pounds");
    assert_figures("Two-thirds of the meters are older than thirty years.",
                   "Two-thirds|meters; thirty|years");
    assert_figures("It was one in five households, and 1 in 10 of the flats.",
                   "one in five|households; 1 in 10|flats");
    assert_figures("Between two and three million of them came, and ten or twelve buses.",
                   "two and three million; ten or twelve|buses");
    assert_figures("The tax of three per cent came in nineteen ninety-one.",
                   "three per cent; @nineteen ninety-one");
    assert_figures("One of the two said that no one knows question two. The meeting is at ten "
                   "o'clock and at nineteen thirty. I have one thing to say.",
                   "");
    assert_figures(
        "On day 3 and on page 12 of the report. Every day 500 people come, and last week "
        "two of the buses.",
        "500|people come");
    assert_figures("der ten million six dix four", "");
    assert_figures("Bezahlt wurden ten Haag und six Monate", "");
}

/* Both ends of a range, as numbers. */
static void figures__ranges_have_two_ends(void **state)
{
    static const struct {
        const char *text;
        const char *figure;
        double from, to;
    } rows[] = {
        {"来了3～5萬人", "3～5萬人", 30000, 50000},
        {"3万-5万人", "3万-5万人", 30000, 50000},
        {"about 20–30% of it", "20–30%", 20, 30},
        {"from 100 to 200 people", "100 to 200", 100, 200},
        {"三至五天", "三至五天", 3, 5},
        {"三至五萬人", "三至五萬人", 30000, 50000},
        {"2~3천억 원", "2~3천억 원", 200000000000, 300000000000},
        {"2-3 млн рублей", "2-3 млн", 2000000, 3000000},
        {"the cost is between $2 and $3 million", "$2 and $3 million", 2000000, 3000000},
        {"two to three hundred of the flats", "two to three hundred", 200, 300},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct transcript *t = transcript_new();
        struct segment_draft draft = SEGMENT_DRAFT_INIT;
        struct figures f = {0};
        struct error err;

        draft.text = rows[i].text;
        draft.text_bytes = strlen(draft.text);
        assert_true(transcript_append(t, &draft, &err));
        figures_make(&f, t);
        if (f.count != 1 || !span_is(f.items[0].text, rows[i].figure))
            fail_msg("'%s': %zu, %.*s", rows[i].text, f.count,
                     f.count > 0 ? (int)f.items[0].text.length : 0, f.items[0].text.data);
        assert_true(f.items[0].value == rows[i].from && f.items[0].to == rows[i].to);
        figures_release(&f);
        transcript_free(t);
    }
}

static void figures__dates_are_dates(void **state)
{
    (void)state;
    assert_figures("1月29日印发，2020年3月9日公布。", "@1月29日; @2020年3月9日");
    assert_figures("民國109年3月9日開會。", "@109年3月9日");
    assert_figures("On March 9, 2020 and on 22 October 2009.",
                   "@March 9, 2020; @22 October 2009");
    assert_figures("Held on 2020-03-09.", "@2020-03-09");
    assert_figures("am 12. März 2025 und am 3. Mai", "@12. März 2025; @3. Mai");
    assert_figures("el 1 de julio de 2024", "@1 de julio de 2024");
    assert_figures("14 февраля 2024 года", "@14 февраля 2024 года");
    assert_figures("le 3 mars, १२ मार्च २०२४", "@3 mars; @१२ मार्च २०२४");
    assert_figures("March 9 200 people came; 12 May 300 people",
                   "@March 9; 200|people came; @12 May; 300|people");
    assert_figures("工期3年，3個月后完成。", "3年|工期; 3個月|后完成");
}

static void figures__names_stand_in_marks(void **state)
{
    (void)state;
    assert_figures("按照《工伤保险条例》办理。", "<工伤保险条例");
    assert_figures("“主战场”在武汉。他说“我来回答，谢谢。”", "\"主战场");
    assert_figures("the \"open door\" policy", "\"open door");
}

static void figures__what_numbers_is_no_figure(void **state)
{
    (void)state;
    assert_figures("第三，一是修路，A4纸，COVID-19，十分重要，一起来，10:25開始。", "");
    assert_figures("1. Open the door\n2. Close it", "");
    assert_figures("", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(number_text_read__reads_every_script_and_width),
        cmocka_unit_test(number_text_read__a_word_is_no_number),
        cmocka_unit_test(figures__say_what_they_count),
        cmocka_unit_test(number_words_read__reads_what_is_written_out),
        cmocka_unit_test(figures__may_be_written_out_in_english),
        cmocka_unit_test(figures__ranges_have_two_ends),
        cmocka_unit_test(figures__dates_are_dates),
        cmocka_unit_test(figures__names_stand_in_marks),
        cmocka_unit_test(figures__what_numbers_is_no_figure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
