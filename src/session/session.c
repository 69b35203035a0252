/* Session: keys go in, a grid comes out. This file holds its life and its drawing; what the
 * actions do stands in session_*.c beside it. */
#include "shilu/session/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/session_private.h"
#include "shilu/base/memory.h"
#include "shilu/view/frame.h"

enum { MEASURE_COLUMNS = 76 };

/* All that is of one transcript, and points into it. */
static void start_reading(struct session *s, const struct transcript *t, struct notes *notes)
{
    s->own_notes = notes == NULL ? notes_new(NULL) : NULL;
    s->notes = notes == NULL ? s->own_notes : notes;
    s->transcript = t;
    s->reading.transcript = t;
    s->reading.selection = SELECTION_INIT;
    s->reading.segment = SEGMENT_NONE;
    s->reading.byte = 0;
    s->reading.chosen_speaker = SPEAKER_NONE;
    s->reading.has_hit = s->reading.selecting = false;
    s->reading.gaps = reader_state_gaps_new();
    s->text = text_pane_new(&s->reading);
    s->speakers = speaker_pane_new(&s->reading);
    s->timeline = timeline_pane_new(&s->reading);
    s->lane_chart = speaker_chart_new(&s->reading);
    s->seen = SIZE_MAX;
    s->found = NULL;
    s->problems_reported = false;
    s->jump_count = s->jump_at = 0;
    s->seek.active = false;
    s->candidate_count = 0;
    s->origin = (struct spot){SEGMENT_NONE, 0};
    s->follow_place = (struct text_place){.segment = SEGMENT_NONE};
    s->follow_seen = 0;
    session_notes_changed(s);
}

static void stop_reading(struct session *s)
{
    text_pane_free(s->text);
    speaker_pane_free(s->speakers);
    timeline_pane_free(s->timeline);
    speaker_chart_free(s->lane_chart);
    selection_release(&s->reading.selection);
    reader_state_gaps_free(s->reading.gaps);
    notes_free(s->own_notes);
}

struct session *session_new(const struct transcript *t, const struct session_options *options)
{
    struct session *s = memory_zalloc(1, sizeof *s);

    s->name = options->name;
    s->keymap = options->keymap;
    s->host = options->host;
    s->reading.width = options->width;
    start_reading(s, t, options->notes);
    s->pane = PANE_TEXT;
    s->measure = options->has_measure ? options->measure : MEASURE_COLUMNS;
    s->percent = 100;
    s->loaded = true;
    session_resize(s, 24, 80);
    return s;
}

void session_free(struct session *s)
{
    size_t i;

    if (s == NULL)
        return;
    search_free(s->search);
    search_free(s->narrow);
    stop_reading(s);
    prompt_release(&s->prompt);
    for (i = 0; i < PROMPT_KIND_COUNT; i++)
        prompt_history_release(&s->history[i]);
    buffer_release(&s->query);
    buffer_release(&s->message);
    free(s);
}

void session_reopen(struct session *s, const struct transcript *t, struct notes *notes)
{
    stop_reading(s);
    start_reading(s, t, notes);
    s->reading.selection_version++;
    s->narrow_seen = s->narrow_shown = 0;
    if (s->search != NULL)
        search_restart(s->search);
    if (s->narrow != NULL)
        search_restart(s->narrow);
    if (s->mode == MODE_SHEET && s->sheet != SHEET_HELP)
        s->mode = MODE_READ;
    if (s->mode == MODE_MARK || s->mode == MODE_MARK_GO)
        s->mode = MODE_READ;
    session_relayout(s);
    session_follow_resume(s);
}

/* The pane that has the keys is always on the screen. */
void session_relayout(struct session *s)
{
    const struct area *text;
    bool holds = session_follow_holds(s);

    layout_make(&s->layout, s->rows, s->columns, s->pane, s->zoomed);
    text = s->layout.shown[PANE_TEXT] ? &s->layout.pane[PANE_TEXT] : &s->layout.body;
    text_pane_resize(s->text, text->rows, text->columns, s->measure);
    if (holds)
        session_follow_keep(s);
    s->stale = true;
}

void session_resize(struct session *s, int rows, int columns)
{
    s->rows = rows;
    s->columns = columns;
    session_relayout(s);
}

void session_message(struct session *s, const char *text)
{
    buffer_clear(&s->message);
    buffer_append_string(&s->message, text);
    s->message_is_error = false;
    s->stale = true;
}

