/* RealText (.rt): <window …>, and <time begin="…" end="…"/> before what is shown then; without
 * an end it is shown until the next time. Times are dd:hh:mm:ss.xyz, of which the front may be
 * left out. Source: RealNetworks' Production Guide. Looks, <clear/> and the motion of windows
 * are left out.
 *
 * Invariant: text holds the words since the last time. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "formats/captions/markup/tag_captions.h"
#include "formats/common/emit.h"
#include "formats/readers.h"
#include "shilu/base/memory.h"
#include "shilu/base/span.h"
#include "shilu/base/translate.h"
#include "shilu/formats/html_entity.h"

enum { DETECT_HEAD = 4096 };

struct realtext {
    struct html_lexer lexer;
    struct caption_flow flow;
    struct buffer text;
    int64_t start_ms; /* 0 before the first time, since a window is shown at once */
    int64_t end_ms;   /* given by the time tag, or TIME_NONE */
    int64_t whole_ms; /* how long the window lasts, or TIME_NONE */
    uint64_t line;
};

static int realtext_detect(const char *head, size_t bytes, bool whole)
{
    struct span rest = span_trim(span_of(head, bytes < DETECT_HEAD ? bytes : DETECT_HEAD));

    (void)whole;
    if (!span_starts_with_case(rest, "<window"))
        return CONFIDENCE_NO;
    while (rest.length > 0) {
        rest = span_skip(rest, 1);
        rest = span_skip(rest, span_find(rest, '<'));
        if (span_starts_with_case(rest, "<time "))
            return CONFIDENCE_CERTAIN;
    }
    return CONFIDENCE_NO;
}

static void *realtext_open(void)
{
    struct realtext *r = memory_zalloc(1, sizeof *r);

    caption_flow_init(&r->flow, CAPTION_PLAIN);
    r->end_ms = r->whole_ms = TIME_NONE;
    return r;
}

static void realtext_close(void *self)
{
    struct realtext *r = self;

    caption_flow_release(&r->flow);
    buffer_release(&r->text);
    free(r);
}

/* "9", "1:09.5", "00:00:01:09.50": up to days, hours, minutes, seconds. */
static bool parse_time(struct span s, int64_t *ms)
{
    static const int64_t day_hours = 24;
    int64_t fields[4] = {0};
    size_t count = 0;
    double seconds;
    char number[24] = "";
    char *end;

    s = span_trim(s);
    while (span_find(s, ':') < s.length && count < 3) {
        struct span field = span_take_until(&s, ':');
        size_t i;

        if (field.length == 0 || field.length > 6)
            return false;
        for (i = 0; i < field.length; i++) {
            if (!isdigit((unsigned char)field.data[i]))
                return false;
            fields[count] = fields[count] * 10 + (field.data[i] - '0');
        }
        count++;
    }
    if (s.length == 0 || s.length >= sizeof number || !isdigit((unsigned char)*s.data))
        return false;
    memcpy(number, s.data, s.length);
    seconds = strtod(number, &end);
    if (*end != '\0' || !(seconds < 1e9))
        return false;
    *ms = (int64_t)(seconds * 1000 + 0.5);
    *ms += (count > 0 ? fields[count - 1] : 0) * 60000;
    *ms += (count > 1 ? fields[count - 2] : 0) * 3600000;
    *ms += (count > 2 ? fields[0] * day_hours : 0) * 3600000;
    return true;
}

static bool attribute_time(const struct html_token *tag, const char *name, int64_t *ms)
{
    size_t bytes;
    const char *value = html_token_attribute(tag, name, &bytes);

    return value != NULL && parse_time(span_of(value, bytes), ms);
}

/* What was shown ends with its own end, or at `ms`. */
static bool end_cue(struct realtext *r, struct reader_context *context, int64_t ms,
                    struct error *err)
{
    struct caption_cue cue = {.start_ms = r->start_ms,
                              .end_ms = r->end_ms != TIME_NONE ? r->end_ms : ms,
                              .text = buffer_string(&r->text),
                              .text_bytes = r->text.bytes,
                              .line = r->line};
    const char *text = cue.text;
    bool ok = emit_trim(&text, cue.text_bytes) == 0 ||
              caption_flow_add(&r->flow, context, &cue, err);

    buffer_clear(&r->text);
    return ok;
}

static bool take_time(struct realtext *r, struct reader_context *context,
                      const struct html_token *tag, struct error *err)
{
    uint64_t line, column;
    int64_t begin_ms, end_ms;
    bool begins = attribute_time(tag, "begin", &begin_ms);
    bool ends = attribute_time(tag, "end", &end_ms);

    if (!begins && !ends) {
        input_position(context->input, 0, &line, &column);
        diagnostics_add(context->diagnostics, SEVERITY_ERROR, line, column,
                        "the time of a cue cannot be read");
        return true;
    }
    if (begins) {
        if (!end_cue(r, context, begin_ms, err))
            return false;
        r->start_ms = begin_ms;
        r->end_ms = TIME_NONE;
    }
    if (ends)
        r->end_ms = end_ms;
    return true;
}

static bool take_tag(struct realtext *r, struct reader_context *context,
                     const struct html_token *tag, struct error *err)
{
    if (strcmp(tag->name, "time") == 0 && !tag->closing)
        return take_time(r, context, tag, err);
    if (strcmp(tag->name, "window") == 0 && !tag->closing)
        attribute_time(tag, "duration", &r->whole_ms);
    else if (strcmp(tag->name, "br") == 0 || strcmp(tag->name, "p") == 0 ||
             strcmp(tag->name, "clear") == 0)
        buffer_append_char(&r->text, '\n');
    return true;
}

static void take_text(struct realtext *r, struct reader_context *context, struct span text)
{
    const char *words = text.data;
    struct buffer decoded = {0};
    uint64_t column;

    if (emit_trim(&words, text.length) == 0) {
        emit_words(&r->text, text.data, text.length); /* one blank, if there is none yet */
        return;
    }
    if (r->text.bytes == 0)
        input_position(context->input, 0, &r->line, &column);
    html_entity_decode(&decoded, text.data, text.length);
    emit_words(&r->text, decoded.data, decoded.bytes);
    buffer_release(&decoded);
}

static bool take_token(void *self, struct reader_context *context,
                       const struct html_token *token, struct span source, struct error *err)
{
    if (token->kind == HTML_TEXT)
        take_text(self, context, source);
    return token->kind != HTML_TAG || take_tag(self, context, token, err);
}

static bool end_last_cue(void *self, struct reader_context *context, struct error *err)
{
    struct realtext *r = self;

    return end_cue(r, context, r->whole_ms, err);
}

static enum reader_status realtext_next(void *self, struct reader_context *context,
                                        struct error *err)
{
    struct realtext *r = self;

    return tag_captions_pull(&r->lexer, &r->flow, context, take_token, end_last_cue, r, err);
}

const struct reader_ops reader_realtext = {
    .name = "realtext",
    .title = N_("RealText captions"),
    .detect = realtext_detect,
    .open = realtext_open,
    .next = realtext_next,
    .close = realtext_close,
};
