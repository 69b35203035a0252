/* Which encoding a run of bytes is in. Private to text/decode. */
#ifndef SHILU_TEXT_DECODE_DETECT_H
#define SHILU_TEXT_DECODE_DETECT_H

#include <stdbool.h>
#include <stddef.h>

/* The name of an encoding that decoder_new takes. *mark_bytes: the byte order mark to skip.
 * `whole`: nothing follows, so a sequence cut at the end is an error of its own. */
const char *decode_detect(const char *bytes, size_t count, bool whole, size_t *mark_bytes);

/* The same by the byte order mark alone; NULL where there is none. */
const char *decode_detect_mark(const char *bytes, size_t count, size_t *mark_bytes);

#endif
