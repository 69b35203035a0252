/* Amazon Transcribe. A batch job lists words and marks as items, and who speaks beside them:
 * in the items (newer), in speaker_labels joined by the start of a word, or in channels.
 * Words wait for labels that stand below them. Call Analytics lists whole utterances.
 *
 * Invariant: `labels` are in order of start while `sorted`. */
#include "shilu/formats/readers.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"
#include "shilu/formats/foreign_json.h"
#include "shilu/formats/json_probe.h"
#include "shilu/formats/json_value.h"

struct aws_label {
    int64_t start_ms;
    uint32_t speaker;
};

struct aws_word {
    size_t text_byte; /* into `text` */
    size_t text_bytes;
    int64_t start_ms;
    int64_t end_ms;
    uint32_t speaker;
    bool labelled; /* `speaker` is from the item itself */
    bool mark;
};

struct aws {
    struct aws_label *labels; /* owned */
    size_t label_count;
    size_t label_capacity;
    bool sorted;
    struct aws_word *words; /* owned: those that wait */
    size_t word_count;
    size_t word_capacity;
    struct buffer text;
    struct word_flow flow;
    uint32_t speaker; /* of the last word: a mark is its */
};

static void aws_release(void *state)
{
    struct aws *self = state;

    free(self->labels);
    free(self->words);
    buffer_release(&self->text);
    word_flow_release(&self->flow);
}

static void add_label(struct aws *self, int64_t start_ms, uint32_t speaker)
{
    if (start_ms == TIME_NONE)
        return;
    MEMORY_RESERVE(self->labels, self->label_capacity, self->label_count + 1);
    self->labels[self->label_count++] = (struct aws_label){start_ms, speaker};
    self->sorted = false;
}

static int compare_labels(const void *a, const void *b)
{
    const struct aws_label *x = a;
    const struct aws_label *y = b;

    return (x->start_ms > y->start_ms) - (x->start_ms < y->start_ms);
}

/* A segment of speaker_labels, or a channel: its words have labels of their own, else it has
 * one. A segment with neither, which is a silence, says nothing. */
static void take_label(struct foreign_json *f, const cJSON *segment)
{
    const cJSON *items = json_value_get(segment, "items");
    const cJSON *item;
    uint32_t speaker = foreign_json_speaker(
        f, json_value_get_either(segment, "speaker_label", "channel_label"));

    if (cJSON_GetArraySize(items) == 0 && speaker != SPEAKER_NONE)
        add_label(f->state, json_value_seconds_ms(json_value_get(segment, "start_time")),
                  speaker);
    cJSON_ArrayForEach(item, items)
    {
        const cJSON *label = json_value_get(item, "speaker_label");

        add_label(f->state, json_value_seconds_ms(json_value_get(item, "start_time")),
                  label != NULL ? foreign_json_speaker(f, label) : speaker);
    }
}

/* The last label that starts no later. */
static uint32_t speaker_at(struct aws *self, int64_t start_ms)
{
    size_t low = 0;
    size_t high = self->label_count;

    if (!self->sorted && high > 1)
        qsort(self->labels, high, sizeof *self->labels, compare_labels);
    self->sorted = true;
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (self->labels[middle].start_ms <= start_ms)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? self->labels[low - 1].speaker : SPEAKER_NONE;
}

static void hold_word(struct foreign_json *f, const cJSON *item)
{
    struct aws *self = f->state;
    const cJSON *best = cJSON_GetArrayItem(json_value_get(item, "alternatives"), 0);
    const char *content = json_value_text(best, "content");
    const char *type = json_value_text(item, "type");
    const cJSON *label = json_value_get(item, "speaker_label");

    if (content == NULL) {
        foreign_json_fault(f, "an item without \"content\"");
        return;
    }
    MEMORY_RESERVE(self->words, self->word_capacity, self->word_count + 1);
    self->words[self->word_count++] = (struct aws_word){
        .text_byte = self->text.bytes,
        .text_bytes = strlen(content),
        .start_ms = json_value_seconds_ms(json_value_get(item, "start_time")),
        .end_ms = json_value_seconds_ms(json_value_get(item, "end_time")),
        .speaker = foreign_json_speaker(f, label),
        .labelled = label != NULL,
        .mark = type != NULL && strcmp(type, "punctuation") == 0,
    };
    buffer_append_string(&self->text, content);
}

