/* Scenarist closed captions (SCC): a time code, then the bytes of line 21 as four hexadecimal
 * digits per frame. Standard: ANSI/CTA-608-E, one channel, as far as words and times are
 * concerned: pop-on, roll-up and paint-on captions; basic, special and extended characters.
 * Positions on the screen and colours are left out.
 *
 * A pop-on caption is built in a hidden memory until a code shows it. A caption that is never
 * shown keeps its words, from the moment it was sent, and is reported. If the start of the file
 * has no such code at all, captions are shown as they are sent.
 *
 * Invariant: `shown` is what the viewer sees, `hidden` is the memory in which a pop-on caption
 * is built. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "formats/captions/caption_flow.h"
#include "formats/captions/caption_time.h"
#include "formats/common/emit.h"
#include "formats/readers.h"
#include "shilu/base/memory.h"
#include "shilu/base/span.h"
#include "shilu/base/translate.h"

enum { ROWS = 16 };

enum mode { MODE_POP_ON, MODE_ROLL_UP, MODE_PAINT_ON };

struct screen {
    struct buffer rows[ROWS]; /* by number from 1 */
    int64_t start_ms;         /* when its first words came, or TIME_NONE */
};

struct scc {
    struct caption_flow flow;
    struct screen shown;
    struct screen hidden;
    struct buffer text;
    enum mode mode;
    int row;
    unsigned last_control; /* each control code is sent twice */
    int channel;           /* of the file: that of its first control code; 0 before */
    bool elsewhere;        /* the last control code was of another channel */
    bool looked;           /* for the code that shows a caption */
    bool unseen;           /* there is none */
    bool reported_channel;
    bool reported_word;
    bool reported_unseen;
    uint64_t line;
    uint64_t hidden_line;      /* where the hidden caption begins */
    struct caption_cue missed; /* one that was never shown, and its words */
    struct buffer missed_text;
};

static int scc_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    bytes = emit_trim(&head, bytes);
    return bytes >= 13 && strncasecmp(head, "Scenarist_SCC", 13) == 0 ? CONFIDENCE_CERTAIN
                                                                      : CONFIDENCE_NO;
}

static void *scc_open(void)
{
    struct scc *s = memory_zalloc(1, sizeof *s);

    caption_flow_init(&s->flow, CAPTION_PLAIN);
    s->shown.start_ms = s->hidden.start_ms = TIME_NONE;
    s->row = ROWS - 1;
    return s;
}

static void screen_release(struct screen *screen)
{
    int i;

    for (i = 0; i < ROWS; i++)
        buffer_release(&screen->rows[i]);
}

static void scc_close(void *self)
{
    struct scc *s = self;

    caption_flow_release(&s->flow);
    screen_release(&s->shown);
    screen_release(&s->hidden);
    buffer_release(&s->text);
    buffer_release(&s->missed_text);
    free(s);
}

static void screen_clear(struct screen *screen)
{
    int i;

    for (i = 0; i < ROWS; i++)
        buffer_clear(&screen->rows[i]);
    screen->start_ms = TIME_NONE;
}

/* The words of a screen, from top to bottom, in `text`; whether there are any. */
static bool gather(struct scc *s, const struct screen *screen)
{
    int i;

    buffer_clear(&s->text);
    for (i = 1; i < ROWS; i++) {
        const struct buffer *row = &screen->rows[i];
        const char *words = buffer_string(row);
        size_t bytes = emit_trim(&words, row->bytes);

        if (bytes == 0)
            continue;
        if (s->text.bytes > 0)
            buffer_append_char(&s->text, '\n');
        buffer_append(&s->text, words, bytes);
    }
    return s->text.bytes > 0;
}

/* A caption that was never shown follows the one that was shown when it was sent. */
static bool give_missed(struct scc *s, struct reader_context *context, struct error *err)
{
    bool ok = true;

    if (s->missed_text.bytes > 0) {
        s->missed.text = buffer_string(&s->missed_text);
        s->missed.text_bytes = s->missed_text.bytes;
        ok = caption_flow_add(&s->flow, context, &s->missed, err);
    }
    buffer_clear(&s->missed_text);
    return ok;
}

