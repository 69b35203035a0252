/* How single characters affect line breaks, beyond what the library knows: the table of
 * text/linebreak. Characters on pages without a table have no traits. */
#ifndef SHILU_TEXT_LINEBREAK_TABLE_H
#define SHILU_TEXT_LINEBREAK_TABLE_H

#include <stddef.h>
#include <stdint.h>

enum line_trait {
    NO_START = 1,      /* may not start a line, not even after a space */
    NO_END = 2,        /* may not end one */
    DIGIT = 4,         /* a digit, ASCII or full width */
    IN_NUMBER = 8,     /* part of a number if between digits */
    PREFIX = 16,       /* belongs to the number after it */
    DOUBLED = 32,      /* a row of these is one sign */
    WORD_END = 64,     /* separates words that otherwise do not break */
    VOWEL_FIRST = 128, /* vowel written before its consonant */
    VOWEL_LAST = 256,  /* vowel or sign written after its consonant */
    STAYS = 512,       /* better not at the start of a line, if a run must be split */
    HOLDS = 1024       /* better not at the end of a line */
};

/* clang-format off */
static const uint16_t line_traits_00[256] = {
    ['\t'] = WORD_END,
    [' '] = WORD_END,
    ['!'] = STAYS,
    ['#' ... '$'] = PREFIX | HOLDS,
    ['%'] = STAYS,
    ['('] = HOLDS,
    [')'] = STAYS,
    ['+'] = PREFIX,
    [','] = IN_NUMBER | STAYS,
    ['-'] = IN_NUMBER | WORD_END,
    ['.'] = IN_NUMBER | STAYS,
    ['/'] = IN_NUMBER | STAYS | WORD_END,
    ['0' ... '9'] = DIGIT,
    [':'] = IN_NUMBER | STAYS,
    [';'] = STAYS,
    ['?'] = STAYS,
    ['['] = HOLDS,
    [']'] = STAYS,
    ['{'] = HOLDS,
    ['}'] = STAYS,
    [0xA1] = HOLDS, /* ¡ */
    [0xA3] = PREFIX | HOLDS, /* £ */
    [0xA5] = PREFIX | HOLDS, /* ¥ */
    [0xAB] = HOLDS, /* « */
    [0xB0] = STAYS, /* ° */
    [0xB1] = PREFIX, /* ± */
    [0xB7] = NO_START, /* · */
    [0xBB] = STAYS, /* » */
    [0xBF] = HOLDS, /* ¿ */
};

static const uint16_t line_traits_0E[256] = {
    [0x2F ... 0x30] = VOWEL_LAST, /* Thai paiyannoi, sara a */
    [0x32 ... 0x33] = VOWEL_LAST, /* sara aa, sara am */
    [0x40 ... 0x44] = VOWEL_FIRST, /* sara e to sara ai maimalai */
    [0x45 ... 0x46] = VOWEL_LAST, /* lakkhangyao, maiyamok */
    [0xAF ... 0xB0] = VOWEL_LAST, /* the same in Lao */
    [0xB2 ... 0xB3] = VOWEL_LAST,
    [0xC0 ... 0xC4] = VOWEL_FIRST,
    [0xC6] = VOWEL_LAST,
};

static const uint16_t line_traits_20[256] = {
    [0x00 ... 0x06] = WORD_END, /* the spaces of typesetting */
    [0x08 ... 0x0B] = WORD_END,
    [0x10] = IN_NUMBER | NO_START | WORD_END,
    [0x11 ... 0x12] = IN_NUMBER | STAYS,
    [0x13] = IN_NUMBER | NO_START | WORD_END, /* – */
    [0x14 ... 0x15] = NO_START | DOUBLED | WORD_END, /* — ― */
    [0x18] = HOLDS,
    [0x19] = STAYS,
    [0x1A] = HOLDS,
    [0x1C] = HOLDS,
    [0x1D] = STAYS,
    [0x1E] = HOLDS,
    [0x25 ... 0x26] = NO_START | DOUBLED, /* ‥ … */
    [0x27] = NO_START, /* ‧ */
    [0x30 ... 0x37] = STAYS, /* per mille, primes */
    [0x39] = HOLDS,
    [0x3A] = STAYS,
    [0x3C ... 0x3D] = NO_START,
    [0x47 ... 0x49] = NO_START,
    [0xAC] = PREFIX | HOLDS, /* € */
};

static const uint16_t line_traits_21[256] = {
    [0x03] = STAYS, /* ℃ */
    [0x09] = STAYS,
    [0x16] = PREFIX | HOLDS, /* № */
};

static const uint16_t line_traits_22[256] = {
    [0x12] = PREFIX,
    [0x6A] = NO_END, /* ≪ */
    [0x6B] = NO_START, /* ≫ */
    [0xEF] = NO_START | DOUBLED, /* ⋯ */
};

