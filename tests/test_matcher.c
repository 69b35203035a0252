/* Matcher: what a query finds, and where; errors; hostile queries. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shilu/base/buffer.h"
#include "shilu/text/matcher.h"
#include "shilu/text/utf8.h"
#include "text/fold_table.h"
#include "text_support.h"

/* All matches, each in brackets: what a table below states as `found`. */
static char *matches(struct matcher *m, const char *text)
{
    struct buffer out = {0};
    struct match match;
    size_t at = 0;

    while (matcher_find(m, text, strlen(text), at, &match)) {
        assert_true(match.start >= at && match.end > match.start);
        buffer_append_char(&out, '[');
        buffer_append(&out, text + match.start, match.end - match.start);
        buffer_append_char(&out, ']');
        at = match.end;
    }
    return buffer_take(&out);
}

struct row {
    const char *query;
    const char *text;
    const char *found;
    unsigned flags;
};

static void check(const struct row *rows, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) {
        struct matcher *m = matcher_made(rows[i].query, rows[i].flags);
        char *found = matches(m, rows[i].text);

        if (strcmp(found, rows[i].found) != 0)
            fail_msg("'%s' in '%s': found %s, not %s", rows[i].query, rows[i].text, found,
                     rows[i].found);
        free(found);
        matcher_free(m);
    }
}

#define CHECK(rows) check(rows, sizeof(rows) / sizeof *(rows))

/* Longer than what is expanded in full. */
#define LONG "one two three four five six seven eight nine ten eleven twelve thirteen "

