/* Caption times. A line that is not ASCII, or not as the standards write it, is normalised
 * first: one character for each sign, no blanks inside a time. */
#include "formats/captions/caption_time.h"

#include <ctype.h>
#include <string.h>

#include "shilu/base/bytes.h"
#include "shilu/text/utf8.h"

/* Limit of a normalised timing line; WORDS stands for the first sign of the words after it. */
enum { PLAIN_BYTES = 160, WORDS = '\1' };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t take_digits(const char *s, size_t bytes, int64_t *value)
{
    size_t at = 0;

    *value = 0;
    while (at < bytes && is_digit(s[at])) {
        if (*value < 100000000)
            *value = *value * 10 + (s[at] - '0');
        at++;
    }
    return at;
}

static size_t take_fraction(const char *s, size_t bytes, struct caption_timing *form,
                            int64_t *ms)
{
    int64_t digits;
    size_t used;

    if (bytes < 2 || (*s != '.' && *s != ',') || !is_digit(s[1])) {
        form->strict = false;
        return 0;
    }
    form->comma |= *s == ',';
    used = take_digits(s + 1, bytes - 1 < 3 ? bytes - 1 : 3, &digits);
    form->strict &= used == 3;
    *ms += used == 1 ? digits * 100 : used == 2 ? digits * 10 : digits;
    while (used + 1 < bytes && is_digit(s[used + 1])) {
        form->strict = false;
        used++;
    }
    return used + 1;
}

/* *colons: how many part its fields. */
static size_t parse_fields(const char *s, size_t bytes, struct caption_timing *form,
                           int64_t *ms, int *colons)
{
    bool negative = bytes > 0 && *s == '-';
    size_t at = negative ? 1 : 0;
    int64_t seconds = 0;
    int fields;

    for (fields = 0; fields < 3; fields++) {
        int64_t value;
        size_t used = take_digits(s + at, bytes - at, &value);

        if (used == 0)
            return 0;
        form->strict &= fields == 0 ? used >= 2 : used == 2 && value < 60;
        seconds = seconds * 60 + value;
        at += used;
        if (fields == 2 || at + 1 >= bytes || s[at] != ':' || !is_digit(s[at + 1]))
            break;
        at++;
    }
    *colons = fields;
    form->strict &= fields >= 1 && !negative;
    *ms = seconds * 1000;
    at += take_fraction(s + at, bytes - at, form, ms);
    if (negative)
        *ms = -*ms;
    return at;
}

size_t caption_time_parse(const char *s, size_t bytes, struct caption_timing *form, int64_t *ms)
{
    int colons;

    return parse_fields(s, bytes, form, ms, &colons);
}

/* What follows seconds after a colon or semicolon: milliseconds or frames. */
static size_t take_fourth_field(const char *s, size_t bytes, double frame_rate, int64_t *ms)
{
    int64_t value;
    size_t used;

    if (bytes < 2 || (*s != ':' && *s != ';'))
        return 0;
    used = take_digits(s + 1, bytes - 1, &value);
    if (used == 0 || used > 3)
        return 0;
    if (used == 3)
        *ms += value;
    else if ((double)value < frame_rate)
        *ms += (int64_t)((double)value * 1000 / frame_rate + 0.5);
    else
        *ms += value * 10; /* not a possible frame number: hundredths */
    return used + 1;
}

static bool has_fraction(const char *s, size_t bytes)
{
    return memchr(s, '.', bytes) != NULL || memchr(s, ',', bytes) != NULL;
}

static bool is_three_fields(const char *s, size_t bytes)
{
    return memchr(s, ':', bytes) != memrchr(s, ':', bytes);
}

/* A time of a normalised timing line; it may have a fourth field. */
static size_t take_time(const char *s, size_t bytes, double frame_rate,
                        struct caption_timing *form, int64_t *ms)
{
    int colons = 0;
    size_t used = parse_fields(s, bytes, form, ms, &colons);
    size_t more;

    if (used == 0 || colons < 2)
        return used;
    more = take_fourth_field(s + used, bytes - used, frame_rate, ms);
    form->strict &= more == 0;
    return used + more;
}

