/* Raw test: whether a file can hold a match at all, told from its bytes without parsing it. */
#ifndef SHILU_FORMATS_PREFILTER_H
#define SHILU_FORMATS_PREFILTER_H

#include <stdbool.h>

#include "shilu/text/matcher.h"

/* False: no segment of the file at `path` can match what the matcher was made of, `query`. True
 * wherever that is not certain: it is only for our own JSON and JSON Lines in UTF-8, in which
 * no character is written as \uXXXX, and for queries of letters, so that a match stands in the
 * file as it stands in the text. Not for a file that is read as another format or encoding than
 * it shows, nor for a pattern. */
bool prefilter_may_match(struct matcher *matcher, const char *query, const char *path);

#endif
