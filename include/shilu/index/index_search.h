/* Index search: which files of some folders may hold a query, asked once of the index of each
 * before the files are searched. It writes nothing. Where there is no index, or a file is not
 * as it was when it was indexed, nothing is known of it: it may hold anything. */
#ifndef SHILU_INDEX_INDEX_SEARCH_H
#define SHILU_INDEX_INDEX_SEARCH_H

#include <stdbool.h>
#include <stddef.h>

struct index_search_query {
    const char *text;
    unsigned flags;        /* of enum matcher_flag */
    char *const *speakers; /* said by one of these; none: by anyone */
    size_t speaker_count;
};

struct index_search;

/* The paths must outlive it. NULL where nothing is known. */
struct index_search *index_search_new(char *const *paths, size_t count,
                                      const struct index_search_query *query);
void index_search_free(struct index_search *s);

/* False where it is certain that a file of one of the folders holds no hit and that reading it
 * would say nothing else. From any thread. */
bool index_search_may_match(const struct index_search *s, const char *path);

#endif