static size_t skip_blanks(const char *s, size_t bytes)
{
    size_t at = 0;

    while (at < bytes && (s[at] == ' ' || s[at] == '\t' || s[at] == '\f'))
        at++;
    return at;
}

/* The arrow between two times, with surrounding blanks: "-->" as the standards require, or the
 * remains of one. */
static size_t take_arrow(const char *s, size_t bytes, struct caption_timing *t)
{
    size_t before = skip_blanks(s, bytes);
    size_t at = before;
    size_t signs = 0;
    size_t after;

    while (at < bytes && strchr("-=> \t\f", s[at]) != NULL && s[at] != '\0') {
        /* A sign directly before digits is a minus only if an arrow precedes it. */
        if (skip_blanks(s + at, 1) == 0)
            signs++;
        at++;
    }
    if (signs == 0)
        return 0;
    after = at;
    while (after > 0 && skip_blanks(s + after - 1, 1) > 0)
        after--;
    t->strict &= before > 0 && after < at && after - before == 3 &&
                 memcmp(s + before, "-->", 3) == 0;
    return at;
}

bool caption_timing_has_arrow(const char *line, size_t bytes)
{
    return bytes_find_sign(line, bytes, "-->") != NULL;
}

static bool has_milliseconds(const char *s, size_t bytes)
{
    return bytes > 4 && (s[bytes - 4] == '.' || s[bytes - 4] == ',');
}

/* Without a complete arrow, two times belong to a cue if they have three fields, or a fraction
 * and at least the head of the arrow. */
static bool proves_time(const char *s, size_t bytes, bool arrow_head)
{
    return is_three_fields(s, bytes) ||
           (arrow_head && memchr(s, ':', bytes) != NULL && has_fraction(s, bytes));
}

/* Two times and an arrow in ASCII; *used is where the second time ends. */
static bool parse_plain(const char *line, size_t bytes, double frame_rate,
                        struct caption_timing *timing, size_t *used)
{
    struct caption_timing t = {.strict = true};
    size_t at = skip_blanks(line, bytes);
    size_t start = at;
    size_t first, arrow, second;
    bool arrow_head;
    bool whole; /* the arrow is complete; a damaged one requires more of the times */

    t.strict &= at == 0;
    first = take_time(line + at, bytes - at, frame_rate, &t, &t.start_ms);
    at += first;
    arrow = first > 0 ? take_arrow(line + at, bytes - at, &t) : 0;
    if (arrow == 0)
        return false;
    whole = caption_timing_has_arrow(line + at, arrow);
    arrow_head = memchr(line + at, '>', arrow) != NULL;
    if (!whole && !proves_time(line + start, first, arrow_head))
        return false;
    at += arrow;
    second = take_time(line + at, bytes - at, frame_rate, &t, &t.end_ms);
    if (second == 0 || (!whole && !proves_time(line + at, second, arrow_head)))
        return false;
    at += second;
    /* Settings or words may follow a complete time directly. */
    if (at < bytes && (is_digit(line[at]) || (!isspace((unsigned char)line[at]) &&
                                              !has_milliseconds(line + at - second, second))))
        return false;
    *timing = t;
    *used = at;
    return true;
}

/* The ASCII form of a full-width or typographic sign in a time; 0 for other and for invisible
 * characters. */
static char plain_sign(uint32_t cp)
{
    if (cp >= 0xFF10 && cp <= 0xFF19)
        return (char)('0' + (cp - 0xFF10));
    switch (cp) {
    case 0xFF1A: /* ： */
    case 0x2236:
        return ':';
    case 0xFF0C: /* ， */
    case 0x3001: /* 、 */
        return ',';
    case 0xFF0E: /* ． */
        return '.';
    case 0xFF1B: /* ； */
        return ';';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
    case 0xFF0D:
        return '-';
    case 0xFF1E: /* ＞ */
    case 0x203A:
    case 0x2192: /* → */
    case 0x21D2:
        return '>';
    case 0x00A0:
    case 0x202F:
    case 0x3000:
        return ' ';
    default:
        return '\0';
    }
}

