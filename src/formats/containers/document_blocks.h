/* The blocks of a document that is read whole, as they are given out.
 *
 * A document may be nothing but the lines of a plain text: one paragraph a line, or a page of
 * <pre>. What is known of text is then needed (wrapped lines, numbers of lines, heads of
 * pages), so its lines go through the container of plain text. A document with bold words,
 * tables, lists or headings inside says itself what its blocks are. */
#ifndef SHILU_FORMATS_DOCUMENT_BLOCKS_H
#define SHILU_FORMATS_DOCUMENT_BLOCKS_H

#include "formats/containers/block_list.h"

struct document_blocks {
    struct block_list list; /* to be filled by the container */
    /* from here on private */
    bool begun;
    struct block_list lines; /* those of a plain text, once it went through its container */
    bool plain;
};

void document_blocks_release(struct document_blocks *d);

/* The next block, or false at the end. */
bool document_blocks_next(struct document_blocks *d, struct block *block);

const struct block_left_out *document_blocks_left_out(const struct document_blocks *d,
                                                      size_t *count);

#endif
