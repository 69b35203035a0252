/* A list of utterances in JSON, as many programs write one without further ado: objects with
 * words and a start or a speaker, in an array of a usual name or alone. The surest readers,
 * which know a program by its own members, come first; this one takes what is left.
 *
 *   [{"text": "…", "start": 0.5, "duration": 1.2}]
 *   {"utterances": [{"speaker": "Ann", "transcript": "…", "start_time": "0:00:05"}]}
 *
 * Invariant: elements are taken from the array that the first of them stands in, and no other.
 */
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "formats/json/foreign_json.h"
#include "formats/json/json_probe.h"
#include "formats/json/json_value.h"
#include "formats/readers.h"
#include "shilu/base/memory.h"

/* A few words that last longer than this in seconds are told in milliseconds. */
enum { SENTENCE_SECONDS_MAX = 300, SENTENCE_BYTES_MAX = 400 };

static const char *const arrays[] = {"",
                                     "segments",
                                     "utterances",
                                     "transcript",
                                     "transcripts",
                                     "transcription",
                                     "sentences",
                                     "content",
                                     "captions",
                                     "subtitles",
                                     "cues",
                                     "items",
                                     "messages",
                                     "data",
                                     "results",
                                     "words",
                                     "transcript.segments",
                                     "transcription.segments",
                                     "transcription.utterances",
                                     "result.segments",
                                     "result.utterances",
                                     "result.transcription.utterances",
                                     "data.segments",
                                     "data.utterances",
                                     NULL};
static const char *const members[] = {"title", "name",          "language",
                                      "lang",  "language_code", NULL};
static const char *const text_names[] = {"text",      "transcript", "sentence", "content",
                                         "utterance", "body",       "caption",  "subtitle",
                                         "message",   NULL};
/* Names before labels. */
static const char *const speaker_names[] = {
    "speaker_name", "speakerName",   "participant",  "speaker",    "author",    "who",
    "name",         "speaker_label", "speakerLabel", "speaker_id", "speakerId", NULL};
static const char *const start_names[] = {"start", "start_time", "startTime", "begin", "from",
                                          "time",  "timestamp",  "ts",        NULL};
static const char *const start_ms_names[] = {"startMs", "start_ms", "startTimeMs",
                                             "offset",  "offsetMs", NULL};
static const char *const end_names[] = {"end", "end_time", "endTime", "endtime",
                                        "to",  "stop",     "end_ts",  NULL};
static const char *const end_ms_names[] = {"endMs", "end_ms", "endTimeMs", NULL};
static const char *const length_names[] = {"duration", "dur", NULL};
static const char *const length_ms_names[] = {"durationMs", "duration_ms", NULL};

struct utterance_list {
    char *path; /* owned: of the array; NULL: none yet */
    bool in_ms; /* what looks like seconds is milliseconds */
    bool unit_reported;
};

static const cJSON *get_any(const cJSON *object, const char *const *names)
{
    const cJSON *value = NULL;

    for (; value == NULL && *names != NULL; names++) {
        value = json_value_get(object, *names);
        if (!json_value_is_given(value))
            value = NULL;
    }
    return value;
}

static int64_t take_time(struct foreign_json *f, const cJSON *value, const char *const *names,
                         const char *const *names_ms)
{
    const struct utterance_list *self = f->state;
    const cJSON *in_ms = get_any(value, names_ms);
    const cJSON *in_seconds = in_ms == NULL ? get_any(value, names) : NULL;

    if (in_seconds != NULL && self->in_ms && cJSON_IsNumber(in_seconds))
        return foreign_json_units(f, in_seconds, 1);
    if (in_seconds != NULL)
        return foreign_json_seconds(f, in_seconds);
    return in_ms != NULL ? foreign_json_units(f, in_ms, 1) : TIME_NONE;
}

/* A length counts as the start does. */
static int64_t take_length(struct foreign_json *f, const cJSON *value)
{
    const cJSON *length = get_any(value, length_names);

    if (length != NULL && get_any(value, start_ms_names) != NULL)
        return foreign_json_units(f, length, 1);
    return take_time(f, value, length_names, length_ms_names);
}

static int64_t take_end(struct foreign_json *f, const cJSON *value, int64_t start_ms)
{
    int64_t end_ms = take_time(f, value, end_names, end_ms_names);

    return end_ms != TIME_NONE ? end_ms : json_value_end_ms(start_ms, take_length(f, value));
}

