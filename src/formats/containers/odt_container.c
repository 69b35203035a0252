/* The document is read whole, because a zip archive has its directory at its end. Paragraphs
 * may be inside others (frames, notes), so the state of the words is on a stack of elements. */
#include "formats/containers/odt_container.h"

#include <stdlib.h>

#include "formats/common/file_signature.h"
#include "formats/containers/document_blocks.h"
#include "formats/containers/odt_styles.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"

enum { WORDS_DEPTH = 64, SPACES_MAX = 1000 };

/* How words look inside a span. */
struct look {
    int bold;
    int italic;
    int hidden;
};

struct odt {
    struct document_blocks blocks;
    struct odt_styles *styles;
    /* state while reading */
    bool in_body;
    uint64_t paragraphs;
    unsigned in_paragraph;
    struct look looks[WORDS_DEPTH]; /* of the open spans; [0] is the paragraph's */
    unsigned spans;
    unsigned lost; /* number of open elements whose words are left out, for this reason */
    enum document_loss loss;
    unsigned links;
    bool white; /* the words so far end in white space */
    bool encrypted;
    /* lists */
    unsigned lists;
    const char *list_styles[ODT_LIST_LEVELS]; /* borrowed from names */
    struct buffer list_names[ODT_LIST_LEVELS];
    unsigned counts[ODT_LIST_LEVELS];
    bool item_begins; /* the next paragraph is the first one of an item */
};

static void *odt_open(void)
{
    struct odt *o = memory_zalloc(1, sizeof *o);

    o->styles = odt_styles_new();
    return o;
}

static void odt_close(void *self)
{
    struct odt *o = self;

    document_blocks_release(&o->blocks);
    odt_styles_free(o->styles);
    for (int i = 0; i < ODT_LIST_LEVELS; i++)
        buffer_release(&o->list_names[i]);
    free(o);
}

/* ------------------------------------------------------------------------------ words */

static const struct look *look_of(const struct odt *o)
{
    return &o->looks[o->spans < WORDS_DEPTH ? o->spans : WORDS_DEPTH - 1];
}

static unsigned word_style(const struct odt *o)
{
    const struct look *look = look_of(o);

    return (look->bold > 0 ? BLOCK_BOLD : 0u) | (look->italic > 0 ? BLOCK_ITALIC : 0u) |
           (o->links > 0 ? BLOCK_LINK : 0u);
}

static void add_words(struct odt *o, struct span words)
{
    enum document_loss loss = o->lost > 0              ? o->loss
                              : look_of(o)->hidden > 0 ? DOCUMENT_LOSS_HIDDEN
                                                       : DOCUMENT_LOSS_NONE;

    if (loss != DOCUMENT_LOSS_NONE)
        document_blocks_leave_out(&o->blocks, loss, o->paragraphs, words);
    else if (o->in_paragraph > 0)
        block_list_add(&o->blocks.list, words, word_style(o));
}

/* A run of white space is one space; further ones are <text:s/>. */
static void on_text(void *self, struct span text)
{
    struct odt *o = self;
    size_t start = 0;
    size_t at;

    if (!o->in_body || (o->in_paragraph == 0 && o->lost == 0))
        return;
    for (at = 0; at < text.length; at++) {
        if (!span_is_space(text.data[at])) {
            o->white = false;
            continue;
        }
        add_words(o, span_of(text.data + start, at - start));
        if (!o->white)
            add_words(o, SPAN_LITERAL(" "));
        o->white = true;
        start = at + 1;
    }
    add_words(o, span_of(text.data + start, at - start));
}

static void open_look(struct odt *o, const char *style)
{
    struct odt_style s = odt_style_of(o->styles, style);
    struct look look = *look_of(o);

    look.bold = s.bold >= 0 ? s.bold : look.bold;
    look.italic = s.italic >= 0 ? s.italic : look.italic;
    look.hidden = s.hidden >= 0 ? s.hidden : look.hidden;
    if (++o->spans < WORDS_DEPTH)
        o->looks[o->spans] = look;
}

static void add_spaces(struct odt *o, const char *const *attributes)
{
    const char *count = document_xml_attribute(attributes, "c");
    long spaces = count != NULL ? strtol(count, NULL, 10) : 1;

    for (; spaces > 0 && spaces <= SPACES_MAX; spaces--)
        add_words(o, SPAN_LITERAL(" "));
    o->white = true;
}

/* ------------------------------------------------------------------------- paragraphs */

