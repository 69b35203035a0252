/* Corrections: kept from the moment that they are made, undone step by step, found again, and
 * never lost or applied to what they were not made for. */
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

#include "shilu/analysis/edited_parts.h"
#include "shilu/base/file.h"
#include "shilu/formats/loader.h"
#include "shilu/store/corrections.h"
#include "shilu/store/edit_draft.h"

static char folder[64];
static char record[128];

static const char words[] = "Ann: We begin with the tide.\nBen: It is late two day.\n"
                            "Ann: How late is it?\nBen: By an hour.\nAnn: Thank you for that.\n"
                            "Ben: Not at all.\n";

static void write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static int set_up(void **state)
{
    snprintf(folder, sizeof folder, "/tmp/shilu-corrections-XXXXXX");
    if (mkdtemp(folder) == NULL)
        return -1;
    snprintf(record, sizeof record, "%s/the record ü.txt", folder);
    write_file(record, words);
    return setenv("XDG_DATA_HOME", folder, 1);
}

static int tear_down(void **state)
{
    char command[200];

    snprintf(command, sizeof command, "chmod -R u+w '%s'; rm -rf '%s'", folder, folder);
    return system(command);
}

/* A record that is open, as a program has it. */
struct open_record {
    struct transcript *t;
    struct corrections *c;
    struct buffer said;
};

static void load_with(struct open_record *r, const char *path)
{
    struct loader_options options = {.format = "text", .encoding = "utf-8"};
    struct error err;
    struct loader *l;

    *r = (struct open_record){.t = transcript_new(), .c = corrections_new(path, true)};
    corrections_lay_over(r->c, r->t);
    l = loader_open(path, r->t, &options, &err);
    assert_non_null(l);
    assert_true(loader_run(l, &err));
    loader_free(l);
    corrections_meet(r->c, r->t, true, &r->said);
}

static void close_record(struct open_record *r)
{
    transcript_free(r->t);
    corrections_free(r->c);
    buffer_release(&r->said);
}

static bool try_text(struct open_record *r, uint32_t segment, const char *text,
                     struct error *err)
{
    struct correction item = corrections_of(r->c, r->t, segment);
    bool saved;

    correction_set_text(&item, text, strlen(text));
    saved = corrections_put(r->c, r->t, &item, 1, err);
    correction_release(&item);
    return saved;
}

static void put_text(struct open_record *r, uint32_t segment, const char *text)
{
    struct error err;

    if (!try_text(r, segment, text, &err))
        fail_msg("%s", err.message);
}

static void assert_text(const struct open_record *r, uint32_t segment, const char *wanted)
{
    size_t bytes;
    const char *text = transcript_text(r->t, segment, &bytes);

    assert_int_equal(bytes, strlen(wanted));
    assert_memory_equal(text, wanted, bytes);
}

static void assert_kept(const char *path, uint32_t segment, const char *wanted)
{
    struct open_record r;

    load_with(&r, path);
    assert_text(&r, segment, wanted);
    close_record(&r);
}

static char *find_file(void)
{
    char command[160];
    char name[300] = "";
    FILE *f;

    snprintf(command, sizeof command, "ls %s/shilu/corrections/*-1.json", folder);
    f = popen(command, "r");
    assert_non_null(f);
    assert_non_null(fgets(name, sizeof name, f));
    pclose(f);
    name[strcspn(name, "\n")] = '\0';
    return strdup(name);
}

static void corrections__are_kept_at_once_and_the_source_is_not_touched(void **state)
{
    struct open_record r;
    struct error err;
    char *source;

    load_with(&r, record);
    put_text(&r, 1, "It is late today.");
    assert_text(&r, 1, "It is late today.");
    assert_kept(record, 1, "It is late today.");
    put_text(&r, 1, "It is late two day."); /* as the source has it */
    assert_int_equal(corrections_all(r.c)->count, 0);
    assert_kept(record, 1, "It is late two day.");
    source = file_read(record, 10000, NULL, &err);
    assert_string_equal(source, words);
    free(source);
    close_record(&r);
}

