/* A session that follows a record: the page at its end, what leaves it and what brings it back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "session_support.h"

static void grow(struct desk *d, const char *speaker, const char *text)
{
    desk_append(d, speaker, text, false);
    session_loading(d->session, 100, true, NULL);
}

static int last(const struct desk *d)
{
    return (int)transcript_count(d->transcript) - 1;
}

static void assert_status(struct desk *d, const char *text)
{
    struct buffer row = {0};

    ui_say(d->ui, "");
    if (strstr(desk_row(d, -1, &row), text) == NULL)
        fail_msg("'%s' does not say '%s'", buffer_string(&row), text);
    buffer_release(&row);
}

static void open_followed(struct desk *d, int rows, int columns)
{
    desk_open_hearing(d, rows, columns);
    desk_type(d, "F");
    assert_int_equal(d->follow, 1);
    assert_int_equal(desk_at(d), last(d));
}

static void session_follow__it_grows__all_panes_keep_up(void **state)
{
    static const int sizes[][2] = {{40, 120}, {24, 80}, {20, 40}, {5, 20}};
    struct buffer screen = {0};
    struct desk d;

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        open_followed(&d, sizes[i][0], sizes[i][1]);
        for (int n = 0; n < 30; n++) {
            grow(&d, n % 2 ? "Newcomer" : "沈若蘭", n < 29 ? "later words" : "last words");
            assert_int_equal(desk_at(&d), last(&d));
        }
        desk_screen(&d, false, &screen);
        assert_non_null(strstr(buffer_string(&screen), "last words"));
        if (i < 2) { /* the timeline and the speakers beside it */
            assert_non_null(strstr(buffer_string(&screen), "10:01:12 Newcomer"));
            assert_non_null(strstr(buffer_string(&screen), "15 "));
        }
        assert_status(&d, i < 3 ? "following" : "10:0");
        desk_close(&d);
    }
    buffer_release(&screen);
}

static void session_follow__scrolled_back__stays_there_until_asked(void **state)
{
    static const char *const back[] = {"k",   "b", "u", "{", "[", "g", "( ", "/ '水位 Enter",
                                       "3 g", "^O"};
    static const char *const again[] = {"F", "G"};
    struct desk d;

    (void)state;
    for (size_t i = 0; i < sizeof back / sizeof *back; i++) {
        int at;

        open_followed(&d, 24, 80);
        desk_type(&d, back[i]);
        at = desk_at(&d);
        grow(&d, "Late", "new words");
        grow(&d, "Late", "newer words");
        assert_int_equal(desk_at(&d), at);
        assert_status(&d, "2 new");
        assert_int_equal(d.follow, 1);
        desk_type(&d, again[i % 2]);
        assert_int_equal(desk_at(&d), last(&d));
        grow(&d, "Late", "newest words");
        assert_int_equal(desk_at(&d), last(&d));
        assert_status(&d, "following");
        desk_close(&d);
    }
}

static void session_follow__keys_that_do_not_go_back__keep_the_end(void **state)
{
    static const char *const keys[] = {"j", "Space", "d",     "Tab Tab Tab", "h q",  "O O",
                                       "W", "T T",   ": Esc", "t Esc",       "m 'a", "y"};
    struct desk d;

    (void)state;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        open_followed(&d, 24, 80);
        desk_type(&d, keys[i]);
        desk_resize(&d, 20, 40);
        desk_resize(&d, 30, 100);
        grow(&d, "Late", "new words");
        assert_int_equal(desk_at(&d), last(&d));
        desk_close(&d);
    }
}

static void session_follow__esc_or_interrupt__stops(void **state)
{
    static const char *const keys[] = {"Esc", "^C"};
    struct desk d;

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        int at;

        open_followed(&d, 24, 80);
        desk_type(&d, keys[i]);
        assert_int_equal(d.follow, 0);
        assert_false(d.ui->over);
        at = desk_at(&d);
        grow(&d, "Late", "new words");
        assert_int_equal(desk_at(&d), at);
        desk_type(&d, "F");
        assert_int_equal(d.follow, 1);
        ui_interrupt(d.ui);
        assert_int_equal(d.follow, 0);
        ui_interrupt(d.ui);
        desk_close(&d);
    }
}

static void session_follow__it_cannot__says_why(void **state)
{
    struct buffer row = {0};
    struct desk d;

    (void)state;
    desk_open_hearing(&d, 24, 80);
    d.follow_fails = true;
    desk_type(&d, "F");
    assert_non_null(strstr(desk_row(&d, -1, &row), "it has ended"));
    assert_int_equal(desk_at(&d), 0);
    desk_close(&d);
    buffer_release(&row);
}

