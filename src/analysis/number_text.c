/* Number text: digits with their marks, Han numerals by place value, and words that multiply.
 */
#include "shilu/analysis/number_text.h"

#include <strings.h>

#include "shilu/text/decimal.h"
#include "shilu/text/utf8.h"

enum { MAX_DIGITS = 18 };

static uint32_t peek(struct span s, size_t *bytes)
{
    uint32_t cp = 0;

    *bytes = s.length > 0 ? utf8_decode(s.data, s.length, &cp) : 0;
    return cp;
}

/* Digits in a row; false for none or too many. */
static bool take_digits(struct span *s, double *value, int *count)
{
    size_t bytes;
    int digit;

    *value = 0;
    *count = 0;
    while ((digit = decimal_digit(peek(*s, &bytes))) >= 0) {
        if (++*count > MAX_DIGITS)
            return false;
        *value = *value * 10 + digit;
        *s = span_skip(*s, bytes);
    }
    return *count > 0;
}

/* "1,234,567": groups of three behind one to three digits. Also with the marks of other widths,
 * thin and no-break spaces. */
static bool is_group_mark(uint32_t cp)
{
    return cp == ',' || cp == 0xFF0C || cp == 0x66C || cp == 0xA0 || cp == 0x202F ||
           cp == 0x2009 || cp == '\'' || cp == 0x2019;
}

static void take_groups(struct span *s, double *value, int *digits)
{
    uint32_t mark = 0;

    if (*digits > 3)
        return;
    for (;;) {
        struct span rest = *s;
        size_t bytes;
        double group;
        int count;
        uint32_t cp = peek(rest, &bytes);

        if (!is_group_mark(cp) || (mark != 0 && cp != mark))
            return;
        rest = span_skip(rest, bytes);
        if (!take_digits(&rest, &group, &count) || count != 3)
            return;
        mark = cp;
        *value = *value * 1000 + group;
        *digits += 3;
        *s = rest;
    }
}

/* "3,2" is a decimal; "3,4,5" is a list. */
static bool is_listed(struct span rest)
{
    size_t bytes;

    if (peek(rest, &bytes) != ',')
        return false;
    return decimal_digit(peek(span_skip(rest, bytes), &bytes)) >= 0;
}

static void take_decimals(struct span *s, double *value, int *digits)
{
    struct span rest = *s;
    size_t bytes;
    double part;
    int count;
    uint32_t cp = peek(rest, &bytes);

    if (cp != '.' && cp != ',' && cp != 0xFF0E && cp != 0x66B && cp != 0x9EDE && cp != 0x70B9)
        return;
    rest = span_skip(rest, bytes);
    if (!take_digits(&rest, &part, &count) || (cp == ',' && (count > 2 || is_listed(rest))))
        return;
    *digits += count;
    while (count-- > 0)
        part /= 10;
    *value += part;
    *s = rest;
}

/* 萬, 億 and 兆 behind digits; also 4億5000萬. */
static void take_han_powers(struct span *s, double *value)
{
    double total = 0;
    double last = *value;
    bool any = false;

    for (;;) {
        struct span rest = *s;
        size_t bytes;
        double power = decimal_han_power(peek(rest, &bytes));
        double more;
        int count;

        if (power < 10)
            break;
        rest = span_skip(rest, bytes);
        /* 3千萬, 5百億 */
        for (;;) {
            double next = decimal_han_power(peek(rest, &bytes));

            if (next < 1e4 || power >= 1e4)
                break;
            power *= next;
            rest = span_skip(rest, bytes);
        }
        total += last * power;
        any = true;
        *s = rest;
        if (!take_digits(&rest, &more, &count))
            break;
        if (decimal_han_power(peek(rest, &bytes)) < 10) {
            break; /* 10萬3天: another number */
        }
        last = more;
        *s = rest;
        *value = total;
    }
    if (any)
        *value = total;
}

static const struct {
    const char *word;
    double power;
} words[] = {
    {"thousand", 1e3},   {"million", 1e6},  {"millions", 1e6},  {"billion", 1e9},
    {"trillion", 1e12},  {"millón", 1e6},   {"millones", 1e6},  {"milhão", 1e6},
    {"milhões", 1e6},    {"Million", 1e6},  {"Millionen", 1e6}, {"Milliarde", 1e9},
    {"Milliarden", 1e9}, {"milliard", 1e9}, {"milliards", 1e9}, {"milioni", 1e6},
    {"miliardi", 1e9},   {"bn", 1e9},
};

/* Korean counts as Chinese does. */
static double hangul_power(struct span *s)
{
    static const struct {
        const char *word;
        double power;
    } forms[] = {{"천만", 1e7}, {"백만", 1e6}, {"만", 1e4},
                 {"억", 1e8},   {"조", 1e12},  {"천", 1e3}};
    size_t i;

    for (i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (span_take(s, forms[i].word))
            return forms[i].power;
    }
    return 0;
}

