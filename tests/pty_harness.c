/* A terminal for tests. Invariant: everything read from the pty has gone through libvterm, and
 * what libvterm answers has gone back. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memmem */
#endif
#include "pty_harness.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>
#if defined(__APPLE__) || defined(__OpenBSD__) || defined(__NetBSD__)
#include <util.h>
#elif defined(__FreeBSD__)
#include <libutil.h>
#else
#include <pty.h>
#include <utmp.h>
#endif

#include "shilu/text/utf8.h"

static int64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* -------------------------------------------------------------------------- terminal */

static int on_property(VTermProp property, VTermValue *value, void *user)
{
    struct pty *p = user;

    if (property == VTERM_PROP_ALTSCREEN)
        p->on_alternate_screen = value->boolean;
    else if (property == VTERM_PROP_CURSORVISIBLE)
        p->cursor_visible = value->boolean;
    return 1;
}

static int on_cursor(VTermPos to, VTermPos from, int visible, void *user)
{
    struct pty *p = user;

    (void)from;
    (void)visible;
    p->cursor_row = to.row;
    return 1;
}

static void start_terminal(struct pty *p)
{
    static const VTermScreenCallbacks callbacks = {.settermprop = on_property,
                                                   .movecursor = on_cursor};

    p->cursor_visible = true;
    p->terminal = vterm_new(p->rows, p->columns);
    vterm_set_utf8(p->terminal, 1);
    p->screen = vterm_obtain_screen(p->terminal);
    vterm_screen_set_callbacks(p->screen, &callbacks, p);
    vterm_screen_enable_altscreen(p->screen, 1);
    vterm_screen_reset(p->screen, 1);
}

static void write_all(int fd, const char *bytes, size_t count)
{
    while (count > 0) {
        ssize_t n = write(fd, bytes, count);

        if (n <= 0 && errno != EINTR)
            return;
        if (n > 0) {
            bytes += n;
            count -= (size_t)n;
        }
    }
}

/* ---------------------------------------------------------------------------- program */

static _Noreturn void run_program(const struct pty_options *options, int input)
{
    sigset_t none;

    if (input >= 0)
        dup2(input, STDIN_FILENO);
    for (size_t i = 0; options->environment != NULL && options->environment[i] != NULL; i++) {
        char *pair = strdup(options->environment[i]);
        char *equals = strchr(pair, '=');

        if (equals != NULL) {
            *equals = '\0';
            setenv(pair, equals + 1, 1);
        } else
            unsetenv(pair);
    }
    /* A shell that runs the tests in the background may have ignored or blocked it. */
    signal(SIGINT, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execv(options->arguments[0], (char *const *)options->arguments);
    _exit(126);
}

/* Plays the shell: the program has a process group of its own in the foreground, and each
 * time it stops a byte is written. */
static _Noreturn void run_shell(const struct pty_options *options, int input, int reports)
{
    pid_t program = fork();
    int status = 0;

    if (program == 0) {
        setpgid(0, 0);
        signal(SIGTTOU, SIG_IGN);
        tcsetpgrp(STDERR_FILENO, getpid());
        signal(SIGTTOU, SIG_DFL);
        close(reports);
        run_program(options, input);
    }
    write_all(reports, (const char *)&program, sizeof program);
    while (waitpid(program, &status, WUNTRACED) == program && WIFSTOPPED(status))
        write_all(reports, "s", 1);
    _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

static void run_child(const struct pty_options *options, int input, int reports)
{
    signal(SIGPIPE, SIG_DFL);
    signal(SIGHUP, SIG_DFL); /* also where the tests run under nohup */
    if (options->job_control)
        run_shell(options, input, reports);
    run_program(options, input);
}

static void make_input(const struct pty_options *options, int ends[2])
{
    ends[0] = ends[1] = -1;
    if (options->input == NULL || pipe(ends) != 0)
        return;
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    write_all(ends[1], options->input, strlen(options->input));
    close(ends[1]);
}

void pty_start(struct pty *p, const struct pty_options *options)
{
    struct winsize size = {
        .ws_row = (unsigned short)(options->rows > 0 ? options->rows : 24),
        .ws_col = (unsigned short)(options->columns > 0 ? options->columns : 80)};
    int input[2];
    int reports[2];
    int slave;

    *p = (struct pty){.options = options, .rows = size.ws_row, .columns = size.ws_col};
    make_input(options, input);
    if (pipe(reports) != 0 || openpty(&p->master, &slave, NULL, NULL, &size) != 0)
        abort();
    tcgetattr(slave, &p->before);
    fcntl(p->master, F_SETFD, FD_CLOEXEC);
    if (options->typed_ahead != NULL)
        write_all(p->master, options->typed_ahead, strlen(options->typed_ahead));
    start_terminal(p);
    p->leader = fork();
    if (p->leader == 0) {
        close(reports[0]);
        login_tty(slave);
        run_child(options, input[0], reports[1]);
    }
    close(slave);
    close(reports[1]);
    if (input[0] >= 0)
        close(input[0]);
    p->reports = reports[0];
    p->program = p->leader;
    if (options->job_control &&
        read(p->reports, &p->program, sizeof p->program) != (ssize_t)sizeof p->program)
        abort();
    fcntl(p->master, F_SETFL, O_NONBLOCK);
    fcntl(p->reports, F_SETFL, O_NONBLOCK);
}

void pty_end(struct pty *p)
{
    if (!p->has_ended) {
        if (p->program != p->leader)
            kill(p->program, SIGKILL);
        kill(p->leader, SIGKILL);
        waitpid(p->leader, &p->status, 0);
    }
    if (p->master >= 0)
        close(p->master);
    close(p->reports);
    vterm_free(p->terminal);
    free(p->log);
    *p = (struct pty){.master = -1};
}

/* ---------------------------------------------------------------------- bytes, both ways */

static void keep_log(struct pty *p, const char *bytes, size_t count)
{
    size_t need = (size_t)p->received_bytes + count + 1;

    if (need > p->log_capacity) {
        p->log_capacity = need * 2;
        p->log = realloc(p->log, p->log_capacity);
    }
    memcpy(p->log + p->received_bytes, bytes, count);
    p->received_bytes += count;
    p->log[p->received_bytes] = '\0';
}

static void answer(struct pty *p)
{
    char bytes[1024];
    size_t count = vterm_output_read(p->terminal, bytes, sizeof bytes);

    if (count == 0 || p->options->deaf)
        return;
    if (p->options->answer != NULL) {
        if (!p->has_asked)
            write_all(p->master, p->options->answer, strlen(p->options->answer));
        p->has_asked = true;
        return;
    }
    write_all(p->master, bytes, count);
}

/* Wait for bytes for so long and take them; false where none came. */
static bool take(struct pty *p, int timeout_ms)
{
    struct pollfd poller = {.fd = p->master, .events = POLLIN};
    char bytes[65536];
    ssize_t n;

    if (p->master < 0 || poll(&poller, 1, timeout_ms) <= 0)
        return false;
    n = read(p->master, bytes, sizeof bytes);
    if (n <= 0)
        return false;
    keep_log(p, bytes, (size_t)n);
    if (p->is_blind)
        return true;
    vterm_input_write(p->terminal, bytes, (size_t)n);
    answer(p);
    return true;
}

void pty_send(struct pty *p, const char *bytes)
{
    write_all(p->master, bytes, strlen(bytes));
}

void pty_resize(struct pty *p, int rows, int columns)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};

    p->rows = rows;
    p->columns = columns;
    if (!p->is_blind)
        vterm_set_size(p->terminal, rows, columns);
    ioctl(p->master, TIOCSWINSZ, &size);
}

