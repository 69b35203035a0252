/* Session: the panes, their positions, and drawing them. */
#include <stdio.h>

#include "session/session_private.h"
#include "shilu/base/translate.h"
#include "shilu/view/frame.h"

enum { MIN_MEASURE = 20, MAX_MEASURE = 1000, WHEEL_ROWS = 3 };

void session_view_start(struct session *s)
{
    session_outline_forget(s);
    s->view.text = text_pane_new(&s->reading);
    s->view.speakers = speaker_pane_new(&s->reading);
    s->view.timeline = timeline_pane_new(&s->reading);
    s->view.chart = speaker_chart_new(&s->reading);
}

void session_view_stop(struct session *s)
{
    session_outline_forget(s);
    text_pane_free(s->view.text);
    speaker_pane_free(s->view.speakers);
    timeline_pane_free(s->view.timeline);
    speaker_chart_free(s->view.chart);
}

/* The text continues from its position, by segment; the other panes are redrawn. */
void session_view_words_changed(struct session *s)
{
    session_outline_forget(s);
    speaker_pane_free(s->view.speakers);
    timeline_pane_free(s->view.timeline);
    speaker_chart_free(s->view.chart);
    s->view.speakers = speaker_pane_new(&s->reading);
    s->view.timeline = timeline_pane_new(&s->reading);
    s->view.chart = speaker_chart_new(&s->reading);
    text_pane_refresh(s->view.text);
    session_relayout(s);
}

/* A pane is empty without speakers, or without anything for a timeline. */
static unsigned empty_panes(struct session *s)
{
    const struct transcript *t = s->transcript;
    unsigned empty = 0;

    if (transcript_count(t) == 0)
        return 1u << PANE_OUTLINE;
    if (transcript_time_base(t) == TIME_BASE_NONE)
        empty |= 1u << PANE_COUNT; /* the time margin is not a pane */
    if (transcript_lists_nobody(t))
        empty |= 1u << PANE_SPEAKERS;
    if (transcript_time_base(t) == TIME_BASE_NONE && transcript_exchange_count(t) == 0 &&
        !session_has_headings(s))
        empty |= 1u << PANE_TIMELINE;
    if (!session_outline_is_offered(s))
        empty |= 1u << PANE_OUTLINE;
    return empty;
}

/* Loading may have given a pane some content. */
void session_view_loaded(struct session *s)
{
    if (s->view.empty != empty_panes(s))
        session_relayout(s);
}

/* The pane with the focus is always visible. */
void session_relayout(struct session *s)
{
    struct session_view *v = &s->view;
    const struct area *text;
    bool holds = session_follow_holds(s);

    v->empty = empty_panes(s);
    if ((v->empty >> v->pane & 1) != 0)
        v->pane = PANE_TEXT;
    if (s->reading.plain)
        v->pane = PANE_TEXT;
    layout_make(&v->layout, s->ui.rows, s->ui.columns, v->pane, v->zoomed || s->reading.plain,
                v->empty);
    text = v->layout.shown[PANE_TEXT] ? &v->layout.pane[PANE_TEXT] : &v->layout.body;
    text_pane_resize(v->text, text->rows, text->columns, v->measure);
    if (holds)
        session_follow_keep(s);
    ui_touch(&s->ui);
}

/* For screen readers: only the text, in one column, with the terminal's cursor at the row. */
void session_plain(struct session *s, const struct ui_call *call, int argument)
{
    s->reading.plain = !s->reading.plain;
    s->view.lanes = false;
    session_relayout(s);
    ui_say(&s->ui, s->reading.plain ? N_("the text alone, with the cursor at the reading row")
                                    : N_("all panes"));
}

void session_set_pane(struct session *s, enum pane pane)
{
    if (s->reading.plain && pane != PANE_TEXT)
        ui_say(&s->ui, "there is only the text; :plain brings the panes back");
    s->view.lanes = false;
    s->view.pane = pane;
    session_relayout(s);
}

static bool is_empty_pane(const struct session *s, enum pane pane)
{
    return (s->view.empty >> pane & 1) != 0;
}

/* Cycle through the panes in screen order. */
void session_pane_by(struct session *s, const struct ui_call *call, int by)
{
    static const enum pane order[] = {PANE_TEXT, PANE_SPEAKERS, PANE_TIMELINE, PANE_OUTLINE};
    int at = 0;

    while (order[at] != s->view.pane)
        at++;
    do
        at = (at + by + PANE_COUNT) % PANE_COUNT;
    while (is_empty_pane(s, order[at]));
    if (order[at] == s->view.pane && !s->view.lanes)
        ui_say(&s->ui, "there is no other pane: no speakers and no times");
    session_set_pane(s, order[at]);
}

