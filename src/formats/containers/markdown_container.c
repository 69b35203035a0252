/* Markdown as blocks.
 *
 * Invariant: `text`, `bold`, `ranges` and `cells` belong to the block given last; `before` says
 * what a line directly below it would continue. */
#include "formats/containers/markdown_container.h"

#include <stdlib.h>
#include <string.h>

#include "formats/common/markdown_text.h"
#include "formats/common/yaml_front.h"
#include "formats/containers/text_container.h"
#include "shilu/base/bytes.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"

enum { HEADING_LEVELS = 6, NUMBER_DIGITS_MAX = 3, BOLD_LINES_MIN = 2, LEFT_KINDS_MAX = 2 };

enum before { BEFORE_NOTHING, BEFORE_PARAGRAPH, BEFORE_QUOTATION };

struct markdown_source {
    bool begun;
    struct yaml_front front;
    size_t front_bytes; /* not consumed yet */
    bool in_code;
    bool in_comment;
    bool gap;
    bool rule; /* since the previous block */
    enum before before;
    uint64_t number;
    struct buffer text;
    struct markdown_bold bold;
    struct block_range *ranges; /* owned */
    size_t range_capacity;
    struct block_cell *cells; /* owned */
    size_t cell_count;
    size_t cell_capacity;
    struct buffer line; /* without the comments in it */
    struct block_left_out left[LEFT_KINDS_MAX];
    size_t left_count;
};

static void *markdown_open(void)
{
    struct markdown_source *m = memory_zalloc(1, sizeof *m);

    m->gap = true;
    return m;
}

static void markdown_close(void *self)
{
    struct markdown_source *m = self;

    yaml_front_release(&m->front);
    buffer_release(&m->line);
    buffer_release(&m->text);
    markdown_bold_release(&m->bold);
    free(m->ranges);
    free(m->cells);
    free(m);
}

/* ------------------------------------------------------------------ what a line is */

/* Heading level 1 to 6, and *line becomes its words; 0 for any other line. */
static unsigned take_heading(struct span *line)
{
    unsigned level = 0;
    struct span words;

    while (level < line->length && line->data[level] == '#')
        level++;
    if (level == 0 || level > HEADING_LEVELS ||
        (level < line->length && !span_is_space(line->data[level])))
        return 0;
    words = span_trim(span_skip(*line, level));
    while (words.length > 0 && words.data[words.length - 1] == '#')
        words.length--;
    /* In "C#" the '#' is part of the heading. */
    if (words.length > 0 && span_is_space(words.data[words.length - 1]))
        *line = span_trim(words);
    else
        *line = words.length == 0 ? words : span_trim(span_skip(*line, level));
    return level;
}

/* Length of "- ", "* ", "+ ", "1. ", "2) "; 0 for none. */
static size_t item_mark_bytes(struct span line)
{
    size_t at = 0;

    if (line.length > 1 && memchr("-*+", *line.data, 3) != NULL)
        return span_is_space(line.data[1]) ? 2 : 0;
    while (at < line.length && line.data[at] >= '0' && line.data[at] <= '9')
        at++;
    return at > 0 && at <= NUMBER_DIGITS_MAX && at + 1 < line.length &&
                   (line.data[at] == '.' || line.data[at] == ')') &&
                   span_is_space(line.data[at + 1])
               ? at + 2
               : 0;
}

static bool is_fence(struct span line)
{
    return span_starts_with(line, "```") || span_starts_with(line, "~~~");
}

static bool is_rule(struct span line)
{
    size_t i, signs = 0;

    for (i = 0; i < line.length; i++) {
        if (line.data[i] != *line.data && line.data[i] != ' ')
            return false;
        signs += line.data[i] == *line.data;
    }
    return signs >= 3 && memchr("-*_=", *line.data, 4) != NULL;
}

/* A line that ends in a hard break: the next one is not joined to it. */
static bool take_hard_break(struct span *line)
{
    bool broken = span_ends_with(*line, "\\") && !span_ends_with(*line, "\\\\");

    if (broken)
        line->length--;
    return broken || span_ends_with(*line, "  ");
}

/* Count words as left out; `begins` unless they continue what is left out. */
static void leave_out(struct markdown_source *m, const char *reason, struct span words,
                      bool begins)
{
    struct block_left_out *left = m->left;

    while (left < m->left + m->left_count && strcmp(left->reason, reason) != 0)
        left++;
    if (left == m->left + m->left_count) {
        *left = (struct block_left_out){.reason = reason, .line = m->number};
        m->left_count++;
    }
    left->occurrences += begins;
    left->characters += bytes_count_visible(words.data, words.length);
}

