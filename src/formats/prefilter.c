/* Prefilter. What is looked for is pieces of the query that stand in the file as they stand in
 * the text, whatever the format joins, cuts or leaves out between them:
 *
 *   a Han character   in any format, since nothing stands inside a character: as long as no
 *                     character is written as an escape or entity
 *   a word            of a script with spaces, where no markup cuts one in two
 *   the whole query   in our own JSON, whose segments are written in one piece
 *
 * The matcher itself runs over the file's bytes, so all that it folds is folded here. A file
 * where one piece is missing cannot match. */
#include "shilu/formats/prefilter.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shilu/base/buffer.h"
#include "shilu/base/memory.h"
#include "shilu/base/span.h"
#include "shilu/formats/registry.h"
#include "shilu/text/utf8.h"

enum { MAX_BYTES = 64 << 20, HEAD_BYTES = 4096, PIECES_MAX = 16, WORD_MIN = 2 };

struct piece {
    struct matcher *matcher; /* owned */
    bool is_word;
};

struct prefilter {
    struct piece pieces[PIECES_MAX];
    size_t count;
    struct matcher *whole; /* owned; NULL where the query has more than letters */
};

/* ------------------------------------------------------------------------------- pieces */

static bool is_han(uint32_t cp)
{
    return (cp >= 0x3400 && cp <= 0x4DBF) || (cp >= 0x4E00 && cp <= 0x9FFF) ||
           (cp >= 0x20000 && cp <= 0x323AF);
}

/* Of the words that are looked for: ASCII, Latin, Greek, Cyrillic, with the marks on them. */
static bool is_word_letter(uint32_t cp)
{
    if (cp < 0x80)
        return (cp >= '0' && cp <= '9') || ((cp | 0x20) >= 'a' && (cp | 0x20) <= 'z');
    return (cp >= 0xC0 && cp < 0x250 && cp != 0xD7 && cp != 0xF7) ||
           (cp >= 0x300 && cp <= 0x36F) || (cp >= 0x391 && cp <= 0x3C9) ||
           (cp >= 0x400 && cp <= 0x481);
}

static bool is_letter(uint32_t cp)
{
    return is_word_letter(cp) || is_han(cp) || (cp >= 0x3041 && cp <= 0x30FF) ||
           (cp >= 0xAC00 && cp <= 0xD7A3);
}

static void add_piece(struct prefilter *p, const char *text, size_t bytes, unsigned flags,
                      bool is_word)
{
    struct error ignored;
    struct matcher *matcher;

    if (p->count == PIECES_MAX)
        return;
    matcher = matcher_new(text, bytes, flags | MATCHER_LITERAL, &ignored);
    if (matcher != NULL)
        p->pieces[p->count++] = (struct piece){matcher, is_word};
}

static void add_pieces(struct prefilter *p, const char *query, size_t bytes, unsigned flags)
{
    size_t at = 0;

    while (at < bytes) {
        size_t start = at;
        size_t letters = 0;
        uint32_t cp;

        at += utf8_decode(query + at, bytes - at, &cp);
        if (is_han(cp))
            add_piece(p, query + start, at - start, flags, false);
        if (!is_word_letter(cp))
            continue;
        for (letters = 1; at < bytes; letters++) {
            size_t taken = utf8_decode(query + at, bytes - at, &cp);

            if (!is_word_letter(cp))
                break;
            at += taken;
        }
        if (letters >= WORD_MIN)
            add_piece(p, query + start, at - start, flags, true);
    }
}

/* White space and signs may be written as escapes, and a query may start with a sign. */
static bool is_of_letters(const char *query, size_t bytes)
{
    size_t at = 0;

    while (at < bytes) {
        uint32_t cp;

        at += utf8_decode(query + at, bytes - at, &cp);
        if (!is_letter(cp))
            return false;
    }
    return bytes > 0;
}

