/* Name reading. Pinyin and Hangul walk the name character by character; kana are romanised
 * first. The pinyin table is sorted by character; a character's readings are consecutive. */
#include "shilu/text/name_reading.h"

#include <stdlib.h>
#include <string.h>
#include <unictype.h>

#include "shilu/base/buffer.h"
#include "shilu/base/memory.h"
#include "shilu/text/utf8.h"
#include "text/fold_table.h"

#include "text/han_pinyin.inc"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* In pinyin_readings: the syllable, below the character. */
enum { SYLLABLE_BITS = 10 };

/* Limit for the letters of a query, so that a set of positions in it fits into 64 bits. */
enum { LETTERS_MAX = 63 };

size_t name_reading_pinyin_of(uint32_t character, const char *readings[FOLD_PINYIN_MAX])
{
    size_t low = 0;
    size_t high = COUNT_OF(pinyin_readings);
    size_t count = 0;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (pinyin_readings[middle] >> SYLLABLE_BITS < character)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < COUNT_OF(pinyin_readings) && count < FOLD_PINYIN_MAX; low++) {
        if (pinyin_readings[low] >> SYLLABLE_BITS != character)
            break;
        readings[count++] =
            pinyin_syllables[pinyin_readings[low] & ((1u << SYLLABLE_BITS) - 1)];
    }
    return count;
}

static bool is_passed_over(uint32_t c)
{
    return c == ' ' || c == '\'' || c == '-' || c == 0x2019;
}

/* The letters a to z of a query, NUL-terminated, with v for ü. 0 if it has anything else. */
static size_t read_letters(const char *query, size_t bytes, char letters[LETTERS_MAX + 1])
{
    size_t count = 0;
    size_t at = 0;

    while (at < bytes) {
        uint32_t c;

        at += utf8_decode(query + at, bytes - at, &c);
        if (is_passed_over(c))
            continue;
        if (c == 0xFC)
            c = 'v';
        if (c < 'a' || c > 'z' || count == LETTERS_MAX)
            return 0;
        letters[count++] = (char)c;
    }
    letters[count] = '\0';
    return count;
}

/* For each position of the query in `from`, the positions after a beginning of the reading. */
static uint64_t advance(uint64_t from, const char *letters, size_t count, const char *reading)
{
    uint64_t to = 0;
    size_t at;

    for (at = 0; at < count; at++) {
        size_t n;

        if ((from >> at & 1) == 0)
            continue;
        for (n = 0; reading[n] != '\0' && at + n < count; n++) {
            char letter = letters[at + n];

            if (letter != reading[n] && !(reading[n] == 'v' && letter == 'u'))
                break;
            to |= UINT64_C(1) << (at + n + 1);
        }
    }
    return to;
}

enum name_reading_place name_reading_pinyin(const char *name, size_t name_bytes,
                                            const char *query, size_t query_bytes)
{
    char letters[LETTERS_MAX + 1];
    size_t count = read_letters(query, query_bytes, letters);
    uint64_t from_start = 1; /* positions of the query reached from the start of the name */
    uint64_t from_any = 1;
    size_t at = 0;

    while (count > 0 && at < name_bytes) {
        const char *readings[FOLD_PINYIN_MAX];
        uint64_t next_start = 0;
        uint64_t next_any = 0;
        uint32_t c;
        size_t n;
        size_t i;

        at += utf8_decode(name + at, name_bytes - at, &c);
        if (fold_table_is_white(c))
            continue;
        n = name_reading_pinyin_of(c, readings);
        for (i = 0; i < n; i++) {
            next_start |= advance(from_start, letters, count, readings[i]);
            next_any |= advance(from_any, letters, count, readings[i]);
        }
        if ((next_start >> count & 1) != 0)
            return NAME_READING_START;
        if ((next_any >> count & 1) != 0)
            return NAME_READING_PART;
        from_start = next_start;
        from_any = next_any | 1;
    }
    return NAME_READING_NONE;
}

/* The code points of a text; owned by the caller. */
static uint32_t *code_points(const char *text, size_t bytes, size_t *count)
{
    uint32_t *points = memory_alloc((bytes + 1) * sizeof *points);
    size_t at = 0;

    *count = 0;
    while (at < bytes)
        at += utf8_decode(text + at, bytes - at, &points[(*count)++]);
    return points;
}

