/* Repairing UTF-8: table 3-7 of the Unicode Standard, with one U+FFFD for each maximal subpart
 * (section 3.9). No state is kept between calls. */
#include "shilu/text/utf8.h"
#include "text/decode_private.h"

/* The length of a sequence by its lead byte, and the narrower range of the second byte, which
 * excludes overlong forms, surrogates and anything beyond U+10FFFF. */
static size_t sequence_bytes(unsigned char lead, unsigned char *low, unsigned char *high)
{
    *low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    *high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (lead < 0xC2 || lead > 0xF4)
        return 1;
    return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/* The length of the maximal subpart at the start of an ill-formed sequence; *cut: more bytes
 * might complete a character. */
static size_t subpart(const unsigned char *s, size_t count, bool *cut)
{
    unsigned char low, high;
    size_t need = sequence_bytes(s[0], &low, &high);
    size_t have = 1;

    while (have < need && have < count && s[have] >= low && s[have] <= high) {
        low = 0x80;
        high = 0xBF;
        have++;
    }
    *cut = have == count && have < need;
    return have;
}

size_t decode_utf8(struct span bytes, size_t valid, bool last, struct buffer *out,
                   uint64_t *replaced)
{
    size_t at = 0;
    bool cut;

    for (;;) {
        size_t good = valid +
                      utf8_valid_prefix(bytes.data + at + valid, bytes.length - at - valid);
        size_t bad;

        valid = 0;
        buffer_append(out, bytes.data + at, good);
        at += good;
        if (at == bytes.length)
            return at;
        bad = subpart((const unsigned char *)bytes.data + at, bytes.length - at, &cut);
        if (cut && !last)
            return at;
        buffer_append(out, "\xEF\xBF\xBD", 3);
        (*replaced)++;
        at += bad;
    }
}

bool decode_is_utf8(struct span bytes, size_t *valid)
{
    bool cut = true;

    *valid = utf8_valid_prefix(bytes.data, bytes.length);
    if (*valid < bytes.length)
        subpart((const unsigned char *)bytes.data + *valid, bytes.length - *valid, &cut);
    return cut;
}

void decode_count_utf8(const char *bytes, size_t count, size_t *good, size_t *bad)
{
    size_t at = 0;
    bool cut;

    *good = *bad = 0;
    while (at < count) {
        size_t end = at + utf8_valid_prefix(bytes + at, count - at);

        for (; at < end; at++)
            *good += ((unsigned char)bytes[at] >= 0xC0) + ((unsigned char)bytes[at] >= 0xE0);
        if (at == count)
            break;
        at += subpart((const unsigned char *)bytes + at, count - at, &cut);
        *bad += !cut;
    }
}
