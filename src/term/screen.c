/* The screen: device, keys, signals and drawing combined. Data: those four, and the grid that
 * was to be shown while the line was still busy with an older one. Invariant: the newest grid
 * is always drawn next; older ones that were never sent are dropped, so that a slow line never
 * has a queue of frames. */
#include "shilu/term/screen.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "shilu/base/civil_time.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "term/clipboard.h"
#include "term/keys.h"
#include "term/probe.h"
#include "term/render.h"
#include "term/signals.h"
#include "term/terminfo.h"
#include "term/tty.h"

#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define MOUSE_ON "\033[?1000h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1000l"

enum { STOP_DRAIN_MS = 1000, EXIT_OF_LIBRARY = 2 };

struct screen {
    struct tty tty;
    struct keys *keys;
    struct render *render;
    struct grid wanted;
    bool is_wanted; /* `wanted` has not been drawn yet */
    bool ansi;
    bool mouse;
    bool is_entered; /* something is on the screen, and the modes are set */
    const char *notice;
    enum theme_ground ground;
    int rows, columns;
};

/* The running screen, for screen_abandon. */
static struct screen *running;

/* ------------------------------------------------------------------------------ start */

/* ncurses writes characters in the locale's encoding; over SSH the locale is often "C". */
static bool use_utf8(struct error *err)
{
    static const char *const names[] = {"C.UTF-8", "C.utf8", "en_US.UTF-8", "UTF-8"};

    if (strcmp(nl_langinfo(CODESET), "UTF-8") == 0)
        return true;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (setlocale(LC_CTYPE, names[i]) != NULL && strcmp(nl_langinfo(CODESET), "UTF-8") == 0)
            return true;
    return error_set(err, ERROR_UNSUPPORTED, "no UTF-8 locale is installed");
}

static void send(struct screen *s, const char *bytes)
{
    if (s->ansi)
        tty_write(&s->tty, bytes, strlen(bytes));
}

/* The terminal modes that ncurses does not know. Set with the first drawing, since until then
 * the program may still find that it has nothing to show. */
static void enter_modes(struct screen *s)
{
    s->is_entered = true;
    send(s, PASTE_ON);
    if (s->mouse)
        send(s, MOUSE_ON);
}

static void leave_modes(struct screen *s)
{
    if (!s->is_entered)
        return;
    s->is_entered = false;
    if (s->mouse)
        send(s, MOUSE_OFF);
    send(s, PASTE_OFF);
}

static bool asks(const struct screen *s, const struct screen_options *options)
{
    return s->ansi && (options->ambiguous == AMBIGUOUS_AUTO || options->asks_ground);
}

static bool read_answers(struct screen *s, const struct screen_options *options,
                         struct error *err)
{
    struct probe probe = {0};
    bool wide;

    if (asks(s, options))
        probe = probe_read(&s->tty, s->keys);
    s->ground = probe.ground;
    if (probe.not_utf8)
        return error_set(err, ERROR_UNSUPPORTED, "the terminal does not use UTF-8");
    wide = options->ambiguous == AMBIGUOUS_WIDE ||
           (options->ambiguous == AMBIGUOUS_AUTO && probe.ambiguous_wide);
    render_set_terminal(s->render, wide, probe.margins);
    if (wide && !render_is_wide(s->render))
        s->notice = N_("this build cannot draw “ and — in two columns as the terminal does");
    return true;
}

/* ncurses starts while the terminal replies. */
static bool start_drawing(struct screen *s, const struct screen_options *options,
                          const char *name, struct error *err)
{
    struct render_options render = {.name = name, .ansi = s->ansi, .colors = options->colors};
    struct buffer nothing = {0};

    if (asks(s, options))
        probe_ask(&s->tty, s->keys);
    tty_size(&s->tty, &s->rows, &s->columns);
    render.rows = s->rows;
    render.columns = s->columns;
    s->render = render_new(&render, err);
    if (s->render == NULL)
        return false;
    if (!read_answers(s, options, err)) {
        render_free(s->render, &nothing);
        buffer_release(&nothing);
        return false;
    }
    render_keys(s->render, s->keys);
    return true;
}

static bool start(struct screen *s, const struct screen_options *options, struct error *err)
{
    char *name;
    bool ok;

    if (!tty_open(&s->tty, err))
        return false;
    name = terminfo_choose(getenv("TERM"), &s->ansi, err);
    ok = name != NULL && use_utf8(err) && signals_start(err);
    if (ok) {
        signals_on_crash(screen_abandon);
        tty_raw(&s->tty);
        ok = start_drawing(s, options, name, err);
        if (!ok) {
            signals_stop();
            tty_drain(&s->tty, STOP_DRAIN_MS);
        }
    }
    free(name);
    if (!ok)
        tty_close(&s->tty);
    return ok;
}

/* ncurses calls exit(3) when it runs out of memory, after printing a message. */
static void leave_at_exit(void)
{
    if (running == NULL)
        return;
    screen_abandon();
    _Exit(EXIT_OF_LIBRARY);
}

