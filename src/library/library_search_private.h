/* Library search: one file of it. */
#ifndef SHILU_LIBRARY_LIBRARY_SEARCH_PRIVATE_H
#define SHILU_LIBRARY_LIBRARY_SEARCH_PRIVATE_H

#include <stdatomic.h>

#include "library/library_limits.h"
#include "shilu/formats/prefilter.h"
#include "shilu/index/index_search.h"
#include "shilu/library/library_search.h"

/* The result for a file: a row for itself and rows for its hits; no rows without hits. */
struct library_found {
    struct library_row *rows; /* owned, including their contents */
    size_t row_count;
    size_t row_capacity;
    size_t hits;
    bool unreadable;
    bool incomplete; /* the pattern needed too much work somewhere: hits are missing */
};

/* For a single thread: a matcher cannot be shared. */
struct library_finder {
    const struct options *options;
    const char *query;
    const struct library_limits *limits;
    const struct corrected_records *corrected; /* or NULL */
    const struct index_search *index;          /* NULL if nothing is known about any file */
    struct search *search;                     /* owned by the caller */
    struct prefilter *prefilter;               /* likewise; NULL if all files are to be read */
    const atomic_bool *stop;
};

/* Find as much as possible until `stop`. `entry` is the file's number, `date_ms` its day. */
void library_search_file(const struct library_finder *f, const char *path, size_t entry,
                         int64_t date_ms, struct library_found *found);

void library_search_release_rows(struct library_row *rows, size_t count);

#endif
