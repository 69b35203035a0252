/* WebVTT. Standard: WebVTT, W3C Candidate Recommendation, section 6, read line by line, so that
 * a cue of any size needs a window of one line. What the standard drops as malformed is kept
 * here without a time, and reported. Words are also accepted if a blank line separates them
 * from their time.
 *
 * Invariant: text holds the lines of the current block, each ended by LF. */
#include <ctype.h>
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

enum block {
    BLOCK_START,  /* the WEBVTT line is next */
    BLOCK_HEADER, /* up to the first blank line */
    BLOCK_NONE,   /* between blocks */
    BLOCK_OTHER,  /* NOTE, REGION */
    BLOCK_STYLE,  /* STYLE: up to a blank line outside braces */
    BLOCK_ID,     /* lines before a timing line: an identifier, or a cue whose time is
                   * missing */
    BLOCK_CUE
};

enum { RATE_BYTES = 65536 };

struct webvtt {
    struct caption_flow flow;
    enum block block;
    struct caption_cue cue;
    struct buffer text;
    size_t last_line; /* where the last line of text starts */
    struct buffer id;
    int64_t empty_start_ms; /* start of a cue without words so far, which may follow; or
                             * TIME_NONE */
    int64_t empty_end_ms;
    double frame_rate;
    int braces; /* number of open ones in a style sheet */
    bool begun; /* a cue was read */
    bool comma_reported;
};

static int webvtt_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    bytes = emit_trim(&head, bytes);
    if (!span_starts_with_case(span_of(head, bytes), "WEBVTT"))
        return CONFIDENCE_NO;
    if (bytes == 6 || strchr(" \t\r\n", head[6]) != NULL)
        return CONFIDENCE_CERTAIN;
    return memcmp(head, "WEBVTT", 6) == 0 ? CONFIDENCE_STRONG : CONFIDENCE_NO;
}

static void *webvtt_open(void)
{
    struct webvtt *v = memory_zalloc(1, sizeof *v);

    caption_flow_init(&v->flow, CAPTION_VTT);
    v->empty_start_ms = v->empty_end_ms = TIME_NONE;
    return v;
}

static void webvtt_close(void *self)
{
    struct webvtt *v = self;

    caption_flow_release(&v->flow);
    buffer_release(&v->text);
    buffer_release(&v->id);
    free(v);
}

static uint64_t line_of(const struct reader_context *context)
{
    uint64_t line, column;

    input_position(context->input, 0, &line, &column);
    return line;
}

/* "Language: en" in the header, or "NOTE language:en-us" as in Microsoft Stream. */
static void take_header(struct reader_context *context, const char *line, size_t bytes)
{
    if (span_starts_with_case(span_of(line, bytes), "note ")) {
        line += 5;
        bytes -= 5;
    }
    if (span_starts_with_case(span_of(line, bytes), "language:"))
        emit_field(context, FIELD_LANGUAGE, line + 9, bytes - 9);
}

static void take_first_line(struct reader_context *context, const char *line, size_t bytes)
{
    bytes = emit_trim(&line, bytes);
    if (!span_starts_with_case(span_of(line, bytes), "WEBVTT")) {
        diagnostics_add(context->diagnostics, SEVERITY_ERROR, 1, 1,
                        "a WebVTT file starts with 'WEBVTT'");
        return;
    }
    if (memcmp(line, "WEBVTT", 6) != 0)
        diagnostics_add(context->diagnostics, SEVERITY_WARNING, 1, 1,
                        "'WEBVTT' is not written in capitals");
    line += 6;
    bytes = emit_trim(&line, bytes - 6);
    while (bytes > 0 && (*line == '-' || *line == ' ')) {
        line++;
        bytes--;
    }
    if (bytes > 0 && !span_starts_with_case(span_of(line, bytes), "FILE"))
        emit_field(context, FIELD_TITLE, line, bytes);
}

static void report_timeless(const struct webvtt *v, struct reader_context *context)
{
    diagnostics_add(context->diagnostics, SEVERITY_ERROR, v->cue.line, 1,
                    "a cue without a time");
}

