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

#include "library_fixture.h"
#include "shilu/base/file.h"
#include "shilu/base/xdg.h"

static int set_up(void **state)
{
    if (library_fixture_set_up(state) != 0)
        return -1;
    assert_int_equal(symlink("../shelf", "shelf/loop"), 0);
    assert_int_equal(symlink("nowhere", "shelf/dangling"), 0);
    library_fixture_write_record("shelf/b.json", "Beta 會議", "the dam is safe");
    library_fixture_write_record("shelf/sub/a.json", "Alpha", "nothing of note");
    library_fixture_write_record("shelf/.hidden.json", "Hidden", "never seen");
    library_fixture_write("shelf/picture.png", "\x89PNG\r\n\x1a\n\x01\x02\x03\xff\xfe");
    return 0;
}

static void assert_shows(const char *screen, const char *text, bool shown)
{
    if ((strstr(screen, text) != NULL) != shown)
        fail_msg("'%s' is%s on the screen:\n%s", text, shown ? " not" : "", screen);
}

static void library__folder__lists_transcripts_alone(void **state)
{
    struct library_fixture f;
    const char *screen;

    (void)state;
    library_fixture_open(&f, "shelf", 10, 80);
    screen = library_fixture_screen(&f);
    assert_shows(screen, "2 transcripts", true);
    assert_shows(screen, "Beta 會議", true);
    assert_shows(screen, "2020-03-09   0:01:10         2", true);
    assert_shows(screen, "Hidden", false);
    assert_shows(screen, "picture", false);
    assert_true(strstr(screen, "Alpha") < strstr(screen, "Beta"));
    library_fixture_close(&f);
}

static void library__links__lead_to_files_and_round_no_loop(void **state)
{
    struct library_fixture f;

    (void)state;
    library_fixture_write_record("linked/below/one.json", "One", "words");
    assert_int_equal(symlink("below/one.json", "linked/again.json"), 0);
    assert_int_equal(symlink("..", "linked/below/up"), 0);
    assert_int_equal(symlink("itself", "linked/itself"), 0);
    library_fixture_open(&f, "linked", 10, 118);
    library_fixture_assert(&f, "2 transcripts", true);
    library_fixture_assert(&f, "again.json", true);
    library_fixture_assert(&f, "below/one.json", true);
    library_fixture_assert(&f, "unreadable", false);
    library_fixture_close(&f);
}

static void library__foreign_files__are_passed_over(void **state)
{
    static const char elf[] = "\x7f"
                              "ELF\x02\x01\x01\x03\x80\xfe\xff\x90";
    struct library_fixture f;

    (void)state;
    library_fixture_write("foreign/empty", "");
    library_fixture_write("foreign/program", elf);
    library_fixture_write("foreign/archive.zip", "PK\x03\x04\x14\x01\x08\x01\xf0\x9f\xff");
    library_fixture_write("foreign/other.json", "{\"a\": [1, 2, {\"b\": null}]}");
    library_fixture_write("foreign/table.csv", "a,b\n1,2\n3,4\n");
    library_fixture_write_record("foreign/one.json", "One", "words");
    library_fixture_open(&f, "foreign", 10, 80);
    library_fixture_assert(&f, "1 transcript ", false);
    library_fixture_assert(&f, "  1 transcript\n", true);
    library_fixture_close(&f);
}

/* In a process that has no right to read them. */
static int look_as_nobody(void)
{
    struct library_fixture f;
    const char *screen;
    bool ok;

    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
        return 2;
    library_fixture_open(&f, "locked", 10, 80);
    screen = library_fixture_screen(&f);
    ok = strstr(screen, "1 transcript  2 unreadable") != NULL && strstr(screen, "Open") != NULL;
    library_fixture_type(&f, "X");
    screen = library_fixture_screen(&f);
    ok = ok && strstr(screen, "closed.json: Permission denied") != NULL &&
         strstr(screen, "inner: Permission denied") != NULL;
    if (!ok)
        fprintf(stderr, "%s", screen);
    library_save(f.library); /* into a folder that is not its own either */
    library_fixture_close(&f);
    return ok ? 0 : 1;
}

static void library__unreadable_file_and_folder__are_counted(void **state)
{
    int status;
    pid_t child;

    (void)state;
    library_fixture_write_record("locked/open.json", "Open", "words");
    library_fixture_write_record("locked/closed.json", "Closed", "words");
    library_fixture_write_record("locked/inner/one.json", "Inner", "words");
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
    struct library_fixture f;

    (void)state;
    library_fixture_write_record("partly/good.json", "Good", "words");
    library_fixture_write("partly/bad.json",
                          "{\"format\":\"shilu\",\"version\":99,\"segments\":[]}");
    library_fixture_open(&f, "partly", 10, 80);
    library_fixture_assert(&f, "1 transcript  1 unreadable", true);
    library_fixture_assert(&f, "bad.json", false);
    library_fixture_type(&f, "X");
    library_fixture_assert(&f, "bad.json: ", true);
    library_fixture_assert(&f, "version", true);
    library_fixture_assert(&f, "Good", false);
    library_fixture_assert(&f, "1 of 1 unreadable", true);
    library_fixture_type(&f, "X");
    library_fixture_assert(&f, "Good", true);
    library_fixture_close(&f);
}

