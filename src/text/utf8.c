/* UTF-8: decoding and encoding single code points, by RFC 3629 and table 3-7 of the Unicode
 * Standard. No state; every function is safe for any bytes. */
#include "shilu/text/utf8.h"

#include <string.h>
#include <unistr.h>

#include "shilu/base/bytes.h"

static bool is_tail(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

/* The sequence length given by the lead byte; 0 if it is not a lead byte. */
static size_t lead_bytes(unsigned char lead)
{
    if (lead < 0xC2)
        return 0;
    if (lead < 0xE0)
        return 2;
    if (lead < 0xF0)
        return 3;
    return lead < 0xF5 ? 4 : 0;
}

size_t utf8_decode_beyond_ascii(const char *s, size_t bytes, uint32_t *cp)
{
    const unsigned char *u = (const unsigned char *)s;
    uint32_t value;
    size_t need, i;

    if (u[0] > 0xE0 && u[0] < 0xED && bytes > 2 && is_tail(u[1]) && is_tail(u[2])) {
        *cp = (u[0] & 0xFu) << 12 | (u[1] & 0x3Fu) << 6 | (u[2] & 0x3Fu);
        return 3;
    }
    *cp = UTF8_REPLACEMENT;
    need = lead_bytes(u[0]);
    if (need == 0 || need > bytes)
        return 1;
    value = u[0] & (0xFFu >> (need + 1));
    for (i = 1; i < need; i++) {
        if (!is_tail(u[i]))
            return 1;
        value = value << 6 | (u[i] & 0x3F);
    }
    if ((need == 3 && (value < 0x800 || (value >= 0xD800 && value <= 0xDFFF))) ||
        (need == 4 && (value < 0x10000 || value > 0x10FFFF)))
        return 1;
    *cp = value;
    return need;
}

size_t utf8_encode_beyond_ascii(uint32_t cp, char *out)
{
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
        cp = UTF8_REPLACEMENT;
    if (cp < 0x800) {
        out[0] = (char)(0xC0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}

static bool is_valid_at(const unsigned char *s, size_t bytes)
{
    return u8_check(s, bytes) == NULL;
}

/* A vector of GCC and Clang; a machine without such registers processes it in parts. */
typedef unsigned char byte_vector __attribute__((vector_size(16)));

/* Whether the first 15 of 16 bytes are five three-byte characters whose second byte may be any
 * continuation byte: their lead byte is not E0 or ED. */
static bool are_three_byte_characters(const unsigned char *s)
{
#define AT_LEADS(on, off)                                                       \
    {                                                                           \
        on, off, off, on, off, off, on, off, off, on, off, off, on, off, off, 0 \
    }
    static const byte_vector mask = AT_LEADS(0xF0, 0xC0);
    static const byte_vector kind = AT_LEADS(0xE0, 0x80);
    static const byte_vector shortest = AT_LEADS(0xE0, 0xFF);
    static const byte_vector surrogate = AT_LEADS(0xED, 0xFF);
#undef AT_LEADS
    byte_vector v, wrong;
    uint64_t halves[2];

    memcpy(&v, s, sizeof v);
    wrong = ((v & mask) ^ kind) | (byte_vector)(v == shortest) | (byte_vector)(v == surrogate);
    memcpy(halves, &wrong, sizeof wrong);
    return (halves[0] | halves[1]) == 0;
}

static size_t three_byte_run(const unsigned char *s, size_t bytes)
{
    size_t at = 0;

    while (at + 16 <= bytes && are_three_byte_characters(s + at))
        at += 15;
    while (at + 3 <= bytes && (s[at] & 0xF0) == 0xE0 && s[at] != 0xE0 && s[at] != 0xED &&
           ((s[at + 1] ^ 0x80) | (s[at + 2] ^ 0x80)) < 0x40)
        at += 3;
    return at;
}

/* Table 3-7 of the Unicode Standard. Two bytes and the common three-byte leads do not need the
 * narrower ranges for the second byte; the library handles the rare ones. */
size_t utf8_valid_prefix(const char *text, size_t bytes)
{
    const unsigned char *s = (const unsigned char *)text;
    size_t at = bytes_ascii_run(text, bytes);

    while (at < bytes) {
        unsigned char lead;
        size_t length;

        at += three_byte_run(s + at, bytes - at);
        if (at == bytes)
            break;
        lead = s[at];
        length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (at + length > bytes)
            break;
        if (length == 2 ? lead < 0xC2 || !is_tail(s[at + 1])
                        : length > 2 && !is_valid_at(s + at, length))
            break;
        at += length;
        if (length == 1 && at < bytes && s[at] < 0x80)
            at += bytes_ascii_run(text + at, bytes - at);
    }
    return at;
}

size_t utf8_count(const char *s, size_t bytes)
{
    return bytes_count_characters(s, bytes);
}
