/* Completions, as a person meets them: in bash, zsh and fish on a terminal, with TAB. A shell
 * that is not installed is skipped, and said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "pty_harness.h"
#include "run_program.h"
#include "shilu/base/buffer.h"

enum { ANSWER_MS = 15000, SILENT_MS = 400 };

enum shell { BASH, ZSH, FISH };

/* How each starts without the files of the user, and takes the completions of the source tree.
 */
static const struct {
    const char *name;
    const char *arguments[6];
    const char *setup;
} shells[] = {
    [BASH] = {"bash",
              {"/usr/bin/env", "bash", "--norc", "--noprofile", "-i", NULL},
              "bind 'set bell-style none'; . \"$SHILU_SRCDIR/completions/shilu.bash\""},
    [ZSH] = {"zsh",
             {"/usr/bin/env", "zsh", "-f", "-i", NULL},
             "fpath=($SHILU_SRCDIR/completions $fpath); unsetopt beep; LISTMAX=1000; "
             "autoload -Uz compinit; compinit -u -D"},
    [FISH] =
        {"fish",
         {"/usr/bin/env", "fish", "--no-config", "-i", NULL},
         "source $SHILU_SRCDIR/completions/shilu.fish; function fish_prompt; echo '$ '; end; "
         "set -g fish_autosuggestion_enabled 0"},
};

struct session {
    struct pty pty;
    struct pty_options options;
    char *folder; /* owned, removed at the end */
    char path[4096], home[300];
    const char *environment[8];
};

static void shell_run(const char *command)
{
    if (system(command) != 0)
        fail_msg("%s", command);
}

static void write_hostile(const char *folder)
{
    char path[100];
    FILE *file;

    snprintf(path, sizeof path, "%s/hostile.json", folder);
    file = fopen(path, "w");
    assert_non_null(file);
    fputs("{\"version\": \"1.0.0\", \"segments\": ["
          "{\"speaker\": \"$(touch ran)\", \"startTime\": 1, \"body\": \"first words\"},"
          "{\"speaker\": \"Wow! \\\"Ann\\\" O'Brien\", \"startTime\": 2, "
          "\"body\": \"second words\"}]}\n",
          file);
    fclose(file);
}

/* Two transcripts: the name of one has blanks; speakers of the other are called what a shell
 * would run, or has to quote. */
static char *make_folder(void)
{
    char name[] = "/tmp/shilu-completions-XXXXXX";
    struct buffer command = {0};
    char *sample = run_source_path("sample-data/town-meeting.json");

    assert_non_null(mkdtemp(name));
    buffer_append_format(&command, "cp '%s' '%s/a b.json' && mkdir '%s/home'", sample, name,
                         name);
    shell_run(buffer_string(&command));
    write_hostile(name);
    buffer_release(&command);
    free(sample);
    return strdup(name);
}

static void session_start(struct session *s, enum shell shell)
{
    char *build = run_build_path("");
    struct buffer command = {0};

    buffer_append_format(&command, "command -v %s >/dev/null 2>&1", shells[shell].name);
    if (system(buffer_string(&command)) != 0) {
        buffer_release(&command);
        free(build);
        print_message("skipped: there is no %s\n", shells[shell].name);
        skip();
    }
    buffer_release(&command);
    *s = (struct session){.folder = make_folder()};
    snprintf(s->path, sizeof s->path, "PATH=%s:%s", build, getenv("PATH"));
    snprintf(s->home, sizeof s->home, "HOME=%s/home", s->folder);
    s->environment[0] = s->path;
    s->environment[1] = s->home;
    s->environment[2] = "TERM=xterm";
    s->environment[3] = "PS1=$ ";
    s->environment[4] = "LC_ALL=C.UTF-8";
    s->options = (struct pty_options){.arguments = shells[shell].arguments,
                                      .environment = s->environment,
                                      .rows = 40,
                                      .columns = 100};
    pty_start(&s->pty, &s->options);
    pty_settle(&s->pty, SILENT_MS);
    buffer_append_format(&command, "cd '%s'; %s; echo all-is-re''ady\r", s->folder,
                         shells[shell].setup);
    pty_send(&s->pty, buffer_string(&command));
    if (!pty_wait_for(&s->pty, "all-is-ready", ANSWER_MS)) {
        pty_print(&s->pty);
        fail_msg("%s does not start", shells[shell].name);
    }
    pty_settle(&s->pty, SILENT_MS);
    buffer_release(&command);
    free(build);
}

