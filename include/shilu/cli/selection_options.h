/* Select: from the selection options of the command line to a selection of one transcript. */
#ifndef SHILU_CLI_SELECTION_OPTIONS_H
#define SHILU_CLI_SELECTION_OPTIONS_H

#include "shilu/cli/options.h"
#include "shilu/model/selection.h"

enum selection_options_speakers {
    SELECT_ONE, /* a query for a speaker must mean one of them */
    SELECT_ALL  /* it takes all that it may mean: for searching many files */
};

/* EXIT_DONE; or EXIT_NOTHING where no such speaker or question is there, or EXIT_TROUBLE for
 * what cannot be understood, with *err set. *selection is set and to be released in each case.
 *
 * --from "+5m" counts from the first moment, "-5m" back from the last one; --to "+5m" counts
 * from --from. --to takes what starts at that moment too. */
enum exit_status selection_options_parse(struct selection *selection,
                                         const struct transcript *t, const struct options *o,
                                         enum selection_options_speakers how,
                                         struct error *err);

#endif
