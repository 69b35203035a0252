/* JSON text, written piece by piece. */
#ifndef SHILU_FORMATS_JSON_JSON_WRITE_H
#define SHILU_FORMATS_JSON_JSON_WRITE_H

#include <stddef.h>
#include <stdio.h>

/* A string with its quotation marks. UTF-8 stays as it is; control characters and what RFC 8259
 * requires are escaped, and so are DEL, C1 and bidirectional controls, so that the text can be
 * shown anywhere. */
void json_write_string(FILE *out, const char *s, size_t bytes);

/* Valid JSON unchanged but on one line, with the same characters escaped: those can only be in
 * strings, and line ends only between values. */
void json_write_raw(FILE *out, const char *json, size_t bytes);

/* Seconds from milliseconds, without trailing zeros. */
void json_write_seconds(FILE *out, long long ms);

#endif
