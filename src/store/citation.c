/* Citation: the templates and their one interpreter. */
#include "shilu/store/citation.h"

#include <string.h>

#include "shilu/base/span.h"
#include "shilu/formats/html_entity.h"

typedef void escape_function(struct buffer *out, const char *text);

static void escape_nothing(struct buffer *out, const char *text)
{
    buffer_append_string(out, text);
}

static void escape_html(struct buffer *out, const char *text)
{
    for (;;) {
        size_t line = strcspn(text, "\n");

        html_entity_encode(out, text, line);
        if (text[line] == '\0')
            return;
        buffer_append_string(out, "<br>\n");
        text += line + 1;
    }
}

/* A quoted block continues over line ends; what Markdown would interpret is escaped. */
static void escape_markdown(struct buffer *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '\n') {
            buffer_append_string(out, "\n> ");
            continue;
        }
        if (strchr("\\`*_[]<#", *text) != NULL)
            buffer_append_char(out, '\\');
        buffer_append_char(out, *text);
    }
}

static void escape_bibtex(struct buffer *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (strchr("{}\\%&#$_", *text) != NULL)
            buffer_append_char(out, '\\');
        buffer_append_char(out, *text == '\n' ? ' ' : *text);
    }
}

static const struct style {
    const char *name;
    escape_function *escape;
    const char *template;
} styles[] = {
    {"plain", escape_nothing,
     "{quote}\\n-- [{speakers}, ][{date}, ][{time}[-{end}], ][{title}, ][{source}, ][{url}, ]"
     "{file}\\n"},
    {"markdown", escape_markdown,
     "> {quote}\\n>\\n> — [{speakers}, ][{date}, ][{time}[-{end}], ][*{title}*, ][{source}, ]"
     "[{url}, ]{file}\\n"},
    {"html", escape_html,
     "<blockquote[ cite=\"{url}\"]>\\n<p>{quote}</p>\\n<footer>[{speakers}, ]"
     "[<time>{date}</time>, ][{time}[-{end}], ][<cite>{title}</cite>, ][{source}, ]"
     "{file}</footer>\\n</blockquote>\\n"},
    {"bibtex", escape_bibtex,
     "@misc\\{{key},\\n[  author = \\{\\{{speakers}\\}\\},\\n][  title = \\{{title}\\},\\n]"
     "[  date = \\{{date}\\},\\n][  howpublished = \\{{source}\\},\\n][  url = \\{{url}\\},\\n]"
     "[  pages = \\{{time}\\},\\n]  note = \\{{quote}\\}\\n\\}\\n"},
};

enum { STYLE_COUNT = sizeof styles / sizeof *styles };

const char *const citation_styles[] = {"plain", "markdown", "html", "bibtex", NULL};

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL ? slash + 1 : path;
}

/* A BibTeX key of ASCII letters, digits and hyphens: the file's name without its extension,
 * then date and time, or else the segment. */
static void append_key(struct buffer *out, const struct quote *q)
{
    const char *file = base_name(buffer_string(&q->path));
    const char *ending = strrchr(file, '.');
    const char *stop = ending != NULL && ending > file ? ending : file + strlen(file);
    struct span parts[] = {span_of(file, (size_t)(stop - file)),
                           span_string(buffer_string(&q->date)),
                           span_string(buffer_string(&q->time))};

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        bool apart = out->bytes > 0;

        for (size_t at = 0; at < parts[i].length; at++) {
            char c = parts[i].data[at];
            bool is_digit = c >= '0' && c <= '9';

            if (!is_digit && ((c | 0x20) < 'a' || (c | 0x20) > 'z')) {
                apart = apart || (i == 0 && out->bytes > 0); /* dates and clock readings stay
                                                              * whole */
                continue;
            }
            if (apart)
                buffer_append_char(out, '-');
            apart = false;
            buffer_append_char(out, c);
        }
    }
    if (q->time.bytes == 0)
        buffer_append_format(out, "%s%u", out->bytes > 0 ? "-s" : "shilu-s", q->segment + 1);
}

