/* SubViewer: version 2 with its head, and without one as YouTube writes it (SBV):
 * "0:00:05.279,0:00:17.240", the text, a blank line; version 1, where the words are between two
 * lines with a time in square brackets. Invariant: text holds the lines of the current cue. */
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

/* What the value of a line in square brackets is. */
enum head_value { HEAD_NONE, HEAD_TITLE, HEAD_DELAY, HEAD_OTHER };

/* The head of version 2 is between [INFORMATION] and [END INFORMATION]; [SUBTITLE] and a line
 * with colours follow. Version 1 has the values of its head below their names, and its captions
 * between [BEGIN] and [END]. */
struct sbv {
    struct caption_flow flow;
    int64_t delay_ms;
    bool head_ended;        /* a time has been read */
    bool between;           /* version 1: words are between two times */
    bool open;              /* … and the second one is still to come */
    bool blank;             /* the previous line was blank */
    enum head_value wanted; /* on the next line */
    struct caption_cue cue;
    struct buffer text;
};

/* Two times and a comma, with nothing else on the line. */
static bool parse_timing(const char *line, size_t bytes, struct caption_cue *cue)
{
    struct caption_timing form = {.strict = true};
    const char *comma;
    size_t first;

    bytes = emit_trim(&line, bytes);
    comma = memchr(line, ',', bytes);
    if (comma == NULL || memchr(line, ':', bytes) == NULL)
        return false;
    first = (size_t)(comma - line);
    return caption_time_parse(line, first, &form, &cue->start_ms) == first && first > 0 &&
           bytes > first + 1 &&
           caption_time_parse(comma + 1, bytes - first - 1, &form, &cue->end_ms) ==
               bytes - first - 1;
}

/* "[00:00:05]", with nothing else on the line; lyrics have no hours. */
static bool parse_bracketed(struct span line, int64_t *ms)
{
    struct caption_timing form = {.strict = true};

    line = span_trim(line);
    if (line.length < 6 || *line.data != '[' || line.data[line.length - 1] != ']')
        return false;
    line = span_of(line.data + 1, line.length - 2);
    return memchr(line.data, ':', line.length) != memrchr(line.data, ':', line.length) &&
           caption_time_parse(line.data, line.length, &form, ms) == line.length;
}

/* Version 1: each paragraph is words between two times. One is enough below a head. */
static bool is_version_one(struct span head, bool whole)
{
    enum { LINES = 60 };
    struct span line;
    bool begun = false, open = false, words = false;
    int lines = 0, pairs = 0, single = 0;
    int64_t ms;

    while (lines++ < LINES && span_next_line(&head, &line)) {
        if (head.length == 0 && !whole)
            break;
        begun |= span_is(span_trim(line), "[BEGIN]");
        if (parse_bracketed(line, &ms)) {
            pairs += open && words;
            open = !open || !words;
            words = false;
        } else if (span_trim(line).length == 0) {
            single += open;
            open = false;
        } else if (open) {
            words |= *span_trim(line).data != '[';
        }
    }
    return single == 0 && pairs >= (begun ? 1 : 2);
}

static int sbv_detect(const char *head, size_t bytes, bool whole)
{
    struct caption_cue cue;
    const char *text = head;
    const char *stop;
    size_t trimmed = emit_trim(&text, bytes);

    if (trimmed > 0 && *text == '[' && is_version_one(span_of(text, trimmed), whole))
        return CONFIDENCE_STRONG;
    if (span_starts_with_case(span_of(text, trimmed), "[INFORMATION]"))
        return CONFIDENCE_STRONG;
    stop = text + strcspn(text, "\r\n");
    if (stop > text + trimmed)
        stop = text + trimmed;
    return parse_timing(text, (size_t)(stop - text), &cue) ? CONFIDENCE_STRONG : CONFIDENCE_NO;
}

static void *sbv_open(void)
{
    struct sbv *s = memory_zalloc(1, sizeof *s);

    caption_flow_init(&s->flow, CAPTION_SRT);
    s->cue.start_ms = s->cue.end_ms = TIME_NONE;
    return s;
}

static void sbv_close(void *self)
{
    struct sbv *s = self;

    caption_flow_release(&s->flow);
    buffer_release(&s->text);
    free(s);
}

static bool end_cue(struct sbv *s, struct reader_context *context, struct error *err)
{
    const char *text = buffer_string(&s->text);

    if (emit_trim(&text, s->text.bytes) == 0)
        return true;
    if (s->cue.start_ms == TIME_NONE)
        diagnostics_add(context->diagnostics, SEVERITY_ERROR, s->cue.line, 1,
                        "a text without a time");
    s->cue.text = buffer_string(&s->text);
    s->cue.text_bytes = s->text.bytes;
    if (!caption_flow_add(&s->flow, context, &s->cue, err))
        return false;
    buffer_clear(&s->text);
    return true;
}

/* "[br]" is a line break; in version 1, "|" is. */
static void add_line(struct sbv *s, const char *line, size_t bytes)
{
    const char *sign = s->between ? "|" : "[br]";
    const char *end = line + bytes;
    const char *stop;

    while ((stop = bytes_find(line, (size_t)(end - line), sign)) != NULL) {
        buffer_append(&s->text, line, (size_t)(stop - line));
        buffer_append_char(&s->text, '\n');
        line = stop + strlen(sign);
    }
    buffer_append(&s->text, line, (size_t)(end - line));
    buffer_append_char(&s->text, '\n');
}

