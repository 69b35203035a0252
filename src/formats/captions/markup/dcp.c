/* Subtitles of digital cinema packages: DCSubtitle of Interop documents and SubtitleReel of
 * SMPTE ST 428-7. The fourth field of a time counts ticks of 4 ms in Interop ("Subtitle
 * Specification (XML Format) for DLP Cinema": 250 per second), and editable units in SMPTE
 * (TimeCodeRate per second). A fraction after a dot is decimal in both.
 *
 * Each <Text> is a line with its own position; lines are ordered from the top. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "formats/captions/caption_flow.h"
#include "formats/common/emit.h"
#include "formats/readers.h"
#include "formats/xml/xml_stream.h"
#include "shilu/base/memory.h"
#include "shilu/base/span.h"
#include "shilu/base/translate.h"

enum { TICKS_A_SECOND = 250, FRAMES_A_SECOND = 24, MS_A_SECOND = 1000 };
enum { LINES_MAX = 16, LANGUAGE_BYTES_MAX = 3 };

struct line {
    double top; /* percent of the picture height */
    size_t text_byte;
    size_t text_bytes;
};

struct dcp {
    struct xml_stream *xml;
    struct caption_flow flow;
    double units; /* units per second of the fourth field; 0 if not known yet */
    struct caption_cue cue;
    struct buffer text; /* of the lines of a cue */
    struct buffer joined;
    struct line lines[LINES_MAX];
    size_t line_count;
    struct buffer aside; /* text of a fact in the head */
    bool in_cue;
    bool in_line;
    int line_depth; /* of its element */
    bool in_aside;
    int skip_depth; /* depth of a ruby reading; 0 outside */
};

static int dcp_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    return xml_stream_root_is(head, bytes, "DCSubtitle") ||
                   xml_stream_root_is(head, bytes, "SubtitleReel")
               ? CONFIDENCE_CERTAIN
               : CONFIDENCE_NO;
}

/* One of the numbers between colons, or -1. */
static int take_number(struct span *s, size_t *digits)
{
    int number = 0;

    for (*digits = 0; *digits < s->length && isdigit((unsigned char)s->data[*digits]);
         ++*digits) {
        if (*digits > 5)
            return -1;
        number = number * 10 + (s->data[*digits] - '0');
    }
    *s = span_skip(*s, *digits);
    return *digits > 0 ? number : -1;
}

/* *units: the fourth field, or -1. */
static bool split_time(struct span value, int64_t *ms, int *units)
{
    size_t digits;
    int field;
    int i;

    *ms = 0;
    *units = -1;
    for (i = 0; i < 3; i++) {
        field = take_number(&value, &digits);
        if (field < 0 || (i < 2 && !span_take(&value, ":")))
            return false;
        *ms = *ms * 60 + field;
    }
    *ms *= MS_A_SECOND;
    if (span_take(&value, ":")) {
        *units = take_number(&value, &digits);
        return *units >= 0 && value.length == 0;
    }
    if (span_take(&value, ".")) {
        field = take_number(&value, &digits);
        while (field >= 0 && digits++ < 3)
            field *= 10;
        while (field >= 0 && --digits > 3)
            field /= 10;
        *ms += field;
        return field >= 0 && value.length == 0;
    }
    return value.length == 0;
}

/* Some programs write milliseconds instead of ticks, which never exceed 249. */
static bool has_milliseconds(struct span head)
{
    static const char *const names[] = {"TimeIn=", "TimeOut="};
    size_t i;

    for (i = 0; i < sizeof names / sizeof *names; i++) {
        const char *at = head.data;
        const char *end = head.data + head.length;

        while ((at = memmem(at, (size_t)(end - at), names[i], strlen(names[i]))) != NULL) {
            struct span value = span_of(at, (size_t)(end - at));
            int64_t ms;
            int units;

            at += strlen(names[i]);
            span_take(&value, names[i]);
            if (value.length == 0 || (*value.data != '"' && *value.data != '\''))
                continue;
            value = span_skip(value, 1);
            value.length = span_find(value, at[0]);
            if (split_time(value, &ms, &units) && units >= TICKS_A_SECOND)
                return true;
        }
    }
    return false;
}

