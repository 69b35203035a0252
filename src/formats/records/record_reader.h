/* Record reader: a record from the blocks of any container. The head is surveyed (survey.h), a
 * layout chosen (choose.h), and the blocks are read with it in one pass. If nobody can be told
 * apart, the text is given as paragraphs. */
#ifndef SHILU_FORMATS_RECORD_READER_H
#define SHILU_FORMATS_RECORD_READER_H

#include "formats/containers/block.h"

/* What a reader_ops of a container's format calls. */
void *record_reader_open(const struct container_ops *container);
enum reader_status record_reader_next(void *self, struct reader_context *context,
                                      struct error *err);
void record_reader_close(void *self);

#endif
