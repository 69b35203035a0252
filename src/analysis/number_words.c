/* Number words: a grammar of English numerals. Every function consumes words from the start of
 * a span, or leaves it unchanged if they are not there. */
#include "shilu/analysis/number_words.h"

#include <math.h>

enum word_kind {
    WORD_UNIT,     /* one to nine */
    WORD_TEEN,     /* ten to nineteen */
    WORD_TENS,     /* twenty to ninety */
    WORD_HUNDRED,  /* multiplies what precedes it; what follows is added */
    WORD_POWER,    /* the same, for a thousand and more */
    WORD_DOZEN,    /* multiplies; nothing is added */
    WORD_FRACTION, /* a fraction: third, quarter */
    WORD_NONE
};

static const struct number_word {
    const char *word;
    double value;
    enum word_kind kind;
} words[] = {
    {"one", 1, WORD_UNIT},         {"two", 2, WORD_UNIT},
    {"three", 3, WORD_UNIT},       {"four", 4, WORD_UNIT},
    {"five", 5, WORD_UNIT},        {"six", 6, WORD_UNIT},
    {"seven", 7, WORD_UNIT},       {"eight", 8, WORD_UNIT},
    {"nine", 9, WORD_UNIT},        {"ten", 10, WORD_TEEN},
    {"eleven", 11, WORD_TEEN},     {"twelve", 12, WORD_TEEN},
    {"thirteen", 13, WORD_TEEN},   {"fourteen", 14, WORD_TEEN},
    {"fifteen", 15, WORD_TEEN},    {"sixteen", 16, WORD_TEEN},
    {"seventeen", 17, WORD_TEEN},  {"eighteen", 18, WORD_TEEN},
    {"nineteen", 19, WORD_TEEN},   {"twenty", 20, WORD_TENS},
    {"thirty", 30, WORD_TENS},     {"forty", 40, WORD_TENS},
    {"fifty", 50, WORD_TENS},      {"sixty", 60, WORD_TENS},
    {"seventy", 70, WORD_TENS},    {"eighty", 80, WORD_TENS},
    {"ninety", 90, WORD_TENS},     {"hundred", 1e2, WORD_HUNDRED},
    {"thousand", 1e3, WORD_POWER}, {"lakh", 1e5, WORD_POWER},
    {"million", 1e6, WORD_POWER},  {"crore", 1e7, WORD_POWER},
    {"billion", 1e9, WORD_POWER},  {"trillion", 1e12, WORD_POWER},
    {"dozen", 12, WORD_DOZEN},     {"half", 2, WORD_FRACTION},
    {"halves", 2, WORD_FRACTION},  {"third", 3, WORD_FRACTION},
    {"quarter", 4, WORD_FRACTION}, {"fourth", 4, WORD_FRACTION},
    {"fifth", 5, WORD_FRACTION},   {"sixth", 6, WORD_FRACTION},
    {"seventh", 7, WORD_FRACTION}, {"eighth", 8, WORD_FRACTION},
    {"ninth", 9, WORD_FRACTION},   {"tenth", 10, WORD_FRACTION},
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static size_t letters_in_front(struct span s)
{
    size_t length = 0;

    while (length < s.length && is_letter(s.data[length]))
        length++;
    return length;
}

static const struct number_word *word_in_front(struct span s, size_t *bytes)
{
    size_t length = letters_in_front(s);

    *bytes = length;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t known = strlen(words[i].word);
        bool plural = words[i].kind == WORD_FRACTION && length == known + 1 &&
                      (s.data[known] == 's' || s.data[known] == 'S');

        if ((known == length || plural) && span_starts_with_case(s, words[i].word))
            return &words[i];
    }
    return NULL;
}

static bool take_kind(struct span *s, enum word_kind kind, double *value)
{
    size_t bytes;
    const struct number_word *word = word_in_front(*s, &bytes);

    if (word == NULL || word->kind != kind)
        return false;
    *value = word->value;
    *s = span_skip(*s, bytes);
    return true;
}

/* A whole word other than a numeral. */
static bool take_word(struct span *s, const char *word)
{
    size_t length = strlen(word);

    if (letters_in_front(*s) != length || !span_starts_with_case(*s, word))
        return false;
    *s = span_skip(*s, length);
    return true;
}

/* What joins two words of a numeral. */
static bool take_joint(struct span *s)
{
    return span_take(s, " ") || span_take(s, "-") || span_take(s, "\xC2\xA0") ||
           span_take(s, "\xE2\x80\x91"); /* the non-breaking hyphen */
}

