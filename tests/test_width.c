/* Width: the columns of every code point, against the Unicode Character Database. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include <cmocka.h>
#include <unistring/version.h>

#include "shilu/text/width.h"
#include "text_support.h"

/* East_Asian_Width and General_Category of each code point; "" where the file has no line. */
struct property {
    char width[3];
    char category[3];
};

static struct property *read_properties(void)
{
    FILE *f = unicode_file("EastAsianWidth.txt");
    struct property *all;
    char line[300];

    if (f == NULL)
        return NULL;
    all = calloc(0x110000, sizeof *all);
    assert_non_null(all);
    while (fgets(line, sizeof line, f) != NULL) {
        unsigned first, last;
        char width[3], category[3];

        /* since 15.1 there are blanks around the semicolon; a blank in the pattern also matches
         * none */
        if (sscanf(line, "%x..%x ; %2[A-Za-z] # %2s", &first, &last, width, category) != 4) {
            if (sscanf(line, "%x ; %2[A-Za-z] # %2s", &first, width, category) != 3)
                continue;
            last = first;
        }
        for (; first <= last; first++) {
            memcpy(all[first].width, width, 3);
            memcpy(all[first].category, category, 3);
        }
    }
    fclose(f);
    return all;
}

static bool is_category(const struct property *p, const char *wanted)
{
    return strstr(wanted, p->category) != NULL;
}

static void width_is_ambiguous__is_the_set_of_the_database(void **state)
{
    struct property *all = read_properties();
    uint32_t cp;
    int count = 0;

    (void)state;
    for (cp = 0; cp <= 0x10FFFF; cp++)
        count += width_is_ambiguous(cp);
    assert_int_equal(count, 902);
    assert_false(width_is_ambiguous(UINT32_MAX));
    if (all == NULL) {
        print_message("EastAsianWidth.txt (package unicode-data) is not here\n");
        skip();
    }
    for (cp = 0; cp <= 0x10FFFF; cp++)
        assert_int_equal(width_is_ambiguous(cp), strcmp(all[cp].width, "A") == 0 &&
                                                     !is_category(&all[cp], "Mn Me Mc Cf Co"));
    free(all);
}

/* What is right: non-spacing marks, format characters and controls take no column, W and F take
 * two, A what the terminal says, all others one; and, as in terminals, the vowels and finals of
 * conjoining jamo take none, wherever they are. */
static int true_width(uint32_t cp, const struct property *p, bool wide)
{
    if ((cp >= 0x1160 && cp <= 0x11FF) || (cp >= 0xD7B0 && cp <= 0xD7FB))
        return 0;
    if (is_category(p, "Mn Me Cf Cc Zl Zp"))
        return 0;
    if (strcmp(p->width, "W") == 0 || strcmp(p->width, "F") == 0)
        return 2;
    if (strcmp(p->width, "A") == 0 && strcmp(p->category, "Co") != 0)
        return wide ? 2 : 1;
    return 1;
}

/* Drawn as itself: characters that the database and the library put into the same category
 * (either may be older), except those that are dropped and those on which terminals disagree,
 * which get a sign of their own. */
static bool is_drawn(const struct width *w, uint32_t cp, const struct property *p)
{
    enum char_kind kind = width_kind(w, cp);

    if (p->category[0] == '\0' || is_category(p, "Cn Cs"))
        return false;
    if (kind == CHAR_DROPPED || kind == CHAR_DISPUTED ||
        (kind == CHAR_SPACING_MARK && !is_category(p, "Mc")))
        return false;
    return is_category(p, "Co") || (kind != CHAR_UNKNOWN && kind != CHAR_UNKNOWN_WIDE);
}

static void width_of__is_true_for_every_assigned_code_point(void **state)
{
    struct property *all = read_properties();
    int wrong = 0, seen = 0, wide;
    uint32_t cp;

    (void)state;
    if (all == NULL) {
        print_message("EastAsianWidth.txt (package unicode-data) is not here\n");
        skip();
    }
    for (wide = 0; wide < 2; wide++) {
        struct width *w = width_new(wide);

        for (cp = 0; cp <= 0x10FFFF; cp++) {
            if (!is_drawn(w, cp, &all[cp]))
                continue;
            seen++;
            if (width_of(w, cp) != true_width(cp, &all[cp], wide)) {
                print_message("U+%04X %s %s: %d\n", cp, all[cp].width, all[cp].category,
                              width_of(w, cp));
                wrong++;
            }
        }
        width_free(w);
    }
    free(all);
    assert_true(seen > 2 * 270000);
    assert_int_equal(wrong, 0);
}

