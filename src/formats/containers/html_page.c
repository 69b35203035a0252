/* From the tree to blocks. Invariant: while a block is open, its text is the page's text from
 * block_byte on; `elements` reaches the open elements through `parent`. */
#include "formats/containers/html_page.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "formats/common/folded_text.h"
#include "formats/common/inline_timestamp.h"
#include "formats/containers/block_list.h"
#include "formats/records/line/stamp.h"
#include "shilu/base/civil_time.h"
#include "shilu/base/hash.h"
#include "shilu/base/memory.h"
#include "shilu/text/utf8.h"

/* ---------------------------------------------------------------------------- elements */

/* Two letters of any script. */
enum { INITIALS_BYTES = 8 };

enum role {
    ROLE_INLINE,
    ROLE_BLOCK,
    ROLE_SCRIPT,
    ROLE_HIDDEN,
    ROLE_CONTROL,
    ROLE_CAPTION,
    ROLE_AROUND /* an element around the content */
};

static enum role role_of_tag(GumboTag tag)
{
    switch (tag) {
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_DETAILS:
    case GUMBO_TAG_DIR:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_FRAMESET:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_HGROUP:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_HTML:
    case GUMBO_TAG_LEGEND:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_LISTING:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_P:
    case GUMBO_TAG_PLAINTEXT:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_SUMMARY:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_TBODY:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TFOOT:
    case GUMBO_TAG_TH:
    case GUMBO_TAG_THEAD:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_UL:
    case GUMBO_TAG_XMP:
        return ROLE_BLOCK;
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_MENU:
        return ROLE_AROUND;
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
        return ROLE_SCRIPT;
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_NOFRAMES:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_EMBED:
    case GUMBO_TAG_APPLET:
    case GUMBO_TAG_AUDIO:
    case GUMBO_TAG_VIDEO:
    case GUMBO_TAG_CANVAS:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_RP:
    case GUMBO_TAG_RT:
    case GUMBO_TAG_TITLE:
        return ROLE_HIDDEN;
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_DATALIST:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_BUTTON:
    case GUMBO_TAG_PROGRESS:
    case GUMBO_TAG_METER:
        return ROLE_CONTROL;
    case GUMBO_TAG_FIGCAPTION:
        return ROLE_CAPTION;
    default:
        return ROLE_INLINE;
    }
}

static const char *attribute(const GumboNode *node, const char *name)
{
    const GumboAttribute *found = gumbo_get_attribute(&node->v.element.attributes, name);

    return found != NULL ? found->value : NULL;
}

/* Whether a style attribute contains this declaration, ignoring blanks. */
static bool style_says(const char *style, const char *property, const char *value)
{
    size_t bytes = strlen(property);

    while (style != NULL && *style != '\0') {
        style += strspn(style, " \t\n;");
        if (strncasecmp(style, property, bytes) == 0) {
            const char *at = style + bytes;

            at += strspn(at, " \t\n");
            if (*at == ':') {
                at++;
                at += strspn(at, " \t\n");
                if (strncasecmp(at, value, strlen(value)) == 0)
                    return true;
            }
        }
        style = strchr(style, ';');
    }
    return false;
}

static bool is_hidden(const GumboNode *node)
{
    const char *style = attribute(node, "style");
    const char *aria = attribute(node, "aria-hidden");

    return attribute(node, "hidden") != NULL || (aria != NULL && strcmp(aria, "true") == 0) ||
           style_says(style, "display", "none") || style_says(style, "visibility", "hidden");
}

/* Initials in place of somebody's picture: <div class="initials">MV</div>. */
static bool is_picture_of_letters(const GumboNode *node)
{
    static const char *const classes[] = {"initials", "avatar", "userpic"};
    const char *class = attribute(node, "class");
    const GumboNode *child = node->v.element.children.length == 1
                                 ? node->v.element.children.data[0]
                                 : NULL;
    bool named = false;
    size_t i;

    if (class == NULL || child == NULL || child->type != GUMBO_NODE_TEXT)
        return false;
    for (i = 0; i < sizeof classes / sizeof *classes; i++)
        named |= strcasestr(class, classes[i]) != NULL;
    return named && span_trim(span_string(child->v.text.text)).length <= INITIALS_BYTES;
}

static bool is_custom_element(const GumboNode *node)
{
    const GumboStringPiece *tag = &node->v.element.original_tag;

    if (node->v.element.tag != GUMBO_TAG_UNKNOWN)
        return false;
    for (size_t i = 0; i < tag->length && !isspace((unsigned char)tag->data[i]); i++)
        if (tag->data[i] == '-')
            return true;
    return false;
}

static bool is_control(const GumboNode *node)
{
    return node->v.element.tag == GUMBO_TAG_INPUT ||
           role_of_tag(node->v.element.tag) == ROLE_CONTROL;
}

