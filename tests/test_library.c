/* The library: what is found in a folder, and what is remembered of it. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "library_support.h"
#include "shilu/base/file.h"
#include "shilu/base/xdg.h"
#include "shilu/library/library_cache.h"

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
    shelf_open(&d, "linked", 10, 120);
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
    shelf_assert(&d, "1 of 2", true); /* the chosen one, which stands elsewhere now */
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

/* A cache with one entry, as if the file had been read some time ago. */
static void save_one(const char *path, struct library_stamp *stamp)
{
    struct library_cache *c = library_cache_read();
    struct library_entry entry = {
        .path = (char *)(uintptr_t)path,
        .facts = {.title = (char *)(uintptr_t) "題\tname", .speakers = 7},
        .is_settled = true};
    struct library_facts known;
    struct error err;
    bool settled;

    assert_true(library_stamp_of(path, stamp, &settled));
    assert_false(settled); /* it was written just now */
    entry.stamp = *stamp;
    if (library_cache_find(c, path, stamp, &known)) /* asked, as the library does */
        free(known.title);
    assert_true(library_cache_save(c, &entry, 1, &err));
    library_cache_free(c);
}

static bool is_known(const char *path, const struct library_stamp *stamp)
{
    struct library_cache *c = library_cache_read();
    struct library_facts facts = {0};
    bool known = library_cache_find(c, path, stamp, &facts);

    if (known) {
        assert_string_equal(facts.title, "題\tname");
        assert_int_equal(facts.speakers, 7);
    }
    free(facts.title);
    library_cache_free(c);
    return known;
}

static void library_cache__file_changes__has_no_answer(void **state)
{
    const char *path = "shelf/b.json";
    struct library_stamp stamp;
    struct library_stamp other;

    (void)state;
    save_one(path, &stamp);
    assert_true(is_known(path, &stamp));
    other = stamp;
    other.bytes++;
    assert_false(is_known(path, &other));
    other = stamp;
    other.modified_ns++;
    assert_false(is_known(path, &other));
    other = stamp;
    other.changed_ns++;
    assert_false(is_known(path, &other));
    other = stamp;
    other.inode++;
    assert_false(is_known(path, &other));
}

static void library_cache__damaged__is_ignored(void **state)
{
    const char *path = "shelf/b.json";
    char *cache = xdg_path(XDG_CACHE, "library");
    struct library_stamp stamp;
    struct error err;
    size_t bytes;
    char *text;

    (void)state;
    save_one(path, &stamp);
    text = file_read(cache, 1 << 20, &bytes, &err);
    assert_non_null(text);
    for (size_t cut = 0; cut < bytes; cut++) {
        assert_true(file_replace(cache, text, cut, &err));
        assert_false(is_known(path, &stamp));
    }
    text[bytes - 3] ^= 1;
    assert_true(file_replace(cache, text, bytes, &err));
    assert_false(is_known(path, &stamp));
    free(text);
    unlink(cache);
    free(cache);
}

/* What the list shows of shelf/b.json, whose cached title is another than that in the file. */
static void assert_title(const char *title)
{
    struct shelf_desk d;

    shelf_open(&d, "shelf", 10, 120);
    shelf_assert(&d, title, true);
    shelf_close(&d);
}

static void set_time(const char *path, const struct stat *st)
{
    const struct timespec times[2] = {st->st_atim, st->st_mtim};

    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void library__cached_file_of_another_stamp__is_read(void **state)
{
    const char *path = "shelf/b.json";
    struct library_stamp stamp;
    struct stat st;

    (void)state;
    save_one(path, &stamp);
    assert_title("題    name");
    assert_int_equal(stat(path, &st), 0);
    st.st_mtim.tv_sec -= 100; /* as long as it was, and older */
    set_time(path, &st);
    assert_title("Beta 會議");
    save_one(path, &stamp);
    assert_title("題    name");
    shelf_write_record("shelf/new", "Beta 會議", "the dam is safe");
    set_time("shelf/new", &st);
    assert_int_equal(rename("shelf/new", path), 0); /* another file of the same size and time */
    assert_title("Beta 會議");
}

static void library__cache_that_cannot_be_had__is_done_without(void **state)
{
    char *cache = xdg_path(XDG_CACHE, "library");
    const char *folder = getenv("XDG_CACHE_HOME");
    char *before = strdup(folder);
    struct library_stamp stamp;
    struct error err;
    struct shelf_desk d;

    (void)state;
    save_one("shelf/b.json", &stamp);
    assert_true(file_replace(cache, "no cache\n", 9, &err));
    assert_title("Beta 會議");
    unlink(cache);
    assert_int_equal(mkdir(cache, 0700), 0); /* it cannot be replaced */
    shelf_open(&d, "shelf", 10, 80);
    shelf_assert(&d, "Beta 會議", true);
    library_save(d.library);
    shelf_close(&d);
    assert_int_equal(rmdir(cache), 0);
    setenv("XDG_CACHE_HOME", "/dev/null/nowhere", 1);
    shelf_open(&d, "shelf", 10, 80);
    shelf_assert(&d, "Beta 會議", true);
    library_save(d.library);
    shelf_close(&d);
    setenv("XDG_CACHE_HOME", before, 1);
    free(before);
    free(cache);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(library__folder__lists_transcripts_alone),
        cmocka_unit_test(library__links__lead_to_files_and_round_no_loop),
        cmocka_unit_test(library__foreign_files__are_passed_over),
        cmocka_unit_test(library__unreadable_file_and_folder__are_counted),
        cmocka_unit_test(library__file_changes_while_it_is_open__is_read_again),
        cmocka_unit_test(library_cache__file_changes__has_no_answer),
        cmocka_unit_test(library_cache__damaged__is_ignored),
        cmocka_unit_test(library__cached_file_of_another_stamp__is_read),
        cmocka_unit_test(library__cache_that_cannot_be_had__is_done_without),
    };

    return cmocka_run_group_tests(tests, set_up, shelf_tear_down);
}
