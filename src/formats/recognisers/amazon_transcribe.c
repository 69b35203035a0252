/* Amazon Transcribe. A batch job lists words and marks as items, and who speaks beside them:
 * in the items (newer), in speaker_labels joined by the start of a word, or in channels.
 * Call Analytics lists whole utterances. */
#include "formats/readers.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "formats/json/foreign_json.h"
#include "formats/json/json_probe.h"
#include "formats/json/json_value.h"
#include "formats/recognisers/diarized_words.h"

struct aws {
    struct diarized_words words;
    struct buffer transcript; /* for want of items */
    bool itemised;
};

static void aws_release(void *state)
{
    struct aws *self = state;

    diarized_words_release(&self->words);
    buffer_release(&self->transcript);
}

/* A segment of speaker_labels, or a channel: its words have labels of their own, else it has
 * one. A segment with neither, which is a silence, says nothing. */
static void take_label(struct foreign_json *f, const cJSON *segment)
{
    struct aws *self = f->state;
    const cJSON *items = json_value_get(segment, "items");
    const cJSON *item;
    uint32_t speaker = foreign_json_speaker(
        f, json_value_get_either(segment, "speaker_label", "channel_label"));

    if (cJSON_GetArraySize(items) == 0 && speaker != SPEAKER_NONE)
        diarized_words_label(&self->words,
                             foreign_json_seconds(f, json_value_get(segment, "start_time")),
                             speaker);
    cJSON_ArrayForEach(item, items)
    {
        const cJSON *label = json_value_get(item, "speaker_label");

        diarized_words_label(&self->words,
                             foreign_json_seconds(f, json_value_get(item, "start_time")),
                             label != NULL ? foreign_json_speaker(f, label) : speaker);
    }
}

static void hold_word(struct foreign_json *f, const cJSON *item)
{
    struct aws *self = f->state;
    const cJSON *best = cJSON_GetArrayItem(json_value_get(item, "alternatives"), 0);
    const char *content = json_value_text(best, "content");
    const char *type = json_value_text(item, "type");
    const cJSON *label = json_value_get(item, "speaker_label");
    struct word word = {.text = content};

    if (content == NULL) {
        foreign_json_error(f, "an item without \"content\"");
        return;
    }
    word.bytes = strlen(content);
    word.speaker = foreign_json_speaker(f, label);
    word.start_ms = foreign_json_seconds(f, json_value_get(item, "start_time"));
    word.end_ms = foreign_json_seconds(f, json_value_get(item, "end_time"));
    word.mark = type != NULL && strcmp(type, "punctuation") == 0;
    diarized_words_add(&self->words, &word, label != NULL);
    /* Labels that are there already, or not needed, are not waited for. */
    if (label != NULL || self->words.label_count > 0)
        diarized_words_flow(&self->words);
}

static bool aws_take(struct foreign_json *f, const cJSON *value, struct error *err)
{
    struct aws *self = f->state;
    const char *transcript = json_value_text(value, "transcript");

    if (strcmp(f->path, "results.transcripts") == 0) {
        buffer_append_string(&self->transcript, transcript != NULL ? transcript : "");
        return true;
    }
    if (strcmp(f->path, "results.speaker_labels.segments") == 0 ||
        strcmp(f->path, "results.channel_labels.channels") == 0) {
        take_label(f, value);
        return true;
    }
    if (strcmp(f->path, "results.language_code") == 0) {
        foreign_json_set(f, FIELD_LANGUAGE, value);
        return true;
    }
    if (strcmp(f->path, "jobName") == 0) {
        foreign_json_set(f, FIELD_TITLE, value);
        return true;
    }
    self->itemised = true;
    hold_word(f, value);
    return segment_queue_emit(&self->words.flow.out, f->context, err);
}

static bool aws_finish(struct foreign_json *f, struct error *err)
{
    struct aws *self = f->state;

    if (self->itemised || self->transcript.bytes == 0)
        return diarized_words_finish(&self->words, f->context, err);
    return foreign_json_append(f, self->transcript.data, SPEAKER_NONE, TIME_NONE, TIME_NONE,
                               err);
}

static const char *const aws_arrays[] = {"results.transcripts", "results.items",
                                         "results.speaker_labels.segments",
                                         "results.channel_labels.channels", NULL};
static const char *const aws_members[] = {"jobName", "results.language_code", NULL};

static const struct foreign_json_format aws_format = {.arrays = aws_arrays,
                                                      .members = aws_members,
                                                      .state_bytes = sizeof(struct aws),
                                                      .take = aws_take,
                                                      .finish = aws_finish,
                                                      .release = aws_release};

static void *aws_open(void)
{
    return foreign_json_open(&aws_format);
}

static int aws_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    if (json_probe_type(head, bytes, "results.transcripts") == '[' ||
        json_probe_has(head, bytes, "results.speaker_labels.segments.0.speaker_label") ||
        json_probe_has(head, bytes, "results.items.0.alternatives.0.content"))
        return CONFIDENCE_CERTAIN - 1;
    return CONFIDENCE_NO;
}

const struct reader_ops reader_aws_transcribe = {
    .name = "aws-transcribe",
    .title = "Amazon Transcribe JSON",
    .detect = aws_detect,
    .open = aws_open,
    .next = foreign_json_next,
    .close = foreign_json_close,
};

/* Call Analytics */

static bool calls_take(struct foreign_json *f, const cJSON *value, struct error *err)
{
    const char *content = json_value_text(value, "Content");

    if (strcmp(f->path, "LanguageCode") == 0) {
        foreign_json_set(f, FIELD_LANGUAGE, value);
        return true;
    }
    if (strcmp(f->path, "JobName") == 0) {
        foreign_json_set(f, FIELD_TITLE, value);
        return true;
    }
    if (content == NULL) {
        foreign_json_error(f, "an utterance without \"Content\"");
        return true;
    }
    return foreign_json_append(
        f, content, foreign_json_speaker(f, json_value_get(value, "ParticipantRole")),
        foreign_json_units(f, json_value_get(value, "BeginOffsetMillis"), 1),
        foreign_json_units(f, json_value_get(value, "EndOffsetMillis"), 1), err);
}

static const char *const calls_arrays[] = {"Transcript", NULL};
static const char *const calls_members[] = {"LanguageCode", "JobName", NULL};

static const struct foreign_json_format calls_format = {
    .arrays = calls_arrays, .members = calls_members, .take = calls_take};

static void *calls_open(void)
{
    return foreign_json_open(&calls_format);
}

static int calls_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    return json_probe_has(head, bytes, "Transcript.0.ParticipantRole") ||
                   json_probe_has(head, bytes, "Transcript.0.BeginOffsetMillis")
               ? CONFIDENCE_CERTAIN - 1
               : CONFIDENCE_NO;
}

const struct reader_ops reader_aws_calls = {
    .name = "aws-calls",
    .title = "Amazon Transcribe Call Analytics JSON",
    .detect = calls_detect,
    .open = calls_open,
    .next = foreign_json_next,
    .close = foreign_json_close,
};
