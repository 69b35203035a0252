/* Two records on one screen: side by side, or the changes between two versions. */
#ifndef SHILU_APP_TWO_RECORDS_H
#define SHILU_APP_TWO_RECORDS_H

#include "shilu/cli/options.h"
#include "shilu/ui/ui.h"

/* The two records, read to their ends; NULL with *err and *path (of the one that cannot be
 * read). */
struct two_records;
struct two_records *two_records_load(const struct options *options, const char **path,
                                     struct error *err);
void two_records_free(struct two_records *r);

/* The screen; takes ownership of the records. */
struct ui *two_records_screen(struct two_records *take, const struct ui_options *options);

#endif
