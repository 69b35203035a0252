/* Transcriber (.trs): turns with speakers, in which <Sync/> marks times.
 *
 * Specification: the DTD of Transcriber 1.5, trans-14.dtd. Each part between two marks is a
 * segment, and those of a turn form a paragraph. If several people speak at once, <Who nb=""/>
 * says which of the turn's speakers the following words belong to. Invariant: `words` holds
 * what `speaker` said since the last mark, from start_ms on. */
#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "formats/common/seconds.h"
#include "formats/readers.h"
#include "formats/xml/id_names.h"
#include "formats/xml/xml_stream.h"
#include "shilu/base/memory.h"
#include "shilu/base/span.h"
#include "shilu/base/translate.h"

enum { SPEAKERS_MAX = 16 }; /* in one turn */

struct transcriber {
    struct xml_stream *xml; /* must be first, for xml_stream_reader_next */
    struct id_names topics;
    struct buffer words;
    uint32_t turn_speakers[SPEAKERS_MAX];
    unsigned turn_speaker_count;
    uint32_t speaker;
    int64_t start_ms;
    int64_t turn_end_ms;
    bool in_turn;
    unsigned remarks; /* number of the transcriber's remarks, left out */
};

static int transcriber_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    return xml_stream_root_is(head, bytes, "Trans") ? CONFIDENCE_CERTAIN : CONFIDENCE_NO;
}

static void flush(struct transcriber *t, int64_t end_ms)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;

    draft.text = buffer_string(&t->words);
    draft.text_bytes = t->words.bytes;
    draft.speaker = t->speaker;
    draft.start_ms = t->start_ms;
    draft.end_ms = end_ms;
    draft.piece = true;
    if (t->start_ms != TIME_NONE)
        drafts_set_time_base(xml_stream_context(t->xml)->drafts, TIME_BASE_ELAPSED);
    xml_stream_emit(t->xml, &draft);
    buffer_clear(&t->words);
}

static void define_speaker(struct transcriber *t, const char *const *attributes)
{
    struct speaker_label label = {
        .id = xml_stream_attribute(attributes, "id"),
        .name = xml_stream_attribute(attributes, "name"),
    };

    if (label.name != NULL && *label.name == '\0')
        label.name = label.id;
    drafts_define_speaker(xml_stream_context(t->xml)->drafts, &label);
}

/* Ids, separated by spaces. */
static void take_speakers(struct transcriber *t, const char *ids)
{
    struct span rest = span_trim(span_string(ids));

    t->turn_speaker_count = 0;
    while (rest.length > 0 && t->turn_speaker_count < SPEAKERS_MAX) {
        struct span id = span_take_until(&rest, ' ');
        char *copy = memory_strndup(id.data, id.length);
        struct speaker_label label = {.id = copy};

        t->turn_speakers[t->turn_speaker_count++] = drafts_speaker(
            xml_stream_context(t->xml)->drafts, &label);
        free(copy);
        rest = span_trim_front(rest);
    }
    t->speaker = t->turn_speaker_count > 0 ? t->turn_speakers[0] : SPEAKER_NONE;
}

static void start_turn(struct transcriber *t, const char *const *attributes)
{
    const char *ids = xml_stream_attribute(attributes, "speaker");

    t->in_turn = true;
    t->start_ms = seconds_parse(xml_stream_attribute(attributes, "startTime"));
    t->turn_end_ms = seconds_parse(xml_stream_attribute(attributes, "endTime"));
    take_speakers(t, ids);
}

static void take_who(struct transcriber *t, const char *const *attributes)
{
    const char *number = xml_stream_attribute(attributes, "nb");
    long which = number != NULL ? strtol(number, NULL, 10) : 0;

    flush(t, TIME_NONE);
    if (which >= 1 && which <= (long)t->turn_speaker_count)
        t->speaker = t->turn_speakers[which - 1];
}

static void take_section(struct transcriber *t, const char *const *attributes)
{
    const char *topic = xml_stream_attribute(attributes, "topic");
    const char *name = topic != NULL ? id_names_find(&t->topics, topic) : NULL;
    struct segment_draft draft = SEGMENT_DRAFT_INIT;

    if (name == NULL)
        return;
    draft.text = name;
    draft.text_bytes = strlen(name);
    draft.kind = SEGMENT_HEADING;
    draft.start_ms = seconds_parse(xml_stream_attribute(attributes, "startTime"));
    xml_stream_emit(t->xml, &draft);
}

