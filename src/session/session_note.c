/* Session: notes and marks. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/session_private.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/store/kept_notes.h"
#include "shilu/ui/list_screen.h"

void session_notes_changed(struct session *s)
{
    s->reading.notes = notes_all(s->notes.notes, &s->reading.note_count);
    s->notes.is_warned = false;
    ui_touch(&s->ui);
}

void session_notes_start(struct session *s, struct notes *notes)
{
    s->notes.own = notes == NULL ? notes_new(NULL) : NULL;
    s->notes.notes = notes == NULL ? s->notes.own : notes;
    s->notes.segment = SEGMENT_NONE;
    session_notes_changed(s);
}

void session_notes_stop(struct session *s)
{
    notes_free(s->notes.own);
}

bool session_may_leave(struct ui *ui)
{
    struct session *s = session_of(ui);
    size_t unsaved = notes_unsaved(s->notes.notes);
    struct buffer message = {0};
    struct error err;

    if (s->notes.is_warned || ((unsaved == 0 || notes_try_again(s->notes.notes, &err)) &&
                               session_corrections_saved(s, &err)))
        return true;
    s->notes.is_warned = true;
    buffer_append_format(&message, _("not saved; once more leaves anyway: %s"), err.message);
    ui_error(ui, message.data);
    buffer_release(&message);
    return false;
}

static void say_saved(struct session *s, bool saved, const char *text, const struct error *err)
{
    char message[sizeof err->message + 40];

    if (saved) {
        ui_say(&s->ui, text);
        return;
    }
    snprintf(message, sizeof message, _("not saved: %s"), err->message);
    ui_error(&s->ui, message);
}

/* The letter of a mark; false, with a message, for other keys. */
static bool is_mark(struct session *s, uint32_t code)
{
    if (code > ' ' && code < 0x7F)
        return true;
    ui_say(&s->ui, "no mark");
    return false;
}

static void set_mark(struct ui *ui, uint32_t code)
{
    struct session *s = session_of(ui);
    struct error err;
    char text[24];
    bool saved;

    if (!is_mark(s, code))
        return;
    saved = notes_mark(s->notes.notes, (char)code, s->reading.segment, s->reading.byte, &err);
    session_notes_changed(s);
    snprintf(text, sizeof text, _("marked %c"), (char)code);
    say_saved(s, saved, text, &err);
}

void session_mark(struct session *s, const struct ui_call *call, int argument)
{
    ui_ask_key(&s->ui, "mark: which letter?", set_mark);
}

bool session_find_mark(const struct session *s, char letter, struct spot *spot)
{
    return notes_find_mark(s->notes.notes, letter, &spot->segment, &spot->byte);
}

static void go_to_mark(struct ui *ui, uint32_t code)
{
    struct session *s = session_of(ui);
    struct spot spot;

    if (code == '\'')
        ui_act(ui, ACTION_BACK, 0);
    else if (!is_mark(s, code))
        return;
    else if (!session_find_mark(s, (char)code, &spot))
        ui_error(ui, "that mark is not set");
    else if (spot.segment >= transcript_count(s->transcript))
        ui_error(ui, "that mark is not loaded yet");
    else
        session_jump(s, spot.segment, spot.byte, false);
}

void session_mark_go(struct session *s, const struct ui_call *call, int argument)
{
    ui_ask_key(&s->ui, "go to mark: which letter?", go_to_mark);
}

/* The prompt starts with the existing note. */
void session_note_open(struct ui *ui, struct buffer *text)
{
    struct session *s = session_of(ui);
    const char *note = reader_state_note_at(&s->reading, s->reading.segment);

    s->notes.segment = s->reading.segment;
    if (text->bytes == 0 && note != NULL)
        buffer_append_string(text, note);
}

bool session_note_done(struct ui *ui, const char *text, struct error *err)
{
    struct session *s = session_of(ui);
    uint32_t segment = s->notes.segment;
    bool had = reader_state_note_at(&s->reading, segment) != NULL;
    bool saved;

    if (segment == SEGMENT_NONE || (*text == '\0' && !had))
        return true;
    saved = notes_put(s->notes.notes, segment, text, err);
    session_notes_changed(s);
    say_saved(s, saved, *text != '\0' ? N_("note saved") : N_("note removed"), err);
    return true;
}

/* ----------------------------------------------------------------------- the list of notes */

enum { NAME_COLUMNS = 14, NAME_FROM_COLUMNS = 40, WORDS_FROM_COLUMNS = 80, WORDS_BYTES = 400 };

