/* What the tests of the text layer share: layout of a string, lines as text, and random text
 * that mixes scripts and tricks, from a fixed seed. */
#ifndef SHILU_TESTS_TEXT_SUPPORT_H
#define SHILU_TESTS_TEXT_SUPPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "shilu/base/buffer.h"
#include "shilu/text/matcher.h"
#include "shilu/text/wrap.h"

struct layout {
    struct width *w;
    struct display d;
    struct wrap wrap;
    const char *text; /* borrowed */
    size_t bytes;
};

struct layout *layout_new(bool ambiguous_wide);
void layout_free(struct layout *l);
void layout_text(struct layout *l, const char *text, size_t bytes);
void layout_wrap(struct layout *l, int columns, const char *language);

/* The whole in one: drawn lines joined by '|', hanging white space left out. Borrowed until the
 * next call with the same `out`. */
const char *layout_lines(struct layout *l, struct buffer *out, const char *text, int columns,
                         const char *language);

/* What is drawn, glyphs joined by nothing, or by `between`. */
const char *layout_drawn(struct layout *l, struct buffer *out, const char *text, size_t bytes,
                         const char *between);

/* Append valid UTF-8 of about `pieces` random pieces. */
void random_text(struct buffer *out, uint64_t *seed, int pieces);
uint64_t random_next(uint64_t *seed);

/* Nasty strings: see text_support.c. */
extern const char *const nasty_strings[];
extern const size_t nasty_count;

/* matcher_new, or the test fails. */
struct matcher *matcher_made(const char *query, unsigned flags);

/* A file of the Unicode Character Database, or NULL where the package is not installed. */
FILE *unicode_file(const char *name);

#endif
