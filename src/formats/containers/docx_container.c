/* The document is read whole, because a zip archive has its directory at its end.
 *
 * Invariant: `run` describes the current run of the open paragraph. A block begins at the first
 * words or line break, since a paragraph's properties precede them. */
#include "formats/containers/docx_container.h"

#include <stdlib.h>

#include "formats/common/file_signature.h"
#include "formats/containers/document_blocks.h"
#include "formats/containers/docx_styles.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/text/utf8.h"

/* Parts other than the main text: notes, page headers and footers. */
enum { SIDE_PARTS_MAX = 64 };

struct paragraph {
    struct docx_style style;
    int list;
    int list_level;
    uint64_t number;
    bool begun; /* its block has begun */
};

struct run {
    int bold; /* this and the next two: -1 as the style says */
    int italic;
    int hidden;
    struct docx_style style;
};

struct docx {
    struct document_blocks blocks;
    struct docx_styles *styles;
    struct buffer document; /* name of the main part */
    /* state while reading */
    struct paragraph paragraph;
    struct run run;
    uint64_t paragraphs;
    unsigned in_paragraph; /* depth: a text box has paragraphs inside a paragraph */
    unsigned in_properties;
    unsigned in_run_properties;
    unsigned passed_over; /* number of open elements whose words are ignored */
    unsigned lost;        /* … or left out, with a reason */
    enum document_loss loss;
    unsigned in_text;
    unsigned links;
};

static void *docx_open(void)
{
    struct docx *d = memory_zalloc(1, sizeof *d);

    d->styles = docx_styles_new();
    return d;
}

static void docx_close(void *self)
{
    struct docx *d = self;

    document_blocks_release(&d->blocks);
    docx_styles_free(d->styles);
    buffer_release(&d->document);
    free(d);
}

/* ------------------------------------------------------------------------- paragraphs */

static void start_paragraph(struct docx *d)
{
    d->in_paragraph++;
    d->paragraphs++;
    d->paragraph = (struct paragraph){
        .style = docx_style_of(d->styles, NULL),
        .list = -1,
        .list_level = -1,
        .number = d->paragraphs,
    };
    if (!d->blocks.in_row)
        block_list_end(&d->blocks.list);
}

/* The first of these that states anything. */
static bool is_stated(int run, int run_style, int paragraph_style)
{
    return (run >= 0 ? run : run_style >= 0 ? run_style : paragraph_style) > 0;
}

static unsigned word_style(const struct docx *d)
{
    const struct docx_style *run = &d->run.style;
    const struct docx_style *paragraph = &d->paragraph.style;

    return (is_stated(d->run.bold, run->bold, paragraph->bold) ? BLOCK_BOLD : 0u) |
           (is_stated(d->run.italic, run->italic, paragraph->italic) ? BLOCK_ITALIC : 0u) |
           (d->links > 0 ? BLOCK_LINK : 0u);
}

static void add_list_number(struct docx *d, int list, int level)
{
    struct buffer number = {0};

    docx_list_next(d->styles, list, level, &number);
    document_blocks_add_number(&d->blocks, &number, word_style(d));
    buffer_release(&number);
}

static void begin_block(struct docx *d)
{
    struct paragraph *p = &d->paragraph;
    int list = p->list >= 0 ? p->list : p->style.list;
    int level = p->list_level >= 0         ? p->list_level
                : p->style.list_level >= 0 ? p->style.list_level
                                           : 0;

    if (p->begun)
        return;
    p->begun = true;
    if (d->blocks.in_row)
        ; /* the row's block is open */
    else if (p->style.level > 0)
        block_list_begin(&d->blocks.list, BLOCK_HEADING, (unsigned)p->style.level, p->number,
                         p->style.name);
    else if (list > 0)
        block_list_begin(&d->blocks.list, BLOCK_LIST_ITEM, (unsigned)level + 1, p->number,
                         p->style.name);
    else
        block_list_begin(&d->blocks.list, BLOCK_PARAGRAPH, 0, p->number, p->style.name);
    if (list > 0)
        add_list_number(d, list, level);
}

