/* Inline Markdown, read and written in one pass. */
#include "formats/common/markdown_text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"
#include "shilu/formats/html_entity.h"

/* How far to search for the end of a link. */
enum { BRACKET_BYTES_MAX = 48 };
enum { LINK_BYTES_MAX = 2000 };

static bool is_word(int c)
{
    return isalnum(c) || c >= 0x80;
}

/* A run of '*' or '_' at `at`; true if it is markup, not text. */
static bool is_emphasis(const char *s, size_t bytes, size_t at, size_t run)
{
    int before = at > 0 ? (unsigned char)s[at - 1] : ' ';
    int after = at + run < bytes ? (unsigned char)s[at + run] : ' ';

    if (isspace(before) && isspace(after))
        return false;
    if (is_word(before) && is_word(after)) /* "snake_case", "2*3" */
        return s[at] == '*' && !(run == 1 && isdigit(before) && isdigit(after));
    return run <= 3;
}

/* "[text](target)" at `at`: where the text and the whole link end. */
static bool find_link(const char *s, size_t bytes, size_t at, size_t *text_end, size_t *end)
{
    size_t most = bytes - at < LINK_BYTES_MAX ? bytes : at + LINK_BYTES_MAX;
    size_t depth = 0;
    size_t i;

    for (i = at; i < most; i++) {
        if (s[i] == '\\')
            i++;
        else if (s[i] == '[')
            depth++;
        else if (s[i] == ']' && --depth == 0)
            break;
    }
    if (i + 1 >= most || s[i + 1] != '(')
        return false;
    *text_end = i;
    for (depth = 0, i++; i < most; i++) {
        if (s[i] == '(')
            depth++;
        else if (s[i] == ')' && --depth == 0)
            break;
    }
    *end = i + 1;
    return i < most;
}

/* Whether the bracket at `at` is closed within a few words, without another in it. */
static bool closes_soon(const char *s, size_t bytes, size_t at)
{
    size_t most = bytes - at < BRACKET_BYTES_MAX ? bytes : at + BRACKET_BYTES_MAX;
    size_t i;

    for (i = at + 1; i < most && s[i] != '['; i++)
        if (s[i] == ']')
            return true;
    return false;
}

static size_t run_of(const char *s, size_t bytes, size_t at)
{
    size_t run = 1;

    while (at + run < bytes && s[at + run] == s[at])
        run++;
    return run;
}

void markdown_bold_release(struct markdown_bold *bold)
{
    free(bold->ranges);
    *bold = (struct markdown_bold){0};
}

/* ** or __ opens a range if none is open, and closes it otherwise; *open_byte is where it
 * opened, or SIZE_MAX. */
static void toggle_bold(struct markdown_bold *bold, size_t *open_byte, size_t byte)
{
    if (*open_byte == SIZE_MAX) {
        *open_byte = byte;
        return;
    }
    if (bold != NULL && byte > *open_byte) {
        MEMORY_RESERVE(bold->ranges, bold->capacity, bold->count + 1);
        bold->ranges[bold->count++] = (struct markdown_range){*open_byte, byte};
    }
    *open_byte = SIZE_MAX;
}

/* "<https://example.org>": where the address ends; 0 for none. */
static size_t autolink_end(const char *s, size_t bytes, size_t at)
{
    size_t end = at + 1;

    while (end < bytes && end < at + LINK_BYTES_MAX && s[end] != '>' && s[end] != '<' &&
           !isspace((unsigned char)s[end]))
        end++;
    return end < bytes && s[end] == '>' && memmem(s + at, end - at, "://", 3) != NULL ? end : 0;
}

/* <a href="…">, </a>, <br>: tags of HTML within a line. Length of the tag; 0 for none. What
 * else is in angles may be a name or a sound: <laughs>. */
