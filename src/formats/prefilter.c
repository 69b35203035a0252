/* Prefilter. It looks for pieces of the query that appear in the file just as in the text,
 * whatever the format joins, splits or leaves out between them:
 *    a Han character   in any format, because nothing can be inside a character, as long as no
 *                      character is written as an escape or entity
 *    a word            of a script with spaces, if no markup splits it
 *    the whole query   in shilu's own JSON, which writes each segment in one piece; in a file
 *    with
 *                      escapes, the parts between the characters that may be escaped
 *
 * The matcher itself runs over the file's bytes, so it folds here what it folds elsewhere. A
 * file that lacks one piece cannot match. */
#include "shilu/formats/prefilter.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shilu/base/buffer.h"
#include "shilu/base/bytes.h"
#include "shilu/base/memory.h"
#include "shilu/base/span.h"
#include "shilu/formats/registry.h"
#include "shilu/text/char_class.h"
#include "shilu/text/utf8.h"

enum {
    MAX_BYTES = 64 << 20,
    HEAD_BYTES = 4096,
    PIECES_MAX = 16,
    RUNS_MAX = 8,
    WORD_MIN = 2,
    WORD_MAX = 40
};

struct piece {
    struct matcher *matcher; /* owned */
    bool is_word;
    char word[WORD_MAX + 1]; /* in lower case; empty if it is not ASCII, or longer */
};

struct prefilter {
    char *query; /* owned, as matchers take it */
    unsigned flags;
    bool is_ready; /* what follows is made: an index may rule out every file before it */
    struct piece pieces[PIECES_MAX];
    size_t count;
    struct matcher *whole;          /* owned, or NULL */
    struct matcher *runs[RUNS_MAX]; /* owned: parts without characters that may be escaped */
    size_t run_count;
};

/* ------------------------------------------------------------------------------- pieces */

static bool is_han(uint32_t cp)
{
    return (cp >= 0x3400 && cp <= 0x4DBF) || (cp >= 0x4E00 && cp <= 0x9FFF) ||
           (cp >= 0x20000 && cp <= 0x323AF);
}

/* Letters of the words that are searched for: ASCII, Latin, Greek, Cyrillic, with combining
 * marks. */
