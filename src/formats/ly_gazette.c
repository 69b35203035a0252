/* Taiwan's Legislative Yuan: the gazette as twlyparser writes it, either one object whose log
 * is [speaker, text] pairs, or an array of [facts, entries] where the interpellations have
 * clock readings.
 *
 * A pair without a speaker goes on with the one before; text may be nested lists. */
#include "shilu/formats/readers.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/buffer.h"
#include "shilu/formats/emit.h"
#include "shilu/formats/foreign_json.h"
#include "shilu/formats/json_probe.h"
#include "shilu/formats/json_value.h"

struct gazette {
    bool spoken; /* `speaker` is set */
    uint32_t speaker;
    int64_t latest_ms; /* 0: no clock reading yet */
};

/* All strings of a value, one a line: lists and objects are walked in order. cJSON bounds the
 * depth. */
static void append_strings(struct buffer *out, const cJSON *value)
{
    const cJSON *item;

    if (cJSON_IsString(value)) {
        const char *text = value->valuestring;
        size_t bytes = emit_trim(&text, strlen(text));

        if (bytes > 0 && out->bytes > 0)
            buffer_append_char(out, '\n');
        buffer_append(out, text, bytes);
    } else if (cJSON_IsArray(value) || cJSON_IsObject(value)) {
        cJSON_ArrayForEach(item, value) append_strings(out, item);
    }
}

static bool append(struct foreign_json *f, const cJSON *words, uint32_t speaker,
                   int64_t start_ms, struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    struct buffer text = {0};
    bool ok;

    append_strings(&text, words);
    draft.text = buffer_string(&text);
    draft.text_bytes = text.bytes;
    draft.speaker = speaker;
    draft.start_ms = start_ms;
    ok = emit_segment(f->context, &draft, err);
    buffer_release(&text);
    return ok;
}

static uint32_t named(struct foreign_json *f, const cJSON *name)
{
    return cJSON_IsString(name)
               ? emit_speaker(f->context, name->valuestring, strlen(name->valuestring))
               : SPEAKER_NONE;
}

static bool take_pair(struct foreign_json *f, const cJSON *pair, struct error *err)
{
    struct gazette *self = f->state;
    const cJSON *name = cJSON_GetArrayItem(pair, 0);

    if (cJSON_IsString(name)) {
        self->speaker = named(f, name);
        self->spoken = true;
    }
    return append(f, cJSON_GetArrayItem(pair, 1), self->spoken ? self->speaker : SPEAKER_NONE,
                  TIME_NONE, err);
}

static bool gazette_take(struct foreign_json *f, const cJSON *value, struct error *err)
{
    struct transcript *t = f->context->transcript;

    transcript_set_clock(t, CLOCK_NONE);
    if (transcript_get(t, FIELD_LANGUAGE) == NULL)
        transcript_set(t, FIELD_LANGUAGE, "zh-Hant-TW");
    if (strcmp(f->path, "log") == 0)
        return take_pair(f, value, err);
    foreign_json_field(f, FIELD_TITLE, value, "title");
    foreign_json_field(f, FIELD_DATE, value, "date");
    return true;
}

static const char *const gazette_arrays[] = {"log", NULL};
static const char *const gazette_members[] = {"meta", NULL};

static const struct foreign_json_format gazette_format = {.arrays = gazette_arrays,
                                                          .members = gazette_members,
                                                          .state_bytes = sizeof(struct gazette),
                                                          .take = gazette_take};

static void *gazette_open(void)
{
    return foreign_json_open(&gazette_format);
}

static int gazette_recognise(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    return json_probe_type(head, bytes, "log.0") == '[' ? SURE_STRONG : SURE_NO;
}

const struct reader_ops reader_ly_gazette = {
    .name = "ly-gazette",
    .title = "Legislative Yuan gazette JSON",
    .recognise = gazette_recognise,
    .open = gazette_open,
    .next = foreign_json_next,
    .close = foreign_json_close,
};

/* Interpellations */

/* "11時8分" and "11時08分30秒"; TIME_NONE for anything else. */
static int64_t parse_clock(const char *s)
{
    static const char *const units[] = {"時", "分", "秒"};
    static const int64_t unit_ms[] = {3600000, 60000, 1000};
    int64_t ms = 0;
    bool any = false;
    size_t i;

    for (i = 0; s != NULL && i < 3; i++) {
        char *end;
        long part = strtol(s, &end, 10);

        if (end == s || part < 0 || part > 59 || strncmp(end, units[i], strlen(units[i])) != 0)
            break;
        ms += part * unit_ms[i];
        any = true;
        s = end + strlen(units[i]);
    }
    return any && *s == '\0' ? ms : TIME_NONE;
}

/* An entry is {speaker, content, time}, or a paragraph of a document. */
static bool take_entry(struct foreign_json *f, const cJSON *entry, struct error *err)
{
    struct gazette *self = f->state;
    int64_t start_ms = TIME_NONE;
    int64_t clock_ms = parse_clock(json_value_text(entry, "time"));

    if (!cJSON_IsObject(entry))
        return append(f, entry, SPEAKER_NONE, TIME_NONE, err);
    if (clock_ms != TIME_NONE)
        start_ms = emit_wall_ms(0, clock_ms, &self->latest_ms);
    return append(f, json_value_get(entry, "content"),
                  named(f, json_value_get(entry, "speaker")), start_ms, err);
}

static bool interpellation_take(struct foreign_json *f, const cJSON *value, struct error *err)
{
    const cJSON *entry;

    transcript_set_clock(f->context->transcript, CLOCK_WALL);
    if (transcript_get(f->context->transcript, FIELD_LANGUAGE) == NULL)
        transcript_set(f->context->transcript, FIELD_LANGUAGE, "zh-Hant-TW");
    cJSON_ArrayForEach(entry, cJSON_GetArrayItem(value, 1))
    {
        if (!take_entry(f, entry, err))
            return false;
    }
    return true;
}

static const char *const top_array[] = {"", NULL};
static const char *const no_members[] = {NULL};

static const struct foreign_json_format interpellation_format = {
    .arrays = top_array,
    .members = no_members,
    .state_bytes = sizeof(struct gazette),
    .take = interpellation_take};

static void *interpellation_open(void)
{
    return foreign_json_open(&interpellation_format);
}

static int interpellation_recognise(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    return json_probe_has(head, bytes, "0.0.people") ||
                   json_probe_is(head, bytes, "0.0.type", "interp") ||
                   json_probe_is(head, bytes, "0.0.type", "interpdoc")
               ? SURE_CERTAIN - 1
               : SURE_NO;
}

const struct reader_ops reader_ly_interpellation = {
    .name = "ly-interpellation",
    .title = "Legislative Yuan interpellations JSON",
    .recognise = interpellation_recognise,
    .open = interpellation_open,
    .next = foreign_json_next,
    .close = foreign_json_close,
};
