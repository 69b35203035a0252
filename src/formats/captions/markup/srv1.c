/* YouTube's caption XML: <transcript><text start="0" dur="1.54"> in seconds (srv1), and
 * <timedtext> with <text t d> (srv2) or <p t d><s> (srv3) in milliseconds. The text may contain
 * escaped tags. Invariant: in_cue is set between the start and the end of a cue. */
#include <stdlib.h>
#include <string.h>

#include "formats/captions/caption_flow.h"
#include "formats/common/emit.h"
#include "formats/readers.h"
#include "formats/xml/xml_stream.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"

struct srv1 {
    struct xml_stream *xml;
    struct caption_flow flow;
    struct caption_cue cue;
    struct buffer text;
    bool in_cue;
};

static int srv1_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    if (xml_stream_root_is(head, bytes, "timedtext"))
        return CONFIDENCE_CERTAIN;
    return xml_stream_root_is(head, bytes, "transcript") &&
                   memmem(head, bytes, "<text ", 6) != NULL
               ? CONFIDENCE_STRONG
               : CONFIDENCE_NO;
}

/* A number of seconds or milliseconds, or TIME_NONE. */
static int64_t parse_time(const char *value, int64_t unit_ms)
{
    char *end;
    double number;

    if (value == NULL)
        return TIME_NONE;
    number = strtod(value, &end);
    if (end == value || *end != '\0' || !(number >= 0 && number < 1e12))
        return TIME_NONE;
    return (int64_t)(number * (double)unit_ms + 0.5);
}

static void take_times(struct srv1 *s, const char *const *attributes)
{
    const char *start = xml_stream_attribute(attributes, "start");
    bool seconds = start != NULL;
    const char *duration = xml_stream_attribute(attributes, seconds ? "dur" : "d");
    int64_t span_ms = parse_time(duration, seconds ? 1000 : 1);

    s->cue = (struct caption_cue){.line = xml_stream_line(s->xml), .end_ms = TIME_NONE};
    s->cue.start_ms = parse_time(seconds ? start : xml_stream_attribute(attributes, "t"),
                                 seconds ? 1000 : 1);
    if (s->cue.start_ms == TIME_NONE)
        diagnostics_add(xml_stream_context(s->xml)->diagnostics, SEVERITY_ERROR, s->cue.line, 0,
                        "a caption without a time");
    else if (span_ms != TIME_NONE)
        s->cue.end_ms = s->cue.start_ms + span_ms;
}

static void on_start(void *self, const char *name, const char *const *attributes)
{
    struct srv1 *s = self;

    if (strcmp(name, "text") == 0 || strcmp(name, "p") == 0) {
        take_times(s, attributes);
        buffer_clear(&s->text);
        s->in_cue = true;
    } else if (strcmp(name, "br") == 0 && s->in_cue) {
        buffer_append_char(&s->text, '\n');
    }
}

static void end_cue(struct srv1 *s)
{
    struct error err;

    if (!s->in_cue)
        return;
    s->in_cue = false;
    s->cue.text = buffer_string(&s->text);
    s->cue.text_bytes = s->text.bytes;
    if (!caption_flow_add(&s->flow, xml_stream_context(s->xml), &s->cue, &err))
        xml_stream_fail(s->xml, &err);
}

static void on_end(void *self, const char *name)
{
    if (strcmp(name, "text") == 0 || strcmp(name, "p") == 0)
        end_cue(self);
}

static void on_text(void *self, const char *text, size_t bytes)
{
    struct srv1 *s = self;

    if (s->in_cue)
        buffer_append(&s->text, text, bytes);
}

static void on_finish(void *self)
{
    struct srv1 *s = self;
    struct error err;

    end_cue(s);
    if (!caption_flow_decide(&s->flow, xml_stream_context(s->xml), &err))
        xml_stream_fail(s->xml, &err);
}

static void *srv1_open(void)
{
    static const struct xml_handler handler = {on_start, on_end, on_text, on_finish};
    struct srv1 *s = memory_zalloc(1, sizeof *s);

    s->xml = xml_stream_new(&handler, s);
    caption_flow_init(&s->flow, CAPTION_SRT);
    return s;
}

static void srv1_close(void *self)
{
    struct srv1 *s = self;

    xml_stream_free(s->xml);
    caption_flow_release(&s->flow);
    buffer_release(&s->text);
    free(s);
}

static enum reader_status srv1_next(void *self, struct reader_context *context,
                                    struct error *err)
{
    struct srv1 *s = self;
    enum reader_status status = xml_stream_next(s->xml, context, err);

    drafts_set_time_base(context->drafts, TIME_BASE_ELAPSED);
    return status == READER_MORE ? caption_flow_pause(&s->flow, context, err) : status;
}

const struct reader_ops reader_srv1 = {
    .name = "srv1",
    .title = N_("YouTube caption XML"),
    .detect = srv1_detect,
    .open = srv1_open,
    .next = srv1_next,
    .close = srv1_close,
};
