/* The inside of a JSON string. */
#ifndef SHILU_FORMATS_JSON_JSON_STRING_H
#define SHILU_FORMATS_JSON_JSON_STRING_H

#include <stdbool.h>
#include <stddef.h>

#include "shilu/base/buffer.h"

/* What was repaired in strings. */
struct json_string_repairs {
    size_t replaced;    /* NULs and lone surrogates replaced by U+FFFD */
    size_t bad_escapes; /* backslashes without a valid escape, which are kept */
};

/* Decode a string's text, including its quotation marks, to the end of `out`. Returns the bytes
 * consumed. *closed: whether the closing mark was there. Repairs are added to the counts. */
size_t json_string_decode(const char *text, size_t bytes, struct buffer *out, bool *closed,
                          struct json_string_repairs *repairs);

#endif
