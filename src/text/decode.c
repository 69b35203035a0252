/* Decode. UTF-8 is checked and copied run by run; everything else goes through iconv.
 *
 * Invariant: `held` is an incomplete sequence from the end of what was fed, never more than a
 * few bytes. While only ASCII has come nothing is decided, so a pipe that brings a line at a
 * time is shown at once and its encoding told from the first line that has one. */
#include "shilu/text/decode.h"

#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "decode_detect.h"
#include "shilu/base/memory.h"
#include "shilu/text/utf8.h"

enum { MARK_BYTES = 4 };

struct encoding {
    const char *name;
    const char *iconv_name; /* NULL: UTF-8, which needs none */
};

/* The names that web standards and operating systems use for the same thing come to the larger
 * repertoire, as the Encoding Standard does it. */
static const struct encoding encodings[] = {
    {"utf-8", NULL},
    {"utf-16", "UTF-16"},
    {"utf-16le", "UTF-16LE"},
    {"utf-16be", "UTF-16BE"},
    {"utf-32", "UTF-32"},
    {"utf-32le", "UTF-32LE"},
    {"utf-32be", "UTF-32BE"},
    {"gb18030", "GB18030"},
    {"gbk", "GB18030"},
    {"gb2312", "GB18030"},
    {"big5", "BIG5-HKSCS"},
    {"big5-hkscs", "BIG5-HKSCS"},
    {"shift_jis", "CP932"},
    {"cp932", "CP932"},
    {"euc-jp", "EUC-JP"},
    {"iso-2022-jp", "ISO-2022-JP"},
    {"euc-kr", "CP949"},
    {"cp949", "CP949"},
    {"windows-1250", "CP1250"},
    {"windows-1251", "CP1251"},
    {"windows-1252", "CP1252"},
    {"windows-1253", "CP1253"},
    {"windows-1254", "CP1254"},
    {"windows-1255", "CP1255"},
    {"windows-1256", "CP1256"},
    {"windows-1257", "CP1257"},
    {"windows-1258", "CP1258"},
    {"iso-8859-1", "CP1252"},
    {"iso-8859-2", "ISO-8859-2"},
    {"iso-8859-15", "ISO-8859-15"},
    {"koi8-r", "KOI8-R"},
    {"us-ascii", NULL},
};

enum { ENCODING_COUNT = sizeof encodings / sizeof *encodings };

struct decoder {
    const struct encoding *encoding; /* NULL: not known yet */
    bool started;                    /* the encoding has been looked for */
    iconv_t converter;               /* (iconv_t)-1: none open */
    struct buffer held;
    uint64_t replaced;
};

const char *const *decoder_names(void)
{
    static const char *const names[] = {"utf-8",        "utf-16",       "utf-16le",
                                        "utf-16be",     "utf-32",       "utf-32le",
                                        "utf-32be",     "gb18030",      "gbk",
                                        "gb2312",       "big5-hkscs",   "big5",
                                        "shift_jis",    "cp932",        "euc-jp",
                                        "iso-2022-jp",  "euc-kr",       "cp949",
                                        "windows-1250", "windows-1251", "windows-1252",
                                        "windows-1253", "windows-1254", "windows-1255",
                                        "windows-1256", "windows-1257", "windows-1258",
                                        "iso-8859-15",  "iso-8859-1",   "iso-8859-2",
                                        "koi8-r",       "us-ascii",     NULL};

    return names;
}

/* Case and punctuation do not count: "UTF8", "Shift-JIS", "sjis" is not among them. */
static bool names_equal(const char *a, const char *b)
{
    for (;;) {
        while (*a != '\0' && !isalnum((unsigned char)*a))
            a++;
        while (*b != '\0' && !isalnum((unsigned char)*b))
            b++;
        if (tolower((unsigned char)*a) != tolower((unsigned char)*b))
            return false;
        if (*a == '\0')
            return true;
        a++;
        b++;
    }
}

static const struct encoding *encoding_named(const char *name)
{
    size_t i;

    for (i = 0; i < ENCODING_COUNT; i++) {
        if (names_equal(encodings[i].name, name))
            return &encodings[i];
    }
    return NULL;
}

static bool choose(struct decoder *d, const struct encoding *encoding)
{
    d->encoding = encoding;
    if (encoding->iconv_name == NULL)
        return true;
    d->converter = iconv_open("UTF-8", encoding->iconv_name);
    return d->converter != (iconv_t)-1;
}

struct decoder *decoder_new(const char *encoding, struct error *err)
{
    struct decoder *d = memory_zalloc(1, sizeof *d);
    const struct encoding *named = encoding != NULL ? encoding_named(encoding) : NULL;

    d->converter = (iconv_t)-1;
    if (encoding == NULL)
        return d;
    if (named == NULL)
        error_set(err, ERROR_USAGE, "no encoding is called '%.40s'", encoding);
    else if (!choose(d, named))
        error_set(err, ERROR_UNSUPPORTED, "this system cannot convert '%s'", named->name);
    else
        return d;
    decoder_free(d);
    return NULL;
}