static bool is_word_letter(uint32_t cp)
{
    if (cp < 0x80)
        return (cp >= '0' && cp <= '9') || ((cp | 0x20) >= 'a' && (cp | 0x20) <= 'z');
    return (cp >= 0xC0 && cp < 0x250 && cp != 0xD7 && cp != 0xF7) ||
           (cp >= 0x300 && cp <= 0x36F) || (cp >= 0x391 && cp <= 0x3C9) ||
           (cp >= 0x400 && cp <= 0x481);
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static void add_piece(struct prefilter *p, const char *text, size_t bytes, unsigned flags,
                      bool is_word)
{
    struct error ignored;
    struct piece *piece = &p->pieces[p->count];

    if (p->count == PIECES_MAX)
        return;
    *piece = (struct piece){.is_word = is_word};
    piece->matcher = matcher_new(text, bytes, flags | MATCHER_LITERAL, &ignored);
    if (piece->matcher == NULL)
        return;
    p->count++;
    if (bytes > WORD_MAX || bytes_ascii_run(text, bytes) < bytes)
        return;
    for (size_t i = 0; i < bytes; i++)
        piece->word[i] = lower(text[i]);
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

/* Characters that JSON may write as escapes, and all white space, because any kind matches
 * every other. */
static bool may_be_escaped(uint32_t cp)
{
    return cp <= 0x20 || cp == '"' || cp == '\\' || cp == '/' || cp == 0x7F || cp == 0x85 ||
           cp == 0xA0 || cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200A) || cp == 0x2028 ||
           cp == 0x2029 || cp == 0x202F || cp == 0x205F || cp == 0x3000;
}

/* A combining mark at the start may form one character with what precedes it. */
static void add_run(struct prefilter *p, const char *text, size_t bytes, unsigned flags)
{
    struct error ignored;
    struct matcher *matcher;
    enum char_kind kind;
    uint32_t cp;

    if (bytes == 0 || p->run_count == RUNS_MAX)
        return;
    utf8_decode(text, bytes, &cp);
    kind = char_kind(cp);
    if (kind == CHAR_MARK || kind == CHAR_SPACING_MARK || kind == CHAR_VOICING ||
        kind == CHAR_KEYCAP || kind == CHAR_JAMO)
        return;
    matcher = matcher_new(text, bytes, flags | MATCHER_LITERAL, &ignored);
    if (matcher != NULL)
        p->runs[p->run_count++] = matcher;
}

static void add_runs(struct prefilter *p, const char *query, size_t bytes, unsigned flags)
{
    size_t start = 0;
    size_t at = 0;

    while (at < bytes) {
        size_t end = at;
        uint32_t cp;

        at += utf8_decode(query + at, bytes - at, &cp);
        if (!may_be_escaped(cp))
            continue;
        add_run(p, query + start, end - start, flags);
        start = at;
    }
    add_run(p, query + start, at - start, flags);
}

struct prefilter *prefilter_new(const char *query, unsigned flags)
{
    size_t bytes = strlen(query);
    size_t prefix = matcher_read_prefix(query, bytes, &flags);
    struct prefilter *p;

    query += prefix;
    bytes -= prefix;
    if ((flags & MATCHER_PATTERN) != 0 || bytes == 0 ||
        utf8_valid_prefix(query, bytes) != bytes)
        return NULL;
    p = memory_zalloc(1, sizeof *p);
    p->query = memory_strdup(query);
    p->flags = flags;
    return p;
}

/* About twelve patterns are compiled. False: the prefilter cannot decide anything. */
static bool make_ready(struct prefilter *p)
{
    size_t bytes = strlen(p->query);
    struct error ignored;

    if (!p->is_ready) {
        add_pieces(p, p->query, bytes, p->flags);
        add_runs(p, p->query, bytes, p->flags);
        p->whole = matcher_new(p->query, bytes, p->flags | MATCHER_LITERAL, &ignored);
        p->is_ready = true;
    }
    return p->count > 0 || p->whole != NULL;
}

void prefilter_free(struct prefilter *p)
{
    size_t i;

    if (p == NULL)
        return;
    for (i = 0; i < p->count; i++)
        matcher_free(p->pieces[i].matcher);
    for (i = 0; i < p->run_count; i++)
        matcher_free(p->runs[i]);
    matcher_free(p->whole);
    free(p->query);
    free(p);
}

/* ---------------------------------------------------------------------------------- files */

/* The content of a regular file of moderate size, owned by the caller. NULL: search the file in
 * the normal way. */
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
        text[*bytes] = '\0'; /* a NUL, as recognisers expect after a head */
    }
    close(fd);
    if (text == NULL || *bytes == (size_t)st.st_size)
        return text;
    free(text);
    return NULL;
}

/* Whether the file is shilu's own, with each segment's text unchanged and in one piece. */
static bool is_ours(const char *text, size_t bytes)
{
    struct registry_candidate surest;
    size_t count = registry_detect(text, bytes < HEAD_BYTES ? bytes : HEAD_BYTES,
                                   bytes < HEAD_BYTES, false, &surest, 1);

    registry_release(&surest, count);
    return count > 0 && surest.confidence == CONFIDENCE_CERTAIN &&
           (strcmp(surest.reader->name, "json") == 0 ||
            strcmp(surest.reader->name, "jsonl") == 0);
}

/* Whether a character may be written as \uXXXX, \xXX or \123. */
static bool has_escapes(struct span s)
{
    while ((s = span_skip(s, span_find(s, '\\'))).length > 1) {
        if (strchr("uUxX01234567", s.data[1]) != NULL)
            return true;
        s = span_skip(s, 2);
    }
    return false;
}

