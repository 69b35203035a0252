/* Session: its life, the loading of its record, and the screen's operations. */
#include "shilu/session/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/session_private.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"

static const struct ui_prompt prompts[PROMPT_KIND_COUNT] = {
    [PROMPT_TIME] = {.label = N_("Go to time: "),
                     .hint = "10:25  10:25:22  +5m  -30s  50%",
                     .history = "time",
                     .done = session_go_to_time},
    [PROMPT_SPEAKER] = {.label = N_("Speaker: "),
                        .hint = N_("name, role or initials; Up Down choose"),
                        .open = session_speaker_open,
                        .changed = session_speaker_changed,
                        .done = session_speaker_done,
                        .choose = session_speaker_candidate,
                        .side = session_speaker_side,
                        .draw = session_speaker_draw},
    [PROMPT_SEARCH] = {.open = session_search_open,
                       .changed = session_search_changed,
                       .done = session_search_done,
                       .given_up = session_search_given_up,
                       .side = session_search_side},
    [PROMPT_NARROW] = {.done = session_narrow_answered},
    [PROMPT_CORRECT_SPEAKER] = {.label = N_("Who says this: "),
                                .hint = N_("Up Down choose; =NAME is somebody new"),
                                .open = session_speaker_open,
                                .changed = session_speaker_changed,
                                .done = session_correct_speaker_done,
                                .choose = session_speaker_candidate,
                                .draw = session_speaker_draw},
    [PROMPT_CORRECT_TIME] = {.label = N_("It starts at: "),
                             .hint = "10:25:22  +5s  -2s",
                             .open = session_correct_time_open,
                             .done = session_correct_time_done},
    [PROMPT_NOTE] = {.label = N_("Note: "),
                     .hint = N_("empty: no note"),
                     .open = session_note_open,
                     .done = session_note_done},
};

/* ---------------------------------------------------------------------------- its life */

/* Everything that belongs to one transcript or points into it. */
static void start_reading(struct session *s, const struct transcript *t, struct notes *notes,
                          const struct corrections *corrections)
{
    s->transcript = t;
    s->corrections = corrections;
    s->reading = (struct reader_state){.transcript = t,
                                       .width = s->ui.width,
                                       .selection = SELECTION_INIT,
                                       .selection_version = s->reading.selection_version + 1,
                                       .gaps = reader_state_gaps_new(),
                                       .matcher = s->reading.matcher,
                                       .matcher_version = s->reading.matcher_version,
                                       .unfolded = s->reading.unfolded,
                                       .narrowed = s->reading.narrowed,
                                       .plain = s->reading.plain,
                                       .segment = SEGMENT_NONE,
                                       .chosen_speaker = SPEAKER_NONE};
    s->reading.corrections = corrections != NULL ? corrections_all(corrections) : NULL;
    s->loading.seen = SIZE_MAX;
    s->loading.found = NULL;
    s->loading.problems_reported = false;
    s->jumps = (struct session_jumps){0};
    s->speaker = (struct session_speaker){.last = {SEGMENT_NONE, 0}};
    session_view_start(s);
    session_notes_start(s, notes);
    session_search_start(s);
    session_follow_start(s);
    session_overlay_start(s);
}

static void stop_reading(struct session *s)
{
    session_view_stop(s);
    session_notes_stop(s);
    selection_release(&s->reading.selection);
    reader_state_gaps_free(s->reading.gaps);
}

void session_free(struct session *s)
{
    if (s == NULL)
        return;
    session_search_stop(s);
    stop_reading(s);
    session_again_drop(&s->kept);
    ui_release(&s->ui);
    free(s);
}

void session_reopen(struct session *s, const struct transcript *t, struct notes *notes,
                    const struct corrections *corrections)
{
    stop_reading(s);
    start_reading(s, t, notes, corrections);
    ui_ask_key(&s->ui, NULL, NULL);
    session_relayout(s);
    session_follow_resume(s);
}

void session_read_again(struct session *s, const struct transcript *t, struct notes *notes,
                        const struct corrections *corrections)
{
    struct session_kept kept;

    session_again_keep(s, &kept);
    session_reopen(s, t, notes, corrections);
    session_again_drop(&s->kept);
    s->kept = kept;
}

void session_words_changed(struct session *s)
{
    struct reader_state *r = &s->reading;

    free(r->selection.matching); /* narrowing is computed again */
    r->selection.matching = NULL;
    r->selection.matching_count = 0;
    r->selection_version++;
    r->matcher_version++;
    r->has_hit = r->selecting = false;
    session_search_start(s);
    session_overlay_start(s);
    session_view_words_changed(s);
}

