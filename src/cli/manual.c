/* The manual by topic. A page is text as formatted by mandoc: headings are at columns 0 and 3,
 * items and paragraphs at 5, the text of an item deeper. */
#include "shilu/cli/manual.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "shilu/base/embedded_file.h"
#include "shilu/base/memory.h"
#include "shilu/base/nearest.h"
#include "shilu/base/span.h"
#include "shilu/base/translate.h"
#include "shilu/cli/options.h"
#include "shilu/text/utf8.h"

enum { HEADING = 0, SUBHEADING = 3, ITEM = 5, BLANK = 1000 };

/* What users call a page. */
static const struct {
    const char *topic;
    const char *page;
} page_names[] = {
    {"shilu", "shilu.1"},
    {"config", "shilu.5"},
    {"configuration", "shilu.5"},
    {"formats", "shilu-formats.5"},
    {"shilu-formats", "shilu-formats.5"},
};

struct line {
    struct span raw; /* with its line feed */
    char *plain;     /* owned: trimmed */
    size_t indent;   /* in columns; BLANK for an empty line */
    bool is_item;    /* the following lines belong to it */
};

struct page {
    struct line *lines; /* owned */
    size_t count;
    size_t capacity;
};

/* ------------------------------------------------------------------- struck-over letters */

/* One letter of a line and how it is overstruck. Moves *s past it. */
static struct span take_letter(struct span *s, bool *bold, bool *underlined)
{
    struct span letter;
    uint32_t cp;

    *bold = *underlined = false;
    for (;;) {
        letter = span_of(s->data, utf8_decode(s->data, s->length, &cp));
        *s = span_skip(*s, letter.length);
        if (s->length == 0 || *s->data != '\b')
            return letter;
        *s = span_skip(*s, 1);
        if (span_is(letter, "_"))
            *underlined = true;
        else
            *bold = true;
    }
}

static char *plain_text(struct span s)
{
    struct buffer out = {0};
    bool bold, underlined;

    while (s.length > 0) {
        struct span letter = take_letter(&s, &bold, &underlined);

        buffer_append(&out, letter.data, letter.length);
    }
    return buffer_take(&out);
}

static void print_style(FILE *out, bool bold, bool underlined)
{
    fputs("\033[0m", out);
    if (bold)
        fputs("\033[1m", out);
    if (underlined)
        fputs("\033[4m", out);
}

void manual_print(FILE *out, const char *text, enum manual_style style)
{
    struct span rest = span_string(text);
    bool was_bold = false, was_underlined = false;

    while (rest.length > 0) {
        bool bold, underlined;
        struct span letter = take_letter(&rest, &bold, &underlined);

        if (style == MANUAL_ANSI && (bold != was_bold || underlined != was_underlined))
            print_style(out, bold, underlined);
        was_bold = bold;
        was_underlined = underlined;
        fwrite(letter.data, 1, letter.length, out);
    }
    if (style == MANUAL_ANSI && (was_bold || was_underlined))
        print_style(out, false, false);
}

/* ------------------------------------------------------------------------------- a page */

static struct line read_line(struct span raw)
{
    struct line line = {.raw = raw, .indent = BLANK};
    struct span words = span_trim_front(raw);

    line.plain = plain_text(span_trim_back(words));
    if (words.length > 0)
        line.indent = raw.length - words.length;
    return line;
}

/* An item opens with a bold word. Its text follows on the line, after a gap, or deeper below;
 * an item may have several heads. */
static bool is_head(const struct line *line)
{
    struct span words = span_trim_front(line->raw);

    return line->indent == ITEM && words.length > 1 && words.data[1] == '\b';
}

static bool is_row(const struct line *line)
{
    return strstr(line->plain, "  ") != NULL;
}

static void find_items(struct page *p)
{
    for (size_t i = 0; i + 1 < p->count; i++) {
        size_t next = i + 1;

        while (next + 1 < p->count && is_head(&p->lines[next]) && !is_row(&p->lines[next]))
            next++;
        p->lines[i].is_item = is_head(&p->lines[i]) &&
                              (is_row(&p->lines[i]) || (p->lines[next].indent != BLANK &&
                                                        p->lines[next].indent > ITEM));
    }
}

static struct page page_read(const char *text)
{
    struct page p = {0};
    struct span rest = span_string(text);

    while (rest.length > 0) {
        struct span from = rest;
        struct span line;

        span_next_line(&rest, &line);
        MEMORY_RESERVE(p.lines, p.capacity, p.count + 1);
        p.lines[p.count++] = read_line(span_of(from.data, from.length - rest.length));
    }
    find_items(&p);
    return p;
}

static void page_release(struct page *p)
{
    for (size_t i = 0; i < p->count; i++)
        free(p->lines[i].plain);
    free(p->lines);
    *p = (struct page){0};
}