struct prefilter *prefilter_new(const char *query, unsigned flags)
{
    size_t bytes = strlen(query);
    size_t prefix = matcher_read_prefix(query, bytes, &flags);
    struct prefilter *p;
    struct error ignored;

    query += prefix;
    bytes -= prefix;
    if ((flags & MATCHER_PATTERN) != 0 || bytes == 0 ||
        utf8_valid_prefix(query, bytes) != bytes)
        return NULL;
    p = memory_zalloc(1, sizeof *p);
    add_pieces(p, query, bytes, flags);
    if (is_of_letters(query, bytes))
        p->whole = matcher_new(query, bytes, flags | MATCHER_LITERAL, &ignored);
    if (p->count > 0 || p->whole != NULL)
        return p;
    prefilter_free(p);
    return NULL;
}

void prefilter_free(struct prefilter *p)
{
    size_t i;

    if (p == NULL)
        return;
    for (i = 0; i < p->count; i++)
        matcher_free(p->pieces[i].matcher);
    matcher_free(p->whole);
    free(p);
}

/* ---------------------------------------------------------------------------------- files */

/* A whole regular file of a bearable size; owned by the caller. NULL: look at it otherwise. */
static char *read_file(const char *path, size_t *bytes)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat st;
    char *text = NULL;

    *bytes = 0;
    if (fd < 0)
        return NULL;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 &&
        st.st_size <= MAX_BYTES) {
        ssize_t n;

        text = memory_alloc((size_t)st.st_size + 1);
        while (*bytes < (size_t)st.st_size &&
               (n = read(fd, text + *bytes, (size_t)st.st_size - *bytes)) > 0)
            *bytes += (size_t)n;
        text[*bytes] = '\0'; /* as recognisers expect behind a head */
    }
    close(fd);
    if (text == NULL || *bytes == (size_t)st.st_size)
        return text;
    free(text);
    return NULL;
}

/* Its text stands in one piece a segment, as it is. */
static bool is_ours(const char *text, size_t bytes)
{
    struct registry_candidate surest;
    size_t count = registry_detect(text, bytes < HEAD_BYTES ? bytes : HEAD_BYTES,
                                   bytes < HEAD_BYTES, false, &surest, 1);

    return count > 0 && surest.confidence == CONFIDENCE_CERTAIN &&
           (strcmp(surest.reader->name, "json") == 0 ||
            strcmp(surest.reader->name, "jsonl") == 0);
}

/* A character may be written as \uXXXX, \xXX or \123. */
static bool has_escapes(struct span s)
{
    while ((s = span_skip(s, span_find(s, '\\'))).length > 1) {
        if (strchr("uUxX01234567", s.data[1]) != NULL)
            return true;
        s = span_skip(s, 2);
    }
    return false;
}

/* An entity that stands for a letter, or may do so. */
static bool has_entities(struct span s)
{
    static const char *const harmless[] = {"amp;",  "lt;",   "gt;",  "quot;",
                                           "apos;", "nbsp;", "lrm;", "rlm;"};

    while ((s = span_skip(s, span_find(s, '&'))).length > 1) {
        bool known = false;
        size_t i;

        s = span_skip(s, 1);
        for (i = 0; i < sizeof harmless / sizeof *harmless && !known; i++)
            known = span_starts_with(s, harmless[i]);
        if (!known && (*s.data == '#' || (unsigned char)((*s.data | 0x20) - 'a') < 26u))
            return true;
    }
    return false;
}

/* Encodings that look like ASCII and are not, and texts that are packed into it. */
static bool is_disguised(struct span s)
{
    return span_starts_with(s, "%PDF") || memchr(s.data, '\x1B', s.length) != NULL ||
           memmem(s.data, s.length, "~{", 2) != NULL || memchr(s.data, '\0', s.length) != NULL;
}

static bool is_text_byte(char c)
{
    return (unsigned char)c >= 0x80 || (c >= '0' && c <= '9') ||
           (unsigned char)((c | 0x20) - 'a') < 26u;
}

