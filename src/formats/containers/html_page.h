/* An HTML page as blocks of text, with what distinguishes content from its surroundings.
 *
 * html_page_read walks the tree once and cuts the text as a browser would show it: one block
 * for each block-level element, each line that <br> ends, each row of a table and each line of
 * preformatted text. html_content_choose then decides which blocks are the page's content. */
#ifndef SHILU_FORMATS_HTML_PAGE_H
#define SHILU_FORMATS_HTML_PAGE_H

#include "formats/containers/block.h"
#include "formats/containers/html_tree.h"
#include "shilu/base/buffer.h"

enum html_kind { HTML_PARAGRAPH, HTML_HEADING, HTML_ITEM, HTML_ROW, HTML_LINE };

/* Why words were left out. */
enum html_reason {
    HTML_KEPT,
    HTML_HIDDEN,     /* hidden, or never shown: a template, a fallback for scripts */
    HTML_CONTROL,    /* buttons, selections, fields */
    HTML_CAPTION,    /* of a picture */
    HTML_NAVIGATION, /* menus, breadcrumbs, lists of links, share bars */
    HTML_SURROUNDING /* outside the content: headers, footers, side columns */
};

struct html_range {
    uint32_t start; /* offset in the block's text */
    uint32_t end;
    unsigned style; /* or'ed enum block_style; 0 in a cell */
};

struct html_block {
    enum html_kind kind;
    enum html_reason reason;
    uint8_t level;      /* heading level 1 to 6 */
    bool after_empty;   /* an empty paragraph precedes it */
    bool continues;     /* <br> ended the previous block, in the same paragraph */
    bool sentence;      /* ends as sentences do */
    bool heads_message; /* names who wrote the message that it begins */
    bool set_apart;     /* its class serves as bold type does elsewhere */
    uint32_t element;   /* block-level element that contains it */
    uint32_t line;      /* in the source, from 1 */
    uint32_t weight;    /* letters and digits; East Asian ones count twice */
    uint32_t linked;    /* the same inside links */
    uint32_t inward;    /* … inside links to a place on the same page */
    size_t text_byte;   /* offset in the page's text */
    size_t text_bytes;
    uint32_t first_range; /* index into `ranges`: bold, linked … */
    uint32_t range_count;
    uint32_t first_cell; /* of a row: index into `cells` */
    uint32_t cell_count;
};

/* The text of an inline element with a class: bytes [start, end) of a block. */
struct html_mark {
    uint32_t signature; /* as of a block-level element */
    uint32_t block;     /* index, which has no block if that one was dropped */
    uint32_t start;
    uint32_t end;
};

/* A block-level element. Its descendants follow it, up to `end`. */
struct html_element {
    uint32_t parent; /* 0 is the page itself */
    uint32_t end;    /* the first element after its descendants */
    uint32_t first_block;
    uint32_t end_block;
    uint32_t signature; /* hash of tag and classes: equal for repeated elements */
    bool classed;       /* it has a class */
    bool around;        /* its tag, role or classes say it is not content */
    bool paragraph;     /* contains words, not other blocks: <p>, <li>, <pre> … */
};

struct html_page {
    struct buffer text;
    struct html_block *blocks; /* owned */
    size_t count;
    size_t capacity;
    struct html_element *elements; /* owned */
    size_t element_count;
    size_t element_capacity;
    struct html_range *ranges; /* owned */
    size_t range_count;
    size_t range_capacity;
    struct html_range *cells; /* owned */
    size_t cell_count;
    size_t cell_capacity;
    struct html_mark *marks; /* owned */
    size_t mark_count;
    size_t mark_capacity;
    struct buffer title;    /* of the head */
    struct buffer language; /* BCP 47, as the page states it */
    size_t moments;         /* times of day whose elements state the whole moment */
    int32_t utc_offset;     /* … and the time zone, in minutes; UTC_OFFSET_NONE */
    size_t scripts;         /* number of ignored scripts and style sheets */
    /* By reason: visible characters that are in no block, and the line of the first. */
    uint64_t left_out[HTML_SURROUNDING + 1];
    uint64_t left_out_line[HTML_SURROUNDING + 1];
};

void html_page_read(struct html_page *page, const struct html_tree *tree);
void html_page_release(struct html_page *page);

struct span html_page_text(const struct html_page *page, const struct html_block *block);

/* Set the reason for each block that is not content. */
void html_content_choose(struct html_page *page);

#endif
