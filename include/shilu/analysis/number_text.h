/* Number text: a number at the front of a text, in the digits of any script or in Han numerals:
 * 1,234.5   ５００   4317萬   3.5億   四千三百萬   百分之九十二點五   三分之一   2.5 million */
#ifndef SHILU_ANALYSIS_NUMBER_TEXT_H
#define SHILU_ANALYSIS_NUMBER_TEXT_H

#include <stdbool.h>

#include "shilu/base/span.h"

struct number_text {
    double value;
    size_t bytes;  /* of the number, with 萬, "million" and the like */
    bool han;      /* in Han numerals alone */
    bool fraction; /* of one: 百分之…, 三分之一 */
    int digits;    /* how many decimal digits or numerals it has */
};

/* False if no number starts there. */
bool number_text_read(struct span text, struct number_text *number);

/* The factor of a word that multiplies the number before it, in the languages of the table
 * ("million", "만"); 0 if the text does not start with one. *bytes is its length with the space
 * before it. */
double number_text_power(struct span text, size_t *bytes);

#endif
