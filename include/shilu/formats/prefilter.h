/* Prefilter: whether a file can hold a match at all, inferred from its bytes without parsing
 * it. */
#ifndef SHILU_FORMATS_PREFILTER_H
#define SHILU_FORMATS_PREFILTER_H

#include <stdbool.h>

#include "shilu/text/matcher.h"

struct prefilter;

/* For a query and its flags (of enum matcher_flag); each thread has its own. NULL where nothing
 * can be told: for a pattern, or without letters that it could look for. */
struct prefilter *prefilter_new(const char *query, unsigned flags);
void prefilter_free(struct prefilter *p);

/* False: no paragraph of the file at `path` can match the query. True wherever that is not
 * certain. Not for a file that is read as another format or encoding than it shows. NULL: true.
 */
bool prefilter_may_match(struct prefilter *p, const char *path);

#endif
