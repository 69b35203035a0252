/* An OpenDocument text (.odt) as blocks: paragraphs with bold words, headings, lists with their
 * numbers, table rows with cells. Deleted and hidden text, comments and notes are left out.
 *
 * Standard: OpenDocument 1.3, part 3. */
#ifndef SHILU_FORMATS_ODT_CONTAINER_H
#define SHILU_FORMATS_ODT_CONTAINER_H

#include "formats/containers/block.h"

extern const struct container_ops odt_container;

/* Whether a file begins with a zip archive that declares itself an OpenDocument text. */
bool odt_container_detect(struct span head);

#endif
