/* History between runs: kept, merged with another run's, bounded; a broken file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/history_file.h"
#include "session_fixture.h"
#include "shilu/base/memory.h"
#include "shilu/view/prompt.h"

static char folder[] = "/tmp/shilu-history-XXXXXX";

static int set_up(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL)
        return -1;
    return setenv("XDG_STATE_HOME", folder, 1);
}

static void history_path(char *path, size_t capacity, const char *name)
{
    snprintf(path, capacity, "%s/shilu%s", folder, name);
}

static int forget(void **state)
{
    char path[200];

    (void)state;
    history_path(path, sizeof path, "/history.json");
    unlink(path);
    return 0;
}

static int tear_down(void **state)
{
    char command[200];

    (void)state;
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

static void append(struct buffer *out, const char *kind, const struct prompt_history *h)
{
    for (size_t i = 0; i < h->count; i++)
        buffer_append_format(out, "%s:%s ", kind, h->lines[i]);
}

static void open_fixture(struct session_fixture *d, struct ui_history *history)
{
    history_file_recall(history);
    session_fixture_open(
        d, &(struct session_fixture_options){
               .file = SESSION_FIXTURE_HEARING, .history = history, .rows = 24, .columns = 80});
}

/* A run in which these keys are pressed; what the next one recalls is put into `out`. */
static void run(const char *keys, struct buffer *out)
{
    struct ui_history history = {0};
    struct ui_history recalled = {0};
    struct session_fixture d;
    struct error err;

    open_fixture(&d, &history);
    session_fixture_type(&d, keys);
    assert_true(history_file_keep(&history, &err));
    session_fixture_close(&d);
    ui_history_release(&history);
    history_file_recall(&recalled);
    buffer_clear(out);
    append(out, "time", &recalled.time);
    append(out, "search", &recalled.search);
    append(out, "narrow", &recalled.narrow);
    append(out, "command", &recalled.command);
    ui_history_release(&recalled);
}

static void history_file__keeps_each_kind(void **state)
{
    struct buffer out = {0};

    (void)state;
    run("", &out);
    assert_string_equal(buffer_string(&out), "");
    run("/ '水位 Enter ? 'Falk Enter & 'a Enter & Enter t '10:30 Enter s 'x Enter : 'help "
        "Enter q",
        &out);
    assert_string_equal(buffer_string(&out),
                        "time:10:30 search:水位 search:Falk narrow:a command:help ");
    /* A line that is entered again becomes the newest, and is kept once. */
    run("/ '水位 Enter", &out);
    assert_non_null(strstr(buffer_string(&out), "search:Falk search:水位 "));
    buffer_release(&out);
}

static void history_file__is_offered_with_up(void **state)
{
    struct ui_history history = {0};
    struct buffer row = {0};
    struct session_fixture d;

    (void)state;
    run("/ '水位 Enter / 'Falk Enter", &row);
    open_fixture(&d, &history);
    session_fixture_type(&d, "/ Up Up");
    assert_non_null(strstr(session_fixture_row(&d, -1, &row), "水位"));
    session_fixture_close(&d);
    ui_history_release(&history);
    buffer_release(&row);
}

static void history_file__joins_what_two_runs_add(void **state)
{
    struct ui_history history = {0};
    struct buffer out = {0};
    struct session_fixture d;
    struct error err;

    (void)state;
    open_fixture(&d, &history);
    session_fixture_type(&d, "/ 'one Enter");
    run("/ 'two Enter", &out); /* another, meanwhile */
    assert_true(history_file_keep(&history, &err));
    session_fixture_close(&d);
    ui_history_release(&history);
    run("", &out);
    assert_string_equal(buffer_string(&out), "search:two search:one ");
    buffer_release(&out);
}

static void history_file__is_bounded(void **state)
{
    struct buffer keys = {0};
    struct buffer out = {0};

    (void)state;
    for (int i = 0; i < PROMPT_HISTORY + 20; i++)
        buffer_append_format(&keys, "/ 'w%03d Enter ", i);
    run(keys.data, &out);
    assert_null(strstr(buffer_string(&out), "w019 "));
    assert_non_null(strstr(buffer_string(&out), "w020 "));
    assert_non_null(strstr(buffer_string(&out), "w119 "));
    buffer_release(&keys);
    buffer_release(&out);
}

static void history_file__survives_a_broken_file(void **state)
{
    static const char *const files[] = {"", "{", "[1]", "{\"search\": 5, \"else\": [1]}",
                                        "{\"search\": [1, \"ok\", null]}"};
    struct buffer out = {0};

    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char path[200];
        FILE *f;

        forget(NULL);
        run("/ 'first Enter", &out);
        history_path(path, sizeof path, "/history.json");
        f = fopen(path, "w");
        assert_non_null(f);
        fputs(files[i], f);
        fclose(f);
        run("/ 'word Enter", &out);
        assert_non_null(strstr(buffer_string(&out), "search:word "));
    }
    assert_string_equal(buffer_string(&out), "search:ok search:word ");
    buffer_release(&out);
}

#define TEST(name) cmocka_unit_test_setup(name, forget)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(history_file__keeps_each_kind),         TEST(history_file__is_offered_with_up),
        TEST(history_file__joins_what_two_runs_add), TEST(history_file__is_bounded),
        TEST(history_file__survives_a_broken_file),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
