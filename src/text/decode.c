/* Decode. At first the encoding is undecided: ASCII passes, and the first bytes that are not
 * ASCII decide. From then on `encoding` is fixed, and what it cannot decode is replaced.
 * Invariant: `held` is what was fed and is not decoded yet: an undecided start, or the
 * beginning of one incomplete character. */
#include "shilu/text/decode.h"

#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/bytes.h"
#include "shilu/base/memory.h"
#include "shilu/base/nearest.h"
#include "text/decode_private.h"

/* How many bytes suffice to decide; with fewer the decoder waits, unless they are UTF-8 so far.
 * The HEAD_BYTES of ASCII before them may contain a declaration. */
enum { ENOUGH_BYTES = 4096, UTF8_PROOF_BYTES = 6, DETECT_BYTES = 65536, HEAD_BYTES = 1024 };

static const struct encoding encodings[] = {
    {"utf-8", NULL, NULL, 1},
    {"utf-16", "UTF-16LE", NULL, 2}, /* without a mark; see find_byte_order */
    {"utf-16le", "UTF-16LE", NULL, 2},
    {"utf-16be", "UTF-16BE", NULL, 2},
    {"utf-32", "UTF-32LE", NULL, 4},
    {"utf-32le", "UTF-32LE", NULL, 4},
    {"utf-32be", "UTF-32BE", NULL, 4},
    {"gb18030", "GB18030", NULL, 1},
    {"big5", "BIG5-HKSCS", "BIG5", 1},
    {"shift_jis", "CP932", "SHIFT_JIS", 1},
    {"euc-jp", "EUC-JP-MS", "EUC-JP", 1},
    {"iso-2022-jp", "ISO-2022-JP", NULL, 1},
    {"euc-kr", "CP949", "EUC-KR", 1},
    {"windows-1252", "CP1252", "ISO-8859-1", 1},
    {"windows-1250", "CP1250", NULL, 1},
    {"windows-1251", "CP1251", NULL, 1},
    {"windows-1253", "CP1253", NULL, 1},
    {"windows-1254", "CP1254", NULL, 1},
    {"windows-1255", "CP1255", NULL, 1},
    {"windows-1256", "CP1256", NULL, 1},
    {"windows-1257", "CP1257", NULL, 1},
    {"windows-1258", "CP1258", NULL, 1},
    {"windows-874", "CP874", "TIS-620", 1},
    {"koi8-r", "KOI8-R", NULL, 1},
    {"koi8-u", "KOI8-U", NULL, 1},
    {"iso-8859-1", "ISO-8859-1", NULL, 1},
    {"iso-8859-2", "ISO-8859-2", NULL, 1},
    {"iso-8859-5", "ISO-8859-5", NULL, 1},
    {"iso-8859-7", "ISO-8859-7", NULL, 1},
    {"iso-8859-9", "ISO-8859-9", NULL, 1},
    {"iso-8859-15", "ISO-8859-15", NULL, 1},
};

enum { ENCODINGS = sizeof encodings / sizeof *encodings };

/* Other names used in declarations and by people, mapped to the superset that is really
 * meant. */
static const char *const synonyms[][2] = {
    {"us-ascii", "utf-8"},
    {"ascii", "utf-8"},
    {"utf8mb4", "utf-8"},
    {"ucs-2", "utf-16"},
    {"unicode", "utf-16"},
    {"gbk", "gb18030"},
    {"gb2312", "gb18030"},
    {"gb-2312-80", "gb18030"},
    {"cp936", "gb18030"},
    {"euc-cn", "gb18030"},
    {"x-gbk", "gb18030"},
    {"big5-hkscs", "big5"},
    {"cp950", "big5"},
    {"sjis", "shift_jis"},
    {"x-sjis", "shift_jis"},
    {"cp932", "shift_jis"},
    {"ms932", "shift_jis"},
    {"windows-31j", "shift_jis"},
    {"ms_kanji", "shift_jis"},
    {"x-euc-jp", "euc-jp"},
    {"ks_c_5601-1987", "euc-kr"},
    {"uhc", "euc-kr"},
    {"cp949", "euc-kr"},
    {"windows-949", "euc-kr"},
    {"latin1", "windows-1252"},
    {"cp1252", "windows-1252"},
    {"cp1251", "windows-1251"},
    {"cp1250", "windows-1250"},
    {"cp1253", "windows-1253"},
    {"cp1254", "windows-1254"},
    {"cp1255", "windows-1255"},
    {"cp1256", "windows-1256"},
    {"cp1257", "windows-1257"},
    {"cp1258", "windows-1258"},
    {"cp874", "windows-874"},
    {"tis-620", "windows-874"},
    {"latin2", "iso-8859-2"},
    {"latin5", "iso-8859-9"},
    {"latin9", "iso-8859-15"},
    {"iso-8859-11", "windows-874"},
};

