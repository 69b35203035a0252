/* Number text: digits with their separators, Han numerals by place value, and multiples. */
#include "shilu/analysis/number_text.h"

#include <math.h>
#include <strings.h>

#include "shilu/text/char_class.h"
#include "shilu/text/decimal.h"
#include "shilu/text/utf8.h"

enum { MAX_DIGITS = 18, GROUP_DIGITS = 3, MYRIAD = 10000 };

static uint32_t peek(struct span s, size_t *bytes)
{
    uint32_t cp = 0;

    *bytes = s.length > 0 ? utf8_decode(s.data, s.length, &cp) : 0;
    return cp;
}

static bool is_letter(struct span s)
{
    size_t bytes;

    return s.length > 0 && char_is_letter(peek(s, &bytes));
}

static bool is_space(uint32_t cp)
{
    return cp == ' ' || cp == 0xA0 || cp == 0x202F || cp == 0x2009;
}

static bool take_space(struct span *s)
{
    size_t bytes;

    if (!is_space(peek(*s, &bytes)))
        return false;
    *s = span_skip(*s, bytes);
    return true;
}

/* ------------------------------------------------------------------------------- digits */

/* A run of digits; false if there are none or too many. */
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

static bool is_group_mark(uint32_t cp)
{
    return cp == ',' || cp == 0xFF0C || cp == 0x66C || cp == '\'' || cp == 0x2019 ||
           is_space(cp);
}

static bool take_group(struct span *s, uint32_t mark, int size, double *value, int *digits)
{
    struct span rest = *s;
    size_t bytes;
    double group;
    int count;

    if (peek(rest, &bytes) != mark)
        return false;
    rest = span_skip(rest, bytes);
    if (!take_digits(&rest, &group, &count) || count != size)
        return false;
    *value = *value * pow(10, size) + group;
    *digits += size;
    *s = rest;
    return true;
}

/* "1,234,567": groups of three after one to three digits; in India every group but the last has
 * two: "12,34,567". With dots, only two or more groups are certain: "1.234.567". */
static void take_groups(struct span *s, double *value, int *digits, bool dots_group)
{
    struct span rest = *s;
    size_t bytes;
    uint32_t mark = peek(rest, &bytes);
    double sum = *value;
    int read = *digits;
    int groups = 0;

    if (read > GROUP_DIGITS || sum == 0 || (!is_group_mark(mark) && mark != '.'))
        return;
    while (mark == ',' && *digits < GROUP_DIGITS &&
           take_group(&rest, mark, GROUP_DIGITS - 1, &sum, &read))
        groups++;
    if (groups > 0 && !take_group(&rest, mark, GROUP_DIGITS, &sum, &read))
        return;
    while (take_group(&rest, mark, GROUP_DIGITS, &sum, &read))
        groups++;
    if (groups == 0 || (mark == '.' && groups == 1 && !dots_group))
        return;
    *value = sum;
    *digits = read;
    *s = rest;
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
    if (!take_digits(&rest, &part, &count) ||
        (cp == ',' && ((count > 2 && *value != 0) || is_listed(rest))))
        return;
    *digits += count;
    *value += part / pow(10, count);
    *s = rest;
}

static bool take_mantissa(struct span *s, double *value, int *digits, bool dots_group)
{
    struct span start = *s;

    if (!take_digits(s, value, digits)) {
        *s = start;
        return false;
    }
    take_groups(s, value, digits, dots_group);
    take_decimals(s, value, digits);
    return true;
}

/* ------------------------------------------------------------------- what multiplies them */

enum power_form { POWER_HAN, POWER_HANGUL, POWER_WORD };

struct power {
    double value;
    enum power_form form;
};

/* 500兆瓦 and 300千米: the prefix of a unit. */
static bool is_prefix_of_unit(uint32_t power, struct span rest)
{
    static const char of_both[] = "瓦赫帕焦";
    static const char of_thousand[] = "克米卡伏安";
    static const char of_million[] = "字比位";
    const char *own = power == 0x5146 ? of_million : of_thousand;
    size_t bytes;

    if ((power != 0x5146 && power != 0x5343) || peek(rest, &bytes) < 0x4E00)
        return false;
    return memmem(of_both, strlen(of_both), rest.data, bytes) != NULL ||
           memmem(own, strlen(own), rest.data, bytes) != NULL;
}

