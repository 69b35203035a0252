/* The page is read whole, because only then it is known which part is content. */
#include "formats/containers/html_container.h"

#include <ctype.h>
#include <stdlib.h>
#include <strings.h>

#include "formats/containers/document_blocks.h"
#include "formats/containers/html_page.h"
#include "shilu/base/civil_time.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"

struct html_source {
    bool read;
    struct document_blocks blocks;
    struct buffer title;
    struct buffer language;
};

static void *html_open(void)
{
    return memory_zalloc(1, sizeof(struct html_source));
}

static void html_close(void *self)
{
    struct html_source *h = self;

    document_blocks_release(&h->blocks);
    buffer_release(&h->title);
    buffer_release(&h->language);
    free(h);
}

static const char *reason_name(enum html_reason reason)
{
    switch (reason) {
    case HTML_HIDDEN:
        return N_("hidden text");
    case HTML_CONTROL:
        return N_("buttons and fields");
    case HTML_CAPTION:
        return N_("picture captions");
    case HTML_NAVIGATION:
        return N_("navigation");
    default:
        return N_("outside the page's content");
    }
}

static enum block_kind kind_of(const struct html_block *b)
{
    switch (b->kind) {
    case HTML_HEADING:
        return BLOCK_HEADING;
    case HTML_ITEM:
        return BLOCK_LIST_ITEM;
    case HTML_ROW:
        return BLOCK_TABLE_ROW;
    case HTML_LINE:
        return BLOCK_PREFORMATTED;
    default:
        return BLOCK_PARAGRAPH;
    }
}

/* Add bytes [start, end) of a block in one style, with their line ends. */
static void add_words(struct block_list *list, struct span text, size_t start, size_t end,
                      unsigned style)
{
    struct span rest = span_of(text.data + start, end - start);

    while (rest.length > 0) {
        size_t line = span_find(rest, '\n');

        block_list_add(list, span_of(rest.data, line), style);
        if (line < rest.length)
            block_list_break(list);
        rest = span_skip(rest, line + 1);
    }
}

/* Bytes [start, end), split where the style changes. */
static void add_styled(struct block_list *list, const struct html_page *page,
                       const struct html_block *b, size_t start, size_t end)
{
    struct span text = html_page_text(page, b);
    unsigned own = b->set_apart ? BLOCK_BOLD : 0u;
    size_t i;

    for (i = 0; start < end && i < b->range_count; i++) {
        const struct html_range *r = &page->ranges[b->first_range + i];
        size_t from = r->start > start ? r->start : start;
        size_t to = r->end < end ? r->end : end;

        if (from >= to)
            continue;
        add_words(list, text, start, from, own);
        add_words(list, text, from, to, r->style | own);
        start = to;
    }
    if (start < end)
        add_words(list, text, start, end, own);
}

static void add_block(struct block_list *list, const struct html_page *page,
                      const struct html_block *b, bool continues)
{
    uint32_t i;

    if (b->after_empty) {
        block_list_begin(list, BLOCK_PARAGRAPH, 0, b->line, NULL);
        block_list_end(list);
    }
    if (continues)
        block_list_break(list);
    else
        block_list_begin(list, kind_of(b), b->kind == HTML_ITEM ? 1 : b->level, b->line, NULL);
    block_list_sign(list, page->elements[b->element].signature);
    block_list_head_message(list, b->heads_message);
    if (b->kind != HTML_ROW) {
        add_styled(list, page, b, 0, b->text_bytes);
        return;
    }
    for (i = 0; i < b->cell_count; i++) {
        const struct html_range *cell = &page->cells[b->first_cell + i];

        add_styled(list, page, b, cell->start, cell->end);
        block_list_end_cell(list);
    }
}

static void collect(struct html_source *h, const struct html_page *page)
{
    bool continues = false; /* the previous block was kept, and <br> ended it */
    size_t i;

    for (i = HTML_HIDDEN; i <= HTML_SURROUNDING; i++)
        block_list_leave_out(&h->blocks.list, reason_name((enum html_reason)i),
                             page->left_out_line[i], page->left_out[i]);
    for (i = 0; i < page->count; i++) {
        const struct html_block *b = &page->blocks[i];

        if (b->reason == HTML_KEPT)
            add_block(&h->blocks.list, page, b, continues && b->continues);
        else
            block_list_leave_out(&h->blocks.list, reason_name(b->reason), b->line,
                                 block_list_visible(html_page_text(page, b)));
        continues = b->reason == HTML_KEPT ? b->kind != HTML_ROW : continues && b->continues;
    }
    block_list_end(&h->blocks.list);
}

static bool read_page(struct html_source *h, struct reader_context *context, struct span text,
                      struct error *err)
{
    struct html_page page = {0};
    struct html_tree tree;

