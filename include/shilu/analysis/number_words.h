/* Number words: a number written out in English at the start of a text, in any case:
 *    twenty-five thousand   three and a half million   a dozen   ninety-two point five
 *    two-thirds   half of   a quarter of a million */
#ifndef SHILU_ANALYSIS_NUMBER_WORDS_H
#define SHILU_ANALYSIS_NUMBER_WORDS_H

#include "shilu/analysis/number_text.h"

/* False if no number starts there. `digits` counts the words. "nineteen eighty-four" is not a
 * number but a `*year` (4 digits, with value 1984). */
bool number_words_read(struct span text, struct number_text *number, bool *year);

#endif
