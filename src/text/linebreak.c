/* Line breaks: the library's results for a copy of the text in which quotation marks beside
 * East Asian text are brackets, corrected in one pass over the characters.
 *
 * The copy has the same length in bytes (all of these marks have three bytes), so the results
 * need no mapping. Each rule looks at most two characters back and one ahead, and the search
 * for a quotation mark's neighbour is bounded, so the whole is linear. */
#include "text/linebreak.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <unictype.h>
#include <unilbrk.h>

#include "shilu/base/memory.h"
#include "shilu/base/span.h"
#include "shilu/text/char_class.h"
#include "shilu/text/month_names.h"
#include "shilu/text/utf8.h"
#include "text/linebreak_table.h"

enum { LOOK_AHEAD = 8, WORD_BYTES_MAX = 40 };

static unsigned traits_of(uint32_t cp)
{
    const uint16_t *page = cp < 0x10000 ? line_traits[cp >> 8] : NULL;

    return page != NULL ? page[cp & 0xFF] : 0;
}

/* Characters that do not show the script around them: dashes, dots and other quotation
 * marks. */

static bool is_quote(uint32_t cp)
{
    return cp == 0x2018 || cp == 0x2019 || cp == 0x201C || cp == 0x201D;
}

/* What says nothing of the script around it: dashes, dots and other quotation marks. */
static bool is_neutral(uint32_t cp)
{
    return is_quote(cp) || cp == 0x2014 || cp == 0x2015 || cp == 0x2026 || cp == 0xB7;
}

static bool east_asian_ahead(const char *text, size_t bytes, size_t at)
{
    uint32_t cp;
    int i;

    for (i = 0; i < LOOK_AHEAD && at < bytes; i++) {
        at += utf8_decode(text + at, bytes - at, &cp);
        if (!is_neutral(cp))
            return char_is_east_asian(cp);
    }
    return false;
}

/* Replace quotation marks beside East Asian text by brackets (LB19a): an opening one before it,
 * a closing one after it. Those beside other letters do not break on either side, as in
 * LB19. */
static void quotes_to_brackets(char *copy, const char *text, size_t bytes)
{
    bool after = false;
    size_t at = 0, used;
    uint32_t cp;

    for (; at < bytes; at += used) {
        used = utf8_decode(text + at, bytes - at, &cp);
        if (!is_neutral(cp))
            after = char_is_east_asian(cp);
        else if ((cp == 0x201C || cp == 0x2018) && after)
            utf8_encode(0x300C, copy + at);
        else if ((cp == 0x201D || cp == 0x2019) && east_asian_ahead(text, bytes, at + used))
            utf8_encode(0x300D, copy + at);
    }
}

static bool has_quotes(const char *text, size_t bytes)
{
    return memmem(text, bytes, "\xE2\x80\x9C", 3) != NULL ||
           memmem(text, bytes, "\xE2\x80\x9D", 3) != NULL ||
           memmem(text, bytes, "\xE2\x80\x98", 3) != NULL ||
           memmem(text, bytes, "\xE2\x80\x99", 3) != NULL;
}

static void ask_library(const char *text, size_t bytes, uint8_t *answers)
{
    char *copy = NULL;

    if (has_quotes(text, bytes)) {
        copy = memory_strndup(text, bytes);
        quotes_to_brackets(copy, text, bytes);
        text = copy;
    }
    u8_possible_linebreaks((const uint8_t *)text, bytes, "UTF-8", (char *)answers);
    free(copy);
}

/* ------------------------------------------------------------------------ corrections */

/* The characters around a place: `left` and `right` of it, and one more on each side. */
struct place {
    uint32_t before, left, right, after;
    unsigned before_traits, left_traits, right_traits, after_traits;
    const char *text; /* and where `right` is in it */
    size_t bytes, at;
};

/* "2020-03-09", "10:25:22", "45,239.50", "$3", "２０２０": no break inside. */
static bool in_number(const struct place *p)
{
    if ((p->left_traits & DIGIT) && (p->right_traits & DIGIT))
        return true;
    if ((p->left_traits & PREFIX) && (p->right_traits & DIGIT))
        return true;
    if ((p->left_traits & DIGIT) && (p->right_traits & IN_NUMBER))
        return (p->after_traits & DIGIT) != 0;
    return (p->before_traits & DIGIT) && (p->left_traits & IN_NUMBER) &&
           (p->right_traits & DIGIT);
}

/* "——" and "……" are single signs. */
static bool in_long_sign(const struct place *p)
{
    return p->left == p->right && (p->left_traits & DOUBLED);
}

