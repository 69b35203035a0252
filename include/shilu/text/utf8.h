/* UTF-8: the only encoding inside the program. Bytes that are not UTF-8 are repaired on input
 * (text/decode), so all text after that is valid. */
#ifndef SHILU_TEXT_UTF8_H
#define SHILU_TEXT_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { UTF8_MAX_BYTES = 4 };
#define UTF8_REPLACEMENT 0xFFFDu

/* Whether a byte of valid text is a continuation byte. */
static inline bool utf8_is_continuation(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* The two below for what is not ASCII. */
size_t utf8_decode_beyond_ascii(const char *s, size_t bytes, uint32_t *cp);
size_t utf8_encode_beyond_ascii(uint32_t cp, char *out);

/* Decode the code point at the start of `s` (bytes > 0); *cp is U+FFFD for an invalid byte.
 * Returns the bytes consumed, at least 1. */
static inline size_t utf8_decode(const char *s, size_t bytes, uint32_t *cp)
{
    if ((*s & 0x80) != 0)
        return utf8_decode_beyond_ascii(s, bytes, cp);
    *cp = (unsigned char)*s;
    return 1;
}

/* Encode into `out` (UTF8_MAX_BYTES); returns the bytes written. Surrogates and code points
 * above U+10FFFF become U+FFFD. */
static inline size_t utf8_encode(uint32_t cp, char *out)
{
    if (cp >= 0x80)
        return utf8_encode_beyond_ascii(cp, out);
    *out = (char)cp;
    return 1;
}

/* The length of the longest valid prefix. */
size_t utf8_valid_prefix(const char *s, size_t bytes);

/* Number of code points in valid text. */
size_t utf8_count(const char *s, size_t bytes);

/* The last code point boundary at or before `at`. */
static inline size_t utf8_floor(const char *s, size_t bytes, size_t at)
{
    if (at >= bytes)
        return bytes;
    while (at > 0 && utf8_is_continuation(s[at]))
        at--;
    return at;
}

#endif
