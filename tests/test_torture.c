/* Torture: what must stay whole however the program ends, whoever writes beside it, and
 * whatever its terminal does. `make check` runs a few rounds of each, `make torture` 200
 * (SHILU_TORTURE). The moments are random, from a seed that is printed. */
#include <dirent.h>
#include <setjmp.h>
#include <signal.h>
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

#include "pty_program.h"
#include "shilu/base/buffer.h"
#include "shilu/base/file.h"
#include "shilu/store/json_file.h"
#include "shilu/store/notes.h"

enum { SHORT_ROUNDS = 4, LARGE_SEGMENTS = 4000 };

static int rounds;
static unsigned seed;

static unsigned draw(unsigned below)
{
    seed = seed * 1103515245 + 12345;
    return (seed >> 16) % below;
}

static void pause_us(unsigned us)
{
    nanosleep(&(struct timespec){.tv_sec = us / 1000000, .tv_nsec = us % 1000000 * 1000L},
              NULL);
}

static void remove_all(const char *name)
{
    char command[400];

    snprintf(command, sizeof command, "rm -rf '%s/%s'", folder, name);
    assert_int_equal(system(command), 0);
}

static int set_up(void **state)
{
    const char *wish = getenv("SHILU_TORTURE");
    const char *from = getenv("SHILU_TORTURE_SEED");

    rounds = wish != NULL && atoi(wish) > 0 ? atoi(wish) : SHORT_ROUNDS;
    seed = from != NULL ? (unsigned)atoi(from) : (unsigned)time(NULL);
    print_message("%d rounds, SHILU_TORTURE_SEED=%u\n", rounds, seed);
    return program_set_up(state);
}

static int tear_down(void **state)
{
    remove_all("shilu");
    remove_all("out.json");
    remove_all("large.json");
    return program_tear_down(state);
}

static int forget_all(void **state)
{
    remove_all("shilu");
    return program_forget(state);
}

/* ------------------------------------------------------------------------------- killed */

static void write_large(const char *path)
{
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    fprintf(f, "{\"format\": \"shilu\", \"version\": 1, \"title\": \"t\", \"segments\": [\n");
    for (int i = 0; i < LARGE_SEGMENTS; i++)
        fprintf(f, "{\"speaker\": \"A\", \"text\": \"segment %d of a large record\"}%s\n", i,
                i + 1 < LARGE_SEGMENTS ? "," : "");
    fprintf(f, "]}\n");
    assert_int_equal(fclose(f), 0);
}

static pid_t run_quietly(const char *const *arguments)
{
    pid_t child = fork();

    assert_true(child >= 0);
    if (child > 0)
        return child;
    if (freopen("/dev/null", "w", stdout) == NULL || freopen("/dev/null", "w", stderr) == NULL)
        _exit(99);
    execv(arguments[0], (char *const *)(uintptr_t)arguments);
    _exit(99);
}

static size_t count_beside(const char *start)
{
    DIR *entries = opendir(folder);
    struct dirent *entry;
    size_t count = 0;

    assert_non_null(entries);
    while ((entry = readdir(entries)) != NULL)
        count += strncmp(entry->d_name, start, strlen(start)) == 0;
    closedir(entries);
    return count;
}

static void convert__killed_at_any_moment__leaves_the_old_or_the_new(void **state)
{
    char large[300];
    char out[300];
    const char *const arguments[] = {program, "convert", "-f", "jsonl", "-o", out, large, NULL};
    const char *const check[] = {program, "check", out, NULL};
    int status;

    (void)state;
    snprintf(large, sizeof large, "%s/large.json", folder);
    snprintf(out, sizeof out, "%s/out.json", folder);
    write_large(large);
    for (int i = 0; i < rounds; i++) {
        pid_t child;
        struct error err;
        char *text;

        assert_true(file_replace(out, "old", 3, &err));
        child = run_quietly(arguments);
        pause_us(draw(60000));
        kill(child, SIGKILL);
        assert_int_equal(waitpid(child, &status, 0), child);
        text = file_read(out, 64 << 20, NULL, &err);
        assert_non_null(text);
        if (strcmp(text, "old") != 0) {
            assert_int_equal(waitpid(run_quietly(check), &status, 0) > 0, 1);
            assert_int_equal(status, 0);
        }
        free(text);
    }
    assert_true(waitpid(run_quietly(arguments), &status, 0) > 0);
    assert_int_equal(status, 0);
    assert_int_equal(count_beside("out.json"), 1); /* what the killed program left is gone */
}

