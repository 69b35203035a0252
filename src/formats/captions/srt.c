/* SubRip (SRT). There is no standard; what is taken: cues with or without a number, '.' for
 * ',', fractions of any length or none, numbers out of order, and blank lines inside a text.
 * A cue is therefore complete only when the next one starts.
 *
 * Invariant: text holds the lines of the cue at hand; number_byte is where a last line stands
 * that may be the number of the next cue, or NO_NUMBER. */
#include <stdlib.h>
#include <string.h>

#include "formats/captions/caption_flow.h"
#include "formats/common/emit.h"
#include "formats/common/line_reader.h"
#include "formats/readers.h"
#include "shilu/base/memory.h"

#define NO_NUMBER SIZE_MAX

struct srt {
    struct caption_flow flow;
    struct caption_cue cue;
    struct buffer text;
    size_t number_byte;
    bool open;           /* a cue has started */
    bool unnumbered;     /* the first cue had no number */
    bool begun;          /* some cue has started */
    bool blank;          /* the line before was blank */
    bool point_reported; /* that '.' starts the fraction */
};

enum { DETECT_LINES = 40 };

static int srt_detect(const char *head, size_t bytes, bool whole)
{
    const char *end = head + bytes;
    int lines;

    (void)whole;
    for (lines = 0; lines < DETECT_LINES && head < end; lines++) {
        size_t line_bytes = strcspn(head, "\r\n");
        struct caption_timing timing;

        if (line_bytes > (size_t)(end - head))
            line_bytes = (size_t)(end - head);
        if (caption_timing_parse(head, line_bytes, &timing))
            return lines <= 2 ? CONFIDENCE_STRONG : CONFIDENCE_LIKELY;
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

static bool is_number(const char *s, size_t bytes)
{
    size_t i;

    bytes = emit_trim(&s, bytes);
    for (i = 0; i < bytes; i++)
        if (s[i] < '0' || s[i] > '9')
            return false;
    return bytes > 0 && bytes <= 9;
}

static uint64_t line_of(const struct reader_context *context)
{
    uint64_t line, column;

    input_position(context->input, 0, &line, &column);
    return line;
}

/* The cue at hand ends. Text before the first time, or after one that cannot be read, is kept
 * without a time. */
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

static void tell_timing(struct srt *s, struct reader_context *context,
                        const struct caption_timing *timing)
{
    if (!timing->comma && timing->strict && !s->point_reported) {
        s->point_reported = true;
        diagnostics_add(context->diagnostics, SEVERITY_WARNING, line_of(context), 1,
                        "a full stop starts the fraction of a second, not a comma");
    }
    if (!timing->strict)
        diagnostics_add(context->diagnostics, SEVERITY_WARNING, line_of(context), 1,
                        "a time that is not written as 'HH:MM:SS,mmm'");
}

static bool start_cue(struct srt *s, struct reader_context *context,
                      const struct caption_timing *timing, struct error *err)
{
    bool ok;

    if (s->number_byte != NO_NUMBER && !s->unnumbered)
        s->text.bytes = s->number_byte;
    s->unnumbered |= !s->begun && s->number_byte == NO_NUMBER;
    s->begun = true;
    ok = end_cue(s, context, err);
    tell_timing(s, context, timing);
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

/* A line with an arrow whose times cannot both be read is a cue's still: its start counts, or
 * the line stays among the words. */
static bool start_broken_cue(struct srt *s, struct reader_context *context, const char *line,
                             size_t bytes, struct error *err)
{
    struct caption_timing timing = {.end_ms = TIME_NONE, .comma = true, .strict = true};
    struct caption_timing form = {.strict = true};
    size_t used = caption_time_parse(line, bytes, &form, &timing.start_ms);
    const char *rest = line + used;
    bool start_alone = used > 0 && emit_trim(&rest, bytes - used) == strlen("-->");

    diagnostics_add(context->diagnostics, SEVERITY_ERROR, line_of(context), 1,
                    start_alone ? "a cue without an end" : "the time of a cue cannot be read");
    if (!start_alone)
        timing.start_ms = TIME_NONE;
    if (!start_cue(s, context, &timing, err))
        return false;
    if (!start_alone) {
        buffer_append(&s->text, line, bytes);
        buffer_append_char(&s->text, '\n');
    }
    return true;
}

static bool take_line(void *self, struct reader_context *context, const char *line,
                      size_t bytes, struct error *err)
{
    struct srt *s = self;
    struct caption_timing timing;
    bool was_blank = s->blank;

    s->blank = bytes == 0;
    if (caption_timing_parse(line, bytes, &timing))
        return start_cue(s, context, &timing, err);
    if (bytes == 0)
        return true;
    if (caption_timing_has_arrow(line, bytes) && was_number(s))
        return start_broken_cue(s, context, line, bytes, err);
    if (s->text.bytes == 0 && !s->open)
        s->cue.line = line_of(context);
    s->number_byte = is_number(line, bytes) && (was_blank || s->text.bytes > 0) ? s->text.bytes
                                                                                : NO_NUMBER;
    buffer_append(&s->text, line, bytes);
    buffer_append_char(&s->text, '\n');
    return true;
}

static enum reader_status finish(struct srt *s, struct reader_context *context,
                                 struct error *err)
{
    size_t before = drafts_count(context->drafts);

    if (!end_cue(s, context, err) || !caption_flow_decide(&s->flow, context, err))
        return READER_ERROR;
    buffer_clear(&s->text);
    return drafts_count(context->drafts) > before ? READER_SEGMENT : READER_END;
}

static enum reader_status srt_next(void *self, struct reader_context *context,
                                   struct error *err)
{
    struct srt *s = self;
    enum reader_status status;

    drafts_set_clock(context->drafts, CLOCK_ELAPSED);
    status = line_reader_pull(context, take_line, self, err);
    if (status != READER_MORE)
        return status;
    /* A cue with a blank line after it is whole, unless the file goes on at once. */
    if (input_resting(context->input) && s->open && s->blank && !end_cue(s, context, err))
        return READER_ERROR;
    if (input_resting(context->input) && !s->open)
        buffer_clear(&s->text);
    return input_ended(context->input) ? finish(s, context, err)
                                       : caption_flow_pause(&s->flow, context, err);
}

const struct reader_ops reader_srt = {
    .name = "srt",
    .title = "SubRip captions",
    .detect = srt_detect,
    .open = srt_open,
    .next = srt_next,
    .close = srt_close,
    .grows = true,
};
