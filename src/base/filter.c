/* Filter: posix_spawn, two pipes, one poll loop. Invariant: every open descriptor is in a
 * struct run, and run_close closes it. */
#include "shilu/base/filter.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "shilu/base/civil_time.h"

extern char **environ;

enum { PIECE_BYTES = 65536 };

struct run {
    FILE *in;
    int out[2]; /* the reading end first; -1 if closed */
    int error[2];
    pid_t child;
    size_t message_bytes;
};

static void close_end(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static void run_close(struct run *r)
{
    if (r->in != NULL)
        fclose(r->in);
    for (int i = 0; i < 2; i++) {
        close_end(&r->out[i]);
        close_end(&r->error[i]);
    }
}

static bool make_pipe(int ends[2])
{
    if (pipe(ends) != 0) {
        ends[0] = ends[1] = -1;
        return false;
    }
    for (int i = 0; i < 2; i++)
        fcntl(ends[i], F_SETFD, FD_CLOEXEC);
    return true;
}

static bool open_all(struct run *r, struct span in, struct error *err)
{
    r->in = tmpfile();
    if (r->in == NULL)
        return error_set_errno(err, errno, "cannot make a temporary file");
    fcntl(fileno(r->in), F_SETFD, FD_CLOEXEC);
    if (fwrite(in.data, 1, in.length, r->in) != in.length || fflush(r->in) != 0 ||
        lseek(fileno(r->in), 0, SEEK_SET) != 0)
        return error_set_errno(err, errno, "cannot write a temporary file");
    if (!make_pipe(r->out) || !make_pipe(r->error))
        return error_set_errno(err, errno, "cannot make a pipe");
    return true;
}

/* 0, or an errno. The child gets the default action for signals that this program ignores or
 * blocks. */
static int spawn(struct run *r, const char *const *argv)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t usual, none;
    int cause;

    sigemptyset(&none);
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    sigaddset(&usual, SIGINT);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &usual);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, fileno(r->in), 0);
    posix_spawn_file_actions_adddup2(&actions, r->out[1], 1);
    posix_spawn_file_actions_adddup2(&actions, r->error[1], 2);
    cause = posix_spawnp(&r->child, argv[0], &actions, &attributes, (char *const *)argv,
                         environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return cause;
}

static void limit_memory(const struct run *r, size_t bytes)
{
#ifdef __linux__
    struct rlimit limit = {bytes, bytes};

    if (bytes > 0)
        prlimit(r->child, RLIMIT_AS, &limit, NULL);
#else
    (void)r;
    (void)bytes;
#endif
}

/* False at the end of the output. */
static bool take_output(struct run *r, struct buffer *out)
{
    char *room = buffer_reserve(out, PIECE_BYTES);
    ssize_t got = read(r->out[0], room, PIECE_BYTES);

    if (got > 0)
        buffer_commit(out, (size_t)got);
    return got > 0 || (got < 0 && errno == EINTR);
}

static bool take_message(struct run *r, char message[FILTER_MESSAGE_BYTES])
{
    char piece[512];
    ssize_t got = read(r->error[0], piece, sizeof piece);
    ssize_t i;

    for (i = 0; i < got && r->message_bytes < FILTER_MESSAGE_BYTES - 1; i++) {
        if (piece[i] == '\n') {
            r->message_bytes = FILTER_MESSAGE_BYTES; /* it is complete */
            break;
        }
        message[r->message_bytes++] = piece[i];
        message[r->message_bytes] = '\0';
    }
    return got > 0 || (got < 0 && errno == EINTR);
}

static bool collect(struct run *r, const struct filter_limits *limits, struct buffer *out,
                    char message[FILTER_MESSAGE_BYTES], const char *name, struct error *err)
{
    int64_t end_ms = clock_monotonic_ms() + limits->run_ms;

    while (r->out[0] >= 0 || r->error[0] >= 0) {
        struct pollfd at[2] = {{.fd = r->out[0], .events = POLLIN},
                               {.fd = r->error[0], .events = POLLIN}};
        int64_t left_ms = end_ms - clock_monotonic_ms();

        if (left_ms <= 0)
            return error_set(err, ERROR_LIMIT, "%s took longer than %d s", name,
                             (int)(limits->run_ms / 1000));
        if (poll(at, 2, (int)(left_ms < 60000 ? left_ms : 60000)) < 0 && errno != EINTR)
            return error_set_errno(err, errno, "cannot wait for %s", name);
        if ((at[0].revents & (POLLIN | POLLHUP | POLLERR)) != 0 && !take_output(r, out))
            close_end(&r->out[0]);
        if ((at[1].revents & (POLLIN | POLLHUP | POLLERR)) != 0 && !take_message(r, message))
            close_end(&r->error[0]);
        if (out->bytes > limits->output_bytes)
            return error_set(err, ERROR_LIMIT, "%s wrote more than %zu MB", name,
                             limits->output_bytes >> 20);
    }
    return true;
}

static int wait_for(pid_t child)
{
    int status = 0;

    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

enum filter_result filter_run(const char *const *argv, struct span in,
                              const struct filter_limits *limits, struct buffer *out,
                              int *status, char message[FILTER_MESSAGE_BYTES],
                              struct error *err)
{
    struct run r = {.out = {-1, -1}, .error = {-1, -1}};
    enum filter_result result = FILTER_FAILED;
    int cause;

    message[0] = '\0';
    if (!open_all(&r, in, err)) {
        run_close(&r);
        return FILTER_FAILED;
    }
    cause = spawn(&r, argv);
    if (cause == 0) {
        limit_memory(&r, limits->memory_bytes);
        close_end(&r.out[1]);
        close_end(&r.error[1]);
        if (collect(&r, limits, out, message, argv[0], err))
            result = FILTER_DONE;
        else
            kill(r.child, SIGKILL);
        *status = wait_for(r.child);
    } else if (cause == ENOENT) {
        result = FILTER_MISSING;
    } else {
        error_set_errno(err, cause, "cannot run %s", argv[0]);
    }
    run_close(&r);
    return result;
}