/* Whether there is an entity that is, or may be, a letter. */
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

/* "~{", which begins two-byte text in HZ. */
static bool holds_tilde_and_brace(struct span s)
{
    while ((s = span_skip(s, span_find(s, '~'))).length > 1) {
        if (s.data[1] == '{')
            return true;
        s = span_skip(s, 1);
    }
    return false;
}

/* Encodings that look like ASCII but are not, and text encoded in ASCII. */
static bool is_disguised(struct span s)
{
    return span_starts_with(s, "%PDF") || memchr(s.data, '\x1B', s.length) != NULL ||
           holds_tilde_and_brace(s) || memchr(s.data, '\0', s.length) != NULL;
}

static bool is_text_byte(char c)
{
    return (unsigned char)c >= 0x80 || (c >= '0' && c <= '9') ||
           (unsigned char)((c | 0x20) - 'a') < 26u;
}

static bool is_word_byte(char c)
{
    return (c >= '0' && c <= '9') || (unsigned char)((c | 0x20) - 'a') < 26u;
}

/* What may be inside a word: tags, emphasis, overrides, a hyphen at the end of a line; and the
 * first bytes of invisible characters. */
enum { CUT_NOT, CUT_MARK, CUT_HIDDEN };

static const uint8_t cut_kinds[256] = {
    ['<'] = CUT_MARK, ['{'] = CUT_MARK,    ['['] = CUT_MARK,    ['*'] = CUT_MARK,
    ['_'] = CUT_MARK, ['`'] = CUT_MARK,    ['~'] = CUT_MARK,    ['\\'] = CUT_MARK,
    ['-'] = CUT_MARK, [0xC2] = CUT_HIDDEN, [0xE2] = CUT_HIDDEN, [0xEF] = CUT_HIDDEN,
};

/* Length of an invisible character: soft hyphen; ZWSP, ZWNJ, ZWJ, word joiner; BOM. 0 for
 * others. */
static size_t hidden_bytes(const char *s, size_t count)
{
    const unsigned char *c = (const unsigned char *)s;

    if (count >= 2 && c[0] == 0xC2)
        return c[1] == 0xAD ? 2 : 0;
    if (count < 3)
        return 0;
    if (c[0] == 0xE2)
        return (c[1] == 0x80 && c[2] >= 0x8B && c[2] <= 0x8D) || (c[1] == 0x81 && c[2] == 0xA0)
                   ? 3
                   : 0;
    return c[0] == 0xEF && c[1] == 0xBB && c[2] == 0xBF ? 3 : 0;
}

/* After the byte `close`, or at the end. */
static size_t skip_past(struct span s, size_t at, char close)
{
    size_t stop = at + span_find(span_skip(s, at), close) + 1;

    return stop < s.length ? stop : s.length;
}

/* Skip everything at `at` that may be inside a word. */
static size_t skip_cut(struct span s, size_t at)
{
    for (;;) {
        char c = at < s.length ? s.data[at] : ' ';
        size_t next = at;

        if (c == '<')
            next = skip_past(s, at, '>');
        else if (c == '{' || c == '[')
            next = skip_past(s, at, c == '{' ? '}' : ']');
        else if (c == '-' && at + 1 < s.length && strchr("\n\r<", s.data[at + 1]) != NULL)
            for (next = at + 1; next < s.length && span_is_space(s.data[next]);)
                next++;
        else if (cut_kinds[(unsigned char)c] == CUT_HIDDEN)
            next = at + hidden_bytes(s.data + at, s.length - at);
        else if (c != '-' && cut_kinds[(unsigned char)c] == CUT_MARK)
            next = at + 1;
        if (next == at)
            return at;
        at = next;
    }
}

