/* Directory watch: reports what appears, changes and disappears in some folders. Where inotify
 * is available and has watches left, it reports each change at once; elsewhere it sees nothing,
 * and the caller has to check from time to time. */
#ifndef SHILU_BASE_DIR_WATCH_H
#define SHILU_BASE_DIR_WATCH_H

#include <stdbool.h>

#include "shilu/base/buffer.h"

struct dir_watch;

struct dir_watch *dir_watch_new(void);
void dir_watch_free(struct dir_watch *w);

/* Watch a folder, but not its subfolders; true if it was not watched before. */
bool dir_watch_add(struct dir_watch *w, const char *folder);
/* The descriptor to poll, or -1. */
int dir_watch_fd(const struct dir_watch *w);
/* Some folder cannot be watched. */
bool dir_watch_is_blind(const struct dir_watch *w);

/* The next event; *path is the file or folder. Does not block. DIR_WATCH_LOST: events were
 * lost. */
enum dir_watch_event { DIR_WATCH_NONE, DIR_WATCH_CHANGED, DIR_WATCH_GONE, DIR_WATCH_LOST };
enum dir_watch_event dir_watch_take(struct dir_watch *w, struct buffer *path);

#endif