/* <label for="date"> or <label>Date:</label><input>: the label of a form field. */
static bool is_label_of_control(const GumboNode *node)
{
    const GumboVector *siblings;
    size_t i;

    if (node->v.element.tag != GUMBO_TAG_LABEL || node->parent == NULL)
        return false;
    if (attribute(node, "for") != NULL)
        return true;
    siblings = &node->parent->v.element.children;
    for (i = node->index_within_parent + 1; i < siblings->length; i++) {
        const GumboNode *next = siblings->data[i];

        if (next->type == GUMBO_NODE_ELEMENT && next->v.element.tag != GUMBO_TAG_BR)
            return is_control(next);
        if (next->type == GUMBO_NODE_TEXT)
            return false;
    }
    return false;
}

static enum role role_of(const GumboNode *node)
{
    enum role role = role_of_tag(node->v.element.tag);

    if (node->v.element.tag_namespace == GUMBO_NAMESPACE_SVG)
        return ROLE_HIDDEN;
    if (role != ROLE_SCRIPT && role != ROLE_HIDDEN &&
        (is_hidden(node) || is_picture_of_letters(node)))
        return ROLE_HIDDEN;
    if (is_label_of_control(node))
        return ROLE_CONTROL;
    if (role == ROLE_INLINE &&
        (style_says(attribute(node, "style"), "display", "block") || is_custom_element(node)))
        return ROLE_BLOCK;
    return role;
}

