/* The container of Markdown: headings, items, quotations, rows of tables, lines of code and
 * paragraphs with what is bold in them, streamed line by line. Standard: CommonMark 0.30 and
 * the tables of GitHub, as far as records use them. The lines of a paragraph are blocks that
 * join but after a hard break. Comments are left out; what the front matter says is given as
 * fields and facts. */
#ifndef SHILU_FORMATS_MARKDOWN_CONTAINER_H
#define SHILU_FORMATS_MARKDOWN_CONTAINER_H

#include "formats/containers/block.h"

extern const struct container_ops markdown_container;

/* The blocks of a head, for a container that was opened and goes on after it: only those of its
 * first bytes, which are whole lines. Returns where it goes on. */
typedef void markdown_visitor(void *self, const struct block *block);
size_t markdown_container_take(void *container, struct span head, size_t bytes,
                               markdown_visitor *visitor, void *self);

/* Whether lines of a text are marked up as Markdown does: headings that are apart, bold words
 * at the front of lines, front matter. */
bool markdown_container_detect(struct span head);

/* Whether a text is surely Markdown, also where nobody speaks in it: it has front matter, or
 * headings beside links, bold words or fenced code. */
bool markdown_container_is_certain(struct span head);

#endif