void decoder_free(struct decoder *d)
{
    if (d == NULL)
        return;
    if (d->converter != (iconv_t)-1)
        iconv_close(d->converter);
    buffer_release(&d->held);
    free(d);
}

static void replace(struct decoder *d, struct buffer *out)
{
    d->replaced++;
    buffer_append(out, "\xEF\xBF\xBD", 3);
}

/* Table 3-7 of the Unicode Standard: how many of the bytes at `s` are the start of some
 * well-formed sequence, and how long that would be. */
static size_t utf8_subpart(const unsigned char *s, size_t count, size_t *wanted)
{
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
    size_t have = 1;

    *wanted = s[0] >= 0xC2 && s[0] <= 0xDF   ? 2
              : s[0] >= 0xE0 && s[0] <= 0xEF ? 3
              : s[0] >= 0xF0 && s[0] <= 0xF4 ? 4
                                             : 1;
    low = s[0] == 0xE0 ? 0xA0 : s[0] == 0xF0 ? 0x90 : low;
    high = s[0] == 0xED ? 0x9F : s[0] == 0xF4 ? 0x8F : high;
    while (have < *wanted && have < count && s[have] >= low && s[have] <= high) {
        low = 0x80;
        high = 0xBF;
        have++;
    }
    return have;
}

/* Returns how many bytes were used; the rest is an incomplete sequence. */
static size_t feed_utf8(struct decoder *d, const char *bytes, size_t count, bool last,
                        struct buffer *out)
{
    size_t at = 0;

    while (at < count) {
        size_t valid = utf8_valid_prefix(bytes + at, count - at);
        size_t wanted;
        size_t have;

        buffer_append(out, bytes + at, valid);
        at += valid;
        if (at == count)
            break;
        have = utf8_subpart((const unsigned char *)bytes + at, count - at, &wanted);
        if (at + have == count && have < wanted && !last)
            break;
        replace(d, out);
        at += have;
    }
    return at;
}

static size_t feed_iconv(struct decoder *d, const char *bytes, size_t count, bool last,
                         struct buffer *out)
{
    char *in = (char *)bytes;
    size_t in_left = count;

    while (in_left > 0) {
        size_t room = in_left * 2 + 16;
        char *to = buffer_reserve(out, room);
        size_t to_left = room;
        size_t result = iconv(d->converter, &in, &in_left, &to, &to_left);

        buffer_commit(out, room - to_left);
        if (result != (size_t)-1 || errno == E2BIG)
            continue;
        if (errno == EINVAL && !last)
            break;
        replace(d, out);
        in++;
        in_left--;
    }
    return count - in_left;
}

/* Skip the mark at the front, which is no text, and find the encoding where it is not known. */
static size_t start(struct decoder *d, const char *bytes, size_t count, bool whole)
{
    size_t mark_bytes;
    const char *name;

    d->started = true;
    if (d->encoding != NULL) { /* named: detection, which tries decoders, must not run */
        name = decode_detect_mark(bytes, count, &mark_bytes);
        return name != NULL && names_equal(name, d->encoding->name) ? mark_bytes : 0;
    }
    name = decode_detect(bytes, count, whole, &mark_bytes);
    if (!choose(d, encoding_named(name)))
        choose(d, &encodings[0]);
    return mark_bytes;
}

/* Neither a byte above ASCII nor one that a wider or shifted encoding would have. */
static bool is_ascii(const char *bytes, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) {
        if ((unsigned char)bytes[i] >= 0x80 || bytes[i] == '\0' || bytes[i] == '\x1B')
            return false;
    }
    return true;
}

/* Returns how many bytes were used. */
static size_t decode(struct decoder *d, const char *bytes, size_t count, bool last,
                     struct buffer *out)
{
    size_t used = 0;

    if (!d->started) {
        if (count < MARK_BYTES && !last)
            return 0;
        if (d->encoding == NULL && is_ascii(bytes, count)) {
            buffer_append(out, bytes, count);
            return count;
        }
        used = start(d, bytes, count, last);
    }
    if (d->encoding->iconv_name == NULL)
        return used + feed_utf8(d, bytes + used, count - used, last, out);
    return used + feed_iconv(d, bytes + used, count - used, last, out);
}

void decoder_feed(struct decoder *d, const char *bytes, size_t count, bool last,
                  struct buffer *out)
{
    if (d->held.bytes > 0) {
        buffer_append(&d->held, bytes, count);
        buffer_drop_front(&d->held, decode(d, d->held.data, d->held.bytes, last, out));
    } else {
        size_t used = decode(d, bytes, count, last, out);

        buffer_append(&d->held, bytes + used, count - used);
    }
}

const char *decoder_encoding(const struct decoder *d)
{
    return d->encoding != NULL ? d->encoding->name : "us-ascii";
}

uint64_t decoder_replaced(const struct decoder *d)
{
    return d->replaced;
}