/* Words in the classes and ids of elements around the content. */
static bool is_around_word(const char *word, size_t bytes)
{
    static const char *const words[] = {
        "ad",          "ads",        "advert",      "advertisement", "banner",     "breadcrumb",
        "breadcrumbs", "comment",    "comments",    "cookie",        "cookies",    "copyright",
        "crumb",       "crumbs",     "disqus",      "dropdown",      "foot",       "footer",
        "login",       "menu",       "menus",       "modal",         "nav",        "navbar",
        "navi",        "navigation", "newsletter",  "pager",         "pagination", "popup",
        "promo",       "recommend",  "recommended", "related",       "search",     "share",
        "sharing",     "sidebar",    "sitemap",     "skip",          "social",     "sponsor",
        "subscribe",   "tags",       "toolbar",     "widget",
    };
    size_t low = 0;
    size_t high = sizeof words / sizeof *words;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strncasecmp(words[middle], word, bytes);

        if (order == 0 && words[middle][bytes] == '\0')
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* Words end at anything but a letter, and where lower case changes to upper. */
static bool names_surrounding(const char *name)
{
    while (name != NULL && *name != '\0') {
        size_t bytes = 0;

        while (!isalpha((unsigned char)*name) && *name != '\0')
            name++;
        while (isalpha((unsigned char)name[bytes]) &&
               !(bytes > 0 && islower((unsigned char)name[bytes - 1]) &&
                 isupper((unsigned char)name[bytes])))
            bytes++;
        if (bytes > 0 && is_around_word(name, bytes))
            return true;
        name += bytes;
    }
    return false;
}

static bool has_surrounding_role(const GumboNode *node)
{
    static const char *const roles[] = {"navigation",    "banner", "contentinfo", "search",
                                        "complementary", "menu",   "menubar",     "dialog",
                                        "toolbar",       NULL};
    const char *role = attribute(node, "role");

    return role != NULL && span_is_any(span_string(role), roles);
}

static uint32_t signature_of(const GumboNode *node)
{
    const char *class = attribute(node, "class");
    uint64_t hash = hash_fnv1a(&node->v.element.tag, sizeof node->v.element.tag);

    if (class != NULL)
        hash = hash_fnv1a_from(hash, class, strlen(class));
    return (uint32_t)hash;
}

/* ------------------------------------------------------------------------------ tables */

/* For each table of the page, in order: whether it has columns of data, such as the rows of a
 * record, or is a frame for the page's layout. */
struct table {
    uint32_t parent; /* index + 1; 0 for none */
    bool nested;     /* contains another table */
    unsigned rows;   /* with two or more cells that are not empty */
    unsigned cells;  /* of the current row that are not empty */
    unsigned cell_blocks;
    size_t cell_bytes;
    size_t bytes;
    size_t largest_bytes; /* size of its largest cell */
    unsigned largest_blocks;
};

struct walk_step {
    const GumboNode *node;
    unsigned next; /* index of its next child */
    enum role role;
    bool bold;
    uint32_t mark_block; /* of an inline element: where it begins */
    uint32_t mark_start;
};

struct walk {
    struct walk_step *steps; /* owned */
    size_t depth;
    size_t capacity;
};

static struct walk_step *walk_down(struct walk *w, const GumboNode *node)
{
    MEMORY_RESERVE(w->steps, w->capacity, w->depth + 1);
    w->steps[w->depth] = (struct walk_step){.node = node};
    return &w->steps[w->depth++];
}

/* The next child of the innermost open node, or NULL after the last one. */
static const GumboNode *walk_child(struct walk *w)
{
    struct walk_step *top = &w->steps[w->depth - 1];
    const GumboVector *children = &top->node->v.element.children;

    return top->next < children->length ? children->data[top->next++] : NULL;
}

struct reading {
    struct html_page *page;
    struct walk walk;
    struct table *tables; /* owned */
    size_t table_count;
    size_t table_capacity;
    size_t next_table;
    uint32_t table; /* index + 1 of the innermost open one */
    uint32_t element;
    /* the current block */
    bool open;
    bool continues;
    bool blank_seen;  /* a blank or break since the previous block */
    bool after_empty; /* an empty paragraph since the previous block */
    size_t block_byte;
    uint32_t line;
    uint32_t weight;
    uint32_t linked;
    uint32_t inward;
    uint32_t first_range;
    uint32_t first_cell;
    bool in_range;      /* one of `ranges` is open */
    bool blank_pending; /* white space follows the text so far */
    bool line_pending;  /* … with a line end in it */
    bool in_row;        /* the cells of a row are collected into one block */
    bool in_cell;       /* … and one of them is open */
    size_t cell_byte;
    /* numbers of open elements */
    unsigned bold;
    unsigned italic;
    unsigned links;
    unsigned inward_links; /* to a place on the same page */
    unsigned pre;
    unsigned items;
    unsigned captions;
    uint8_t heading;
    unsigned left_out; /* open elements whose words are not shown */
    enum html_reason reason;
};

static size_t visible_bytes(const char *s)
{
    size_t bytes = 0;

    for (; *s != '\0'; s++)
        bytes += (unsigned char)*s > ' ';
    return bytes;
}

static void survey_cell(struct table *t)
{
    t->cells += t->cell_bytes > 0;
    t->bytes += t->cell_bytes;
    if (t->cell_bytes > t->largest_bytes) {
        t->largest_bytes = t->cell_bytes;
        t->largest_blocks = t->cell_blocks;
    }
    t->cell_bytes = 0;
    t->cell_blocks = 0;
}

static void survey_enter(struct reading *r, const GumboNode *node)
{
    struct table *t = r->table > 0 ? &r->tables[r->table - 1] : NULL;

    if (node->v.element.tag == GUMBO_TAG_TABLE) {
        if (t != NULL)
            t->nested = true;
        MEMORY_RESERVE(r->tables, r->table_capacity, r->table_count + 1);
        r->tables[r->table_count++] = (struct table){.parent = r->table};
        r->table = (uint32_t)r->table_count;
    } else if (t != NULL && role_of_tag(node->v.element.tag) == ROLE_BLOCK) {
        t->cell_blocks++;
    }
}

static void survey_leave(struct reading *r, const GumboNode *node)
{
    struct table *t = r->table > 0 ? &r->tables[r->table - 1] : NULL;

    if (t == NULL)
        return;
    switch (node->v.element.tag) {
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
        survey_cell(t);
        break;
    case GUMBO_TAG_TR:
        t->rows += t->cells > 1;
        t->cells = 0;
        break;
    case GUMBO_TAG_TABLE:
        r->table = t->parent;
        break;
    default:
        break;
    }
}

static bool is_text(const GumboNode *node)
{
    return node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_CDATA ||
           node->type == GUMBO_NODE_WHITESPACE;
}

static bool is_element(const GumboNode *node)
{
    return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
}

static void survey_tables(struct reading *r, const GumboNode *root)
{
    survey_enter(r, root);
    walk_down(&r->walk, root);
    while (r->walk.depth > 0) {
        const GumboNode *child = walk_child(&r->walk);

        if (child == NULL) {
            survey_leave(r, r->walk.steps[--r->walk.depth].node);
        } else if (is_element(child) && child->v.element.tag != GUMBO_TAG_HEAD) {
            survey_enter(r, child);
            walk_down(&r->walk, child);
        } else if (is_text(child) && r->table > 0) {
            r->tables[r->table - 1].cell_bytes += visible_bytes(child->v.text.text);
        }
    }
    r->table = 0;
}

/* A table with most of its words in one cell of many paragraphs is a frame. */
static bool is_of_records(const struct table *t)
{
    return t->rows > 1 && !t->nested &&
           !(t->largest_blocks > 4 && t->largest_bytes * 2 > t->bytes);
}

/* -------------------------------------------------------------------------------- text */

static bool is_east_asian(uint32_t cp)
{
    return (cp >= 0x2E80 && cp <= 0x9FFF) || (cp >= 0xF900 && cp <= 0xFAFF) ||
           (cp >= 0xFE30 && cp <= 0xFE4F) || (cp >= 0xFF00 && cp <= 0xFF60) ||
           (cp >= 0x20000 && cp <= 0x3FFFF);
}

static uint32_t weight_of(uint32_t cp)
{
    if (cp < 0x80)
        return isalnum((unsigned char)cp) != 0;
    if (cp < 0xC0 || (cp >= 0x2000 && cp < 0x2E80) || (cp >= 0x3000 && cp < 0x3040))
        return 0;
    return is_east_asian(cp) || (cp >= 0xAC00 && cp <= 0xD7A3) ? 2 : 1;
}

static uint32_t last_code_point(const char *s, size_t bytes)
{
    size_t at = bytes > 0 ? utf8_floor(s, bytes, bytes - 1) : 0;
    uint32_t cp = 0;

    if (bytes > 0)
        utf8_decode(s + at, bytes - at, &cp);
    return cp;
}

static size_t block_bytes(const struct reading *r)
{
    return r->page->text.bytes - r->block_byte;
}

static void open_block(struct reading *r, uint32_t line)
{
    if (r->open)
        return;
    r->open = true;
    r->block_byte = r->page->text.bytes;
    r->line = line;
    r->weight = r->linked = r->inward = 0;
    r->first_range = (uint32_t)r->page->range_count;
    r->first_cell = (uint32_t)r->page->cell_count;
    r->blank_pending = r->line_pending = false;
    r->in_range = false;
}

static void end_range(struct reading *r)
{
    if (r->in_range)
        r->page->ranges[r->page->range_count - 1].end = (uint32_t)block_bytes(r);
    r->in_range = false;
}

static unsigned style_of(const struct reading *r)
{
    return (r->bold > 0 ? BLOCK_BOLD : 0u) | (r->links > 0 ? BLOCK_LINK : 0u) |
           (r->italic > 0 ? BLOCK_ITALIC : 0u);
}

/* Set the style of the current range; 0 for none. */
static void set_style(struct reading *r, unsigned style)
{
    struct html_page *page = r->page;

    if (r->in_range && page->ranges[page->range_count - 1].style == style)
        return;
    end_range(r);
    if (style == 0)
        return;
    MEMORY_RESERVE(page->ranges, page->range_capacity, page->range_count + 1);
    page->ranges[page->range_count++] = (struct html_range){.start = (uint32_t)block_bytes(r),
                                                            .style = style};
    r->in_range = true;
}

static void add_blank(struct reading *r, uint32_t next)
{
    struct buffer *text = &r->page->text;
    uint32_t before = last_code_point(text->data, text->bytes);

    if (!r->blank_pending)
        return;
    r->blank_pending = false;
    if (text->bytes == r->block_byte || text->bytes == r->cell_byte || before == '\n')
        return;
    /* A line end of the source separates nothing between East Asian characters. */
    if (r->line_pending && is_east_asian(before) && is_east_asian(next))
        return;
    buffer_append_char(text, ' ');
}

/* Several no-break spaces in a row are used for their width; a single one keeps words
 * together. */
static bool add_wide_blank(struct buffer *text, size_t from)
{
    if (text->bytes >= from + 2 && memcmp(text->data + text->bytes - 2, "\xC2\xA0", 2) == 0) {
        text->bytes -= 2;
        buffer_append_char(text, ' ');
    } else if (text->bytes <= from || text->data[text->bytes - 1] != ' ') {
        return false;
    }
    buffer_append_char(text, ' ');
    return true;
}

static void add_character(struct reading *r, const char *s, size_t bytes, uint32_t cp)
{
    uint32_t weight = weight_of(cp);
    unsigned style = style_of(r);

    if (r->in_range && r->page->ranges[r->page->range_count - 1].style != style)
        end_range(r); /* white space between two styles belongs to neither */
    add_blank(r, cp);
    set_style(r, style);
    if (cp != 0xA0 || !add_wide_blank(&r->page->text, r->block_byte))
        buffer_append(&r->page->text, s, bytes);
    r->weight += weight;
    if (r->links > 0)
        r->linked += weight;
    if (r->inward_links > 0)
        r->inward += weight;
}

static bool ends_sentence(const char *s, size_t bytes)
{
    static const uint32_t marks[] = {'.',    '?',    '!',    ';',   0x2026, 0x3002, 0xFF01,
                                     0xFF0E, 0xFF1B, 0xFF1F, 0x61F, 0x6D4,  0x964};
    static const uint32_t closers[] = {'"',    '\'',   ')',    ']',    ' ',    0xA0,  0xBB,
                                       0x2019, 0x201D, 0x300D, 0x300F, 0x3000, 0xFF09};

    while (bytes > 0) {
        uint32_t cp = last_code_point(s, bytes);
        bool closer = false;

        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
            if (cp == marks[i])
                return true;
        for (size_t i = 0; i < sizeof closers / sizeof *closers; i++)
            closer = closer || cp == closers[i];
        if (!closer)
            return false;
        bytes = utf8_floor(s, bytes, bytes - 1);
    }
    return false;
}

static void end_cell(struct reading *r)
{
    struct html_page *page = r->page;

    if (!r->in_cell)
        return;
    r->in_cell = false;
    end_range(r);
    r->blank_pending = r->line_pending = false;
    while (page->text.bytes > r->cell_byte && page->text.data[page->text.bytes - 1] == '\n')
        page->text.data[--page->text.bytes] = '\0';
    MEMORY_RESERVE(page->cells, page->cell_capacity, page->cell_count + 1);
    page->cells[page->cell_count++] = (struct html_range){
        .start = (uint32_t)(r->cell_byte - r->block_byte), .end = (uint32_t)block_bytes(r)};
}

static enum html_kind kind_of(const struct reading *r)
{
    if (r->in_row)
        return HTML_ROW;
    if (r->heading > 0)
        return HTML_HEADING;
    if (r->pre > 0)
        return HTML_LINE;
    return r->items > 0 ? HTML_ITEM : HTML_PARAGRAPH;
}

static bool is_blank(const char *s, size_t bytes)
{
    for (size_t at = 0; at < bytes;) {
        uint32_t cp;

        at += utf8_decode(s + at, bytes - at, &cp);
        if (cp > ' ' && cp != 0xA0 && cp != 0x3000 && cp != 0x200B && cp != 0xFEFF)
            return false;
    }
    return true;
}

/* Close the current block; drop it if it is nothing but white space. */
static void close_block(struct reading *r)
{
    struct html_page *page = r->page;
    const char *text = buffer_string(&page->text) + r->block_byte;
    size_t bytes = block_bytes(r);

    if (!r->open)
        return;
    end_range(r);
    r->open = false;
    if (is_blank(text, bytes)) {
        r->blank_seen = true;
        page->text.bytes = r->block_byte;
        page->range_count = r->first_range;
        page->cell_count = r->first_cell;
        return;
    }
    MEMORY_RESERVE(page->blocks, page->capacity, page->count + 1);
    page->blocks[page->count++] = (struct html_block){
        .kind = kind_of(r),
        .reason = r->captions > 0 ? HTML_CAPTION : HTML_KEPT,
        .level = r->heading,
        .after_empty = r->after_empty,
        .continues = r->continues,
        .sentence = ends_sentence(text, bytes),
        .element = r->element,
        .line = r->line,
        .weight = r->weight,
        .linked = r->linked,
        .inward = r->inward,
        .text_byte = r->block_byte,
        .text_bytes = bytes,
        .first_range = r->first_range,
        .range_count = (uint32_t)page->range_count - r->first_range,
        .first_cell = r->first_cell,
        .cell_count = (uint32_t)page->cell_count - r->first_cell,
    };
    r->continues = r->after_empty = r->blank_seen = false;
    buffer_append_char(&page->text, '\0');
}

/* End a block; within a cell, end a line. */
static void break_block(struct reading *r)
{
    struct buffer *text = &r->page->text;

    if (!r->in_row) {
        close_block(r);
        return;
    }
    end_range(r);
    r->blank_pending = false;
    if (r->in_cell && text->bytes > r->cell_byte && text->data[text->bytes - 1] != '\n')
        buffer_append_char(text, '\n');
}

/* A second break in a row makes a blank line. */
static void break_line(struct reading *r)
{
    bool filled = r->open;

    break_block(r);
    r->continues = filled;
    r->blank_seen = r->blank_seen || !filled;
}

/* Count words that are not shown. */
static void count_left_out(struct reading *r, const char *s, uint32_t line)
{
    uint64_t visible = block_list_visible(span_string(s));

    if (visible > 0 && r->page->left_out[r->reason] == 0)
        r->page->left_out_line[r->reason] = line;
    r->page->left_out[r->reason] += visible;
}

static void add_text(struct reading *r, const char *s, uint32_t line)
{
    size_t bytes = strlen(s);
    size_t at = 0;

    if (r->in_row && !r->in_cell)
        return; /* white space between cells */
    while (at < bytes) {
        uint32_t cp;
        size_t used = utf8_decode(s + at, bytes - at, &cp);

        if (cp == '\n' && r->pre > 0) {
            break_line(r);
        } else if (cp == '\t' && r->pre > 0) {
            open_block(r, line);
            buffer_append_char(&r->page->text, '\t');
        } else if (cp <= ' ' && (r->pre == 0 || cp != ' ')) {
            r->blank_pending = r->open;
            r->line_pending = r->line_pending || cp == '\n';
        } else {
            open_block(r, line);
            add_character(r, s + at, used, cp);
            r->line_pending = false;
        }
        line += cp == '\n';
        at += used;
    }
}

/* -------------------------------------------------------------------------------- walk */

static uint8_t heading_level(GumboTag tag)
{
    switch (tag) {
    case GUMBO_TAG_H1:
        return 1;
    case GUMBO_TAG_H2:
        return 2;
    case GUMBO_TAG_H3:
        return 3;
    case GUMBO_TAG_H4:
        return 4;
    case GUMBO_TAG_H5:
        return 5;
    case GUMBO_TAG_H6:
        return 6;
    default:
        return 0;
    }
}

static bool is_paragraph(GumboTag tag)
{
    switch (tag) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_BLOCKQUOTE:
        return true;
    default:
        return heading_level(tag) > 0;
    }
}

