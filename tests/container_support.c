#include "container_support.h"

#include <string.h>

#include "formats/containers/block.h"

static void dump_words(const struct block *b, size_t start, size_t end, struct buffer *out)
{
    size_t at, i;

    for (at = start; at <= end; at++) {
        for (i = 0; i < b->range_count; i++) {
            const struct block_range *r = &b->ranges[i];
            size_t from = r->start > start ? r->start : start;
            size_t to = r->end < end ? r->end : end;

            if (from >= to)
                continue;
            if (at == to && (r->style & BLOCK_LINK))
                buffer_append_string(out, "›");
            if (at == to && (r->style & BLOCK_BOLD))
                buffer_append_string(out, "»");
        }
        for (i = 0; i < b->range_count; i++) {
            const struct block_range *r = &b->ranges[i];
            size_t from = r->start > start ? r->start : start;
            size_t to = r->end < end ? r->end : end;

            if (from >= to)
                continue;
            if (at == from && (r->style & BLOCK_BOLD))
                buffer_append_string(out, "«");
            if (at == from && (r->style & BLOCK_LINK))
                buffer_append_string(out, "‹");
        }
        if (at < end)
            buffer_append_char(out, b->text.data[at]);
    }
}

static void dump_block(const struct block *b, struct buffer *out)
{
    static const char kinds[] = "PHLRQF";
    size_t i;

    buffer_append_char(out, kinds[b->kind]);
    if (b->level > 0)
        buffer_append_format(out, "%u", b->level);
    if (!b->blank_before)
        buffer_append_char(out, '+');
    if (b->indent_columns > 0)
        buffer_append_format(out, ">%u", (unsigned)b->indent_columns);
    if (*b->style != '\0')
        buffer_append_format(out, " (%s)", b->style);
    buffer_append_format(out, " %llu ", (unsigned long long)b->line);
    if (b->cell_count == 0)
        dump_words(b, 0, b->text.length, out);
    for (i = 0; i < b->cell_count; i++) {
        if (i > 0)
            buffer_append_string(out, " | ");
        dump_words(b, b->cells[i].start, b->cells[i].end, out);
    }
    buffer_append_char(out, '\n');
}

static void dump_rest(const struct container_ops *ops, const void *self, struct buffer *out)
{
    const struct block_left_out *left;
    size_t count = 0;
    size_t i;

    left = ops->left_out != NULL ? ops->left_out(self, &count) : NULL;
    for (i = 0; i < count; i++)
        buffer_append_format(out, "- %s: %llu\n", left[i].reason,
                             (unsigned long long)left[i].characters);
    if (ops->field == NULL)
        return;
    if (ops->field(self, FIELD_TITLE) != NULL)
        buffer_append_format(out, "title: %s\n", ops->field(self, FIELD_TITLE));
    if (ops->field(self, FIELD_LANGUAGE) != NULL)
        buffer_append_format(out, "language: %s\n", ops->field(self, FIELD_LANGUAGE));
}

void container_dump(const struct container_ops *ops, const char *bytes, size_t count,
                    size_t step_bytes, struct buffer *out)
{
    struct error err = {0};
    struct input *in = input_new(source_open_memory(bytes, count), NULL, &err);
    struct diagnostics found = {0};
    struct drafts *drafts = drafts_new();
    struct reader_context context = {.input = in, .drafts = drafts, .diagnostics = &found};
    void *self = ops->open();
    struct block block;
    enum block_status status;

    do {
        status = ops->next(self, &context, &block, &err);
        if (status == BLOCK_READY)
            dump_block(&block, out);
        else if (status == BLOCK_MORE && !input_ended(in))
            input_fill(in, step_bytes);
        else
            break;
    } while (true);
    dump_rest(ops, self, out);
    if (status == BLOCK_ERROR)
        buffer_append_format(out, "error: %s\n", err.message);
    ops->close(self);
    drafts_free(drafts);
    diagnostics_release(&found);
    input_free(in);
}
