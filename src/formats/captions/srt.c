/* SubRip (SRT). There is no standard. Accepted: cues with or without a number, times in any
 * spelling that caption_time.h reads, numbers out of order, and blank lines inside a text.
 * Therefore a cue is complete only when the next one starts.
 *
 * Invariant: text holds the lines of the current cue; number_byte is the start of a last line
 * that may be the number of the next cue, or NO_NUMBER. */
#include <stdlib.h>
#include <string.h>

#include "formats/captions/caption_flow.h"
#include "formats/captions/caption_time.h"
#include "formats/common/emit.h"
#include "formats/common/line_reader.h"
#include "formats/readers.h"
#include "shilu/base/memory.h"
#include "shilu/base/span.h"
#include "shilu/base/translate.h"
#include "shilu/text/utf8.h"

#define NO_NUMBER SIZE_MAX

struct srt {
    struct caption_flow flow;
    struct caption_cue cue;
    struct buffer text;
    size_t number_byte;
    long number;         /* value of that line */
    long last_number;    /* of the current cue; 0 without one */
    double frame_rate;   /* 0 until known */
    bool after_blank;    /* a blank line precedes the number */
    bool open;           /* a cue has started */
    bool unnumbered;     /* the first cue had no number */
    bool begun;          /* some cue has started */
    bool blank;          /* the previous line was blank */
    bool point_reported; /* a '.' before the fraction was reported */
};

enum { DETECT_LINES = 40, RATE_BYTES = 65536 };

static int srt_detect(const char *head, size_t bytes, bool whole)
{
    const char *end = head + bytes;
    int lines;

    (void)whole;
    for (lines = 0; lines < DETECT_LINES && head < end; lines++) {
        size_t line_bytes = strcspn(head, "\r\n");
        struct caption_timing timing;
        size_t rest;

        if (line_bytes > (size_t)(end - head))
            line_bytes = (size_t)(end - head);
        if (caption_timing_parse(head, line_bytes, 25, &timing, &rest)) {
            /* Without an arrow the two times are all of the line: "0:00-0:26 (26 sec)" is of
             * another format. */
            bool arrow = caption_timing_has_arrow(head, line_bytes);

            if (!arrow && span_trim(span_of(head + rest, line_bytes - rest)).length > 0)
                return CONFIDENCE_NO;
            if (!arrow)
                return CONFIDENCE_LIKELY;
            return lines <= 2 ? CONFIDENCE_STRONG : CONFIDENCE_LIKELY;
        }
        head += line_bytes + 1;
    }
    return CONFIDENCE_NO;
}

static void *srt_open(void)
{
    struct srt *s = memory_zalloc(1, sizeof *s);

    caption_flow_init(&s->flow, CAPTION_SRT);
    s->number_byte = NO_NUMBER;
    s->blank = true;
    return s;
}

static void srt_close(void *self)
{
    struct srt *s = self;

    caption_flow_release(&s->flow);
    buffer_release(&s->text);
    free(s);
}

static bool parse_number(const char *s, size_t bytes, long *number)
{
    size_t i;

    size_t digits = 0;

    bytes = emit_trim(&s, bytes);
    *number = 0;
    for (i = 0; i < bytes;) {
        uint32_t cp;
        size_t used = utf8_decode(s + i, bytes - i, &cp);

        if (cp >= 0xFF10 && cp <= 0xFF19) /* full width */
            cp = cp - 0xFF10 + '0';
        if (cp < '0' || cp > '9')
            return false;
        if (digits++ < 9)
            *number = *number * 10 + (long)(cp - '0');
        i += used;
    }
    return digits > 0 && digits <= 9;
}

static uint64_t line_of(const struct reader_context *context)
{
    uint64_t line, column;

    input_position(context->input, 0, &line, &column);
    return line;
}

/* End the current cue. Text before the first time, or after an invalid one, is kept without a
 * time. */
