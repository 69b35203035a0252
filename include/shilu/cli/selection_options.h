/* Selection options: from the command line to a selection of one transcript. */
#ifndef SHILU_CLI_SELECTION_OPTIONS_H
#define SHILU_CLI_SELECTION_OPTIONS_H

#include "shilu/cli/options.h"
#include "shilu/model/selection.h"

enum selection_options_speakers {
    SELECT_ONE, /* a speaker query must mean a single speaker */
    SELECT_ALL  /* it means every match: for searching many files */
};

/* EXIT_DONE; EXIT_NOTHING if there is no such speaker or question; EXIT_TROUBLE for invalid
 * values, with *err set. *selection is set in each case and must be released. --from "+5m"
 * counts from the first time, "-5m" back from the last one; --to "+5m" counts from --from. --to
 * includes what starts at that time. */
enum exit_status selection_options_parse(struct selection *selection,
                                         const struct transcript *t, const struct options *o,
                                         enum selection_options_speakers how,
                                         struct error *err);

#endif
