/* TTML and its profiles (DFXP, IMSC, EBU-TT-D). Standard: TTML2 (W3C), 10 and 12.3, for times:
 * clock times with fractions or frames, and offsets in h, m, s, ms, f, t. Times of an element
 * are relative to the begin of its parent or, in a "seq" container, to the end of its
 * predecessor. Many programs make them all relative to the start of the media instead; which of
 * the two a file does is inferred from its first nested times, so cues wait until that is
 * known.
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
#include "shilu/base/translate.h"

enum { AGENTS_MAX = 256, WAITING_MAX = 256, JOINTS_MAX = 512 };

/* The two meanings of nested times. */
enum counting { COUNT_NESTED, COUNT_FROM_START, COUNTINGS };

struct frame {
    int64_t begin_ms[COUNTINGS]; /* of the container if it has none */
    int64_t end_ms[COUNTINGS];   /* or TIME_NONE */
    int64_t next_ms[COUNTINGS];  /* in a "seq": the begin of the next child */
    bool timed;                  /* it has a begin of its own, or one by its position */
    bool untimed;                /* it or an ancestor has an invalid begin */
    bool sequence;
    int agent; /* index, or -1 */
};

struct agent {
    char *id;
    char *name; /* or NULL */
};

/* A cue that waits until the meaning of times is known. */
struct waiting {
    int64_t start_ms[COUNTINGS];
    int64_t end_ms[COUNTINGS];
    uint64_t line;
    int agent;
    char *text; /* owned */
};

