/* The library: what is found in a folder, and what is remembered of it. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "library_support.h"
#include "shilu/base/file.h"
#include "shilu/base/xdg.h"

static int set_up(void **state)
{
    if (shelf_set_up(state) != 0)
        return -1;
    assert_int_equal(symlink("../shelf", "shelf/loop"), 0);
    assert_int_equal(symlink("nowhere", "shelf/dangling"), 0);
    shelf_write_record("shelf/b.json", "Beta 會議", "the dam is safe");
    shelf_write_record("shelf/sub/a.json", "Alpha", "nothing of note");
    shelf_write_record("shelf/.hidden.json", "Hidden", "never seen");
    shelf_write("shelf/picture.png", "\x89PNG\r\n\x1a\n\x01\x02\x03\xff\xfe");
    return 0;
}

static void assert_shows(const char *screen, const char *text, bool shown)
{
    if ((strstr(screen, text) != NULL) != shown)
        fail_msg("'%s' is%s on the screen:\n%s", text, shown ? " not" : "", screen);
}

static void library__folder__lists_transcripts_alone(void **state)
{
    struct shelf_desk d;
    const char *screen;

    (void)state;
    shelf_open(&d, "shelf", 10, 80);
    screen = shelf_screen(&d);
    assert_shows(screen, "2 transcripts", true);
    assert_shows(screen, "Beta 會議", true);
    assert_shows(screen, "2020-03-09   0:01:10         2", true);
    assert_shows(screen, "Hidden", false);
    assert_shows(screen, "picture", false);
    assert_true(strstr(screen, "Alpha") < strstr(screen, "Beta"));
    shelf_close(&d);
}

static void library__links__lead_to_files_and_round_no_loop(void **state)
{
    struct shelf_desk d;

    (void)state;
    shelf_write_record("linked/below/one.json", "One", "words");
    assert_int_equal(symlink("below/one.json", "linked/again.json"), 0);
    assert_int_equal(symlink("..", "linked/below/up"), 0);
    assert_int_equal(symlink("itself", "linked/itself"), 0);
    shelf_open(&d, "linked", 10, 118);
    shelf_assert(&d, "2 transcripts", true);
    shelf_assert(&d, "again.json", true);
    shelf_assert(&d, "below/one.json", true);
    shelf_assert(&d, "unreadable", false);
    shelf_close(&d);
}

static void library__foreign_files__are_passed_over(void **state)
{
    static const char elf[] = "\x7f"
                              "ELF\x02\x01\x01\x03\x80\xfe\xff\x90";
    struct shelf_desk d;

    (void)state;
    shelf_write("foreign/empty", "");
    shelf_write("foreign/program", elf);
    shelf_write("foreign/archive.zip", "PK\x03\x04\x14\x01\x08\x01\xf0\x9f\xff");
    shelf_write("foreign/other.json", "{\"a\": [1, 2, {\"b\": null}]}");
    shelf_write("foreign/table.csv", "a,b\n1,2\n3,4\n");
    shelf_write_record("foreign/one.json", "One", "words");
    shelf_open(&d, "foreign", 10, 80);
    shelf_assert(&d, "1 transcript ", false);
    shelf_assert(&d, "  1 transcript\n", true);
    shelf_close(&d);
}

/* In a process that has no right to read them. */
static int look_as_nobody(void)
{
    struct shelf_desk d;
    const char *screen;
    bool ok;

    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
        return 2;
    shelf_open(&d, "locked", 10, 80);
    screen = shelf_screen(&d);
    ok = strstr(screen, "1 transcript  2 unreadable") != NULL && strstr(screen, "Open") != NULL;
    shelf_type(&d, "X");
    screen = shelf_screen(&d);
    ok = ok && strstr(screen, "closed.json: Permission denied") != NULL &&
         strstr(screen, "inner: Permission denied") != NULL;
    if (!ok)
        fprintf(stderr, "%s", screen);
    library_save(d.library); /* into a folder that is not its own either */
    shelf_close(&d);
    return ok ? 0 : 1;
}

static void library__unreadable_file_and_folder__are_counted(void **state)
{
    int status;
    pid_t child;

    (void)state;
    shelf_write_record("locked/open.json", "Open", "words");
    shelf_write_record("locked/closed.json", "Closed", "words");
    shelf_write_record("locked/inner/one.json", "Inner", "words");
    assert_int_equal(chmod(".", 0755), 0);
    assert_int_equal(chmod("locked", 0755), 0);
    assert_int_equal(chmod("locked/open.json", 0644), 0);
    assert_int_equal(chmod("locked/closed.json", 0), 0);
    assert_int_equal(chmod("locked/inner", 0), 0);
    child = fork();
    assert_true(child >= 0);
    if (child == 0)
        _exit(look_as_nobody());
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_int_equal(chmod("locked/inner", 0700), 0);
}

