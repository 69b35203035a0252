/* One JSON object with its members in an array, read without a tree because a record holds
 * millions of small ones. Strings are decoded; objects and arrays remain text, for
 * json_parse. */
#ifndef SHILU_FORMATS_JSON_JSON_FLAT_H
#define SHILU_FORMATS_JSON_JSON_FLAT_H

#include <stdbool.h>
#include <stddef.h>

#include "formats/json/json_string.h"
#include "shilu/base/buffer.h"

struct json_field {
    const char *name;
    size_t name_bytes;
    const char *raw_name; /* as spelt in the text, without quotation marks */
    size_t raw_name_bytes;
    char type; /* 'o'bject, 'a'rray, 's'tring, 'n'umber, 'b'oolean, nul'l' as '0', or '?' */
    const char *string; /* for 's': decoded; borrowed from the text or from the scratch */
    size_t string_bytes;
    double number;   /* for 'n' */
    const char *raw; /* the value's text */
    size_t raw_bytes;
};

/* Zero-initialised is empty; may be reused. */
struct json_flat {
    struct json_field *fields; /* owned */
    size_t count;
    size_t capacity;
    size_t bytes;        /* bytes of text read; anything after a whole object is ignored */
    size_t error_byte;   /* position of the syntax error */
    const char *error;   /* what was expected there; NULL if the object is whole */
    size_t replaced;     /* NULs and lone surrogates replaced by U+FFFD */
    size_t raw_controls; /* control characters in strings, not escaped */
    size_t no_numbers;   /* NaN and Infinity, read as null */
    size_t duplicates;   /* members with a repeated name; the first one counts */
};

void json_flat_release(struct json_flat *flat);

/* Read an object. What precedes an error is in the fields, even a string that the end of the
 * text cuts off. `scratch` is cleared and holds decoded strings. */
bool json_flat_parse(struct json_flat *flat, const char *text, size_t bytes,
                     struct buffer *scratch);

const struct json_field *json_flat_get(const struct json_flat *flat, const char *name);

#endif