/* A normalised line. */
struct plain_line {
    char s[PLAIN_BYTES];
    size_t bytes;
    size_t end;                       /* length of the part of the line that was normalised */
    unsigned short from[PLAIN_BYTES]; /* original position of each byte */
};

static bool is_invisible(uint32_t cp)
{
    return cp == 0xFEFF || (cp >= 0x200B && cp <= 0x200F) || (cp >= 0x202A && cp <= 0x202E) ||
           (cp >= 0x2066 && cp <= 0x2069);
}

static void add_plain(struct plain_line *p, char c, size_t from)
{
    p->s[p->bytes] = c;
    p->from[p->bytes++] = (unsigned short)from;
}

/* Blanks inside a time: "00: 00: 01, 000". */
static void drop_inner_blanks(struct plain_line *p)
{
    size_t kept = 0;
    size_t i;

    for (i = 0; i < p->bytes; i++) {
        size_t next = i;

        while (next < p->bytes && p->s[next] == ' ')
            next++;
        if (next > i && next < p->bytes && kept > 0) {
            char before = p->s[kept - 1];
            bool mark_before = strchr(":,.", before) != NULL;
            bool mark_after = strchr(":,.", p->s[next]) != NULL;

            if ((mark_before && is_digit(p->s[next])) || (mark_after && is_digit(before)))
                i = next;
        }
        p->s[kept] = p->s[i];
        p->from[kept++] = p->from[i];
    }
    p->bytes = kept;
}

static void make_plain(struct plain_line *p, const char *line, size_t bytes)
{
    size_t at = 0;

    p->bytes = 0;
    while (at < bytes && p->bytes < sizeof p->s) {
        uint32_t cp;
        size_t used = utf8_decode(line + at, bytes - at, &cp);
        char sign = cp < 0x80 ? (char)cp : plain_sign(cp);

        if (sign == '\0' && !is_invisible(cp)) {
            add_plain(p, WORDS, at);
            break;
        }
        if (sign != '\0')
            add_plain(p, sign, at);
        at += used;
    }
    p->end = at;
    drop_inner_blanks(p);
}

/* Whether the line may start with a time in any spelling: most lines are words, or a number
 * alone. */
static bool may_start_time(const char *line, size_t bytes)
{
    unsigned char first;
    size_t at = skip_blanks(line, bytes);
    size_t digits = at;

    while (digits < bytes && is_digit(line[digits]))
        digits++;
    if (digits == bytes)
        return false;
    first = (unsigned char)line[at];
    return isdigit(first) || first == '-' || first == 0xEF || first == 0xE2 || first == 0xC2 ||
           first == 0xE3;
}

/* "12 00:00:01,000 --> …": a cue number on the same line. */
static size_t skip_number(const char *line, size_t bytes)
{
    size_t at = skip_blanks(line, bytes);
    size_t digits = at;

    while (at < bytes && is_digit(line[at]))
        at++;
    if (at == digits || at == bytes || (line[at] != ' ' && line[at] != '\t'))
        return 0;
    at += skip_blanks(line + at, bytes - at);
    return at < bytes && is_digit(line[at]) ? at : 0;
}

/* Two digits below 60, or below 100 for the hours; -1 for anything else. */
static int two_digits(const char *s, int limit)
{
    int value = is_digit(s[0]) && is_digit(s[1]) ? (s[0] - '0') * 10 + (s[1] - '0') : -1;

    return value < limit ? value : -1;
}

/* "01:02:03,456" or "01:02:03.456" in milliseconds; -1 for anything else. */
static int64_t parse_exact(const char *s)
{
    int hours = two_digits(s, 100);
    int minutes = two_digits(s + 3, 60);
    int seconds = two_digits(s + 6, 60);

    if (hours < 0 || minutes < 0 || seconds < 0 || s[2] != ':' || s[5] != ':' ||
        (s[8] != ',' && s[8] != '.') || !is_digit(s[9]) || !is_digit(s[10]) || !is_digit(s[11]))
        return -1;
    return ((hours * INT64_C(60) + minutes) * 60 + seconds) * 1000 + (s[9] - '0') * 100 +
           (s[10] - '0') * 10 + (s[11] - '0');
}

