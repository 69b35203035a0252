/* Watch: whether a file has grown, or is another file by now. With inotify, a descriptor
 * reports changes at once, and a regular check finds what inotify does not report (network file
 * systems, a changed link); elsewhere the check runs more often. It reads only a few bytes, to
 * compare. */
#ifndef SHILU_BASE_WATCH_H
#define SHILU_BASE_WATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "shilu/base/error.h"

struct watch;

enum watch_change {
    WATCH_SAME,
    WATCH_GROWN,     /* at its end; everything read so far is unchanged */
    WATCH_CUT,       /* shorter than what was read */
    WATCH_REWRITTEN, /* as long or longer, but with other bytes */
    WATCH_REPLACED,  /* another file is at the path */
    WATCH_REMOVED    /* no file is at the path */
};

/* Watch the regular file open as `fd`, found at `path` (borrowed), or NULL if it has no path:
 * then only its own bytes are checked. Fails for anything but a regular file. */
struct watch *watch_new(const char *path, int fd, struct error *err);
void watch_free(struct watch *w);

/* The descriptor to poll, or -1; and the longest time until the next check. */
int watch_fd(const struct watch *w);
int watch_interval_ms(const struct watch *w);

/* Remember the last of the first `read_bytes` bytes; call it right after reading them. */
void watch_learn(struct watch *w, int64_t read_bytes);

/* The state of the file, of which `read_bytes` bytes were read. A file that was removed and
 * came back counts as replaced. watch_bytes: its size at the last check. */
enum watch_change watch_look(struct watch *w, int64_t read_bytes);
int64_t watch_bytes(const struct watch *w);

/* Whether somebody may be writing to it: it changed within the last seconds. */
bool watch_is_being_written(const struct watch *w);

/* Whether a line ends at this byte, which was appended to a line without an end. */
bool watch_line_ends_at(const struct watch *w, int64_t byte);

#endif
