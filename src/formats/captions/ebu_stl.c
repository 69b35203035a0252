/* EBU STL, the exchange format of broadcasters. Standard: EBU Tech 3264-E: one block of 1,024
 * bytes about the file, then blocks of 128 bytes, each a subtitle or part of one. Times are
 * time codes with 25 or 30 frames, relative to the start of the programme if the file states
 * it. Words are in ISO 6937 (with diacritics before the letter) or ISO 8859-5 to -8.
 *
 * The input gives each byte as the character with that number (text/decode). Invariant: `block`
 * holds the bytes of the current block. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "formats/captions/caption_flow.h"
#include "formats/common/emit.h"
#include "formats/readers.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/text/char_class.h"
#include "shilu/text/utf8.h"

enum { HEAD_BYTES = 1024, BLOCK_BYTES = 128, TEXT_BYTE = 16, LAST_PART = 0xFF };

struct ebu_stl {
    struct caption_flow flow;
    struct caption_cue cue;
    struct buffer text;
    unsigned char block[HEAD_BYTES];
    size_t filled;
    bool head_read;
    bool open; /* parts of the cue are still to come */
    int frame_rate;
    int table; /* code table: 0 for ISO 6937, else the part number of ISO 8859 */
    int64_t zero_ms;
    uint64_t number; /* of the block, for diagnostics */
};

static int ebu_stl_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    return bytes > 11 && memcmp(head + 3, "STL", 3) == 0 && isdigit((unsigned char)head[6]) &&
                   memcmp(head + 8, ".01", 3) == 0
               ? CONFIDENCE_CERTAIN
               : CONFIDENCE_NO;
}

static void *ebu_stl_open(void)
{
    struct ebu_stl *e = memory_zalloc(1, sizeof *e);

    caption_flow_init(&e->flow, CAPTION_PLAIN);
    e->frame_rate = 25;
    return e;
}

static void ebu_stl_close(void *self)
{
    struct ebu_stl *e = self;

    caption_flow_release(&e->flow);
    buffer_release(&e->text);
    free(e);
}

static int digits_at(const unsigned char *s, size_t count)
{
    int value = 0;
    size_t i;

    for (i = 0; i < count; i++) {
        if (!isdigit(s[i]))
            return -1;
        value = value * 10 + (s[i] - '0');
    }
    return value;
}

static int64_t to_ms(const struct ebu_stl *e, int hours, int minutes, int seconds, int frames)
{
    return ((hours * INT64_C(60) + minutes) * 60 + seconds) * 1000 +
           (int64_t)frames * 1000 / e->frame_rate;
}

static void append_code_point(struct buffer *out, uint32_t cp)
{
    char utf8[UTF8_MAX_BYTES];

    buffer_append(out, utf8, utf8_encode(cp, utf8));
}

/* The combining character for a diacritic that ISO 6937 puts before its letter; 0 for none. */
static uint32_t mark_of(unsigned char byte)
{
    static const uint32_t marks[16] = {0,     0x300, 0x301, 0x302, 0x303, 0x304, 0x306, 0x307,
                                       0x308, 0,     0x30A, 0x327, 0,     0x30B, 0x328, 0x30C};

    return byte >= 0xC0 && byte <= 0xCF ? marks[byte - 0xC0] : 0;
}

