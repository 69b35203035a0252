/* Shorten: what is said with fewer bytes, and what is left alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "term/output_optimizer.h"

#define SET "\033[2;39r"
#define LEFT "\0337" SET "\0338\r\n\033[1;40r"       /* as ncurses scrolls from the last row */
#define DOWN SET "\033[39;1H\n\033[1;40r\033[39;13H" /* … and from elsewhere; then it draws */
#define UP SET "\033[2;1H\033M\033[1;40r\033[2;13H"
#define SETTLED "\0337\033[r\0338"

static void check(const char *const given[], const char *shorter, bool scrolls)
{
    struct output_optimizer s = {.rows = 40, .scrolls = scrolls};
    struct buffer out = {0};

    for (; *given != NULL; given++) {
        size_t from = out.bytes;

        buffer_append_string(&out, *given);
        shorten(&s, &out, from);
    }
    if (strcmp(buffer_string(&out), shorter) != 0)
        print_error("is:     %s\nshould: %s\n", buffer_string(&out), shorter);
    assert_string_equal(buffer_string(&out), shorter);
    buffer_release(&out);
}

#define CHECK(shorter, ...) check((const char *const[]){__VA_ARGS__, NULL}, shorter, true)

static void shorten__scrolls_by_rows(void **state)
{
    (void)state;
    CHECK("", "");
    CHECK("words 詞", "words 詞");
    /* The region stays for the next row, and is given up before anything else. */
    CHECK(SET "\033[39;13H\nwords", DOWN "words");
    CHECK(SET "\033[39;13H\na\033[39;13H\nb", DOWN "a", DOWN "b");
    CHECK(SET "\033[39;13H\na\033[39;13H\nb", DOWN "a", LEFT "\033[39;13Hb");
    CHECK(SET "\033[39;13H\na\033[2;13H\033Mb", DOWN "a", UP "b");
    CHECK(SET "\033[39;13H\na" SETTLED "\033[7;1Hb", DOWN "a", "\033[7;1Hb");
    CHECK(SET "\033[39;13H\na", DOWN "a", "");
    CHECK(SET "\033[39;13H\na" SETTLED "\033[3;39r\033[39;13H\nb", DOWN "a",
          "\033[3;39r\033[39;1H\n\033[1;40r\033[39;13Hb");
    /* Where more follows that a region would change, it does not stay. */
    CHECK(SET "\033[S\033[r\033[39;13Ha\r\nb", DOWN "a\r\nb");
    CHECK(SET "\033[S\033[r\033[39;13Ha\033Db", DOWN "a\033Db");
    CHECK(SET "\033[S\033[r\033[39;13Ha\033[2L", DOWN "a\033[2L");
    CHECK(SET "\033[S\033[r\033[5;13Ha", SET "\033[39;1H\n\033[1;40r\033[5;13Ha");
    CHECK(SET "\033[3S\033[r\033[37;13Ha", SET "\033[39;1H\n\n\n\033[1;40r\033[37;13Ha");
    CHECK(SET "\033[2T\033[r", SET "\033[2;1H\033M\033M\033[1;40r");
    CHECK(SET "\033[39;13H\na" SET "\033[2S\033[r", DOWN "a", SET "\033[39;1H\n\n\033[1;40r");
}

static void shorten__leaves_alone_what_is_no_scroll(void **state)
{
    (void)state;
    CHECK(SET "\033[20;1H\n\033[r", SET "\033[20;1H\n\033[1;40r");
    CHECK(SET "\033[3;1H\033M\033[r", SET "\033[3;1H\033M\033[1;40r");
    CHECK(SET "\033[39;1H\nx\033[r", SET "\033[39;1H\nx\033[1;40r");
    CHECK(SET "\033[39;1H\n\033[1;39r", SET "\033[39;1H\n\033[1;39r");
    /* Cut off anywhere. */
    CHECK(SET "\033[39;1H\n", SET "\033[39;1H\n");
    CHECK("\033[2;39", "\033[2;39");
    CHECK("\033[99999999999999999999;1r", "\033[99999999999999999999;1r");
    CHECK("\033", "\033");
    CHECK(SET "\033[S\033[r\033[39;13Ha\033[", DOWN "a\033[");
}

static void shorten__ends_attributes_plainly(void **state)
{
    (void)state;
    CHECK("\033[mx", "\033[39m\033(B\033[mx");
    CHECK("\033[m", "\033[39;49m\033[m");
    CHECK("\033[mx", "\033[m\017x");
    CHECK("\033[39mx\033[m", "\033[39mx\033[m");
    CHECK("\033[39m\033[1m", "\033[39m\033[1m");
}

static void shorten__does_without_su_and_sd(void **state)
{
    static const char *const given[] = {DOWN "a", NULL};

    (void)state;
    check(given, SET "\033[39;1H\n\033[r\033[39;13Ha", false);
}

static void shorten_settle__gives_the_region_up(void **state)
{
    struct output_optimizer s = {.rows = 40, .scrolls = true};
    struct buffer out = {0};

    (void)state;
    output_optimizer_settle(&s, &out);
    assert_int_equal(out.bytes, 0);
    buffer_append_string(&out, DOWN);
    shorten(&s, &out, 0);
    buffer_clear(&out);
    output_optimizer_settle(&s, &out);
    assert_string_equal(out.data, SETTLED);
    buffer_clear(&out);
    output_optimizer_settle(&s, &out);
    assert_int_equal(out.bytes, 0);
    buffer_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shorten__scrolls_by_rows),
        cmocka_unit_test(shorten__leaves_alone_what_is_no_scroll),
        cmocka_unit_test(shorten__ends_attributes_plainly),
        cmocka_unit_test(shorten__does_without_su_and_sd),
        cmocka_unit_test(shorten_settle__gives_the_region_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
