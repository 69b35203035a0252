/* Tests of the whole program in a terminal: what it does to the terminal, and how it leaves.
 * What it shows is told in detail by the golden screens; here it only has to be there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "pty_harness.h"

enum { SEGMENTS = 400, START_MS = 10000, ANSWER_MS = 10000 };

static char program[1024];
static char folder[256]; /* of the tests' own, with the record and the user's XDG folders */
static char record[300];
static char environment[7][320];
static const char *usual[12];

/* ---------------------------------------------------------------------------- helpers */

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

static int set_up(void **state)
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
        usual[n] = environment[n];
        n++;
    }
    usual[n++] = "TERM=xterm-256color";
    usual[n++] = "LC_ALL=C.UTF-8";
    usual[n++] = "TMUX=";
    usual[n++] = "STY=";
    usual[n++] = "COLORTERM=";
    usual[n] = NULL;
    return access(program, X_OK);
}

/* Each test starts without a remembered place and without a config. */
static int forget(void **state)
{
    char path[400];

    (void)state;
    snprintf(path, sizeof path, "%s/shilu/places.json", folder);
    unlink(path);
    snprintf(path, sizeof path, "%s/shilu/config.json", folder);
    unlink(path);
    return 0;
}

static int tear_down(void **state)
{
    char path[400];

    forget(state);
    unlink(record);
    snprintf(path, sizeof path, "%s/shilu", folder);
    rmdir(path);
    rmdir(folder);
    return 0;
}

static void write_config(const char *text)
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

static const char *const open_record[] = {program, record, NULL};

static void start(struct pty *p, struct pty_options *options)
{
    if (options->arguments == NULL)
        options->arguments = open_record;
    if (options->environment == NULL)
        options->environment = usual;
    pty_start(p, options);
}

static void start_and_see(struct pty *p, struct pty_options *options, const char *text)
{
    start(p, options);
    if (pty_wait_for(p, text, START_MS))
        return;
    pty_print(p);
    fail_msg("'%s' is not on the first screen", text);
}

static void check_left(struct pty *p, int status)
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

static void quit(struct pty *p)
{
    pty_send(p, "q");
    check_left(p, 0);
    pty_end(p);
}

static int64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* The first mark on the screen: where the reader is. */
static int first_mark(const struct pty *p)
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

/* ------------------------------------------------------------------------------ tests */

static void program__opens_and_quits__leaves_a_clean_terminal(void **state)
{
    struct pty p;
    struct pty_options options = {.rows = 40, .columns = 120};

    (void)state;
    start_and_see(&p, &options, "mark0001");
    assert_true(pty_find(&p, "紀錄 Record") >= 0);
    assert_true(p.on_alternate_screen);
    assert_false(p.cursor_visible);
    assert_false(pty_mode_is_restored(&p));
    quit(&p);
}

static void program__sizes_change__keeps_the_words(void **state)
{
    static const int sizes[][2] = {{20, 40}, {40, 120}, {24, 80}, {5, 20}, {40, 120}};
    struct pty p;
    struct pty_options options = {.rows = 40, .columns = 120};
    int mark;

    (void)state;
    start_and_see(&p, &options, "mark0001");
    pty_send(&p, "30}");
    pty_settle(&p, 200);
    mark = first_mark(&p);
    assert_true(mark > 1);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        pty_resize(&p, sizes[i][0], sizes[i][1]);
        pty_settle(&p, 200);
        if (first_mark(&p) != mark) {
            pty_print(&p);
            fail_msg("%dx%d shows mark %d first, not %d", sizes[i][1], sizes[i][0],
                     first_mark(&p), mark);
        }
    }
    quit(&p);
}

static void program__stopped_and_continued__gives_and_takes_the_terminal(void **state)
{
    struct pty p;
    struct pty_options options = {.job_control = true};

    (void)state;
    start_and_see(&p, &options, "mark0001");
    for (int round = 0; round < 2; round++) {
        pty_send(&p, "\x1a");
        assert_true(pty_wait_for_stop(&p, ANSWER_MS));
        assert_false(p.on_alternate_screen);
        assert_true(p.cursor_visible);
        assert_true(pty_mode_is_restored(&p));
        kill(p.program, SIGCONT);
        assert_true(pty_wait_for(&p, "mark0001", ANSWER_MS));
        pty_settle(&p, 50);
        assert_true(p.on_alternate_screen);
        assert_false(pty_mode_is_restored(&p));
    }
    quit(&p);
}