/* Let the words go that wait. */
static void release_words(struct aws *self)
{
    size_t i;

    for (i = 0; i < self->word_count; i++) {
        const struct aws_word *w = &self->words[i];

        if (w->labelled && !w->mark)
            self->speaker = w->speaker;
        else if (!w->mark && w->start_ms != TIME_NONE)
            self->speaker = speaker_at(self, w->start_ms);
        word_flow_add(&self->flow, &(struct word){
                                       .text = buffer_string(&self->text) + w->text_byte,
                                       .bytes = w->text_bytes,
                                       .speaker = self->speaker,
                                       .start_ms = w->start_ms,
                                       .end_ms = w->end_ms,
                                       .mark = w->mark,
                                   });
    }
    self->word_count = 0;
    buffer_clear(&self->text);
}

static bool aws_take(struct foreign_json *f, const cJSON *value, struct error *err)
{
    struct aws *self = f->state;

    if (strcmp(f->path, "results.speaker_labels.segments") == 0 ||
        strcmp(f->path, "results.channel_labels.channels") == 0) {
        take_label(f, value);
        return true;
    }
    if (strcmp(f->path, "results.language_code") == 0) {
        if (cJSON_IsString(value))
            transcript_set(f->context->transcript, FIELD_LANGUAGE, value->valuestring);
        return true;
    }
    if (strcmp(f->path, "jobName") == 0) {
        if (cJSON_IsString(value))
            transcript_set(f->context->transcript, FIELD_TITLE, value->valuestring);
        return true;
    }
    hold_word(f, value);
    if (self->label_count == 0 && !(self->word_count > 0 && self->words[0].labelled))
        return true;
    release_words(self);
    return held_segments_emit(&self->flow.out, f->context, err);
}

static bool aws_finish(struct foreign_json *f, struct error *err)
{
    struct aws *self = f->state;

    release_words(self);
    word_flow_flush(&self->flow);
    return held_segments_emit(&self->flow.out, f->context, err);
}

static const char *const aws_arrays[] = {"results.items", "results.speaker_labels.segments",
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

static int aws_recognise(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    if (json_probe_type(head, bytes, "results.transcripts") == '[' ||
        json_probe_has(head, bytes, "results.speaker_labels.segments.0.speaker_label") ||
        json_probe_has(head, bytes, "results.items.0.alternatives.0.content"))
        return SURE_CERTAIN - 1;
    return SURE_NO;
}

const struct reader_ops reader_aws_transcribe = {
    .name = "aws-transcribe",
    .title = "Amazon Transcribe JSON",
    .recognise = aws_recognise,
    .open = aws_open,
    .next = foreign_json_next,
    .close = foreign_json_close,
};

/* Call Analytics */

static bool calls_take(struct foreign_json *f, const cJSON *value, struct error *err)
{
    const char *content = json_value_text(value, "Content");

    if (strcmp(f->path, "LanguageCode") == 0) {
        if (cJSON_IsString(value))
            transcript_set(f->context->transcript, FIELD_LANGUAGE, value->valuestring);
        return true;
    }
    if (strcmp(f->path, "JobName") == 0) {
        if (cJSON_IsString(value))
            transcript_set(f->context->transcript, FIELD_TITLE, value->valuestring);
        return true;
    }
    if (content == NULL) {
        foreign_json_fault(f, "an utterance without \"Content\"");
        return true;
    }
    return foreign_json_append(
        f, content, foreign_json_speaker(f, json_value_get(value, "ParticipantRole")),
        json_value_units_ms(json_value_get(value, "BeginOffsetMillis"), 1),
        json_value_units_ms(json_value_get(value, "EndOffsetMillis"), 1), err);
}

static const char *const calls_arrays[] = {"Transcript", NULL};
static const char *const calls_members[] = {"LanguageCode", "JobName", NULL};

static const struct foreign_json_format calls_format = {
    .arrays = calls_arrays, .members = calls_members, .take = calls_take};

static void *calls_open(void)
{
    return foreign_json_open(&calls_format);
}

static int calls_recognise(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    return json_probe_has(head, bytes, "Transcript.0.ParticipantRole") ||
                   json_probe_has(head, bytes, "Transcript.0.BeginOffsetMillis")
               ? SURE_CERTAIN - 1
               : SURE_NO;
}

const struct reader_ops reader_aws_calls = {
    .name = "aws-calls",
    .title = "Amazon Transcribe Call Analytics JSON",
    .recognise = calls_recognise,
    .open = calls_open,
    .next = foreign_json_next,
    .close = foreign_json_close,
};