/* What is shown ends at `ms`: it is a cue. */
static bool end_shown(struct scc *s, struct reader_context *context, int64_t ms,
                      struct error *err)
{
    struct caption_cue cue = {.start_ms = s->shown.start_ms, .end_ms = ms, .line = s->line};
    bool ok = true;

    if (gather(s, &s->shown)) {
        cue.text = buffer_string(&s->text);
        cue.text_bytes = s->text.bytes;
        ok = caption_flow_add(&s->flow, context, &cue, err);
    }
    screen_clear(&s->shown);
    return ok && give_missed(s, context, err);
}

/* What was built is let go. Words in it were never shown: they are kept and reported. */
static bool end_hidden(struct scc *s, struct reader_context *context, struct error *err)
{
    bool ok = true;

    if (gather(s, &s->hidden)) {
        diagnostics_add(context->diagnostics, SEVERITY_WARNING, s->hidden_line, 1,
                        "a caption that is never shown: its time is when it is sent");
        ok = give_missed(s, context, err);
        s->missed = (struct caption_cue){
            .start_ms = s->hidden.start_ms, .end_ms = TIME_NONE, .line = s->hidden_line};
        buffer_append(&s->missed_text, s->text.data, s->text.bytes);
        if (s->shown.start_ms == TIME_NONE)
            ok = ok && give_missed(s, context, err);
    }
    screen_clear(&s->hidden);
    return ok;
}

static struct screen *target(struct scc *s)
{
    return s->mode == MODE_POP_ON ? &s->hidden : &s->shown;
}

static void add_text(struct scc *s, const char *text, int64_t ms)
{
    struct screen *screen = target(s);

    if (screen->start_ms == TIME_NONE) {
        screen->start_ms = ms;
        if (screen == &s->hidden)
            s->hidden_line = s->line;
    }
    buffer_append_string(&screen->rows[s->row], text);
}

static void backspace(struct scc *s)
{
    struct buffer *row = &target(s)->rows[s->row];

    while (row->bytes > 0 && ((unsigned char)row->data[row->bytes - 1] & 0xC0) == 0x80)
        row->bytes--;
    if (row->bytes > 0)
        row->data[--row->bytes] = '\0';
}

/* The basic set is ASCII but for these. */
static void add_basic(struct scc *s, unsigned byte, int64_t ms)
{
    static const struct {
        unsigned byte;
        const char *text;
    } others[] = {{0x2A, "á"}, {0x5C, "é"}, {0x5E, "í"}, {0x5F, "ó"}, {0x60, "ú"},
                  {0x7B, "ç"}, {0x7C, "÷"}, {0x7D, "Ñ"}, {0x7E, "ñ"}, {0x7F, "█"}};
    char text[2] = {(char)byte, '\0'};
    size_t i;

    if (byte < 0x20)
        return;
    for (i = 0; i < sizeof others / sizeof *others; i++) {
        if (others[i].byte == byte) {
            add_text(s, others[i].text, ms);
            return;
        }
    }
    add_text(s, text, ms);
}

/* Special characters are themselves; extended ones replace the one before. */
static bool add_extended(struct scc *s, unsigned first, unsigned second, int64_t ms)
{
    static const char *const special[16] = {"®", "°", "½", "¿", "™", "¢", "£", "♪",
                                            "à", " ", "è", "â", "ê", "î", "ô", "û"};
    static const char *const west[2][32] = {
        {"Á", "É", "Ó", "Ú", "Ü", "ü", "‘", "¡", "*", "’", "—", "©", "℠", "•", "“", "”",
         "À", "Â", "Ç", "È", "Ê", "Ë", "ë", "Î", "Ï", "ï", "Ô", "Ù", "ù", "Û", "«", "»"},
        {"Ã", "ã", "Í", "Ì", "ì", "Ò", "ò", "Õ", "õ", "{", "}", "\\", "^", "_", "¦", "~",
         "Ä", "ä", "Ö", "ö", "ß", "¥", "¤", "│", "Å", "å", "Ø", "ø",  "┌", "┐", "└", "┘"}};

    if (first == 0x11 && second >= 0x30 && second <= 0x3F) {
        add_text(s, special[second - 0x30], ms);
        return true;
    }
    if ((first != 0x12 && first != 0x13) || second < 0x20 || second > 0x3F)
        return false;
    backspace(s);
    add_text(s, west[first - 0x12][second - 0x20], ms);
    return true;
}