static size_t inline_tag_bytes(const char *s, size_t bytes, size_t at)
{
    static const char *const names[] = {"a",    "abbr",  "b",    "br",     "code", "em",  "i",
                                        "mark", "small", "span", "strong", "sub",  "sup", "u"};
    size_t start = at + 1 + (at + 1 < bytes && s[at + 1] == '/');
    size_t end = start;
    size_t i;

    while (end < bytes && isalpha((unsigned char)s[end]))
        end++;
    for (i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == end - start && strncmp(names[i], s + start, end - start) == 0)
            break;
    if (i == sizeof names / sizeof *names || end == bytes ||
        (s[end] != '>' && s[end] != '/' && s[end] != ' '))
        return 0;
    while (end < bytes && end < at + LINK_BYTES_MAX && s[end] != '>')
        end++;
    return end < bytes && s[end] == '>' ? end + 1 - at : 0;
}

void markdown_text_strip(struct buffer *out, const char *s, size_t bytes,
                         struct markdown_bold *bold)
{
    size_t at = 0;
    size_t from = out->bytes;
    size_t open_byte = bold != NULL && bold->open ? from : SIZE_MAX; /* of the bold range */
    size_t link_end = 0; /* the link whose text is being read ends there */
    size_t link_text_end = 0;
    size_t links_from = 0; /* no link starts before this; keeps the search linear */

    while (at < bytes) {
        size_t run;

        if (at == link_text_end && link_end > 0) {
            at = link_end;
            link_end = 0;
            continue;
        }
        switch (s[at]) {
        case '\\':
            at += at + 1 < bytes && ispunct((unsigned char)s[at + 1]);
            buffer_append_char(out, s[at++]);
            break;
        case '*':
        case '_':
        case '`':
            run = run_of(s, bytes, at);
            if (s[at] != '`' && !is_emphasis(s, bytes, at, run))
                buffer_append(out, s + at, run);
            else if (s[at] != '`' && run >= 2)
                toggle_bold(bold, &open_byte, out->bytes);
            at += run;
            break;
        case '!':
        case '[':
            run = s[at] == '!' ? 1 : 0;
            if (link_end == 0 && at >= links_from && at + run < bytes && s[at + run] == '[') {
                if (find_link(s, bytes, at + run, &link_text_end, &link_end)) {
                    at += run + 1;
                    break;
                }
                link_end = 0;
                /* After "[laughs]" a link may follow; what is long or never closed is not
                 * searched again at each bracket. */
                if (!closes_soon(s, bytes, at + run))
                    links_from = at + LINK_BYTES_MAX / 16;
            }
            buffer_append_char(out, s[at++]);
            break;
        case '<':
            run = inline_tag_bytes(s, bytes, at);
            if (run > 0) {
                at += run;
                break;
            }
            run = autolink_end(s, bytes, at);
            if (run > 0) {
                buffer_append(out, s + at + 1, run - at - 1);
                at = run + 1;
                break;
            }
            buffer_append_char(out, s[at++]);
            break;
        case '&':
            if (html_entity_take(out, s + at, bytes - at, &run)) {
                at += run;
                break;
            }
            buffer_append_char(out, s[at++]);
            break;
        default:
            buffer_append_char(out, s[at++]);
        }
    }
    if (bold == NULL)
        return;
    bold->open = open_byte == from && out->bytes > from;
    if (bold->open)
        toggle_bold(bold, &open_byte, out->bytes);
}

void markdown_text_escape(struct buffer *out, const char *s, size_t bytes)
{
    size_t i;

    for (i = 0; i < bytes; i++) {
        bool line_start = i == 0 || s[i - 1] == '\n';

        if (strchr("\\`*_[]<>&", s[i]) != NULL && s[i] != '\0')
            buffer_append_char(out, '\\');
        else if (line_start && strchr("#+-=|~", s[i]) != NULL && s[i] != '\0')
            buffer_append_char(out, '\\');
        else if (line_start && isdigit((unsigned char)s[i])) {
            while (i + 1 < bytes && isdigit((unsigned char)s[i]))
                buffer_append_char(out, s[i++]);
            if (s[i] == '.' || s[i] == ')')
                buffer_append_char(out, '\\');
        }
        buffer_append_char(out, s[i]);
    }
}