static double take_han_power(struct span *s)
{
    size_t bytes;
    uint32_t cp = peek(*s, &bytes);
    double power = decimal_han_power(cp);

    if (power == 0 || is_prefix_of_unit(cp, span_skip(*s, bytes)))
        return 0;
    *s = span_skip(*s, bytes);
    return power;
}

static const struct {
    const char *word;
    double value;
} hangul_powers[] = {{"십", 1e1}, {"백", 1e2},  {"천", 1e3}, {"만", 1e4},
                     {"억", 1e8}, {"조", 1e12}, {"경", 1e16}};

static double hangul_power_of(struct span s)
{
    for (size_t i = 0; i < sizeof hangul_powers / sizeof hangul_powers[0]; i++)
        if (span_starts_with(s, hangul_powers[i].word))
            return hangul_powers[i].value;
    return 0;
}

/* Korean multiples work like Chinese ones. The counted thing or a particle follows; inside
 * another word (1경기, 3조각) it is not a multiple. */
static double take_hangul_power(struct span *s)
{
    static const char *const behind =
        "이가은는을를의에로으와과도만까부정여쯤나보씩대밖원명개건곳톤년배호달";
    double power = hangul_power_of(*s);
    struct span rest = span_skip(*s, strlen("만"));
    size_t bytes;

    if (power == 0)
        return 0;
    if (char_is_hangul(peek(rest, &bytes)) && hangul_power_of(rest) == 0 &&
        memmem(behind, strlen(behind), rest.data, bytes) == NULL)
        return 0;
    *s = rest;
    return power;
}

/* What may follow a word for a multiple: no letters; an ending, as in Russian and Polish;
 * anything, in scripts without spaces. */
enum word_end { END_NONE, END_ANY, END_OPEN };

