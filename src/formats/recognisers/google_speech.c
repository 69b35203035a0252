/* Google Speech-to-Text. Each result is a few sentences. With diarization the last result
 * repeats every word of the recording with its speaker, so results wait until the end: then
 * either they or those words are the transcript. */
#include "formats/readers.h"

#include <string.h>

#include "formats/json/foreign_json.h"
#include "formats/json/json_value.h"
#include "shilu/base/translate.h"

struct google {
    struct segment_queue results;
    struct word_joiner words; /* of the last result whose words have speakers */
    bool diarized;
    bool repeated;   /* they repeat all words */
    int64_t end_ms;  /* of the last result */
    int64_t said_ms; /* the latest end */
};

static void google_release(void *state)
{
    struct google *self = state;

    segment_queue_release(&self->results);
    word_joiner_release(&self->words);
}

/* Seconds and nanoseconds are both omitted if they are zero. */
static bool is_zero(struct json_ref time)
{
    return json_is(time, JSON_OBJECT) && json_first(time).node == NULL;
}

/* Version 1 has startTime and endTime, version 2 startOffset and endOffset. */
static int64_t end_of(struct foreign_json *f, struct json_ref word)
{
    return foreign_json_seconds(f, json_value_get_either(word, "endTime", "endOffset"));
}

/* If words have times, a start of zero is omitted. */
static int64_t start_of(struct foreign_json *f, struct json_ref word)
{
    struct json_ref start = json_value_get_either(word, "startTime", "startOffset");

    if (start.node != NULL)
        return is_zero(start) ? 0 : foreign_json_seconds(f, start);
    return json_value_get_either(word, "endTime", "endOffset").node != NULL ? 0 : TIME_NONE;
}

static struct json_ref speaker_of(struct json_ref word)
{
    return json_value_get_either(word, "speakerTag", "speakerLabel");
}

/* Tag 0 means an unidentified speaker. */
static bool has_speakers(struct json_ref words)
{
    struct json_ref word;

    JSON_EACH(word, words)
    {
        struct json_ref speaker = speaker_of(word);
        double tag = 0;

        if (json_is(speaker, JSON_STRING) || (json_number(speaker, &tag) && tag > 0))
            return true;
    }
    return false;
}

/* A word without the marks that Japanese models leave in it: "▁今日", "今日|キョウ". */
static const char *bare_word(struct json_ref word, size_t *bytes)
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

/* In version 1 the last result goes back to the first word; in version 2 each has its own
 * words. */
static void restart_if_repeated(struct foreign_json *f, struct json_ref words)
{
    struct google *self = f->state;
    int64_t start_ms = start_of(f, json_first(words));
    bool first = !self->diarized;

    self->diarized = true;
    if (self->said_ms != TIME_NONE && start_ms != TIME_NONE && start_ms < self->said_ms) {
        word_joiner_release(&self->words);
        self->words = (struct word_joiner){0};
        if (f->ended_early || !first || self->results.count > 0)
            self->repeated = true;
    }
}

static void take_words(struct foreign_json *f, struct json_ref words)
{
    struct google *self = f->state;
    struct json_ref word;

    restart_if_repeated(f, words);
    JSON_EACH(word, words)
    {
        size_t bytes;
        const char *text = bare_word(word, &bytes);
        int64_t end_ms = end_of(f, word);

        self->said_ms = end_ms != TIME_NONE ? end_ms : self->said_ms;
        if (text == NULL)
            foreign_json_error(f, "a word without its text");
        else
            word_joiner_add(&self->words,
                            &(struct word){.text = text,
                                           .bytes = bytes,
                                           .speaker = foreign_json_speaker(f, speaker_of(word)),
                                           .start_ms = start_of(f, word),
                                           .end_ms = end_ms});
    }
    word_joiner_flush(&self->words);
}

