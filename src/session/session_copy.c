/* Session: copying and quoting. The original text is copied, not its display form. */
#include <stdlib.h>
#include <string.h>

#include "session/session_private.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/store/citation.h"
#include "shilu/text/display.h"
#include "shilu/text/utf8.h"

/* ------------------------------------------------------------------------- the quote */

static void append_person(struct buffer *out, const struct speaker *speaker)
{
    const char *const fields[] = {speaker->role, speaker->organization};

    if (out->bytes > 0)
        buffer_append_string(out, "; ");
    buffer_append_string(out, speaker->name);
    for (size_t i = 0; i < 2; i++)
        if (fields[i] != NULL && *fields[i] != '\0')
            buffer_append_format(out, ", %s", fields[i]);
}

/* All speakers in [first, end), in the order of their first words; returns their number. */
static size_t append_people(const struct session *s, uint32_t first, uint32_t end,
                            struct buffer *out)
{
    const struct transcript *t = s->transcript;
    uint8_t *met = memory_zalloc(transcript_speaker_count(t) + 1, 1);
    size_t people = 0;

    for (uint32_t i = first; i < end; i++) {
        uint32_t speaker = transcript_segment(t, i)->speaker;

        if (speaker == SPEAKER_NONE || met[speaker] != 0 ||
            !selection_takes(&s->reading.selection, t, i))
            continue;
        met[speaker] = 1;
        append_person(out, transcript_speaker_at(t, speaker));
        people++;
    }
    free(met);
    return people;
}

/* The part of [from, to) in one of its paragraphs. */
static void append_paragraph(const struct transcript *t, uint64_t from, uint64_t to,
                             uint32_t first, uint32_t end, struct buffer *out)
{
    uint64_t all;
    const char *arena = transcript_arena(t, &all);
    const struct segment *last = transcript_segment(t, end - 1);
    uint64_t start = transcript_segment(t, first)->text_byte;
    uint64_t stop = last->text_byte + last->text_bytes;

    start = start < from ? from : start;
    stop = stop > to ? to : stop;
    if (start < stop)
        buffer_append(out, arena + start, (size_t)(stop - start));
}

/* Each paragraph is a line; with several speakers, each turn begins with the name. */
static void append_words(const struct session *s, uint64_t from, uint64_t to, bool names,
                         struct buffer *out)
{
    const struct selection *selection = &s->reading.selection;
    const struct transcript *t = s->transcript;
    uint32_t first = transcript_segment_at_byte(t, from);
    uint32_t end = transcript_segment_at_byte(t, to - 1) + 1;
    uint32_t speaker = SPEAKER_NONE;

    while (first < end) {
        uint32_t next = selection_unit_end(selection, t, first);
        uint32_t who = transcript_segment(t, first)->speaker;

        if (!selection_takes(selection, t, first)) {
            first++;
            continue;
        }
        if (out->bytes > 0)
            buffer_append_char(out, '\n');
        if (names && who != SPEAKER_NONE && who != speaker)
            buffer_append_format(out, "%s: ", transcript_speaker_at(t, who)->name);
        speaker = who;
        append_paragraph(t, from, to, first, next, out);
        first = next;
    }
}

void session_append_all(const struct session *s, struct buffer *out)
{
    uint64_t all;

    transcript_arena(s->transcript, &all);
    if (all > 0)
        append_words(s, 0, all, transcript_speaker_count(s->transcript) > 0, out);
}

static void append_field(const struct transcript *t, enum transcript_field field,
                         struct buffer *out)
{
    const char *value = transcript_get(t, field);

    buffer_append_string(out, value != NULL ? value : "");
}

/* In a record of several days, the date is that of the words, not of the record. */
static void append_times(const struct session *s, uint32_t first, uint32_t last,
                         struct quote *q)
{
    const struct transcript *t = s->transcript;
    int64_t start_ms = transcript_segment(t, first)->start_ms;
    char text[CIVIL_TEXT];

