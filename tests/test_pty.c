/* Tests of the whole program in a terminal: what it does to the terminal, and how it leaves.
 * The golden screens check in detail what it shows; here it only has to be there. */
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

#include "pty_program.h"
#include "shilu/view/theme.h"

#ifdef __SANITIZE_ADDRESS__ /* GCC */
#define ADDRESS_SANITIZER 1
#elif defined(__has_feature) /* Clang */
#define ADDRESS_SANITIZER __has_feature(address_sanitizer)
#else
#define ADDRESS_SANITIZER 0
#endif

static void program__opens_and_quits__leaves_a_clean_terminal(void **state)
{
    struct pty p;
    struct pty_options options = {.rows = 40, .columns = 120};

    (void)state;
    start_and_see(&p, &options, "mark0001");
    assert_true(pty_find(&p, "紀錄 Record") >= 0);
    assert_true(p.on_alternate_screen);
    pty_settle(&p, 50);
    assert_true(p.cursor_visible);
    assert_in_range(p.cursor_row, pty_find(&p, "mark0001") - 1, pty_find(&p, "mark0001"));
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

        program_forget(NULL);
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

/* Nobody reads the program's output, as on a line that is stuck. */
static void program__output_blocks__still_ends_when_reported_to(void **state)
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
    static const char *const terms[] = {"TERM=dumb", "TERM="};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        const char *with[18];
        struct pty p;
        struct pty_options options = {.environment = with};

        memcpy(with, usual_environment, sizeof usual_environment);
        with[5] = terms[i];
        start(&p, &options);
        check_left(&p, 0);
        assert_true(pty_log_holds(&p, "shilu: "));
        assert_true(pty_log_holds(&p, "mark0400"));
        assert_false(pty_log_holds(&p, "\033[?1049h"));
        pty_end(&p);
    }
}

/* The reader sits at a terminal whose name is not known here: printing is not what is wanted.
 */
static void program__terminal_is_unknown__names_one_to_try(void **state)
{
    const char *with[18];
    struct pty p;
    struct pty_options options = {.environment = with};

    (void)state;
    memcpy(with, usual_environment, sizeof usual_environment);
    with[5] = "TERM=no-such-terminal";
    start(&p, &options);
    check_left(&p, 2);
    assert_true(pty_log_holds(&p, "try TERM=xterm-256color"));
    assert_false(pty_log_holds(&p, "mark0400"));
    pty_end(&p);
}