static void library__lists_on_request_what_cannot_be_read(void **state)
{
    struct shelf_desk d;

    (void)state;
    shelf_write_record("partly/good.json", "Good", "words");
    shelf_write("partly/bad.json", "{\"format\":\"shilu\",\"version\":99,\"segments\":[]}");
    shelf_open(&d, "partly", 10, 80);
    shelf_assert(&d, "1 transcript  1 unreadable", true);
    shelf_assert(&d, "bad.json", false);
    shelf_type(&d, "X");
    shelf_assert(&d, "bad.json: ", true);
    shelf_assert(&d, "version", true);
    shelf_assert(&d, "Good", false);
    shelf_assert(&d, "1 of 1 unreadable", true);
    shelf_type(&d, "X");
    shelf_assert(&d, "Good", true);
    shelf_close(&d);
}

static void library__sorts_by_every_column(void **state)
{
    struct shelf_desk d;

    (void)state;
    shelf_write_record("sorted/a.json", "Alpha", "a few words");
    shelf_write_record("sorted/b.json", "Beta", "rather more words than the other one has");
    shelf_write("sorted/c.srt", "1\n00:00:01,000 --> 00:00:02,000\nx\n");
    shelf_open(&d, "sorted", 10, 170);
    shelf_assert(&d, "Characters", true);
    shelf_assert(&d, "Format", true);
    shelf_type(&d, ": 'sort Space 'characters Enter");
    shelf_assert(&d, "by Characters", true);
    assert_true(strstr(shelf_screen(&d), "c.srt") < strstr(shelf_screen(&d), "Alpha"));
    shelf_type(&d, ": 'sort Space 'format Enter r");
    assert_true(strstr(shelf_screen(&d), "c.srt") < strstr(shelf_screen(&d), "Alpha"));
    shelf_close(&d);
}

/* What becomes of a file while its record is open. */
static void library__file_changes_while_it_is_open__is_read_again(void **state)
{
    struct shelf_desk d;

    (void)state;
    shelf_write_record("live/a.json", "First", "words");
    shelf_write_record("live/b.json", "Second", "words");
    shelf_open(&d, "live", 10, 80);
    shelf_assert(&d, "2 transcripts", true);
    shelf_type(&d, "j Enter");
    assert_string_equal(d.opened, "live/b.json");
    d.ui->ops->resumed(d.ui);
    shelf_assert(&d, "Second", true);
    shelf_write_record("live/b.json", "Changed", "words");
    d.ui->ops->resumed(d.ui);
    shelf_assert(&d, "Changed", true);
    shelf_assert(&d, "Second", false);
    shelf_assert(&d, "1 of 2", true); /* the chosen one, which is elsewhere now */
    shelf_write_record("live/new", "Replaced", "words");
    assert_int_equal(rename("live/new", "live/b.json"), 0);
    d.ui->ops->resumed(d.ui);
    shelf_assert(&d, "Replaced", true);
    shelf_assert(&d, "2 of 2", true);
    assert_int_equal(unlink("live/b.json"), 0);
    d.ui->ops->resumed(d.ui);
    shelf_assert(&d, "Replaced", false);
    shelf_assert(&d, "1 transcript  1 unreadable", true);
    shelf_close(&d);
}

/* Where the system reports changes, and where folders must be read again. */
static void check_followed(struct shelf_desk *d, bool is_reported)
{
    static const struct {
        const char *command;
        const char *shown, *gone;
    } steps[] = {
        {"cp moving/one.json moving/two.json", "2 transcripts", NULL},
        {"sed -i s/First/Third/ moving/two.json", "Third", NULL},
        {"mkdir -p moving/deep/er; cp moving/one.json moving/deep/er/x.json", "3 transcripts",
         NULL},
        {"cp moving/two.json moving/deep/er/y.json", "4 transcripts", NULL},
        {"mv moving/deep moving/other", "4 transcripts", NULL},
        {"printf '{' > moving/bad.json; printf x > moving/.hidden", "4 transcripts", NULL},
        {"rm moving/two.json", "3 transcripts", NULL},
        {"rm -r moving/other", "1 transcript", "Third"},
        {"cp moving/one.json moving/two.json", "2 transcripts", NULL},
        {"rm moving/two.json moving/bad.json", "1 transcript", NULL},
    };

    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        assert_int_equal(system(steps[i].command), 0);
        if (!is_reported)
            library_look(d->library);
        if (strstr(shelf_screen(d), steps[i].shown) == NULL ||
            (steps[i].gone != NULL && strstr(shelf_screen(d), steps[i].gone) != NULL))
            fail_msg("after '%s':\n%s", steps[i].command, shelf_screen(d));
    }
}