static void leave_out_comment(struct markdown_source *m, struct span words, bool begins)
{
    leave_out(m, N_("comments"), words, begins);
}

/* Skip a comment at the start of a line, or the rest of an open one. *line becomes what follows
 * it; false if nothing does. */
static bool skip_comment(struct markdown_source *m, struct span *line)
{
    while (m->in_comment || span_starts_with(*line, "<!--")) {
        const char *end = memmem(line->data, line->length, "-->", 3);
        size_t bytes = end != NULL ? (size_t)(end - line->data) + 3 : line->length;

        leave_out_comment(m, span_of(line->data, bytes), !m->in_comment);
        m->in_comment = end == NULL;
        *line = span_trim(span_skip(*line, bytes));
        if (line->length == 0)
            return false;
    }
    return true;
}

/* ------------------------------------------------------------------ blocks */

/* The trimmed words without their markup, and the ranges that are bold. */
static void strip(struct markdown_source *m, struct span words, size_t from)
{
    markdown_text_strip(&m->text, words.data, words.length, &m->bold);
    while (m->text.bytes > from && span_is_space(m->text.data[m->text.bytes - 1]))
        m->text.bytes--;
}

/* "*Ann Lee asked the questions.*": emphasis from the first character to the last. */
static bool is_all_emphasis(struct span line)
{
    char mark;
    size_t i;

    line = span_trim(line);
    if (line.length < 3 || (*line.data != '*' && *line.data != '_'))
        return false;
    mark = *line.data;
    for (i = 1; i + 1 < line.length; i++)
        if (line.data[i] == mark)
            return false;
    return line.data[line.length - 1] == mark && line.data[1] != ' ';
}

static void set_ranges(struct markdown_source *m, struct block *b, struct span line)
{
    size_t i;

    MEMORY_RESERVE(m->ranges, m->range_capacity, m->bold.count + 1);
    b->ranges = m->ranges;
    if (b->kind == BLOCK_PARAGRAPH && m->bold.count == 0 && is_all_emphasis(line))
        m->ranges[b->range_count++] = (struct block_range){0, (uint32_t)m->text.bytes,
                                                           BLOCK_ITALIC};
    for (i = 0; i < m->bold.count; i++) {
        size_t end = m->bold.ranges[i].end < m->text.bytes ? m->bold.ranges[i].end
                                                           : m->text.bytes;

        if (m->bold.ranges[i].start < end)
            m->ranges[b->range_count++] = (struct block_range){
                (uint32_t)m->bold.ranges[i].start, (uint32_t)end, BLOCK_BOLD};
    }
}

static bool is_column_rule(struct span cell)
{
    size_t i;

    for (i = 0; i < cell.length; i++)
        if (cell.data[i] != '-' && cell.data[i] != ':')
            return false;
    return cell.length > 0;
}

/* "| a | b |": the cells, separated by tabs. False for the rule below a table's header. */
static bool read_row(struct markdown_source *m, struct span line, struct block *b)
{
    size_t rules = 0;

    m->cell_count = 0;
    span_take(&line, "|");
    while (line.length > 0) {
        size_t at = 0;
        size_t start;
        struct span cell;

        while (at < line.length && line.data[at] != '|')
            at += line.data[at] == '\\' && at + 1 < line.length ? 2 : 1;
        cell = span_trim(span_of(line.data, at));
        line = span_skip(line, at + 1);
        if (m->cell_count > 0)
            buffer_append_char(&m->text, '\t');
        start = m->text.bytes;
        strip(m, cell, start);
        m->bold.open = false;
        rules += is_column_rule(cell);
        MEMORY_RESERVE(m->cells, m->cell_capacity, m->cell_count + 1);
        m->cells[m->cell_count++] = (struct block_cell){(uint32_t)start,
                                                        (uint32_t)m->text.bytes};
    }
    b->kind = BLOCK_TABLE_ROW;
    b->cells = m->cells;
    b->cell_count = m->cell_count;
    b->blank_before = true;
    return rules < m->cell_count;
}

static bool is_row(struct span line)
{
    return line.length > 2 && *line.data == '|' && line.data[line.length - 1] == '|';
}

