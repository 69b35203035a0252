/* Character references of HTML and XML: "&amp;", "&#20013;", "&#x4E2D;".
 *
 * Standard: the list of HTML 5 (section 13.5 of the HTML standard). Names are case-sensitive; a
 * number that is not a character, or is a control other than tab and line ends, becomes U+FFFD.
 */
#ifndef SHILU_FORMATS_HTML_ENTITY_H
#define SHILU_FORMATS_HTML_ENTITY_H

#include "shilu/base/buffer.h"

/* A longer reference is plain text, so a reader of partial text never waits for more than
 * this. */
enum { HTML_ENTITY_BYTES_MAX = 64 };

/* Decode the reference at the start of `s`, which begins with '&', and append it to `out`.
 * *used is the number of bytes consumed. False, with nothing appended, if it is not a
 * reference. The ';' may be missing after amp, lt, gt, quot and nbsp, as in browsers. */
bool html_entity_take(struct buffer *out, const char *s, size_t bytes, size_t *used);

/* Append a text with all its references decoded. */
void html_entity_decode(struct buffer *out, const char *s, size_t bytes);

/* Append a text escaped for HTML, XML or WebVTT, also inside quotes. */
void html_entity_encode(struct buffer *out, const char *s, size_t bytes);

/* Append an XML declaration for each named entity. */
void html_entity_declare(struct buffer *out);

#endif