static void program__other_terminals__are_drawn_on(void **state)
{
    static const char *const terms[] = {
        "TERM=xterm", "TERM=screen", "TERM=tmux-256color", "TERM=linux",
        "TERM=vt220", "TERM=vt100",  "TERM=ansi",          "TERM=xterm-unheard-of"};

    (void)state;
    for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++) {
        const char *with[18];
        struct pty p;
        struct pty_options options = {.environment = with};

        memcpy(with, usual_environment, sizeof usual_environment);
        with[5] = terms[i];
        program_forget(NULL);
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

/* "+" says where, and the selection options what is read. */
static void program__a_place_and_a_part__are_opened_at(void **state)
{
    static const struct {
        const char *word;
        const char *option;
        const char *value;
        const char *top;  /* wait until it is on the screen */
        const char *part; /* in the title bar; NULL: nothing */
    } rows[] = {
        {"+0:33:20", NULL, NULL, "mark0200", NULL},
        {"+/mark0300", NULL, NULL, "1 of 1", NULL},
        {"+G", NULL, NULL, "mark0400", NULL},
        {"+50%", NULL, NULL, "mark0200", NULL},
        {"+Q5", NULL, NULL, "there is no question 5", NULL},
        {"+9:00:00", NULL, NULL, "the record is from", NULL},
        {"--from", "0:50:00", NULL, "mark0300", "only 0:50:00-"},
        {"--speaker", "甲", NULL, "mark0003", "only 甲"},
        {"--speaker", "nobody", NULL, "no speaker matches", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *const with_option[] = {program, rows[i].word, rows[i].option, record, NULL};
        const char *const with_place[] = {program, rows[i].word, record, NULL};
        struct pty_options options = {.arguments = rows[i].option != NULL ? with_option
                                                                          : with_place};
        struct pty p;

        program_forget(NULL);
        start_and_see(&p, &options, rows[i].top);
        if (rows[i].part != NULL)
            wait_for(&p, rows[i].part);
        quit(&p);
    }
}

/* Renamed where one reads, merged with another, and remembered the next time. */
static void program__a_speaker_is_renamed__is_remembered(void **state)
{
    char command[400];
    struct pty p;

    (void)state;
    start_and_see(&p, &(struct pty_options){.rows = 24, .columns = 100}, "mark0001");
    pty_send(&p, ":rename Ben Lee\r");
    wait_for(&p, "Ben Lee in this record");
    wait_for(&p, "mark0001");
    pty_send(&p, "}"); /* the message goes */
    wait_for(&p, "mark0002");
    pty_settle(&p, 100);
    assert_true(pty_find(&p, "乙") < 0);
    pty_send(&p, ":rename Ben Lee\r");
    wait_for(&p, "2 speakers");
    quit(&p);
    start_and_see(&p, &(struct pty_options){.rows = 24, .columns = 100}, "2 speakers");
    wait_for(&p, "Ben Lee");
    pty_send(&p, ":rename Zoe\r");
    wait_for(&p, "Zoe in this record");
    pty_send(&p, "]");
    pty_settle(&p, 100);
    assert_true(pty_find(&p, "Ben Lee") < 0);
    quit(&p);
    /* Who is read alone, the place and what is selected stay; and it can be taken back. */
    start_and_see(&p, &(struct pty_options){.rows = 24, .columns = 100}, "Zoe");
    pty_send(&p, "fGv");
    wait_for(&p, "only Zoe");
    wait_for(&p, "mark0400");
    wait_for(&p, "selected");
    pty_send(&p, ":rename Yan\r");
    wait_for(&p, "Yan in this record");
    wait_for(&p, "only Yan");
    wait_for(&p, "mark0400");
    wait_for(&p, "y copy"); /* the hints of what is selected */
    pty_send(&p, ":rename-back\r");
    wait_for(&p, "renaming was undone");
    wait_for(&p, "only Zoe");
    wait_for(&p, "mark0400");
    pty_send(&p, "\033");
    pty_settle(&p, 100);
    quit(&p);
    /* What an earlier session did, too: all three of its renamings, and no more. */
    start_and_see(&p, &(struct pty_options){.rows = 24, .columns = 100}, "Zoe");
    pty_send(&p, ":rename-back\r");
    wait_for(&p, "renaming was undone");
    wait_for(&p, "Ben Lee");
    pty_send(&p, ":rename-back\r:rename-back\r");
    wait_for(&p, "renaming was undone");
    wait_for(&p, "乙");
    pty_send(&p, ":rename-back\r");
    wait_for(&p, "nobody is renamed");
    pty_send(&p, "\033");
    pty_settle(&p, 100);
    quit(&p);
    snprintf(command, sizeof command, "rm -r '%s/shilu/speakers'", folder);
    assert_int_equal(system(command), 0);
}

/* A quote of a record that was named by a relative path. */
static void program__quote__is_gone_back_to_from_another_folder(void **state)
{
    char command[3 * sizeof folder + sizeof program];
    const char *const arguments[] = {"/bin/sh", "-c", command, NULL};
    struct pty p;
    struct pty_options options = {.arguments = arguments, .columns = 100};

    snprintf(command, sizeof command, "cd '%s' && exec '%s' record.json", folder, program);
    start_and_see(&p, &options, "mark0001");
    pty_send(&p, "}}c");
    wait_for(&p, "quote 1 in");
    quit(&p);
    snprintf(command, sizeof command,
             "cd '%s' && mkdir -p elsewhere && cd elsewhere && "
             "printf 'Ann: elsewhere.\\nBen: Yes.\\n' > record.json && exec '%s' record.json",
             folder, program);
    start_and_see(&p, &options, "elsewhere.");
    pty_send(&p, "C");
    wait_for(&p, "mark0003");
    pty_send(&p, "\r");
    wait_for(&p, ">  0:00:30  mark0003");
    pty_send(&p, "q"); /* back to the list */
    wait_for(&p, "Quotes");
    pty_send(&p, "q");
    wait_for(&p, "elsewhere.");
    quit(&p);
}

/* The terminal is handed to a command and taken back. */
static void program__a_command_is_run__has_the_terminal(void **state)
{
    struct pty p;

    (void)state;
    start_and_see(&p, &(struct pty_options){.rows = 24, .columns = 100}, "mark0001");
    pty_send(&p, "!printf 'x%sx' {time}\r");
    wait_for(&p, "x10.000x");
    wait_for(&p, "[Enter]");
    assert_false(p.on_alternate_screen);
    pty_send(&p, "\r");
    wait_for(&p, "mark0001");
    pty_send(&p, "|grep -c mark\r");
    wait_for(&p, "400");
    wait_for(&p, "[Enter]");
    pty_send(&p, "\r");
    wait_for(&p, "mark0001");
    pty_send(&p, "!exit 3\r");
    wait_for(&p, "[Enter]");
    pty_send(&p, "\r");
    wait_for(&p, "'exit 3' failed");
    quit(&p);
}

/* The theme suits the background that the terminal reports, or else COLORFGBG, or else is
 * "either". */
static void program__the_ground__chooses_the_theme(void **state)
{
    static const char reports[] = "\033[1;2R\033[1;2R\033[1;3R";
    static const char fence[] = "\033[?6c";
    static const struct {
        const char *ground;
        const char *variable;
        uint32_t accent; /* of the theme */
    } rows[] = {
        {"\033]11;rgb:ffff/ffff/ffff\033\\", "COLORFGBG=15;0", 0xB03A2E},
        {"\033]11;rgb:1616/1818/1d1d\a", "COLORFGBG=", 0xE5775F},
        {"", "COLORFGBG=0;15", 0xB03A2E},
        {"", "COLORFGBG=", 0x5F5FFF},
        {"\033]11;nonsense\a", "COLORFGBG=", 0x5F5FFF},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *with[18];
        char answer[120];
        char color[24];
        size_t n = 0;
        struct pty p;
        struct pty_options options = {
            .environment = with, .answer = answer, .rows = 40, .columns = 120};

        while (usual_environment[n] != NULL)
            with[n] = usual_environment[n], n++;
        with[n] = rows[i].variable;
        with[n + 1] = NULL;
        snprintf(answer, sizeof answer, "%s%s%s", reports, rows[i].ground, fence);
        snprintf(color, sizeof color, "38;5;%dm", theme_nearest_256(rows[i].accent));
        start_and_see(&p, &options, "mark0001");
        pty_settle(&p, 50);
        if (!pty_log_holds(&p, color))
            fail_msg("row %zu: no %s", i, color);
        quit(&p);
    }
}

static void program__no_color_is_set__sends_no_color(void **state)
{
    const char *with[18];
    struct pty p;
    struct pty_options options = {.environment = with, .rows = 40, .columns = 120};

    (void)state;
    start_and_see(&p, &(struct pty_options){.rows = 40, .columns = 120}, "mark0001");
    assert_true(log_has_color(&p)); /* the test can fail */
    quit(&p);
    memcpy(with, usual_environment, sizeof usual_environment);
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
        assert_int_equal(p.cursor_row, p.rows - 1);
        began_ms = now_ms();
        pty_send(&p, "\033");
        while (pty_find(&p, "zzz") >= 0 && now_ms() - began_ms < ANSWER_MS)
            pty_settle(&p, 1);
        if (now_ms() - began_ms < best_ms)
            best_ms = now_ms() - began_ms;
        pty_settle(&p, 30);
        assert_true(p.cursor_row < p.rows - 1);
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

static void program__reads_for_long__tells_how_far(void **state)
{
    char line[2000];
    const char *const arguments[] = {"/bin/sh", "-c", line, NULL};
    struct pty_options options = {.rows = 24, .columns = 80, .arguments = arguments};
    struct pty p;

    (void)state;
    snprintf(line, sizeof line, "(head -c 5000 '%s'; sleep 100) | '%s' show -", record,
             program);
    start_and_see(&p, &options, "shilu: reading standard input");
    pty_send(&p, "\003");
    if (!pty_wait_for_end(&p, 3 * ANSWER_MS)) {
        pty_print(&p);
        fail_msg("^C does not end it");
    }
    assert_true(WIFSIGNALED(p.status) || WEXITSTATUS(p.status) == 130);
    pty_end(&p);
}

/* A limit of the address space simulates a machine without more memory: a little above what the
 * program needs to start, which differs by a factor of four between C libraries. */
static void program__memory_runs_out__says_so_and_restores(void **state)
{
    char line[6000];
    const char *const arguments[] = {"/bin/sh", "-c", line, NULL};
    struct pty_options options = {.arguments = arguments};
    struct pty p;

    (void)state;
    if (ADDRESS_SANITIZER) {
        print_message("skipped: the address sanitizer takes terabytes of address space\n");
        skip();
    }
    snprintf(line, sizeof line,
             "{ head -n 2 '%s'; yes '{\"text\": \"這是一段紀錄，用來看螢幕怎麼畫。\"},' | "
             "head -n 600000; echo '{\"text\": \"\"}]}'; } >'%s/large.json'; "
             "for limit in 8192 16384 32768 65536; do (ulimit -v $limit; exec '%s' --version) "
             ">'%s/version' 2>&1 && break; done; ulimit -v $((limit + 16384)); '%s' "
             "'%s/large.json'; status=$?; rm '%s/large.json' '%s/version'; exit $status",
             record, folder, program, folder, program, folder, folder, folder);
    start(&p, &options);
    check_left(&p, 2);
    assert_true(pty_log_holds(&p, "shilu: out of memory"));
    pty_end(&p);
}

/* Every format, printed on a terminal, has no character in it that would act there. */
static void program__prints_on_a_terminal__passes_nothing_that_acts(void **state)
{
    static const char *const formats[] = {"text",     "csv",  "srt",  "vtt",
                                          "markdown", "html", "json", "jsonl"};
    char line[2600];
    const char *const arguments[] = {"/bin/sh", "-c", line, NULL};

    (void)state;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        struct pty_options options = {.arguments = arguments};
        struct pty p;

        snprintf(line, sizeof line,
                 "f='%s/acts.vtt'; printf 'WEBVTT\\n\\n00:01.000 --> 00:02.000\\n<v "
                 "A\\342\\200\\256b>"
                 "x\\302\\233y\\342\\200\\250\\363\\240\\201\\201\\342\\201\\246z\\n' "
                 ">\"$f\"; '%s' show -f %s \"$f\"; rm \"$f\"",
                 folder, program, formats[i]);
        start(&p, &options);
        assert_true(pty_wait_for_end(&p, ANSWER_MS));
        assert_true(p.received_bytes > 10);
        assert_false(pty_log_holds(&p, "\xE2\x80\xAE"));
        assert_false(pty_log_holds(&p, "\xC2\x9B"));
        assert_false(pty_log_holds(&p, "\xE2\x80\xA8"));
        assert_false(pty_log_holds(&p, "\xF3\xA0\x81\x81"));
        assert_false(pty_log_holds(&p, "\xE2\x81\xA6"));
        pty_end(&p);
    }
}

/* A fault of the program's own leaves no raw terminal. */
static void program__crashes__restores_the_terminal(void **state)
{
    static const int numbers[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE};

    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct pty_options options = {0};
        struct pty p;

        start_and_see(&p, &options, "mark0001");
        kill(p.program, numbers[i]);
        assert_true(pty_wait_for_end(&p, ANSWER_MS));
        assert_true(pty_mode_is_restored(&p));
        assert_false(p.on_alternate_screen);
        if (!ADDRESS_SANITIZER)
            assert_true(WIFSIGNALED(p.status) && WTERMSIG(p.status) == numbers[i]);
        pty_end(&p);
    }
}

/* Whatever is open, a prompt or a list, and however many keys still wait: press Esc until the
 * text is back, then Esc and Q until the program has ended. An Esc counts only if no byte
 * follows it at once. */
static void leave_all(struct pty *p)
{
    int64_t end_ms = now_ms() + 3 * ANSWER_MS;
    bool seen = false;

    while (!p->has_ended && now_ms() < end_ms) {
        pty_send(p, "\033");
        seen = seen || pty_wait_for(p, "紀錄 Record", 500);
        if (!seen)
            continue;
        pty_settle(p, 200);
        pty_send(p, "Q");
        pty_wait_for_end(p, 1000);
    }
    if (!seen || !p->has_ended)
        pty_print(p);
    assert_true(seen);
    check_left(p, 0);
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
    pty_set_blind(&p, false);
    pty_resize(&p, 40, 120);
    leave_all(&p);
    pty_end(&p);
}

/* What is read slowly is named on a line of its own, also where its name would move the cursor,
 * set the title or turn the direction. */
static void command__slow_file_with_a_hostile_name__shows_no_byte_that_acts(void **state)
{
    static char slow[400];
    static char command[2400];
    static const char *arguments[] = {"/bin/sh", "-c", command, NULL};
    struct pty_options options = {.arguments = arguments};
    struct pty p;

    (void)state;
    snprintf(slow, sizeof slow, "%s/a\033]0;x\a\xC2\x9B\xE2\x80\xAE\xFF.vtt", folder);
    assert_int_equal(mkfifo(slow, 0600), 0);
    snprintf(command, sizeof command,
             "{ printf 'WEBVTT\\n\\n00:01.000 --> 00:02.000\\n<v Bo>hi\\n'; sleep 3; } >'%s' & "
             "'%s' speakers '%s'",
             slow, program, slow);
    start(&p, &options);
    assert_true(pty_wait_for(&p, "reading ", ANSWER_MS));
    assert_true(pty_wait_for_end(&p, ANSWER_MS));
    assert_true(pty_log_holds(&p, "^[]0;x^G<9B><202E>"));
    assert_false(pty_log_holds(&p, "\033]0;"));
    assert_false(pty_log_holds(&p, "\xC2\x9B"));
    assert_false(pty_log_holds(&p, "\xE2\x80\xAE"));
    assert_false(pty_log_holds(&p, "\xFF"));
    unlink(slow);
    pty_end(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PTY_TEST(program__opens_and_quits__leaves_a_clean_terminal),
        PTY_TEST(program__sizes_change__keeps_the_words),
        PTY_TEST(program__stopped_and_continued__gives_and_takes_the_terminal),
        PTY_TEST(program__gets_a_signal_to_end__restores_and_keeps_the_place),
        PTY_TEST(program__terminal_vanishes__ends),
        PTY_TEST(program__output_blocks__still_ends_when_reported_to),
        PTY_TEST(program__keys_typed_ahead__are_kept),
        PTY_TEST(program__terminal_answers_late__swallows_it),
        PTY_TEST(program__wide_terminal__draws_no_ambiguous_rule),
        PTY_TEST(program__terminal_not_in_utf8__prints_instead),
        PTY_TEST(program__terminal_cannot_draw__says_so_and_prints),
        PTY_TEST(program__terminal_is_unknown__names_one_to_try),
        PTY_TEST(program__other_terminals__are_drawn_on),
        PTY_TEST(program__file_cannot_be_read__says_so_without_a_screen),
        PTY_TEST(program__copies__sends_osc_52),
        PTY_TEST(program__at_rest__sends_nothing),
        PTY_TEST(program__record_on_standard_input__takes_keys_from_the_terminal),
        PTY_TEST(program__a_place_and_a_part__are_opened_at),
        PTY_TEST(program__a_speaker_is_renamed__is_remembered),
        PTY_TEST(program__quote__is_gone_back_to_from_another_folder),
        PTY_TEST(program__a_command_is_run__has_the_terminal),
        PTY_TEST(program__the_ground__chooses_the_theme),
        PTY_TEST(program__no_color_is_set__sends_no_color),
        PTY_TEST(program__interrupted__says_how_to_quit),
        PTY_TEST(program__esc__answers_within_50_ms),
        PTY_TEST(program__mouse__is_off_until_the_config_says_so),
        PTY_TEST(program__config_is_faulty__starts_and_names_the_place),
        PTY_TEST(program__reads_for_long__tells_how_far),
        PTY_TEST(program__memory_runs_out__says_so_and_restores),
        PTY_TEST(program__prints_on_a_terminal__passes_nothing_that_acts),
        PTY_TEST(program__crashes__restores_the_terminal),
        PTY_TEST(program__random_sizes_while_keys_arrive__lives),
        PTY_TEST(command__slow_file_with_a_hostile_name__shows_no_byte_that_acts),
    };

    setvbuf(stdout, NULL, _IOLBF, 0);
    unsetenv("NO_COLOR");
    unsetenv("LINES");
    unsetenv("COLUMNS");
    return cmocka_run_group_tests(tests, program_set_up, program_tear_down);
}
