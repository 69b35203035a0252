/* FunASR's results, with or without the sentences that name speakers; and the minutes of
 * Tencent Meeting's interface. Both count milliseconds. */
#include "formats/readers.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "formats/common/emit.h"
#include "formats/json/foreign_json.h"
#include "formats/json/json_probe.h"
#include "formats/json/json_value.h"
#include "shilu/base/buffer.h"

/* The text without the recogniser's tags, "<|zh|><|HAPPY|>". */
static void append_without_tags(struct buffer *out, const char *text)
{
    const char *open;
    const char *close;

    while ((open = strstr(text, "<|")) != NULL && (close = strstr(open, "|>")) != NULL) {
        buffer_append(out, text, (size_t)(open - text));
        text = close + 2;
    }
    buffer_append_string(out, text);
}

/* Without punctuation restored, its Chinese comes as "大家 好": those spaces are between
 * tokens. */
static void close_up(struct buffer *text)
{
    size_t kept = 0;
    size_t i;

    for (i = 0; i < text->bytes; i++) {
        if (text->data[i] == ' ' && kept > 0 && i + 1 < text->bytes &&
            !emit_needs_space(text->data, kept, text->data + i + 1, text->bytes - i - 1))
            continue;
        text->data[kept++] = text->data[i];
    }
    text->bytes = kept;
}

static bool append(struct foreign_json *f, const char *text, uint32_t speaker, int64_t start_ms,
                   int64_t end_ms, struct error *err)
{
    struct buffer clean = {0};
    bool ok;

    append_without_tags(&clean, text);
    close_up(&clean);
    buffer_append_char(&clean, '\0');
    ok = foreign_json_append(f, buffer_string(&clean), speaker, start_ms, end_ms, err);
    buffer_release(&clean);
    return ok;
}

static bool take_sentence(struct foreign_json *f, const cJSON *sentence, struct error *err)
{
    const cJSON *text = json_value_get_either(sentence, "text", "sentence");

    if (!cJSON_IsString(text)) {
        foreign_json_error(f, "a sentence without \"text\"");
        return true;
    }
    return append(f, text->valuestring,
                  foreign_json_speaker(f, json_value_get(sentence, "spk")),
                  foreign_json_units(f, json_value_get(sentence, "start"), 1),
                  foreign_json_units(f, json_value_get(sentence, "end"), 1), err);
}

static bool funasr_take(struct foreign_json *f, const cJSON *value, struct error *err)
{
    const cJSON *sentences = json_value_get(value, "sentence_info");
    const cJSON *stamps = json_value_get(value, "timestamp");
    const char *text = json_value_text(value, "text");
    const cJSON *sentence;
    const cJSON *last;

    if (strcmp(f->path, "sentence_info") == 0)
        return take_sentence(f, value, err);
    if (cJSON_GetArraySize(sentences) > 0) {
        cJSON_ArrayForEach(sentence, sentences)
        {
            if (!take_sentence(f, sentence, err))
                return false;
        }
        return true;
    }
    if (text == NULL) {
        foreign_json_error(f, "a result without \"text\"");
        return true;
    }
    last = cJSON_GetArrayItem(stamps, cJSON_GetArraySize(stamps) - 1);
    return append(
        f, text, SPEAKER_NONE,
        foreign_json_units(f, cJSON_GetArrayItem(cJSON_GetArrayItem(stamps, 0), 0), 1),
        foreign_json_units(f, cJSON_GetArrayItem(last, 1), 1), err);
}

static const char *const funasr_arrays[] = {"", "sentence_info", NULL};
static const char *const no_members[] = {NULL};

static const struct foreign_json_format funasr_format = {
    .arrays = funasr_arrays, .members = no_members, .take = funasr_take};

static void *funasr_open(void)
{
    return foreign_json_open(&funasr_format);
}

static int funasr_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    if (json_probe_type(head, bytes, "0.sentence_info") == '[' ||
        json_probe_has(head, bytes, "sentence_info.0.start"))
        return CONFIDENCE_CERTAIN - 1;
    return json_probe_has(head, bytes, "0.key") &&
                   json_probe_type(head, bytes, "0.text") == '"' &&
                   !json_probe_has(head, bytes, "0.start")
               ? CONFIDENCE_LIKELY + 5
               : CONFIDENCE_NO;
}

const struct reader_ops reader_funasr = {
    .name = "funasr",
    .title = "FunASR JSON",
    .detect = funasr_detect,
    .open = funasr_open,
    .next = foreign_json_next,
    .close = foreign_json_close,
};

/* Tencent Meeting */

static void append_sentence(struct foreign_json *f, struct buffer *text, const cJSON *sentence)
{
    struct buffer words = {0};
    const cJSON *word;

    cJSON_ArrayForEach(word, json_value_get(sentence, "words"))
    {
        const char *part = json_value_text(word, "text");

        if (part == NULL)
            foreign_json_error(f, "a word without \"text\"");
        buffer_append_string(&words, part != NULL ? part : "");
    }
    emit_join(text, buffer_string(&words), words.bytes);
    buffer_release(&words);
}

static bool tencent_take(struct foreign_json *f, const cJSON *value, struct error *err)
{
    const cJSON *speaker = json_value_get(json_value_get(value, "speaker"), "user_name");
    const cJSON *sentences = json_value_get(value, "sentences");
    const cJSON *sentence;
    struct buffer text = {0};
    bool ok;

    if (!cJSON_IsArray(sentences))
        foreign_json_error(f, "a paragraph without \"sentences\"");
    cJSON_ArrayForEach(sentence, sentences) append_sentence(f, &text, sentence);
    ok = foreign_json_append(f, buffer_string(&text), foreign_json_speaker(f, speaker),
                             foreign_json_units(f, json_value_get(value, "start_time"), 1),
                             foreign_json_units(f, json_value_get(value, "end_time"), 1), err);
    buffer_release(&text);
    return ok;
}

static const char *const tencent_arrays[] = {"minutes.paragraphs", NULL};

static const struct foreign_json_format tencent_format = {
    .arrays = tencent_arrays, .members = no_members, .take = tencent_take};

static void *tencent_open(void)
{
    return foreign_json_open(&tencent_format);
}

static int tencent_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    return json_probe_has(head, bytes, "minutes.paragraphs.0.sentences")
               ? CONFIDENCE_CERTAIN - 1
               : CONFIDENCE_NO;
}

const struct reader_ops reader_tencent_minutes = {
    .name = "tencent-minutes",
    .title = "Tencent Meeting minutes",
    .detect = tencent_detect,
    .open = tencent_open,
    .next = foreign_json_next,
    .close = foreign_json_close,
};
