/* Strict JSON: whether a text may be output unchanged where JSON is required. */
#ifndef SHILU_FORMATS_JSON_JSON_STRICT_H
#define SHILU_FORMATS_JSON_JSON_STRICT_H

#include <stdbool.h>
#include <stddef.h>

/* Whether the text is exactly one value according to RFC 8259, of limited depth. */
bool json_is_strict(const char *text, size_t bytes);

#endif
