/* The program in a terminal, while a record is still coming: what is shown before its end, and
 * what may become of the file meanwhile. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "pty_program.h"

enum { LONG_SEGMENTS = 60000, CUT_BYTES = 3000 };

static char long_path[300];

/* Some 10 MB, much more than is read before the first screen. */
static void write_long_record(void)
{
    FILE *file;
    int i;

    snprintf(long_path, sizeof long_path, "%s/long.jsonl", folder);
    file = fopen(long_path, "w");
    assert_non_null(file);
    fputs("{\"format\":\"shilu\",\"version\":1,\"title\":\"Long\",\"clock\":\"elapsed\"}\n",
          file);
    for (i = 0; i < LONG_SEGMENTS; i++)
        fprintf(file,
                "{\"start\":%d,\"speaker\":\"Ann\",\"text\":\"mark%05d and what else was said "
                "of the bridge, the ferry and the harbour wall, once more from the start\"}\n",
                i, i);
    assert_int_equal(fclose(file), 0);
}

static void start_long(struct pty *p, struct pty_options *options)
{
    static const char *const arguments[] = {program, long_path, NULL};

    write_long_record();
    *options = (struct pty_options){.arguments = arguments, .rows = 24, .columns = 100};
    start_and_see(p, options, "mark00000");
}

/* The program reads what this line of the shell writes, which holds its end back. */
static void start_pipe(struct pty *p, const char *writing, const char *path, const char *text)
{
    char line[2000];
    const char *const arguments[] = {"/bin/sh", "-c", line, NULL};
    struct pty_options options = {.rows = 24, .columns = 100, .arguments = arguments};

    snprintf(line, sizeof line, writing, path);
    snprintf(line + strlen(line), sizeof line - strlen(line), " | '%s' -", program);
    start_and_see(p, &options, text);
}

/* `q` leaves at once, though more might come; the shell waits on for what writes. */
static void leave_pipe(struct pty *p)
{
    pty_send(p, "q");
    pty_settle(p, 200);
    assert_false(p->on_alternate_screen);
    pty_end(p);
}

static void loading__pipe_is_not_at_its_end__is_shown_and_answers(void **state)
{
    struct pty p;

    (void)state;
    start_pipe(&p, "(head -c 20000 '%s'; sleep 20)", record, "mark0001");
    pty_send(&p, " ");
    pty_settle(&p, 200);
    assert_true(first_mark(&p) > 1);
    leave_pipe(&p);
}

static void loading__compressed_pipe_is_not_at_its_end__is_shown(void **state)
{
    struct pty p;

    (void)state;
    write_long_record();
    start_pipe(&p, "(gzip -c '%s' | head -c 200000; sleep 20)", long_path, "mark00000");
    leave_pipe(&p);
}

static void loading__end_is_asked_for__esc_gives_it_up(void **state)
{
    struct pty p;

    (void)state;
    write_long_record();
    start_pipe(&p, "(head -c 500000 '%s'; sleep 20)", long_path, "mark00000");
    pty_send(&p, "G");
    assert_true(pty_wait_for(&p, "Esc", ANSWER_MS));
    pty_send(&p, "\033");
    pty_settle(&p, 200);
    assert_true(pty_find(&p, "Esc") < 0);
    pty_send(&p, "g");
    assert_true(pty_wait_for(&p, "mark00000", ANSWER_MS));
    leave_pipe(&p);
}

static void loading__file_is_cut__keeps_what_was_read(void **state)
{
    struct pty_options options;
    struct pty p;

    (void)state;
    start_long(&p, &options);
    assert_int_equal(truncate(long_path, CUT_BYTES), 0);
    pty_send(&p, "}");
    assert_true(pty_wait_for(&p, "mark00001", ANSWER_MS));
    pty_send(&p, "G");
    pty_settle(&p, 300);
    pty_send(&p, "g");
    assert_true(pty_wait_for(&p, "mark00000", ANSWER_MS));
    quit(&p);
}

/* It reads on what it opened. */
static void loading__file_is_replaced__reads_on_what_it_opened(void **state)
{
    char other[310];
    struct pty_options options;
    struct pty p;

    (void)state;
    start_long(&p, &options);
    snprintf(other, sizeof other, "%s.other", long_path);
    assert_int_equal(link(record, other), 0);
    assert_int_equal(rename(other, long_path), 0);
    pty_send(&p, "G");
    assert_true(pty_wait_for(&p, "mark59999", ANSWER_MS));
    quit(&p);
}

static void loading__file_is_removed__reads_on_what_it_opened(void **state)
{
    struct pty_options options;
    struct pty p;

    (void)state;
    start_long(&p, &options);
    assert_int_equal(unlink(long_path), 0);
    pty_send(&p, "G");
    assert_true(pty_wait_for(&p, "mark59999", ANSWER_MS));
    quit(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PTY_TEST(loading__pipe_is_not_at_its_end__is_shown_and_answers),
        PTY_TEST(loading__compressed_pipe_is_not_at_its_end__is_shown),
        PTY_TEST(loading__end_is_asked_for__esc_gives_it_up),
        PTY_TEST(loading__file_is_cut__keeps_what_was_read),
        PTY_TEST(loading__file_is_replaced__reads_on_what_it_opened),
        PTY_TEST(loading__file_is_removed__reads_on_what_it_opened),
    };

    return cmocka_run_group_tests(tests, program_set_up, program_tear_down);
}