static void matcher_find__finds_what_a_reader_means(void **state)
{
    static const struct row rows[] = {
        /* case: smart */
        {"hello", "Hello HELLO hello", "[Hello][HELLO][hello]", 0},
        {"Hello", "Hello HELLO hello", "[Hello]", 0},
        {"straße", "STRASSE Straße strase", "[STRASSE][Straße]", 0},
        {"strasse", "Straße STRAẞE", "[Straße][STRAẞE]", 0},
        {"σ", "ΣΑΣ ας", "[Σ][Σ][ς]", 0},
        {"office", "oﬃce ofﬁce", "[oﬃce][ofﬁce]", 0},
        {"kelvin", "\u212Aelvin", "[\u212Aelvin]", 0},
        /* width */
        {"abc", "ＡＢＣ ａBc", "[ＡＢＣ][ａBc]", 0},
        {"ＡＢＣ", "ABC abc", "[ABC]", 0},
        {"2020", "２０２０年 2020", "[２０２０][2020]", 0},
        {"!", "好！", "[！]", 0},
        {"。", "｡", "[｡]", 0},
        /* kana */
        {"ガ", "が ガ ｶﾞ か\u3099 カ\u3099 か゛ ｶ\u3099",
         "[が][ガ][ｶﾞ][か\u3099][カ\u3099][か゛][ｶ\u3099]", 0},
        {"ｶﾞ", "ガ", "[ガ]", 0},
        {"か゛", "ガ", "[ガ]", 0},
        {"か", "が か\u3099 ガ ｶﾞ か", "[か]", 0},
        {"ぱ", "パ ﾊﾟ は\u309A ば", "[パ][ﾊﾟ][は\u309A]", 0},
        {"とうきょう", "トウキョウ ﾄｳｷｮｳ", "[トウキョウ][ﾄｳｷｮｳ]", 0},
        {"ラーメン", "らーめん ﾗｰﾒﾝ", "[らーめん][ﾗｰﾒﾝ]", 0},
        {"ヴ", "ゔ う\u3099 ｳﾞ", "[ゔ][う\u3099][ｳﾞ]", 0},
        /* composition */
        {"é", "é e\u0301 É E\u0301 e", "[é][e\u0301][É][E\u0301]", 0},
        {"e\u0301", "é", "[é]", 0},
        {"e", "é e\u0301 e", "[e]", 0},
        {"ế", "e\u0302\u0301 \u00EA\u0301 ế", "[e\u0302\u0301][\u00EA\u0301][ế]", 0},
        {"ê", "ế ê e\u0302", "[ê][e\u0302]", 0},
        {"Å", "\u212B A\u030A", "[\u212B][A\u030A]", 0},
        {"\u00DD\u05BF", "\u00DD\u05BF Y\u05BF\u0301 Y\u0301\u05BF",
         "[\u00DD\u05BF][Y\u05BF\u0301][Y\u0301\u05BF]", 0},
        {"Y\u05BF\u0301", "\u00DD\u05BF Y\u05BF\u0301", "[\u00DD\u05BF][Y\u05BF\u0301]", 0},
        {"김도현", "김도현 \u1100\u1175\u11B7도현 기\u11B7도현",
         "[김도현][\u1100\u1175\u11B7도현][기\u11B7도현]", 0},
        {"\u1100\u1175\u11B7", "김", "[김]", 0},
        {"기", "김 기 \u1100\u1175 \u1100\u1175\u11B7 기\u11B7", "[기][\u1100\u1175]", 0},
        {LONG "\uFB2C", LONG "\uFB2C " LONG "\u05E9\u05BC\u05C1",
         "[" LONG "\uFB2C][" LONG "\u05E9\u05BC\u05C1]", 0},
        /* Han variants, both ways */
        {"国务院", "國務院 国务院 國务院", "[國務院][国务院][國务院]", 0},
        {"國務院", "国务院", "[国务院]", 0},
        {"说", "説 說 说", "[説][說][说]", 0},
        {"説", "说 說", "[说][說]", 0},
        {"說", "说 説", "[说][説]", 0},
        {"台", "臺 颱 檯 台", "[臺][颱][檯][台]", 0},
        {"臺", "台 颱", "[台]", 0},
        {"产", "産 產", "[産][產]", 0},
        {"産", "产 產", "[产][產]", 0},
        {"产品", "産品 產品", "[産品][產品]", 0},
        {"里", "裏 裡 里", "[裏][裡][里]", 0},
        {"裏", "里 裡", "[里][裡]", 0},
        {"群众", "群眾 羣衆 羣眾", "[群眾][羣衆][羣眾]", 0},
        {"羣衆", "群众 群眾", "[群众][群眾]", 0},
        {"后", "後 后", "[後][后]", 0},
        {"後", "后", "[后]", 0},
        {"发", "發 髮 発 髪", "[發][髮][発][髪]", 0},
        {"發", "发 発 髮", "[发][発]", 0},
        {"干", "乾 幹 榦", "[乾][幹][榦]", 0},
        {"榦", "干 幹", "[干][幹]", 0},
        {"斗", "鬥 鬪 斗", "[鬥][鬪][斗]", 0},
        {"面", "麵 面", "[麵][面]", 0},
        {"用", "⽤", "[⽤]", 0},
        {"豈", "\uF900", "[\uF900]", 0},
        {"沈", "沉", "", 0},
        {"院", "院 医院", "[院][院]", 0},
        /* white space */
        {"a b", "a  b a\nb a\u3000b ab a \t\r\n b", "[a  b][a\nb][a\u3000b][a \t\r\n b]", 0},
        {"民政部 詹成付", "民政部\u3000詹成付", "[民政部\u3000詹成付]", 0},
        {" ", "a \u3000 b", "[ \u3000 ]", 0},
        {" 国", "x 國", "[ 國]", 0},
        /* marks alone */
        {"\u0301", "e\u0301", "[\u0301]", 0},
        {"\u3099", "か\u3099 ｶﾞ", "[\u3099][ﾞ]", 0},
    };

    (void)state;
    CHECK(rows);
}

static void matcher_find__takes_exact_queries_as_they_are(void **state)
{
    static const struct row rows[] = {
        {"=Abc", "abc Abc ＡBC", "[Abc]", 0},
        {"=国务院", "國務院 国务院", "[国务院]", 0},
        {"=a b", "a  b a b", "[a b]", 0},
        {"==", "a = b", "[=]", 0},
        {"=\\v", "a\\vb", "[\\v]", 0},
        {"国", "國 国", "[国]", MATCHER_EXACT},
        {"=a", "a =a", "[=a]", MATCHER_EXACT},
        {"=a", "A =A", "[=A]", MATCHER_LITERAL},
        {"\\vA", "a \\vA", "[\\vA]", MATCHER_LITERAL},
    };

    (void)state;
    CHECK(rows);
}