static bool take_joined_word(struct span *s, const char *word)
{
    struct span rest = *s;

    if (!take_joint(&rest) || !take_word(&rest, word))
        return false;
    *s = rest;
    return true;
}

/* ----------------------------------------------------------------------- whole numbers */

/* 1 to 99 */
static bool take_below_hundred(struct span *s, double *value)
{
    struct span rest;
    double unit;

    if (take_kind(s, WORD_UNIT, value) || take_kind(s, WORD_TEEN, value))
        return true;
    if (!take_kind(s, WORD_TENS, value))
        return false;
    rest = *s;
    if (take_joint(&rest) && take_kind(&rest, WORD_UNIT, &unit)) {
        *value += unit;
        *s = rest;
    }
    return true;
}

static bool take_joined_kind(struct span *s, enum word_kind kind, double *value)
{
    struct span rest = *s;

    if (!take_joint(&rest) || !take_kind(&rest, kind, value))
        return false;
    *s = rest;
    return true;
}

/* 1 to 9,999, as "three hundred and five", "twelve hundred" and, after `article`, "a hundred".
 */
static bool take_section(struct span *s, bool article, double *value)
{
    struct span rest = *s;
    struct span part;
    double hundred;
    double below;

    if (article && (take_word(&rest, "a") || take_word(&rest, "an"))) {
        *value = 1;
        if (!take_joined_kind(&rest, WORD_HUNDRED, &hundred))
            return false;
    } else {
        if (!take_below_hundred(&rest, value))
            return false;
        *s = rest;
        if (!take_joined_kind(&rest, WORD_HUNDRED, &hundred))
            return true;
    }
    *value *= hundred;
    *s = rest;
    part = rest;
    if (take_joined_word(&rest, "and"))
        part = rest;
    if (take_joint(&part) && take_below_hundred(&part, &below)) {
        /* "two hundred and fifty thousand" continues; so does "a hundred and one million". */
        *value += below;
        *s = part;
    }
    return true;
}

/* "point five two" */
static bool take_decimals(struct span *s, double *value)
{
    struct span rest = *s;
    double place = 1;
    double digit;

    if (!take_joined_word(&rest, "point"))
        return false;
    for (;;) {
        struct span next = rest;

        if (!take_joint(&next))
            break;
        if (take_word(&next, "zero") || take_word(&next, "nought") || take_word(&next, "oh"))
            digit = 0;
        else if (!take_kind(&next, WORD_UNIT, &digit))
            break;
        place /= 10;
        *value += digit * place;
        rest = next;
    }
    if (place == 1)
        return false;
    *s = rest;
    return true;
}

/* "and a half", "and three quarters" */
static bool take_and_fraction(struct span *s, double *value)
{
    struct span rest = *s;
    double parts = 1;
    double whole;

    if (!take_joined_word(&rest, "and") || !take_joint(&rest) ||
        !(take_word(&rest, "a") || take_kind(&rest, WORD_UNIT, &parts)) ||
        !take_joined_kind(&rest, WORD_FRACTION, &whole) || parts >= whole)
        return false;
    *value += parts / whole;
    *s = rest;
    return true;
}

/* Further sections with ever smaller multiples: "two million three hundred thousand". */
static double take_smaller_sections(struct span *s, double power)
{
    double sum = 0;

    for (;;) {
        struct span rest = *s;
        double section;
        double smaller = 1;

        span_take(&rest, ",");
        take_joined_word(&rest, "and");
        if (!take_joint(&rest) || !take_section(&rest, true, &section) || section >= 1000)
            return sum;
        if (!take_joined_kind(&rest, WORD_POWER, &smaller))
            smaller = 1;
        if (smaller >= power || section * smaller >= power)
            return sum;
        sum += section * smaller;
        power = smaller;
        *s = rest;
        if (smaller == 1)
            return sum;
    }
}

/* The multiples after a number, if any. */
static bool take_powers(struct span *s, struct number_text *n)
{
    double power;
    double next;
    double half = 0;

    if (take_joined_kind(s, WORD_DOZEN, &power)) {
        n->value *= power;
        return true;
    }
    if (!take_joined_kind(s, WORD_POWER, &power))
        return false;
    while (take_joined_kind(s, WORD_POWER, &next)) /* a hundred thousand million */
        power *= next;
    n->value *= power;
    if (take_and_fraction(s, &half)) { /* a million and a half */
        n->value += half * power;
        return true;
    }
    next = take_smaller_sections(s, power);
    if (next > 0)
        n->mantissa = n->value += next;
    return true;
}

/* ------------------------------------------------------------------------- fractions */

