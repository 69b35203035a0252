/* Display form: the parts of a text that may reach a cell, cluster by cluster. The original
 * text is kept for search, copying and export; this form is made for each paragraph, and for
 * each chunk of a long one.
 *
 * Each glyph represents one extended grapheme cluster (UAX #29), including anything dropped
 * from it, and holds what is drawn for it. A cluster that occupies several cells ("<202E>", a
 * flag's two letters, a Devanagari vowel beside its base) is several glyphs of at most two
 * columns that share their `byte`. The glyphs cover the text without gap or overlap, in order:
 * a glyph's text ends where the next different `byte` starts. Rules: HACKING.md, "Safe
 * display". */
#ifndef SHILU_TEXT_DISPLAY_H
#define SHILU_TEXT_DISPLAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shilu/text/width.h"

enum { GLYPH_BYTES = 15 };

enum glyph_flag {
    GLYPH_MARK = 1,   /* a visible substitute for a control, not the text itself */
    GLYPH_BREAK = 2,  /* a forced line break; nothing is drawn, no columns */
    GLYPH_SPACE = 4,  /* white space that may hang at a line's end */
    GLYPH_HIDDEN = 8, /* not drawn, no columns */
    GLYPH_START = 16  /* begins a line of its own; set by the text's layout */
};

struct glyph {
    uint32_t byte;          /* where its original text starts */
    uint8_t columns;        /* 0, 1, 2; 4 for a tab */
    uint8_t bytes;          /* length of `text` */
    uint8_t flags;          /* enum glyph_flag */
    char text[GLYPH_BYTES]; /* UTF-8, not terminated; at most one base and two marks */
};

struct display {
    struct glyph *glyphs; /* owned */
    size_t count;
    size_t capacity;
};

void display_release(struct display *d);

/* Make the display form of `bytes` of valid UTF-8; `d` is overwritten. The caller must split
 * text longer than UINT32_MAX bytes. */
void display_make(struct display *d, const struct width *w, const char *text, size_t bytes);

/* For single lines (titles, names, list rows): append to `out` the safe form of `text`,
 * NUL-terminated, cut to at most `columns` columns with an ellipsis; line breaks become spaces.
 * Returns the columns used. */
struct buffer;
int display_fit(struct buffer *out, const struct width *w, const char *text, size_t bytes,
                int columns);

/* Columns that display_fit would take without a limit. */
int display_columns(const struct width *w, const char *text, size_t bytes);

/* The same safe text without a column limit or other changes, for output that may reach a
 * terminal: the characters of char_is_unsafe, except newline and tab, become visible marks.
 * Bytes that are not UTF-8, as in file names, become U+FFFD. */
void display_sanitize(struct buffer *out, const char *text, size_t bytes);

/* Valid UTF-8 without those characters: for a clipboard, where a visible mark would become
 * text. */
void display_strip(struct buffer *out, const char *text, size_t bytes);

#endif
