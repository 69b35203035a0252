/* Whisper and its descendants: the command line tool's JSON, dumps of faster-whisper's and
 * whisper-timestamped's segments, the chunks of the Transformers pipeline; WhisperX, which
 * names speakers; whisper.cpp, which has milliseconds and its own names. One segment each;
 * words are only asked for the speaker. */
#include "formats/readers.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "formats/json/foreign_json.h"
#include "formats/json/json_probe.h"
#include "formats/json/json_value.h"

/* Where only words have speakers, the first that has one speaks. */
static const cJSON *speaker_of(const cJSON *segment)
{
    const cJSON *speaker = json_value_get(segment, "speaker");
    const cJSON *word;

    if (json_value_is_given(speaker))
        return speaker;
    cJSON_ArrayForEach(word, json_value_get(segment, "words"))
    {
        speaker = json_value_get(word, "speaker");
        if (json_value_is_given(speaker))
            return speaker;
    }
    return NULL;
}

static bool take_segment(struct foreign_json *f, const cJSON *segment, struct error *err)
{
    const cJSON *pair = json_value_get(segment, "timestamp");
    const char *text = json_value_text(segment, "text");
    const cJSON *start = json_value_get(segment, "start");
    const cJSON *end = json_value_get(segment, "end");

    if (text == NULL) {
        foreign_json_error(f, "a segment without \"text\"");
        return true;
    }
    if (cJSON_IsArray(pair)) {
        start = cJSON_GetArrayItem(pair, 0);
        end = cJSON_GetArrayItem(pair, 1);
    }
    return foreign_json_append(f, text, foreign_json_speaker(f, speaker_of(segment)),
                               foreign_json_seconds(f, start), foreign_json_seconds(f, end),
                               err);
}

static bool whisper_take(struct foreign_json *f, const cJSON *value, struct error *err)
{
    if (strcmp(f->path, "language") == 0) {
        foreign_json_set(f, FIELD_LANGUAGE, value);
        return true;
    }
    return take_segment(f, value, err);
}

static const char *const whisper_arrays[] = {"", "segments", "chunks", NULL};
static const char *const whisper_members[] = {"language", NULL};

static const struct foreign_json_format whisper_format = {
    .arrays = whisper_arrays, .members = whisper_members, .take = whisper_take};

static void *whisper_open(void)
{
    return foreign_json_open(&whisper_format);
}

static bool has_timed_text(const char *head, size_t bytes, const char *const paths[3])
{
    return json_probe_type(head, bytes, paths[0]) == '"' &&
           json_probe_has(head, bytes, paths[1]) && json_probe_has(head, bytes, paths[2]);
}

static bool is_whisperx(const char *head, size_t bytes)
{
    return json_probe_has(head, bytes, "segments.0.words.0.score") ||
           json_probe_type(head, bytes, "word_segments") == '[' ||
           (json_probe_has(head, bytes, "segments.0.speaker") &&
            json_probe_has(head, bytes, "segments.0.words.0.word"));
}

static int whisper_detect(const char *head, size_t bytes, bool whole)
{
    static const char *const in_segments[] = {"segments.0.text", "segments.0.start",
                                              "segments.0.end"};
    static const char *const in_array[] = {"0.text", "0.start", "0.end"};
    static const char *const in_chunks[] = {"chunks.0.text", "chunks.0.timestamp.0",
                                            "chunks.0.timestamp"};
    static const char *const in_chunk_array[] = {"0.text", "0.timestamp.0", "0.timestamp"};

    (void)whole;
    if (json_probe_has(head, bytes, "format")) /* of this program's own kind */
        return CONFIDENCE_NO;
    if (json_probe_has(head, bytes, "segments.0.seek"))
        return CONFIDENCE_CERTAIN - 1;
    if (has_timed_text(head, bytes, in_chunks) || has_timed_text(head, bytes, in_segments))
        return CONFIDENCE_STRONG;
    return has_timed_text(head, bytes, in_array) || has_timed_text(head, bytes, in_chunk_array)
               ? CONFIDENCE_LIKELY
               : CONFIDENCE_NO;
}

const struct reader_ops reader_whisper = {
    .name = "whisper",
    .title = "Whisper JSON",
    .detect = whisper_detect,
    .open = whisper_open,
    .next = foreign_json_next,
    .close = foreign_json_close,
};

static int whisperx_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    return json_probe_type(head, bytes, "segments.0.text") == '"' && is_whisperx(head, bytes)
               ? CONFIDENCE_CERTAIN - 1
               : CONFIDENCE_NO;
}

const struct reader_ops reader_whisperx = {
    .name = "whisperx",
    .title = "WhisperX JSON",
    .detect = whisperx_detect,
    .open = whisper_open,
    .next = foreign_json_next,
    .close = foreign_json_close,
};

/* whisper.cpp */

/* In milliseconds, else as a clock reading: who edits the one may not know of the other. */
static int64_t cpp_time(struct foreign_json *f, const cJSON *segment, const char *which)
{
    const cJSON *offset = json_value_get(json_value_get(segment, "offsets"), which);
    const cJSON *clock = json_value_get(json_value_get(segment, "timestamps"), which);

    return json_value_is_given(offset) ? foreign_json_units(f, offset, 1)
                                       : foreign_json_seconds(f, clock);
}

static bool cpp_take(struct foreign_json *f, const cJSON *value, struct error *err)
{
    const char *text = json_value_text(value, "text");

    if (strcmp(f->path, "result") == 0) {
        foreign_json_field(f, FIELD_LANGUAGE, value, "language");
        return true;
    }
    if (text == NULL) {
        foreign_json_error(f, "a segment without \"text\"");
        return true;
    }
    return foreign_json_append(f, text,
                               foreign_json_speaker(f, json_value_get(value, "speaker")),
                               cpp_time(f, value, "from"), cpp_time(f, value, "to"), err);
}

static const char *const cpp_arrays[] = {"transcription", NULL};
static const char *const cpp_members[] = {"result", NULL};

static const struct foreign_json_format cpp_format = {
    .arrays = cpp_arrays, .members = cpp_members, .take = cpp_take};

static void *cpp_open(void)
{
    return foreign_json_open(&cpp_format);
}

static int cpp_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    if (json_probe_type(head, bytes, "transcription") != '[')
        return CONFIDENCE_NO;
    return json_probe_has(head, bytes, "systeminfo") ||
                   json_probe_has(head, bytes, "transcription.0.offsets.from")
               ? CONFIDENCE_CERTAIN - 1
               : CONFIDENCE_NO;
}

const struct reader_ops reader_whisper_cpp = {
    .name = "whisper-cpp",
    .title = "whisper.cpp JSON",
    .detect = cpp_detect,
    .open = cpp_open,
    .next = foreign_json_next,
    .close = foreign_json_close,
};
