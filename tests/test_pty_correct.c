/* The real program in a terminal: correcting with an editor, undoing, and kills in between. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "pty_program.h"

/* The usual environment, with this as the editor. */
static const char *const *with_editor(const char *command)
{
    static const char *environment[24];
    static char editor[300];
    size_t n = 0;

    for (; usual_environment[n] != NULL; n++)
        environment[n] = usual_environment[n];
    snprintf(editor, sizeof editor, "VISUAL=%s", command);
    environment[n++] = editor;
    environment[n] = NULL;
    return environment;
}

/* Each test starts without corrections. */
static int forget(void **state)
{
    char command[300];

    snprintf(command, sizeof command, "rm -rf '%s/shilu/corrections'", folder);
    return program_forget(state) != 0 || system(command) != 0;
}

static int tear_down(void **state)
{
    return forget(state) != 0 ? -1 : program_tear_down(state);
}

/* A file in the tests' folder; its path into `path`. */
static void write_text(char path[300], const char *name, const char *text)
{
    FILE *f;

    snprintf(path, 300, "%s/%s", folder, name);
    f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static void correct__words__are_marked_undone_and_kept(void **state)
{
    struct pty p;
    struct pty_options options = {.environment = with_editor("sed -i s/mark0001/richtig/")};

    start_and_see(&p, &options, "mark0001");
    pty_send(&p, "e");
    wait_for(&p, "~richtig");
    pty_send(&p, "U");
    wait_for(&p, "mark0001");
    pty_send(&p, "\x12"); /* ^R */
    wait_for(&p, "~richtig");
    pty_send(&p, "/richtig\r");
    wait_for(&p, "1 of 1");
    quit(&p);
    start_and_see(&p, &options, "~richtig");
    pty_send(&p, "U");
    wait_for(&p, "mark0001");
    quit(&p);
}

static void correct__speaker_and_time__by_prompts(void **state)
{
    struct pty p;
    struct pty_options options = {.columns = 100, .rows = 30};

    start_and_see(&p, &options, "mark0001");
    pty_send(&p, "S=丁\r");
    wait_for(&p, "丁 says this");
    pty_send(&p, ":correct-time 0:00:12\r");
    wait_for(&p, "0:00:12");
    pty_send(&p, ":corrections\r");
    wait_for(&p, "Corrections");
    wait_for(&p, "was: 0:00:10  乙");
    pty_send(&p, "q");
    pty_send(&p, "UU");
    wait_for(&p, "undone");
    pty_send(&p, "U");
    wait_for(&p, "nothing to undo");
    quit(&p);
}

static void correct__an_editor_that_fails__changes_nothing(void **state)
{
    struct pty p;
    struct pty_options options = {.environment = with_editor("false")};

    start_and_see(&p, &options, "mark0001");
    pty_send(&p, "e");
    wait_for(&p, "the editor failed");
    pty_send(&p, "U");
    wait_for(&p, "nothing to undo");
    quit(&p);
}

/* Killed as soon as it says so: the correction is there the next time. */
static void correct__killed_afterwards__has_lost_nothing(void **state)
{
    struct pty p;
    struct pty_options options = {.environment = with_editor("sed -i s/mark0001/richtig/")};

    start_and_see(&p, &options, "mark0001");
    pty_send(&p, "e");
    wait_for(&p, "corrected; U");
    kill(p.program, SIGKILL);
    pty_end(&p);
    start_and_see(&p, &options, "~richtig");
    pty_send(&p, "U");
    wait_for(&p, "mark0001");
    quit(&p);
}

/* Killed while the editor has the words: what was written is in the editor again. */
static void correct__killed_while_editing__finds_the_draft_again(void **state)
{
    char slow[300];
    FILE *script;
    struct pty p;
    struct pty_options killed = {0};
    struct pty_options options = {0};

    snprintf(slow, sizeof slow, "%s/slow-editor", folder);
    script = fopen(slow, "w");
    assert_non_null(script);
    fputs("sed -i s/mark0001/halb/ \"$1\"; echo written; sleep 20\n", script);
    fclose(script);
    snprintf(slow, sizeof slow, "sh %s/slow-editor", folder);
    killed.environment = with_editor(slow);
    start_and_see(&p, &killed, "mark0001");
    pty_send(&p, "e");
    wait_for(&p, "written");
    kill(p.program, SIGKILL);
    pty_end(&p);
    options.environment = with_editor("true");
    start_and_see(&p, &options, "mark0001");
    pty_send(&p, "e");
    wait_for(&p, "~halb");
    pty_send(&p, "U");
    wait_for(&p, "mark0001");
    quit(&p);
    remove(slow + strlen("sh "));
}

/* A name that only a correction gave is listed no more once that is undone; nor is one whose
 * words all went to other speakers. */
static void correct__a_name_without_words__is_not_listed(void **state)
{
    static const char words[] = "Ann: The tide is mark0001.\nBen: And the wind?\n"
                                "Ann: From the west.\n";
    char path[300];
    const char *const arguments[] = {program, path, NULL};
    struct pty p;
    struct pty_options options = {.arguments = arguments, .columns = 120, .rows = 30};

    write_text(path, "names.txt", words);
    start_and_see(&p, &options, "2 speakers");
    pty_send(&p, "S=Cleo\r");
    wait_for(&p, "3 speakers");
    assert_true(pty_find(&p, "Cleo") >= 0);
    pty_send(&p, "U");
    wait_for(&p, "2 speakers");
    assert_int_equal(pty_find(&p, "Cleo"), -1);
    pty_send(&p, "}S=Ann\r");
    wait_for(&p, "1 speaker ");
    assert_int_equal(pty_find(&p, "Ben"), -1);
    pty_send(&p, "U");
    wait_for(&p, "2 speakers");
    assert_true(pty_find(&p, "Ben") >= 0);
    quit(&p);
}

/* The source was changed at the place of a correction. */
static void open_conflict(struct pty *p, struct pty_options *options)
{
    start_and_see(p, options, "mark0001");
    wait_for(p, "1 correction");
    pty_send(p, ":corrections\r");
    wait_for(p, "Corrections");
    pty_send(p, "\r");
    wait_for(p, "The source has changed");
    assert_true(pty_find(p, "It is late two day.") >= 0);
    assert_true(pty_find(p, "It is early today.") >= 0);
    assert_true(pty_find(p, "It is late today.") >= 0);
}

/* A record with a correction whose source says something else since; the list of the two is
 * open. */
static void start_conflict(struct pty *p, struct pty_options *options, char path[300])
{
    assert_int_equal(forget(NULL), 0);
    write_text(path, "conflict.txt",
               "Ann: mark0001 begins it.\nBen: It is late two day.\n"
               "Ann: How late is it?\nBen: By an hour.\n");
    options->environment = with_editor("sed -i 's/two day/today/'");
    start_and_see(p, options, "mark0001");
    pty_send(p, "}e");
    wait_for(p, "~It is late today.");
    quit(p);
    write_text(path, "conflict.txt",
               "Ann: mark0001 begins it.\nBen: It is early today.\n"
               "Ann: How late is it?\nBen: By an hour.\n");
    open_conflict(p, options);
}

static void correct__source_has_changed__shows_both_and_asks(void **state)
{
    static const int columns[] = {80, 36};
    char path[300];
    const char *const arguments[] = {program, path, NULL};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct pty p;
        struct pty_options options = {.arguments = arguments, .columns = columns[i]};

        start_conflict(&p, &options, path);
        pty_send(&p, "gk\rj"); /* the old name cannot be chosen, only the present one can */
        wait_for(&p, "The source has changed");
        if (i > 0)
            pty_send(&p, "jj"); /* labels have rows of their own */
        pty_send(&p, "\r");
        wait_for(&p, "the source is kept");
        pty_send(&p, "q");
        quit(&p);
        start_and_see(&p, &options, "It is early today.");
        pty_send(&p, ":corrections\r");
        wait_for(&p, "nothing has been corrected");
        pty_send(&p, "q");
        quit(&p);

        start_conflict(&p, &options, path);
        pty_send(&p, "\r"); /* the correction is the choice that is offered */
        wait_for(&p, "the correction is kept");
        pty_send(&p, "q");
        wait_for(&p, "~It is late today.");
        quit(&p);
        start_and_see(&p, &options, "~It is late today.");
        quit(&p);
    }
}

#define TEST(name) cmocka_unit_test_setup(name, forget)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(correct__words__are_marked_undone_and_kept),
        TEST(correct__speaker_and_time__by_prompts),
        TEST(correct__an_editor_that_fails__changes_nothing),
        TEST(correct__killed_afterwards__has_lost_nothing),
        TEST(correct__killed_while_editing__finds_the_draft_again),
        TEST(correct__a_name_without_words__is_not_listed),
        TEST(correct__source_has_changed__shows_both_and_asks),
    };

    return cmocka_run_group_tests(tests, program_set_up, tear_down);
}