/* Han, kana, Hangul and their punctuation never fold to a letter of such words. */
static bool is_east_asian(struct span s)
{
    unsigned char first = s.length >= 3 ? (unsigned char)s.data[0] : 0;

    unsigned char second = s.length >= 3 ? (unsigned char)s.data[1] : 0;

    return (first >= 0xE4 && first <= 0xED && (first != 0xEA || second >= 0xB0)) ||
           (first == 0xE3 && second <= 0x83);
}

/* Whether the letters before `before` may end in the first letters of the word. */
static bool may_begin(const char *word, size_t letters, struct span s, size_t before)
{
    size_t k;

    for (k = 0; k < letters && before > k && is_word_byte(s.data[before - k - 1]); k++)
        if (lower(s.data[before - k - 1]) != word[letters - k - 1])
            return false;
    return k == letters || before < k + 3 || !is_east_asian(span_skip(s, before - k - 3));
}

/* Whether the letters from `next` on may continue the word. */
static bool may_go_on(const char *word, struct span s, size_t next)
{
    size_t k;

    for (k = 0; word[k] != '\0' && next + k < s.length && is_word_byte(s.data[next + k]); k++)
        if (lower(s.data[next + k]) != word[k])
            return false;
    return word[k] == '\0' || !is_east_asian(span_skip(s, next + k));
}

/* Whether the letters on both sides of a cut may belong to one word. A character that is not
 * ASCII may fold to any letter, except East Asian text; one that is not a letter may be another
 * cut. */
static bool may_join(const char *word, struct span s, size_t before, size_t next)
{
    size_t letters;

    for (letters = 1; word[letters] != '\0'; letters++)
        if (may_begin(word, letters, s, before) && may_go_on(word + letters, s, next))
            return true;
    return false;
}

/* Sixteen bytes at once, which GCC and Clang support on every machine. */
typedef uint8_t block __attribute__((vector_size(16)));
enum { BLOCK_BYTES = sizeof(block), BLOCK_AHEAD = 2 };

static block block_at(const char *s)
{
    block b;

    memcpy(&b, s, sizeof b);
    return b;
}

/* Whether a cut may begin in a block, with BLOCK_AHEAD more bytes readable. Some of the signs
 * found are not cuts. A hyphen counts only before a line end or a tag; of characters with the
 * same first bytes, only invisible ones. */
static bool block_has_cut(const char *s)
{
    block c = block_at(s);
    block next = block_at(s + 1);
    block third = block_at(s + 2);
    block marks = (block)((c & 0xDC) == 0x5C) | (block)((c & 0xDF) == 0x5B) |
                  (block)(c == 0x60) | (block)(c == 0x2A) | (block)(c == 0x3C);
    block hyphens = (block)(c == 0x2D) &
                    ((block)(next == 0x0A) | (block)(next == 0x0D) | (block)(next == 0x3C));
    block joiners = (block)(c == 0xE2) &
                    (((block)(next == 0x80) & (block)((third & 0xF8) == 0x88)) |
                     ((block)(next == 0x81) & (block)(third == 0xA0)));
    block hidden = ((block)(c == 0xC2) & (block)(next == 0xAD)) | joiners |
                   ((block)(c == 0xEF) & (block)(next == 0xBB));
    block found = marks | hyphens | hidden;
    uint64_t halves[2];

    memcpy(halves, &found, sizeof halves);
    return (halves[0] | halves[1]) != 0;
}

/* The next place, from `at` on, where a cut may begin. */
static size_t find_cut(struct span s, size_t at)
{
    for (;;) {
        size_t end;

        while (at + BLOCK_BYTES + BLOCK_AHEAD <= s.length && !block_has_cut(s.data + at))
            at += BLOCK_BYTES;
        for (end = at + BLOCK_BYTES; at < end && at < s.length; at++)
            if (cut_kinds[(unsigned char)s.data[at]] != CUT_NOT)
                return at;
        if (at >= s.length)
            return s.length;
    }
}

