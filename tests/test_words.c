/* Words: how many a text has. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "shilu/text/words.h"

static void words__are_counted_as_word_processors_do(void **state)
{
    static const struct {
        const char *text;
        size_t words;
    } rows[] = {
        {"", 0},
        {" \t\n", 0},
        {"- – … ?!", 0},
        {"one", 1},
        {"  two words ", 2},
        {"It’s don't well-known", 3},
        {"$5.30, or 2,000?", 3},
        {"wait—what… yes", 3},
        {"naïve Übermut Привет мир", 4},
        {"救助工作", 4},
        {"救助，工作。", 4},
        {"AI的應用", 4},
        {"用AI", 2},
        {"カタカナ", 4},
        {"대한민국 국회 회의록", 3},
        {"２０２０年", 2},
        {"मैं हिन्दी", 2},
        {"a\xff b", 2},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t words = words_count(rows[i].text, strlen(rows[i].text));

        if (words != rows[i].words)
            fail_msg("'%s' has %zu words, not %zu", rows[i].text, words, rows[i].words);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words__are_counted_as_word_processors_do),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
