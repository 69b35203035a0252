/* Wrap: where lines break, and that none overflows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shilu/base/file.h"
#include "shilu/base/memory.h"
#include "shilu/text/utf8.h"
#include "text/linebreak.h"
#include "text_support.h"

static int setup(void **state)
{
    *state = layout_new(false);
    return 0;
}

static int teardown(void **state)
{
    layout_free(*state);
    return 0;
}

/* ---------------------------------------------------------------------------- examples */

static const struct {
    int columns;
    const char *language;
    const char *text;
    const char *lines;
} examples[] = {
    /* words and spaces */
    {10, NULL, "hello world of words", "hello|world of|words"},
    {11, NULL, "hello world of words", "hello world|of words"},
    {5, NULL, "hello     world", "hello|world"},
    {4, NULL, "abcdefghij", "abcd|efgh|ij"},
    {6, NULL, "ab cdefghijkl", "ab|cdefgh|ijkl"},
    {80, NULL, "a\nb\n", "a|b"},
    /* a number and what it counts, the parts of a date */
    {10, NULL, "全國共有4317萬人", "全國共有|4317萬人"},
    {12, NULL, "通知2020年3月8日", "通知|2020年3月8日"},
    {13, NULL, "上週日的3月8日前", "上週日的|3月8日前"},
    {9, "ko", "참석자 215명이", "참석자|215명이"},
    {18, NULL, "published it on 8 March 2027", "published it on|8 March 2027"},
    {18, NULL, "published on March 8, 2027", "published on|March 8, 2027"},
    {19, NULL, "die Sitzung vom 3. Mai", "die Sitzung vom|3. Mai"},
    {14, NULL, "road of 12.5 km was", "road of|12.5 km was"},
    {16, NULL, "an estimate of 62 million", "an estimate of|62 million"},
    {13, NULL, "lost about 40 % of it", "lost about|40 % of it"},
    {10, NULL, "there were 3 bridges", "there were|3 bridges"},
    {12, NULL, "in 2019 and by 2020", "in 2019 and|by 2020"},
    {6, NULL, "12 September", "12|Septem|ber"},
    {6, NULL, "123456萬人", "123456|萬人"},
    {80, NULL, "a\n\nb", "a||b"},
    {80, NULL, "\n", ""},
    {80, NULL, "", ""},
    {4, NULL, "甲　　乙", "甲|乙"},
    {8, NULL, "　　甲乙丙丁", "　　甲乙|丙丁"},
    {6, NULL, "　　abcdefgh", "　　ab|cdefgh"},
    /* kinsoku */
    {8, NULL, "甲乙丙丁。", "甲乙丙|丁。"},
    {8, NULL, "甲乙丙丁」。戊", "甲乙丙|丁」。戊"},
    {8, NULL, "甲乙丙「丁戊」", "甲乙丙|「丁戊」"},
    {8, NULL, "甲乙丙《（丁）》", "甲乙丙|《（丁）|》"},
    {8, NULL, "甲乙丙丁·戊己", "甲乙丙|丁·戊己"},
    {8, NULL, "甲乙丙丁～戊己", "甲乙丙|丁～戊己"},
    {8, NULL, "甲乙丙丁／戊己", "甲乙丙|丁／戊己"},
    {8, NULL, "甲乙丙丁＞戊己", "甲乙丙|丁＞戊己"},
    {8, NULL, "甲乙丙丁≫戊己", "甲乙丙|丁≫戊己"},
    {8, NULL, "甲乙丙丁—戊己", "甲乙丙|丁—戊己"},
    {8, NULL, "甲乙丙丁 ：戊己", "甲乙丙|丁 ：戊|己"},
    {9, NULL, "甲乙丙——丁戊", "甲乙丙——|丁戊"},
    {8, NULL, "甲乙丙丁——戊", "甲乙丙|丁——戊"},
    {7, NULL, "甲乙丙……丁", "甲乙|丙……丁"},
    {8, "ja", "サーバーッャキ", "サー|バーッャ|キ"},
    {8, NULL, "甲乙丙＜丁＞", "甲乙丙|＜丁＞"},
    /* quotation marks: LB19a */
    {8, NULL, "“甲”“乙”“丙”", "“甲”“乙”|“丙”"},
    {4, NULL, "“甲”“乙”“丙”", "“甲”|“乙”|“丙”"},
    {8, NULL, "甲乙丙“丁戊”己", "甲乙丙|“丁戊”己"},
    {8, NULL, "甲乙丙‘丁戊’己", "甲乙丙|‘丁戊’己"},
    {8, NULL, "甲乙丙“Hello”己", "甲乙丙|“Hello”|己"},
    {9, NULL, "他说：——“好”", "他说：——|“好”"},
    {8, NULL, "甲乙丙A“丁”戊", "甲乙丙|A“丁”戊"},
    {8, NULL, "甲乙 don’t 丙", "甲乙|don’t 丙"},
    {9, NULL, "it is “quoted” here", "it is|“quoted”|here"},
    /* words with stops */
    {8, NULL, "甲乙丙U.S.A.丁", "甲乙丙|U.S.A.丁"},
    {12, NULL, "甲乙丙example.com", "甲乙丙|example.com"},
    {8, NULL, "甲乙丙C++丁", "甲乙丙|C++丁"},
    {6, NULL, "甲乙C++語", "甲乙|C++語"},
    /* ASCII punctuation between ideographs */
    {6, NULL, "甲乙丙,丁戊", "甲乙|丙,丁|戊"},
    {6, NULL, "甲乙丙:丁戊", "甲乙|丙:丁|戊"},
    {6, NULL, "甲乙丙?丁戊", "甲乙|丙?丁|戊"},
    /* numbers */
    {8, NULL, "5.22億件", "5.22億件"},
    {6, NULL, "5.22億件", "5.22億|件"},
    {4, NULL, "5.22億件", "5.22|億件"},
    {6, NULL, "$3,000元", "$3,000|元"},
    {12, NULL, "甲乙2020-03-09丙", "甲乙|2020-03-09丙"},
    {11, NULL, "甲乙10:25:22丙", "甲乙|10:25:22丙"},
    {8, NULL, "甲乙45,239丙", "甲乙|45,239丙"},
    {10, NULL, "甲乙2020/3/9丙", "甲乙|2020/3/9丙"},
    {10, NULL, "甲乙丙２０２０年", "甲乙丙|２０２０年"},
    {12, NULL, "甲乙１０：２５丙", "甲乙|１０：２５丙"},
    {10, NULL, "甲乙2019–2020年", "甲乙|2019–2020|年"},
    {6, NULL, "甲乙100%丙", "甲乙|100%丙"},
    /* Korean by word */
    {10, "ko", "대한민국 국회에서 말했다", "대한민국|국회에서|말했다"},
    {10, NULL, "대한민국 국회에서 말했다", "대한민국|국회에서|말했다"},
    {10, "ja", "대한민국 국회에서 말했다", "대한민국|국회에서|말했다"},
    {12, "ja", "대한민국 국회에서 말했다", "대한민국 국|회에서 말했|다"},
    {12, "ko-KR", "대한민국 국회에서 말했다", "대한민국|국회에서|말했다"},
    {8, "ko", "가나다라마바사 아", "가나다라|마바사|아"},
    {8, "ko", "가나다라마바。", "가나다라|마바。"},
    {8, "ko", "“한국”에서는", "“한국”에|서는"},
    {10, "ko", "이름은 “한국”에서", "이름은|“한국”에서"},
    /* marks of controls, clusters of several cells */
    {6, NULL, "x\xE2\x80\xAEy", "x|<202E>|y"},
    {4, NULL, "x\xE2\x80\xAEy", "x|<202|E>y"},
    {2, NULL, "\xC2\x9B", "<9|B>"},
    {2, NULL, "🇨🇳🇯🇵", "CN|JP"},
    {3, NULL, "🇨🇳🇯🇵", "CN|JP"},
    {4, NULL, "กำกำกำ", "กำกำ|กำ"},
    /* soft break opportunities that are not drawn */
    {4, NULL, "abc\xE2\x80\x8Bxyz", "abc|xyz"},
    {4, NULL, "甲\xE2\x81\xA0乙丙丁", "甲乙|丙丁"},
};

