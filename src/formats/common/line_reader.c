/* Line reader: the loop shared by formats that consist of lines. */
#include "formats/common/line_reader.h"

enum reader_status line_reader_pull(struct reader_context *context, line_taker *take,
                                    void *self, struct error *err)
{
    size_t before = drafts_count(context->drafts);
    const char *line;
    size_t bytes, next;

    while (input_line(context->input, 0, &line, &bytes, &next)) {
        bool ok = take(self, context, line, bytes, err);

        input_consume_line(context->input, bytes, next);
        if (!ok)
            return READER_ERROR;
        if (drafts_count(context->drafts) > before)
            return READER_SEGMENT;
    }
    return READER_MORE;
}