static int64_t parse_time(struct dcp *d, const char *value)
{
    int64_t ms;
    int units;

    if (value == NULL || !split_time(span_trim(span_string(value)), &ms, &units)) {
        diagnostics_add(xml_stream_context(d->xml)->diagnostics, SEVERITY_ERROR,
                        xml_stream_line(d->xml), 0, "a caption without a time");
        return TIME_NONE;
    }
    return units > 0 ? ms + (int64_t)(units * MS_A_SECOND / d->units + 0.5) : ms;
}

static int compare_lines(const void *a, const void *b)
{
    const struct line *x = a;
    const struct line *y = b;

    if (x->top != y->top)
        return x->top < y->top ? -1 : 1;
    return (x->text_byte > y->text_byte) - (x->text_byte < y->text_byte);
}

static void end_line(struct dcp *d)
{
    struct line *line = &d->lines[d->line_count - 1];

    line->text_bytes = d->text.bytes - line->text_byte;
    d->in_line = false;
}

static void end_cue(struct dcp *d)
{
    struct error err;
    size_t i;

    if (!d->in_cue)
        return;
    if (d->in_line)
        end_line(d);
    d->in_cue = false;
    qsort(d->lines, d->line_count, sizeof *d->lines, compare_lines);
    buffer_clear(&d->joined);
    for (i = 0; i < d->line_count; i++) {
        const struct line *line = &d->lines[i];

        if (i > 0) /* text beside other text is on the same line */
            buffer_append_char(&d->joined, line->top == line[-1].top ? ' ' : '\n');
        buffer_append(&d->joined, buffer_string(&d->text) + line->text_byte, line->text_bytes);
    }
    d->cue.text = buffer_string(&d->joined);
    d->cue.text_bytes = d->joined.bytes;
    if (!caption_flow_add(&d->flow, xml_stream_context(d->xml), &d->cue, &err))
        xml_stream_fail(d->xml, &err);
}

static void start_cue(struct dcp *d, const char *const *attributes)
{
    end_cue(d); /* a cue within another one ends it */
    d->cue = (struct caption_cue){.line = xml_stream_line(d->xml)};
    d->cue.start_ms = parse_time(d, xml_stream_attribute(attributes, "TimeIn"));
    d->cue.end_ms = parse_time(d, xml_stream_attribute(attributes, "TimeOut"));
    buffer_clear(&d->text);
    d->line_count = 0;
    d->in_cue = true;
}

/* An attribute that Interop and SMPTE spell differently: VAlign, Valign. */
static const char *attribute(const char *const *attributes, const char *name)
{
    for (; *attributes != NULL; attributes += 2) {
        if (strcasecmp(attributes[0], name) == 0)
            return attributes[1];
    }
    return NULL;
}

static void start_line(struct dcp *d, const char *const *attributes)
{
    const char *from = attribute(attributes, "VAlign");
    const char *place = attribute(attributes, "VPosition");
    double away = place != NULL ? strtod(place, NULL) : 0;

    if (d->in_line) { /* it continues the line that it is in */
        buffer_append_char(&d->text, ' ');
        return;
    }
    d->in_line = true;
    d->line_depth = xml_stream_depth(d->xml);
    if (d->line_count == LINES_MAX) { /* so does one too many */
        buffer_append_char(&d->text, ' ');
        return;
    }
    d->lines[d->line_count++] = (struct line){
        .top = from != NULL && strcmp(from, "top") == 0      ? away
               : from != NULL && strcmp(from, "center") == 0 ? 50 + away
                                                             : 100 - away,
        .text_byte = d->text.bytes};
}

static bool is_fact(const char *name)
{
    static const char *const names[] = {"MovieTitle", "ContentTitleText", "Language",
                                        "TimeCodeRate", NULL};
    size_t i;

    for (i = 0; names[i] != NULL && strcmp(name, names[i]) != 0; i++)
        continue;
    return names[i] != NULL;
}

