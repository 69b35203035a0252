/* Number text: a number at the start of a text, in the digits of any script or in Han numerals,
 * with the words for multiples in some languages:
 *    1,234.5   ５００   4317萬   3.5億   四千三百萬   百分之九十二點五   三分之一   2/3   2.5
 * million 12,7 млрд   3조 5천억   २५ लाख */
#ifndef SHILU_ANALYSIS_NUMBER_TEXT_H
#define SHILU_ANALYSIS_NUMBER_TEXT_H

#include <stdbool.h>

#include "shilu/base/span.h"

struct number_text {
    double value;
    double mantissa; /* without the multiple: 3.5 for 3.5億 */
    size_t bytes;    /* length of the number, with 萬, "million" and the like */
    bool han;        /* in Han numerals alone */
    bool words;      /* in words; see number_words.h */
    bool fraction;   /* a fraction: 百分之…, 三分之一, 2/3, ½ */
    int digits;      /* number of decimal digits or numerals */
};

/* False if no number starts there. `dots_group`: "4.317" is four thousand, as in records with
 * decimal commas. */
bool number_text_read(struct span text, bool dots_group, struct number_text *number);

#endif
