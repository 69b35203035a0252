/* Bytes, eight or sixteen at a time. In a word of eight, the high bit of each byte is made to
 * say whether the byte is of a kind. */
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

/* ASCII bytes below `limit`, which is at most 0x80: adding carries the rest over 0x7F. */
static uint64_t below(uint64_t word, unsigned limit)
{
    return ~(((word & ~high) + EACH(0x80u - limit)) | word) & high;
}

/* Sixteen bytes at a time. */
typedef uint8_t byte_vector __attribute__((vector_size(16)));

/* A vector of counts cannot be added to more often. */
enum { VECTOR_BYTES = 16, VECTOR_ADDS = 255 };

static byte_vector load_vector(const char *s)
{
    byte_vector v;

    memcpy(&v, s, sizeof v);
    return v;
}

/* The sum of sixteen counts: of each eight, neighbours first, then the four pairs at once. */
static size_t sum(byte_vector counts)
{
    const uint64_t even = UINT64_C(0x00FF00FF00FF00FF);
    uint64_t half[2];
    uint64_t pairs;

    memcpy(half, &counts, sizeof half);
    pairs = (half[0] & even) + (half[0] >> 8 & even) + (half[1] & even) + (half[1] >> 8 & even);
    return (size_t)(pairs * UINT64_C(0x0001000100010001) >> 48);
}

/* Where white space beyond ASCII starts (White_Space in PropList.txt of the Unicode Character
 * Database): U+0085, U+00A0, U+1680, U+2000 to U+200A, U+2028, U+2029, U+202F, U+205F, U+3000.
 */
static byte_vector wide_whites(const char *s)
{
    byte_vector first = load_vector(s);
    byte_vector second = load_vector(s + 1);
    byte_vector third = load_vector(s + 2);
    byte_vector in_2000 = (byte_vector)(third <= 0x8A) | (byte_vector)(third == 0xA8) |
                          (byte_vector)(third == 0xA9) | (byte_vector)(third == 0xAF);
    byte_vector e2 = ((byte_vector)(second == 0x80) & in_2000) |
                     ((byte_vector)(second == 0x81) & (byte_vector)(third == 0x9F));

    return ((byte_vector)(first == 0xE2) & e2) |
           ((byte_vector)(first == 0xE3) & (byte_vector)(second == 0x80) &
            (byte_vector)(third == 0x80)) |
           ((byte_vector)(first == 0xC2) &
            ((byte_vector)(second == 0x85) | (byte_vector)(second == 0xA0))) |
           ((byte_vector)(first == 0xE1) & (byte_vector)(second == 0x9A) &
            (byte_vector)(third == 0x80));
}

/* Of sixteen bytes, those with which no visible character begins: 0xFF. Two more bytes are
 * readable. */
static byte_vector hidden_bytes(const char *s)
{
    byte_vector bytes = load_vector(s);

    if (((load(s) | load(s + 8)) & high) == 0)
        return (byte_vector)(bytes <= 0x20);
    return (byte_vector)((bytes & 0xC0) == 0x80) | (byte_vector)(bytes <= 0x20) |
           wide_whites(s);
}

size_t bytes_count_visible(const char *s, size_t count)
{
    char rest[2 * VECTOR_BYTES + 2] = {0};
    size_t hidden = 0;
    size_t i = 0;

    if (count == 0)
        return 0;
    while (i + VECTOR_BYTES + 2 <= count) {
        byte_vector counts = {0};

        for (size_t k = 0; k < VECTOR_ADDS && i + VECTOR_BYTES + 2 <= count; k++) {
            counts -= hidden_bytes(s + i);
            i += VECTOR_BYTES;
        }
        hidden += sum(counts);
    }
    /* The NULs after the rest are not visible. */
    memcpy(rest, s + i, count - i);
    hidden += sum(-(hidden_bytes(rest) + hidden_bytes(rest + VECTOR_BYTES)));
    return i + 2 * VECTOR_BYTES - hidden;
}

size_t bytes_count_characters(const char *s, size_t count)
{
    size_t found = count;
    size_t i = 0;

    while (i + VECTOR_BYTES <= count) {
        byte_vector tails = {0};

        for (size_t k = 0; k < VECTOR_ADDS && i + VECTOR_BYTES <= count; k++) {
            tails -= (byte_vector)((load_vector(s + i) & 0xC0) == 0x80);
            i += VECTOR_BYTES;
        }
        found -= sum(tails);
    }
    for (; i < count; i++)
        found -= ((unsigned char)s[i] & 0xC0) == 0x80;
    return found;
}

