/* The terminal as a device. Invariant: the line mode is changed only while is_raw is true, and
 * bytes leave in the order in which they were queued. */
#include "term/tty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "shilu/base/civil_time.h"

/* Reopened, because O_NONBLOCK belongs to the open file, and ours is shared with the shell and
 * with the other end of a pipeline. */
static int open_own(void)
{
    enum { FLAGS = O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC };
    char name[256];
    int fd = -1;

    if (ttyname_r(STDOUT_FILENO, name, sizeof name) == 0)
        fd = open(name, FLAGS);
    if (fd < 0)
        fd = open("/dev/tty", FLAGS);
    return fd;
}

bool tty_open(struct tty *t, struct error *err)
{
    int fd;

    *t = (struct tty){.in_fd = -1, .out_fd = -1};
    if (!isatty(STDOUT_FILENO))
        return error_set(err, ERROR_UNSUPPORTED, "standard output is not a terminal");
    fd = open_own();
    t->owned = fd >= 0;
    if (fd >= 0)
        t->in_fd = t->out_fd = fd;
    else if (isatty(STDIN_FILENO)) {
        t->in_fd = STDIN_FILENO;
        t->out_fd = STDOUT_FILENO;
    } else
        return error_set_errno(err, errno, "cannot open the terminal for keys");
    if (tcgetattr(t->in_fd, &t->saved) == 0)
        return true;
    error_set_errno(err, errno, "cannot read the terminal's mode");
    tty_close(t);
    return false;
}

void tty_close(struct tty *t)
{
    tty_restore(t);
    if (t->owned)
        close(t->in_fd);
    buffer_release(&t->queue);
    t->owned = false;
    t->in_fd = t->out_fd = -1;
}

static void disable(struct termios *mode, int which)
{
#ifdef _POSIX_VDISABLE
    mode->c_cc[which] = _POSIX_VDISABLE;
#else
    mode->c_cc[which] = '\377';
#endif
}

void tty_raw(struct tty *t)
{
    struct termios mode = t->saved;

    mode.c_iflag &= ~(tcflag_t)(ICRNL | INLCR | IGNCR | IXON | IXOFF | ISTRIP | PARMRK);
    mode.c_oflag &= ~(tcflag_t)OPOST;
    mode.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ECHOE | ECHOK | ECHONL | IEXTEN);
    mode.c_lflag |= ISIG;
    mode.c_cc[VMIN] = 1;
    mode.c_cc[VTIME] = 0;
    disable(&mode, VQUIT);
#ifdef VDSUSP
    disable(&mode, VDSUSP);
#endif
    while (tcsetattr(t->in_fd, TCSANOW, &mode) != 0 && errno == EINTR)
        ;
    t->is_raw = true;
}

void tty_restore(struct tty *t)
{
    if (!t->is_raw)
        return;
    /* Not TCSADRAIN, which would wait forever on a terminal that accepts no more bytes. */
    while (tcsetattr(t->in_fd, TCSANOW, &t->saved) != 0 && errno == EINTR)
        ;
    t->is_raw = false;
}

void tty_size(const struct tty *t, int *rows, int *columns)
{
    struct winsize size;

    *rows = 24;
    *columns = 80;
    if (ioctl(t->out_fd, TIOCGWINSZ, &size) != 0)
        return;
    if (size.ws_row > 0)
        *rows = size.ws_row;
    if (size.ws_col > 0)
        *columns = size.ws_col;
}

bool tty_is_pending(const struct tty *t)
{
    return t->sent < t->queue.bytes;
}

void tty_discard(struct tty *t)
{
    buffer_clear(&t->queue);
    t->sent = 0;
}

static bool is_writable(const struct tty *t, int timeout_ms)
{
    struct pollfd p = {.fd = t->out_fd, .events = POLLOUT};

    return poll(&p, 1, timeout_ms) == 1 && (p.revents & POLLOUT) != 0;
}

void tty_flush(struct tty *t)
{
    /* A borrowed descriptor blocks; writing small pieces when there is room keeps that
     * short. */
    size_t most = t->owned ? SIZE_MAX : 256;

    while (tty_is_pending(t) && !t->gone) {
        size_t left = t->queue.bytes - t->sent;
        ssize_t n;

        if (!t->owned && !is_writable(t, 0))
            return;
        n = write(t->out_fd, t->queue.data + t->sent, left < most ? left : most);
        if (n > 0)
            t->sent += (size_t)n;
        else if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            return;
        else if (n < 0 && errno != EINTR)
            t->gone = true;
    }
    tty_discard(t);
}

void tty_write(struct tty *t, const char *bytes, size_t count)
{
    if (t->gone)
        return;
    buffer_append(&t->queue, bytes, count);
    tty_flush(t);
}

bool tty_drain(struct tty *t, int timeout_ms)
{
    int64_t end_ms = clock_monotonic_ms() + timeout_ms;

    tty_flush(t);
    while (tty_is_pending(t)) {
        int64_t left_ms = end_ms - clock_monotonic_ms();

        if (left_ms <= 0)
            return false;
        is_writable(t, (int)left_ms);
        tty_flush(t);
    }
    return true;
}

size_t tty_read(struct tty *t, char *into, size_t capacity)
{
    struct pollfd p = {.fd = t->in_fd, .events = POLLIN};
    ssize_t n;

    if (t->gone)
        return 0;
    if (!t->owned && poll(&p, 1, 0) != 1)
        return 0;
    n = read(t->in_fd, into, capacity);
    if (n > 0)
        return (size_t)n;
    if (n == 0 || (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR))
        t->gone = true;
    return 0;
}
