/* The text of a PDF document as blocks: what pdftotext (poppler) prints with -layout is read as
 * plain text. If pdftotext is not installed, an error says so. */
#ifndef SHILU_FORMATS_PDF_CONTAINER_H
#define SHILU_FORMATS_PDF_CONTAINER_H

#include "formats/containers/block.h"

extern const struct container_ops pdf_container;

#endif
