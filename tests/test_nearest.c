/* Nearest: what somebody meant who typed something else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "shilu/base/nearest.h"

static void nearest_distance__counts_edits_and_swaps(void **state)
{
    static const struct {
        const char *a, *b;
        size_t distance;
    } rows[] = {
        {"", "", 0},
        {"a", "", 1},
        {"", "abc", 3},
        {"show", "show", 0},
        {"shwo", "show", 1},
        {"sohw", "show", 1},
        {"grpe", "grep", 1},
        {"cehck", "check", 1},
        {"kitten", "sitting", 3},
        {"SHOW", "show", 0},
        {"input_format", "input-format", 0},
        {"ab", "ba", 1},
        {"abc", "ca", 3},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct span a = span_string(rows[i].a), b = span_string(rows[i].b);

        if (nearest_distance(a, b) != rows[i].distance ||
            nearest_distance(b, a) != rows[i].distance)
            fail_msg("%s %s: %d", rows[i].a, rows[i].b, (int)nearest_distance(a, b));
    }
}

static void nearest_distance__long_words__are_not_compared(void **state)
{
    char word[NEAREST_BYTES_MAX + 2];

    (void)state;
    memset(word, 'x', sizeof word);
    assert_int_equal(nearest_distance(span_of(word, NEAREST_BYTES_MAX), span_string("")),
                     NEAREST_BYTES_MAX);
    assert_true(nearest_distance(span_of(word, NEAREST_BYTES_MAX + 1), span_string("x")) ==
                SIZE_MAX);
}

static void nearest_name__is_the_most_like_or_none(void **state)
{
    static const char *const names[] = {"show", "grep", "speakers", "timeline", "convert"};
    enum { COUNT = sizeof names / sizeof *names };

    (void)state;
    assert_string_equal(nearest_name("shwo", names, COUNT), "show");
    assert_string_equal(nearest_name("Speaker", names, COUNT), "speakers");
    assert_string_equal(nearest_name("timline", names, COUNT), "timeline");
    assert_null(nearest_name("briefing", names, COUNT));
    assert_null(nearest_name("xy", names, COUNT));
    assert_null(nearest_name("", names, COUNT));
    assert_null(nearest_name("show", names, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nearest_distance__counts_edits_and_swaps),
        cmocka_unit_test(nearest_distance__long_words__are_not_compared),
        cmocka_unit_test(nearest_name__is_the_most_like_or_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