/* The notes that are kept, by number of the segment; -1 where the file cannot be read. */
static int count_notes(void)
{
    struct notes *n;
    size_t count;

    setenv("XDG_DATA_HOME", folder, 1);
    n = notes_new(record);
    notes_all(n, &count);
    notes_free(n);
    return (int)count;
}

static void assert_whole_files(void)
{
    static const char *const names[] = {"places.json", "history.json"};

    for (size_t i = 0; i < 2; i++) {
        char path[400];
        struct json_file f;
        struct error err;

        snprintf(path, sizeof path, "%s/shilu/%s", folder, names[i]);
        if (access(path, F_OK) != 0)
            continue;
        if (!json_file_read(&f, path, &err))
            fail_msg("%s: %s", path, err.message);
        json_file_release(&f);
    }
    assert_int_equal(count_beside("shilu/places.json.broken"), 0);
}

static void session__killed_at_any_moment__loses_no_note_that_it_confirmed(void **state)
{
    int confirmed = 0;

    (void)state;
    for (int i = 0; i < rounds; i++) {
        struct pty_options options = {0};
        struct pty p;
        char keys[80];
        int now;

        start_and_see(&p, &options, "mark");
        snprintf(keys, sizeof keys, "%dG", i + 1);
        pty_send(&p, keys);
        snprintf(keys, sizeof keys, "Mnote %d\r", i);
        pty_send(&p, keys);
        if (draw(2) == 0 && pty_wait_for(&p, "note saved", ANSWER_MS))
            confirmed++;
        if (draw(2) == 0)
            pty_send(&p, "/mark\rq");
        pause_us(draw(30000));
        kill(p.program, SIGKILL);
        pty_end(&p);
        now = count_notes();
        if (now < confirmed)
            fail_msg("%d notes are kept, %d were confirmed", now, confirmed);
        confirmed = now;
        assert_whole_files();
    }
}

/* -------------------------------------------------------------- full disks, several programs
 */

/* A file system of its own that is full, where this machine lets us have one. */
static void session__disk_is_full__says_so_and_prints_the_note(void **state)
{
    static char line[3000];
    static const char *const arguments[] = {"/bin/sh", "-c", line, NULL};
    struct pty_options options = {.arguments = arguments};
    struct pty p;

    (void)state;
    snprintf(line, sizeof line, "unshare -rm mount -t tmpfs tmpfs '%s' 2>/dev/null", folder);
    if (system(line) != 0) {
        print_message("skipped: no file system can be mounted here\n");
        skip();
    }
    snprintf(
        line, sizeof line,
        "mkdir -p '%s/shilu'; exec unshare -rm sh -c \"mount -t tmpfs -o size=8k tmpfs "
        "'%s/shilu' && head -c 9000 /dev/zero >'%s/shilu/full' 2>/dev/null; exec '%s' '%s'\"",
        folder, folder, folder, program, record);
    start_and_see(&p, &options, "mark0001");
    pty_send(&p, "Mworth keeping\r");
    wait_for(&p, "not saved");
    pty_send(&p, "q");
    wait_for(&p, "once more");
    pty_send(&p, "q");
    assert_true(pty_wait_for_end(&p, ANSWER_MS));
    assert_true(pty_mode_is_restored(&p));
    assert_true(pty_log_holds(&p, "worth keeping\r\n"));
    assert_true(WIFEXITED(p.status) && WEXITSTATUS(p.status) == 2);
    pty_end(&p);
    assert_int_equal(count_notes(), 0);
}

/* The folders of the user lose their permissions while the program runs. */
static void session__permissions_are_lost__keeps_the_note_until_they_are_back(void **state)
{
    char notes[400];
    char command[1000];
    struct pty_options options = {0};
    struct pty p;

    (void)state;
    start_and_see(&p, &options, "mark0001");
    pty_send(&p, "Mfirst\r");
    wait_for(&p, "note saved");
    snprintf(notes, sizeof notes, "%s/shilu/notes", folder);
    /* The superuser is not stopped by the permissions of a folder, but shilu keeps to those of
     * a file that nobody may write. */
    snprintf(command, sizeof command, "chmod 444 '%s'/*.json; chmod 555 '%s'", notes, notes);
    assert_int_equal(system(command), 0);
    pty_send(&p, "}Msecond\r");
    wait_for(&p, "not saved");
    snprintf(command, sizeof command, "chmod 755 '%s'; chmod 644 '%s'/*.json", notes, notes);
    assert_int_equal(system(command), 0);
    wait_for(&p, "the notes are saved now"); /* it is tried again by itself */
    quit(&p);
    assert_int_equal(count_notes(), 2);
}

