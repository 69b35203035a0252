/* Decompress. One row per format: its magic bytes and its library's stream, behind one call. */
#include "shilu/base/decompress.h"

#include <lzma.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "shilu/base/memory.h"

/* More than any level of xz needs; a hostile file cannot ask for all memory. */
#define XZ_MEMORY_MAX (UINT64_C(256) << 20)
enum { ZSTD_WINDOW_LOG = 27 };

struct decompress {
    enum decompress_magic kind;
    bool damaged;
    bool between; /* a whole compressed file was read, and no other has begun */
    z_stream gzip;
    ZSTD_DStream *zstd;
    lzma_stream xz;
};

enum outcome { GOES_ON, FILE_ENDS, DAMAGED };

static const struct {
    enum decompress_magic kind;
    const char *name;
    const char *magic;
    size_t magic_bytes;
} formats[] = {
    {DECOMPRESS_GZIP, "gzip", "\x1F\x8B", 2},
    {DECOMPRESS_ZSTD, "Zstandard", "\x28\xB5\x2F\xFD", 4},
    {DECOMPRESS_XZ, "xz",
     "\xFD"
     "7zXZ",
     6},
};

enum decompress_magic decompress_magic(const char *head, size_t bytes, bool whole)
{
    bool may_be = false;

    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        size_t have = bytes < formats[i].magic_bytes ? bytes : formats[i].magic_bytes;

        if (memcmp(head, formats[i].magic, have) != 0)
            continue;
        if (have == formats[i].magic_bytes || (whole && have >= 2))
            return formats[i].kind;
        may_be = true;
    }
    return may_be && !whole ? DECOMPRESS_UNKNOWN : DECOMPRESS_PLAIN;
}

static const char *name_of(enum decompress_magic kind)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (formats[i].kind == kind)
            return formats[i].name;
    return "";
}

struct decompress *decompress_new(enum decompress_magic kind)
{
    struct decompress *d = memory_zalloc(1, sizeof *d);
    bool ok = true;

    d->kind = kind;
    d->between = true;
    d->xz = (lzma_stream)LZMA_STREAM_INIT;
    if (kind == DECOMPRESS_GZIP) {
        ok = inflateInit2(&d->gzip, MAX_WBITS + 16) == Z_OK;
    } else if (kind == DECOMPRESS_ZSTD) {
        d->zstd = ZSTD_createDStream();
        ok = d->zstd != NULL;
        if (ok)
            ZSTD_DCtx_setParameter(d->zstd, ZSTD_d_windowLogMax, ZSTD_WINDOW_LOG);
    } else {
        ok = lzma_stream_decoder(&d->xz, XZ_MEMORY_MAX, LZMA_CONCATENATED) == LZMA_OK;
    }
    if (!ok)
        memory_exhausted(0);
    return d;
}

void decompress_free(struct decompress *d)
{
    if (d == NULL)
        return;
    if (d->kind == DECOMPRESS_GZIP)
        inflateEnd(&d->gzip);
    ZSTD_freeDStream(d->zstd);
    lzma_end(&d->xz);
    free(d);
}

/* As in gzip: zeros after a compressed file are padding, anything else is ignored as not
 * gzip. */
static bool starts_gzip(const char *bytes, size_t count)
{
    return count == 0 || (unsigned char)*bytes == 0x1F;
}

static enum outcome run_gzip(struct decompress *d, const char **bytes, size_t *count,
                             char *into, size_t capacity, size_t *made)
{
    unsigned in = *count > UINT32_MAX ? UINT32_MAX : (unsigned)*count;
    unsigned out = capacity > UINT32_MAX ? UINT32_MAX : (unsigned)capacity;
    int status;

    if (d->between && !starts_gzip(*bytes, *count)) {
        *bytes += *count;
        *count = 0;
        return FILE_ENDS;
    }
    d->gzip.next_in = (Bytef *)(uintptr_t)*bytes;
    d->gzip.avail_in = in;
    d->gzip.next_out = (Bytef *)into;
    d->gzip.avail_out = out;
    status = inflate(&d->gzip, Z_NO_FLUSH);
    *bytes += in - d->gzip.avail_in;
    *count -= in - d->gzip.avail_in;
    *made = out - d->gzip.avail_out;
    if (status == Z_STREAM_END) {
        inflateReset(&d->gzip);
        return FILE_ENDS;
    }
    return status == Z_OK || status == Z_BUF_ERROR ? GOES_ON : DAMAGED;
}

static enum outcome run_zstd(struct decompress *d, const char **bytes, size_t *count,
                             char *into, size_t capacity, size_t *made)
{
    ZSTD_inBuffer in = {*bytes, *count, 0};
    ZSTD_outBuffer out = {into, capacity, 0};
    size_t status = ZSTD_decompressStream(d->zstd, &out, &in);

    *bytes += in.pos;
    *count -= in.pos;
    *made = out.pos;
    if (ZSTD_isError(status))
        return DAMAGED;
    return status == 0 ? FILE_ENDS : GOES_ON;
}

static enum outcome run_xz(struct decompress *d, const char **bytes, size_t *count, bool ended,
                           char *into, size_t capacity, size_t *made)
{
    lzma_ret status;

    d->xz.next_in = (const uint8_t *)*bytes;
    d->xz.avail_in = *count;
    d->xz.next_out = (uint8_t *)into;
    d->xz.avail_out = capacity;
    status = lzma_code(&d->xz, ended ? LZMA_FINISH : LZMA_RUN);
    *bytes += *count - d->xz.avail_in;
    *count = d->xz.avail_in;
    *made = capacity - d->xz.avail_out;
    if (status == LZMA_STREAM_END)
        return FILE_ENDS;
    return status == LZMA_OK || status == LZMA_BUF_ERROR ? GOES_ON : DAMAGED;
}

bool decompress_run(struct decompress *d, const char **bytes, size_t *count, bool ended,
                    char *into, size_t capacity, size_t *made, struct error *err)
{
    size_t before = *count;
    enum outcome outcome;

    *made = 0;
    if (*count == 0 && d->between)
        return true;
    if (d->damaged)
        outcome = DAMAGED;
    else if (d->kind == DECOMPRESS_GZIP)
        outcome = run_gzip(d, bytes, count, into, capacity, made);
    else if (d->kind == DECOMPRESS_ZSTD)
        outcome = run_zstd(d, bytes, count, into, capacity, made);
    else
        outcome = run_xz(d, bytes, count, ended, into, capacity, made);
    d->damaged = outcome == DAMAGED;
    if (d->damaged)
        return error_set(err, ERROR_SYNTAX, "the %s data is damaged", name_of(d->kind));
    if (outcome == FILE_ENDS || *count < before || *made > 0)
        d->between = outcome == FILE_ENDS;
    if (ended && *count == 0 && *made == 0 && !d->between)
        return error_set(err, ERROR_SYNTAX, "the %s data is cut off", name_of(d->kind));
    return true;
}