static void take_head_value(struct sbv *s, struct reader_context *context,
                            enum head_value which, struct span value)
{
    char tenths[13];

    value = span_trim(value);
    if (which == HEAD_TITLE) {
        emit_field(context, FIELD_TITLE, value.data, value.length);
    } else if (which == HEAD_DELAY && value.length > 0 && value.length < sizeof tenths) {
        memcpy(tenths, value.data, value.length);
        tenths[value.length] = '\0';
        s->delay_ms = strtol(tenths, NULL, 10) * 100;
    }
    s->wanted = HEAD_NONE;
}

/* "[TITLE]The roof", "[DELAY]10" in tenths of a second, "[COLF]&HFFFFFF,[STYLE]bd,…". */
static void take_head(struct sbv *s, struct reader_context *context, struct span line)
{
    static const char *const parts[] = {"[BEGIN]", "[INFORMATION]", "[END INFORMATION]",
                                        "[SUBTITLE]", NULL};
    enum head_value which = span_starts_with_case(line, "[TITLE]")   ? HEAD_TITLE
                            : span_starts_with_case(line, "[DELAY]") ? HEAD_DELAY
                                                                     : HEAD_OTHER;

    if (span_starts_with_any_case(line, parts))
        s->wanted = HEAD_NONE;
    else if (span_ends_with(span_trim(line), "]"))
        s->wanted = which;
    else
        take_head_value(s, context, which, span_skip(line, 7));
}

/* "[END]", "******** END SCRIPT ********" */
static bool is_mark(struct span line)
{
    return span_starts_with(span_trim(line), "****") || span_is(span_trim(line), "[END]");
}

/* One of the two times around the words. */
static bool take_bracketed(struct sbv *s, struct reader_context *context, int64_t ms,
                           bool after_blank, struct error *err)
{
    const char *text = buffer_string(&s->text);
    bool ends = s->open && emit_trim(&text, s->text.bytes) > 0 && !after_blank;
    uint64_t column;

    s->head_ended = s->between = true;
    if (ends)
        s->cue.end_ms = ms + s->delay_ms;
    if (!end_cue(s, context, err))
        return false;
    s->open = !ends;
    s->cue = (struct caption_cue){.start_ms = ends ? TIME_NONE : ms + s->delay_ms,
                                  .end_ms = TIME_NONE};
    input_position(context->input, 0, &s->cue.line, &column);
    buffer_clear(&s->text);
    return true;
}

static bool is_head_line(const struct sbv *s, const char *line, size_t bytes)
{
    return !s->head_ended && bytes > 2 && *line == '[' && memchr(line, ']', bytes) != NULL;
}

static bool take_line(void *self, struct reader_context *context, const char *line,
                      size_t bytes, struct error *err)
{
    struct sbv *s = self;
    struct caption_cue cue = {0};
    uint64_t column;
    bool was_blank = s->blank;
    int64_t ms;

    s->blank = emit_is_blank(line, bytes);
    if ((s->between || !s->head_ended) && parse_bracketed(span_of(line, bytes), &ms))
        return take_bracketed(s, context, ms, was_blank, err);
    if (parse_timing(line, bytes, &cue)) {
        if (!end_cue(s, context, err))
            return false;
        s->cue = cue;
        s->cue.start_ms += s->delay_ms;
        s->cue.end_ms += s->delay_ms;
        s->head_ended = true;
        input_position(context->input, 0, &s->cue.line, &column);
        buffer_clear(&s->text);
        return true;
    }
    if (is_head_line(s, line, bytes)) {
        take_head(s, context, span_of(line, bytes));
        return true;
    }
    if (s->wanted != HEAD_NONE) {
        take_head_value(s, context, s->wanted, span_of(line, bytes));
        return true;
    }
    if ((s->between || !s->head_ended) && !s->open && is_mark(span_of(line, bytes)))
        return true;
    if (s->text.bytes == 0 && s->cue.start_ms == TIME_NONE)
        input_position(context->input, 0, &s->cue.line, &column);
    if (bytes > 0 && s->text.bytes == 0)
        input_position(context->input, 0, &s->cue.words_line, &column);
    if (bytes > 0)
        add_line(s, line, bytes);
    return true;
}

static enum reader_status finish(struct sbv *s, struct reader_context *context,
                                 struct error *err)
{
    size_t before = drafts_count(context->drafts);

    if (!end_cue(s, context, err) || !caption_flow_decide(&s->flow, context, err))
        return READER_ERROR;
    return drafts_count(context->drafts) > before ? READER_SEGMENT : READER_END;
}

static enum reader_status sbv_next(void *self, struct reader_context *context,
                                   struct error *err)
{
    struct sbv *s = self;
    enum reader_status status;

    drafts_set_time_base(context->drafts, TIME_BASE_ELAPSED);
    status = line_reader_pull(context, take_line, self, err);
    if (status != READER_MORE)
        return status;
    return input_ended(context->input) ? finish(s, context, err)
                                       : caption_flow_pause(&s->flow, context, err);
}

const struct reader_ops reader_sbv = {
    .name = "sbv",
    .title = N_("SubViewer captions (SBV)"),
    .detect = sbv_detect,
    .most = CONFIDENCE_STRONG,
    .open = sbv_open,
    .next = sbv_next,
    .close = sbv_close,
    .grows = true,
};
