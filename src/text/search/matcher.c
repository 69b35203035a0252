/* Matcher: either one literal, or a compiled pattern, for which there may be a faster way:
 * searching for literals one of which every match contains, or for ASCII first. Both find
 * exactly what the pattern finds. */
#include "shilu/text/matcher.h"

#include <stdlib.h>
#include <string.h>

#include "shilu/base/civil_time.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/text/utf8.h"
#include "text/search/matcher_ascii.h"
#include "text/search/matcher_code.h"
#include "text/search/matcher_expand.h"
#include "text/search/matcher_literal.h"

/* How far to search for several literals in turn. */
enum { SLICE_MAX = 64 * 1024 };

struct matcher {
    struct matcher_literal literals[EXPANSION_REQUIRED_MAX];
    size_t literal_count;
    size_t bytes_before;        /* most bytes of a match before the literal */
    struct matcher_code code;   /* not compiled if the literal is everything */
    struct matcher_ascii ascii; /* a faster way to the same matches as `code` */
    struct buffer pattern;      /* of `code` */
    bool by_ascii;
    bool by_literal; /* search for the literals, and try `code` around them */
    bool is_pattern; /* written by the user */
};

static bool has_upper(const char *query, size_t bytes)
{
    size_t at = 0;

    while (at < bytes) {
        uint32_t c;

        at += utf8_decode(query + at, bytes - at, &c);
        if (fold_table_is_upper(c))
            return true;
    }
    return false;
}

static bool prepare_folded(struct matcher *m, const char *query, size_t bytes, bool caseless,
                           struct error *err)
{
    enum fold_mode mode = !caseless && has_upper(query, bytes) ? FOLD_CASED : FOLD_CASELESS;
    struct expansion e;
    bool ok = true;
    size_t i;

    matcher_expand(&e, query, bytes, mode);
    for (i = 0; i < e.required_count; i++)
        matcher_literal_init(&m->literals[i], e.required[i].data, e.required[i].bytes);
    m->literal_count = e.required_count;
    m->bytes_before = e.bytes_before;
    if (!e.whole) {
        m->pattern = e.pattern;
        e.pattern = (struct buffer){0};
        ok = matcher_code_init(&m->code, m->pattern.data, m->pattern.bytes, 0, err);
        m->by_ascii = ok && matcher_ascii_init(&m->ascii, e.keys, e.key_count, mode);
        m->by_literal = e.required_count > 0 && !e.quick && !m->by_ascii;
    }
    matcher_expand_release(&e);
    return ok;
}

/* The error's column becomes that of the query, which has `skipped` more bytes in front. */
static bool prepare_pattern(struct matcher *m, const char *pattern, size_t bytes,
                            size_t skipped, bool caseless, struct error *err)
{
    unsigned flags = MATCHER_CODE_USER | (caseless ? MATCHER_CODE_CASELESS : 0u);

    m->is_pattern = true;
    buffer_append(&m->pattern, pattern, bytes);
    if (matcher_code_init(&m->code, pattern, bytes, flags, err))
        return true;
    err->column += skipped;
    return false;
}

static bool prepare_caseless(struct matcher *m, const char *query, size_t bytes,
                             struct error *err)
{
    buffer_append(&m->pattern, query, bytes);
    return matcher_code_init(&m->code, query, bytes,
                             MATCHER_CODE_LITERAL | MATCHER_CODE_CASELESS, err);
}

static bool check_query(const char *query, size_t bytes, struct error *err)
{
    size_t valid = utf8_valid_prefix(query, bytes);
    const char *nul = memchr(query, '\0', valid);

    if (nul != NULL)
        valid = (size_t)(nul - query);
    if (valid < bytes)
        return error_set_at(err, ERROR_USAGE, 0, utf8_count(query, valid) + 1,
                            nul != NULL ? N_("a query cannot contain NUL")
                                        : N_("the query is not valid UTF-8"));
    if (utf8_count(query, bytes) > MATCHER_QUERY_MAX)
        return error_set(err, ERROR_LIMIT, "the query is longer than %d characters",
                         (int)MATCHER_QUERY_MAX);
    return true;
}

size_t matcher_read_prefix(const char *query, size_t bytes, unsigned *flags)
{
    if ((*flags & ~(unsigned)MATCHER_CASELESS) != 0)
        return 0;
    if (bytes > 0 && query[0] == '=') {
        *flags |= MATCHER_EXACT;
        return 1;
    }
    if (bytes > 1 && query[0] == '\\' && query[1] == 'v') {
        *flags |= MATCHER_PATTERN;
        return 2;
    }
    return 0;
}

struct matcher *matcher_new(const char *query, size_t bytes, unsigned flags, struct error *err)
{
    struct matcher *m;
    size_t prefix = matcher_read_prefix(query, bytes, &flags);
    bool ok = true;

