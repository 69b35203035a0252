/* Notes of all records, their #tags, and the command that writes them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "run_program.h"
#include "shilu/base/file.h"
#include "shilu/formats/loader.h"
#include "shilu/store/kept_notes.h"
#include "shilu/store/notes.h"

static char folder[64];
static char record[128];

static int set_up(void **state)
{
    FILE *f;

    snprintf(folder, sizeof folder, "/tmp/shilu-kept-XXXXXX");
    if (mkdtemp(folder) == NULL)
        return -1;
    snprintf(record, sizeof record, "%s/a record.txt", folder);
    f = fopen(record, "w");
    assert_non_null(f);
    fputs(
        "Ann: We begin with the tide.\nBen: It is late, \"two\" hours.\nAnn: How late is it?\n"
        "Ben: By an hour.\n",
        f);
    fclose(f);
    return setenv("XDG_DATA_HOME", folder, 1);
}

static int tear_down(void **state)
{
    char command[128];

    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

static void note(uint32_t segment, const char *text)
{
    struct loader_options options = {.format = "text"};
    struct transcript *t = transcript_new();
    struct notes *n = notes_new(record);
    struct buffer said = {0};
    struct error err;
    struct loader *l = loader_open(record, t, &options, &err);

    assert_non_null(l);
    assert_true(loader_run(l, &err));
    notes_meet(n, t, true, &said);
    assert_true(notes_put(n, segment, text, &err));
    notes_free(n);
    loader_free(l);
    transcript_free(t);
    buffer_release(&said);
}

static void assert_tags(const char *text, const char *wanted)
{
    struct buffer tags = {0};

    note_tags_append(&tags, text, "|");
    assert_string_equal(buffer_string(&tags), wanted);
    buffer_release(&tags);
}

static void note_tags__are_words_behind_a_hash(void **state)
{
    assert_tags("#costs to be checked (#to-do), #後で見る。＃全角",
                "costs|to-do|後で見る|全角");
    assert_tags("no tags: C#, a#b, # alone, ##, 12#3", "");
    assert_tags("##twice #a/b_c.", "twice|a/b_c");
    assert_true(note_has_tag("see #Kosten", "kosten"));
    assert_true(note_has_tag("see #Kosten", "#KOSTEN"));
    assert_true(note_has_tag("#養老", "养老"));
    assert_false(note_has_tag("see #costs-more", "costs"));
    assert_false(note_has_tag("costs", "costs"));
}

/* The user's files are ours here: run_program reads none. */
static char *run_notes(const char *arguments, int wanted_status)
{
    struct buffer command = {0};
    struct run run;
    char *out;

    buffer_append_format(&command, "XDG_DATA_HOME='%s' shilu notes %s", folder, arguments);
    run_program(&run, ".", buffer_string(&command));
    assert_int_equal(run.status, wanted_status);
    out = strdup(run.out);
    run_release(&run);
    buffer_release(&command);
    return out;
}

static void assert_in(const char *text, const char *wanted)
{
    if (strstr(text, wanted) == NULL)
        fail_msg("'%s' is not in:\n%s", wanted, text);
}

static void notes_command__writes_notes_with_their_quotes(void **state)
{
    char *out;

    note(1, "=1+1 #Costs");
    note(3, "an hour #time #costs");
    out = run_notes("-f csv --tag costs", 0);
    assert_in(out, "record,title,date,speaker,time,quote,note,tags,citation\r\n");
    assert_in(out, ",Ben,,\"It is late, \"\"two\"\" hours.\",'=1+1 #Costs,Costs,");
    assert_in(out, "By an hour.,an hour #time #costs,time costs,");
    free(out);
    out = run_notes("-f json --tag costs,time", 0);
    assert_in(out, "\"tags\": [\"time\", \"costs\"]");
    assert_null(strstr(out, "late"));
    free(out);
    out = run_notes("-f markdown", 0);
    assert_in(out, "> By an hour.\n");
    free(out);
    free(run_notes("--tag nothing", 1));
    assert_int_equal(remove(record), 0); /* the notes are there all the same */
    out = run_notes("", 0);
    assert_in(out, "an hour #time #costs");
    free(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(note_tags__are_words_behind_a_hash),
        cmocka_unit_test_setup_teardown(notes_command__writes_notes_with_their_quotes, set_up,
                                        tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