static bool end_cue(struct srt *s, struct reader_context *context, struct error *err)
{
    if (!s->open) {
        const char *text = buffer_string(&s->text);

        if (emit_trim(&text, s->text.bytes) > 0)
            diagnostics_add(context->diagnostics, SEVERITY_ERROR, s->cue.line, 1,
                            "a text without a time");
        s->cue.start_ms = s->cue.end_ms = TIME_NONE;
    }
    s->cue.text = buffer_string(&s->text);
    s->cue.text_bytes = s->text.bytes;
    s->open = false;
    return caption_flow_add(&s->flow, context, &s->cue, err);
}

static void report_timing(struct srt *s, struct reader_context *context,
                          const struct caption_timing *timing)
{
    if (!timing->comma && timing->strict && !s->point_reported) {
        s->point_reported = true;
        diagnostics_add(context->diagnostics, SEVERITY_WARNING, line_of(context), 1,
                        "the fraction of a second starts with a full stop, not a comma");
    }
    if (!timing->strict)
        diagnostics_add(context->diagnostics, SEVERITY_WARNING, line_of(context), 1,
                        "a time that does not have the form 'HH:MM:SS,mmm'");
}

/* The last number in the text belongs to the next cue. */
static void cut_number(struct srt *s)
{
    s->last_number = 0;
    if (s->number_byte == NO_NUMBER || s->unnumbered)
        return;
    s->text.bytes = s->number_byte;
    s->text.data[s->number_byte] = '\0';
    s->last_number = s->number;
}

static bool start_cue(struct srt *s, struct reader_context *context,
                      const struct caption_timing *timing, struct error *err)
{
    bool ok;

    cut_number(s);
    s->unnumbered |= !s->begun && s->number_byte == NO_NUMBER;
    s->begun = true;
    ok = end_cue(s, context, err);
    report_timing(s, context, timing);
    s->cue = (struct caption_cue){
        .start_ms = timing->start_ms, .end_ms = timing->end_ms, .line = line_of(context)};
    s->open = true;
    s->number_byte = NO_NUMBER;
    buffer_clear(&s->text);
    return ok;
}

static bool was_number(const struct srt *s)
{
    return s->number_byte != NO_NUMBER;
}

/* A number below a blank line that continues the current cue's number, but with words below it
 * instead of a time: the time of that cue is missing. */
static bool starts_timeless_cue(const struct srt *s)
{
    return was_number(s) && s->after_blank && s->last_number > 0 &&
           s->number == s->last_number + 1;
}

static bool start_timeless_cue(struct srt *s, struct reader_context *context, struct error *err)
{
    bool ok;

    cut_number(s);
    ok = end_cue(s, context, err);
    s->cue = (struct caption_cue){.line = line_of(context)};
    s->number_byte = NO_NUMBER;
    buffer_clear(&s->text);
    return ok;
}

static void add_line(struct srt *s, const char *line, size_t bytes)
{
    char *end = buffer_reserve(&s->text, bytes + 1);

    memcpy(end, line, bytes);
    end[bytes] = '\n';
    buffer_commit(&s->text, bytes + 1);
}

/* A line with an arrow, of which at most one time is valid, still starts a cue: a valid start
 * is used; otherwise the line stays among the words. */
static bool start_broken_cue(struct srt *s, struct reader_context *context, const char *line,
                             size_t bytes, struct error *err)
{
    struct caption_timing timing = {.end_ms = TIME_NONE, .comma = true, .strict = true};
    struct caption_timing form = {.strict = true};
    size_t used = caption_time_parse(line, bytes, &form, &timing.start_ms);
    const char *rest = line + used;
    bool start_alone = used > 0 && emit_trim(&rest, bytes - used) == strlen("-->");

    diagnostics_add(context->diagnostics, SEVERITY_ERROR, line_of(context), 1,
                    start_alone ? N_("a cue without an end")
                                : N_("the time of a cue cannot be read"));
    if (!start_alone)
        timing.start_ms = TIME_NONE;
    if (!start_cue(s, context, &timing, err))
        return false;
    if (!start_alone)
        add_line(s, line, bytes);
    return true;
}

