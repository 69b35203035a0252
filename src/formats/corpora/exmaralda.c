/* EXMARaLDA (.exb), basic transcription: tiers of events over a common timeline.
 *
 * Specification: the DTD of EXMARaLDA's basic transcriptions. Tiers of type "t" hold what was
 * said; those of type "a" (annotation) and "d" (description) are left out. An event is cut
 * wherever somebody else begins, even inside a word, so consecutive events of a tier without a
 * gap are joined unchanged, up to the end of a sentence. */
#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "formats/common/seconds.h"
#include "formats/common/segment_queue.h"
#include "formats/readers.h"
#include "formats/xml/xml_stream.h"
#include "shilu/base/hash.h"
#include "shilu/base/memory.h"
#include "shilu/base/span.h"
#include "shilu/base/translate.h"

enum { POINTS_MAX = 4000000 };

/* A point of the timeline. */
struct point {
    char *id; /* owned */
    int64_t ms;
    UT_hash_handle hh;
};

struct exmaralda {
    struct xml_stream *xml; /* must be first, for xml_stream_reader_next */
    struct point *points;
    struct segment_queue held;
    struct buffer words; /* of events to be joined */
    struct buffer aside; /* words of the head */
    struct buffer speaker_id;
    struct buffer abbreviation;
    uint32_t speaker;
    int64_t start_ms;
    int64_t end_ms;
    uint64_t line;        /* of the first event */
    struct buffer end_id; /* the point where the words end */
    bool in_event;
    bool spoken; /* the current tier is */
    bool in_aside;
    unsigned left_out;
};

static int exmaralda_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    return xml_stream_root_is(head, bytes, "basic-transcription") ? CONFIDENCE_CERTAIN
                                                                  : CONFIDENCE_NO;
}

static void take_point(struct exmaralda *e, const char *const *attributes)
{
    const char *id = xml_stream_attribute(attributes, "id");
    struct point *point = NULL;

    if (id == NULL || HASH_COUNT(e->points) >= POINTS_MAX)
        return;
    HASH_FIND_STR(e->points, id, point);
    if (point != NULL)
        return;
    point = memory_zalloc(1, sizeof *point);
    point->id = memory_strdup(id);
    point->ms = seconds_parse(xml_stream_attribute(attributes, "time"));
    HASH_ADD_KEYPTR(hh, e->points, point->id, strlen(point->id), point);
}

static int64_t point_ms(const struct exmaralda *e, const char *id)
{
    struct point *point = NULL;

    if (id != NULL)
        HASH_FIND_STR(e->points, id, point);
    return point != NULL ? point->ms : TIME_NONE;
}

static void flush(struct exmaralda *e)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    const char *text = buffer_string(&e->words);

    draft.text_bytes = emit_trim(&text, e->words.bytes);
    draft.text = text;
    draft.speaker = e->speaker;
    draft.start_ms = e->start_ms;
    draft.end_ms = e->end_ms;
    draft.line = (uint32_t)e->line;
    if (draft.text_bytes > 0)
        segment_queue_add(&e->held, &draft);
    buffer_clear(&e->words);
    buffer_clear(&e->end_id);
}

static void start_tier(struct exmaralda *e, const char *const *attributes)
{
    const char *type = xml_stream_attribute(attributes, "type");
    const char *speaker = xml_stream_attribute(attributes, "speaker");
    struct speaker_label label = {.id = speaker};

    e->spoken = type != NULL && strcmp(type, "t") == 0;
    e->speaker = SPEAKER_NONE;
    if (e->spoken && speaker != NULL && *speaker != '\0')
        e->speaker = drafts_speaker(xml_stream_context(e->xml)->drafts, &label);
}

static void start_event(struct exmaralda *e, const char *const *attributes)
{
    const char *start = xml_stream_attribute(attributes, "start");
    const char *end = xml_stream_attribute(attributes, "end");

    e->in_event = e->spoken;
    e->left_out += !e->spoken;
    if (!e->spoken)
        return;
    if (start == NULL || strcmp(start, buffer_string(&e->end_id)) != 0) {
        flush(e);
        e->start_ms = point_ms(e, start);
    }
    if (e->words.bytes == 0)
        e->line = xml_stream_line(e->xml);
    e->end_ms = point_ms(e, end);
    buffer_clear(&e->end_id);
    buffer_append_string(&e->end_id, end != NULL ? end : "");
}