static const struct {
    const char *word;
    double value;
    enum word_end end;
} words[] = {
    {"thousand", 1e3, END_NONE},     {"million", 1e6, END_NONE},
    {"millions", 1e6, END_NONE},     {"billion", 1e9, END_NONE},
    {"billions", 1e9, END_NONE},     {"trillion", 1e12, END_NONE},
    {"lakh", 1e5, END_NONE},         {"lakhs", 1e5, END_NONE},
    {"crore", 1e7, END_NONE},        {"crores", 1e7, END_NONE},
    {"bn", 1e9, END_NONE},           {"mln", 1e6, END_NONE},
    {"mld", 1e9, END_NONE},          {"mlrd", 1e9, END_NONE},
    {"mil", 1e3, END_NONE},          {"millón", 1e6, END_NONE},
    {"millones", 1e6, END_NONE},     {"milhão", 1e6, END_NONE},
    {"milhões", 1e6, END_NONE},      {"bilhão", 1e9, END_NONE},
    {"bilhões", 1e9, END_NONE},      {"mille", 1e3, END_NONE},
    {"milliard", 1e9, END_NONE},     {"milliards", 1e9, END_NONE},
    {"mila", 1e3, END_NONE},         {"milione", 1e6, END_NONE},
    {"milioni", 1e6, END_NONE},      {"miliardo", 1e9, END_NONE},
    {"miliardi", 1e9, END_NONE},     {"tausend", 1e3, END_NONE},
    {"Tsd.", 1e3, END_NONE},         {"Mio.", 1e6, END_NONE},
    {"Mio", 1e6, END_NONE},          {"Mrd.", 1e9, END_NONE},
    {"Mrd", 1e9, END_NONE},          {"Millionen", 1e6, END_NONE},
    {"Milliarde", 1e9, END_NONE},    {"Milliarden", 1e9, END_NONE},
    {"miljoen", 1e6, END_NONE},      {"miljard", 1e9, END_NONE},
    {"tys.", 1e3, END_NONE},         {"tysiąc", 1e3, END_ANY},
    {"tysięc", 1e3, END_ANY},        {"milion", 1e6, END_ANY},
    {"miliard", 1e9, END_ANY},       {"bin", 1e3, END_NONE},
    {"milyon", 1e6, END_NONE},       {"milyar", 1e9, END_NONE},
    {"ribu", 1e3, END_NONE},         {"juta", 1e6, END_NONE},
    {"miliar", 1e9, END_NONE},       {"triliun", 1e12, END_NONE},
    {"nghìn", 1e3, END_NONE},        {"ngàn", 1e3, END_NONE},
    {"triệu", 1e6, END_NONE},        {"tỷ", 1e9, END_NONE},
    {"tỉ", 1e9, END_NONE},           {"тыс.", 1e3, END_NONE},
    {"тыс", 1e3, END_NONE},          {"тысяч", 1e3, END_ANY},
    {"млн.", 1e6, END_NONE},         {"млн", 1e6, END_NONE},
    {"миллион", 1e6, END_ANY},       {"млрд.", 1e9, END_NONE},
    {"млрд", 1e9, END_NONE},         {"миллиард", 1e9, END_ANY},
    {"трлн.", 1e12, END_NONE},       {"трлн", 1e12, END_NONE},
    {"триллион", 1e12, END_ANY},     {"тис.", 1e3, END_NONE},
    {"мільйон", 1e6, END_ANY},       {"мільярд", 1e9, END_ANY},
    {"χιλιάδες", 1e3, END_NONE},     {"εκατομμύρι", 1e6, END_ANY},
    {"δισεκατομμύρι", 1e9, END_ANY}, {"ألف", 1e3, END_NONE},
    {"آلاف", 1e3, END_NONE},         {"مليون", 1e6, END_NONE},
    {"ملايين", 1e6, END_NONE},       {"مليار", 1e9, END_ANY},
    {"هزار", 1e3, END_NONE},         {"میلیون", 1e6, END_NONE},
    {"میلیارد", 1e9, END_NONE},      {"אלף", 1e3, END_NONE},
    {"מיליון", 1e6, END_NONE},       {"מיליארד", 1e9, END_NONE},
    {"हज़ार", 1e3, END_NONE},         {"हजार", 1e3, END_NONE},
    {"लाख", 1e5, END_NONE},          {"करोड़", 1e7, END_NONE},
    {"करोड़", 1e7, END_NONE},         {"अरब", 1e9, END_NONE},
    {"พัน", 1e3, END_OPEN},           {"หมื่น", 1e4, END_OPEN},
    {"แสน", 1e5, END_OPEN},          {"ล้าน", 1e6, END_OPEN},
};

/* "12 млн. рублей": the full stop belongs to the abbreviation and does not end the sentence. */
static bool ends_word(const char *word, struct span rest)
{
    size_t bytes = strlen(word);

    if (word[bytes - 1] != '.')
        return !is_letter(rest);
    return take_space(&rest) && is_letter(rest);
}

static double take_word_power(struct span *s)
{
    struct span start = *s;
    size_t bytes;

    take_space(&start);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        struct span rest = start;

        if (!span_starts_with_case(rest, words[i].word))
            continue;
        rest = span_skip(rest, strlen(words[i].word));
        while (words[i].end == END_ANY && is_letter(rest)) {
            peek(rest, &bytes);
            rest = span_skip(rest, bytes);
        }
        if (words[i].end == END_NONE && !ends_word(words[i].word, rest))
            continue;
        *s = rest;
        return words[i].value;
    }
    return 0;
}

static bool take_power(struct span *s, struct power *p)
{
    if ((p->value = take_han_power(s)) > 0)
        p->form = POWER_HAN;
    else if ((p->value = take_hangul_power(s)) > 0)
        p->form = POWER_HANGUL;
    else if ((p->value = take_word_power(s)) > 0)
        p->form = POWER_WORD;
    return p->value > 0;
}

/* 1만 2345명 and 1万500円: what follows the multiple belongs to the number; but 3億2020年 and
 * 10萬3天 are two numbers. */
static bool is_tail(double value, int digits, struct span rest)
{
    static const char *const others[] = {"年", "月", "日", "년", "월", "일",
                                         ":",  "/",  "-",  ".",  ",",  NULL};

    if (digits < 2 || value >= MYRIAD || value != floor(value))
        return false;
    for (size_t i = 0; others[i] != NULL; i++)
        if (span_starts_with(rest, others[i]))
            return false;
    return true;
}

