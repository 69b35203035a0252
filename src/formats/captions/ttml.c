/* TTML and its profiles (DFXP, IMSC, EBU-TT-D). Standard: TTML2 (W3C), 10 and 12.3, for times:
 * clock times with fractions or frames, and offsets in h, m, s, ms, f, t. Times of an element
 * count from the begin of the one around it, as in a container "par".
 *
 * A cue is a <p>, or each timed <span> of a <p> without times of its own. Invariant: frames
 * [1..depth] describe the open elements. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "formats/captions/caption_flow.h"
#include "formats/common/emit.h"
#include "formats/readers.h"
#include "formats/xml/xml_stream.h"
#include "shilu/base/memory.h"

enum { AGENTS_MAX = 256 };

struct frame {
    int64_t begin_ms; /* absolute; of the container where it has none */
    int64_t end_ms;   /* or TIME_NONE */
    bool timed;       /* it has a begin of its own */
    bool untimed;     /* it or one around it has a begin that cannot be read */
};

struct agent {
    char *id;
    char *name; /* or NULL */
};

struct ttml {
    struct xml_stream *xml;
    struct caption_flow flow;
    struct frame frames[XML_DEPTH_MAX + 1];
    struct agent agents[AGENTS_MAX];
    size_t agent_count;
    double frame_rate;
    double tick_rate;
    struct caption_cue cue;
    struct buffer text;
    struct buffer speaker;
    struct buffer aside; /* a title, an agent's name */
    bool in_aside;
    int cue_depth; /* of the <p>, 0: in none */
    bool by_span;  /* the <p> has no times: its timed spans are the cues */
};

static int ttml_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    if (!xml_stream_root_is(head, bytes, "tt"))
        return CONFIDENCE_NO;
    return memmem(head, bytes, "/ttaf1", 6) != NULL || memmem(head, bytes, "/ttml", 5) != NULL
               ? CONFIDENCE_CERTAIN
               : CONFIDENCE_STRONG;
}

/* "12.5s", "100ms", "30f", "90000t", "1h", "2m". */
static bool parse_offset(const struct ttml *t, double value, const char *unit, double *seconds)
{
    static const struct {
        const char *unit;
        double seconds;
    } units[] = {{"h", 3600}, {"m", 60}, {"s", 1}, {"ms", 0.001}};
    size_t i;

    for (i = 0; i < sizeof units / sizeof units[0]; i++)
        if (strcmp(unit, units[i].unit) == 0) {
            *seconds = value * units[i].seconds;
            return true;
        }
    *seconds = value / (*unit == 'f' ? t->frame_rate : t->tick_rate);
    return strcmp(unit, "f") == 0 || strcmp(unit, "t") == 0;
}

/* A fraction after a comma, which many write. */
static double take_comma(char **s)
{
    double scale = 0.1;
    double value = 0;

    if (**s != ',' || !isdigit((unsigned char)(*s)[1]))
        return 0;
    for (++*s; isdigit((unsigned char)**s); ++*s, scale /= 10)
        value += scale * (**s - '0');
    return value;
}

/* "00:00:01.500", "00:00:01:12" with frames, or an offset. */
static bool parse_time(const struct ttml *t, const char *s, int64_t *ms)
{
    double part[4] = {0};
    double seconds = 0;
    int parts = 0;
    char *end;

    for (;;) {
        if (!isdigit((unsigned char)*s) || parts == 4)
            return false;
        part[parts] = strtod(s, &end);
        part[parts++] += take_comma(&end);
        if (*end != ':')
            break;
        s = end + 1;
    }
    if (parts == 1 && *end != '\0') {
        if (!parse_offset(t, part[0], end, &seconds))
            return false;
    } else if (*end != '\0' || parts == 2) {
        return false;
    } else if (parts == 1) {
        seconds = part[0];
    } else {
        seconds = part[0] * 3600 + part[1] * 60 + part[2] + part[3] / t->frame_rate;
    }
    if (!(seconds >= 0 && seconds < 1e10))
        return false;
    *ms = (int64_t)(seconds * 1000 + 0.5);
    return true;
}