    if (!html_tree_parse(&tree, text, input_file_bytes(context->input), err))
        return false;
    html_page_read(&page, &tree);
    html_tree_release(&tree);
    html_content_choose(&page);
    collect(h, &page);
    if (page.utc_offset != UTC_OFFSET_NONE)
        drafts_set_utc_offset(context->drafts, page.utc_offset);
    h->title = page.title;
    h->language = page.language;
    page.title = page.language = (struct buffer){0};
    html_page_release(&page);
    return true;
}

static enum block_status html_next(void *self, struct reader_context *context,
                                   struct block *block, struct error *err)
{
    struct html_source *h = self;

    if (!h->read) {
        size_t bytes;
        const char *window = input_window(context->input, &bytes);

        if (bytes > HTML_PAGE_BYTES_MAX) {
            error_set(err, ERROR_LIMIT, "the page is larger than %d MB",
                      HTML_PAGE_BYTES_MAX >> 20);
            return BLOCK_ERROR;
        }
        if (!input_ended(context->input))
            return BLOCK_MORE;
        if (!read_page(h, context, span_of(window, bytes), err))
            return BLOCK_ERROR;
        input_consume(context->input, bytes);
        h->read = true;
    }
    return document_blocks_next(&h->blocks, block) ? BLOCK_READY : BLOCK_END;
}

static const struct block_left_out *html_left_out(const void *self, size_t *count)
{
    const struct html_source *h = self;

    return document_blocks_left_out(&h->blocks, count);
}

static const char *html_field(const void *self, enum transcript_field field)
{
    const struct html_source *h = self;

    if (field == FIELD_TITLE && h->title.bytes > 0)
        return h->title.data;
    if (field == FIELD_LANGUAGE && h->language.bytes > 0)
        return h->language.data;
    return NULL;
}

/* -------------------------------------------------------------------------- detection */

static bool starts_with_tag(struct span text, const char *tag)
{
    size_t bytes = strlen(tag);

    return text.length > bytes + 1 && text.data[0] == '<' &&
           strncasecmp(text.data + 1, tag, bytes) == 0 &&
           !isalnum((unsigned char)text.data[bytes + 1]);
}

/* Skip white space, comments, an XML declaration. */
static struct span skip_front(struct span text)
{
    for (;;) {
        const char *end;

        text = span_trim_front(text);
        span_take(&text, "\xEF\xBB\xBF");
        if (span_starts_with(text, "<!--"))
            end = memmem(text.data, text.length, "-->", 3);
        else if (span_starts_with(text, "<?"))
            end = memmem(text.data, text.length, "?>", 2);
        else
            return text;
        if (end == NULL)
            return span_of(text.data, 0);
        text = span_skip(text, (size_t)(end - text.data) + 2);
        span_take(&text, ">");
    }
}

/* Whether most lines contain tags; Markdown may begin with some. */
static bool is_marked_up(struct span text)
{
    struct span line;
    size_t lines = 0;
    size_t marked = 0;

    while (span_next_line(&text, &line)) {
        lines += span_trim(line).length > 0;
        marked += span_contains(line, "</") || span_contains(line, "<br") ||
                  span_contains(line, "<p");
    }
    return marked * 2 >= lines;
}

int html_container_detect(struct span head)
{
    static const char *const roots[] = {"html", "head", "body", "title", "meta"};
    static const char *const parts[] = {"div",  "p",     "table",  "h1",   "h2",      "h3",
                                        "main", "ul",    "ol",     "dl",   "article", "section",
                                        "span", "font",  "center", "b",    "strong",  "br",
                                        "link", "style", "script", "base", "cite",    "header"};
    struct span text = skip_front(head);
    size_t i;

    if (text.length > 9 && strncasecmp(text.data, "<!doctype", 9) == 0) {
        text = span_trim_front(span_skip(text, 9));
        return text.length > 4 && strncasecmp(text.data, "html", 4) == 0 ? CONFIDENCE_STRONG
                                                                         : CONFIDENCE_NO;
    }
    for (i = 0; i < sizeof roots / sizeof *roots; i++)
        if (starts_with_tag(text, roots[i]))
            return CONFIDENCE_STRONG;
    for (i = 0; i < sizeof parts / sizeof *parts; i++)
        if (starts_with_tag(text, parts[i]))
            return is_marked_up(text) ? CONFIDENCE_LIKELY : CONFIDENCE_NO;
    return CONFIDENCE_NO;
}

const struct container_ops html_container = {
    .title = N_("HTML page"),
    .open = html_open,
    .next = html_next,
    .close = html_close,
    .left_out = html_left_out,
    .field = html_field,
};
