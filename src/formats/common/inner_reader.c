#include "formats/common/inner_reader.h"

#include "shilu/base/source.h"
#include "shilu/formats/input.h"

bool inner_reader_open(struct inner_reader *inner, const struct reader_ops *ops,
                       struct span text, struct error *err)
{
    inner->input = input_new(source_open_memory(text.data, text.length), "utf-8", err);
    if (inner->input == NULL)
        return false;
    inner->ops = ops;
    inner->self = ops->open();
    return true;
}

enum reader_status inner_reader_next(struct inner_reader *inner,
                                     const struct reader_context *context, struct error *err)
{
    struct reader_context inside = *context;
    enum reader_status status;

    inside.input = inner->input;
    do {
        status = inner->ops->next(inner->self, &inside, err);
        if (status != READER_MORE || input_ended(inner->input))
            break;
        input_fill(inner->input, DETECT_BYTES);
    } while (true);
    return status == READER_MORE ? READER_END : status;
}

void inner_reader_close(struct inner_reader *inner)
{
    if (inner->ops != NULL)
        inner->ops->close(inner->self);
    input_free(inner->input);
    *inner = (struct inner_reader){.ops = NULL};
}
