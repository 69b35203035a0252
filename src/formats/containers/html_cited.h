/* The HTML form of podcast transcripts, which is also what shilu writes as HTML:
 *    <cite>Name:</cite> <time>0:53</time> <p>…</p>
 *
 * Specification: Podcasting 2.0, "transcripts", HTML. Everything else in the page is ignored,
 * except headings, which become lines without a speaker. */
#ifndef SHILU_FORMATS_HTML_CITED_H
#define SHILU_FORMATS_HTML_CITED_H

#include "shilu/base/span.h"
#include "shilu/formats/reader.h"

/* Confidence (CONFIDENCE_*) that a page is in this form. */
int html_cited_detect(struct span head);

/* Read a whole page. */
bool html_cited_read(struct span page, struct reader_context *context, struct error *err);

#endif