static void on_start(void *self, const char *name, const char *const *attributes)
{
    struct dcp *d = self;

    if (d->units == 0 && strcmp(name, "DCSubtitle") == 0) {
        size_t bytes;
        const char *head = input_window(xml_stream_context(d->xml)->input, &bytes);

        d->units = has_milliseconds(span_of(head, bytes)) ? MS_A_SECOND : TICKS_A_SECOND;
    } else if (d->units == 0) {
        d->units = FRAMES_A_SECOND; /* until TimeCodeRate says otherwise */
    }
    if (d->skip_depth > 0)
        return;
    if (strcmp(name, "Rt") == 0)
        d->skip_depth = xml_stream_depth(d->xml);
    else if (strcmp(name, "Subtitle") == 0)
        start_cue(d, attributes);
    else if (strcmp(name, "Text") == 0 && d->in_cue)
        start_line(d, attributes);
    else if (strcmp(name, "Space") == 0 && d->in_line)
        buffer_append_char(&d->text, ' ');
    d->in_aside = !d->in_cue && is_fact(name);
    if (d->in_aside)
        buffer_clear(&d->aside);
}

static void end_aside(struct dcp *d, const char *name)
{
    struct reader_context *context = xml_stream_context(d->xml);
    const char *words = buffer_string(&d->aside);
    double rate;

    d->in_aside = false;
    if (strcmp(name, "TimeCodeRate") == 0) {
        rate = strtod(words, NULL);
        d->units = rate >= 1 && rate <= MS_A_SECOND ? rate : FRAMES_A_SECOND;
    } else if (strcmp(name, "Language") != 0) {
        emit_field(context, FIELD_TITLE, words, d->aside.bytes);
    } else if (strcspn(words, "-") <= LANGUAGE_BYTES_MAX) { /* else it is the name of the
                                                             * language */
        emit_field(context, FIELD_LANGUAGE, words, d->aside.bytes);
    }
}

static void on_end(void *self, const char *name)
{
    struct dcp *d = self;

    if (d->skip_depth > 0) {
        if (xml_stream_depth(d->xml) == d->skip_depth)
            d->skip_depth = 0;
    } else if (d->in_aside) {
        end_aside(d, name);
    } else if (strcmp(name, "Text") == 0 && d->in_line &&
               xml_stream_depth(d->xml) == d->line_depth) {
        end_line(d);
    } else if (strcmp(name, "Subtitle") == 0) {
        end_cue(d);
    }
}

static void on_text(void *self, const char *text, size_t bytes)
{
    struct dcp *d = self;

    if (d->skip_depth > 0)
        return;
    if (d->in_line)
        buffer_append(&d->text, text, bytes);
    else if (d->in_aside)
        emit_words(&d->aside, text, bytes);
}

static void on_finish(void *self)
{
    struct dcp *d = self;
    struct error err;

    if (d->in_line)
        on_end(d, "Text");
    end_cue(d);
    if (!caption_flow_decide(&d->flow, xml_stream_context(d->xml), &err))
        xml_stream_fail(d->xml, &err);
}

static void *dcp_open(void)
{
    static const struct xml_handler handler = {on_start, on_end, on_text, on_finish};
    struct dcp *d = memory_zalloc(1, sizeof *d);

    d->xml = xml_stream_new(&handler, d);
    caption_flow_init(&d->flow, CAPTION_PLAIN);
    return d;
}

static void dcp_close(void *self)
{
    struct dcp *d = self;

    xml_stream_free(d->xml);
    caption_flow_release(&d->flow);
    buffer_release(&d->text);
    buffer_release(&d->joined);
    buffer_release(&d->aside);
    free(d);
}

static enum reader_status dcp_next(void *self, struct reader_context *context,
                                   struct error *err)
{
    struct dcp *d = self;
    enum reader_status status = xml_stream_next(d->xml, context, err);

    drafts_set_time_base(context->drafts, TIME_BASE_ELAPSED);
    return status == READER_MORE ? caption_flow_pause(&d->flow, context, err) : status;
}

const struct reader_ops reader_dcp = {
    .name = "dcp",
    .title = N_("digital cinema subtitles"),
    .detect = dcp_detect,
    .open = dcp_open,
    .next = dcp_next,
    .close = dcp_close,
};
