/* The heads and feet of pages in the text of a PDF document, whose pages end in a form feed. */
#ifndef SHILU_FORMATS_PDF_PAGES_H
#define SHILU_FORMATS_PDF_PAGES_H

#include "shilu/base/buffer.h"
#include "shilu/base/span.h"

/* Append the text without its form feeds and without the lines at the top or bottom of a page
 * that are there, except their digits, on another page near by. Returns the visible characters
 * that were left out. */
uint64_t pdf_pages_join(struct span text, struct buffer *out);

#endif
