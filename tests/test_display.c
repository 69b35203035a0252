/* Display: what of any text may reach a cell. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shilu/base/file.h"
#include "shilu/base/memory.h"
#include "shilu/text/cluster.h"
#include "shilu/text/utf8.h"
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

/* ------------------------------------------------------------------------- properties */

/* What no glyph may hold: controls, bidirectional controls, anything that is dropped. */
static bool is_printable(uint32_t cp)
{
    switch (char_kind(cp)) {
    case CHAR_TAB:
    case CHAR_BREAK:
    case CHAR_CONTROL:
    case CHAR_BIDI:
    case CHAR_DROPPED:
    case CHAR_JOINER:
    case CHAR_VOICING:
    case CHAR_KEYCAP:
    case CHAR_REGIONAL:
    case CHAR_JAMO:
    case CHAR_DISPUTED:
    case CHAR_UNKNOWN_WIDE:
    case CHAR_UNKNOWN:
        return false;
    default:
        return true;
    }
}

static void check_glyph_text(const struct width *w, const struct glyph *g)
{
    int columns = 0, bases = 0, marks = 0;
    size_t at = 0;

    assert_int_equal(utf8_valid_prefix(g->text, g->bytes), g->bytes);
    while (at < g->bytes) {
        uint32_t cp;

        at += utf8_decode(g->text + at, g->bytes - at, &cp);
        if (!is_printable(cp))
            fail_msg("U+%04X reaches a cell", cp);
        columns += width_of(w, cp);
        bases += width_of(w, cp) > 0;
        marks += width_of(w, cp) == 0;
    }
    assert_int_equal(columns, g->columns);
    assert_in_range(marks, 0, 2);
    if (g->columns == 4)
        assert_true(bases == 4 && (g->flags & GLYPH_SPACE));
    else if (bases == 2)
        assert_true(g->flags & GLYPH_MARK);
    else
        assert_int_equal(bases, 1);
    assert_true(g->columns <= 2 || g->columns == 4);
}

/* The invariants of the header, for the text that `l` holds. */
static void check_display(const struct layout *l)
{
    uint32_t last = 0;
    size_t i;

    assert_true((l->d.count > 0) == (l->bytes > 0));
    for (i = 0; i < l->d.count; i++) {
        const struct glyph *g = &l->d.glyphs[i];

        assert_true(i == 0 ? g->byte == 0 : g->byte >= last);
        assert_true(g->byte < l->bytes);
        assert_int_equal(utf8_floor(l->text, l->bytes, g->byte), g->byte);
        last = g->byte;
        if (g->flags & (GLYPH_HIDDEN | GLYPH_BREAK))
            assert_true(g->bytes == 0 && g->columns == 0);
        else
            check_glyph_text(l->w, g);
    }
}

static void display_make__keeps_its_invariants_for_every_code_point(void **state)
{
    static const char *const fronts[] = {"", "a", "漢", "가", "👨\xE2\x80\x8D"};
    struct layout *l = *state;
    uint32_t cp;
    size_t i;

    for (i = 0; i < sizeof fronts / sizeof *fronts; i++) {
        for (cp = 0; cp <= 0x10FFFF; cp += cp < 0x3000 || cp > 0xE0200 ? 1 : 3) {
            char text[24];
            size_t bytes = strlen(fronts[i]);

            memcpy(text, fronts[i], bytes);
            bytes += utf8_encode(cp, text + bytes);
            layout_text(l, text, bytes);
            check_display(l);
            if (cp == 0xE1000)
                cp = 0x10FFF0;
        }
    }
}

static void display_make__keeps_its_invariants_for_random_text(void **state)
{
    uint64_t seed = 20200309;
    struct buffer text = {0};
    int round;

    (void)state;
    for (round = 0; round < 3000; round++) {
        struct layout *l = *state;

        buffer_clear(&text);
        random_text(&text, &seed, round % 60);
        layout_text(l, buffer_string(&text), text.bytes);
        check_display(l);
    }
    buffer_release(&text);
}

