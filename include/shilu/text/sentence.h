/* Sentences and words of running text, for quoting and for moving by them. Sentences end as in
 * UAX #29, by Unicode's Sentence_Terminal: after 。 ！ ？ . ! ? and similar marks together with
 * closing quotes and brackets after them, but not within a number or after an initial, nor if
 * the text continues in lower case. Words are those of UAX #29 that contain a letter or a
 * digit. All positions are bytes of valid UTF-8. */
#ifndef SHILU_TEXT_SENTENCE_H
#define SHILU_TEXT_SENTENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The sentence that contains a byte: [*start, *end), without white space around it. A sentence
 * that begins more than SENTENCE_REACH bytes before the byte is cut there. */
enum { SENTENCE_REACH = 8192 };
void sentence_at(const char *text, size_t bytes, size_t at, size_t *start, size_t *end);

/* The start of the last word that begins before `at`; 0 if there is none. */
size_t word_start_before(const char *text, size_t bytes, size_t at);

/* The word that contains a byte, or the first one that begins after it; false if there is none
 * within WORD_REACH bytes. */
enum { WORD_REACH = 512 };
bool word_at_or_after(const char *text, size_t bytes, size_t at, size_t *start, size_t *end);

/* Whether UAX #29 treats each character of this script as a word, because no spaces separate
 * words: Han. */
bool word_is_unspaced(uint32_t cp);
bool word_is_unspaced_at(const char *text, size_t bytes, size_t at);

#endif
