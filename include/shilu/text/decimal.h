/* Decimal digits of every script (Unicode, general category Nd) and Han numerals. */
#ifndef SHILU_TEXT_DECIMAL_H
#define SHILU_TEXT_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The value of a decimal digit, 0 to 9; -1 for other characters. */
int decimal_digit(uint32_t cp);

/* The value of a Han numeral below ten, in any form (〇 零 一 壹 兩 …); -1 for other
 * characters. */
int decimal_han_digit(uint32_t cp);

/* A fraction in one character: ½, ⅔; false for others. */
bool decimal_fraction(uint32_t cp, double *value);

/* The factor of a Han character: 十 百 千 萬 億 兆 in all forms; 0 for other characters. */
double decimal_han_power(uint32_t cp);

#endif