/* A line with words outside code. False if it gives no block. */
static bool read_line(struct markdown_source *m, struct span line, struct block *b)
{
    enum before before = m->before;
    struct span words = line;
    uint32_t indent = text_take_indent(&words);
    bool was_bold = m->bold.open;
    bool broken, quoted = false;
    size_t mark;

    m->before = BEFORE_NOTHING;
    m->bold.open = false;
    b->indent_columns = indent;
    if (is_rule(words)) {
        m->gap = m->rule = true;
        return false;
    }
    b->level = take_heading(&words);
    if (b->level > 0) {
        b->kind = BLOCK_HEADING;
        b->blank_before = true;
        strip(m, words, 0);
        m->gap = true;
        return m->text.bytes > 0;
    }
    if (is_row(words))
        return read_row(m, words, b);
    while (span_take(&words, ">")) {
        quoted = true;
        words = span_trim_front(words);
        b->kind = BLOCK_QUOTATION;
    }
    if (words.length == 0) {
        m->gap = true;
        return false;
    }
    /* Trailing white space is significant: look before the words are trimmed. */
    broken = span_ends_with(line, "  ") || take_hard_break(&words);
    mark = item_mark_bytes(words);
    if (mark > 0 && !quoted) {
        b->kind = BLOCK_LIST_ITEM;
        b->level = 1 + indent / 2;
    }
    buffer_append(&m->text, words.data, mark);
    b->joins = mark == 0 && !m->gap && before == (quoted ? BEFORE_QUOTATION : BEFORE_PARAGRAPH);
    m->bold.open = was_bold && b->joins;
    strip(m, span_skip(words, mark), 0);
    if (!broken)
        m->before = quoted ? BEFORE_QUOTATION : BEFORE_PARAGRAPH;
    return m->text.bytes > 0;
}

/* Length of a tag at the start of a text, if it is an HTML element for parts of a page; 0 for
 * none. Anything else in angle brackets may be a name. */
static size_t tag_bytes(struct span text)
{
    static const char *const names[] = {
        "details", "summary", "div",  "p",     "br",    "center",  "section", "figure",
        "hr",      "font",    "span", "table", "tr",    "td",      "th",      "tbody",
        "thead",   "ul",      "ol",   "li",    "small", "article", "aside",   "picture"};
    size_t at = span_starts_with(text, "</") ? 2 : 1;
    size_t end = span_find(text, '>');
    size_t i;

    if (text.length < 3 || *text.data != '<' || end == text.length)
        return 0;
    for (i = 0; i < sizeof names / sizeof *names; i++) {
        struct span rest = span_skip(text, at);
        size_t bytes = strlen(names[i]);

        if (span_starts_with(rest, names[i]) &&
            (rest.data[bytes] == '>' || rest.data[bytes] == ' ' || rest.data[bytes] == '/'))
            return end + 1;
    }
    return 0;
}

/* The words between tags at both ends of a line of HTML. */
static struct span without_tags(struct span words)
{
    size_t bytes;

    while ((bytes = tag_bytes(words)) > 0)
        words = span_trim(span_skip(words, bytes));
    while (words.length > 0 && words.data[words.length - 1] == '>') {
        const char *last = memrchr(words.data, '<', words.length);
        size_t open = last != NULL ? (size_t)(last - words.data) : words.length;

        if (last == NULL || tag_bytes(span_skip(words, open)) != words.length - open)
            break;
        words = span_trim(span_of(words.data, open));
    }
    return words;
}

/* "[docs]: https://example.org/docs", the address that a link elsewhere goes to. */
static bool is_link_target(struct span words)
{
    size_t close = *words.data == '[' ? span_find(words, ']') : words.length;
    struct span rest;

    if (close + 2 >= words.length || close < 2 || words.data[close + 1] != ':')
        return false;
    rest = span_trim(span_skip(words, close + 2));
    return rest.length > 0 &&
           (*rest.data == '/' || *rest.data == '#' || *rest.data == '<' ||
            span_starts_with(rest, "{{") || span_starts_with(rest, "data:") ||
            span_starts_with(rest, "mailto:") ||
            memmem(rest.data, span_find(rest, ' '), "://", 3) != NULL);
}

/* An instruction, on a line of its own, to the program that makes a page of the file: {%
 * include … %},
 * {{< player >}}, {:toc}. */
