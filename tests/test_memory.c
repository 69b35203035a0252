/* Out of memory at any moment: a message and status 2, or the same answer as with enough
 * memory; never a crash, half an answer, a terminal left in raw mode, or an overwritten file.
 * tests/fail_alloc.so makes allocation number N of the program fail. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "pty_program.h"
#include "shilu/base/buffer.h"
#include "shilu/base/file.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

static char preload[1100];

static int set_up(void **state)
{
    const char *build = getenv("SHILU_BUILDDIR");

    snprintf(preload, sizeof preload, "%s/tests/fail_alloc.so", build != NULL ? build : ".");
    return program_set_up(state);
}

static void need_preload(void)
{
    char command[2400];

    snprintf(command, sizeof command,
             "LD_PRELOAD='%s' FAIL_ALLOC=1 '%s' --version >/dev/null 2>&1", preload, program);
    if (SANITIZED || access(preload, R_OK) != 0 || WEXITSTATUS(system(command)) != 2) {
        print_message("skipped: allocations cannot be made to fail here\n");
        skip();
    }
}

static char *output_of(const char *command, int *status)
{
    FILE *f = popen(command, "r");
    struct buffer out = {0};
    size_t n;

    assert_non_null(f);
    while ((n = fread(buffer_reserve(&out, 4096), 1, 4096, f)) > 0)
        buffer_commit(&out, n);
    *status = pclose(f);
    buffer_append(&out, "", 0);
    return buffer_take(&out);
}

static void command__memory_runs_out_at_any_moment__says_so_or_is_right(void **state)
{
    static const char *const lines[] = {"show", "grep mark03", "grep -e 'mark0[12]'",
                                        "convert -f srt", "speakers"};
    enum { DENSE = 40, LAST = 6000 };

    (void)state;
    need_preload();
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        char command[3000];
        int status;
        char *right;

        snprintf(command, sizeof command, "'%s' %s '%s' 2>/dev/null", program, lines[i],
                 record);
        right = output_of(command, &status);
        assert_int_equal(status, 0);
        for (int n = 1; n < LAST; n += n < DENSE ? 3 : n / 7) {
            char *got;

            snprintf(command, sizeof command,
                     "LD_PRELOAD='%s' FAIL_ALLOC=%d timeout 20 '%s' %s '%s' 2>'%s/said'",
                     preload, n, program, lines[i], record, folder);
            got = output_of(command, &status);
            if (!WIFEXITED(status) || (WEXITSTATUS(status) != 0 && WEXITSTATUS(status) != 2))
                fail_msg("%s: allocation %d: status %#x", lines[i], n, (unsigned)status);
            if (WEXITSTATUS(status) == 0 && strcmp(got, right) != 0)
                fail_msg("%s: allocation %d: another answer, and no word", lines[i], n);
            snprintf(command, sizeof command, "grep -q 'memory' '%s/said'", folder);
            if (WEXITSTATUS(status) == 2 && system(command) != 0)
                fail_msg("%s: allocation %d: it fails without a word of memory", lines[i], n);
            free(got);
        }
        free(right);
    }
}

static void convert__memory_runs_out__leaves_the_old_file(void **state)
{
    char path[300];
    struct error err;

    (void)state;
    need_preload();
    snprintf(path, sizeof path, "%s/out.srt", folder);
    for (int n = 30; n < 3000; n += n / 2) {
        char command[3600];
        char *text;
        int status;

        assert_true(file_replace(path, "old", 3, &err));
        snprintf(command, sizeof command,
                 "LD_PRELOAD='%s' FAIL_ALLOC=%d '%s' convert -o '%s' '%s' 2>/dev/null", preload,
                 n, program, path, record);
        free(output_of(command, &status));
        text = file_read(path, 1 << 20, NULL, &err);
        assert_non_null(text);
        if (WEXITSTATUS(status) != 0)
            assert_string_equal(text, "old");
        free(text);
    }
    unlink(path);
}

/* Start the browser, of whose allocations number n and all after it fail; false where it ends
 * before it has shown anything. */
static bool start_without_memory(struct pty *p, int n)
{
    static char wish[40];
    static char with[1200];
    static const char *environment[24];
    static struct pty_options options;
    size_t count = 0;

    snprintf(wish, sizeof wish, "FAIL_ALLOC=%d", n);
    snprintf(with, sizeof with, "LD_PRELOAD=%s", preload);
    for (; usual_environment[count] != NULL; count++)
        environment[count] = usual_environment[count];
    environment[count++] = wish;
    environment[count++] = with;
    environment[count] = NULL;
    options = (struct pty_options){.environment = environment};
    start(p, &options);
    for (int tries = 0; tries < 100; tries++)
        if (pty_wait_for(p, "mark", 10))
            return true;
        else if (pty_wait_for_end(p, 5))
            return false;
    return false;
}

static void end_without_memory(struct pty *p, int n)
{
    if (!pty_wait_for_end(p, ANSWER_MS))
        fail_msg("allocation %d: it does not end", n);
    if (!WIFEXITED(p->status) || (WEXITSTATUS(p->status) != 0 && WEXITSTATUS(p->status) != 2))
        fail_msg("allocation %d: status %#x", n, (unsigned)p->status);
    if (WEXITSTATUS(p->status) == 2 && !pty_log_holds(p, "memory"))
        fail_msg("allocation %d: it ends without a word of memory", n);
    if (!pty_mode_is_restored(p) || p->on_alternate_screen)
        fail_msg("allocation %d: the terminal is not restored", n);
    pty_end(p);
}

/* There are few moments between the first change of the terminal and the first screen, and each
 * is different: every few allocations one is tried until the screen is there. */
static void browser__memory_runs_out_at_the_start__restores_the_terminal(void **state)
{
    bool has_shown = false;

    (void)state;
    need_preload();
    for (int n = 20; !has_shown; n += 11) {
        struct pty p;

        has_shown = start_without_memory(&p, n);
        pty_send(&p, "Q");
        end_without_memory(&p, n);
    }
}

static void browser__memory_runs_out_at_any_moment__restores_the_terminal(void **state)
{
    (void)state;
    need_preload();
    for (int n = 1000; n < 8000; n += n / 4) {
        struct pty p;

        start_without_memory(&p, n);
        pty_send(&p, "/mark0\rGLT");
        pty_settle(&p, 50);
        pty_send(&p, "\x1b");
        pty_settle(&p, 50);
        pty_send(&p, "Q");
        end_without_memory(&p, n);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(command__memory_runs_out_at_any_moment__says_so_or_is_right),
        cmocka_unit_test(convert__memory_runs_out__leaves_the_old_file),
        PTY_TEST(browser__memory_runs_out_at_the_start__restores_the_terminal),
        PTY_TEST(browser__memory_runs_out_at_any_moment__restores_the_terminal),
    };

    return cmocka_run_group_tests(tests, set_up, program_tear_down);
}
