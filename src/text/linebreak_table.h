/* What single characters do to a line break, beyond what the library knows: the table of
 * text/linebreak. Han, and what is above U+FFFF, has none of these traits. */
#ifndef SHILU_TEXT_LINEBREAK_TABLE_H
#define SHILU_TEXT_LINEBREAK_TABLE_H

#include <stdint.h>

enum line_trait {
    LINE_NO_START = 1,      /* may not start a line, not even after a space */
    LINE_NO_END = 2,        /* may not end one */
    LINE_DIGIT = 4,         /* a digit, ASCII or full width */
    LINE_IN_NUMBER = 8,     /* belongs to a number if it stands between digits */
    LINE_PREFIX = 16,       /* belongs to the number after it */
    LINE_DOUBLED = 32,      /* a row of these is one sign */
    LINE_WORD_END = 64,     /* breaks words apart where they are kept whole */
    LINE_VOWEL_FIRST = 128, /* a vowel written before its consonant */
    LINE_VOWEL_LAST = 256,  /* a vowel or sign written after it */
    LINE_STAYS = 512,       /* better not at a line's start, where a run must be cut */
    LINE_HOLDS = 1024       /* better not at its end */
};

/* clang-format off */
static const struct {
    uint16_t first, last; /* inclusive; in ascending order */
    uint16_t traits;
} line_traits[] = {
    {'\t', '\t', LINE_WORD_END},
    {' ', ' ', LINE_WORD_END},
    {'!', '!', LINE_STAYS},
    {'#', '$', LINE_PREFIX | LINE_HOLDS},
    {'%', '%', LINE_STAYS},
    {'(', '(', LINE_HOLDS},
    {')', ')', LINE_STAYS},
    {'+', '+', LINE_PREFIX},
    {',', ',', LINE_IN_NUMBER | LINE_STAYS},
    {'-', '-', LINE_IN_NUMBER | LINE_WORD_END},
    {'.', '.', LINE_IN_NUMBER | LINE_STAYS},
    {'/', '/', LINE_IN_NUMBER | LINE_STAYS | LINE_WORD_END},
    {'0', '9', LINE_DIGIT},
    {':', ':', LINE_IN_NUMBER | LINE_STAYS},
    {';', ';', LINE_STAYS},
    {'?', '?', LINE_STAYS},
    {'[', '[', LINE_HOLDS},
    {']', ']', LINE_STAYS},
    {'{', '{', LINE_HOLDS},
    {'}', '}', LINE_STAYS},
    {0x00A1, 0x00A1, LINE_HOLDS},                    /* ¡ */
    {0x00A3, 0x00A3, LINE_PREFIX | LINE_HOLDS},      /* £ */
    {0x00A5, 0x00A5, LINE_PREFIX | LINE_HOLDS},      /* ¥ */
    {0x00AB, 0x00AB, LINE_HOLDS},                    /* « */
    {0x00B0, 0x00B0, LINE_STAYS},                    /* ° */
    {0x00B1, 0x00B1, LINE_PREFIX},                   /* ± */
    {0x00B7, 0x00B7, LINE_NO_START},                 /* · */
    {0x00BB, 0x00BB, LINE_STAYS},                    /* » */
    {0x00BF, 0x00BF, LINE_HOLDS},                    /* ¿ */
    {0x0E2F, 0x0E30, LINE_VOWEL_LAST},               /* Thai paiyannoi, sara a */
    {0x0E32, 0x0E33, LINE_VOWEL_LAST},               /* sara aa, sara am */
    {0x0E40, 0x0E44, LINE_VOWEL_FIRST},              /* sara e to sara ai maimalai */
    {0x0E45, 0x0E46, LINE_VOWEL_LAST},               /* lakkhangyao, maiyamok */
    {0x0EAF, 0x0EB0, LINE_VOWEL_LAST},               /* the same in Lao */
    {0x0EB2, 0x0EB3, LINE_VOWEL_LAST},
    {0x0EC0, 0x0EC4, LINE_VOWEL_FIRST},
    {0x0EC6, 0x0EC6, LINE_VOWEL_LAST},
    {0x2000, 0x2006, LINE_WORD_END},                 /* the spaces of typesetting */
    {0x2008, 0x200B, LINE_WORD_END},
    {0x2010, 0x2010, LINE_IN_NUMBER | LINE_NO_START | LINE_WORD_END},
    {0x2011, 0x2012, LINE_IN_NUMBER | LINE_STAYS},
    {0x2013, 0x2013, LINE_IN_NUMBER | LINE_NO_START | LINE_WORD_END}, /* – */
    {0x2014, 0x2015, LINE_NO_START | LINE_DOUBLED | LINE_WORD_END},   /* — ― */
    {0x2018, 0x2018, LINE_HOLDS},
    {0x2019, 0x2019, LINE_STAYS},
    {0x201A, 0x201A, LINE_HOLDS},
    {0x201C, 0x201C, LINE_HOLDS},
    {0x201D, 0x201D, LINE_STAYS},
    {0x201E, 0x201E, LINE_HOLDS},
    {0x2025, 0x2026, LINE_NO_START | LINE_DOUBLED},  /* ‥ … */
    {0x2027, 0x2027, LINE_NO_START},                 /* ‧ */
    {0x2030, 0x2037, LINE_STAYS},                    /* per mille, primes */
    {0x2039, 0x2039, LINE_HOLDS},
    {0x203A, 0x203A, LINE_STAYS},
    {0x203C, 0x203D, LINE_NO_START},
    {0x2047, 0x2049, LINE_NO_START},
    {0x20AC, 0x20AC, LINE_PREFIX | LINE_HOLDS},      /* € */
    {0x2103, 0x2103, LINE_STAYS},                    /* ℃ */
    {0x2109, 0x2109, LINE_STAYS},
    {0x2116, 0x2116, LINE_PREFIX | LINE_HOLDS},      /* № */
    {0x2212, 0x2212, LINE_PREFIX},
    {0x226A, 0x226A, LINE_NO_END},                   /* ≪ */
    {0x226B, 0x226B, LINE_NO_START},                 /* ≫ */
    {0x22EF, 0x22EF, LINE_NO_START | LINE_DOUBLED},  /* ⋯ */
    {0x2500, 0x2500, LINE_NO_START | LINE_DOUBLED},  /* ─, a dash in Taiwan's records */
    {0x2E3A, 0x2E3B, LINE_NO_START | LINE_DOUBLED | LINE_WORD_END},
    {0x3000, 0x3000, LINE_WORD_END},
    {0x3001, 0x3002, LINE_NO_START},                 /* 、。 */
    {0x3005, 0x3005, LINE_NO_START},                 /* 々 */
    {0x3008, 0x3008, LINE_NO_END},                   /* 〈〉 and on: pairs of brackets */
    {0x3009, 0x3009, LINE_NO_START},
    {0x300A, 0x300A, LINE_NO_END},
    {0x300B, 0x300B, LINE_NO_START},
    {0x300C, 0x300C, LINE_NO_END},
    {0x300D, 0x300D, LINE_NO_START},
    {0x300E, 0x300E, LINE_NO_END},
    {0x300F, 0x300F, LINE_NO_START},
    {0x3010, 0x3010, LINE_NO_END},
    {0x3011, 0x3011, LINE_NO_START},
    {0x3014, 0x3014, LINE_NO_END},
    {0x3015, 0x3015, LINE_NO_START},
    {0x3016, 0x3016, LINE_NO_END},
    {0x3017, 0x3017, LINE_NO_START},
    {0x3018, 0x3018, LINE_NO_END},
    {0x3019, 0x3019, LINE_NO_START},
    {0x301A, 0x301A, LINE_NO_END},
    {0x301B, 0x301C, LINE_NO_START},                 /* 〛〜 */
    {0x301D, 0x301D, LINE_NO_END},
    {0x301E, 0x301F, LINE_NO_START},
    {0x303B, 0x303C, LINE_NO_START},
    {0x3041, 0x3041, LINE_NO_START},                 /* small kana */
    {0x3043, 0x3043, LINE_NO_START},
    {0x3045, 0x3045, LINE_NO_START},
    {0x3047, 0x3047, LINE_NO_START},
    {0x3049, 0x3049, LINE_NO_START},
    {0x3063, 0x3063, LINE_NO_START},
    {0x3083, 0x3083, LINE_NO_START},
    {0x3085, 0x3085, LINE_NO_START},
    {0x3087, 0x3087, LINE_NO_START},
    {0x308E, 0x308E, LINE_NO_START},
    {0x3095, 0x3096, LINE_NO_START},
    {0x309B, 0x309E, LINE_NO_START},                 /* voicing and iteration marks */
    {0x30A0, 0x30A1, LINE_NO_START},
    {0x30A3, 0x30A3, LINE_NO_START},
    {0x30A5, 0x30A5, LINE_NO_START},
    {0x30A7, 0x30A7, LINE_NO_START},
    {0x30A9, 0x30A9, LINE_NO_START},
    {0x30C3, 0x30C3, LINE_NO_START},
    {0x30E3, 0x30E3, LINE_NO_START},
    {0x30E5, 0x30E5, LINE_NO_START},
    {0x30E7, 0x30E7, LINE_NO_START},
    {0x30EE, 0x30EE, LINE_NO_START},
    {0x30F5, 0x30F6, LINE_NO_START},
    {0x30FB, 0x30FE, LINE_NO_START},                 /* ・ー and iteration marks */
    {0x31F0, 0x31FF, LINE_NO_START},
    {0xFE10, 0xFE16, LINE_NO_START},                 /* vertical forms */
    {0xFE50, 0xFE52, LINE_NO_START},                 /* small forms */
    {0xFE54, 0xFE57, LINE_NO_START},
    {0xFE59, 0xFE59, LINE_NO_END},
    {0xFE5A, 0xFE5A, LINE_NO_START},
    {0xFE5B, 0xFE5B, LINE_NO_END},
    {0xFE5C, 0xFE5C, LINE_NO_START},
    {0xFE5D, 0xFE5D, LINE_NO_END},
    {0xFE5E, 0xFE5E, LINE_NO_START},
    {0xFF01, 0xFF01, LINE_NO_START},                 /* ！ */
    {0xFF04, 0xFF04, LINE_PREFIX | LINE_HOLDS},      /* ＄ */
    {0xFF05, 0xFF05, LINE_NO_START},                 /* ％ */
    {0xFF08, 0xFF08, LINE_NO_END},                   /* （ */
    {0xFF09, 0xFF09, LINE_NO_START},                 /* ） */
    {0xFF0B, 0xFF0B, LINE_PREFIX},                   /* ＋ */
    {0xFF0C, 0xFF0C, LINE_NO_START},                 /* ， */
    {0xFF0D, 0xFF0D, LINE_PREFIX | LINE_IN_NUMBER},  /* － */
    {0xFF0E, 0xFF0F, LINE_NO_START | LINE_IN_NUMBER}, /* ．／ */
    {0xFF10, 0xFF19, LINE_DIGIT},
    {0xFF1A, 0xFF1A, LINE_NO_START | LINE_IN_NUMBER}, /* ： */
    {0xFF1B, 0xFF1B, LINE_NO_START},                 /* ； */
    {0xFF1C, 0xFF1C, LINE_NO_END},                   /* ＜ */
    {0xFF1E, 0xFF1F, LINE_NO_START},                 /* ＞？ */
    {0xFF3B, 0xFF3B, LINE_NO_END},
    {0xFF3D, 0xFF3D, LINE_NO_START},
    {0xFF5B, 0xFF5B, LINE_NO_END},
    {0xFF5D, 0xFF5E, LINE_NO_START},                 /* ｝～ */
    {0xFF5F, 0xFF5F, LINE_NO_END},
    {0xFF60, 0xFF61, LINE_NO_START},
    {0xFF62, 0xFF62, LINE_NO_END},
    {0xFF63, 0xFF65, LINE_NO_START},
    {0xFF67, 0xFF70, LINE_NO_START},                 /* half-width small kana and ｰ */
    {0xFF9E, 0xFF9F, LINE_NO_START},
    {0xFFE0, 0xFFE0, LINE_NO_START},                 /* ￠ */
    {0xFFE1, 0xFFE1, LINE_PREFIX | LINE_HOLDS},
    {0xFFE5, 0xFFE6, LINE_PREFIX | LINE_HOLDS},      /* ￥￦ */
};
/* clang-format on */

#endif
