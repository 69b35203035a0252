/* Search terms: wherever the matcher finds a query, the terms of the query are among those of
 * the text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shilu/base/memory.h"
#include "shilu/text/matcher.h"
#include "shilu/text/search_terms.h"
#include "shilu/text/utf8.h"
#include "text/fold_table.h"

struct fixture {
    struct search_terms_alphabet *alphabet;
    struct search_terms terms;
};

static int set_up(void **state)
{
    struct fixture *f = memory_alloc(sizeof *f);

    f->alphabet = search_terms_alphabet_new();
    search_terms_init(&f->terms, f->alphabet);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    search_terms_release(&f->terms);
    search_terms_alphabet_free(f->alphabet);
    free(f);
    return 0;
}

static bool has_term(const struct search_terms *t, uint32_t term)
{
    return (t->seen[term / 64] >> term % 64 & 1) != 0;
}

/* A word of the text that has the part where it is wanted. */
static bool has_part(const struct search_terms *t, const struct search_terms_want *want)
{
    const char *at = buffer_string(&t->words);
    size_t bytes = strlen(want->part);

    while (*at != '\0') {
        const char *end = strchr(at, '\n');
        const char *found = memmem(at, (size_t)(end - at), want->part, bytes);

        if (found != NULL && (!want->is_start || memcmp(at, want->part, bytes) == 0) &&
            (!want->is_end ||
             ((size_t)(end - at) >= bytes && memcmp(end - bytes, want->part, bytes) == 0)))
            return true;
        at = end + 1;
    }
    return false;
}

static bool has_all(const struct search_terms *t, const struct search_terms_wants *wants)
{
    size_t i;

    for (i = 0; i < wants->count; i++) {
        const struct search_terms_want *want = &wants->items[i];

        if (!(want->part != NULL ? has_part(t, want) : has_term(t, want->term)))
            return false;
    }
    return true;
}

static bool may_hold(struct fixture *f, const char *text, const char *query, bool pattern)
{
    struct search_terms_wants wants = {0};
    bool may;

    search_terms_clear(&f->terms);
    search_terms_add(&f->terms, text, strlen(text));
    if (pattern)
        search_terms_wants_add_pattern(&wants, query, strlen(query));
    else
        search_terms_wants_add(&wants, query, strlen(query));
    may = has_all(&f->terms, &wants);
    search_terms_wants_release(&wants);
    return may;
}

static void encode(char *out, const char *before, uint32_t c, const char *after)
{
    size_t bytes = strlen(before);

    memcpy(out, before, bytes);
    bytes += utf8_encode(c, out + bytes);
    strcpy(out + bytes, after);
}

static bool matches(const char *text, const char *query)
{
    struct error err;
    struct match match;
    struct matcher *m = matcher_new(query, strlen(query), 0, &err);
    bool found = m != NULL && matcher_find(m, text, strlen(text), 0, &match);

    matcher_free(m);
    return found;
}

/* What the matcher takes for this character, each alone and between others. */
static void check_pair(struct fixture *f, uint32_t c, uint32_t other)
{
    static const char *const around[][2] = {{"", ""}, {"國", "院"}, {"xa", "by"}, {"가", "ㅏ"}};
    char query[64];
    char text[64];
    size_t i;

    for (i = 0; i < sizeof around / sizeof *around; i++) {
        encode(query, around[i][0], c, around[i][1]);
        encode(text, around[i][0], other, around[i][1]);
        if (matches(text, query) && !may_hold(f, text, query, false))
            fail_msg("'%s' matches in '%s' and is not among its terms", query, text);
    }
}

static void search_terms__hold_whatever_spells_a_character(void **state)
{
    uint32_t c;
    size_t pairs = 0;

    for (c = 0x20; c < 0x30000; c++) {
        uint32_t keys[FOLD_KEY_MAX];
        uint32_t variants[FOLD_SPELLINGS_MAX];
        struct fold_spelling spellings[FOLD_SPELLINGS_MAX];
        size_t count = fold_table_key(c, FOLD_CASELESS, keys);
        size_t n = fold_table_spellings(keys, count, FOLD_CASELESS, spellings);

        if ((c >= 0xD800 && c < 0xE000) || (c >= 0xAC00 && c < 0xD7A4 && c % 97 != 0))
            continue;
        for (pairs += n; n-- > 0;)
            check_pair(*state, c, spellings[n].character);
        n = fold_table_variants(c, variants);
        for (pairs += n; n-- > 0;)
            check_pair(*state, c, variants[n]);
        if (count > 1 || keys[0] != c)
            check_pair(*state, c, keys[0]);
    }
    assert_true(pairs > 10000);
}

