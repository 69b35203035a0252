/* Headings before the first paragraph belong to the document and are given unchanged; the text
 * follows them. Lines keep their positions in the document. */
#include "formats/containers/document_blocks.h"

#include <stdlib.h>

#include "formats/containers/text_container.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"

enum { PREFORMATTED_MIN_PERCENT = 60 }; /* of the characters, if the page is preformatted */
enum { ITALIC_NOTES_MAX = 2 };

void document_blocks_release(struct document_blocks *d)
{
    block_list_release(&d->list);
    block_list_release(&d->lines);
}

static bool is_all_italic(const struct block *block)
{
    return block->range_count == 1 && (block->ranges[0].style & BLOCK_ITALIC) != 0 &&
           block->ranges[0].start == 0 && block->ranges[0].end >= block->text.length;
}

/* Whether the list consists of the lines of a plain text. A note or two may be in italics;
 * more paragraphs of the kind may be questions. */
static bool is_plain(struct block_list *list)
{
    struct block block;
    uint64_t preformatted = 0;
    uint64_t all = 0;
    size_t italic = 0;
    bool plain = true;
    bool in_text = false;

    list->next = 0;
    while (block_list_next(list, &block)) {
        size_t i;

        all += block.text.length;
        in_text = in_text || block.kind != BLOCK_HEADING;
        if (block.kind == BLOCK_PREFORMATTED)
            preformatted += block.text.length;
        else if (block.kind != BLOCK_PARAGRAPH && in_text)
            plain = false;
        for (i = 0; i < block.range_count && in_text; i++)
            plain = plain && (block.ranges[i].style & BLOCK_BOLD) == 0;
        italic += is_all_italic(&block);
    }
    plain = plain && italic <= ITALIC_NOTES_MAX;
    list->next = 0;
    return in_text && (plain || preformatted * 100 > all * PREFORMATTED_MIN_PERCENT);
}

/* The position of a line in the document, and its formatting there. */
struct place {
    uint64_t line;
    uint32_t signature;
};

struct text {
    struct buffer bytes;
    struct place *places; /* owned, by line */
    size_t count;
    size_t capacity;
};

static void end_line(struct text *t, const struct block *block)
{
    buffer_append_char(&t->bytes, '\n');
    MEMORY_RESERVE(t->places, t->capacity, t->count + 1);
    t->places[t->count++] = (struct place){block->line, block->signature};
}

static void add_line(struct text *t, const struct block *block)
{
    uint32_t i;

    if (block->blank_before && t->count > 0)
        end_line(t, block);
    for (i = 0; i < block->indent_columns; i++)
        buffer_append_char(&t->bytes, ' ');
    buffer_append(&t->bytes, block->text.data, block->text.length);
    end_line(t, block);
}

struct copying {
    struct block_list *to;
    const struct text *text;
};

static void copy_block(void *self, const struct block *block)
{
    struct copying *c = self;
    struct block copy = *block;

    if (copy.line > 0 && copy.line <= c->text->count) {
        const struct place *place = &c->text->places[copy.line - 1];

        copy.line = place->line;
        copy.signature = place->signature;
    }
    block_list_append(c->to, &copy);
}

/* Headings before the text remain separate blocks. */
static void read_plain(struct document_blocks *d)
{
    struct text text = {0};
    struct copying copying = {&d->lines, &text};
    struct block block;

    while (block_list_next(&d->list, &block)) {
        if (block.kind == BLOCK_HEADING && text.count == 0)
            block_list_append(&d->lines, &block);
        else
            add_line(&text, &block);
    }
    block_list_release_blocks(&d->list); /* of a document of many lines they are large */
    text_container_visit(span_of(buffer_string(&text.bytes), text.bytes.bytes), copy_block,
                         &copying);
    buffer_release(&text.bytes);
    free(text.places);
}

static void begin(struct document_blocks *d)
{
    d->begun = true;
    d->plain = is_plain(&d->list);
    block_list_settle(&d->list, d->plain);
    if (d->plain)
        read_plain(d);
}

enum block_status document_window(struct reader_context *context, struct span *document,
                                  struct error *err)
{
    document->data = input_window(context->input, &document->length);
    if (document->length > DOCUMENT_BYTES_MAX) {
        error_set(err, ERROR_LIMIT, "the document is larger than %d MB",
                  DOCUMENT_BYTES_MAX >> 20);
        return BLOCK_ERROR;
    }
    return input_ended(context->input) ? BLOCK_READY : BLOCK_MORE;
}

enum block_status document_blocks_take(struct document_blocks *d, document_read *read,
                                       void *container, struct reader_context *context,
                                       struct block *block, struct error *err)
{
    if (!d->read) {
        struct span document;
        enum block_status status = document_window(context, &document, err);

        if (status != BLOCK_READY)
            return status;
        d->read = true;
        d->failed = !read(container, document, source_limits_of(input_source(context->input)),
                          &d->err);
        input_consume(context->input, document.length);
    }
    if (document_blocks_next(d, block))
        return BLOCK_READY;
    if (!d->failed)
        return BLOCK_END;
    *err = d->err;
    return BLOCK_ERROR;
}

void document_blocks_start_row(struct document_blocks *d, uint64_t place)
{
    if (d->tables > 1)
        return;
    block_list_begin(&d->list, BLOCK_TABLE_ROW, 0, place, NULL);
    d->in_row = true;
}

void document_blocks_end_row(struct document_blocks *d)
{
    if (d->tables > 1) {
        block_list_break(&d->list);
        return;
    }
    block_list_end(&d->list);
    d->in_row = false;
}

void document_blocks_end_cell(struct document_blocks *d)
{
    if (d->tables > 1)
        block_list_break(&d->list);
    else
        block_list_end_cell(&d->list);
}

void document_blocks_add_number(struct document_blocks *d, const struct buffer *number,
                                unsigned style)
{
    if (number->bytes == 0)
        return;
    block_list_add(&d->list, span_of(number->data, number->bytes), style);
    block_list_add(&d->list, SPAN_LITERAL(" "), style);
}

void document_blocks_leave_out(struct document_blocks *d, enum document_loss loss,
                               uint64_t place, struct span words)
{
    static const char *const reasons[] = {
        [DOCUMENT_LOSS_DELETED] = N_("deleted text"),
        [DOCUMENT_LOSS_HIDDEN] = N_("hidden text"),
        [DOCUMENT_LOSS_READING] = N_("ruby readings"),
        [DOCUMENT_LOSS_NOTE] = N_("notes"),
        [DOCUMENT_LOSS_PAGE] = N_("page headers and footers"),
    };

    block_list_leave_out(&d->list, reasons[loss], place, block_list_visible(words));
}

bool document_blocks_next(struct document_blocks *d, struct block *block)
{
    if (!d->begun)
        begin(d);
    return block_list_next(d->plain ? &d->lines : &d->list, block);
}

const struct block_left_out *document_blocks_left_out(const struct document_blocks *d,
                                                      size_t *count)
{
    *count = d->list.left_out_count;
    return d->list.left_out;
}
