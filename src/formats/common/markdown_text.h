/* Markdown text: the words of a line without their markup. Standard: CommonMark 0.30, the
 * inline part of it that transcripts use: escapes, emphasis, code, links, images. */
#ifndef SHILU_FORMATS_COMMON_MARKDOWN_TEXT_H
#define SHILU_FORMATS_COMMON_MARKDOWN_TEXT_H

#include "shilu/base/buffer.h"

/* Bytes [start, end) of the words. */
struct markdown_range {
    size_t start;
    size_t end;
};

/* Where strong emphasis stands, in order. */
struct markdown_bold {
    struct markdown_range *ranges; /* owned */
    size_t count;
    size_t capacity;
};

void markdown_bold_release(struct markdown_bold *bold);

/* Append the words; the targets of links are left out. Strong emphasis is noted in `bold`,
 * which may be NULL. */
void markdown_text_strip(struct buffer *out, const char *s, size_t bytes,
                         struct markdown_bold *bold);

/* Append a text so that Markdown shows it as it is, on one line. */
void markdown_text_escape(struct buffer *out, const char *s, size_t bytes);

#endif
