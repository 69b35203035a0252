/* Character class: how one code point is displayed safely, by its Unicode properties. Source:
 * the Unicode Character Database through libunistring. Rules: HACKING.md, "Safe display".
 * Lookups are slow; text/width caches them. */
#ifndef SHILU_TEXT_CHAR_CLASS_H
#define SHILU_TEXT_CHAR_CLASS_H

#include <stdbool.h>
#include <stdint.h>

enum char_kind {
    CHAR_PLAIN, /* occupies its own cells */
    CHAR_SPACE, /* white space that may hang at a line's end */
    CHAR_TAB,
    CHAR_BREAK,        /* forces a line break: LF, VT, FF, NEL, U+2028, U+2029 */
    CHAR_CONTROL,      /* any other character of C0, C1 or DEL */
    CHAR_BIDI,         /* a bidirectional control: made visible, since it can deceive */
    CHAR_DROPPED,      /* format and default-ignorable characters */
    CHAR_JOINER,       /* U+200D: dropped too, but joins emoji */
    CHAR_MARK,         /* drawn in its base's cell */
    CHAR_SPACING_MARK, /* belongs to a base but occupies a cell of its own */
    CHAR_VOICING,      /* U+3099 and U+309A */
    CHAR_KEYCAP,       /* U+20E3 */
    CHAR_SKIN_TONE,
    CHAR_REGIONAL,     /* a regional indicator */
    CHAR_PICTURE,      /* Extended_Pictographic */
    CHAR_JAMO,         /* a conjoining jamo */
    CHAR_DISPUTED,     /* terminals disagree on its columns */
    CHAR_UNKNOWN_WIDE, /* unassigned in the library's version of Unicode */
    CHAR_UNKNOWN       /* the same, one column; private use; noncharacters */
};

enum char_kind char_kind(uint32_t cp);

/* The one list of characters that must never reach a terminal, a clipboard or a line of output
 * unchanged, because they act, invisibly, on it or on the text around them: C0, DEL, C1, the
 * line and paragraph separators, bidirectional controls, the deprecated format characters
 * (U+206A to U+206F), interlinear annotation, and tag characters. LF and tab are included: a
 * caller that means a line end or a gap must allow them. */
bool char_is_unsafe(uint32_t cp);
/* The bidirectional controls among these, which right-to-left text may need. */
bool char_is_bidi_control(uint32_t cp);

/* Whether NFC can change `cp` on its own. */
bool char_composes_alone(uint32_t cp);

/* NFC's single character for a base and a combining mark, or 0 if there is none. */
uint32_t char_compose(uint32_t base, uint32_t mark);

/* Whether there is a cluster boundary between any two such characters, and each is drawn
 * unchanged: true for nearly all text. Others take a slower path. `kind` is char_kind(cp). */
bool char_is_simple(uint32_t cp, enum char_kind kind);

/* Whether `cp` belongs to East Asian text: letters and punctuation of width W, F or H, for the
 * rules of line breaking. Emoji are not. */
bool char_is_east_asian(uint32_t cp);

bool char_is_hangul(uint32_t cp);

/* A letter, or a mark that belongs to one. */
bool char_is_letter(uint32_t cp);

/* The case of letters of scripts whose sentences and names begin with capitals: Latin, Greek,
 * Cyrillic, Armenian. Other scripts have none here, though Unicode gives Georgian two. */
bool char_is_upper(uint32_t cp);
bool char_is_lower(uint32_t cp);
/* The lower-case form of a capital; other code points unchanged. */
uint32_t char_lower(uint32_t cp);

#endif
