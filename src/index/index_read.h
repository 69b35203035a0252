/* Index read: reads one file for all that the index stores. */
#ifndef SHILU_INDEX_INDEX_READ_H
#define SHILU_INDEX_INDEX_READ_H

#include <stdatomic.h>

#include "shilu/index/index_refresh.h"
#include "shilu/text/search_terms.h"

struct index_reading {
    struct index_item item;
    size_t root;     /* of the refresh, or INDEX_ITEM_NEW without an index */
    bool settled;    /* the stamp shows any change, and there was none during reading */
    bool has_terms;  /* the members below are wanted */
    bool always;     /* see struct index_entry */
    uint32_t *terms; /* owned, like all pointers here */
    size_t term_count, term_capacity;
    size_t *ends;
    size_t documents, end_capacity;
    struct buffer words;
    struct buffer people;
};

/* Thread-safe; ends soon once *stop is true. Each thread has its own `terms`, or NULL. */
void index_read_file(struct index_reading *r, const struct index_refresh_options *options,
                     struct search_terms *terms, const atomic_bool *stop);
void index_reading_free(struct index_reading *r);

#endif