static void open_element(struct reading *r, const GumboNode *node, enum role role)
{
    struct html_page *page = r->page;
    MEMORY_RESERVE(page->elements, page->element_capacity, page->element_count + 1);
    page->elements[page->element_count] = (struct html_element){
        .parent = r->element,
        .first_block = (uint32_t)page->count,
        .signature = signature_of(node),
        .classed = attribute(node, "class") != NULL,
        .around = role == ROLE_AROUND || has_surrounding_role(node) ||
                  names_surrounding(attribute(node, "class")) ||
                  names_surrounding(attribute(node, "id")),
        .paragraph = is_paragraph(node->v.element.tag),
    };
    r->element = (uint32_t)page->element_count++;
}

/* A paragraph with nothing but a blank or a break is a blank line. */
static void close_element(struct reading *r)
{
    struct html_element *e = &r->page->elements[r->element];

    if (e->first_block == r->page->count && r->element + 1 == r->page->element_count &&
        r->blank_seen)
        r->after_empty = true;
    r->blank_seen = false;

    e->end = (uint32_t)r->page->element_count;
    e->end_block = (uint32_t)r->page->count;
    r->element = e->parent;
}

/* The terms of a definition list count as bold words. */
static bool is_bold(const GumboNode *node)
{
    const char *style = attribute(node, "style");

    switch (node->v.element.tag) {
    case GUMBO_TAG_B:
    case GUMBO_TAG_STRONG:
    case GUMBO_TAG_TH:
    case GUMBO_TAG_DT:
        return !style_says(style, "font-weight", "normal") &&
               !style_says(style, "font-weight", "400");
    default:
        return style_says(style, "font-weight", "bold") ||
               style_says(style, "font-weight", "600") ||
               style_says(style, "font-weight", "700") ||
               style_says(style, "font-weight", "800");
    }
}

