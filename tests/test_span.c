/* Spans. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "shilu/base/span.h"
#include "shilu/base/word_finder.h"

static void span__trims_white_space_at_both_ends(void **state)
{
    (void)state;
    assert_true(span_is(span_trim(span_string(" \t a b\r\n")), "a b"));
    assert_int_equal(span_trim(span_string("  ")).length, 0);
    assert_int_equal(span_trim(span_string(NULL)).length, 0);
}

static void span__knows_what_it_starts_and_ends_with(void **state)
{
    struct span s = span_string("key: value");

    (void)state;
    assert_true(span_starts_with(s, "key"));
    assert_true(span_starts_with(s, ""));
    assert_false(span_starts_with(span_of("ke", 2), "key"));
    assert_true(span_ends_with(s, "value"));
    assert_true(span_take(&s, "key: "));
    assert_false(span_take(&s, "key"));
    assert_true(span_is(s, "value"));
}

static void span__takes_parts_up_to_a_byte(void **state)
{
    struct span s = span_string("a,,b");

    (void)state;
    assert_true(span_is(span_take_until(&s, ','), "a"));
    assert_true(span_is(span_take_until(&s, ','), ""));
    assert_true(span_is(span_take_until(&s, ','), "b"));
    assert_int_equal(s.length, 0);
    assert_int_equal(span_take_until(&s, ',').length, 0);
}

static void span__takes_lines_of_any_end(void **state)
{
    struct span s = span_string("a\nb\r\n\rc");
    struct span line;

    (void)state;
    assert_true(span_next_line(&s, &line) && span_is(line, "a"));
    assert_true(span_next_line(&s, &line) && span_is(line, "b"));
    assert_true(span_next_line(&s, &line) && span_is(line, ""));
    assert_true(span_next_line(&s, &line) && span_is(line, "c"));
    assert_false(span_next_line(&s, &line));
}

static void word_finder__finds_each_word_anywhere_and_nothing_else(void **state)
{
    static const char *const words[] = {"質問いたします", "请问", "質疑", "답변 바랍니다",
                                        NULL};
    static struct word_finder finder;
    char text[64];
    size_t i;

    (void)state;
    word_finder_build(&finder, words);
    for (i = 0; words[i] != NULL; i++) {
        snprintf(text, sizeof text, "x%s", words[i]);
        assert_true(word_finder_is_in(&finder, span_string(words[i])));
        assert_true(word_finder_is_in(&finder, span_string(text)));
        snprintf(text, sizeof text, "那么%s。", words[i]);
        assert_true(word_finder_is_in(&finder, span_string(text)));
        assert_false(word_finder_is_in(&finder, span_of(words[i], strlen(words[i]) - 1)));
    }
    assert_false(word_finder_is_in(&finder, span_of(NULL, 0)));
    assert_false(word_finder_is_in(&finder, span_string("請问")));
    assert_false(word_finder_is_in(&finder, span_string("a plain line, with no such word")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(span__trims_white_space_at_both_ends),
        cmocka_unit_test(span__knows_what_it_starts_and_ends_with),
        cmocka_unit_test(span__takes_parts_up_to_a_byte),
        cmocka_unit_test(span__takes_lines_of_any_end),
        cmocka_unit_test(word_finder__finds_each_word_anywhere_and_nothing_else),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
