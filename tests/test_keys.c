/* Tests of term/keys: any terminal, on any line, with time in our hands. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "term/keys.h"

enum { CODES_MAX = 16 };

static size_t take_all(struct keys *k, int64_t now_ms, uint32_t codes[CODES_MAX])
{
    struct key key;
    size_t count = 0;

    while (keys_next(k, now_ms, &key) && count < CODES_MAX)
        codes[count++] = key.code;
    return count;
}

static void feed(struct keys *k, const char *bytes, int64_t now_ms)
{
    keys_feed(k, bytes, strlen(bytes), now_ms);
}

static void keys_feed__whole_sequences__give_their_keys(void **state)
{
    static const struct {
        const char *bytes;
        uint32_t codes[4];
    } cases[] = {
        {"j", {'j'}},
        {"\r", {KEY_CODE_ENTER}},
        {"\n", {10}},
        {"\t", {KEY_CODE_TAB}},
        {"\x7f", {KEY_CODE_BACKSPACE}},
        {"\x08", {KEY_CODE_BACKSPACE}},
        {"\x04", {4}},
        {"\033[A", {KEY_CODE_UP}},
        {"\033OB", {KEY_CODE_DOWN}},
        {"\033[1;5C", {KEY_CODE_RIGHT}},
        {"\033[1;3D", {KEY_CODE_LEFT | KEY_ALT}},
        {"\033[5~\033[6~", {KEY_CODE_PAGE_UP, KEY_CODE_PAGE_DOWN}},
        {"\033[1~\033[4~", {KEY_CODE_HOME, KEY_CODE_END}},
        {"\033[7~\033[8~", {KEY_CODE_HOME, KEY_CODE_END}},
        {"\033[H\033OF", {KEY_CODE_HOME, KEY_CODE_END}},
        {"\033[2~\033[3~", {KEY_CODE_INSERT, KEY_CODE_DELETE}},
        {"\033[Z", {KEY_CODE_BACKTAB}},
        {"\033OP\033OS", {KEY_CODE_F1, KEY_CODE_F1 + 3}},
        {"\033[11~\033[24~", {KEY_CODE_F1, KEY_CODE_F12}},
        {"\033[[A\033[[E", {KEY_CODE_F1, KEY_CODE_F1 + 4}},
        {"\033x", {'x' | KEY_ALT}},
        {"\033\xE4\xB8\xAD", {0x4E2D | KEY_ALT}},
        {"\xE4\xB8\xADq", {0x4E2D, 'q'}},
        {"\xF0\xA0\x80\x80", {0x20000}},
        {"\033OM\033Op", {KEY_CODE_ENTER, '0'}},
        {"\033[27;5;100~", {4}},
        {"\033[100;5u", {4}},
        {"\033[9;2u", {KEY_CODE_BACKTAB}},
        {"\033\033[A", {KEY_CODE_ESC, KEY_CODE_UP}},
        {"\033[1;2R", {KEY_CODE_F1 + 2}},
        {"\033]j", {']' | KEY_ALT, 'j'}}, /* typed, not a string of the terminal */
        {"\033Pq\033Xq", {'P' | KEY_ALT, 'q', 'X' | KEY_ALT, 'q'}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct keys *k = keys_new();
        uint32_t codes[CODES_MAX] = {0};
        size_t count;

        feed(k, cases[i].bytes, 1000);
        count = take_all(k, 1000, codes);
        for (size_t c = 0; c < 4; c++)
            if (codes[c] != cases[i].codes[c])
                fail_msg("case %zu: key %zu is %x, not %x", i, c, codes[c], cases[i].codes[c]);
        assert_true(count > 0 && count <= 4);
        keys_free(k);
    }
}

/* However a line cuts a sequence, within the waiting time it stays one. */
static void keys_feed__sequences_cut_anywhere__give_the_same_keys(void **state)
{
    static const char bytes[] =
        "j\033[A\033[1;5B\xE4\xB8\xAD\033OP\033[200~x\033[201~\033[24~q";
    static const uint32_t expected[] = {'j',         KEY_CODE_UP, KEY_CODE_DOWN, 0x4E2D,
                                        KEY_CODE_F1, 'x',         KEY_CODE_F12,  'q'};

    (void)state;
    for (size_t cut = 1; cut < sizeof bytes - 1; cut++) {
        struct keys *k = keys_new();
        uint32_t codes[CODES_MAX] = {0};

        keys_feed(k, bytes, cut, 1000);
        keys_feed(k, bytes + cut, sizeof bytes - 1 - cut, 1000 + KEYS_ESC_MS - 1);
        assert_int_equal(take_all(k, 1024, codes), 8);
        assert_memory_equal(codes, expected, sizeof expected);
        keys_free(k);
    }
}

static void keys_next__esc_alone__is_a_key_after_25_ms(void **state)
{
    struct keys *k = keys_new();
    struct key key;

    (void)state;
    feed(k, "\033", 1000);
    assert_false(keys_next(k, 1000, &key));
    assert_int_equal(keys_wait_ms(k, 1000), KEYS_ESC_MS);
    assert_int_equal(keys_wait_ms(k, 1010), KEYS_ESC_MS - 10);
    assert_false(keys_next(k, 1024, &key));
    assert_true(keys_next(k, 1025, &key));
    assert_int_equal(key.code, KEY_CODE_ESC);
    assert_int_equal(keys_wait_ms(k, 1025), -1);
    keys_free(k);
}

