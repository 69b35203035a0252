/* Source: where bytes come from: a file, a pipe or a string, possibly compressed (gzip,
 * Zstandard, xz; recognised by the first bytes). One pull call, so that all of these and a
 * growing record look alike to every reader. */
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

/* Open a path for reading. A directory, a missing file and an unreadable file give distinct
 * errors. Opening a FIFO waits for a writer. "-" is not special here. */
struct source *source_open_path(const char *path, struct error *err);

/* Read from a descriptor, which is closed with the source if `owned`. Its mode is not changed,
 * because other processes may share it. */
struct source *source_open_fd(int fd, bool owned);

/* How much a compressed file may unpack to: this many times its size, once beyond
 * SOURCE_FREE_BYTES, and this many bytes. Beyond that it ends with ERROR_LIMIT. A member that
 * is 0 keeps the default. */
struct source_limits {
    uint64_t ratio;
    uint64_t bytes;
};
enum { SOURCE_DEFAULT_RATIO = 250, SOURCE_FREE_BYTES = 64 << 20 };
#define SOURCE_DEFAULT_BYTES (UINT64_C(4) << 30)
void source_limit(struct source *s, struct source_limits limits);
/* The limits in force; the defaults for NULL. */
struct source_limits source_limits_of(const struct source *s);

/* Read from memory, which must outlive the source. */
struct source *source_open_memory(const char *bytes, size_t count);

void source_close(struct source *s);

/* Read up to `capacity` bytes into `into`; *got is their number, more than 0 for
 * SOURCE_DATA. */
enum source_status source_read(struct source *s, char *into, size_t capacity, size_t *got,
                               struct error *err);

/* Known once something was read. */
bool source_is_compressed(const struct source *s);

/* The descriptor to poll after SOURCE_WAIT, or -1. */
int source_fd(const struct source *s);

/* The total size in bytes, or -1 if unknown (a pipe); and how many have been read. Both count
 * bytes on disk (compressed), so that their ratio is the progress. */
int64_t source_total_bytes(const struct source *s);
int64_t source_read_bytes(const struct source *s);

#endif
