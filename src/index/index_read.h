/* Index read: one file is read for what is to be known of it. */
#ifndef SHILU_INDEX_INDEX_READ_H
#define SHILU_INDEX_INDEX_READ_H

#include <stdatomic.h>

#include "shilu/index/index_refresh.h"
#include "shilu/text/search_terms.h"

struct index_reading {
    struct index_item item;
    size_t root;     /* of the refresh, or INDEX_ITEM_NEW: no index */
    bool settled;    /* the stamp shows any change, and there was none while it was read */
    bool has_terms;  /* what follows is wanted */
    bool always;     /* see struct index_entry */
    uint32_t *terms; /* owned, as are all */
    size_t term_count, term_capacity;
    size_t *ends;
    size_t documents, end_capacity;
    struct buffer words;
    struct buffer people;
};

/* From any thread; ends soon once *stop is true. The terms are a thread's own, or NULL. */
void index_read_file(struct index_reading *r, const struct index_refresh_options *options,
                     struct search_terms *terms, const atomic_bool *stop);
void index_reading_free(struct index_reading *r);

#endif
