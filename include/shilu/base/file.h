/* Small files, read whole, and written whole or not at all. New content is written to a
 * temporary file and renamed over the old one once it is on disk, so that a crash or a full
 * disk leaves the old content. A symbolic link stays a link: its target is replaced. The next
 * write removes temporary files left by a killed program. A read-only file is never
 * replaced. */
#ifndef SHILU_BASE_FILE_H
#define SHILU_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "shilu/base/buffer.h"
#include "shilu/base/error.h"

/* The whole file, at most `limit` bytes, NUL-terminated and owned by the caller. NULL with
 * ERROR_LIMIT for a larger file, otherwise with ERROR_SYSTEM; errno then says why. */
char *file_read(const char *path, size_t limit, size_t *count, struct error *err);

/* Create the missing parent folders of `path`, with mode 0700. */
bool file_make_parents(const char *path, struct error *err);

/* The permissions of a new file: what the program keeps (notes, places, history) is for its
 * owner alone; what the user asks it to write follows the umask. */
enum { FILE_PRIVATE = 0600, FILE_SHARED = 0666 };

/* Replace the whole content. The file keeps its permissions; a new one is private. */
bool file_replace(const char *path, const char *bytes, size_t count, struct error *err);

/* The same for output requested by the user: a new file is shared. */
bool file_export(const char *path, const char *bytes, size_t count, struct error *err);

/* Change a file: `change` gets its content (NULL if there is no file) and appends the new
 * content to `out`; false leaves the file unchanged. No other file_update in that folder runs
 * at the same time, in any program. Missing parent folders are created. */
typedef bool file_change(void *context, const char *bytes, size_t count, struct buffer *out,
                         struct error *err);
bool file_update(const char *path, size_t limit, file_change *change, void *context,
                 struct error *err);

/* A write in pieces. Between file_begin and file_commit or file_discard the new content is in
 * `temporary`, open as `fd`. If the folder accepts no new file but the old file is writable,
 * the new content waits in a nameless temporary file and is copied at the commit. */
struct file_writer {
    char *target;    /* owned: the path, or the target of a symbolic link */
    char *temporary; /* owned; NULL if nameless */
    int fd;          /* -1 if none; closed by the commit */
    int target_fd;   /* the old file open for writing, if it is written in place; or -1 */
};

/* `mode`: FILE_PRIVATE or FILE_SHARED; it counts only for a new file. */
bool file_begin(struct file_writer *w, const char *path, mode_t mode, struct error *err);
bool file_commit(struct file_writer *w, struct error *err);
void file_discard(struct file_writer *w);

/* Lock the folder that contains `path`; -1 with *err if another program does not release the
 * lock. On a file system without locks, the descriptor holds none. */
int file_lock(const char *path, struct error *err);
void file_unlock(int fd);

#endif
