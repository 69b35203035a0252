/* Session: what each action does but for those that move (session_walk.c). One function an
 * action or a family of them, and the table that binds them to the rows of actions.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/session_private.h"
#include "shilu/model/find.h"
#include "shilu/session/command_line.h"

static void do_prompt(struct session *s, enum action action, long count)
{
    (void)count;
    session_prompt_open(s,
                        action == ACTION_TIME          ? PROMPT_TIME
                        : action == ACTION_SPEAKER     ? PROMPT_SPEAKER
                        : action == ACTION_SEARCH      ? PROMPT_SEARCH
                        : action == ACTION_SEARCH_BACK ? PROMPT_SEARCH_BACK
                        : action == ACTION_NARROW      ? PROMPT_NARROW
                                                       : PROMPT_COMMAND,
                        "");
}

static void do_mark(struct session *s, enum action action, long count)
{
    (void)count;
    s->mode = action == ACTION_MARK ? MODE_MARK : MODE_MARK_GO;
}

/* The speaker whom the keys mean: who is chosen in the speaker pane, else who has the word. */
static uint32_t speaker_here(const struct session *s)
{
    if (s->pane == PANE_SPEAKERS && s->reading.chosen_speaker != SPEAKER_NONE)
        return s->reading.chosen_speaker;
    return s->reading.segment == SEGMENT_NONE
               ? SPEAKER_NONE
               : transcript_segment(s->transcript, s->reading.segment)->speaker;
}

static void do_solo(struct session *s, enum action action, long count)
{
    struct selection *selection = &s->reading.selection;
    uint32_t speaker = speaker_here(s);

    (void)action;
    (void)count;
    if (speaker == SPEAKER_NONE)
        return;
    if (selection->solo != NULL && selection_takes_speaker(selection, speaker))
        selection_all_speakers(selection);
    else
        selection_solo_only(selection, speaker);
    session_selection_changed(s);
    session_choose_speaker(s, speaker);
}

/* With everyone read, adding means beginning with this one. */
static void do_solo_add(struct session *s, enum action action, long count)
{
    uint32_t speaker = speaker_here(s);

    (void)action;
    (void)count;
    if (speaker == SPEAKER_NONE)
        return;
    selection_solo_add(&s->reading.selection, speaker);
    session_selection_changed(s);
    session_choose_speaker(s, speaker);
}

static void do_mute(struct session *s, enum action action, long count)
{
    uint32_t speaker = speaker_here(s);

    (void)action;
    (void)count;
    if (speaker == SPEAKER_NONE)
        return;
    selection_mute_toggle(&s->reading.selection, speaker);
    session_selection_changed(s);
    if (s->pane == PANE_SPEAKERS)
        session_choose_speaker(s, speaker);
}

static void do_all(struct session *s, enum action action, long count)
{
    (void)action;
    (void)count;
    selection_all_speakers(&s->reading.selection);
    session_selection_changed(s);
}

static void do_hit(struct session *s, enum action action, long count)
{
    session_search_go(s, (action == ACTION_HIT_PREVIOUS) != s->backward, count);
}

/* What is open is left one after the other. */
static void do_clear(struct session *s, enum action action, long count)
{
    struct error ignored;

    (void)action;
    (void)count;
    s->count = 0;
    if (s->reading.selecting)
        s->reading.selecting = false;
    else if (s->lanes)
        s->lanes = false;
    else if (s->follow != FOLLOW_NOT)
        session_follow_stop(s);
    else if (s->search != NULL)
        session_search_clear(s);
    else if (s->narrow != NULL)
        session_narrow(s, "", &ignored);
}

static void do_sheet(struct session *s, enum action action, long count)
{
    (void)count;
    session_sheet_open(s, action == ACTION_LIST    ? SHEET_HITS
                          : action == ACTION_HELP  ? SHEET_HELP
                          : action == ACTION_NOTES ? SHEET_NOTES
                                                   : SHEET_PROBLEMS);
}

static void do_copy(struct session *s, enum action action, long count)
{
    (void)count;
    session_copy(s, action == ACTION_CITE);
}

static void do_select(struct session *s, enum action action, long count)
{
    (void)action;
    (void)count;
    s->reading.selecting = !s->reading.selecting && s->reading.segment != SEGMENT_NONE;
    s->reading.select_from = s->reading.segment;
}