static void search_terms__hold_what_the_matcher_finds(void **state)
{
    static const struct {
        const char *text;
        const char *query;
    } rows[] = {
        {"臨時救助", "临时救助"},
        {"臨時救助", "時救"},
        {"each Parliament sits", "liam"},
        {"each Parliament sits", "h parliament s"},
        {"each Parliament sits", "=h Parliament s"},
        {"Straße", "strasse"},
        {"STRASSE", "straße"},
        {"ｶﾞﾗｽ", "がらす"},
        {"が", "か\u3099"},
        {"cafe\u0301", "café"},
        {"café", "cafe\u0301"},
        {"A股開盤", "a股"},
        {"2020年3月", "０年３月"},
        {"각국 정부", "각국 정"},
        {"\u1100\u1161\u11a8\u1100\u116e\u11a8", "각국"},
        {"\u1100\u1161\u11a8", "가"},
        {"each  word", "each\u3000word"},
        {"ﬁnance", "finance"},
        {"ﬁnance", "inance"},
        {"don't", "don't"},
        {"ภาษาไทยง่าย", "ไทย"},
        {"it's 10:25 now", ":25 n"},
        {"Ⅷ ①", "①"},
    };
    size_t i;

    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (matches(rows[i].text, rows[i].query) &&
            !may_hold(*state, rows[i].text, rows[i].query + (rows[i].query[0] == '='), false))
            fail_msg("'%s' in '%s'", rows[i].query, rows[i].text);
    }
    assert_true(may_hold(*state, "國務院", "", false));
    assert_true(may_hold(*state, "國務院", "。", false));
}

static void search_terms__rule_out_what_is_not_there(void **state)
{
    assert_false(may_hold(*state, "臨時救助", "救時", false));
    assert_false(may_hold(*state, "臨時。救助", "時救", false));
    assert_false(may_hold(*state, "each Parliament sits", "ments", false));
    assert_false(may_hold(*state, "each Parliament sits", "a parliament s", false));
    assert_false(may_hold(*state, "each Parliament sits", "parliamen s", false));
    assert_false(may_hold(*state, "각국", "곡국", false));
}

static void search_terms__of_a_pattern__are_those_of_every_match(void **state)
{
    static const struct {
        const char *pattern;
        const char *text;
        bool may;
    } rows[] = {
        {"臨時.*救助", "臨時的救助", true},
        {"臨時.*救助", "臨時的救", false},
        {"臨時救?助", "臨時助", true},
        {"臨時救+助", "臨時救救助", true},
        {"臨時救*助", "臨時助", true},
        {"臨時救{0,2}助", "臨時助", true},
        {"a|b", "c", true},
        {"(a|b)臨時", "臨時", true},
        {"(a|b)臨時", "臨", false},
        {"[臨]時救", "時救", true},
        {"[]臨]時救", "時救", true},
        {"[[:alpha:]]時救", "時救", true},
        {"[^x]時救", "時", false},
        {"(?i)ABC", "xyz", true},
        {"\\bfoo\\b", "foo", true},
        {"\\bfoo\\b", "bar", false},
        {"\\x{41}bc", "xyz", true},
        {"\\Qa.b\\E", "xyz", true},
        {"foo\\.bar", "foo.bar", true},
        {"foo\\.bar", "foo.baz", false},
        {"^foo$", "foo", true},
        {"foo(*ACCEPT)bar", "foo", true},
        {"(foo(*ACCEPT))bar", "foo", true},
        {"fo{2}bar", "foobar", true},
        {"foo(bar)?baz", "foobaz", true},
        {"foo(ba[)]r)baz", "fooba)rbaz", true},
        {"(?x) f o o", "foo", true},
        {"foo#bar", "foo#bar", true},
        {"\\p{Han}時", "臨", true},
        {"(.)\\1時", "臨", true},
    };
    size_t i;

    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (may_hold(*state, rows[i].text, rows[i].pattern, true) != rows[i].may)
            fail_msg("%s in %s", rows[i].pattern, rows[i].text);
    }
}

/* A NUL ends a paragraph. */
static void search_terms__do_not_join_paragraphs(void **state)
{
    static const char text[] = "臨時\0救助 one\0two";
    struct fixture *f = *state;
    struct search_terms_wants wants = {0};

    search_terms_clear(&f->terms);
    search_terms_add(&f->terms, text, sizeof text);
    search_terms_wants_add(&wants, "時救", strlen("時救"));
    assert_false(has_all(&f->terms, &wants));
    search_terms_wants_release(&wants);
    search_terms_wants_add(&wants, "onetwo", strlen("onetwo"));
    assert_false(has_all(&f->terms, &wants));
    search_terms_wants_release(&wants);
    search_terms_wants_add(&wants, "救助 one", strlen("救助 one"));
    assert_true(has_all(&f->terms, &wants));
    search_terms_wants_release(&wants);
}

/* A word that is too long to be kept makes the text one that may hold anything. */
static void search_terms__say_where_they_do_not_say_all(void **state)
{
    struct fixture *f = *state;
    char text[TERM_WORD_BYTES_MAX + 2];

    memset(text, 'a', sizeof text);
    search_terms_clear(&f->terms);
    search_terms_add(&f->terms, text, TERM_WORD_BYTES_MAX);
    assert_false(f->terms.is_opaque);
    search_terms_add(&f->terms, text, TERM_WORD_BYTES_MAX + 1);
    assert_true(f->terms.is_opaque);
    search_terms_clear(&f->terms);
    assert_false(f->terms.is_opaque);
    assert_int_equal(f->terms.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(search_terms__hold_whatever_spells_a_character),
        cmocka_unit_test(search_terms__hold_what_the_matcher_finds),
        cmocka_unit_test(search_terms__rule_out_what_is_not_there),
        cmocka_unit_test(search_terms__of_a_pattern__are_those_of_every_match),
        cmocka_unit_test(search_terms__do_not_join_paragraphs),
        cmocka_unit_test(search_terms__say_where_they_do_not_say_all),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
