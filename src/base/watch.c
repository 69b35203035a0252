/* Watch. Invariant: `device` and `inode` belong to the file that was read, `fd` is open on it,
 * and `known` holds its last bytes before `known_end`, which distinguish a file that was
 * rewritten in place from one that grew. */
#include "shilu/base/watch.h"

#include <config.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#ifdef HAVE_SYS_INOTIFY_H
#include <sys/inotify.h>
#endif

#include "shilu/base/memory.h"
#include "shilu/base/translate.h"

enum {
    KNOWN_BYTES = 512,
    WRITTEN_S = 5,              /* since the last change, of a file at rest */
    INTERVAL_MS = 500,          /* between two checks if nothing reports changes */
    INTERVAL_NOTIFIED_MS = 2000 /* if inotify reports them, or should */
};

struct watch {
    const char *path; /* borrowed, or NULL */
    int fd;
    int notify_fd; /* -1 for none */
    dev_t device;
    ino_t inode;
    char known[KNOWN_BYTES];
    size_t known_bytes;
    int64_t known_end;
    int64_t bytes;
    bool missing;
};

static int start_notify(const struct watch *w)
{
#ifdef HAVE_SYS_INOTIFY_H
    int fd = w->path == NULL ? -1 : inotify_init1(IN_NONBLOCK | IN_CLOEXEC);

    if (fd < 0 || inotify_add_watch(fd, w->path,
                                    IN_MODIFY | IN_ATTRIB | IN_MOVE_SELF | IN_DELETE_SELF) >= 0)
        return fd;
    close(fd);
#else
    (void)w;
#endif
    return -1;
}

/* Events only say that it is time to check. */
static void drain(const struct watch *w)
{
    char events[4096];

    while (w->notify_fd >= 0 && read(w->notify_fd, events, sizeof events) > 0)
        continue;
}

/* Read up to `bytes` before byte `end` of the file; returns how many there are. */
static size_t read_before(const struct watch *w, int64_t end, char *into, size_t bytes)
{
    size_t wanted = end < (int64_t)bytes ? (size_t)end : bytes;
    ssize_t n = pread(w->fd, into, wanted, (off_t)(end - (int64_t)wanted));

    return n < 0 ? 0 : (size_t)n;
}

static bool is_as_known(const struct watch *w)
{
    char now[KNOWN_BYTES];

    return read_before(w, w->known_end, now, w->known_bytes) == w->known_bytes &&
           memcmp(now, w->known, w->known_bytes) == 0;
}

struct watch *watch_new(const char *path, int fd, struct error *err)
{
    struct watch *w = memory_zalloc(1, sizeof *w);
    struct stat st;

    w->path = path;
    w->notify_fd = -1;
    w->fd = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    if (w->fd < 0 || fstat(w->fd, &st) != 0) {
        error_set(err, ERROR_SYSTEM, "%s", translate_errno(errno));
        watch_free(w);
        return NULL;
    }
    if (!S_ISREG(st.st_mode)) {
        error_set(err, ERROR_UNSUPPORTED, "only a file can grow");
        watch_free(w);
        return NULL;
    }
    w->device = st.st_dev;
    w->inode = st.st_ino;
    w->bytes = st.st_size;
    w->notify_fd = start_notify(w);
    return w;
}

void watch_free(struct watch *w)
{
    if (w == NULL)
        return;
    if (w->notify_fd >= 0)
        close(w->notify_fd);
    if (w->fd >= 0)
        close(w->fd);
    free(w);
}

void watch_learn(struct watch *w, int64_t read_bytes)
{
    if (w->known_end == read_bytes)
        return;
    w->known_bytes = read_before(w, read_bytes, w->known, KNOWN_BYTES);
    w->known_end = read_bytes;
}

int watch_fd(const struct watch *w)
{
    return w->notify_fd;
}

int watch_interval_ms(const struct watch *w)
{
    return w->notify_fd >= 0 && !w->missing ? INTERVAL_NOTIFIED_MS : INTERVAL_MS;
}

enum watch_change watch_look(struct watch *w, int64_t read_bytes)
{
    struct stat st;

    drain(w);
    if (w->path != NULL) {
        w->missing = stat(w->path, &st) != 0;
        if (w->missing)
            return WATCH_REMOVED;
        if (st.st_dev != w->device || st.st_ino != w->inode)
            return WATCH_REPLACED;
    }
    if (fstat(w->fd, &st) != 0)
        return WATCH_REMOVED;
    w->bytes = st.st_size;
    if (st.st_size < read_bytes)
        return WATCH_CUT;
    if (!is_as_known(w))
        return WATCH_REWRITTEN;
    return st.st_size > read_bytes ? WATCH_GROWN : WATCH_SAME;
}

int64_t watch_bytes(const struct watch *w)
{
    return w->bytes;
}

bool watch_is_being_written(const struct watch *w)
{
    struct stat st;

    return fstat(w->fd, &st) == 0 && time(NULL) - st.st_mtime < WRITTEN_S;
}

bool watch_line_ends_at(const struct watch *w, int64_t byte)
{
    char next;

    return pread(w->fd, &next, 1, (off_t)byte) == 1 && (next == '\n' || next == '\r');
}
