/* Fold: the keys by which names and queries are compared, their tables, and readings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "shilu/text/fold.h"
#include "shilu/text/name_reading.h"
#include "text/fold_table.h"

static char *folded(const char *text)
{
    struct buffer out = {0};

    fold_append(&out, text, strlen(text));
    return buffer_take(&out);
}

static void fold_append__gives_one_form(void **state)
{
    static const struct {
        const char *text;
        const char *form;
    } rows[] = {
        {"", ""},
        {"Jane DOE", "jane doe"},
        {"a \t\r\n b", "a b"},
        {"李\u3000明", "李 明"},
        {"ＡＢＣ１２３", "abc123"},
        {"カタカナ", "かたかな"},
        {"ｶﾞｷﾞ", "がぎ"},
        {"カ\u3099", "が"},
        {"か\u309B", "が"},
        {"Straße", "strasse"},
        {"ΣΊΣΥΦΟΣ", "σίσυφοσ"},
        {"E\u0301cole", "école"},
        {"\u1100\u1175\u11B7", "김"},
        {"國務院", "国务院"},
        {"説明", "说明"},
        {"說明", "说明"},
        {"髮", "发"},
        {"發", "发"},
        {"発", "发"},
        {"⽤戶", "用户"}, /* a Kangxi radical */
        {"\uF9B0", "聆"}, /* a compatibility ideograph */
        {"Привет", "привет"},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *form = folded(rows[i].text);
        char *again = folded(form);

        assert_string_equal(form, rows[i].form);
        assert_string_equal(again, form);
        free(form);
        free(again);
    }
}

static void fold_append__survives_what_is_not_utf8(void **state)
{
    struct buffer out = {0};

    (void)state;
    fold_append(&out, "a\xFF\xC3", 3);
    assert_true(out.bytes >= 1);
    assert_int_equal(out.data[0], 'a');
    buffer_release(&out);
}

static void fold_equal__joins_variants_and_nothing_else(void **state)
{
    static const struct {
        const char *a;
        const char *b;
        bool equal;
    } rows[] = {
        {"詹成付", "詹成付", true}, {"陳時中", "陈时中", true}, {"安倍晋三", "安倍晉三", true},
        {"渡辺", "渡邊", true},     {"渡邉", "渡邊", true},     {"Ｄｒ. Lee", "dr. lee", true},
        {"김도현", "김도현", true}, {"沈阳", "沉阳", false},    {"e", "é", false},
        {"か", "が", false},        {"a b", "ab", false},       {"", " ", false},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(fold_equal(rows[i].a, strlen(rows[i].a), rows[i].b, strlen(rows[i].b)),
                         rows[i].equal);
}

static bool finds(uint32_t a, uint32_t b)
{
    uint32_t found[FOLD_SPELLINGS_MAX];
    size_t count = fold_table_variants(a, found);
    size_t i;

    for (i = 0; i < count; i++) {
        if (found[i] == b)
            return true;
    }
    return false;
}

static void fold_table_variants__holds_for_every_pair_both_ways(void **state)
{
    size_t number = 0;
    size_t pairs = 0;
    size_t count;
    const uint32_t *group;

    (void)state;
    for (; (group = fold_table_group(number, &count)) != NULL; number++) {
        size_t i;

        assert_true(count > 1);
        for (i = 0; i < count * count; i++) {
            if (i / count == i % count)
                continue;
            assert_true(finds(group[i / count], group[i % count]));
            pairs++;
        }
    }
    assert_true(number > 7000);
    assert_true(pairs > 20000);
}

static void fold_table_variants__keeps_words_apart_that_share_a_form(void **state)
{
    static const struct {
        uint32_t a;
        uint32_t b;
        bool found;
    } rows[] = {
        {0x53D1, 0x767C, true},  /* 发 發 */
        {0x53D1, 0x9AEE, true},  /* 发 髮 */
        {0x53D1, 0x9AEA, true},  /* 发 髪 */
        {0x767C, 0x767A, true},  /* 發 発 */
        {0x767C, 0x9AEE, false}, /* 發 髮 */
        {0x81FA, 0x98B1, false}, /* 臺 颱 */
        {0x4E7E, 0x5E79, false}, /* 乾 幹 */
        {0x5F8C, 0x540E, true},  /* 後 后 */
        {0x6C88, 0x6C89, false}, /* 沈 沉 */
        {0x4ED6, 0x5979, false}, /* 他 她 */
        {0x5DF1, 0x5DF2, false}, /* 己 已 */
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(finds(rows[i].a, rows[i].b), rows[i].found);
        assert_int_equal(finds(rows[i].b, rows[i].a), rows[i].found);
    }
}

static void fold_table_representative__is_a_fixed_point(void **state)
{
    size_t number;
    size_t count;
    const uint32_t *group;

    (void)state;
    for (number = 0; (group = fold_table_group(number, &count)) != NULL; number++) {
        uint32_t one = fold_table_representative(group[count - 1]);

        assert_int_equal(fold_table_representative(one), one);
    }
    assert_int_equal(fold_table_representative('a'), 'a');
}

static void fold_table_key__is_what_its_spellings_share(void **state)
{
    static const uint32_t samples[] = {'E', 0xC9, 0xDF, 0x30AC, 0xFF76, 0x212A, 0x1F82, 0x2F00};
    static const enum fold_mode modes[] = {FOLD_CASED, FOLD_CASELESS};
    size_t i;

    (void)state;
    for (i = 0; i < 2 * sizeof samples / sizeof *samples; i++) {
        uint32_t key[FOLD_KEY_MAX];
        struct fold_spelling found[FOLD_SPELLINGS_MAX];
        size_t keys = fold_table_key(samples[i / 2], modes[i % 2], key);
        size_t count = fold_table_spellings(key, keys, modes[i % 2], found);
        bool present = keys == 1 && key[0] == samples[i / 2];
        size_t n;

        for (n = 0; n < count; n++)
            present = present ||
                      (found[n].character == samples[i / 2] && found[n].keys == keys);
        assert_true(present);
    }
}

static void check_generated(const char *script)
{
    char command[600];
    const char *srcdir = getenv("SHILU_SRCDIR");
    int status;

    if (srcdir == NULL || system("python3 -c '' 2>/dev/null") != 0) {
        print_message("%s: no source tree or no python3: not checked\n", script);
        skip();
    }
    snprintf(command, sizeof command, "python3 -B '%s/src/text/%s' --check 2>/dev/null", srcdir,
             script);
    status = system(command);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 77) {
        print_message("%s: no data of the same version of Unicode here: not checked\n", script);
        skip();
    }
    assert_int_equal(status, 0);
}