static void matcher_find__runs_patterns(void **state)
{
    static const struct row rows[] = {
        {"\\v[国國]务院", "國务院 國務院", "[國务院]", 0},
        {"\\vA.", "Ab ab", "[Ab]", 0},
        {"(?i)a.", "Ab ab", "[Ab][ab]", MATCHER_PATTERN},
        {"=a", "a =a", "[=a]", MATCHER_PATTERN},
        {"\\v\\w+", "国务院 abc", "[国务院][abc]", 0},
        {"\\v^a", "a\na ba", "[a][a]", 0},
        {"\\va*", "bab", "[a]", 0},
        {"\\va*", "bbb", "", 0},
        {"\\v^", "abc", "", 0},
        {"\\v(?=a)", "aaa", "", 0},
        {"\\v\\b", "a b", "", 0},
        {"\\va\\Kb", "ab", "[b]", 0},
        {"\\vab\\K", "abab", "", 0},
        {"\\v(?<=国)务", "国务 务", "[务]", 0},
        {"\\v.", "国a", "[国][a]", 0},
    };

    (void)state;
    CHECK(rows);
}

static void matcher_find__takes_special_characters_literally(void **state)
{
    char c;

    (void)state;
    for (c = '!'; c <= '~'; c++) {
        char query[3] = {c, c, '\0'};
        struct matcher *m = matcher_made(query, MATCHER_LITERAL);
        struct match match;

        assert_true(matcher_find(m, query, 2, 0, &match));
        assert_int_equal(match.end - match.start, 2);
        assert_false(matcher_find(m, "\x01\x02", 2, 0, &match));
        matcher_free(m);
    }
    for (c = 1; c < ' '; c++) {
        struct matcher *m = matcher_new(&c, 1, 0, NULL);
        struct match match;

        assert_true(matcher_find(m, &c, 1, 0, &match));
        matcher_free(m);
    }
}

static void matcher_find__takes_pattern_syntax_literally(void **state)
{
    static const struct row rows[] = {
        {"\\E.*\\Q", "a\\E.*\\Qb", "[\\E.*\\Q]", 0}, {"(?i)x", "(?I)X", "[(?I)X]", 0},
        {"\\x41", "A \\x41", "[\\x41]", 0},          {"a|b", "a b A|B", "[A|B]", 0},
        {"国|院", "國|院 国", "[國|院]", 0},         {"[国]", "國 [國]", "[[國]]", 0},
        {"(*NO_JIT)a", "a (*no_jit)a", "", 0},       {"#x", "#X", "[#X]", 0},
        {"国{2}", "国国 國{2}", "[國{2}]", 0},       {"$^", "$^", "[$^]", 0},
    };

    (void)state;
    CHECK(rows);
}

static void matcher_new__says_what_is_wrong_and_where(void **state)
{
    static const struct {
        const char *query;
        size_t bytes;
        unsigned flags;
        enum error_code code;
        uint64_t column;
        const char *message;
    } rows[] = {
        {"", 0, 0, ERROR_USAGE, 0, "nothing to search for"},
        {"=", 1, 0, ERROR_USAGE, 0, "nothing to search for"},
        {"\\v", 2, 0, ERROR_USAGE, 0, "nothing to search for"},
        {"a\0b", 3, 0, ERROR_USAGE, 2, "NUL"},
        {"=a\0b", 4, 0, ERROR_USAGE, 3, "NUL"},
        {"国\xFF", 4, 0, ERROR_USAGE, 2, "UTF-8"},
        {"=\xE5\x9B", 3, 0, ERROR_USAGE, 2, "UTF-8"},
        {"\\v(a", 4, 0, ERROR_SYNTAX, 5, "missing closing parenthesis"},
        {"(国", 4, MATCHER_PATTERN, ERROR_SYNTAX, 3, "missing closing parenthesis"},
        /* PCRE2 10.49 points after the quantifier, older versions at it. */
        {"国*+**", 7, MATCHER_PATTERN, ERROR_SYNTAX, 0, "quantifier"},
        {"\\v[z-a]", 7, 0, ERROR_SYNTAX, 0, "range out of order"},
        {"\\v\\C", 4, 0, ERROR_SYNTAX, 0, "\\C"},
        {"\\v\\", 3, 0, ERROR_SYNTAX, 4, "\\ at end of pattern"},
        {"\\v(?<n>a)(?<n>b)", 16, 0, ERROR_SYNTAX, 0, "same name"},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct error err = {0};

        assert_null(matcher_new(rows[i].query, rows[i].bytes, rows[i].flags, &err));
        assert_int_equal(err.code, rows[i].code);
        if (strstr(err.message, rows[i].message) == NULL)
            fail_msg("'%s': %s", rows[i].query, err.message);
        if (rows[i].column != 0 && err.column != rows[i].column)
            fail_msg("'%s': column %d", rows[i].query, (int)err.column);
    }
}

