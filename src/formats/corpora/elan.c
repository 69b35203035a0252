/* ELAN (.eaf): tiers of annotations over a list of time slots.
 *
 * Specification: EAF, the Annotation Format of ELAN, schema 3.0 (and 2.x). An independent tier
 * holds what was said; its participant, else its name, is the speaker. Dependent tiers
 * (glosses, translations, words) repeat that and are left out. Tiers follow one another in the
 * file, so all are held and sorted by time at the end. */
#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "formats/common/seconds.h"
#include "formats/common/segment_queue.h"
#include "formats/readers.h"
#include "formats/xml/xml_stream.h"
#include "shilu/base/hash.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"

enum { SLOTS_MAX = 4000000 };

struct slot {
    char *id; /* owned */
    int64_t ms;
    UT_hash_handle hh;
};

struct elan {
    struct xml_stream *xml; /* must be first, for xml_stream_reader_next */
    struct slot *slots;
    struct segment_queue held;
    struct buffer value;
    struct buffer tier;
    struct buffer participant; /* of the tier, or its name; empty for nobody */
    double slot_ms;            /* a unit of TIME_VALUE */
    uint32_t speaker;          /* known once the tier has words */
    int64_t start_ms;
    int64_t end_ms;
    uint64_t line; /* of the value */
    bool in_value;
    bool depends; /* the current tier is a dependent one */
    unsigned left_out;
};

static int elan_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    return xml_stream_root_is(head, bytes, "ANNOTATION_DOCUMENT") ? CONFIDENCE_CERTAIN
                                                                  : CONFIDENCE_NO;
}

static void take_units(struct elan *e, const char *const *attributes)
{
    const char *units = xml_stream_attribute(attributes, "TIME_UNITS");

    if (units != NULL && strcmp(units, "PAL-frames") == 0)
        e->slot_ms = 40;
    else if (units != NULL && strcmp(units, "NTSC-frames") == 0)
        e->slot_ms = 1001.0 / 30;
}

static void take_slot(struct elan *e, const char *const *attributes)
{
    const char *id = xml_stream_attribute(attributes, "TIME_SLOT_ID");
    int64_t value = milliseconds_parse(xml_stream_attribute(attributes, "TIME_VALUE"));
    struct slot *slot = NULL;

    if (id == NULL || HASH_COUNT(e->slots) >= SLOTS_MAX)
        return;
    HASH_FIND_STR(e->slots, id, slot);
    if (slot != NULL)
        return;
    slot = memory_zalloc(1, sizeof *slot);
    slot->id = memory_strdup(id);
    slot->ms = value == TIME_NONE ? TIME_NONE : (int64_t)((double)value * e->slot_ms);
    HASH_ADD_KEYPTR(hh, e->slots, slot->id, strlen(slot->id), slot);
}

static int64_t slot_ms(const struct elan *e, const char *id)
{
    struct slot *slot = NULL;

    if (id != NULL)
        HASH_FIND_STR(e->slots, id, slot);
    return slot != NULL ? slot->ms : TIME_NONE;
}

static void start_tier(struct elan *e, const char *const *attributes)
{
    const char *participant = xml_stream_attribute(attributes, "PARTICIPANT");
    const char *name = xml_stream_attribute(attributes, "TIER_ID");
    const char *language = xml_stream_attribute(attributes, "LANG_REF");

    e->depends = xml_stream_attribute(attributes, "PARENT_REF") != NULL;
    buffer_clear(&e->tier);
    buffer_append_string(&e->tier, name != NULL ? name : "");
    e->left_out = 0;
    e->speaker = SPEAKER_NONE;
    buffer_clear(&e->participant);
    if (e->depends)
        return;
    if (participant == NULL || *participant == '\0')
        participant = name;
    buffer_append_string(&e->participant, participant != NULL ? participant : "");
    if (language != NULL)
        emit_field(xml_stream_context(e->xml), FIELD_LANGUAGE, language, strlen(language));
}

