/* Meetings of the Diet, held and put in order: meetings by day, speeches by number. */
#include "formats/parliaments/diet_meetings.h"

#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "shilu/base/buffer.h"
#include "shilu/base/hash.h"
#include "shilu/base/memory.h"

/* A printed label: U+25CB, the label, U+3000. */
#define CIRCLE "\xE2\x97\x8B"
#define IDEOGRAPHIC_SPACE "\xE3\x80\x80"

enum { LABEL_BYTES = 200 };

struct speech {
    const struct meeting *meeting;
    double order;
    size_t number;      /* in the file */
    char *words;        /* owned, like the other strings */
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

static void free_speech(struct speech *s)
{
    free(s->words);
    free(s->name);
    free(s->position);
    free(s->organization);
}

void diet_meetings_release(struct diet_meetings *self)
{
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

static const char *or_empty(const char *s)
{
    return s != NULL ? s : "";
}

static char *copy(const char *s)
{
    return s != NULL && *s != '\0' ? memory_strdup(s) : NULL;
}

/* The facts of a meeting are in each of its speeches, or in the meeting around them. */
static const struct meeting *meeting_of(struct diet_meetings *self,
                                        const struct diet_record *record)
{
    const char *id = or_empty(record->issue_id);
    struct buffer title = {0};
    struct meeting *m;

    HASH_FIND_STR(self->meetings, id, m);
    if (m != NULL)
        return m;
    buffer_append_string(&title, or_empty(record->house));
    buffer_append_string(&title, or_empty(record->meeting));
    if (*or_empty(record->issue) != '\0')
        buffer_append_format(&title, " %s", record->issue);
    m = memory_zalloc(1, sizeof *m);
    m->id = memory_strdup(id);
    m->title = buffer_take(&title);
    m->date = memory_strdup(or_empty(record->date));
    HASH_ADD_KEYPTR(hh, self->meetings, m->id, strlen(m->id), m);
    return m;
}

void diet_meetings_add(struct diet_meetings *self, const struct diet_record *record)
{
    MEMORY_RESERVE(self->speeches, self->speech_capacity, self->speech_count + 1);
    self->speeches[self->speech_count] = (struct speech){
        .meeting = meeting_of(self, record),
        .order = record->order,
        .number = self->speech_count,
        .words = memory_strdup(or_empty(record->speech)),
        .name = copy(record->speaker),
        .position = copy(record->position),
        .organization = copy(record->group),
    };
    self->speech_count++;
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

/* The words without the printed label, and lines without CR and indent. */
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

/* The front matter has a special word in place of a speaker. */
static uint32_t speaker_of(struct reader_context *context, const struct speech *speech)
{
    if (speech->name == NULL || strcmp(speech->name, "会議録情報") == 0)
        return SPEAKER_NONE;
    return drafts_speaker(context->drafts,
                          &(struct speaker_label){.name = speech->name,
                                                  .role = speech->position,
                                                  .organization = speech->organization});
}

static bool emit_speech(struct reader_context *context, const struct speech *speech,
                        struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    struct buffer text = {0};
    bool ok;

    append_speech(&text, speech->words);
    draft.text = buffer_string(&text);
    draft.text_bytes = text.bytes;
    draft.speaker = speaker_of(context, speech);
    ok = emit_segment(context, &draft, err);
    buffer_release(&text);
    return ok;
}

/* The meeting that the following belongs to, if there are several. */
static bool emit_heading(struct reader_context *context, const struct meeting *m,
                         struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    struct buffer text = {0};
    bool ok;

    buffer_append_format(&text, "%s %s", m->title, m->date);
    draft.text = text.data;
    draft.text_bytes = text.bytes;
    draft.kind = SEGMENT_HEADING;
    ok = emit_segment(context, &draft, err);
    buffer_release(&text);
    return ok;
}

/* The title is that of the first meeting, with the number of further ones. */
static void set_facts(struct reader_context *context, const struct meeting *first,
                      unsigned meetings)
{
    struct buffer title = {0};

    buffer_append_string(&title, first->title);
    if (meetings > 1 && title.bytes > 0)
        buffer_append_format(&title, " ほか%u件", meetings - 1);
    emit_field(context, FIELD_TITLE, buffer_string(&title), title.bytes);
    buffer_release(&title);
    if (meetings == 1)
        emit_field(context, FIELD_DATE, first->date, strlen(first->date));
}

bool diet_meetings_emit(struct diet_meetings *self, struct reader_context *context,
                        struct error *err)
{
    bool several = HASH_COUNT(self->meetings) > 1;
    bool ok = true;
    size_t i;

    drafts_set_time_base(context->drafts, TIME_BASE_NONE);
    drafts_set(context->drafts, FIELD_LANGUAGE, "ja");
    if (self->speech_count > 1)
        qsort(self->speeches, self->speech_count, sizeof *self->speeches, compare);
    if (self->speech_count > 0)
        set_facts(context, self->speeches[0].meeting, HASH_COUNT(self->meetings));
    for (i = 0; ok && i < self->speech_count; i++) {
        const struct speech *s = &self->speeches[i];

        if (several && (i == 0 || s[-1].meeting != s->meeting))
            ok = emit_heading(context, s->meeting, err);
        ok = ok && emit_speech(context, s, err);
    }
    return ok;
}
