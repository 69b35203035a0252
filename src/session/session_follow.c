/* Session: following a record that grows. While it is followed the page stays at the end; who
 * goes back is left there, and is at the end again with F or G; Esc and ^C end it. */
#include <stdio.h>

#include "session/session_private.h"

static bool is_before(struct text_place a, struct text_place b)
{
    if (a.segment == SEGMENT_NONE || b.segment == SEGMENT_NONE)
        return false;
    if (a.segment != b.segment)
        return a.segment < b.segment;
    return a.byte < b.byte || (a.byte == b.byte && a.lead > b.lead);
}

bool session_follow_holds(struct session *s)
{
    if (s->follow == FOLLOW_END && s->mode != MODE_PROMPT &&
        is_before(text_pane_place(s->text), s->follow_place)) {
        s->follow = FOLLOW_LEFT;
        s->follow_seen = transcript_count(s->transcript);
    }
    return s->follow == FOLLOW_END;
}

/* While something is typed the page is left alone. */
void session_follow_keep(struct session *s)
{
    if (s->follow != FOLLOW_END || s->mode == MODE_PROMPT)
        return;
    text_pane_bottom(s->text);
    s->follow_place = text_pane_place(s->text);
    s->stale = true;
}

void session_follow_resume(struct session *s)
{
    if (s->follow == FOLLOW_NOT)
        return;
    s->follow = FOLLOW_END;
    session_follow_keep(s);
}

void session_follow(struct session *s, enum action action, long count)
{
    struct error err;

    (void)action;
    (void)count;
    if (s->follow == FOLLOW_NOT) {
        if (s->host.follow == NULL) {
            session_error(s, "this record cannot grow");
            return;
        }
        if (!s->host.follow(s->host.context, true, &err)) {
            session_error(s, err.message);
            return;
        }
        session_note_jump(s);
        s->follow = FOLLOW_END;
    }
    session_follow_resume(s);
}

void session_follow_stop(struct session *s)
{
    struct error ignored;

    if (s->follow == FOLLOW_NOT)
        return;
    s->follow = FOLLOW_NOT;
    s->host.follow(s->host.context, false, &ignored);
    session_message(s, "not followed any more");
}

void session_follow_ended(struct session *s)
{
    s->follow = FOLLOW_NOT;
    session_message(s, "the input has ended");
}

bool session_follow_takes(struct session *s, uint32_t code, bool waited)
{
    bool gives_up = code == ('C' & 31) || (waited && code == KEY_CODE_ESC);

    if (!gives_up || s->mode != MODE_READ || !(waited || s->follow != FOLLOW_NOT))
        return false;
    if (!waited)
        session_follow_stop(s);
    return true;
}

bool session_interrupt(struct session *s)
{
    bool waited = s->to_bottom;

    s->to_bottom = false;
    if (waited)
        session_message(s, "stays here");
    return session_follow_takes(s, 'C' & 31, waited);
}

void session_follow_say(const struct session *s, char *out, size_t capacity)
{
    size_t new = transcript_count(s->transcript) - s->follow_seen;

    *out = '\0';
    if (s->follow == FOLLOW_END)
        snprintf(out, capacity, "following");
    else if (s->follow == FOLLOW_LEFT && new > 0)
        snprintf(out, capacity, "%zu new", new);
}
