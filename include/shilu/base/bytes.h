/* Bytes, eight at a time: counts over long runs that every loaded byte passes through. */
#ifndef SHILU_BASE_BYTES_H
#define SHILU_BASE_BYTES_H

#include <stddef.h>

/* Bytes that are not UTF-8 continuation bytes: the code points of valid text. */
size_t bytes_count_characters(const char *s, size_t count);

/* The same without controls of ASCII and white space of any kind (White_Space of the Unicode
 * Character Database): what is counted as characters everywhere. */
size_t bytes_count_visible(const char *s, size_t count);

/* How many bytes at the front are none of '"', '\\' and those below 0x20. */
size_t bytes_plain_run(const char *s, size_t count);

/* How many bytes at the front are neither CR nor LF. */
size_t bytes_line_run(const char *s, size_t count);

/* How many bytes at the front are below 0x80. */
size_t bytes_ascii_run(const char *s, size_t count);

/* The first place of a sign of UTF-8, or NULL. Its last byte is looked for, which is rarer than
 * its first one in text of its own script. */
const char *bytes_find_sign(const char *s, size_t count, const char *sign);

#endif
