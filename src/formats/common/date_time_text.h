/* Times as official records print them, at the start or the end of a line. */
#ifndef SHILU_FORMATS_COMMON_DATE_TIME_TEXT_H
#define SHILU_FORMATS_COMMON_DATE_TIME_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A date and time at the end of the text, with or without a space before it: "2020-03-09
 * 10:01:29", "2020/3/9 10:01", "2020年3月9日 10:01". *bytes_before is where it starts, not
 * counting white space before it. */
bool date_time_text_at_end(const char *text, size_t bytes, int64_t *ms, size_t *bytes_before);

/* The same at the start; *used includes the white space after it. */
bool date_time_text_at_start(const char *text, size_t bytes, int64_t *ms, size_t *used);

/* A date alone at the start. */
bool date_time_text_date_at_start(const char *text, size_t bytes, int64_t *ms, size_t *used);

/* Length in bytes of white space at the start: ASCII, U+00A0, U+3000, U+FEFF. */
size_t date_time_text_space_bytes(const char *text, size_t bytes);
/* Length in bytes of the text without white space at its end. */
size_t date_time_text_trimmed_bytes(const char *text, size_t bytes);

#endif