    if (bytes == prefix) {
        error_set(err, ERROR_USAGE, "nothing to search for");
        return NULL;
    }
    if (!check_query(query, bytes, err))
        return NULL;
    m = memory_zalloc(1, sizeof *m);
    query += prefix;
    bytes -= prefix;
    if ((flags & MATCHER_PATTERN) != 0) {
        ok = prepare_pattern(m, query, bytes, prefix, (flags & MATCHER_CASELESS) != 0, err);
    } else if ((flags & MATCHER_EXACT) != 0 && (flags & MATCHER_CASELESS) != 0) {
        ok = prepare_caseless(m, query, bytes, err);
    } else if ((flags & MATCHER_EXACT) != 0) {
        matcher_literal_init(&m->literals[m->literal_count++], query, bytes);
    } else {
        ok = prepare_folded(m, query, bytes, (flags & MATCHER_CASELESS) != 0, err);
    }
    if (ok)
        return m;
    matcher_free(m);
    return NULL;
}

void matcher_free(struct matcher *m)
{
    size_t i;

    if (m == NULL)
        return;
    for (i = 0; i < m->literal_count; i++)
        matcher_literal_release(&m->literals[i]);
    matcher_code_release(&m->code);
    matcher_ascii_release(&m->ascii);
    buffer_release(&m->pattern);
    free(m);
}

bool matcher_replace(struct matcher **m, const char *query, struct error *err)
{
    struct matcher *new = NULL;

    if (*query != '\0') {
        new = matcher_new(query, strlen(query), 0, err);
        if (new == NULL)
            return false;
    }
    matcher_free(*m);
    *m = new;
    return true;
}

/* The first position in [from, before) where one of the literals starts. Several are searched
 * for in growing slices, so that rare ones are not searched for to the end of the text each
 * time a frequent one is near. */
static size_t find_literal(struct matcher *m, const char *text, size_t bytes, size_t from,
                           size_t before)
{
    size_t slice = 256;
    size_t i;

    if (m->literal_count == 1)
        return matcher_literal_find(&m->literals[0], text, bytes, from, before);
    while (from < before) {
        size_t end = before - from > slice ? from + slice : before;
        size_t best = MATCHER_LITERAL_NONE;

        for (i = 0; i < m->literal_count; i++) {
            size_t at = matcher_literal_find(&m->literals[i], text, bytes, from, end);

            if (at != MATCHER_LITERAL_NONE)
                best = end = at;
        }
        if (best != MATCHER_LITERAL_NONE)
            return best;
        from = end;
        slice = slice < SLICE_MAX ? slice * 2 : slice;
    }
    return MATCHER_LITERAL_NONE;
}

/* Try the pattern only around occurrences of its required run. */
static bool find_around_literal(struct matcher *m, const char *text, size_t bytes, size_t from,
                                size_t before, struct match *match)
{
    size_t reach = bytes - before > m->bytes_before ? before + m->bytes_before : bytes;
    size_t run = find_literal(m, text, bytes, from, reach);

    while (run != MATCHER_LITERAL_NONE) {
        size_t first = run > from + m->bytes_before ? run - m->bytes_before : from;
        size_t last = run + 1 < before ? run + 1 : before;

        while (first < last && utf8_is_continuation(text[first]))
            first++;
        if (matcher_code_find(&m->code, text, bytes, first, last, &match->start, &match->end))
            return true;
        from = last; /* earlier starts were tried */
        run = find_literal(m, text, bytes, run + 1, reach);
    }
    return false;
}

bool matcher_find_before(struct matcher *m, const char *text, size_t bytes, size_t from,
                         size_t before, struct match *match)
{
    size_t at;

    m->code.stopped_at = MATCHER_CODE_NONE;
    if (before > bytes)
        before = bytes;
    while (from < before && utf8_is_continuation(text[from]))
        from++; /* a caller may be inside a character */
    if (from >= before)
        return false;
    if (m->by_literal)
        return find_around_literal(m, text, bytes, from, before, match);
    if (m->by_ascii)
        return matcher_ascii_find(&m->ascii, &m->code, text, bytes, from, before, &match->start,
                                  &match->end);
    if (m->code.code != NULL)
        return matcher_code_find(&m->code, text, bytes, from, before, &match->start,
                                 &match->end);
    at = find_literal(m, text, bytes, from, before);
    if (at == MATCHER_LITERAL_NONE)
        return false;
    *match = (struct match){at, at + m->literals[0].bytes};
    return true;
}

bool matcher_find(struct matcher *m, const char *text, size_t bytes, size_t from,
                  struct match *match)
{
    return matcher_find_before(m, text, bytes, from, bytes, match);
}

bool matcher_keeps_segments(const struct matcher *m)
{
    return !m->is_pattern;
}

size_t matcher_give_ups(const struct matcher *m)
{
    return m->code.give_ups;
}

void matcher_set_budget(struct matcher *m, int64_t ms)
{
    m->code.deadline_ms = ms > 0 && m->is_pattern ? clock_monotonic_ms() + ms : 0;
}

bool matcher_stopped(const struct matcher *m, size_t *at)
{
    *at = m->code.stopped_at;
    return m->is_pattern && m->code.stopped_at != MATCHER_CODE_NONE;
}

const char *matcher_pattern(const struct matcher *m)
{
    return m->code.code != NULL ? m->pattern.data : NULL;
}

const char *matcher_required(const struct matcher *m, size_t *bytes)
{
    *bytes = m->literal_count == 1 ? m->literals[0].bytes : 0;
    return m->literal_count == 1 ? m->literals[0].data : NULL;
}
