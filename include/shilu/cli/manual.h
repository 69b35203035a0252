/* Manual: the compiled-in pages, whole or by topic, for `shilu help`. */
#ifndef SHILU_CLI_MANUAL_H
#define SHILU_CLI_MANUAL_H

#include <stdbool.h>
#include <stdio.h>

#include "shilu/base/buffer.h"
#include "shilu/base/error.h"

/* Append what the manual says about a topic: a page ("shilu", "config", "formats", or
 * "shilu.5"), a command, an option ("--speaker"), or a section by its heading ("keys"). NULL is
 * the first page. Bold and underlined letters are overstruck, as less expects them. False if
 * the manual does not have the topic. */
bool manual_append(struct buffer *out, const char *topic, struct error *err);

/* What replaces overstruck letters. */
enum manual_style {
    MANUAL_PLAIN,
    MANUAL_ANSI /* SGR sequences of ECMA-48 */
};

/* Print the text of manual_append. */
void manual_print(FILE *out, const char *text, enum manual_style style);

#endif
