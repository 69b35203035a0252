/* Matcher for queries of ASCII letters and digits. It finds what the whole pattern finds: a
 * match is either all ASCII (except for white space), or it contains one of the other
 * spellings, and then it starts no further before that than the longest match is long. */
#include "text/search/matcher_ascii.h"

#include <string.h>

#include "shilu/base/buffer.h"
#include "shilu/text/utf8.h"
#include "text/search/matcher_expand.h"

/* Shorter queries match so often that two searches cost more than one. */
enum { KEYS_MIN = 3 };

/* The first and the largest slice of the text that is searched in both ways. */
enum { SLICE_MIN = 32 * 1024, SLICE_MAX = 256 * 1024 };

/* Byte strings of other spellings with the same first byte, as a pattern. */
struct lead {
    unsigned char byte;
    struct buffer pattern;
};

struct leads {
    struct lead lead[MATCHER_ASCII_LEADS_MAX];
    size_t count;
};

/* False if there are too many different lead bytes. */
static bool add_other(struct leads *l, uint32_t character)
{
    char encoded[UTF8_MAX_BYTES];
    size_t bytes = utf8_encode(character, encoded);
    unsigned char byte = (unsigned char)encoded[0];
    size_t i = 0;

    while (i < l->count && l->lead[i].byte != byte)
        i++;
    if (i == MATCHER_ASCII_LEADS_MAX)
        return false;
    if (i == l->count)
        l->lead[l->count++].byte = byte;
    if (l->lead[i].pattern.bytes > 0)
        buffer_append_char(&l->lead[i].pattern, '|');
    buffer_append(&l->lead[i].pattern, encoded, bytes);
    return true;
}

/* Write the ASCII spellings of a key and note the others, including those of several keys. */
static bool write_key(struct buffer *plain, struct leads *l, const uint32_t *keys, size_t count,
                      enum fold_mode mode)
{
    struct fold_spelling found[FOLD_SPELLINGS_MAX];
    size_t spellings = fold_table_spellings(keys, count, mode, found);
    size_t i;

    if (keys[0] >= 0x80)
        return false;
    buffer_append_string(plain, "[\\");
    buffer_append_format(plain, "x%02x", (unsigned)keys[0]);
    for (i = 0; i < spellings; i++) {
        if (found[i].character < 0x80)
            buffer_append_format(plain, "\\x%02x", (unsigned)found[i].character);
        else if (!add_other(l, found[i].character))
            return false;
    }
    buffer_append_char(plain, ']');
    return true;
}

static bool write_keys(struct matcher_ascii *a, struct buffer *plain, struct leads *l,
                       const uint32_t *keys, size_t count, enum fold_mode mode)
{
    size_t i;

    if (count < KEYS_MIN)
        return false;
    for (i = 0; i < count; i++) {
        if (keys[i] == ' ') {
            buffer_append_string(plain, EXPANSION_WHITE_RUN);
            continue;
        }
        a->solid += UTF8_MAX_BYTES;
        if (!write_key(plain, l, keys + i, count - i, mode))
            return false;
    }
    if (fold_table_composes(keys[count - 1]))
        buffer_append_string(plain, EXPANSION_NO_ACCENT);
    return true;
}

static bool compile(struct matcher_ascii *a, const struct buffer *plain, const struct leads *l)
{
    struct error err;
    size_t i;

    if (!matcher_code_init(&a->plain, plain->data, plain->bytes, 0, &err) || !a->plain.has_jit)
        return false;
    for (i = 0; i < l->count; i++) {
        a->leads[i] = l->lead[i].byte;
        if (!matcher_code_init(&a->others[a->other_count++], l->lead[i].pattern.data,
                               l->lead[i].pattern.bytes, MATCHER_CODE_BYTES, &err))
            return false;
    }
    return true;
}

bool matcher_ascii_init(struct matcher_ascii *a, const uint32_t *keys, size_t count,
                        enum fold_mode mode)
{
    struct buffer plain = {0};
    struct leads l = {0};
    bool ok;
    size_t i;

