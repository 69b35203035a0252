/* The container of Markdown: headings, list items, quotations, table rows, lines of code and
 * paragraphs with bold words, streamed line by line. Standard: CommonMark 0.30 and GitHub's
 * tables, as far as records use them. The lines of a paragraph are blocks that join, except
 * after a hard break. Comments are left out; front matter is given as fields and facts. */
#ifndef SHILU_FORMATS_MARKDOWN_CONTAINER_H
#define SHILU_FORMATS_MARKDOWN_CONTAINER_H

#include "formats/containers/block.h"

extern const struct container_ops markdown_container;

/* Visit the blocks of a head with an open container, which can continue after it: only those of
 * its first bytes that are whole lines. Returns where it continues. */
typedef void markdown_visitor(void *self, const struct block *block);
size_t markdown_container_take(void *container, struct span head, size_t bytes,
                               markdown_visitor *visitor, void *self);

/* Whether lines of a text have Markdown markup: separate headings, bold words at the start of
 * lines, front matter. */
bool markdown_container_detect(struct span head);

/* Whether a text is certainly Markdown, even if nobody speaks in it: it has front matter, or
 * headings together with links, bold words or fenced code. */
bool markdown_container_is_certain(struct span head);

#endif
