/* The parts of a zip archive in memory, for document formats based on zip.
 *
 * Standard: ISO/IEC 21320-1 (document containers): stored and deflated parts, not encrypted.
 * Parts are given piece by piece, so a size stated in the archive is never allocated. */
#ifndef SHILU_FORMATS_ZIP_ARCHIVE_H
#define SHILU_FORMATS_ZIP_ARCHIVE_H

#include "shilu/base/error.h"
#include "shilu/base/source.h"
#include "shilu/base/span.h"

enum {
    ZIP_PART_BYTES_MAX =
        256 << 20, /* of one unpacked part, unless the user sets another limit */
    ZIP_RATIO_FREE_BYTES = 16 << 20, /* a part up to this size may have any compression ratio */
    ZIP_PARTS_MAX = 65536,
    ZIP_NAME_BYTES = 256
};

struct zip_archive;

/* The bytes must outlive the archive. NULL if they are not a complete zip archive. The limits
 * are those of compressed files. */
struct zip_archive *zip_archive_open(struct span bytes, struct source_limits limits,
                                     struct error *err);
void zip_archive_close(struct zip_archive *z);

bool zip_archive_has(struct zip_archive *z, const char *name);

/* Iterate over the names of the parts: the first one if `first`, else the next; false at the
 * end. */
bool zip_archive_name(struct zip_archive *z, bool first, char name[ZIP_NAME_BYTES]);

/* Pass a part to `sink` piece by piece until that returns false. Fails if the part is missing,
 * damaged, encrypted or too large, or if the sink failed. */
typedef bool zip_sink(void *context, struct span piece, bool last, struct error *err);
bool zip_archive_read(struct zip_archive *z, const char *name, zip_sink *sink, void *context,
                      struct error *err);

#endif
