/* Fold: the form in which names and queries are compared: NFKC, case folded, hiragana for
 * katakana, one variant for each class of Han variants, runs of white space as one space. */
#ifndef SHILU_TEXT_FOLD_H
#define SHILU_TEXT_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shilu/base/buffer.h"

/* Append the folded form of valid UTF-8. */
void fold_append(struct buffer *out, const char *text, size_t bytes);

/* Whether both fold to the same text. */
bool fold_equal(const char *a, size_t a_bytes, const char *b, size_t b_bytes);

#endif