double number_text_power(struct span text, size_t *bytes)
{
    struct span rest = text;
    size_t i;

    if (!span_take(&rest, " "))
        span_take(&rest, "\xC2\xA0");
    for (i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t length = strlen(words[i].word);

        if (rest.length < length || strncasecmp(rest.data, words[i].word, length) != 0)
            continue;
        if (rest.length > length && (((unsigned char)rest.data[length] | 0x20) >= 'a' &&
                                     ((unsigned char)rest.data[length] | 0x20) <= 'z'))
            continue;
        *bytes = text.length - rest.length + length;
        return words[i].power;
    }
    return 0;
}

static bool read_decimal(struct span text, struct number_text *n)
{
    struct span rest = text;
    size_t bytes;
    double power;

    if (!take_digits(&rest, &n->value, &n->digits))
        return false;
    take_groups(&rest, &n->value, &n->digits);
    take_decimals(&rest, &n->value, &n->digits);
    take_han_powers(&rest, &n->value);
    power = hangul_power(&rest);
    if (power > 0)
        n->value *= power;
    power = number_text_power(rest, &bytes);
    if (power > 0) {
        n->value *= power;
        rest = span_skip(rest, bytes);
    }
    n->bytes = text.length - rest.length;
    return true;
}

/* Han numerals by place value: 四千三百萬, 二十三, 一百零五; a row of digits alone (二〇二〇)
 * is read as such. A numeral that starts with a power (百姓, 千方, 萬一) is none, but 十 and
 * what follows. */
static bool take_han(struct span *s, double *value, int *digits)
{
    struct span rest = *s;
    double total = 0;   /* of the parts that 萬 and 億 have closed */
    double section = 0; /* below 萬 */
    double digit = -1;
    double row = 0; /* digits without powers */
    int powers = 0;
    int count = 0;

    for (;;) {
        size_t bytes;
        uint32_t cp = peek(rest, &bytes);
        int d = decimal_han_digit(cp);
        double power = decimal_han_power(cp);

        if (d >= 0) {
            digit = d;
            row = row * 10 + d;
        } else if (power > 0 && (count > 0 || power == 10)) {
            powers++;
            if (power < 1e4) {
                section += (digit > 0 ? digit : 1) * power;
            } else {
                section += digit > 0 ? digit : 0;
                total = power > 1e4 && total > 0 && total < power ? (total + section) * power
                                                                  : total + section * power;
                section = 0;
            }
            digit = -1;
        } else {
            break;
        }
        count++;
        rest = span_skip(rest, bytes);
    }
    if (count == 0)
        return false;
    *value = powers == 0 ? row : total + section + (digit > 0 ? digit : 0);
    *digits = count;
    *s = rest;
    return true;
}

static void take_han_decimals(struct span *s, double *value)
{
    struct span rest = *s;
    double part = 0;
    double place = 1;
    size_t bytes;
    int digit;

    if (!span_take(&rest, "點") && !span_take(&rest, "点"))
        return;
    while ((digit = decimal_han_digit(peek(rest, &bytes))) >= 0) {
        place /= 10;
        part += digit * place;
        rest = span_skip(rest, bytes);
    }
    if (place == 1)
        return;
    *value += part;
    *s = rest;
}

static bool read_han(struct span text, struct number_text *n)
{
    struct span rest = text;
    double of;
    int digits;

    if (span_take(&rest, "百分之") || span_take(&rest, "千分之") ||
        span_take(&rest, "萬分之") || span_take(&rest, "万分之")) {
        double whole = span_starts_with(text, "百")   ? 100
                       : span_starts_with(text, "千") ? 1e3
                                                      : 1e4;

        if (!take_han(&rest, &n->value, &n->digits)) {
            if (!take_digits(&rest, &n->value, &n->digits))
                return false;
            take_decimals(&rest, &n->value, &n->digits);
        }
        take_han_decimals(&rest, &n->value);
        n->value /= whole;
        n->fraction = true;
        n->bytes = text.length - rest.length;
        n->han = true;
        return true;
    }
    if (!take_han(&rest, &n->value, &n->digits))
        return false;
    n->han = true;
    if (span_take(&rest, "分之") && take_han(&rest, &of, &digits)) {
        n->value = n->value > 0 ? of / n->value : 0;
        n->fraction = true;
    } else {
        rest = span_of(text.data, text.length);
        take_han(&rest, &n->value, &n->digits);
        take_han_decimals(&rest, &n->value);
        take_han_powers(&rest, &n->value); /* 三點五億 */
    }
    n->bytes = text.length - rest.length;
    return true;
}

bool number_text_read(struct span text, struct number_text *number)
{
    *number = (struct number_text){0};
    return read_decimal(text, number) || read_han(text, number);
}
