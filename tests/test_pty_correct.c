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

#define TEST(name) cmocka_unit_test_setup(name, forget)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(correct__words__are_marked_undone_and_kept),
        TEST(correct__speaker_and_time__by_prompts),
        TEST(correct__an_editor_that_fails__changes_nothing),
        TEST(correct__killed_afterwards__has_lost_nothing),
        TEST(correct__killed_while_editing__finds_the_draft_again),
    };

    return cmocka_run_group_tests(tests, program_set_up, tear_down);
}