void pty_set_blind(struct pty *p, bool blind)
{
    p->is_blind = blind;
    if (!blind) {
        vterm_set_size(p->terminal, p->rows, p->columns);
        vterm_screen_reset(p->screen, 1);
    }
}

void pty_settle(struct pty *p, int silent_ms)
{
    while (take(p, silent_ms))
        ;
}

bool pty_wait_for(struct pty *p, const char *text, int timeout_ms)
{
    int64_t end_ms = now_ms() + timeout_ms;

    while (pty_find(p, text) < 0) {
        if (now_ms() >= end_ms)
            return false;
        take(p, 10);
    }
    return true;
}

bool pty_wait_for_stop(struct pty *p, int timeout_ms)
{
    int64_t end_ms = now_ms() + timeout_ms;
    char report;

    while (read(p->reports, &report, 1) != 1) {
        if (now_ms() >= end_ms)
            return false;
        take(p, 10);
    }
    pty_settle(p, 20);
    return true;
}

bool pty_wait_for_end(struct pty *p, int timeout_ms)
{
    int64_t end_ms = now_ms() + timeout_ms;

    if (p->has_ended)
        return true;
    while (waitpid(p->leader, &p->status, WNOHANG) != p->leader) {
        if (now_ms() >= end_ms)
            return false;
        if (!take(p, 5))
            poll(NULL, 0, 1);
    }
    p->has_ended = true;
    pty_settle(p, 20);
    return true;
}

/* ----------------------------------------------------------------------- reading back */

void pty_row(const struct pty *p, int row, char out[PTY_TEXT_BYTES])
{
    size_t used = 0;
    size_t end = 0;

    for (VTermPos at = {.row = row}; at.col < p->columns; at.col++) {
        VTermScreenCell cell;

        vterm_screen_get_cell(p->screen, at, &cell);
        if (used + VTERM_MAX_CHARS_PER_CELL * 4 >= PTY_TEXT_BYTES)
            break;
        if (cell.chars[0] == 0)
            out[used++] = ' ';
        for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] != 0; i++)
            used += utf8_encode(cell.chars[i], out + used);
        if (cell.chars[0] != 0 && cell.chars[0] != ' ')
            end = used;
        if (cell.width == 2)
            at.col++;
    }
    out[end] = '\0';
}

int pty_find(const struct pty *p, const char *text)
{
    char line[PTY_TEXT_BYTES];

    for (int row = 0; row < p->rows; row++) {
        pty_row(p, row, line);
        if (strstr(line, text) != NULL)
            return row;
    }
    return -1;
}

bool pty_log_holds(const struct pty *p, const char *bytes)
{
    return p->log != NULL && memmem(p->log, p->received_bytes, bytes, strlen(bytes)) != NULL;
}

void pty_print(const struct pty *p)
{
    char line[PTY_TEXT_BYTES];

    for (int row = 0; row < p->rows; row++) {
        pty_row(p, row, line);
        fprintf(stderr, "%3d|%s\n", row, line);
    }
}

bool pty_mode_is_restored(const struct pty *p)
{
    struct termios now = {0}; /* musl has more of c_cc than the kernel fills */

    if (tcgetattr(p->master, &now) != 0)
        return false;
    return now.c_iflag == p->before.c_iflag && now.c_oflag == p->before.c_oflag &&
           now.c_lflag == p->before.c_lflag && now.c_cflag == p->before.c_cflag &&
           memcmp(now.c_cc, p->before.c_cc, sizeof now.c_cc) == 0;
}
