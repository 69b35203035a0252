/* Wrap: where a paragraph may break, and filling lines of a given width greedily. Source: UAX
 * #14 through libunistring, with the corrections listed in HACKING.md, "Lines". Nothing
 * overflows: a run that cannot break is broken between clusters. */
#ifndef SHILU_TEXT_WRAP_H
#define SHILU_TEXT_WRAP_H

#include <stddef.h>
#include <stdint.h>

#include "shilu/text/display.h"

struct wrap_line {
    uint32_t glyph;     /* the first glyph of the line */
    uint32_t glyph_end; /* after the last one, including white space that hangs */
    uint32_t byte;      /* the same in original bytes: the lines of a text join to form the
                         * text */
    uint32_t byte_end;
    uint16_t columns; /* of what is drawn, excluding white space that hangs */
    uint16_t hard;    /* 1 if a forced break ends the line */
};

struct wrap {
    struct wrap_line *lines; /* owned */
    size_t count;            /* at least 1 after wrap_fill, even for an empty text */
    size_t capacity;
};

void wrap_release(struct wrap *wrap);

/* Fill lines of at most `columns` columns (at least 2) with the glyphs of `d`, which is the
 * display form of `text`. `language` is a BCP 47 tag or NULL; "ko" breaks Korean by word. */
void wrap_fill(struct wrap *wrap, const struct display *d, const char *text, size_t bytes,
               int columns, const char *language);

/* The line that shows the byte. */
size_t wrap_line_of(const struct wrap *wrap, uint32_t byte);

#endif
