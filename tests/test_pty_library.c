/* The program in a terminal, on a folder: list, filter, open, come back, search. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "pty_program.h"

enum { RECORDS = 40, LINES = 60, WITH_HIT = 23 };

static char shelf[300];
static const char *open_shelf[] = {program, shelf, NULL};

static void path_of(int number, char path[400])
{
    snprintf(path, 400, "%s/record-%02d.txt", shelf, number);
}

static int set_up(void **state)
{
    if (program_set_up(state) != 0)
        return -1;
    snprintf(shelf, sizeof shelf, "%s/shelf", folder);
    if (mkdir(shelf, 0700) != 0)
        return -1;
    for (int i = 0; i < RECORDS; i++) {
        char path[400];
        FILE *f;

        path_of(i, path);
        f = fopen(path, "w");
        if (f == NULL)
            return -1;
        for (int line = 0; line < LINES; line++)
            fprintf(f, "%s: record%02d line%02d%s.\n", line % 2 == 0 ? "Ann" : "沈若蘭", i,
                    line, i == WITH_HIT && line == LINES - 5 ? " says quetzal" : "");
        fclose(f);
    }
    return 0;
}

static int tear_down(void **state)
{
    char command[700];

    snprintf(command, sizeof command, "rm -rf '%s' '%s/shilu'", shelf, folder);
    return system(command) == 0 ? program_tear_down(state) : -1;
}

static void start_list(struct pty *p, struct pty_options *options)
{
    options->arguments = open_shelf;
    options->rows = options->rows > 0 ? options->rows : 24;
    options->columns = 100;
    start_and_see(p, options, "40 transcripts");
    wait_for(p, "1 of 40");
}

static void library__record_is_left__comes_back_to_its_row(void **state)
{
    struct pty_options options = {0};
    struct pty p;

    (void)state;
    start_list(&p, &options);
    pty_send(&p, "&ecord-1");
    wait_for(&p, "10 of 40 transcripts");
    pty_send(&p, "\r2j");
    wait_for(&p, "3 of 10");
    pty_send(&p, "\r");
    wait_for(&p, "record12 line00");
    pty_send(&p, "G");
    wait_for(&p, "record12 line59");
    pty_send(&p, "q");
    wait_for(&p, "3 of 10");
    wait_for(&p, "only ecord-1");
    pty_resize(&p, 10, 50);
    wait_for(&p, "10 of 40 transcripts");
    pty_send(&p, "\r");
    wait_for(&p, "record12 line59"); /* where it was left */
    pty_resize(&p, 30, 110);
    pty_send(&p, "q");
    wait_for(&p, "3 of 10");
    pty_send(&p, ":theme nowhere\r");
    wait_for(&p, "nowhere'");
    pty_send(&p, ":theme dark\r");
    wait_for(&p, "3 of 10");
    pty_send(&p, "\x1b"); /* all of them, and the same one chosen */
    wait_for(&p, "13 of 40");
    quit(&p);
}

static void library__enter_on_a_hit__opens_there(void **state)
{
    struct pty_options options = {0};
    struct pty p;

    (void)state;
    start_list(&p, &options);
    pty_send(&p, "/quetzal\r");
    wait_for(&p, "1 hit in 1 transcript");
    assert_true(pty_find(&p, "says quetzal") >= 0);
    pty_send(&p, "n\r");
    wait_for(&p, "/quetzal 1 of 1");
    assert_true(pty_find(&p, "record23 line55 says quetzal") >= 0);
    assert_true(pty_find(&p, "record23 line00") < 0);
    pty_send(&p, "/line57\r"); /* what is typed in a record is known to the list */
    wait_for(&p, "/line57 1 of 1");
    pty_send(&p, "q");
    wait_for(&p, "Hits for quetzal");
    pty_send(&p, "q");
    wait_for(&p, "1 of 40");
    pty_send(&p, "/\x1b[A");
    wait_for(&p, "Search all: line57");
    pty_send(&p, "\x1b[A");
    wait_for(&p, "Search all: quetzal");
    pty_send(&p, "\x1b");
    wait_for(&p, "1 of 40");
    pty_send(&p, "L");
    wait_for(&p, "1 hit in 1 transcript");
    pty_send(&p, ":q\r");
    check_left(&p, 0);
    pty_end(&p);
    start_list(&p, &options); /* another run */
    pty_send(&p, "/\x1b[A");
    wait_for(&p, "Search all: line57");
    pty_send(&p, "\x1b");
    wait_for(&p, "1 of 40");
    quit(&p);
}