static bool is_italic(const GumboNode *node)
{
    return node->v.element.tag == GUMBO_TAG_I || node->v.element.tag == GUMBO_TAG_EM ||
           style_says(attribute(node, "style"), "font-style", "italic");
}

static bool is_preformatted(const GumboNode *node)
{
    const char *style = attribute(node, "style");

    switch (node->v.element.tag) {
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_LISTING:
    case GUMBO_TAG_XMP:
    case GUMBO_TAG_PLAINTEXT:
        return true;
    default:
        return style_says(style, "white-space", "pre");
    }
}

/* <a href="#message7">: a link to a place on the same page; "messages2.html#message7" is on
 * another page of the same chat. */
static bool is_link_inward(const GumboNode *node)
{
    const char *target = node->v.element.tag == GUMBO_TAG_A ? attribute(node, "href") : NULL;

    return target != NULL && target[strcspn(target, "#/:?")] == '#';
}

static bool is_cell(GumboTag tag)
{
    return tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH;
}

static void enter_block(struct reading *r, const GumboNode *node, enum role role)
{
    GumboTag tag = node->v.element.tag;

    break_block(r);
    r->continues = false;
    open_element(r, node, role);
    if (tag == GUMBO_TAG_TABLE)
        r->table = (uint32_t)r->next_table;
    if (tag == GUMBO_TAG_TR && r->table > 0 && is_of_records(&r->tables[r->table - 1])) {
        close_block(r);
        r->in_row = true;
        r->in_cell = false;
        open_block(r, node->v.element.start_pos.line);
    }
    if (is_cell(tag) && r->in_row) {
        r->in_cell = true;
        r->cell_byte = r->page->text.bytes;
    }
    r->heading = r->heading > 0 ? r->heading : heading_level(tag);
    r->items += tag == GUMBO_TAG_LI;
    r->captions += role == ROLE_CAPTION;
    r->pre += is_preformatted(node);
}

