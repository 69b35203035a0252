/* The program in a terminal, following a record that grows, and what may become of its file. */
#include <fcntl.h>
#include <setjmp.h>
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

#define HEAD                                                                          \
    "{\"format\":\"shilu\",\"version\":1,\"title\":\"Live\",\"clock\":\"elapsed\"}\n" \
    "{\"start\":1,\"speaker\":\"Ann\",\"text\":\"first words\"}\n"
#define SEGMENT(text) "{\"start\":2,\"speaker\":\"沈若蘭\",\"text\":\"" text "\"}\n"

static char live[300];

static void put(const char *path, int flags, const char *bytes)
{
    int fd = open(path, O_WRONLY | O_CREAT | flags, 0600);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, strlen(bytes)), strlen(bytes));
    close(fd);
}

/* The program follows the file `live`, which holds `bytes`. */
static void start_following(struct pty *p, struct pty_options *options, const char *bytes)
{
    static const char *arguments[] = {program, "+F", live, NULL};

    snprintf(live, sizeof live, "%s/live", folder);
    unlink(live);
    put(live, O_TRUNC, bytes);
    *options = (struct pty_options){.arguments = arguments, .rows = 24, .columns = 100};
    start(p, options);
    wait_for(p, "following");
}

static void follow__file_grows__shows_what_is_appended(void **state)
{
    struct pty_options options;
    struct pty p;
    uint64_t before;

    (void)state;
    start_following(&p, &options, HEAD);
    put(live, O_APPEND, SEGMENT("second words"));
    wait_for(&p, "second words");
    put(live, O_APPEND, "{\"start\":3,\"text\":\"cut \xE6\xB0");
    pty_settle(&p, 300);
    before = p.received_bytes;
    pty_settle(&p, 700);
    assert_int_equal(p.received_bytes, before);
    assert_true(pty_find(&p, "cut") < 0);
    assert_true(pty_find(&p, "problem") < 0);
    put(live, O_APPEND, "\xB4\"}\n");
    wait_for(&p, "cut 水");
    assert_true(pty_find(&p, "3 segments") >= 0);
    pty_send(&p, "\x03");
    wait_for(&p, "no longer following");
    pty_settle(&p, 300); /* what was there by then is still read */
    put(live, O_APPEND, SEGMENT("unseen"));
    pty_settle(&p, 300);
    assert_true(pty_find(&p, "unseen") < 0);
    pty_send(&p, "F");
    wait_for(&p, "unseen");
    quit(&p);
}

static void follow__file_is_another__is_read_again(void **state)
{
    struct pty_options options;
    struct pty p;
    char other[320];

    (void)state;
    start_following(&p, &options, HEAD SEGMENT("old words"));
    snprintf(other, sizeof other, "%s.new", live);
    put(other, O_TRUNC, HEAD SEGMENT("renamed over"));
    assert_int_equal(rename(other, live), 0);
    wait_for(&p, "the file was replaced");
    wait_for(&p, "renamed over");
    assert_true(pty_find(&p, "old words") < 0);
    put(live, O_TRUNC, HEAD);
    wait_for(&p, "the file was truncated");
    assert_true(pty_find(&p, "renamed over") < 0);
    put(live, O_APPEND, SEGMENT("after the cut"));
    wait_for(&p, "after the cut");
    assert_int_equal(unlink(live), 0);
    wait_for(&p, "was removed");
    assert_true(pty_find(&p, "after the cut") >= 0);
    put(live, O_TRUNC, HEAD SEGMENT("come back"));
    wait_for(&p, "come back");
    quit(&p);
}

static void follow__last_line_without_end__is_read_on(void **state)
{
    struct pty_options options;
    struct pty p;
    struct timespec old[2] = {{.tv_sec = 1000000000}, {.tv_sec = 1000000000}};

    (void)state;
    start_following(&p, &options, "Ann: One.\nBen: Two.\nAnn: Is it thr");
    assert_true(pty_find(&p, "thr") < 0); /* somebody may be writing it */
    put(live, O_APPEND, "ee?\n");
    wait_for(&p, "three");
    put(live, O_APPEND, "Ben: It is four.");
    assert_int_equal(utimensat(AT_FDCWD, live, old, 0), 0);
    pty_send(&p, "\x03");
    wait_for(&p, "four");
    pty_send(&p, "F");
    wait_for(&p, "following");
    put(live, O_APPEND, "\nAnn: It is five.\n");
    wait_for(&p, "five");
    pty_send(&p, "\x03");
    quit(&p);
}

static void follow__json_is_written_anew__is_read_again(void **state)
{
    struct pty_options options;
    struct pty p;

    (void)state;
    start_following(&p, &options,
                    "{\"format\":\"shilu\",\"version\":1,\"title\":\"T\",\"segments\":["
                    "{\"text\":\"one\"}]}\n");
    put(live, O_TRUNC,
        "{\"format\":\"shilu\",\"version\":1,\"title\":\"T\",\"segments\":["
        "{\"text\":\"one\"},{\"text\":\"and two\"}]}\n");
    wait_for(&p, "and two");
    quit(&p);
}

static void follow__pipe_without_end__shows_what_comes(void **state)
{
    static const char *arguments[] = {program, live, NULL};
    struct pty_options options = {.arguments = arguments};
    struct pty p;
    int fd;

    (void)state;
    snprintf(live, sizeof live, "%s/fifo", folder);
    assert_int_equal(mkfifo(live, 0600), 0);
    fd = open(live, O_RDWR | O_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, HEAD, strlen(HEAD)), strlen(HEAD));
    start_and_see(&p, &options, "first words");
    pty_send(&p, "F");
    wait_for(&p, "following");
    assert_true(write(fd, SEGMENT("through the pipe"), strlen(SEGMENT("through the pipe"))) >
                0);
    wait_for(&p, "through the pipe");
    close(fd);
    wait_for(&p, "the input has ended");
    unlink(live);
    quit(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PTY_TEST(follow__file_grows__shows_what_is_appended),
        PTY_TEST(follow__file_is_another__is_read_again),
        PTY_TEST(follow__last_line_without_end__is_read_on),
        PTY_TEST(follow__json_is_written_anew__is_read_again),
        PTY_TEST(follow__pipe_without_end__shows_what_comes),
    };

    return cmocka_run_group_tests(tests, program_set_up, program_tear_down);
}
