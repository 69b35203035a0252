/* Text exported by video editors, with SMPTE time codes: each block has two of them, with its
 * words beside or below:
 *    00:00:05:12 - 00:00:09:10          Premiere, Resolve (also in square brackets): the
 *    speaker
 *    Speaker 1                          is above the words
 *    Good morning all.
 *
 *    1 00:00:05:12 00:00:09:10 words    Encore, Final Cut
 *    00:00:05:12 , 00:00:09:10 , words  Spruce: '|' separates lines, '$' and "//" start other
 *    lines
 *
 * Avid's plug-in adds header lines with '@' and puts marks in angle brackets around the blocks.
 * The frame rate is inferred from the codes. */
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

enum { DETECT_LINES = 40, RATE_BYTES = 65536 };

struct timecode_text {
    struct caption_flow flow;
    struct caption_cue cue;
    struct buffer text;
    double frame_rate;
    bool begun; /* some block has been read */
    bool bars;  /* '|' separates lines */
};

static size_t skip_signs(const char *s, size_t bytes, const char *signs)
{
    size_t at = 0;

    while (at < bytes && s[at] != '\0' && strchr(signs, s[at]) != NULL)
        at++;
    return at;
}

/* Dashes and blanks of any kind between two codes. */
static size_t skip_between(const char *s, size_t bytes)
{
    size_t at = 0;

    while (at < bytes) {
        size_t plain = skip_signs(s + at, bytes - at, " \t,->");

        at += plain;
        if (bytes - at >= 3 &&
            (memcmp(s + at, "\u2013", 3) == 0 || memcmp(s + at, "\u2014", 3) == 0))
            at += 3;
        else if (plain == 0)
            break;
    }
    return at;
}

/* A block number and an opening bracket before the first code. */
static size_t skip_front(const char *line, size_t bytes)
{
    size_t at = skip_signs(line, bytes, " \t");
    size_t digits = at;

    while (digits < bytes && isdigit((unsigned char)line[digits]))
        digits++;
    if (digits > at && digits < bytes && strchr(" \t.)", line[digits]) != NULL)
        at = digits + skip_signs(line + digits, bytes - digits, " \t.)");
    return at + skip_signs(line + at, bytes - at, "[(");
}

/* Two time codes at the start; *rest is where the words after them start. */
static bool parse_codes(const char *line, size_t bytes, double frame_rate,
                        struct caption_cue *cue, size_t *rest)
{
    size_t at = skip_front(line, bytes);
    size_t used = caption_timecode_parse(line + at, bytes - at, frame_rate, &cue->start_ms);
    size_t between;

    if (used == 0)
        return false;
    at += used;
    between = skip_between(line + at, bytes - at);
    at += between;
    used = between > 0 ? caption_timecode_parse(line + at, bytes - at, frame_rate, &cue->end_ms)
                       : 0;
    if (used == 0)
        return false;
    at += used;
    at += skip_signs(line + at, bytes - at, "])");
    *rest = at + skip_signs(line + at, bytes - at, " \t,");
    return true;
}

/* "00:02:17:10 , 00:02:20:10 , words": no table has a blank before its commas. */
static bool has_spaced_comma(struct span line)
{
    size_t comma = span_find(line, ',');

    return comma > 0 && comma < line.length && line.data[comma - 1] == ' ';
}

static int timecode_text_detect(const char *head, size_t bytes, bool whole)
{
    struct span rest = span_of(head, bytes);
    struct span line;
    struct caption_cue cue;
    size_t used;
    int lines = 0, timed = 0, spaced = 0;

    (void)whole;
    while (lines < DETECT_LINES && span_next_line(&rest, &line)) {
        line = span_trim(line);
        if (line.length == 0 || strchr("$@<*#", *line.data) != NULL ||
            span_starts_with(line, "//"))
            continue;
        if (parse_codes(line.data, line.length, 25, &cue, &used)) {
            timed++;
            spaced += has_spaced_comma(line);
        } else if (timed == 0 && lines > 4) {
            return CONFIDENCE_NO;
        }
        lines++;
    }
    if (timed == 0)
        return CONFIDENCE_NO;
    if (timed * 8 < lines)
        return CONFIDENCE_MAYBE;
    return spaced * 2 > timed ? CONFIDENCE_STRONG + 1 : CONFIDENCE_STRONG;
}