static void leave_block(struct reading *r, const GumboNode *node)
{
    GumboTag tag = node->v.element.tag;

    if (is_cell(tag) && r->in_row)
        end_cell(r);
    else
        break_block(r);
    if (tag == GUMBO_TAG_TR && r->in_row) {
        close_block(r);
        r->in_row = false;
    }
    if (tag == GUMBO_TAG_TABLE)
        r->table = r->tables[r->table - 1].parent;
    r->continues = false;
    if (heading_level(tag) > 0)
        r->heading = 0;
    r->items -= tag == GUMBO_TAG_LI;
    r->captions -= tag == GUMBO_TAG_FIGCAPTION;
    r->pre -= is_preformatted(node);
    close_element(r);
}

/* Text that is never shown is counted and makes no block. */
static bool is_left_out(enum role role)
{
    return role == ROLE_SCRIPT || role == ROLE_HIDDEN || role == ROLE_CONTROL;
}

static void count_scripts(struct html_page *page, const GumboNode *head)
{
    for (unsigned i = 0; i < head->v.element.children.length; i++) {
        const GumboNode *child = head->v.element.children.data[i];

        page->scripts += is_element(child) && role_of_tag(child->v.element.tag) == ROLE_SCRIPT;
    }
}

static void enter(struct reading *r, const GumboNode *node)
{
    struct walk_step *step;
    enum role role = role_of(node);

    if (node->v.element.tag == GUMBO_TAG_BR && r->left_out == 0) {
        break_line(r);
        return;
    }
    r->next_table += node->v.element.tag == GUMBO_TAG_TABLE;
    if (node->v.element.tag == GUMBO_TAG_HEAD) {
        count_scripts(r->page, node);
        return; /* read_head has taken its title */
    }
    if (role == ROLE_SCRIPT) {
        r->page->scripts++;
        return;
    }
    step = walk_down(&r->walk, node);
    step->role = role;
    step->bold = is_bold(node);
    if (is_left_out(role) && r->left_out++ == 0)
        r->reason = role == ROLE_CONTROL ? HTML_CONTROL : HTML_HIDDEN;
    if (r->left_out > 0)
        return;
    if (role != ROLE_INLINE)
        enter_block(r, node, role);
    step->mark_block = (uint32_t)r->page->count;
    step->mark_start = r->open ? (uint32_t)block_bytes(r) : 0;
    r->links += node->v.element.tag == GUMBO_TAG_A;
    r->inward_links += is_link_inward(node);
    r->bold += step->bold;
    r->italic += is_italic(node);
}