static void do_pane(struct session *s, enum action action, long count)
{
    /* Round the panes as they stand on the screen. */
    static const enum pane order[] = {PANE_TEXT, PANE_SPEAKERS, PANE_TIMELINE};
    int at = s->pane == PANE_TEXT ? 0 : s->pane == PANE_SPEAKERS ? 1 : 2;

    (void)count;
    s->lanes = false;
    if (action == ACTION_PANE_NEXT)
        s->pane = order[(at + 1) % 3];
    else if (action == ACTION_PANE_PREVIOUS)
        s->pane = order[(at + 2) % 3];
    else
        s->pane = action == ACTION_PANE_SPEAKERS   ? PANE_SPEAKERS
                  : action == ACTION_PANE_TIMELINE ? PANE_TIMELINE
                                                   : PANE_TEXT;
    session_relayout(s);
}

static void do_zoom(struct session *s, enum action action, long count)
{
    (void)action;
    (void)count;
    s->zoomed = !s->zoomed;
    session_relayout(s);
}

enum { MEASURE_COLUMNS = 76, MIN_MEASURE = 20 };

static void do_width(struct session *s, enum action action, long count)
{
    char text[64];

    (void)action;
    if (count > 0)
        s->measure = count < MIN_MEASURE ? MIN_MEASURE : (int)(count > 1000 ? 1000 : count);
    else
        s->measure = s->measure == 0 ? MEASURE_COLUMNS : 0;
    session_relayout(s);
    snprintf(text, sizeof text, "lines of %d columns at most", s->measure);
    session_message(s, s->measure == 0 ? "lines as wide as the pane" : text);
}

static void do_repeats(struct session *s, enum action action, long count)
{
    (void)action;
    (void)count;
    s->reading.unfolded = !s->reading.unfolded;
    session_relayout(s);
    session_message(s, s->reading.unfolded ? "repeated words are shown" : "repeats are folded");
}

static void do_lanes(struct session *s, enum action action, long count)
{
    (void)action;
    (void)count;
    s->lanes = !s->lanes;
}

static void do_theme(struct session *s, enum action action, long count)
{
    (void)action;
    (void)count;
    session_prompt_open(s, PROMPT_COMMAND, "theme ");
}

static void do_mouse(struct session *s, enum action action, long count)
{
    (void)action;
    (void)count;
    s->mouse = !s->mouse;
    if (s->host.mouse != NULL)
        s->host.mouse(s->host.context, s->mouse);
    session_message(s, s->mouse ? "the mouse is shilu's" : "the mouse is the terminal's");
}

static void do_redraw(struct session *s, enum action action, long count)
{
    (void)action;
    (void)count;
    if (s->host.redraw != NULL)
        s->host.redraw(s->host.context);
}

static void do_suspend(struct session *s, enum action action, long count)
{
    (void)action;
    (void)count;
    if (s->host.suspend != NULL)
        s->host.suspend(s->host.context);
}

static void do_quit(struct session *s, enum action action, long count)
{
    (void)count;
    if (action == ACTION_QUIT && s->lanes)
        s->lanes = false;
    else {
        s->over = true;
        s->leaves_all = action == ACTION_QUIT_ALL;
    }
}

static void do_library(struct session *s, enum action action, long count)
{
    (void)action;
    (void)count;
    session_error(s, "that is for the list of a folder");
}

