/* Directory watch. Invariant: `folders` holds the path of each inotify watch by its number,
 * which the kernel assigns in order; NULL for one that has ended. */
#include "shilu/base/dir_watch.h"

#include <config.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef HAVE_SYS_INOTIFY_H
#include <sys/inotify.h>
#endif

#include "shilu/base/memory.h"

struct dir_watch {
    int fd; /* -1 for none */
    bool is_blind;
    char **folders; /* owned */
    size_t count;
    size_t capacity;
    char events[4096] __attribute__((aligned(8)));
    size_t bytes; /* of events */
    size_t at;    /* the next of them */
};

struct dir_watch *dir_watch_new(void)
{
    struct dir_watch *w = memory_zalloc(1, sizeof *w);

#ifdef HAVE_SYS_INOTIFY_H
    w->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
#else
    w->fd = -1;
#endif
    w->is_blind = w->fd < 0;
    return w;
}

void dir_watch_free(struct dir_watch *w)
{
    if (w == NULL)
        return;
    if (w->fd >= 0)
        close(w->fd);
    for (size_t i = 0; i < w->count; i++)
        free(w->folders[i]);
    free(w->folders);
    free(w);
}

int dir_watch_fd(const struct dir_watch *w)
{
    return w->fd;
}

bool dir_watch_is_blind(const struct dir_watch *w)
{
    return w->is_blind;
}

#ifdef HAVE_SYS_INOTIFY_H

bool dir_watch_add(struct dir_watch *w, const char *folder)
{
    int number = w->fd < 0 ? -1
                           : inotify_add_watch(w->fd, folder,
                                               IN_CREATE | IN_CLOSE_WRITE | IN_DELETE |
                                                   IN_MOVED_FROM | IN_MOVED_TO | IN_ONLYDIR);

    if (number < 0) {
        w->is_blind = true;
        return false;
    }
    while (w->count <= (size_t)number) {
        MEMORY_RESERVE(w->folders, w->capacity, w->count + 1);
        w->folders[w->count++] = NULL;
    }
    if (w->folders[number] != NULL && strcmp(w->folders[number], folder) == 0)
        return false;
    free(w->folders[number]); /* the same folder under another name */
    w->folders[number] = memory_strdup(folder);
    return true;
}

/* A folder that was moved away has another path now, and so has everything in it. */
static void forget_below(struct dir_watch *w, const char *folder)
{
    size_t bytes = strlen(folder);

    for (size_t i = 0; i < w->count; i++) {
        if (w->folders[i] != NULL && strncmp(w->folders[i], folder, bytes) == 0 &&
            (w->folders[i][bytes] == '/' || w->folders[i][bytes] == '\0'))
            inotify_rm_watch(w->fd, (int)i);
    }
}

static bool next_event(struct dir_watch *w, struct inotify_event *event)
{
    if (w->at >= w->bytes) {
        ssize_t n = w->fd < 0 ? -1 : read(w->fd, w->events, sizeof w->events);

        w->at = 0;
        w->bytes = n > 0 ? (size_t)n : 0;
    }
    if (w->at >= w->bytes)
        return false;
    memcpy(event, w->events + w->at, sizeof *event);
    return true;
}

/* False for an event of no interest. */
static bool path_of(struct dir_watch *w, const struct inotify_event *event, struct buffer *path)
{
    const char *name = w->events + w->at + sizeof *event;
    size_t number = (size_t)event->wd;
    const char *folder = event->wd >= 0 && number < w->count ? w->folders[number] : NULL;
    size_t bytes;

    if (folder == NULL || event->len == 0 || *name == '.')
        return false;
    bytes = strlen(folder);
    buffer_clear(path);
    buffer_append(path, folder, bytes);
    if (folder[bytes - 1] != '/')
        buffer_append_char(path, '/');
    buffer_append_string(path, name);
    return true;
}

enum dir_watch_event dir_watch_take(struct dir_watch *w, struct buffer *path)
{
    struct inotify_event event;

    while (next_event(w, &event)) {
        bool has_path = path_of(w, &event, path);

        w->at += sizeof event + event.len;
        if ((event.mask & IN_Q_OVERFLOW) != 0)
            return DIR_WATCH_LOST;
        if ((event.mask & IN_IGNORED) != 0 && event.wd >= 0 && (size_t)event.wd < w->count) {
            free(w->folders[event.wd]);
            w->folders[event.wd] = NULL;
        }
        if (!has_path)
            continue;
        if ((event.mask & IN_MOVED_FROM) != 0 && (event.mask & IN_ISDIR) != 0)
            forget_below(w, buffer_string(path));
        return (event.mask & (IN_DELETE | IN_MOVED_FROM)) != 0 ? DIR_WATCH_GONE
                                                               : DIR_WATCH_CHANGED;
    }
    return DIR_WATCH_NONE;
}

#else

bool dir_watch_add(struct dir_watch *w, const char *folder)
{
    (void)w;
    (void)folder;
    return false;
}

enum dir_watch_event dir_watch_take(struct dir_watch *w, struct buffer *path)
{
    (void)w;
    (void)path;
    return DIR_WATCH_NONE;
}

#endif
