/* Prefilter: whether a file can contain a match at all, judged by its bytes without parsing
 * it. */
#ifndef SHILU_FORMATS_PREFILTER_H
#define SHILU_FORMATS_PREFILTER_H

#include <stdbool.h>

#include "shilu/text/matcher.h"

struct prefilter;

/* For a query and its flags (enum matcher_flag); each thread has its own. NULL if nothing can
 * be excluded, as for a pattern. */
struct prefilter *prefilter_new(const char *query, unsigned flags);
void prefilter_free(struct prefilter *p);

/* False if no paragraph of the file at `path` can match the query; true if that is uncertain.
 * Not for a file that is read as another format or encoding than it appears to be. A NULL
 * prefilter gives true. */
bool prefilter_may_match(struct prefilter *p, const char *path);

#endif
