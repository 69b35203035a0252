/* A Word document (.docx) as blocks: paragraphs with what is bold, headings from styles, lists
 * with their numbers, table rows with cells. Deleted and hidden text, notes, and the heads and
 * feet of pages are left out.
 *
 * Standard: ECMA-376 (Office Open XML), transitional and strict. */
#ifndef SHILU_FORMATS_DOCX_CONTAINER_H
#define SHILU_FORMATS_DOCX_CONTAINER_H

#include "formats/containers/block.h"

extern const struct container_ops docx_container;

/* Whether the first bytes of a file are a zip archive whose first parts are those of a Word
 * document, or of one that a password protects. */
bool docx_container_detect(struct span head);

#endif
