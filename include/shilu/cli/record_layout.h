/* Record layout: the template by which a record is read: that of --layout, else the one
 * remembered for the record, else its folder's in the config. A given template is remembered;
 * --layout auto forgets it. */
#ifndef SHILU_CLI_RECORD_LAYOUT_H
#define SHILU_CLI_RECORD_LAYOUT_H

#include "shilu/cli/options.h"

/* Owned by the caller; NULL: the layout is found from the record itself. */
char *record_layout_find(const char *path, const struct options *o);

/* Remember the template of the options for the next time; not for a pipe. */
bool record_layout_keep(const char *path, const struct options *o, struct error *err);

#endif