static void corrections__of_speaker_and_time__are_kept(void **state)
{
    struct open_record r;
    struct error err;
    struct correction item;

    load_with(&r, record);
    item = corrections_of(r.c, r.t, 3);
    correction_set_speaker(&item, "Cleo");
    correction_set_time(&item, 61000, TIME_NONE);
    assert_true(corrections_put(r.c, r.t, &item, 1, &err));
    correction_release(&item);
    close_record(&r);
    load_with(&r, record);
    assert_string_equal(transcript_speaker_at(r.t, transcript_segment(r.t, 3)->speaker)->name,
                        "Cleo");
    assert_int_equal(transcript_segment(r.t, 3)->start_ms, 61000);
    assert_text(&r, 3, "By an hour.");
    item = corrections_of(r.c, r.t, 3);
    assert_string_equal(item.was.speaker, "Ben");
    correction_set_speaker(&item, "");
    assert_true(corrections_put(r.c, r.t, &item, 1, &err));
    correction_release(&item);
    close_record(&r);
    load_with(&r, record);
    assert_int_equal(transcript_segment(r.t, 3)->speaker, SPEAKER_NONE);
    assert_int_equal(transcript_segment(r.t, 3)->start_ms, 61000);
    close_record(&r);
}

static void undo__goes_back_step_by_step__also_the_next_time(void **state)
{
    struct open_record r;
    struct error err;
    uint32_t segment;

    load_with(&r, record);
    assert_false(corrections_undo(r.c, r.t, false, &segment, &err));
    assert_int_equal(err.code, ERROR_USAGE);
    put_text(&r, 1, "one");
    put_text(&r, 1, "two");
    put_text(&r, 4, "three");
    close_record(&r);
    load_with(&r, record);
    assert_true(corrections_undo(r.c, r.t, false, &segment, &err));
    assert_int_equal(segment, 4);
    assert_text(&r, 4, "Thank you for that.");
    assert_true(corrections_undo(r.c, r.t, false, &segment, &err));
    assert_text(&r, 1, "one");
    close_record(&r);
    load_with(&r, record);
    assert_text(&r, 1, "one");
    assert_true(corrections_undo(r.c, r.t, true, &segment, &err));
    assert_text(&r, 1, "two");
    assert_true(corrections_undo(r.c, r.t, false, &segment, &err));
    put_text(&r, 0, "four"); /* nothing can be redone after that */
    assert_false(corrections_undo(r.c, r.t, true, &segment, &err));
    assert_true(corrections_undo(r.c, r.t, false, &segment, &err));
    assert_true(corrections_undo(r.c, r.t, false, &segment, &err));
    assert_false(corrections_undo(r.c, r.t, false, &segment, &err));
    assert_text(&r, 1, "It is late two day.");
    close_record(&r);
}

static void corrections__two_programs__keep_each_others(void **state)
{
    struct open_record a;
    struct open_record b;

    load_with(&a, record);
    load_with(&b, record);
    put_text(&a, 0, "of a");
    put_text(&b, 1, "of b");
    assert_text(&b, 0, "of a"); /* saving has brought it in */
    put_text(&a, 2, "again");
    close_record(&a);
    close_record(&b);
    load_with(&a, record);
    assert_text(&a, 0, "of a");
    assert_text(&a, 1, "of b");
    assert_text(&a, 2, "again");
    close_record(&a);
}

