/* The walk over the tree. Invariant: `text` holds the words since the last block-level
 * element. */
#include "formats/containers/html_cited.h"

#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "formats/common/inline_timestamp.h"
#include "formats/containers/html_tree.h"
#include "shilu/base/memory.h"

enum { NAME_WORDS_MAX = 8, NAME_BYTES_MAX = 80, CITE_BYTES_MAX = 600 };

enum place { PLACE_TEXT, PLACE_CITE, PLACE_TIME, PLACE_TITLE, PLACE_HIDDEN };

struct cited {
    struct clock_reading reading;
    enum place place;
    enum place outer; /* where to return after a cite or time */
    struct buffer text;
    uint32_t line; /* line of its first words */
    struct buffer name;
    struct buffer aside;  /* text of a time or a title */
    struct buffer moment; /* datetime attribute of a time */
    int64_t start_ms;
    struct buffer role;
    bool in_heading;
    bool named_heading; /* the current heading contains a cite, so its other words are a role */
    bool in_header;     /* inside the page's header */
    bool anchored;      /* the current paragraph has an id */
    bool spoken;        /* a cite was seen; headings before it belong to the page */
};

static size_t count(const char *head, size_t bytes, const char *what)
{
    size_t found = 0;
    const char *at = head;

    while ((at = memmem(at, bytes - (size_t)(at - head), what, strlen(what))) != NULL) {
        found++;
        at++;
    }
    return found;
}

/* The number of paragraphs with nothing but a clock reading. */
static size_t count_clocks(const char *head, size_t bytes)
{
    const char *end = head + bytes;
    const char *at = head;
    size_t found = 0;

    while ((at = memmem(at, (size_t)(end - at), "<p>", 3)) != NULL) {
        struct inline_timestamp stamp;
        const char *close;
        size_t inside;

        at += 3;
        close = memchr(at, '<', (size_t)(end - at));
        inside = close != NULL ? emit_trim(&at, (size_t)(close - at)) : 0;
        found += inside > 0 && inline_timestamp_take(at, inside, &stamp) == inside;
    }
    return found;
}

/* Whether a cite, from its tag on, holds what may be a name: a few words without quotation
 * marks, colons and slashes. Sources of an encyclopaedia and credits of pictures are no names;
 * a cite of the class "fn" is who wrote a comment below an article, one of the class "author"
 * who wrote the article. */
static bool is_name(struct span cite)
{
    const char *end = memmem(cite.data, cite.length, "</cite>", 7);
    size_t open = span_find(cite, '>');
    size_t words = 0, bytes = 0, digits = 0;
    bool in_tag = false, blank = true;
    struct span text;

    if (end == NULL && open < cite.length) /* never closed */
        end = memchr(cite.data + open, '<', cite.length - open);
    if (end == NULL || open == cite.length || cite.data + open >= end ||
        memmem(cite.data, open, "\"fn\"", 4) != NULL ||
        memmem(cite.data, open, "author", 6) != NULL)
        return false;
    text = span_of(cite.data + open + 1, (size_t)(end - cite.data) - open - 1);
    for (; text.length > 0; text = span_skip(text, 1)) {
        char c = *text.data;

        if (c == '<' || c == '>') {
            in_tag = c == '<';
            continue;
        }
        if (in_tag)
            continue;
        if (c == '"' || c == '/' || (c == ':' && text.length > 2) ||
            span_starts_with(text, "“") || span_starts_with(text, "&quot;"))
            return false;
        digits += c >= '0' && c <= '9';
        bytes++;
        words += blank && !span_is_space(c);
        blank = span_is_space(c);
    }
    return words > 0 && words <= NAME_WORDS_MAX && bytes <= NAME_BYTES_MAX && digits < 4;
}

/* Whether an element above has "comment" in its class or id: below an article, a cite names
 * who wrote a comment. */
static bool is_below_comments(struct span above)
{
    static const char *const classes[] = {"=\"comment", "='comment", " comment", "=\"respon"};
    size_t i;

    for (i = 0; i < sizeof classes / sizeof *classes; i++) {
        const char *at = above.data;
        const char *end = above.data + above.length;

        while ((at = memmem(at, (size_t)(end - at), classes[i], strlen(classes[i]))) != NULL) {
            const char *open = memrchr(above.data, '<', (size_t)(at - above.data));
            const char *close = memrchr(above.data, '>', (size_t)(at - above.data));

            if (open != NULL && (close == NULL || close < open) && open[1] != '!')
                return true;
            at++;
        }
    }
    return false;
}