struct ui *session_ui(struct session *s)
{
    return &s->ui;
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

bool session_start_at(struct session *s, const char *place, struct error *err)
{
    if (strcmp(place, "G") == 0)
        session_to_bottom(s);
    else if (*place == '/' || *place == '?')
        return session_find(s, place + 1, *place == '?', err);
    else
        return session_go_to_time(&s->ui, place, err);
    return true;
}

void session_select_part(struct session *s, struct selection *take)
{
    selection_release(&s->reading.selection);
    s->reading.selection = *take;
    session_selection_changed(s);
    if (session_is_empty(s))
        ui_error(&s->ui, "nothing in that selection; a shows everything");
}

/* ----------------------------------------------------------------------------- loading */

size_t session_problem_count(const struct session *s)
{
    const struct diagnostics *found = s->loading.found;

    return found == NULL ? 0 : found->count[SEVERITY_WARNING] + found->count[SEVERITY_ERROR];
}

/* Once everything is read, and unless something more urgent is shown. */
static void show_problem_message(struct session *s)
{
    size_t count = session_problem_count(s);
    char text[240];

    if (!s->loading.done || s->loading.problems_reported || count == 0 ||
        s->ui.message.bytes > 0)
        return;
    s->loading.problems_reported = true;
    snprintf(text, sizeof text,
             ngettext("%zu problem in this file; :problems lists it",
                      "%zu problems in this file; :problems lists them", count),
             count);
    ui_say(&s->ui, text);
}

/* The page changes only if it was not full yet. */
static void show_more(struct session *s)
{
    s->loading.seen = transcript_count(s->transcript);
    session_view_loaded(s);
    text_pane_refresh(s->view.text);
    if (s->follow.to_bottom)
        text_pane_bottom(s->view.text);
    if (session_follow_holds(s))
        session_follow_keep(s);
}

void session_loading(struct session *s, int percent, bool done, const struct diagnostics *found)
{
    struct session_loading *l = &s->loading;
    size_t count = transcript_count(s->transcript);
    bool grew = count != l->seen;

    if (percent != l->percent || done != l->done || grew)
        ui_touch(&s->ui);
    l->percent = done ? 100 : percent;
    l->done = done;
    l->found = found;
    session_bottom_loaded(s, grew);
    show_problem_message(s);
    if (done)
        session_search_loaded(s);
    if (grew)
        show_more(s);
    session_again_put_back(s);
}

/* What the user waited for, a hit or the end, is shown at once; a followed record moves the
 * user all the time. */
static bool step(struct ui *ui, int64_t budget_ms)
{
    struct session *s = session_of(ui);
    uint32_t before = s->reading.segment;
    bool more = s->source.load != NULL && s->source.load(s->source.context, budget_ms);

    if (session_search_step(s, budget_ms))
        more = true;
    if (session_outline_step(s, budget_ms))
        more = true;
    if (s->follow.state == FOLLOW_NOT && s->reading.segment != before)
        ui_hurry(ui);
    return more;
}

static int wait_for(struct ui *ui, int *wait_ms)
{
    struct session *s = session_of(ui);

    *wait_ms = -1;
    return s->source.wait != NULL ? s->source.wait(s->source.context, wait_ms) : -1;
}

static void ready(struct ui *ui, bool is_ready)
{
    struct session *s = session_of(ui);

    if (s->source.ready != NULL)
        s->source.ready(s->source.context, is_ready);
}

/* --------------------------------------------------------------------------- the screen */

static bool enter(struct ui *ui)
{
    struct session *s = session_of(ui);

    if (session_overlay_enter(s))
        return true;
    /* In the lists of speakers and times, Enter chooses. */
    if (s->view.pane == PANE_TEXT)
        return false;
    ui_act(ui, s->view.pane == PANE_SPEAKERS ? ACTION_SOLO : ACTION_PANE_TEXT, 0);
    return true;
}

/* Open elements are closed one by one. */
static bool leave(struct ui *ui, bool quit)
{
    struct session *s = session_of(ui);
    struct error ignored;

    if (session_overlay_leave(s, quit))
        return true;
    if (session_leave_selection(s) || session_leave_lanes(s))
        return true;
    if (quit)
        return false;
    if (session_outline_leave(s))
        return true;
    if (session_follow_stop(s))
        return true;
    /* If a filter leaves nothing to read, Esc clears the filter first. */
    if (s->search.search != NULL && !session_is_empty(s))
        session_search_clear(s);
    else if (s->search.narrow != NULL)
        session_narrow(ui, "", &ignored);
    else if (s->search.search != NULL)
        session_search_clear(s);
    else
        return false;
    return true;
}

static void resize(struct ui *ui)
{
    session_relayout(session_of(ui));
}

static void close(struct ui *ui)
{
    struct session *s = session_of(ui);
    struct session_source source = s->source;
    uint32_t place = s->kept.waits && s->kept.spot.segment != SEGMENT_NONE
                         ? s->kept.spot.segment
                         : s->reading.segment;

    session_free(s);
    if (source.close != NULL)
        source.close(source.context, place);
}

struct session *session_new(const struct transcript *t, const struct session_options *options)
{
    static const struct screen_ops ops = {
        .scope = SCOPE_RECORD,
        .act = session_act,
        .moves = 1u << MOVE_LINE | 1u << MOVE_HALF_PAGE | 1u << MOVE_PAGE | 1u << MOVE_END |
                 1u << MOVE_PERCENT | 1u << MOVE_TURN | 1u << MOVE_QUESTION |
                 1u << MOVE_SAME_SPEAKER | 1u << MOVE_HIT | 1u << MOVE_HEADING,
        .move = session_move,
        .prompts = prompts,
        .command_hint = N_("theme NAME, quit, help"),
        .values = session_values,
        .enter = enter,
        .leave = leave,
        .may_leave = session_may_leave,
        .list = session_list,
        .mouse = session_mouse,
        .interrupt = session_interrupt,
        .number = session_go_to_turn,
        .place = session_place,
        .piped = session_piped,
        .before = session_before_action,
        .before_key = session_before_key,
        .after_key = session_after_key,
        .resize = resize,
        .draw = session_draw,
        .hints = session_hints,
        .draw_status = session_draw_status,
        .step = step,
        .wait = wait_for,
        .ready = ready,
        .close = close,
    };
    struct session *s = memory_zalloc(1, sizeof *s);

    ui_init(&s->ui, &ops, &options->ui);
    s->name = options->name;
    s->source = options->source;
    s->loading = (struct session_loading){.percent = 100, .done = true};
    s->view.pane = PANE_TEXT;
    s->view.measure = options->has_measure ? options->measure : SESSION_MEASURE_COLUMNS;
    s->reading.plain = options->plain;
    start_reading(s, t, options->notes, options->corrections);
    ui_resize(&s->ui, 24, 80);
    return s;
}