/* Whether one of the missing words may be there with something inside it. */
static bool cuts_words(const struct prefilter *p, const bool *lacking, struct span s)
{
    size_t at = 0;

    for (;;) {
        size_t next;

        at = find_cut(s, at + 1);
        if (at >= s.length)
            return false;
        if (!is_text_byte(s.data[at - 1]))
            continue;
        next = skip_cut(s, at);
        if (next == at || next >= s.length || !is_text_byte(s.data[next]))
            continue;
        for (size_t i = 0; i < p->count; i++)
            if (lacking[i] &&
                (p->pieces[i].word[0] == '\0' || may_join(p->pieces[i].word, s, at, next)))
                return true;
    }
}

/* ------------------------------------------------------------------------------- strings */

/* Which letters of a word JSON strings may hold, in bits. `first`: some string ends in the
 * first k letters; `last`: some begins with those from k on; `whole[k]`: up to which letter a
 * string may hold all letters from k. */
struct pieces_found {
    uint64_t first, last;
    uint64_t whole[WORD_MAX + 1];
};

/* Whether a character beyond ASCII may be a letter that folds to ASCII: not East Asian text,
 * nor punctuation. */
static bool is_unknown(struct span s)
{
    unsigned char c[3] = {0};

    for (size_t i = 0; i < 3 && i < s.length; i++)
        c[i] = (unsigned char)s.data[i];
    switch (c[0]) {
    case 0xC2: /* ª º */
        return c[1] == 0xAA || c[1] == 0xBA;
    case 0xC3: /* ß */
        return c[1] == 0x9F;
    case 0xC4: /* İ, Ĳ, Ŀ; other letters with diacritics do not match without them */
        return c[1] >= 0xB0;
    case 0xC5: /* ŀ, ŉ, ſ */
        return c[1] == 0x80 || c[1] == 0x89 || c[1] == 0xBF;
    case 0xC7: /* Ǆ to ǌ, Ǳ to ǳ */
        return (c[1] >= 0x84 && c[1] <= 0x8C) || (c[1] >= 0xB1 && c[1] <= 0xB3);
    case 0xCA: /* ʰ and other superscript letters */
    case 0xCB:
        return c[1] >= 0xA1;
    case 0xE2: /* General Punctuation, except invisible characters */
        return c[1] > 0x81 || (c[1] == 0x81 && c[2] >= 0xB0) ||
               hidden_bytes(s.data, s.length) > 0;
    case 0xEF: /* full-width letters and digits */
        if (c[1] == 0xBC)
            return (c[2] >= 0x90 && c[2] <= 0x99) || (c[2] >= 0xA1 && c[2] <= 0xBA);
        return c[1] != 0xBD || (c[2] >= 0x81 && c[2] <= 0x9A);
    case 0xE1: /* Tibetan to Hangul Jamo, before phonetic and Latin letters */
        return c[1] >= 0xB4;
    case 0xC6:
    case 0xC8:
    case 0xC9:
        return false;
    default: /* Greek to Syriac and Indic scripts: none resembles a Latin letter */
        return c[0] >= 0x80 && !(c[0] >= 0xCE && c[0] <= 0xE0) && !is_east_asian(s);
    }
}

/* The same for the character that ends at `end`. */
static bool ends_in_unknown(struct span s, size_t end)
{
    size_t start = end > 0 ? utf8_floor(s.data, s.length, end - 1) : 0;

    return end > 0 && is_unknown(span_of(s.data + start, end - start));
}

