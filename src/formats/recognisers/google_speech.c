/* Google Speech-to-Text. Each result is some sentences. With diarization the last result has
 * every word of the recording once more, with its speaker, so results wait to the end: then
 * they are the transcript, or those words are. */
#include "formats/readers.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "formats/json/foreign_json.h"
#include "formats/json/json_probe.h"
#include "formats/json/json_value.h"

struct google {
    struct segment_queue results;
    struct word_joiner words; /* of the last result whose words have speakers */
    bool diarized;
    int64_t end_ms; /* of the last result */
};

static void google_release(void *state)
{
    struct google *self = state;

    segment_queue_release(&self->results);
    word_joiner_release(&self->words);
}

/* Seconds and nanoseconds that are both zero are both left out. */
static bool is_zero(const cJSON *time)
{
    return cJSON_IsObject(time) && time->child == NULL;
}

/* Version 1 says startTime and endTime, version 2 startOffset and endOffset. */
static int64_t end_of(struct foreign_json *f, const cJSON *word)
{
    return foreign_json_seconds(f, json_value_get_either(word, "endTime", "endOffset"));
}

/* Where words have times, a start of zero is left out. */
static int64_t start_of(struct foreign_json *f, const cJSON *word)
{
    const cJSON *start = json_value_get_either(word, "startTime", "startOffset");

    if (start != NULL)
        return is_zero(start) ? 0 : foreign_json_seconds(f, start);
    return json_value_get_either(word, "endTime", "endOffset") != NULL ? 0 : TIME_NONE;
}

static const cJSON *speaker_of(const cJSON *word)
{
    return json_value_get_either(word, "speakerTag", "speakerLabel");
}

/* Tag 0 is "not told apart". */
static bool has_speakers(const cJSON *words)
{
    const cJSON *word;

    cJSON_ArrayForEach(word, words)
    {
        const cJSON *speaker = speaker_of(word);

        if (cJSON_IsString(speaker) || (cJSON_IsNumber(speaker) && speaker->valuedouble > 0))
            return true;
    }
    return false;
}

/* A word less what its Japanese models leave in it: "▁今日", "今日|キョウ". */
static const char *bare_word(const cJSON *word, size_t *bytes)
{
    static const char mark[] = "▁";
    const char *text = json_value_text(word, "word");

    if (text == NULL)
        return NULL;
    if (strncmp(text, mark, sizeof mark - 1) == 0)
        text += sizeof mark - 1;
    *bytes = strcspn(text, "|");
    return text;
}

static void take_words(struct foreign_json *f, const cJSON *words)
{
    struct google *self = f->state;
    const cJSON *word;

    word_joiner_release(&self->words);
    self->words = (struct word_joiner){0};
    self->diarized = true;
    cJSON_ArrayForEach(word, words)
    {
        size_t bytes;
        const char *text = bare_word(word, &bytes);

        if (text == NULL)
            foreign_json_error(f, "a word without its text");
        else
            word_joiner_add(&self->words,
                            &(struct word){.text = text,
                                           .bytes = bytes,
                                           .speaker = foreign_json_speaker(f, speaker_of(word)),
                                           .start_ms = start_of(f, word),
                                           .end_ms = end_of(f, word)});
    }
}

static void hold_result(struct foreign_json *f, const cJSON *result, const char *transcript,
                        const cJSON *words)
{
    struct google *self = f->state;
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    int count = cJSON_GetArraySize(words);

    draft.text = transcript;
    draft.text_bytes = strlen(transcript);
    draft.piece = true;
    if (count > 0) {
        draft.start_ms = start_of(f, cJSON_GetArrayItem(words, 0));
        draft.end_ms = end_of(f, cJSON_GetArrayItem(words, count - 1));
    } else {
        draft.start_ms = self->end_ms;
        draft.end_ms = foreign_json_seconds(
            f, json_value_get_either(result, "resultEndTime", "resultEndOffset"));
    }
    foreign_json_check_end(f, draft.start_ms, &draft.end_ms);
    self->end_ms = draft.end_ms;
    segment_queue_add(&self->results, &draft);
}

static bool google_take(struct foreign_json *f, const cJSON *value, struct error *err)
{
    const cJSON *best = cJSON_GetArrayItem(json_value_get(value, "alternatives"), 0);
    const char *transcript = json_value_text(best, "transcript");
    const cJSON *words = json_value_get(best, "words");

    (void)err;
    foreign_json_field(f, FIELD_LANGUAGE, value, "languageCode");
    if (has_speakers(words))
        take_words(f, words);
    else if (transcript != NULL)
        hold_result(f, value, transcript, words);
    else if (!cJSON_IsObject(value) || json_value_get(best, "transcript") != NULL)
        foreign_json_error(f, "a result without \"transcript\"");
    return true;
}

static bool google_finish(struct foreign_json *f, struct error *err)
{
    struct google *self = f->state;

    const struct segment_queue *words = &self->words.out;

    word_joiner_flush(&self->words);
    if (self->diarized && !f->ended_early)
        segment_queue_clear(&self->results);
    else if (self->diarized && words->count > 0)
        segment_queue_keep_after(&self->results, words->items[words->count - 1].end_ms);
    return segment_queue_emit(&self->words.out, f->context, err) &&
           segment_queue_emit(&self->results, f->context, err);
}

static const char *const google_arrays[] = {"results", "response.results", NULL};
static const char *const google_members[] = {NULL};

static const struct foreign_json_format google_format = {.arrays = google_arrays,
                                                         .members = google_members,
                                                         .state_bytes = sizeof(struct google),
                                                         .take = google_take,
                                                         .finish = google_finish,
                                                         .release = google_release};

static void *google_open(void)
{
    return foreign_json_open(&google_format);
}

/* IBM's results look the same but for their timestamps. */
static int google_detect(const char *head, size_t bytes, bool whole)
{
    static const char *const paths[] = {"results.0.alternatives.0.transcript",
                                        "results.0.alternatives.0.words",
                                        "response.results.0.alternatives.0.transcript",
                                        "response.results.0.alternatives.0.words"};
    size_t i;

    (void)whole;
    if (json_probe_has(head, bytes, "results.0.alternatives.0.timestamps") ||
        json_probe_has(head, bytes, "results.0.final"))
        return CONFIDENCE_NO;
    for (i = 0; i < sizeof paths / sizeof *paths; i++) {
        if (json_probe_has(head, bytes, paths[i]))
            return CONFIDENCE_STRONG;
    }
    return CONFIDENCE_NO;
}

const struct reader_ops reader_google_stt = {
    .name = "google-stt",
    .title = "Google Speech-to-Text JSON",
    .detect = google_detect,
    .open = google_open,
    .next = foreign_json_next,
    .close = foreign_json_close,
};