static uint32_t iso_6937(unsigned char byte)
{
    static const uint32_t high[2][32] = {
        {0xA0, 0xA1,   0xA2,   0xA3,   0x24,   0xA5, 0x23, 0xA7, 0xA4, 0x2018, 0x201C,
         0xAB, 0x2190, 0x2191, 0x2192, 0x2193, 0xB0, 0xB1, 0xB2, 0xB3, 0xD7,   0xB5,
         0xB6, 0xB7,   0xF7,   0x2019, 0x201D, 0xBB, 0xBC, 0xBD, 0xBE, 0xBF},
        {0x2015, 0xB9,   0xAE,   0xA9,   0x2122, 0x266A, 0xAC, 0xA6,  0xFFFD, 0xFFFD, 0xFFFD,
         0xFFFD, 0x215B, 0x215C, 0x215D, 0x215E, 0x2126, 0xC6, 0x110, 0xAA,   0x126,  0xFFFD,
         0x132,  0x13F,  0x141,  0xD8,   0x152,  0xBA,   0xDE, 0x166, 0x14A,  0x149}};
    static const uint32_t small[16] = {0x138, 0xE6, 0x111, 0xF0, 0x127, 0x131, 0x133, 0x140,
                                       0x142, 0xF8, 0x153, 0xDF, 0xFE,  0x167, 0x14B, 0xAD};

    if (byte < 0x80)
        return byte;
    if (byte >= 0xF0)
        return small[byte - 0xF0];
    if (byte >= 0xD0)
        return high[1][byte - 0xD0];
    return byte >= 0xA0 && byte < 0xC0 ? high[0][byte - 0xA0] : UTF8_REPLACEMENT;
}

/* The alphabets of ISO 8859 are contiguous in Unicode, except a few signs. */
static uint32_t iso_8859(int part, unsigned char byte)
{
    if (byte < 0xA0 || byte == 0xA0 || byte == 0xAD)
        return byte;
    switch (part) {
    case 5:
        return byte == 0xF0 ? 0x2116 : byte == 0xFD ? 0xA7 : 0x401u + byte - 0xA1;
    case 6:
        return byte == 0xAC ? 0x60C : 0x600u + byte - 0xA0;
    case 7:
        return byte < 0xB4 ? byte : 0x384u + byte - 0xB4;
    default:
        return byte < 0xE0 ? byte : 0x5D0u + byte - 0xE0;
    }
}

static void append_accented(struct buffer *out, uint32_t letter, uint32_t mark)
{
    uint32_t composed = char_compose(letter, mark);

    append_code_point(out, composed != 0 ? composed : letter);
    if (composed == 0)
        append_code_point(out, mark);
}

/* The words of a block: 0x8A is a line break, 0x8F fills the rest; other controls are
 * styles. */
static void append_words(struct ebu_stl *e, const unsigned char *s, size_t bytes)
{
    size_t i;

    for (i = 0; i < bytes && s[i] != 0x8F; i++) {
        uint32_t mark = e->table == 0 ? mark_of(s[i]) : 0;

        if (s[i] == 0x8A) {
            buffer_append_char(&e->text, '\n');
        } else if (mark != 0 && i + 1 < bytes && s[i + 1] > ' ' && s[i + 1] < 0x80) {
            append_accented(&e->text, s[++i], mark);
        } else if (s[i] < 0x20) {
            buffer_append_char(&e->text, ' '); /* a teletext control occupies a cell */
        } else if (s[i] >= 0xA0 || s[i] < 0x80) {
            append_code_point(&e->text,
                              e->table == 0 ? iso_6937(s[i]) : iso_8859(e->table, s[i]));
        }
    }
}

static void take_head(struct ebu_stl *e, struct reader_context *context)
{
    static const int tables[] = {0, 5, 6, 7, 8};
    const unsigned char *b = e->block;
    int table = digits_at(b + 12, 2);
    int hours = digits_at(b + 256, 2), minutes = digits_at(b + 258, 2);
    int seconds = digits_at(b + 260, 2), frames = digits_at(b + 262, 2);
    struct buffer title = {0};
    int rate = digits_at(b + 6, 2);

    if (rate > 0)
        e->frame_rate = rate;
    e->table = table >= 0 && table <= 4 ? tables[table] : 0;
    if (hours >= 0 && minutes >= 0 && seconds >= 0 && frames >= 0)
        e->zero_ms = to_ms(e, hours, minutes, seconds, frames);
    append_words(e, b + 16, 32);
    buffer_append(&title, buffer_string(&e->text), e->text.bytes);
    buffer_clear(&e->text);
    emit_field(context, FIELD_TITLE, buffer_string(&title), title.bytes);
    buffer_release(&title);
}

