/* Index search: which files of some folders may match a query. It asks the index of each folder
 * once, before the files are searched, and writes nothing. A file that is not in an index, or
 * has changed since, may always match. */
#ifndef SHILU_INDEX_INDEX_SEARCH_H
#define SHILU_INDEX_INDEX_SEARCH_H

#include <stdbool.h>
#include <stddef.h>

#include "shilu/base/file_stamp.h"

struct index_search_query {
    const char *text;
    unsigned flags;        /* of enum matcher_flag */
    char *const *speakers; /* said by one of these; empty: by anyone */
    size_t speaker_count;
};

struct index_search;

/* The paths must outlive it. NULL if nothing is known. */
struct index_search *index_search_new(char *const *paths, size_t count,
                                      const struct index_search_query *query);
void index_search_free(struct index_search *s);

/* False if a file in one of the folders certainly has no match, and reading it would report
 * nothing else. Thread-safe. */
bool index_search_may_match(const struct index_search *s, const char *path);
/* The same for a file whose stamp is known, which saves a stat. */
bool index_search_may_match_at(const struct index_search *s, const char *path,
                               const struct file_stamp *stamp);

#endif
