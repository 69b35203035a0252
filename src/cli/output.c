/* A command's output. `beside` names a temporary file for as long as one exists, and so does
 * `half_written`, for output_abandon. */
#include "shilu/cli/output.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shilu/base/buffer.h"
#include "shilu/cli/options.h"
#include "shilu/cli/report.h"

static char *_Atomic half_written;

static bool is_input(const struct stat *st, char *const *inputs)
{
    struct stat input;

    for (; inputs != NULL && *inputs != NULL; inputs++) {
        int got = strcmp(*inputs, "-") == 0 ? fstat(STDIN_FILENO, &input)
                                            : stat(*inputs, &input);

        if (got == 0 && input.st_dev == st->st_dev && input.st_ino == st->st_ino)
            return true;
    }
    return false;
}

/* The permissions that a new file gets, which mkstemp does not give. */
static mode_t default_mode(void)
{
    mode_t mask = umask(0);

    umask(mask);
    return 0666 & ~mask;
}

static bool open_beside(struct output *out, mode_t mode, struct error *err)
{
    struct buffer name = {0};
    char *real = realpath(out->path, NULL); /* a link stays a link: its target is replaced */
    int fd;

    buffer_append_format(&name, "%s.XXXXXX", real != NULL ? real : out->path);
    free(real);
    fd = mkstemp(name.data);
    if (fd < 0) {
        error_set_errno(err, errno, "cannot write '%s'", out->path);
        buffer_release(&name);
        return false;
    }
    fchmod(fd, mode);
    out->stream = fdopen(fd, "w");
    out->beside = buffer_take(&name);
    half_written = out->beside;
    return true;
}

static bool is_standard(const char *path)
{
    return path == NULL || strcmp(path, "-") == 0;
}

bool output_open(struct output *out, const char *path, char *const *inputs, struct error *err)
{
    struct stat st;

    *out = (struct output){.stream = stdout};
    if (is_standard(path))
        return true;
    out->path = path;
    if (stat(path, &st) != 0)
        return open_beside(out, default_mode(), err);
    if (S_ISDIR(st.st_mode))
        return error_set_errno(err, EISDIR, "cannot write '%s'", path);
    if (S_ISREG(st.st_mode) && is_input(&st, inputs))
        return error_set(err, ERROR_USAGE, "'%s' is read here: write to another file", path);
    if (S_ISREG(st.st_mode))
        return open_beside(out, st.st_mode & 0777, err);
    out->stream = fopen(path, "w"); /* a device or a pipe */
    return out->stream != NULL || error_set_errno(err, errno, "cannot write '%s'", path);
}

/* Why writing failed, where it did so before the last flush and errno has been overwritten. */
static int late_cause(FILE *stream)
{
    struct pollfd at = {.fd = fileno(stream), .events = POLLOUT};

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

static bool put_in_place(const struct output *out)
{
    size_t bytes = strlen(out->beside) - strlen(".XXXXXX");
    char *target = strndup(out->beside, bytes);
    bool ok = target != NULL && rename(out->beside, target) == 0;

    free(target);
    return ok;
}

bool output_commit(struct output *out, struct error *err)
{
    bool bad;
    int saved;

    errno = 0;
    bad = fflush(out->stream) != 0 || ferror(out->stream) ||
          (out->beside != NULL && fsync(fileno(out->stream)) != 0);
    saved = errno != 0 ? errno : late_cause(out->stream);
    if (out->path == NULL)
        return !bad || refuse(out, saved, err);
    if (fclose(out->stream) != 0 && !bad) {
        bad = true;
        saved = errno;
    }
    out->stream = NULL;
    if (!bad && out->beside != NULL && !put_in_place(out)) {
        bad = true;
        saved = errno;
    }
    if (bad)
        refuse(out, saved, err);
    if (bad && out->beside != NULL)
        unlink(out->beside);
    half_written = NULL;
    free(out->beside);
    out->beside = NULL;
    return !bad;
}

void output_discard(struct output *out)
{
    if (out->path != NULL && out->stream != NULL)
        fclose(out->stream);
    if (out->beside != NULL)
        unlink(out->beside);
    half_written = NULL;
    free(out->beside);
    *out = (struct output){0};
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
