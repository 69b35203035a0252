/* Session: notes and marks. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/session_private.h"
#include "shilu/view/speaker_color.h"

void session_notes_changed(struct session *s)
{
    s->reading.notes = notes_all(s->notes, &s->reading.note_count);
    s->stale = true;
}

static void say_saved(struct session *s, bool saved, const char *text, const struct error *err)
{
    char message[sizeof err->message + 16];

    if (saved) {
        session_message(s, text);
        return;
    }
    snprintf(message, sizeof message, "not saved: %s", err->message);
    session_error(s, message);
}

void session_mark(struct session *s, char letter)
{
    struct error err;
    char text[24];
    bool saved;

    if (s->reading.segment == SEGMENT_NONE)
        return;
    saved = notes_mark(s->notes, letter, s->reading.segment, s->reading.byte, &err);
    session_notes_changed(s);
    snprintf(text, sizeof text, "marked %c", letter);
    say_saved(s, saved, text, &err);
}

void session_go_to_mark(struct session *s, char letter)
{
    struct spot spot;

    if (!notes_find_mark(s->notes, letter, &spot.segment, &spot.byte))
        session_error(s, "that mark is not set");
    else if (spot.segment >= transcript_count(s->transcript))
        session_error(s, "that mark is beyond what is loaded");
    else
        session_jump(s, spot.segment, spot.byte, false);
}

void session_note(struct session *s, enum action action, long count)
{
    const char *text;

    (void)action;
    (void)count;
    if (s->reading.segment == SEGMENT_NONE)
        return;
    text = reader_state_note_at(&s->reading, s->reading.segment);
    session_prompt_open(s, PROMPT_NOTE, text != NULL ? text : "");
}

void session_take_note(struct session *s, uint32_t segment, const char *text)
{
    struct error err;
    bool had = reader_state_note_at(&s->reading, segment) != NULL;
    bool saved;

    if (segment == SEGMENT_NONE || (*text == '\0' && !had))
        return;
    saved = notes_put(s->notes, segment, text, &err);
    session_notes_changed(s);
    say_saved(s, saved, *text != '\0' ? "noted" : "the note is gone", &err);
}