void session_pane(struct session *s, const struct ui_call *call, int pane)
{
    if (is_empty_pane(s, (enum pane)pane))
        ui_say(&s->ui, pane == PANE_SPEAKERS ? N_("this record names no speakers")
                                             : N_("this record has no times and no headings"));
    else
        session_set_pane(s, (enum pane)pane);
}

void session_zoom(struct session *s, const struct ui_call *call, int argument)
{
    s->view.zoomed = !s->view.zoomed;
    session_relayout(s);
}

void session_width(struct session *s, const struct ui_call *call, int argument)
{
    int *measure = &s->view.measure;
    char text[160];

    if (call->count > 0)
        *measure = call->count < MIN_MEASURE   ? MIN_MEASURE
                   : call->count > MAX_MEASURE ? MAX_MEASURE
                                               : (int)call->count;
    else
        *measure = *measure == 0 ? SESSION_MEASURE_COLUMNS : 0;
    session_relayout(s);
    snprintf(text, sizeof text, _("lines of at most %d columns"), *measure);
    ui_say(&s->ui, *measure == 0 ? "lines as wide as the pane" : text);
}

void session_repeats(struct session *s, const struct ui_call *call, int argument)
{
    s->reading.unfolded = !s->reading.unfolded;
    session_relayout(s);
    ui_say(&s->ui,
           s->reading.unfolded ? N_("repeated words are shown") : N_("repeats are folded"));
}

void session_lanes(struct session *s, const struct ui_call *call, int argument)
{
    if (s->reading.plain) {
        ui_say(&s->ui, "there is only the text; :plain brings the panes back");
        return;
    }
    s->view.lanes = !s->view.lanes;
}

bool session_leave_lanes(struct session *s)
{
    bool were = s->view.lanes;

    s->view.lanes = false;
    return were;
}

/* --------------------------------------------------------------------------- the mouse */

static bool is_inside(const struct area *a, const struct key *key)
{
    return key->row >= a->row && key->row < a->row + a->rows && key->column >= a->column &&
           key->column < a->column + a->columns;
}

static void click_pane(struct session *s, enum pane pane, int row)
{
    uint32_t segment = SEGMENT_NONE;
    uint32_t speaker;

    s->view.pane = pane;
    if (pane == PANE_TEXT)
        segment = text_pane_segment_at(s->view.text, row);
    else if (pane == PANE_TIMELINE)
        segment = timeline_pane_at(s->view.timeline, row);
    else if (pane == PANE_OUTLINE)
        session_outline_click(s, row);
    else if ((speaker = speaker_pane_at(s->view.speakers, row)) != SPEAKER_NONE)
        session_choose_speaker(s, speaker);
    if (segment != SEGMENT_NONE)
        session_jump(s, segment, 0, false);
}

void session_mouse(struct ui *ui, const struct key *key)
{
    struct session *s = session_of(ui);
    int pane;

    if (key->code != KEY_CODE_CLICK) {
        ui_act(ui, key->code == KEY_CODE_SCROLL_UP ? ACTION_LINE_UP : ACTION_LINE_DOWN,
               WHEEL_ROWS);
        return;
    }
    session_choose_nobody(s);
    for (pane = 0; pane < PANE_COUNT && !s->view.lanes; pane++) {
        const struct area *a = &s->view.layout.pane[pane];

        if (s->view.layout.shown[pane] && is_inside(a, key)) {
            click_pane(s, (enum pane)pane, key->row - a->row);
            return;
        }
    }
}

/* -------------------------------------------------------------------------- the drawing */

static void draw_panes(struct session *s, struct grid *g)
{
    const struct session_view *v = &s->view;
    const struct layout *l = &v->layout;

    frame_draw_headings(g, l, &s->reading, v->pane);
    if (l->shown[PANE_OUTLINE])
        session_outline_draw(s, g);
    if (l->shown[PANE_TEXT])
        text_pane_draw(v->text, g, &l->pane[PANE_TEXT], v->pane == PANE_TEXT);
    if (l->shown[PANE_TIMELINE])
        timeline_pane_draw(v->timeline, g, &l->pane[PANE_TIMELINE], v->pane == PANE_TIMELINE);
    if (l->shown[PANE_SPEAKERS])
        speaker_pane_draw(v->speakers, g, &l->pane[PANE_SPEAKERS], v->pane == PANE_SPEAKERS);
}

void session_draw(struct ui *ui, struct grid *g)
{
    struct session *s = session_of(ui);

    s->reading.shapes = ui->settings.shapes;
    frame_draw_title(g, &s->view.layout.title, &s->reading, s->name,
                     s->loading.done ? 100 : s->loading.percent, session_problem_count(s));
    if (s->overlay.open)
        session_overlay_draw(s, g);
    else if (s->view.lanes)
        speaker_chart_draw(s->view.chart, g, &s->view.layout.body);
    else
        draw_panes(s, g);
}