void session_error(struct session *s, const char *text)
{
    session_message(s, text);
    s->message_is_error = true;
}

static size_t problem_count(const struct session *s)
{
    return s->found == NULL
               ? 0
               : s->found->count[SEVERITY_WARNING] + s->found->count[SEVERITY_ERROR];
}

/* Once, when all is read, and where nothing more urgent is being said. */
static void tell_problems(struct session *s)
{
    size_t count = problem_count(s);
    char text[80];

    if (!s->loaded || s->problems_reported || count == 0 || s->message.bytes > 0)
        return;
    s->problems_reported = true;
    snprintf(text, sizeof text, "%zu problem%s in this file; :problems lists %s", count,
             count == 1 ? "" : "s", count == 1 ? "it" : "them");
    session_message(s, text);
}

void session_loading(struct session *s, int percent, bool done, const struct diagnostics *found)
{
    size_t count = transcript_count(s->transcript);

    if (percent != s->percent || done != s->loaded)
        s->stale = true;
    s->percent = done ? 100 : percent;
    s->loaded = done;
    s->found = found;
    if (s->to_bottom && done)
        buffer_clear(&s->message); /* that the end is waited for */
    s->to_bottom = s->to_bottom && (!done || count != s->seen);
    tell_problems(s);
    if (done)
        session_search_loaded(s);
    if (count == s->seen)
        return;
    /* The page itself only changes where it was not full yet. */
    s->seen = count;
    text_pane_refresh(s->text);
    if (s->to_bottom)
        text_pane_bottom(s->text);
    if (session_follow_holds(s))
        session_follow_keep(s);
    s->stale = true;
}

bool session_step(struct session *s, int64_t budget_ms)
{
    return session_search_step(s, budget_ms);
}

bool session_is_stale(const struct session *s)
{
    return s->stale;
}

bool session_is_over(const struct session *s)
{
    return s->over;
}

bool session_leaves_all(const struct session *s)
{
    return s->leaves_all;
}

uint32_t session_segment(const struct session *s)
{
    return s->reading.segment;
}

void session_go_to(struct session *s, uint32_t segment)
{
    if (segment < transcript_count(s->transcript))
        session_go(s, (struct spot){segment, 0}, false);
}

/* ---------------------------------------------------------------------------- keys */

static void click_speaker(struct session *s, int row)
{
    uint32_t speaker = speaker_pane_at(s->speakers, row);

    if (speaker != SPEAKER_NONE)
        session_choose_speaker(s, speaker);
}

static void click(struct session *s, const struct key *key)
{
    int pane;

    s->reading.chosen_speaker = SPEAKER_NONE;
    for (pane = 0; pane < PANE_COUNT && !s->lanes; pane++) {
        struct area a = s->layout.pane[pane];
        uint32_t segment = SEGMENT_NONE;

        if (!s->layout.shown[pane] || key->row < a.row || key->row >= a.row + a.rows ||
            key->column < a.column || key->column >= a.column + a.columns)
            continue;
        s->pane = (enum pane)pane;
        if (pane == PANE_TEXT)
            segment = text_pane_segment_at(s->text, key->row - a.row);
        else if (pane == PANE_TIMELINE)
            segment = timeline_pane_at(s->timeline, key->row - a.row);
        else
            click_speaker(s, key->row - a.row);
        if (segment != SEGMENT_NONE)
            session_jump(s, segment, 0, false);
    }
}

static bool take_digit(struct session *s, uint32_t code)
{
    if (code < '0' || code > '9' || (code == '0' && s->count == 0))
        return false;
    s->count = s->count * 10 + (long)(code - '0');
    if (s->count > COUNT_MAX)
        s->count = COUNT_MAX;
    return true;
}

static void note_bound_digit(struct session *s, uint32_t code)
{
    s->bound_digit = code >= '1' && code <= '9' ? (long)(code - '0') : 0;
    s->bound_digit_pane = s->pane;
    s->bound_digit_lanes = s->lanes;
}

/* 1, 2 and 3 choose a pane at once, also one after the other, and yet 10} and 25% are counts.
 */
static bool take_second_digit(struct session *s, uint32_t code, enum action action)
{
    long digit = s->bound_digit;

    s->bound_digit = 0;
    if (digit == 0 || action != ACTION_NONE || code < '0' || code > '9')
        return false;
    s->pane = s->bound_digit_pane;
    s->lanes = s->bound_digit_lanes;
    session_relayout(s);
    s->count = digit;
    return take_digit(s, code);
}

