/* Tests of app/state_file: the place comes back for the same record, and for no other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shilu/base/buffer.h"
#include "shilu/base/file.h"
#include "shilu/base/xdg.h"
#include "shilu/store/folder_layouts.h"
#include "shilu/store/json_file.h"
#include "shilu/store/places.h"

static char folder[64];
static char state_path[128];

static char *path_of(const char *name)
{
    struct buffer path = {0};

    buffer_append_format(&path, "%s/%s", folder, name);
    return buffer_take(&path);
}

static void write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

/* As a program with nothing loaded. */
static bool save_place(const char *path, uint32_t segment, struct error *err)
{
    struct record_anchor place = {.segment = segment};
    struct record_id id;
    bool ok;

    record_id_init(&id, path);
    ok = places_save(&id, &place, err);
    record_id_release(&id);
    return ok;
}

static void save(const char *path, uint32_t segment)
{
    struct error err = {0};

    if (!save_place(path, segment, &err))
        fail_msg("%s", err.message);
}

static bool find(const char *path, uint32_t *segment)
{
    struct record_anchor place;
    struct record_id id;
    char *was;
    bool found;

    record_id_init(&id, path);
    found = id.path != NULL && places_find(&id, &place, &was);
    if (found) {
        *segment = place.segment;
        free(was);
    }
    record_id_release(&id);
    return found;
}

static int set_up(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/shilu-state-XXXXXX");
    if (mkdtemp(folder) == NULL)
        return -1;
    snprintf(state_path, sizeof state_path, "%s/shilu/places.json", folder);
    return setenv("XDG_STATE_HOME", folder, 1);
}

static int tear_down(void **state)
{
    char command[128];

    (void)state;
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

static void state_file_find__record_saved__gives_its_place(void **state)
{
    char *a = path_of("a.json");
    char *b = path_of("\xFF b 中%.json"); /* a name that is not UTF-8 */
    uint32_t segment = 7;

    (void)state;
    write_file(a, "first record");
    write_file(b, "second record");
    assert_false(find(a, &segment));
    assert_int_equal(segment, 7);
    save(a, 12);
    save(b, 4000000000u);
    save(a, 13);
    assert_true(find(a, &segment));
    assert_int_equal(segment, 13);
    assert_true(find(b, &segment));
    assert_true(segment == 4000000000u);
    free(a);
    free(b);
}

static void state_file_find__record_grew_or_changed__tells_them_apart(void **state)
{
    char *path = path_of("c.json");
    uint32_t segment;

    (void)state;
    write_file(path, "{\"growing\"");
    save(path, 5);
    write_file(path, "{\"growing\" and it has grown");
    assert_true(find(path, &segment));
    write_file(path, "{\"another\" under the old name");
    assert_false(find(path, &segment));
    write_file(path, "{\"gro");
    assert_false(find(path, &segment));
    unlink(path);
    assert_false(find(path, &segment));
    free(path);
}

static void state_file_save__state_is_broken__starts_anew(void **state)
{
    static const char *const broken[] = {
        "",
        "{",
        "[]",
        "{\"places\": 3}",
        "{\"places\": [1, null, {}, {\"path\": 5}]}",
        "{\"places\": [{\"path\": \"x\", \"head-bytes\": 1e99, \"segment\": -4}]}"};
    char *path = path_of("d.json");
    uint32_t segment;

    (void)state;
    write_file(path, "record");
    save(path, 1);
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        write_file(state_path, broken[i]);
        assert_false(find(path, &segment));
        save(path, (uint32_t)i);
        assert_true(find(path, &segment));
        assert_int_equal(segment, i);
    }
    free(path);
}

static void state_file_save__more_than_are_kept__forgets_the_oldest(void **state)
{
    uint32_t segment;
    char name[32];

    (void)state;
    for (int i = 0; i <= STATE_PLACES_MAX; i++) {
        char *path;

        snprintf(name, sizeof name, "many-%d", i);
        path = path_of(name);
        write_file(path, name);
        save(path, (uint32_t)i);
        free(path);
    }
    for (int i = 0; i <= STATE_PLACES_MAX; i++) {
        char *path;
        bool found;

        snprintf(name, sizeof name, "many-%d", i);
        path = path_of(name);
        found = find(path, &segment);
        assert_true(found == (i > 0));
        unlink(path);
        free(path);
    }
}

