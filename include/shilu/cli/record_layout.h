/* Record layout: the template for reading a record: --layout, else the one remembered for the
 * record, else its folder's in the config. A template given by --layout is remembered; --layout
 * auto drops it. */
#ifndef SHILU_CLI_RECORD_LAYOUT_H
#define SHILU_CLI_RECORD_LAYOUT_H

#include "shilu/cli/options.h"

/* Owned by the caller; NULL: infer the layout from the record. */
char *record_layout_find(const char *path, const struct options *o);

/* Remember the template of the options for next time; not for a pipe. */
bool record_layout_keep(const char *path, const struct options *o, struct error *err);

#endif