struct decoder {
    const struct encoding *encoding; /* NULL while undecided */
    iconv_t converter;               /* open while `converting` */
    bool converting;
    bool looked_at_start;
    bool given;   /* the user named the encoding */
    bool started; /* the position of a byte order mark has passed */
    struct buffer held;
    char head[HEAD_BYTES];
    size_t head_bytes;
    uint64_t replaced;
};

/* Names are compared by their letters and digits. */
static bool same_name(const char *a, size_t a_bytes, const char *b)
{
    const char *a_end = a + a_bytes;

    for (;; a++, b++) {
        while (a < a_end && !isalnum((unsigned char)*a))
            a++;
        while (*b != '\0' && !isalnum((unsigned char)*b))
            b++;
        if (a == a_end || *b == '\0')
            return a == a_end && *b == '\0';
        if (tolower((unsigned char)*a) != tolower((unsigned char)*b))
            return false;
    }
}

static const struct encoding *by_own_name(const char *name, size_t bytes)
{
    size_t i;

    for (i = 0; i < ENCODINGS; i++) {
        if (same_name(name, bytes, encodings[i].name))
            return &encodings[i];
    }
    return NULL;
}

const struct encoding *decode_encoding(const char *name, size_t bytes)
{
    const struct encoding *found = by_own_name(name, bytes);
    size_t i;

    for (i = 0; found == NULL && i < sizeof synonyms / sizeof *synonyms; i++) {
        if (same_name(name, bytes, synonyms[i][0]))
            found = by_own_name(synonyms[i][1], strlen(synonyms[i][1]));
    }
    return found;
}

const char *const *decoder_names(void)
{
    /* Kept separately from the table; test_decode checks that both agree. */
    static const char *const names[] = {
        "utf-8",        "utf-16",       "utf-16le",     "utf-16be",
        "utf-32",       "utf-32le",     "utf-32be",     "gb18030",
        "big5",         "shift_jis",    "euc-jp",       "iso-2022-jp",
        "euc-kr",       "windows-1252", "windows-1250", "windows-1251",
        "windows-1253", "windows-1254", "windows-1255", "windows-1256",
        "windows-1257", "windows-1258", "windows-874",  "koi8-r",
        "koi8-u",       "iso-8859-1",   "iso-8859-2",   "iso-8859-5",
        "iso-8859-7",   "iso-8859-9",   "iso-8859-15",  NULL};

    _Static_assert(sizeof names / sizeof *names == ENCODINGS + 1, "one name an encoding");
    return names;
}

static iconv_t open_converter(const struct encoding *encoding)
{
    iconv_t converter = iconv_open("UTF-8", encoding->iconv_name);

    if (converter == (iconv_t)-1 && encoding->otherwise != NULL)
        converter = iconv_open("UTF-8", encoding->otherwise);
    return converter;
}

/* False if this system's iconv has no such encoding. */
static bool set_encoding(struct decoder *d, const struct encoding *encoding)
{
    if (encoding->iconv_name != NULL) {
        d->converter = open_converter(encoding);
        if (d->converter == (iconv_t)-1)
            return false;
        d->converting = true;
    }
    d->encoding = encoding;
    return true;
}

/* The letters and digits of a name, by which names are compared. */
static struct span letters_and_digits(const char *name, char out[static NEAREST_BYTES_MAX + 1])
{
    size_t length = 0;

    for (; *name != '\0' && length <= NEAREST_BYTES_MAX; name++)
        if (isalnum((unsigned char)*name))
            out[length++] = *name;
    return span_of(out, length);
}

struct nearest {
    struct span typed;
    const char *name; /* or NULL */
    size_t distance;  /* only a nearer one takes its place */
};

static void try_name(struct nearest *nearest, const char *name)
{
    char letters[NEAREST_BYTES_MAX + 1];
    size_t distance = nearest_distance(nearest->typed, letters_and_digits(name, letters));

    if (distance < nearest->distance)
        *nearest = (struct nearest){nearest->typed, name, distance};
}

/* The encoding that somebody probably meant, or NULL. */
static const char *nearest_encoding(const char *typed)
{
    char letters[NEAREST_BYTES_MAX + 1];
    struct nearest nearest = {letters_and_digits(typed, letters), NULL, 0};
    size_t i;

    nearest.distance = nearest_limit(nearest.typed.length) + 1;
    if (nearest.distance > nearest.typed.length)
        nearest.distance = nearest.typed.length;
    for (i = 0; i < ENCODINGS; i++)
        try_name(&nearest, encodings[i].name);
    for (i = 0; i < sizeof synonyms / sizeof *synonyms; i++)
        try_name(&nearest, synonyms[i][0]);
    return nearest.name;
}