    *a = (struct matcher_ascii){0};
    ok = write_keys(a, &plain, &l, keys, count, mode) && compile(a, &plain, &l);
    if (!ok)
        matcher_ascii_release(a);
    for (i = 0; i < l.count; i++)
        buffer_release(&l.lead[i].pattern);
    buffer_release(&plain);
    return ok;
}

void matcher_ascii_release(struct matcher_ascii *a)
{
    size_t i;

    matcher_code_release(&a->plain);
    for (i = 0; i < a->other_count; i++)
        matcher_code_release(&a->others[i]);
    *a = (struct matcher_ascii){0};
}

/* The first character in [from, before) that is another spelling; `before` if there is none. */
static size_t find_other(struct matcher_ascii *a, const char *text, size_t bytes, size_t from,
                         size_t before)
{
    size_t i;

    for (i = 0; i < a->other_count; i++) {
        size_t start;
        size_t end;

        /* In most scripts some of these bytes never occur. */
        if (memchr(text + from, a->leads[i], before - from) != NULL &&
            matcher_code_find(&a->others[i], text, bytes, from, before, &start, &end))
            before = start;
    }
    return before;
}

static size_t character_before(const char *text, size_t from, size_t at)
{
    do
        at--;
    while (at > from && ((unsigned char)text[at] & 0xC0) == 0x80);
    return at;
}

/* The first position, from `from` on, where a match that contains `at` can start. */
static size_t first_start(const struct matcher_ascii *a, const char *text, size_t bytes,
                          size_t from, size_t at)
{
    size_t solid = 0;

    while (at > from) {
        size_t before = character_before(text, from, at);
        uint32_t c;

        utf8_decode(text + before, bytes - before, &c);
        if (!fold_table_is_white(c))
            solid += at - before;
        if (solid > a->solid)
            break;
        at = before;
    }
    return at;
}

/* The position after everything that a match starting before `at` can contain. */
static size_t last_end(const struct matcher_ascii *a, const char *text, size_t bytes, size_t at)
{
    size_t solid = 0;

    while (at < bytes && solid < a->solid) {
        uint32_t c;
        size_t used = utf8_decode(text + at, bytes - at, &c);

        if (!fold_table_is_white(c))
            solid += used;
        at += used;
    }
    return at;
}

/* A match that contains another spelling and starts in [from, before). */
static bool find_mixed(struct matcher_ascii *a, struct matcher_code *whole, const char *text,
                       size_t bytes, size_t from, size_t before, size_t *start, size_t *end)
{
    size_t reach = last_end(a, text, bytes, before);
    size_t other = find_other(a, text, bytes, from, reach);

    while (other < reach) {
        size_t first = first_start(a, text, bytes, from, other);
        size_t last = other + 1 < before ? other + 1 : before;

        if (matcher_code_find(whole, text, bytes, first, last, start, end))
            return true;
        from = last; /* earlier starts were tried */
        other = find_other(a, text, bytes, other + 1, reach);
    }
    return false;
}

bool matcher_ascii_find(struct matcher_ascii *a, struct matcher_code *whole, const char *text,
                        size_t bytes, size_t from, size_t before, size_t *start, size_t *end)
{
    size_t slice = SLICE_MIN;

    /* In growing slices, so that neither search runs to the end of the text each time the other
     * finds something near. */
    while (from < before) {
        size_t next = before - from > slice ? from + slice : before;
        size_t plain_start;
        size_t plain_end;
        bool plain;

        while (next < before && ((unsigned char)text[next] & 0xC0) == 0x80)
            next++;
        plain = matcher_code_find(&a->plain, text, bytes, from, next, &plain_start, &plain_end);
        if (find_mixed(a, whole, text, bytes, from, plain ? plain_start : next, start, end))
            return true;
        if (plain) {
            *start = plain_start;
            *end = plain_end;
            return true;
        }
        from = next;
        slice = slice < SLICE_MAX ? slice * 2 : slice;
    }
    return false;
}