/* A line that brings "[A" 300 ms after its ESC has pressed Esc, but must not press two keys. */
static void keys_feed__rest_of_an_arrow_comes_late__is_the_arrow(void **state)
{
    struct keys *k = keys_new();
    uint32_t codes[CODES_MAX] = {0};

    (void)state;
    feed(k, "\033", 1000);
    assert_int_equal(take_all(k, 1100, codes), 1);
    assert_int_equal(codes[0], KEY_CODE_ESC);
    feed(k, "[A", 1300);
    assert_int_equal(take_all(k, 1300, codes), 1);
    assert_int_equal(codes[0], KEY_CODE_UP);
    feed(k, "[A", 1400); /* typed by two quick fingers, with no ESC before */
    assert_int_equal(take_all(k, 1400, codes), 2);
    keys_free(k);
}

/* The program was busy: ESC and the rest are read one after the other, much later. */
static void keys_feed__program_was_busy_between__gives_no_esc(void **state)
{
    struct keys *k = keys_new();
    uint32_t codes[CODES_MAX] = {0};

    (void)state;
    feed(k, "\033", 1000);
    feed(k, "[B", 1500);
    assert_int_equal(take_all(k, 1500, codes), 1);
    assert_int_equal(codes[0], KEY_CODE_DOWN);
    feed(k, "\033", 2000);
    feed(k, "j", 2500);
    assert_int_equal(take_all(k, 2500, codes), 2);
    assert_int_equal(codes[0], KEY_CODE_ESC);
    assert_int_equal(codes[1], 'j');
    keys_free(k);
}

static void keys_feed__replies_and_noise__give_no_key(void **state)
{
    static const char *const cases[] = {"\033[12;40R",
                                        "\033[?1;2c",
                                        "\033[?64;1;2;6;9;15;22c",
                                        "\033[>41;379;0c",
                                        "\033[0n",
                                        "\033[?69;2$y",
                                        "\033[8;24;80t",
                                        "\033]11;rgb:0000/0000/0000\033\\",
                                        "\033]52;c;aGVsbG8=\a",
                                        "\033P1$r0m\033\\",
                                        "\033_Gi=1;OK\033\\",
                                        "\033[I",
                                        "\033[O",
                                        "\033[?0u",
                                        "\033[?997;1n",
                                        "\xFF\xFE",
                                        "\xC0\xAF",
                                        "\xED\xA0\x80",
                                        "\xF5\x80\x80\x80",
                                        "\xC2\x9B",
                                        "\033[99999999999999999999~",
                                        "\033[;;;;;;;;;;;;;;;;;~",
                                        "\033[1;2;3;4;5z"};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (size_t cut = 1; cut <= strlen(cases[i]); cut++) {
            struct keys *k = keys_new();
            uint32_t codes[CODES_MAX] = {0};

            keys_feed(k, cases[i], cut, 1000);
            feed(k, cases[i] + cut, 1010);
            feed(k, "q", 1020);
            if (take_all(k, 1020, codes) != 1 || codes[0] != 'q')
                fail_msg("case %zu cut at %zu gave %x", i, cut, codes[0]);
            keys_free(k);
        }
    }
}

static void keys_feed__awaited_replies__are_noted_and_keys_kept(void **state)
{
    struct keys *k = keys_new();
    uint32_t codes[CODES_MAX] = {0};
    const struct keys_replies *replies = keys_replies(k);

    (void)state;
    keys_expect(k, 3);
    feed(k, "j\033[1;3R5\033[1;2R\033[1;3", 1000);
    assert_true(keys_is_awaiting(k));
    feed(k, "R\033[?69;2$y}\033[?62;c", 1010);
    assert_false(keys_is_awaiting(k));
    assert_true(replies->fence);
    assert_int_equal(replies->reports, 3);
    assert_int_equal(replies->column[0], 3);
    assert_int_equal(replies->column[1], 2);
    assert_int_equal(replies->column[2], 3);
    assert_int_equal(replies->margins, 2);
    assert_int_equal(take_all(k, 1010, codes), 3);
    assert_int_equal(codes[0], 'j');
    assert_int_equal(codes[1], '5');
    assert_int_equal(codes[2], '}');
    keys_free(k);
}

static void keys_feed__pasted_text__is_marked_and_holds_no_controls(void **state)
{
    struct keys *k = keys_new();
    struct key key;
    int count = 0;

    (void)state;
    feed(k, "\033[200~a\033[Aq\x03\n\xE4\xB8\xAD\033[201~", 1000);
    while (keys_next(k, 1000, &key)) {
        static const uint32_t expected[] = {'a', 'q', '\n', 0x4E2D};

        assert_true(key.pasted);
        assert_int_equal(key.code, expected[count++]);
    }
    assert_int_equal(count, 4);
    feed(k, "q", 1000);
    assert_true(keys_next(k, 1000, &key));
    assert_false(key.pasted);
    keys_free(k);
}