static void corrections__many_programs__lose_nothing(void **state)
{
    enum { PROGRAMS = 4, EACH = 15 };
    struct open_record r;
    struct buffer text = {0};

    for (int i = 0; i < PROGRAMS * EACH; i++)
        buffer_append_format(&text, "%s: This is what was said in line %d, I think.\n",
                             i % 2 == 0 ? "Ann" : "Ben", i);
    write_file(record, text.data);
    buffer_release(&text);
    for (int i = 0; i < PROGRAMS; i++) {
        pid_t child = fork();

        assert_true(child >= 0);
        if (child > 0)
            continue;
        load_with(&r, record);
        for (int k = 0; k < EACH; k++) {
            struct error err;

            if (!try_text(&r, (uint32_t)(k * PROGRAMS + i), "corrected", &err))
                _exit(1);
        }
        _exit(0);
    }
    for (int i = 0; i < PROGRAMS; i++) {
        int status;

        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
    load_with(&r, record);
    assert_int_equal(transcript_corrected_count(r.t), PROGRAMS * EACH);
    close_record(&r);
}

static void corrections__cannot_be_saved__wait(void **state)
{
    struct open_record r;
    struct buffer text = {0};
    struct error err;
    char *file;

    load_with(&r, record);
    put_text(&r, 0, "first");
    file = find_file();
    assert_int_equal(chmod(file, 0444), 0);
    assert_false(try_text(&r, 1, "second", &err));
    assert_non_null(strstr(err.message, "Permission denied"));
    assert_text(&r, 1, "second");
    assert_int_equal(corrections_unsaved(r.c), 1);
    corrections_print_unsaved(r.c, &text);
    assert_string_equal(text.data, "correction of segment 2: second\n");
    assert_false(corrections_try_again(r.c, &err));
    assert_int_equal(chmod(file, 0644), 0);
    assert_true(corrections_try_again(r.c, &err));
    assert_int_equal(corrections_unsaved(r.c), 0);
    assert_kept(record, 1, "second");
    /* It has gone meanwhile: all that is known is written. */
    unlink(file);
    put_text(&r, 2, "third");
    assert_kept(record, 0, "first");
    assert_kept(record, 2, "third");
    write_file(file, "{ this was work, once");
    put_text(&r, 3, "fourth");
    assert_kept(record, 0, "first");
    assert_kept(record, 3, "fourth");
    close_record(&r);
    buffer_release(&text);
    free(file);
}

static void corrections__members_of_others__stay(void **state)
{
    struct open_record r;
    struct error err;
    char *file;
    char *text;
    char *at;
    struct buffer mine = {0};

    load_with(&r, record);
    put_text(&r, 0, "first");
    file = find_file();
    text = file_read(file, 10000, NULL, &err);
    at = strchr(strchr(text, '[') + 1, '{') + 1;
    buffer_append(&mine, text, (size_t)(at - text));
    buffer_append_format(&mine, "\"mine\": [1],%s", at);
    write_file(file, mine.data);
    free(text);
    put_text(&r, 1, "second");
    text = file_read(file, 10000, NULL, &err);
    assert_non_null(strstr(text, "\"mine\""));
    free(text);
    assert_kept(record, 0, "first");
    close_record(&r);
    buffer_release(&mine);
    free(file);
}

/* Whatever the file contains, reading it does no harm. */
static void corrections__file_is_odd__takes_what_is_right(void **state)
{
    static const char *const lists[] = {
        "{}",
        "\"no\"",
        "[1, null, [], {}, \"x\"]",
        "[{\"id\": 1}]",
        "[{\"id\": \"1\", \"segments\": []}]",
        "[{\"id\": 1, \"segments\": [1, {}, {\"segment\": 0}, {\"was\": {}}, {\"segment\": -1, "
        "\"was\": {}}, {\"segment\": 4294967295, \"was\": {}}]}]",
        "[{\"id\": 1, \"segments\": [{\"segment\": 0, \"was\": {\"text\": 5}, \"now\": []}]}]",
        "[{\"id\": 1e300, \"segments\": [{\"segment\": 0, \"before\": 1e99, \"was\": "
        "{\"text\": \"We begin with the tide.\", \"start\": 1e300}, \"now\": {\"start\": "
        "\"x\"}}]}]",
    };
    struct open_record r;
    struct error err;
    char *file;
    char *text;

    load_with(&r, record);
    put_text(&r, 0, "first");
    close_record(&r);
    file = find_file();
    text = file_read(file, 10000, NULL, &err);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        struct buffer odd = {0};

        buffer_append_format(&odd, "{\"corrections\": %s%s", lists[i],
                             strstr(text, "],\n\t\"path") + 1);
        write_file(file, odd.data);
        load_with(&r, record);
        assert_text(&r, 1, "It is late two day.");
        put_text(&r, 1, "right");
        close_record(&r);
        assert_kept(record, 1, "right");
        buffer_release(&odd);
    }
    free(text);
    free(file);
}

