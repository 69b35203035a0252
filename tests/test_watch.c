/* Watching a file: noticing what happened to it. */
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "shilu/base/watch.h"

struct watched {
    char path[64];
    char other[80];
    int fd;
    struct watch *watch;
};

static void put(const char *path, int flags, const char *bytes)
{
    int fd = open(path, O_WRONLY | O_CREAT | flags, 0600);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, strlen(bytes)), strlen(bytes));
    close(fd);
}

static void open_watched(struct watched *w, const char *bytes)
{
    struct error err;

    strcpy(w->path, "/tmp/shilu-watch-XXXXXX");
    close(mkstemp(w->path));
    snprintf(w->other, sizeof w->other, "%s.other", w->path);
    put(w->path, 0, bytes);
    w->fd = open(w->path, O_RDONLY);
    w->watch = watch_new(w->path, w->fd, &err);
    assert_non_null(w->watch);
    watch_learn(w->watch, (int64_t)strlen(bytes));
    assert_int_equal(watch_look(w->watch, (int64_t)strlen(bytes)), WATCH_SAME);
}

static void close_watched(struct watched *w)
{
    watch_free(w->watch);
    close(w->fd);
    unlink(w->path);
    unlink(w->other);
}

static void watch_look__appended__has_grown(void **state)
{
    struct watched w;

    (void)state;
    open_watched(&w, "line\n");
    put(w.path, O_APPEND, "more\n");
    assert_int_equal(watch_look(w.watch, 5), WATCH_GROWN);
    assert_int_equal(watch_bytes(w.watch), 10);
    assert_int_equal(watch_look(w.watch, 5), WATCH_GROWN);
    assert_int_equal(watch_look(w.watch, 10), WATCH_SAME);
    assert_true(watch_line_ends_at(w.watch, 4));
    assert_false(watch_line_ends_at(w.watch, 5));
    assert_false(watch_line_ends_at(w.watch, 10));
    close_watched(&w);
}

static void watch_look__changed_otherwise__says_how(void **state)
{
    struct watched w;

    (void)state;
    open_watched(&w, "first line\nsecond\n");
    put(w.path, O_TRUNC, "first\n");
    assert_int_equal(watch_look(w.watch, 18), WATCH_CUT);
    put(w.path, O_TRUNC, "another line\nand what is longer\n");
    assert_int_equal(watch_look(w.watch, 18), WATCH_REWRITTEN);
    put(w.other, 0, "first line\nsecond\n");
    assert_int_equal(rename(w.other, w.path), 0);
    assert_int_equal(watch_look(w.watch, 18), WATCH_REPLACED);
    assert_int_equal(unlink(w.path), 0);
    assert_int_equal(watch_look(w.watch, 18), WATCH_REMOVED);
    put(w.path, 0, "first line\nsecond\n");
    assert_int_equal(watch_look(w.watch, 18), WATCH_REPLACED);
    close_watched(&w);
}

/* Only where there is inotify; elsewhere the program asks at intervals. */
static void watch_fd__a_change__can_be_polled_for(void **state)
{
    struct watched w;
    struct pollfd p = {.events = POLLIN};

    (void)state;
    open_watched(&w, "line\n");
    p.fd = watch_fd(w.watch);
    if (p.fd < 0) {
        close_watched(&w);
        skip();
    }
    assert_int_equal(poll(&p, 1, 0), 0);
    put(w.path, O_APPEND, "more\n");
    assert_int_equal(poll(&p, 1, 5000), 1);
    assert_int_equal(watch_look(w.watch, 5), WATCH_GROWN);
    assert_int_equal(poll(&p, 1, 0), 0);
    put(w.other, 0, "line\n");
    assert_int_equal(rename(w.other, w.path), 0);
    assert_int_equal(poll(&p, 1, 5000), 1);
    close_watched(&w);
}

static void watch_new__without_a_path__looks_at_the_bytes(void **state)
{
    struct watched w;
    struct error err;
    struct watch *watch;

    (void)state;
    open_watched(&w, "line\n");
    watch = watch_new(NULL, w.fd, &err);
    assert_non_null(watch);
    assert_int_equal(watch_fd(watch), -1);
    assert_in_range(watch_interval_ms(watch), 1, 500);
    put(w.path, O_APPEND, "more\n");
    assert_int_equal(watch_look(watch, 5), WATCH_GROWN);
    unlink(w.path);
    assert_int_equal(watch_look(watch, 10), WATCH_SAME);
    watch_free(watch);
    close_watched(&w);
}

static void watch_new__a_pipe__cannot(void **state)
{
    struct error err;
    int ends[2];

    (void)state;
    assert_int_equal(pipe(ends), 0);
    assert_null(watch_new(NULL, ends[0], &err));
    assert_int_equal(err.code, ERROR_UNSUPPORTED);
    close(ends[0]);
    close(ends[1]);
}

static void watch_is_being_written__an_old_file__is_not(void **state)
{
    struct watched w;
    struct timespec old[2] = {{.tv_sec = 1000000000}, {.tv_sec = 1000000000}};

    (void)state;
    open_watched(&w, "line");
    assert_true(watch_is_being_written(w.watch));
    assert_int_equal(utimensat(AT_FDCWD, w.path, old, 0), 0);
    assert_false(watch_is_being_written(w.watch));
    close_watched(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(watch_look__appended__has_grown),
        cmocka_unit_test(watch_look__changed_otherwise__says_how),
        cmocka_unit_test(watch_fd__a_change__can_be_polled_for),
        cmocka_unit_test(watch_new__without_a_path__looks_at_the_bytes),
        cmocka_unit_test(watch_new__a_pipe__cannot),
        cmocka_unit_test(watch_is_being_written__an_old_file__is_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