/* Whether the first text in an element begins with a digit and continues behind it. */
static bool begins_with_number(const GumboNode *node)
{
    while (is_element(node) && node->v.element.children.length > 0)
        node = node->v.element.children.data[0];
    return is_text(node) && node->v.text.text[0] >= '0' && node->v.text.text[0] <= '9' &&
           strlen(node->v.text.text) > 3;
}

/* <span class="time">09:58</span><span class="who">…: styling separates the two. */
static bool is_number_beside(const struct reading *r, const GumboNode *node)
{
    const struct buffer *text = &r->page->text;
    const GumboVector *siblings = node->parent != NULL ? &node->parent->v.element.children
                                                       : NULL;
    const GumboNode *next = siblings != NULL && node->index_within_parent + 1 < siblings->length
                                ? siblings->data[node->index_within_parent + 1]
                                : NULL;
    const char *class = attribute(node, "class");
    const char *other = next != NULL && is_element(next) ? attribute(next, "class") : NULL;

    return class != NULL && other != NULL && strcmp(class, other) != 0 && r->open &&
           text->bytes > 0 &&
           ((text->data[text->bytes - 1] >= '0' && text->data[text->bytes - 1] <= '9') ||
            begins_with_number(next));
}

/* <span class="timestamp">0:58</span>Good morning, at the front of a line: styling separates
 * these, too. */
static bool is_leading_clock(const struct reading *r, const struct walk_step *step)
{
    struct inline_timestamp stamp;
    struct span text;

    if (attribute(step->node, "class") == NULL || !r->open || step->mark_start > 0 ||
        step->mark_block != r->page->count)
        return false;
    text = span_trim(span_of(r->page->text.data + r->block_byte, block_bytes(r)));
    return span_find(text, ':') < text.length &&
           inline_timestamp_take(text.data, text.length, &stamp) == text.length;
}

static void leave_inline(struct reading *r, const struct walk_step *step)
{
    struct html_page *page = r->page;

    if (attribute(step->node, "class") != NULL && r->open && !r->in_row && r->pre == 0 &&
        step->mark_block == page->count && block_bytes(r) > step->mark_start) {
        MEMORY_RESERVE(page->marks, page->mark_capacity, page->mark_count + 1);
        page->marks[page->mark_count++] = (struct html_mark){
            .signature = signature_of(step->node),
            .block = step->mark_block,
            .start = step->mark_start,
            .end = (uint32_t)block_bytes(r),
        };
    }
    if (is_number_beside(r, step->node) || is_leading_clock(r, step))
        r->blank_pending = true;
}

/* Parse a text that is a time of day or a moment, and nothing else. */
static bool parse_moment(struct span text, struct stamp *stamp)
{
    struct folded f;
    size_t end;

    folded_front(&f, text, 0);
    end = f.whole ? stamp_parse(&f, 0, stamp) : 0;
    return end > 0 && end == f.count && stamp->has_clock;
}

