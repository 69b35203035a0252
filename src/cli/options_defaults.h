/* Default options: the words of SHILU_OPTS. */
#ifndef SHILU_CLI_OPTIONS_DEFAULTS_H
#define SHILU_CLI_OPTIONS_DEFAULTS_H

#include <stdbool.h>

#include "shilu/base/error.h"

/* Split at white space, with quotes and backslashes as in sh; nothing else is expanded. *words
 * ends in NULL and belongs to the caller, even if false is returned. */
bool options_defaults_split(const char *text, char ***words, struct error *err);
void options_defaults_free(char **words);

#endif