static void wrap_fill__breaks_as_the_policy_says(void **state)
{
    struct layout *l = *state;
    struct buffer out = {0};
    size_t i;
    int wrong = 0;

    for (i = 0; i < sizeof examples / sizeof *examples; i++) {
        layout_lines(l, &out, examples[i].text, examples[i].columns, examples[i].language);
        if (strcmp(buffer_string(&out), examples[i].lines) != 0) {
            print_message("%d columns: '%s', not '%s'\n", examples[i].columns,
                          buffer_string(&out), examples[i].lines);
            wrong++;
        }
    }
    buffer_release(&out);
    assert_int_equal(wrong, 0);
}

static void wrap_fill__says_which_lines_end_hard(void **state)
{
    struct layout *l = *state;

    layout_text(l, "ab cd\nef\r\n\ng", 13);
    layout_wrap(l, 3, NULL);
    assert_int_equal(l->wrap.count, 5);
    assert_false(l->wrap.lines[0].hard);
    assert_true(l->wrap.lines[1].hard);
    assert_true(l->wrap.lines[2].hard);
    assert_true(l->wrap.lines[3].hard);
    assert_int_equal(l->wrap.lines[3].columns, 0);
    assert_false(l->wrap.lines[4].hard);
    assert_int_equal(l->wrap.lines[2].byte, 6);
    assert_int_equal(l->wrap.lines[2].byte_end, 10);
}

