/* Notes and marks: kept from the moment that they are written, shown where they belong. */
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

#include "session_fixture.h"
#include "shilu/base/file.h"
#include "shilu/store/file_id.h"
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

/* Each has not seen what the other wrote on the same segment. */
static void notes_put__two_programs_on_one_segment__keep_both(void **state)
{
    struct notes *a = notes_new(record);
    struct notes *b = notes_new(record);

    (void)state;
    put(a, 1, "of a");
    put(b, 1, "of b");
    assert_notes(b, "1:of a / of b");
    assert_kept("1:of a / of b");
    put(b, 1, "of both"); /* b has seen it now */
    assert_kept("1:of both");
    put(a, 1, ""); /* but a has not, and removes what it knows */
    assert_notes(a, "1:of both");
    assert_kept("1:of both");
    put(a, 1, "");
    assert_kept("");
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

/* A file that is broken is kept beside the new one, which has all that is known. */
static void notes_put__file_is_broken__is_kept_beside(void **state)
{
    static const char *const broken[] = {"{ this was work, once", "[]", "\"text\"", "{}x"};
    struct notes *n = notes_new(record);
    struct error err;
    char *file;

    (void)state;
    put(n, 1, "first");
    file = find_file();
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        struct buffer beside = {0};
        char *kept;

        write_file(file, broken[i]);
        put(n, 2 + (uint32_t)i, "more");
        buffer_append_format(&beside, i > 0 ? "%s.broken-%zu" : "%s.broken", file, i + 1);
        kept = file_read(beside.data, 1000, NULL, &err);
        assert_string_equal(kept, broken[i]);
        free(kept);
        buffer_release(&beside);
    }
    unlink(file);
    put(n, 9, "last");
    assert_kept("1:first 2:more 3:more 4:more 5:more 9:last");
    notes_free(n);
    free(file);
}

/* What cannot be written is there, is tried again, and is there to be printed. */
static void notes_put__cannot_be_saved__waits(void **state)
{
    struct notes *n = notes_new(record);
    struct buffer text = {0};
    struct error err;
    char *file;

    (void)state;
    put(n, 1, "first");
    file = find_file();
    assert_int_equal(chmod(file, 0444), 0);
    assert_false(notes_put(n, 2, "second", &err));
    assert_false(notes_mark(n, 'b', 1, 2, &err));
    assert_non_null(strstr(err.message, "Permission denied"));
    assert_notes(n, "1:first 2:second");
    assert_int_equal(notes_unsaved(n), 2);
    notes_print_unsaved(n, &text);
    assert_string_equal(text.data, "note on segment 3: second\nmark b: segment 2\n");
    assert_false(notes_try_again(n, &err));
    assert_int_equal(chmod(file, 0644), 0);
    assert_true(notes_try_again(n, &err));
    assert_int_equal(notes_unsaved(n), 0);
    assert_kept("1:first 2:second");
    unsetenv("XDG_DATA_HOME");
    unsetenv("HOME");
    notes_free(n);
    n = notes_new(record);
    assert_false(notes_put(n, 3, "homeless", &err));
    assert_non_null(strstr(err.message, "HOME"));
    assert_int_equal(notes_unsaved(n), 1);
    notes_free(n);
    buffer_release(&text);
    free(file);
}

/* The record may go while its notes are written; another program may use the file meanwhile. */
static void notes_put__record_is_gone__saves_all_the_same(void **state)
{
    struct notes *n = notes_new(record);

    (void)state;
    put(n, 1, "before");
    unlink(record);
    put(n, 2, "after");
    assert_int_equal(notes_unsaved(n), 0);
    notes_free(n);
    write_file(record, "Ann: one\nBen: two\nAnn: three\n");
    assert_kept("1:before 2:after");
}

