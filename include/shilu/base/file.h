/* Small files: read whole, and written whole or not at all.
 *
 * New content is written beside its place and renamed over it once it is on the disk, so that a
 * crash or a full disk leaves the old content. A symbolic link stays one: the file that it
 * leads to is replaced. What a killed program has left beside a place is removed by the next
 * write there. A file that its permissions say is read-only is never replaced. */
#ifndef SHILU_BASE_FILE_H
#define SHILU_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "shilu/base/buffer.h"
#include "shilu/base/error.h"

/* The whole file, at most `limit` bytes, NUL-terminated and owned by the caller. NULL with
 * ERROR_LIMIT for a larger one, ERROR_SYSTEM otherwise; errno then says why. */
char *file_read(const char *path, size_t limit, size_t *count, struct error *err);

/* The folders above `path`, made with mode 0700 where they are missing. */
bool file_make_parents(const char *path, struct error *err);

/* Replace the whole content. The file keeps its permissions; a new one gets 0600. */
bool file_replace(const char *path, const char *bytes, size_t count, struct error *err);

/* Change a file: `change` is given what it holds (NULL where there is none) and appends to
 * `out` what it shall hold; false leaves the file as it is. No other file_update of a file in
 * that folder runs at the same time, in whatever program. The folders above are made. */
typedef bool file_change(void *context, const char *bytes, size_t count, struct buffer *out,
                         struct error *err);
bool file_update(const char *path, size_t limit, file_change *change, void *context,
                 struct error *err);

/* A write in pieces. Between file_begin and file_commit or file_discard the new content is in
 * `temporary`, open as `fd`. Where the folder takes no new file but the old file can be
 * written, the new content waits in a nameless temporary file and is copied at the commit. */
struct file_writer {
    char *target;    /* owned: the path, or where a symbolic link leads */
    char *temporary; /* owned; NULL: nameless */
    int fd;          /* -1: none; closed by the commit */
    int target_fd;   /* the old file, open for writing, where it is written in place; or -1 */
};

/* `mode`: the permissions of a new file. */
bool file_begin(struct file_writer *w, const char *path, mode_t mode, struct error *err);
bool file_commit(struct file_writer *w, struct error *err);
void file_discard(struct file_writer *w);

/* Hold the lock of the folder in which `path` is; -1 with *err where another program does not
 * give it back. Where the file system knows no locks the descriptor holds none. */
int file_lock(const char *path, struct error *err);
void file_unlock(int fd);

#endif