static void state_file_save__nothing_to_come_back_to__is_no_fault(void **state)
{
    char *pipe_path = path_of("pipe");
    struct error err;
    uint32_t segment;

    (void)state;
    assert_int_equal(mkfifo(pipe_path, 0600), 0);
    assert_true(save_place(pipe_path, 3, &err));
    assert_false(find(pipe_path, &segment));
    assert_true(save_place("/no/such/record", 3, &err));
    free(pipe_path);
}

/* A file of more than a megabyte is read and changed as any other: 500 places with long Chinese
 * paths make one. */
static void places_save__long_paths__loses_none(void **state)
{
    enum { NAME_CHARACTERS = 80, DEPTH = 8, PLACES = 220 };
    struct buffer deep = {0};
    struct error err;
    struct stat st;
    uint32_t segment;

    (void)state;
    buffer_append_string(&deep, folder);
    for (int i = 0; i < DEPTH; i++) {
        buffer_append_char(&deep, '/');
        for (int k = 0; k < NAME_CHARACTERS; k++)
            buffer_append_string(&deep, "會");
    }
    buffer_append_string(&deep, "/x");
    assert_true(file_make_parents(deep.data, &err));
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < PLACES; i++) {
            struct buffer path = {0};

            buffer_append_format(&path, "%s-%d", deep.data, i);
            if (round == 0) {
                write_file(path.data, path.data + path.bytes - 4);
                save(path.data, (uint32_t)i);
            } else {
                assert_true(find(path.data, &segment));
                assert_int_equal(segment, i);
            }
            buffer_release(&path);
        }
    assert_int_equal(stat(state_path, &st), 0);
    assert_true(st.st_size > 1024 * 1024);
    buffer_release(&deep);
}

/* What cannot be read is not written over; what is not ours stays. */
static void places_save__keeps_what_it_does_not_know(void **state)
{
    char *path = path_of("g.json");
    struct buffer command = {0};
    struct error err;
    char *text;

    (void)state;
    buffer_append_format(&command, "rm -f '%s'*", state_path);
    write_file(path, "record");
    assert_int_equal(system(buffer_string(&command)), 0);
    buffer_release(&command);
    write_file(state_path, "{\"version\": 9, \"places\": [{\"path\": \"/elsewhere\", "
                           "\"later\": [1, 2]}, 7], \"more\": {\"a\": null}}");
    save(path, 3);
    text = file_read(state_path, 1 << 20, NULL, &err);
    assert_non_null(strstr(text, "\"version\""));
    assert_non_null(strstr(text, "\"later\""));
    assert_non_null(strstr(text, "\"more\""));
    free(text);
    write_file(state_path, "{\"places\": [");
    save(path, 4);
    {
        struct buffer broken = {0};

        buffer_append_format(&broken, "%s.broken", state_path);
        text = file_read(broken.data, 1 << 20, NULL, &err);
        assert_string_equal(text, "{\"places\": [");
        free(text);
        unlink(broken.data);
        buffer_release(&broken);
    }
    unlink(state_path);
    assert_int_equal(mkdir(state_path, 0700), 0); /* what cannot be read at all */
    assert_false(save_place(path, 5, &err));
    rmdir(state_path);
    free(path);
}

/* Moved, a record still is the same; a copy beside it has a place of its own. */
static void places_find__record_was_moved__is_known_by_its_bytes(void **state)
{
    char *path = path_of("h.json");
    char *moved = path_of("i.json");
    struct record_anchor place;
    struct record_id id;
    uint32_t segment;
    char *was;

    (void)state;
    write_file(path, "the record of the tides, which is long enough to be known by its bytes");
    save(path, 6);
    assert_int_equal(rename(path, moved), 0);
    record_id_init(&id, moved);
    assert_true(places_find(&id, &place, &was));
    assert_int_equal(place.segment, 6);
    assert_string_equal(was, path);
    free(was);
    record_id_release(&id);
    save(moved, 7);
    write_file(path, "the record of the tides, which is long enough to be known by its bytes");
    assert_true(find(path, &segment));
    assert_int_equal(segment, 7);
    save(path, 8);
    assert_true(find(moved, &segment));
    assert_int_equal(segment, 7);
    assert_true(find(path, &segment));
    assert_int_equal(segment, 8);
    free(path);
    free(moved);
}

static char *find_speakers(const char *path)
{
    struct state_speakers *s = state_speakers_read();
    char *found = state_speakers_find(s, path);

    state_speakers_free(s);
    return found;
}

