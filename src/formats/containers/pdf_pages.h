/* Page headers and footers in the text of a PDF document, whose pages end in a form feed. */
#ifndef SHILU_FORMATS_PDF_PAGES_H
#define SHILU_FORMATS_PDF_PAGES_H

#include "shilu/base/buffer.h"
#include "shilu/base/span.h"

/* Append the text without form feeds, and without lines at the top or bottom of a page that a
 * nearby page repeats (with other digits, perhaps). Returns the number of visible characters
 * left out. */
uint64_t pdf_pages_join(struct span text, struct buffer *out);

#endif