struct decoder *decoder_new(const char *encoding, struct error *err)
{
    struct decoder *d = memory_zalloc(1, sizeof *d);
    const struct encoding *known;
    const char *near;

    if (encoding == NULL)
        return d;
    known = decode_encoding(encoding, strlen(encoding));
    if (known != NULL && set_encoding(d, known)) {
        d->given = true;
        return d;
    }
    decoder_free(d);
    near = known == NULL ? nearest_encoding(encoding) : NULL;
    if (known != NULL)
        error_set(err, ERROR_UNSUPPORTED, "this system cannot convert from '%s'", encoding);
    else if (near != NULL)
        error_set(err, ERROR_USAGE, "unknown encoding '%.40s'; did you mean '%s'?", encoding,
                  near);
    else
        error_set(err, ERROR_USAGE, "unknown encoding '%.40s'", encoding);
    return NULL;
}

void decoder_free(struct decoder *d)
{
    if (d == NULL)
        return;
    if (d->converting)
        iconv_close(d->converter);
    buffer_release(&d->held);
    free(d);
}

/* How much to skip if iconv rejects it: one unit; of two bytes that are not ASCII, both, so
 * that one bad character gives one replacement. */
static size_t refused_bytes(const struct decoder *d, const char *at, size_t left)
{
    if (d->encoding->unit_bytes > 1)
        return left < d->encoding->unit_bytes ? left : d->encoding->unit_bytes;
    return left > 1 && (unsigned char)at[0] >= 0x80 && (unsigned char)at[1] >= 0x80 ? 2 : 1;
}

/* Big5-HKSCS and the Vietnamese code page hold back a base letter because a mark might
 * follow. */
static void flush(struct decoder *d, struct buffer *out)
{
    enum { ROOM = 64 };
    char *to = buffer_reserve(out, ROOM);
    size_t capacity = ROOM;

    iconv(d->converter, NULL, NULL, &to, &capacity);
    buffer_commit(out, ROOM - capacity);
}

/* Returns the bytes consumed: all but an incomplete character at the end, or everything if
 * `last`. */
static size_t convert(struct decoder *d, const char *bytes, size_t count, bool last,
                      struct buffer *out)
{
    char *from = (char *)bytes;
    size_t left = count;

    while (left > 0) {
        size_t capacity = left * 2 + 64;
        char *to = buffer_reserve(out, capacity);
        size_t free_room = capacity;
        size_t result = iconv(d->converter, &from, &left, &to, &free_room);
        int cause = errno;
        size_t skip;

        buffer_commit(out, capacity - free_room);
        if (result != (size_t)-1 || cause == E2BIG)
            continue;
        /* What follows the last byte decides how much of it is invalid. */
        if ((cause == EINVAL || left < 2) && !last)
            break;
        skip = cause == EINVAL ? left : refused_bytes(d, from, left);
        buffer_append(out, "\xEF\xBF\xBD", 3);
        d->replaced++;
        from += skip;
        left -= skip;
    }
    if (last)
        flush(d, out);
    return count - left;
}

/* A byte order mark at the very start is not text. */
static void drop_mark(struct decoder *d, struct buffer *out, size_t start)
{
    if (d->started || out->bytes == start)
        return;
    d->started = true;
    if (out->bytes - start < 3 || memcmp(out->data + start, "\xEF\xBB\xBF", 3) != 0)
        return;
    memmove(out->data + start, out->data + start + 3, out->bytes - start - 3);
    out->bytes -= 3;
    out->data[out->bytes] = '\0';
}

/* What is held, followed by further bytes. They are copied only if something is held. */
static struct span join_held(struct decoder *d, const char *bytes, size_t count)
{
    if (d->held.bytes == 0)
        return span_of(bytes, count);
    buffer_append(&d->held, bytes, count);
    return span_of(d->held.data, d->held.bytes);
}

/* Hold what was not consumed of the result of join_held. */
static void hold_rest(struct decoder *d, struct span all, size_t taken)
{
    if (d->held.bytes > 0)
        buffer_drop_front(&d->held, taken);
    else if (taken < all.length)
        buffer_append(&d->held, all.data + taken, all.length - taken);
}

/* Returns the bytes taken. The first `valid` are known to be UTF-8. */
static size_t decode(struct decoder *d, struct span bytes, size_t valid, bool last,
                     struct buffer *out)
{
    size_t start = out->bytes;
    size_t taken = d->converting ? convert(d, bytes.data, bytes.length, last, out)
                                 : decode_utf8(bytes, valid, last, out, &d->replaced);

    drop_mark(d, out, start);
    return taken;
}