static void wrap_line_of__finds_the_line_of_every_byte(void **state)
{
    static const char text[] = "甲乙丙丁 戊己\n庚辛壬癸";
    struct layout *l = *state;
    size_t byte;

    layout_text(l, text, sizeof text - 1);
    layout_wrap(l, 4, NULL);
    for (byte = 0; byte < sizeof text - 1; byte++) {
        size_t line = wrap_line_of(&l->wrap, (uint32_t)byte);

        assert_in_range(byte, l->wrap.lines[line].byte, l->wrap.lines[line].byte_end - 1);
    }
    assert_int_equal(wrap_line_of(&l->wrap, 1000), l->wrap.count - 1);
}

/* ------------------------------------------------------------------------- properties */

static int glyph_columns(const struct layout *l, uint32_t from, uint32_t to)
{
    int columns = 0;

    while (from < to)
        columns += l->d.glyphs[from++].columns;
    return columns;
}

/* A line may start inside a cluster only where the cluster is wider than a line. */
static void check_start(const struct layout *l, const struct wrap_line *line, int limit)
{
    uint32_t first = line->glyph, end = line->glyph;

    if (first == 0 || l->d.glyphs[first].byte != l->d.glyphs[first - 1].byte)
        return;
    while (first > 0 && l->d.glyphs[first - 1].byte == line->byte)
        first--;
    while (end < l->d.count && l->d.glyphs[end].byte == line->byte)
        end++;
    assert_true(glyph_columns(l, first, end) > limit);
}

static void check_line(const struct layout *l, const struct wrap_line *line, int limit)
{
    uint32_t end = line->glyph_end;

    assert_true(line->columns <= limit);
    while (end > line->glyph &&
           (l->d.glyphs[end - 1].flags & (GLYPH_SPACE | GLYPH_HIDDEN | GLYPH_BREAK)))
        end--;
    assert_int_equal(glyph_columns(l, line->glyph, end), line->columns);
    check_start(l, line, limit);
}

static void check_wrap(struct layout *l, int limit)
{
    uint32_t glyph = 0, byte = 0;
    size_t i;

    layout_wrap(l, limit, NULL);
    assert_true(l->wrap.count > 0);
    for (i = 0; i < l->wrap.count; i++) {
        const struct wrap_line *line = &l->wrap.lines[i];

        assert_int_equal(line->glyph, glyph);
        assert_int_equal(line->byte, byte);
        assert_true(line->glyph_end > line->glyph || l->d.count == 0);
        check_line(l, line, limit);
        glyph = line->glyph_end;
        byte = line->byte_end;
    }
    assert_int_equal(glyph, l->d.count);
    assert_int_equal(byte, l->bytes);
}

static void wrap_fill__never_overflows_nor_loses_text(void **state)
{
    struct layout *wide = layout_new(true);
    struct layout *l = *state;
    uint64_t seed = 4711;
    struct buffer text = {0};
    int round, columns;

    for (round = 0; round < 60; round++) {
        buffer_clear(&text);
        random_text(&text, &seed, 80);
        layout_text(l, buffer_string(&text), text.bytes);
        layout_text(wide, buffer_string(&text), text.bytes);
        for (columns = 2; columns <= 300; columns++) {
            check_wrap(l, columns);
            check_wrap(wide, columns);
        }
    }
    buffer_release(&text);
    layout_free(wide);
}

