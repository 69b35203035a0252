/* List option: what --list prints: the rows of the program's own tables, one per line. */
#ifndef SHILU_CLI_LIST_OPTION_H
#define SHILU_CLI_LIST_OPTION_H

#include <stdbool.h>
#include <stdio.h>

/* "formats", "encodings", "themes", "keys", or "keys-mdoc", the keys as in the manual; false
 * for any other word. */
bool list_option_print(FILE *out, const char *what);

#endif
