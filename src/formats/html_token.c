/* A lenient lexer: whatever cannot be a tag is text, and no token needs more than TAG_BYTES_MAX
 * (a comment: COMMENT_BYTES_MAX) of window, after which a '<' is taken for a sign. */
#include "shilu/formats/html_token.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { TAG_BYTES_MAX = 1 << 16, COMMENT_BYTES_MAX = 1 << 24, REFERENCE_BYTES_MAX = 12 };

static size_t as_text(struct html_token *t, const char *s, size_t bytes)
{
    t->kind = HTML_TEXT;
    t->s = s;
    t->bytes = bytes;
    return bytes;
}

/* Text up to the next '<'; a reference that the window cuts is left for later. */
static size_t take_text(const char *s, size_t bytes, bool ended, struct html_token *t)
{
    const char *stop = memchr(s, '<', bytes);
    size_t count = stop != NULL ? (size_t)(stop - s) : bytes;
    size_t i;

    if (stop == NULL && !ended) {
        for (i = 1; i <= REFERENCE_BYTES_MAX && i <= count; i++)
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

/* Where a tag ends: a '>' outside quotes. A quote that is never closed does not count. */
static size_t find_tag_end(const char *s, size_t bytes)
{
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
    return 0;
}

static size_t take_skipped(const char *s, size_t bytes, bool ended, struct html_token *t)
{
    bool comment = bytes >= 4 && memcmp(s, "<!--", 4) == 0;
    size_t most = bytes < COMMENT_BYTES_MAX ? bytes : COMMENT_BYTES_MAX;
    const char *stop = comment ? memmem(s + 4, most - 4, "-->", 3) : memchr(s, '>', most);

    if (stop == NULL) {
        if (most < COMMENT_BYTES_MAX && !ended) {
            t->kind = HTML_MORE;
            return 0;
        }
        return as_text(t, s, 1);
    }
    t->kind = HTML_SKIP;
    return (size_t)(stop - s) + (comment ? 3 : 1);
}

static size_t take_tag(const char *s, size_t bytes, bool ended, struct html_token *t)
{
    size_t most = bytes < TAG_BYTES_MAX ? bytes : TAG_BYTES_MAX;
    size_t end = find_tag_end(s, most);
    size_t at = 1;
    size_t name = 0;

    if (end == 0) {
        if (most < TAG_BYTES_MAX && !ended) {
            t->kind = HTML_MORE;
            return 0;
        }
        return as_text(t, s, 1);
    }
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

size_t html_token_take(const char *s, size_t bytes, bool ended, struct html_token *token)
{
    *token = (struct html_token){0};
    if (*s != '<')
        return take_text(s, bytes, ended, token);
    if (bytes == 1) {
        token->kind = ended ? HTML_TEXT : HTML_MORE;
        return ended ? as_text(token, s, 1) : 0;
    }
    if (s[1] == '!' || s[1] == '?') {
        if (bytes < 4 && !ended) {
            token->kind = HTML_MORE;
            return 0;
        }
        return take_skipped(s, bytes, ended, token);
    }
    if (isalpha((unsigned char)s[1]) || s[1] == '/')
        return take_tag(s, bytes, ended, token);
    return as_text(token, s, 1);
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
