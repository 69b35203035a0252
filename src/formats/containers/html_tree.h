/* An HTML page as a tree: gumbo, with limits.
 *
 * Standard: HTML Living Standard, parsing (gumbo implements the algorithm, so a malformed page
 * gives the tree that a browser builds). The tree borrows the page's bytes. All that the parser
 * allocates is freed through a list, so no depth can overflow the stack. */
#ifndef SHILU_FORMATS_HTML_TREE_H
#define SHILU_FORMATS_HTML_TREE_H

#include <gumbo.h>

#include "shilu/base/error.h"
#include "shilu/base/span.h"

/* What the parser may take, with what the heap needs for each allocation: so many times the
 * bytes of the page. A small file may unpack to a large page: what is beyond
 * HTML_MEMORY_PACKED_BYTES must not be more than so many times the file either. */
enum {
    /* Real pages take up to 30 times their size. */
    HTML_MEMORY_FACTOR = 64,
    HTML_MEMORY_FREE_BYTES = 32 << 20,
    HTML_MEMORY_PACKED_BYTES = 512 << 20,
    /* Real pages take 30 to 100 ms per megabyte. */
    HTML_MEGABYTE_MS = 1000,
    HTML_FREE_MS = 2000,
    HTML_MS_MAX = 10000
};

struct html_tree {
    const GumboNode *root; /* the <html> element */
    char *page;            /* owned: what was parsed instead of the page, or NULL */
    struct html_allocation *allocations;
    size_t used_bytes;
};

/* Parse a whole page of valid UTF-8 that comes from a file of `file_bytes`. Fails with
 * ERROR_LIMIT if nested or repeated elements would exceed the limits on memory or time above.
 */
bool html_tree_parse(struct html_tree *tree, struct span page, uint64_t file_bytes,
                     struct error *err);
void html_tree_release(struct html_tree *tree);

#endif
