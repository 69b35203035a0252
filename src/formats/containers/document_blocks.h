/* The blocks of a document that is read whole. A document may be nothing but the lines of a
 * plain text: one paragraph a line, or a page of <pre>. Such lines go through the container of
 * plain text, which handles wrapped lines, line numbers and page headers. A document with bold
 * words, tables, lists or headings has blocks of its own. */
#ifndef SHILU_FORMATS_DOCUMENT_BLOCKS_H
#define SHILU_FORMATS_DOCUMENT_BLOCKS_H

#include "formats/containers/block_list.h"

/* A larger document is an error. */
enum { DOCUMENT_BYTES_MAX = 256 << 20 };

struct document_blocks {
    struct block_list list; /* the container fills it */
    unsigned tables;        /* number of open ones */
    bool in_row;            /* the open block is a row of the outermost table */
    /* private from here on */
    bool read;
    bool failed;      /* after the last block of the list */
    struct error err; /* the reason */
    bool begun;
    struct block_list lines; /* blocks of a plain text, once its container has read it */
    bool plain;
};

void document_blocks_release(struct document_blocks *d);

/* The next block, or false at the end. */
bool document_blocks_next(struct document_blocks *d, struct block *block);

/* The whole document in `document`, with BLOCK_READY; BLOCK_MORE until all of it has arrived,
 * BLOCK_ERROR if it is too large. */
enum block_status document_window(struct reader_context *context, struct span *document,
                                  struct error *err);

/* The next block of a document that `read` puts on the list once all of it has arrived. If
 * `read` fails, the blocks on the list are given before its error. */
typedef bool document_read(void *container, struct span document, struct source_limits limits,
                           struct error *err);
enum block_status document_blocks_take(struct document_blocks *d, document_read *read,
                                       void *container, struct reader_context *context,
                                       struct block *block, struct error *err);

/* Rows and cells. Rows of a table inside a cell become lines of that cell. */
void document_blocks_start_row(struct document_blocks *d, uint64_t place);
void document_blocks_end_row(struct document_blocks *d);
void document_blocks_end_cell(struct document_blocks *d);

/* The number of a list item and a blank, "3. "; nothing for an empty number. */
void document_blocks_add_number(struct document_blocks *d, const struct buffer *number,
                                unsigned style);

/* Why words were left out. */
enum document_loss {
    DOCUMENT_LOSS_NONE,
    DOCUMENT_LOSS_DELETED,
    DOCUMENT_LOSS_HIDDEN,
    DOCUMENT_LOSS_READING,
    DOCUMENT_LOSS_NOTE,
    DOCUMENT_LOSS_PAGE,
};
void document_blocks_leave_out(struct document_blocks *d, enum document_loss loss,
                               uint64_t place, struct span words);

const struct block_left_out *document_blocks_left_out(const struct document_blocks *d,
                                                      size_t *count);

#endif
