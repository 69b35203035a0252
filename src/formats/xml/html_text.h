/* The words of a piece of HTML, a line a block; scripts and styles are no words. */
#ifndef SHILU_FORMATS_XML_HTML_TEXT_H
#define SHILU_FORMATS_XML_HTML_TEXT_H

#include "shilu/base/buffer.h"
#include "shilu/base/span.h"

void html_text_append(struct buffer *out, struct span html);

#endif
