/* The Japanese Diet's records, as the National Diet Library's interface answers: speeches of
 * one or several meetings, newest meeting first, a speech repeating its speaker's label. They
 * wait and are put in order: meetings by day, speeches by number. No times. */
#include "formats/readers.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "formats/json/foreign_json.h"
#include "formats/json/json_probe.h"
#include "formats/json/json_value.h"
#include "shilu/base/buffer.h"
#include "shilu/base/hash.h"
#include "shilu/base/memory.h"

/* A label in print: U+25CB, the label, U+3000. */
#define CIRCLE "\xE2\x97\x8B"
#define IDEOGRAPHIC_SPACE "\xE3\x80\x80"

enum { LABEL_BYTES = 200 };

struct speech {
    const struct meeting *meeting;
    double order;
    size_t number; /* in the file */
    cJSON *record; /* owned */
};

struct meeting {
    char *id;    /* owned: the key */
    char *title; /* owned */
    char *date;  /* owned */
    UT_hash_handle hh;
};

struct diet {
    struct speech *speeches; /* owned */
    size_t speech_count;
    size_t speech_capacity;
    struct meeting *meetings; /* owned, by id */
};

static void diet_release(void *state)
{
    struct diet *self = state;
    struct meeting *m;
    struct meeting *next;
    size_t i;

    for (i = 0; i < self->speech_count; i++)
        cJSON_Delete(self->speeches[i].record);
    free(self->speeches);
    HASH_ITER(hh, self->meetings, m, next)
    {
        HASH_DEL(self->meetings, m);
        free(m->id);
        free(m->title);
        free(m->date);
        free(m);
    }
}

static const char *text_or_empty(const cJSON *object, const char *name)
{
    const char *text = json_value_text(object, name);

    return text != NULL ? text : "";
}

/* The facts of a meeting stand in each of its speeches, or in the meeting around them. */
static const struct meeting *meeting_of(struct diet *self, const cJSON *facts)
{
    const char *id = text_or_empty(facts, "issueID");
    struct buffer title = {0};
    struct meeting *m;

    HASH_FIND_STR(self->meetings, id, m);
    if (m != NULL)
        return m;
    buffer_append_string(&title, text_or_empty(facts, "nameOfHouse"));
    buffer_append_string(&title, text_or_empty(facts, "nameOfMeeting"));
    if (*text_or_empty(facts, "issue") != '\0')
        buffer_append_format(&title, " %s", text_or_empty(facts, "issue"));
    m = memory_zalloc(1, sizeof *m);
    m->id = memory_strdup(id);
    m->title = buffer_take(&title);
    m->date = memory_strdup(text_or_empty(facts, "date"));
    HASH_ADD_KEYPTR(hh, self->meetings, m->id, strlen(m->id), m);
    return m;
}

/* Copies the record. */
static void hold(struct foreign_json *f, const cJSON *record, const struct meeting *meeting)
{
    struct diet *self = f->state;
    const cJSON *order = json_value_get(record, "speechOrder");

    if (json_value_text(record, "speech") == NULL) {
        foreign_json_error(f, "a record without \"speech\"");
        return;
    }
    MEMORY_RESERVE(self->speeches, self->speech_capacity, self->speech_count + 1);
    self->speeches[self->speech_count] = (struct speech){
        meeting, cJSON_IsNumber(order) ? order->valuedouble : 0, self->speech_count,
        cJSON_Duplicate(record, true)};
    self->speech_count++;
}

static bool diet_take(struct foreign_json *f, const cJSON *value, struct error *err)
{
    const cJSON *record;

    (void)err;
    if (strcmp(f->path, "speechRecord") == 0) {
        hold(f, value, meeting_of(f->state, value));
        return true;
    }
    cJSON_ArrayForEach(record, json_value_get(value, "speechRecord"))
        hold(f, record, meeting_of(f->state, value));
    return true;
}

/* By day, then by the library's number. */
static int compare_meetings(const struct meeting *a, const struct meeting *b)
{
    int by_date = strcmp(a->date, b->date);

    return by_date != 0 ? by_date : strcmp(a->id, b->id);
}

