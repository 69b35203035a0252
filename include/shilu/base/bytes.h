/* Bytes: counts over long runs, eight bytes at a time, for what every loaded byte passes
 * through. */
#ifndef SHILU_BASE_BYTES_H
#define SHILU_BASE_BYTES_H

#include <stddef.h>

/* Bytes that are not UTF-8 continuation bytes: the code points of valid text. */
size_t bytes_count_characters(const char *s, size_t count);

/* The same without ASCII controls and white space of any kind (White_Space of the Unicode
 * Character Database): the count of characters used everywhere. */
size_t bytes_count_visible(const char *s, size_t count);

/* Bytes from 0x80 on. */
size_t bytes_count_above_ascii(const char *s, size_t count);

/* Characters of valid text from U+3000 to U+D7FF and beyond U+FFFF: near enough, those that are
 * wide. */
size_t bytes_count_wide(const char *s, size_t count);

/* Columns of valid text, near enough for comparing lengths: two for characters from U+1000 on,
 * but one from U+2000 to U+20FF, and for all others. */
size_t bytes_count_columns(const char *s, size_t count);

/* The length of the run at the front without '"', '\\' and bytes below 0x20. */
size_t bytes_plain_run(const char *s, size_t count);

/* The length of the run at the front without bytes below 0x20. */
size_t bytes_run_before_control(const char *s, size_t count);

/* The length of the run at the front without CR and LF. */
size_t bytes_line_run(const char *s, size_t count);

/* The length of the run at the front without signs of ASCII, except those that prose is full
 * of: , . ' " ! ? */
size_t bytes_run_before_sign(const char *s, size_t count);

/* The length of the run at the front of bytes that are no ASCII digits. */
size_t bytes_run_before_digit(const char *s, size_t count);

/* The length of the run at the front of bytes below 0x80. */
size_t bytes_ascii_run(const char *s, size_t count);

/* The first occurrence of a UTF-8 character, or NULL. Searches for its last byte, which is
 * rarer than its first one in text of its own script. */
const char *bytes_find_sign(const char *s, size_t count, const char *sign);

/* The first occurrence of a string that is not empty, or NULL. Faster than memmem where it is
 * short. */
const char *bytes_find(const char *s, size_t count, const char *needle);

#endif