static bool is_directive(struct span words)
{
    return (span_starts_with(words, "{%") && span_ends_with(words, "%}")) ||
           (span_starts_with(words, "{{") && span_ends_with(words, "}}")) ||
           (span_starts_with(words, "{:") && span_ends_with(words, "}"));
}

/* The line without the comments within it, in m->line. */
static struct span without_comments(struct markdown_source *m, struct span line)
{
    const char *open;

    buffer_clear(&m->line);
    while ((open = memmem(line.data, line.length, "<!--", 4)) != NULL) {
        size_t before = (size_t)(open - line.data);
        struct span rest = span_skip(line, before);
        const char *end = memmem(rest.data, rest.length, "-->", 3);
        size_t bytes = end != NULL ? (size_t)(end - rest.data) + 3 : rest.length;

        buffer_append(&m->line, line.data, before);
        leave_out_comment(m, span_of(rest.data, bytes), true);
        m->in_comment = end == NULL;
        line = span_skip(rest, bytes);
    }
    buffer_append(&m->line, line.data, line.length);
    return span_of(buffer_string(&m->line), m->line.bytes);
}

/* What a page does not show: false if nothing of the line is left. */
static bool leave_out_unshown(struct markdown_source *m, struct span *line)
{
    struct span words = span_trim(*line);

    if (words.length == 0)
        return true;
    if (*words.data != '<' && span_contains(words, "<!--")) {
        *line = without_comments(m, *line);
        return span_trim(*line).length > 0;
    }
    if ((*words.data != '[' && *words.data != '{') ||
        !(is_link_target(words) || is_directive(words)))
        return true;
    leave_out(m, N_("markup that is not shown"), words, true);
    return false;
}

/* Take a line; true if it is a block. */
static bool take_line(struct markdown_source *m, struct span line, struct block *b)
{
    struct span words;

    m->number++;
    if (!m->in_code && !m->in_comment && !leave_out_unshown(m, &line))
        return false;
    words = span_trim(line);
    if (!m->in_code && words.length > 0 && (m->in_comment || *words.data == '<')) {
        if (!skip_comment(m, &words))
            return false;
        if (tag_bytes(words) > 0) {
            bool control = span_starts_with(words, "<summary>");

            words = without_tags(words);
            if (control) /* a control that opens the rest of a page */
                leave_out_comment(m, words, false);
            if (control || words.length == 0)
                return false;
        }
        line = words;
    }
    if (is_fence(words)) {
        m->in_code = !m->in_code;
        m->gap = true;
        m->before = BEFORE_NOTHING;
        return false;
    }
    if (words.length == 0) {
        m->gap = true;
        m->before = BEFORE_NOTHING;
        return false;
    }
    buffer_clear(&m->text);
    m->bold.count = 0;
    *b = (struct block){
        .kind = BLOCK_PARAGRAPH, .blank_before = m->gap, .style = "", .line = m->number};
    if (m->in_code) {
        b->kind = BLOCK_PREFORMATTED;
        buffer_append(&m->text, words.data, words.length);
    } else if (!read_line(m, line, b)) {
        return false;
    }
    if (b->kind != BLOCK_HEADING)
        m->gap = b->kind == BLOCK_TABLE_ROW;
    b->rule_before = m->rule;
    m->rule = false;
    set_ranges(m, b, line);
    b->text = span_of(m->text.data, m->text.bytes);
    return true;
}

/* ------------------------------------------------------------------ reading */

/* Read front matter at the start of what has arrived. */
static void read_front(struct markdown_source *m, struct span text)
{
    struct span front = span_of(text.data, yaml_front_bytes(text));
    struct span line;

    m->begun = true;
    m->front_bytes = front.length;
    while (span_next_line(&front, &line)) {
        m->number++;
        yaml_front_add(&m->front, line);
    }
}

static enum block_status markdown_next(void *self, struct reader_context *context,
                                       struct block *block, struct error *err)
{
    struct markdown_source *m = self;
    const char *line;
    size_t bytes, next;

    (void)err;
    if (!m->begun) {
        const char *window = input_window(context->input, &bytes);

        if (bytes == 0 && !input_ended(context->input))
            return BLOCK_MORE;
        read_front(m, span_of(window, bytes));
        input_consume(context->input, m->front_bytes);
    }
    for (;;) {
        bool given;

        if (!input_line(context->input, 0, &line, &bytes, &next))
            return input_ended(context->input) ? BLOCK_END : BLOCK_MORE;
        given = take_line(m, span_of(line, bytes), block);
        input_consume_line(context->input, bytes, next);
        if (given)
            return BLOCK_READY;
    }
}

