/* Selection options: from the command line to a selection of one transcript. */
#ifndef SHILU_CLI_SELECTION_OPTIONS_H
#define SHILU_CLI_SELECTION_OPTIONS_H

#include "shilu/cli/options.h"
#include "shilu/model/selection.h"

enum selection_options_speakers {
    SELECT_ONE, /* a speaker query must mean one speaker */
    SELECT_ALL  /* it takes all that it may mean: for searching many files */
};

/* EXIT_DONE; EXIT_NOTHING if there is no such speaker or question; EXIT_TROUBLE for what cannot
 * be parsed, with *err set. *selection is set in each case, and to be released. --from "+5m"
 * counts from the first moment, "-5m" back from the last one; --to "+5m" counts from --from.
 * --to includes what starts at that moment. */
enum exit_status selection_options_parse(struct selection *selection,
                                         const struct transcript *t, const struct options *o,
                                         enum selection_options_speakers how,
                                         struct error *err);

#endif