static void session_end(struct session *s)
{
    struct buffer command = {0};

    pty_end(&s->pty);
    buffer_append_format(&command, "rm -rf '%s'", s->folder);
    shell_run(buffer_string(&command));
    buffer_release(&command);
    free(s->folder);
}

/* Type, and look for what the shell makes of it. */
static void check(struct session *s, const char *typed, const char *shown)
{
    pty_send(&s->pty, typed);
    if (!pty_wait_for(&s->pty, shown, ANSWER_MS)) {
        pty_print(&s->pty);
        fail_msg("'%s' does not give '%s'", typed, shown);
    }
    pty_send(&s->pty, "\x15"); /* ^U */
    pty_settle(&s->pty, SILENT_MS);
    pty_send(&s->pty, "\x0c"); /* ^L */
    pty_settle(&s->pty, SILENT_MS);
    assert_true(pty_find(&s->pty, shown) < 0);
}

/* Complete a name, run the command, and look for its words. */
static void check_runs(struct session *s, const char *typed, const char *shown)
{
    pty_send(&s->pty, typed);
    pty_settle(&s->pty, 3 * SILENT_MS);
    pty_send(&s->pty, "\r");
    if (!pty_wait_for(&s->pty, shown, ANSWER_MS)) {
        pty_print(&s->pty);
        fail_msg("'%s' does not give '%s'", typed, shown);
    }
    pty_send(&s->pty, "\x0c"); /* ^L */
    pty_settle(&s->pty, SILENT_MS);
    assert_true(pty_find(&s->pty, shown) < 0);
}

/* What a file calls a speaker is completed to a word that means just that, and runs nothing. */
static void check_hostile_names(struct session *s, bool is_bash)
{
    char path[100];

    check_runs(s, "shilu show hostile.json -s \\$\t", "first words");
    check_runs(s, "shilu show hostile.json -s '$\t", "first words");
    check_runs(s, "shilu show hostile.json -s \"\\$\t", "first words");
    check_runs(s, "shilu show hostile.json -s Wow\t", "second words");
    check_runs(s, "shilu show hostile.json -s \"Wow\t", "second words");
    check_runs(s, "shilu show hostile.json -s 'Wow\t", "second words");
    if (is_bash) /* the others complete names of variables there */
        check_runs(s, "shilu show hostile.json -s \"$\t", "first words");
    snprintf(path, sizeof path, "%s/ran", s->folder);
    assert_int_equal(access(path, F_OK), -1);
}

static void check_shell(enum shell shell)
{
    static const char blank[] = "a\\ b.json";
    struct session s;

    session_start(&s, shell);
    check(&s, "shilu time\t", "shilu timeline");
    check(&s, "shilu show a\t", blank);
    check(&s, "shilu a\t", blank);
    check(&s, "shilu convert --format=mark\t", "--format=markdown");
    check(&s, "shilu convert -f mark\t", "-f markdown");
    check(&s, "shilu speakers --format=c\t", "--format=csv");
    check(&s, "shilu show --theme mono\t", "--theme monochrome");
    check(&s, "shilu show --theme=mono\t", "--theme=monochrome");
    check(&s, "shilu show a\\ b.json -s Elea\t", "Eleanor");
    check(&s, "shilu show --encoding big\t", "--encoding big5");
    check(&s, "shilu help form\t", "help formats");
    check(&s, "shilu show --pla\t\tX", "--plaX"); /* --plot is for the timeline */
    check(&s, "shilu timeline --plo\t", "--plot");
    check(&s, "shilu corr\t", "shilu corrections");
    check(&s, "shilu figures -f c\t", "-f csv");
    check(&s, "shilu diff -f j\t", "-f json");
    check(&s, "shilu notes --format=mark\t", "--format=markdown");
    check(&s, "shilu convert -f sq\t", "-f sqlite");
    check(&s, "shilu index --in\t", "--in-folder");
    check(&s, "shilu show --beside a\t", blank);
    check(&s, "shilu diff a\t", blank);
    check(&s, "shilu --list enc\t", "--list encodings");
    check_hostile_names(&s, shell == BASH);
    session_end(&s);
}

static void completions__in_bash(void **state)
{
    (void)state;
    check_shell(BASH);
}

static void completions__in_zsh(void **state)
{
    (void)state;
    check_shell(ZSH);
}

static void completions__in_fish(void **state)
{
    (void)state;
    check_shell(FISH);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(completions__in_bash),
        cmocka_unit_test(completions__in_zsh),
        cmocka_unit_test(completions__in_fish),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
