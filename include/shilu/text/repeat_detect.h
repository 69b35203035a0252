/* Repeat detection: the loops that speech recognisers fall into, repeating one phrase. A loop
 * has the same words at least 6 times in a row for a phrase of three words or six East Asian
 * characters, 12 times for half of that, 20 times for a single word; what people repeat ("no,
 * no, no", a chorus) is below these limits. Case and punctuation are ignored. A phrase that
 * begins with a bracket or a note sign (applause, music) never counts. */
#ifndef SHILU_TEXT_REPEAT_DETECT_H
#define SHILU_TEXT_REPEAT_DETECT_H

#include <stddef.h>
#include <stdint.h>

struct repetition {
    uint32_t byte; /* [byte, byte_end) repeats what is before it */
    uint32_t byte_end;
    uint32_t times; /* total number of occurrences */
};

/* The repeats in a valid text, in order; owned by the caller, NULL if there are none. */
struct repetition *repeat_detect_find(const char *text, size_t bytes, size_t *count);

#endif
