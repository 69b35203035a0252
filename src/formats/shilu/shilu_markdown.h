/* The Markdown that shilu writes (write/write_markdown.c). The layout engine reads any other
 * Markdown. */
#ifndef SHILU_FORMATS_SHILU_MARKDOWN_H
#define SHILU_FORMATS_SHILU_MARKDOWN_H

#include "shilu/base/span.h"
#include "shilu/formats/reader.h"

/* Its beginning fits into so many bytes. */
enum { SHILU_MARKDOWN_FRONT_BYTES = 64 };

bool shilu_markdown_detect(struct span head);

void *shilu_markdown_open(void);
enum reader_status shilu_markdown_next(void *self, struct reader_context *context,
                                       struct error *err);
void shilu_markdown_close(void *self);

#endif
