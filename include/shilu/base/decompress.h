/* Decompress: gzip, Zstandard and xz, known by the first bytes and read as they come.
 * Sources: RFC 1952 (gzip), RFC 8878 (Zstandard), the .xz file format 1.2.1. */
#ifndef SHILU_BASE_DECOMPRESS_H
#define SHILU_BASE_DECOMPRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "shilu/base/error.h"

struct decompress;

enum { DECOMPRESS_MAGIC_BYTES = 6 };

enum decompress_magic {
    DECOMPRESS_PLAIN,   /* no compressed file starts so */
    DECOMPRESS_UNKNOWN, /* too few bytes to tell */
    DECOMPRESS_GZIP,
    DECOMPRESS_ZSTD,
    DECOMPRESS_XZ
};

/* What the first bytes of a file say; DECOMPRESS_MAGIC_BYTES are always enough. */
enum decompress_magic decompress_magic(const char *head, size_t bytes);

/* For one of the last three. */
struct decompress *decompress_new(enum decompress_magic kind);
void decompress_free(struct decompress *d);

/* Take some of `*count` bytes at `*bytes`, moving both on, and make up to `room` bytes in
 * `into`; *made is their number. `ended`: no more will come. Call again until it takes and
 * makes nothing. One compressed file after another reads as one. False: damaged, or ended too
 * early; what was made before, and in this call, is good. */
bool decompress_run(struct decompress *d, const char **bytes, size_t *count, bool ended,
                    char *into, size_t capacity, size_t *made, struct error *err);

#endif
