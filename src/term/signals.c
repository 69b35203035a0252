/* Signals. The flags and the pipe belong to the process, as signals do; a handler touches
 * nothing else. */
#include "term/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

static const struct {
    int number;
    enum signal_flag flag;
    bool keep_ignored;
} handled[] = {
    {SIGWINCH, SIGNAL_RESIZED, false},   {SIGTSTP, SIGNAL_STOP, true},
    {SIGCONT, SIGNAL_CONTINUED, false},  {SIGHUP, SIGNAL_HANGUP, true},
    {SIGTERM, SIGNAL_TERMINATED, false}, {SIGQUIT, SIGNAL_TERMINATED, false},
    {SIGINT, SIGNAL_INTERRUPT, false},
};
enum { HANDLED = sizeof handled / sizeof handled[0] };

static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGSYS};
enum { CRASHES = sizeof crashes / sizeof crashes[0], CRASH_STACK_BYTES = 64 * 1024 };

static void (*restore_at_crash)(void);
static struct sigaction before_crash[CRASHES];
/* A stack that has overflowed is no place to run a handler. */
static char crash_stack[CRASH_STACK_BYTES];

static volatile sig_atomic_t is_set[SIGNAL_FLAG_COUNT];
static int wake[2] = {-1, -1};
static struct sigaction before[HANDLED];
static struct sigaction before_pipe;

static void on_signal(int number)
{
    int saved = errno;

    for (int i = 0; i < HANDLED; i++)
        if (handled[i].number == number)
            is_set[handled[i].flag] = 1;
    if (write(wake[1], "", 1) < 0)
        errno = 0; /* a full pipe already wakes the loop */
    errno = saved;
}

static void set_action(int i)
{
    struct sigaction action = {.sa_handler = on_signal};

    sigemptyset(&action.sa_mask);
    if (!(handled[i].keep_ignored && before[i].sa_handler == SIG_IGN))
        sigaction(handled[i].number, &action, NULL);
}

/* The signal is blocked here: raised again, it is handled by the previous handler on return. */
static void on_crash(int number)
{
    for (int i = 0; i < CRASHES; i++)
        sigaction(crashes[i], &before_crash[i], NULL);
    if (restore_at_crash != NULL)
        restore_at_crash();
    restore_at_crash = NULL;
    raise(number);
}

void signals_on_crash(void (*restore)(void))
{
    struct sigaction action = {.sa_handler = on_crash, .sa_flags = SA_ONSTACK};
    stack_t stack = {.ss_sp = crash_stack, .ss_size = sizeof crash_stack};

    restore_at_crash = restore;
    if (sigaltstack(&stack, NULL) != 0)
        action.sa_flags = 0;
    sigfillset(&action.sa_mask);
    for (int i = 0; i < CRASHES; i++)
        sigaction(crashes[i], &action, &before_crash[i]);
}

static bool make_pipe(struct error *err)
{
    if (pipe(wake) != 0)
        return error_set_errno(err, errno, "cannot make a pipe for signals");
    for (int i = 0; i < 2; i++) {
        fcntl(wake[i], F_SETFD, FD_CLOEXEC);
        fcntl(wake[i], F_SETFL, O_NONBLOCK);
    }
    return true;
}

bool signals_start(struct error *err)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN};

    if (!make_pipe(err))
        return false;
    sigemptyset(&ignore.sa_mask);
    sigaction(SIGPIPE, &ignore, &before_pipe);
    for (int i = 0; i < HANDLED; i++) {
        sigaction(handled[i].number, NULL, &before[i]);
        set_action(i);
    }
    return true;
}

void signals_stop(void)
{
    if (restore_at_crash != NULL)
        for (int i = 0; i < CRASHES; i++)
            sigaction(crashes[i], &before_crash[i], NULL);
    restore_at_crash = NULL;
    for (int i = 0; i < HANDLED; i++)
        sigaction(handled[i].number, &before[i], NULL);
    sigaction(SIGPIPE, &before_pipe, NULL);
    for (int i = 0; i < 2; i++) {
        close(wake[i]);
        wake[i] = -1;
    }
    for (int i = 0; i < SIGNAL_FLAG_COUNT; i++)
        is_set[i] = 0;
}

int signals_fd(void)
{
    return wake[0];
}

bool signals_is_set(enum signal_flag which)
{
    return is_set[which] != 0;
}

bool signals_take(enum signal_flag which)
{
    if (is_set[which] == 0)
        return false;
    is_set[which] = 0;
    return true;
}

void signals_clear_fd(void)
{
    char drop[64];

    while (read(wake[0], drop, sizeof drop) > 0)
        ;
}

void signals_suspend(void)
{
    struct sigaction usual = {.sa_handler = SIG_DFL};
    sigset_t only;
    sigset_t old;

    sigemptyset(&usual.sa_mask);
    for (int i = 0; i < HANDLED; i++) {
        if (handled[i].number != SIGTSTP || before[i].sa_handler == SIG_IGN)
            continue;
        sigaction(SIGTSTP, &usual, NULL);
        sigemptyset(&only);
        sigaddset(&only, SIGTSTP);
        sigprocmask(SIG_UNBLOCK, &only, &old);
        kill(0, SIGTSTP); /* the whole job, so that the shell sees it stopped */
        sigprocmask(SIG_SETMASK, &old, NULL);
        set_action(i);
    }
    signals_take(SIGNAL_STOP);
    signals_take(SIGNAL_CONTINUED);
}