/* Where a preamble puts the cursor. */
static int preamble_row(unsigned first, unsigned second)
{
    static const int rows[8] = {11, 1, 3, 12, 14, 5, 7, 9};
    int row = rows[first & 7];

    return (first & 7) == 0 ? row : row + ((second & 0x20) != 0);
}

static bool swap_screens(struct scc *s, struct reader_context *context, int64_t ms,
                         struct error *err)
{
    struct screen hidden;

    if (!end_shown(s, context, ms, err))
        return false;
    hidden = s->hidden;
    s->hidden = s->shown;
    s->shown = hidden;
    s->shown.start_ms = ms;
    s->mode = MODE_POP_ON;
    return true;
}

static void report_unseen(struct scc *s, struct reader_context *context)
{
    if (!s->reported_unseen)
        diagnostics_add(
            context->diagnostics, SEVERITY_WARNING, s->line, 1,
            "no code shows the captions: assuming that they are shown when they are sent");
    s->reported_unseen = true;
}

static bool resume_direct(struct scc *s, struct reader_context *context, int64_t ms,
                          struct error *err)
{
    s->mode = MODE_PAINT_ON;
    return end_shown(s, context, ms, err);
}

static bool roll_up(struct scc *s, struct reader_context *context, int64_t ms,
                    struct error *err)
{
    if (s->mode == MODE_ROLL_UP)
        return true;
    s->mode = MODE_ROLL_UP;
    return end_hidden(s, context, err) && end_shown(s, context, ms, err);
}

static bool take_command(struct scc *s, struct reader_context *context, unsigned second,
                         int64_t ms, struct error *err)
{
    switch (second) {
    case 0x20: /* resume caption loading */
        if (s->unseen) {
            report_unseen(s, context);
            return resume_direct(s, context, ms, err);
        }
        s->mode = MODE_POP_ON;
        return true;
    case 0x21:
        backspace(s);
        return true;
    case 0x25: /* roll-up captions of two to four rows, or text, which clear the screens */
    case 0x26:
    case 0x27:
    case 0x2A:
    case 0x2B:
        return roll_up(s, context, ms, err);
    case 0x29: /* resume direct captioning: what is painted next replaces the last */
        return resume_direct(s, context, ms, err);
    case 0x2C: /* erase displayed memory */
        return end_shown(s, context, ms, err);
    case 0x2D: /* carriage return */
        return s->mode != MODE_ROLL_UP || end_shown(s, context, ms, err);
    case 0x2E: /* erase non-displayed memory */
        return end_hidden(s, context, err);
    case 0x2F: /* end of caption */
        return swap_screens(s, context, ms, err);
    default:
        return true;
    }
}

/* Of the two channels that share a field. */
static int channel_of(unsigned first)
{
    return (first & 0x08) != 0 ? 2 : 1;
}

static void report_channel(struct scc *s, struct reader_context *context)
{
    if (!s->reported_channel)
        diagnostics_add(context->diagnostics, SEVERITY_WARNING, s->line, 1,
                        "captions of another channel are left out");
    s->reported_channel = true;
}

/* A pair of bytes, as it comes in one frame. */
static bool take_pair(struct scc *s, struct reader_context *context, unsigned pair, int64_t ms,
                      struct error *err)
{
    unsigned first = pair >> 8 & 0x7F;
    unsigned second = pair & 0x7F;
    bool repeated = (pair & 0x7F7F) == s->last_control;

    s->last_control = 0;
    if (first >= 0x20) {
        if (s->elsewhere)
            report_channel(s, context);
        else {
            add_basic(s, first, ms);
            add_basic(s, second, ms);
        }
        return true;
    }
    if (first < 0x10) /* nothing, or extended data */
        return true;
    if (s->channel == 0)
        s->channel = channel_of(first);
    s->elsewhere = channel_of(first) != s->channel;
    if (s->elsewhere)
        return true;
    if (repeated)
        return true;
    s->last_control = pair & 0x7F7F;
    first &= 0x77; /* the codes of the second channel are those of the first */
    if (second >= 0x40) {
        s->row = preamble_row(first, second);
        return true;
    }
    if ((first == 0x14 || first == 0x15) && second >= 0x20 && second <= 0x2F)
        return take_command(s, context, second, ms, err);
    if (!add_extended(s, first, second, ms) && first == 0x11)
        add_text(s, " ", ms); /* a change of style takes a cell */
    return true;
}