static void end_paragraph(struct docx *d)
{
    if (d->in_paragraph > 0)
        d->in_paragraph--;
    if (d->blocks.in_row) {
        block_list_break(&d->blocks.list);
        return;
    }
    if (!d->paragraph.begun) /* an empty paragraph is a blank line */
        begin_block(d);
    block_list_end(&d->blocks.list);
    d->paragraph.begun = false; /* a new block follows the text box */
}

static bool is_hidden(const struct docx *d)
{
    return is_stated(d->run.hidden, d->run.style.hidden, d->paragraph.style.hidden);
}

static void add_words(struct docx *d, struct span words)
{
    enum document_loss loss = d->lost > 0    ? d->loss
                              : is_hidden(d) ? DOCUMENT_LOSS_HIDDEN
                                             : DOCUMENT_LOSS_NONE;

    if (d->in_paragraph == 0 || d->passed_over > 0)
        return;
    if (loss != DOCUMENT_LOSS_NONE) {
        document_blocks_leave_out(&d->blocks, loss, d->paragraph.number, words);
        return;
    }
    begin_block(d);
    block_list_add(&d->blocks.list, words, word_style(d));
}

static void break_line(struct docx *d)
{
    if (d->in_paragraph == 0 || d->passed_over > 0 || d->lost > 0)
        return;
    begin_block(d);
    block_list_break(&d->blocks.list);
}

/* A character of a symbol font; those for private use have no meaning outside that font. */
static void add_symbol(struct docx *d, const char *const *attributes)
{
    const char *code = document_xml_attribute(attributes, "char");
    unsigned long cp = code != NULL ? strtoul(code, NULL, 16) : 0;
    char utf8[UTF8_MAX_BYTES];

    if (cp > ' ' && !(cp >= 0xE000 && cp <= 0xF8FF) && cp <= 0x10FFFF)
        add_words(d, span_of(utf8, utf8_encode((uint32_t)cp, utf8)));
}

/* --------------------------------------------------------------------------- elements */

/* Elements whose words are left out, or that have none. */
static enum document_loss loss_of(const char *name)
{
    if (strcmp(name, "del") == 0 || strcmp(name, "moveFrom") == 0)
        return DOCUMENT_LOSS_DELETED;
    return strcmp(name, "rt") == 0 ? DOCUMENT_LOSS_READING : DOCUMENT_LOSS_NONE;
}

/* Elements that repeat words from elsewhere, or keep formatting from before a change. */
static bool is_passed_over(const char *name)
{
    static const char *const names[] = {
        "Fallback",    "instrText",  "delInstrText", "pPrChange",    "rPrChange",
        "tblPrChange", "trPrChange", "tcPrChange",   "sectPrChange", NULL};

    return span_is_any(span_string(name), names);
}

static void set_run(struct docx *d, const char *name, const char *const *attributes)
{
    if (strcmp(name, "b") == 0)
        d->run.bold = docx_is_on(attributes);
    else if (strcmp(name, "i") == 0)
        d->run.italic = docx_is_on(attributes);
    else if (strcmp(name, "vanish") == 0)
        d->run.hidden = docx_is_on(attributes);
    else if (strcmp(name, "rStyle") == 0)
        d->run.style = docx_style_of(d->styles, document_xml_attribute(attributes, "val"));
}

static void set_paragraph(struct docx *d, const char *name, const char *const *attributes)
{
    struct paragraph *p = &d->paragraph;
    const char *value = document_xml_attribute(attributes, "val");
    int number = value != NULL ? (int)strtol(value, NULL, 10) : -1;

    if (strcmp(name, "pStyle") == 0)
        p->style = docx_style_of(d->styles, value);
    else if (strcmp(name, "numId") == 0)
        p->list = number;
    else if (strcmp(name, "ilvl") == 0)
        p->list_level = number;
    else if (strcmp(name, "outlineLvl") == 0)
        p->style.level = number >= 0 && number < 9 ? (number < 6 ? number + 1 : 6) : 0;
}

