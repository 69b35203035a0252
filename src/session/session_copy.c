/* Session: copying. What is copied is the original text, not what the screen makes of it, but
 * without what could act on the one who pastes it. */
#include <string.h>

#include "session/session_private.h"
#include "shilu/text/display.h"

/* The segments to copy: what was selected, else the turn. */
static void extent(const struct session *s, uint32_t *first, uint32_t *end)
{
    const struct turn *turn;

    if (s->reading.selecting) {
        uint32_t a = s->reading.select_from;
        uint32_t b = s->reading.segment;

        *first = a < b ? a : b;
        *end = (a < b ? b : a) + 1;
        return;
    }
    turn = transcript_turn(s->transcript,
                           transcript_turn_of(s->transcript, s->reading.segment));
    *first = turn->first;
    *end = turn->end;
}

static void append_words(const struct session *s, struct buffer *out, uint32_t first,
                         uint32_t end)
{
    const struct selection *selection = &s->reading.selection;

    while (first < end) {
        uint32_t next = selection_unit_end(selection, s->transcript, first);
        size_t bytes;
        const char *text;

        if (!selection_takes(selection, s->transcript, first)) {
            first++;
            continue;
        }
        text = transcript_joined(s->transcript, first, next < end ? next : end, &bytes);
        if (out->bytes > 0)
            buffer_append_char(out, '\n');
        buffer_append(out, text, bytes);
        first = next;
    }
}

bool session_selected_words(const struct session *s, struct buffer *out)
{
    uint32_t first;
    uint32_t end;

    if (!s->reading.selecting)
        return false;
    extent(s, &first, &end);
    append_words(s, out, first, end);
    return out->bytes > 0;
}

static void append_field(struct buffer *out, const char *value)
{
    if (value != NULL && *value != '\0')
        buffer_append_format(out, ", %s", value);
}

/* Speaker, role, date, time, title, source, after the words. */
static void append_citation(const struct session *s, struct buffer *out, uint32_t first)
{
    const struct segment *segment = transcript_segment(s->transcript, first);
    const struct transcript *t = s->transcript;
    char time[CIVIL_TEXT];

    buffer_append_string(out, "\n-- ");
    if (segment->speaker == SPEAKER_NONE) {
        buffer_append_string(out, "(no speaker)");
    } else {
        const struct speaker *speaker = transcript_speaker_at(t, segment->speaker);

        buffer_append_string(out, speaker->name);
        append_field(out, speaker->role);
        append_field(out, speaker->organization);
    }
    append_field(out, transcript_get(t, FIELD_DATE));
    reader_state_time(&s->reading, segment->start_ms, time);
    append_field(out, time);
    append_field(out, transcript_get(t, FIELD_TITLE));
    append_field(out, transcript_get(t, FIELD_SOURCE_NAME));
    buffer_append_char(out, '\n');
}

void session_copy(struct session *s, const struct ui_call *call, int cite)
{
    struct buffer text = {0};
    struct buffer safe = {0};
    struct error err;
    uint32_t first;
    uint32_t end;

    extent(s, &first, &end);
    s->reading.selecting = false;
    append_words(s, &text, first, end);
    if (cite != 0)
        append_citation(s, &text, first);
    display_strip(&safe, buffer_string(&text), text.bytes);
    if (s->ui.host.copy == NULL)
        ui_error(&s->ui, "there is no clipboard here");
    else if (s->ui.host.copy(s->ui.host.context, buffer_string(&safe), safe.bytes, &err))
        ui_say(&s->ui, cite != 0 ? "citation sent to the clipboard" : "sent to the clipboard");
    else
        ui_error(&s->ui, err.message);
    buffer_release(&safe);
    buffer_release(&text);
}

void session_select(struct session *s, const struct ui_call *call, int argument)
{
    s->reading.selecting = !s->reading.selecting;
    s->reading.select_from = s->reading.segment;
}

bool session_leave_selection(struct session *s)
{
    bool was = s->reading.selecting;

    s->reading.selecting = false;
    return was;
}
