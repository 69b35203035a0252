/* Session: which speakers are shown: soloed and muted ones, the one chosen in the speaker pane,
 * and the prompt that finds one. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "session/session_private.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/model/find.h"
#include "shilu/view/speaker_color.h"

/* The reading position stays if it is still shown; hits are recounted. */
void session_selection_changed(struct session *s)
{
    struct spot spot = session_here(s);
    bool holds = session_follow_holds(s);

    if (spot.segment != SEGMENT_NONE)
        s->speaker.last = spot;
    else
        spot = s->speaker.last;
    s->reading.selection_version++;
    session_search_unlimit(s);
    if (s->search.search != NULL)
        search_restart(s->search.search);
    text_pane_refresh(s->view.text);
    if (spot.segment != SEGMENT_NONE)
        session_go(s, spot, false);
    if (holds)
        session_follow_keep(s);
    ui_touch(&s->ui);
}

/* The speaker that a key refers to: the one chosen in the speaker pane, else the current
 * one. */
static uint32_t speaker_here(const struct session *s)
{
    if (s->view.pane == PANE_SPEAKERS && s->reading.chosen_speaker != SPEAKER_NONE)
        return s->reading.chosen_speaker;
    return session_is_empty(s) ? SPEAKER_NONE
                               : transcript_segment(s->transcript, s->reading.segment)->speaker;
}

/* The nearest words of `speaker`: from here on, else the last ones before. */
static void go_to_speaker(struct session *s, uint32_t speaker)
{
    const struct transcript *t = s->transcript;
    size_t count = transcript_count(t);
    uint32_t i = session_is_empty(s) ? 0 : s->reading.segment;

    while (i < count && transcript_segment(t, i)->speaker != speaker)
        i++;
    if (i == count)
        i = transcript_speaker_at(t, speaker)->last;
    session_jump(s, transcript_turn(t, transcript_turn_of(t, i))->first, 0, false);
}

/* A speaker who is hidden can still be chosen; the text then does not move. */
void session_choose_speaker(struct session *s, uint32_t speaker)
{
    s->reading.chosen_speaker = SPEAKER_NONE;
    if (speaker == SPEAKER_NONE || transcript_speaker_at(s->transcript, speaker)->segments == 0)
        s->reading.chosen_speaker = speaker;
    else if (!selection_takes_speaker(&s->reading.selection, speaker))
        s->reading.chosen_speaker = speaker;
    else if (session_is_empty(s) ||
             transcript_segment(s->transcript, s->reading.segment)->speaker != speaker)
        go_to_speaker(s, speaker);
    ui_touch(&s->ui);
}

void session_choose_nobody(struct session *s)
{
    s->reading.chosen_speaker = SPEAKER_NONE;
}

void session_move_in_speakers(struct session *s, int rows)
{
    uint32_t from = s->reading.chosen_speaker;
    uint32_t next;

    if (from == SPEAKER_NONE && !session_is_empty(s))
        from = transcript_segment(s->transcript, s->reading.segment)->speaker;
    next = speaker_pane_step(s->view.speakers, from, rows);
    if (next != from)
        session_choose_speaker(s, next);
}

void session_solo(struct session *s, const struct ui_call *call, int argument)
{
    struct selection *selection = &s->reading.selection;
    uint32_t speaker = speaker_here(s);

    if (speaker == SPEAKER_NONE) {
        ui_say(&s->ui, "no speaker here");
        return;
    }
    if (selection->solo != NULL && selection_takes_speaker(selection, speaker))
        selection_all_speakers(selection);
    else
        selection_solo_only(selection, speaker);
    session_selection_changed(s);
    session_choose_speaker(s, speaker);
}

/* If everyone is shown, adding means starting with this one. */
void session_solo_add(struct session *s, const struct ui_call *call, int argument)
{
    uint32_t speaker = speaker_here(s);

    if (speaker == SPEAKER_NONE) {
        ui_say(&s->ui, "no speaker here");
        return;
    }
    selection_solo_add(&s->reading.selection, speaker);
    session_selection_changed(s);
    session_choose_speaker(s, speaker);
}

void session_mute(struct session *s, const struct ui_call *call, int argument)
{
    uint32_t speaker = speaker_here(s);

    if (speaker == SPEAKER_NONE) {
        ui_say(&s->ui, "no speaker here");
        return;
    }
    selection_mute_toggle(&s->reading.selection, speaker);
    session_selection_changed(s);
    if (s->view.pane == PANE_SPEAKERS)
        session_choose_speaker(s, speaker);
}

/* Show everyone, and everything hidden by narrowing. */
void session_all(struct session *s, const struct ui_call *call, int argument)
{
    struct error ignored;

    if (s->search.narrow == NULL && selection_is_everything(&s->reading.selection))
        ui_say(&s->ui, "everything is shown");
    selection_all_speakers(&s->reading.selection);
    s->reading.selection.from_ms = s->reading.selection.to_ms = TIME_NONE;
    s->reading.selection.exchange = EXCHANGE_NONE;
    s->reading.selection.kind = SEGMENT_UNKNOWN;
    if (s->search.narrow != NULL)
        session_narrow(&s->ui, "", &ignored);
    session_selection_changed(s);
}

/* Rename the current speaker in this record from now on; with the name of another speaker, the
 * two become one. */
