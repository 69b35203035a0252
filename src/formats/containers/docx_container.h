/* A Word document (.docx) as blocks: paragraphs with bold words, headings from styles, lists
 * with their numbers, table rows with cells. Deleted and hidden text, notes, and page headers
 * and footers are left out.
 *
 * Standard: ECMA-376 (Office Open XML), transitional and strict. */
#ifndef SHILU_FORMATS_DOCX_CONTAINER_H
#define SHILU_FORMATS_DOCX_CONTAINER_H

#include "formats/containers/block.h"

extern const struct container_ops docx_container;

/* Whether a file begins with a zip archive whose first parts belong to a Word document, or is a
 * document protected by a password. */
bool docx_container_detect(struct span head);

#endif