static void display_make__keeps_its_invariants_for_nasty_strings(void **state)
{
    struct layout *wide = layout_new(true);
    struct layout *l = *state;
    size_t i;

    assert_true(nasty_count >= 83);
    for (i = 0; i < nasty_count; i++) {
        layout_text(l, nasty_strings[i], strlen(nasty_strings[i]));
        check_display(l);
        layout_text(wide, nasty_strings[i], strlen(nasty_strings[i]));
        check_display(wide);
    }
    layout_free(wide);
}

/* ---------------------------------------------------------------------------- examples */

/* Glyphs are separated by '|'; hidden ones and breaks leave nothing between two of them. */
static const struct {
    const char *text;
    const char *drawn;
} examples[] = {
    {"abc", "a|b|c"},
    {"a\tb", "a|    |b"},
    {"a\nb\r\nc", "a||b||c"},
    {"a\x0B\x0C\xC2\x85\xE2\x80\xA8\xE2\x80\xA9z", "a||||||z"},
    {"\x1b[31m", "^[|[|3|1|m"},
    {"\x7F", "^?"},
    {"a\rb", "a|^M|b"},
    {"\xC2\x9B", "<9|B>"},
    {"x\xE2\x80\xAEy", "x|<2|02|E>|y"},
    {"\xD8\x9C", "<0|61|C>"},
    {"\xE2\x81\xA9", "<2|06|9>"},
    {"a\xE2\x80\x8B"
     "b",
     "a||b"},
    {"a\xC2\xAD"
     "b",
     "a||b"},
    {"e\xCC\x81", "é"},
    {"\xE2\x84\xAB", "Å"},
    {"\xEF\xA4\x80", "豈"},
    {"a\xCC\x84\xCC\x85\xCC\x86\xCC\x87", "ā\xCC\x85\xCC\x86"},
    {"\xCC\x81x", "◌\xCC\x81|x"},
    {"漢\xCC\x81", "漢\xCC\x81"},
    {"か\xE3\x82\x99", "が"},
    {"は\xE3\x82\x9A", "ぱ"},
    {"ん\xE3\x82\x99", "ん|ﾞ"},
    {"\xE3\x82\x9A", "ﾟ"},
    {"ｶﾞ", "ｶ|ﾞ"},
    {"\xE1\x84\x80\xE1\x85\xA1\xE1\x86\xA8", "각"},
    {"가\xE1\x86\xA8", "각"},
    {"\xE1\x84\x80", "〓"},
    {"\xE1\x84\x80\xE1\x84\x80\xE1\x85\xA1", "〓"},
    {"\xE1\x85\xA1\xE1\x86\xA8", "〓"},
    {"\xE3\x85\xA4", ""},
    {"🇨🇳", "C|N"},
    {"🇨🇳🇯", "C|N|J"},
    {"👨‍👩‍👧", "👨"},
    {"👩🏽‍🚀x", "👩|x"},
    {"👍🏿", "👍"},
    {"\xF0\x9F\x8F\xBD", "〓"},
    {"❤️", "❤"},
    {"1️⃣", "1"},
    {"\xE2\x83\xA3", "◌"},
    {"🏴\xF3\xA0\x81\xA7\xF3\xA0\x81\xBF", "🏴"},
    {"葛\xF3\xA0\x84\x80", "葛"},
    {"𠮷", "𠮷"},
    {"䷀", "〓"},
    {"㉈", "〓"},
    {"☰⚊𝌀", "〓|〓|〓"},
    {"\xEE\x80\x80", "▯"},
    {"\xF4\x8F\xBF\xBF", "▯"},
    {"\xF0\xAF\xBF\xBD", "〓"},
    {"\xEF\xBF\xBD", "\xEF\xBF\xBD"},
    {"กำ", "ก|ำ"},
    {"का", "क|ा"},
    {"\xE0\xA4\xBE", "◌|ा"},
    {"नि", "न|ि"},
    {"ကး း", "က|း| |◌|း"},
    {"\xD8\x80", ""},
    {"שָׁ", "שָׁ"},
};