struct scale {
    double total;   /* of parts closed by ten thousand or a larger multiple */
    double section; /* below that */
    double last;    /* the part closed last, 0 at the start */
    double limit;   /* the multiple that closed it: the next one must be smaller */
};

/* False if this multiple cannot follow. */
static bool scale_by(struct scale *x, double number, const struct power *p)
{
    double part = x->section + number;

    if (p->form != POWER_WORD && p->value < MYRIAD) {
        x->section += (number > 0 ? number : 1) * p->value;
        return true;
    }
    if (part == 0) { /* 萬億 */
        x->total += x->last * (p->value - 1);
        x->last *= p->value;
        x->limit *= p->value;
        return x->last > 0;
    }
    if (p->value >= x->limit)
        return false;
    x->last = part * p->value;
    x->total += x->last;
    x->section = 0;
    x->limit = p->value;
    return true;
}

/* Skip what joins a number to the part after its multiple. */
static bool take_joint(struct span *s, enum power_form form)
{
    bool space = take_space(s);

    return form == POWER_HANGUL || space == (form == POWER_WORD);
}

/* The parts of a number: 4億5000萬, 3千5百萬, 3万亿, 3조 5천억, 12兆3,400億, 2 млн 300 тыс. */
static void take_scaled(struct span *s, double *value)
{
    struct scale x = {.limit = INFINITY};
    struct span rest = *s;
    double number = *value;
    struct power p;

    while (take_power(&rest, &p) && scale_by(&x, number, &p)) {
        struct span next = rest;
        struct span probe = rest;
        struct power follows;
        int digits;

        *s = rest;
        *value = x.total + x.section;
        number = 0;
        if (take_power(&probe, &follows) &&
            (follows.form == POWER_WORD) == (p.form == POWER_WORD))
            continue;
        if (!take_joint(&next, p.form) || !take_mantissa(&next, &number, &digits, false))
            return;
        probe = next;
        if (!take_power(&probe, &follows) ||
            (follows.form == POWER_WORD) != (p.form == POWER_WORD)) {
            if (p.form != POWER_WORD && is_tail(number, digits, next)) {
                *value += number;
                *s = next;
            }
            return;
        }
        rest = next;
    }
}

/* ------------------------------------------------------------------------------ fractions */

static bool take_numeral(struct span *s, double *value, int *digits);

/* 三分之一, 3分の2, 4분의 3: the denominator comes first. */
static bool take_spoken_fraction(struct span *s, double *value)
{
    static const char *const of[] = {"分之", "分の", "분의", NULL};
    struct span rest = *s;
    double part;
    int digits;

    for (size_t i = 0; of[i] != NULL; i++) {
        if (!span_take(&rest, of[i]))
            continue;
        take_space(&rest);
        if (*value <= 0 || !take_numeral(&rest, &part, &digits))
            return false;
        *value = part / *value;
        *s = rest;
        return true;
    }
    return false;
}

static bool has_common_divisor(int a, int b)
{
    while (b != 0) {
        int left = a % b;

        a = b;
        b = left;
    }
    return a > 1;
}

/* "2/3", "2½"; but not 3/9, 24/7 and 3/9/2020. */
static bool take_written_fraction(struct span *s, double *value, int digits)
{
    struct span rest = *s;
    double part;
    double whole;
    size_t bytes;
    int count;
    uint32_t cp = peek(rest, &bytes);

    if (decimal_fraction(cp, &part)) {
        *value += part;
        *s = span_skip(rest, bytes);
        return true;
    }
    if ((cp != '/' && cp != 0x2044) || digits > 2)
        return false;
    rest = span_skip(rest, bytes);
    if (!take_digits(&rest, &whole, &count) || count > 2 || *value < 1 || *value >= whole ||
        has_common_divisor((int)*value, (int)whole) || peek(rest, &bytes) == '/')
        return false;
    *value /= whole;
    *s = rest;
    return true;
}