static bool take_time(struct ttml *t, const char *const *attributes, const char *name,
                      int64_t *ms)
{
    const char *value = xml_stream_attribute(attributes, name);

    if (value == NULL)
        return false;
    if (parse_time(t, value, ms))
        return true;
    diagnostics_add(xml_stream_context(t->xml)->diagnostics, SEVERITY_ERROR,
                    xml_stream_line(t->xml), 0, "the time '%.40s' cannot be read", value);
    return false;
}

static struct frame *open_frame(struct ttml *t, const char *const *attributes)
{
    int depth = xml_stream_depth(t->xml);
    struct frame *f = &t->frames[depth];
    const struct frame *outer = &t->frames[depth - 1];
    int64_t ms;

    f->begin_ms = outer->begin_ms;
    f->end_ms = TIME_NONE;
    f->timed = take_time(t, attributes, "begin", &ms);
    f->untimed = outer->untimed ||
                 (!f->timed && xml_stream_attribute(attributes, "begin") != NULL);
    if (f->timed)
        f->begin_ms += ms;
    if (take_time(t, attributes, "end", &ms))
        f->end_ms = outer->begin_ms + ms;
    else if (take_time(t, attributes, "dur", &ms))
        f->end_ms = f->begin_ms + ms;
    return f;
}

/* "30000/1001" as frameRate and frameRateMultiplier "1000 1001". */
static void take_rates(struct ttml *t, const char *const *attributes)
{
    const char *rate = xml_stream_attribute(attributes, "frameRate");
    const char *multiplier = xml_stream_attribute(attributes, "frameRateMultiplier");
    const char *tick = xml_stream_attribute(attributes, "tickRate");
    double value = rate != NULL ? strtod(rate, NULL) : 0;
    char *end;

    t->frame_rate = value >= 1 && value <= 1000 ? value : 30;
    if (multiplier != NULL) {
        double over = strtod(multiplier, &end);
        double under = strtod(end, NULL);

        if (over > 0 && under > 0)
            t->frame_rate *= over / under;
    }
    value = tick != NULL ? strtod(tick, NULL) : 0;
    t->tick_rate = value >= 1 && value <= 1e9 ? value : rate != NULL ? t->frame_rate : 1;
}

/* Who speaks: ttm:agent of the element refers to the list in the head. */
static void take_agent(struct ttml *t, const char *const *attributes)
{
    const char *id = xml_stream_attribute(attributes, "agent");
    size_t i;

    if (id == NULL)
        return;
    buffer_clear(&t->speaker);
    for (i = 0; i < t->agent_count; i++)
        if (strcmp(t->agents[i].id, id) == 0 && t->agents[i].name != NULL) {
            buffer_append_string(&t->speaker, t->agents[i].name);
            return;
        }
    buffer_append_string(&t->speaker, id);
}

static void open_agent(struct ttml *t, const char *const *attributes)
{
    const char *id = xml_stream_attribute(attributes, "id");

    if (id != NULL && t->agent_count < AGENTS_MAX)
        t->agents[t->agent_count++] = (struct agent){.id = memory_strdup(id)};
}

static void start_cue(struct ttml *t, const struct frame *f)
{
    t->cue = (struct caption_cue){.start_ms = f->begin_ms, .end_ms = f->end_ms};
    t->cue.line = xml_stream_line(t->xml);
    if (f->untimed ||
        (!f->timed && f->end_ms == TIME_NONE && !t->frames[xml_stream_depth(t->xml) - 1].timed))
        t->cue.start_ms = TIME_NONE;
    buffer_clear(&t->text);
}

static void end_cue(struct ttml *t)
{
    struct error err;

    t->cue.text = buffer_string(&t->text);
    t->cue.text_bytes = t->text.bytes;
    t->cue.name = buffer_string(&t->speaker);
    t->cue.name_bytes = t->speaker.bytes;
    if (!caption_flow_add(&t->flow, xml_stream_context(t->xml), &t->cue, &err))
        xml_stream_fail(t->xml, &err);
    buffer_clear(&t->text);
}

