/* Sentences and words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "shilu/text/sentence.h"

/* The text is its sentences, separated by '|' and any white space around it. */
static void sentence_at__each_byte__is_in_its_sentence(void **state)
{
    static const char *const texts[] = {
        "今天的發布會到此結束。|謝謝大家！",
        "他說：「好。」|然後走了。",
        "水位是多少？！|沒有人知道。",
        "The level is 3.5 metres. | It rises.",
        "Mr. Smith met Dr. Jones. | They spoke.",
        "J. R. Tolkien wrote it. | We read it.",
        "\"What?\" he said. | \"Nothing.\"",
        "See www.example.org for more. | Or not.",
        "One... | Two.",
        "No terminal at all",
        "भारत एक देश है। | यह बड़ा है।",
        "هل هذا صحيح؟ | نعم.",
        "第一句．|第二句．",
        "first line\n|second line",
        "A. B.",
    };

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char text[200];
        size_t ends[8];
        size_t starts[8];
        size_t count = 0;
        size_t bytes = 0;

        starts[0] = 0;
        for (const char *c = texts[i]; *c != '\0'; c++) {
            if (*c == '|') {
                while (bytes > 0 && strchr(" \n", text[bytes - 1]) != NULL)
                    bytes--;
                ends[count++] = bytes;
                if (c[-1] == ' ' || c[-1] == '\n')
                    text[bytes++] = c[-1];
                while (c[1] == ' ')
                    c++;
                starts[count] = bytes;
            } else {
                text[bytes++] = *c;
            }
        }
        ends[count++] = bytes;
        for (size_t n = 0; n < count; n++) {
            for (size_t at = starts[n]; at < ends[n]; at++) {
                size_t start;
                size_t end;

                sentence_at(text, bytes, at, &start, &end);
                if (start != starts[n] || end != ends[n])
                    fail_msg("'%s' at %zu: [%zu, %zu), not [%zu, %zu)", texts[i], at, start,
                             end, starts[n], ends[n]);
            }
        }
    }
}

static void word_start_before__goes_back_by_words(void **state)
{
    static const char text[] = "Don't say 國務院, say 3.5 m.";
    static const size_t starts[] = {0, 6, 10, 13, 16, 21, 25, 29};
    size_t bytes = strlen(text);
    size_t at = bytes;

    (void)state;
    for (size_t i = sizeof starts / sizeof *starts; i > 0; i--) {
        at = word_start_before(text, bytes, at);
        assert_int_equal(at, starts[i - 1]);
    }
    assert_int_equal(word_start_before(text, bytes, 0), 0);
}

static void word_at_or_after__punctuation__is_passed_over(void **state)
{
    size_t start;
    size_t end;

    (void)state;
    assert_true(word_at_or_after(" - 「word」", 14, 0, &start, &end));
    assert_int_equal(start, 6);
    assert_int_equal(end, 10);
    assert_true(word_at_or_after("one two", 7, 1, &start, &end));
    assert_int_equal(start, 0);
    assert_false(word_at_or_after("…。", 6, 0, &start, &end));
    assert_false(word_at_or_after("", 0, 0, &start, &end));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentence_at__each_byte__is_in_its_sentence),
        cmocka_unit_test(word_start_before__goes_back_by_words),
        cmocka_unit_test(word_at_or_after__punctuation__is_passed_over),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