static void keys_feed__mouse__gives_wheel_and_click_with_place(void **state)
{
    struct keys *k = keys_new();
    struct key key;

    (void)state;
    keys_set_mouse(k, true);
    feed(k, "\033[<64;10;5M\033[<0;1;1M\033[<0;1;1m\033[Ma!\"", 1000);
    assert_true(keys_next(k, 1000, &key));
    assert_int_equal(key.code, KEY_CODE_SCROLL_UP);
    assert_int_equal(key.row, 4);
    assert_int_equal(key.column, 9);
    assert_true(keys_next(k, 1000, &key));
    assert_int_equal(key.code, KEY_CODE_CLICK);
    assert_int_equal(key.row, 0);
    assert_true(keys_next(k, 1000, &key));
    assert_int_equal(key.code, KEY_CODE_SCROLL_DOWN);
    assert_int_equal(key.row, 1);
    assert_int_equal(key.column, 0);
    assert_false(keys_next(k, 1000, &key));
    keys_free(k);
}

static void keys_add__names_of_terminfo__come_first(void **state)
{
    struct keys *k = keys_new();
    uint32_t codes[CODES_MAX] = {0};

    (void)state;
    keys_add(k, "\033OA", KEY_CODE_UP);
    keys_add(k, "\033j", KEY_CODE_F1);
    keys_add(k, "x", KEY_CODE_F1); /* would shadow a plain key */
    keys_add(k, "", KEY_CODE_F1);
    feed(k, "\033OA\033jx", 1000);
    assert_int_equal(take_all(k, 1000, codes), 3);
    assert_int_equal(codes[0], KEY_CODE_UP);
    assert_int_equal(codes[1], KEY_CODE_F1);
    assert_int_equal(codes[2], 'x');
    keys_free(k);
}

/* What never ends is dropped after its time, and the keyboard lives again. */
static void keys_next__beginnings_without_end__expire(void **state)
{
    static const char *const cases[] = {"\033[1;",  "\033]11;rgb", "\033P",
                                        "\xE4\xB8", "\033[200",    "\033O1;"};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct keys *k = keys_new();
        uint32_t codes[CODES_MAX] = {0};
        size_t count;

        feed(k, cases[i], 1000);
        assert_true(keys_wait_ms(k, 1000) > 0);
        count = take_all(k, 3000, codes);
        assert_int_equal(keys_wait_ms(k, 3000), -1);
        assert_true(count <= 1); /* ESC P, alone for long, is Alt and P */
        feed(k, "q", 3000);
        assert_int_equal(take_all(k, 3000, codes), 1);
        assert_int_equal(codes[0], 'q');
        keys_free(k);
    }
}

static void keys_feed__random_bytes__stay_in_bounds_and_recover(void **state)
{
    struct keys *k = keys_new();
    int64_t now_ms = 1000;

    (void)state;
    srand(20261123);
    for (int round = 0; round < 20000; round++) {
        static const char alphabet[] = "\033\033[[O]P;:0129~ABMRcu\\\a?<>=$ \x7f\xE4\xB8\xFF";
        char bytes[40];
        size_t count = (size_t)(rand() % (int)sizeof bytes);
        struct key key;

        for (size_t i = 0; i < count; i++)
            bytes[i] = rand() % 4 == 0 ? (char)(rand() % 256)
                                       : alphabet[rand() % (int)(sizeof alphabet - 1)];
        keys_feed(k, bytes, count, now_ms);
        now_ms += rand() % 40;
        while (keys_next(k, now_ms, &key))
            assert_true(key.code != KEY_CODE_NONE);
        assert_true(keys_wait_ms(k, now_ms) <= KEYS_SEQUENCE_MS);
    }
    while (keys_next(k, now_ms + 10000, &(struct key){0}))
        ;
    feed(k, "\a\033[201~", now_ms + 10000);
    feed(k, "q", now_ms + 20000);
    for (struct key key = {0}; key.code != 'q';)
        assert_true(keys_next(k, now_ms + 20000, &key));
    keys_free(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_feed__whole_sequences__give_their_keys),
        cmocka_unit_test(keys_feed__sequences_cut_anywhere__give_the_same_keys),
        cmocka_unit_test(keys_next__esc_alone__is_a_key_after_25_ms),
        cmocka_unit_test(keys_feed__rest_of_an_arrow_comes_late__is_the_arrow),
        cmocka_unit_test(keys_feed__program_was_busy_between__gives_no_esc),
        cmocka_unit_test(keys_feed__replies_and_noise__give_no_key),
        cmocka_unit_test(keys_feed__awaited_replies__are_noted_and_keys_kept),
        cmocka_unit_test(keys_feed__pasted_text__is_marked_and_holds_no_controls),
        cmocka_unit_test(keys_feed__mouse__gives_wheel_and_click_with_place),
        cmocka_unit_test(keys_add__names_of_terminfo__come_first),
        cmocka_unit_test(keys_next__beginnings_without_end__expire),
        cmocka_unit_test(keys_feed__random_bytes__stay_in_bounds_and_recover),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