static void emit_ascii(struct decoder *d, const char *bytes, size_t count, struct buffer *out)
{
    size_t capacity = HEAD_BYTES - d->head_bytes;
    size_t kept = count < capacity ? count : capacity;

    memcpy(d->head + d->head_bytes, bytes, kept);
    d->head_bytes += kept;
    d->started = d->started || count > 0;
    buffer_append(out, bytes, count);
}

/* If this system cannot convert the encoding, read it as UTF-8, which is better than nothing,
 * and count the errors. */
static void decide(struct decoder *d, const struct encoding *encoding)
{
    if (!set_encoding(d, encoding))
        d->encoding = &encodings[0];
}

/* The start of a file may have a byte order mark, or consist of wide units, whose bytes
 * mislead. False: wait for more of it. */
static bool look_at_start(struct decoder *d, struct span bytes, bool last)
{
    const struct encoding *found;

    if (bytes.length < decode_start_bytes(bytes.data, bytes.length) && !last)
        return false;
    d->looked_at_start = true;
    found = decode_detect_start(bytes.data, bytes.length);
    if (found != NULL)
        decide(d, found);
    return true;
}

/* Length of the ASCII at the start that can be passed on. *shifts: ISO-2022-JP follows, which
 * hides two-byte text after ESC $. */
static size_t plain_front(struct span bytes, bool last, bool *shifts)
{
    size_t run = bytes_ascii_run(bytes.data, bytes.length);
    const char *escape = bytes.data;

    *shifts = false;
    while (run > 0 &&
           (escape = memchr(escape, '\x1B', (size_t)(bytes.data + run - escape))) != NULL) {
        size_t at = (size_t)(escape - bytes.data);

        if (at + 1 == bytes.length)
            return last ? run : at;
        *shifts = bytes.data[at + 1] == '$';
        if (*shifts)
            return at;
        escape++;
    }
    return run;
}

/* A byte that is not ASCII has arrived: is there enough to decide? */
static bool is_enough(struct span seen, bool is_utf8, bool last)
{
    return last || seen.length >= ENOUGH_BYTES || (seen.length >= UTF8_PROOF_BYTES && is_utf8);
}

/* Returns the bytes consumed. */
static size_t feed_undecided(struct decoder *d, struct span bytes, bool last,
                             struct buffer *out)
{
    bool shifts = false;
    size_t plain = 0;
    size_t valid = 0;

    if (!d->looked_at_start && !look_at_start(d, bytes, last))
        return 0;
    if (d->encoding == NULL) {
        struct span seen;
        bool is_utf8;

        plain = plain_front(bytes, last, &shifts);
        emit_ascii(d, bytes.data, plain, out);
        bytes = span_skip(bytes, plain);
        if (bytes.length == 0 && !last)
            return plain;
        seen = span_of(bytes.data, bytes.length < DETECT_BYTES ? bytes.length : DETECT_BYTES);
        is_utf8 = !shifts && decode_is_utf8(seen, &valid);
        if (!shifts && !is_enough(seen, is_utf8, last))
            return plain;
        if (shifts)
            decide(d, decode_encoding("iso-2022-jp", 11));
        else if (is_utf8)
            decide(d, &encodings[0]);
        else
            decide(d, decode_detect(d->head, d->head_bytes, seen.data, seen.length));
    }
    return plain + decode(d, bytes, valid, last, out);
}

/* A name without a byte order takes it from the byte order mark. */
static void find_byte_order(struct decoder *d, const char *bytes)
{
    unsigned unit = d->encoding->unit_bytes;
    bool big = unit == 2 ? memcmp(bytes, "\xFE\xFF", 2) == 0
                         : memcmp(bytes, "\0\0\xFE\xFF", 4) == 0;

    if (!big ||
        (strcmp(d->encoding->name, "utf-16") != 0 && strcmp(d->encoding->name, "utf-32") != 0))
        return;
    iconv_close(d->converter);
    d->converting = false;
    decide(d, unit == 2 ? decode_encoding("utf-16be", 8) : decode_encoding("utf-32be", 8));
}

void decoder_feed(struct decoder *d, const char *bytes, size_t count, bool last,
                  struct buffer *out)
{
    struct span all = join_held(d, bytes, count);
    size_t taken = 0;

    if (d->encoding == NULL) {
        taken = feed_undecided(d, all, last, out);
    } else {
        bool wide = d->given && !d->started && d->encoding->unit_bytes > 1;

        if (wide && all.length >= 4)
            find_byte_order(d, all.data);
        if (!wide || all.length >= 4 || last)
            taken = decode(d, all, 0, last, out);
    }
    hold_rest(d, all, taken);
}

const char *decoder_encoding(const struct decoder *d)
{
    return d->encoding != NULL ? d->encoding->name : "";
}

uint64_t decoder_replaced(const struct decoder *d)
{
    return d->replaced;
}
