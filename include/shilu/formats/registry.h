/* Registry: every format that can be read or written, one row each. */
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

/* The formats that this head may have, most confident first; equals in the order of the
 * registry. Returns their number, at most `most`. `whole`: the head is the whole file;
 * `binary`: it is not text. */
struct registry_candidate {
    const struct reader_ops *reader;
    int confidence;
    void *self; /* owned; opened by reader_ops.detect_kept, or NULL */
};
size_t registry_detect(const char *head, size_t bytes, bool whole, bool binary,
                       struct registry_candidate *candidates, size_t most);

/* Close what detection opened. */
void registry_release(struct registry_candidate *candidates, size_t count);

/* Open the reader of this row, for its `next` and `close`. */
void *reader_open(const struct reader_ops *reader);

#endif
