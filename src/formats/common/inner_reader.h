/* Lets a reader read a text in memory, such as JSON inside another file. */
#ifndef SHILU_FORMATS_COMMON_INNER_READER_H
#define SHILU_FORMATS_COMMON_INNER_READER_H

#include "shilu/base/span.h"
#include "shilu/formats/reader.h"

struct inner_reader {
    const struct reader_ops *ops; /* NULL if not open */
    void *self;                   /* owned */
    struct input *input;          /* Read `text`, in UTF-8, which must outlive the reader. */
};

/* As reader_ops.next, with the context of the file that contains the text; never READER_MORE,
 * since the text has ended. */
bool inner_reader_open(struct inner_reader *inner, const struct reader_ops *ops,
                       struct span text, struct error *err);
/* As reader_ops.next, with the context of the file that contains the text; never READER_MORE
 * once the text has ended. */
enum reader_status inner_reader_next(struct inner_reader *inner,
                                     const struct reader_context *context, struct error *err);
void inner_reader_close(struct inner_reader *inner);

#endif
