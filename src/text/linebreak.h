/* Line breaks: how suitable each character of a text is to start a line.
 *
 * Source: UAX #14 through libunistring's u8_possible_linebreaks, with LB19a of Unicode 16, JIS
 * X 4051 and GB/T 15834 on what may not start or end a line, and the corrections that
 * HACKING.md lists under "Lines". */
#ifndef SHILU_TEXT_LINEBREAK_H
#define SHILU_TEXT_LINEBREAK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* From worst to best. A line breaks at the best place in it, however much room that leaves: a
 * grade is only used if the line has no place with a better one. */
enum break_grade {
    BREAK_PART,     /* inside a cluster of several cells (used only by text/wrap) */
    BREAK_CLUSTER,  /* splits a number, or puts a mark where it may not be */
    BREAK_CAREFUL,  /* not allowed, but the least bad in a run longer than the line */
    BREAK_SYLLABLE, /* allowed by UAX #14, but inside a Korean word */
    BREAK_LEGAL,
    BREAK_GRADES
};

/* grade[i] is for a line that starts with the character at byte i of valid UTF-8; other bytes
 * have no meaning. With `by_word`, Hangul breaks at spaces. */
void linebreak_grade(const char *text, size_t bytes, bool by_word, uint8_t *grade);

/* Whether a text in `language` (BCP 47, or NULL to infer it from the text) breaks by word. */
bool linebreak_by_word(const char *text, size_t bytes, const char *language);

#endif