static void hold_result(struct foreign_json *f, struct json_ref result, const char *transcript,
                        struct json_ref words)
{
    struct google *self = f->state;
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    int count = (int)json_count(words);

    draft.text = transcript;
    draft.text_bytes = strlen(transcript);
    draft.piece = true;
    if (count > 0) {
        draft.start_ms = start_of(f, json_at(words, 0));
        draft.end_ms = end_of(f, json_at(words, count - 1));
    } else {
        draft.start_ms = self->end_ms;
        draft.end_ms = foreign_json_seconds(
            f, json_value_get_either(result, "resultEndTime", "resultEndOffset"));
    }
    foreign_json_check_end(f, draft.start_ms, &draft.end_ms);
    self->end_ms = draft.end_ms;
    self->said_ms = draft.end_ms != TIME_NONE ? draft.end_ms : self->said_ms;
    segment_queue_add(&self->results, &draft);
}

static bool google_take(struct foreign_json *f, struct json_ref value, struct error *err)
{
    struct json_ref best = json_at(json_get(value, "alternatives"), 0);
    const char *transcript = json_value_text(best, "transcript");
    struct json_ref words = json_get(best, "words");

    (void)err;
    /* Only interim results have a stability. */
    if (json_get(value, "stability").node != NULL && !json_true(json_get(value, "isFinal")))
        return true;
    foreign_json_field(f, FIELD_LANGUAGE, value, "languageCode");
    if (has_speakers(words))
        take_words(f, words);
    else if (transcript != NULL)
        hold_result(f, value, transcript, words);
    else if (!json_is(value, JSON_OBJECT) || json_get(best, "transcript").node != NULL)
        foreign_json_error(f, "a result without \"transcript\"");
    return true;
}

static bool google_finish(struct foreign_json *f, struct error *err)
{
    struct google *self = f->state;
    struct segment_queue *words = &self->words.out;
    size_t i;

    word_joiner_flush(&self->words);
    if (self->repeated && !f->ended_early)
        segment_queue_clear(&self->results);
    else if (self->repeated && words->count > 0)
        segment_queue_keep_after(&self->results, words->items[words->count - 1].end_ms);
    for (i = 0; i < self->results.count; i++) {
        struct segment_draft draft = segment_queue_at(&self->results, i);

        segment_queue_add(words, &draft);
    }
    if (self->diarized && !self->repeated)
        segment_queue_sort(words);
    return segment_queue_emit(words, f->context, err);
}

static const char *const google_arrays[] = {"results", "response.results", NULL};
static const char *const google_members[] = {NULL};

static const struct foreign_json_format google_format = {.terminated = true,
                                                         .arrays = google_arrays,
                                                         .members = google_members,
                                                         .state_bytes = sizeof(struct google),
                                                         .take = google_take,
                                                         .finish = google_finish,
                                                         .release = google_release};

static void *google_open(void)
{
    return foreign_json_open(&google_format);
}

/* IBM's results look the same except for their timestamps. */
static int google_detect(const struct json_tree *head)
{
    static const char *const paths[] = {"results.0.alternatives.0.transcript",
                                        "results.0.alternatives.0.words",
                                        "response.results.0.alternatives.0.transcript",
                                        "response.results.0.alternatives.0.words"};
    struct json_ref root = json_root(head);
    size_t i;

    if (json_path(root, "results.0.alternatives.0.timestamps").node != NULL ||
        json_path(root, "results.0.final").node != NULL)
        return CONFIDENCE_NO;
    for (i = 0; i < sizeof paths / sizeof *paths; i++) {
        if (json_path(root, paths[i]).node != NULL)
            return CONFIDENCE_STRONG;
    }
    return CONFIDENCE_NO;
}

const struct reader_ops reader_google_stt = {
    .name = "google-stt",
    .title = N_("Google Speech-to-Text JSON"),
    .detect_json = google_detect,
    .by_result = true,
    .open = google_open,
    .next = foreign_json_next,
    .close = foreign_json_close,
};
