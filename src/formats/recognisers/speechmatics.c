/* Speechmatics, version 1 (words and speakers side by side, with start and duration) and
 * version 2 (results that hold both); and Kaldi's words with a segmentation beside them. */
#include "formats/readers.h"

#include <cjson/cJSON.h>
#include <ctype.h>
#include <string.h>

#include "formats/json/foreign_json.h"
#include "formats/json/json_probe.h"
#include "formats/json/json_value.h"
#include "formats/recognisers/diarized_words.h"

static void speechmatics_release(void *state)
{
    diarized_words_release(state);
}

static bool speechmatics_finish(struct foreign_json *f, struct error *err)
{
    return diarized_words_finish(f->state, f->context, err);
}

/* One mark and nothing else; version 1 has no type. */
static bool is_mark(const char *text)
{
    return ispunct((unsigned char)text[0]) && text[1] == '\0';
}

/* Version 1 and Kaldi: {name, time, duration} or {word, punct, start, end}. */
static void take_word(struct foreign_json *f, const cJSON *value)
{
    const char *text = json_value_text(value, "name");
    struct word word = {.text = text};

    if (text == NULL)
        word.text = json_value_text(value, "punct");
    if (word.text == NULL)
        word.text = json_value_text(value, "word");
    if (word.text == NULL) {
        foreign_json_error(f, "a word without its text");
        return;
    }
    word.bytes = strlen(word.text);
    word.mark = is_mark(word.text);
    word.start_ms = foreign_json_seconds(f, json_value_get_either(value, "time", "start"));
    word.end_ms = foreign_json_seconds(f, json_value_get(value, "end"));
    if (text != NULL)
        word.end_ms = json_value_end_ms(
            word.start_ms, foreign_json_seconds(f, json_value_get(value, "duration")));
    diarized_words_add(f->state, &word, false);
}

/* {name, time} of version 1; {start, speaker: {"@id"}} of Kaldi's segmentation. */
static void take_label(struct foreign_json *f, const cJSON *value)
{
    const cJSON *name = json_value_get(value, "name");

    if (name == NULL)
        name = json_value_get(json_value_get(value, "speaker"), "@id");
    diarized_words_label(f->state,
                         foreign_json_seconds(f, json_value_get_either(value, "time", "start")),
                         foreign_json_speaker(f, name));
}

/* Version 2. "UU" is a speaker that could not be told; then the channel may
 * have a name. */
static void take_result(struct foreign_json *f, const cJSON *value)
{
    const cJSON *best = cJSON_GetArrayItem(json_value_get(value, "alternatives"), 0);
    const char *content = json_value_text(best, "content");
    const cJSON *speaker = json_value_get(best, "speaker");
    const char *type = json_value_text(value, "type");
    struct word word = {.text = content};

    if (content == NULL) {
        /* A change of speaker is a result without words. */
        if (!cJSON_IsObject(value) || json_value_get(value, "alternatives") != NULL)
            foreign_json_error(f, "a result without its text");
        return;
    }
    word.bytes = strlen(content);
    if (cJSON_IsString(speaker) && strcmp(speaker->valuestring, "UU") == 0)
        speaker = NULL;
    word.speaker = foreign_json_speaker(
        f, json_value_is_given(speaker) ? speaker : json_value_get(value, "channel"));
    word.start_ms = foreign_json_seconds(f, json_value_get(value, "start_time"));
    word.end_ms = foreign_json_seconds(f, json_value_get(value, "end_time"));
    word.mark = type != NULL && strcmp(type, "punctuation") == 0;
    diarized_words_add(f->state, &word, true);
    diarized_words_flow(f->state);
}

static bool speechmatics_take(struct foreign_json *f, const cJSON *value, struct error *err)
{
    struct diarized_words *self = f->state;

    if (strcmp(f->path, "metadata") == 0)
        foreign_json_field(f, FIELD_LANGUAGE, json_value_get(value, "transcription_config"),
                           "language");
    else if (strcmp(f->path, "results") == 0)
        take_result(f, value);
    else if (strcmp(f->path, "words") == 0 || strcmp(f->path, "retval.words") == 0)
        take_word(f, value);
    else
        take_label(f, value);
    return segment_queue_emit(&self->flow.out, f->context, err);
}

static const char *const speechmatics_arrays[] = {"words", "speakers", "results", NULL};
static const char *const speechmatics_members[] = {"metadata", NULL};
static const char *const no_members[] = {NULL};

static const struct foreign_json_format speechmatics_format = {
    .arrays = speechmatics_arrays,
    .members = speechmatics_members,
    .state_bytes = sizeof(struct diarized_words),
    .take = speechmatics_take,
    .finish = speechmatics_finish,
    .release = speechmatics_release};

static void *speechmatics_open(void)
{
    return foreign_json_open(&speechmatics_format);
}

static int speechmatics_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    if (json_probe_has(head, bytes, "results.0.alternatives.0.content") ||
        (json_probe_has(head, bytes, "words.0.name") &&
         json_probe_has(head, bytes, "words.0.duration")))
        return CONFIDENCE_CERTAIN - 1;
    return json_probe_has(head, bytes, "speakers.0.duration") &&
                   json_probe_has(head, bytes, "speakers.0.time")
               ? CONFIDENCE_STRONG
               : CONFIDENCE_NO;
}

const struct reader_ops reader_speechmatics = {
    .name = "speechmatics",
    .title = "Speechmatics JSON",
    .detect = speechmatics_detect,
    .open = speechmatics_open,
    .next = foreign_json_next,
    .close = foreign_json_close,
};

static const char *const kaldi_arrays[] = {"words", "segmentation.segments", "retval.words",
                                           "retval.segmentation.segments", NULL};

static const struct foreign_json_format kaldi_format = {
    .arrays = kaldi_arrays,
    .members = no_members,
    .state_bytes = sizeof(struct diarized_words),
    .take = speechmatics_take,
    .finish = speechmatics_finish,
    .release = speechmatics_release};

static void *kaldi_open(void)
{
    return foreign_json_open(&kaldi_format);
}

static int kaldi_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    if (json_probe_has(head, bytes, "retval.words.0.word") ||
        json_probe_has(head, bytes, "segmentation.segments.0.start"))
        return CONFIDENCE_CERTAIN - 1;
    return json_probe_has(head, bytes, "words.0.punct") &&
                   json_probe_has(head, bytes, "words.0.start")
               ? CONFIDENCE_STRONG
               : CONFIDENCE_NO;
}

const struct reader_ops reader_kaldi = {
    .name = "kaldi",
    .title = "Kaldi JSON",
    .detect = kaldi_detect,
    .open = kaldi_open,
    .next = foreign_json_next,
    .close = foreign_json_close,
};
