/* A session that follows a record: the page at its end, what leaves it and what brings it back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "session_fixture.h"

static void grow(struct session_fixture *f, const char *speaker, const char *text)
{
    session_fixture_append(f, speaker, text, false);
    session_loading(f->session, 100, true, NULL);
}

static int last(const struct session_fixture *f)
{
    return (int)transcript_count(f->transcript) - 1;
}

static void assert_status(struct session_fixture *f, const char *text)
{
    struct buffer row = {0};

    ui_say(f->ui, "");
    if (strstr(session_fixture_row(f, -1, &row), text) == NULL)
        fail_msg("'%s' does not say '%s'", buffer_string(&row), text);
    buffer_release(&row);
}

static void open_followed(struct session_fixture *f, int rows, int columns)
{
    session_fixture_open_hearing(f, rows, columns);
    session_fixture_type(f, "F");
    assert_int_equal(f->follow, 1);
    assert_int_equal(session_fixture_at(f), last(f));
}

static void session_follow__it_grows__all_panes_keep_up(void **state)
{
    static const int sizes[][2] = {{40, 120}, {24, 80}, {20, 40}, {5, 20}};
    struct buffer screen = {0};
    struct session_fixture f;

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        open_followed(&f, sizes[i][0], sizes[i][1]);
        for (int n = 0; n < 30; n++) {
            grow(&f, n % 2 ? "Newcomer" : "沈若蘭", n < 29 ? "later words" : "last words");
            assert_int_equal(session_fixture_at(&f), last(&f));
        }
        session_fixture_screen(&f, false, &screen);
        assert_non_null(strstr(buffer_string(&screen), "last words"));
        if (i < 2) { /* the timeline and the speakers beside it */
            assert_non_null(strstr(buffer_string(&screen), "10:01:12 Newcomer"));
            assert_non_null(strstr(buffer_string(&screen), "15 "));
        }
        assert_status(&f, i < 3 ? "following" : "10:0");
        session_fixture_close(&f);
    }
    buffer_release(&screen);
}

static void session_follow__scrolled_back__stays_there_until_asked(void **state)
{
    static const char *const back[] = {"k",   "b", "u", "{", "[", "g", "( ", "/ '水位 Enter",
                                       "3 g", "^O"};
    static const char *const again[] = {"F", "G"};
    struct session_fixture f;

    (void)state;
    for (size_t i = 0; i < sizeof back / sizeof *back; i++) {
        int at;

        open_followed(&f, 24, 80);
        session_fixture_type(&f, back[i]);
        at = session_fixture_at(&f);
        grow(&f, "Late", "new words");
        grow(&f, "Late", "newer words");
        assert_int_equal(session_fixture_at(&f), at);
        assert_status(&f, "2 new");
        assert_int_equal(f.follow, 1);
        session_fixture_type(&f, again[i % 2]);
        assert_int_equal(session_fixture_at(&f), last(&f));
        grow(&f, "Late", "newest words");
        assert_int_equal(session_fixture_at(&f), last(&f));
        assert_status(&f, "following");
        session_fixture_close(&f);
    }
}

static void session_follow__keys_that_do_not_go_back__keep_the_end(void **state)
{
    static const char *const keys[] = {"j", "Space", "d",     "Tab Tab Tab", "h q",  "O O",
                                       "W", "T T",   ": Esc", "t Esc",       "m 'a", "y"};
    struct session_fixture f;

    (void)state;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        open_followed(&f, 24, 80);
        session_fixture_type(&f, keys[i]);
        session_fixture_resize(&f, 20, 40);
        session_fixture_resize(&f, 30, 100);
        grow(&f, "Late", "new words");
        assert_int_equal(session_fixture_at(&f), last(&f));
        session_fixture_close(&f);
    }
}

static void session_follow__esc_or_interrupt__stops(void **state)
{
    static const char *const keys[] = {"Esc", "^C"};
    struct session_fixture f;

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        int at;

        open_followed(&f, 24, 80);
        session_fixture_type(&f, keys[i]);
        assert_int_equal(f.follow, 0);
        assert_false(f.ui->over);
        at = session_fixture_at(&f);
        grow(&f, "Late", "new words");
        assert_int_equal(session_fixture_at(&f), at);
        session_fixture_type(&f, "F");
        assert_int_equal(f.follow, 1);
        ui_interrupt(f.ui);
        assert_int_equal(f.follow, 0);
        ui_interrupt(f.ui);
        session_fixture_close(&f);
    }
}

static void session_follow__it_cannot__says_why(void **state)
{
    struct buffer row = {0};
    struct session_fixture f;

    (void)state;
    session_fixture_open_hearing(&f, 24, 80);
    f.follow_fails = true;
    session_fixture_type(&f, "F");
    assert_non_null(strstr(session_fixture_row(&f, -1, &row), "it has ended"));
    assert_int_equal(session_fixture_at(&f), 0);
    session_fixture_close(&f);
    buffer_release(&row);
}

