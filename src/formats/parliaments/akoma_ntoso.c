/* Akoma Ntoso debates, versions 2 and 3. Standard: OASIS LegalDocML, Akoma Ntoso 1.0 part 2,
 * debate structure; elements are recognised by their local names, so any namespace, or none, is
 * accepted.
 *
 * In the body every block (p, li, heading …) is a segment; those inside speech, question and
 * answer belong to the speaker, all others to nobody. Invariant: words holds the text since the
 * last segment; a speech is open while speech_depth is above 0. */
#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "formats/readers.h"
#include "formats/xml/id_names.h"
#include "formats/xml/xml_stream.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"

enum aside { ASIDE_NONE, ASIDE_FROM, ASIDE_TITLE, ASIDE_SKIPPED };

struct akoma_ntoso {
    struct xml_stream *xml; /* must be first, for xml_stream_reader_next */
    struct id_names people; /* TLCPerson */
    struct id_names roles;  /* TLCRole */
    struct buffer words;
    struct buffer aside_words;
    struct buffer by; /* of the open speech */
    struct buffer as;
    enum aside aside;
    int aside_depth;
    int body_depth;
    int speech_depth;
    uint32_t speaker;
    enum segment_kind kind;
    bool heading;             /* the current words are a heading */
    bool named;               /* the speaker of the open speech is known */
    bool timed;               /* the current segment already had a recordedTime */
    int64_t start_ms, end_ms; /* of the next segment */
};

static int akoma_ntoso_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    if (!xml_stream_root_is(head, bytes, "akomaNtoso"))
        return CONFIDENCE_NO;
    return memmem(head, bytes, "debate", 6) != NULL ? CONFIDENCE_CERTAIN : CONFIDENCE_LIKELY;
}

static bool is_block(const char *name)
{
    static const char *const blocks[] = {"p",
                                         "li",
                                         "tr",
                                         "item",
                                         "heading",
                                         "subheading",
                                         "num",
                                         "scene",
                                         "summary",
                                         "other",
                                         "narrative",
                                         "speech",
                                         "question",
                                         "answer",
                                         "ul",
                                         "ol",
                                         "table",
                                         "block",
                                         "blockContainer",
                                         "container",
                                         "debateSection",
                                         "listIntroduction",
                                         NULL};

    return span_is_any(span_string(name), blocks);
}

static bool is_heading(const char *name)
{
    static const char *const headings[] = {"num", "heading", "subheading", NULL};

    return span_is_any(span_string(name), headings);
}

static bool is_speech(const char *name)
{
    static const char *const speeches[] = {"speech", "question", "answer", NULL};

    return span_is_any(span_string(name), speeches);
}

/* The speaker of a speech: by @by and the head, else by the displayed name. */
static void settle_speaker(struct akoma_ntoso *a, const char *shown)
{
    struct drafts *t = xml_stream_context(a->xml)->drafts;
    const char *by = buffer_string(&a->by);
    const char *listed = *by != '\0' ? id_names_find(&a->people, by) : NULL;
    const char *role = a->as.bytes > 0 ? id_names_find(&a->roles, a->as.data) : NULL;
    const char *aliases[2] = {listed != NULL && *shown != '\0' ? shown : NULL, NULL};
    struct buffer made = {0};
    struct speaker_label label = {.name = listed, .aliases = aliases};

    a->named = true;
    if (listed == NULL && *shown != '\0')
        label.name = shown;
    else if (listed == NULL && *by != '\0') {
        id_names_name_of_id(&made, by);
        label.name = made.data;
    }
    if (role != NULL && label.name != NULL && strcmp(role, label.name) != 0)
        label.role = role;
    if (*by != '\0' && label.name != NULL)
        label.id = by + strspn(by, "#");
    a->speaker = label.name != NULL ? drafts_speaker(t, &label) : SPEAKER_NONE;
    buffer_release(&made);
}

