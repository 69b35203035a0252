/* HTML tokens: tags and text from HTML as it occurs, not as it should be. For formats that
 * imitate HTML (SAMI, podcast transcripts); XML goes through formats/xml_stream. */
#ifndef SHILU_FORMATS_XML_HTML_TOKEN_H
#define SHILU_FORMATS_XML_HTML_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

enum html_kind {
    HTML_TEXT,
    HTML_TAG,
    HTML_SKIP, /* a comment or a declaration */
    HTML_MORE  /* the text ends inside a tag, comment or reference */
};

enum { HTML_NAME_BYTES = 16 };

struct html_token {
    enum html_kind kind;
    const char *s; /* text, or the part between a tag's name and its '>' */
    size_t bytes;
    char name[HTML_NAME_BYTES]; /* of a tag: in lower case, truncated */
    bool closing;
};

/* Knowledge about the text ahead. Zero-initialised for the start of a text. */
struct html_lexer {
    size_t free_bytes; /* no comment ends within so many bytes */
};

/* The token at the start of `s` (bytes > 0), which begins where the last one ended; `ended`:
 * nothing will follow. Returns its length, 0 only for HTML_MORE. */
size_t html_token_take(struct html_lexer *lexer, const char *s, size_t bytes, bool ended,
                       struct html_token *token);

/* The value of an attribute of a tag, without quotes and not decoded; or NULL. */
const char *html_token_attribute(const struct html_token *token, const char *name,
                                 size_t *bytes);

#endif