/* The number of names in cites at the start of an element; a book title is within a sentence.
 */
static size_t count_leading_names(struct span head)
{
    const char *at = head.data;
    const char *end = head.data + head.length;
    size_t found = 0;

    while ((at = memmem(at, (size_t)(end - at), "<cite", 5)) != NULL) {
        const char *before = at;
        size_t most = (size_t)(end - at) < CITE_BYTES_MAX ? (size_t)(end - at) : CITE_BYTES_MAX;

        while (before > head.data && span_is_space(before[-1]))
            before--;
        if ((before == head.data || before[-1] == '>') && is_name(span_of(at, most))) {
            if (found == 0 && is_below_comments(span_of(head.data, (size_t)(at - head.data))))
                return 0;
            found++;
        }
        at++;
    }
    return found;
}

int html_cited_detect(struct span head)
{
    size_t cites, leading;

    if (count(head.data, head.length, "<meta name=\"generator\" content=\"shilu\">") > 0)
        return CONFIDENCE_CERTAIN; /* written by shilu, perhaps without any names */
    cites = count(head.data, head.length, "<cite");
    leading = count_leading_names(head);
    if (leading >= 1 && leading * 2 >= cites && count(head.data, head.length, "<time") >= 1)
        return CONFIDENCE_STRONG;
    return (leading >= 2 && leading * 2 > cites) || count_clocks(head.data, head.length) >= 2
               ? CONFIDENCE_LIKELY
               : CONFIDENCE_NO;
}

static void release(struct cited *h)
{
    buffer_release(&h->text);
    buffer_release(&h->name);
    buffer_release(&h->role);
    buffer_release(&h->aside);
    buffer_release(&h->moment);
}

static uint32_t speaker_of(struct cited *h, struct reader_context *context)
{
    struct span name = span_trim(span_of(buffer_string(&h->name), h->name.bytes));
    uint32_t speaker;

    if (name.length > 2 && name.data[0] == '<' && name.data[name.length - 1] == '>')
        name = span_of(name.data + 1, name.length - 2); /* as IRC shows who wrote a line */
    speaker = emit_speaker(context, name.data, name.length);

    if (speaker != SPEAKER_NONE && h->role.bytes > 0)
        drafts_speaker(
            context->drafts,
            &(struct speaker_label){.name = drafts_label(context->drafts, speaker)->name,
                                    .role = h->role.data});
    buffer_clear(&h->role);
    return speaker;
}

/* Words that belong to no segment: a role in a heading, the page's title and facts. */
static bool take_aside(struct cited *h, struct reader_context *context)
{
    if (h->in_heading && h->named_heading) {
        buffer_clear(&h->role);
        emit_squeeze(&h->role, h->text.data, h->text.bytes);
        return true;
    }
    if (h->in_heading && !h->spoken)
        emit_field(context, FIELD_TITLE, h->text.data, h->text.bytes);
    return h->in_header || (h->in_heading && !h->spoken);
}

/* A paragraph with nothing but a clock reading gives the time of the next one; one with an
 * anchor is words. */
static bool take_clock(struct cited *h, struct reader_context *context)
{
    const char *s = buffer_string(&h->text);
    size_t bytes = emit_trim(&s, h->text.bytes);
    struct inline_timestamp stamp;
    int64_t end_ms;

    if (bytes == 0 || h->anchored || inline_timestamp_take(s, bytes, &stamp) != bytes)
        return false;
    inline_timestamp_read(&h->reading, context, &stamp, &h->start_ms, &end_ms);
    return true;
}

/* At the end of a paragraph its text becomes a segment. Only <br> breaks lines. */
static bool flush(struct cited *h, struct reader_context *context, struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    const char *text = buffer_string(&h->text);
    bool ok;

    if (emit_trim(&text, h->text.bytes) == 0 || take_aside(h, context) ||
        take_clock(h, context)) {
        buffer_clear(&h->text);
        return true;
    }
    draft.text = buffer_string(&h->text);
    draft.text_bytes = h->text.bytes;
    draft.start_ms = h->start_ms;
    if (drafts_line(context->drafts) != 0)
        draft.line = h->line;
    if (!h->in_heading)
        draft.speaker = speaker_of(h, context);
    ok = emit_segment(context, &draft, err);
    h->start_ms = TIME_NONE;
    buffer_clear(&h->text);
    return ok;
}

