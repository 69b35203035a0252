/* Deepgram. Utterances, which are asked for, are the best it has; without them the sentences
 * of the paragraphs, else the words. The channels stand above the utterances in the file, so
 * what is made of them waits. */
#include "formats/readers.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

#include "formats/json/foreign_json.h"
#include "formats/json/json_probe.h"
#include "formats/json/json_value.h"

struct deepgram {
    struct word_joiner flow; /* its `out` is what the channels say */
    bool utterances;         /* were seen: the channels only repeat them */
    int64_t said_ms;         /* the end of the last of them */
    unsigned channels;
};

static void deepgram_release(void *state)
{
    struct deepgram *self = state;

    word_joiner_release(&self->flow);
}

/* Several channels are several people, where the words do not say who. */
static uint32_t speaker_of(struct foreign_json *f, const cJSON *part, unsigned channel)
{
    const cJSON *speaker = json_value_get(part, "speaker");
    char name[32];

    if (speaker != NULL)
        return foreign_json_speaker(f, speaker);
    if (channel == 0)
        return SPEAKER_NONE;
    snprintf(name, sizeof name, "Channel %u", channel);
    return drafts_speaker(f->context->drafts, &(struct speaker_label){.name = name});
}

static void take_sentences(struct foreign_json *f, const cJSON *paragraphs, unsigned channel)
{
    struct deepgram *self = f->state;
    const cJSON *paragraph;
    const cJSON *sentence;

    cJSON_ArrayForEach(paragraph, paragraphs)
    {
        uint32_t speaker = speaker_of(f, paragraph, channel);

        cJSON_ArrayForEach(sentence, json_value_get(paragraph, "sentences"))
        {
            struct segment_draft draft = SEGMENT_DRAFT_INIT;
            const char *text = json_value_text(sentence, "text");

            if (text == NULL)
                foreign_json_error(f, "a sentence without \"text\"");
            draft.text = text != NULL ? text : "";
            draft.text_bytes = strlen(draft.text);
            draft.speaker = speaker;
            draft.start_ms = foreign_json_seconds(f, json_value_get(sentence, "start"));
            draft.end_ms = foreign_json_seconds(f, json_value_get(sentence, "end"));
            draft.piece = true;
            segment_queue_add(&self->flow.out, &draft);
        }
    }
}

static void take_words(struct foreign_json *f, const cJSON *words, unsigned channel)
{
    struct deepgram *self = f->state;
    const cJSON *word;

    cJSON_ArrayForEach(word, words)
    {
        const char *text = json_value_text(word, "punctuated_word");

        if (text == NULL)
            text = json_value_text(word, "word");
        if (text == NULL)
            foreign_json_error(f, "a word without its text");
        else
            word_joiner_add(
                &self->flow,
                &(struct word){
                    .text = text,
                    .bytes = strlen(text),
                    .speaker = speaker_of(f, word, channel),
                    .start_ms = foreign_json_seconds(f, json_value_get(word, "start")),
                    .end_ms = foreign_json_seconds(f, json_value_get(word, "end")),
                });
    }
    word_joiner_flush(&self->flow);
}

static void take_channel(struct foreign_json *f, const cJSON *value)
{
    struct deepgram *self = f->state;
    const cJSON *best = cJSON_GetArrayItem(json_value_get(value, "alternatives"), 0);
    const cJSON *paragraphs = json_value_get(json_value_get(best, "paragraphs"), "paragraphs");
    unsigned channel = self->channels++;

    foreign_json_field(f, FIELD_LANGUAGE, value, "detected_language");
    if (!cJSON_IsObject(value))
        foreign_json_error(f, "a channel without \"alternatives\"");
    if (self->utterances)
        return;
    if (cJSON_GetArraySize(paragraphs) > 0)
        take_sentences(f, paragraphs, channel);
    else
        take_words(f, json_value_get(best, "words"), channel);
}

static bool take_utterance(struct foreign_json *f, const cJSON *value, struct error *err)
{
    struct deepgram *self = f->state;
    const char *transcript = json_value_text(value, "transcript");
    const cJSON *channel = json_value_get(value, "channel");
    bool other = cJSON_IsNumber(channel) && channel->valuedouble > 0 &&
                 channel->valuedouble < 1000;
    int64_t end_ms;

    if (!self->utterances)
        self->said_ms = TIME_NONE;
    self->utterances = true;
    if (transcript == NULL) {
        foreign_json_error(f, "an utterance without \"transcript\"");
        return true;
    }
    end_ms = foreign_json_seconds(f, json_value_get(value, "end"));
    self->said_ms = end_ms > self->said_ms ? end_ms : self->said_ms;
    return foreign_json_append(
        f, transcript, speaker_of(f, value, other ? (unsigned)channel->valuedouble : 0),
        foreign_json_seconds(f, json_value_get(value, "start")), end_ms, err);
}

static bool deepgram_take(struct foreign_json *f, const cJSON *value, struct error *err)
{
    if (strcmp(f->path, "results.utterances") == 0)
        return take_utterance(f, value, err);
    take_channel(f, value);
    return true;
}

static bool deepgram_finish(struct foreign_json *f, struct error *err)
{
    struct deepgram *self = f->state;

    if (self->utterances && !f->ended_early)
        return true;
    if (self->utterances)
        segment_queue_keep_after(&self->flow.out, self->said_ms);
    if (self->channels > 1)
        segment_queue_sort(&self->flow.out);
    return segment_queue_emit(&self->flow.out, f->context, err);
}

static const char *const deepgram_arrays[] = {"results.channels", "results.utterances", NULL};
static const char *const deepgram_members[] = {NULL};

static const struct foreign_json_format deepgram_format = {
    .arrays = deepgram_arrays,
    .members = deepgram_members,
    .state_bytes = sizeof(struct deepgram),
    .take = deepgram_take,
    .finish = deepgram_finish,
    .release = deepgram_release};

static void *deepgram_open(void)
{
    return foreign_json_open(&deepgram_format);
}

static int deepgram_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    return json_probe_type(head, bytes, "results.channels") == '[' ||
                   json_probe_type(head, bytes, "results.utterances") == '['
               ? CONFIDENCE_CERTAIN - 1
               : CONFIDENCE_NO;
}

const struct reader_ops reader_deepgram = {
    .name = "deepgram",
    .title = "Deepgram JSON",
    .detect = deepgram_detect,
    .open = deepgram_open,
    .next = foreign_json_next,
    .close = foreign_json_close,
};
