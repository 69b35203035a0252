/* Language guess: for text whose file does not say. It is good for the East Asian languages,
 * where it decides how lines break and which glyphs a reader expects. */
#ifndef SHILU_FORMATS_COMMON_LANGUAGE_GUESS_H
#define SHILU_FORMATS_COMMON_LANGUAGE_GUESS_H

#include <stddef.h>

/* "zh-Hant", "zh-Hans", "ja", "ko", or NULL if the text is none of them. */
const char *language_guess(const char *text, size_t bytes);

#endif
