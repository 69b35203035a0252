/* An HTML page as blocks: the content that people read, without menus, scripts, forms and
 * footers. */
#ifndef SHILU_FORMATS_HTML_CONTAINER_H
#define SHILU_FORMATS_HTML_CONTAINER_H

#include "formats/containers/block.h"

/* A larger page is an error. */
enum { HTML_PAGE_BYTES_MAX = 64 << 20 };

extern const struct container_ops html_container;

/* Confidence (CONFIDENCE_*) that a file's head is an HTML page: by its document type or root
 * element; for a page fragment, by how many lines contain tags. */
int html_container_detect(struct span head);

#endif
