/* A list of blocks, for containers that need the whole file before their first block: built
 * once, then given one by one. */
#ifndef SHILU_FORMATS_BLOCK_LIST_H
#define SHILU_FORMATS_BLOCK_LIST_H

#include "formats/containers/block.h"
#include "shilu/base/buffer.h"

struct block_entry;

/* Zero-initialised is empty. */
struct block_list {
    struct block_entry *entries; /* owned */
    size_t count;
    size_t capacity;
    size_t next; /* index of the next block to give */
    struct buffer text;
    struct block_range *ranges; /* owned */
    size_t range_count;
    size_t range_capacity;
    struct block_cell *cells; /* owned */
    size_t cell_count;
    size_t cell_capacity;
    struct buffer styles;            /* names of paragraph styles, each ended by NUL */
    size_t last_style;               /* in `styles`; 0 for none */
    struct block_left_out *left_out; /* owned */
    size_t left_out_count;
    size_t left_out_capacity;
    /* the current block */
    bool open;
    enum block_kind kind;
    unsigned level;
    uint64_t line;
    size_t style_byte;
    uint32_t signature;
    bool heads_message;
    bool blank_before; /* of the next block */
    bool empty_before; /* an empty paragraph or line precedes it */
    size_t text_byte;
    size_t first_range;
    size_t first_cell;
    size_t cell_byte;
};

void block_list_release(struct block_list *l);
/* All but what was left out. */
void block_list_release_blocks(struct block_list *l);

/* Begin a block, which ends the current one. level: as block.level; `style` may be NULL. */
void block_list_begin(struct block_list *l, enum block_kind kind, unsigned level, uint64_t line,
                      const char *style);
/* Set block.signature of the current block. */
void block_list_sign(struct block_list *l, uint32_t signature);
/* Set block.heads_message of the current block. */
void block_list_head_message(struct block_list *l, bool heads);
/* Add words in a style (enum block_style). Tabs are kept; for a line end call
 * block_list_break. */
void block_list_add(struct block_list *l, struct span words, unsigned style);
/* A line break inside the paragraph: what follows is a block of the same kind without a blank
 * line before it. */
void block_list_break(struct block_list *l);
/* End the current cell of a table row. block_list_break separates paragraphs inside a cell; all
 * but the first of the last cell become paragraphs below the row. */
void block_list_end_cell(struct block_list *l);
/* End the current block; one with nothing but white space is dropped. */
void block_list_end(struct block_list *l);

void block_list_leave_out(struct block_list *l, const char *reason, uint64_t line,
                          uint64_t characters);

/* Add a copy of a block from another list or container. */
void block_list_append(struct block_list *l, const struct block *block);

/* Call this once all blocks are there. If empty paragraphs separate the document's paragraphs,
 * as people type who use a word processor like a typewriter, only those count as blank lines.
 * `lines`: the paragraphs are the lines of a plain text, where a single empty one is evidence
 * enough. */
void block_list_settle(struct block_list *l, bool lines);

/* The next block, or false at the end. What it points to is borrowed until the list changes. */
bool block_list_next(struct block_list *l, struct block *block);

/* The number of visible characters: those with a width that are not white space. */
uint64_t block_list_visible(struct span text);

#endif
