/* Decimal digits: libunistring knows those of Unicode; Han numerals are listed here, including
 * financial (壹 貳 …) and Japanese forms. */
#include "shilu/text/decimal.h"

#include <unictype.h>

int decimal_digit(uint32_t cp)
{
    if (cp < 0x80)
        return cp >= '0' && cp <= '9' ? (int)(cp - '0') : -1;
    return cp < 0x660 ? -1 : uc_decimal_value(cp);
}

bool decimal_fraction(uint32_t cp, double *value)
{
    uc_fraction_t fraction;

    if (cp < 0xBC)
        return false;
    fraction = uc_numeric_value(cp);
    *value = fraction.denominator > 1 ? (double)fraction.numerator / fraction.denominator : 0;
    return fraction.denominator > 1;
}

int decimal_han_digit(uint32_t cp)
{
    static const struct {
        uint32_t cp;
        int value;
    } forms[] = {
        {0x3007, 0}, {0x96F6, 0}, {0x4E00, 1}, {0x58F9, 1}, {0x58F1, 1}, {0x4E8C, 2},
        {0x8CB3, 2}, {0x8D30, 2}, {0x5F10, 2}, {0x5169, 2}, {0x4E24, 2}, {0x4E09, 3},
        {0x53C1, 3}, {0x53C4, 3}, {0x53C2, 3}, {0x56DB, 4}, {0x8086, 4}, {0x4E94, 5},
        {0x4F0D, 5}, {0x516D, 6}, {0x9678, 6}, {0x9646, 6}, {0x4E03, 7}, {0x67D2, 7},
        {0x516B, 8}, {0x634C, 8}, {0x4E5D, 9}, {0x7396, 9},
    };
    size_t i;

    if (cp < 0x3007)
        return -1;
    for (i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (forms[i].cp == cp)
            return forms[i].value;
    }
    return -1;
}

double decimal_han_power(uint32_t cp)
{
    switch (cp) {
    case 0x5341: /* 十 */
    case 0x62FE:
        return 1e1;
    case 0x767E: /* 百 */
    case 0x4F70:
        return 1e2;
    case 0x5343: /* 千 */
    case 0x4EDF:
        return 1e3;
    case 0x842C: /* 萬 */
    case 0x4E07:
        return 1e4;
    case 0x5104: /* 億 */
    case 0x4EBF:
        return 1e8;
    case 0x5146: /* 兆 */
        return 1e12;
    default:
        return 0;
    }
}