static void display_make__draws_as_the_policy_says(void **state)
{
    struct layout *l = *state;
    struct buffer out = {0};
    size_t i;

    for (i = 0; i < sizeof examples / sizeof *examples; i++) {
        const char *text = examples[i].text;

        layout_drawn(l, &out, text, strlen(text), "|");
        if (strcmp(buffer_string(&out), examples[i].drawn) != 0)
            fail_msg("%zu: '%s', not '%s'", i, buffer_string(&out), examples[i].drawn);
    }
    buffer_release(&out);
}

static void display_make__flags_what_is_special(void **state)
{
    static const struct {
        const char *text;
        unsigned flags;
        int columns;
    } rows[] = {
        {"a", 0, 1},
        {" ", GLYPH_SPACE, 1},
        {"　", GLYPH_SPACE, 2},
        {"\t", GLYPH_SPACE, 4},
        {"\xC2\xA0", 0, 1},
        {"\n", GLYPH_BREAK, 0},
        {"\xE2\x80\x8B", GLYPH_HIDDEN, 0},
        {"\x1b", GLYPH_MARK, 2},
        {"\xEE\x80\x80", GLYPH_MARK, 1},
        {"䷀", GLYPH_MARK, 2},
        {" \xCC\x81", 0, 1},
        {"🇨", 0, 1},
    };
    struct layout *l = *state;
    size_t i;

    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        layout_text(l, rows[i].text, strlen(rows[i].text));
        assert_int_equal(l->d.count, 1);
        assert_int_equal(l->d.glyphs[0].flags, rows[i].flags);
        assert_int_equal(l->d.glyphs[0].columns, rows[i].columns);
    }
}

static void display_make__maps_glyphs_to_the_original_bytes(void **state)
{
    static const char text[] = "e\xCC\x81🇨🇳\xE2\x80\xAEz";
    static const uint32_t expected[] = {0, 3, 3, 11, 11, 11, 14};
    struct layout *l = *state;
    size_t i;

    layout_text(l, text, sizeof text - 1);
    assert_int_equal(l->d.count, sizeof expected / sizeof *expected);
    for (i = 0; i < l->d.count; i++)
        assert_int_equal(l->d.glyphs[i].byte, expected[i]);
}

/* -------------------------------------------------------------------------------- sizes */

static char *repeated(const char *piece, size_t count)
{
    size_t bytes = strlen(piece), i;
    char *text = memory_alloc(bytes * count + 1);

    for (i = 0; i < count; i++)
        memcpy(text + i * bytes, piece, bytes);
    text[bytes * count] = '\0';
    return text;
}

static void display_make__takes_a_cluster_of_any_size(void **state)
{
    struct layout *l = *state;
    char *marks = repeated("\xCC\x81", 10000);
    struct buffer text = {0};

    buffer_append_format(&text, "x%sa%sb", "漢", marks);
    layout_text(l, buffer_string(&text), text.bytes);
    assert_int_equal(l->d.count, 4);
    assert_int_equal(l->d.glyphs[2].byte, 4);
    assert_int_equal(l->d.glyphs[2].bytes, 6); /* á and two more */
    assert_int_equal(l->d.glyphs[3].byte, 5 + 20000);
    check_display(l);
    buffer_release(&text);
    free(marks);
}

static void clusters_next__does_not_depend_on_the_window(void **state)
{
    static const char *const pieces[] = {"👨‍👩‍👧", "🇨🇳", "é漢\xCC\x81",
                                         "각\xE1\x86\xA8"};
    struct layout *l = *state;
    size_t i, k;

    for (i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        char *text = repeated(pieces[i], 2000);
        size_t bytes = strlen(pieces[i]);

        layout_text(l, pieces[i], bytes);
        k = l->d.count;
        layout_text(l, text, bytes * 2000);
        assert_int_equal(l->d.count, k * 2000);
        for (k = 0; k < l->d.count; k++)
            assert_int_equal(l->d.glyphs[k].byte % bytes,
                             l->d.glyphs[k % (l->d.count / 2000)].byte);
        free(text);
    }
}

