/* AssemblyAI. Times are milliseconds. Utterances name speakers and are there if asked for;
 * they stand below the words, which therefore wait; a transcript without either has a text. */
#include "formats/readers.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "formats/json/foreign_json.h"
#include "formats/json/json_probe.h"
#include "formats/json/json_value.h"

struct assemblyai {
    struct word_joiner words;
    struct buffer text;
    bool utterances; /* were seen: the words only repeat them */
    int64_t said_ms; /* the end of the last of them */
};

static void assemblyai_release(void *state)
{
    struct assemblyai *self = state;

    word_joiner_release(&self->words);
    buffer_release(&self->text);
}

static void take_word(struct foreign_json *f, const cJSON *value)
{
    struct assemblyai *self = f->state;
    const char *text = json_value_text(value, "text");

    if (text == NULL)
        foreign_json_error(f, "a word without \"text\"");
    else
        word_joiner_add(
            &self->words,
            &(struct word){.text = text,
                           .bytes = strlen(text),
                           .speaker = foreign_json_speaker(f, json_value_get(value, "speaker")),
                           .start_ms = foreign_json_units(f, json_value_get(value, "start"), 1),
                           .end_ms = foreign_json_units(f, json_value_get(value, "end"), 1)});
}

static bool take_utterance(struct foreign_json *f, const cJSON *value, struct error *err)
{
    struct assemblyai *self = f->state;
    const char *text = json_value_text(value, "text");
    int64_t end_ms;

    if (!self->utterances)
        self->said_ms = TIME_NONE;
    self->utterances = true;
    if (text == NULL) {
        foreign_json_error(f, "an utterance without \"text\"");
        return true;
    }
    end_ms = foreign_json_units(f, json_value_get(value, "end"), 1);
    self->said_ms = end_ms > self->said_ms ? end_ms : self->said_ms;
    return foreign_json_append(
        f, text, foreign_json_speaker(f, json_value_get(value, "speaker")),
        foreign_json_units(f, json_value_get(value, "start"), 1), end_ms, err);
}

/* An unfinished or failed job says so instead of a transcript. */
static void take_status(struct foreign_json *f, const char *status)
{
    if (strcmp(status, "completed") != 0)
        diagnostics_add(f->context->diagnostics, SEVERITY_WARNING, f->line, f->column,
                        "the job's status is '%.60s'", status);
}

static bool assemblyai_take(struct foreign_json *f, const cJSON *value, struct error *err)
{
    struct assemblyai *self = f->state;

    if (strcmp(f->path, "words") == 0) {
        take_word(f, value);
    } else if (strcmp(f->path, "utterances") == 0) {
        /* Null where nobody asked for speakers. */
        return cJSON_IsNull(value) || take_utterance(f, value, err);
    } else if (!cJSON_IsString(value)) {
        return true;
    } else if (strcmp(f->path, "text") == 0) {
        buffer_append_string(&self->text, value->valuestring);
    } else if (strcmp(f->path, "status") == 0) {
        take_status(f, value->valuestring);
    } else if (strcmp(f->path, "error") == 0) {
        diagnostics_add(f->context->diagnostics, SEVERITY_WARNING, f->line, f->column,
                        "the service says: %.100s", value->valuestring);
    } else {
        foreign_json_set(f, FIELD_LANGUAGE, value);
    }
    return true;
}

static bool assemblyai_finish(struct foreign_json *f, struct error *err)
{
    struct assemblyai *self = f->state;

    if (self->utterances && !f->ended_early)
        return true;
    word_joiner_flush(&self->words);
    if (self->utterances) {
        segment_queue_keep_after(&self->words.out, self->said_ms);
        return segment_queue_emit(&self->words.out, f->context, err);
    }
    if (self->words.out.count > 0 || self->text.bytes == 0)
        return segment_queue_emit(&self->words.out, f->context, err);
    return foreign_json_append(f, self->text.data, SPEAKER_NONE, TIME_NONE, TIME_NONE, err);
}

static const char *const assemblyai_arrays[] = {"words", "utterances", NULL};
static const char *const assemblyai_members[] = {"text",          "status",     "error",
                                                 "language_code", "utterances", NULL};

static const struct foreign_json_format assemblyai_format = {
    .arrays = assemblyai_arrays,
    .members = assemblyai_members,
    .state_bytes = sizeof(struct assemblyai),
    .take = assemblyai_take,
    .finish = assemblyai_finish,
    .release = assemblyai_release};

static void *assemblyai_open(void)
{
    return foreign_json_open(&assemblyai_format);
}

static int assemblyai_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    if (json_probe_has(head, bytes, "acoustic_model") ||
        json_probe_has(head, bytes, "audio_url") || json_probe_has(head, bytes, "utterances"))
        return json_probe_has(head, bytes, "text") || json_probe_has(head, bytes, "status") ||
                       json_probe_has(head, bytes, "utterances.0.text")
                   ? CONFIDENCE_CERTAIN - 1
                   : CONFIDENCE_NO;
    return CONFIDENCE_NO;
}

const struct reader_ops reader_assemblyai = {
    .name = "assemblyai",
    .title = "AssemblyAI JSON",
    .detect = assemblyai_detect,
    .open = assemblyai_open,
    .next = foreign_json_next,
    .close = foreign_json_close,
};