void session_rename(struct session *s, const struct ui_call *call, int argument)
{
    uint32_t speaker = speaker_here(s);
    struct buffer text = {0};
    struct error err;
    char *old;

    if (speaker == SPEAKER_NONE) {
        ui_say(&s->ui, "no speaker here");
        return;
    }
    if (*call->text == '\0') {
        ui_ask(&s->ui, PROMPT_COMMAND, "rename ");
        return;
    }
    old = memory_strdup(transcript_speaker_at(s->transcript, speaker)->name);
    if (s->source.rename == NULL)
        ui_error(&s->ui, "speakers cannot be renamed here");
    else if (!s->source.rename(s->source.context, old, call->text, &err))
        ui_error(&s->ui, err.message);
    else {
        buffer_append_format(&text, _("%s is now %s in this record"), old, call->text);
        ui_say(&s->ui, buffer_string(&text));
    }
    buffer_release(&text);
    free(old);
}

void session_rename_back(struct session *s, const struct ui_call *call, int argument)
{
    struct error err;

    if (s->source.rename_back == NULL)
        ui_error(&s->ui, "speakers cannot be renamed here");
    else if (!s->source.rename_back(s->source.context, &err))
        ui_error(&s->ui, err.message);
    else
        ui_say(&s->ui, "the last renaming was undone");
}

void session_values(struct ui *ui, enum action action, struct ui_offers *offers)
{
    const struct transcript *t = session_of(ui)->transcript;

    if (action == ACTION_NOTES)
        session_offer_tags(session_of(ui), offers);
    if (action != ACTION_RENAME && action != ACTION_SPEAKER && action != ACTION_CORRECT_SPEAKER)
        return;
    for (uint32_t i = 0; i < transcript_speaker_count(t); i++)
        if (transcript_lists_speaker(t, i))
            ui_offer(offers, transcript_speaker_at(t, i)->name);
}

/* --------------------------------------------------------------------------- the prompt */

/* Before anything is typed, offer those of the speaker pane, so that a new user has names to
 * choose from. */
static void offer_first(struct session *s)
{
    struct session_speaker *o = &s->speaker;
    size_t all = transcript_listed_speakers(s->transcript);
    uint32_t first = speaker_pane_step(s->view.speakers, SPEAKER_NONE, INT_MIN);

    o->count = all < CANDIDATES_MAX ? all : CANDIDATES_MAX;
    for (size_t i = 0; i < o->count; i++)
        o->candidates[i] = speaker_pane_step(s->view.speakers, first, (int)i);
}

void session_speaker_changed(struct ui *ui, const char *text)
{
    struct session *s = session_of(ui);

    s->speaker.chosen = 0;
    if (*text == '\0')
        offer_first(s);
    else
        s->speaker.count = speaker_find(s->transcript, text, s->speaker.candidates,
                                        CANDIDATES_MAX);
}

void session_speaker_open(struct ui *ui, struct buffer *text)
{
    session_speaker_changed(ui, buffer_string(text));
}

/* Show only the chosen speaker from here on; if there is only one pane, show the text. */
bool session_speaker_done(struct ui *ui, const char *text, struct error *err)
{
    struct session *s = session_of(ui);

    if (s->speaker.count == 0)
        return *text == '\0' || error_set(err, ERROR_USAGE, "no speaker matches '%.40s'", text);
    session_note_jump(s);
    selection_solo_only(&s->reading.selection, s->speaker.candidates[s->speaker.chosen]);
    session_selection_changed(s);
    if (s->view.layout.form == LAYOUT_SINGLE && s->view.pane != PANE_TEXT)
        session_set_pane(s, PANE_TEXT);
    return true;
}

void session_speaker_candidate(struct ui *ui, uint32_t code)
{
    struct session_speaker *o = &session_of(ui)->speaker;

    if (o->count == 0)
        return;
    if (code == KEY_CODE_UP || code == KEY_CODE_BACKTAB || code == ('P' & 31))
        o->chosen = (o->chosen + o->count - 1) % o->count;
    else if (code == KEY_CODE_DOWN || code == KEY_CODE_TAB || code == ('N' & 31))
        o->chosen = (o->chosen + 1) % o->count;
}

bool session_speaker_side(struct ui *ui, struct buffer *out, bool *is_error)
{
    *is_error = false;
    if (session_of(ui)->speaker.count > 0 || *ui_typed(ui) == '\0')
        return false;
    buffer_append_string(out, _("no speaker matches"));
    return true;
}

static void draw_candidate(struct session *s, struct pen *pen, uint32_t number)
{
    const struct speaker *speaker = transcript_speaker_at(s->transcript, number);

    pen_clear(pen, ROLE_TEXT);
    speaker_color_name(pen, &s->reading, number);
    pen->column += 2;
    if (speaker->role != NULL)
        pen_string(pen, speaker->role, ROLE_DIM);
}

/* As many as leave one row of the page visible; the chosen one is always among them. */
void session_speaker_draw(struct ui *ui, struct grid *g)
{
    struct session *s = session_of(ui);
    const struct session_speaker *o = &s->speaker;
    struct area a = ui_body(ui);
    int count = (int)o->count;
    int rows = count < a.rows - 1 ? count : a.rows - 1;
    int top = (int)o->chosen < rows ? 0 : (int)o->chosen - rows + 1;
    struct pen pen;

    a.row += a.rows - rows;
    a.rows = rows;
    pen = pen_at(g, s->ui.width, &a, 0, 1);
    for (int i = 0; i < rows; i++) {
        pen_move(&pen, i, 1);
        draw_candidate(s, &pen, o->candidates[top + i]);
        if (top + i == (int)o->chosen)
            pen_over(&pen, OVER_CURSOR);
    }
}
