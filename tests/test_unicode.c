/* Conformance: the test files of the Unicode Character Database, with every deviation that we
 * choose counted by its rule. Skipped, and said so, where unicode-data is not installed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <unilbrk.h>
#include <unistring/version.h>

#include "shilu/text/utf8.h"
#include "text/linebreak.h"
#include "text_support.h"

/* One line of a *BreakTest.txt: the text, and where it may break. */
struct sample {
    char text[256];
    size_t bytes;
    uint32_t cp[64];
    size_t byte[64];    /* of each code point */
    bool may_break[64]; /* before it */
    size_t count;
};

static bool read_sample(FILE *f, struct sample *s)
{
    char line[4096];
    char *word, *rest;

    do {
        if (fgets(line, sizeof line, f) == NULL)
            return false;
        line[strcspn(line, "#\n")] = '\0';
        s->count = s->bytes = 0;
        s->may_break[0] = false;
        for (word = strtok_r(line, " \t", &rest); word != NULL;
             word = strtok_r(NULL, " \t", &rest)) {
            if (strcmp(word, "÷") == 0 || strcmp(word, "×") == 0) {
                s->may_break[s->count] = strcmp(word, "÷") == 0;
                continue;
            }
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

/* GraphemeBreakTest asks for surrogates nowhere, so every line of it can be told. */
static void display_make__has_the_clusters_of_uax29(void **state)
{
    FILE *f = open_or_skip("auxiliary/GraphemeBreakTest.txt");
    struct layout *l = layout_new(false);
    struct sample s;
    int samples = 0;

    (void)state;
    while (read_sample(f, &s)) {
        size_t i, glyph = 0;

        layout_text(l, s.text, s.bytes);
        for (i = 0; i < s.count; i++) {
            while (glyph < l->d.count && l->d.glyphs[glyph].byte < s.byte[i])
                glyph++;
            assert_int_equal(s.may_break[i],
                             glyph < l->d.count && l->d.glyphs[glyph].byte == s.byte[i]);
        }
        samples++;
    }
    fclose(f);
    layout_free(l);
    assert_in_range(samples, 500, 5000);
}

/* How our places differ from the file's, by the rule that makes the difference. */
struct deviations {
    int samples;
    int same;        /* samples without any difference */
    int library;     /* places where the library differs and we follow it */
    int repairs;     /* places where the library differs and we do not */
    int no_start[3]; /* U+2014, U+3041 and U+203D start no line */
    int unexplained;
};

static int rule_of(uint32_t right)
{
    return right == 0x2014 ? 0 : right == 0x3041 ? 1 : right == 0x203D ? 2 : -1;
}

static bool compare_place(const struct sample *s, size_t i, bool library, bool ours,
                          struct deviations *d)
{
    bool want = s->may_break[i];
    int rule = rule_of(s->cp[i]);

    if (ours == want) {
        d->repairs += library != want;
        return true;
    }
    if (ours == library)
        d->library++;
    else if (!ours && rule >= 0)
        d->no_start[rule]++;
    else
        d->unexplained++;
    return false;
}

static void compare_sample(const struct sample *s, struct deviations *d)
{
    uint8_t grade[256];
    char library[256];
    bool same = true;
    size_t i;

    linebreak_grade(s->text, s->bytes, false, grade);
    u8_possible_linebreaks((const uint8_t *)s->text, s->bytes, "UTF-8", library);
    for (i = 1; i < s->count; i++) {
        bool forced = library[s->byte[i - 1]] == UC_BREAK_MANDATORY;
        bool theirs = forced || library[s->byte[i]] == UC_BREAK_POSSIBLE;
        bool ours = forced || grade[s->byte[i]] == BREAK_LEGAL;

        same &= compare_place(s, i, theirs, ours, d);
    }
    d->samples++;
    d->same += same;
}

/* The deviations that we choose: three of the characters of the test are among those that may
 * not start a line, not even after a space (— for every kind of text, small kana and ‽ as JIS
 * X 4051 and GB/T 15834 have them). The library's own: it lets no line end with the white
 * space at a text's start, tailors numbers in another way than the file, and knows LB20, LB24
 * and LB29 as older versions had them. */
static void linebreak_grade__is_uax14_but_for_what_we_choose(void **state)
{
    FILE *f = open_or_skip("auxiliary/LineBreakTest.txt");
    struct deviations d = {0};
    struct sample s;

    (void)state;
    while (read_sample(f, &s))
        compare_sample(&s, &d);
    fclose(f);
    print_message("%d samples, %d same; places: %d library, %d mended, %d %d %d ours\n",
                  d.samples, d.same, d.library, d.repairs, d.no_start[0], d.no_start[1],
                  d.no_start[2]);
    assert_int_equal(d.unexplained, 0);
    assert_true(d.same * 100 >= d.samples * 90);
    if (_libunistring_version >> 8 != 0x100 || d.samples != 7654) {
        print_message("exact counts are of libunistring 1.0 and Unicode 15.0\n");
        skip();
    }
    assert_int_equal(d.same, 7094);
    assert_int_equal(d.library, 347);
    assert_int_equal(d.repairs, 7);
    assert_int_equal(d.no_start[0], 141);
    assert_int_equal(d.no_start[1], 74);
    assert_int_equal(d.no_start[2], 1);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(display_make__has_the_clusters_of_uax29),
        cmocka_unit_test(linebreak_grade__is_uax14_but_for_what_we_choose),
        cmocka_unit_test(linebreak_by_word__is_for_korean),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
