/* The HTML form of podcast transcripts, and what this program writes as HTML:
 *
 *   <cite>Name:</cite> <time>0:53</time> <p>…</p>
 *
 * Specification: Podcasting 2.0, "transcripts", HTML. Everything else in the page is passed
 * over, but headings, which are lines without a speaker. */
#ifndef SHILU_FORMATS_HTML_CITED_H
#define SHILU_FORMATS_HTML_CITED_H

#include "shilu/base/span.h"
#include "shilu/formats/reader.h"

/* How sure it is that a page is of this form: of CONFIDENCE_*. */
int html_cited_detect(struct span head);

/* Read a whole page. */
bool html_cited_read(struct span page, struct reader_context *context, struct error *err);

#endif
