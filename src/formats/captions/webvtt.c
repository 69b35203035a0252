/* WebVTT. Standard: WebVTT, W3C Candidate Recommendation, section 6, read line by line, so that
 * a cue of any size needs a window of one line. What the standard drops as broken is kept here
 * without a time, and told.
 *
 * Invariant: cue_text holds the lines of the block at hand, each ended by LF. */
#include <stdlib.h>
#include <string.h>

#include "formats/captions/caption_flow.h"
#include "formats/common/emit.h"
#include "formats/common/line_reader.h"
#include "formats/readers.h"
#include "shilu/base/memory.h"

enum block {
    BLOCK_START,  /* the WEBVTT line comes */
    BLOCK_HEADER, /* up to the first blank line */
    BLOCK_NONE,   /* between blocks */
    BLOCK_OTHER,  /* NOTE, STYLE, REGION */
    BLOCK_ID,     /* lines before a timing: an identifier, or a cue that lost its time */
    BLOCK_CUE
};

struct webvtt {
    struct caption_flow flow;
    enum block block;
    struct caption_cue cue;
    struct buffer text;
    size_t last_line; /* of text: where its last line starts */
    bool comma_reported;
};

static int webvtt_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    if (bytes < 6 || memcmp(head, "WEBVTT", 6) != 0)
        return CONFIDENCE_NO;
    return bytes == 6 || strchr(" \t\r\n", head[6]) != NULL ? CONFIDENCE_CERTAIN
                                                            : CONFIDENCE_STRONG;
}

static void *webvtt_open(void)
{
    struct webvtt *v = memory_zalloc(1, sizeof *v);

    caption_flow_init(&v->flow, CAPTION_VTT);
    return v;
}

static void webvtt_close(void *self)
{
    struct webvtt *v = self;

    caption_flow_release(&v->flow);
    buffer_release(&v->text);
    free(v);
}

static uint64_t line_of(const struct reader_context *context)
{
    uint64_t line, column;

    input_position(context->input, 0, &line, &column);
    return line;
}

static bool starts_with(const char *line, size_t bytes, const char *word)
{
    size_t count = strlen(word);

    return bytes >= count && strncasecmp(line, word, count) == 0;
}

/* "Language: en" in the header, "NOTE language:en-us" as Microsoft Stream has it. */
static void take_header(struct reader_context *context, const char *line, size_t bytes)
{
    if (starts_with(line, bytes, "note ")) {
        line += 5;
        bytes -= 5;
    }
    if (starts_with(line, bytes, "language:"))
        emit_field(context, FIELD_LANGUAGE, line + 9, bytes - 9);
}

static void take_first_line(struct reader_context *context, const char *line, size_t bytes)
{
    if (!starts_with(line, bytes, "WEBVTT")) {
        diagnostics_add(context->diagnostics, SEVERITY_ERROR, 1, 1,
                        "a WebVTT file starts with 'WEBVTT'");
        return;
    }
    line += 6;
    bytes = emit_trim(&line, bytes - 6);
    while (bytes > 0 && (*line == '-' || *line == ' ')) {
        line++;
        bytes--;
    }
    if (bytes > 0 && !starts_with(line, bytes, "FILE"))
        emit_field(context, FIELD_TITLE, line, bytes);
}

/* The block at hand ends: a cue goes to the flow, and so does text that has no time. */
static bool end_block(struct webvtt *v, struct reader_context *context, struct error *err)
{
    enum block block = v->block;

    v->block = BLOCK_NONE;
    if (block != BLOCK_CUE && block != BLOCK_ID)
        return true;
    if (block == BLOCK_ID) {
        v->cue.start_ms = v->cue.end_ms = TIME_NONE;
        diagnostics_add(context->diagnostics, SEVERITY_ERROR, v->cue.line, 1,
                        "a cue without a time");
    }
    v->cue.text = buffer_string(&v->text);
    v->cue.text_bytes = v->text.bytes;
    return caption_flow_add(&v->flow, context, &v->cue, err);
}

static void add_line(struct webvtt *v, const char *line, size_t bytes)
{
    v->last_line = v->text.bytes;
    buffer_append(&v->text, line, bytes);
    buffer_append_char(&v->text, '\n');
}

static void start_block(struct webvtt *v, struct reader_context *context, enum block block)
{
    v->block = block;
    v->cue = (struct caption_cue){.line = line_of(context)};
    buffer_clear(&v->text);
    v->last_line = 0;
}

static void tell_timing(struct webvtt *v, struct reader_context *context,
                        const struct caption_timing *timing)
{
    if (timing->comma && !v->comma_reported) {
        v->comma_reported = true;
        diagnostics_add(context->diagnostics, SEVERITY_WARNING, v->cue.line, 1,
                        "a comma starts the fraction of a second, not a full stop");
    }
    if (!timing->strict)
        diagnostics_add(context->diagnostics, SEVERITY_WARNING, v->cue.line, 1,
                        "a time that is not written as WebVTT asks");
}

