/* Registry: every format that is read or written, one row each. */
#ifndef SHILU_FORMATS_REGISTRY_H
#define SHILU_FORMATS_REGISTRY_H

#include "shilu/formats/reader.h"
#include "shilu/formats/writer.h"

/* NULL-terminated. */
const struct reader_ops *const *registry_readers(void);
const struct writer_ops *const *registry_writers(void);

const struct reader_ops *registry_reader(const char *name);          /* or NULL */
const struct writer_ops *registry_writer(const char *name);          /* or NULL */
const struct writer_ops *registry_writer_for_path(const char *path); /* by extension, or NULL */

/* The format whose confidence in the head is greatest, or NULL where none is above 0; of those
 * that read text, or of those that read what is not. */
const struct reader_ops *registry_detect(const char *head, size_t bytes, bool whole,
                                         bool binary);

#endif