enum { SYLLABLE = 0xAC00, SYLLABLE_END = 0xD7A4, PER_INITIAL = 588, PER_VOWEL = 28 };

static bool hangul_means(uint32_t query, uint32_t name, bool last)
{
    uint32_t syllable = name - SYLLABLE;

    if (query == name)
        return true;
    if (name < SYLLABLE || name >= SYLLABLE_END)
        return false;
    if (query >= 0x1100 && query <= 0x1112)
        return syllable / PER_INITIAL == query - 0x1100;
    return last && query >= SYLLABLE && query < SYLLABLE_END &&
           (query - SYLLABLE) % PER_VOWEL == 0 &&
           syllable / PER_VOWEL == (query - SYLLABLE) / PER_VOWEL;
}

enum name_reading_place name_reading_hangul(const char *name, size_t name_bytes,
                                            const char *query, size_t query_bytes)
{
    size_t name_count;
    size_t query_count;
    uint32_t *names = code_points(name, name_bytes, &name_count);
    uint32_t *queries = code_points(query, query_bytes, &query_count);
    enum name_reading_place place = NAME_READING_NONE;
    size_t at;

    for (at = 0; query_count > 0 && at + query_count <= name_count; at++) {
        size_t i = 0;

        while (i < query_count && hangul_means(queries[i], names[at + i], i + 1 == query_count))
            i++;
        if (i == query_count) {
            place = at == 0 ? NAME_READING_START : NAME_READING_PART;
            break;
        }
    }
    free(names);
    free(queries);
    return place;
}

/* From U+3041 on. */
static const char kana[][4] = {
    "a",  "a",  "i",   "i",  "u",  "u",   "e",  "e",   "o",  "o",  "ka", "ga", "ki", "gi", "ku",
    "gu", "ke", "ge",  "ko", "go", "sa",  "za", "shi", "ji", "su", "zu", "se", "ze", "so", "zo",
    "ta", "da", "chi", "ji", "",   "tsu", "zu", "te",  "de", "to", "do", "na", "ni", "nu", "ne",
    "no", "ha", "ba",  "pa", "hi", "bi",  "pi", "fu",  "bu", "pu", "he", "be", "pe", "ho", "bo",
    "po", "ma", "mi",  "mu", "me", "mo",  "ya", "ya",  "yu", "yu", "yo", "yo", "ra", "ri", "ru",
    "re", "ro", "wa",  "wa", "i",  "e",   "o",  "n",   "vu", "ka", "ke"};

enum { KANA = 0x3041, SMALL_TSU = 0x3063, LONG_MARK = 0x30FC };

/* A small vowel or y-kana replaces the vowel of the sound before it, which starts at
 * `sound_at`: ki and small ya give kya, chi and small ya cha, fu and small a fa, u and small i
 * wi. False if it is alone. */
static bool append_small(struct buffer *out, size_t sound_at, uint32_t c)
{
    bool vowel = c >= 0x3041 && c <= 0x3049 && c % 2 == 1;
    bool with_y = c == 0x3083 || c == 0x3085 || c == 0x3087;
    const char *small = kana[c - KANA];
    const char *before;
    size_t bytes;

    if ((!vowel && !with_y) || sound_at >= out->bytes)
        return false;
    before = out->data + sound_at;
    bytes = out->bytes - sound_at;
    if (vowel && strcmp(before, "u") == 0) {
        out->data[sound_at] = 'w';
    } else {
        if (with_y && (bytes < 2 || before[bytes - 1] != 'i'))
            return false;
        if (with_y && (bytes == 3 || before[0] == 'j'))
            small++; /* sha, cha, ja; but kya, hya */
        out->data[--out->bytes] = '\0';
    }
    buffer_append_string(out, small);
    return true;
}

