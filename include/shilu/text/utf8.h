/* UTF-8: the only encoding inside the program. Bytes that are not UTF-8 are repaired on input
 * (text/decode), so all text after that is valid. */
#ifndef SHILU_TEXT_UTF8_H
#define SHILU_TEXT_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { UTF8_MAX_BYTES = 4 };
#define UTF8_REPLACEMENT 0xFFFDu

/* Decode the code point at the start of `s` (bytes > 0); *cp is U+FFFD for an invalid byte.
 * Returns the bytes consumed, at least 1. */
size_t utf8_decode(const char *s, size_t bytes, uint32_t *cp);

/* Encode into `out` (UTF8_MAX_BYTES); returns the bytes written. Surrogates and code points
 * above U+10FFFF become U+FFFD. */
size_t utf8_encode(uint32_t cp, char *out);

/* Whether a byte of valid text is a continuation byte. */
static inline bool utf8_is_continuation(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* The length of the longest valid prefix. */
size_t utf8_valid_prefix(const char *s, size_t bytes);

/* Number of code points in valid text. */
size_t utf8_count(const char *s, size_t bytes);

/* The last code point boundary at or before `at`. */
size_t utf8_floor(const char *s, size_t bytes, size_t at);

#endif
