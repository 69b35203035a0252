/* What may stand before JSON in a file: comments, and the script that takes the value up. */
#ifndef SHILU_FORMATS_JSON_JSON_PREAMBLE_H
#define SHILU_FORMATS_JSON_JSON_PREAMBLE_H

#include "shilu/base/span.h"

/* The bytes before the bracket that opens the value, with blanks, comments as in C, and one
 * "var x =", "export default", "module.exports =", "callback(" or "```json". 0 if something
 * else is there, or no bracket yet. */
size_t json_preamble_bytes(struct span text);

#endif
