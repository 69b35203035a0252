/* Parliamentary debates as stored by publicwhip and TheyWorkForYou: headings, and <speech> with
 * a name, optionally a time, and paragraphs. The time of a speech repeats the last clock
 * reading noted by the reporters, so it counts only when it changes.
 *
 * Invariant: words holds the text since the last segment. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "formats/parliaments/member_label.h"
#include "formats/readers.h"
#include "formats/xml/xml_stream.h"
#include "shilu/base/memory.h"
#include "shilu/base/span.h"
#include "shilu/base/translate.h"

struct hansard {
    struct xml_stream *xml; /* must be first, for xml_stream_reader_next */
    struct buffer words;
    uint32_t speaker;
    int64_t date_ms;  /* or TIME_NONE */
    char date[11];    /* as written in the identifiers */
    int64_t clock_ms; /* the last one noted */
    int64_t latest_ms;
    int64_t start_ms; /* of the next segment */
    bool in_votes;
    bool in_heading;
    bool in_note; /* the paragraph says what happened, not what was said */
};

static int hansard_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    if (xml_stream_root_is(head, bytes, "publicwhip"))
        return CONFIDENCE_CERTAIN;
    return xml_stream_root_is(head, bytes, "debates") &&
                   memmem(head, bytes, "<speech", 7) != NULL
               ? CONFIDENCE_STRONG
               : CONFIDENCE_NO;
}

static void flush(struct hansard *h, uint32_t speaker)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    const char *text = buffer_string(&h->words);

    if (emit_trim(&text, h->words.bytes) > 0) {
        draft.text = buffer_string(&h->words);
        draft.text_bytes = h->words.bytes;
        draft.speaker = h->in_note ? SPEAKER_NONE : speaker;
        if (h->in_heading)
            draft.kind = SEGMENT_HEADING;
        /* The time of a heading or a note also applies to the speech below it. */
        draft.start_ms = h->start_ms;
        xml_stream_emit(h->xml, &draft);
        if (!h->in_heading && !h->in_note)
            h->start_ms = TIME_NONE;
    }
    buffer_clear(&h->words);
}

/* The date is in every id: "uk.org.publicwhip/debate/2009-10-29.20605.0". A file may contain
 * several days. */
static void take_date(struct hansard *h, const char *const *attributes)
{
    const char *id = xml_stream_attribute(attributes, "id");
    int64_t ms;
    int32_t offset;
    bool has_time;
    size_t used;

    if (id == NULL || (h->date_ms != TIME_NONE && strstr(id, h->date) != NULL))
        return;
    for (; *id != '\0'; id++)
        if (isdigit((unsigned char)*id) &&
            civil_parse_date_time(id, strlen(id) < 10 ? strlen(id) : 10, &ms, &offset,
                                  &has_time, &used) &&
            used == 10) {
            if (h->date_ms != ms)
                h->clock_ms = h->latest_ms = TIME_NONE;
            h->date_ms = ms;
            memcpy(h->date, id, 10);
            emit_field(xml_stream_context(h->xml), FIELD_DATE, id, 10);
            return;
        }
}

static void take_clock(struct hansard *h, const char *const *attributes)
{
    const char *time = xml_stream_attribute(attributes, "time");
    int64_t ms;
    size_t used;

    if (time == NULL || !civil_parse_clock(time, strlen(time), true, &ms, &used) ||
        ms == h->clock_ms)
        return;
    h->clock_ms = ms;
    drafts_set_time_base(xml_stream_context(h->xml)->drafts, TIME_BASE_WALL);
    h->start_ms = emit_wall_ms(h->date_ms != TIME_NONE ? h->date_ms : 0, ms, &h->latest_ms);
}