static int compare(const void *a, const void *b)
{
    const struct speech *x = a;
    const struct speech *y = b;

    if (x->meeting != y->meeting)
        return compare_meetings(x->meeting, y->meeting);
    if (x->order < y->order || x->order > y->order)
        return x->order < y->order ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

/* The words without the printed label, lines without CR and indent. */
static void append_speech(struct buffer *out, const char *speech)
{
    const char *space = strstr(speech, IDEOGRAPHIC_SPACE);

    if (strncmp(speech, CIRCLE, strlen(CIRCLE)) == 0 && space != NULL &&
        space - speech < LABEL_BYTES && memchr(speech, '\n', (size_t)(space - speech)) == NULL)
        speech = space + strlen(IDEOGRAPHIC_SPACE);
    while (*speech != '\0') {
        size_t bytes = strcspn(speech, "\r\n");
        const char *line = speech;
        size_t kept = emit_trim(&line, bytes);

        if (kept > 0 && out->bytes > 0)
            buffer_append_char(out, '\n');
        buffer_append(out, line, kept);
        speech += bytes + strspn(speech + bytes, "\r\n");
    }
}

/* The front matter has no speaker but a word for itself. */
static uint32_t speaker_of(struct foreign_json *f, const cJSON *record)
{
    const char *name = json_value_text(record, "speaker");
    const char *position = json_value_text(record, "speakerPosition");

    if (name == NULL || strcmp(name, "会議録情報") == 0)
        return SPEAKER_NONE;
    if (position == NULL || *position == '\0')
        position = json_value_text(record, "speakerRole");
    return drafts_speaker(
        f->context->drafts,
        &(struct speaker_label){.name = name,
                                .role = position,
                                .organization = json_value_text(record, "speakerGroup")});
}

static bool emit_speech(struct foreign_json *f, const cJSON *record, struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    struct buffer text = {0};
    bool ok;

    append_speech(&text, json_value_text(record, "speech"));
    draft.text = buffer_string(&text);
    draft.text_bytes = text.bytes;
    draft.speaker = speaker_of(f, record);
    ok = emit_segment(f->context, &draft, err);
    buffer_release(&text);
    return ok;
}

/* Which meeting what follows is of, where there are several. */
static bool emit_heading(struct foreign_json *f, const struct meeting *m, struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    struct buffer text = {0};
    bool ok;

    buffer_append_format(&text, "%s %s", m->title, m->date);
    draft.text = text.data;
    draft.text_bytes = text.bytes;
    ok = emit_segment(f->context, &draft, err);
    buffer_release(&text);
    return ok;
}

/* The title is that of the first meeting, and says how many more there are. */
static void set_facts(struct foreign_json *f, const struct meeting *first, unsigned meetings)
{
    struct buffer title = {0};

    buffer_append_string(&title, first->title);
    if (meetings > 1 && title.bytes > 0)
        buffer_append_format(&title, " ほか%u件", meetings - 1);
    emit_field(f->context, FIELD_TITLE, buffer_string(&title), title.bytes);
    buffer_release(&title);
    if (meetings == 1)
        emit_field(f->context, FIELD_DATE, first->date, strlen(first->date));
}

static bool diet_finish(struct foreign_json *f, struct error *err)
{
    struct diet *self = f->state;
    bool several = HASH_COUNT(self->meetings) > 1;
    bool ok = true;
    size_t i;

    drafts_set_clock(f->context->drafts, CLOCK_NONE);
    drafts_set(f->context->drafts, FIELD_LANGUAGE, "ja");
    if (self->speech_count > 1)
        qsort(self->speeches, self->speech_count, sizeof *self->speeches, compare);
    if (self->speech_count > 0)
        set_facts(f, self->speeches[0].meeting, HASH_COUNT(self->meetings));
    for (i = 0; ok && i < self->speech_count; i++) {
        const struct speech *s = &self->speeches[i];

        if (several && (i == 0 || s[-1].meeting != s->meeting))
            ok = emit_heading(f, s->meeting, err);
        ok = ok && emit_speech(f, s->record, err);
    }
    return ok;
}

static const char *const diet_arrays[] = {"speechRecord", "meetingRecord", NULL};
static const char *const diet_members[] = {NULL};

static const struct foreign_json_format diet_format = {.arrays = diet_arrays,
                                                       .members = diet_members,
                                                       .state_bytes = sizeof(struct diet),
                                                       .take = diet_take,
                                                       .finish = diet_finish,
                                                       .release = diet_release};

static void *diet_open(void)
{
    return foreign_json_open(&diet_format);
}

static int diet_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    return json_probe_has(head, bytes, "speechRecord.0.speech") ||
                   json_probe_has(head, bytes, "speechRecord.0.speechID") ||
                   json_probe_has(head, bytes, "meetingRecord.0.issueID")
               ? CONFIDENCE_CERTAIN - 1
               : CONFIDENCE_NO;
}

const struct reader_ops reader_ndl_diet = {
    .name = "ndl-diet",
    .title = "Japanese Diet record (NDL)",
    .detect = diet_detect,
    .open = diet_open,
    .next = foreign_json_next,
    .close = foreign_json_close,
};