/* Whatever the file contains, reading it does no harm, and what is not ours stays. */
static void notes_new__file_is_odd__takes_what_is_right(void **state)
{
    static const struct {
        const char *members;
        const char *wanted;
    } rows[] = {
        {"\"marks\": [[1, 2]]", "0:x"},
        {"\"marks\": [\"a\", {\"a\": [1, 2]}, null, 3]", "0:x"},
        {"\"marks\": \"a\"", "0:x"},
        {"\"marks\": {\"\": [1, 2], \"ab\": [1, 2], \"\u6f22\": [1, 2], \"a\": 1, \"b\": [], "
         "\"c\": [1], \"d\": [\"1\", 2], \"e\": [-1, 2], \"f\": [1e300, 2], \"g\": [1, null]}",
         "0:x"},
        {"\"notes\": {\"segment\": 1, \"text\": \"no\"}", "0:x"},
        {"\"notes\": \"no\"", "0:x"},
        {"\"notes\": [1, null, [], {}, {\"segment\": 1}, {\"text\": \"no\"}, {\"segment\": "
         "\"1\", \"text\": \"no\"}, {\"segment\": 1, \"text\": 5}, {\"segment\": -1, \"text\": "
         "\"no\"}, {\"segment\": 4294967295, \"text\": \"no\"}, {\"segment\": 2.5, \"text\": "
         "\"yes\", \"words\": 7, \"mine\": [1]}]",
         "0:x 2:yes"},
        {"\"notes\": [{\"segment\": 1, \"text\": \"a\"}, {\"segment\": 1, \"text\": \"b\"}]",
         "0:x 1:b"},
    };
    struct notes *n = notes_new(record);
    char *file;

    (void)state;
    put(n, 1, "first");
    notes_free(n);
    file = find_file();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buffer text = {0};
        struct error err;
        char *key = file_id_key(record);
        struct file_id_head head;
        uint32_t segment, byte;
        char *after;

        assert_true(file_id_read_head(record, FILE_ID_HEAD_BYTES, &head));
        buffer_append_format(&text,
                             "{\"path\": \"%s\", \"head-bytes\": %zu, \"head\": \"%s\", "
                             "\"later\": {\"version\": 9}, %s}",
                             key, head.bytes, head.hash, rows[i].members);
        write_file(file, text.data);
        n = notes_new(record);
        for (int letter = 0; letter < 128; letter++)
            assert_false(notes_find_mark(n, (char)letter, &segment, &byte));
        put(n, 0, "x");
        mark(n, 'a', 1, 1);
        assert_notes(n, rows[i].wanted);
        notes_free(n);
        assert_kept(rows[i].wanted);
        after = file_read(file, 10000, NULL, &err);
        assert_non_null(strstr(after, "\"version\""));
        if (strstr(rows[i].members, "mine") != NULL)
            assert_non_null(strstr(after, "\"mine\""));
        free(after);
        free(key);
        buffer_release(&text);
    }
    free(file);
}

