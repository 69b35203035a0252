/* Record layout: the template by which a record is read: that of --layout, else the one that is
 * remembered of the record, else its folder's in the config. What is given is remembered from
 * then on; --layout auto forgets it. */
#ifndef SHILU_CLI_RECORD_LAYOUT_H
#define SHILU_CLI_RECORD_LAYOUT_H

#include "shilu/cli/options.h"

/* Owned by the caller; NULL: the layout is found from the record itself. */
char *record_layout_find(const char *path, const struct options *o);

/* Remember what the options say for the next time; a record that is a pipe has none. */
bool record_layout_keep(const char *path, const struct options *o, struct error *err);

#endif