static void program__gets_a_signal_to_end__restores_and_keeps_the_place(void **state)
{
    static const struct {
        int number;
        int status;
    } signals[] = {{SIGHUP, 129}, {SIGTERM, 143}};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct pty p;
        struct pty_options options = {.rows = 24, .columns = 100};
        int mark;

        forget(NULL);
        start_and_see(&p, &options, "mark0001");
        pty_send(&p, "50}");
        pty_settle(&p, 200);
        mark = first_mark(&p);
        assert_true(mark > 1);
        kill(p.program, signals[i].number);
        check_left(&p, signals[i].status);
        pty_end(&p);
        start_and_see(&p, &options, "mark");
        pty_settle(&p, 200);
        assert_int_equal(first_mark(&p), mark);
        quit(&p);
    }
}

static void program__terminal_vanishes__ends(void **state)
{
    struct pty p;
    struct pty_options options = {0};

    (void)state;
    start_and_see(&p, &options, "mark0001");
    close(p.master);
    p.master = -1;
    assert_true(pty_wait_for_end(&p, ANSWER_MS));
    assert_true(WIFEXITED(p.status));
    assert_int_equal(WEXITSTATUS(p.status), 129);
    pty_end(&p);
}

/* Nobody reads what the program writes, as on a line that is stuck. */
static void program__output_blocks__still_ends_when_told_to(void **state)
{
    struct pty p;
    struct pty_options options = {.rows = 100, .columns = 300};
    int64_t end_ms;

    (void)state;
    start_and_see(&p, &options, "mark0001");
    for (int i = 0; i < 200; i++) {
        pty_send(&p, i % 10 < 8 ? " " : "b");
        usleep(1000);
    }
    kill(p.program, SIGTERM);
    end_ms = now_ms() + ANSWER_MS;
    while (waitpid(p.leader, &p.status, WNOHANG) != p.leader) {
        assert_true(now_ms() < end_ms);
        usleep(1000);
    }
    p.has_ended = true;
    assert_true(WIFEXITED(p.status));
    assert_int_equal(WEXITSTATUS(p.status), 143);
    assert_true(pty_mode_is_restored(&p));
    pty_end(&p);
}

static void program__keys_typed_ahead__are_kept(void **state)
{
    struct pty p;
    struct pty_options options = {.typed_ahead = "G"};

    (void)state;
    start_and_see(&p, &options, "mark0400");
    quit(&p);
}

static void program__terminal_answers_late__swallows_it(void **state)
{
    struct pty p;
    struct pty_options options = {.deaf = true};

    (void)state;
    start_and_see(&p, &options, "mark0001");
    pty_send(&p, "\033[1;3R\033[1;3R\033[1;3R\033[?69;2$y\033[?64;1;2;6c");
    pty_settle(&p, 200);
    assert_int_equal(pty_find(&p, ";"), -1);
    assert_true(pty_find(&p, "mark0001") >= 0);
    quit(&p);
}

static void program__wide_terminal__draws_no_ambiguous_rule(void **state)
{
    struct pty p;
    struct pty_options options = {
        .rows = 40, .columns = 120, .answer = "\033[2;3R\033[2;3R\033[2;3R\033[?62c"};

    (void)state;
    start_and_see(&p, &options, "mark0001");
    assert_int_equal(pty_find(&p, "│"), -1);
    assert_int_equal(pty_find(&p, "─"), -1);
    assert_true(pty_find(&p, "|") >= 0);
    quit(&p);
}

static void program__terminal_not_in_utf8__prints_instead(void **state)
{
    struct pty p;
    struct pty_options options = {.answer = "\033[2;4R\033[2;4R\033[2;4R\033[?62c"};

    (void)state;
    start(&p, &options);
    check_left(&p, 0);
    assert_true(pty_log_holds(&p, "UTF-8"));
    assert_true(pty_log_holds(&p, "mark0400"));
    pty_end(&p);
}

static void program__terminal_cannot_draw__says_so_and_prints(void **state)
{
    static const char *const terms[] = {"TERM=dumb", "TERM=", "TERM=no-such-terminal"};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        const char *with[14];
        struct pty p;
        struct pty_options options = {.environment = with};

        memcpy(with, usual, sizeof usual);
        with[5] = terms[i];
        start(&p, &options);
        check_left(&p, 0);
        assert_true(pty_log_holds(&p, "shilu: "));
        assert_true(pty_log_holds(&p, "mark0400"));
        assert_false(pty_log_holds(&p, "\033[?1049h"));
        pty_end(&p);
    }
}

