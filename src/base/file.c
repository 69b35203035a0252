/* Small files. Invariant: at every moment the target has its old content or its new content,
 * whole; only a file in a folder that accepts no new file is written in place, and then the
 * space is reserved first.
 *
 * A temporary file is locked (flock) for as long as its writer lives. So a temporary file that
 * can be locked was left behind by a killed program. */
#include "shilu/base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "shilu/base/memory.h"
#include "shilu/base/translate.h"

static const char temporary_mark[] = ".shilu-";

enum {
    TEMPORARY_LETTERS = 6,    /* that mkstemp replaces */
    TEMPORARY_NAME_MAX = 200, /* bytes of the target's name in it: a name has at most 255 */
    LINKS_MAX = 40,
    LOCK_TRIES = 200,
    LOCK_PAUSE_MS = 10
};

/* ------------------------------------------------------------------------------ reading */

char *file_read(const char *path, size_t limit, size_t *count, struct error *err)
{
    struct buffer content = {0};
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    int saved = 0;
    ssize_t n;

    if (fd < 0) {
        saved = errno;
        error_set(err, ERROR_SYSTEM, "%s", translate_errno(saved));
        errno = saved;
        return NULL;
    }
    do {
        n = read(fd, buffer_reserve(&content, 4096), 4096);
        if (n > 0)
            buffer_commit(&content, (size_t)n);
    } while ((n > 0 && content.bytes <= limit) || (n < 0 && errno == EINTR));
    if (n < 0) {
        saved = errno;
        error_set(err, ERROR_SYSTEM, "%s", translate_errno(saved));
    } else if (content.bytes > limit) {
        saved = EFBIG;
        error_set(err, ERROR_LIMIT, "larger than %zu bytes", limit);
    }
    close(fd);
    if (saved != 0) {
        buffer_release(&content);
        errno = saved;
        return NULL;
    }
    if (count != NULL)
        *count = content.bytes;
    return buffer_take(&content);
}

/* ------------------------------------------------------------------------------ folders */

bool file_make_parents(const char *path, struct error *err)
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

/* The folder of a path, "." for a bare name; owned by the caller. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    if (slash == NULL)
        return memory_strdup(".");
    return memory_strndup(path, slash == path ? 1 : (size_t)(slash - path));
}

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL ? slash + 1 : path;
}

/* A rename is durable once its folder is synced. Not every file system can sync a folder. */
static void sync_folder(const char *path)
{
    char *folder = folder_of(path);
    int fd = open(folder, O_RDONLY | O_CLOEXEC | O_DIRECTORY);

    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    free(folder);
}

/* ---------------------------------------------------------------------- temporary files */

static bool is_temporary_of(const char *entry, const char *name)
{
    size_t bytes = strnlen(name, TEMPORARY_NAME_MAX);

    return strncmp(entry, name, bytes) == 0 &&
           strncmp(entry + bytes, temporary_mark, sizeof temporary_mark - 1) == 0 &&
           strlen(entry + bytes + sizeof temporary_mark - 1) == TEMPORARY_LETTERS;
}

static void remove_if_left_behind(const char *folder, const char *entry)
{
    struct buffer path = {0};
    struct stat st;
    int fd;

    buffer_append_format(&path, "%s/%s", folder, entry);
    fd = open(path.data, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
        flock(fd, LOCK_EX | LOCK_NB) == 0)
        unlink(path.data);
    if (fd >= 0)
        close(fd);
    buffer_release(&path);
}

/* Remove what killed programs left beside this file. */
static void sweep(const char *target)
{
    char *folder = folder_of(target);
    DIR *entries = opendir(folder);
    struct dirent *entry;

    while (entries != NULL && (entry = readdir(entries)) != NULL)
        if (is_temporary_of(entry->d_name, name_of(target)))
            remove_if_left_behind(folder, entry->d_name);
    if (entries != NULL)
        closedir(entries);
    free(folder);
}

/* mkstemp, but with the permissions that the umask leaves of `mode`. The kernel applies it:
 * reading the umask requires setting it, which threads that create files would notice. */
static int create_unique(char *path, mode_t mode)
{
    int fd = mkstemp(path);

    if (fd < 0 || mode == FILE_PRIVATE)
        return fd;
    close(fd);
    unlink(path);
    return open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
}

/* Create a locked temporary file. Before it is locked, another program may mistake it for a
 * leftover and remove it, or take its name: then another one is created. */
