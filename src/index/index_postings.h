/* Index postings: which documents of a batch contain which terms, as pages of bytes.
 *
 * A batch numbers its documents from 0. A pair is a term and a document. Sorted pairs become
 * pages, each of which has the terms from its first one on and ends in a checksum, so that a
 * damaged page is detected and never used. */
#ifndef SHILU_INDEX_INDEX_POSTINGS_H
#define SHILU_INDEX_INDEX_POSTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shilu/base/buffer.h"

enum { POSTINGS_DOCUMENTS_MAX = 1 << 16, POSTINGS_PAGE_BYTES = 3900, POSTINGS_SUM_BYTES = 4 };

static inline uint64_t index_postings_pair(uint32_t term, uint32_t document)
{
    return (uint64_t)term << 16 | document;
}

static inline uint32_t index_postings_term(uint64_t pair)
{
    return (uint32_t)(pair >> 16);
}

static inline uint32_t index_postings_document(uint64_t pair)
{
    return (uint32_t)(pair & 0xFFFF);
}

/* Sort by term, stably. `spare` has room for as many pairs. */
void index_postings_sort(uint64_t *pairs, uint64_t *spare, size_t count);

/* Write the next page of sorted pairs, with documents below `documents`; returns how many pairs
 * it has used. The page's first term is that of the first pair. */
size_t index_postings_write(struct buffer *page, const uint64_t *pairs, size_t count,
                            uint32_t documents);

/* Set the bits of the documents on this page that contain a term; false if the page is
 * damaged. */
bool index_postings_find(const char *page, size_t bytes, uint32_t first, uint32_t term,
                         uint32_t documents, uint64_t *found);

/* Report all pairs of a page, in order; false if it is damaged. */
typedef void index_postings_taker(void *context, uint32_t term, uint32_t document);
bool index_postings_read(const char *page, size_t bytes, uint32_t first, uint32_t documents,
                         index_postings_taker *take, void *context);

/* A checksum of bytes, to detect damage. */
uint32_t index_postings_sum(const char *bytes, size_t count);

#endif