size_t bytes_count_wide(const char *s, size_t count)
{
    size_t found = 0;
    size_t i = 0;

    while (i + VECTOR_BYTES <= count) {
        byte_vector wide = {0};

        for (size_t k = 0; k < VECTOR_ADDS && i + VECTOR_BYTES <= count; k++) {
            byte_vector bytes = load_vector(s + i);

            wide -= (byte_vector)(bytes - 0xE3 <= 0xED - 0xE3) | (byte_vector)(bytes == 0xF0);
            i += VECTOR_BYTES;
        }
        found += sum(wide);
    }
    for (; i < count; i++)
        found += ((unsigned char)s[i] >= 0xE3 && (unsigned char)s[i] <= 0xED) || s[i] == '\xF0';
    return found;
}

/* Columns of the characters that begin in sixteen bytes. One more byte is there. */
static byte_vector columns_of(const char *s)
{
    byte_vector bytes = load_vector(s);
    byte_vector wide = (byte_vector)(bytes >= 0xE1) &
                       ~((byte_vector)(bytes == 0xE2) &
                         (byte_vector)(load_vector(s + 1) < 0x84));

    return -((byte_vector)((bytes & 0xC0) != 0x80) + wide);
}

size_t bytes_count_columns(const char *s, size_t count)
{
    char rest[2 * VECTOR_BYTES + 1] = {0};
    size_t columns = 0;
    size_t i = 0;

    while (i + VECTOR_BYTES + 1 <= count) {
        byte_vector counts = {0};

        for (size_t k = 0; k < VECTOR_ADDS / 2 && i + VECTOR_BYTES + 1 <= count; k++) {
            counts += columns_of(s + i);
            i += VECTOR_BYTES;
        }
        columns += sum(counts);
    }
    /* Each NUL after the rest takes a column. */
    if (count > i)
        memcpy(rest, s + i, count - i);
    columns += sum(columns_of(rest) + columns_of(rest + VECTOR_BYTES));
    return columns - (2 * VECTOR_BYTES - (count - i));
}

size_t bytes_count_above_ascii(const char *s, size_t count)
{
    size_t found = 0;
    size_t i = 0;

    while (i + VECTOR_BYTES <= count) {
        byte_vector counts = {0};

        for (size_t k = 0; k < VECTOR_ADDS && i + VECTOR_BYTES <= count; k++) {
            counts -= (byte_vector)(load_vector(s + i) >= 0x80);
            i += VECTOR_BYTES;
        }
        found += sum(counts);
    }
    for (; i < count; i++)
        found += (unsigned char)s[i] >= 0x80;
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

/* The position of the first byte with the high bit set, in a word that has one. */
static size_t first_of(uint64_t word)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return (size_t)__builtin_ctzll(word) / 8;
#else
    return (size_t)__builtin_clzll(word) / 8;
#endif
}

/* The position of the first byte of sixteen that is not 0; VECTOR_BYTES: none is. */
static size_t first_in(byte_vector found)
{
    uint64_t half[2];

    memcpy(half, &found, sizeof half);
    if (half[0] != 0)
        return first_of(half[0] & high);
    return half[1] != 0 ? 8 + first_of(half[1] & high) : VECTOR_BYTES;
}

size_t bytes_plain_run(const char *s, size_t count)
{
    size_t i = 0;

    for (; i + VECTOR_BYTES <= count; i += VECTOR_BYTES) {
        byte_vector bytes = load_vector(s + i);
        size_t at = first_in((byte_vector)(bytes < 0x20) | (byte_vector)(bytes == '"') |
                             (byte_vector)(bytes == '\\'));

        if (at < VECTOR_BYTES)
            return i + at;
    }
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

    for (; i + VECTOR_BYTES <= count; i += VECTOR_BYTES) {
        byte_vector bytes = load_vector(s + i);
        size_t first = first_in((byte_vector)(bytes == '\n') | (byte_vector)(bytes == '\r'));

        if (first < VECTOR_BYTES)
            return i + first;
    }
    while (i < count && s[i] != '\n' && s[i] != '\r')
        i++;
    return i;
}