static void program__other_terminals__are_drawn_on(void **state)
{
    static const char *const terms[] = {
        "TERM=xterm", "TERM=screen", "TERM=tmux-256color", "TERM=linux",
        "TERM=vt220", "TERM=vt100",  "TERM=ansi",          "TERM=xterm-unheard-of"};

    (void)state;
    for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++) {
        const char *with[14];
        struct pty p;
        struct pty_options options = {.environment = with};

        memcpy(with, usual, sizeof usual);
        with[5] = terms[i];
        forget(NULL);
        start_and_see(&p, &options, "mark0001");
        pty_send(&p, "G");
        assert_true(pty_wait_for(&p, "mark0400", ANSWER_MS));
        quit(&p);
    }
}

static void program__file_cannot_be_read__says_so_without_a_screen(void **state)
{
    char missing[400];
    const char *const arguments[] = {program, missing, NULL};
    struct pty p;
    struct pty_options options = {.arguments = arguments};

    (void)state;
    snprintf(missing, sizeof missing, "%s/missing.json", folder);
    start(&p, &options);
    check_left(&p, 2);
    assert_true(pty_log_holds(&p, "missing.json"));
    assert_false(pty_log_holds(&p, "\033[?1049h"));
    pty_end(&p);
}

static void program__copies__sends_osc_52(void **state)
{
    struct pty p;
    struct pty_options options = {0};

    (void)state;
    start_and_see(&p, &options, "mark0001");
    pty_send(&p, "y");
    pty_settle(&p, 200);
    assert_true(pty_log_holds(&p, "\033]52;c;"));
    quit(&p);
}

static void program__at_rest__sends_nothing(void **state)
{
    struct pty p;
    struct pty_options options = {.rows = 40, .columns = 120};
    uint64_t before;

    (void)state;
    start_and_see(&p, &options, "mark0001");
    pty_settle(&p, 300);
    before = p.received_bytes;
    pty_settle(&p, 700);
    assert_int_equal(p.received_bytes, before);
    quit(&p);
}

static void program__record_on_standard_input__takes_keys_from_the_terminal(void **state)
{
    static const char text[] = "{\"format\": \"shilu\", \"version\": 1, \"title\": \"T\", "
                               "\"segments\": [{\"text\": \"piped words\"}]}\n";
    const char *const arguments[] = {program, "-", NULL};
    struct pty p;
    struct pty_options options = {.arguments = arguments, .input = text};

    (void)state;
    start_and_see(&p, &options, "piped words");
    quit(&p);
}

/* The parameters of every SGR sequence: is one a colour, other than the terminal's own? */
static bool log_has_color(const struct pty *p)
{
    for (const char *at = p->log; at != NULL && (at = strstr(at, "\033[")) != NULL; at += 2) {
        const char *q = at + 2;

        for (;;) {
            int number = (int)strtol(q, (char **)(uintptr_t)&q, 10);

            if (*q != ';' && *q != 'm')
                break;
            if ((number >= 30 && number <= 48 && number != 39) ||
                (number >= 90 && number <= 107))
                return strpbrk(at, "mHhJ") != NULL && *strpbrk(at, "mHhJKrdl") == 'm';
            if (*q == 'm')
                break;
            q++;
        }
    }
    return false;
}

static void program__no_color_is_set__sends_no_color(void **state)
{
    const char *with[14];
    struct pty p;
    struct pty_options options = {.environment = with, .rows = 40, .columns = 120};

    (void)state;
    start_and_see(&p, &(struct pty_options){.rows = 40, .columns = 120}, "mark0001");
    assert_true(log_has_color(&p)); /* the test can fail */
    quit(&p);
    memcpy(with, usual, sizeof usual);
    with[10] = "NO_COLOR=1";
    with[11] = NULL;
    start_and_see(&p, &options, "mark0001");
    assert_false(log_has_color(&p));
    quit(&p);
}

static void program__interrupted__says_how_to_quit(void **state)
{
    struct pty p;
    struct pty_options options = {0};

    (void)state;
    start_and_see(&p, &options, "mark0001");
    pty_send(&p, "\x03");
    assert_true(pty_wait_for(&p, "q quits", ANSWER_MS));
    quit(&p);
}