/* n after a record's last hit reads the next record, N before its first the one before. */
static void library__n_after_the_last_hit__goes_on_in_the_next_record(void **state)
{
    struct pty_options options = {0};
    struct pty p;

    (void)state;
    start_list(&p, &options);
    pty_send(&p, "/line30\r");
    wait_for(&p, "40 hits in 40 transcripts");
    pty_send(&p, "n\r");
    wait_for(&p, "record00 line30");
    pty_send(&p, "n");
    wait_for(&p, "record01 line30");
    wait_for(&p, "another transcript");
    pty_send(&p, "n");
    wait_for(&p, "record02 line30");
    pty_send(&p, "N");
    wait_for(&p, "record01 line30");
    pty_send(&p, "/line57\r"); /* another search stays in this one */
    wait_for(&p, "record01 line57");
    pty_send(&p, "n");
    wait_for(&p, "from the top");
    pty_send(&p, "q");
    wait_for(&p, "Hits for line30");
    pty_send(&p, ":q\r");
    check_left(&p, 0);
    pty_end(&p);
}

/* The record shows all words; n goes to what the list has found. */
static void library__hits_of_one_speaker__are_those_in_the_record_too(void **state)
{
    struct pty_options options = {0};
    struct pty p;

    (void)state;
    start_list(&p, &options);
    pty_send(&p, "sann\r/record23\r");
    wait_for(&p, "30 hits in 1 transcript");
    pty_send(&p, "n\r");
    wait_for(&p, "only the hits of the list");
    assert_true(pty_find(&p, "record23 line01") >= 0);
    pty_send(&p, "n");
    wait_for(&p, "/record23 2 of 30");
    pty_send(&p, "/record23\r"); /* a new search finds all */
    wait_for(&p, "of 60");
    pty_send(&p, "q");
    wait_for(&p, "30 hits in 1 transcript");
    pty_send(&p, "\r");
    wait_for(&p, "only the hits of the list");
    pty_send(&p, "f"); /* so does a choice of what is shown */
    wait_for(&p, "1 of 30");
    pty_send(&p, "a");
    wait_for(&p, "of 60");
    pty_send(&p, ":q\r");
    pty_send(&p, ":q\r");
    check_left(&p, 0);
    pty_end(&p);
}

static void library__file_is_removed__leaves_the_list(void **state)
{
    struct pty_options options = {0};
    struct pty p;
    char path[400];

    (void)state;
    start_list(&p, &options);
    path_of(0, path);
    assert_int_equal(unlink(path), 0);
    wait_for(&p, "39 transcripts");
    pty_send(&p, "\r");
    wait_for(&p, "record01 line00");
    pty_send(&p, "q");
    wait_for(&p, "1 of 39");
    quit(&p);
}

/* The hit is not where it was when it was listed. */
static void library__file_changes_after_the_search__opens_at_the_next_hit(void **state)
{
    struct pty_options options = {0};
    struct pty p;
    char path[400];
    FILE *f;

    (void)state;
    start_list(&p, &options);
    pty_send(&p, "/quetzal\r");
    wait_for(&p, "1 hit in 1 transcript");
    path_of(WITH_HIT, path);
    f = fopen(path, "w");
    assert_non_null(f);
    fputs("Ann: nothing.\nBen: much.\nAnn: 水 quetzal again.\nBen: bye.\n", f);
    fclose(f);
    pty_send(&p, "\r");
    wait_for(&p, "/quetzal 1 of 1");
    wait_for(&p, "quetzal again");
    pty_send(&p, "q");
    wait_for(&p, "Hits for quetzal");
    pty_send(&p, "q");
    quit(&p);
}

static void library__stopped_and_continued__gives_and_takes_the_terminal(void **state)
{
    struct pty_options options = {.job_control = true};
    struct pty p;

    (void)state;
    start_list(&p, &options);
    pty_send(&p, "j");
    wait_for(&p, "2 of 40");
    pty_send(&p, "\x1a");
    assert_true(pty_wait_for_stop(&p, ANSWER_MS));
    assert_false(p.on_alternate_screen);
    assert_true(pty_mode_is_restored(&p));
    kill(p.program, SIGCONT);
    wait_for(&p, "2 of 40");
    pty_settle(&p, 50);
    assert_true(p.on_alternate_screen);
    quit(&p);
}

static void library__gets_a_signal_to_end__restores_the_terminal(void **state)
{
    struct pty_options options = {0};
    struct pty p;

    (void)state;
    start_list(&p, &options);
    kill(p.program, SIGTERM);
    check_left(&p, 143);
    pty_end(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PTY_TEST(library__record_is_left__comes_back_to_its_row),
        PTY_TEST(library__enter_on_a_hit__opens_there),
        PTY_TEST(library__n_after_the_last_hit__goes_on_in_the_next_record),
        PTY_TEST(library__hits_of_one_speaker__are_those_in_the_record_too),
        PTY_TEST(library__stopped_and_continued__gives_and_takes_the_terminal),
        PTY_TEST(library__gets_a_signal_to_end__restores_the_terminal),
        PTY_TEST(library__file_changes_after_the_search__opens_at_the_next_hit),
        PTY_TEST(library__file_is_removed__leaves_the_list),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