/* 0xFF for bytes from `first` to `last`. */
static inline byte_vector within(byte_vector bytes, uint8_t first, uint8_t last)
{
    return (byte_vector)(bytes - first <= (uint8_t)(last - first));
}

static inline byte_vector signs_of(byte_vector bytes)
{
    byte_vector prose = (byte_vector)(bytes == '\'') | (byte_vector)(bytes == ',') |
                        (byte_vector)(bytes == '.') | (byte_vector)(bytes == '?');

    return ~prose & (within(bytes, '#', '/') | within(bytes, ':', '@') |
                     within(bytes, '[', '`') | within(bytes, '{', '~'));
}

size_t bytes_run_before_sign(const char *s, size_t count)
{
    char rest[VECTOR_BYTES] = {0};
    size_t i = 0;
    size_t first;

    for (; i + VECTOR_BYTES <= count; i += VECTOR_BYTES) {
        first = first_in(signs_of(load_vector(s + i)));
        if (first < VECTOR_BYTES)
            return i + first;
    }
    if (count > i)
        memcpy(rest, s + i, count - i);
    first = first_in(signs_of(load_vector(rest)));
    return first < count - i ? i + first : count;
}

/* Of sixteen bytes, those where a character of bytes_run_before_asking begins. Two more bytes
 * are readable. */
static inline byte_vector asking_bytes(const char *s)
{
    byte_vector first = load_vector(s);
    byte_vector second = load_vector(s + 1);
    byte_vector third = load_vector(s + 2);
    byte_vector kana = (byte_vector)(first == 0xE3) & (byte_vector)(second == 0x81) &
                       ((byte_vector)(third == 0x86) | (byte_vector)(third == 0x8B));
    byte_vector hangul = ((byte_vector)(first == 0xEA) & (byte_vector)(second == 0xB9) &
                          (byte_vector)(third == 0x8C)) |
                         ((byte_vector)(first == 0xEC) & (byte_vector)(second == 0x9A) &
                          (byte_vector)(third == 0x94));
    byte_vector marks = ((byte_vector)(first == 0xEF) & (byte_vector)(second == 0xBC) &
                         (byte_vector)(third == 0x9F)) |
                        ((byte_vector)(first == 0xE2) & (byte_vector)(second == 0x81) &
                         (byte_vector)(third == 0x87)) |
                        ((byte_vector)(first == 0xD8) & (byte_vector)(second == 0x9F));

    return kana | hangul | marks | (byte_vector)(first == '?');
}

size_t bytes_run_before_asking(const char *s, size_t count)
{
    char rest[2 * VECTOR_BYTES + 2] = {0};
    size_t i = 0;
    size_t first;

    for (; i + VECTOR_BYTES + 2 <= count; i += VECTOR_BYTES) {
        first = first_in(asking_bytes(s + i));
        if (first < VECTOR_BYTES)
            return i + first;
    }
    if (count == i)
        return count;
    memcpy(rest, s + i, count - i);
    first = first_in(asking_bytes(rest));
    if (first == VECTOR_BYTES)
        first += first_in(asking_bytes(rest + VECTOR_BYTES));
    return first < count - i ? i + first : count;
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

    while (i + 16 <= count && ((load(s + i) | load(s + i + 8)) & high) == 0)
        i += 16;
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

/* Compare the bytes between only where the first and the last byte match. */
const char *bytes_find(const char *s, size_t count, const char *needle)
{
    size_t bytes = strlen(needle);
    byte_vector first = (byte_vector){0} + (uint8_t)needle[0];
    byte_vector last = (byte_vector){0} + (uint8_t)needle[bytes - 1];
    size_t i = 0;

    for (; i + bytes - 1 + VECTOR_BYTES <= count; i += VECTOR_BYTES) {
        byte_vector found = (byte_vector)(load_vector(s + i) == first) &
                            (byte_vector)(load_vector(s + i + bytes - 1) == last);

        for (size_t k = first_in(found); k < VECTOR_BYTES; k++)
            if (memcmp(s + i + k, needle, bytes) == 0)
                return s + i + k;
    }
    return count > i ? memmem(s + i, count - i, needle, bytes) : NULL;
}
