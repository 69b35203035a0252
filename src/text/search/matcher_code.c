/* Matcher, compiled code. Invariant: data and context are set if code is. Texts are valid
 * UTF-8, so PCRE2 need not check them. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "text/search/matcher_code.h"

#include <pcre2.h>

#include "shilu/base/civil_time.h"
#include "shilu/base/memory.h"
#include "shilu/text/utf8.h"

/* The budget of a user's pattern. PCRE2 counts backtracks for each starting position, so a run
 * over many positions gets its share of WORK for each of them: no run takes longer than a few
 * milliseconds, whatever the pattern. A run that exceeds the limit is repeated over fewer
 * positions, down to one, which is then abandoned. If many positions are abandoned, or hardly
 * any run completes more than a few positions, the limit is lowered, so that a text full of
 * them is passed in reasonable time. If that does not help, because the pattern reads all of a
 * long text at each position, the rest of the text is abandoned. */
enum {
    WORK = 1000000,
    WORK_COSTLY = 5000, /* while `costly` is above COSTLY_MAX, or `heavy` above HEAVY_MAX */
    COSTLY_MAX = 20,
    HEAVY_MAX = 400,
    HEAVY_END = 800,    /* of `heavy`: an abandoned position then takes the rest of the text
                         * with it */
    HEAVY_REST = 65536, /* bytes: shorter texts are never heavy */
    HEAVY_BYTES = 16,   /* a run over fewer has exceeded the limit before */
    SLICE_MIN = 64,     /* bytes; the first, and what it grows back to */
    SLICE_MAX = 65536,
    PATIENCE = 16,
    STACK_MIN = 32 * 1024,
    STACK_MAX = 1024 * 1024,
    HEAP_MAX_KIB = 64 * 1024
};

static bool set_pattern_error(struct error *err, int code, const char *pattern, size_t bytes,
                              size_t offset)
{
    PCRE2_UCHAR message[160];

    pcre2_get_error_message(code, message, sizeof message);
    return error_set_at(err, ERROR_SYNTAX, 0,
                        utf8_count(pattern, offset < bytes ? offset : bytes) + 1,
                        "invalid pattern: %s", (const char *)message);
}

static void prepare_match(struct matcher_code *c)
{
    c->data = pcre2_match_data_create(1, NULL);
    c->context = pcre2_match_context_create(NULL);
    if (c->data == NULL || c->context == NULL)
        memory_exhausted(0);
    pcre2_set_heap_limit(c->context, HEAP_MAX_KIB);
}

bool matcher_code_init(struct matcher_code *c, const char *pattern, size_t bytes,
                       unsigned flags, struct error *err)
{
    uint32_t options = PCRE2_NEVER_BACKSLASH_C | PCRE2_USE_OFFSET_LIMIT;
    size_t offset = 0;
    int code = 0;

    *c = (struct matcher_code){.bounded = (flags & MATCHER_CODE_USER) != 0,
                               .slice = SLICE_MIN,
                               .stopped_at = MATCHER_CODE_NONE};
    if ((flags & MATCHER_CODE_BYTES) == 0)
        options |= PCRE2_UTF;
    if ((flags & MATCHER_CODE_USER) != 0)
        options |= PCRE2_UCP | PCRE2_MULTILINE;
    if ((flags & MATCHER_CODE_CASELESS) != 0)
        options |= PCRE2_CASELESS;
    if ((flags & MATCHER_CODE_LITERAL) != 0)
        options = (options & ~(uint32_t)PCRE2_NEVER_BACKSLASH_C) | PCRE2_LITERAL;
    c->code = pcre2_compile((PCRE2_SPTR)pattern, bytes, options, &code, &offset, NULL);
    if (c->code == NULL)
        return set_pattern_error(err, code, pattern, bytes, offset);
    c->has_jit = pcre2_jit_compile(c->code, PCRE2_JIT_COMPLETE) == 0;
    prepare_match(c);
    return true;
}

void matcher_code_release(struct matcher_code *c)
{
    pcre2_code_free(c->code);
    pcre2_match_data_free(c->data);
    pcre2_match_context_free(c->context);
    pcre2_jit_stack_free(c->stack);
    *c = (struct matcher_code){0};
}

/* The JIT has some room on the stack of the thread. Few patterns need more. False: it has all
 * that it may have. */
static bool give_more_stack(struct matcher_code *c)
{
    if (c->stack != NULL)
        return false;
    c->stack = pcre2_jit_stack_create(STACK_MIN, STACK_MAX, NULL);
    if (c->stack != NULL)
        pcre2_jit_stack_assign(c->context, NULL, c->stack);
    return c->stack != NULL;
}