static void start_word(struct docx *d, const char *name, const char *const *attributes)
{
    if (strcmp(name, "t") == 0 || strcmp(name, "delText") == 0)
        d->in_text++;
    else if (strcmp(name, "tab") == 0 || strcmp(name, "ptab") == 0)
        add_words(d, SPAN_LITERAL("\t"));
    else if (strcmp(name, "br") == 0 || strcmp(name, "cr") == 0)
        break_line(d);
    else if (strcmp(name, "noBreakHyphen") == 0)
        add_words(d, SPAN_LITERAL("-"));
    else if (strcmp(name, "sym") == 0)
        add_symbol(d, attributes);
    else if (strcmp(name, "hyperlink") == 0)
        d->links++;
}

static void on_start(void *self, const char *name, const char *const *attributes)
{
    struct docx *d = self;

    if (is_passed_over(name))
        d->passed_over++;
    if (d->passed_over > 0)
        return;
    if (loss_of(name) != DOCUMENT_LOSS_NONE && d->in_run_properties == 0) {
        if (d->lost++ == 0)
            d->loss = loss_of(name);
    }
    if (strcmp(name, "pPr") == 0) {
        d->in_properties++;
    } else if (strcmp(name, "rPr") == 0) {
        d->in_run_properties++;
    } else if (d->in_run_properties > 0) {
        if (d->in_properties == 0) /* otherwise they belong to the paragraph mark */
            set_run(d, name, attributes);
    } else if (d->in_properties > 0) {
        set_paragraph(d, name, attributes);
    } else if (strcmp(name, "p") == 0) {
        start_paragraph(d);
    } else if (strcmp(name, "r") == 0) {
        d->run = (struct run){-1, -1, -1, docx_style_of(d->styles, NULL)};
    } else if (strcmp(name, "tbl") == 0) {
        d->blocks.tables++;
    } else if (strcmp(name, "tr") == 0) {
        document_blocks_start_row(&d->blocks, d->paragraphs + 1);
    } else {
        start_word(d, name, attributes);
    }
}

static void on_end(void *self, const char *name)
{
    struct docx *d = self;

    if (is_passed_over(name)) {
        d->passed_over -= d->passed_over > 0;
        return;
    }
    if (d->passed_over > 0)
        return;
    if (loss_of(name) != DOCUMENT_LOSS_NONE && d->in_run_properties == 0)
        d->lost -= d->lost > 0;
    if (strcmp(name, "pPr") == 0)
        d->in_properties -= d->in_properties > 0;
    else if (strcmp(name, "rPr") == 0)
        d->in_run_properties -= d->in_run_properties > 0;
    else if (d->in_run_properties > 0 || d->in_properties > 0)
        return;
    else if (strcmp(name, "p") == 0)
        end_paragraph(d);
    else if (strcmp(name, "tc") == 0)
        document_blocks_end_cell(&d->blocks);
    else if (strcmp(name, "tr") == 0)
        document_blocks_end_row(&d->blocks);
    else if (strcmp(name, "tbl") == 0)
        d->blocks.tables -= d->blocks.tables > 0;
    else if (strcmp(name, "t") == 0 || strcmp(name, "delText") == 0)
        d->in_text -= d->in_text > 0;
    else if (strcmp(name, "hyperlink") == 0)
        d->links -= d->links > 0;
}

static void on_text(void *self, struct span text)
{
    struct docx *d = self;

    if (d->in_text > 0)
        add_words(d, text);
}

/* --------------------------------------------------------------------------- document */

static void on_relation(void *self, const char *name, const char *const *attributes)
{
    struct docx *d = self;
    const char *type = document_xml_attribute(attributes, "Type");
    const char *target = document_xml_attribute(attributes, "Target");

    if (strcmp(name, "Relationship") != 0 || type == NULL || target == NULL ||
        !span_ends_with(span_string(type), "/officeDocument"))
        return;
    buffer_clear(&d->document);
    buffer_append_string(&d->document, *target == '/' ? target + 1 : target);
}