/* The string that begins at `from`. False if its letters may fold to anything. */
static bool note_begin(struct pieces_found *found, const char *word, struct span s, size_t from)
{
    size_t length = strlen(word);

    while (from < s.length && (s.data[from] & 0x80) == 0 && !is_word_byte(s.data[from]) &&
           s.data[from] != '"')
        from++;
    if (is_unknown(span_skip(s, from)))
        return false;
    for (size_t k = 1; k < length; k++) {
        size_t at;

        for (at = 0; from + at < s.length && k + at < length &&
                     lower(s.data[from + at]) == word[k + at];)
            at++;
        if (at == 0)
            continue;
        if (k + at == length)
            found->last |= UINT64_C(1) << k;
        else if (is_unknown(span_skip(s, from + at)))
            return false;
        else if (from + at < s.length && !is_word_byte(s.data[from + at]))
            found->whole[k] |= UINT64_C(1) << (k + at);
    }
    return true;
}

/* The string that ends at `end`. */
static bool note_end(struct pieces_found *found, const char *word, struct span s, size_t end)
{
    size_t length = strlen(word);

    while (end > 0 && (s.data[end - 1] & 0x80) == 0 && !is_word_byte(s.data[end - 1]) &&
           s.data[end - 1] != '"')
        end--;
    if (ends_in_unknown(s, end))
        return false;
    for (size_t k = 1; k < length; k++) {
        size_t at;

        for (at = 0; at < k && end > at && lower(s.data[end - at - 1]) == word[k - at - 1];)
            at++;
        if (at == k)
            found->first |= UINT64_C(1) << k;
        else if (at > 0 && ends_in_unknown(s, end - at))
            return false;
    }
    return true;
}

/* Whether strings may hold a word in pieces, one in each, like the word parts of some
 * recognisers. Numbers may be without quotation marks. */
static bool joins_strings(const char *word, struct span s)
{
    struct pieces_found found = {0};
    size_t length = strlen(word);
    uint64_t reached;

    if (length == 0 || strpbrk(word, "0123456789") != NULL)
        return true;
    for (size_t at = 0; (at += span_find(span_skip(s, at), '"')) < s.length; at++)
        if (!note_end(&found, word, s, at) || !note_begin(&found, word, s, at + 1))
            return true;
    reached = found.first;
    for (size_t k = 1; k < length; k++)
        if ((reached >> k & 1) != 0)
            reached |= found.whole[k];
    return (reached & found.last) != 0;
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

/* Whether a piece is missing: a Han character anywhere; a word if words are never split. */
static bool lacks_piece(struct prefilter *p, struct span s)
{
    bool lacking[PIECES_MAX] = {false};
    bool any = false;
    size_t i;

    for (i = 0; i < p->count; i++) {
        if ((p->pieces[i].is_word && any) || has(p->pieces[i].matcher, s))
            continue;
        if (!p->pieces[i].is_word)
            return true;
        lacking[i] = any = true;
    }
    if (!any || cuts_words(p, lacking, s))
        return false;
    for (i = 0; i < p->count && is_json(s); i++)
        if (lacking[i] && joins_strings(p->pieces[i].word, s))
            return false;
    return true;
}

/* The same for shilu's own JSON. */
static bool lacks_query(const struct prefilter *p, struct span s)
{
    if (memchr(s.data, '\\', s.length) == NULL)
        return !has(p->whole, s);
    for (size_t i = 0; i < p->run_count; i++)
        if (!has(p->runs[i], s))
            return !has_escapes(s);
    return false;
}

/* The bytes must be valid UTF-8 before any matcher runs on them. */
static bool is_certain(struct prefilter *p, struct span s)
{
    if (utf8_valid_prefix(s.data, s.length) != s.length)
        return false;
    if (p->whole != NULL && *s.data == '{' && is_ours(s.data, s.length))
        return lacks_query(p, s);
    return lacks_piece(p, s) && !is_disguised(s) && !has_escapes(s) && !has_entities(s);
}

bool prefilter_may_match(struct prefilter *p, const char *path)
{
    size_t bytes;
    char *text;
    bool certain;

    if (p == NULL || !make_ready(p))
        return true;
    text = read_file(path, &bytes);
    if (text == NULL)
        return true;
    certain = is_certain(p, span_of(text, bytes));
    free(text);
    return !certain;
}