/* What follows the times: screen coordinates ("X1:63 X2:223 …"), or words. */
static void take_rest(struct srt *s, const char *rest, size_t bytes)
{
    const char *colon;

    bytes = emit_trim(&rest, bytes);
    colon = memchr(rest, ':', bytes < 12 ? bytes : 12);
    if (bytes == 0 || (colon != NULL && colon + 1 < rest + bytes && colon[1] != ' ' &&
                       memchr(rest, ' ', (size_t)(colon - rest)) == NULL))
        return;
    add_line(s, rest, bytes);
}

static bool take_line(void *self, struct reader_context *context, const char *line,
                      size_t bytes, struct error *err)
{
    struct srt *s = self;
    struct caption_timing timing;
    bool was_blank = s->blank;
    size_t rest;
    long number;

    s->blank = emit_is_blank(line, bytes);
    if (s->blank)
        return true;
    if (caption_timing_parse(line, bytes, s->frame_rate, &timing, &rest)) {
        if (!start_cue(s, context, &timing, err))
            return false;
        take_rest(s, line + rest, bytes - rest);
        return true;
    }
    if (was_number(s) && caption_timing_has_arrow(line, bytes))
        return start_broken_cue(s, context, line, bytes, err);
    if (starts_timeless_cue(s) && !start_timeless_cue(s, context, err))
        return false;
    if (s->text.bytes == 0 && !s->open)
        s->cue.line = line_of(context);
    s->number_byte = NO_NUMBER;
    if ((was_blank || s->text.bytes > 0) && parse_number(line, bytes, &number)) {
        s->number_byte = s->text.bytes;
        s->number = number;
        s->after_blank = was_blank && s->text.bytes > 0;
    } else if (s->open && s->text.bytes == 0) {
        s->cue.words_line = line_of(context);
    }
    add_line(s, line, bytes);
    return true;
}

static enum reader_status finish(struct srt *s, struct reader_context *context,
                                 struct error *err)
{
    size_t before = drafts_count(context->drafts);

    if (starts_timeless_cue(s)) {
        diagnostics_add(context->diagnostics, SEVERITY_ERROR, line_of(context), 1,
                        "the file ends after the number of a cue");
        cut_number(s);
    }
    if (!end_cue(s, context, err) || !caption_flow_decide(&s->flow, context, err))
        return READER_ERROR;
    buffer_clear(&s->text);
    return drafts_count(context->drafts) > before ? READER_SEGMENT : READER_END;
}

/* If a fourth field counts frames, infer the rate from the start of the file. */
static void find_rate(struct srt *s, struct reader_context *context)
{
    size_t bytes;
    const char *window = input_window(context->input, &bytes);

    if (s->frame_rate > 0 || bytes == 0)
        return;
    s->frame_rate = caption_frame_rate(window, bytes < RATE_BYTES ? bytes : RATE_BYTES);
}

static enum reader_status srt_next(void *self, struct reader_context *context,
                                   struct error *err)
{
    struct srt *s = self;
    enum reader_status status;

    drafts_set_time_base(context->drafts, TIME_BASE_ELAPSED);
    find_rate(s, context);
    status = line_reader_pull(context, take_line, self, err);
    if (status != READER_MORE)
        return status;
    /* A cue followed by a blank line is complete, unless the file continues right away. */
    if (input_resting(context->input) && s->open && s->blank && !was_number(s)) {
        if (!end_cue(s, context, err))
            return READER_ERROR;
        buffer_clear(&s->text);
    }
    return input_ended(context->input) ? finish(s, context, err)
                                       : caption_flow_pause(&s->flow, context, err);
}

const struct reader_ops reader_srt = {
    .name = "srt",
    .title = N_("SubRip captions"),
    .detect = srt_detect,
    .open = srt_open,
    .next = srt_next,
    .close = srt_close,
    .grows = true,
};
