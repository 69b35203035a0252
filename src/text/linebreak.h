/* Line breaks: how good a place each character of a text is to start a line.
 *
 * Source: UAX #14 through libunistring's u8_possible_linebreaks, with LB19a of Unicode 16, with
 * JIS X 4051 and GB/T 15834 on what may not start or end a line, and with the corrections that
 * HACKING.md lists under "Lines". */
#ifndef SHILU_TEXT_LINEBREAK_H
#define SHILU_TEXT_LINEBREAK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* From the worst to the best. A line breaks at the best place that it holds, whatever room
 * that leaves: one grade is only used where the line holds no place of a better one. */
enum break_grade {
    BREAK_PART,     /* inside a cluster of several cells (text/wrap alone knows those) */
    BREAK_CLUSTER,  /* splits a number, or leaves a mark where it may not be */
    BREAK_CAREFUL,  /* not allowed, but the least bad in a run longer than the line */
    BREAK_SYLLABLE, /* allowed by UAX #14, but inside a Korean word */
    BREAK_LEGAL,
    BREAK_GRADES
};

/* grade[i] is of a line that starts with the character at byte i of valid UTF-8; what is at
 * other bytes means nothing. With `by_word`, Hangul breaks at spaces. */
void linebreak_grade(const char *text, size_t bytes, bool by_word, uint8_t *grade);

/* Whether a text in `language` (BCP 47, or NULL: told from the text) is set by word. */
bool linebreak_by_word(const char *text, size_t bytes, const char *language);

#endif
