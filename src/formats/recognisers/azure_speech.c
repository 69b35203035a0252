/* Azure Speech: batch (recognizedPhrases), real time (an array of results) and fast
 * transcription (phrases). Batch lists one channel after the other, so phrases wait and are
 * put in order of time. */
#include "formats/readers.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

#include "formats/json/foreign_json.h"
#include "formats/json/json_probe.h"
#include "formats/json/json_value.h"

/* Of 100 ns each. */
static const double TICKS_PER_MS = 10000;

struct azure {
    struct segment_queue phrases;
};

static void azure_release(void *state)
{
    struct azure *self = state;

    segment_queue_release(&self->phrases);
}

/* The likeliest reading: not all versions sort them. */
static const char *best_reading(const cJSON *phrase)
{
    const cJSON *readings = json_value_get_either(phrase, "nBest", "NBest");
    const cJSON *reading;
    const char *best = NULL;
    double best_confidence = -1;

    cJSON_ArrayForEach(reading, readings)
    {
        const cJSON *confidence = json_value_get_either(reading, "confidence", "Confidence");
        const cJSON *shown = json_value_get_either(reading, "display", "Display");
        const cJSON *display = cJSON_IsString(shown)
                                   ? shown
                                   : json_value_get_either(reading, "lexical", "Lexical");
        double sure = cJSON_IsNumber(confidence) ? confidence->valuedouble : 0;

        if (cJSON_IsString(display) && sure > best_confidence) {
            best = display->valuestring;
            best_confidence = sure;
        }
    }
    if (best == NULL)
        best = json_value_text(phrase, "DisplayText");
    return best != NULL ? best : json_value_text(phrase, "text");
}

/* A moment in whichever unit this version has it. */
static int64_t moment_of(struct foreign_json *f, const cJSON *phrase, const char *milliseconds,
                         const char *ticks, const char *realtime_ticks, const char *period)
{
    int64_t ms = foreign_json_units(f, json_value_get(phrase, milliseconds), 1);

    if (ms == TIME_NONE)
        ms = foreign_json_units(f, json_value_get_either(phrase, ticks, realtime_ticks),
                                TICKS_PER_MS);
    return ms != TIME_NONE ? ms : foreign_json_seconds(f, json_value_get(phrase, period));
}

/* A channel above the first is somebody else, where nobody is named. */
static uint32_t speaker_of(struct foreign_json *f, const cJSON *phrase)
{
    const cJSON *speaker = json_value_get_either(phrase, "speaker", "SpeakerId");
    const cJSON *channel = json_value_get(phrase, "channel");
    char name[32];

    if (cJSON_IsString(speaker) && strcmp(speaker->valuestring, "Unknown") == 0)
        return SPEAKER_NONE;
    if (speaker != NULL)
        return foreign_json_speaker(f, speaker);
    if (!cJSON_IsNumber(channel) || !(channel->valuedouble > 0 && channel->valuedouble < 1000))
        return SPEAKER_NONE;
    snprintf(name, sizeof name, "Channel %d", (int)channel->valuedouble);
    return drafts_speaker(f->context->drafts, &(struct speaker_label){.name = name});
}

/* Silence and noise are listed as well. */
static bool was_detectd(const cJSON *phrase)
{
    const cJSON *status = json_value_get_either(phrase, "recognitionStatus",
                                                "RecognitionStatus");

    return !cJSON_IsString(status) || strcmp(status->valuestring, "Success") == 0;
}

static bool azure_take(struct foreign_json *f, const cJSON *value, struct error *err)
{
    struct azure *self = f->state;
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    const char *text = best_reading(value);

    (void)err;
    foreign_json_field(f, FIELD_LANGUAGE, value, "locale");
    if (text == NULL) {
        if (was_detectd(value))
            foreign_json_error(f, "a phrase without its text");
        return true;
    }
    draft.text = text;
    draft.text_bytes = strlen(text);
    draft.speaker = speaker_of(f, value);
    draft.piece = true;
    draft.start_ms = moment_of(f, value, "offsetMilliseconds", "offsetInTicks", "Offset",
                               "offset");
    draft.end_ms = json_value_end_ms(
        draft.start_ms,
        moment_of(f, value, "durationMilliseconds", "durationInTicks", "Duration", "duration"));
    foreign_json_check_end(f, draft.start_ms, &draft.end_ms);
    segment_queue_add(&self->phrases, &draft);
    return true;
}

static bool azure_finish(struct foreign_json *f, struct error *err)
{
    struct azure *self = f->state;

    segment_queue_sort(&self->phrases);
    return segment_queue_emit(&self->phrases, f->context, err);
}

static const char *const azure_arrays[] = {"", "recognizedPhrases", "phrases", NULL};
static const char *const azure_members[] = {NULL};

static const struct foreign_json_format azure_format = {.arrays = azure_arrays,
                                                        .members = azure_members,
                                                        .state_bytes = sizeof(struct azure),
                                                        .take = azure_take,
                                                        .finish = azure_finish,
                                                        .release = azure_release};

static void *azure_open(void)
{
    return foreign_json_open(&azure_format);
}

static int azure_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    return json_probe_type(head, bytes, "recognizedPhrases") == '[' ||
                   json_probe_type(head, bytes, "combinedRecognizedPhrases") == '[' ||
                   json_probe_has(head, bytes, "0.RecognitionStatus") ||
                   json_probe_type(head, bytes, "0.NBest") == '[' ||
                   json_probe_type(head, bytes, "combinedPhrases") == '[' ||
                   json_probe_has(head, bytes, "phrases.0.offsetMilliseconds")
               ? CONFIDENCE_CERTAIN - 1
               : CONFIDENCE_NO;
}

const struct reader_ops reader_azure_stt = {
    .name = "azure-stt",
    .title = "Azure Speech JSON",
    .detect = azure_detect,
    .open = azure_open,
    .next = foreign_json_next,
    .close = foreign_json_close,
};
