/* Bytes, eight at a time: in a word of eight, the high bit of each byte is made to say whether
 * the byte is of a kind, and the bits are counted. */
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

/* ASCII bytes below `limit`, which is at most 0x80: adding takes the others over 0x7F. */
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

size_t bytes_count_visible(const char *s, size_t count)
{
    size_t found = count;
    size_t i = 0;

    for (; i + 8 <= count; i += 8) {
        uint64_t word = load(s + i);

        found -= bits(continuations(word) | below(word, 0x21));
    }
    for (; i < count; i++)
        found -= ((unsigned char)s[i] & 0xC0) == 0x80 || (unsigned char)s[i] <= 0x20;
    return found;
}

/* Bytes that are `byte`, which is ASCII. */
static uint64_t equal(uint64_t word, unsigned byte)
{
    return below(word ^ EACH(byte), 1);
}

static bool is_plain(char c)
{
    return (unsigned char)c >= 0x20 && c != '"' && c != '\\';
}

/* The place of the first byte whose high bit is set, of a word that has one. */
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

size_t bytes_ascii_run(const char *s, size_t count)
{
    size_t i = 0;

    while (i + 8 <= count && (load(s + i) & high) == 0)
        i += 8;
    while (i < count && (unsigned char)s[i] < 0x80)
        i++;
    return i;
}