static bool find_document(struct docx *d, struct zip_archive *z, struct error *err)
{
    static const struct document_xml_handler relations = {on_relation, NULL, NULL};

    if (zip_archive_has(z, "_rels/.rels") &&
        !document_xml_read(z, "_rels/.rels", &relations, d, err))
        return false;
    if (d->document.bytes == 0)
        buffer_append_string(&d->document, "word/document.xml");
    if (zip_archive_has(z, d->document.data) &&
        span_starts_with(span_string(d->document.data), "word/"))
        return true;
    return error_set(err, ERROR_UNSUPPORTED, "the archive holds no Word document");
}

/* Counts the words of a part outside the main text as left out. */
static bool count_part(struct docx *d, struct zip_archive *z, const char *part,
                       enum document_loss loss, struct error *err)
{
    static const struct document_xml_handler handler = {on_start, on_end, on_text};

    d->lost = 1;
    d->loss = loss;
    if (!document_xml_read(z, part, &handler, d, err))
        return false;
    d->lost = 0;
    return true;
}

static enum document_loss loss_of_part(const char *name)
{
    if (strcmp(name, "word/footnotes.xml") == 0 || strcmp(name, "word/endnotes.xml") == 0 ||
        strcmp(name, "word/comments.xml") == 0)
        return DOCUMENT_LOSS_NOTE;
    if (span_ends_with(span_string(name), ".xml") &&
        (span_starts_with(span_string(name), "word/header") ||
         span_starts_with(span_string(name), "word/footer")))
        return DOCUMENT_LOSS_PAGE;
    return DOCUMENT_LOSS_NONE;
}

static bool count_parts(struct docx *d, struct zip_archive *z, struct error *err)
{
    char names[SIDE_PARTS_MAX][ZIP_NAME_BYTES];
    size_t count = 0;
    size_t i;
    bool more;

    /* Reading a part moves the archive's position, so collect the names first. */
    for (more = zip_archive_name(z, true, names[0]); more && count < SIDE_PARTS_MAX - 1;
         more = zip_archive_name(z, false, names[count]))
        count += loss_of_part(names[count]) != DOCUMENT_LOSS_NONE;
    for (i = 0; i < count; i++)
        if (!count_part(d, z, names[i], loss_of_part(names[i]), err))
            return false;
    return true;
}

static bool read_document(void *self, struct span bytes, struct source_limits limits,
                          struct error *err)
{
    struct docx *d = self;
    static const struct document_xml_handler handler = {on_start, on_end, on_text};
    struct zip_archive *z;
    bool ok;

    if (file_signature_is_ole(bytes))
        return error_set(err, ERROR_UNSUPPORTED, "the document is protected by a password");
    z = zip_archive_open(bytes, limits, err);
    if (z == NULL)
        return false;
    ok = find_document(d, z, err) && docx_styles_read(d->styles, z, err) &&
         document_xml_read(z, d->document.data, &handler, d, err);
    block_list_end(&d->blocks.list);
    ok = ok && count_parts(d, z, err);
    zip_archive_close(z);
    return ok;
}

static enum block_status docx_next(void *self, struct reader_context *context,
                                   struct block *block, struct error *err)
{
    struct docx *d = self;

    return document_blocks_take(&d->blocks, read_document, d, context, block, err);
}

static const struct block_left_out *docx_left_out(const void *self, size_t *count)
{
    const struct docx *d = self;

    return document_blocks_left_out(&d->blocks, count);
}

/* A document protected by a password is an OLE file with a stream of this name. */
static bool is_encrypted(struct span head)
{
    static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";

    return file_signature_is_ole(head) &&
           memmem(head.data, head.length, name, sizeof name - 1) != NULL;
}

bool docx_container_detect(struct span head)
{
    return (file_signature_is_zip(head) && span_contains(head, "word/")) || is_encrypted(head);
}

const struct container_ops docx_container = {
    .title = N_("Word document"),
    .open = docx_open,
    .next = docx_next,
    .close = docx_close,
    .left_out = docx_left_out,
};