static void matcher_new__takes_a_thousand_characters_and_no_more(void **state)
{
    static const char *const units[] = {"a", "国", "s", "か", "김", "e\u0301", " ", "["};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof units / sizeof *units; i++) {
        struct buffer query = {0};
        struct error err = {0};
        struct match match;
        struct matcher *m;

        while (utf8_count(buffer_string(&query), query.bytes) < MATCHER_QUERY_MAX)
            buffer_append_string(&query, units[i]);
        m = matcher_new(query.data, query.bytes, 0, &err);
        if (m == NULL)
            fail_msg("'%s': %s", units[i], err.message);
        assert_true(matcher_find(m, query.data, query.bytes, 0, &match));
        assert_int_equal(match.end, query.bytes);
        matcher_free(m);
        buffer_append_string(&query, units[i]);
        assert_null(matcher_new(query.data, query.bytes, 0, &err));
        assert_int_equal(err.code, ERROR_LIMIT);
        buffer_release(&query);
    }
}

/* Characters that spell several letters, where the query is long or consists of such letters
 * only. */
static void matcher_find__finds_itself_however_long(void **state)
{
    static const struct {
        const char *query;
        const char *text;
    } rows[] = {
        {"sssssssß", "sssssssß"},
        {"sssssssß", "SSSSSSSSS"},
        {"ﬃﬃﬃﬃﬃ", "ffiffiffiffiffi"},
        {"the words of the query are more than sixty-four characters, and oﬃcial",
         "the words of the query are more than sixty-four characters, and oﬃcial"},
        {"the words of the query are more than sixty-four characters, and official",
         "the words of the query are more than sixty-four characters, and oﬃcial"},
        {"the words of the query are more than sixty-four characters, and oﬃcial",
         "THE WORDS OF THE QUERY ARE MORE THAN SIXTY-FOUR CHARACTERS, AND OFFICIAL"},
        {"ststﬆﬅﬁﬂﬄssß", "ststststfiflfflssss"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct error err;
        struct match match;
        char *query = strdup(rows[i].query);
        struct matcher *m = matcher_new(query, strlen(query), MATCHER_LITERAL, &err);

        assert_non_null(m);
        if (!matcher_find(m, rows[i].text, strlen(rows[i].text), 0, &match))
            fail_msg("'%s' is not found in '%s'", rows[i].query, rows[i].text);
        assert_int_equal(match.start, 0);
        assert_int_equal(match.end, strlen(rows[i].text));
        matcher_free(m);
        free(query);
    }
}

/* Where a pattern costs too much at some places, the rest of the text is still searched. */
static void matcher_find__goes_on_behind_costly_places(void **state)
{
    struct matcher *m = matcher_made("\\v(a+)+c|needle", 0);
    struct buffer text = {0};
    struct match match;
    size_t i;

    (void)state;
    for (i = 0; i < 2000; i++)
        buffer_append_char(&text, 'a');
    buffer_append_string(&text, " needle");
    assert_true(matcher_find(m, text.data, text.bytes, 0, &match));
    assert_int_equal(match.start, 2001);
    assert_true(matcher_give_ups(m) > 0);
    matcher_free(m);

    /* Much work, but never too much at one place. */
    m = matcher_made("\\v(.+)\\1x", 0);
    buffer_clear(&text);
    for (i = 0; i < 3000; i++)
        buffer_append_format(&text, "%zu,", i * i);
    buffer_append_string(&text, "abcabcx");
    assert_true(matcher_find(m, text.data, text.bytes, 0, &match));
    assert_int_equal(match.end, text.bytes);
    assert_int_equal(match.start, text.bytes - 7);
    assert_int_equal(matcher_give_ups(m), 0);
    matcher_free(m);
    buffer_release(&text);
}

/* If every place of a long text costs much, though none too much, the rest of the text is given
 * up and reported: examining each place in full would take minutes. The next text is searched
 * again. */
static void matcher_find__ends_where_all_places_are_heavy(void **state)
{
    struct matcher *m = matcher_made("\\v(.+)\\1", 0);
    struct buffer text = {0};
    struct match match;
    size_t from = 0;
    size_t found = 0;

    (void)state;
    for (size_t i = 0; text.bytes < 150000; i++)
        buffer_append_format(&text, "%zu,", i * 7919);
    while (matcher_find(m, text.data, text.bytes, from, &match)) {
        from = match.end;
        found++;
    }
    assert_true(found > 0);
    assert_true(matcher_give_ups(m) > text.bytes / 2);
    assert_true(matcher_find(m, "abcabc", 6, 0, &match));
    matcher_free(m);
    buffer_release(&text);
}

/* In pieces of a millisecond the same is found as at once. */
static void matcher_set_budget__stops_and_goes_on(void **state)
{
    struct matcher *m = matcher_made("\\v(\\d+,)+x", 0);
    struct buffer text = {0};
    struct match match;
    size_t from = 0;
    size_t stops = 0;
    bool found;

    (void)state;
    for (size_t i = 0; i < 3000; i++)
        buffer_append_format(&text, "%zu,", i);
    buffer_append_string(&text, ";1,2,x");
    do {
        matcher_set_budget(m, 1);
        found = matcher_find(m, text.data, text.bytes, from, &match);
        stops += !found;
    } while (!found && matcher_stopped(m, &from) && from < text.bytes);
    assert_true(found);
    assert_int_equal(match.start, text.bytes - 5);
    assert_true(stops > 0);
    matcher_free(m);
    buffer_release(&text);
}

static void matcher_find__gives_up_on_catastrophic_patterns(void **state)
{
    static const char *const patterns[] = {"\\v(a+)+$", "\\v(a|aa)+$", "\\v(?:a?){40}a{40}$",
                                           "\\v((a*)*)*b", "\\v(a(?1)?)+$"};
    char text[64];
    size_t i;

    (void)state;
    memset(text, 'a', sizeof text);
    text[sizeof text - 1] = '!';
    for (i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        struct matcher *m = matcher_made(patterns[i], 0);
        struct match match;
        int n;

        for (n = 0; n < 100; n++)
            assert_false(matcher_find(m, text, sizeof text, 0, &match));
        matcher_free(m);
    }
    {
        struct matcher *m = matcher_made("\\v(a+)+$", 0);
        struct match match;

        assert_int_equal(matcher_give_ups(m), 0);
        assert_false(matcher_find(m, text, sizeof text, 0, &match));
        assert_true(matcher_give_ups(m) > 0);
        assert_true(matcher_find(m, "aa", 2, 0, &match));
        matcher_free(m);
    }
}

static void matcher_find__stands_in_no_character(void **state)
{
    struct matcher *m = matcher_made("é", 0);
    struct match match;
    size_t from;

    (void)state;
    for (from = 0; from < 10; from++) {
        bool found = matcher_find(m, "国éé", 7, from, &match);

        assert_int_equal(found, from <= 5);
        if (found)
            assert_int_equal(match.start, from <= 3 ? 3 : 5);
    }
    matcher_free(m);
}

static void matcher_find_before__cuts_the_starts_only(void **state)
{
    static const char *const queries[] = {"=国务",           "国务", "国務", "abc",
                                          "\\v[国國]务|abc", "务",   "c国",  "国"};
    static const char text[] = "xx國务abc国务";
    size_t i;

    (void)state;
    for (i = 0; i < sizeof queries / sizeof *queries; i++) {
        struct matcher *m = matcher_made(queries[i], 0);
        struct match whole;
        struct match part;
        size_t before;

        assert_true(matcher_find(m, text, strlen(text), 0, &whole));
        for (before = 0; before < sizeof text + 5; before++) {
            bool found = matcher_find_before(m, text, strlen(text), 0, before, &part);

            assert_int_equal(found, before > whole.start);
            if (found)
                assert_memory_equal(&part, &whole, sizeof part);
        }
        matcher_free(m);
    }
}

static void matcher_find__does_not_cross_nuls(void **state)
{
    static const char text[] = "a\0b a\nb 国\0务";
    static const char *const none[] = {"a b 国 务", "国务", "国 务"};
    struct match match;
    struct matcher *m = matcher_made("a b", 0);
    size_t i;

    (void)state;
    assert_true(matcher_keeps_segments(m));
    assert_true(matcher_find(m, text, sizeof text - 1, 0, &match));
    assert_int_equal(match.start, 4);
    matcher_free(m);
    for (i = 0; i < sizeof none / sizeof *none; i++) {
        m = matcher_made(none[i], 0);
        assert_false(matcher_find(m, text, sizeof text - 1, 0, &match));
        matcher_free(m);
    }
    m = matcher_made("\\va", 0);
    assert_false(matcher_keeps_segments(m));
    matcher_free(m);
}

static void matcher_required__is_in_every_match(void **state)
{
    static const struct {
        const char *query;
        const char *required;
    } rows[] = {
        {"国务院", "院"}, {"=国务", "国务"}, {"abc", NULL}, {"\\vabc", NULL}, {"群众", NULL}};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct matcher *m = matcher_made(rows[i].query, 0);
        size_t bytes;
        const char *required = matcher_required(m, &bytes);

        assert_int_equal(required != NULL, rows[i].required != NULL);
        if (required != NULL) {
            assert_int_equal(bytes, strlen(rows[i].required));
            assert_memory_equal(required, rows[i].required, bytes);
        }
        matcher_free(m);
    }
}

