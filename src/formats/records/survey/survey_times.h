/* Survey times: clock readings that belong to a label above, below or apart from them, or to
 * the words behind them. The lines of the whole head show which, so survey_finish asks for
 * them. */
#ifndef SHILU_FORMATS_SURVEY_TIMES_H
#define SHILU_FORMATS_SURVEY_TIMES_H

#include "formats/records/survey/survey.h"

/* Lines and numbers before labels that are times of day: "9.06", "14.05 Anna Haapa:". */
void survey_times_find_clocks(struct survey *s);

/* Where such lines are times (clock_lines): the block becomes one if it is "9.06" alone. */
void survey_times_take_clock(struct survey_block *b);

/* Times in lines of their own, for the labels that they belong to, and times before the words
 * below a label. */
void survey_times_find_labels(struct survey *s);

#endif