size_t markdown_container_take(void *container, struct span head, size_t bytes,
                               markdown_visitor *visitor, void *self)
{
    struct markdown_source *m = container;
    struct span line, text;
    struct block block;

    read_front(m, head);
    if (bytes < m->front_bytes)
        bytes = m->front_bytes;
    text = span_skip(span_of(head.data, bytes), m->front_bytes);
    while (span_next_line(&text, &line))
        if (take_line(m, line, &block))
            visitor(self, &block);
    return bytes;
}

static const struct block_left_out *markdown_left_out(const void *self, size_t *count)
{
    const struct markdown_source *m = self;

    *count = m->left_count;
    return m->left;
}

static const char *markdown_field(const void *self, enum transcript_field field)
{
    const struct markdown_source *m = self;

    return yaml_front_field(&m->front, field);
}

static bool markdown_fact(const void *self, size_t index, const char **name, const char **value)
{
    const struct markdown_source *m = self;

    if (index >= m->front.count)
        return false;
    *name = m->front.entries[index].key;
    *value = m->front.entries[index].value;
    if (yaml_front_is_field(*name) || **value == '\0')
        *name = NULL;
    return true;
}

/* |---|:--:|: the line below a table's header. */
static bool is_delimiter_row(struct span words)
{
    size_t dashes = 0, bars = 0;
    size_t i;

    for (i = 0; i < words.length; i++) {
        dashes += words.data[i] == '-';
        bars += words.data[i] == '|';
        if (words.data[i] != ':' && words.data[i] != ' ' && words.data[i] != '-' &&
            words.data[i] != '|')
            return false;
    }
    return dashes >= 3 && bars >= 2;
}

bool markdown_container_detect(struct span head)
{
    size_t front = yaml_front_bytes(head);
    size_t headings = 0, bold = 0, italic = 0, lines = 0;
    bool gap = true, bar = false, table = false;
    struct span line;

    head = span_skip(head, front);
    while (span_next_line(&head, &line)) {
        struct span words = span_trim(line);

        if (words.length == 0) {
            gap = true;
            continue;
        }
        lines++;
        italic += gap && is_all_emphasis(words);
        table |= bar && is_delimiter_row(words);
        bar = *words.data == '|';
        headings += gap && take_heading(&words) > 0;
        words = span_skip(words, item_mark_bytes(words));
        if (words.length > 0 && (*words.data == '[' || *words.data == '(')) {
            size_t close = span_find(words, *words.data == '[' ? ']' : ')');

            words = span_trim(span_skip(words, close + 1)); /* a time in front of the name */
        }
        bold += words.length > 2 && !span_is_space(words.data[2]) &&
                (span_starts_with(words, "**") || span_starts_with(words, "__")) &&
                !span_starts_with(words, "*** "); /* a line of an IRC program */
        gap = false;
    }
    return front > 0 || headings > 0 || table || bold >= BOLD_LINES_MIN ||
           italic >= BOLD_LINES_MIN || (bold > 0 && lines <= BOLD_LINES_MIN);
}

/* The first line between the fences is "key: value". */
static bool has_front_matter(struct span head)
{
    struct span line = {0};
    size_t colon;

    if (yaml_front_bytes(head) == 0)
        return false;
    span_next_line(&head, &line); /* the fence */
    span_next_line(&head, &line);
    colon = span_find(line, ':');
    return colon > 0 && colon < line.length && memchr(line.data, ' ', colon) == NULL;
}

bool markdown_container_is_certain(struct span head)
{
    bool gap = true, headings = false, others = false;
    struct span line;

    if (has_front_matter(head))
        return true;
    while (span_next_line(&head, &line) && !(headings && others)) {
        struct span words = span_trim(line);

        headings |= gap && take_heading(&words) > 0;
        words = span_skip(words, item_mark_bytes(words));
        others |= is_fence(words) || span_starts_with(words, "**") ||
                  (*words.data == '[' && span_contains(words, "](")) ||
                  span_contains(words, "](http");
        gap = words.length == 0;
    }
    return headings && others;
}

const struct container_ops markdown_container = {
    .title = "Markdown",
    .open = markdown_open,
    .next = markdown_next,
    .close = markdown_close,
    .left_out = markdown_left_out,
    .field = markdown_field,
    .fact = markdown_fact,
    .states_title = true,
    .streams = true,
};
