/* Captions with one line per cue and times as numbers in brackets: MicroDVD,
 * "{25}{75}words|more", in frames, and MPL2, "[10][30]words|/more", in tenths of a second.
 * There is no standard, only the practice of players: the first cue of a MicroDVD file may
 * state the frame rate instead of words; the default is 23.976, as in films. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "formats/captions/caption_flow.h"
#include "formats/common/emit.h"
#include "formats/common/line_reader.h"
#include "formats/readers.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"

#define FILM_RATE (24000.0 / 1001.0)

enum { DETECT_LINES = 20 };

struct microdvd {
    struct caption_flow flow;
    struct buffer text;
    double frame_rate;
    bool begun;
};

/* "{12}" or, with `empty`, "{}": its length, 0 for none. */
static size_t take_number(const char *s, size_t bytes, bool empty, int64_t *number)
{
    char close = bytes > 0 && *s == '{' ? '}' : ']';
    size_t at = 1;

    *number = -1;
    if (bytes < 2 || (*s != '{' && *s != '['))
        return 0;
    while (at < bytes && at < 12 && isdigit((unsigned char)s[at])) {
        *number = (*number < 0 ? 0 : *number * 10) + (s[at] - '0');
        at++;
    }
    if (at == bytes || s[at] != close || (*number < 0 && !empty))
        return 0;
    return at + 1;
}

/* The two numbers at the start of a line; the end may be empty. Returns their length. */
static size_t take_times(const char *line, size_t bytes, int64_t *start, int64_t *end)
{
    size_t first = take_number(line, bytes, false, start);
    size_t second = first > 0 && first < bytes && line[first] == line[0]
                        ? take_number(line + first, bytes - first, true, end)
                        : 0;

    return second > 0 ? first + second : 0;
}

static int microdvd_detect(const char *head, size_t bytes, bool whole)
{
    const char *end = head + bytes;
    int lines = 0, timed = 0;

    (void)whole;
    while (head < end && lines < DETECT_LINES) {
        const char *stop = memchr(head, '\n', (size_t)(end - head));
        const char *line = head;
        size_t line_bytes = emit_trim(&line, (size_t)((stop != NULL ? stop : end) - head));
        int64_t from, to;

        timed += take_times(line, line_bytes, &from, &to) > 0;
        lines += line_bytes > 0;
        head = stop != NULL ? stop + 1 : end;
    }
    if (timed == 0 || timed * 2 < lines)
        return CONFIDENCE_NO;
    return timed >= 2 ? CONFIDENCE_STRONG : CONFIDENCE_LIKELY;
}

static void *microdvd_open(void)
{
    struct microdvd *m = memory_zalloc(1, sizeof *m);

    caption_flow_init(&m->flow, CAPTION_SRT);
    m->frame_rate = FILM_RATE;
    return m;
}

static void microdvd_close(void *self)
{
    struct microdvd *m = self;

    caption_flow_release(&m->flow);
    buffer_release(&m->text);
    free(m);
}

static uint64_t line_of(const struct reader_context *context)
{
    uint64_t line, column;

    input_position(context->input, 0, &line, &column);
    return line;
}

static int64_t to_ms(const struct microdvd *m, bool frames, int64_t number)
{
    if (number < 0)
        return TIME_NONE;
    return frames ? (int64_t)((double)number * 1000 / m->frame_rate + 0.5) : number * 100;
}

/* "{1}{1}25.000": the frame rate in place of words. */
static bool take_rate(struct microdvd *m, struct reader_context *context, const char *text,
                      size_t bytes, int64_t start)
{
    char number[16];
    char *end;
    double rate;

    if (m->begun)
        return false;
    m->begun = true;
    bytes = emit_trim(&text, bytes);
    if (start <= 1 && bytes > 0 && bytes < sizeof number) {
        memcpy(number, text, bytes);
        number[bytes] = '\0';
        if (strchr(number, ',') != NULL)
            *strchr(number, ',') = '.';
        rate = strtod(number, &end);
        if (*end == '\0' && rate >= 1 && rate <= 240) {
            m->frame_rate = rate;
            return true;
        }
    }
    diagnostics_add(context->diagnostics, SEVERITY_WARNING, line_of(context), 1,
                    "the file gives no frame rate: assuming 23.976 frames per second");
    return false;
}

/* A bar separates lines; a slash at the start of one is italics in MPL2. */
static void set_text(struct microdvd *m, bool frames, const char *text, size_t bytes)
{
    const char *end = text + bytes;

    buffer_clear(&m->text);
    while (text < end) {
        const char *stop = memchr(text, '|', (size_t)(end - text));
        size_t line = (size_t)((stop != NULL ? stop : end) - text);

        if (!frames && line > 0 && *text == '/') {
            text++;
            line--;
        }
        buffer_append(&m->text, text, line);
        buffer_append_char(&m->text, '\n');
        text += line + 1;
    }
}

static bool take_line(void *self, struct reader_context *context, const char *line,
                      size_t bytes, struct error *err)
{
    struct microdvd *m = self;
    struct caption_cue cue = {.line = line_of(context)};
    int64_t start = -1, end = -1;
    size_t used;
    bool frames;

    bytes = emit_trim(&line, bytes);
    if (bytes == 0)
        return true;
    used = take_times(line, bytes, &start, &end);
    frames = *line == '{';
    if (used == 0)
        diagnostics_add(context->diagnostics, SEVERITY_ERROR, cue.line, 1,
                        "a line without a time");
    else if (frames && take_rate(m, context, line + used, bytes - used, start))
        return true;
    set_text(m, frames, line + used, bytes - used);
    cue.start_ms = to_ms(m, frames, start);
    cue.end_ms = to_ms(m, frames, end);
    cue.text = buffer_string(&m->text);
    cue.text_bytes = m->text.bytes;
    return caption_flow_add(&m->flow, context, &cue, err);
}

static enum reader_status microdvd_next(void *self, struct reader_context *context,
                                        struct error *err)
{
    struct microdvd *m = self;

    return caption_flow_pull(&m->flow, context, take_line, NULL, self, err);
}

const struct reader_ops reader_microdvd = {
    .name = "microdvd",
    .title = N_("MicroDVD or MPL2 captions"),
    .detect = microdvd_detect,
    .open = microdvd_open,
    .next = microdvd_next,
    .close = microdvd_close,
    .grows = true,
};