static void notes_put__many_programs__lose_nothing(void **state)
{
    enum { PROGRAMS = 4, NOTES = 50, TRIES = 100 };
    size_t count;
    struct notes *n;

    (void)state;
    for (int i = 0; i < PROGRAMS; i++) {
        pid_t child = fork();

        assert_true(child >= 0);
        if (child > 0)
            continue;
        n = notes_new(record);
        for (int k = 0; k < NOTES; k++) {
            struct error err;
            int tries = 0;

            /* on a slow disk, other programs may hold the lock for longer than one call
             * waits */
            while (!notes_put(n, (uint32_t)(k * PROGRAMS + i), "noted", &err))
                if (++tries == TRIES)
                    _exit(1);
        }
        _exit(0);
    }
    for (int i = 0; i < PROGRAMS; i++) {
        int status;

        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
    n = notes_new(record);
    notes_all(n, &count);
    assert_int_equal(count, PROGRAMS * NOTES);
    notes_free(n);
}

/* ------------------------------------------------------------- known by its words again */

static const char words[] =
    "Ann: We begin with the tide.\nBen: It is late today.\nAnn: How late "
    "is it?\nBen: By an hour.\nAnn: Thank you for that.\nBen: Not at "
    "all.\n";

static struct transcript *read_text(const char *text)
{
    struct loader_options options = {.format = "text", .encoding = "utf-8"};
    struct transcript *t = transcript_new();
    struct error err;
    struct loader *l = loader_new(source_open_memory(text, strlen(text)), t, &options, &err);

    assert_true(loader_run(l, &err));
    loader_free(l);
    return t;
}

/* Open the record at a path as a program does, and look at what is known of it. */
static void assert_found(const char *path, const char *text, const char *wanted,
                         const char *said_wanted)
{
    struct transcript *t = read_text(text);
    struct notes *n = notes_new(path);
    struct buffer said = {0};

    notes_meet(n, t, true, &said);
    assert_notes(n, wanted);
    if (said_wanted == NULL)
        assert_string_equal(buffer_string(&said), "");
    else if (strstr(buffer_string(&said), said_wanted) == NULL)
        fail_msg("'%s' is not in '%s'", said_wanted, buffer_string(&said));
    notes_free(n);
    transcript_free(t);
    buffer_release(&said);
}

static void write_notes(const char *path, const char *text)
{
    struct transcript *t = read_text(text);
    struct notes *n = notes_new(path);
    struct buffer said = {0};

    notes_meet(n, t, true, &said);
    put(n, 1, "why late?");
    put(n, 3, "an hour");
    mark(n, 'h', 3, 2);
    notes_free(n);
    transcript_free(t);
    buffer_release(&said);
}

static void notes_meet__record_was_moved__finds_them_again(void **state)
{
    char moved[160];

    (void)state;
    snprintf(moved, sizeof moved, "%s/moved", folder);
    write_file(record, words);
    write_notes(record, words);
    assert_int_equal(rename(record, moved), 0);
    assert_found(moved, words, "1:why late? 3:an hour", record);
    assert_found(moved, words, "1:why late? 3:an hour", NULL); /* it is known there now */
    assert_int_equal(rename(moved, record), 0);
    assert_found(record, words, "1:why late? 3:an hour", moved);
}

static void notes_meet__title_is_corrected__keeps_them(void **state)
{
    static const char titled[] = "Tides: a hearing\n\n";
    char text[600];

    (void)state;
    write_file(record, words);
    write_notes(record, words);
    snprintf(text, sizeof text, "%s%s", titled, words);
    write_file(record, text);
    assert_found(record, words, "1:why late? 3:an hour", "found again");
    assert_found(record, words, "1:why late? 3:an hour", NULL);
}

/* A copy beside the record has the same notes from then on, but its own. */
static void notes_meet__record_was_copied__both_have_them(void **state)
{
    char copy[160];
    struct notes *n;

    (void)state;
    snprintf(copy, sizeof copy, "%s/copy", folder);
    write_file(record, words);
    write_file(copy, words);
    write_notes(record, words);
    assert_found(copy, words, "1:why late? 3:an hour", record);
    n = notes_new(copy);
    put(n, 0, "of the copy");
    notes_free(n);
    assert_kept("1:why late? 3:an hour");
    assert_found(copy, words, "0:of the copy 1:why late? 3:an hour", NULL);
}

/* Segments before them that are new move the words, and what was written about them. */
static void notes_meet__words_have_moved__go_with_them(void **state)
{
    char text[600];

    (void)state;
    write_file(record, words);
    write_notes(record, words);
    snprintf(text, sizeof text, "Cid: Good morning.\nAnn: Good morning to you.\n%s", words);
    write_file(record, text);
    assert_found(record, text, "3:why late? 5:an hour", "3 notes or marks moved");
    assert_found(record, text, "3:why late? 5:an hour", NULL);
}

static void notes_meet__words_of_others__find_nothing(void **state)
{
    static const char other[] = "Ann: We begin with the budget.\nBen: It is large.\nAnn: How "
                                "large?\nBen: Very.\nAnn: Thank you for that.\nBen: Next.\n";
    char path[160];

    (void)state;
    snprintf(path, sizeof path, "%s/other", folder);
    write_file(record, words);
    write_file(path, other);
    write_notes(record, words);
    assert_found(path, other, "", NULL);
    unlink(record);
    assert_found(path, other, "", NULL);
}

/* What comes through a pipe has no path, and is known by its words alone. */
static void notes_meet__standard_input__is_known_by_its_words(void **state)
{
    (void)state;
    write_notes("-", words);
    assert_found("-", words, "1:why late? 3:an hour", NULL);
    assert_found("-", "Ann: Something else.\nBen: Indeed, quite.\n", "", NULL);
}

/* A named pipe, or a file that was removed before its notes were made, cannot be identified by
 * its bytes. */
static void notes_meet__path_cannot_be_read__is_known_by_its_words(void **state)
{
    char gone[160];

    (void)state;
    snprintf(gone, sizeof gone, "%s/gone", folder);
    write_notes(gone, words);
    assert_found(gone, words, "1:why late? 3:an hour", NULL);
    write_file(record, words);
    assert_found(record, words, "1:why late? 3:an hour", "found again");
    unlink(record);
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
    struct session_fixture d;
    int noted;

    (void)state;
    session_fixture_open_hearing(&d, 24, 100);
    session_fixture_type(&d, "} } M 'check_this Enter");
    noted = session_fixture_at(&d);
    assert_non_null(strstr(session_fixture_row(&d, -1, &out), "note saved"));
    session_fixture_type(&d, "j k");
    assert_non_null(strstr(session_fixture_row(&d, -1, &out), "* check_this"));
    session_fixture_screen(&d, false, &out);
    assert_non_null(strstr(buffer_string(&out), "│ *"));
    session_fixture_type(&d, "G M 'the_end Enter g");
    assert_null(strstr(session_fixture_row(&d, -1, &out), "* "));
    session_fixture_type(&d, ": 'notes Enter");
    session_fixture_screen(&d, false, &out);
    assert_non_null(strstr(buffer_string(&out), "check_this"));
    assert_non_null(strstr(buffer_string(&out), "the_end"));
    assert_int_equal(session_fixture_at(&d), 0);
    session_fixture_type(&d, "Enter");
    assert_int_equal(session_fixture_at(&d), noted);
    session_fixture_type(&d, "g : 'notes Enter j Enter");
    assert_int_equal(session_fixture_at(&d), (int)transcript_count(d.transcript) - 1);
    session_fixture_type(&d, ": 'notes Enter k Esc");
    assert_int_equal(session_fixture_at(&d), (int)transcript_count(d.transcript) - 1);
    session_fixture_close(&d);
    buffer_release(&out);
}

static void session_note__made_empty__is_gone(void **state)
{
    struct buffer out = {0};
    struct session_fixture d;

    (void)state;
    session_fixture_open_hearing(&d, 24, 100);
    session_fixture_type(&d, ": 'notes Enter");
    assert_non_null(strstr(session_fixture_row(&d, -1, &out), "no notes; M writes one"));
    session_fixture_type(&d, "M 'one Enter M");
    assert_non_null(strstr(session_fixture_row(&d, -1, &out), "Note: one"));
    session_fixture_type(&d, "^U Enter");
    assert_non_null(strstr(session_fixture_row(&d, -1, &out), "note removed"));
    session_fixture_type(&d, "j k");
    assert_null(strstr(session_fixture_row(&d, -1, &out), "* one"));
    session_fixture_type(&d, "M 'other Esc j k");
    assert_null(strstr(session_fixture_row(&d, -1, &out), "* other"));
    session_fixture_close(&d);
    buffer_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(notes_put__kept_at_once__in_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(notes_put__two_programs__keep_each_others, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(notes_put__two_programs_on_one_segment__keep_both,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(notes_new__record_has_changed__only_its_own, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(notes_put__file_is_broken__is_kept_beside, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(notes_put__cannot_be_saved__waits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(notes_put__record_is_gone__saves_all_the_same, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(notes_new__file_is_odd__takes_what_is_right, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(notes_put__many_programs__lose_nothing, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(notes_meet__record_was_moved__finds_them_again, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(notes_meet__title_is_corrected__keeps_them, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(notes_meet__record_was_copied__both_have_them, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(notes_meet__words_have_moved__go_with_them, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(notes_meet__words_of_others__find_nothing, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(notes_meet__standard_input__is_known_by_its_words,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(notes_meet__path_cannot_be_read__is_known_by_its_words,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            notes_new__nothing_to_keep_it_by__lasts_as_long_as_the_program, set_up, tear_down),
        cmocka_unit_test(session_note__written__is_shown_and_listed),
        cmocka_unit_test(session_note__made_empty__is_gone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