/* "PT12.5S", as shilu writes elapsed times. */
static bool parse_duration(const char *s, size_t bytes, int64_t *ms)
{
    char digits[32];
    double seconds;
    char *end;

    if (bytes < 4 || bytes >= sizeof digits || memcmp(s, "PT", 2) != 0)
        return false;
    memcpy(digits, s + 2, bytes - 2);
    digits[bytes - 2] = '\0';
    seconds = strtod(digits, &end);
    if (strcmp(end, "S") != 0 || !(seconds >= 0 && seconds < 1e12)) /* rejects NaN too */
        return false;
    *ms = (int64_t)(seconds * 1000 + 0.5);
    return true;
}

static void take_time(struct cited *h, struct reader_context *context)
{
    const char *s = buffer_string(&h->moment);
    struct inline_timestamp stamp;
    int64_t ms, end_ms;
    int32_t offset;
    bool has_time;
    size_t used;

    if (parse_duration(s, h->moment.bytes, &ms)) {
        drafts_set_time_base(context->drafts, TIME_BASE_ELAPSED);
        h->start_ms = ms;
    } else if (civil_parse_date_time(s, h->moment.bytes, &ms, &offset, &has_time, &used)) {
        if (has_time) {
            drafts_set_time_base(context->drafts, TIME_BASE_WALL);
            if (offset != UTC_OFFSET_NONE)
                drafts_set_utc_offset(context->drafts, offset);
            h->start_ms = ms;
        } else {
            emit_field(context, FIELD_DATE, s, used);
        }
    } else {
        if (h->moment.bytes > 0 &&
            inline_timestamp_take(s, h->moment.bytes, &stamp) == h->moment.bytes)
            inline_timestamp_set_wall(&h->reading, context); /* 11:08:00, on an unknown day */
        s = buffer_string(&h->aside);
        used = emit_trim(&s, h->aside.bytes);
        if (inline_timestamp_take(s, used, &stamp) == used && used > 0)
            inline_timestamp_read(&h->reading, context, &stamp, &h->start_ms, &end_ms);
    }
}

/* Leave a cite, time or title. */
static bool leave(struct cited *h, struct reader_context *context)
{
    switch (h->place) {
    case PLACE_TIME:
        take_time(h, context);
        break;
    case PLACE_TITLE:
        emit_field(context, FIELD_TITLE, buffer_string(&h->aside), h->aside.bytes);
        break;
    default:
        break;
    }
    h->place = h->outer;
    h->outer = PLACE_TEXT;
    return true;
}

static const char *attribute(const GumboNode *node, const char *name)
{
    const GumboAttribute *found = gumbo_get_attribute(&node->v.element.attributes, name);

    return found != NULL ? found->value : NULL;
}

static bool enter(struct cited *h, struct reader_context *context, const GumboNode *node,
                  enum place place, struct error *err)
{
    const char *moment = attribute(node, "datetime");
    bool ok = place != PLACE_CITE || flush(h, context, err);

    h->outer = h->place == PLACE_HIDDEN ? PLACE_HIDDEN : PLACE_TEXT;
    h->place = place;
    if (place == PLACE_CITE) {
        h->spoken = true;
        h->named_heading = h->in_heading;
        buffer_clear(&h->name);
        buffer_clear(&h->role);
    }
    buffer_clear(&h->aside);
    buffer_clear(&h->moment);
    if (moment != NULL)
        buffer_append_string(&h->moment, moment);
    return ok;
}

static enum place place_of(GumboTag tag)
{
    switch (tag) {
    case GUMBO_TAG_CITE:
        return PLACE_CITE;
    case GUMBO_TAG_TIME:
        return PLACE_TIME;
    case GUMBO_TAG_TITLE:
        return PLACE_TITLE;
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_BUTTON:
        return PLACE_HIDDEN;
    default:
        return PLACE_TEXT;
    }
}

static bool is_heading(GumboTag tag)
{
    return tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6;
}

static bool is_block(GumboTag tag)
{
    switch (tag) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_MAIN:
        return true;
    default:
        return is_heading(tag);
    }
}

