/* minizip over bytes in memory. */
#include "formats/containers/zip_archive.h"

#include <minizip/unzip.h>
#include <stdint.h>
#include <stdlib.h>

#include "shilu/base/memory.h"

enum { PIECE_BYTES = 1 << 15, FLAG_ENCRYPTED = 1 };

struct zip_archive {
    struct span bytes;
    size_t at; /* minizip's position */
    struct source_limits limits;
    unzFile file;
};

/* ---------------------------------------------------------- memory as minizip's file */

static voidpf memory_open(voidpf opaque, const void *name, int mode)
{
    (void)name;
    (void)mode;
    return opaque;
}

static uLong memory_read(voidpf opaque, voidpf stream, void *into, uLong count)
{
    struct zip_archive *z = opaque;
    size_t left = z->bytes.length - z->at;

    (void)stream;
    if (count > left)
        count = (uLong)left;
    if (count > 0)
        memcpy(into, z->bytes.data + z->at, count);
    z->at += count;
    return count;
}

static uLong memory_write(voidpf opaque, voidpf stream, const void *from, uLong count)
{
    (void)opaque;
    (void)stream;
    (void)from;
    (void)count;
    return 0;
}

static ZPOS64_T memory_tell(voidpf opaque, voidpf stream)
{
    (void)stream;
    return ((struct zip_archive *)opaque)->at;
}

static long memory_seek(voidpf opaque, voidpf stream, ZPOS64_T offset, int origin)
{
    struct zip_archive *z = opaque;
    ZPOS64_T base = origin == ZLIB_FILEFUNC_SEEK_END   ? z->bytes.length
                    : origin == ZLIB_FILEFUNC_SEEK_CUR ? z->at
                                                       : 0;

    (void)stream;
    if (offset > z->bytes.length || base + offset > z->bytes.length)
        return -1;
    z->at = (size_t)(base + offset);
    return 0;
}

static int memory_close(voidpf opaque, voidpf stream)
{
    (void)opaque;
    (void)stream;
    return 0;
}

/* The limits of a part: lower than those of a whole compressed file, unless the user set
 * others. */
static struct source_limits limits_of_parts(struct source_limits limits)
{
    if (limits.bytes == SOURCE_DEFAULT_BYTES)
        limits.bytes = ZIP_PART_BYTES_MAX;
    return limits;
}

struct zip_archive *zip_archive_open(struct span bytes, struct source_limits limits,
                                     struct error *err)
{
    struct zip_archive *z = memory_zalloc(1, sizeof *z);
    zlib_filefunc64_def file = {
        .zopen64_file = memory_open,
        .zread_file = memory_read,
        .zwrite_file = memory_write,
        .ztell64_file = memory_tell,
        .zseek64_file = memory_seek,
        .zclose_file = memory_close,
        .zerror_file = memory_close,
        .opaque = z,
    };

    z->bytes = bytes;
    z->limits = limits_of_parts(limits);
    z->file = unzOpen2_64("", &file);
    if (z->file == NULL) {
        error_set(err, ERROR_SYNTAX,
                  "the archive has no directory at its end: the file is cut off or damaged");
        free(z);
        return NULL;
    }
    return z;
}

void zip_archive_close(struct zip_archive *z)
{
    if (z == NULL)
        return;
    unzClose(z->file);
    free(z);
}

bool zip_archive_has(struct zip_archive *z, const char *name)
{
    return unzLocateFile(z->file, name, 1) == UNZ_OK;
}

bool zip_archive_name(struct zip_archive *z, bool first, char name[ZIP_NAME_BYTES])
{
    unz_global_info64 archive;

    if (unzGetGlobalInfo64(z->file, &archive) != UNZ_OK || archive.number_entry > ZIP_PARTS_MAX)
        return false;
    if ((first ? unzGoToFirstFile(z->file) : unzGoToNextFile(z->file)) != UNZ_OK)
        return false;
    name[0] = name[ZIP_NAME_BYTES - 1] = '\0';
    return unzGetCurrentFileInfo64(z->file, NULL, name, ZIP_NAME_BYTES - 1, NULL, 0, NULL, 0) ==
           UNZ_OK;
}

/* ------------------------------------------------------------------------------ parts */

static bool fail_damaged(const char *name, struct error *err)
{
    return error_set(err, ERROR_SYNTAX, "the part '%.80s' of the archive is damaged", name);
}

static bool fail_large(const char *name, struct error *err)
{
    return error_set(err, ERROR_LIMIT,
                     "the part '%.80s' of the archive grows too large; --max-ratio and "
                     "--max-unpacked allow more",
                     name);
}

/* How much of a part is unpacked. minizip stops at the size that the directory states. If that
 * is beyond the ratio, the part is not what it seems, and only its beginning is read. */
static uint64_t limit_of(const struct zip_archive *z, const unz_file_info64 *info)
{
    bool is_bomb = info->uncompressed_size / z->limits.ratio > info->compressed_size;

    return is_bomb && z->limits.bytes > ZIP_RATIO_FREE_BYTES ? ZIP_RATIO_FREE_BYTES
                                                             : z->limits.bytes;
}

static bool open_part(struct zip_archive *z, const char *name, uint64_t *limit,
                      struct error *err)
{
    unz_file_info64 info;

    if (unzLocateFile(z->file, name, 1) != UNZ_OK)
        return error_set(err, ERROR_SYNTAX, "the archive has no part '%.80s'", name);
    if (unzGetCurrentFileInfo64(z->file, &info, NULL, 0, NULL, 0, NULL, 0) != UNZ_OK)
        return fail_damaged(name, err);
    if (info.flag & FLAG_ENCRYPTED)
        return error_set(err, ERROR_UNSUPPORTED, "the document is protected by a password");
    if (info.compression_method != 0 && info.compression_method != Z_DEFLATED)
        return error_set(err, ERROR_UNSUPPORTED,
                         "the part '%.80s' is compressed by a method that is not supported",
                         name);
    if (unzOpenCurrentFile(z->file) != UNZ_OK)
        return fail_damaged(name, err);
    *limit = limit_of(z, &info);
    return true;
}

static bool read_pieces(struct zip_archive *z, const char *name, uint64_t limit, zip_sink *sink,
                        void *context, struct error *err)
{
    char *piece = memory_alloc(PIECE_BYTES);
    uint64_t unpacked = 0;
    bool ok = true;

    while (ok) {
        int got = unzReadCurrentFile(z->file, piece, PIECE_BYTES);

        if (got < 0) {
            ok = fail_damaged(name, err);
            break;
        }
        unpacked += (uint64_t)got;
        if (unpacked > limit)
            ok = fail_large(name, err);
        else
            ok = sink(context, span_of(piece, (size_t)got), got == 0, err);
        if (got == 0)
            break;
    }
    free(piece);
    return ok;
}

bool zip_archive_read(struct zip_archive *z, const char *name, zip_sink *sink, void *context,
                      struct error *err)
{
    uint64_t limit = 0;
    bool ok;

    if (!open_part(z, name, &limit, err))
        return false;
    ok = read_pieces(z, name, limit, sink, context, err);
    if (unzCloseCurrentFile(z->file) == UNZ_CRCERROR && ok)
        ok = fail_damaged(name, err);
    return ok;
}
