/* Block: the unit of text, whatever kind of file it comes from.
 *
 * A container (plain text, Markdown, an HTML page, a Word document …) gives blocks one by one;
 * it knows nothing of speakers. The layout engine (formats/records) reads a record from them. A
 * line break inside a paragraph (<br>, a shift-return) begins a new block without a blank line
 * before it, because a speaker's label may follow it. So no block's text contains a line
 * end. */
#ifndef SHILU_FORMATS_BLOCK_H
#define SHILU_FORMATS_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shilu/base/span.h"
#include "shilu/formats/reader.h"

enum block_kind {
    BLOCK_PARAGRAPH, /* or a line of plain text */
    BLOCK_HEADING,
    BLOCK_LIST_ITEM,
    BLOCK_TABLE_ROW,
    BLOCK_QUOTATION,   /* set apart from the running text: Markdown's "> " */
    BLOCK_PREFORMATTED /* one line of it */
};

enum block_style { BLOCK_BOLD = 1, BLOCK_LINK = 2, BLOCK_ITALIC = 4 };

/* Bytes [start, end) of the block's text in this style. Ranges are ordered by their starts and
 * do not overlap; adjacent ranges have different styles. */
struct block_range {
    uint32_t start;
    uint32_t end;
    unsigned style; /* or'ed enum block_style */
};

/* One cell of a table row: bytes [start, end) of the block's text. */
struct block_cell {
    uint32_t start;
    uint32_t end;
};

struct block {
    enum block_kind kind;
    unsigned level;   /* of a heading 1 to 6, of a list item 1 for the outermost; else 0 */
    struct span text; /* valid UTF-8, trimmed, never empty; tabs separate the cells of a row */
    const struct block_range *ranges;
    size_t range_count;
    const struct block_cell *cells; /* of a table row; else NULL */
    size_t cell_count;
    uint32_t indent_columns; /* white space before the text */
    uint32_t text_columns;   /* width of the text, or 0 if not measured */
    /* A blank line, or whatever separates paragraphs in this container, precedes it; a line
     * break inside a paragraph does not count. */
    bool blank_before;
    bool rule_before; /* a line of ---- or ==== precedes it; in plain text */
    /* It continues the line above: both are parts of one wrapped paragraph. */
    bool joins;
    /* Equal for paragraphs with the same element and class in a page; 0 if unknown. */
    uint32_t signature;
    /* Its bold front names who wrote the message that it begins, as the structure of a page
     * shows. */
    bool heads_message;
    const char *style; /* the paragraph's name or class, "" if it has none */
    uint64_t line;     /* its position from 1: a line, or the number of the paragraph */
};

enum block_status {
    BLOCK_READY,
    BLOCK_MORE, /* the input's window is too small: fill it and call again */
    BLOCK_END,
    BLOCK_ERROR /* *err is set; blocks given earlier remain valid */
};

/* Words of the source that are in no block, and the reason: "navigation", "deleted text". */
struct block_left_out {
    const char *reason;   /* static */
    uint64_t line;        /* line of the first, as block.line */
    uint64_t characters;  /* number of visible characters */
    uint64_t occurrences; /* number of consecutive ones with this reason that are counted
                           * here */
};

struct container_ops {
    const char *title; /* shown to users: "Word document" */
    void *(*open)(void);
    /* Give the next block; what it points to is borrowed until the next call. A container that
     * needs the whole file returns BLOCK_MORE until input_ended. */
    enum block_status (*next)(void *self, struct reader_context *context, struct block *block,
                              struct error *err);
    void (*close)(void *self);
    /* What was left out so far, in order; NULL if the container leaves nothing out. */
    const struct block_left_out *(*left_out)(const void *self, size_t *count);
    /* What the file states outside its text (the title in its head, its language), known once
     * the first block is; or NULL. */
    const char *(*field)(const void *self, enum transcript_field field);
    /* The index-th further statement in front matter; false after the last one. *name is NULL
     * for one that is reported elsewhere. May be NULL. */
    bool (*fact)(const void *self, size_t index, const char **name, const char **value);
    /* Its title takes precedence over one in the text. */
    bool states_title;
    /* It gives blocks and consumes the input as it goes; else it takes the whole input before
     * the first block. */
    bool streams;
};

#endif