static bool ends_sentence(const struct buffer *words)
{
    struct span text = span_trim_back(span_of(buffer_string(words), words->bytes));

    return span_ends_with(text, ".") || span_ends_with(text, "?") ||
           span_ends_with(text, "!") || span_ends_with(text, "…") ||
           span_ends_with(text, "˙") || span_ends_with(text, "。") ||
           span_ends_with(text, "？") || span_ends_with(text, "！");
}

static void define_speaker(struct exmaralda *e)
{
    struct speaker_label label = {.id = buffer_string(&e->speaker_id),
                                  .name = buffer_string(&e->abbreviation)};

    if (e->speaker_id.bytes == 0)
        return;
    if (e->abbreviation.bytes == 0)
        label.name = label.id;
    drafts_define_speaker(xml_stream_context(e->xml)->drafts, &label);
}

static void on_start(void *self, const char *name, const char *const *attributes)
{
    struct exmaralda *e = self;

    if (strcmp(name, "transcription-name") == 0 || strcmp(name, "abbreviation") == 0) {
        e->in_aside = true;
        buffer_clear(&e->aside);
    } else if (strcmp(name, "speaker") == 0) {
        const char *id = xml_stream_attribute(attributes, "id");

        buffer_clear(&e->speaker_id);
        buffer_clear(&e->abbreviation);
        buffer_append_string(&e->speaker_id, id != NULL ? id : "");
    } else if (strcmp(name, "tli") == 0) {
        take_point(e, attributes);
    } else if (strcmp(name, "tier") == 0) {
        start_tier(e, attributes);
    } else if (strcmp(name, "event") == 0) {
        start_event(e, attributes);
    }
}

static void on_end(void *self, const char *name)
{
    struct exmaralda *e = self;

    e->in_aside = false;
    if (strcmp(name, "transcription-name") == 0) {
        emit_field(xml_stream_context(e->xml), FIELD_TITLE, buffer_string(&e->aside),
                   e->aside.bytes);
    } else if (strcmp(name, "abbreviation") == 0) {
        emit_squeeze(&e->abbreviation, buffer_string(&e->aside), e->aside.bytes);
    } else if (strcmp(name, "speaker") == 0) {
        define_speaker(e);
    } else if (strcmp(name, "tier") == 0) {
        flush(e);
    } else if (strcmp(name, "event") == 0) {
        if (e->in_event && ends_sentence(&e->words))
            flush(e);
        e->in_event = false;
    }
}

static void on_text(void *self, const char *text, size_t bytes)
{
    struct exmaralda *e = self;

    if (e->in_event)
        buffer_append(&e->words, text, bytes);
    else if (e->in_aside)
        buffer_append(&e->aside, text, bytes);
}

static void on_finish(void *self)
{
    struct exmaralda *e = self;
    struct reader_context *context = xml_stream_context(e->xml);
    struct error err;

    flush(e);
    if (e->left_out > 0)
        diagnostics_add(context->diagnostics, SEVERITY_NOTE, 0, 0,
                        "events of tiers of annotations and descriptions are left out: %u",
                        e->left_out);
    drafts_set_time_base(context->drafts, TIME_BASE_ELAPSED);
    segment_queue_sort(&e->held);
    if (!segment_queue_emit(&e->held, context, &err))
        xml_stream_fail(e->xml, &err);
}

static void *exmaralda_open(void)
{
    static const struct xml_handler handler = {on_start, on_end, on_text, on_finish};
    struct exmaralda *e = memory_zalloc(1, sizeof *e);

    e->xml = xml_stream_new(&handler, e);
    e->speaker = SPEAKER_NONE;
    e->start_ms = e->end_ms = TIME_NONE;
    return e;
}

static void exmaralda_close(void *self)
{
    struct exmaralda *e = self;
    struct point *point, *next;

    HASH_ITER(hh, e->points, point, next)
    {
        HASH_DEL(e->points, point);
        free(point->id);
        free(point);
    }
    xml_stream_free(e->xml);
    segment_queue_release(&e->held);
    buffer_release(&e->words);
    buffer_release(&e->aside);
    buffer_release(&e->speaker_id);
    buffer_release(&e->abbreviation);
    buffer_release(&e->end_id);
    free(e);
}

const struct reader_ops reader_exmaralda = {
    .name = "exmaralda",
    .title = N_("EXMARaLDA (.exb)"),
    .detect = exmaralda_detect,
    .open = exmaralda_open,
    .next = xml_stream_reader_next,
    .close = exmaralda_close,
};