static void wrap_fill__never_overflows_with_nasty_strings(void **state)
{
    struct layout *l = *state;
    int columns;
    size_t i;

    for (i = 0; i < nasty_count; i++) {
        layout_text(l, nasty_strings[i], strlen(nasty_strings[i]));
        for (columns = 2; columns <= 120; columns++)
            check_wrap(l, columns);
    }
}

/* With the library's places alone, a line never ends earlier than it must: what starts the
 * next line, up to its first place to break, would not have fitted. */
static void wrap_fill__fills_greedily(void **state)
{
    static const char text[] =
        "疫情發生以來，民政部積極行動、履職盡責，指導 200 places 完善防控措施。"
        "一是加強“組織領導”，二是full support全力支持湖北省的防控工作。";
    struct layout *l = *state;
    uint8_t grade[sizeof text];
    int limit;

    linebreak_grade(text, sizeof text - 1, false, grade);
    layout_text(l, text, sizeof text - 1);
    for (limit = 10; limit <= 80; limit++) {
        size_t i;

        layout_wrap(l, limit, NULL);
        for (i = 0; i + 1 < l->wrap.count; i++) {
            uint32_t end = l->wrap.lines[i].glyph_end, next = end + 1;

            assert_int_equal(grade[l->wrap.lines[i].byte_end], BREAK_LEGAL);
            while (next < l->d.count && grade[l->d.glyphs[next].byte] != BREAK_LEGAL)
                next++;
            while (l->d.glyphs[next - 1].flags & GLYPH_SPACE)
                next--;
            assert_true(glyph_columns(l, l->wrap.lines[i].glyph, next) > limit);
        }
    }
}

static const char *const never_first[] = {
    "。", "，", "、", "；", "：", "？", "！", "」", "』", "）", "》", "〉",
    "】", "〕", "〗", "…",  "·",  "～", "／", "＞", "≫",  "—",  "”",  "’",
    "％", "々", "ー", "ッ", "ゃ", "・", "〜", "］", "｝", "﹂", "｡",  "､",
    "｣",  "!",  "?",  ",",  ".",  ":",  ";",  ")",  "]",  "}",  "%",  "℃"};
static const char *const never_last[] = {"「", "『", "（", "《", "〈", "【", "〔", "〖",
                                         "“",  "‘",  "(",  "[",  "{",  "＜", "≪",  "［"};

/* One mark anywhere in Han text, at every width that can hold it with its neighbour. */
static void wrap_fill__keeps_marks_where_they_may_stand(void **state)
{
    struct layout *l = *state;
    struct buffer text = {0}, out = {0};
    size_t i, k, count = sizeof never_first / sizeof *never_first;
    int columns;

    for (i = 0; i < count + sizeof never_last / sizeof *never_last; i++) {
        const char *mark = i < count ? never_first[i] : never_last[i - count];
        char bad[8];

        snprintf(bad, sizeof bad, i < count ? "|%s" : "%s|", mark);
        for (k = 1; k < 20; k++) {
            buffer_clear(&text);
            buffer_append(&text, "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉", k * 3);
            buffer_append_format(&text, "%s戌亥天地玄黃宇宙洪荒", mark);
            for (columns = 4; columns <= 40; columns++) {
                layout_lines(l, &out, buffer_string(&text), columns, "zh");
                if (strstr(buffer_string(&out), bad) != NULL)
                    fail_msg("%d columns: %s", columns, buffer_string(&out));
            }
        }
    }
    buffer_release(&text);
    buffer_release(&out);
}

/* ------------------------------------------------------------------------------- sizes */

static void wrap_fill__takes_a_million_characters_without_a_break(void **state)
{
    static const char *const pieces[] = {"a",  "1",  "。", "「",           "“",
                                         "——", "가", " ",  "\xE2\x81\xA0", "\xCC\x81"};
    struct layout *l = *state;
    size_t i, k, at;

    for (i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        size_t bytes = strlen(pieces[i]);
        char *text = memory_alloc(bytes * 1000000);

        for (k = 0, at = 0; k < 1000000; k++, at += bytes)
            memcpy(text + at, pieces[i], bytes);
        layout_text(l, text, at);
        check_wrap(l, 80);
        free(text);
    }
}