/* "01:02:03,456 --> 01:02:04,567" at the start of a line, as nearly all files write it. */
static bool parse_exact_timing(const char *line, size_t bytes, struct caption_timing *timing,
                               size_t *rest)
{
    static const char arrow[] = " --> ";
    enum { TIME = 12, ARROW = sizeof arrow - 1, ALL = 2 * TIME + ARROW };

    if (bytes < ALL || memcmp(line + TIME, arrow, ARROW) != 0 ||
        (bytes > ALL && line[ALL] != ' ' && line[ALL] != '\r'))
        return false;
    *timing = (struct caption_timing){.start_ms = parse_exact(line),
                                      .end_ms = parse_exact(line + TIME + ARROW),
                                      .comma = line[8] == ',' || line[TIME + ARROW + 8] == ',',
                                      .strict = true};
    *rest = ALL;
    return timing->start_ms >= 0 && timing->end_ms >= 0;
}

bool caption_timing_parse(const char *line, size_t bytes, double frame_rate,
                          struct caption_timing *timing, size_t *rest)
{
    struct plain_line plain;
    size_t number, used;

    if (parse_exact_timing(line, bytes, timing, rest))
        return true;
    if (!may_start_time(line, bytes))
        return false;
    if (parse_plain(line, bytes, frame_rate, timing, rest))
        return true;
    number = skip_number(line, bytes);
    make_plain(&plain, line + number, bytes - number);
    if (!parse_plain(plain.s, plain.bytes, frame_rate, timing, &used))
        return false;
    timing->strict = false;
    *rest = used < plain.bytes ? number + plain.from[used] : number + plain.end;
    return true;
}

size_t caption_timecode_parse(const char *s, size_t bytes, double frame_rate, int64_t *ms)
{
    struct caption_timing form = {0};
    struct plain_line plain;
    size_t used, more;

    if (!may_start_time(s, bytes))
        return 0;
    make_plain(&plain, s, bytes < PLAIN_BYTES ? bytes : PLAIN_BYTES);
    used = caption_time_parse(plain.s, plain.bytes, &form, ms);
    if (used == 0 || !is_three_fields(plain.s, used))
        return 0;
    more = take_fourth_field(plain.s + used, plain.bytes - used, frame_rate, ms);
    if (more == 0)
        return 0;
    used += more;
    return used < plain.bytes ? plain.from[used] : plain.end;
}

/* "dd:dd:dd:ff" at `s`; *frame is ff. */
static bool is_timecode(const char *s, size_t bytes, int *frame)
{
    static const char form[] = "dd:dd:dd:dd";
    size_t i;

    if (bytes < sizeof form - 1)
        return false;
    for (i = 0; i < sizeof form - 1; i++) {
        bool digit = is_digit(s[i]) != 0;

        if (form[i] == 'd' ? !digit : s[i] != ':' && !(i == 8 && s[i] == ';'))
            return false;
    }
    if (bytes > sizeof form - 1 && is_digit(s[sizeof form - 1]))
        return false;
    *frame = (s[9] - '0') * 10 + (s[10] - '0');
    return true;
}

double caption_frame_rate(const char *text, size_t bytes)
{
    enum { MANY = 40 }; /* in so many codes, frame 24 would have occurred at a rate of 25 */
    const char *end = text + bytes;
    const char *at = text;
    int highest = -1;
    int count = 0;
    bool drop = false;

    while ((at = memchr(at, ':', (size_t)(end - at))) != NULL) {
        int frame;

        if (at - text >= 2 && is_timecode(at - 2, (size_t)(end - at) + 2, &frame)) {
            drop |= at[6] == ';';
            highest = frame > highest ? frame : highest;
            count++;
            at += 9;
        } else {
            at++;
        }
    }
    if (drop)
        return 30000.0 / 1001.0;
    if (highest < 24 && count >= MANY)
        return 24;
    if (highest < 25)
        return 25;
    if (highest < 30)
        return 30;
    return highest < 50 ? 50 : 60;
}