static void width_of__corrects_the_library(void **state)
{
    struct width *narrow = width_new(false), *wide = width_new(true);
    uint32_t cp;

    (void)state;
    for (cp = 0x4DC0; cp <= 0x4DFF; cp++)
        assert_int_equal(width_of(narrow, cp) * 10 + width_of(wide, cp), 11);
    for (cp = 0x3248; cp <= 0x324F; cp++)
        assert_int_equal(width_of(narrow, cp) * 10 + width_of(wide, cp), 12);
    assert_int_equal(width_of(narrow, 0x0CBF), 0);
    assert_int_equal(width_of(narrow, 0x0CC6), 0);
    width_free(narrow);
    width_free(wide);
}

static void width_of__answers_for_every_number(void **state)
{
    static const struct {
        uint32_t cp;
        int narrow, wide;
    } rows[] = {
        {'a', 1, 1},     {0, 0, 0},       {0x1B, 0, 0},       {0x7F, 0, 0},
        {0x9B, 0, 0},    {0xA0, 1, 1},    {0xE9, 1, 2},       {0x301, 0, 0},
        {0x2014, 1, 2},  {0x201C, 1, 2},  {0x2026, 1, 2},     {0x202E, 0, 0},
        {0x2460, 1, 2},  {0x2500, 1, 2},  {0x25CC, 1, 1},     {0x25AF, 1, 1},
        {0x3013, 2, 2},  {0x4E2D, 2, 2},  {0xAC00, 2, 2},     {0xE000, 1, 1},
        {0xFF71, 1, 1},  {0xFF9E, 1, 1},  {0xFFFD, 1, 2},     {0x1F600, 2, 2},
        {0x20000, 2, 2}, {0x31350, 2, 2}, {0x10FFFF, 1, 1},   {0x110000, 1, 2},
        {0xD800, 1, 1},  {0x3099, 0, 0},  {UINT32_MAX, 1, 2},
    };
    struct width *narrow = width_new(false), *wide = width_new(true);
    size_t i;

    (void)state;
    assert_false(width_ambiguous_is_wide(narrow));
    assert_true(width_ambiguous_is_wide(wide));
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_in_range(width_of(narrow, rows[i].cp), 0, 2);
        if (rows[i].cp == 0xD800)
            continue;
        if (width_of(narrow, rows[i].cp) != rows[i].narrow ||
            width_of(wide, rows[i].cp) != rows[i].wide)
            fail_msg("U+%04X: %d %d", rows[i].cp, width_of(narrow, rows[i].cp),
                     width_of(wide, rows[i].cp));
    }
    width_free(narrow);
    width_free(wide);
    width_free(NULL);
}

/* Where ncurses cannot be given our widths it uses those of libc, so what is drawn as itself
 * must have the same width there. For versions that were not measured, differences are only
 * reported. */
static void width_of__agrees_with_libc_on_what_is_drawn(void **state)
{
    struct width *w = width_new(false);
    int differ = 0;
    uint32_t cp;

    (void)state;
    if (setlocale(LC_CTYPE, "C.UTF-8") == NULL) {
        width_free(w);
        print_message("there is no locale C.UTF-8\n");
        skip();
    }
    for (cp = 0x20; cp <= 0x10FFFF; cp++) {
        switch (width_kind(w, cp)) {
        case CHAR_PLAIN:
        case CHAR_PICTURE:
        case CHAR_SPACE:
        case CHAR_MARK:
        case CHAR_SPACING_MARK:
            differ += (cp < 0xD800 || cp > 0xDFFF) && wcwidth((wchar_t)cp) != width_of(w, cp);
            break;
        default:
            break;
        }
    }
    width_free(w);
    print_message("%d code points differ\n", differ);
#if defined(__GLIBC__) && __GLIBC__ == 2 && __GLIBC_MINOR__ == 36
    if (_libunistring_version >> 8 == 0x100)
        assert_int_equal(differ, 0);
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(width_is_ambiguous__is_the_set_of_the_database),
        cmocka_unit_test(width_of__is_true_for_every_assigned_code_point),
        cmocka_unit_test(width_of__corrects_the_library),
        cmocka_unit_test(width_of__answers_for_every_number),
        cmocka_unit_test(width_of__agrees_with_libc_on_what_is_drawn),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
