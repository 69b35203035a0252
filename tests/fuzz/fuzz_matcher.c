/* Fuzz target: the matcher. The first byte holds its flags, the second where a long text is
 * cut; then a query, a line end, and the text that is searched. */
#include <string.h>

#include "fuzz.h"
#include "shilu/text/decode.h"
#include "shilu/text/matcher.h"
#include "shilu/text/utf8.h"

static const struct fuzz_text texts[] = {
    {0, 9, "ann lee\nAnn Lee said: ANN LEE, Ａｎｎ　Ｌｅｅ, Ánn"},
    {0, 9, "国务院\n國務院、国务院、说説說"},
    {0, 9, "か\u3099な\nガナ がな ｶﾞﾅ"},
    {0, 9, "=Ann\nann Ann"},
    {0, 9, "\\v(a+)+$|\\bx{2,}\\p{Han}(?<=b)\nxx漢aaaaaaaaaaaaaaaaaaaaaaa!"},
    {2, 9, "^[^\\n]*?(?i:é)\\R\né e\u0301\nÉ\r\n"},
    {4, 9, "\\v=*.\n\v=*. =*."},
    {1, 9, "ß\nss SS ß ẞ"},
};

/* Make valid UTF-8 of any bytes, as whatever is searched is. */
static void repair(const char *bytes, size_t count, struct buffer *out)
{
    struct error err;
    struct decoder *d = decoder_new("utf-8", &err);

    decoder_feed(d, bytes, count, true, out);
    decoder_free(d);
}

static bool is_boundary(const struct buffer *text, size_t at)
{
    return at == text->bytes || utf8_floor(text->data, text->bytes, at) == at;
}

static bool check_match(const struct matcher *m, const struct buffer *text, size_t from,
                        const struct match *match, struct error *err)
{
    size_t bytes;
    const char *required = matcher_required(m, &bytes);

    if (match->start < from || match->end <= match->start || match->end > text->bytes)
        return error_set(err, ERROR_SYNTAX, "a match at %zu to %zu of %zu from %zu",
                         match->start, match->end, text->bytes, from);
    if (!is_boundary(text, match->start) || !is_boundary(text, match->end))
        return error_set(err, ERROR_SYNTAX, "a match cuts a character");
    if (required != NULL &&
        memmem(text->data + match->start, match->end - match->start, required, bytes) == NULL)
        return error_set(err, ERROR_SYNTAX, "a match has not what every match has");
    return true;
}

/* Whether a slice that ends at `before` answers as the search that found `match`: with the same
 * match if it starts in the slice, else with none. */
static bool is_same_answer(struct matcher *m, const struct buffer *text, size_t from,
                           size_t before, const struct match *match)
{
    struct match again;
    bool is_found = matcher_find_before(m, text->data, text->bytes, from, before, &again);

    if (match->start >= before)
        return !is_found;
    return is_found && again.start == match->start && again.end == match->end;
}

/* Find all matches one after another, and then again in slices. The budget of a user's pattern
 * depends on the searches before, so a search may give up a place where another found a match.
 * It must count that place: two searches that counted none must agree, and a query without a
 * pattern never gives up. */
static bool check_matches(struct matcher *m, const struct buffer *text, size_t slice,
                          struct error *err)
{
    size_t from = 0;
    size_t given_up = 0;
    struct match match;

    while (matcher_find(m, buffer_string(text), text->bytes, from, &match)) {
        size_t ends[] = {match.start + 1, utf8_floor(text->data, text->bytes, from + slice)};

        if (!check_match(m, text, from, &match, err))
            return false;
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
            if (!is_same_answer(m, text, from, ends[i], &match) &&
                matcher_give_ups(m) == given_up)
                return error_set(err, ERROR_SYNTAX,
                                 "a match at %zu is answered otherwise before %zu", match.start,
                                 ends[i]);
        given_up = matcher_give_ups(m);
        from = match.end;
    }
    return matcher_give_ups(m) == 0 || !matcher_keeps_segments(m) ||
           error_set(err, ERROR_SYNTAX, "a query that is no pattern gives up");
}

/* What is searched for as it is finds itself. */
static bool check_finds_itself(const struct buffer *query, struct error *err)
{
    struct error failure = {0};
    unsigned flags[] = {MATCHER_EXACT, MATCHER_LITERAL};
    struct match match;
    size_t i;

    for (i = 0; i < 2; i++) {
        struct matcher *m = matcher_new(query->data, query->bytes, flags[i], &failure);
        bool found = m == NULL || (matcher_find(m, query->data, query->bytes, 0, &match) &&
                                   match.start == 0);

        matcher_free(m);
        if (!found)
            return error_set(err, ERROR_SYNTAX, "'%.80s' does not find itself", query->data);
    }
    return true;
}

static bool search(const struct buffer *query, const struct buffer *text, unsigned flags,
                   size_t slice, struct error *err)
{
    struct error failure = {0};
    struct matcher *m = matcher_new(query->data, query->bytes, flags, &failure);
    bool ok;

    if (m == NULL)
        return failure.message[0] != '\0' ||
               error_set(err, ERROR_SYNTAX, "a query is refused without a word");
    ok = check_matches(m, text, slice, err);
    matcher_free(m);
    return ok;
}

static bool run(const char *bytes, size_t count, struct error *err)
{
    struct buffer query = {0};
    struct buffer text = {0};
    const char *end;
    bool ok;

    if (count < 3)
        return true;
    end = memchr(bytes + 2, '\n', count - 2);
    if (end == NULL)
        end = bytes + count;
    repair(bytes + 2, (size_t)(end - bytes) - 2, &query);
    if (end < bytes + count)
        repair(end + 1, count - (size_t)(end - bytes) - 1, &text);
    ok = query.bytes == 0 || (search(&query, &text, (unsigned char)bytes[0] % 8u,
                                     fuzz_step_bytes((unsigned char)bytes[1]), err) &&
                              check_finds_itself(&query, err));
    buffer_release(&query);
    buffer_release(&text);
    return ok;
}

const struct fuzz_family fuzz_matcher = {
    "matcher", run, NULL, 0, texts, sizeof texts / sizeof texts[0],
};
