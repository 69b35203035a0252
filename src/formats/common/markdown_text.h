/* Markdown text: the words of a line without their markup. Standard: the part of CommonMark
 * 0.30's inlines that transcripts use: escapes, emphasis, code, links, images. */
#ifndef SHILU_FORMATS_COMMON_MARKDOWN_TEXT_H
#define SHILU_FORMATS_COMMON_MARKDOWN_TEXT_H

#include <stdbool.h>

#include "shilu/base/buffer.h"

/* Bytes [start, end) of the words. */
struct markdown_range {
    size_t start;
    size_t end;
};

/* Ranges of strong emphasis, in order. */
struct markdown_bold {
    struct markdown_range *ranges; /* owned */
    size_t count;
    size_t capacity;
    bool open; /* the text of the next call begins in bold, if it continues this one */
};

void markdown_bold_release(struct markdown_bold *bold);

/* Append the words, without the targets of links. Ranges of strong emphasis are added to
 * `bold`, which may be NULL. A range that begins with the text may end in a later line of the
 * paragraph; one that begins within it and does not end is not bold. */
void markdown_text_strip(struct buffer *out, const char *s, size_t bytes,
                         struct markdown_bold *bold);

/* Append a text so that Markdown shows it unchanged, on one line. */
void markdown_text_escape(struct buffer *out, const char *s, size_t bytes);

#endif
