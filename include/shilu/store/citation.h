/* Citation: a quote as written down, by a template:
 *    {quote}     the words; {speakers} {date} {time} {end} {title} {source} {url} {path} {file}
 *    [...]       omitted if a field inside it is unknown
 *    \x          the character x itself;
 *  is a line end
 *
 * A style is "plain", "markdown", "html", "bibtex", or a template of the user's. */
#ifndef SHILU_STORE_CITATION_H
#define SHILU_STORE_CITATION_H

#include <stdbool.h>

#include "shilu/store/quotes.h"

/* Whether this is the name of a style or a template; if not, *err says what is wrong. */
bool citation_check(const char *style, struct error *err);

/* `style`: NULL for plain. */
void citation_format(const char *style, const struct quote *q, struct buffer *out);

/* The names of the styles, NULL-terminated. */
extern const char *const citation_styles[];

#endif