struct screen *screen_start(const struct screen_options *options, struct error *err)
{
    static bool is_registered;
    struct screen *s = memory_zalloc(1, sizeof *s);

    s->keys = keys_new();
    if (!is_registered)
        is_registered = atexit(leave_at_exit) == 0;
    running = s;
    if (!start(s, options, err)) {
        running = NULL;
        keys_free(s->keys);
        free(s);
        return NULL;
    }
    s->mouse = options->mouse;
    keys_set_mouse(s->keys, s->mouse);
    return s;
}

/* ------------------------------------------------------------------------------- stop */

static void give_back(struct screen *s)
{
    struct buffer out = {0};

    leave_modes(s);
    render_leave(s->render, &out);
    tty_write(&s->tty, out.data, out.bytes);
    tty_drain(&s->tty, STOP_DRAIN_MS);
    tty_discard(&s->tty);
    if (keys_is_awaiting(s->keys)) /* a reply that arrived now would be typed into the shell */
        tcflush(s->tty.in_fd, TCIFLUSH);
    tty_restore(&s->tty);
    buffer_release(&out);
}

void screen_stop(struct screen *s)
{
    struct buffer rest = {0};

    if (s == NULL)
        return;
    give_back(s);
    running = NULL;
    render_free(s->render, &rest);
    buffer_release(&rest);
    keys_free(s->keys);
    grid_release(&s->wanted);
    signals_stop();
    tty_close(&s->tty);
    free(s);
}

void screen_abandon(void)
{
    struct screen *s = running;
    const char *restore_sequence;

    if (s == NULL)
        return;
    running = NULL;
    if (s->render == NULL) {
        tty_restore(&s->tty);
        return;
    }
    restore_sequence = render_restore_sequence(s->render);
    tty_flush(&s->tty);
    if (s->ansi &&
        write(s->tty.out_fd, MOUSE_OFF PASTE_OFF, sizeof MOUSE_OFF PASTE_OFF - 1) < 0)
        s->tty.gone = true;
    if (write(s->tty.out_fd, restore_sequence, strlen(restore_sequence)) < 0)
        s->tty.gone = true;
    tty_restore(&s->tty);
}

static void take_size(struct screen *s)
{
    tty_size(&s->tty, &s->rows, &s->columns);
    render_resize(s->render, s->rows, s->columns);
    s->is_wanted = false;
}

/* Other programs have used the terminal meanwhile, and its size may have changed. */
static void take_back(struct screen *s)
{
    tty_raw(&s->tty);
    s->is_entered = false;
    take_size(s);
}

void screen_suspend(struct screen *s)
{
    give_back(s);
    signals_suspend();
    take_back(s);
}

/* ---------------------------------------------------------------------------- commands */

static _Noreturn void become_command(const struct screen *s, const char *command, int input)
{
    signal(SIGINT, SIG_DFL);
    signal(SIGPIPE, SIG_DFL);
    if (input < 0) /* a separate descriptor: ours is non-blocking */
        input = open("/dev/tty", O_RDWR);
    if (input >= 0)
        dup2(input, STDIN_FILENO);
    dup2(s->tty.out_fd, STDOUT_FILENO);
    execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(127);
}

/* What the command does not read is discarded. */
static void feed(int fd, const char *text, size_t bytes)
{
    while (bytes > 0) {
        ssize_t n = write(fd, text, bytes);

        if (n < 0 && errno != EINTR)
            return;
        if (n > 0) {
            text += n;
            bytes -= (size_t)n;
        }
    }
}

static void wait_for_enter(const struct screen *s)
{
    static const char question[] = "\r\n[Enter]";
    int fd = open("/dev/tty", O_RDONLY | O_CLOEXEC);
    char c;

    if (fd < 0)
        return;
    if (write(s->tty.out_fd, question, sizeof question - 1) > 0)
        while (read(fd, &c, 1) == 1 && c != '\n' && c != '\r')
            continue;
    close(fd);
}

bool screen_run(struct screen *s, const char *command, const char *input, size_t bytes,
                bool waits, int *status, struct error *err)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    struct sigaction before;
    int ends[2] = {-1, -1};
    pid_t child;

    if (input != NULL && pipe2(ends, O_CLOEXEC) != 0)
        return error_set_errno(err, errno, "cannot run '%s'", command);
    give_back(s);
    sigaction(SIGINT, &ignore, &before); /* ^C is for the command */
    child = fork();
    if (child == 0)
        become_command(s, command, ends[0]);
    if (ends[0] >= 0)
        close(ends[0]);
    if (ends[1] >= 0) {
        if (child > 0)
            feed(ends[1], input, bytes);
        close(ends[1]);
    }
    *status = 0;
    while (child > 0 && waitpid(child, status, 0) < 0 && errno == EINTR)
        continue;
    if (child > 0 && waits)
        wait_for_enter(s);
    sigaction(SIGINT, &before, NULL);
    take_back(s);
    return child > 0 || error_set_errno(err, errno, "cannot run '%s'", command);
}

/* --------------------------------------------------------------------------- settings */

