/* Rev and its kin: monologues of elements (the API) or spans (the editor); Amberscript's
 * segments of words. Values bring their own white space. Speakers are numbers that a list,
 * above or below, gives names to. */
#include "formats/readers.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

#include "formats/json/foreign_json.h"
#include "formats/json/json_probe.h"
#include "formats/json/json_value.h"

struct rev {
    struct word_joiner flow;
    int64_t offset_ms;
};

static void rev_release(void *state)
{
    struct rev *self = state;

    word_joiner_release(&self->flow);
}

/* An entry of the list: {id, name}, or Amberscript's {spkid, name}. */
static void define_speaker(struct foreign_json *f, const cJSON *value)
{
    const char *name = json_value_text(value, "name");
    char id[JSON_VALUE_LABEL];

    if (name != NULL && *name != '\0' &&
        json_value_label(json_value_get_either(value, "id", "spkid"), id))
        drafts_define_speaker(f->context->drafts,
                              &(struct speaker_label){.id = id, .name = name});
}

static uint32_t speaker_of(struct foreign_json *f, const cJSON *monologue)
{
    const cJSON *speaker = json_value_get(monologue, "speaker");
    const char *display = json_value_text(json_value_get(monologue, "speaker_info"),
                                          "display_name");
    char id[JSON_VALUE_LABEL];

    if (display == NULL || *display == '\0' || !json_value_label(speaker, id))
        return foreign_json_speaker(f, speaker);
    return drafts_speaker(f->context->drafts,
                          &(struct speaker_label){.id = id, .name = display});
}

/* Rev's words are as they are; Amberscript's have no spaces. */
static void take_part(struct foreign_json *f, const cJSON *part, uint32_t speaker)
{
    struct rev *self = f->state;
    const char *value = json_value_text(part, "value");
    const char *type = json_value_text(part, "type");
    const cJSON *end = json_value_get_either(part, "end_ts", "endTs");
    bool joined = value != NULL;

    if (end == NULL)
        end = json_value_get(part, "end");
    if (value == NULL)
        value = json_value_text(part, "text");
    if (value == NULL) {
        foreign_json_error(f, "a word without its text");
        return;
    }
    word_joiner_add(&self->flow, &(struct word){
                                     .text = value,
                                     .bytes = strlen(value),
                                     .speaker = speaker,
                                     .start_ms = foreign_json_seconds(
                                         f, json_value_get_either(part, "ts", "start")),
                                     .end_ms = foreign_json_seconds(f, end),
                                     .joined = joined,
                                     .mark = type != NULL && strcmp(type, "punct") == 0,
                                 });
}

static void take_monologue(struct foreign_json *f, const cJSON *value)
{
    struct rev *self = f->state;
    const cJSON *parts = json_value_get_either(value, "elements", "spans");
    const cJSON *part;
    uint32_t speaker = speaker_of(f, value);

    if (parts == NULL)
        parts = json_value_get(value, "words");
    if (!cJSON_IsArray(parts))
        foreign_json_error(f, "a monologue without words");
    cJSON_ArrayForEach(part, parts) take_part(f, part, speaker);
    word_joiner_flush(&self->flow);
}

static bool rev_take(struct foreign_json *f, const cJSON *value, struct error *err)
{
    struct rev *self = f->state;

    (void)err;
    if (strcmp(f->path, "speakers") == 0) {
        define_speaker(f, value);
    } else if (strcmp(f->path, "offsetSeconds") == 0 ||
               strcmp(f->path, "startTimeOffset") == 0) {
        int64_t ms = foreign_json_seconds(f, value);

        self->offset_ms = ms != TIME_NONE ? ms : 0;
    } else if (strcmp(f->path, "name") == 0) {
        foreign_json_set(f, FIELD_TITLE, value);
    } else {
        take_monologue(f, value);
    }
    return true;
}

static void shift(int64_t *ms, int64_t offset_ms)
{
    if (*ms != TIME_NONE)
        *ms += offset_ms;
}

/* The offset stands below the monologues, so all have waited for it. */
static bool rev_finish(struct foreign_json *f, struct error *err)
{
    struct rev *self = f->state;
    size_t i;

    for (i = 0; i < self->flow.out.count; i++) {
        shift(&self->flow.out.items[i].start_ms, self->offset_ms);
        shift(&self->flow.out.items[i].end_ms, self->offset_ms);
    }
    return segment_queue_emit(&self->flow.out, f->context, err);
}

static const char *const rev_arrays[] = {"speakers", "monologues", "segments", NULL};
static const char *const rev_members[] = {"name", "offsetSeconds", "startTimeOffset", NULL};

static const struct foreign_json_format rev_format = {.arrays = rev_arrays,
                                                      .members = rev_members,
                                                      .state_bytes = sizeof(struct rev),
                                                      .take = rev_take,
                                                      .finish = rev_finish,
                                                      .release = rev_release};

static void *rev_open(void)
{
    return foreign_json_open(&rev_format);
}

static int rev_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    return json_probe_type(head, bytes, "monologues.0.elements") == '[' ||
                   json_probe_type(head, bytes, "monologues.0.spans") == '[' ||
                   (json_probe_has(head, bytes, "speakers.0.spkid") &&
                    json_probe_type(head, bytes, "segments") == '[')
               ? CONFIDENCE_CERTAIN - 1
               : CONFIDENCE_NO;
}

const struct reader_ops reader_rev = {
    .name = "rev",
    .title = "Rev or Amberscript JSON",
    .detect = rev_detect,
    .open = rev_open,
    .next = foreign_json_next,
    .close = foreign_json_close,
};
