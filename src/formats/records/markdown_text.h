/* Markdown text: the words of a line without their markup. Standard: CommonMark 0.30, the
 * inline part of it that transcripts use: escapes, emphasis, code, links, images. */
#ifndef SHILU_FORMATS_RECORDS_MARKDOWN_TEXT_H
#define SHILU_FORMATS_RECORDS_MARKDOWN_TEXT_H

#include "shilu/base/buffer.h"

/* Append the words; the targets of links are left out. */
void markdown_text_strip(struct buffer *out, const char *s, size_t bytes);

/* Append a text so that Markdown shows it as it is, on one line. */
void markdown_text_escape(struct buffer *out, const char *s, size_t bytes);

#endif