static void corrections__record_was_moved__are_found_again(void **state)
{
    struct open_record r;
    char moved[160];

    snprintf(moved, sizeof moved, "%s/moved", folder);
    load_with(&r, record);
    put_text(&r, 1, "It is late today.");
    close_record(&r);
    assert_int_equal(rename(record, moved), 0);
    load_with(&r, moved);
    assert_text(&r, 1, "It is late today.");
    assert_non_null(strstr(buffer_string(&r.said), record));
    close_record(&r);
    load_with(&r, moved); /* that file has this name now */
    assert_text(&r, 1, "It is late today.");
    assert_string_equal(buffer_string(&r.said), "");
    close_record(&r);
    /* A copy has corrections of its own from then on. */
    write_file(record, words);
    load_with(&r, record);
    assert_text(&r, 1, "It is late today.");
    put_text(&r, 1, "of the copy");
    close_record(&r);
    assert_kept(moved, 1, "It is late today.");
    assert_kept(record, 1, "of the copy");
}

static void corrections__source_was_fixed__move_or_wait(void **state)
{
    static const char fixed[] =
        "Ann: A new beginning.\nAnn: We begin with the tide.\n"
        "Ben: It is late two day.\nAnn: How late is it now?\n"
        "Ben: By an hour.\nAnn: Thank you for that.\nBen: Not at all.\n";
    struct open_record r;
    struct error err;
    const struct overlay *all;
    struct correction conflict;

    load_with(&r, record);
    put_text(&r, 1, "It is late today.");
    put_text(&r, 2, "How late, then?");
    close_record(&r);
    write_file(record, fixed);
    for (int i = 0; i < 2; i++) {
        load_with(&r, record);
        assert_text(&r, 2, "It is late today.");
        assert_text(&r, 3, "How late is it now?"); /* the source, not what was corrected */
        all = corrections_all(r.c);
        assert_int_equal(all->count, 2);
        assert_int_equal(overlay_count(all, CORRECTION_CONFLICT), 1);
        if (i == 0)
            close_record(&r);
    }
    assert_int_equal(all->items[1].segment, 3);
    conflict = correction_copy(&all->items[1]);
    assert_true(corrections_resolve(r.c, r.t, &conflict, true, &err));
    correction_release(&conflict);
    assert_text(&r, 3, "How late, then?");
    assert_int_equal(overlay_count(corrections_all(r.c), CORRECTION_APPLIED), 2);
    close_record(&r);
    assert_kept(record, 3, "How late, then?");
    write_file(record, words); /* the old one again: now the other way round */
    load_with(&r, record);
    all = corrections_all(r.c);
    assert_int_equal(overlay_count(all, CORRECTION_CONFLICT), 1);
    assert_text(&r, 1, "It is late today.");
    conflict = correction_copy(&all->items[1]);
    assert_true(corrections_resolve(r.c, r.t, &conflict, false, &err));
    correction_release(&conflict);
    assert_int_equal(corrections_all(r.c)->count, 1);
    assert_text(&r, 2, "How late is it?");
    close_record(&r);
}

static void corrected_records__know_paths_and_moved_files(void **state)
{
    struct corrected_records *known = corrected_records_read();
    struct open_record r;
    char moved[160];
    char other[160];

    snprintf(moved, sizeof moved, "%s/moved", folder);
    snprintf(other, sizeof other, "%s/other", folder);
    write_file(other, "something else");
    assert_null(known);
    assert_false(corrected_records_may_have(known, record));
    load_with(&r, record);
    put_text(&r, 1, "It is late today.");
    close_record(&r);
    known = corrected_records_read();
    assert_true(corrected_records_may_have(known, record));
    assert_false(corrected_records_may_have(known, other));
    corrected_records_free(known);
    assert_int_equal(rename(record, moved), 0);
    known = corrected_records_read();
    assert_true(corrected_records_may_have(known, moved));
    assert_false(corrected_records_may_have(known, other));
    corrected_records_free(known);
}

