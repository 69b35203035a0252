/* Detection of records in plain text and Markdown: the head is surveyed, and how well a layout
 * fits says whether it is a record. */
#ifndef SHILU_FORMATS_RECORDS_RECORD_DETECT_H
#define SHILU_FORMATS_RECORDS_RECORD_DETECT_H

#include <stdbool.h>
#include <stddef.h>

/* Confidence that the head is a record in Markdown, as reader_ops.detect_kept defines it;
 * higher if its markup names speakers. */
int record_detect_markdown(const char *head, size_t bytes, bool whole, void **self);

#endif