static void places_save_layout__is_found_beside_the_place(void **state)
{
    char *path = path_of("layout.txt");
    struct error err = {0};
    struct state_speakers *all;
    uint32_t segment = 0;
    char *layout;

    (void)state;
    write_file(path, "one ~ hello");
    save(path, 5);
    assert_true(places_save_layout(path, "{speaker} ~ {text}", &err));
    all = state_speakers_read();
    assert_non_null(all);
    layout = state_layout_find(all, path);
    assert_string_equal(layout, "{speaker} ~ {text}");
    assert_null(state_speakers_find(all, path));
    assert_true(find(path, &segment));
    assert_int_equal(segment, 5);
    free(layout);
    state_speakers_free(all);
    assert_true(places_save_layout(path, NULL, &err));
    assert_null(state_speakers_read());
    free(path);
}

static void folder_layouts_find__the_innermost_folder_counts(void **state)
{
    char *config = path_of("config.json");
    char *inner = path_of("inner");
    char *file = path_of("inner/a.txt");
    char *beside = path_of("innermost.txt");
    struct folder_layouts *layouts;
    struct buffer text = {0};

    (void)state;
    assert_int_equal(mkdir(inner, 0700), 0);
    write_file(file, "one ~ hello");
    write_file(beside, "one ~ hello");
    buffer_append_format(&text, "{\"layouts\": {\"%s\": \"{text}\", \"%s/\": \"{speaker}\"}}",
                         folder, inner);
    write_file(config, buffer_string(&text));
    layouts = folder_layouts_read(config);
    assert_non_null(layouts);
    assert_string_equal(folder_layouts_find(layouts, file), "{speaker}");
    assert_string_equal(folder_layouts_find(layouts, beside), "{text}");
    assert_null(folder_layouts_find(layouts, "/etc/passwd"));
    folder_layouts_free(layouts);
    write_file(config, "{\"layouts\": {}}");
    assert_null(folder_layouts_read(config));
    buffer_release(&text);
    free(beside);
    free(file);
    free(inner);
    free(config);
}

static void state_file_save_speakers__record_with_a_place__keeps_both(void **state)
{
    char *path = path_of("f.json");
    char *names = path_of("100% \xE8\xAD\x98 names");
    struct error err = {0};
    uint32_t segment;
    char *found;

    (void)state;
    write_file(path, "record");
    write_file(names, "a = b");
    assert_null(find_speakers(path));
    assert_true(places_save_speakers(path, names, &err));
    assert_false(find(path, &segment));
    save(path, 7);
    found = find_speakers(path);
    assert_string_equal(found, names);
    free(found);
    assert_true(places_save_speakers(path, NULL, &err));
    assert_null(find_speakers(path));
    assert_true(find(path, &segment));
    assert_int_equal(segment, 7);
    free(names);
    free(path);
}

static void state_file_save__folder_cannot_be_made__says_so(void **state)
{
    char *path = path_of("e.json");
    char *file = path_of("not-a-folder");
    struct error err = {0};

    (void)state;
    write_file(path, "record");
    write_file(file, "");
    setenv("XDG_STATE_HOME", file, 1);
    assert_false(save_place(path, 3, &err));
    assert_non_null(strstr(err.message, "not-a-folder"));
    setenv("XDG_STATE_HOME", folder, 1);
    free(path);
    free(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(state_file_find__record_saved__gives_its_place),
        cmocka_unit_test(state_file_find__record_grew_or_changed__tells_them_apart),
        cmocka_unit_test(state_file_save__state_is_broken__starts_anew),
        cmocka_unit_test(state_file_save__more_than_are_kept__forgets_the_oldest),
        cmocka_unit_test(state_file_save__nothing_to_come_back_to__is_no_fault),
        cmocka_unit_test(places_save__long_paths__loses_none),
        cmocka_unit_test(places_save__keeps_what_it_does_not_know),
        cmocka_unit_test(places_find__record_was_moved__is_known_by_its_bytes),
        cmocka_unit_test(places_save_layout__is_found_beside_the_place),
        cmocka_unit_test(folder_layouts_find__the_innermost_folder_counts),
        cmocka_unit_test(state_file_save_speakers__record_with_a_place__keeps_both),
        cmocka_unit_test(state_file_save__folder_cannot_be_made__says_so),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
