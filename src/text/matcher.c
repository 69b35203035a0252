/* Matcher. Either one literal, or a compiled pattern with its match data. A folded query may
 * have both: literals of which every match holds one are searched for, and the pattern is tried
 * only where one stands. Texts are valid UTF-8, so PCRE2 need not check. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "shilu/text/matcher.h"

#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"
#include "shilu/text/matcher_expand.h"
#include "shilu/text/matcher_literal.h"
#include "shilu/text/utf8.h"

/* What a user's pattern may cost: backtracks for one place to start from, bytes of the JIT's
 * stack, and how often it may reach either limit before it is not run again. */
enum {
    MATCH_LIMIT = 100000,
    STACK_MIN = 32 * 1024,
    STACK_MAX = 1024 * 1024,
    GIVE_UPS_MAX = 20
};

/* How far several literals are searched for in turn. */
enum { SLICE_MAX = 64 * 1024 };

struct matcher {
    struct matcher_literal literals[EXPANSION_REQUIRED_MAX];
    size_t literal_count;
    bool literal_first;  /* look for them before the pattern is tried */
    size_t bytes_before; /* the most bytes of a match before the literal */
    pcre2_code *code;    /* NULL: the literal is all */
    pcre2_match_data *data;
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
    bool is_pattern; /* the user's own */
    bool has_jit;    /* else the interpreter finds the same */
    unsigned give_ups;
};

static size_t characters(const char *text, size_t bytes)
{
    return utf8_count(text, bytes);
}

/* PCRE2's own message and place; `skipped` characters of the query stand before the pattern. */
static bool set_pattern_error(struct error *err, int code, const char *pattern, size_t bytes,
                              size_t offset, size_t skipped)
{
    PCRE2_UCHAR message[160];

    if (offset > bytes)
        offset = bytes;
    pcre2_get_error_message(code, message, sizeof message);
    return error_set_at(err, ERROR_SYNTAX, 0, skipped + characters(pattern, offset) + 1,
                        "invalid pattern: %s", (const char *)message);
}

static void prepare_match(struct matcher *m)
{
    m->data = pcre2_match_data_create(1, NULL);
    m->context = pcre2_match_context_create(NULL);
    if (m->data == NULL || m->context == NULL)
        memory_alloc(SIZE_MAX); /* the one place where running out of memory ends */
    if (!m->is_pattern)
        return;
    pcre2_set_match_limit(m->context, MATCH_LIMIT);
    m->stack = pcre2_jit_stack_create(STACK_MIN, STACK_MAX, NULL);
    if (m->stack != NULL)
        pcre2_jit_stack_assign(m->context, NULL, m->stack);
}

static bool compile(struct matcher *m, const char *pattern, size_t bytes, uint32_t options,
                    size_t skipped, struct error *err)
{
    int code = 0;
    size_t offset = 0;

    options |= PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_USE_OFFSET_LIMIT;
    m->code = pcre2_compile((PCRE2_SPTR)pattern, bytes, options, &code, &offset, NULL);
    if (m->code == NULL)
        return set_pattern_error(err, code, pattern, bytes, offset, skipped);
    m->has_jit = pcre2_jit_compile(m->code, PCRE2_JIT_COMPLETE) == 0;
    prepare_match(m);
    return true;
}

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

static bool prepare_folded(struct matcher *m, const char *query, size_t bytes,
                           struct error *err)
{
    enum fold_mode mode = has_upper(query, bytes) ? FOLD_CASED : FOLD_CASELESS;
    struct expansion e;
    bool ok = true;
    size_t i;

    matcher_expand(&e, query, bytes, mode);
    for (i = 0; i < e.required_count; i++)
        matcher_literal_init(&m->literals[i], e.required[i].data, e.required[i].bytes);
    m->literal_count = e.required_count;
    m->bytes_before = e.bytes_before;
    m->literal_first = e.required_count > 0 && !e.quick;
    if (!e.whole)
        ok = compile(m, e.pattern.data, e.pattern.bytes, 0, 0, err);
    matcher_expand_release(&e);
    return ok;
}

static bool check_query(const char *query, size_t bytes, struct error *err)
{
    size_t valid = utf8_valid_prefix(query, bytes);
    const char *nul = memchr(query, '\0', valid);

    if (nul != NULL)
        valid = (size_t)(nul - query);
    if (valid < bytes)
        return error_set_at(err, ERROR_USAGE, 0, characters(query, valid) + 1,
                            nul != NULL ? "a query cannot hold a NUL"
                                        : "the query is not valid UTF-8");
    if (characters(query, bytes) > MATCHER_QUERY_MAX)
        return error_set(err, ERROR_LIMIT, "the query is longer than %d characters",
                         (int)MATCHER_QUERY_MAX);
    return true;
}