static void *timecode_text_open(void)
{
    struct timecode_text *t = memory_zalloc(1, sizeof *t);

    caption_flow_init(&t->flow, CAPTION_SRT);
    caption_flow_expect_name_lines(&t->flow);
    return t;
}

static void timecode_text_close(void *self)
{
    struct timecode_text *t = self;

    caption_flow_release(&t->flow);
    buffer_release(&t->text);
    free(t);
}

static uint64_t line_of(const struct reader_context *context)
{
    uint64_t line, column;

    input_position(context->input, 0, &line, &column);
    return line;
}

static bool end_block(void *self, struct reader_context *context, struct error *err)
{
    struct timecode_text *t = self;
    const char *text = buffer_string(&t->text);
    bool ok;

    if (emit_trim(&text, t->text.bytes) == 0)
        return true;
    t->cue.text = buffer_string(&t->text);
    t->cue.text_bytes = t->text.bytes;
    ok = caption_flow_add(&t->flow, context, &t->cue, err);
    buffer_clear(&t->text);
    return ok;
}

/* "^I", "^B", "^U" in Spruce switch italics, bold and underlining. */
static void add_words(struct timecode_text *t, const char *s, size_t bytes)
{
    size_t i;

    for (i = 0; i < bytes; i++) {
        if (t->bars && s[i] == '^' && i + 1 < bytes && strchr("IBU", s[i + 1]) != NULL)
            i++;
        else
            buffer_append_char(&t->text, t->bars && s[i] == '|' ? '\n' : s[i]);
    }
    buffer_append_char(&t->text, '\n');
}

/* What precedes the first block: settings, comments, a title. */
static void take_head(struct timecode_text *t, struct reader_context *context, struct span line)
{
    t->bars |= *line.data == '$';
    if (strchr("$@<*#", *line.data) == NULL && !span_starts_with(line, "//"))
        emit_field(context, FIELD_TITLE, line.data, line.length);
}

static bool is_other_line(const struct timecode_text *t, struct span line)
{
    return (t->bars && (*line.data == '$' || span_starts_with(line, "//"))) ||
           (span_starts_with(line, "<end ") && span_ends_with(line, ">"));
}

static bool take_line(void *self, struct reader_context *context, const char *line,
                      size_t bytes, struct error *err)
{
    struct timecode_text *t = self;
    struct caption_cue cue = {.line = line_of(context)};
    size_t rest;

    bytes = emit_trim(&line, bytes);
    if (bytes == 0)
        return true;
    if (parse_codes(line, bytes, t->frame_rate, &cue, &rest)) {
        if (!end_block(t, context, err))
            return false;
        t->bars |= !t->begun && memchr(line, ',', rest) != NULL;
        t->begun = true;
        t->cue = cue;
        if (rest < bytes)
            add_words(t, line + rest, bytes - rest);
    } else if (!t->begun) {
        take_head(t, context, span_of(line, bytes));
    } else if (!is_other_line(t, span_of(line, bytes))) {
        add_words(t, line, bytes);
    }
    return true;
}

static enum reader_status timecode_text_next(void *self, struct reader_context *context,
                                             struct error *err)
{
    struct timecode_text *t = self;
    size_t bytes;
    const char *window = input_window(context->input, &bytes);

    if (t->frame_rate == 0 && bytes > 0)
        t->frame_rate = caption_frame_rate(window, bytes < RATE_BYTES ? bytes : RATE_BYTES);
    return caption_flow_pull(&t->flow, context, take_line, end_block, t, err);
}

const struct reader_ops reader_timecode_text = {
    .name = "timecode-text",
    .title = N_("text with time codes (Premiere, Resolve)"),
    .detect = timecode_text_detect,
    .open = timecode_text_open,
    .next = timecode_text_next,
    .close = timecode_text_close,
    .grows = true,
};
