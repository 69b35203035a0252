/* Copying. No state. A command that does not read its text, or does not end, is abandoned after
 * a moment: the user must be able to continue. */
#include "app/copy.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "shilu/base/civil_time.h"
#include "shilu/base/file.h"
#include "shilu/base/translate.h"
#include "shilu/base/xdg.h"

enum { COMMAND_MS = 2000 };

/* In the child: the pipe's end as input, no output. */
static _Noreturn void run_command(const char *command, int input)
{
    int nothing = open("/dev/null", O_WRONLY);

    signal(SIGPIPE, SIG_DFL);
    dup2(input, STDIN_FILENO);
    if (nothing >= 0) {
        dup2(nothing, STDOUT_FILENO);
        dup2(nothing, STDERR_FILENO);
    }
    execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(127);
}

static bool feed(int fd, const char *text, size_t bytes, int64_t end_ms)
{
    fcntl(fd, F_SETFL, O_NONBLOCK);
    while (bytes > 0) {
        struct pollfd p = {.fd = fd, .events = POLLOUT};
        int64_t left_ms = end_ms - clock_monotonic_ms();
        ssize_t n;

        if (left_ms <= 0 || (poll(&p, 1, (int)left_ms) < 0 && errno != EINTR))
            return false;
        n = write(fd, text, bytes);
        if (n < 0 && errno != EAGAIN && errno != EINTR)
            return false;
        if (n > 0) {
            text += n;
            bytes -= (size_t)n;
        }
    }
    return true;
}

static bool wait_for_end(pid_t child, int64_t end_ms, int *status)
{
    while (waitpid(child, status, WNOHANG) == 0) {
        if (clock_monotonic_ms() >= end_ms)
            return false;
        poll(NULL, 0, 2);
    }
    return true;
}

static bool copy_by_command(const char *command, const char *text, size_t bytes,
                            struct error *err)
{
    int64_t end_ms = clock_monotonic_ms() + COMMAND_MS;
    int status = 0;
    int ends[2];
    bool taken;
    pid_t child;

    if (pipe(ends) != 0)
        return error_set_errno(err, errno, "cannot run '%s'", command);
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    child = fork();
    if (child == 0)
        run_command(command, ends[0]);
    close(ends[0]);
    taken = child > 0 && feed(ends[1], text, bytes, end_ms);
    close(ends[1]);
    if (child < 0)
        return error_set_errno(err, errno, "cannot run '%s'", command);
    if (!wait_for_end(child, end_ms, &status))
        return taken || error_set(err, ERROR_SYSTEM, "'%s' does not take the text", command);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return true;
    return error_set(err, ERROR_SYSTEM, "'%s' failed", command);
}

static bool is_set(const char *variable)
{
    const char *value = getenv(variable);

    return value != NULL && *value != '\0';
}

/* Clipboard commands, each used if its variable says that there is such a clipboard. */
static bool copy_by_known_command(const char *text, size_t bytes, struct buffer *where)
{
    static const struct {
        const char *variable; /* NULL for always */
        const char *command;
        const char *where;
    } ways[] = {
        {"TMUX", "tmux load-buffer -w -", N_("copied to tmux's buffer")},
        {"TMUX", "tmux load-buffer -", N_("copied to tmux's buffer")},
        {"WAYLAND_DISPLAY", "wl-copy", N_("copied with wl-copy")},
        {"DISPLAY", "xclip -selection clipboard", N_("copied with xclip")},
        {"DISPLAY", "xsel --clipboard --input", N_("copied with xsel")},
#ifdef __APPLE__
        {NULL, "pbcopy", N_("copied with pbcopy")},
#endif
    };
    struct error ignored;

    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        if (ways[i].variable != NULL && !is_set(ways[i].variable))
            continue;
        if (copy_by_command(ways[i].command, text, bytes, &ignored)) {
            buffer_append_string(where, _(ways[i].where));
            return true;
        }
    }
    return false;
}

/* If there is no other way. */
static bool copy_to_file(const char *text, size_t bytes, struct buffer *where,
                         struct error *err)
{
    char *path = xdg_path(XDG_STATE, "copied.txt");
    bool ok = path != NULL && file_make_parents(path, err) &&
              file_replace(path, text, bytes, err);

    if (ok)
        buffer_append_format(where, _("written to '%s'"), path);
    else if (path == NULL)
        error_set(err, ERROR_LIMIT, "too long for the clipboard");
    free(path);
    return ok;
}

bool copy_text(struct screen *screen, const char *command, const char *text, size_t bytes,
               struct buffer *where, struct error *err)
{
    if (command != NULL) {
        buffer_append_format(where, _("copied with '%s'"), command);
        return copy_by_command(command, text, bytes, err);
    }
    if (copy_by_known_command(text, bytes, where))
        return true;
    if (screen_copy(screen, text, bytes, err)) {
        buffer_append_string(where, _("sent to the terminal's clipboard"));
        return true;
    }
    return copy_to_file(text, bytes, where, err);
}