/* Romanise the kana of a folded text; other characters are unchanged. */
static void romanise(struct buffer *out, const char *text, size_t bytes)
{
    size_t sound_at = SIZE_MAX; /* of the last kana */
    bool doubled = false;
    size_t at = 0;

    while (at < bytes) {
        size_t start = at;
        uint32_t c;

        at += utf8_decode(text + at, bytes - at, &c);
        if (c == SMALL_TSU || c == LONG_MARK) {
            doubled = c == SMALL_TSU;
            continue;
        }
        if (c < KANA || c - KANA >= COUNT_OF(kana)) {
            buffer_append(out, text + start, at - start);
            sound_at = SIZE_MAX;
        } else if (!append_small(out, sound_at, c)) {
            const char *sound = kana[c - KANA];

            if (doubled && strchr("aeioun", sound[0]) == NULL)
                buffer_append_char(out, sound[0] == 'c' ? 't' : sound[0]);
            sound_at = out->bytes;
            buffer_append_string(out, sound);
        }
        doubled = false;
    }
}

/* The letter without its macron; 0 if it has none. */
static char without_macron(uint32_t c)
{
    static const struct {
        uint32_t with;
        char without;
    } macrons[] = {{0x101, 'a'}, {0x113, 'e'}, {0x12B, 'i'}, {0x14D, 'o'}, {0x16B, 'u'}};
    size_t i;

    for (i = 0; i < COUNT_OF(macrons); i++) {
        if (macrons[i].with == c)
            return macrons[i].without;
    }
    return '\0';
}

/* Unify spellings of one romanised sound: long vowels become short, m before b and p becomes
 * n. */
static void simplify(struct buffer *out, const char *text, size_t bytes)
{
    size_t at = 0;

    while (at < bytes) {
        char last = out->bytes > 0 ? out->data[out->bytes - 1] : '\0';
        size_t start = at;
        char plain;
        uint32_t c;

        at += utf8_decode(text + at, bytes - at, &c);
        plain = without_macron(c);
        if (plain != '\0')
            c = (unsigned char)plain;
        if (is_passed_over(c) || (c < 0x80 && strchr("aeiou", (int)c) != NULL &&
                                  (last == (char)c || (last == 'o' && c == 'u'))))
            continue;
        if ((c == 'b' || c == 'p') && last == 'm')
            out->data[out->bytes - 1] = 'n';
        if (plain != '\0')
            buffer_append_char(out, plain);
        else
            buffer_append(out, text + start, at - start);
    }
}

static bool has_kana(const char *text, size_t bytes)
{
    size_t at = 0;

    while (at < bytes) {
        uint32_t c;

        at += utf8_decode(text + at, bytes - at, &c);
        if (c >= KANA && c - KANA < COUNT_OF(kana))
            return true;
    }
    return false;
}

enum name_reading_place name_reading_kana(const char *name, size_t name_bytes,
                                          const char *query, size_t query_bytes)
{
    struct buffer roman = {0};
    struct buffer simple_name = {0};
    struct buffer simple_query = {0};
    enum name_reading_place place = NAME_READING_NONE;
    const char *found = NULL;

    if (!has_kana(name, name_bytes) || has_kana(query, query_bytes))
        return NAME_READING_NONE;
    romanise(&roman, name, name_bytes);
    simplify(&simple_name, buffer_string(&roman), roman.bytes);
    simplify(&simple_query, query, query_bytes);
    if (simple_query.bytes > 0)
        found = strstr(buffer_string(&simple_name), simple_query.data);
    if (found != NULL)
        place = found == simple_name.data ? NAME_READING_START : NAME_READING_PART;
    buffer_release(&roman);
    buffer_release(&simple_name);
    buffer_release(&simple_query);
    return place;
}

enum name_reading_place name_reading_initials(const char *name, size_t name_bytes,
                                              const char *query, size_t query_bytes)
{
    struct buffer initials = {0};
    enum name_reading_place place = NAME_READING_NONE;
    bool in_word = false;
    const char *found;
    size_t words = 0;
    size_t at = 0;

    while (at < name_bytes) {
        size_t start = at;
        bool alphabetic;
        uint32_t c;

        at += utf8_decode(name + at, name_bytes - at, &c);
        alphabetic = uc_is_property_alphabetic(c) || c == '\'' || c == 0x2019;
        if (alphabetic && !in_word) {
            buffer_append(&initials, name + start, at - start);
            words++;
        }
        in_word = alphabetic;
    }
    found = words > 1 && query_bytes > 0
                ? memmem(initials.data, initials.bytes, query, query_bytes)
                : NULL;
    if (found != NULL)
        place = found == initials.data ? NAME_READING_START : NAME_READING_PART;
    buffer_release(&initials);
    return place;
}