static void take_mark(struct session *s, uint32_t code)
{
    bool set = s->mode == MODE_MARK;

    s->mode = MODE_READ;
    if (code == '\'' && !set)
        session_act(s, ACTION_BACK, 0);
    else if (code <= ' ' || code >= 0x7F)
        session_message(s, "no mark");
    else if (set)
        session_mark(s, (char)code);
    else
        session_go_to_mark(s, (char)code);
}

/* ZZ, as in less and vi, unless Z is bound. */
static bool take_leaving(struct session *s, uint32_t code, enum action action)
{
    bool z = code == 'Z' && action == ACTION_NONE;

    s->over |= z && s->leaving;
    s->leaving = z && !s->leaving;
    return z;
}

static void read_key(struct session *s, const struct key *key)
{
    enum action action;
    long count;

    if (key->code == KEY_CODE_CLICK) {
        click(s, key);
        return;
    }
    if (key->code == KEY_CODE_SCROLL_UP || key->code == KEY_CODE_SCROLL_DOWN) {
        session_act(s, key->code == KEY_CODE_SCROLL_UP ? ACTION_LINE_UP : ACTION_LINE_DOWN, 3);
        return;
    }
    action = keymap_action(s->keymap, key->code);
    if (take_leaving(s, key->code, action))
        return;
    if (take_second_digit(s, key->code, action))
        return;
    /* A digit that is bound (1 2 3) is the action unless a count has begun. */
    if ((s->count > 0 || action == ACTION_NONE) && take_digit(s, key->code))
        return;
    note_bound_digit(s, key->code);
    count = s->count;
    s->count = 0;
    s->entered = key->code == KEY_CODE_ENTER;
    if (action != ACTION_NONE)
        session_act(s, action, count);
    s->entered = false;
}

void session_key(struct session *s, struct key key)
{
    bool waited = s->to_bottom;

    if (s->message.bytes > 0) {
        buffer_clear(&s->message);
        s->stale = true;
    }
    s->to_bottom = false; /* any key gives that up */
    if (key.pasted && s->mode != MODE_PROMPT)
        return; /* pasted text is never a command */
    s->stale = true;
    if (session_follow_takes(s, key.code, waited))
        return;
    switch (s->mode) {
    case MODE_PROMPT:
        session_prompt_key(s, key);
        break;
    case MODE_SHEET:
        session_sheet_key(s, key);
        break;
    case MODE_MARK:
    case MODE_MARK_GO:
        take_mark(s, key.code);
        break;
    case MODE_READ:
        read_key(s, &key);
        break;
    }
    session_follow_holds(s);
}

/* --------------------------------------------------------------------------- drawing */

static void draw_panes(struct session *s, struct grid *g)
{
    const struct layout *l = &s->layout;

    frame_draw_headings(g, l, &s->reading, s->pane);
    if (l->shown[PANE_TEXT])
        text_pane_draw(s->text, g, &l->pane[PANE_TEXT], s->pane == PANE_TEXT);
    if (l->shown[PANE_TIMELINE])
        timeline_pane_draw(s->timeline, g, &l->pane[PANE_TIMELINE], s->pane == PANE_TIMELINE);
    if (l->shown[PANE_SPEAKERS])
        speaker_pane_draw(s->speakers, g, &l->pane[PANE_SPEAKERS], s->pane == PANE_SPEAKERS);
}

static void draw_too_small(struct session *s, struct grid *g)
{
    struct area all = {0, 0, g->rows, g->columns};

    grid_string(g, &all, 0, 0, s->reading.width, "too small",
                (struct style){.role = ROLE_TEXT});
}

void session_draw(struct session *s, struct grid *g)
{
    s->stale = false;
    if (g->rows != s->rows || g->columns != s->columns)
        grid_resize(g, s->rows, s->columns);
    grid_clear(g);
    if (s->layout.form == LAYOUT_TOO_SMALL) {
        draw_too_small(s, g);
        return;
    }
    frame_draw_title(g, &s->layout.title, &s->reading, s->name, s->loaded ? 100 : s->percent,
                     problem_count(s));
    if (s->mode == MODE_SHEET)
        session_sheet_draw(s, g);
    else if (s->lanes)
        speaker_chart_draw(s->lane_chart, g, &s->layout.body);
    else
        draw_panes(s, g);
    if (s->mode == MODE_PROMPT)
        session_prompt_draw(s, g);
    else
        session_status_draw(s, g);
}
