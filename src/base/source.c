/* Where bytes come from. A source is a descriptor or a run of memory; the descriptor of a pipe
 * does not block, a file's never does. */
#include "shilu/base/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shilu/base/memory.h"

struct source {
    int fd; /* -1: memory */
    bool owned;
    int64_t total_bytes; /* or -1 */
    int64_t read_bytes;
    const char *memory;
};

static struct source *source_new(int fd, bool owned)
{
    struct source *s = memory_zalloc(1, sizeof *s);
    struct stat st;

    s->fd = fd;
    s->owned = owned;
    s->total_bytes = -1;
    if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
        s->total_bytes = st.st_size;
    return s;
}

struct source *source_open_path(const char *path, struct error *err)
{
    struct stat st;
    /* Not blocking, so that opening a FIFO that nobody writes to does not hang. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

    if (fd < 0) {
        error_set(err, ERROR_SYSTEM, "%s", strerror(errno));
        return NULL;
    }
    if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
        close(fd);
        error_set(err, ERROR_SYSTEM, "%s", strerror(EISDIR));
        return NULL;
    }
    return source_new(fd, true);
}

struct source *source_open_fd(int fd, bool owned)
{
    int flags = fcntl(fd, F_GETFL);

    if (flags >= 0)
        fcntl(fd, F_SETFL, flags | O_NONBLOCK);
    return source_new(fd, owned);
}

struct source *source_open_memory(const char *bytes, size_t count)
{
    struct source *s = source_new(-1, false);

    s->memory = bytes;
    s->total_bytes = (int64_t)count;
    return s;
}

void source_close(struct source *s)
{
    if (s == NULL)
        return;
    if (s->owned && s->fd >= 0)
        close(s->fd);
    free(s);
}

static enum source_status read_memory(struct source *s, char *into, size_t room, size_t *got)
{
    size_t left = (size_t)(s->total_bytes - s->read_bytes);

    if (left == 0)
        return SOURCE_END;
    *got = left < room ? left : room;
    memcpy(into, s->memory + s->read_bytes, *got);
    s->read_bytes += (int64_t)*got;
    return SOURCE_DATA;
}

enum source_status source_read(struct source *s, char *into, size_t room, size_t *got,
                               struct error *err)
{
    ssize_t n;

    if (s->fd < 0)
        return read_memory(s, into, room, got);
    do
        n = read(s->fd, into, room);
    while (n < 0 && errno == EINTR);
    if (n == 0)
        return SOURCE_END;
    if (n < 0) {
        if (errno == EAGAIN || errno == EWOULDBLOCK)
            return SOURCE_WAIT;
        error_set(err, ERROR_SYSTEM, "%s", strerror(errno));
        return SOURCE_ERROR;
    }
    *got = (size_t)n;
    s->read_bytes += n;
    return SOURCE_DATA;
}

int source_fd(const struct source *s)
{
    return s->fd;
}

int64_t source_total_bytes(const struct source *s)
{
    return s->total_bytes;
}

int64_t source_read_bytes(const struct source *s)
{
    return s->read_bytes;
}