/* A noise is shown in brackets; how a word was said, or in which language, is not. */
static void take_event(struct transcriber *t, const char *const *attributes)
{
    const char *type = xml_stream_attribute(attributes, "type");
    const char *what = xml_stream_attribute(attributes, "desc");

    if (what == NULL || *what == '\0' || (type != NULL && strcmp(type, "noise") != 0))
        return;
    emit_words(&t->words, " [", 2);
    emit_words(&t->words, what, strlen(what));
    emit_words(&t->words, "] ", 2);
}

static void take_field(struct transcriber *t, enum transcript_field field,
                       const char *const *attributes, const char *name)
{
    const char *value = xml_stream_attribute(attributes, name);

    if (value != NULL)
        emit_field(xml_stream_context(t->xml), field, value, strlen(value));
}

static void on_start(void *self, const char *name, const char *const *attributes)
{
    struct transcriber *t = self;

    if (strcmp(name, "Trans") == 0) {
        take_field(t, FIELD_LANGUAGE, attributes, "lang");
    } else if (strcmp(name, "Speaker") == 0) {
        define_speaker(t, attributes);
    } else if (strcmp(name, "Topic") == 0) {
        const char *id = xml_stream_attribute(attributes, "id");
        const char *what = xml_stream_attribute(attributes, "desc");

        if (id != NULL && what != NULL)
            id_names_add(&t->topics, id, what);
    } else if (strcmp(name, "Episode") == 0) {
        take_field(t, FIELD_TITLE, attributes, "program");
        take_field(t, FIELD_DATE, attributes, "air_date");
    } else if (strcmp(name, "Section") == 0) {
        take_section(t, attributes);
    } else if (strcmp(name, "Turn") == 0) {
        start_turn(t, attributes);
    } else if (strcmp(name, "Sync") == 0) {
        int64_t ms = seconds_parse(xml_stream_attribute(attributes, "time"));

        flush(t, ms);
        t->start_ms = ms;
        if (t->turn_speaker_count > 1)
            t->speaker = t->turn_speakers[0];
    } else if (strcmp(name, "Who") == 0) {
        take_who(t, attributes);
    } else if (strcmp(name, "Event") == 0) {
        take_event(t, attributes);
    } else if (strcmp(name, "Comment") == 0) {
        t->remarks++;
    }
}

static void on_end(void *self, const char *name)
{
    struct transcriber *t = self;

    if (strcmp(name, "Turn") != 0)
        return;
    flush(t, t->turn_end_ms);
    t->in_turn = false;
}

static void on_text(void *self, const char *text, size_t bytes)
{
    struct transcriber *t = self;

    if (t->in_turn)
        emit_words(&t->words, text, bytes);
}

static void on_finish(void *self)
{
    struct transcriber *t = self;

    flush(t, TIME_NONE);
    if (t->remarks > 0)
        diagnostics_add(xml_stream_context(t->xml)->diagnostics, SEVERITY_NOTE, 0, 0,
                        "remarks of the transcriber are left out: %u", t->remarks);
}

static void *transcriber_open(void)
{
    static const struct xml_handler handler = {on_start, on_end, on_text, on_finish};
    struct transcriber *t = memory_zalloc(1, sizeof *t);

    t->xml = xml_stream_new(&handler, t);
    t->speaker = SPEAKER_NONE;
    t->start_ms = t->turn_end_ms = TIME_NONE;
    return t;
}

static void transcriber_close(void *self)
{
    struct transcriber *t = self;

    xml_stream_free(t->xml);
    id_names_release(&t->topics);
    buffer_release(&t->words);
    free(t);
}

const struct reader_ops reader_transcriber = {
    .name = "transcriber",
    .title = N_("Transcriber (.trs)"),
    .detect = transcriber_detect,
    .open = transcriber_open,
    .next = xml_stream_reader_next,
    .close = transcriber_close,
};
