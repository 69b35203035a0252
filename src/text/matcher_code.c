/* Matcher, compiled code. Invariant: data and context are set wherever code is. Texts are valid
 * UTF-8, so PCRE2 need not check them. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "text/matcher_code.h"

#include <pcre2.h>

#include "shilu/base/memory.h"
#include "shilu/text/utf8.h"

/* What a user's pattern may cost: backtracks for one place to start from, bytes of the JIT's
 * stack, and how often it may meet either bound before it is not run again. */
enum {
    MATCH_LIMIT = 100000,
    STACK_MIN = 32 * 1024,
    STACK_MAX = 1024 * 1024,
    GIVE_UPS_MAX = 20
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

static void prepare_match(struct matcher_code *c, bool bounded)
{
    c->data = pcre2_match_data_create(1, NULL);
    c->context = pcre2_match_context_create(NULL);
    if (c->data == NULL || c->context == NULL)
        memory_alloc(SIZE_MAX); /* the one place where running out of memory ends */
    if (!bounded)
        return;
    pcre2_set_match_limit(c->context, MATCH_LIMIT);
    c->stack = pcre2_jit_stack_create(STACK_MIN, STACK_MAX, NULL);
    if (c->stack != NULL)
        pcre2_jit_stack_assign(c->context, NULL, c->stack);
}

bool matcher_code_init(struct matcher_code *c, const char *pattern, size_t bytes,
                       unsigned flags, struct error *err)
{
    uint32_t options = PCRE2_NEVER_BACKSLASH_C | PCRE2_USE_OFFSET_LIMIT;
    size_t offset = 0;
    int code = 0;

    *c = (struct matcher_code){0};
    if ((flags & MATCHER_CODE_BYTES) == 0)
        options |= PCRE2_UTF;
    if ((flags & MATCHER_CODE_USER) != 0)
        options |= PCRE2_UCP | PCRE2_MULTILINE;
    c->code = pcre2_compile((PCRE2_SPTR)pattern, bytes, options, &code, &offset, NULL);
    if (c->code == NULL)
        return set_pattern_error(err, code, pattern, bytes, offset);
    c->has_jit = pcre2_jit_compile(c->code, PCRE2_JIT_COMPLETE) == 0;
    prepare_match(c, (flags & MATCHER_CODE_USER) != 0);
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

static int match_once(struct matcher_code *c, const char *text, size_t bytes, size_t from)
{
    uint32_t options = PCRE2_NO_UTF_CHECK | PCRE2_NOTEMPTY;

    if (c->has_jit)
        return pcre2_jit_match(c->code, (PCRE2_SPTR)text, bytes, from, options, c->data,
                               c->context);
    return pcre2_match(c->code, (PCRE2_SPTR)text, bytes, from, options, c->data, c->context);
}

bool matcher_code_find(struct matcher_code *c, const char *text, size_t bytes, size_t from,
                       size_t before, size_t *start, size_t *end)
{
    const size_t *ends = pcre2_get_ovector_pointer(c->data);

    while (from < before && c->give_ups < GIVE_UPS_MAX) {
        int found;

        pcre2_set_offset_limit(c->context, before - 1);
        found = match_once(c, text, bytes, from);
        if (found < 0) {
            c->give_ups += found != PCRE2_ERROR_NOMATCH;
            return false;
        }
        if (ends[0] >= before)
            return false; /* the JIT may step over a limit that stands inside a character */
        /* \K can move the start: behind the end, or before the place that was asked for. */
        if (ends[0] < ends[1] && ends[0] >= from) {
            *start = ends[0];
            *end = ends[1];
            return true;
        }
        from = ends[1] > from ? ends[1] : from + 1;
        while (from < bytes && ((unsigned char)text[from] & 0xC0) == 0x80)
            from++;
    }
    return false;
}