static void flush(struct akoma_ntoso *a)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    const char *text = buffer_string(&a->words);

    if (emit_trim(&text, a->words.bytes) > 0) {
        if (a->speech_depth > 0 && !a->named)
            settle_speaker(a, "");
        draft.text = buffer_string(&a->words);
        draft.text_bytes = a->words.bytes;
        draft.speaker = a->speech_depth > 0 ? a->speaker : SPEAKER_NONE;
        draft.kind = a->heading            ? SEGMENT_HEADING
                     : a->speech_depth > 0 ? a->kind
                                           : SEGMENT_REMARK;
        draft.start_ms = a->start_ms;
        draft.end_ms = a->end_ms;
        xml_stream_emit(a->xml, &draft);
        if (!a->heading)
            a->start_ms = a->end_ms = TIME_NONE;
    }
    a->timed = false;
    buffer_clear(&a->words);
}

/* "1995-10-31T14:30:00"; a date alone is not a time. */
static void take_moment(struct akoma_ntoso *a, const char *value, int64_t *moment_ms)
{
    int64_t ms;
    int32_t offset;
    bool has_time;
    size_t used;

    if (value == NULL ||
        !civil_parse_date_time(value, strlen(value), &ms, &offset, &has_time, &used) ||
        !has_time)
        return;
    drafts_set_time_base(xml_stream_context(a->xml)->drafts, TIME_BASE_WALL);
    if (offset != UTC_OFFSET_NONE)
        drafts_set_utc_offset(xml_stream_context(a->xml)->drafts, offset);
    *moment_ms = ms;
}

static void set_words(struct buffer *out, const char *value)
{
    buffer_clear(out);
    if (value != NULL)
        emit_squeeze(out, value, strlen(value));
}

static void start_speech(struct akoma_ntoso *a, const char *name, const char *const *attributes)
{
    a->speech_depth = xml_stream_depth(a->xml);
    a->named = false;
    a->kind = strcmp(name, "question") == 0 ? SEGMENT_QUESTION
              : strcmp(name, "answer") == 0 ? SEGMENT_ANSWER
                                            : SEGMENT_UNKNOWN;
    set_words(&a->by, xml_stream_attribute(attributes, "by"));
    set_words(&a->as, xml_stream_attribute(attributes, "as"));
    take_moment(a, xml_stream_attribute(attributes, "startTime"), &a->start_ms);
    take_moment(a, xml_stream_attribute(attributes, "endTime"), &a->end_ms);
}

static void take_reference(struct akoma_ntoso *a, const char *name,
                           const char *const *attributes)
{
    const char *id = xml_stream_attribute(attributes, "eId");
    const char *shown = xml_stream_attribute(attributes, "showAs");

    if (id == NULL)
        id = xml_stream_attribute(attributes, "id");
    if (id == NULL || shown == NULL)
        return;
    if (strcmp(name, "TLCPerson") == 0)
        id_names_add(&a->people, id, shown);
    else if (strcmp(name, "TLCRole") == 0)
        id_names_add(&a->roles, id, shown);
}

static void take_field(struct akoma_ntoso *a, enum transcript_field field, const char *value)
{
    if (value != NULL)
        emit_field(xml_stream_context(a->xml), field, value, strlen(value));
}

static void open_aside(struct akoma_ntoso *a, enum aside aside)
{
    if (a->aside != ASIDE_NONE)
        return;
    a->aside = aside;
    a->aside_depth = xml_stream_depth(a->xml);
    buffer_clear(&a->aside_words);
}

/* Before the body: people, title, date, language, and when the sitting began. */
static void start_in_head(struct akoma_ntoso *a, const char *name,
                          const char *const *attributes)
{
    if (strncmp(name, "TLC", 3) == 0)
        take_reference(a, name, attributes);
    else if (strcmp(name, "docTitle") == 0)
        open_aside(a, ASIDE_TITLE);
    else if (strcmp(name, "docDate") == 0)
        take_field(a, FIELD_DATE, xml_stream_attribute(attributes, "date"));
    else if (strcmp(name, "FRBRdate") == 0 &&
             drafts_get(xml_stream_context(a->xml)->drafts, FIELD_DATE) == NULL)
        take_field(a, FIELD_DATE, xml_stream_attribute(attributes, "date")); /* of the work */
    else if (strcmp(name, "FRBRlanguage") == 0)
        take_field(a, FIELD_LANGUAGE, xml_stream_attribute(attributes, "language"));
    else if (strcmp(name, "recordedTime") == 0)
        take_moment(a, xml_stream_attribute(attributes, "time"), &a->start_ms);
    else if (strcmp(name, "debateBody") == 0)
        a->body_depth = xml_stream_depth(a->xml);
}

