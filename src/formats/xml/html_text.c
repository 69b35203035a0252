/* The words of an HTML fragment. */
#include "formats/xml/html_text.h"

#include <string.h>

#include "formats/common/emit.h"
#include "formats/xml/html_token.h"
#include "shilu/formats/html_entity.h"

static bool starts_line(const struct html_token *tag)
{
    static const char *const names[] = {"p",  "br", "li", "div", "blockquote",
                                        "h1", "h2", "h3", NULL};

    return span_is_any(span_string(tag->name), names);
}

static bool is_hidden(const struct html_token *tag)
{
    return strcmp(tag->name, "script") == 0 || strcmp(tag->name, "style") == 0;
}

void html_text_append(struct buffer *out, struct span span)
{
    const char *html = span.data;
    size_t left = span.length;
    struct html_lexer lexer = {0};
    struct html_token token;
    struct buffer words = {0};
    bool hidden = false;

    while (left > 0) {
        size_t taken = html_token_take(&lexer, html, left, true, &token);

        if (token.kind == HTML_MORE || taken == 0)
            break;
        if (token.kind == HTML_TEXT && !hidden) {
            buffer_clear(&words);
            html_entity_decode(&words, token.s, token.bytes);
            emit_words(out, buffer_string(&words), words.bytes);
        } else if (token.kind == HTML_TAG && is_hidden(&token)) {
            hidden = !token.closing;
        } else if (token.kind == HTML_TAG && starts_line(&token)) {
            emit_break(out);
        }
        html += taken;
        left -= taken;
    }
    buffer_release(&words);
}