static void library__sorts_by_every_column(void **state)
{
    struct library_fixture f;

    (void)state;
    library_fixture_write_record("sorted/a.json", "Alpha", "a few words");
    library_fixture_write_record("sorted/b.json", "Beta",
                                 "rather more words than the other one has");
    library_fixture_write("sorted/c.srt", "1\n00:00:01,000 --> 00:00:02,000\nx\n");
    library_fixture_open(&f, "sorted", 10, 170);
    library_fixture_assert(&f, "Characters", true);
    library_fixture_assert(&f, "Format", true);
    library_fixture_type(&f, ": 'sort Space 'characters Enter");
    library_fixture_assert(&f, "by Characters", true);
    assert_true(strstr(library_fixture_screen(&f), "c.srt") <
                strstr(library_fixture_screen(&f), "Alpha"));
    library_fixture_type(&f, ": 'sort Space 'format Enter r");
    assert_true(strstr(library_fixture_screen(&f), "c.srt") <
                strstr(library_fixture_screen(&f), "Alpha"));
    library_fixture_close(&f);
}

/* What becomes of a file while its record is open. */
static void library__file_changes_while_it_is_open__is_read_again(void **state)
{
    struct library_fixture f;

    (void)state;
    library_fixture_write_record("live/a.json", "First", "words");
    library_fixture_write_record("live/b.json", "Second", "words");
    library_fixture_open(&f, "live", 10, 80);
    library_fixture_assert(&f, "2 transcripts", true);
    library_fixture_type(&f, "j Enter");
    assert_string_equal(f.opened, "live/b.json");
    f.ui->ops->resumed(f.ui);
    library_fixture_assert(&f, "Second", true);
    library_fixture_write_record("live/b.json", "Changed", "words");
    f.ui->ops->resumed(f.ui);
    library_fixture_assert(&f, "Changed", true);
    library_fixture_assert(&f, "Second", false);
    library_fixture_assert(&f, "1 of 2", true); /* the chosen one, which is elsewhere now */
    library_fixture_write_record("live/new", "Replaced", "words");
    assert_int_equal(rename("live/new", "live/b.json"), 0);
    f.ui->ops->resumed(f.ui);
    library_fixture_assert(&f, "Replaced", true);
    library_fixture_assert(&f, "2 of 2", true);
    assert_int_equal(unlink("live/b.json"), 0);
    f.ui->ops->resumed(f.ui);
    library_fixture_assert(&f, "Replaced", false);
    library_fixture_assert(&f, "1 transcript  1 unreadable", true);
    library_fixture_close(&f);
}

/* Where the system reports changes, and where folders must be read again. */
static void check_followed(struct library_fixture *f, bool is_reported)
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
            library_look(f->library);
        if (strstr(library_fixture_screen(f), steps[i].shown) == NULL ||
            (steps[i].gone != NULL && strstr(library_fixture_screen(f), steps[i].gone) != NULL))
            fail_msg("after '%s':\n%s", steps[i].command, library_fixture_screen(f));
    }
}

static void library__folder_changes__is_followed(void **state)
{
    struct rlimit before;
    struct rlimit none;

    (void)state;
    library_fixture_write_record("moving/one.json", "First", "words");
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    for (int is_reported = 1; is_reported >= 0; is_reported--) {
        struct library_fixture f;
        int wait_ms;

        library_fixture_open(&f, "moving", 10, 80);
        none = before;
        none.rlim_cur = is_reported != 0 ? before.rlim_cur : 0; /* no descriptor for inotify */
        assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
        library_follow(f.library);
        assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
        library_fixture_assert(&f, "1 transcript", true);
        if (is_reported != 0 && library_wait(f.library, &wait_ms) < 0)
            print_message("no inotify here\n");
        else
            check_followed(&f, is_reported != 0);
        library_wait(f.library, &wait_ms);
        assert_true(is_reported != 0 ? wait_ms < 0 : wait_ms >= 0);
        library_fixture_close(&f);
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
    struct library_fixture f;

    (void)state;
    if (system("command -v sqlite3 >/dev/null") != 0)
        skip();
    sleep(3); /* what was written just now is not kept */
    library_fixture_open(&f, "shelf", 10, 120);
    library_fixture_assert(&f, "Beta 會議", true);
    library_fixture_close(&f);
    assert_int_equal(count_titles(), 2);
    library_fixture_open(&f, "shelf", 10, 120);
    library_fixture_assert(&f, "Beta 會議", true);
    library_fixture_type(&f, "/ 'dam Enter");
    library_fixture_assert(&f, "the dam is safe", true);
    library_fixture_close(&f);
}

/* The index knows that none of them has the words; one gets them, and no time to notice. */
static void library__file_changes_before_a_search__is_searched(void **state)
{
    struct library_fixture f;

    (void)state;
    library_fixture_write_record("wet/one.json", "First", "the dam is safe");
    library_fixture_write_record("wet/two.json", "Second", "nothing of note");
    sleep(3); /* what was written just now is not kept */
    library_fixture_open(&f, "wet", 10, 120);
    library_fixture_assert(&f, "2 transcripts", true);
    library_fixture_close(&f);
    library_fixture_open(&f, "wet", 10, 120);
    library_follow(f.library);
    library_fixture_assert(&f, "2 transcripts", true);
    library_fixture_type(&f, "/ 'flood Enter");
    library_fixture_assert(&f, "2 transcripts searched", true);
    library_fixture_write_record("wet/two.json", "Second", "flooding it all");
    library_fixture_type(&f, "/ 'flood Enter");
    library_fixture_assert(&f, "flooding it all", true);
    library_fixture_assert(&f, "1 hit in 1 transcript", true);
    library_fixture_close(&f);
}

static void library__without_a_place_for_an_index__lists_all(void **state)
{
    char *before = strdup(getenv("XDG_CACHE_HOME"));
    struct library_fixture f;

    (void)state;
    setenv("XDG_CACHE_HOME", "/dev/null/nowhere", 1);
    library_fixture_open(&f, "shelf", 10, 80);
    library_fixture_assert(&f, "Beta 會議", true);
    library_save(f.library);
    library_fixture_close(&f);
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

    return cmocka_run_group_tests(tests, set_up, library_fixture_tear_down);
}