/* A narrow line whose best place lies before a long run of characters of no columns. */
static void wrap_fill__is_linear_in_hidden_characters(void **state)
{
    struct layout *l = *state;
    struct buffer text = {0};
    int i;

    buffer_append_string(&text, "ab c d-e");
    for (i = 0; i < 500000; i++)
        buffer_append_string(&text, "\xE2\x81\xA0");
    buffer_append_string(&text, "fghijklmnop");
    layout_text(l, buffer_string(&text), text.bytes);
    for (i = 2; i < 20; i++)
        check_wrap(l, i);
    buffer_release(&text);
}

/* ------------------------------------------------------------------------ real records */

static bool is_digit(const char *text, size_t bytes, size_t at)
{
    return at < bytes && text[at] >= '0' && text[at] <= '9';
}

/* Whether a break before `at` splits digits, or digits and a sign between them; the run of
 * both sides is *columns wide. */
static bool splits_number(const char *text, size_t bytes, size_t at, int *columns)
{
    size_t start = at, end = at;

    while (start > 0 &&
           (is_digit(text, bytes, start - 1) ||
            (start > 1 && strchr("-:.,/", text[start - 1]) != NULL && text[start - 1] != '\0' &&
             is_digit(text, bytes, start - 2) && is_digit(text, bytes, start))))
        start--;
    while (is_digit(text, bytes, end) ||
           (end > start && end < bytes && text[end] != '\0' &&
            strchr("-:.,/", text[end]) != NULL && is_digit(text, bytes, end - 1) &&
            is_digit(text, bytes, end + 1)))
        end++;
    *columns = (int)(end - start);
    return start < at && at < end;
}

static bool starts_badly(const char *text, size_t bytes, size_t at)
{
    size_t i;

    for (i = 0; i < sizeof never_first / sizeof *never_first; i++) {
        size_t mark = strlen(never_first[i]);

        if (mark <= bytes - at && memcmp(text + at, never_first[i], mark) == 0)
            return true;
    }
    return false;
}

struct faults {
    int lines, split, bad_starts, overflows;
};

static void count_faults(struct layout *l, int limit, struct faults *faults)
{
    size_t i;

    layout_wrap(l, limit, "zh-Hant");
    for (i = 0; i < l->wrap.count; i++) {
        const struct wrap_line *line = &l->wrap.lines[i];
        int columns;

        faults->lines++;
        faults->overflows += line->columns > limit;
        if (i == 0 || l->wrap.lines[i - 1].hard)
            continue;
        faults->bad_starts += starts_badly(l->text, l->bytes, line->byte);
        faults->split += splits_number(l->text, l->bytes, line->byte, &columns) &&
                         columns <= limit;
    }
}

static char *read_briefing(size_t *bytes)
{
    const char *root = getenv("SHILU_SRCDIR");
    char path[1024];
    struct error err;

    snprintf(path, sizeof path, "%s/../shared/real/briefing-2020-03-09.txt",
             root != NULL ? root : ".");
    return file_read(path, 1 << 20, bytes, &err);
}

static void wrap_fill__splits_nothing_in_the_briefing(void **state)
{
    struct layout *l = *state;
    struct faults faults = {0};
    size_t bytes;
    char *text = read_briefing(&bytes);
    int columns;

    if (text == NULL) {
        print_message("the briefing of 2020-03-09 is not here\n");
        skip();
    }
    layout_text(l, text, bytes);
    for (columns = 20; columns <= 120; columns++)
        count_faults(l, columns, &faults);
    free(text);
    assert_true(faults.lines > 10000);
    assert_int_equal(faults.overflows, 0);
    assert_int_equal(faults.split, 0);
    assert_int_equal(faults.bad_starts, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrap_fill__breaks_as_the_policy_says),
        cmocka_unit_test(wrap_fill__says_which_lines_end_hard),
        cmocka_unit_test(wrap_line_of__finds_the_line_of_every_byte),
        cmocka_unit_test(wrap_fill__never_overflows_nor_loses_text),
        cmocka_unit_test(wrap_fill__never_overflows_with_nasty_strings),
        cmocka_unit_test(wrap_fill__fills_greedily),
        cmocka_unit_test(wrap_fill__keeps_marks_where_they_may_stand),
        cmocka_unit_test(wrap_fill__takes_a_million_characters_without_a_break),
        cmocka_unit_test(wrap_fill__is_linear_in_hidden_characters),
        cmocka_unit_test(wrap_fill__splits_nothing_in_the_briefing),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
