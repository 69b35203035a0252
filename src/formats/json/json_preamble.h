/* What may precede JSON in a file: comments, and the script that uses the value. */
#ifndef SHILU_FORMATS_JSON_JSON_PREAMBLE_H
#define SHILU_FORMATS_JSON_JSON_PREAMBLE_H

#include "shilu/base/span.h"

/* The length of what precedes the value's opening bracket: blanks, comments as in C, and one of
 * "var x =", "export default", "module.exports =", "callback(" or "```json". 0 if there is
 * anything else, or no bracket yet. */
size_t json_preamble_bytes(struct span text);

#endif