/* What was being edited when the program was killed is there the next time. */
static void edit_draft__outlives_the_program(void **state)
{
    struct edit_draft d;
    struct edit_draft second;
    struct buffer text = {0};
    struct error err;

    assert_true(edit_draft_open(&d, record, 3, span_string("the words"), &err));
    assert_false(d.was_left);
    assert_true(edit_draft_read(&d, &text, &err));
    assert_string_equal(text.data, "the words");
    assert_false(edit_draft_open(&second, record, 3, span_string("the words"), &err));
    assert_non_null(strstr(err.message, "another shilu"));
    write_file(d.path, "the words, edited\r\n");
    edit_draft_close(&d, true); /* as a kill leaves it */
    assert_true(edit_draft_open(&d, record, 3, span_string("the words"), &err));
    assert_true(d.was_left);
    buffer_clear(&text);
    assert_true(edit_draft_read(&d, &text, &err));
    assert_string_equal(text.data, "the words, edited");
    write_file(d.path, "\xFF\n");
    buffer_clear(&text);
    assert_false(edit_draft_read(&d, &text, &err));
    edit_draft_close(&d, false);
    assert_true(edit_draft_open(&d, record, 3, span_string("ends\n"), &err));
    assert_false(d.was_left);
    assert_true(edit_draft_read(&d, &text, &err));
    assert_string_equal(text.data, "ends\n");
    edit_draft_close(&d, false);
    buffer_release(&text);
}

/* "a b|c d" as parts: where the bars are after an edit. */
static void assert_parts(const char *old, const char *now, const char *wanted)
{
    struct buffer plain = {0};
    struct buffer out = {0};
    size_t starts[16] = {0};
    size_t found[16];
    size_t count = 1;

    for (; *old != '\0'; old++) {
        if (*old == '|')
            starts[count++] = plain.bytes;
        else
            buffer_append_char(&plain, *old);
    }
    edited_parts_find(span_of(plain.data, plain.bytes), starts, count, span_string(now), found);
    for (size_t i = 0; i < count; i++) {
        size_t end = i + 1 < count ? found[i + 1] : strlen(now);

        assert_true(found[i] <= end);
        if (i > 0)
            buffer_append_char(&out, '|');
        buffer_append(&out, now + found[i], end - found[i]);
    }
    assert_string_equal(buffer_string(&out), wanted);
    buffer_release(&plain);
    buffer_release(&out);
}

static void edited_parts__begin_at_their_words(void **state)
{
    assert_parts("one two |three four", "one two three four", "one two |three four");
    assert_parts("one two |three four", "one 2 three, four", "one 2 |three, four");
    assert_parts("one two |three four", "one two and three four", "one two and |three four");
    assert_parts("one two |three four", "three four", "|three four");
    assert_parts("one two |three four", "one two ", "one two |");
    assert_parts("a b |c d |e f", "a x y d e f", "a x |y d |e f");
    assert_parts("國務院|今天|開會", "國務院昨天開大會", "國務院|昨天|開大會");
    assert_parts("one |two |three", "", "||");
    assert_parts("one |two |three", "nothing of it", "nothing |of |it");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(corrections__are_kept_at_once_and_the_source_is_not_touched),
        TEST(corrections__of_speaker_and_time__are_kept),
        TEST(undo__goes_back_step_by_step__also_the_next_time),
        TEST(corrections__two_programs__keep_each_others),
        TEST(corrections__many_programs__lose_nothing),
        TEST(corrections__cannot_be_saved__wait),
        TEST(corrections__members_of_others__stay),
        TEST(corrections__file_is_odd__takes_what_is_right),
        TEST(corrections__record_was_moved__are_found_again),
        TEST(corrections__source_was_fixed__move_or_wait),
        TEST(corrected_records__know_paths_and_moved_files),
        TEST(edit_draft__outlives_the_program),
        cmocka_unit_test(edited_parts__begin_at_their_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