static void take_speaker(struct hansard *h, const char *const *attributes)
{
    const char *name = xml_stream_attribute(attributes, "speakername");
    const char *id = xml_stream_attribute(attributes, "person_id");
    const char *none = xml_stream_attribute(attributes, "nospeaker");
    struct speaker_label label = {0};
    char *copy;

    h->speaker = SPEAKER_NONE;
    if (id == NULL || *id == '\0')
        id = xml_stream_attribute(attributes, "speakerid");
    if (name == NULL || *name == '\0' || (none != NULL && strcasecmp(none, "true") == 0))
        return;
    copy = memory_strdup(name);
    member_label_split(copy, &label);
    if (id != NULL && *id != '\0' && strstr(id, "unknown") == NULL)
        label.id = id;
    h->speaker = drafts_speaker(xml_stream_context(h->xml)->drafts, &label);
    free(copy);
}

static bool is_block(const char *name)
{
    return strcmp(name, "p") == 0 || strcmp(name, "speech") == 0 || strcmp(name, "li") == 0 ||
           strcmp(name, "tr") == 0 || strcmp(name, "division") == 0 ||
           strcmp(name, "blockquote") == 0 || span_ends_with(span_string(name), "-heading") ||
           span_ends_with(span_string(name), "list");
}

/* A paragraph completely in italics: "Opposition senators interjecting". */
static bool is_note(const char *const *attributes)
{
    const char *class = xml_stream_attribute(attributes, "class");

    return class != NULL && strstr(class, "italic") != NULL;
}

static void on_start(void *self, const char *name, const char *const *attributes)
{
    struct hansard *h = self;

    if (is_block(name))
        flush(h, h->speaker);
    if (strcmp(name, "p") == 0)
        h->in_note = is_note(attributes);
    h->in_heading |= span_ends_with(span_string(name), "-heading");
    take_date(h, attributes);
    take_clock(h, attributes);
    if (strcmp(name, "speech") == 0) {
        take_speaker(h, attributes);
    } else if (span_ends_with(span_string(name), "-heading") || strcmp(name, "division") == 0) {
        h->speaker = SPEAKER_NONE;
    } else if (span_ends_with(span_string(name), "list") &&
               xml_stream_attribute(attributes, "vote") != NULL) {
        h->in_votes = true;
        buffer_append_format(&h->words, "%s: ", xml_stream_attribute(attributes, "vote"));
    } else if (strcmp(name, "br") == 0) {
        emit_break(&h->words);
    }
}

static void on_end(void *self, const char *name)
{
    struct hansard *h = self;

    if (is_block(name)) {
        flush(h, h->speaker);
        h->in_note &= strcmp(name, "p") != 0;
        h->in_heading &= !span_ends_with(span_string(name), "-heading");
        if (strcmp(name, "speech") == 0)
            h->speaker = SPEAKER_NONE;
        h->in_votes = false;
    } else if (h->in_votes && span_ends_with(span_string(name), "name")) {
        buffer_append_string(&h->words, "; ");
    }
}

static void on_text(void *self, const char *text, size_t bytes)
{
    struct hansard *h = self;

    emit_words(&h->words, text, bytes);
}

static void on_finish(void *self)
{
    struct hansard *h = self;

    flush(h, h->speaker);
}

static void *hansard_open(void)
{
    static const struct xml_handler handler = {on_start, on_end, on_text, on_finish};
    struct hansard *h = memory_zalloc(1, sizeof *h);

    h->xml = xml_stream_new(&handler, h);
    h->speaker = SPEAKER_NONE;
    h->date_ms = h->clock_ms = h->latest_ms = h->start_ms = TIME_NONE;
    return h;
}

static void hansard_close(void *self)
{
    struct hansard *h = self;

    xml_stream_free(h->xml);
    buffer_release(&h->words);
    free(h);
}

const struct reader_ops reader_hansard = {
    .name = "hansard",
    .title = N_("Hansard XML (publicwhip)"),
    .detect = hansard_detect,
    .open = hansard_open,
    .next = xml_stream_reader_next,
    .close = hansard_close,
};