static void on_start(void *self, const char *name, const char *const *attributes)
{
    struct akoma_ntoso *a = self;

    if (a->body_depth == 0) {
        start_in_head(a, name, attributes);
        return;
    }
    if (is_block(name))
        flush(a);
    a->heading |= is_heading(name);
    if (is_speech(name)) {
        start_speech(a, name, attributes);
    } else if (strcmp(name, "from") == 0 && a->speech_depth > 0) {
        open_aside(a, ASIDE_FROM);
    } else if (strcmp(name, "authorialNote") == 0 || strcmp(name, "remark") == 0) {
        emit_words(&a->words, " ", 1);
    } else if (strcmp(name, "br") == 0 || strcmp(name, "eol") == 0) {
        emit_break(&a->words);
    } else if (strcmp(name, "recordedTime") == 0 && !a->timed) {
        a->timed = true;
        take_moment(a, xml_stream_attribute(attributes, "time"), &a->start_ms);
    } else if (strcmp(name, "meta") == 0) {
        open_aside(a, ASIDE_SKIPPED);
    }
}

static void close_aside(struct akoma_ntoso *a)
{
    struct buffer shown = {0};

    emit_squeeze(&shown, buffer_string(&a->aside_words), a->aside_words.bytes);
    if (a->aside == ASIDE_TITLE) {
        emit_field(xml_stream_context(a->xml), FIELD_TITLE, buffer_string(&shown), shown.bytes);
    } else if (a->aside == ASIDE_FROM) {
        if (shown.bytes > 0 && shown.data[shown.bytes - 1] == ':')
            shown.data[--shown.bytes] = '\0';
        settle_speaker(a, buffer_string(&shown));
    }
    a->aside = ASIDE_NONE;
    buffer_release(&shown);
}

static void on_end(void *self, const char *name)
{
    struct akoma_ntoso *a = self;
    int depth = xml_stream_depth(a->xml);

    if (a->aside != ASIDE_NONE && depth == a->aside_depth) {
        close_aside(a);
        return;
    }
    if (a->body_depth == 0)
        return;
    if (is_block(name))
        flush(a);
    a->heading &= !is_heading(name);
    if (depth == a->speech_depth)
        a->speech_depth = 0;
    if (depth == a->body_depth) {
        flush(a);
        a->body_depth = 0;
    }
}

static void on_text(void *self, const char *text, size_t bytes)
{
    struct akoma_ntoso *a = self;

    if (a->aside != ASIDE_NONE)
        emit_words(&a->aside_words, text, bytes);
    else if (a->body_depth > 0)
        emit_words(&a->words, text, bytes);
}

static void on_finish(void *self)
{
    flush(self);
}

static void *akoma_ntoso_open(void)
{
    static const struct xml_handler handler = {on_start, on_end, on_text, on_finish};
    struct akoma_ntoso *a = memory_zalloc(1, sizeof *a);

    a->xml = xml_stream_new(&handler, a);
    a->speaker = SPEAKER_NONE;
    a->start_ms = a->end_ms = TIME_NONE;
    return a;
}

static void akoma_ntoso_close(void *self)
{
    struct akoma_ntoso *a = self;

    xml_stream_free(a->xml);
    id_names_release(&a->people);
    id_names_release(&a->roles);
    buffer_release(&a->words);
    buffer_release(&a->aside_words);
    buffer_release(&a->by);
    buffer_release(&a->as);
    free(a);
}

const struct reader_ops reader_akoma_ntoso = {
    .name = "akoma-ntoso",
    .title = N_("Akoma Ntoso debate"),
    .detect = akoma_ntoso_detect,
    .open = akoma_ntoso_open,
    .next = xml_stream_reader_next,
    .close = akoma_ntoso_close,
};