struct note_list {
    struct session *session;
    char *tags; /* owned; "" for all */
};

/* The row-th note with these tags, or NULL. */
static const struct reader_state_note *note_in(const struct note_list *l, size_t row)
{
    const struct reader_state *r = &l->session->reading;

    if (*l->tags == '\0')
        return row < r->note_count ? &r->notes[row] : NULL;
    for (size_t i = 0; i < r->note_count; i++)
        if (note_has_tags(r->notes[i].text, l->tags) && row-- == 0)
            return &r->notes[i];
    return NULL;
}

static size_t notes_count(void *context)
{
    const struct note_list *l = context;
    const struct reader_state *r = &l->session->reading;
    size_t count = 0;

    for (size_t i = 0; i < r->note_count; i++)
        count += note_has_tags(r->notes[i].text, l->tags);
    return count;
}

static void notes_text(void *context, size_t row, struct buffer *out)
{
    const struct note_list *l = context;
    const struct transcript *t = l->session->transcript;
    const struct reader_state_note *note = note_in(l, row);
    uint32_t speaker;

    if (note == NULL)
        return;
    if (note->segment < transcript_count(t) &&
        (speaker = transcript_segment(t, note->segment)->speaker) != SPEAKER_NONE)
        buffer_append_format(out, "%s ", transcript_speaker_at(t, speaker)->name);
    buffer_append_string(out, note->text);
}

static void notes_draw(void *context, size_t row, struct pen *pen)
{
    const struct note_list *l = context;
    const struct reader_state_note *note = note_in(l, row);
    bool loaded = note != NULL && note->segment < transcript_count(l->session->transcript);

    if (note == NULL)
        return;
    if (loaded)
        session_draw_source(l->session, pen, note->segment,
                            pen->edge < NAME_FROM_COLUMNS ? 0 : NAME_COLUMNS);
    pen_string(pen, note->text, ROLE_TEXT);
    if (loaded && pen->edge >= WORDS_FROM_COLUMNS && pen->column + 2 < pen->edge) {
        size_t bytes;
        const char *words = transcript_text(l->session->transcript, note->segment, &bytes);

        pen->column += 2;
        pen_text(pen, span_of(words, bytes < WORDS_BYTES ? bytes : WORDS_BYTES), ROLE_DIM);
    }
}

static bool notes_choose(void *context, size_t row)
{
    const struct note_list *l = context;
    const struct reader_state_note *note = note_in(l, row);

    if (note != NULL && note->segment < transcript_count(l->session->transcript))
        session_jump(l->session, note->segment, 0, false);
    else
        ui_say(&l->session->ui, "not loaded yet");
    return true;
}

static void notes_close(void *context)
{
    free(((struct note_list *)context)->tags);
    free(context);
}

void session_open_notes(struct session *s, const struct ui_call *call, int argument)
{
    struct note_list *l = memory_zalloc(1, sizeof *l);
    const struct list_source source = {
        .context = l,
        .title = N_("Notes"),
        .empty = N_("no notes; M writes one"),
        .count = notes_count,
        .text = notes_text,
        .draw = notes_draw,
        .choose = notes_choose,
        .choice = N_("go there"),
        .close = notes_close,
    };
    size_t at = 0;

    l->session = s;
    l->tags = memory_strdup(call->text);
    while (at + 1 < notes_count(l) && note_in(l, at)->segment < s->reading.segment)
        at++;
    if (notes_count(l) == 0) {
        if (*l->tags != '\0')
            ui_error(&s->ui, "no note has that tag");
        else
            ui_say(&s->ui, "no notes; M writes one");
        notes_close(l);
        return;
    }
    list_screen_open(&s->ui, &source, at, NULL);
}

/* Each tag of this record's notes once. */
void session_offer_tags(struct session *s, struct ui_offers *offers)
{
    const struct reader_state *r = &s->reading;
    struct buffer seen = {0};

    for (size_t i = 0; i < r->note_count; i++) {
        struct span rest = span_string(r->notes[i].text);
        struct span tag;

        while (note_tag_next(&rest, &tag)) {
            struct buffer value = {0};

            buffer_append_char(&value, '#');
            buffer_append(&value, tag.data, tag.length);
            if (!note_has_tag(buffer_string(&seen), buffer_string(&value))) {
                ui_offer(offers, buffer_string(&value));
                buffer_append_format(&seen, " %s", buffer_string(&value));
            }
            buffer_release(&value);
        }
    }
    buffer_release(&seen);
}
