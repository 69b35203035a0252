/* Tests of term/clipboard: the bytes, bare and through multiplexers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"
#include "term/clipboard.h"

static void clipboard_sequence__plain__is_base64_of_the_text(void **state)
{
    /* RFC 4648, section 10, and a character of three bytes. */
    static const struct {
        const char *text;
        const char *base64;
    } cases[] = {{"", ""},
                 {"f", "Zg=="},
                 {"fo", "Zm8="},
                 {"foo", "Zm9v"},
                 {"foob", "Zm9vYg=="},
                 {"fooba", "Zm9vYmE="},
                 {"foobar", "Zm9vYmFy"},
                 {"中\xFF\xFE", "5Lit//4="}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buffer expected = {0};
        struct buffer out = {0};
        struct error err;

        buffer_append_format(&expected, "\033]52;c;%s\a", cases[i].base64);
        assert_true(clipboard_sequence(&out, cases[i].text, strlen(cases[i].text),
                                       CLIPBOARD_PLAIN, &err));
        assert_string_equal(buffer_string(&out), buffer_string(&expected));
        buffer_release(&expected);
        buffer_release(&out);
    }
}

static void clipboard_sequence__tmux__sends_both_ways(void **state)
{
    struct buffer out = {0};
    struct error err;

    (void)state;
    assert_true(clipboard_sequence(&out, "foo", 3, CLIPBOARD_TMUX, &err));
    assert_string_equal(buffer_string(&out),
                        "\033]52;c;Zm9v\a\033Ptmux;\033\033]52;c;Zm9v\a\033\\");
    buffer_release(&out);
}

/* What screen passes on, joined, is the plain sequence, and no piece is too long for it. */
static void clipboard_sequence__screen__comes_in_pieces(void **state)
{
    static char text[5000];
    struct buffer plain = {0};
    struct buffer wrapped = {0};
    struct buffer joined = {0};
    struct error err;

    (void)state;
    memset(text, 'x', sizeof text);
    assert_true(clipboard_sequence(&plain, text, sizeof text, CLIPBOARD_PLAIN, &err));
    assert_true(clipboard_sequence(&wrapped, text, sizeof text, CLIPBOARD_SCREEN, &err));
    for (const char *at = buffer_string(&wrapped); *at != '\0';) {
        const char *end = strstr(at, "\033\\");

        assert_memory_equal(at, "\033P", 2);
        assert_non_null(end);
        assert_true(end - at < 512);
        buffer_append(&joined, at + 2, (size_t)(end - at - 2));
        at = end + 2;
    }
    assert_string_equal(buffer_string(&joined), buffer_string(&plain));
    buffer_release(&plain);
    buffer_release(&wrapped);
    buffer_release(&joined);
}

static void clipboard_sequence__at_the_limit__fits_and_beyond_is_refused(void **state)
{
    char *text = memory_zalloc(CLIPBOARD_BYTES_MAX + 1, 1);
    struct buffer out = {0};
    struct error err = {0};

    (void)state;
    assert_true(clipboard_sequence(&out, text, CLIPBOARD_BYTES_MAX, CLIPBOARD_PLAIN, &err));
    assert_true(out.bytes <= 100000);
    buffer_clear(&out);
    assert_false(
        clipboard_sequence(&out, text, CLIPBOARD_BYTES_MAX + 1, CLIPBOARD_PLAIN, &err));
    assert_int_equal(err.code, ERROR_LIMIT);
    assert_non_null(strstr(err.message, "74994"));
    assert_int_equal(out.bytes, 0);
    buffer_release(&out);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clipboard_sequence__plain__is_base64_of_the_text),
        cmocka_unit_test(clipboard_sequence__tmux__sends_both_ways),
        cmocka_unit_test(clipboard_sequence__screen__comes_in_pieces),
        cmocka_unit_test(clipboard_sequence__at_the_limit__fits_and_beyond_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
