/* Fold. Text whose characters composition cannot change takes a single pass; anything else goes
 * through libunistring first. Both map kana and Han variants in the same way. */
#include "shilu/text/fold.h"

#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <uninorm.h>

#include "shilu/text/utf8.h"
#include "text/fold_table.h"

/* Characters that NFKC and case folding do not change, whatever is beside them here, except
 * ASCII letters, whose folding is arithmetic. */
static bool is_plain(uint32_t c)
{
    return c < 0x80 || (c >= 0x3041 && c <= 0x3096) || (c >= 0x30A1 && c <= 0x30FE) ||
           (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) ||
           (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0x3000 && c <= 0x3003) ||
           (c >= 0x3008 && c <= 0x3011);
}

static bool is_all_plain(const char *text, size_t bytes)
{
    size_t at = 0;

    while (at < bytes) {
        uint32_t c;

        at += utf8_decode(text + at, bytes - at, &c);
        if (!is_plain(c))
            return false;
    }
    return true;
}

static uint32_t map_one(uint32_t c)
{
    if (c >= 'A' && c <= 'Z')
        return c + ('a' - 'A');
    if (c < 0x80)
        return c;
    if ((c >= 0x30A1 && c <= 0x30F6) || c == 0x30FD || c == 0x30FE)
        return c - 0x60; /* katakana to hiragana */
    return fold_table_representative(c);
}

static void append_mapped(struct buffer *out, const char *text, size_t bytes)
{
    bool in_white = false;
    size_t at = 0;

    while (at < bytes) {
        uint32_t c;
        char encoded[UTF8_MAX_BYTES];

        at += utf8_decode(text + at, bytes - at, &c);
        if (fold_table_is_white(c)) {
            if (!in_white)
                buffer_append_char(out, ' ');
            in_white = true;
            continue;
        }
        in_white = false;
        buffer_append(out, encoded, utf8_encode(map_one(c), encoded));
    }
}

/* Turn spacing voice marks into combining ones; NFKC would make a space and a mark of them. */
static void append_with_combining_marks(struct buffer *out, const char *text, size_t bytes)
{
    size_t at = 0;

    while (at < bytes) {
        uint32_t c;
        char encoded[UTF8_MAX_BYTES];

        at += utf8_decode(text + at, bytes - at, &c);
        if (c == 0x309B || c == 0x309C)
            c -= 2;
        buffer_append(out, encoded, utf8_encode(c, encoded));
    }
}

static void append_normalized(struct buffer *out, const char *text, size_t bytes)
{
    struct buffer prepared = {0};
    uint8_t *folded;
    size_t folded_bytes = 0;

    append_with_combining_marks(&prepared, text, bytes);
    folded = u8_casefold((const uint8_t *)prepared.data, prepared.bytes, NULL, UNINORM_NFKC,
                         NULL, &folded_bytes);
    if (folded != NULL)
        append_mapped(out, (const char *)folded, folded_bytes);
    else
        append_mapped(out, prepared.data, prepared.bytes); /* not UTF-8: compared unchanged */
    free(folded);
    buffer_release(&prepared);
}

void fold_append(struct buffer *out, const char *text, size_t bytes)
{
    if (is_all_plain(text, bytes))
        append_mapped(out, text, bytes);
    else
        append_normalized(out, text, bytes);
}

bool fold_equal(const char *a, size_t a_bytes, const char *b, size_t b_bytes)
{
    struct buffer folded_a = {0};
    struct buffer folded_b = {0};
    bool equal;

    if (a_bytes == b_bytes && memcmp(a, b, a_bytes) == 0)
        return true;
    fold_append(&folded_a, a, a_bytes);
    fold_append(&folded_b, b, b_bytes);
    equal = folded_a.bytes == folded_b.bytes &&
            memcmp(buffer_string(&folded_a), buffer_string(&folded_b), folded_a.bytes) == 0;
    buffer_release(&folded_a);
    buffer_release(&folded_b);
    return equal;
}