/* Each member of each group finds all others, in a text of one after another. */
static void matcher_find__finds_every_pair_of_the_table(void **state)
{
    size_t number;
    size_t count;
    const uint32_t *group;

    (void)state;
    for (number = 0; (group = fold_table_group(number, &count)) != NULL; number++) {
        struct buffer text = {0};
        size_t i;

        for (i = 0; i < count; i++) {
            char encoded[UTF8_MAX_BYTES];

            buffer_append(&text, encoded, utf8_encode(group[i], encoded));
        }
        for (i = 0; i < count; i++) {
            char encoded[UTF8_MAX_BYTES];
            size_t bytes = utf8_encode(group[i], encoded);
            struct matcher *m = matcher_new(encoded, bytes, 0, NULL);
            struct match match;
            size_t found = 0;
            size_t at = 0;

            for (; matcher_find(m, text.data, text.bytes, at, &match); at = match.end)
                found++;
            assert_int_equal(found, count);
            matcher_free(m);
        }
        buffer_release(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matcher_find__finds_what_a_reader_means),
        cmocka_unit_test(matcher_find__takes_exact_queries_as_they_are),
        cmocka_unit_test(matcher_find__runs_patterns),
        cmocka_unit_test(matcher_find__takes_special_characters_literally),
        cmocka_unit_test(matcher_find__takes_pattern_syntax_literally),
        cmocka_unit_test(matcher_new__says_what_is_wrong_and_where),
        cmocka_unit_test(matcher_new__takes_a_thousand_characters_and_no_more),
        cmocka_unit_test(matcher_find__finds_itself_however_long),
        cmocka_unit_test(matcher_find__goes_on_behind_costly_places),
        cmocka_unit_test(matcher_find__ends_where_all_places_are_heavy),
        cmocka_unit_test(matcher_set_budget__stops_and_goes_on),
        cmocka_unit_test(matcher_find__gives_up_on_catastrophic_patterns),
        cmocka_unit_test(matcher_find__stands_in_no_character),
        cmocka_unit_test(matcher_find_before__cuts_the_starts_only),
        cmocka_unit_test(matcher_find__does_not_cross_nuls),
        cmocka_unit_test(matcher_required__is_in_every_match),
        cmocka_unit_test(matcher_find__finds_every_pair_of_the_table),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