static int match_once(struct matcher_code *c, const char *text, size_t bytes, size_t from)
{
    uint32_t options = PCRE2_NO_UTF_CHECK | PCRE2_NOTEMPTY;
    int found = PCRE2_ERROR_JIT_STACKLIMIT;

    if (c->has_jit)
        do
            found = pcre2_jit_match(c->code, (PCRE2_SPTR)text, bytes, from, options, c->data,
                                    c->context);
        while (found == PCRE2_ERROR_JIT_STACKLIMIT && give_more_stack(c));
    /* The interpreter keeps on the heap what was too much for the JIT's stack. */
    if (found == PCRE2_ERROR_JIT_STACKLIMIT)
        found = pcre2_match(c->code, (PCRE2_SPTR)text, bytes, from, options | PCRE2_NO_JIT,
                            c->data, c->context);
    if (found == PCRE2_ERROR_NOMEMORY)
        memory_exhausted(0);
    return found;
}

static size_t next_character(const char *text, size_t bytes, size_t at)
{
    at++;
    while (at < bytes && utf8_is_continuation(text[at]))
        at++;
    return at;
}

enum outcome { NOTHING, MATCHED, TOO_COSTLY };

/* One run over the starting positions in [from, before). */
static enum outcome run(struct matcher_code *c, const char *text, size_t bytes, size_t from,
                        size_t before, size_t *start, size_t *end)
{
    const size_t *ends = pcre2_get_ovector_pointer(c->data);

    while (from < before) {
        int found;

        pcre2_set_offset_limit(c->context, before - 1);
        found = match_once(c, text, bytes, from);
        if (found < 0 && found != PCRE2_ERROR_NOMATCH)
            return TOO_COSTLY;
        if (found < 0 || ends[0] >= before)
            return NOTHING; /* the JIT may skip a limit that is inside a character */
        /* \K can move the start: beyond the end, or before the requested position. */
        if (ends[0] < ends[1] && ends[0] >= from) {
            *start = ends[0];
            *end = ends[1];
            return MATCHED;
        }
        from = ends[1] > from ? ends[1] : next_character(text, bytes, from);
        while (from < bytes && utf8_is_continuation(text[from]))
            from++;
    }
    return NOTHING;
}

/* The end of the slice from `from` on; at least one character. */
static size_t slice_end(const struct matcher_code *c, const char *text, size_t from,
                        size_t before)
{
    size_t end = before - from > c->slice ? from + c->slice : before;

    while (end < before && utf8_is_continuation(text[end]))
        end++;
    return end;
}

static void set_bound(const struct matcher_code *c, size_t places)
{
    bool costly = c->costly > COSTLY_MAX || c->heavy > HEAVY_MAX;
    size_t work = costly ? WORK_COSTLY : WORK;

    pcre2_set_match_limit(c->context, (uint32_t)(work / places + 1));
}

/* Learn from a run how many positions the next one may try. `left`: bytes of the text. */
static void adapt(struct matcher_code *c, bool too_costly, size_t places, size_t left)
{
    if (left > HEAVY_REST && c->slice < HEAVY_BYTES)
        c->heavy += c->heavy < HEAVY_END;
    else
        c->heavy -= c->heavy > 0;
    if (too_costly) {
        c->slice = places / 8 + 1;
        c->patience = PATIENCE;
    } else if (c->patience > 0) {
        c->patience--;
    } else if (c->slice < SLICE_MAX) {
        c->slice *= 2;
    }
}

static bool find_in_slices(struct matcher_code *c, const char *text, size_t bytes, size_t from,
                           size_t before, size_t *start, size_t *end)
{
    while (from < before) {
        size_t to = slice_end(c, text, from, before);
        size_t one = next_character(text, bytes, from);
        enum outcome outcome;

        set_bound(c, to - from);
        outcome = run(c, text, bytes, from, to, start, end);
        if (outcome == MATCHED)
            return true;
        adapt(c, outcome == TOO_COSTLY, to - from, before - from);
        if (outcome == NOTHING) {
            c->costly -= c->costly > 0;
            from = to;
        } else if (to <= one) {
            if (c->heavy == HEAVY_END && before - from > HEAVY_REST)
                one = before;
            c->give_ups += utf8_count(text + from, one - from);
            c->costly += c->costly < 2 * COSTLY_MAX;
            from = one;
        }
        if (c->deadline_ms != 0 && from < before && clock_monotonic_ms() >= c->deadline_ms) {
            c->stopped_at = from;
            return false;
        }
    }
    return false;
}

bool matcher_code_find(struct matcher_code *c, const char *text, size_t bytes, size_t from,
                       size_t before, size_t *start, size_t *end)
{
    enum outcome outcome;

    c->stopped_at = MATCHER_CODE_NONE;
    if (c->bounded)
        return find_in_slices(c, text, bytes, from, before, start, end);
    outcome = run(c, text, bytes, from, before, start, end);
    c->give_ups += outcome == TOO_COSTLY; /* never seen, but it must not be silent */
    return outcome == MATCHED;
}
