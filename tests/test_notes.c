/* Notes and marks: kept from the moment that they are written, shown where they belong. */
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

#include "session_support.h"
#include "shilu/base/file.h"
#include "shilu/store/notes.h"

static char folder[64];
static char record[128];

static void write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static int set_up(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/shilu-notes-XXXXXX");
    if (mkdtemp(folder) == NULL)
        return -1;
    snprintf(record, sizeof record, "%s/the record ü.txt", folder);
    write_file(record, "Ann: one\nBen: two\nAnn: three\n");
    return setenv("XDG_DATA_HOME", folder, 1);
}

static int tear_down(void **state)
{
    char command[128];

    (void)state;
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

static void put(struct notes *n, uint32_t segment, const char *text)
{
    struct error err;

    if (!notes_put(n, segment, text, &err))
        fail_msg("%s", err.message);
}

static void mark(struct notes *n, char letter, uint32_t segment, uint32_t byte)
{
    struct error err;

    assert_true(notes_mark(n, letter, segment, byte, &err));
}

/* "2:text 5:text" */
static void assert_notes(const struct notes *n, const char *wanted)
{
    struct buffer all = {0};
    size_t count;
    const struct reader_state_note *notes = notes_all(n, &count);

    for (size_t i = 0; i < count; i++)
        buffer_append_format(&all, "%s%u:%s", i > 0 ? " " : "", (unsigned)notes[i].segment,
                             notes[i].text);
    assert_string_equal(buffer_string(&all), wanted);
    buffer_release(&all);
}

static void assert_kept(const char *wanted)
{
    struct notes *n = notes_new(record);

    assert_notes(n, wanted);
    notes_free(n);
}

/* The one file of notes; freed by the caller. */
static char *find_file(void)
{
    struct buffer command = {0};
    char name[300] = "";
    FILE *f;

    buffer_append_format(&command, "ls %s/shilu/notes/*-1.json", folder);
    f = popen(buffer_string(&command), "r");
    assert_non_null(f);
    assert_non_null(fgets(name, sizeof name, f));
    pclose(f);
    buffer_release(&command);
    name[strcspn(name, "\n")] = '\0';
    return strdup(name);
}

static void notes_put__kept_at_once__in_order(void **state)
{
    struct notes *n = notes_new(record);
    uint32_t segment;
    uint32_t byte;

    (void)state;
    assert_notes(n, "");
    put(n, 5, "later");
    put(n, 2, "水位 \"quoted\"");
    put(n, 9, "gone soon");
    mark(n, 'a', 7, 12);
    assert_kept("2:水位 \"quoted\" 5:later 9:gone soon");
    put(n, 5, "changed");
    put(n, 9, "");
    put(n, 1, "");
    assert_notes(n, "2:水位 \"quoted\" 5:changed");
    assert_kept("2:水位 \"quoted\" 5:changed");
    notes_free(n);
    n = notes_new(record);
    assert_true(notes_find_mark(n, 'a', &segment, &byte));
    assert_int_equal(segment, 7);
    assert_int_equal(byte, 12);
    assert_false(notes_find_mark(n, 'b', &segment, &byte));
    notes_free(n);
}

static void notes_put__two_programs__keep_each_others(void **state)
{
    struct notes *a = notes_new(record);
    struct notes *b = notes_new(record);

    (void)state;
    put(a, 1, "of a");
    put(b, 2, "of b");
    mark(a, 'x', 3, 0);
    put(b, 4, "again");
    assert_kept("1:of a 2:of b 4:again");
    notes_free(a);
    notes_free(b);
}

static void notes_new__record_has_changed__only_its_own(void **state)
{
    struct notes *n = notes_new(record);

    (void)state;
    put(n, 1, "of the first");
    notes_free(n);
    write_file(record, "Ann: one\nBen: two\nAnn: three\nBen: and more\n"); /* it has grown */
    assert_kept("1:of the first");
    write_file(record, "Cid: quite another record\n");
    assert_kept("");
    n = notes_new(record);
    put(n, 0, "of the second");
    notes_free(n);
    assert_kept("0:of the second");
    write_file(record, "Ann: one\nBen: two\nAnn: three\n");
    assert_kept("1:of the first");
}

static void notes_put__cannot_be_saved__stays_and_is_said(void **state)
{
    struct notes *n = notes_new(record);
    struct error err;
    char *file;
    char *kept;
    size_t bytes;

    (void)state;
    put(n, 1, "first");
    file = find_file();
    write_file(file, "{ this was work, once");
    assert_false(notes_put(n, 2, "second", &err));
    assert_notes(n, "1:first 2:second");
    kept = file_read(file, 1000, &bytes, &err);
    assert_string_equal(kept, "{ this was work, once"); /* never written over */
    free(kept);
    unlink(file);
    put(n, 3, "third");
    assert_kept("1:first 2:second 3:third");
    notes_free(n);
    free(file);
}

static void notes_new__nothing_to_keep_it_by__lasts_as_long_as_the_program(void **state)
{
    static const char *const paths[] = {NULL, "-", "/nonexistent/record"};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct notes *n = notes_new(paths[i]);

        put(n, 3, "here");
        mark(n, 'q', 1, 1);
        assert_notes(n, "3:here");
        notes_free(n);
    }
}

