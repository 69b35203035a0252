/* The document is read whole and given to pdftotext; the resulting text is an input of its own,
 * which the container of plain text reads. */
#include "formats/containers/pdf_container.h"

#include <stdlib.h>

#include "formats/containers/document_blocks.h"
#include "formats/containers/pdf_pages.h"
#include "formats/containers/text_container.h"
#include "shilu/base/filter.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"

enum {
    TEXT_BYTES_MAX = 256 << 20,
    RUN_MS = 60000,
    FILL_BYTES = 65536,
    STATUS_NOT_PERMITTED = 3, /* pdftotext's exit statuses */
    STATUS_BROKEN = 1
};

struct pdf {
    bool read;
    struct buffer text;
    struct input *input; /* the text as an input */
    void *lines;         /* the container of plain text */
    struct block_left_out page_edges;
    struct block_left_out *left_out; /* owned: everything left out, once the text has ended */
    size_t left_out_count;
};

static void *pdf_open(void)
{
    struct pdf *p = memory_zalloc(1, sizeof *p);

    p->lines = text_container.open();
    return p;
}

static void pdf_close(void *self)
{
    struct pdf *p = self;

    text_container.close(p->lines);
    input_free(p->input);
    buffer_release(&p->text);
    free(p->left_out);
    free(p);
}

static bool fail(int status, const char *message, struct error *err)
{
    if (strstr(message, "ncorrect password") != NULL)
        return error_set(err, ERROR_UNSUPPORTED, "the document is protected by a password");
    if (status == STATUS_NOT_PERMITTED)
        return error_set(err, ERROR_UNSUPPORTED,
                         "the document does not permit its text to be copied");
    if (status == STATUS_BROKEN)
        return error_set(err, ERROR_SYNTAX, "the PDF document is damaged: %s", message);
    return error_set(err, ERROR_SYSTEM, "pdftotext failed (%d): %s", status, message);
}

/* The text without page headers and footers, from which the lines are taken. */
static void join_pages(struct pdf *p)
{
    struct buffer joined = {0};
    uint64_t characters = pdf_pages_join(span_of(buffer_string(&p->text), p->text.bytes),
                                         &joined);

    buffer_release(&p->text);
    p->text = joined;
    p->page_edges = (struct block_left_out){N_("page headers and footers"), 1, characters, 1};
}

static bool convert(struct pdf *p, struct span document, struct error *err)
{
    static const char *const argv[] = {"pdftotext", "-layout", "-enc", "UTF-8", "-", "-", NULL};
    static const struct filter_limits limits = {
        .output_bytes = TEXT_BYTES_MAX, .run_ms = RUN_MS, .memory_bytes = (size_t)2 << 30};
    char message[FILTER_MESSAGE_BYTES];
    int status = 0;

    switch (filter_run(argv, document, &limits, &p->text, &status, message, err)) {
    case FILTER_MISSING:
        return error_set(err, ERROR_UNSUPPORTED,
                         "reading a PDF document needs pdftotext: install poppler-utils "
                         "(on Arch and with Homebrew: poppler)");
    case FILTER_FAILED:
        return false;
    case FILTER_DONE:
        break;
    }
    if (status != 0)
        return fail(status, message, err);
    if (span_trim(span_of(p->text.data, p->text.bytes)).length == 0)
        return error_set(err, ERROR_UNSUPPORTED,
                         "the PDF document has images of pages but no text");
    join_pages(p);
    p->input = input_new(source_open_memory(p->text.data, p->text.bytes), "utf-8", err);
    return p->input != NULL;
}

static bool read_document(struct pdf *p, struct reader_context *context, struct span document,
                          struct error *err)
{
    bool ok;

    p->read = true;
    ok = convert(p, document, err);
    input_consume(context->input, document.length);
    return ok;
}

static void collect_left_out(struct pdf *p)
{
    size_t count = 0;
    const struct block_left_out *lines = text_container.left_out(p->lines, &count);

    if (p->left_out != NULL)
        return;
    p->left_out = memory_zalloc(count + 1, sizeof *p->left_out);
    if (p->page_edges.characters > 0)
        p->left_out[p->left_out_count++] = p->page_edges;
    if (count > 0)
        memcpy(p->left_out + p->left_out_count, lines, count * sizeof *lines);
    p->left_out_count += count;
}

static enum block_status pdf_next(void *self, struct reader_context *context,
                                  struct block *block, struct error *err)
{
    struct pdf *p = self;
    struct reader_context inner = *context;
    enum block_status status;

    if (!p->read) {
        struct span document;

        status = document_window(context, &document, err);
        if (status != BLOCK_READY)
            return status;
        if (!read_document(p, context, document, err))
            return BLOCK_ERROR;
    }
    if (p->input == NULL)
        return BLOCK_END;
    inner.input = p->input;
    while ((status = text_container.next(p->lines, &inner, block, err)) == BLOCK_MORE &&
           !input_ended(p->input))
        input_fill(p->input, FILL_BYTES);
    if (status == BLOCK_READY || status == BLOCK_ERROR)
        return status;
    collect_left_out(p);
    return BLOCK_END;
}

static const struct block_left_out *pdf_left_out(const void *self, size_t *count)
{
    const struct pdf *p = self;

    *count = p->left_out_count;
    return p->left_out;
}

const struct container_ops pdf_container = {
    .title = N_("PDF document"),
    .open = pdf_open,
    .next = pdf_next,
    .close = pdf_close,
    .left_out = pdf_left_out,
};