/* Whether an attribute is a whole moment at the time of day that the page shows. */
static bool states_moment(const char *stated, const struct stamp *shown, struct span *moment,
                          int32_t *offset_min)
{
    enum { HALF_DAY_MINUTES = 12 * 60, MS_PER_MINUTE = 60000 };
    struct stamp whole;

    if (stated == NULL)
        return false;
    *offset_min = UTC_OFFSET_NONE;
    *moment = span_trim(span_string(stated));
    moment->length = civil_before_zone(moment->data, moment->length, offset_min);
    return parse_moment(*moment, &whole) && (whole.has_date || whole.numeric) &&
           shown->clock_ms / MS_PER_MINUTE % HALF_DAY_MINUTES ==
               whole.clock_ms / MS_PER_MINUTE % HALF_DAY_MINUTES;
}

/* <span title="14.05.2031 23:29:08">23:29</span>: a page shows only the time of day, and its
 * element has the whole moment. Show that instead. */
static void show_whole_moment(struct reading *r, const struct walk_step *step)
{
    const char *title = attribute(step->node, "title");
    const char *datetime = attribute(step->node, "datetime");
    struct buffer *text = &r->page->text;
    struct stamp shown;
    struct span moment;
    int32_t offset_min;
    size_t start;

    if ((title == NULL && datetime == NULL) || !r->open || r->in_row ||
        step->mark_block != r->page->count)
        return;
    start = r->block_byte + step->mark_start;
    if (start >= text->bytes ||
        !parse_moment(span_trim(span_of(text->data + start, text->bytes - start)), &shown) ||
        shown.has_date || shown.numeric ||
        (!states_moment(title, &shown, &moment, &offset_min) &&
         !states_moment(datetime, &shown, &moment, &offset_min)) ||
        moment.length <= text->bytes - start)
        return;
    if (start > r->block_byte && text->data[start] == ' ')
        start++;
    text->bytes = start;
    buffer_append(text, moment.data, moment.length);
    if (r->page->moments++ == 0)
        r->page->utc_offset = offset_min;
    else if (r->page->utc_offset != offset_min) /* the time zone changed */
        r->page->utc_offset = UTC_OFFSET_NONE;
}

static void leave(struct reading *r, const struct walk_step *step)
{
    if (r->left_out > 0) {
        r->left_out -= is_left_out(step->role);
        return;
    }
    show_whole_moment(r, step);
    r->links -= step->node->v.element.tag == GUMBO_TAG_A;
    r->inward_links -= is_link_inward(step->node);
    r->bold -= step->bold;
    r->italic -= is_italic(step->node);
    if (step->role != ROLE_INLINE)
        leave_block(r, step->node);
    else
        leave_inline(r, step);
}

/* Take the title from the head, which is not displayed. */
static void read_head(struct html_page *page, const GumboNode *root)
{
    const char *language = attribute(root, "lang");

    if (language != NULL)
        buffer_append_string(&page->language, language);
    for (unsigned i = 0; i < root->v.element.children.length; i++) {
        const GumboNode *head = root->v.element.children.data[i];

        if (!is_element(head) || head->v.element.tag != GUMBO_TAG_HEAD)
            continue;
        for (unsigned j = 0; j < head->v.element.children.length; j++) {
            const GumboNode *title = head->v.element.children.data[j];

            if (is_element(title) && title->v.element.tag == GUMBO_TAG_TITLE &&
                title->v.element.children.length > 0 && page->title.bytes == 0 &&
                is_text(title->v.element.children.data[0]))
                buffer_append_string(
                    &page->title,
                    ((const GumboNode *)title->v.element.children.data[0])->v.text.text);
        }
    }
}

void html_page_read(struct html_page *page, const struct html_tree *tree)
{
    struct reading r = {.page = page};

    page->utc_offset = UTC_OFFSET_NONE;
    read_head(page, tree->root);
    survey_tables(&r, tree->root);
    open_element(&r, tree->root, ROLE_BLOCK);
    walk_down(&r.walk, tree->root)->role = ROLE_INLINE;
    while (r.walk.depth > 0) {
        const GumboNode *child = walk_child(&r.walk);

        if (child == NULL)
            leave(&r, &r.walk.steps[--r.walk.depth]);
        else if (is_element(child))
            enter(&r, child);
        else if (is_text(child) && r.left_out > 0)
            count_left_out(&r, child->v.text.text, child->v.text.start_pos.line);
        else if (is_text(child))
            add_text(&r, child->v.text.text, child->v.text.start_pos.line);
    }
    close_block(&r);
    close_element(&r);
    free(r.walk.steps);
    free(r.tables);
}

void html_page_release(struct html_page *page)
{
    buffer_release(&page->text);
    buffer_release(&page->title);
    buffer_release(&page->language);
    free(page->blocks);
    free(page->elements);
    free(page->ranges);
    free(page->cells);
    free(page->marks);
    *page = (struct html_page){0};
}

struct span html_page_text(const struct html_page *page, const struct html_block *block)
{
    return span_of(buffer_string(&page->text) + block->text_byte, block->text_bytes);
}