static int64_t time_at(const struct ebu_stl *e, const unsigned char *b)
{
    int64_t ms = to_ms(e, b[0], b[1], b[2], b[3]);

    if (b[0] > 23 || b[1] > 59 || b[2] > 59)
        return TIME_NONE;
    return ms >= e->zero_ms ? ms - e->zero_ms : ms;
}

static bool end_cue(struct ebu_stl *e, struct reader_context *context, struct error *err)
{
    bool ok;

    e->open = false;
    e->cue.text = buffer_string(&e->text);
    e->cue.text_bytes = e->text.bytes;
    ok = caption_flow_add(&e->flow, context, &e->cue, err);
    buffer_clear(&e->text);
    return ok;
}

static bool take_block(struct ebu_stl *e, struct reader_context *context, struct error *err)
{
    const unsigned char *b = e->block;

    e->number++;
    if (b[15] == 1 || (b[3] >= 0xF0 && b[3] != LAST_PART))
        return true; /* a comment, or an editor's private data */
    if (!e->open) {
        e->cue = (struct caption_cue){.start_ms = time_at(e, b + 5),
                                      .end_ms = time_at(e, b + 9)};
        if (e->cue.start_ms == TIME_NONE)
            diagnostics_add(context->diagnostics, SEVERITY_ERROR, 0, 0,
                            "the time of subtitle block %ju cannot be read",
                            (uintmax_t)e->number);
    }
    e->open = true;
    append_words(e, b + TEXT_BYTE, BLOCK_BYTES - TEXT_BYTE);
    return b[3] != LAST_PART || end_cue(e, context, err);
}

/* A block is complete. */
static bool take_whole(struct ebu_stl *e, struct reader_context *context, struct error *err)
{
    e->filled = 0;
    if (e->head_read)
        return take_block(e, context, err);
    e->head_read = true;
    take_head(e, context);
    return true;
}

static enum reader_status finish(struct ebu_stl *e, struct reader_context *context,
                                 struct error *err)
{
    size_t before = drafts_count(context->drafts);

    if (e->filled > 0) {
        e->filled = 0;
        context->diagnostics->is_cut = true;
        diagnostics_add(context->diagnostics, SEVERITY_ERROR, 0, 0,
                        "the file ends within a block");
    }
    if ((e->open && !end_cue(e, context, err)) || !caption_flow_decide(&e->flow, context, err))
        return READER_ERROR;
    return drafts_count(context->drafts) > before ? READER_SEGMENT : READER_END;
}

static enum reader_status ebu_stl_next(void *self, struct reader_context *context,
                                       struct error *err)
{
    struct ebu_stl *e = self;
    size_t before = drafts_count(context->drafts);
    size_t bytes;
    const char *window;

    drafts_set_time_base(context->drafts, TIME_BASE_ELAPSED);
    while (window = input_window(context->input, &bytes), bytes > 0) {
        size_t wanted = e->head_read ? BLOCK_BYTES : HEAD_BYTES;
        size_t at = 0;

        while (at < bytes && e->filled < wanted) {
            uint32_t cp;

            at += utf8_decode(window + at, bytes - at, &cp);
            e->block[e->filled++] = cp < 0x100 ? (unsigned char)cp : 0x8F;
        }
        input_consume(context->input, at);
        if (e->filled == wanted && !take_whole(e, context, err))
            return READER_ERROR;
        if (drafts_count(context->drafts) > before)
            return READER_SEGMENT;
    }
    return input_ended(context->input) ? finish(e, context, err)
                                       : caption_flow_pause(&e->flow, context, err);
}

const struct reader_ops reader_ebu_stl = {
    .name = "ebu-stl",
    .title = N_("EBU STL subtitles"),
    .detect = ebu_stl_detect,
    .open = ebu_stl_open,
    .next = ebu_stl_next,
    .close = ebu_stl_close,
};