/* Behind the tags that begin at `at`; there may be several. */
static size_t skip_tags(struct span s, size_t at)
{
    while (at < s.length && s.data[at] == '<') {
        size_t stop = span_find(span_skip(s, at), '>');

        at += stop + 1;
    }
    return at;
}

/* Behind the marks of emphasis that begin at `at`, or what stands in brackets. */
static size_t skip_marks(struct span s, size_t at)
{
    char c = s.data[at];

    if (c == '{' || c == '[') {
        char close = c == '{' ? '}' : ']';

        return at + span_find(span_skip(s, at), close) + 1;
    }
    while (at < s.length && strchr("*_`~\\", s.data[at]) != NULL)
        at++;
    return at;
}

/* Markup, or what a format may join again, stands inside of a word somewhere: tags, emphasis,
 * overrides, a hyphen at the end of a line, characters that are not shown. */
static bool cuts_words(struct span s)
{
    size_t at;

    for (at = 1; at < s.length; at++) {
        char c = s.data[at];
        size_t next = at;

        if (is_text_byte(c) || c == ' ' || c == '\n' || !is_text_byte(s.data[at - 1]))
            continue;
        if (c == '<')
            next = skip_tags(s, at);
        else if (strchr("{[*_`~\\", c) != NULL)
            next = skip_marks(s, at);
        if (next > at && next < s.length && is_text_byte(s.data[next]))
            return true;
        next = at + 1;
        if (c == '-' && next < s.length && strchr("\n\r<", s.data[next]) != NULL)
            return true;
    }
    /* Soft hyphen; ZWSP, ZWNJ, ZWJ, word joiner; BOM inside. */
    return memmem(s.data, s.length, "\xC2\xAD", 2) != NULL ||
           memmem(s.data, s.length, "\xE2\x80\x8B", 3) != NULL ||
           memmem(s.data, s.length, "\xE2\x80\x8C", 3) != NULL ||
           memmem(s.data, s.length, "\xE2\x80\x8D", 3) != NULL ||
           memmem(s.data, s.length, "\xE2\x81\xA0", 3) != NULL ||
           memmem(span_skip(s, 3).data, span_skip(s, 3).length, "\xEF\xBB\xBF", 3) != NULL;
}

static bool is_json(struct span s)
{
    s = span_trim_front(s);
    return s.length > 0 && (*s.data == '{' || *s.data == '[' || (unsigned char)*s.data == 0xEF);
}

static bool has(struct matcher *matcher, struct span s)
{
    struct match match;

    return matcher_find(matcher, s.data, s.length, 0, &match);
}

/* Whether a piece is missing: a Han character anywhere; a word where words are whole. */
static bool lacks_piece(struct prefilter *p, struct span s)
{
    bool lacks_word = false;
    size_t i;

    for (i = 0; i < p->count; i++) {
        if ((p->pieces[i].is_word && lacks_word) || has(p->pieces[i].matcher, s))
            continue;
        if (!p->pieces[i].is_word)
            return true;
        lacks_word = true;
    }
    return lacks_word && !is_json(s) && !cuts_words(s);
}

/* The bytes are known to be UTF-8 before any matcher runs on them. */
static bool is_certain(struct prefilter *p, struct span s)
{
    if (utf8_valid_prefix(s.data, s.length) != s.length)
        return false;
    if (p->whole != NULL && *s.data == '{' && is_ours(s.data, s.length))
        return !has(p->whole, s) && !has_escapes(s);
    return lacks_piece(p, s) && !is_disguised(s) && !has_escapes(s) && !has_entities(s);
}

bool prefilter_may_match(struct prefilter *p, const char *path)
{
    size_t bytes;
    char *text;
    bool certain;

    if (p == NULL)
        return true;
    text = read_file(path, &bytes);
    if (text == NULL)
        return true;
    certain = is_certain(p, span_of(text, bytes));
    free(text);
    return !certain;
}