bool screen_ambiguous_is_wide(const struct screen *s)
{
    return render_is_wide(s->render);
}

const char *screen_notice(const struct screen *s)
{
    return s->notice;
}

enum theme_ground screen_ground(const struct screen *s)
{
    return s->ground;
}

void screen_size(const struct screen *s, int *rows, int *columns)
{
    *rows = s->rows;
    *columns = s->columns;
}

void screen_set_theme(struct screen *s, const struct theme *theme)
{
    render_set_theme(s->render, theme);
}

void screen_set_mouse(struct screen *s, bool on)
{
    if (on != s->mouse && s->is_entered)
        send(s, on ? MOUSE_ON : MOUSE_OFF);
    s->mouse = on;
    keys_set_mouse(s->keys, on);
}

bool screen_copy(struct screen *s, const char *text, size_t bytes, struct error *err)
{
    struct buffer out = {0};
    bool ok;

    if (!s->ansi)
        return error_set(err, ERROR_UNSUPPORTED, "this terminal has no clipboard");
    ok = clipboard_sequence(&out, text, bytes, clipboard_wrap_from_environment(), err);
    if (ok)
        tty_write(&s->tty, out.data, out.bytes);
    buffer_release(&out);
    return ok;
}

/* ---------------------------------------------------------------------------- drawing */

static void draw(struct screen *s, const struct grid *g)
{
    struct buffer out = {0};

    if (!s->is_entered)
        enter_modes(s);
    render_show(s->render, g, &out);
    tty_write(&s->tty, out.data, out.bytes);
    buffer_release(&out);
}

static void keep(struct screen *s, const struct grid *g)
{
    size_t bytes = (size_t)g->rows * (size_t)g->columns * sizeof g->cells[0];

    grid_resize(&s->wanted, g->rows, g->columns);
    memcpy(s->wanted.cells, g->cells, bytes);
    s->wanted.cursor_row = g->cursor_row;
    s->wanted.cursor_hidden = g->cursor_hidden;
    s->wanted.cursor_column = g->cursor_column;
    s->is_wanted = true;
}

void screen_show(struct screen *s, const struct grid *g)
{
    tty_flush(&s->tty);
    s->is_wanted = false;
    if (tty_is_pending(&s->tty))
        keep(s, g);
    else
        draw(s, g);
}

void screen_redraw(struct screen *s)
{
    render_redraw(s->render);
}

/* ------------------------------------------------------------------------------- keys */

static void read_keys(struct screen *s)
{
    char bytes[4096];
    size_t n = tty_read(&s->tty, bytes, sizeof bytes);

    if (n > 0)
        keys_feed(s->keys, bytes, n, clock_monotonic_ms());
}

bool screen_key(struct screen *s, struct key *key)
{
    if (keys_is_empty(s->keys))
        read_keys(s);
    return keys_next(s->keys, clock_monotonic_ms(), key);
}

static struct screen_events take_events(struct screen *s)
{
    struct screen_events events = {0};

    signals_clear_fd();
    events.stop = signals_take(SIGNAL_STOP);
    events.hangup = signals_take(SIGNAL_HANGUP) || s->tty.gone;
    events.terminate = signals_take(SIGNAL_TERMINATED);
    events.interrupt = signals_take(SIGNAL_INTERRUPT);
    events.resized = signals_take(SIGNAL_RESIZED);
    if (signals_take(SIGNAL_CONTINUED) && !events.hangup) {
        take_back(s);
        events.resized = true;
    } else if (events.resized)
        take_size(s);
    return events;
}

static bool has_event(const struct screen *s)
{
    for (int i = 0; i < SIGNAL_FLAG_COUNT; i++)
        if (signals_is_set((enum signal_flag)i))
            return true;
    return s->tty.gone || !keys_is_empty(s->keys);
}

static int lesser_timeout(int a_ms, int b_ms)
{
    return a_ms < 0 ? b_ms : b_ms < 0 ? a_ms : a_ms < b_ms ? a_ms : b_ms;
}

struct screen_events screen_wait(struct screen *s, int fd, int timeout_ms, bool *fd_ready)
{
    struct pollfd p[4] = {
        {.fd = s->tty.gone ? -1 : s->tty.in_fd, .events = POLLIN},
        {.fd = signals_fd(), .events = POLLIN},
        {.fd = fd, .events = POLLIN},
        {.fd = tty_is_pending(&s->tty) ? s->tty.out_fd : -1, .events = POLLOUT},
    };
    int wait_ms = lesser_timeout(timeout_ms, keys_wait_ms(s->keys, clock_monotonic_ms()));

    if (fd_ready != NULL)
        *fd_ready = false;
    if (poll(p, 4, has_event(s) ? 0 : wait_ms) > 0) {
        if (fd_ready != NULL)
            *fd_ready = fd >= 0 && p[2].revents != 0;
        if (p[0].revents != 0)
            read_keys(s);
        tty_flush(&s->tty);
    }
    if (s->is_wanted && !tty_is_pending(&s->tty)) {
        s->is_wanted = false;
        draw(s, &s->wanted);
    }
    return take_events(s);
}
