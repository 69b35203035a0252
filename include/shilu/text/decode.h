/* Decode: turns a stream of bytes in some encoding into valid UTF-8. Invalid bytes become
 * U+FFFD, one for each maximal ill-formed part (the practice recommended by the Unicode
 * Standard, section 3.9), and are counted. NUL is kept: readers decide. */
#ifndef SHILU_TEXT_DECODE_H
#define SHILU_TEXT_DECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shilu/base/buffer.h"

struct decoder;

/* `encoding` is a name accepted by `--encoding` ("utf-8", "gb18030", "big5", "shift_jis",
 * "euc-jp", "euc-kr", "utf-16", "windows-1252" …; case and punctuation are ignored), or NULL to
 * detect it: by a byte order mark, else UTF-8 if the text is well-formed, else by
 * statistics. */
struct decoder *decoder_new(const char *encoding, struct error *err);
void decoder_free(struct decoder *d);

/* Append the UTF-8 of `count` more bytes to `out`; `last` means that none follow, which flushes
 * an incomplete sequence. Some bytes may be held back until the next call. */
void decoder_feed(struct decoder *d, const char *bytes, size_t count, bool last,
                  struct buffer *out);

/* The name of the detected encoding, "us-ascii" as long as all bytes are ASCII; and the number
 * of sequences replaced so far. */
const char *decoder_encoding(const struct decoder *d);
uint64_t decoder_replaced(const struct decoder *d);

/* Whether the bytes are text in 16-bit or 32-bit units: by a byte order mark, or by the
 * positions of NULs. */
bool decode_has_wide_units(const char *bytes, size_t count);

/* The names accepted by decoder_new, NULL-terminated, for --help and completions. */
const char *const *decoder_names(void);

#endif
