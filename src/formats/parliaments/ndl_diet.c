/* The Japanese Diet's records, as the National Diet Library's interface answers: speeches of
 * one or several meetings, newest meeting first, a speech repeating its speaker's label. They
 * wait and are put in order: meetings by day, speeches by number. No times. */
#include "formats/readers.h"

#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "formats/json/foreign_json.h"
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
    size_t number;      /* in the file */
    char *words;        /* owned, as the rest */
    char *name;         /* or NULL */
    char *position;     /* or NULL */
    char *organization; /* or NULL */
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

static void free_speech(struct speech *s)
{
    free(s->words);
    free(s->name);
    free(s->position);
    free(s->organization);
}

static void diet_release(void *state)
{
    struct diet *self = state;
    struct meeting *m;
    struct meeting *next;
    size_t i;

    for (i = 0; i < self->speech_count; i++)
        free_speech(&self->speeches[i]);
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

static const char *text_or_empty(struct json_ref object, const char *name)
{
    const char *text = json_value_text(object, name);

    return text != NULL ? text : "";
}

/* The facts of a meeting stand in each of its speeches, or in the meeting around them. */
static const struct meeting *meeting_of(struct diet *self, struct json_ref facts)
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

static struct json_ref position_of(struct json_ref record)
{
    struct json_ref position = json_get(record, "speakerPosition");

    return json_value_is_given(position) ? position : json_get(record, "speakerRole");
}

static char *copy(struct json_ref value)
{
    return json_value_is_given(value) ? memory_strdup(json_c_string(value)) : NULL;
}

static void hold(struct foreign_json *f, struct json_ref record, const struct meeting *meeting)
{
    struct diet *self = f->state;
    double order = 0;

    if (json_value_text(record, "speech") == NULL) {
        foreign_json_error(f, "a record without \"speech\"");
        return;
    }
    json_number(json_get(record, "speechOrder"), &order);
    MEMORY_RESERVE(self->speeches, self->speech_capacity, self->speech_count + 1);
    self->speeches[self->speech_count] = (struct speech){
        .meeting = meeting,
        .order = order,
        .number = self->speech_count,
        .words = memory_strdup(json_value_text(record, "speech")),
        .name = copy(json_get(record, "speaker")),
        .position = copy(position_of(record)),
        .organization = copy(json_get(record, "speakerGroup")),
    };
    self->speech_count++;
}

static bool diet_take(struct foreign_json *f, struct json_ref value, struct error *err)
{
    struct json_ref record;

    (void)err;
    if (strcmp(f->path, "speechRecord") == 0) {
        hold(f, value, meeting_of(f->state, value));
        return true;
    }
    JSON_EACH(record, json_get(value, "speechRecord"))
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
static uint32_t speaker_of(struct foreign_json *f, const struct speech *speech)
{
    if (speech->name == NULL || strcmp(speech->name, "会議録情報") == 0)
        return SPEAKER_NONE;
    return drafts_speaker(f->context->drafts,
                          &(struct speaker_label){.name = speech->name,
                                                  .role = speech->position,
                                                  .organization = speech->organization});
}

static bool emit_speech(struct foreign_json *f, const struct speech *speech, struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    struct buffer text = {0};
    bool ok;

    append_speech(&text, speech->words);
    draft.text = buffer_string(&text);
    draft.text_bytes = text.bytes;
    draft.speaker = speaker_of(f, speech);
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
    draft.kind = SEGMENT_HEADING;
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
        ok = ok && emit_speech(f, s, err);
    }
    return ok;
}

static const char *const diet_arrays[] = {"speechRecord", "meetingRecord", NULL};
static const char *const diet_members[] = {NULL};

static const struct foreign_json_format diet_format = {.terminated = true,
                                                       .arrays = diet_arrays,
                                                       .members = diet_members,
                                                       .state_bytes = sizeof(struct diet),
                                                       .take = diet_take,
                                                       .finish = diet_finish,
                                                       .release = diet_release};

static void *diet_open(void)
{
    return foreign_json_open(&diet_format);
}

static int diet_detect(const struct json_tree *head)
{
    return json_path(json_root(head), "speechRecord.0.speech").node != NULL ||
                   json_path(json_root(head), "speechRecord.0.speechID").node != NULL ||
                   json_path(json_root(head), "meetingRecord.0.issueID").node != NULL
               ? CONFIDENCE_CERTAIN - 1
               : CONFIDENCE_NO;
}

const struct reader_ops reader_ndl_diet = {
    .name = "ndl-diet",
    .title = "Japanese Diet record (NDL)",
    .detect_json = diet_detect,
    .by_result = true,
    .open = diet_open,
    .next = foreign_json_next,
    .close = foreign_json_close,
};