static void session__disk_has_room_again__saves_the_note(void **state)
{
    char path[400];
    struct pty_options options = {0};
    struct pty p;

    (void)state;
    snprintf(path, sizeof path, "%s/shilu", folder);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/shilu/notes", folder);
    assert_int_equal(fclose(fopen(path, "w")),
                     0); /* no folder, so nothing can be written in it */
    start_and_see(&p, &options, "mark0001");
    pty_send(&p, "Mlate\r");
    wait_for(&p, "not saved");
    unlink(path);
    pty_send(&p, "q");
    check_left(&p, 0);
    pty_end(&p);
    assert_int_equal(count_notes(), 1);
}

static void sessions__several_at_once__keep_each_others_notes(void **state)
{
    enum { MOST = 8, EACH = 5 };
    int programs = rounds > SHORT_ROUNDS ? MOST : 2;
    struct pty p[MOST];

    (void)state;
    for (int i = 0; i < programs; i++) {
        struct pty_options options = {0};

        start_and_see(&p[i], &options, "mark");
    }
    for (int k = 0; k < EACH; k++)
        for (int i = 0; i < programs; i++) {
            char keys[80];

            snprintf(keys, sizeof keys, "%dGMnote of %d\r", k * MOST + i + 1, i);
            pty_send(&p[i], keys);
        }
    for (int i = 0; i < programs; i++) {
        pty_settle(&p[i], 300);
        quit(&p[i]);
    }
    assert_int_equal(count_notes(), programs * EACH);
    assert_whole_files();
}

/* --------------------------------------------------------------------- streams and terminals
 */

static void commands__streams_closed_in_any_way__never_end_by_a_signal(void **state)
{
    static const char *const lines[] = {"show",     "grep mark", "speakers",
                                        "timeline", "check",     "convert -f srt"};

    (void)state;
    for (unsigned closed = 0; closed < 8; closed++)
        for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
            char command[2000];
            int status;

            snprintf(command, sizeof command, "timeout 20 '%s' %s '%s' %s %s %s", program,
                     lines[i], record, closed & 1 ? "<&-" : "</dev/null",
                     closed & 2 ? ">&-" : ">/dev/null", closed & 4 ? "2>&-" : "2>/dev/null");
            status = system(command);
            if (!WIFEXITED(status) || WEXITSTATUS(status) > 2)
                fail_msg("%s: %#x", command, (unsigned)status);
        }
}

static const char *random_keys(void)
{
    static const char *const keys[] = {"j",  "k",   "}",       "{", "G",     "g",
                                       "\t", "T",   "O",       "n", "N",     "d",
                                       "u",  "50%", "/mark\r", "a", "L\x1b", "Mx\r"};

    return keys[draw(sizeof keys / sizeof *keys)];
}

static void assert_no_crash(const struct pty *p)
{
    if (WIFSIGNALED(p->status) && WTERMSIG(p->status) != SIGHUP)
        fail_msg("it ended by signal %d", WTERMSIG(p->status));
}

static void terminal__vanishes_at_any_moment__ends_the_program(void **state)
{
    (void)state;
    for (int i = 0; i < rounds; i++) {
        struct pty_options options = {0};
        struct pty p;
        int status = 0;
        int tries = 0;

        start(&p, &options);
        if (draw(4) > 0)
            pty_wait_for(&p, "mark", ANSWER_MS);
        for (unsigned k = draw(6); k > 0; k--)
            pty_send(&p, random_keys());
        pause_us(draw(20000));
        close(p.master);
        p.master = -1;
        while (waitpid(p.leader, &status, WNOHANG) != p.leader && tries++ < 1000)
            pause_us(10000);
        if (tries >= 1000)
            fail_msg("round %d: it lives on without a terminal", i);
        p.status = status;
        p.has_ended = true;
        assert_no_crash(&p);
        pty_end(&p);
        assert_whole_files();
    }
}

