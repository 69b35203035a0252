/* Library search: one file of it. */
#ifndef SHILU_LIBRARY_LIBRARY_SEARCH_PRIVATE_H
#define SHILU_LIBRARY_LIBRARY_SEARCH_PRIVATE_H

#include <stdatomic.h>

#include "library/library_limits.h"
#include "shilu/formats/prefilter.h"
#include "shilu/index/index_search.h"
#include "shilu/library/library_search.h"

/* What was found in a file: a row for itself and those of its hits; none: no hit. */
struct library_found {
    struct library_row *rows; /* owned, with what is in them */
    size_t row_count;
    size_t row_capacity;
    size_t hits;
    bool unreadable;
    bool incomplete; /* the pattern was too much work somewhere: hits are missing */
};

/* For one thread: a matcher is not for two. */
struct library_finder {
    const struct options *options;
    const char *query;
    const struct library_limits *limits;
    const struct corrected_records *corrected; /* or NULL */
    const struct index_search *index;          /* NULL: nothing is known of any file */
    struct search *search;                     /* owned by the caller */
    struct prefilter *prefilter;               /* the same; NULL: all files are read */
    const atomic_bool *stop;
};

/* As much as is found until `stop`. `entry` is the file's number, `date_ms` its day. */
void library_search_file(const struct library_finder *f, const char *path, size_t entry,
                         int64_t date_ms, struct library_found *found);

void library_search_release_rows(struct library_row *rows, size_t count);

#endif
