/* Block: what a text is made of, whatever kind of file it comes from.
 *
 * A container (plain text, Markdown, an HTML page, a Word document …) gives blocks one by one;
 * it knows nothing of speakers. The layout engine (formats/records) reads a record out of them.
 * A line break inside a paragraph (<br>, a shift-return) begins a new block without a blank
 * line before it, since a speaker's label may follow it. So no text holds a line end. */
#ifndef SHILU_FORMATS_BLOCK_H
#define SHILU_FORMATS_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shilu/base/span.h"
#include "shilu/formats/reader.h"

enum block_kind {
    BLOCK_PARAGRAPH, /* or one line of plain text */
    BLOCK_HEADING,
    BLOCK_LIST_ITEM,
    BLOCK_TABLE_ROW,
    BLOCK_QUOTATION,   /* set apart from the running text: Markdown's "> " */
    BLOCK_PREFORMATTED /* a line of it */
};

enum block_style { BLOCK_BOLD = 1, BLOCK_LINK = 2, BLOCK_ITALIC = 4 };

/* Bytes [start, end) of the block's text, in this style. Ranges are in order of their starts
 * and do not overlap; neighbours of one style are one range. */
struct block_range {
    uint32_t start;
    uint32_t end;
    unsigned style; /* of enum block_style, or'ed */
};

/* One cell of a table row: bytes [start, end) of the block's text. */
struct block_cell {
    uint32_t start;
    uint32_t end;
};

struct block {
    enum block_kind kind;
    unsigned level; /* of a heading, 1 to 6; of a list item, 1 for the outermost; else 0 */
    struct span
        text; /* valid UTF-8, trimmed, never empty; the cells of a row separated by a tab */
    const struct block_range *ranges;
    size_t range_count;
    const struct block_cell *cells; /* of a table row; else none */
    size_t cell_count;
    uint32_t indent_columns; /* white space before the text */
    uint32_t text_columns;   /* of the text, or 0: not measured */
    /* It follows a blank line, or what separates paragraphs in this container. After a line
     * break inside a paragraph it does not. */
    bool blank_before;
    bool rule_before; /* ---- or ====, since the block above; in plain text */
    /* It reads on in the line above: the two are one paragraph that was wrapped. */
    bool joins;
    /* The same for paragraphs that are made alike: of one element and class in a page. 0:
     * unknown. */
    uint32_t signature;
    const char *style; /* name or class of the paragraph, "" if it has none */
    uint64_t line;     /* where it is, from 1: a line, or the number of the paragraph */
};

enum block_status {
    BLOCK_READY,
    BLOCK_MORE, /* the input's window holds too little: fill it and call again */
    BLOCK_END,
    BLOCK_ERROR /* *err is set; the blocks given before it stand */
};

/* Words of the source that are in no block, and why: "navigation", "deleted text". */
struct block_left_out {
    const char *reason;   /* static */
    uint64_t line;        /* of the first, as block.line */
    uint64_t characters;  /* visible ones */
    uint64_t occurrences; /* how many neighbours of this reason are counted in this one */
};

struct container_ops {
    const char *title; /* for people: "Word document" */
    void *(*open)(void);
    /* The next block; what it points to is borrowed until the next call. A container that needs
     * the whole file asks for more until input_ended. */
    enum block_status (*next)(void *self, struct reader_context *context, struct block *block,
                              struct error *err);
    void (*close)(void *self);
    /* What was left out so far, in order; NULL: never anything. */
    const struct block_left_out *(*left_out)(const void *self, size_t *count);
    /* What the file says of itself outside its words (the title in its head, its language),
     * known once the first block is; or NULL. */
    const char *(*field)(const void *self, enum transcript_field field);
    /* The index-th thing that it says beside these, in front matter; false after the last one.
     * *name is NULL for one that is said otherwise. May be NULL: none. */
    bool (*fact)(const void *self, size_t index, const char **name, const char **value);
    /* The title that it gives precedes any that its words may have. */
    bool states_title;
    /* It gives blocks, and consumes the input, as it goes; else it takes the whole input before
     * its first block. */
    bool streams;
};

#endif
