/* The program in a terminal for tests. */
#include "pty_program.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { SEGMENTS = 400 };

char program[1024];
char folder[256];
char record[300];
static char environment[7][320];
const char *usual_environment[16];

static void write_record(const char *path)
{
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    fprintf(f, "{\"format\": \"shilu\", \"version\": 1, \"title\": \"紀錄 Record\","
               "\"clock\": \"elapsed\", \"segments\": [\n");
    for (int i = 1; i <= SEGMENTS; i++)
        fprintf(f,
                "{\"speaker\": \"%s\", \"start\": %d, \"text\": \"mark%04d 這是一段紀錄，用來"
                "看螢幕怎麼畫。\"}%s\n",
                i % 3 == 0   ? "甲"
                : i % 3 == 1 ? "乙"
                             : "丙",
                i * 10, i, i < SEGMENTS ? "," : "");
    fprintf(f, "]}\n");
    fclose(f);
}

int program_set_up(void **state)
{
    static const char *const names[] = {"XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME",
                                        "XDG_CACHE_HOME", "HOME"};
    const char *build = getenv("SHILU_BUILDDIR");
    size_t n = 0;

    (void)state;
    snprintf(program, sizeof program, "%s/shilu", build != NULL ? build : ".");
    snprintf(folder, sizeof folder, "/tmp/shilu-pty-XXXXXX");
    if (mkdtemp(folder) == NULL)
        return -1;
    snprintf(record, sizeof record, "%s/record.json", folder);
    write_record(record);
    for (size_t i = 0; i < 5; i++) {
        snprintf(environment[n], sizeof environment[n], "%s=%s", names[i], folder);
        usual_environment[n] = environment[n];
        n++;
    }
    usual_environment[n++] = "TERM=xterm-256color";
    usual_environment[n++] = "LC_ALL=C.UTF-8";
    usual_environment[n++] = "TMUX=";
    usual_environment[n++] = "STY=";
    usual_environment[n++] = "COLORTERM=";
    usual_environment[n++] = "DISPLAY=";
    usual_environment[n++] = "WAYLAND_DISPLAY=";
    usual_environment[n++] = "VISUAL=true"; /* an editor that leaves at once */
    usual_environment[n] = NULL;
    return access(program, X_OK);
}

int program_forget(void **state)
{
    char path[400];

    (void)state;
    snprintf(path, sizeof path, "%s/shilu/places.json", folder);
    unlink(path);
    snprintf(path, sizeof path, "%s/shilu/config.json", folder);
    unlink(path);
    return 0;
}

int program_tear_down(void **state)
{
    char command[400];

    (void)state;
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

void write_config(const char *text)
{
    char path[400];
    FILE *f;

    snprintf(path, sizeof path, "%s/shilu", folder);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/shilu/config.json", folder);
    f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

const char *const open_record[] = {program, record, NULL};

void start(struct pty *p, struct pty_options *options)
{
    if (options->arguments == NULL)
        options->arguments = open_record;
    if (options->environment == NULL)
        options->environment = usual_environment;
    pty_start(p, options);
}

void start_and_see(struct pty *p, struct pty_options *options, const char *text)
{
    start(p, options);
    if (pty_wait_for(p, text, START_MS))
        return;
    pty_print(p);
    fail_msg("'%s' is not on the first screen", text);
}

void wait_for(struct pty *p, const char *text)
{
    if (!pty_wait_for(p, text, ANSWER_MS)) {
        pty_print(p);
        fail_msg("'%s' does not come", text);
    }
}

void check_left(struct pty *p, int status)
{
    if (!pty_wait_for_end(p, ANSWER_MS)) {
        pty_print(p);
        fail_msg("the program did not end");
    }
    assert_true(WIFEXITED(p->status));
    assert_int_equal(WEXITSTATUS(p->status), status);
    assert_false(p->on_alternate_screen);
    assert_true(p->cursor_visible);
    assert_true(pty_mode_is_restored(p));
}

void quit(struct pty *p)
{
    pty_send(p, "q");
    check_left(p, 0);
    pty_end(p);
}

int64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int first_mark(const struct pty *p)
{
    char line[PTY_TEXT_BYTES];

    for (int row = 0; row < p->rows; row++) {
        const char *found;

        pty_row(p, row, line);
        found = strstr(line, "mark");
        if (found != NULL)
            return atoi(found + 4);
    }
    return -1;
}
