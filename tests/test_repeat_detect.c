/* Loops of recognisers, and what people say more than once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shilu/base/buffer.h"
#include "shilu/text/repeat_detect.h"

/* `before`, the phrase so many times, `after`. */
static void make(struct buffer *text, const char *before, const char *phrase, int times,
                 const char *after)
{
    buffer_clear(text);
    buffer_append_string(text, before);
    while (times-- > 0)
        buffer_append_string(text, phrase);
    buffer_append_string(text, after);
}

static void repetition_find__loops__are_found(void **state)
{
    static const struct {
        const char *before, *phrase;
        int times;
        const char *after;
    } rows[] = {
        {"Good evening. ", "I am going to the next slide. ", 6, "And so on."},
        {"", "Thank you. ", 12, ""},
        {"He said ", "well ", 20, "and left"},
        {"今天。", "謝謝大家收看，", 6, "下一個"},
        {"", "はい、", 24, ""},
        {"네. ", "다음 슬라이드로 가겠습니다. ", 7, "끝."},
        {"very very ", "it was very very very good and ", 9, "very"},
    };
    struct buffer text = {0};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        size_t count = 0;
        struct repetition *found;
        size_t after;

        make(&text, rows[i].before, rows[i].phrase, rows[i].times, rows[i].after);
        found = repeat_detect_find(text.data, text.bytes, &count);
        if (count != 1 || found->times != (unsigned)rows[i].times)
            fail_msg("%s: %zu found, of %u", text.data, count, count > 0 ? found->times : 0);
        after = strlen(rows[i].after);
        assert_in_range(found->byte_end, text.bytes - after - 1, text.bytes - after);
        assert_in_range(found->byte, strlen(rows[i].before) + strlen(rows[i].phrase) - 1,
                        strlen(rows[i].before) + strlen(rows[i].phrase));
        free(found);
    }
    buffer_release(&text);
}

static void repetition_find__two_loops__are_two(void **state)
{
    struct buffer text = {0};
    struct repetition *found;
    size_t count;

    (void)state;
    make(&text, "One. ", "We go to the house. ", 8, "");
    buffer_append_string(&text, "Then ");
    for (int i = 0; i < 10; i++)
        buffer_append_string(&text, "they come to US. ");
    found = repeat_detect_find(text.data, text.bytes, &count);
    assert_int_equal(count, 2);
    assert_int_equal(found[0].times, 8);
    assert_int_equal(found[1].times, 10);
    assert_true(found[0].byte_end < found[1].byte);
    free(found);
    buffer_release(&text);
}

static void repetition_find__real_speech__is_left_alone(void **state)
{
    static const char *const rows[] = {
        "No, no, no, no, no, no, no, no, I did not say that, and you know it.",
        "Hear, hear! Hear, hear! Hear, hear! Order. Order. Order. Order. Order.",
        "Let it be, let it be, let it be, let it be, whisper words of wisdom, let it be.",
        "[Applause] [Applause] [Applause] [Applause] [Applause] [Applause] [Applause] "
        "[Applause] "
        "[Applause] [Applause] [Applause] [Applause] [Applause] [Applause] [Applause] "
        "[Applause] "
        "[Applause] [Applause] [Applause] [Applause] [Applause] [Applause] [Applause] "
        "[Applause]",
        "哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈，對對對對對，是是是，好好好好好。謝謝，謝謝，謝謝。",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30",
        "",
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        size_t count;
        struct repetition *found = repeat_detect_find(rows[i], strlen(rows[i]), &count);

        if (count != 0)
            fail_msg("%s: %u times", rows[i], found->times);
        assert_null(found);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(repetition_find__loops__are_found),
        cmocka_unit_test(repetition_find__two_loops__are_two),
        cmocka_unit_test(repetition_find__real_speech__is_left_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