static const uint16_t line_traits_25[256] = {
    [0x00] = NO_START | DOUBLED, /* ─, a dash in Taiwan's records */
};

static const uint16_t line_traits_2E[256] = {
    [0x3A ... 0x3B] = NO_START | DOUBLED | WORD_END,
};

static const uint16_t line_traits_30[256] = {
    [0x00] = WORD_END,
    [0x01 ... 0x02] = NO_START, /* 、。 */
    [0x05] = NO_START, /* 々 */
    [0x08] = NO_END, /* 〈〉 and on: pairs of brackets */
    [0x09] = NO_START,
    [0x0A] = NO_END,
    [0x0B] = NO_START,
    [0x0C] = NO_END,
    [0x0D] = NO_START,
    [0x0E] = NO_END,
    [0x0F] = NO_START,
    [0x10] = NO_END,
    [0x11] = NO_START,
    [0x14] = NO_END,
    [0x15] = NO_START,
    [0x16] = NO_END,
    [0x17] = NO_START,
    [0x18] = NO_END,
    [0x19] = NO_START,
    [0x1A] = NO_END,
    [0x1B ... 0x1C] = NO_START, /* 〛〜 */
    [0x1D] = NO_END,
    [0x1E ... 0x1F] = NO_START,
    [0x3B ... 0x3C] = NO_START,
    [0x41] = NO_START, /* small kana */
    [0x43] = NO_START,
    [0x45] = NO_START,
    [0x47] = NO_START,
    [0x49] = NO_START,
    [0x63] = NO_START,
    [0x83] = NO_START,
    [0x85] = NO_START,
    [0x87] = NO_START,
    [0x8E] = NO_START,
    [0x95 ... 0x96] = NO_START,
    [0x9B ... 0x9E] = NO_START, /* voicing and iteration marks */
    [0xA0 ... 0xA1] = NO_START,
    [0xA3] = NO_START,
    [0xA5] = NO_START,
    [0xA7] = NO_START,
    [0xA9] = NO_START,
    [0xC3] = NO_START,
    [0xE3] = NO_START,
    [0xE5] = NO_START,
    [0xE7] = NO_START,
    [0xEE] = NO_START,
    [0xF5 ... 0xF6] = NO_START,
    [0xFB ... 0xFE] = NO_START, /* ・ー and iteration marks */
};

static const uint16_t line_traits_31[256] = {
    [0xF0 ... 0xFF] = NO_START,
};

static const uint16_t line_traits_FE[256] = {
    [0x10 ... 0x16] = NO_START, /* vertical forms */
    [0x50 ... 0x52] = NO_START, /* small forms */
    [0x54 ... 0x57] = NO_START,
    [0x59] = NO_END,
    [0x5A] = NO_START,
    [0x5B] = NO_END,
    [0x5C] = NO_START,
    [0x5D] = NO_END,
    [0x5E] = NO_START,
};

static const uint16_t line_traits_FF[256] = {
    [0x01] = NO_START, /* ！ */
    [0x04] = PREFIX | HOLDS, /* ＄ */
    [0x05] = NO_START, /* ％ */
    [0x08] = NO_END, /* （ */
    [0x09] = NO_START, /* ） */
    [0x0B] = PREFIX, /* ＋ */
    [0x0C] = NO_START, /* ， */
    [0x0D] = PREFIX | IN_NUMBER, /* － */
    [0x0E ... 0x0F] = NO_START | IN_NUMBER, /* ．／ */
    [0x10 ... 0x19] = DIGIT,
    [0x1A] = NO_START | IN_NUMBER, /* ： */
    [0x1B] = NO_START, /* ； */
    [0x1C] = NO_END, /* ＜ */
    [0x1E ... 0x1F] = NO_START, /* ＞？ */
    [0x3B] = NO_END,
    [0x3D] = NO_START,
    [0x5B] = NO_END,
    [0x5D ... 0x5E] = NO_START, /* ｝～ */
    [0x5F] = NO_END,
    [0x60 ... 0x61] = NO_START,
    [0x62] = NO_END,
    [0x63 ... 0x65] = NO_START,
    [0x67 ... 0x70] = NO_START, /* half-width small kana and ｰ */
    [0x9E ... 0x9F] = NO_START,
    [0xE0] = NO_START, /* ￠ */
    [0xE1] = PREFIX | HOLDS,
    [0xE5 ... 0xE6] = PREFIX | HOLDS, /* ￥￦ */
};

static const uint16_t *const line_traits[256] = {
    [0x00] = line_traits_00,
    [0x0E] = line_traits_0E,
    [0x20] = line_traits_20,
    [0x21] = line_traits_21,
    [0x22] = line_traits_22,
    [0x25] = line_traits_25,
    [0x2E] = line_traits_2E,
    [0x30] = line_traits_30,
    [0x31] = line_traits_31,
    [0xFE] = line_traits_FE,
    [0xFF] = line_traits_FF,
};
/* clang-format on */

#endif
