/* Session: notes and marks. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/session_private.h"

#include "shilu/base/translate.h"

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

/* The letter of a mark; false, saying so, where the key is none. */
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

/* What the prompt starts with: the note that is there. */
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