/* "two-thirds", "one in five", "a third of", "half of", "half a million", "a quarter of a
 * million". Without "of", a third is mostly an ordinal. */
static bool read_fraction(struct span text, struct number_text *n)
{
    struct span rest = text;
    struct span behind;
    double parts = 1;
    double whole;
    bool certain = false;
    bool half;

    half = span_starts_with_case(text, "half") && take_kind(&rest, WORD_FRACTION, &whole);
    if (!half) {
        certain = take_below_hundred(&rest, &parts);
        if ((!certain && !take_word(&rest, "a")) ||
            !take_joined_kind(&rest, WORD_FRACTION, &whole) || parts >= whole)
            return false;
    }
    n->value = n->mantissa = parts / whole;
    n->fraction = true;
    behind = rest;
    if (half ? take_joined_word(&behind, "a")
             : take_joined_word(&behind, "of") && take_joined_word(&behind, "a")) {
        double power = 0;

        if (take_joined_kind(&behind, WORD_POWER, &power) ||
            take_joined_kind(&behind, WORD_DOZEN, &power)) {
            n->value *= power;
            n->fraction = false;
            n->bytes = text.length - behind.length;
            return true;
        }
    }
    n->bytes = text.length - rest.length;
    behind = rest;
    return (certain && (parts > 1 || span_starts_with(span_skip(text, strlen("one")), "-"))) ||
           take_joined_word(&behind, "of") || (half && take_joined_word(&behind, "the"));
}

/* "one in five", "nine out of ten": out of a round number, to exclude "two in twelve days". */
static bool take_ratio(struct span *s, struct number_text *n)
{
    struct span rest = *s;
    double whole;
    double power = 1;
    bool out_of;

    if (!take_joint(&rest))
        return false;
    out_of = take_word(&rest, "out");
    if (out_of ? !take_joined_word(&rest, "of") : !take_word(&rest, "in"))
        return false;
    if (!take_joint(&rest) || !take_section(&rest, true, &whole))
        return false;
    take_joined_kind(&rest, WORD_POWER, &power);
    whole *= power;
    if (whole <= n->value || (!out_of && whole > 10 && fmod(whole, 10) != 0))
        return false;
    n->value /= whole;
    n->mantissa = n->value;
    n->fraction = true;
    *s = rest;
    return true;
}

/* --------------------------------------------------------------------------- numbers */

/* "nineteen eighty-four", "twenty oh five": two adjacent numerals below a hundred. */
static bool take_year(struct span *s, struct number_text *n)
{
    struct span rest = *s;
    double below;
    double unit;

    if (n->value < 11 || n->value > 20 || !take_joint(&rest))
        return false;
    if (take_word(&rest, "oh")) {
        if (!take_joined_kind(&rest, WORD_UNIT, &unit))
            return false;
        below = unit;
    } else if (!take_below_hundred(&rest, &below) || below < 10) {
        return false;
    }
    n->value = n->mantissa = n->value * 100 + below;
    *s = rest;
    return true;
}

static int count_words(struct span s)
{
    int count = 1;

    for (size_t i = 0; i < s.length; i++)
        count += s.data[i] == ' ' || s.data[i] == '-';
    return count;
}

static bool read_whole(struct span text, struct number_text *n, bool *year)
{
    struct span rest = text;
    double first;

    if (take_section(&rest, true, &n->value)) {
        struct span after = text;

        n->mantissa = n->value;
        /* two to three hundred: "hundred" applies to both */
        if (take_below_hundred(&after, &first) &&
            take_joined_kind(&after, WORD_HUNDRED, &n->mantissa))
            n->mantissa = after.data == rest.data ? first : n->value;
        if (take_year(&rest, n)) {
            *year = true;
        } else if (!take_ratio(&rest, n)) {
            if (take_decimals(&rest, &n->value) || take_and_fraction(&rest, &n->value))
                n->mantissa = n->value;
            take_powers(&rest, n);
        }
    } else {
        /* "a million", "a dozen" mean little unless they count something. */
        if (!take_word(&rest, "a"))
            return false;
        n->value = 1;
        if (!take_powers(&rest, n))
            return false;
        n->mantissa = n->value;
    }
    n->bytes = text.length - rest.length;
    return true;
}

bool number_words_read(struct span text, struct number_text *number, bool *year)
{
    *number = (struct number_text){0};
    *year = false;
    if (!read_fraction(text, number)) {
        *number = (struct number_text){0};
        if (!read_whole(text, number, year))
            return false;
    }
    number->words = true;
    number->digits = count_words(span_of(text.data, number->bytes));
    return true;
}