static void end_tier(struct elan *e)
{
    if (e->left_out > 0)
        diagnostics_add(xml_stream_context(e->xml)->diagnostics, SEVERITY_NOTE,
                        xml_stream_line(e->xml), 0,
                        "annotations of the dependent tier '%.60s' are left out: %u",
                        buffer_string(&e->tier), e->left_out);
}

static void hold(struct elan *e)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    const char *text = buffer_string(&e->value);
    size_t bytes = emit_trim(&text, e->value.bytes);

    if (bytes == 0)
        return;
    if (e->depends) {
        e->left_out++;
        return;
    }
    if (e->speaker == SPEAKER_NONE && e->participant.bytes > 0)
        e->speaker = emit_speaker(xml_stream_context(e->xml), e->participant.data,
                                  e->participant.bytes);
    draft.text = text;
    draft.text_bytes = bytes;
    draft.speaker = e->speaker;
    draft.start_ms = e->start_ms;
    draft.end_ms = e->end_ms;
    draft.line = (uint32_t)e->line;
    segment_queue_add(&e->held, &draft);
}

static void on_start(void *self, const char *name, const char *const *attributes)
{
    struct elan *e = self;

    if (strcmp(name, "HEADER") == 0) {
        take_units(e, attributes);
    } else if (strcmp(name, "TIME_SLOT") == 0) {
        take_slot(e, attributes);
    } else if (strcmp(name, "TIER") == 0) {
        start_tier(e, attributes);
    } else if (strcmp(name, "ALIGNABLE_ANNOTATION") == 0) {
        e->start_ms = slot_ms(e, xml_stream_attribute(attributes, "TIME_SLOT_REF1"));
        e->end_ms = slot_ms(e, xml_stream_attribute(attributes, "TIME_SLOT_REF2"));
    } else if (strcmp(name, "REF_ANNOTATION") == 0) {
        e->start_ms = e->end_ms = TIME_NONE;
    } else if (strcmp(name, "ANNOTATION_VALUE") == 0) {
        e->in_value = true;
        e->line = xml_stream_line(e->xml);
        buffer_clear(&e->value);
    }
}

static void on_end(void *self, const char *name)
{
    struct elan *e = self;

    if (strcmp(name, "ANNOTATION_VALUE") == 0) {
        e->in_value = false;
        hold(e);
    } else if (strcmp(name, "TIER") == 0) {
        end_tier(e);
    }
}

static void on_text(void *self, const char *text, size_t bytes)
{
    struct elan *e = self;

    if (e->in_value)
        emit_words(&e->value, text, bytes);
}

static void on_finish(void *self)
{
    struct elan *e = self;
    struct error err;

    drafts_set_time_base(xml_stream_context(e->xml)->drafts, TIME_BASE_ELAPSED);
    segment_queue_sort(&e->held);
    if (!segment_queue_emit(&e->held, xml_stream_context(e->xml), &err))
        xml_stream_fail(e->xml, &err);
}

static void *elan_open(void)
{
    static const struct xml_handler handler = {on_start, on_end, on_text, on_finish};
    struct elan *e = memory_zalloc(1, sizeof *e);

    e->speaker = SPEAKER_NONE; /* outside a tier nobody speaks */
    e->xml = xml_stream_new(&handler, e);
    e->slot_ms = 1;
    e->speaker = SPEAKER_NONE;
    e->start_ms = e->end_ms = TIME_NONE;
    return e;
}

static void elan_close(void *self)
{
    struct elan *e = self;
    struct slot *slot, *next;

    HASH_ITER(hh, e->slots, slot, next)
    {
        HASH_DEL(e->slots, slot);
        free(slot->id);
        free(slot);
    }
    xml_stream_free(e->xml);
    segment_queue_release(&e->held);
    buffer_release(&e->participant);
    buffer_release(&e->value);
    buffer_release(&e->tier);
    free(e);
}

const struct reader_ops reader_elan = {
    .name = "elan",
    .title = N_("ELAN (.eaf)"),
    .detect = elan_detect,
    .open = elan_open,
    .next = xml_stream_reader_next,
    .close = elan_close,
};
