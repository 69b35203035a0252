/* The library: what is found in a folder, what is remembered of it, and its screens. */
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

#include "library_support.h"
#include "shilu/app/library_cache.h"
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

static void library_session__sizes__keep_the_title(void **state)
{
    static const int sizes[][2] = {{40, 120}, {24, 80}, {20, 40}, {5, 20}};

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        struct shelf_desk d;

        shelf_open(&d, "shelf", sizes[i][0], sizes[i][1]);
        assert_shows(shelf_screen(&d), "Alpha", true);
        shelf_close(&d);
    }
}

static void library_session__sort_and_filter__keep_the_choice(void **state)
{
    struct shelf_desk d;
    const struct hit *hit;
    const char *query;
    const char *screen;

    (void)state;
    shelf_open(&d, "shelf", 10, 80);
    shelf_screen(&d);
    shelf_type(&d, "j r");
    screen = shelf_screen(&d);
    assert_true(strstr(screen, "Beta") < strstr(screen, "Alpha"));
    assert_shows(screen, "1 of 2", true);
    shelf_type(&d, "& 'bet");
    assert_shows(shelf_screen(&d), "Alpha", false);
    shelf_type(&d, "Enter Enter");
    assert_int_equal(library_session_take_wish(d.session), LIBRARY_OPEN);
    assert_non_null(strstr(library_session_chosen(d.session, &hit, &query), "b.json"));
    assert_null(hit);
    shelf_close(&d);
}

static void library_session__search__lists_hits_by_transcript(void **state)
{
    struct shelf_desk d;
    const struct hit *hit;
    const char *query;
    const char *screen;

    (void)state;
    shelf_open(&d, "shelf", 10, 80);
    shelf_screen(&d);
    shelf_type(&d, "/ 'DAM Backspace Backspace Backspace 'dam Enter");
    screen = shelf_screen(&d);
    assert_shows(screen, "1 hit in 1 transcript", true);
    assert_shows(screen, "0:01:10 乙", true);
    assert_shows(screen, "the dam is safe", true);
    shelf_type(&d, "Enter");
    assert_int_equal(library_session_take_wish(d.session), LIBRARY_OPEN);
    assert_non_null(strstr(library_session_chosen(d.session, &hit, &query), "b.json"));
    assert_int_equal(hit->segment, 1);
    assert_string_equal(query, "dam");
    shelf_type(&d, "q");
    assert_shows(shelf_screen(&d), "2 transcripts", true);
    assert_int_equal(library_session_take_wish(d.session), LIBRARY_STAY);
    shelf_type(&d, "q");
    assert_int_equal(library_session_take_wish(d.session), LIBRARY_LEAVE);
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
    struct error err;
    bool settled;

    assert_true(library_stamp_of(path, stamp, &settled));
    assert_false(settled); /* it was written just now */
    entry.stamp = *stamp;
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(library__folder__lists_transcripts_alone),
        cmocka_unit_test(library_session__sizes__keep_the_title),
        cmocka_unit_test(library_session__sort_and_filter__keep_the_choice),
        cmocka_unit_test(library_session__search__lists_hits_by_transcript),
        cmocka_unit_test(library_cache__file_changes__has_no_answer),
        cmocka_unit_test(library_cache__damaged__is_ignored),
    };

    return cmocka_run_group_tests(tests, set_up, shelf_tear_down);
}