static void library__folder_changes__is_followed(void **state)
{
    struct rlimit before;
    struct rlimit none;

    (void)state;
    shelf_write_record("moving/one.json", "First", "words");
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    for (int is_reported = 1; is_reported >= 0; is_reported--) {
        struct shelf_desk d;
        int wait_ms;

        shelf_open(&d, "moving", 10, 80);
        none = before;
        none.rlim_cur = is_reported != 0 ? before.rlim_cur : 0; /* no descriptor for inotify */
        assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
        library_follow(d.library);
        assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
        shelf_assert(&d, "1 transcript", true);
        if (is_reported != 0 && library_wait(d.library, &wait_ms) < 0)
            print_message("no inotify here\n");
        else
            check_followed(&d, is_reported != 0);
        library_wait(d.library, &wait_ms);
        assert_true(is_reported != 0 ? wait_ms < 0 : wait_ms >= 0);
        shelf_close(&d);
    }
}

static size_t count_titles(void)
{
    struct buffer line = {0};
    FILE *in;
    int count = -1;

    buffer_append_string(&line, "for f in \"$XDG_CACHE_HOME\"/shilu/index/*.sqlite; do "
                                "sqlite3 \"$f\" 'SELECT count(title) FROM file'; done | "
                                "awk '{n += $1} END {print n}'");
    in = popen(line.data, "r");
    if (in == NULL || fscanf(in, "%d", &count) != 1)
        count = -1;
    if (in != NULL)
        pclose(in);
    buffer_release(&line);
    return (size_t)count;
}

/* What the list has read is in the index: the next time it is not read, and a search uses it.
 */
static void library__keeps_what_it_reads_in_the_index(void **state)
{
    struct shelf_desk d;

    (void)state;
    if (system("command -v sqlite3 >/dev/null") != 0)
        skip();
    sleep(3); /* what was written just now is not kept */
    shelf_open(&d, "shelf", 10, 120);
    shelf_assert(&d, "Beta 會議", true);
    shelf_close(&d);
    assert_int_equal(count_titles(), 2);
    shelf_open(&d, "shelf", 10, 120);
    shelf_assert(&d, "Beta 會議", true);
    shelf_type(&d, "/ 'dam Enter");
    shelf_assert(&d, "the dam is safe", true);
    shelf_close(&d);
}

/* The index knows that none of them has the words; one gets them, and no time to notice. */
static void library__file_changes_before_a_search__is_searched(void **state)
{
    struct shelf_desk d;

    (void)state;
    shelf_write_record("wet/one.json", "First", "the dam is safe");
    shelf_write_record("wet/two.json", "Second", "nothing of note");
    sleep(3); /* what was written just now is not kept */
    shelf_open(&d, "wet", 10, 120);
    shelf_assert(&d, "2 transcripts", true);
    shelf_close(&d);
    shelf_open(&d, "wet", 10, 120);
    library_follow(d.library);
    shelf_assert(&d, "2 transcripts", true);
    shelf_type(&d, "/ 'flood Enter");
    shelf_assert(&d, "2 transcripts searched", true);
    shelf_write_record("wet/two.json", "Second", "flooding it all");
    shelf_type(&d, "/ 'flood Enter");
    shelf_assert(&d, "flooding it all", true);
    shelf_assert(&d, "1 hit in 1 transcript", true);
    shelf_close(&d);
}

static void library__without_a_place_for_an_index__lists_all(void **state)
{
    char *before = strdup(getenv("XDG_CACHE_HOME"));
    struct shelf_desk d;

    (void)state;
    setenv("XDG_CACHE_HOME", "/dev/null/nowhere", 1);
    shelf_open(&d, "shelf", 10, 80);
    shelf_assert(&d, "Beta 會議", true);
    library_save(d.library);
    shelf_close(&d);
    setenv("XDG_CACHE_HOME", before, 1);
    free(before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(library__folder__lists_transcripts_alone),
        cmocka_unit_test(library__links__lead_to_files_and_round_no_loop),
        cmocka_unit_test(library__foreign_files__are_passed_over),
        cmocka_unit_test(library__unreadable_file_and_folder__are_counted),
        cmocka_unit_test(library__lists_on_request_what_cannot_be_read),
        cmocka_unit_test(library__sorts_by_every_column),
        cmocka_unit_test(library__file_changes_while_it_is_open__is_read_again),
        cmocka_unit_test(library__folder_changes__is_followed),
        cmocka_unit_test(library__keeps_what_it_reads_in_the_index),
        cmocka_unit_test(library__file_changes_before_a_search__is_searched),
        cmocka_unit_test(library__without_a_place_for_an_index__lists_all),
    };

    return cmocka_run_group_tests(tests, set_up, shelf_tear_down);
}
