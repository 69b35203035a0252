/* Character class: a pure function from a code point to its kind, without a cache. The order of
 * the tests is the invariant: what is dangerous is detected before what is merely unusual. */
#include "shilu/text/char_class.h"

#include <unicase.h>
#include <unictype.h>
#include <unigbrk.h>
#include <uninorm.h>
#include <uniwidth.h>

static bool in(uint32_t cp, uint32_t first, uint32_t last)
{
    return cp >= first && cp <= last;
}

bool char_is_bidi_control(uint32_t cp)
{
    return cp == 0x061C || in(cp, 0x200E, 0x200F) || in(cp, 0x202A, 0x202E) ||
           in(cp, 0x2066, 0x2069);
}

static bool is_jamo(uint32_t cp)
{
    return in(cp, 0x1100, 0x11FF) || in(cp, 0xA960, 0xA97F) || in(cp, 0xD7B0, 0xD7FF);
}

/* Hexagrams, trigrams and the signs of Tai Xuan Jing became wide in Unicode 16, and circled
 * numbers on squares are ambiguous but wide in many tables, so terminals of different years
 * disagree. Tone marks of Hangul and Vietnamese reading marks are wide marks, which no two
 * terminals place alike. */
static bool is_disputed(uint32_t cp)
{
    return in(cp, 0x4DC0, 0x4DFF) || in(cp, 0x3248, 0x324F) || in(cp, 0x2630, 0x2637) ||
           in(cp, 0x268A, 0x268F) || in(cp, 0x1D300, 0x1D356) || in(cp, 0x1D360, 0x1D376) ||
           in(cp, 0x302E, 0x302F) || in(cp, 0x16FF0, 0x16FF1);
}

static enum char_kind control_kind(uint32_t cp)
{
    if (cp == '\t')
        return CHAR_TAB;
    if (in(cp, 0x0A, 0x0C) || cp == 0x85)
        return CHAR_BREAK;
    return CHAR_CONTROL;
}

static bool is_control(uint32_t cp)
{
    return cp < 0x20 || in(cp, 0x7F, 0x9F);
}

bool char_is_unsafe(uint32_t cp)
{
    return is_control(cp) || char_is_bidi_control(cp) || in(cp, 0x2028, 0x2029) ||
           in(cp, 0x206A, 0x206F) || in(cp, 0xFFF9, 0xFFFB) || in(cp, 0xE0000, 0xE007F);
}

/* White space that may hang at the end of a line; not the no-break spaces. */
static bool is_hanging_space(uint32_t cp)
{
    return cp == ' ' || cp == 0x1680 || (in(cp, 0x2000, 0x200A) && cp != 0x2007) ||
           cp == 0x205F || cp == 0x3000;
}

static enum char_kind mark_kind(uint32_t cp)
{
    if (cp == 0x3099 || cp == 0x309A)
        return CHAR_VOICING;
    if (cp == 0x20E3)
        return CHAR_KEYCAP;
    return uc_is_general_category(cp, UC_CATEGORY_Mc) ? CHAR_SPACING_MARK : CHAR_MARK;
}

static enum char_kind unassigned_kind(uint32_t cp)
{
    return uc_width(cp, "UTF-8") == 2 ? CHAR_UNKNOWN_WIDE : CHAR_UNKNOWN;
}

enum char_kind char_kind(uint32_t cp)
{
    if (is_control(cp))
        return control_kind(cp);
    if (cp == 0x2028 || cp == 0x2029)
        return CHAR_BREAK;
    if (char_is_bidi_control(cp))
        return CHAR_BIDI;
    if (cp == 0x200D)
        return CHAR_JOINER;
    if (uc_is_property_default_ignorable_code_point(cp) ||
        uc_is_general_category(cp, UC_CATEGORY_Cf))
        return CHAR_DROPPED;
    if (is_hanging_space(cp))
        return CHAR_SPACE;
    if (is_disputed(cp))
        return CHAR_DISPUTED;
    if (is_jamo(cp))
        return CHAR_JAMO;
    if (in(cp, 0x1F3FB, 0x1F3FF))
        return CHAR_SKIN_TONE;
    if (in(cp, 0x1F1E6, 0x1F1FF))
        return CHAR_REGIONAL;
    if (uc_is_general_category(cp, UC_CATEGORY_Co))
        return CHAR_UNKNOWN;
    if (uc_is_general_category(cp, UC_CATEGORY_Cn))
        return unassigned_kind(cp);
    if (uc_is_general_category(cp, UC_CATEGORY_M))
        return mark_kind(cp);
    return uc_is_property_extended_pictographic(cp) ? CHAR_PICTURE : CHAR_PLAIN;
}

/* Han, kana and Hangul syllables are excluded by a range test, since most queries are about
 * them; anything else with a canonical decomposition goes through the normaliser. */
uint32_t char_compose(uint32_t base, uint32_t mark)
{
    return uc_composition(base, mark);
}

bool char_composes_alone(uint32_t cp)
{
    ucs4_t decomposition[UC_DECOMPOSITION_MAX_LENGTH];

    if (cp < 0x340 || in(cp, 0x3000, 0xF8FF))
        return false;
    return uc_canonical_decomposition(cp, decomposition) > 0;
}

bool char_is_simple(uint32_t cp, enum char_kind kind)
{
    int property = uc_graphemeclusterbreak_property(cp);

    return (kind == CHAR_PLAIN || kind == CHAR_SPACE) && !char_composes_alone(cp) &&
           (property == GBP_OTHER || property == GBP_LV || property == GBP_LVT);
}

bool char_is_east_asian(uint32_t cp)
{
    if (cp < 0x1100)
        return false;
    return in(cp, 0x1100, 0x11FF) || in(cp, 0x2E80, 0x303E) || in(cp, 0x3041, 0xA4CF) ||
           in(cp, 0xA960, 0xA97F) || in(cp, 0xAC00, 0xD7FF) || in(cp, 0xF900, 0xFAFF) ||
           in(cp, 0xFE10, 0xFE1F) || in(cp, 0xFE30, 0xFE6F) || in(cp, 0xFF01, 0xFFEE) ||
           in(cp, 0x16FE0, 0x18DFF) || in(cp, 0x1AFF0, 0x1B2FF) || in(cp, 0x20000, 0x3FFFD);
}

bool char_is_hangul(uint32_t cp)
{
    return in(cp, 0xAC00, 0xD7A3) || in(cp, 0x1100, 0x11FF) || in(cp, 0x3131, 0x318E) ||
           in(cp, 0xA960, 0xA97F) || in(cp, 0xD7B0, 0xD7FF) || in(cp, 0xFFA0, 0xFFDC);
}

bool char_is_letter(uint32_t cp)
{
    if (cp < 0x80)
        return (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z';
    return uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M);
}

/* Latin, Greek, Cyrillic and Armenian, with their extensions. */
static bool is_of_cased_script(uint32_t cp)
{
    return cp < 0x590 || in(cp, 0x1E00, 0x1FFF) || in(cp, 0xA640, 0xA7FF);
}

bool char_is_upper(uint32_t cp)
{
    if (cp < 0x80)
        return cp >= 'A' && cp <= 'Z';
    return is_of_cased_script(cp) &&
           uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_Lu | UC_CATEGORY_MASK_Lt);
}

bool char_is_lower(uint32_t cp)
{
    if (cp < 0x80)
        return cp >= 'a' && cp <= 'z';
    return is_of_cased_script(cp) && uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_Ll);
}

uint32_t char_lower(uint32_t cp)
{
    return char_is_upper(cp) ? uc_tolower(cp) : cp;
}
