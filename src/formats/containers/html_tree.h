/* An HTML page as a tree: gumbo, with limits.
 *
 * Standard: HTML Living Standard, parsing (gumbo implements the algorithm, so a broken page
 * gives the tree that a browser builds). The tree borrows the page's bytes. Whatever a page
 * makes the parser allocate is freed as a whole, so that no depth can overflow the stack. */
#ifndef SHILU_FORMATS_HTML_TREE_H
#define SHILU_FORMATS_HTML_TREE_H

#include <gumbo.h>

#include "shilu/base/error.h"
#include "shilu/base/span.h"

enum {
    /* Pages in use take up to 18 times their bytes. */
    HTML_MEMORY_FACTOR = 64,
    HTML_MEMORY_FREE_BYTES = 32 << 20,
    /* Pages in use take 30 to 100 ms a megabyte. */
    HTML_MEGABYTE_MS = 2000,
    HTML_FREE_MS = 2000
};

struct html_tree {
    const GumboNode *root; /* the html element */
    struct html_allocation *allocations;
    size_t used_bytes;
};

/* Parse a whole page of valid UTF-8. Fails with ERROR_LIMIT if elements nest or repeat so that
 * the parser would take more memory or time than the limits above. */
bool html_tree_parse(struct html_tree *tree, struct span page, struct error *err);
void html_tree_release(struct html_tree *tree);

#endif
