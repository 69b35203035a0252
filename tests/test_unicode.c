/* Conformance: the test files of the Unicode Character Database, with every deviation that we
 * choose counted by its rule. Skipped, and said so, where unicode-data is not installed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <unictype.h>
#include <unigbrk.h>
#include <unilbrk.h>
#include <unistring/version.h>

#include "shilu/text/char_class.h"
#include "shilu/text/utf8.h"
#include "text/linebreak.h"
#include "text_support.h"

/* One line of a *BreakTest.txt: the text, and where it may break. Since 15.1 some lines are
 * whole paragraphs. */
enum { SAMPLE_CHARACTERS = 1024, SAMPLE_BYTES = 4 * SAMPLE_CHARACTERS };

struct sample {
    char text[SAMPLE_BYTES];
    size_t bytes;
    uint32_t cp[SAMPLE_CHARACTERS];
    size_t byte[SAMPLE_CHARACTERS];        /* of each code point */
    bool may_break[SAMPLE_CHARACTERS + 1]; /* before it, and at the end */
    size_t count;
};

static bool read_sample(FILE *f, struct sample *s)
{
    char line[16 * SAMPLE_CHARACTERS];
    char *word, *rest;

    do {
        if (fgets(line, sizeof line, f) == NULL)
            return false;
        assert_true(strchr(line, '\n') != NULL || feof(f));
        line[strcspn(line, "#\n")] = '\0';
        s->count = s->bytes = 0;
        s->may_break[0] = false;
        for (word = strtok_r(line, " \t", &rest); word != NULL;
             word = strtok_r(NULL, " \t", &rest)) {
            if (strcmp(word, "÷") == 0 || strcmp(word, "×") == 0) {
                s->may_break[s->count] = strcmp(word, "÷") == 0;
                continue;
            }
            assert_true(s->count < SAMPLE_CHARACTERS);
            s->cp[s->count] = (uint32_t)strtoul(word, NULL, 16);
            s->byte[s->count++] = s->bytes;
            s->bytes += utf8_encode(s->cp[s->count - 1], s->text + s->bytes);
        }
    } while (s->count == 0);
    return true;
}

static FILE *open_or_skip(const char *name)
{
    FILE *f = unicode_file(name);

    if (f == NULL) {
        print_message("%s (package unicode-data) is not here\n", name);
        skip();
    }
    return f;
}

/* GraphemeBreakTest has no surrogates, so every line of it can be checked. The file may be of a
 * later Unicode than the library; where they differ, we follow the library. */
static void display_make__has_the_clusters_of_uax29(void **state)
{
    FILE *f = open_or_skip("auxiliary/GraphemeBreakTest.txt");
    struct layout *l = layout_new(false);
    struct sample s;
    char library[SAMPLE_BYTES];
    int samples = 0;
    int later = 0; /* places where the library differs */

    (void)state;
    while (read_sample(f, &s)) {
        size_t i, glyph = 0;

        layout_text(l, s.text, s.bytes);
        u8_grapheme_breaks((const uint8_t *)s.text, s.bytes, library);
        for (i = 0; i < s.count; i++) {
            bool ours;

            while (glyph < l->d.count && l->d.glyphs[glyph].byte < s.byte[i])
                glyph++;
            ours = glyph < l->d.count && l->d.glyphs[glyph].byte == s.byte[i];
            if (ours != s.may_break[i])
                assert_int_equal(ours, library[s.byte[i]]);
            later += ours != s.may_break[i];
        }
        samples++;
    }
    fclose(f);
    layout_free(l);
    print_message("%d samples, %d places as an older Unicode has them\n", samples, later);
    assert_true(later * 50 < samples);
    assert_in_range(samples, 500, 5000);
}

/* Characters of the test files that may not start a line here, not even after a space: dashes
 * in every script, the rest following JIS X 4051 and GB/T 15834. */
static const uint32_t no_start[] = {0x2014, 0x3041, 0x203D, 0x2013,
                                    0x203C, 0x3005, 0xFE56, 0xB7};
enum { NO_START = sizeof no_start / sizeof *no_start };

/* How our break opportunities differ from the file's, by the rule that causes it. */
struct deviations {
    int samples;
    int same;    /* samples without any difference */
    int older;   /* samples in which all differences are the library's */
    int library; /* places where the library differs and we follow it */
    int repairs; /* places where the library differs and we do not */
    int no_start[NO_START];
    int in_word; /* no break inside a word after , . : or ; */
    int quotes;  /* a break before an opening and after a closing mark next to East Asian
                  * text */
    int in_unit; /* none between a number and its unit, or between the parts of a date */
    int unexplained;
};

static int no_start_index(uint32_t cp)
{
    int i;

    for (i = 0; i < NO_START; i++)
        if (no_start[i] == cp)
            return i;
    return -1;
}

/* The library breaks before letters of class AK and AS; ours keeps "U.S.A." whole in all
 * scripts. */
static bool is_in_word(uint32_t left, uint32_t right)
{
    return left < 0x80 && strchr(",.:;", (int)left) != NULL && uc_is_property_alphabetic(right);
}

static bool is_in_unit(uint32_t left, uint32_t right)
{
    return (uc_is_digit(left) && char_is_east_asian(right)) ||
           (char_is_east_asian(left) && uc_is_digit(right)) || (left == ' ' && right == '%');
}

/* LB19a of Unicode 16 asks for East Asian text on both sides of the mark; we ask for one. */
static bool is_beside_quote(uint32_t left, uint32_t right)
{
    return right == 0x2018 || right == 0x201C || left == 0x2019 || left == 0x201D;
}

