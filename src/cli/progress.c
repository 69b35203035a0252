/* Progress and signals. The state is global, since there is one standard error and one set of
 * signal handlers. `mutex` guards what is shown; the handler only writes the signal to a
 * pipe. */
#include "shilu/cli/progress.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "shilu/base/buffer.h"
#include "shilu/base/civil_time.h"
#include "shilu/base/translate.h"
#include "shilu/cli/output.h"
#include "shilu/text/display.h"
#include "shilu/text/utf8.h"

enum { SIGNALS = 3, PATIENCE_MS = 1000, TICK_MS = 200, FLUSH_TRIES = 50, PATH_BYTES = 48 };

static const int numbers[SIGNALS] = {SIGINT, SIGTERM, SIGHUP};

static struct {
    pthread_t thread;
    bool started;
    bool on_terminal; /* standard error is a terminal that can draw */
    int ends[2];
    struct sigaction before[SIGNALS];
    int64_t start_ms;
    pthread_mutex_t mutex;
    bool visible; /* `shown` is on the terminal */
    char shown[160];
    char line[160];
} attended = {.mutex = PTHREAD_MUTEX_INITIALIZER, .ends = {-1, -1}};

static void send(const char *bytes)
{
    ssize_t ignored = write(STDERR_FILENO, bytes, strlen(bytes));

    (void)ignored;
}

/* Call with the mutex held. */
static void hide(void)
{
    if (attended.visible)
        send("\r\033[K");
    attended.visible = false;
}

static void tick(void)
{
    pthread_mutex_lock(&attended.mutex);
    if (attended.line[0] != '\0' && clock_monotonic_ms() - attended.start_ms >= PATIENCE_MS) {
        if (!attended.visible || strcmp(attended.line, attended.shown) != 0) {
            strcpy(attended.shown, attended.line);
            send("\r");
            send(attended.shown);
            send("\033[K");
        }
        attended.visible = true;
    }
    pthread_mutex_unlock(&attended.mutex);
}

/* Standard output may be blocked in a write to a pipe that nobody reads: then its last words
 * are lost, as they would be without this thread. */
static void flush_printed(void)
{
    for (int i = 0; i < FLUSH_TRIES; i++) {
        if (ftrylockfile(stdout) == 0) {
            fflush(stdout);
            funlockfile(stdout);
            return;
        }
        nanosleep(&(struct timespec){.tv_nsec = 10 * 1000000}, NULL);
    }
}

static void set_handlers(void (*handler)(int))
{
    for (int i = 0; i < SIGNALS; i++)
        signal(numbers[i], handler);
}

/* Clean up what was being written first: timeout(1) sends its signal twice, and the second one
 * would leave a temporary file behind. */
static void end_by(int number)
{
    sigset_t set;

    set_handlers(SIG_IGN);
    pthread_mutex_lock(&attended.mutex);
    hide();
    attended.line[0] = '\0';
    pthread_mutex_unlock(&attended.mutex);
    output_abandon();
    set_handlers(SIG_DFL);
    flush_printed();
    sigemptyset(&set);
    sigaddset(&set, number);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
    raise(number);
}

static void *attend(void *context)
{
    struct pollfd at = {.fd = attended.ends[0], .events = POLLIN};

    (void)context;
    for (;;) {
        unsigned char number;

        if (poll(&at, 1, attended.on_terminal ? TICK_MS : -1) == 0) {
            tick();
            continue;
        }
        if (read(attended.ends[0], &number, 1) != 1)
            continue;
        if (number == 0)
            return NULL;
        end_by(number);
    }
}

static void notify(unsigned char number)
{
    ssize_t ignored = write(attended.ends[1], &number, 1);

    (void)ignored;
}

static void on_signal(int number)
{
    notify((unsigned char)number);
}

static bool can_show(void)
{
    const char *term = getenv("TERM");

    return isatty(STDERR_FILENO) == 1 && term != NULL && term[0] != '\0' &&
           strcmp(term, "dumb") != 0;
}

void progress_start(void)
{
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};

    attended.on_terminal = can_show();
    attended.start_ms = clock_monotonic_ms();
    if (pipe(attended.ends) != 0)
        return;
    for (int i = 0; i < 2; i++)
        fcntl(attended.ends[i], F_SETFD, FD_CLOEXEC);
    if (pthread_create(&attended.thread, NULL, attend, NULL) != 0)
        return;
    attended.started = true;
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < SIGNALS; i++) {
        sigaction(numbers[i], NULL, &attended.before[i]);
        if (attended.before[i].sa_handler != SIG_IGN) /* as nohup sets it */
            sigaction(numbers[i], &action, NULL);
    }
}

void progress_stop(void)
{
    if (!attended.started)
        return;
    progress_quietly();
    for (int i = 0; i < SIGNALS; i++)
        sigaction(numbers[i], &attended.before[i], NULL);
    notify(0);
    pthread_join(attended.thread, NULL);
    attended.started = false;
    close(attended.ends[0]);
    close(attended.ends[1]);
}

/* The end of a path that is too long says more than its start. */
static void append_path(struct buffer *out, const char *path)
{
    struct buffer safe = {0};
    size_t from = 0;

    display_sanitize(&safe, path, strlen(path));
    for (size_t i = 0; i < safe.bytes; i++)
        if (safe.data[i] == '\n' || safe.data[i] == '\t')
            safe.data[i] = ' ';
    if (safe.bytes > PATH_BYTES) {
        from = safe.bytes - PATH_BYTES;
        while (utf8_is_continuation(safe.data[from]))
            from++;
        buffer_append_string(out, "…");
    }
    buffer_append_string(out, safe.data + from);
    buffer_release(&safe);
}

void progress_file(const char *path, int percent)
{
    struct buffer line = {0};

    if (!attended.on_terminal)
        return;
    buffer_append_string(&line, "shilu: ");
    buffer_append_string(&line, _("reading "));
    append_path(&line, strcmp(path, "-") == 0 ? _("standard input") : path);
    if (percent >= 0)
        buffer_append_format(&line, ": %d%%", percent);
    pthread_mutex_lock(&attended.mutex);
    snprintf(attended.line, sizeof attended.line, "%s", line.data);
    pthread_mutex_unlock(&attended.mutex);
    buffer_release(&line);
}

void progress_files(size_t done, size_t all)
{
    if (!attended.on_terminal)
        return;
    pthread_mutex_lock(&attended.mutex);
    snprintf(attended.line, sizeof attended.line, _("shilu: %zu of %zu files"), done, all);
    pthread_mutex_unlock(&attended.mutex);
}

void progress_quietly(void)
{
    pthread_mutex_lock(&attended.mutex);
    hide();
    attended.line[0] = '\0';
    pthread_mutex_unlock(&attended.mutex);
}
