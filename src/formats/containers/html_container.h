/* An HTML page as blocks: what is read on it, without menus, scripts, forms and feet. */
#ifndef SHILU_FORMATS_HTML_CONTAINER_H
#define SHILU_FORMATS_HTML_CONTAINER_H

#include "formats/containers/block.h"

/* A larger page is an error. */
enum { HTML_PAGE_BYTES_MAX = 64 << 20 };

extern const struct container_ops html_container;

/* How sure it is that a file's head is an HTML page, of CONFIDENCE_*: by its document type or
 * its root, or, of a page cut out of another, by how many of its lines hold tags. */
int html_container_detect(struct span head);

#endif