static bool compare_place(const struct sample *s, size_t i, bool library, bool ours,
                          struct deviations *d)
{
    uint32_t left = s->cp[i - 1], right = s->cp[i];
    bool want = s->may_break[i];

    if (ours == want)
        d->repairs += library != want;
    else if (ours == library)
        d->library++;
    else if (!ours && no_start_index(right) >= 0)
        d->no_start[no_start_index(right)]++;
    else if (!ours && is_in_word(left, right))
        d->in_word++;
    else if (!ours && is_in_unit(left, right))
        d->in_unit++;
    else if (ours && is_beside_quote(left, right))
        d->quotes++;
    else {
        print_message("U+%04X U+%04X: %d\n", left, right, ours);
        d->unexplained++;
    }
    return ours == want;
}

static void compare_sample(const struct sample *s, struct deviations *d)
{
    uint8_t grade[SAMPLE_BYTES];
    char library[SAMPLE_BYTES];
    int of_library = d->library;
    int different = 0;
    size_t i;

    linebreak_grade(s->text, s->bytes, false, grade);
    u8_possible_linebreaks((const uint8_t *)s->text, s->bytes, "UTF-8", library);
    for (i = 1; i < s->count; i++) {
        bool forced = library[s->byte[i - 1]] == UC_BREAK_MANDATORY;
        bool theirs = forced || library[s->byte[i]] == UC_BREAK_POSSIBLE;
        bool ours = forced || grade[s->byte[i]] == BREAK_LEGAL;

        different += !compare_place(s, i, theirs, ours, d);
    }
    d->samples++;
    d->same += different == 0;
    d->older += different > 0 && d->library - of_library == different;
}

/* The library's own deviations: it allows no break after white space at the start of a text,
 * treats numbers differently from the file, and has LB20, LB24 and LB29 of older versions. The
 * exact counts hold for one pair of versions; that nothing is unexplained holds for all. */
static void linebreak_grade__is_uax14_but_for_what_we_choose(void **state)
{
    FILE *f = open_or_skip("auxiliary/LineBreakTest.txt");
    struct deviations d = {0};
    struct sample s;

    (void)state;
    while (read_sample(f, &s))
        compare_sample(&s, &d);
    fclose(f);
    print_message(
        "%d samples, %d same, %d as an older Unicode has them; places: %d library, %d "
        "repaired, %d %d %d %d ours\n",
        d.samples, d.same, d.older, d.library, d.repairs, d.no_start[0], d.no_start[1],
        d.no_start[2], d.in_word);
    assert_int_equal(d.unexplained, 0);
    assert_true((d.same + d.older) * 100 >= d.samples * 95);
    assert_true(d.older * 100 <= d.samples * 12);
    if (_libunistring_version >> 8 != 0x100 || d.samples != 7654) {
        print_message("exact counts are of libunistring 1.0 and Unicode 15.0\n");
        return;
    }
    assert_int_equal(d.same, 7085);
    assert_int_equal(d.library, 347);
    assert_int_equal(d.repairs, 7);
    assert_int_equal(d.no_start[0], 141);
    assert_int_equal(d.no_start[1], 74);
    assert_int_equal(d.no_start[2], 1);
    assert_int_equal(d.in_word + d.quotes, 0);
    assert_int_equal(d.in_unit, 9);
}

static void linebreak_by_word__is_for_korean(void **state)
{
    static const struct {
        const char *text;
        const char *language;
        bool by_word;
    } rows[] = {
        {"대한민국", "ko", true},   {"大韓民國", "ko", true},     {"대한민국", "KO-kr", true},
        {"대한민국", "kok", false}, {"대한민국", "ja", false},    {"대한민국", NULL, true},
        {"대한민국", "", true},     {"大韓民國 한", NULL, false}, {"words", NULL, false},
        {"", NULL, false},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(
            linebreak_by_word(rows[i].text, strlen(rows[i].text), rows[i].language),
            rows[i].by_word);
}

/* Pairs of capitals and small letters, some of which are not two code points apart from the
 * pairs beside them; and scripts without capitals at the start of names. */
static void char_is_upper__knows_the_capitals_of_names(void **state)
{
    static const uint32_t pairs[][2] = {{U'A', U'a'}, {U'É', U'é'}, {U'Ł', U'ł'}, {U'Ź', U'ź'},
                                        {U'Ż', U'ż'}, {U'Ž', U'ž'}, {U'Ÿ', U'ÿ'}, {U'Ș', U'ș'},
                                        {U'Ə', U'ə'}, {U'Đ', U'đ'}, {U'Ơ', U'ơ'}, {U'Ặ', U'ặ'},
                                        {U'Ά', U'ά'}, {U'Ё', U'ё'}, {U'Ґ', U'ґ'}, {U'Ա', U'ա'}};
    static const uint32_t others[] = {U'ა', U'न', U'א', U'م', U'中', U'ª', U'ⅻ', U'ⓐ', U'1'};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        assert_true(char_is_upper(pairs[i][0]) && !char_is_lower(pairs[i][0]));
        assert_true(char_is_lower(pairs[i][1]) && !char_is_upper(pairs[i][1]));
        assert_int_equal(char_lower(pairs[i][0]), pairs[i][1]);
        assert_int_equal(char_lower(pairs[i][1]), pairs[i][1]);
    }
    for (i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(char_is_upper(others[i]) || char_is_lower(others[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(char_is_upper__knows_the_capitals_of_names),
        cmocka_unit_test(display_make__has_the_clusters_of_uax29),
        cmocka_unit_test(linebreak_grade__is_uax14_but_for_what_we_choose),
        cmocka_unit_test(linebreak_by_word__is_for_korean),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
