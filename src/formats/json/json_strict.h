/* Strict JSON: whether a text may be written as it is where JSON is asked for. */
#ifndef SHILU_FORMATS_JSON_JSON_STRICT_H
#define SHILU_FORMATS_JSON_JSON_STRICT_H

#include <stdbool.h>
#include <stddef.h>

/* Whether the text is one value exactly as RFC 8259 has it, of bounded depth. */
bool json_is_strict(const char *text, size_t bytes);

#endif