static void gen_unihan__makes_the_tables_of_the_tree(void **state)
{
    (void)state;
    check_generated("gen_unihan.py");
}

static void gen_folds__makes_the_table_of_the_tree(void **state)
{
    (void)state;
    check_generated("gen_folds.py");
}

typedef enum name_reading_place reader(const char *, size_t, const char *, size_t);

struct reading_row {
    const char *name;
    const char *query;
    enum name_reading_place place;
};

static void check_readings(reader *read, const struct reading_row *rows, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) {
        if (read(rows[i].name, strlen(rows[i].name), rows[i].query, strlen(rows[i].query)) !=
            rows[i].place)
            fail_msg("'%s' in '%s'", rows[i].query, rows[i].name);
    }
}

#define CHECK(read, rows) check_readings(read, rows, sizeof(rows) / sizeof *(rows))

static void fold_reading_pinyin__takes_initials_and_syllables(void **state)
{
    static const struct reading_row rows[] = {
        {"詹成付", "zcf", NAME_READING_START},
        {"詹成付", "zhan", NAME_READING_START},
        {"詹成付", "zhanchengfu", NAME_READING_START},
        {"詹成付", "zhan cheng-fu", NAME_READING_START},
        {"詹成付", "zhchf", NAME_READING_START},
        {"詹成付", "chengf", NAME_READING_PART},
        {"詹成付", "zf", NAME_READING_NONE},
        {"詹成付", "zcfx", NAME_READING_NONE},
        {"詹成付", "", NAME_READING_NONE},
        {"詹成付", "zcf1", NAME_READING_NONE},
        {"單仲偕", "shan", NAME_READING_START}, /* dan, chan and, as a name, shan */
        {"单仲偕", "dzx", NAME_READING_START},
        {"曾國藩", "zgf", NAME_READING_START},
        {"曾国藩", "ceng", NAME_READING_START},
        {"呂秀蓮", "lvxl", NAME_READING_START},
        {"吕秀莲", "luxiulian", NAME_READING_START},
        {"吕秀莲", "l\u00FC", NAME_READING_START},
        {"仇保兴", "qbx", NAME_READING_START},
        {"西安", "xi'an", NAME_READING_START},
        {"李\u3000明", "lm", NAME_READING_START},
        {"记者 王芳", "wf", NAME_READING_PART},
        {"Jane Doe", "jd", NAME_READING_NONE},
    };
    char many[200];

    (void)state;
    CHECK(name_reading_pinyin, rows);
    memset(many, 'a', sizeof many);
    assert_int_equal(name_reading_pinyin("啊", 3, many, sizeof many), NAME_READING_NONE);
    assert_int_equal(name_reading_pinyin("啊", 3, many, 63), NAME_READING_NONE);
}

