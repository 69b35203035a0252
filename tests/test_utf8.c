/* UTF-8: decoding, encoding and boundaries, for valid and for broken bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <unistr.h>

#include "shilu/text/utf8.h"

static void utf8_encode__and_decode__agree_on_every_code_point(void **state)
{
    uint32_t cp, back;
    char bytes[UTF8_MAX_BYTES];

    (void)state;
    for (cp = 0; cp <= 0x10FFFF; cp++) {
        size_t count = utf8_encode(cp, bytes);

        assert_int_equal(count, utf8_decode(bytes, count, &back));
        if (cp >= 0xD800 && cp <= 0xDFFF)
            assert_int_equal(back, UTF8_REPLACEMENT);
        else
            assert_int_equal(back, cp);
        assert_int_equal(utf8_valid_prefix(bytes, count), count);
        assert_int_equal(utf8_count(bytes, count), 1);
    }
}

static void utf8_encode__replaces_what_is_no_character(void **state)
{
    static const uint32_t bad[] = {0xD800, 0xDFFF, 0x110000, UINT32_MAX};
    char bytes[UTF8_MAX_BYTES];
    size_t i;

    (void)state;
    for (i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(utf8_encode(bad[i], bytes), 3);
        assert_memory_equal(bytes, "\xEF\xBF\xBD", 3);
    }
}

/* Each is ill-formed from its first byte (table 3-7 of the Unicode Standard). */
static const char *const broken[] = {
    "\x80",         "\xBF",         "\xC0\x80",         "\xC1\xBF",         "\xC2",
    "\xC2\x41",     "\xE0\x80\x80", "\xE0\x9F\xBF",     "\xE1\x80",         "\xE1\x80\x41",
    "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x80\x80\x80", "\xF0\x8F\xBF\xBF", "\xF1\x80\x80",
    "\xF1\x80\x41", "\xF4\x90\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFE",
    "\xFF",         "\xF8\x88\x80"};

static void utf8_decode__takes_one_byte_of_what_is_broken(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < sizeof broken / sizeof *broken; i++) {
        uint32_t cp = 0;

        assert_int_equal(utf8_decode(broken[i], strlen(broken[i]), &cp), 1);
        assert_int_equal(cp, UTF8_REPLACEMENT);
    }
}

static void utf8_valid_prefix__stops_at_what_is_broken(void **state)
{
    char text[16];
    size_t i;

    (void)state;
    for (i = 0; i < sizeof broken / sizeof *broken; i++) {
        snprintf(text, sizeof text, "a中%s", broken[i]);
        assert_int_equal(utf8_valid_prefix(text, strlen(text)), 4);
    }
    assert_int_equal(utf8_valid_prefix("", 0), 0);
    assert_int_equal(utf8_valid_prefix(NULL, 0), 0);
    assert_int_equal(utf8_valid_prefix("a\0b", 3), 3);
}

/* The bytes are on the heap with no byte to spare, so that a sanitizer sees a read too far. */
static void utf8_decode__reads_no_byte_behind_the_end(void **state)
{
    static const char whole[] = "\xF0\xA0\x80\x80";
    size_t count;

    (void)state;
    for (count = 1; count < 4; count++) {
        char *cut = malloc(count);
        uint32_t cp;

        assert_non_null(cut);
        memcpy(cut, whole, count);
        assert_int_equal(utf8_decode(cut, count, &cp), 1);
        assert_int_equal(cp, UTF8_REPLACEMENT);
        free(cut);
    }
}

static void utf8_floor__finds_the_boundary_at_or_before(void **state)
{
    static const char text[] = "aé中𠀀";
    static const size_t expected[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10, 10};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof expected / sizeof *expected; i++)
        assert_int_equal(utf8_floor(text, 10, i), expected[i]);
    assert_int_equal(utf8_floor("", 0, 0), 0);
    assert_int_equal(utf8_count(text, 10), 4);
}

/* Long runs are examined a machine word at a time: try any byte at any place, and compare with
 * the library. */
static void utf8_valid_prefix__agrees_with_the_library(void **state)
{
    char text[64];
    size_t at;
    int value;

    (void)state;
    for (at = 0; at < 60; at += 3)
        memcpy(text + at, "\u8a9e", 3);
    for (at = 0; at < 60; at++) {
        char before = text[at];

        for (value = 0; value < 256; value++) {
            const uint8_t *wrong;

            text[at] = (char)value;
            wrong = u8_check((const uint8_t *)text, 60);
            assert_int_equal(utf8_valid_prefix(text, 60),
                             wrong == NULL ? 60 : (size_t)(wrong - (const uint8_t *)text));
        }
        text[at] = before;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_encode__and_decode__agree_on_every_code_point),
        cmocka_unit_test(utf8_encode__replaces_what_is_no_character),
        cmocka_unit_test(utf8_decode__takes_one_byte_of_what_is_broken),
        cmocka_unit_test(utf8_valid_prefix__stops_at_what_is_broken),
        cmocka_unit_test(utf8_valid_prefix__agrees_with_the_library),
        cmocka_unit_test(utf8_decode__reads_no_byte_behind_the_end),
        cmocka_unit_test(utf8_floor__finds_the_boundary_at_or_before),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