/* A time code as milliseconds: with ':' it counts frames of 1001/30000 of a second, with ';' it
 * drops numbers, so as to stay with the clock. */
static bool take_time(struct span *line, double *ms)
{
    int64_t rounded;
    size_t used = caption_timecode_parse(line->data, line->length, 30, &rounded);

    if (used == 0)
        return false;
    *ms = memchr(line->data, ';', used) != NULL ? (double)rounded
                                                : (double)rounded * 1001 / 1000;
    *line = span_trim_front(span_skip(*line, used));
    return true;
}

/* A pair of bytes in four hexadecimal digits. */
static bool parse_pair(struct span word, unsigned *pair)
{
    char digits[5] = {0};
    size_t i;

    if (word.length != 4)
        return false;
    for (i = 0; i < 4; i++) {
        if (!isxdigit((unsigned char)word.data[i]))
            return false;
        digits[i] = word.data[i];
    }
    *pair = (unsigned)strtoul(digits, NULL, 16);
    return true;
}

static void report_word(struct scc *s, struct reader_context *context, size_t at)
{
    if (!s->reported_word)
        diagnostics_add(context->diagnostics, SEVERITY_WARNING, s->line, at + 1,
                        "not two bytes in four hexadecimal digits");
    s->reported_word = true;
}

static bool take_line(void *self, struct reader_context *context, const char *line,
                      size_t bytes, struct error *err)
{
    static const double frame_ms = 1001.0 / 30;
    struct scc *s = self;
    struct span rest = span_trim(span_of(line, bytes));
    uint64_t column;
    double ms;

    if (rest.length == 0 || isalpha((unsigned char)*rest.data))
        return true;
    input_position(context->input, 0, &s->line, &column);
    if (!take_time(&rest, &ms)) {
        diagnostics_add(context->diagnostics, SEVERITY_ERROR, s->line, 1,
                        "a line without a time code");
        return true;
    }
    for (; rest.length > 0; ms += frame_ms) {
        struct span word = span_take_until(&rest, ' ');
        unsigned pair;

        if (word.length == 0)
            continue;
        if (!parse_pair(word, &pair))
            report_word(s, context, (size_t)(word.data - line));
        else if (!take_pair(s, context, pair, (int64_t)(ms + 0.5), err))
            return false;
    }
    return true;
}

static bool finish(void *self, struct reader_context *context, struct error *err)
{
    struct scc *s = self;

    return end_hidden(s, context, err) && end_shown(s, context, TIME_NONE, err);
}

/* Whether a text has the code that shows what was built, in any channel. */
static bool has_end_of_caption(struct span text)
{
    struct span line;

    while (span_next_line(&text, &line)) {
        while (line.length > 0) {
            struct span word = span_trim(span_take_until(&line, ' '));
            unsigned pair;

            if (parse_pair(word, &pair) && (pair & 0x767F) == 0x142F)
                return true;
        }
    }
    return false;
}

static enum reader_status scc_next(void *self, struct reader_context *context,
                                   struct error *err)
{
    enum { LOOK_BYTES = 4096 };
    struct scc *s = self;
    size_t bytes;
    const char *window = input_window(context->input, &bytes);

    if (!s->looked && bytes < LOOK_BYTES && !input_ended(context->input))
        return READER_MORE;
    if (!s->looked)
        s->unseen = !has_end_of_caption(span_of(window, bytes));
    s->looked = true;
    return caption_flow_pull(&s->flow, context, take_line, finish, s, err);
}

const struct reader_ops reader_scc = {
    .name = "scc",
    .title = N_("Scenarist closed captions"),
    .detect = scc_detect,
    .open = scc_open,
    .next = scc_next,
    .close = scc_close,
};
