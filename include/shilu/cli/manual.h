/* Manual: the pages that are compiled in, whole or by topic: what `shilu help` shows. */
#ifndef SHILU_CLI_MANUAL_H
#define SHILU_CLI_MANUAL_H

#include <stdbool.h>
#include <stdio.h>

#include "shilu/base/buffer.h"
#include "shilu/base/error.h"

/* Append what the manual says of a topic: a page ("shilu", "config", "formats", or as
 * "shilu.5"), a command, an option ("--speaker"), or a section by its heading ("keys"). NULL is
 * the first page. Bold and underlined letters are struck over as a typewriter does it, as less
 * shows them. False for a topic that the manual does not have. */
bool manual_append(struct buffer *out, const char *topic, struct error *err);

/* What stands for letters that are struck over. */
enum manual_style {
    MANUAL_PLAIN,
    MANUAL_ANSI /* SGR sequences of ECMA-48 */
};

/* Print text of manual_append. */
void manual_print(FILE *out, const char *text, enum manual_style style);

#endif
