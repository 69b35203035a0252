/* Bytes: counting and searching long runs, eight bytes at a time, for code that every loaded
 * byte passes through. */
#ifndef SHILU_BASE_BYTES_H
#define SHILU_BASE_BYTES_H

#include <stddef.h>

/* Number of bytes that are not UTF-8 continuation bytes: the code points of valid text. */
size_t bytes_count_characters(const char *s, size_t count);

/* The same, excluding ASCII controls and all white space (White_Space in the Unicode Character
 * Database). This is the count of characters used everywhere. */
size_t bytes_count_visible(const char *s, size_t count);

/* Bytes from 0x80 on. */
size_t bytes_count_above_ascii(const char *s, size_t count);

/* Characters of valid text from U+3000 to U+D7FF and beyond U+FFFF: approximately the wide
 * ones. */
size_t bytes_count_wide(const char *s, size_t count);

/* Columns of valid text, near enough for comparing lengths: two for characters from U+1000 on,
 * but one from U+2000 to U+20FF, and for all others. */
size_t bytes_count_columns(const char *s, size_t count);

/* The length of the initial run without '"', '\\' and bytes below 0x20. */
size_t bytes_plain_run(const char *s, size_t count);

/* The length of the initial run without bytes below 0x20. */
size_t bytes_run_before_control(const char *s, size_t count);

/* The length of the initial run without CR and LF. */
size_t bytes_line_run(const char *s, size_t count);

/* The length of the run at the front without signs of ASCII, except those that prose is full
 * of: , . ' " ! ? */
size_t bytes_run_before_sign(const char *s, size_t count);

/* The length of the initial run without a character that may end a question: ? ？ ؟ ⁇, and か,
 * う, 까, 요. */
size_t bytes_run_before_asking(const char *s, size_t count);

/* The length of the initial run without ASCII digits. */
size_t bytes_run_before_digit(const char *s, size_t count);

/* The length of the initial run of bytes below 0x80. */
size_t bytes_ascii_run(const char *s, size_t count);

/* The first occurrence of a UTF-8 character, or NULL. Searches for its last byte, which is
 * rarer than its first one in text of its own script. */
const char *bytes_find_sign(const char *s, size_t count, const char *sign);

/* The first occurrence of a non-empty string, or NULL. Faster than memmem for short strings. */
const char *bytes_find(const char *s, size_t count, const char *needle);

#endif