static action_function *const functions[ACTION_COUNT] = {
    [ACTION_LINE_DOWN] = session_walk,
    [ACTION_LINE_UP] = session_walk,
    [ACTION_HALF_DOWN] = session_walk,
    [ACTION_HALF_UP] = session_walk,
    [ACTION_PAGE_DOWN] = session_walk,
    [ACTION_PAGE_UP] = session_walk,
    [ACTION_TOP] = session_walk,
    [ACTION_BOTTOM] = session_walk,
    [ACTION_TURN_NEXT] = session_walk,
    [ACTION_TURN_PREVIOUS] = session_walk,
    [ACTION_EXCHANGE_NEXT] = session_walk,
    [ACTION_EXCHANGE_PREVIOUS] = session_walk,
    [ACTION_SAME_NEXT] = session_walk,
    [ACTION_SAME_PREVIOUS] = session_walk,
    [ACTION_TIME] = do_prompt,
    [ACTION_PERCENT] = session_walk,
    [ACTION_FOLLOW] = session_follow,
    [ACTION_BACK] = session_walk,
    [ACTION_FORTH] = session_walk,
    [ACTION_MARK] = do_mark,
    [ACTION_MARK_GO] = do_mark,
    [ACTION_NOTE] = session_note,
    [ACTION_NOTES] = do_sheet,
    [ACTION_SPEAKER] = do_prompt,
    [ACTION_SOLO] = do_solo,
    [ACTION_SOLO_ADD] = do_solo_add,
    [ACTION_MUTE] = do_mute,
    [ACTION_ALL] = do_all,
    [ACTION_SEARCH] = do_prompt,
    [ACTION_SEARCH_BACK] = do_prompt,
    [ACTION_HIT_NEXT] = do_hit,
    [ACTION_HIT_PREVIOUS] = do_hit,
    [ACTION_CLEAR] = do_clear,
    [ACTION_LIST] = do_sheet,
    [ACTION_NARROW] = do_prompt,
    [ACTION_COPY] = do_copy,
    [ACTION_SELECT] = do_select,
    [ACTION_CITE] = do_copy,
    [ACTION_PANE_NEXT] = do_pane,
    [ACTION_PANE_PREVIOUS] = do_pane,
    [ACTION_PANE_SPEAKERS] = do_pane,
    [ACTION_PANE_TIMELINE] = do_pane,
    [ACTION_PANE_TEXT] = do_pane,
    [ACTION_ZOOM] = do_zoom,
    [ACTION_WIDTH] = do_width,
    [ACTION_REPEATS] = do_repeats,
    [ACTION_LANES] = do_lanes,
    [ACTION_THEME] = do_theme,
    [ACTION_MOUSE] = do_mouse,
    [ACTION_REDRAW] = do_redraw,
    [ACTION_OPEN] = do_library,
    [ACTION_SORT] = do_library,
    [ACTION_SORT_REVERSE] = do_library,
    [ACTION_COMMAND] = do_prompt,
    [ACTION_HELP] = do_sheet,
    [ACTION_PROBLEMS] = do_sheet,
    [ACTION_SUSPEND] = do_suspend,
    [ACTION_QUIT] = do_quit,
    [ACTION_QUIT_ALL] = do_quit,
};

/* Whether an action goes on with the speaker who is chosen in the speaker pane. */
static bool keeps_choice(const struct session *s, enum action action)
{
    return s->pane == PANE_SPEAKERS &&
           (action_row(action)->group == GROUP_MOVE || action == ACTION_SOLO ||
            action == ACTION_SOLO_ADD || action == ACTION_MUTE || action == ACTION_REDRAW);
}

void session_act(struct session *s, enum action action, long count)
{
    if (count > COUNT_MAX)
        count = COUNT_MAX;
    /* In the lists of speakers and moments Enter takes what is chosen. */
    if (action == ACTION_LINE_DOWN && s->entered) {
        s->entered = false;
        if (s->pane == PANE_SPEAKERS) {
            action = ACTION_SOLO;
        } else if (s->pane == PANE_TIMELINE) {
            action = ACTION_PANE_TEXT;
        }
    }
    if (!keeps_choice(s, action))
        s->reading.chosen_speaker = SPEAKER_NONE;
    functions[action](s, action, count);
    s->stale = true;
}

/* "speaker NAME": the one whom the list of the `s` key would show first. */
static bool solo_by_name(struct session *s, const char *name, struct error *err)
{
    uint32_t speaker;

    if (speaker_find(s->transcript, name, &speaker, 1) == 0)
        return error_set(err, ERROR_USAGE, "nobody matches '%.40s'", name);
    session_solo(s, speaker);
    return true;
}

static bool run_with_argument(struct session *s, const struct command_line *command,
                              struct error *err)
{
    enum action action = command->action;
    const char *argument = command->argument;
    long number;

    if (action == ACTION_TIME)
        return session_go_to_time(s, argument, err);
    if (action == ACTION_SPEAKER)
        return solo_by_name(s, argument, err);
    if (action == ACTION_NARROW)
        return session_narrow(s, argument, err);
    if (action == ACTION_SEARCH || action == ACTION_SEARCH_BACK) {
        if (!session_search_set(s, argument, action == ACTION_SEARCH_BACK, err))
            return false;
        session_search_from(s, (struct spot){s->reading.segment, s->reading.byte});
        return true;
    }
    if (action == ACTION_THEME) {
        if (s->host.theme == NULL)
            return error_set(err, ERROR_USAGE, "there is no other theme here");
        return s->host.theme(s->host.context, argument, err);
    }
    if (!command_line_number(command, &number, err))
        return false;
    session_act(s, action, number);
    return true;
}

bool session_run(struct session *s, const char *line, struct error *err)
{
    struct command_line command;

    if (!command_line_parse(line, &command, err))
        return false;
    if (command.leaves) {
        s->over = true;
        s->leaves_all = command.leaves_all;
    } else if (command.action == ACTION_NONE) {
        if (command.has_count)
            session_go_to_turn(s, command.count > 0 ? command.count : 1);
    } else if (*command.argument != '\0') {
        return run_with_argument(s, &command, err);
    } else {
        session_act(s, command.action, command.count);
    }
    return true;
}