static bool read_decimal(struct span text, bool dots_group, struct number_text *n)
{
    struct span rest = text;
    size_t bytes;

    if (decimal_fraction(peek(rest, &bytes), &n->value)) {
        n->mantissa = n->value;
        n->fraction = true;
        n->digits = 1;
        n->bytes = bytes;
        return true;
    }
    if (!take_mantissa(&rest, &n->value, &n->digits, dots_group))
        return false;
    n->fraction = take_spoken_fraction(&rest, &n->value) ||
                  take_written_fraction(&rest, &n->value, n->digits);
    n->mantissa = n->value;
    if (!n->fraction || n->value >= 1)
        take_scaled(&rest, &n->value);
    n->bytes = text.length - rest.length;
    return true;
}

/* --------------------------------------------------------------------------- Han numerals */

/* Whether a numeral may begin with this multiple: 十, and 百 or 千 before another numeral, as
 * in Japanese (百二十, 千五百, 百万); not 百姓, 千方 and 萬一. */
static bool may_lead(double power, struct span behind)
{
    size_t bytes;
    uint32_t cp = peek(behind, &bytes);

    return power == 10 ||
           (power < MYRIAD && (decimal_han_digit(cp) > 0 || decimal_han_power(cp) >= MYRIAD));
}

/* By place value: 四千三百萬, 二十三, 一百零五; digits alone (二〇二〇) are read as digits. */
static bool take_han(struct span *s, double *value, int *digits)
{
    struct span rest = *s;
    double total = 0;   /* of the parts closed by 萬 and 億 */
    double section = 0; /* below 萬 */
    double digit = -1;
    double row = 0; /* digits without multiples */
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
        } else if (power > 0 && (count > 0 || may_lead(power, span_skip(rest, bytes))) &&
                   !is_prefix_of_unit(cp, span_skip(rest, bytes))) {
            powers++;
            if (power < MYRIAD) {
                section += (digit > 0 ? digit : 1) * power;
            } else {
                section += digit > 0 ? digit : 0;
                total = power > MYRIAD && total > 0 && total < power ? (total + section) * power
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

/* 三點五; 二・五 as in the minutes of the Diet. */
static void take_han_decimals(struct span *s, double *value)
{
    struct span rest = *s;
    double part = 0;
    double place = 1;
    size_t bytes;
    int digit;

    if (!span_take(&rest, "點") && !span_take(&rest, "点") && !span_take(&rest, "・") &&
        !span_take(&rest, "．"))
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

/* In Han numerals or in digits. */
static bool take_numeral(struct span *s, double *value, int *digits)
{
    if (!take_han(s, value, digits))
        return take_mantissa(s, value, digits, false);
    take_han_decimals(s, value);
    return true;
}

/* 百分之九十二點五, 千分之3 */
static double take_of_hundred(struct span *s)
{
    static const struct {
        const char *words;
        double whole;
    } forms[] = {{"百分之", 1e2}, {"千分之", 1e3}, {"萬分之", 1e4}, {"万分之", 1e4}};

    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (span_take(s, forms[i].words))
            return forms[i].whole;
    return 0;
}

/* The 五 of 五萬; the whole for 十五 and 二三. */
static double leading_digit(struct span text, double value)
{
    size_t bytes;
    int digit = decimal_han_digit(peek(text, &bytes));

    return digit > 0 && decimal_han_power(peek(span_skip(text, bytes), &bytes)) > 0 ? digit
                                                                                    : value;
}

static bool read_han(struct span text, struct number_text *n)
{
    struct span rest = text;
    double whole = take_of_hundred(&rest);

    n->han = true;
    if (whole > 0) {
        if (!take_numeral(&rest, &n->value, &n->digits))
            return false;
        n->value /= whole;
        n->fraction = true;
    } else {
        if (!take_han(&rest, &n->value, &n->digits))
            return false;
        n->fraction = take_spoken_fraction(&rest, &n->value);
        n->mantissa = n->digits == 2 && n->value > 10 ? leading_digit(text, n->value)
                                                      : n->value;
        if (!n->fraction) {
            take_han_decimals(&rest, &n->value);
            take_scaled(&rest, &n->value); /* 三點五億 */
        }
    }
    n->bytes = text.length - rest.length;
    return true;
}

bool number_text_read(struct span text, bool dots_group, struct number_text *number)
{
    *number = (struct number_text){0};
    return read_decimal(text, dots_group, number) || read_han(text, number);
}
