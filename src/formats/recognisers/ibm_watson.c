/* IBM Watson Speech to Text: results with timed words [word, from, to], and who speaks joined
 * by the start of a word. Some tools keep the answers in an array `results` of their own. */
#include "formats/readers.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "formats/json/foreign_json.h"
#include "formats/json/json_probe.h"
#include "formats/json/json_value.h"
#include "formats/recognisers/diarized_words.h"

static void ibm_release(void *state)
{
    diarized_words_release(state);
}

static void take_label(struct foreign_json *f, const cJSON *label)
{
    diarized_words_label(f->state, foreign_json_seconds(f, json_value_get(label, "from")),
                         foreign_json_speaker(f, json_value_get(label, "speaker")));
}

static void take_timestamps(struct foreign_json *f, const cJSON *timestamps)
{
    const cJSON *stamp;

    cJSON_ArrayForEach(stamp, timestamps)
    {
        const cJSON *text = cJSON_GetArrayItem(stamp, 0);

        if (cJSON_IsString(text))
            diarized_words_add(
                f->state,
                &(struct word){
                    .text = text->valuestring,
                    .bytes = strlen(text->valuestring),
                    .start_ms = foreign_json_seconds(f, cJSON_GetArrayItem(stamp, 1)),
                    .end_ms = foreign_json_seconds(f, cJSON_GetArrayItem(stamp, 2)),
                    .ends = stamp->next == NULL,
                },
                false);
        else
            foreign_json_error(f, "a timestamp without its word");
    }
}

static void take_result(struct foreign_json *f, const cJSON *result)
{
    const cJSON *best = cJSON_GetArrayItem(json_value_get(result, "alternatives"), 0);
    const cJSON *timestamps = json_value_get(best, "timestamps");
    const char *transcript = json_value_text(best, "transcript");

    if (cJSON_IsFalse(json_value_get(result, "final"))) /* said again when it is sure */
        return;
    if (cJSON_GetArraySize(timestamps) > 0)
        take_timestamps(f, timestamps);
    else if (transcript != NULL)
        diarized_words_add(f->state,
                           &(struct word){.text = transcript,
                                          .bytes = strlen(transcript),
                                          .start_ms = TIME_NONE,
                                          .end_ms = TIME_NONE,
                                          .ends = true},
                           false);
    else
        foreign_json_error(f, "a result without \"transcript\"");
}

static bool ibm_take(struct foreign_json *f, const cJSON *value, struct error *err)
{
    const cJSON *inner = json_value_get(value, "results");
    const cJSON *item;

    (void)err;
    if (strcmp(f->path, "speaker_labels") == 0) {
        take_label(f, value);
    } else if (cJSON_IsArray(inner)) {
        cJSON_ArrayForEach(item, json_value_get(value, "speaker_labels")) take_label(f, item);
        cJSON_ArrayForEach(item, inner) take_result(f, item);
    } else {
        take_result(f, value);
    }
    return true;
}

static bool ibm_finish(struct foreign_json *f, struct error *err)
{
    return diarized_words_finish(f->state, f->context, err);
}

static const char *const ibm_arrays[] = {"results", "speaker_labels", NULL};
static const char *const ibm_members[] = {NULL};

static const struct foreign_json_format ibm_format = {
    .arrays = ibm_arrays,
    .members = ibm_members,
    .state_bytes = sizeof(struct diarized_words),
    .take = ibm_take,
    .finish = ibm_finish,
    .release = ibm_release};

static void *ibm_open(void)
{
    return foreign_json_open(&ibm_format);
}

static int ibm_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    return json_probe_has(head, bytes, "results.0.alternatives.0.timestamps") ||
                   json_probe_has(head, bytes, "results.0.final") ||
                   json_probe_has(head, bytes, "speaker_labels.0.from") ||
                   json_probe_has(head, bytes, "results.0.speaker_labels.0.from") ||
                   json_probe_has(head, bytes, "results.0.results.0.alternatives")
               ? CONFIDENCE_STRONG
               : CONFIDENCE_NO;
}

const struct reader_ops reader_ibm_stt = {
    .name = "ibm-stt",
    .title = "IBM Watson Speech to Text JSON",
    .detect = ibm_detect,
    .open = ibm_open,
    .next = foreign_json_next,
    .close = foreign_json_close,
};