static void fold_reading_hangul__takes_initial_consonants(void **state)
{
    static const struct reading_row rows[] = {
        {"김도현", "\u1100\u1103\u1112", NAME_READING_START},
        {"김도현", "도\u1112", NAME_READING_PART},
        {"김도현", "\u1100\u1112", NAME_READING_NONE},
        {"김도현", "기", NAME_READING_START},
        {"김도현", "기도", NAME_READING_NONE},
        {"까치", "\u1101", NAME_READING_START},
        {"까치", "\u1100", NAME_READING_NONE},
        {"김도현", "", NAME_READING_NONE},
        {"abc", "\u1100", NAME_READING_NONE},
    };

    (void)state;
    CHECK(name_reading_hangul, rows);
}

static void fold_reading_kana__is_hepburn(void **state)
{
    static const struct reading_row rows[] = {
        {"たなか", "tanaka", NAME_READING_START},
        {"たなか たろう", "tarou", NAME_READING_PART},
        {"たなか たろう", "taro", NAME_READING_PART},
        {"さとう", "satō", NAME_READING_START},
        {"おおの", "ono", NAME_READING_START},
        {"しょうじ", "shoji", NAME_READING_START},
        {"きょうこ", "kyoko", NAME_READING_START},
        {"ちゃのま", "chanoma", NAME_READING_START},
        {"じゅんこ", "junko", NAME_READING_START},
        {"ひゃっか", "hyakka", NAME_READING_START},
        {"はっとり", "hattori", NAME_READING_START},
        {"まっちゃ", "matcha", NAME_READING_START},
        {"なんば", "namba", NAME_READING_START},
        {"なんば", "nanba", NAME_READING_START},
        {"しんいち", "shin'ichi", NAME_READING_START},
        {"ふぁん", "fan", NAME_READING_START},
        {"うぃりあむ", "wiriamu", NAME_READING_START},
        {"まーく", "maku", NAME_READING_START},
        {"ゃ", "ya", NAME_READING_START},
        {"ーっ", "a", NAME_READING_NONE},
        {"田中", "tanaka", NAME_READING_NONE},
        {"たなか", "", NAME_READING_NONE},
    };

    (void)state;
    CHECK(name_reading_kana, rows);
}

static void fold_reading_initials__are_of_words(void **state)
{
    static const struct reading_row rows[] = {
        {"jane doe", "jd", NAME_READING_START},
        {"mary-ann o’neil", "mao", NAME_READING_START},
        {"владимир путин", "вп", NAME_READING_START},
        {"dr. jane doe", "jd", NAME_READING_PART},
        {"jane", "j", NAME_READING_NONE},
        {"jane doe", "", NAME_READING_NONE},
    };

    (void)state;
    CHECK(name_reading_initials, rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fold_append__gives_one_form),
        cmocka_unit_test(fold_append__survives_what_is_not_utf8),
        cmocka_unit_test(fold_equal__joins_variants_and_nothing_else),
        cmocka_unit_test(fold_table_variants__holds_for_every_pair_both_ways),
        cmocka_unit_test(fold_table_variants__keeps_words_apart_that_share_a_form),
        cmocka_unit_test(fold_table_representative__is_a_fixed_point),
        cmocka_unit_test(fold_table_key__is_what_its_spellings_share),
        cmocka_unit_test(gen_unihan__makes_the_tables_of_the_tree),
        cmocka_unit_test(gen_folds__makes_the_table_of_the_tree),
        cmocka_unit_test(fold_reading_pinyin__takes_initials_and_syllables),
        cmocka_unit_test(fold_reading_hangul__takes_initial_consonants),
        cmocka_unit_test(fold_reading_kana__is_hepburn),
        cmocka_unit_test(fold_reading_initials__are_of_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
