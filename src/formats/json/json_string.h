/* The inside of a JSON string. */
#ifndef SHILU_FORMATS_JSON_JSON_STRING_H
#define SHILU_FORMATS_JSON_JSON_STRING_H

#include <stdbool.h>
#include <stddef.h>

#include "shilu/base/buffer.h"

/* What was repaired in strings. */
struct json_string_repairs {
    size_t replaced;    /* NULs and halves of surrogate pairs that became U+FFFD */
    size_t bad_escapes; /* backslashes that escape nothing and are kept */
};

/* Decode a string's text, with its quotation marks, to the end of `out`. Returns the bytes of
 * text used; *closed: the closing mark was there; repairs are added up. */
size_t json_string_decode(const char *text, size_t bytes, struct buffer *out, bool *closed,
                          struct json_string_repairs *repairs);

#endif
