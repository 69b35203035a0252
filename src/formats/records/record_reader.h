/* Record reader: reads a record from the blocks of any container. It surveys the head
 * (survey.h), chooses a layout (choose.h), and reads the blocks with it in one pass. If there
 * are no speakers, the text is given as paragraphs. */
#ifndef SHILU_FORMATS_RECORD_READER_H
#define SHILU_FORMATS_RECORD_READER_H

#include "formats/containers/block.h"

/* For the reader_ops of a container's format. */
void *record_reader_open(const struct container_ops *container);
enum reader_status record_reader_next(void *self, struct reader_context *context,
                                      struct error *err);
void record_reader_close(void *self);

#endif
