/* Decompress: gzip, Zstandard and xz, recognised by their first bytes and decoded as a stream.
 * Sources: RFC 1952 (gzip), RFC 8878 (Zstandard), the .xz file format 1.2.1. */
#ifndef SHILU_BASE_DECOMPRESS_H
#define SHILU_BASE_DECOMPRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "shilu/base/error.h"

struct decompress;

enum { DECOMPRESS_MAGIC_BYTES = 6 };

enum decompress_magic {
    DECOMPRESS_PLAIN,   /* not a compressed file */
    DECOMPRESS_UNKNOWN, /* too few bytes to decide */
    DECOMPRESS_GZIP,
    DECOMPRESS_ZSTD,
    DECOMPRESS_XZ
};

/* The kind of file that the first bytes indicate; DECOMPRESS_MAGIC_BYTES always suffice.
 * `whole`: the file has no more bytes. Two bytes of a longer magic are then a compressed file
 * cut off. */
enum decompress_magic decompress_magic(const char *head, size_t bytes, bool whole);

/* `kind` is one of the last three. */
struct decompress *decompress_new(enum decompress_magic kind);
void decompress_free(struct decompress *d);

/* Consume some of `*count` bytes at `*bytes`, advancing both, and write up to `room` bytes to
 * `into`; *made is their number. `ended`: no more input will come. Call again until it consumes
 * and writes nothing. Concatenated compressed files are read as one. False if the data are
 * damaged or end too early; the output up to there, including that of this call, is valid. */
bool decompress_run(struct decompress *d, const char **bytes, size_t *count, bool ended,
                    char *into, size_t capacity, size_t *made, struct error *err);

#endif