/* ----------------------------------------------------------------------------- one line */

static void display_fit__cuts_with_an_ellipsis(void **state)
{
    static const struct {
        const char *text;
        int columns;
        const char *fitted;
        int used;
    } rows[] = {
        {"abc", 3, "abc", 3},
        {"abcd", 3, "ab…", 3},
        {"民政部副部長", 12, "民政部副部長", 12},
        {"民政部副部長", 11, "民政部副部…", 11},
        {"民政部副部長", 10, "民政部副…", 9},
        {"民政部", 1, "…", 1},
        {"民", 2, "民", 2},
        {"民", 1, "…", 1},
        {"a", 0, "", 0},
        {"", 5, "", 0},
        {"a", -3, "", 0},
        {"a\nb", 3, "a b", 3},
        {"a\r\nb", 9, "a b", 3},
        {"ab\x1b", 3, "ab…", 3},
        {"🇨🇳x", 2, "…", 1},
        {"x\xE2\x80\xAEy", 4, "x…", 2},
    };
    struct layout *l = *state;
    struct buffer out = {0};
    size_t i;

    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *text = rows[i].text;
        int used;

        buffer_clear(&out);
        buffer_append_string(&out, "<");
        used = display_fit(&out, l->w, text, strlen(text), rows[i].columns);
        assert_string_equal(buffer_string(&out) + 1, rows[i].fitted);
        assert_int_equal(used, rows[i].used);
    }
    buffer_release(&out);
}

static void display_fit__counts_as_display_columns_does(void **state)
{
    struct layout *wide = layout_new(true);
    uint64_t seed = 7;
    struct buffer text = {0}, out = {0};
    int round, limit;

    (void)state;
    for (round = 0; round < 300; round++) {
        int all;

        buffer_clear(&text);
        random_text(&text, &seed, round % 9);
        all = display_columns(wide->w, buffer_string(&text), text.bytes);
        for (limit = 0; limit < 40; limit++) {
            int used, again;

            buffer_clear(&out);
            used = display_fit(&out, wide->w, buffer_string(&text), text.bytes, limit);
            again = display_columns(wide->w, buffer_string(&out), out.bytes);
            assert_true(used <= limit);
            assert_int_equal(used, again);
            if (all <= limit)
                assert_int_equal(used, all);
        }
    }
    buffer_release(&text);
    buffer_release(&out);
    layout_free(wide);
}

static void display_fit__stops_early_in_a_huge_text(void **state)
{
    struct layout *l = *state;
    char *text = repeated("漢字", 5000000);
    struct buffer out = {0};
    int i;

    for (i = 0; i < 1000; i++) {
        buffer_clear(&out);
        assert_int_equal(display_fit(&out, l->w, text, 30000000, 10), 9);
    }
    free(text);
    text = repeated("\xCC\x81", 10000000);
    for (i = 0; i < 1000; i++) {
        buffer_clear(&out);
        assert_int_equal(display_fit(&out, l->w, text, 20000000, 10), 2);
    }
    assert_string_equal(buffer_string(&out), "◌\xCC\x81\xCC\x81…");
    buffer_release(&out);
    free(text);
}