struct ttml {
    struct xml_stream *xml;
    struct caption_flow flow;
    struct frame frames[XML_DEPTH_MAX + 1];
    struct agent agents[AGENTS_MAX];
    int agent_count;
    double frame_rate;
    double tick_rate;
    struct waiting *waiting; /* owned */
    size_t waiting_count;
    size_t waiting_capacity;
    bool counting_known;
    enum counting counting;
    struct waiting cue; /* the current one; its text is below */
    struct buffer text;
    struct buffer aside;       /* a title, an agent's name */
    size_t joints[JOINTS_MAX]; /* offsets in text where two spans meet without a blank */
    size_t joint_count;
    int aside_depth; /* depth; 0 outside */
    int skip_depth;  /* depth of an element whose words are ignored; 0 outside */
    int cue_depth;   /* depth of the <p>; 0 outside */
    int span_depth;  /* depth of the timed span that is the cue; 0 for none */
    bool by_span;    /* the <p> has no times: its timed spans are the cues */
    bool joint;      /* a span began or ended since the last words */
    bool parted;     /* … which is marked as a word or sentence */
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

/* A fraction after a comma, as many programs write it. */
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

/* A number such as 12 or 12.50, as strtod reads it; one with so many digits that they may be
 * rounded, or with an exponent, is left to strtod. */
static double take_number(const char *s, char **end)
{
    static const double tens[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
    enum { DIGITS_MAX = 15, FRACTION_MAX = 6 };
    const char *at = s;
    int64_t value = 0;
    size_t fraction = 0;

    for (; isdigit((unsigned char)*at) && at - s < DIGITS_MAX; at++)
        value = value * 10 + (*at - '0');
    if (*at == '.')
        for (at++; isdigit((unsigned char)*at) && at - s < DIGITS_MAX; at++, fraction++)
            value = value * 10 + (*at - '0');
    if (fraction > FRACTION_MAX || isdigit((unsigned char)*at) ||
        (*at != '\0' && strchr("eExX", *at) != NULL))
        return strtod(s, end);
    *end = (char *)at;
    return (double)value / tens[fraction];
}

/* "00:00:01.500", "1:01.500", "00:00:01:12" with frames, or an offset. */
static bool parse_time(const struct ttml *t, const char *s, int64_t *ms)
{
    double part[4] = {0};
    double seconds = 0;
    int parts = 0;
    char *end;

    for (;;) {
        if (!isdigit((unsigned char)*s) || parts == 4)
            return false;
        part[parts] = take_number(s, &end);
        part[parts++] += take_comma(&end);
        if (*end != ':')
            break;
        s = end + 1;
    }
    if (parts == 1 && *end != '\0') {
        if (!parse_offset(t, part[0], end, &seconds))
            return false;
    } else if (*end != '\0') {
        return false;
    } else if (parts <= 2) {
        seconds = parts == 2 ? part[0] * 60 + part[1] : part[0];
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

static void settle_counting(struct ttml *t, enum counting counting);

/* What the times of an element inside a timed one prove. A begin before the parent's can only
 * be relative. A begin equal to the parent's is relative to the start of the media, and so is
 * one that would otherwise make the element end after its parent. */
static void weigh_counting(struct ttml *t, const struct frame *outer, int64_t begin_ms,
                           const struct frame *f)
{
    int64_t outer_begin_ms = outer->begin_ms[COUNT_FROM_START];
    int64_t outer_end_ms = outer->end_ms[COUNT_NESTED];

    if (t->counting_known || outer_begin_ms <= 0 || outer->sequence)
        return;
    if (begin_ms < outer_begin_ms)
        settle_counting(t, COUNT_NESTED);
    else if (begin_ms == outer_begin_ms ||
             (outer_end_ms != TIME_NONE && f->begin_ms[COUNT_NESTED] >= outer_end_ms))
        settle_counting(t, COUNT_FROM_START);
}

static void set_end(struct ttml *t, const char *const *attributes, struct frame *f,
                    const int64_t base_ms[COUNTINGS])
{
    int64_t ms;
    int i;

    f->end_ms[COUNT_NESTED] = f->end_ms[COUNT_FROM_START] = TIME_NONE;
    if (take_time(t, attributes, "end", &ms)) {
        f->end_ms[COUNT_NESTED] = base_ms[COUNT_NESTED] + ms;
        f->end_ms[COUNT_FROM_START] = ms;
    } else if (take_time(t, attributes, "dur", &ms)) {
        for (i = 0; i < COUNTINGS; i++)
            f->end_ms[i] = f->begin_ms[i] + ms;
    }
}

/* The agent that an element refers to, or its parent's. */
static int agent_of(struct ttml *t, const char *const *attributes, int outer)
{
    const char *id = xml_stream_attribute(attributes, "agent");
    size_t bytes = id != NULL ? strcspn(id, " ") : 0;
    int i;

    if (bytes == 0)
        return outer;
    for (i = 0; i < t->agent_count; i++) {
        if (strlen(t->agents[i].id) == bytes && memcmp(t->agents[i].id, id, bytes) == 0)
            return i;
    }
    if (t->agent_count == AGENTS_MAX)
        return -1;
    t->agents[t->agent_count] = (struct agent){.id = memory_strndup(id, bytes)};
    return t->agent_count++;
}

static struct frame *open_frame(struct ttml *t, const char *const *attributes)
{
    int depth = xml_stream_depth(t->xml);
    struct frame *f = &t->frames[depth];
    const struct frame *outer = &t->frames[depth - 1];
    const char *container = xml_stream_attribute(attributes, "timeContainer");
    const int64_t *base_ms = outer->sequence ? outer->next_ms : outer->begin_ms;
    int64_t ms = 0;
    int i;

    f->timed = take_time(t, attributes, "begin", &ms);
    f->untimed = outer->untimed ||
                 (!f->timed && xml_stream_attribute(attributes, "begin") != NULL);
    for (i = 0; i < COUNTINGS; i++)
        f->begin_ms[i] = base_ms[i] + ms;
    if (f->timed && !outer->sequence)
        f->begin_ms[COUNT_FROM_START] = ms;
    set_end(t, attributes, f, base_ms);
    if (f->timed)
        weigh_counting(t, outer, ms, f);
    f->timed |= outer->sequence && f->end_ms[COUNT_NESTED] != TIME_NONE;
    f->sequence = container != NULL && strcmp(container, "seq") == 0;
    memcpy(f->next_ms, f->begin_ms, sizeof f->next_ms);
    f->agent = agent_of(t, attributes, outer->agent);
    return f;
}

/* An element ends: in a "seq", the next one begins there. */
static void close_frame(struct ttml *t, int depth)
{
    struct frame *outer = &t->frames[depth - 1];
    const struct frame *f = &t->frames[depth];
    int i;

    if (!outer->sequence)
        return;
    for (i = 0; i < COUNTINGS; i++) {
        int64_t end_ms = f->end_ms[i] != TIME_NONE ? f->end_ms[i] : f->next_ms[i];

        outer->next_ms[i] = end_ms > outer->next_ms[i] ? end_ms : outer->next_ms[i];
    }
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

static void open_agent(struct ttml *t, const char *const *attributes)
{
    const char *id = xml_stream_attribute(attributes, "id");

    if (id != NULL && t->agent_count < AGENTS_MAX)
        t->agents[t->agent_count++] = (struct agent){.id = memory_strdup(id)};
}

/* A cue without times of its own lasts as long as the <div> around it. */
static void start_cue(struct ttml *t, const struct frame *f)
{
    const struct frame *outer = f - 1;
    bool own = f->timed || f->end_ms[COUNT_NESTED] != TIME_NONE;

    t->cue = (struct waiting){.line = xml_stream_line(t->xml), .agent = f->agent};
    memcpy(t->cue.start_ms, f->begin_ms, sizeof t->cue.start_ms);
    memcpy(t->cue.end_ms, own || !outer->timed ? f->end_ms : outer->end_ms,
           sizeof t->cue.end_ms);
    if (f->untimed || (!own && !outer->timed))
        t->cue.start_ms[COUNT_NESTED] = t->cue.start_ms[COUNT_FROM_START] = TIME_NONE;
    buffer_clear(&t->text);
    t->joint_count = 0;
    t->joint = t->parted = false;
}

static void add_cue(struct ttml *t, const struct waiting *w, const char *text, size_t bytes)
{
    const struct agent *agent = w->agent >= 0 ? &t->agents[w->agent] : NULL;
    const char *name = agent == NULL ? NULL : agent->name != NULL ? agent->name : agent->id;
    struct caption_cue cue = {.start_ms = w->start_ms[t->counting],
                              .end_ms = w->end_ms[t->counting],
                              .text = text,
                              .text_bytes = bytes,
                              .name = name,
                              .name_bytes = name != NULL ? strlen(name) : 0,
                              .line = w->line};
    struct error err;

    if (!caption_flow_add(&t->flow, xml_stream_context(t->xml), &cue, &err))
        xml_stream_fail(t->xml, &err);
}

static void settle_counting(struct ttml *t, enum counting counting)
{
    size_t i;

    t->counting_known = true;
    t->counting = counting;
    for (i = 0; i < t->waiting_count; i++) {
        add_cue(t, &t->waiting[i], t->waiting[i].text, strlen(t->waiting[i].text));
        free(t->waiting[i].text);
    }
    t->waiting_count = 0;
}

/* In a long text without any blanks, adjacent spans are words, not syllables of one. */
static void part_words(struct ttml *t)
{
    enum { JOINTS_MIN = 3, WORD_BYTES = 3 };
    struct buffer parted = {0};
    size_t from = 0;
    size_t i;

    if (t->joint_count < JOINTS_MIN || t->text.bytes / (t->joint_count + 1) < WORD_BYTES ||
        memchr(t->text.data, ' ', t->text.bytes) != NULL)
        return;
    for (i = 0; i < t->joint_count; i++) {
        emit_join(&parted, t->text.data + from, t->joints[i] - from);
        from = t->joints[i];
    }
    emit_join(&parted, t->text.data + from, t->text.bytes - from);
    buffer_release(&t->text);
    t->text = parted;
}

static void end_cue(struct ttml *t)
{
    part_words(t);
    if (t->counting_known ||
        (t->waiting_count == 0 &&
         memcmp(&t->cue.start_ms[0], &t->cue.start_ms[1], sizeof t->cue.start_ms[0]) == 0)) {
        add_cue(t, &t->cue, buffer_string(&t->text), t->text.bytes);
    } else {
        MEMORY_RESERVE(t->waiting, t->waiting_capacity, t->waiting_count + 1);
        t->waiting[t->waiting_count] = t->cue;
        t->waiting[t->waiting_count++].text = memory_strndup(buffer_string(&t->text),
                                                             t->text.bytes);
        if (t->waiting_count == WAITING_MAX)
            settle_counting(t, COUNT_NESTED);
    }
    buffer_clear(&t->text);
    t->joint_count = 0;
}

/* Parts of a cue that are not its words: metadata and readings in ruby. */
static bool is_skipped(const char *name, const char *const *attributes)
{
    const char *ruby = xml_stream_attribute(attributes, "ruby");

    return strcmp(name, "metadata") == 0 || strcmp(name, "desc") == 0 ||
           (ruby != NULL && (strcmp(ruby, "text") == 0 || strcmp(ruby, "textContainer") == 0 ||
                             strcmp(ruby, "delimiter") == 0));
}

static void start_span(struct ttml *t, const char *const *attributes, const struct frame *f)
{
    const char *unit = xml_stream_attribute(attributes, "unit");
    const char *text = buffer_string(&t->text);

    t->joint = true;
    t->parted |= unit != NULL && (strcmp(unit, "word") == 0 || strcmp(unit, "sentence") == 0);
    if (t->span_depth == 0 && f->agent >= 0)
        t->cue.agent = f->agent;
    if (!t->by_span || !f->timed || t->span_depth > 0)
        return;
    if (emit_trim(&text, t->text.bytes) > 0)
        end_cue(t);
    t->span_depth = xml_stream_depth(t->xml);
    start_cue(t, f);
}

static void start_in_cue(struct ttml *t, const char *name, const char *const *attributes,
                         const struct frame *f)
{
    if (is_skipped(name, attributes))
        t->skip_depth = xml_stream_depth(t->xml);
    else if (strcmp(name, "span") == 0)
        start_span(t, attributes, f);
    else if (strcmp(name, "br") == 0)
        emit_break(&t->text);
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
    if (t->skip_depth > 0)
        return;
    if (t->cue_depth > 0) {
        start_in_cue(t, name, attributes, f);
    } else if (strcmp(name, "title") == 0 || strcmp(name, "name") == 0) {
        t->aside_depth = xml_stream_depth(t->xml);
        buffer_clear(&t->aside);
    } else if (strcmp(name, "agent") == 0) {
        open_agent(t, attributes);
    } else if (strcmp(name, "p") == 0) {
        t->cue_depth = xml_stream_depth(t->xml);
        t->by_span = !f->timed;
        start_cue(t, f);
    }
}

static void end_aside(struct ttml *t, const char *name)
{
    t->aside_depth = 0;
    if (strcmp(name, "title") == 0)
        emit_field(xml_stream_context(t->xml), FIELD_TITLE, buffer_string(&t->aside),
                   t->aside.bytes);
    else if (t->agent_count > 0 && t->aside.bytes > 0 &&
             t->agents[t->agent_count - 1].name == NULL)
        t->agents[t->agent_count - 1].name = memory_strdup(buffer_string(&t->aside));
}

static void on_end(void *self, const char *name)
{
    struct ttml *t = self;
    int depth = xml_stream_depth(t->xml);

    close_frame(t, depth);
    if (t->skip_depth > 0) {
        if (depth == t->skip_depth)
            t->skip_depth = 0;
        return;
    }
    if (depth == t->aside_depth)
        end_aside(t, name);
    t->joint = true;
    if (depth == t->span_depth) {
        end_cue(t);
        t->span_depth = 0;
        start_cue(t, &t->frames[t->cue_depth]);
    } else if (depth == t->cue_depth) {
        end_cue(t);
        t->cue_depth = 0;
    }
}

/* Words of a span next to another span: separated if the file marks spans as words, otherwise
 * the place is remembered. */
static void join_spans(struct ttml *t, const char *text, size_t bytes)
{
    bool blank = isspace((unsigned char)*text) ||
                 (t->text.bytes > 0 && isspace((unsigned char)t->text.data[t->text.bytes - 1]));

    if (t->joint && t->text.bytes > 0 && !blank) {
        if (t->parted && emit_needs_space(t->text.data, t->text.bytes, text, bytes))
            buffer_append_char(&t->text, ' ');
        else if (t->joint_count < JOINTS_MAX)
            t->joints[t->joint_count++] = t->text.bytes;
    }
    t->joint = t->parted = false;
}

static void on_text(void *self, const char *text, size_t bytes)
{
    struct ttml *t = self;

    if (bytes == 0 || t->skip_depth > 0)
        return;
    if (t->aside_depth > 0) {
        emit_words(&t->aside, text, bytes);
    } else if (t->cue_depth > 0) {
        join_spans(t, text, bytes);
        emit_words(&t->text, text, bytes);
    }
}

static void on_finish(void *self)
{
    struct ttml *t = self;
    struct error err;

    if (t->cue_depth > 0)
        end_cue(t);
    t->cue_depth = 0;
    if (!t->counting_known)
        settle_counting(t, COUNT_NESTED);
    if (!caption_flow_decide(&t->flow, xml_stream_context(t->xml), &err))
        xml_stream_fail(t->xml, &err);
}

static void *ttml_open(void)
{
    static const struct xml_handler handler = {on_start, on_end, on_text, on_finish};
    struct ttml *t = memory_zalloc(1, sizeof *t);

    t->xml = xml_stream_new(&handler, t);
    t->frames[0].end_ms[COUNT_NESTED] = t->frames[0].end_ms[COUNT_FROM_START] = TIME_NONE;
    t->frames[0].agent = -1;
    t->frame_rate = 30;
    t->tick_rate = 1;
    caption_flow_init(&t->flow, CAPTION_PLAIN);
    return t;
}

static void ttml_close(void *self)
{
    struct ttml *t = self;
    int i;

    for (i = 0; i < t->agent_count; i++) {
        free(t->agents[i].id);
        free(t->agents[i].name);
    }
    while (t->waiting_count > 0)
        free(t->waiting[--t->waiting_count].text);
    free(t->waiting);
    xml_stream_free(t->xml);
    caption_flow_release(&t->flow);
    buffer_release(&t->text);
    buffer_release(&t->aside);
    free(t);
}

static enum reader_status ttml_next(void *self, struct reader_context *context,
                                    struct error *err)
{
    struct ttml *t = self;
    enum reader_status status = xml_stream_next(t->xml, context, err);

    drafts_set_time_base(context->drafts, TIME_BASE_ELAPSED);
    return status == READER_MORE ? caption_flow_pause(&t->flow, context, err) : status;
}

const struct reader_ops reader_ttml = {
    .name = "ttml",
    .title = N_("TTML captions"),
    .detect = ttml_detect,
    .open = ttml_open,
    .next = ttml_next,
    .close = ttml_close,
};
