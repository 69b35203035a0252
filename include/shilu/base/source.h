/* Where bytes come from: a file, a pipe, a string, any of them compressed (gzip, Zstandard, xz;
 * known by its first bytes). One pull call, so that all of these and a growing record are one
 * case for all that reads them. */
#ifndef SHILU_BASE_SOURCE_H
#define SHILU_BASE_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "shilu/base/error.h"

struct source;

enum source_status {
    SOURCE_DATA, /* bytes were read */
    SOURCE_WAIT, /* none now; poll source_fd */
    SOURCE_END,
    SOURCE_ERROR
};

/* Open a path for reading. A directory, a missing and an unreadable file are errors that say
 * which they are. A FIFO is waited for until somebody writes to it. "-" is not special here. */
struct source *source_open_path(const char *path, struct error *err);

/* Read from a descriptor, which is closed with the source if `owned`. Its mode is not changed:
 * others may share it. */
struct source *source_open_fd(int fd, bool owned);

/* What a compressed file may unpack to: so many times its size, once that is more than
 * SOURCE_FREE_BYTES, and so many bytes. Beyond that it ends with ERROR_LIMIT. A member that is
 * 0 leaves the default. */
struct source_limits {
    uint64_t ratio;
    uint64_t bytes;
};
enum { SOURCE_DEFAULT_RATIO = 250, SOURCE_FREE_BYTES = 64 << 20 };
#define SOURCE_DEFAULT_BYTES (UINT64_C(4) << 30)
void source_limit(struct source *s, struct source_limits limits);
/* The limits that hold; the defaults for NULL. */
struct source_limits source_limits_of(const struct source *s);

/* Read from memory, which must outlive the source. */
struct source *source_open_memory(const char *bytes, size_t count);

void source_close(struct source *s);

/* Read up to `room` bytes into `into`; *got is their number, above 0 for SOURCE_DATA. */
enum source_status source_read(struct source *s, char *into, size_t capacity, size_t *got,
                               struct error *err);

/* Known once something has been read. */
bool source_is_compressed(const struct source *s);

/* The descriptor to poll after SOURCE_WAIT; -1 where there is none. */
int source_fd(const struct source *s);

/* Bytes of the whole, or -1 where it cannot be known (a pipe); and how many of those have
 * been read. Both count what is on disk (compressed), so that their ratio is the progress. */
int64_t source_total_bytes(const struct source *s);
int64_t source_read_bytes(const struct source *s);

#endif