/* Whether a line continues the item or section that line `first` opens. */
static bool belongs_to(const struct page *p, size_t i, size_t first)
{
    const struct line *line = &p->lines[i];

    if (line->indent > p->lines[first].indent)
        return true;
    return p->lines[first].is_item && !is_row(&p->lines[first]) && line->is_item &&
           !is_row(line) && p->lines[i - 1].is_item;
}

static void append_part(struct buffer *out, const struct page *p, size_t first)
{
    size_t end = first + 1;

    while (end < p->count && belongs_to(p, end, first))
        end++;
    while (p->lines[end - 1].indent == BLANK)
        end--;
    for (size_t i = first; i < end; i++)
        buffer_append(out, p->lines[i].raw.data, p->lines[i].raw.length);
}

static bool is_heading(const struct page *p, size_t i)
{
    /* The first and the last line name the page. */
    return i > 0 && i + 1 < p->count &&
           (p->lines[i].indent == HEADING || p->lines[i].indent == SUBHEADING);
}

/* Whether a head of an item is for this topic: "show [file ...]", "-s, --speaker who". An
 * option may be asked for without its dashes. */
static bool names_item(const char *head, const char *topic)
{
    size_t bytes = strlen(topic += strspn(topic, "-"));

    for (;;) {
        bool is_option = *head == '-';

        head += strspn(head, "-");
        if (strncasecmp(head, topic, bytes) == 0 && bytes > 0 &&
            (head[bytes] == '\0' || strchr(" ,", head[bytes]) != NULL))
            return true;
        head += strcspn(head, " ");
        head += strspn(head, " ");
        if (!is_option || *head != '-') /* only options are listed side by side */
            return false;
    }
}

/* ------------------------------------------------------------------------------- topics */

static const char *page_of_topic(const char *topic)
{
    for (size_t i = 0; i < sizeof page_names / sizeof *page_names; i++)
        if (strcasecmp(topic, page_names[i].topic) == 0)
            return page_names[i].page;
    return topic;
}

/* A page in the language of the messages if available, else in English. */
static const char *page_text(const char *name)
{
    const char *text = NULL;

    if (strcmp(translate_language(), "zh_TW") == 0)
        text = embedded_file_find(embedded_manual_zh_TW, name);
    return text != NULL ? text : embedded_file_find(embedded_manual, name);
}

/* "shilu.1" is displayed as "shilu(1)". */
static void append_source(struct buffer *out, const char *page, const char *section)
{
    const char *dot = strrchr(page, '.');

    buffer_append_format(out, "%s%.*s(%s), %s:\n", out->bytes > 0 ? "\n" : "",
                         (int)(dot - page), page, dot + 1, section);
}

static void append_matches(struct buffer *out, const struct embedded_file *file,
                           const char *text, const char *topic)
{
    struct page p = page_read(text);
    const char *section = "";

    for (size_t i = 0; i < p.count; i++) {
        const struct line *line = &p.lines[i];

        if (is_heading(&p, i)) {
            section = line->plain;
            if (strcasecmp(section, topic) != 0)
                continue;
        } else if (!line->is_item || !names_item(line->plain, topic)) {
            continue;
        }
        append_source(out, file->name, section);
        append_part(out, &p, i);
    }
    page_release(&p);
}

/* Commands, pages and headings that may have been meant. */
static bool refuse_topic(const char *topic, struct error *err)
{
    const struct command_row *commands;
    size_t count;
    const char *near;
    const char **names;
    size_t used = 0;

    commands = options_commands(&count);
    names = memory_zalloc(count + sizeof page_names / sizeof *page_names, sizeof *names);
    for (size_t i = 1; i < count; i++)
        names[used++] = commands[i].name;
    for (size_t i = 0; i < sizeof page_names / sizeof *page_names; i++)
        names[used++] = page_names[i].topic;
    near = nearest_name(topic, names, used);
    free(names);
    if (near != NULL)
        return error_set(err, ERROR_USAGE,
                         "the manual has nothing about '%s'; did you mean '%s'?", topic, near);
    return error_set(err, ERROR_USAGE,
                     "the manual has nothing about '%s'; 'shilu help' shows all of it", topic);
}

bool manual_append(struct buffer *out, const char *topic, struct error *err)
{
    size_t before = out->bytes;
    const char *page;

    page = page_text(page_of_topic(topic != NULL ? topic : "shilu"));
    if (page != NULL) {
        buffer_append_string(out, page);
        return true;
    }
    for (const struct embedded_file *file = embedded_manual; file->name != NULL; file++)
        append_matches(out, file, page_text(file->name), topic);
    /* A heading may be asked for by its English name. */
    for (const struct embedded_file *file = embedded_manual;
         file->name != NULL && out->bytes == before; file++)
        append_matches(out, file, embedded_file_find(embedded_manual, file->name), topic);
    return out->bytes > before || refuse_topic(topic, err);
}