/* What the fields of a template are taken from. */
struct cited {
    const struct quote *quote;
    const char *key;
};

/* The value of a field by its name; NULL if there is no such field. */
static const char *field_of(const struct cited *cited, const char *name, size_t bytes)
{
    const struct quote *q = cited->quote;
    const struct {
        const char *name;
        const char *value;
    } fields[] = {
        {"quote", buffer_string(&q->words)},
        {"speakers", buffer_string(&q->speakers)},
        {"date", buffer_string(&q->date)},
        {"time", buffer_string(&q->time)},
        {"end", buffer_string(&q->end)},
        {"title", buffer_string(&q->title)},
        {"source", buffer_string(&q->source)},
        {"url", buffer_string(&q->url)},
        {"path", buffer_string(&q->path)},
        {"file", base_name(buffer_string(&q->path))},
        {"key", cited->key},
    };

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (strlen(fields[i].name) == bytes && memcmp(fields[i].name, name, bytes) == 0)
            return fields[i].value;
    return NULL;
}

/* The bracket that closes the one before `c`; NULL if it is not closed. */
static const char *closing_bracket(const char *c, const char *end)
{
    for (int depth = 1; c < end; c++) {
        if (*c == '\\' && c + 1 < end)
            c++;
        else if (*c == '[')
            depth++;
        else if (*c == ']' && --depth == 0)
            return c;
    }
    return NULL;
}

/* Expand up to `end`; false if a field outside inner brackets is unknown. */
static bool expand(const char *template, const char *end, const struct cited *cited,
                   escape_function *escape, struct buffer *out)
{
    bool whole = true;

    for (const char *c = template; c < end; c++) {
        const char *close;

        if (*c == '\\' && c + 1 < end) {
            c++;
            buffer_append_char(out, *c == 'n' ? '\n' : *c);
        } else if (*c == '[' && (close = closing_bracket(c + 1, end)) != NULL) {
            size_t before = out->bytes;

            if (!expand(c + 1, close, cited, escape, out)) {
                out->bytes = before;
                out->data[before] = '\0';
            }
            c = close;
        } else if (*c == '{' && (close = memchr(c, '}', (size_t)(end - c))) != NULL) {
            const char *value = field_of(cited, c + 1, (size_t)(close - c) - 1);

            whole = whole && value != NULL && *value != '\0';
            escape(out, value != NULL ? value : "");
            c = close;
        } else {
            buffer_append_char(out, *c);
        }
    }
    return whole;
}

static const struct style *style_of(const char *name)
{
    for (size_t i = 0; i < STYLE_COUNT; i++)
        if (strcmp(styles[i].name, name) == 0)
            return &styles[i];
    return NULL;
}

bool citation_check(const char *style, struct error *err)
{
    const struct quote none = {.segment = 0};
    const struct cited nothing = {&none, ""};

    if (style_of(style) != NULL)
        return true;
    if (strchr(style, '{') == NULL)
        return error_set(err, ERROR_USAGE,
                         "'%.40s' is neither plain, markdown, html, bibtex nor a template with "
                         "{quote}",
                         style);
    for (const char *c = style; (c = strchr(c, '{')) != NULL; c++) {
        size_t bytes = strcspn(c + 1, "}");

        if ((c == style || c[-1] != '\\') && field_of(&nothing, c + 1, bytes) == NULL)
            return error_set(err, ERROR_USAGE, "a citation has no field {%.*s}",
                             (int)(bytes < 40 ? bytes : 40), c + 1);
    }
    return true;
}

void citation_format(const char *style, const struct quote *q, struct buffer *out)
{
    const struct style *named = style_of(style != NULL ? style : "plain");
    const char *template = named != NULL ? named->template : style;
    struct buffer key = {0};
    struct cited cited = {.quote = q};

    append_key(&key, q);
    cited.key = buffer_string(&key);
    buffer_append_string(out, "");
    expand(template, template + strlen(template), &cited,
           named != NULL ? named->escape : escape_nothing, out);
    buffer_release(&key);
}
