/* The XDG base directories, and small files written whole or not at all. */
#include "shilu/base/xdg.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shilu/base/buffer.h"
#include "shilu/base/memory.h"

static const struct {
    const char *variable;
    const char *below_home;
} places[] = {
    [XDG_CONFIG] = {"XDG_CONFIG_HOME", ".config"},
    [XDG_DATA] = {"XDG_DATA_HOME", ".local/share"},
    [XDG_STATE] = {"XDG_STATE_HOME", ".local/state"},
    [XDG_CACHE] = {"XDG_CACHE_HOME", ".cache"},
};

char *xdg_path(enum xdg_kind kind, const char *name)
{
    const char *base = getenv(places[kind].variable);
    const char *home = getenv("HOME");
    struct buffer path = {0};

    /* The specification: a relative path is invalid and is ignored. */
    if (base != NULL && base[0] == '/')
        buffer_append_string(&path, base);
    else if (home != NULL && home[0] == '/')
        buffer_append_format(&path, "%s/%s", home, places[kind].below_home);
    else
        return NULL;
    buffer_append_format(&path, "/shilu/%s", name);
    return buffer_take(&path);
}

bool xdg_make_parents(const char *path, struct error *err)
{
    char *copy = memory_strdup(path);
    bool ok = true;
    char *slash;

    for (slash = strchr(copy + 1, '/'); ok && slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(copy, 0700) != 0 && errno != EEXIST)
            ok = error_set_errno(err, errno, "cannot make folder '%s'", copy);
        *slash = '/';
    }
    free(copy);
    return ok;
}

static bool write_all(int fd, const char *bytes, size_t count)
{
    while (count > 0) {
        ssize_t n = write(fd, bytes, count);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        bytes += n;
        count -= (size_t)n;
    }
    return true;
}

bool file_replace(const char *path, const char *bytes, size_t count, struct error *err)
{
    struct buffer beside = {0};
    int saved;
    int fd;

    buffer_append_format(&beside, "%s.XXXXXX", path);
    fd = mkstemp(beside.data);
    if (fd < 0) {
        error_set_errno(err, errno, "cannot write '%s'", path);
        buffer_release(&beside);
        return false;
    }
    if (write_all(fd, bytes, count) && fsync(fd) == 0 && close(fd) == 0 &&
        rename(beside.data, path) == 0) {
        buffer_release(&beside);
        return true;
    }
    saved = errno;
    close(fd); /* harmless where it is closed already: this program opens none in between */
    unlink(beside.data);
    buffer_release(&beside);
    return error_set_errno(err, saved, "cannot write '%s'", path);
}

char *file_read(const char *path, size_t limit, size_t *count, struct error *err)
{
    struct buffer content = {0};
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    ssize_t n;

    if (fd < 0) {
        error_set(err, ERROR_SYSTEM, "%s", strerror(errno));
        return NULL;
    }
    do {
        n = read(fd, buffer_reserve(&content, 4096), 4096);
        if (n > 0)
            buffer_commit(&content, (size_t)n);
    } while ((n > 0 && content.bytes <= limit) || (n < 0 && errno == EINTR));
    if (n < 0)
        error_set(err, ERROR_SYSTEM, "%s", strerror(errno));
    else if (content.bytes > limit)
        error_set(err, ERROR_LIMIT, "larger than %zu bytes", limit);
    close(fd);
    if (n != 0) {
        buffer_release(&content);
        return NULL;
    }
    if (count != NULL)
        *count = content.bytes;
    return buffer_take(&content);
}