static bool is_number(const char *s, size_t bytes)
{
    size_t i;

    bytes = emit_trim(&s, bytes);
    for (i = 0; i < bytes; i++)
        if (s[i] < '0' || s[i] > '9')
            return false;
    return bytes > 0;
}

/* The block at hand runs on into a cue with no blank line between. The last line before an
 * arrow is the identifier of that cue, if it can be one. */
static bool end_run_on(struct webvtt *v, struct reader_context *context, struct error *err)
{
    const char *last = buffer_string(&v->text) + v->last_line;

    if (v->block == BLOCK_ID || is_number(last, v->text.bytes - v->last_line))
        v->text.bytes = v->last_line;
    if (v->block == BLOCK_ID && v->text.bytes == 0)
        return true;
    diagnostics_add(context->diagnostics, SEVERITY_WARNING, line_of(context), 1,
                    "no blank line before a cue");
    return end_block(v, context, err);
}

/* A line with an arrow starts a cue, also where no blank line ended the one before. */
static bool start_cue(struct webvtt *v, struct reader_context *context, const char *line,
                      size_t bytes, struct error *err)
{
    struct caption_timing timing;
    bool ok = true;

    if (v->block == BLOCK_CUE || v->block == BLOCK_ID)
        ok = end_run_on(v, context, err);
    start_block(v, context, BLOCK_CUE);
    if (caption_timing_parse(line, bytes, &timing)) {
        tell_timing(v, context, &timing);
        v->cue.start_ms = timing.start_ms;
        v->cue.end_ms = timing.end_ms;
    } else {
        v->cue.start_ms = v->cue.end_ms = TIME_NONE;
        diagnostics_add(context->diagnostics, SEVERITY_ERROR, v->cue.line, 1,
                        "the time of a cue cannot be read");
    }
    return ok;
}

static bool is_other_block(const char *line, size_t bytes)
{
    static const char *const words[] = {"NOTE", "STYLE", "REGION"};
    size_t i;

    for (i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t count = strlen(words[i]);

        if (bytes >= count && memcmp(line, words[i], count) == 0 &&
            (bytes == count || line[count] == ' ' || line[count] == '\t'))
            return true;
    }
    return false;
}

static bool is_blank(const char *line, size_t bytes)
{
    return emit_trim(&line, bytes) == 0;
}

static bool take_line(void *self, struct reader_context *context, const char *line,
                      size_t bytes, struct error *err)
{
    struct webvtt *v = self;

    if (v->block == BLOCK_START) {
        take_first_line(context, line, bytes);
        v->block = starts_with(line, bytes, "WEBVTT") ? BLOCK_HEADER : BLOCK_NONE;
        if (v->block == BLOCK_HEADER)
            return true;
    }
    if (bytes == 0)
        return end_block(v, context, err);
    if (v->block != BLOCK_OTHER && caption_timing_has_arrow(line, bytes))
        return start_cue(v, context, line, bytes, err);
    switch (v->block) {
    case BLOCK_HEADER:
    case BLOCK_OTHER:
        take_header(context, line, bytes);
        break;
    case BLOCK_CUE:
        add_line(v, line, bytes);
        break;
    default:
        if (v->block == BLOCK_NONE && is_other_block(line, bytes)) {
            v->block = BLOCK_OTHER;
            take_header(context, line, bytes);
        } else if (!is_blank(line, bytes)) {
            if (v->block == BLOCK_NONE)
                start_block(v, context, BLOCK_ID);
            add_line(v, line, bytes);
        }
    }
    return true;
}

static enum reader_status finish(struct webvtt *v, struct reader_context *context,
                                 struct error *err)
{
    size_t before = drafts_count(context->drafts);

    if (!end_block(v, context, err) || !caption_flow_decide(&v->flow, context, err))
        return READER_ERROR;
    return drafts_count(context->drafts) > before ? READER_SEGMENT : READER_END;
}

static enum reader_status webvtt_next(void *self, struct reader_context *context,
                                      struct error *err)
{
    struct webvtt *v = self;
    enum reader_status status;

    drafts_set_clock(context->drafts, CLOCK_ELAPSED);
    status = line_reader_pull(context, take_line, self, err);
    if (status != READER_MORE)
        return status;
    return input_ended(context->input) ? finish(v, context, err)
                                       : caption_flow_pause(&v->flow, context, err);
}

const struct reader_ops reader_webvtt = {
    .name = "webvtt",
    .title = "WebVTT captions",
    .detect = webvtt_detect,
    .open = webvtt_open,
    .next = webvtt_next,
    .close = webvtt_close,
    .grows = true,
};