/* Take "=" or "\v" off the front; returns the bytes taken. */
static size_t read_prefix(const char *query, size_t bytes, unsigned *flags)
{
    if (*flags != 0)
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
    size_t prefix = read_prefix(query, bytes, &flags);
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
        m->is_pattern = true;
        ok = compile(m, query, bytes, PCRE2_UCP | PCRE2_MULTILINE, prefix, err);
    } else if ((flags & MATCHER_EXACT) != 0) {
        matcher_literal_init(&m->literals[m->literal_count++], query, bytes);
    } else {
        ok = prepare_folded(m, query, bytes, err);
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
    pcre2_code_free(m->code);
    pcre2_match_data_free(m->data);
    pcre2_match_context_free(m->context);
    pcre2_jit_stack_free(m->stack);
    free(m);
}

/* The first place in [from, before) where one of the literals starts. Several are searched for
 * in slices that grow, so that the rare ones are not sought to the end of the text each time
 * that a frequent one is near. */
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

static int match_once(struct matcher *m, const char *text, size_t bytes, size_t from)
{
    uint32_t options = PCRE2_NO_UTF_CHECK | PCRE2_NOTEMPTY;

    if (m->has_jit)
        return pcre2_jit_match(m->code, (PCRE2_SPTR)text, bytes, from, options, m->data,
                               m->context);
    return pcre2_match(m->code, (PCRE2_SPTR)text, bytes, from, options, m->data, m->context);
}

/* The first non-empty match that starts in [from, before). */
static bool run_code(struct matcher *m, const char *text, size_t bytes, size_t from,
                     size_t before, struct match *match)
{
    while (from < before) {
        const size_t *ends = pcre2_get_ovector_pointer(m->data);
        int found;

        pcre2_set_offset_limit(m->context, before - 1);
        found = match_once(m, text, bytes, from);
        if (found < 0) {
            if (found != PCRE2_ERROR_NOMATCH)
                m->give_ups++;
            return false;
        }
        if (ends[0] >= before)
            return false; /* the JIT may step over a limit that stands inside a character */
        /* \K can move the start: behind the end, or before the place that was asked for. */
        if (ends[0] < ends[1] && ends[0] >= from) {
            *match = (struct match){ends[0], ends[1]};
            return true;
        }
        from = (ends[1] > from ? ends[1] : from + 1);
        while (from < bytes && ((unsigned char)text[from] & 0xC0) == 0x80)
            from++;
    }
    return false;
}

/* Try the pattern only around the places where its required run stands. */
static bool find_around_literal(struct matcher *m, const char *text, size_t bytes, size_t from,
                                size_t before, struct match *match)
{
    size_t reach = bytes - before > m->bytes_before ? before + m->bytes_before : bytes;
    size_t run = find_literal(m, text, bytes, from, reach);

    while (run != MATCHER_LITERAL_NONE) {
        size_t first = run > from + m->bytes_before ? run - m->bytes_before : from;
        size_t last = run + 1 < before ? run + 1 : before;

        while (first < last && ((unsigned char)text[first] & 0xC0) == 0x80)
            first++;
        if (run_code(m, text, bytes, first, last, match))
            return true;
        from = last; /* what starts before has been tried */
        run = find_literal(m, text, bytes, run + 1, reach);
    }
    return false;
}

bool matcher_find_before(struct matcher *m, const char *text, size_t bytes, size_t from,
                         size_t before, struct match *match)
{
    size_t at;

    if (before > bytes)
        before = bytes;
    while (from < before && ((unsigned char)text[from] & 0xC0) == 0x80)
        from++; /* a caller may stand inside a character */
    if (from >= before || m->give_ups >= GIVE_UPS_MAX)
        return false;
    if (m->code != NULL && m->literal_first)
        return find_around_literal(m, text, bytes, from, before, match);
    if (m->code != NULL)
        return run_code(m, text, bytes, from, before, match);
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

bool matcher_gave_up(const struct matcher *m)
{
    return m->give_ups > 0;
}

const char *matcher_required(const struct matcher *m, size_t *bytes)
{
    *bytes = m->literal_count == 1 ? m->literals[0].bytes : 0;
    return m->literal_count == 1 ? m->literals[0].data : NULL;
}
