/* Decimal digits of every script (Unicode, general category Nd) and Han numerals. */
#ifndef SHILU_TEXT_DECIMAL_H
#define SHILU_TEXT_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The value of a decimal digit, 0 to 9; -1 for any other character. */
int decimal_digit(uint32_t cp);

/* The value of a Han numeral below ten, of any form (〇 零 一 壹 兩 …); -1 for another
 * character. */
int decimal_han_digit(uint32_t cp);

/* A fraction that is one character: ½, ⅔; false for any other. */
bool decimal_fraction(uint32_t cp, double *value);

/* What a Han character multiplies by: 十 百 千 萬 億 兆 in their forms; 0 for another
 * character. */
double decimal_han_power(uint32_t cp);

#endif
