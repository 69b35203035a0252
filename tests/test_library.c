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

#include "shilu/app/library_cache.h"
#include "shilu/app/library_session.h"
#include "shilu/base/xdg.h"

static char root[] = "/tmp/shilu-library-XXXXXX";
static char shelf[64];

static void write_file(const char *name, const char *text)
{
    char path[160];
    FILE *f;

    snprintf(path, sizeof path, "%s/%s", shelf, name);
    f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static void write_record(const char *name, const char *title, const char *words)
{
    char text[600];

    snprintf(text, sizeof text,
             "{\"format\":\"shilu\",\"version\":1,\"title\":\"%s\",\"date\":\"2020-03-09\","
             "\"clock\":\"elapsed\",\"segments\":["
             "{\"speaker\":\"甲\",\"start\":0,\"text\":\"opening words\"},"
             "{\"speaker\":\"乙\",\"start\":70,\"text\":\"%s\"}]}",
             title, words);
    write_file(name, text);
}

static int set_up(void **state)
{
    char path[160];

    (void)state;
    if (mkdtemp(root) == NULL)
        return -1;
    setenv("XDG_CACHE_HOME", root, 1);
    snprintf(shelf, sizeof shelf, "%s/shelf", root);
    mkdir(shelf, 0700);
    snprintf(path, sizeof path, "%s/sub", shelf);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/loop", shelf);
    assert_int_equal(symlink(shelf, path), 0);
    snprintf(path, sizeof path, "%s/dangling", shelf);
    assert_int_equal(symlink("nowhere", path), 0);
    write_record("b.json", "Beta 會議", "the dam is safe");
    write_record("sub/a.json", "Alpha", "nothing of note");
    write_record(".hidden.json", "Hidden", "never seen");
    write_file("picture.png", "\x89PNG\r\n\x1a\n\x01\x02\x03\xff\xfe");
    return 0;
}

static int tear_down(void **state)
{
    char command[80];

    (void)state;
    snprintf(command, sizeof command, "rm -rf %s", root);
    return system(command) == 0 ? 0 : -1;
}

struct desk {
    char *paths[2];
    struct options options;
    struct library *library;
    struct keymap *keymap;
    struct width *width;
    struct library_session *session;
    struct grid grid;
    struct buffer screen;
};

static void open_desk(struct desk *d, int rows, int columns)
{
    *d = (struct desk){.paths = {shelf, NULL}};
    d->options.paths = d->paths;
    d->options.path_count = 1;
    d->library = library_new(&d->options);
    d->keymap = keymap_new();
    d->width = width_new(false);
    d->session = library_session_new(d->library, &d->options, d->keymap, d->width);
    library_session_resize(d->session, rows, columns);
}

static void close_desk(struct desk *d)
{
    library_session_free(d->session);
    library_free(d->library);
    keymap_free(d->keymap);
    width_free(d->width);
    grid_release(&d->grid);
    buffer_release(&d->screen);
}

static const char *screen_of(struct desk *d)
{
    while (library_session_step(d->session, 1000))
        continue;
    library_session_draw(d->session, &d->grid);
    buffer_clear(&d->screen);
    grid_dump(&d->grid, false, &d->screen);
    return buffer_string(&d->screen);
}

static void type(struct desk *d, const char *keys)
{
    for (; *keys != '\0'; keys++) {
        struct key key = {.code = *keys == '\n' ? KEY_CODE_ENTER : (unsigned char)*keys};

        library_session_key(d->session, key);
    }
}

static void assert_shows(const char *screen, const char *text, bool shown)
{
    if ((strstr(screen, text) != NULL) != shown)
        fail_msg("'%s' is%s on the screen:\n%s", text, shown ? " not" : "", screen);
}

static void library__folder__lists_transcripts_alone(void **state)
{
    struct desk d;
    const char *screen;

    (void)state;
    open_desk(&d, 10, 80);
    screen = screen_of(&d);
    assert_shows(screen, "2 transcripts", true);
    assert_shows(screen, "Beta 會議", true);
    assert_shows(screen, "2020-03-09   0:01:10         2", true);
    assert_shows(screen, "Hidden", false);
    assert_shows(screen, "picture", false);
    assert_true(strstr(screen, "Alpha") < strstr(screen, "Beta"));
    close_desk(&d);
}

static void library_session__sizes__keep_the_title(void **state)
{
    static const int sizes[][2] = {{40, 120}, {24, 80}, {20, 40}, {5, 20}};

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        struct desk d;

        open_desk(&d, sizes[i][0], sizes[i][1]);
        assert_shows(screen_of(&d), "Alpha", true);
        close_desk(&d);
    }
}

static void library_session__sort_and_filter__keep_the_choice(void **state)
{
    struct desk d;
    const struct hit *hit;
    const char *query;
    const char *screen;

    (void)state;
    open_desk(&d, 10, 80);
    screen_of(&d);
    type(&d, "j");
    type(&d, "r");
    screen = screen_of(&d);
    assert_true(strstr(screen, "Beta") < strstr(screen, "Alpha"));
    assert_shows(screen, "1 of 2", true);
    type(&d, "&bet");
    assert_shows(screen_of(&d), "Alpha", false);
    type(&d, "\n\n");
    assert_int_equal(library_session_take_wish(d.session), LIBRARY_OPEN);
    assert_non_null(strstr(library_session_chosen(d.session, &hit, &query), "b.json"));
    assert_null(hit);
    close_desk(&d);
}

static void library_session__search__lists_hits_by_transcript(void **state)
{
    struct desk d;
    const struct hit *hit;
    const char *query;
    const char *screen;

    (void)state;
    open_desk(&d, 10, 80);
    screen_of(&d);
    type(&d, "/DAM\x7f\x7f\x7f"
             "dam\n");
    screen = screen_of(&d);
    assert_shows(screen, "1 hit in 1 transcript", true);
    assert_shows(screen, "0:01:10 乙", true);
    assert_shows(screen, "the dam is safe", true);
    type(&d, "\n");
    assert_int_equal(library_session_take_wish(d.session), LIBRARY_OPEN);
    assert_non_null(strstr(library_session_chosen(d.session, &hit, &query), "b.json"));
    assert_int_equal(hit->segment, 1);
    assert_string_equal(query, "dam");
    type(&d, "q");
    assert_shows(screen_of(&d), "2 transcripts", true);
    assert_int_equal(library_session_take_wish(d.session), LIBRARY_STAY);
    type(&d, "q");
    assert_int_equal(library_session_take_wish(d.session), LIBRARY_LEAVE);
    close_desk(&d);
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
    char path[160];
    struct library_stamp stamp;
    struct library_stamp other;

    (void)state;
    snprintf(path, sizeof path, "%s/b.json", shelf);
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
    char path[160];
    char *cache = xdg_path(XDG_CACHE, "library");
    struct library_stamp stamp;
    struct error err;
    size_t bytes;
    char *text;

    (void)state;
    snprintf(path, sizeof path, "%s/b.json", shelf);
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

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