static void on_start(void *self, const char *name, const char *const *attributes)
{
    struct ttml *t = self;
    struct frame *f;

    if (strcmp(name, "tt") == 0) {
        const char *language = xml_stream_attribute(attributes, "lang");

        take_rates(t, attributes);
        if (language != NULL)
            emit_field(xml_stream_context(t->xml), FIELD_LANGUAGE, language, strlen(language));
    }
    f = open_frame(t, attributes);
    if (strcmp(name, "title") == 0 || strcmp(name, "name") == 0) {
        t->in_aside = true;
        buffer_clear(&t->aside);
    } else if (strcmp(name, "agent") == 0) {
        open_agent(t, attributes);
    } else if (strcmp(name, "p") == 0 && t->cue_depth == 0) {
        t->cue_depth = xml_stream_depth(t->xml);
        t->by_span = !f->timed;
        buffer_clear(&t->speaker);
        take_agent(t, attributes);
        start_cue(t, f);
    } else if (strcmp(name, "span") == 0 && t->cue_depth > 0) {
        take_agent(t, attributes);
        if (t->by_span && f->timed)
            start_cue(t, f);
    } else if (strcmp(name, "br") == 0 && t->cue_depth > 0) {
        emit_break(&t->text);
    }
}

static void on_end(void *self, const char *name)
{
    struct ttml *t = self;
    int depth = xml_stream_depth(t->xml);

    if (strcmp(name, "title") == 0)
        emit_field(xml_stream_context(t->xml), FIELD_TITLE, buffer_string(&t->aside),
                   t->aside.bytes);
    else if (strcmp(name, "name") == 0 && t->agent_count > 0 &&
             t->agents[t->agent_count - 1].name == NULL)
        t->agents[t->agent_count - 1].name = memory_strdup(buffer_string(&t->aside));
    else if (t->cue_depth > 0 &&
             (depth == t->cue_depth ||
              (strcmp(name, "span") == 0 && t->by_span && t->frames[depth].timed)))
        end_cue(t);
    if (depth == t->cue_depth)
        t->cue_depth = 0;
    t->in_aside = false;
}

static void on_text(void *self, const char *text, size_t bytes)
{
    struct ttml *t = self;

    if (t->in_aside)
        emit_words(&t->aside, text, bytes);
    else if (t->cue_depth > 0)
        emit_words(&t->text, text, bytes);
}

static void on_finish(void *self)
{
    struct ttml *t = self;
    struct error err;

    if (t->cue_depth > 0)
        end_cue(t);
    t->cue_depth = 0;
    if (!caption_flow_decide(&t->flow, xml_stream_context(t->xml), &err))
        xml_stream_fail(t->xml, &err);
}

static void *ttml_open(void)
{
    static const struct xml_handler handler = {on_start, on_end, on_text, on_finish};
    struct ttml *t = memory_zalloc(1, sizeof *t);

    t->xml = xml_stream_new(&handler, t);
    t->frames[0].end_ms = TIME_NONE;
    t->frame_rate = 30;
    t->tick_rate = 1;
    caption_flow_init(&t->flow, CAPTION_PLAIN);
    return t;
}

static void ttml_close(void *self)
{
    struct ttml *t = self;
    size_t i;

    for (i = 0; i < t->agent_count; i++) {
        free(t->agents[i].id);
        free(t->agents[i].name);
    }
    xml_stream_free(t->xml);
    caption_flow_release(&t->flow);
    buffer_release(&t->text);
    buffer_release(&t->speaker);
    buffer_release(&t->aside);
    free(t);
}

static enum reader_status ttml_next(void *self, struct reader_context *context,
                                    struct error *err)
{
    struct ttml *t = self;
    enum reader_status status = xml_stream_next(t->xml, context, err);

    drafts_set_clock(context->drafts, CLOCK_ELAPSED);
    return status == READER_MORE ? caption_flow_pause(&t->flow, context, err) : status;
}

const struct reader_ops reader_ttml = {
    .name = "ttml",
    .title = "TTML captions",
    .detect = ttml_detect,
    .open = ttml_open,
    .next = ttml_next,
    .close = ttml_close,
};
