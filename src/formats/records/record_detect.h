/* Detection of records in plain text and in Markdown: a head is surveyed, and how sure the
 * layout is tells whether it is a record. */
#ifndef SHILU_FORMATS_RECORDS_RECORD_DETECT_H
#define SHILU_FORMATS_RECORDS_RECORD_DETECT_H

#include <stdbool.h>
#include <stddef.h>

/* How sure it is that the head is a record in Markdown, as reader_ops.detect_kept says; surer
 * where its markup says who speaks. */
int record_detect_markdown(const char *head, size_t bytes, bool whole, void **self);

#endif