static void session_follow__solo_and_narrowed__shows_what_is_taken(void **state)
{
    struct session_fixture f;
    struct buffer out = {0};
    int taken;

    (void)state;
    open_followed(&f, 24, 80);
    session_fixture_type(&f, "s 'falk Enter");
    session_fixture_screen(&f, false, &out);
    grow(&f, "Ingrid Falk", "the level again");
    taken = last(&f);
    assert_int_equal(session_fixture_at(&f), taken);
    grow(&f, "Late", "not read");
    assert_int_equal(session_fixture_at(&f), taken);
    session_fixture_type(&f, "a & 'level Enter");
    session_fixture_screen(&f, false, &out);
    grow(&f, "Late", "a level of 3 m");
    session_fixture_screen(&f, false, &out);
    assert_int_equal(session_fixture_at(&f), last(&f));
    taken = last(&f);
    grow(&f, "Late", "nothing");
    session_fixture_screen(&f, false, &out);
    assert_int_equal(session_fixture_at(&f), taken);
    session_fixture_close(&f);
    buffer_release(&out);
}

static void session_follow__narrowed_while_it_grows__keeps_the_count(void **state)
{
    struct buffer row = {0};
    struct session_fixture f;

    (void)state;
    open_followed(&f, 24, 100);
    session_fixture_type(&f, "& 'zebra Enter");
    for (int n = 0; n < 20; n++) {
        grow(&f, "Late", n % 4 == 0 ? "a zebra" : "no such word");
        session_fixture_row(&f, -1, &row);
    }
    assert_status(&f, "5 hits");
    assert_int_equal(session_fixture_at(&f), last(&f) - 3);
    session_fixture_type(&f, "g n");
    assert_status(&f, " of 5");
    session_fixture_close(&f);
    buffer_release(&row);
}

static void session_follow__with_a_search__counts_what_comes(void **state)
{
    struct session_fixture f;

    (void)state;
    session_fixture_open_hearing(&f, 24, 100);
    session_fixture_type(&f, "/ 'zebra Enter F");
    assert_status(&f, "no hit");
    grow(&f, "Late", "a zebra");
    assert_status(&f, "1 hit");
    grow(&f, "Late", "two Zebras, zebra");
    assert_status(&f, "3 hits");
    assert_int_equal(session_fixture_at(&f), last(&f));
    session_fixture_close(&f);
}

static void session_follow__while_typing__leaves_the_page(void **state)
{
    struct session_fixture f;
    int at;

    (void)state;
    open_followed(&f, 24, 80);
    at = session_fixture_at(&f);
    session_fixture_type(&f, ": 'the");
    grow(&f, "Late", "new words");
    assert_int_equal(session_fixture_at(&f), at);
    session_fixture_type(&f, "Esc");
    grow(&f, "Late", "newer words");
    assert_int_equal(session_fixture_at(&f), last(&f));
    session_fixture_close(&f);
}

static void session_reopen__another_transcript__is_read_at_its_end(void **state)
{
    struct buffer screen = {0};
    struct transcript *old;
    struct session_fixture f;

    (void)state;
    open_followed(&f, 24, 100);
    session_fixture_type(&f, "s 'falk Enter m 'a / 'fresh Enter F");
    old = f.transcript;
    f.transcript = transcript_new();
    session_reopen(f.session, f.transcript, NULL, NULL);
    transcript_free(old);
    assert_int_equal(session_fixture_at(&f), -1);
    grow(&f, "Someone", "fresh words");
    grow(&f, "Other", "more fresh words");
    assert_int_equal(session_fixture_at(&f), 1);
    session_fixture_screen(&f, false, &screen);
    assert_non_null(strstr(buffer_string(&screen), "fresh words"));
    assert_null(strstr(buffer_string(&screen), "Falk"));
    assert_status(&f, "2 hits");
    session_fixture_type(&f, "' 'a");
    assert_int_equal(session_fixture_at(&f), 1);
    session_fixture_close(&f);
    buffer_release(&screen);
}

static void session_walk__waiting_for_the_end__is_given_up(void **state)
{
    static const char *const keys[] = {"Esc", "^C"};
    struct session_fixture f;

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        int at;

        session_fixture_open_hearing(&f, 24, 80);
        session_loading(f.session, 40, false, NULL);
        session_fixture_type(&f, "/ 'the Enter G");
        session_fixture_append(&f, "Late", "more", false);
        session_loading(f.session, 50, false, NULL);
        at = session_fixture_at(&f);
        assert_int_equal(at, last(&f));
        session_fixture_type(&f, keys[i]);
        assert_false(f.ui->over);
        session_fixture_append(&f, "Late", "still more", false);
        session_loading(f.session, 100, true, NULL);
        assert_int_equal(session_fixture_at(&f), at);
        assert_status(&f, "/the"); /* the search is still there */
        session_fixture_close(&f);
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
