/* A lenient lexer: whatever cannot be a tag is text. No token needs a window larger than
 * TAG_BYTES_MAX (a comment: COMMENT_BYTES_MAX), beyond which a '<' is text. */
#include "formats/xml/html_token.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "shilu/formats/html_entity.h"

enum { TAG_BYTES_MAX = 1 << 16, COMMENT_BYTES_MAX = 1 << 24 };

static size_t as_text(struct html_token *t, const char *s, size_t bytes)
{
    t->kind = HTML_TEXT;
    t->s = s;
    t->bytes = bytes;
    return bytes;
}

/* Text up to the next '<'; a reference cut by the window is left for later. */
static size_t take_text(const char *s, size_t bytes, bool ended, struct html_token *t)
{
    const char *stop = memchr(s, '<', bytes);
    size_t count = stop != NULL ? (size_t)(stop - s) : bytes;
    size_t i;

    if (stop == NULL && !ended) {
        for (i = 1; i <= HTML_ENTITY_BYTES_MAX && i <= count; i++)
            if (s[count - i] == '&') {
                count -= i;
                break;
            }
        if (count == 0) {
            t->kind = HTML_MORE;
            return 0;
        }
    }
    return as_text(t, s, count);
}

/* Where a tag ends: a '>' outside quotes or, if a quote is never closed, any '>'. */
static size_t find_tag_end(const char *s, size_t bytes, bool all)
{
    const char *any;
    char quote = 0;
    size_t i;

    for (i = 1; i < bytes; i++) {
        if (quote == 0 && s[i] == '>')
            return i;
        if (quote == 0 && (s[i] == '"' || s[i] == '\'') && s[i - 1] == '=')
            quote = s[i];
        else if (s[i] == quote)
            quote = 0;
    }
    any = quote != 0 && all ? memchr(s, '>', bytes) : NULL;
    return any != NULL ? (size_t)(any - s) : 0;
}

/* A '<' without a '>' nearby is text. That applies to every '<' in the rest of the text, or in
 * the first half of what was examined, so one search serves many. */
static size_t unopened(struct html_token *t, const char *s, size_t looked_at, bool ended)
{
    return as_text(t, s, ended ? looked_at : looked_at / 2);
}

static size_t more(struct html_token *t)
{
    t->kind = HTML_MORE;
    return 0;
}

/* The end of the comment that starts at `s`; 0 if it is not there. Each byte is examined once,
 * however many comments start before it. */
static size_t find_comment_end(struct html_lexer *lexer, const char *s, size_t bytes)
{
    size_t from = lexer->free_bytes > 6 ? lexer->free_bytes - 2 : 4;
    const char *end = from < bytes ? memmem(s + from, bytes - from, "-->", 3) : NULL;

    if (end != NULL)
        return (size_t)(end - s) + 3;
    if (bytes > lexer->free_bytes)
        lexer->free_bytes = bytes;
    return 0;
}

/* A comment or a declaration; an unterminated comment is treated as a declaration. */
static size_t take_skipped(struct html_lexer *lexer, const char *s, size_t bytes, bool ended,
                           struct html_token *t)
{
    size_t most = bytes < COMMENT_BYTES_MAX ? bytes : COMMENT_BYTES_MAX;
    bool all = ended && most == bytes;
    const char *stop;
    size_t end = 0;

    t->kind = HTML_SKIP;
    if (bytes >= 4 && memcmp(s, "<!--", 4) == 0) {
        end = find_comment_end(lexer, s, most);
        if (end > 0)
            return end;
        if (most < COMMENT_BYTES_MAX && !ended)
            return more(t);
    }
    stop = memchr(s, '>', most);
    if (stop != NULL)
        return (size_t)(stop - s) + 1;
    return most < COMMENT_BYTES_MAX && !ended ? more(t) : unopened(t, s, most, all);
}

static size_t take_tag(const char *s, size_t bytes, bool ended, struct html_token *t)
{
    size_t most = bytes < TAG_BYTES_MAX ? bytes : TAG_BYTES_MAX;
    size_t end = find_tag_end(s, most, ended || most == TAG_BYTES_MAX);
    size_t at = 1;
    size_t name = 0;

    if (end == 0)
        return most < TAG_BYTES_MAX && !ended ? more(t)
                                              : unopened(t, s, most, ended && most == bytes);
    t->kind = HTML_TAG;
    t->closing = s[at] == '/';
    at += t->closing;
    for (; at < end && (isalnum((unsigned char)s[at]) || s[at] == ':'); at++)
        if (name + 1 < sizeof t->name)
            t->name[name++] = (char)tolower((unsigned char)s[at]);
    t->s = s + at;
    t->bytes = end - at;
    return end + 1;
}

static size_t take(struct html_lexer *lexer, const char *s, size_t bytes, bool ended,
                   struct html_token *token)
{
    if (*s != '<')
        return take_text(s, bytes, ended, token);
    if (bytes < 4 && !ended)
        return more(token);
    if (bytes > 1 && (s[1] == '!' || s[1] == '?'))
        return take_skipped(lexer, s, bytes, ended, token);
    if (bytes > 1 && (isalpha((unsigned char)s[1]) || s[1] == '/'))
        return take_tag(s, bytes, ended, token);
    return as_text(token, s, 1);
}

size_t html_token_take(struct html_lexer *lexer, const char *s, size_t bytes, bool ended,
                       struct html_token *token)
{
    size_t used;

    *token = (struct html_token){0};
    used = take(lexer, s, bytes, ended, token);
    lexer->free_bytes -= used < lexer->free_bytes ? used : lexer->free_bytes;
    return used;
}

const char *html_token_attribute(const struct html_token *token, const char *name,
                                 size_t *bytes)
{
    const char *s = token->s;
    const char *end = s + token->bytes;
    size_t name_bytes = strlen(name);

    while (s < end) {
        const char *start;
        bool found;

        while (s < end && (isspace((unsigned char)*s) || *s == '/'))
            s++;
        start = s;
        while (s < end && *s != '=' && !isspace((unsigned char)*s))
            s++;
        found = (size_t)(s - start) == name_bytes && strncasecmp(start, name, name_bytes) == 0;
        while (s < end && isspace((unsigned char)*s))
            s++;
        if (s >= end || *s != '=')
            continue;
        s++;
        while (s < end && isspace((unsigned char)*s))
            s++;
        if (s < end && (*s == '"' || *s == '\'')) {
            char quote = *s++;

            start = s;
            while (s < end && *s != quote)
                s++;
        } else {
            start = s;
            while (s < end && !isspace((unsigned char)*s))
                s++;
        }
        if (found) {
            *bytes = (size_t)(s - start);
            return start;
        }
        s += s < end;
    }
    return NULL;
}