/* A block-level element begins or ends. */
static bool pass_block(struct cited *h, struct reader_context *context, const GumboNode *node,
                       bool begins, struct error *err)
{
    GumboTag tag = node->v.element.tag;

    if (h->place != PLACE_TEXT && h->place != PLACE_HIDDEN)
        leave(h, context); /* it was not closed */
    if (!flush(h, context, err))
        return false;
    h->anchored = begins && attribute(node, "id") != NULL;
    if (is_heading(tag)) {
        h->in_heading = begins;
        h->named_heading = false;
    } else if (tag == GUMBO_TAG_HEADER) {
        h->in_header = begins;
    } else if (tag == GUMBO_TAG_SECTION) {
        buffer_clear(&h->name); /* a section that nobody says has no cite */
        buffer_clear(&h->role);
    }
    return true;
}

static bool pass_element(struct cited *h, struct reader_context *context, const GumboNode *node,
                         bool begins, struct error *err)
{
    enum place place = place_of(node->v.element.tag);

    if (place != PLACE_TEXT)
        return begins              ? enter(h, context, node, place, err)
               : h->place == place ? leave(h, context)
                                   : true;
    if (node->v.element.tag == GUMBO_TAG_HTML && begins && attribute(node, "lang") != NULL)
        emit_field(context, FIELD_LANGUAGE, attribute(node, "lang"),
                   strlen(attribute(node, "lang")));
    if (node->v.element.tag == GUMBO_TAG_BR) {
        if (begins)
            buffer_append_char(&h->text, '\n');
        return true;
    }
    return !is_block(node->v.element.tag) || pass_block(h, context, node, begins, err);
}

/* The line of a text node. */
static uint32_t line_of(const GumboText *text)
{
    const char *s = text->text;
    unsigned line = text->start_pos.line;

    for (; span_is_space(*s); s++)
        line += *s == '\n';
    return line;
}

static void take_text(struct cited *h, const GumboText *node)
{
    const char *s = node->text;

    if (h->place == PLACE_TEXT && emit_is_blank(buffer_string(&h->text), h->text.bytes))
        h->line = line_of(node);
    if (h->place != PLACE_HIDDEN)
        emit_words(h->place == PLACE_CITE   ? &h->name
                   : h->place == PLACE_TEXT ? &h->text
                                            : &h->aside,
                   s, strlen(s));
}

static bool pass_node(struct cited *h, struct reader_context *context, const GumboNode *node,
                      bool begins, struct error *err)
{
    switch (node->type) {
    case GUMBO_NODE_ELEMENT:
        return pass_element(h, context, node, begins, err);
    case GUMBO_NODE_TEXT:
    case GUMBO_NODE_CDATA:
    case GUMBO_NODE_WHITESPACE:
        if (begins)
            take_text(h, &node->v.text);
        return true;
    default:
        return true;
    }
}

static const GumboVector *children_of(const GumboNode *node)
{
    static const GumboVector none = {NULL, 0, 0};

    return node->type == GUMBO_NODE_ELEMENT ? &node->v.element.children : &none;
}

/* An open element, and the index of its next child. */
struct step {
    const GumboNode *node;
    unsigned next;
};

static bool walk(struct cited *h, struct reader_context *context, const GumboNode *root,
                 struct error *err)
{
    struct step *steps = NULL;
    size_t depth = 0;
    size_t capacity = 0;
    bool ok = pass_node(h, context, root, true, err);

    MEMORY_RESERVE(steps, capacity, 1);
    steps[depth++] = (struct step){root, 0};
    while (ok && depth > 0) {
        struct step *top = &steps[depth - 1];
        const GumboVector *children = children_of(top->node);

        if (top->next == children->length) {
            ok = pass_node(h, context, top->node, false, err);
            depth--;
        } else {
            const GumboNode *child = children->data[top->next++];

            ok = pass_node(h, context, child, true, err);
            MEMORY_RESERVE(steps, capacity, depth + 1);
            steps[depth++] = (struct step){child, 0};
        }
    }
    free(steps);
    return ok && flush(h, context, err);
}

bool html_cited_read(struct span page, struct reader_context *context, struct error *err)
{
    struct cited h = {.reading = CLOCK_READING_INIT, .start_ms = TIME_NONE};
    struct html_tree tree;
    bool ok;

    if (!html_tree_parse(&tree, page, input_file_bytes(context->input), err))
        return false;
    ok = walk(&h, context, tree.root, err);
    html_tree_release(&tree);
    release(&h);
    return ok;
}
