/* Name reading: finds names by their pronunciation: pinyin, whole or initials; Hangul initial
 * consonants; romanised kana; the initials of words. */
#ifndef SHILU_TEXT_NAME_READING_H
#define SHILU_TEXT_NAME_READING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum name_reading_place {
    NAME_READING_NONE,
    NAME_READING_PART, /* somewhere in the name */
    NAME_READING_START /* at its start */
};

/* The common Mandarin readings of a Han character, most frequent first, without tones, with v
 * for ü: "zhan", "lv". Returns their number, 0 if unknown. */
enum { FOLD_PINYIN_MAX = 8 };
size_t name_reading_pinyin_of(uint32_t character, const char *readings[FOLD_PINYIN_MAX]);

/* In the functions below both texts are valid UTF-8 and folded (fold_append), except the name
 * for name_reading_pinyin, which works better unfolded. */

/* Each letter a to z of the query stands for the start of a syllable: "zcf", "zhancf" and
 * "zhanchengfu" all find 詹成付. Spaces, hyphens and apostrophes are skipped. A query with
 * anything else, or with more than 63 letters, finds nothing. */
enum name_reading_place name_reading_pinyin(const char *name, size_t name_bytes,
                                            const char *query, size_t query_bytes);

/* An initial jamo stands for any syllable that starts with it: ㄱㄷㅎ finds 김도현. The last
 * syllable of the query may lack its final consonant. */
enum name_reading_place name_reading_hangul(const char *name, size_t name_bytes,
                                            const char *query, size_t query_bytes);

/* Kana by their Hepburn romanisation, with long vowels written short or long: "sato" finds
 * さとう. */
enum name_reading_place name_reading_kana(const char *name, size_t name_bytes,
                                          const char *query, size_t query_bytes);

/* The first letters of two or more words: "jd" finds "jane doe". */
enum name_reading_place name_reading_initials(const char *name, size_t name_bytes,
                                              const char *query, size_t query_bytes);

#endif