static void add_list_number(struct odt *o)
{
    unsigned level = o->lists - 1;
    struct buffer number = {0};

    o->item_begins = false;
    if (level >= ODT_LIST_LEVELS)
        return;
    o->counts[level]++;
    odt_list_append(o->styles, o->list_styles[level], level, o->counts, &number);
    document_blocks_add_number(&o->blocks, &number, word_style(o));
    buffer_release(&number);
}

static void start_paragraph(struct odt *o, const char *name, const char *const *attributes)
{
    const char *id = document_xml_attribute(attributes, "style-name");
    const char *outline = document_xml_attribute(attributes, "outline-level");
    long level = outline != NULL ? strtol(outline, NULL, 10) : 1;
    struct odt_style style = odt_style_of(o->styles, id);

    if (o->lost > 0)
        return;
    o->in_paragraph++;
    o->paragraphs++;
    o->spans = 0;
    o->looks[0] = (struct look){style.bold, style.italic, style.hidden};
    o->white = true;
    if (o->blocks.in_row)
        ; /* the row's block is open */
    else if (strcmp(name, "h") == 0)
        block_list_begin(&o->blocks.list, BLOCK_HEADING,
                         level < 1   ? 1
                         : level > 6 ? 6
                                     : (unsigned)level,
                         o->paragraphs, style.name);
    else if (o->lists > 0)
        block_list_begin(&o->blocks.list, BLOCK_LIST_ITEM, o->lists, o->paragraphs, style.name);
    else
        block_list_begin(&o->blocks.list, BLOCK_PARAGRAPH, 0, o->paragraphs, style.name);
    if (o->lists > 0 && o->item_begins)
        add_list_number(o);
}

static void end_paragraph(struct odt *o)
{
    if (o->lost > 0)
        return;
    o->in_paragraph -= o->in_paragraph > 0;
    o->spans = 0;
    if (o->blocks.in_row)
        block_list_break(&o->blocks.list);
    else if (o->in_paragraph == 0)
        block_list_end(&o->blocks.list);
    else /* the rest of the surrounding paragraph */
        block_list_begin(&o->blocks.list, BLOCK_PARAGRAPH, 0, o->paragraphs, NULL);
}

/* ------------------------------------------------------------------- lists */

static void start_list(struct odt *o, const char *const *attributes)
{
    const char *id = document_xml_attribute(attributes, "style-name");
    const char *goes_on = document_xml_attribute(attributes, "continue-numbering");
    unsigned level = o->lists++;

    if (level >= ODT_LIST_LEVELS)
        return;
    if (id != NULL) {
        buffer_clear(&o->list_names[level]);
        buffer_append_string(&o->list_names[level], id);
        o->list_styles[level] = o->list_names[level].data;
    } else {
        o->list_styles[level] = level > 0 ? o->list_styles[level - 1] : NULL;
    }
    if (goes_on == NULL || strcmp(goes_on, "true") != 0)
        o->counts[level] = odt_list_start(o->styles, o->list_styles[level], level) - 1;
}

static void start_item(struct odt *o, const char *const *attributes)
{
    const char *start = document_xml_attribute(attributes, "start-value");
    long value = start != NULL ? strtol(start, NULL, 10) : 0;

    o->item_begins = true;
    if (value > 0 && value < 1000000 && o->lists > 0 && o->lists <= ODT_LIST_LEVELS)
        o->counts[o->lists - 1] = (unsigned)value - 1;
}

/* --------------------------------------------------------------------------- elements */

static enum document_loss loss_of(const char *name, const char *const *attributes)
{
    const char *display = document_xml_attribute(attributes, "display");

    if (strcmp(name, "tracked-changes") == 0)
        return DOCUMENT_LOSS_DELETED;
    if (strcmp(name, "annotation") == 0 || strcmp(name, "note") == 0)
        return DOCUMENT_LOSS_NOTE;
    if (strcmp(name, "ruby-text") == 0)
        return DOCUMENT_LOSS_READING;
    if (strcmp(name, "hidden-text") == 0 || strcmp(name, "hidden-paragraph") == 0 ||
        (strcmp(name, "section") == 0 && display != NULL && strcmp(display, "none") == 0))
        return DOCUMENT_LOSS_HIDDEN;
    return DOCUMENT_LOSS_NONE;
}

