/* The formats whose files are containers of a record: web pages, Word and OpenDocument texts. A
 * page in the podcast form states who speaks; any other is read like a text. */
#include <stdlib.h>

#include "formats/common/file_signature.h"
#include "formats/containers/docx_container.h"
#include "formats/containers/html_cited.h"
#include "formats/containers/html_container.h"
#include "formats/containers/markdown_container.h"
#include "formats/containers/odt_container.h"
#include "formats/containers/pdf_container.h"
#include "formats/readers.h"
#include "formats/records/record_detect.h"
#include "formats/records/record_reader.h"
#include "formats/shilu/shilu_markdown.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"

/* --------------------------------------------------------------------------- web pages */

struct page {
    void *record; /* its reader, if the page is not in the podcast form */
    bool cited;
    bool chosen;
};

static int html_detect(const char *head, size_t bytes, bool whole)
{
    struct span text = span_of(head, bytes);
    int confidence = html_container_detect(text);
    int cited = confidence > CONFIDENCE_NO ? html_cited_detect(text) : CONFIDENCE_NO;

    (void)whole;
    return cited > confidence ? cited : confidence;
}

static void *html_open(void)
{
    return memory_zalloc(1, sizeof(struct page));
}

static void html_close(void *self)
{
    struct page *p = self;

    if (p->record != NULL)
        record_reader_close(p->record);
    free(p);
}

static enum reader_status read_cited(struct reader_context *context, struct error *err)
{
    size_t before = drafts_count(context->drafts);
    size_t bytes;
    const char *window = input_window(context->input, &bytes);
    bool ok = html_cited_read(span_of(window, bytes), context, err);

    input_consume(context->input, bytes);
    if (!ok)
        return READER_ERROR;
    return drafts_count(context->drafts) > before ? READER_SEGMENT : READER_END;
}

static enum reader_status html_next(void *self, struct reader_context *context,
                                    struct error *err)
{
    struct page *p = self;

    if (!p->chosen) {
        size_t bytes;
        const char *window = input_window(context->input, &bytes);

        if (!input_ended(context->input) && bytes <= HTML_PAGE_BYTES_MAX)
            return READER_MORE;
        p->chosen = true;
        p->cited = html_cited_detect(span_of(window, bytes)) > CONFIDENCE_NO;
        if (!p->cited)
            p->record = record_reader_open(&html_container);
        else if (bytes <= HTML_PAGE_BYTES_MAX)
            return read_cited(context, err);
    }
    return p->cited ? READER_END : record_reader_next(p->record, context, err);
}

const struct reader_ops reader_html = {
    .name = "html",
    .title = N_("web page"),
    .by_layout = true,
    .detect = html_detect,
    .open = html_open,
    .next = html_next,
    .close = html_close,
};

/* --------------------------------------------------------------------------- Markdown */

/* shilu's own Markdown files mark speakers in their own way. */
struct markdown {
    void *record;
    void *own;
    bool chosen;
};

static void *markdown_open(void)
{
    return memory_zalloc(1, sizeof(struct markdown));
}

static void markdown_close(void *self)
{
    struct markdown *m = self;

    if (m->record != NULL)
        record_reader_close(m->record);
    if (m->own != NULL)
        shilu_markdown_close(m->own);
    free(m);
}

static int markdown_detect_kept(const char *head, size_t bytes, bool whole, void **self)
{
    void *record = NULL;
    int confidence;
    struct markdown *m;

    if (shilu_markdown_detect(span_of(head, bytes)))
        return CONFIDENCE_CERTAIN;
    if (!markdown_container_detect(span_of(head, bytes)))
        return CONFIDENCE_NO;
    confidence = record_detect_markdown(head, bytes, whole, &record);
    if (record == NULL)
        return confidence;
    *self = m = markdown_open();
    m->record = record;
    m->chosen = true;
    return confidence;
}

static enum reader_status markdown_next(void *self, struct reader_context *context,
                                        struct error *err)
{
    struct markdown *m = self;

    if (!m->chosen) {
        size_t bytes;
        const char *window = input_window(context->input, &bytes);

        if (!input_ended(context->input) && !input_resting(context->input) &&
            bytes < SHILU_MARKDOWN_FRONT_BYTES)
            return READER_MORE;
        m->chosen = true;
        if (shilu_markdown_detect(span_of(window, bytes)))
            m->own = shilu_markdown_open();
        else
            m->record = record_reader_open(&markdown_container);
    }
    return m->own != NULL ? shilu_markdown_next(m->own, context, err)
                          : record_reader_next(m->record, context, err);
}

const struct reader_ops reader_markdown = {
    .name = "markdown",
    .title = N_("Markdown record"),
    .by_layout = true,
    .detect_kept = markdown_detect_kept,
    .open = markdown_open,
    .next = markdown_next,
    .close = markdown_close,
    .grows = true,
};

/* --------------------------------------------------------------------------- documents */

static int docx_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    return docx_container_detect(span_of(head, bytes)) ? CONFIDENCE_CERTAIN : CONFIDENCE_NO;
}

static void *docx_open(void)
{
    return record_reader_open(&docx_container);
}

const struct reader_ops reader_docx = {
    .name = "docx",
    .title = N_("Word document"),
    .detect = docx_detect,
    .open = docx_open,
    .next = record_reader_next,
    .close = record_reader_close,
    .binary = true,
};

static int odt_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    return odt_container_detect(span_of(head, bytes)) ? CONFIDENCE_CERTAIN : CONFIDENCE_NO;
}

static void *odt_open(void)
{
    return record_reader_open(&odt_container);
}

const struct reader_ops reader_odt = {
    .name = "odt",
    .title = N_("OpenDocument text"),
    .detect = odt_detect,
    .open = odt_open,
    .next = record_reader_next,
    .close = record_reader_close,
    .binary = true,
};

static int pdf_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    return file_signature_is_pdf(span_of(head, bytes)) ? CONFIDENCE_CERTAIN : CONFIDENCE_NO;
}

static void *pdf_open(void)
{
    return record_reader_open(&pdf_container);
}

const struct reader_ops reader_pdf = {
    .name = "pdf",
    .title = N_("PDF document"),
    .detect = pdf_detect,
    .open = pdf_open,
    .next = record_reader_next,
    .close = record_reader_close,
    .binary = true,
};
