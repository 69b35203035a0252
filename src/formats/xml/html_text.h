/* The words of an HTML fragment, one line per block, without scripts and styles. */
#ifndef SHILU_FORMATS_XML_HTML_TEXT_H
#define SHILU_FORMATS_XML_HTML_TEXT_H

#include "shilu/base/buffer.h"
#include "shilu/base/span.h"

void html_text_append(struct buffer *out, struct span html);

#endif