    reader_state_time(&s->reading, start_ms, text);
    buffer_append_string(&q->time, text);
    if (transcript_starts_day(t, first, last))
        reader_state_moment(&s->reading, transcript_end_ms(t, last), text);
    else
        reader_state_time(&s->reading, transcript_end_ms(t, last), text);
    buffer_append_string(&q->end, q->time.bytes > 0 ? text : "");
    if (start_ms != TIME_NONE && transcript_spans_days(t)) {
        civil_format_date(start_ms, text);
        buffer_append_string(&q->date, text);
    } else {
        append_field(t, FIELD_DATE, &q->date);
    }
}

/* An absolute path, so that it leads back to the file from anywhere. */
static void append_path(const struct session *s, struct buffer *out)
{
    char *whole = realpath(s->name, NULL);

    buffer_append_string(out, whole != NULL ? whole : s->name);
    free(whole);
}

void session_quote(const struct session *s, long count, struct quote *q)
{
    const struct transcript *t = s->transcript;
    uint64_t from;
    uint64_t to;
    uint32_t first;
    uint32_t last;

    *q = (struct quote){.segment = 0};
    session_selected_run(s, count, &from, &to);
    if (to <= from)
        return;
    first = transcript_segment_at_byte(t, from);
    last = transcript_segment_at_byte(t, to - 1);
    q->segment = first;
    q->byte = (uint32_t)(from - transcript_segment(t, first)->text_byte);
    append_words(s, from, to, append_people(s, first, last + 1, &q->speakers) > 1, &q->words);
    append_times(s, first, last, q);
    append_field(t, FIELD_TITLE, &q->title);
    append_field(t, FIELD_SOURCE_NAME, &q->source);
    append_field(t, FIELD_SOURCE_URL, &q->url);
    append_path(s, &q->path);
}

/* ------------------------------------------------------------------- what is done with it */

static void say_copied(struct session *s, const struct quote *q, bool cited, const char *where)
{
    struct buffer text = {0};
    size_t count = utf8_count(buffer_string(&q->words), q->words.bytes);

    buffer_append_format(&text,
                         cited ? ngettext("%zu character with its source: %s",
                                          "%zu characters with their source: %s", count)
                               : ngettext("%zu character: %s", "%zu characters: %s", count),
                         count, where);
    ui_say(&s->ui, buffer_string(&text));
    buffer_release(&text);
}

static bool make_quote(struct session *s, long count, struct quote *q)
{
    session_quote(s, count, q);
    if (q->words.bytes > 0)
        return true;
    ui_say(&s->ui, "no words here");
    quote_release(q);
    return false;
}

void session_copy(struct session *s, const struct ui_call *call, int cite)
{
    struct buffer text = {0};
    struct buffer safe = {0}; /* without characters that would act where it is pasted */
    struct buffer where = {0};
    struct quote q;
    struct error err;

    if (s->ui.host.copy == NULL) {
        ui_error(&s->ui, "there is no clipboard here");
        return;
    }
    if (!make_quote(s, call->count, &q))
        return;
    if (cite != 0)
        citation_format(*call->text != '\0' ? call->text : s->ui.settings.citation, &q, &text);
    else
        buffer_append(&text, q.words.data, q.words.bytes);
    display_strip(&safe, buffer_string(&text), text.bytes);
    if (s->ui.host.copy(s->ui.host.context, safe.data, safe.bytes, &where, &err)) {
        say_copied(s, &q, cite != 0, buffer_string(&where));
        session_leave_selection(s);
    } else {
        ui_error(&s->ui, err.message);
    }
    buffer_release(&text);
    buffer_release(&safe);
    buffer_release(&where);
    quote_release(&q);
}

void session_add_quote(struct session *s, const struct ui_call *call, int argument)
{
    struct buffer text = {0};
    struct quote q;
    struct error err;
    size_t count;
    char *path;

    if (!make_quote(s, call->count, &q))
        return;
    if (quotes_add(s->ui.settings.quotes, &q, &count, &err)) {
        path = quotes_path(s->ui.settings.quotes);
        buffer_append_format(&text, _("quote %zu in %s; C lists them"), count, path);
        ui_say(&s->ui, buffer_string(&text));
        free(path);
        session_leave_selection(s);
    } else {
        ui_error(&s->ui, err.message);
    }
    buffer_release(&text);
    quote_release(&q);
}
