/* The text of a PDF document as blocks: what pdftotext, of poppler, makes of it with its layout
 * kept is read as plain text is. Where pdftotext is not installed, an error says so. */
#ifndef SHILU_FORMATS_PDF_CONTAINER_H
#define SHILU_FORMATS_PDF_CONTAINER_H

#include "formats/containers/block.h"

extern const struct container_ops pdf_container;

#endif