static bool lasts_too_long(int64_t start_ms, int64_t end_ms, const char *text)
{
    return start_ms != TIME_NONE && end_ms != TIME_NONE &&
           (end_ms - start_ms) / 1000 > SENTENCE_SECONDS_MAX &&
           strlen(text) < SENTENCE_BYTES_MAX;
}

/* The first utterance with both times settles their unit. */
static void settle_unit(struct foreign_json *f, const cJSON *value, const char *text,
                        int64_t *start_ms, int64_t *end_ms)
{
    struct utterance_list *self = f->state;

    if (self->unit_reported || *start_ms == TIME_NONE || *end_ms == TIME_NONE)
        return;
    self->unit_reported = true;
    if (!lasts_too_long(*start_ms, *end_ms, text))
        return;
    self->in_ms = true;
    diagnostics_add(f->context->diagnostics, SEVERITY_NOTE, f->line, f->column,
                    "times are taken for milliseconds");
    *start_ms = take_time(f, value, start_names, start_ms_names);
    *end_ms = take_end(f, value, *start_ms);
}

static uint32_t take_speaker(struct foreign_json *f, const cJSON *value)
{
    const cJSON *speaker = get_any(value, speaker_names);

    if (cJSON_IsObject(speaker))
        speaker = get_any(speaker, speaker_names);
    return foreign_json_speaker(f, speaker);
}

static bool take_field(struct foreign_json *f, const cJSON *value)
{
    if (strcmp(f->path, "title") == 0 || strcmp(f->path, "name") == 0)
        foreign_json_set(f, FIELD_TITLE, value);
    else if (strncmp(f->path, "lang", 4) == 0)
        foreign_json_set(f, FIELD_LANGUAGE, value);
    else
        return false;
    return true;
}

static bool utterance_list_take(struct foreign_json *f, const cJSON *value, struct error *err)
{
    struct utterance_list *self = f->state;
    const cJSON *text = get_any(value, text_names);
    int64_t start_ms, end_ms;

    if (take_field(f, value) || (self->path != NULL && strcmp(self->path, f->path) != 0))
        return true;
    if (!cJSON_IsString(text)) {
        if (self->path != NULL)
            foreign_json_error(f, "an utterance without words");
        return true;
    }
    if (self->path == NULL)
        self->path = memory_strdup(f->path);
    start_ms = take_time(f, value, start_names, start_ms_names);
    end_ms = take_end(f, value, start_ms);
    settle_unit(f, value, text->valuestring, &start_ms, &end_ms);
    return foreign_json_append(f, text->valuestring, take_speaker(f, value), start_ms, end_ms,
                               err);
}

static void utterance_list_release(void *state)
{
    struct utterance_list *self = state;

    free(self->path);
}

static const struct foreign_json_format utterance_list_format = {
    .arrays = arrays,
    .members = members,
    .state_bytes = sizeof(struct utterance_list),
    .take = utterance_list_take,
    .release = utterance_list_release};

static void *utterance_list_open(void)
{
    return foreign_json_open(&utterance_list_format);
}

/* Whether the first element of the array has a member of one of these names. */
static bool has_any(const char *head, size_t bytes, const char *array, const char *const *names,
                    bool string)
{
    char path[96];

    for (; *names != NULL; names++) {
        char type;

        snprintf(path, sizeof path, "%s%s0.%s", array, *array != '\0' ? "." : "", *names);
        type = json_probe_type(head, bytes, path);
        if (type == '"' || (!string && type != '\0'))
            return true;
    }
    return false;
}

static int utterance_list_detect(const char *head, size_t bytes, bool whole)
{
    const char *const *array;

    (void)whole;
    for (array = arrays; *array != NULL; array++) {
        if (has_any(head, bytes, *array, text_names, true) &&
            (has_any(head, bytes, *array, start_names, false) ||
             has_any(head, bytes, *array, start_ms_names, false) ||
             has_any(head, bytes, *array, speaker_names, false)))
            return CONFIDENCE_MAYBE;
    }
    return CONFIDENCE_NO;
}

const struct reader_ops reader_utterance_list = {
    .name = "utterances",
    .title = "list of utterances in JSON",
    .detect = utterance_list_detect,
    .open = utterance_list_open,
    .next = foreign_json_next,
    .close = foreign_json_close,
};
