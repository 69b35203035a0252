/* Session: following a growing record. While it is followed, the page stays at the end; a user
 * who moves back stays there, and returns to the end with F or G; Esc and ^C stop following. */
#include <stdio.h>

#include "session/session_private.h"

#include "shilu/base/translate.h"

void session_follow_start(struct session *s)
{
    s->follow.place = (struct text_place){.segment = SEGMENT_NONE};
    s->follow.seen = 0;
}

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
    if (s->follow.state == FOLLOW_END && s->ui.prompt_of == NULL &&
        is_before(text_pane_place(s->view.text), s->follow.place)) {
        s->follow.state = FOLLOW_LEFT;
        s->follow.seen = transcript_count(s->transcript);
    }
    return s->follow.state == FOLLOW_END;
}

/* The page does not move while something is being typed. */
void session_follow_keep(struct session *s)
{
    if (s->follow.state != FOLLOW_END || s->ui.prompt_of != NULL)
        return;
    text_pane_bottom(s->view.text);
    s->follow.place = text_pane_place(s->view.text);
    ui_touch(&s->ui);
}

void session_follow_resume(struct session *s)
{
    if (s->follow.state == FOLLOW_NOT)
        return;
    s->follow.state = FOLLOW_END;
    session_follow_keep(s);
}

void session_start_following(struct session *s, const struct ui_call *call, int argument)
{
    struct error err;

    if (s->follow.state == FOLLOW_NOT) {
        if (s->source.follow == NULL) {
            ui_error(&s->ui, "this record cannot grow");
            return;
        }
        if (!s->source.follow(s->source.context, true, &err)) {
            ui_error(&s->ui, err.message);
            return;
        }
        session_note_jump(s);
        s->follow.state = FOLLOW_END;
    }
    session_follow_resume(s);
}

bool session_follow_stop(struct session *s)
{
    struct error ignored;

    if (s->follow.state == FOLLOW_NOT)
        return false;
    s->follow.state = FOLLOW_NOT;
    s->source.follow(s->source.context, false, &ignored);
    ui_say(&s->ui, "no longer following");
    return true;
}

void session_follow_ended(struct session *s)
{
    s->follow.state = FOLLOW_NOT;
    ui_say(&s->ui, "the input has ended");
}

/* While the record loads, the page stays at the end until everything is there or a key is
 * pressed. */
void session_to_bottom(struct session *s)
{
    text_pane_bottom(s->view.text);
    session_follow_resume(s);
    if (s->loading.done || s->follow.state != FOLLOW_NOT)
        return;
    s->follow.to_bottom = true;
    ui_say(&s->ui, "the end is still loading; Esc stays here");
}

/* `grew`: segments were added, so the page must move to the end again. */
void session_bottom_loaded(struct session *s, bool grew)
{
    if (s->follow.to_bottom && s->loading.done)
        ui_unsay(&s->ui);
    s->follow.to_bottom = s->follow.to_bottom && (!s->loading.done || grew);
}

/* Whether a key stops following, or (`waited`) waiting for the end. */
static bool gives_up(struct session *s, uint32_t code, bool waited)
{
    bool ends = code == ('C' & 31) || (waited && code == KEY_CODE_ESC);

    if (!ends || s->ui.prompt_of != NULL || s->ui.answer != NULL || s->overlay.open ||
        !(waited || s->follow.state != FOLLOW_NOT))
        return false;
    if (!waited)
        session_follow_stop(s);
    return true;
}

/* Any key stops waiting for the end. */
bool session_before_key(struct ui *ui, const struct key *key)
{
    struct session *s = session_of(ui);
    bool waited = s->follow.to_bottom;

    s->follow.to_bottom = false;
    s->kept.spot.segment = SEGMENT_NONE;
    if (s->source.touched != NULL)
        s->source.touched(s->source.context);
    return gives_up(s, key->code, waited);
}

void session_after_key(struct ui *ui)
{
    session_follow_holds(session_of(ui));
}

bool session_interrupt(struct ui *ui)
{
    struct session *s = session_of(ui);
    bool waited = s->follow.to_bottom;

    s->follow.to_bottom = false;
    if (waited)
        ui_say(ui, "staying here");
    return gives_up(s, 'C' & 31, waited);
}

void session_follow_say(const struct session *s, char *out, size_t room)
{
    size_t new = transcript_count(s->transcript) - s->follow.seen;

    *out = '\0';
    if (s->follow.state == FOLLOW_END)
        snprintf(out, room, "%s", _("following"));
    else if (s->follow.state == FOLLOW_LEFT && new > 0)
        snprintf(out, room, ngettext("%zu new", "%zu new", new), new);
}