static void on_start(void *self, const char *name, const char *const *attributes)
{
    struct odt *o = self;

    if (odt_styles_start(o->styles, name, attributes))
        return;
    if (strcmp(name, "body") == 0)
        o->in_body = true;
    if (!o->in_body)
        return;
    if (o->lost > 0 || loss_of(name, attributes) != DOCUMENT_LOSS_NONE) {
        if (o->lost++ == 0)
            o->loss = loss_of(name, attributes);
        return;
    }
    if (strcmp(name, "p") == 0 || strcmp(name, "h") == 0)
        start_paragraph(o, name, attributes);
    else if (strcmp(name, "span") == 0)
        open_look(o, document_xml_attribute(attributes, "style-name"));
    else if (strcmp(name, "s") == 0)
        add_spaces(o, attributes);
    else if (strcmp(name, "tab") == 0)
        add_words(o, SPAN_LITERAL("\t"));
    else if (strcmp(name, "line-break") == 0)
        block_list_break(&o->blocks.list);
    else if (strcmp(name, "a") == 0)
        o->links++;
    else if (strcmp(name, "list") == 0)
        start_list(o, attributes);
    else if (strcmp(name, "list-item") == 0)
        start_item(o, attributes);
    else if (strcmp(name, "table") == 0)
        o->blocks.tables++;
    else if (strcmp(name, "table-row") == 0)
        document_blocks_start_row(&o->blocks, o->paragraphs + 1);
}

static void on_end(void *self, const char *name)
{
    struct odt *o = self;

    odt_styles_end(o->styles, name);
    if (!o->in_body)
        return;
    if (o->lost > 0) {
        o->lost--;
        return;
    }
    if (strcmp(name, "p") == 0 || strcmp(name, "h") == 0)
        end_paragraph(o);
    else if (strcmp(name, "span") == 0)
        o->spans -= o->spans > 0;
    else if (strcmp(name, "a") == 0)
        o->links -= o->links > 0;
    else if (strcmp(name, "list") == 0)
        o->lists -= o->lists > 0;
    else if (strcmp(name, "table-cell") == 0)
        document_blocks_end_cell(&o->blocks);
    else if (strcmp(name, "table-row") == 0)
        document_blocks_end_row(&o->blocks);
    else if (strcmp(name, "table") == 0)
        o->blocks.tables -= o->blocks.tables > 0;
    else if (strcmp(name, "body") == 0)
        o->in_body = false;
}

/* --------------------------------------------------------------------------- document */

static void on_manifest(void *self, const char *name, const char *const *attributes)
{
    struct odt *o = self;

    (void)attributes;
    if (strcmp(name, "encryption-data") == 0)
        o->encrypted = true;
}

static bool check_manifest(struct odt *o, struct zip_archive *z, struct error *err)
{
    static const struct document_xml_handler manifest = {on_manifest, NULL, NULL};

    if (zip_archive_has(z, "META-INF/manifest.xml") &&
        !document_xml_read(z, "META-INF/manifest.xml", &manifest, o, err))
        return false;
    if (o->encrypted)
        return error_set(err, ERROR_UNSUPPORTED, "the document is protected by a password");
    return true;
}

static bool read_document(void *self, struct span bytes, struct source_limits limits,
                          struct error *err)
{
    struct odt *o = self;
    static const struct document_xml_handler handler = {on_start, on_end, on_text};
    struct zip_archive *z = zip_archive_open(bytes, limits, err);
    bool ok;

    if (z == NULL)
        return false;
    ok = check_manifest(o, z, err) &&
         (!zip_archive_has(z, "styles.xml") ||
          document_xml_read(z, "styles.xml", &handler, o, err)) &&
         document_xml_read(z, "content.xml", &handler, o, err);
    block_list_end(&o->blocks.list);
    zip_archive_close(z);
    return ok;
}

static enum block_status odt_next(void *self, struct reader_context *context,
                                  struct block *block, struct error *err)
{
    struct odt *o = self;

    return document_blocks_take(&o->blocks, read_document, o, context, block, err);
}

static const struct block_left_out *odt_left_out(const void *self, size_t *count)
{
    const struct odt *o = self;

    return document_blocks_left_out(&o->blocks, count);
}

bool odt_container_detect(struct span head)
{
    struct span type = SPAN_LITERAL("application/vnd.oasis.opendocument.text");

    return file_signature_is_zip(head) &&
           memmem(head.data, head.length, type.data, type.length) != NULL;
}

const struct container_ops odt_container = {
    .title = N_("OpenDocument text"),
    .open = odt_open,
    .next = odt_next,
    .close = odt_close,
    .left_out = odt_left_out,
};