static void session_follow__solo_and_narrowed__shows_what_is_taken(void **state)
{
    struct desk d;
    struct buffer out = {0};
    int taken;

    (void)state;
    open_followed(&d, 24, 80);
    desk_type(&d, "s 'falk Enter");
    desk_screen(&d, false, &out);
    grow(&d, "Ingrid Falk", "the level again");
    taken = last(&d);
    assert_int_equal(desk_at(&d), taken);
    grow(&d, "Late", "not read");
    assert_int_equal(desk_at(&d), taken);
    desk_type(&d, "a & 'level Enter");
    desk_screen(&d, false, &out);
    grow(&d, "Late", "a level of 3 m");
    desk_screen(&d, false, &out);
    assert_int_equal(desk_at(&d), last(&d));
    taken = last(&d);
    grow(&d, "Late", "nothing");
    desk_screen(&d, false, &out);
    assert_int_equal(desk_at(&d), taken);
    desk_close(&d);
    buffer_release(&out);
}

static void session_follow__narrowed_while_it_grows__keeps_the_count(void **state)
{
    struct buffer row = {0};
    struct desk d;

    (void)state;
    open_followed(&d, 24, 100);
    desk_type(&d, "& 'zebra Enter");
    for (int n = 0; n < 20; n++) {
        grow(&d, "Late", n % 4 == 0 ? "a zebra" : "no such word");
        desk_row(&d, -1, &row);
    }
    assert_status(&d, "5 hits");
    assert_int_equal(desk_at(&d), last(&d) - 3);
    desk_type(&d, "g n");
    assert_status(&d, " of 5");
    desk_close(&d);
    buffer_release(&row);
}

static void session_follow__with_a_search__counts_what_comes(void **state)
{
    struct desk d;

    (void)state;
    desk_open_hearing(&d, 24, 100);
    desk_type(&d, "/ 'zebra Enter F");
    assert_status(&d, "no hit");
    grow(&d, "Late", "a zebra");
    assert_status(&d, "1 hit");
    grow(&d, "Late", "two Zebras, zebra");
    assert_status(&d, "3 hits");
    assert_int_equal(desk_at(&d), last(&d));
    desk_close(&d);
}

static void session_follow__while_typing__leaves_the_page(void **state)
{
    struct desk d;
    int at;

    (void)state;
    open_followed(&d, 24, 80);
    at = desk_at(&d);
    desk_type(&d, ": 'the");
    grow(&d, "Late", "new words");
    assert_int_equal(desk_at(&d), at);
    desk_type(&d, "Esc");
    grow(&d, "Late", "newer words");
    assert_int_equal(desk_at(&d), last(&d));
    desk_close(&d);
}

static void session_reopen__another_transcript__is_read_at_its_end(void **state)
{
    struct buffer screen = {0};
    struct transcript *old;
    struct desk d;

    (void)state;
    open_followed(&d, 24, 100);
    desk_type(&d, "s 'falk Enter m 'a / 'fresh Enter F");
    old = d.transcript;
    d.transcript = transcript_new();
    session_reopen(d.session, d.transcript, NULL, NULL);
    transcript_free(old);
    assert_int_equal(desk_at(&d), -1);
    grow(&d, "Someone", "fresh words");
    grow(&d, "Other", "more fresh words");
    assert_int_equal(desk_at(&d), 1);
    desk_screen(&d, false, &screen);
    assert_non_null(strstr(buffer_string(&screen), "fresh words"));
    assert_null(strstr(buffer_string(&screen), "Falk"));
    assert_status(&d, "2 hits");
    desk_type(&d, "' 'a");
    assert_int_equal(desk_at(&d), 1);
    desk_close(&d);
    buffer_release(&screen);
}

static void session_walk__waiting_for_the_end__is_given_up(void **state)
{
    static const char *const keys[] = {"Esc", "^C"};
    struct desk d;

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        int at;

        desk_open_hearing(&d, 24, 80);
        session_loading(d.session, 40, false, NULL);
        desk_type(&d, "/ 'the Enter G");
        desk_append(&d, "Late", "more", false);
        session_loading(d.session, 50, false, NULL);
        at = desk_at(&d);
        assert_int_equal(at, last(&d));
        desk_type(&d, keys[i]);
        assert_false(d.ui->over);
        desk_append(&d, "Late", "still more", false);
        session_loading(d.session, 100, true, NULL);
        assert_int_equal(desk_at(&d), at);
        assert_status(&d, "/the"); /* the search is still there */
        desk_close(&d);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(session_follow__it_grows__all_panes_keep_up),
        cmocka_unit_test(session_follow__scrolled_back__stays_there_until_asked),
        cmocka_unit_test(session_follow__keys_that_do_not_go_back__keep_the_end),
        cmocka_unit_test(session_follow__esc_or_interrupt__stops),
        cmocka_unit_test(session_follow__it_cannot__says_why),
        cmocka_unit_test(session_follow__solo_and_narrowed__shows_what_is_taken),
        cmocka_unit_test(session_follow__narrowed_while_it_grows__keeps_the_count),
        cmocka_unit_test(session_follow__with_a_search__counts_what_comes),
        cmocka_unit_test(session_follow__while_typing__leaves_the_page),
        cmocka_unit_test(session_reopen__another_transcript__is_read_at_its_end),
        cmocka_unit_test(session_walk__waiting_for_the_end__is_given_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
