/* Shared by the files of text/decode. */
#ifndef SHILU_TEXT_DECODE_PRIVATE_H
#define SHILU_TEXT_DECODE_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shilu/base/buffer.h"
#include "shilu/base/span.h"

struct encoding {
    const char *name;       /* as users write it */
    const char *iconv_name; /* NULL for UTF-8, which needs no conversion */
    const char *otherwise;  /* for an iconv that does not know the first name, or NULL */
    unsigned unit_bytes;    /* of a code unit: 1, 2 or 4 */
};

/* By name, ignoring case and punctuation; NULL if unknown. */
const struct encoding *decode_encoding(const char *name, size_t bytes);

/* Append the valid part and replacements of some bytes, of which the first `valid` are known to
 * be UTF-8; returns the bytes taken, all but an incomplete sequence at the end, and all where
 * `last`. */
size_t decode_utf8(struct span bytes, size_t valid, bool last, struct buffer *out,
                   uint64_t *replaced);

/* UTF-16 and UTF-32, by byte order mark or by the positions of NULs; NULL if neither
 * decides. */
const struct encoding *decode_detect_start(const char *bytes, size_t count);
/* How many bytes of the start it needs. */
size_t decode_start_bytes(const char *bytes, size_t count);

/* By what follows the ASCII `head` of a file, which is not UTF-8; never NULL. */
const struct encoding *decode_detect(const char *head, size_t head_bytes, const char *bytes,
                                     size_t count);

/* Whether all is UTF-8, except an incomplete sequence at the end. *valid: the bytes of the
 * whole characters at the front that are. */
bool decode_is_utf8(struct span bytes, size_t *valid);

/* The number of its characters beyond ASCII, counting those of three and four bytes twice,
 * since they seldom occur by chance; and the number of ill-formed parts. */
void decode_count_utf8(const char *bytes, size_t count, size_t *good, size_t *bad);

#endif
