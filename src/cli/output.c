/* A command's output. `half_written` names the temporary file as long as it exists, for
 * output_abandon. */
#include "shilu/cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shilu/cli/report.h"

static char *_Atomic half_written;

static bool is_same_file(const struct stat *st, const char *path)
{
    struct stat other;
    int got = strcmp(path, "-") == 0 ? fstat(STDIN_FILENO, &other) : stat(path, &other);

    return got == 0 && other.st_dev == st->st_dev && other.st_ino == st->st_ino;
}

/* Whether the command reads this file, under any name. */
static bool is_input(const struct stat *st, const struct options *o, char *const *inputs)
{
    for (; inputs != NULL && *inputs != NULL; inputs++)
        if (is_same_file(st, *inputs))
            return true;
    return o->speaker_file != NULL && is_same_file(st, o->speaker_file);
}

static bool is_standard(const char *path)
{
    return path == NULL || strcmp(path, "-") == 0;
}

void output_standard(struct output *out)
{
    *out = (struct output){.stream = stdout, .file = {.fd = -1, .target_fd = -1}};
}

/* A file that is replaced as a whole at the end. */
static bool open_file(struct output *out, struct error *err)
{
    int fd;

    if (!file_begin(&out->file, out->path, FILE_SHARED, err))
        return false;
    half_written = out->file.temporary;
    fd = fcntl(out->file.fd, F_DUPFD_CLOEXEC, 0);
    out->stream = fd >= 0 ? fdopen(fd, "w") : NULL;
    if (out->stream != NULL)
        return true;
    error_set_errno(err, errno, "cannot write '%s'", out->path);
    output_discard(out);
    return false;
}

bool output_open(struct output *out, const struct options *o, char *const *inputs,
                 struct error *err)
{
    struct stat st;

    output_standard(out);
    if (is_standard(o->output))
        return true;
    out->path = o->output;
    out->stream = NULL;
    out->replaces = stat(out->path, &st) == 0;
    if (out->replaces && S_ISREG(st.st_mode) && is_input(&st, o, inputs))
        return error_set(err, ERROR_USAGE, "'%s' is read here: write to another file",
                         out->path);
    if (!out->replaces || S_ISREG(st.st_mode) || S_ISDIR(st.st_mode))
        return open_file(out, err);
    out->stream = fopen(out->path, "w"); /* a device or a pipe */
    return out->stream != NULL || error_set_errno(err, errno, "cannot write '%s'", out->path);
}

/* Why writing failed before the last flush. */
static int late_cause(const struct output *out)
{
    struct pollfd at = {.fd = fileno(out->stream), .events = POLLOUT};

    if (out->cause != 0)
        return out->cause;
    return poll(&at, 1, 0) > 0 && (at.revents & POLLERR) != 0 ? EPIPE : EIO;
}

static bool refuse(const struct output *out, int errnum, struct error *err)
{
    if (out->path != NULL)
        return error_set_errno(err, errnum, "cannot write '%s'", out->path);
    error_set_errno(err, errnum, "cannot write standard output");
    if (errnum == EPIPE)
        err->code = ERROR_NONE;
    return false;
}

bool output_commit(struct output *out, struct error *err)
{
    bool bad;
    int saved;

    errno = 0;
    bad = fflush(out->stream) != 0 || ferror(out->stream);
    saved = errno != 0 ? errno : late_cause(out);
    if (out->path == NULL)
        return !bad || refuse(out, saved, err);
    if (fclose(out->stream) != 0 && !bad) {
        bad = true;
        saved = errno;
    }
    out->stream = NULL;
    half_written = NULL;
    if (bad) {
        file_discard(&out->file);
        return refuse(out, saved, err);
    }
    return out->file.target == NULL || file_commit(&out->file, err);
}

void output_discard(struct output *out)
{
    if (out->path != NULL && out->stream != NULL)
        fclose(out->stream);
    half_written = NULL;
    file_discard(&out->file);
    output_standard(out);
}

void output_abandon(void)
{
    const char *path = half_written;

    if (path != NULL)
        unlink(path);
}

int output_finish(struct output *out, int status)
{
    struct error err;

    if (!out->written && status != EXIT_DONE) {
        output_discard(out);
        return status;
    }
    if (out->is_partial && out->replaces && out->file.target != NULL) {
        error_set(&err, ERROR_SYSTEM,
                  "'%s' was not changed: the input could not be read completely", out->path);
        output_discard(out);
        report_now(NULL, &err);
        return EXIT_TROUBLE;
    }
    if (output_commit(out, &err))
        return status;
    if (err.code != ERROR_NONE)
        report_now(NULL, &err);
    return EXIT_TROUBLE;
}

int output_fd(const char *path)
{
    return is_standard(path) ? STDOUT_FILENO : -1;
}