static void display_sanitize__changes_controls_alone(void **state)
{
    static const struct {
        const char *text;
        const char *safe;
    } rows[] = {
        {"", ""},
        {"a\tb\nc", "a\tb\nc"},
        {"\x1b[31mx\x07", "^[[31mx^G"},
        {"a\r\n", "a^M\n"},
        {"\x7F\x0B", "^?^K"},
        {"é\xC2\x9B\xC2\x85Â", "é<9B><85>Â"},
        {"م\xD8\x9Cم", "م<061C>م"},
        {"x\xE2\x80\xAEy\xE2\x80\x8F\xE2\x81\xA6", "x<202E>y<200F><2066>"},
        {"—\xE2\x80\x8D👨‍👩‍👧🇨🇳",
         "—\xE2\x80\x8D👨‍👩‍👧🇨🇳"},
        {"a\xE2\x80\xA8"
         "b\xE2\x80\xA9",
         "a<2028>b<2029>"},
        {"a\xF3\xA0\x81\x81", "a<E0041>"},
        {"\xEF\xBF\xB9x\xE2\x81\xAA", "<FFF9>x<206A>"},
        {"name\xFF\xC3(\xED\xA0\x80", "name\uFFFD\uFFFD(\uFFFD\uFFFD\uFFFD"},
        {"漢字かな交じり文", "漢字かな交じり文"},
    };
    struct buffer out = {0};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        buffer_clear(&out);
        display_sanitize(&out, rows[i].text, strlen(rows[i].text));
        assert_string_equal(buffer_string(&out), rows[i].safe);
    }
    buffer_clear(&out);
    display_sanitize(&out, "a\0b", 3);
    assert_string_equal(buffer_string(&out), "a^@b");
    buffer_release(&out);
}

static void display_sanitize__lets_no_control_pass(void **state)
{
    struct buffer text = {0}, out = {0};
    uint64_t seed = 99;
    int round;

    (void)state;
    for (round = 0; round < 1000; round++) {
        size_t at = 0;

        buffer_clear(&text);
        buffer_clear(&out);
        random_text(&text, &seed, 40);
        display_sanitize(&out, buffer_string(&text), text.bytes);
        assert_int_equal(utf8_valid_prefix(out.data, out.bytes), out.bytes);
        while (at < out.bytes) {
            uint32_t cp;

            at += utf8_decode(out.data + at, out.bytes - at, &cp);
            assert_true(char_kind(cp) != CHAR_CONTROL && char_kind(cp) != CHAR_BIDI);
            assert_true(char_kind(cp) != CHAR_BREAK || cp == '\n' || cp > 0xFF);
        }
    }
    buffer_release(&text);
    buffer_release(&out);
}

/* The sample that people look at says its tricks in escapes: the file itself is harmless. */
static void torture_sample__holds_no_control_itself(void **state)
{
    const char *root = getenv("SHILU_SRCDIR");
    char path[1024];
    struct error err;
    size_t bytes, at = 0;
    char *text;

    (void)state;
    snprintf(path, sizeof path, "%s/sample-data/torture.json", root != NULL ? root : ".");
    text = file_read(path, 1 << 20, &bytes, &err);
    assert_non_null(text);
    assert_int_equal(utf8_valid_prefix(text, bytes), bytes);
    while (at < bytes) {
        uint32_t cp;
        enum char_kind kind;

        at += utf8_decode(text + at, bytes - at, &cp);
        kind = char_kind(cp);
        assert_true(kind != CHAR_CONTROL && kind != CHAR_BIDI);
        assert_true(cp == '\n' || (kind != CHAR_TAB && kind != CHAR_BREAK));
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(display_make__keeps_its_invariants_for_every_code_point),
        cmocka_unit_test(display_make__keeps_its_invariants_for_random_text),
        cmocka_unit_test(display_make__keeps_its_invariants_for_nasty_strings),
        cmocka_unit_test(display_make__draws_as_the_policy_says),
        cmocka_unit_test(display_make__flags_what_is_special),
        cmocka_unit_test(display_make__maps_glyphs_to_the_original_bytes),
        cmocka_unit_test(display_make__takes_a_cluster_of_any_size),
        cmocka_unit_test(clusters_next__does_not_depend_on_the_window),
        cmocka_unit_test(display_fit__cuts_with_an_ellipsis),
        cmocka_unit_test(display_fit__counts_as_display_columns_does),
        cmocka_unit_test(display_fit__stops_early_in_a_huge_text),
        cmocka_unit_test(display_sanitize__changes_controls_alone),
        cmocka_unit_test(display_sanitize__lets_no_control_pass),
        cmocka_unit_test(torture_sample__holds_no_control_itself),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