/* End the current block: a cue goes to the flow, and so does text without a time. */
static bool end_block(struct webvtt *v, struct reader_context *context, struct error *err)
{
    enum block block = v->block;

    v->block = BLOCK_NONE;
    if (block != BLOCK_CUE && block != BLOCK_ID)
        return true;
    if (block == BLOCK_ID) {
        v->cue.start_ms = v->empty_start_ms;
        v->cue.end_ms = v->empty_end_ms;
        if (v->empty_start_ms == TIME_NONE)
            report_timeless(v, context);
    }
    /* A cue with one blank line inside may have more. */
    if (block == BLOCK_CUE)
        v->empty_start_ms = v->empty_end_ms = TIME_NONE;
    if (block == BLOCK_CUE && emit_is_blank(buffer_string(&v->text), v->text.bytes)) {
        v->empty_start_ms = v->cue.start_ms;
        v->empty_end_ms = v->cue.end_ms;
        return true;
    }
    v->cue.text = buffer_string(&v->text);
    v->cue.text_bytes = v->text.bytes;
    v->cue.id = buffer_string(&v->id);
    v->cue.id_bytes = v->id.bytes;
    v->begun = true;
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

static void report_timing(struct webvtt *v, struct reader_context *context,
                          const struct caption_timing *timing)
{
    if (timing->comma && !v->comma_reported) {
        v->comma_reported = true;
        diagnostics_add(context->diagnostics, SEVERITY_WARNING, v->cue.line, 1,
                        "the fraction of a second starts with a comma, not a full stop");
    }
    if (!timing->strict)
        diagnostics_add(context->diagnostics, SEVERITY_WARNING, v->cue.line, 1,
                        "a time that does not have the form of WebVTT");
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

/* The last line before an arrow is the identifier of that cue, if it is alone in its block or
 * is a number. */
static void cut_id(struct webvtt *v)
{
    const char *last = buffer_string(&v->text) + v->last_line;
    size_t bytes = v->text.bytes - v->last_line;
    bool alone = v->block == BLOCK_ID && v->last_line == 0;

    buffer_clear(&v->id);
    if ((v->block != BLOCK_ID && v->block != BLOCK_CUE) || !(alone || is_number(last, bytes)))
        return;
    buffer_append(&v->id, last, emit_trim(&last, bytes));
    v->text.bytes = v->last_line;
    if (v->text.data != NULL)
        v->text.data[v->last_line] = '\0';
}

/* The current block is directly followed by a cue, without a blank line. */
static bool end_run_on(struct webvtt *v, struct reader_context *context, struct error *err)
{
    struct buffer id = {0};
    bool ok;

    cut_id(v);
    if (v->block == BLOCK_ID && v->text.bytes == 0)
        return true;
    if (v->block == BLOCK_CUE)
        diagnostics_add(context->diagnostics, SEVERITY_WARNING, line_of(context), 1,
                        "no blank line before a cue");
    buffer_append(&id, buffer_string(&v->id), v->id.bytes);
    ok = end_block(v, context, err);
    buffer_clear(&v->id);
    buffer_append(&v->id, buffer_string(&id), id.bytes);
    buffer_release(&id);
    return ok;
}

/* A line with words and an arrow ends a cue, as the standard says, but keeps its words; a line
 * that starts with a digit is a broken time. */
static bool is_words(const char *line, size_t bytes)
{
    size_t i;

    bytes = emit_trim(&line, bytes);
    if (bytes > 0 && isdigit((unsigned char)*line))
        return false;
    for (i = 0; i < bytes; i++) {
        if (isalpha((unsigned char)line[i]) || (unsigned char)line[i] >= 0x80)
            return true;
    }
    return false;
}

/* A line with two times starts a cue, even if no blank line precedes it. */
static bool start_cue(struct webvtt *v, struct reader_context *context, const char *line,
                      size_t bytes, struct error *err)
{
    struct caption_timing timing;
    bool ok = true;
    size_t rest;

    if (v->block == BLOCK_CUE || v->block == BLOCK_ID)
        ok = end_run_on(v, context, err);
    else
        buffer_clear(&v->id);
    v->empty_start_ms = v->empty_end_ms = TIME_NONE;
    start_block(v, context, BLOCK_CUE);
    if (caption_timing_parse(line, bytes, v->frame_rate, &timing, &rest)) {
        report_timing(v, context, &timing);
        v->cue.start_ms = timing.start_ms;
        v->cue.end_ms = timing.end_ms;
    } else {
        v->cue.start_ms = v->cue.end_ms = TIME_NONE;
        diagnostics_add(context->diagnostics, SEVERITY_ERROR, v->cue.line, 1,
                        "the time of a cue cannot be read");
        if (is_words(line, bytes))
            add_line(v, line, bytes);
    }
    return ok;
}

/* A word at the start of a line, alone or before a blank. */
static bool is_keyword(const char *line, size_t bytes, const char *word)
{
    size_t count = strlen(word);

    return bytes >= count && memcmp(line, word, count) == 0 &&
           (bytes == count || line[count] == ' ' || line[count] == '\t');
}

static void count_braces(struct webvtt *v, const char *line, size_t bytes)
{
    size_t i;

    for (i = 0; i < bytes; i++)
        v->braces += line[i] == '{' ? 1 : line[i] == '}' && v->braces > 0 ? -1 : 0;
}

/* What drafts of the standard had between blocks: "Region: id=r1 width=40%"; also header lines
 * below a blank line. */
static bool is_stray_header(const struct webvtt *v, const char *line, size_t bytes)
{
    static const char *const before_cues[] = {"Kind:", "Language:", "X-TIMESTAMP-MAP=", NULL};

    if (span_starts_with_case(span_of(line, bytes), "Region:") &&
        memmem(line, bytes, "id=", 3) != NULL)
        return true;
    return !v->begun && span_starts_with_any_case(span_of(line, bytes), before_cues);
}

/* The first line of a block, other than a timing line. */
static void start_other_block(struct webvtt *v, struct reader_context *context,
                              const char *line, size_t bytes)
{
    if (is_keyword(line, bytes, "STYLE")) {
        v->block = BLOCK_STYLE;
        v->braces = 0;
    } else if (is_keyword(line, bytes, "NOTE") || is_keyword(line, bytes, "REGION")) {
        v->block = BLOCK_OTHER;
        take_header(context, line, bytes);
    } else if (is_stray_header(v, line, bytes)) {
        v->block = BLOCK_HEADER;
        take_header(context, line, bytes);
    } else {
        start_block(v, context, BLOCK_ID);
        add_line(v, line, bytes);
    }
}

/* In a comment, only a valid timing line ends it, as the standard says; elsewhere, an arrow
 * makes a timing line, even an invalid one. */
static bool is_timing(const struct webvtt *v, const char *line, size_t bytes)
{
    struct caption_timing timing;
    size_t rest;

    bool aside = v->block == BLOCK_OTHER || v->block == BLOCK_STYLE;

    if (caption_timing_has_arrow(line, bytes))
        return !aside || caption_timing_parse(line, bytes, v->frame_rate, &timing, &rest);
    return !aside && caption_timing_parse(line, bytes, v->frame_rate, &timing, &rest);
}

static bool take_line(void *self, struct reader_context *context, const char *line,
                      size_t bytes, struct error *err)
{
    struct webvtt *v = self;

    if (v->block == BLOCK_START) {
        if (emit_is_blank(line, bytes))
            return true;
        take_first_line(context, line, bytes);
        v->block = span_starts_with_case(span_of(line, bytes), "WEBVTT") ? BLOCK_HEADER
                                                                         : BLOCK_NONE;
        if (v->block == BLOCK_HEADER)
            return true;
    }
    if (bytes == 0)
        return (v->block == BLOCK_STYLE && v->braces > 0) || end_block(v, context, err);
    if (is_timing(v, line, bytes))
        return start_cue(v, context, line, bytes, err);
    switch (v->block) {
    case BLOCK_HEADER:
    case BLOCK_OTHER:
        take_header(context, line, bytes);
        break;
    case BLOCK_STYLE:
        count_braces(v, line, bytes);
        break;
    case BLOCK_CUE:
    case BLOCK_ID:
        if (v->text.bytes == 0)
            v->cue.words_line = line_of(context);
        add_line(v, line, bytes);
        break;
    default:
        if (!emit_is_blank(line, bytes))
            start_other_block(v, context, line, bytes);
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

static void find_rate(struct webvtt *v, struct reader_context *context)
{
    size_t bytes;
    const char *window = input_window(context->input, &bytes);

    if (v->frame_rate == 0 && bytes > 0)
        v->frame_rate = caption_frame_rate(window, bytes < RATE_BYTES ? bytes : RATE_BYTES);
}

static enum reader_status webvtt_next(void *self, struct reader_context *context,
                                      struct error *err)
{
    struct webvtt *v = self;
    enum reader_status status;

    drafts_set_time_base(context->drafts, TIME_BASE_ELAPSED);
    find_rate(v, context);
    status = line_reader_pull(context, take_line, self, err);
    if (status != READER_MORE)
        return status;
    return input_ended(context->input) ? finish(v, context, err)
                                       : caption_flow_pause(&v->flow, context, err);
}

const struct reader_ops reader_webvtt = {
    .name = "webvtt",
    .title = N_("WebVTT captions"),
    .detect = webvtt_detect,
    .open = webvtt_open,
    .next = webvtt_next,
    .close = webvtt_close,
    .grows = true,
};