/* -------------------------------------------------------------------------- in a session */

static void session_note__written__is_shown_and_listed(void **state)
{
    struct buffer out = {0};
    struct desk d;
    int noted;

    (void)state;
    desk_open_hearing(&d, 24, 100);
    desk_type(&d, "} } M 'check_this Enter");
    noted = desk_at(&d);
    assert_non_null(strstr(desk_row(&d, -1, &out), "noted"));
    desk_type(&d, "j k");
    assert_non_null(strstr(desk_row(&d, -1, &out), "* check_this"));
    desk_screen(&d, false, &out);
    assert_non_null(strstr(buffer_string(&out), "│ *"));
    desk_type(&d, "G M 'the_end Enter g");
    assert_null(strstr(desk_row(&d, -1, &out), "* "));
    desk_type(&d, ": 'notes Enter");
    desk_screen(&d, false, &out);
    assert_non_null(strstr(buffer_string(&out), "check_this"));
    assert_non_null(strstr(buffer_string(&out), "the_end"));
    assert_int_equal(desk_at(&d), noted);
    desk_type(&d, "j Enter");
    assert_int_equal(desk_at(&d), (int)transcript_count(d.transcript) - 1);
    desk_type(&d, ": 'notes Enter k Esc");
    assert_int_equal(desk_at(&d), (int)transcript_count(d.transcript) - 1);
    desk_close(&d);
    buffer_release(&out);
}

static void session_note__made_empty__is_gone(void **state)
{
    struct buffer out = {0};
    struct desk d;

    (void)state;
    desk_open_hearing(&d, 24, 100);
    desk_type(&d, ": 'notes Enter");
    assert_non_null(strstr(desk_row(&d, -1, &out), "no notes yet"));
    desk_type(&d, "M 'one Enter M");
    assert_non_null(strstr(desk_row(&d, -1, &out), "Note: one"));
    desk_type(&d, "^U Enter");
    assert_non_null(strstr(desk_row(&d, -1, &out), "the note is gone"));
    desk_type(&d, "j k");
    assert_null(strstr(desk_row(&d, -1, &out), "* one"));
    desk_type(&d, "M 'other Esc j k");
    assert_null(strstr(desk_row(&d, -1, &out), "* other"));
    desk_close(&d);
    buffer_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(notes_put__kept_at_once__in_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(notes_put__two_programs__keep_each_others, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(notes_new__record_has_changed__only_its_own, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(notes_put__cannot_be_saved__stays_and_is_said, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            notes_new__nothing_to_keep_it_by__lasts_as_long_as_the_program, set_up, tear_down),
        cmocka_unit_test(session_note__written__is_shown_and_listed),
        cmocka_unit_test(session_note__made_empty__is_gone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
