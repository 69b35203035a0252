/* Folded text: the code points at the start (or end) of a line, each replaced by the plainest
 * of its kind, so that one layout stands for all variants: full-width and presentation forms of
 * ASCII, the many colons, dashes and circles. Format characters (zero-width, bidirectional) are
 * left out; every other code point folds to exactly one, whose place in the text is kept. */
#ifndef SHILU_FORMATS_FOLDED_TEXT_H
#define SHILU_FORMATS_FOLDED_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shilu/base/span.h"
#include "shilu/text/char_class.h"

enum { FOLDED_MAX = 112 };

/* Stands for a run of white space that separates columns, as opposed to one blank. */
enum { FOLDED_WIDE_SPACE = 0x3000 };

struct folded {
    uint32_t cp[FOLDED_MAX + 1]; /* ends in 0 */
    uint32_t at[FOLDED_MAX + 1]; /* byte offset of each in the text; at[count] is where the
                                  * last one ends */
    size_t count;
    bool whole; /* the whole text is in it */
    /* Bit n: cp[n] is none of the usual letters, or the 0 at the end. */
    uint64_t signs[(FOLDED_MAX + 64) / 64];
};

/* The letters that most words consist of: ASCII, Han, Hangul. */
static inline bool folded_is_usual_letter(uint32_t cp)
{
    return ((cp | 0x20) >= 'a' && (cp | 0x20) <= 'z') || (cp >= 0x3400 && cp <= 0xD7A3);
}

/* The first position from `at` (up to count) on that has no usual letter. */
static inline size_t folded_skip_usual_letters(const struct folded *f, size_t at)
{
    size_t word = at / 64;
    uint64_t signs = f->signs[word] >> at % 64;

    if (signs != 0)
        return at + (size_t)__builtin_ctzll(signs);
    while (f->signs[++word] == 0)
        continue;
    return word * 64 + (size_t)__builtin_ctzll(f->signs[word]);
}

/* The plainest code point of its kind; 0 for a format character. */
uint32_t folded_code_point(uint32_t cp);

/* Fold the start of a text, from byte `from` on. */
void folded_front(struct folded *f, struct span text, size_t from);
/* At most so many code points of it. */
void folded_front_some(struct folded *f, struct span text, size_t from, size_t most);
/* Fold its end: at most `count` code points; `at` counts from the start of the text. */
void folded_back(struct folded *f, struct span text, size_t count);

/* The last code point of a text, folded; 0 if it is a format character or there is none. */
uint32_t folded_last(struct span text);

/* A space of any width, a tab. */
static inline bool folded_is_blank(uint32_t cp)
{
    return cp == ' ' || cp == '\t' || cp == FOLDED_WIDE_SPACE;
}

/* An ASCII digit, after folding. */
static inline bool folded_is_digit(uint32_t cp)
{
    return cp >= '0' && cp <= '9';
}

bool folded_is_bullet(uint32_t cp); /* ○ ◆ • … : signs before the speakers of a record */
bool folded_is_cjk(uint32_t cp);    /* a letter of Chinese, Japanese or Korean */
bool folded_is_kana_or_han(uint32_t cp);
bool folded_is_other_letter(uint32_t cp); /* beyond ASCII */
/* Neither digit, sign nor space. */
static inline bool folded_is_letter(uint32_t cp)
{
    return cp < 0x80 ? (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z' : folded_is_other_letter(cp);
}

static inline bool folded_is_upper(uint32_t cp)
{
    return cp < 0x80 ? cp >= 'A' && cp <= 'Z' : char_is_upper(cp);
}
static inline bool folded_is_lower(uint32_t cp)
{
    return cp < 0x80 ? cp >= 'a' && cp <= 'z' : char_is_lower(cp);
}
/* Whether a text has a capital and no letter in lower case. */
bool folded_is_in_capitals(struct span text);
/* The lower-case form of a capital; other code points unchanged. */
static inline uint32_t folded_lower(uint32_t cp)
{
    return char_lower(cp);
}

/* Width of a text in columns, with East Asian characters as two: accurate enough to compare
 * lengths. */
size_t folded_columns(struct span text);

/* Whether a text ends as a sentence does: in a stop, perhaps inside closing quotes or before a
 * note in brackets. */
bool folded_ends_sentence(struct span text);
/* Whether it contains a question: a question mark, or an ending in Japanese or Korean. */
bool folded_asks(struct span text);
/* Whether its last sentence is a question. */
bool folded_ends_in_question(struct span text);
/* Whether it ends in a request or a topic that serves as a question. */
bool folded_ends_in_request(struct span text);
/* Whether it begins with a quotation mark. */
bool folded_opens_quotation(struct span text);
/* Whether it asks for an answer in the words of assemblies: 伺います, 請問. */
bool folded_requests(struct span text);

/* The text without white space of any width at both ends. */
struct span folded_trim(struct span text);

#endif
