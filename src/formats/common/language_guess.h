/* Language guess: for text whose file does not state its language. Meant for East Asian
 * languages, where the language decides how lines break and which glyphs readers expect. */
#ifndef SHILU_FORMATS_COMMON_LANGUAGE_GUESS_H
#define SHILU_FORMATS_COMMON_LANGUAGE_GUESS_H

#include <stddef.h>

/* "zh-Hant", "zh-Hans", "ja", "ko", or NULL for other text. */
const char *language_guess(const char *text, size_t bytes);

#endif
