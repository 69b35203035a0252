/* Running the built program. Output goes to unnamed files, so no pipe can fill up. */
#include "run_program.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static char *below(const char *variable, const char *path)
{
    const char *root = getenv(variable);
    char *joined;

    if (root == NULL)
        root = ".";
    if (asprintf(&joined, "%s/%s", root, path) < 0)
        abort();
    return joined;
}

char *run_source_path(const char *path)
{
    return below("SHILU_SRCDIR", path);
}

char *run_build_path(const char *path)
{
    return below("SHILU_BUILDDIR", path);
}

static void set_environment(void)
{
    char *build = run_build_path("");
    char *themes = run_source_path("themes");
    char *path;

    if (asprintf(&path, "%s:%s", build, getenv("PATH")) < 0)
        abort();
    setenv("PATH", path, 1);
    setenv("SHILU_THEMES", themes, 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    setenv("TZ", "UTC", 1);
    setenv("TERM", "xterm-256color", 1);
    unsetenv("NO_COLOR");
    unsetenv("COLORTERM");
    unsetenv("COLORFGBG");
    unsetenv("XDG_CONFIG_HOME");
    unsetenv("XDG_STATE_HOME");
    unsetenv("XDG_DATA_HOME");
    unsetenv("XDG_CACHE_HOME");
    free(path);
    free(build);
    free(themes);
}

/* The shell removes the scratch folder itself, whatever way it ends, and the home beside it, in
 * which the program may keep what it likes. */
static char *with_scratch(const char *line)
{
    char folder[] = "/tmp/shilu-test-XXXXXX";
    char home[sizeof folder + sizeof "-home"];
    char *wrapped;

    if (mkdtemp(folder) == NULL || setenv("SCRATCH", folder, 1) != 0)
        _exit(125);
    snprintf(home, sizeof home, "%s-home", folder);
    if (setenv("HOME", home, 1) != 0 ||
        asprintf(&wrapped, "trap 'rm -rf \"$SCRATCH\" \"$SCRATCH-home\"' EXIT; %s", line) < 0)
        _exit(125);
    return wrapped;
}

static _Noreturn void run_child(const char *folder, const char *line, FILE *out, FILE *err)
{
    int null = open("/dev/null", O_RDONLY);

    set_environment();
    line = with_scratch(line);
    if (chdir(folder) != 0 || dup2(null, STDIN_FILENO) < 0 ||
        dup2(fileno(out), STDOUT_FILENO) < 0 || dup2(fileno(err), STDERR_FILENO) < 0)
        _exit(126);
    /* A shell that runs the tests in the background may have ignored it. */
    signal(SIGINT, SIG_DFL);
    execl("/bin/sh", "sh", "-c", line, (char *)NULL);
    _exit(127);
}

static char *read_all(FILE *from)
{
    long bytes;
    char *text;

    fseek(from, 0, SEEK_END);
    bytes = ftell(from);
    rewind(from);
    text = calloc((size_t)bytes + 1, 1);
    assert_int_equal(fread(text, 1, (size_t)bytes, from), bytes);
    fclose(from);
    return text;
}

void run_program(struct run *run, const char *folder, const char *line)
{
    FILE *out = tmpfile();
    FILE *err = tmpfile();
    char *where = run_source_path(folder);
    int status = 0;
    pid_t child;

    assert_non_null(out);
    assert_non_null(err);
    fflush(NULL);
    child = fork();
    assert_true(child >= 0);
    if (child == 0)
        run_child(where, line, out, err);
    waitpid(child, &status, 0);
    run->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    run->out = read_all(out);
    run->err = read_all(err);
    free(where);
}

void run_release(struct run *run)
{
    free(run->out);
    free(run->err);
    *run = (struct run){0};
}

void run_check_row(const char *folder, const struct run_row *row)
{
    struct run run;

    run_program(&run, folder, row->line);
    if (run.status != row->status || (row->out != NULL && strcmp(run.out, row->out) != 0) ||
        (row->err != NULL && strcmp(run.err, row->err) != 0))
        fail_msg("%s\nreturned %d, printed\n%s%swanted %d\n%s%s", row->line, run.status,
                 run.out, run.err, row->status, row->out != NULL ? row->out : "",
                 row->err != NULL ? row->err : "");
    run_release(&run);
}
