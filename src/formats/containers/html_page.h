/* An HTML page as blocks of text, each with what tells content from what is around it.
 *
 * html_page_read walks the tree once and cuts the text as a browser would show it: one block
 * for each element that is in lines of its own, for each line that <br> ends, each row of a
 * table and each line of preformatted text. html_content_choose then says which blocks are the
 * page's content. */
#ifndef SHILU_FORMATS_HTML_PAGE_H
#define SHILU_FORMATS_HTML_PAGE_H

#include "formats/containers/block.h"
#include "formats/containers/html_tree.h"
#include "shilu/base/buffer.h"

enum html_kind { HTML_PARAGRAPH, HTML_HEADING, HTML_ITEM, HTML_ROW, HTML_LINE };

/* Why words are left out. */
enum html_reason {
    HTML_KEPT,
    HTML_HIDDEN,     /* hidden, or never shown: a template, a fallback for scripts */
    HTML_CONTROL,    /* buttons, choices, fields */
    HTML_CAPTION,    /* of a picture */
    HTML_NAVIGATION, /* menus, paths, lists of links, share bars */
    HTML_SURROUNDING /* outside the content: heads, feet, side columns */
};

struct html_range {
    uint32_t start; /* bytes into the block's text */
    uint32_t end;
    unsigned style; /* of enum block_style; 0 in a cell */
};

struct html_block {
    enum html_kind kind;
    enum html_reason reason;
    uint8_t level;    /* of a heading, 1 to 6 */
    bool after_empty; /* an empty paragraph comes before it */
    bool continues;   /* <br> ended the block before, in the same paragraph */
    bool sentence;    /* it ends as a sentence does */
    bool set_apart;   /* its class does what bold type does elsewhere */
    uint32_t element; /* the block-level element that holds it */
    uint32_t line;    /* in the source, from 1 */
    uint32_t weight;  /* letters and digits; one of East Asia counts twice */
    uint32_t linked;  /* those inside links */
    size_t text_byte; /* into the page's text */
    size_t text_bytes;
    uint32_t first_range; /* in bold, linked …, into `ranges` */
    uint32_t range_count;
    uint32_t first_cell; /* of a row: its cells, into `cells` */
    uint32_t cell_count;
};

/* A block-level element. Its descendants follow it, up to `end`. */
struct html_element {
    uint32_t parent; /* 0 is the page itself */
    uint32_t end;    /* the first element after its descendants */
    uint32_t first_block;
    uint32_t end_block;
    uint32_t signature; /* of tag and classes: equal for elements that repeat */
    bool around;        /* its tag, role or classes say that it is not content */
    bool paragraph;     /* it holds words, not other blocks: <p>, <li>, <pre> … */
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
    struct buffer title;    /* of the head */
    struct buffer language; /* BCP 47, as the page says */
    size_t scripts;         /* scripts and styles that were passed over */
    /* Visible characters of what makes no block, and the line of the first, by reason. */
    uint64_t left_out[HTML_SURROUNDING + 1];
    uint64_t left_out_line[HTML_SURROUNDING + 1];
};

void html_page_read(struct html_page *page, const struct html_tree *tree);
void html_page_release(struct html_page *page);

struct span html_page_text(const struct html_page *page, const struct html_block *block);

/* Set the reason of each block that is not content. */
void html_content_choose(struct html_page *page);

#endif
