/* Watch: a file that grows: has anything been appended since, or is it another file by now?
 *
 * Where the system has inotify a descriptor shows a change at once, and a look now and then
 * finds what that does not tell of (a file system on the network, a link that was changed);
 * elsewhere the look is more often. Nothing is read but a few bytes to compare. */
#ifndef SHILU_BASE_WATCH_H
#define SHILU_BASE_WATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "shilu/base/error.h"

struct watch;

enum watch_change {
    WATCH_SAME,
    WATCH_GROWN,     /* at its end; all that was read is as it was */
    WATCH_CUT,       /* shorter than what was read */
    WATCH_REWRITTEN, /* as long or longer, but with other bytes */
    WATCH_REPLACED,  /* another file stands at the path */
    WATCH_REMOVED    /* no file stands at the path */
};

/* Watch the regular file that `fd` is open on, and that was found at `path` (borrowed), or NULL
 * where it has none: then only its own bytes are looked at. An error for what is no such file.
 */
struct watch *watch_new(const char *path, int fd, struct error *err);
void watch_free(struct watch *w);

/* The descriptor to poll, -1: none; and how long at most until the next look. */
int watch_fd(const struct watch *w);
int watch_interval_ms(const struct watch *w);

/* Take the last of the `read_bytes` for what is known: to be called when they were just read.
 */
void watch_learn(struct watch *w, int64_t read_bytes);

/* What has become of the file, of which `read_bytes` were read. A file that was removed may
 * come back: then it was replaced. watch_bytes: its size when it was looked at last. */
enum watch_change watch_look(struct watch *w, int64_t read_bytes);
int64_t watch_bytes(const struct watch *w);

/* Whether somebody may be writing it just now: it has changed in the last seconds. */
bool watch_is_being_written(const struct watch *w);

/* Whether a line ends at this byte of the file, which was appended after a line without an end.
 */
bool watch_line_ends_at(const struct watch *w, int64_t byte);

#endif