static int make_temporary(const char *target, mode_t mode, char **name)
{
    size_t folder_bytes = (size_t)(name_of(target) - target);

    for (;;) {
        struct buffer path = {0};
        struct stat st;
        int fd;

        buffer_append(&path, target,
                      folder_bytes + strnlen(name_of(target), TEMPORARY_NAME_MAX));
        buffer_append_format(&path, "%sXXXXXX", temporary_mark);
        fd = create_unique(path.data, mode);
        if (fd < 0) {
            int saved = errno;

            buffer_release(&path);
            if (saved == EEXIST)
                continue;
            errno = saved;
            return -1;
        }
        fcntl(fd, F_SETFD, FD_CLOEXEC);
        flock(fd, LOCK_EX);
        if (fstat(fd, &st) == 0 && st.st_nlink > 0) {
            *name = buffer_take(&path);
            return fd;
        }
        close(fd);
        buffer_release(&path);
    }
}

/* ------------------------------------------------------------------------------ writing */

static void close_at(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static void writer_release(struct file_writer *w)
{
    close_at(&w->fd);
    close_at(&w->target_fd);
    free(w->target);
    free(w->temporary);
    w->target = w->temporary = NULL;
}

/* The target of a path: through symbolic links, even to a file that does not exist yet. */
static char *resolve(const char *path)
{
    char *real = realpath(path, NULL);
    char *at = real != NULL ? real : memory_strdup(path);

    for (int i = 0; real == NULL && i < LINKS_MAX; i++) {
        struct buffer next = {0};
        char link[4096];
        ssize_t bytes = readlink(at, link, sizeof link);

        if (bytes < 0 || bytes == (ssize_t)sizeof link)
            break;
        if (link[0] != '/')
            buffer_append(&next, at, (size_t)(name_of(at) - at));
        buffer_append(&next, link, (size_t)bytes);
        free(at);
        at = buffer_take(&next);
    }
    return at;
}

/* Whether a folder that refuses a new file may still contain a writable file. */
static bool is_refused_by_folder(int errnum)
{
    return errnum == EACCES || errnum == EPERM;
}

/* A nameless file for content to be copied over the old file, which must be writable. */
static bool begin_in_place(struct file_writer *w, const char *path, int why, struct error *err)
{
    FILE *nameless;

    w->target_fd = open(w->target, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    nameless = w->target_fd >= 0 ? tmpfile() : NULL;
    if (nameless == NULL) {
        writer_release(w);
        return error_set_errno(err, why, "cannot write '%s'", path);
    }
    w->fd = fcntl(fileno(nameless), F_DUPFD_CLOEXEC, 0);
    fclose(nameless);
    return w->fd >= 0 || error_set_errno(err, errno, "cannot write '%s'", path);
}

/* The superuser may write anything; a file without any write permission still counts as
 * read-only. 0 if writable. */
static int write_refusal(const char *path, const struct stat *st)
{
    if (S_ISDIR(st->st_mode))
        return EISDIR;
    if ((st->st_mode & 0222) == 0)
        return EACCES;
    return access(path, W_OK) == 0 ? 0 : errno;
}

bool file_begin(struct file_writer *w, const char *path, mode_t mode, struct error *err)
{
    struct stat st;
    bool is_there;
    int refusal;

    *w = (struct file_writer){.target = resolve(path), .fd = -1, .target_fd = -1};
    is_there = stat(w->target, &st) == 0;
    refusal = is_there ? write_refusal(w->target, &st) : 0;
    if (refusal == 0) {
        sweep(w->target);
        w->fd = make_temporary(w->target, is_there ? FILE_PRIVATE : mode, &w->temporary);
        refusal = w->fd < 0 ? errno : 0;
        if (is_there && is_refused_by_folder(refusal))
            return begin_in_place(w, path, refusal, err);
    }
    if (refusal != 0) {
        writer_release(w);
        return error_set_errno(err, refusal, "cannot write '%s'", path);
    }
    if (is_there && fchown(w->fd, st.st_uid, st.st_gid) != 0)
        errno = 0; /* only the superuser can give files away */
    if (is_there)
        fchmod(w->fd, st.st_mode & 07777);
    return true;
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

static bool copy_bytes(int from, int to)
{
    char bytes[65536];
    ssize_t n;

    while ((n = read(from, bytes, sizeof bytes)) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 || !write_all(to, bytes, (size_t)n))
            return false;
    }
    return true;
}

/* Reserve the space first, so that a full disk leaves the old content. */
static bool copy_in_place(const struct file_writer *w)
{
    off_t bytes = lseek(w->fd, 0, SEEK_END);
    int reserved = bytes > 0 ? posix_fallocate(w->target_fd, 0, bytes) : 0;

    if (reserved != 0 && reserved != EINVAL && reserved != EOPNOTSUPP) {
        errno = reserved;
        return false;
    }
    return bytes >= 0 && lseek(w->fd, 0, SEEK_SET) == 0 && copy_bytes(w->fd, w->target_fd) &&
           ftruncate(w->target_fd, bytes) == 0 && fsync(w->target_fd) == 0;
}

bool file_commit(struct file_writer *w, struct error *err)
{
    bool ok;
    int saved;

    if (w->temporary == NULL)
        ok = copy_in_place(w);
    else
        ok = fsync(w->fd) == 0 && rename(w->temporary, w->target) == 0;
    saved = errno;
    if (ok)
        sync_folder(w->target);
    else
        error_set_errno(err, saved, "cannot write '%s'", w->target);
    if (!ok && w->temporary != NULL)
        unlink(w->temporary);
    writer_release(w);
    return ok;
}

void file_discard(struct file_writer *w)
{
    if (w->temporary != NULL)
        unlink(w->temporary);
    writer_release(w);
}

static bool replace(const char *path, mode_t mode, const char *bytes, size_t count,
                    struct error *err)
{
    struct file_writer w;

    if (!file_begin(&w, path, mode, err))
        return false;
    if (write_all(w.fd, bytes, count))
        return file_commit(&w, err);
    error_set_errno(err, errno, "cannot write '%s'", path);
    file_discard(&w);
    return false;
}

bool file_replace(const char *path, const char *bytes, size_t count, struct error *err)
{
    return replace(path, FILE_PRIVATE, bytes, count, err);
}

bool file_export(const char *path, const char *bytes, size_t count, struct error *err)
{
    return replace(path, FILE_SHARED, bytes, count, err);
}

/* ------------------------------------------------------------------------------ changing */

/* The lock is on a separate file, since NFS locks only files open for writing; on the folder
 * itself if it accepts no new file. */
static int open_lock(const char *path)
{
    char *folder = folder_of(path);
    struct buffer name = {0};
    int fd;

    buffer_append_format(&name, "%s/.shilu-lock", folder);
    fd = open(name.data, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW, 0600);
    if (fd < 0)
        fd = open(folder, O_RDONLY | O_CLOEXEC | O_DIRECTORY);
    buffer_release(&name);
    free(folder);
    return fd;
}

int file_lock(const char *path, struct error *err)
{
    const struct timespec pause = {.tv_nsec = LOCK_PAUSE_MS * 1000000L};
    int fd = open_lock(path);
    int tries = 0;

    if (fd < 0) {
        error_set_errno(err, errno, "cannot write '%s'", path);
        return -1;
    }
    while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return fd; /* no locks on this file system */
        if (++tries == LOCK_TRIES) {
            close(fd);
            error_set(err, ERROR_SYSTEM, "cannot write '%s': another program holds its lock",
                      path);
            return -1;
        }
        nanosleep(&pause, NULL);
    }
    return fd;
}

void file_unlock(int fd)
{
    if (fd >= 0)
        close(fd);
}

/* Called with the lock held. */
static bool change_file(const char *path, size_t limit, file_change *change, void *context,
                        struct error *err)
{
    struct buffer out = {0};
    size_t count = 0;
    struct error cause;
    char *bytes = file_read(path, limit, &count, &cause);
    bool ok;

    if (bytes == NULL && errno != ENOENT)
        return error_set(err, cause.code, "cannot read '%s': %s", path, cause.message);
    ok = change(context, bytes, count, &out, err) &&
         file_replace(path, buffer_string(&out), out.bytes, err);
    buffer_release(&out);
    free(bytes);
    return ok;
}

bool file_update(const char *path, size_t limit, file_change *change, void *context,
                 struct error *err)
{
    bool ok;
    int lock;

    if (!file_make_parents(path, err))
        return false;
    lock = file_lock(path, err);
    if (lock < 0)
        return false;
    ok = change_file(path, limit, change, context, err);
    file_unlock(lock);
    return ok;
}
