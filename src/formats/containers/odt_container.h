/* An OpenDocument text (.odt) as blocks: paragraphs with what is bold, headings, lists with
 * their numbers, table rows with cells. Deleted and hidden text, remarks and notes are left
 * out.
 *
 * Standard: OpenDocument 1.3, part 3. */
#ifndef SHILU_FORMATS_ODT_CONTAINER_H
#define SHILU_FORMATS_ODT_CONTAINER_H

#include "formats/containers/block.h"

extern const struct container_ops odt_container;

/* Whether the first bytes of a file are a zip archive that says it is an OpenDocument text. */
bool odt_container_detect(struct span head);

#endif
