/* Matcher, the literal. Invariant: code and match_data are both set or both NULL. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "text/search/matcher_literal.h"

#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"

/* Compile `data` as a pattern of bytes. Failure is not an error: see find. */
static void compile(struct matcher_literal *l)
{
    int error;
    size_t offset;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)l->data, l->bytes, PCRE2_LITERAL, &error,
                                     &offset, NULL);
    pcre2_match_data *data;

    if (code == NULL)
        return;
    data = pcre2_match_data_create(1, NULL);
    if (data == NULL || pcre2_jit_compile(code, PCRE2_JIT_COMPLETE) != 0) {
        pcre2_match_data_free(data);
        pcre2_code_free(code);
        return;
    }
    l->code = code;
    l->match_data = data;
}

void matcher_literal_init(struct matcher_literal *l, const char *bytes, size_t count)
{
    *l = (struct matcher_literal){.data = memory_strndup(bytes, count), .bytes = count};
    compile(l);
}

void matcher_literal_release(struct matcher_literal *l)
{
    free(l->data);
    pcre2_code_free(l->code);
    pcre2_match_data_free(l->match_data);
    *l = (struct matcher_literal){0};
}

size_t matcher_literal_find(struct matcher_literal *l, const char *text, size_t bytes,
                            size_t from, size_t before)
{
    const char *found;

    if (before < bytes && bytes - before >= l->bytes)
        bytes = before + l->bytes - 1;
    if (from >= bytes || bytes - from < l->bytes)
        return MATCHER_LITERAL_NONE;
    if (l->code != NULL) {
        if (pcre2_jit_match(l->code, (PCRE2_SPTR)text, bytes, from, 0, l->match_data, NULL) < 0)
            return MATCHER_LITERAL_NONE;
        return pcre2_get_ovector_pointer(l->match_data)[0];
    }
    found = memmem(text + from, bytes - from, l->data, l->bytes);
    return found != NULL ? (size_t)(found - text) : MATCHER_LITERAL_NONE;
}