static void terminal__sizes_storm__lives_and_restores(void **state)
{
    struct pty_options options = {0};
    struct pty p;

    (void)state;
    start_and_see(&p, &options, "mark");
    pty_set_blind(&p, true);
    for (int i = 0; i < rounds * 10; i++) {
        pty_resize(&p, 1 + (int)draw(60), 1 + (int)draw(220));
        if (draw(3) == 0)
            pty_send(&p, random_keys());
        if (draw(10) == 0)
            pty_settle(&p, 5);
    }
    pty_resize(&p, 24, 80);
    pty_settle(&p, 100);
    pty_set_blind(&p, false);
    for (int i = 0; i < 3; i++) { /* out of whatever is open */
        pty_send(&p, "\x1b");
        pty_settle(&p, 100);
    }
    pty_send(&p, "Q");
    assert_true(pty_wait_for_end(&p, ANSWER_MS));
    assert_no_crash(&p);
    assert_true(pty_mode_is_restored(&p));
    pty_end(&p);
}

static void terminal__answers_with_anything__starts_and_restores(void **state)
{
    static const char *const answers[] = {
        "\x1b[0;0R\x1b[?c",
        "\x1b[99999999999;99999999999R\x1b[?62c",
        "\x1b[-1;-1R\x1b[-2;-3R\x1b[-4;-5R\x1b[c",
        "\x1b[1;2R\x1b[1;2R\x1b[1;2R\x1b[1;2R\x1b[1;2R\x1b[1;2R\x1b[?1c",
        "\x1bP!|414141\x1b]11;rgb:ffff/ffff/ffff\x07\x1b[?69;2$y",
        "\x1b]52;c;"
        "cm0gLXJmIC8="
        "\x07\x1b[?62;22c",
        "\x1bPno end",
        "\x1b]no end either",
        "\x9b\x9b\x90\x9d\xff\xfe",
        "\x1b[?69;999999999999999999999$y\x1b[?0c",
    };

    (void)state;
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        struct pty_options options = {.answer = answers[i]};
        struct pty p;

        start(&p, &options);
        pty_wait_for(&p, "mark", 4000);
        pty_settle(&p, 100);
        pty_send(&p, "\x1b");
        pty_settle(&p, 100);
        pty_send(&p, "Q");
        if (!pty_wait_for_end(&p, ANSWER_MS))
            fail_msg("answer %zu: it does not end", i);
        assert_no_crash(&p);
        assert_true(pty_mode_is_restored(&p));
        pty_end(&p);
    }
}

/* Every terminal that the terminfo database of this machine describes; a few in the short form.
 */
static void terminal__of_any_kind__starts_or_says_why_not(void **state)
{
    FILE *list = popen(
        "{ echo xterm; echo linux; echo vt100; echo ansi; echo dumb; echo nonesuch; echo "
        "screen; "
        "echo tmux-256color; toe -a 2>/dev/null | cut -f1 | grep -v '[^A-Za-z0-9+._-]'; }",
        "r");
    char name[64];
    int most = rounds > SHORT_ROUNDS ? 3000 : 6;

    (void)state;
    assert_non_null(list);
    while (most-- > 0 && fgets(name, sizeof name, list) != NULL) {
        char term[80];
        const char *environment[24] = {0};
        struct pty_options options = {.environment = environment};
        struct pty p;
        size_t n = 0;

        name[strcspn(name, "\n")] = '\0';
        snprintf(term, sizeof term, "TERM=%s", name);
        for (; usual_environment[n] != NULL; n++)
            environment[n] = strncmp(usual_environment[n], "TERM=", 5) == 0
                                 ? term
                                 : usual_environment[n];
        start(&p, &options);
        pty_settle(&p, 150);
        pty_send(&p, "jQ");
        if (!pty_wait_for_end(&p, ANSWER_MS))
            fail_msg("%s: it does not end", term);
        assert_no_crash(&p);
        if (!pty_mode_is_restored(&p))
            fail_msg("%s: the terminal is not restored", term);
        pty_end(&p);
    }
    pclose(list);
}

#define TORTURE(name) cmocka_unit_test_setup(name, forget_all)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TORTURE(convert__killed_at_any_moment__leaves_the_old_or_the_new),
        TORTURE(session__killed_at_any_moment__loses_no_note_that_it_confirmed),
        TORTURE(session__disk_is_full__says_so_and_prints_the_note),
        TORTURE(session__permissions_are_lost__keeps_the_note_until_they_are_back),
        TORTURE(session__disk_has_room_again__saves_the_note),
        TORTURE(sessions__several_at_once__keep_each_others_notes),
        TORTURE(commands__streams_closed_in_any_way__never_end_by_a_signal),
        TORTURE(terminal__vanishes_at_any_moment__ends_the_program),
        TORTURE(terminal__sizes_storm__lives_and_restores),
        TORTURE(terminal__answers_with_anything__starts_and_restores),
        TORTURE(terminal__of_any_kind__starts_or_says_why_not),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
