/* Bytes, eight at a time: in a word of eight, the high bit of each byte is made to say whether
 * the byte is of a kind, and these bits are counted. */
#include "shilu/base/bytes.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

static const uint64_t high = EACH(0x80);

static uint64_t load(const char *s)
{
    uint64_t word;

    memcpy(&word, s, sizeof word);
    return word;
}

/* 10xxxxxx */
static uint64_t continuations(uint64_t word)
{
    return word & ~(word << 1) & high;
}

/* ASCII bytes below `limit`, which is at most 0x80: adding carries the others over 0x7F. */
static uint64_t below(uint64_t word, unsigned limit)
{
    return ~(((word & ~high) + EACH(0x80u - limit)) | word) & high;
}

/* The number of high bits set: the sum of the bytes, gathered in the highest one. */
static size_t bits(uint64_t word)
{
    return (size_t)((word >> 7) * EACH(1) >> 56);
}

size_t bytes_count_characters(const char *s, size_t count)
{
    size_t found = count;
    size_t i = 0;

    for (; i + 8 <= count; i += 8)
        found -= bits(continuations(load(s + i)));
    for (; i < count; i++)
        found -= ((unsigned char)s[i] & 0xC0) == 0x80;
    return found;
}

/* Bytes equal to `byte`, which is not ASCII. */
static uint64_t equal_high(uint64_t word, unsigned byte)
{
    word ^= EACH(byte);
    return ~(((word & ~high) + EACH(0x7Fu)) | word) & high;
}

/* Whether white space beyond ASCII starts here (White_Space in PropList.txt of the Unicode
 * Character Database): U+0085, U+00A0, U+1680, U+2000 to U+200A, U+2028, U+2029, U+202F,
 * U+205F, U+3000. */
static bool is_wide_white(const char *s, size_t bytes)
{
    const unsigned char *p = (const unsigned char *)s;

    if (bytes >= 2 && p[0] == 0xC2)
        return p[1] == 0x85 || p[1] == 0xA0;
    if (bytes < 3)
        return false;
    if (p[0] == 0xE2 && p[1] == 0x80)
        return (p[2] >= 0x80 && p[2] <= 0x8A) || p[2] == 0xA8 || p[2] == 0xA9 || p[2] == 0xAF;
    return (p[0] == 0xE3 && p[1] == 0x80 && p[2] == 0x80) ||
           (p[0] == 0xE2 && p[1] == 0x81 && p[2] == 0x9F) ||
           (p[0] == 0xE1 && p[1] == 0x9A && p[2] == 0x80);
}

/* Whether such white space may start in a word of text: a lead byte C2, E1 or E2. E3 starts
 * every kana and every Chinese full stop, so it counts only if two bytes 80 follow one another,
 * as in U+3000, or if they would be in the next word. */
static bool may_start_wide_white(uint64_t word, const char *s)
{
    uint64_t mark = equal_high(word, 0x80);
    uint64_t lead = equal_high(word & ~EACH(0x20), 0xC2) | equal_high(word, 0xE1);

    return (mark & mark << 8) != 0 || lead != 0 || s[6] == '\xE3' || s[7] == '\xE3';
}

size_t bytes_count_visible(const char *s, size_t count)
{
    size_t found = count;
    size_t i = 0;

    for (; i + 8 <= count; i += 8) {
        uint64_t word = load(s + i);

        if ((word & high) == 0) {
            found -= bits(below(word, 0x21));
            continue;
        }
        found -= bits(continuations(word) | below(word, 0x21));
        if (!may_start_wide_white(word, s + i))
            continue;
        for (size_t k = 0; k < 8; k++)
            found -= is_wide_white(s + i + k, count - i - k);
    }
    for (; i < count; i++)
        found -= ((unsigned char)s[i] & 0xC0) == 0x80 || (unsigned char)s[i] <= 0x20 ||
                 is_wide_white(s + i, count - i);
    return found;
}

/* Bytes equal to `byte`, which is ASCII. */
static uint64_t equal(uint64_t word, unsigned byte)
{
    return below(word ^ EACH(byte), 1);
}

static bool is_plain(char c)
{
    return (unsigned char)c >= 0x20 && c != '"' && c != '\\';
}

/* The position of the first byte whose high bit is set, in a word that has one. */
static size_t first_of(uint64_t word)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return (size_t)__builtin_ctzll(word) / 8;
#else
    return (size_t)__builtin_clzll(word) / 8;
#endif
}

size_t bytes_plain_run(const char *s, size_t count)
{
    size_t i = 0;

    for (; i + 8 <= count; i += 8) {
        uint64_t word = load(s + i);
        uint64_t found = below(word, 0x20) | equal(word, '"') | equal(word, '\\');

        if (found != 0)
            return i + first_of(found);
    }
    while (i < count && is_plain(s[i]))
        i++;
    return i;
}

size_t bytes_run_before_control(const char *s, size_t count)
{
    size_t i = 0;

    for (; i + 8 <= count; i += 8) {
        uint64_t found = below(load(s + i), 0x20);

        if (found != 0)
            return i + first_of(found);
    }
    while (i < count && (unsigned char)s[i] >= 0x20)
        i++;
    return i;
}

size_t bytes_line_run(const char *s, size_t count)
{
    size_t i = 0;

    for (;;) {
        uint64_t found = 0;

        while (i + 8 <= count && (found = below(load(s + i), '\r' + 1)) == 0)
            i += 8;
        if (found != 0)
            i += first_of(found);
        if (i == count || s[i] == '\n' || s[i] == '\r')
            return i;
        i++;
    }
}

size_t bytes_run_before_digit(const char *s, size_t count)
{
    size_t i = 0;

    for (; i + 8 <= count; i += 8) {
        uint64_t word = load(s + i);
        uint64_t found = below(word, '9' + 1) & ~below(word, '0');

        if (found != 0)
            return i + first_of(found);
    }
    while (i < count && !(s[i] >= '0' && s[i] <= '9'))
        i++;
    return i;
}

size_t bytes_ascii_run(const char *s, size_t count)
{
    size_t i = 0;

    while (i + 8 <= count && (load(s + i) & high) == 0)
        i += 8;
    while (i < count && (unsigned char)s[i] < 0x80)
        i++;
    return i;
}

const char *bytes_find_sign(const char *s, size_t count, const char *sign)
{
    size_t before = strlen(sign) - 1;
    const char *end = s + count;
    const char *at = s + (before < count ? before : count);

    while (at < end) {
        at = memchr(at, sign[before], (size_t)(end - at));
        if (at == NULL)
            return NULL;
        if (memcmp(at - before, sign, before) == 0)
            return at - before;
        at++;
    }
    return NULL;
}