/* Esc leaves the prompt; the best of some rounds counts, since the machine may be busy. */
static void program__esc__answers_within_50_ms(void **state)
{
    struct pty p;
    struct pty_options options = {0};
    int64_t best_ms = 10000;

    (void)state;
    start_and_see(&p, &options, "mark0001");
    for (int round = 0; round < 8; round++) {
        int64_t began_ms;

        pty_send(&p, "/zzz");
        assert_true(pty_wait_for(&p, "zzz", ANSWER_MS));
        pty_settle(&p, 50);
        assert_true(p.cursor_visible);
        began_ms = now_ms();
        pty_send(&p, "\033");
        while (pty_find(&p, "zzz") >= 0 && now_ms() - began_ms < ANSWER_MS)
            pty_settle(&p, 1);
        if (now_ms() - began_ms < best_ms)
            best_ms = now_ms() - began_ms;
        pty_settle(&p, 30);
        assert_false(p.cursor_visible);
    }
    print_message("Esc answers in %d ms\n", (int)best_ms);
    assert_true(best_ms >= 25 && best_ms <= 50);
    quit(&p);
}

static void program__mouse__is_off_until_the_config_says_so(void **state)
{
    struct pty p;
    struct pty_options options = {0};

    (void)state;
    start_and_see(&p, &options, "mark0001");
    assert_false(pty_log_holds(&p, "\033[?1000h"));
    quit(&p);
    write_config("{\"mouse\": true}");
    start_and_see(&p, &options, "mark0001");
    assert_true(pty_log_holds(&p, "\033[?1000h"));
    pty_send(&p, "q");
    check_left(&p, 0);
    assert_true(pty_log_holds(&p, "\033[?1000l"));
    pty_end(&p);
}

static void program__config_is_faulty__starts_and_names_the_place(void **state)
{
    struct pty p;
    struct pty_options options = {.columns = 160};

    (void)state;
    write_config("{\n  \"moose\": true\n}\n");
    start_and_see(&p, &options, "mark0001");
    pty_send(&p, "q");
    check_left(&p, 0);
    assert_true(pty_log_holds(&p, "config.json:2:3: "));
    assert_true(pty_log_holds(&p, "mouse"));
    pty_end(&p);
}

static void program__random_sizes_while_keys_arrive__lives(void **state)
{
    static const char *const keys[] = {"j", "k",  " ",    "b",    "G",     "g", "}",
                                       "{", "\t", "/m\r", "n",    "O",     "T", "]",
                                       "[", "1",  "2",    "\033", "s\033", "W"};
    struct pty p;
    struct pty_options options = {0};

    (void)state;
    srand(20261123);
    start_and_see(&p, &options, "mark0001");
    pty_set_blind(&p, true);
    for (int round = 0; round < 1000; round++) {
        pty_resize(&p, 1 + rand() % 100, 1 + rand() % 300);
        pty_send(&p, keys[rand() % (int)(sizeof keys / sizeof keys[0])]);
        pty_settle(&p, rand() % 3);
    }
    pty_send(&p, "\033");
    pty_settle(&p, 100);
    pty_send(&p, "\033");
    pty_settle(&p, 100);
    pty_set_blind(&p, false);
    pty_resize(&p, 40, 120);
    assert_true(pty_wait_for(&p, "mark", ANSWER_MS));
    pty_send(&p, "Q");
    check_left(&p, 0);
    pty_end(&p);
}

#define TEST(name) cmocka_unit_test_setup(name, forget)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(program__opens_and_quits__leaves_a_clean_terminal),
        TEST(program__sizes_change__keeps_the_words),
        TEST(program__stopped_and_continued__gives_and_takes_the_terminal),
        TEST(program__gets_a_signal_to_end__restores_and_keeps_the_place),
        TEST(program__terminal_vanishes__ends),
        TEST(program__output_blocks__still_ends_when_told_to),
        TEST(program__keys_typed_ahead__are_kept),
        TEST(program__terminal_answers_late__swallows_it),
        TEST(program__wide_terminal__draws_no_ambiguous_rule),
        TEST(program__terminal_not_in_utf8__prints_instead),
        TEST(program__terminal_cannot_draw__says_so_and_prints),
        TEST(program__other_terminals__are_drawn_on),
        TEST(program__file_cannot_be_read__says_so_without_a_screen),
        TEST(program__copies__sends_osc_52),
        TEST(program__at_rest__sends_nothing),
        TEST(program__record_on_standard_input__takes_keys_from_the_terminal),
        TEST(program__no_color_is_set__sends_no_color),
        TEST(program__interrupted__says_how_to_quit),
        TEST(program__esc__answers_within_50_ms),
        TEST(program__mouse__is_off_until_the_config_says_so),
        TEST(program__config_is_faulty__starts_and_names_the_place),
        TEST(program__random_sizes_while_keys_arrive__lives),
    };

    setvbuf(stdout, NULL, _IOLBF, 0);
    unsetenv("NO_COLOR");
    unsetenv("LINES");
    unsetenv("COLUMNS");
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