static bool is_letter(uint32_t cp)
{
    return uc_is_general_category(cp, UC_CATEGORY_L) && !char_is_east_asian(cp);
}

static bool is_word_stop(uint32_t cp)
{
    return cp == '.' || cp == ',' || cp == ':' || cp == ';';
}

static bool is_ascii_word(uint32_t cp)
{
    return (cp >= '0' && cp <= '9') || (cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z');
}

/* "U.S.A.", "example.com", "C++": the library would break after the stop and at the plus. */
static bool in_western_word(const struct place *p)
{
    if (is_word_stop(p->left) && is_letter(p->right))
        return true;
    return p->right == '+' && (p->left == '+' || is_ascii_word(p->left));
}

/* Characters that may not start or end a line, even after a space: a line does not start with a
 * comma because somebody typed a space before it. */
static bool is_misplaced(const struct place *p)
{
    return (p->right_traits & NO_START) || (p->left_traits & NO_END);
}

/* Thai and Lao have no spaces between words, and the library has no dictionary: at least a
 * vowel stays with its consonant. */
static bool parts_vowel(const struct place *p)
{
    return (p->left_traits & VOWEL_FIRST) || (p->right_traits & VOWEL_LAST);
}

static enum break_grade forbidden_grade(const struct place *p)
{
    if (in_number(p) || in_long_sign(p) || is_misplaced(p) || parts_vowel(p) ||
        (p->right_traits & STAYS) || (p->left_traits & HOLDS))
        return BREAK_CLUSTER;
    return BREAK_CAREFUL;
}

/* Korean by word: white space and hyphens break; so does Chinese or Japanese text within it. */
static bool breaks_words(const struct place *p)
{
    if (p->left_traits & WORD_END)
        return true;
    return char_is_east_asian(p->left) && char_is_east_asian(p->right) &&
           !char_is_hangul(p->left) && !char_is_hangul(p->right);
}

static enum break_grade allowed_grade(const struct place *p, bool by_word)
{
    return by_word && !breaks_words(p) ? BREAK_SYLLABLE : BREAK_LEGAL;
}

/* A number and what it counts belong together (4317|萬, 3|월), and so do the parts of a date
 * (3月|8日): they are separated only if the line has no other break. */
static bool parts_unit(const struct place *p)
{
    if ((p->left_traits & DIGIT) != 0)
        return (p->right_traits & DIGIT) == 0 && char_is_east_asian(p->right) &&
               p->right_traits == 0;
    return (p->before_traits & DIGIT) != 0 && (p->right_traits & DIGIT) != 0 &&
           p->left_traits == 0 && char_is_east_asian(p->left);
}

static bool is_word_letter(uint32_t cp)
{
    return is_letter(cp) || uc_is_general_category(cp, UC_CATEGORY_M);
}

static struct span word_from(const struct place *p)
{
    size_t end = p->at;
    uint32_t cp;

    while (end < p->bytes && end - p->at < WORD_BYTES_MAX) {
        size_t used = utf8_decode(p->text + end, p->bytes - end, &cp);

        if (!is_word_letter(cp))
            break;
        end += used;
    }
    return span_of(p->text + p->at, end - p->at);
}

/* The word before the blank on the left. */
static struct span word_before(const struct place *p)
{
    size_t end = p->at - 1;
    size_t start = end;
    uint32_t cp;

    while (start > 0 && end - start < WORD_BYTES_MAX) {
        size_t before = utf8_floor(p->text, end, start - 1);

        utf8_decode(p->text + before, end - before, &cp);
        if (!is_word_letter(cp))
            break;
        start = before;
    }
    return span_of(p->text + start, end - start);
}

static bool is_month(struct span word)
{
    return span_is_any_case(word, month_names_english) ||
           span_is_any_case(word, month_names_other);
}

/* "8 March 2027", "March 8", "12.5 km", "62 million", "40 %": the same with a blank between. */
static bool parts_spaced_unit(const struct place *p)
{
    static const char *const units[] = {
        "km",      "m",         "cm",         "mm",       "kg",       "g",        "mg",
        "t",       "l",         "ml",         "ha",       "h",        "min",      "s",
        "kW",      "MW",        "GW",         "kWh",      "MWh",      "GWh",      "TWh",
        "Hz",      "kHz",       "MHz",        "GHz",      "kB",       "MB",       "GB",
        "TB",      "am",        "pm",         "Uhr",      "percent",  "per",      "Prozent",
        "million", "billion",   "trillion",   "thousand", "hundred",  "Million",  "Millionen",
        "Mio",     "Milliarde", "Milliarden", "Mrd",      "millions", "milliard", "milliards",
        "millón",  "millones",  "milhão",     "milhões",  "milioni",  "miliardi", "miljoen",
        "miljard", "тысяч",     "млн",        "млрд",     "евро",     "euro",     "euros",
        "dollars", "EUR",       "USD",        NULL};

    if (p->left != ' ' || p->at == 0)
        return false;
    if ((p->right_traits & DIGIT) != 0)
        return is_month(word_before(p));
    if (p->before == '.' && p->at > 2 && p->text[p->at - 3] >= '0' && p->text[p->at - 3] <= '9')
        return is_month(word_from(p)); /* "3. Mai" */
    if ((p->before_traits & DIGIT) == 0)
        return false;
    return p->right == '%' || p->right == 0x20AC || p->right == 0xB0 ||
           span_is_any_case(word_from(p), units) || is_month(word_from(p));
}

static enum break_grade grade_of(const struct place *p, bool allowed, bool by_word)
{
    if ((p->left_traits | p->right_traits) == 0)
        return allowed ? allowed_grade(p, by_word) : BREAK_CAREFUL;
    if (!allowed || in_number(p) || in_long_sign(p) || is_misplaced(p) || in_western_word(p))
        return forbidden_grade(p);
    return parts_unit(p) || parts_spaced_unit(p) ? BREAK_SYLLABLE : allowed_grade(p, by_word);
}

static void step(struct place *p, uint32_t after)
{
    p->before = p->left;
    p->before_traits = p->left_traits;
    p->left = p->right;
    p->left_traits = p->right_traits;
    p->right = p->after;
    p->right_traits = p->after_traits;
    p->after = after;
    p->after_traits = traits_of(after);
}

static bool is_allowed(uint8_t answer)
{
    return answer == UC_BREAK_POSSIBLE || answer == UC_BREAK_HYPHENATION;
}

/* U+4000 to U+9FFF: no rule looks at them. */
static bool is_han(const char *text, size_t bytes, size_t at)
{
    return at < bytes && (unsigned char)text[at] >= 0xE4 && (unsigned char)text[at] <= 0xE9;
}

/* Grade a run of Han, most of what is read here, from `at` up to its last character, and return
 * that one's position. `p` is before `at`, and ends before the position returned. */
static size_t grade_han(struct place *p, const char *text, size_t bytes, size_t at,
                        uint8_t *grade)
{
    size_t start = at;

    while (is_han(text, bytes, at) && is_han(text, bytes, at + 3)) {
        grade[at] = is_allowed(grade[at]) ? BREAK_LEGAL : BREAK_CAREFUL;
        at += 3;
    }
    if (at > start) {
        step(p, 0x4E00);
        step(p, 0x4E00);
    }
    return at;
}

void linebreak_grade(const char *text, size_t bytes, bool by_word, uint8_t *grade)
{
    struct place p = {.text = text, .bytes = bytes};
    size_t at = 0, next;
    uint32_t cp;

    if (bytes == 0)
        return;
    ask_library(text, bytes, grade);
    next = utf8_decode(text, bytes, &cp);
    step(&p, cp);
    while (at < bytes) {
        size_t used = 0;

        if (!by_word && p.right_traits == 0 && is_han(text, bytes, at)) {
            at = grade_han(&p, text, bytes, at, grade);
            next = at + 3;
        }
        cp = 0;
        if (next < bytes)
            used = utf8_decode(text + next, bytes - next, &cp);
        step(&p, cp);
        p.at = at;
        grade[at] = (uint8_t)grade_of(&p, is_allowed(grade[at]), by_word);
        at = next;
        next += used;
    }
}

/* --------------------------------------------------------------------------- language */

/* Whether Hangul prevails among the East Asian letters at the start of the text. */
static bool is_mostly_hangul(const char *text, size_t bytes)
{
    size_t at = 0, hangul = 0, others = 0;
    size_t end = bytes < 4096 ? bytes : 4096;

    while (at < end) {
        uint32_t cp;

        at += utf8_decode(text + at, bytes - at, &cp);
        if (char_is_hangul(cp))
            hangul++;
        else if (cp > 0x3040 && char_is_east_asian(cp))
            others++;
    }
    return hangul > others;
}

bool linebreak_by_word(const char *text, size_t bytes, const char *language)
{
    if (language == NULL || language[0] == '\0')
        return is_mostly_hangul(text, bytes);
    return strncasecmp(language, "ko", 2) == 0 &&
           (language[2] == '\0' || language[2] == '-' || language[2] == '_');
}
