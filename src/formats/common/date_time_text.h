/* Moments as official records print them, at the front or the end of a line. */
#ifndef SHILU_FORMATS_COMMON_DATE_TIME_TEXT_H
#define SHILU_FORMATS_COMMON_DATE_TIME_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A date and time that ends the text, with or without a space before it: "2020-03-09
 * 10:01:29", "2020/3/9 10:01", "2020年3月9日 10:01". *bytes_before is where it starts, less
 * the white space before it. */
bool date_time_text_at_end(const char *text, size_t bytes, int64_t *ms, size_t *bytes_before);

/* The same at the front; *used includes the white space after it. */
bool date_time_text_at_start(const char *text, size_t bytes, int64_t *ms, size_t *used);

/* A date alone at the front. */
bool date_time_text_date_at_start(const char *text, size_t bytes, int64_t *ms, size_t *used);

/* White space at the front, in bytes: ASCII, U+00A0, U+3000, U+FEFF. */
size_t date_time_text_space_bytes(const char *text, size_t bytes);
/* The text without the white space at its end, in bytes. */
size_t date_time_text_trimmed_bytes(const char *text, size_t bytes);

#endif
