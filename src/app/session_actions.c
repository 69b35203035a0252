/* Session: what each action does. One function an action or a family of them, and the table
 * that binds them to the rows of actions.h. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "session_private.h"

static long times(long count)
{
    return count > 0 ? count : 1;
}

static uint32_t current(const struct session *s)
{
    return s->reading.segment;
}

static bool anything(const struct session *s)
{
    return current(s) != SEGMENT_NONE;
}

/* The words of `speaker` nearest to the reader: from here on, else the last before. */
static void go_to_speaker(struct session *s, uint32_t speaker)
{
    const struct transcript *t = s->transcript;
    size_t count = transcript_count(t);
    uint32_t i;

    if (speaker == SPEAKER_NONE || transcript_speaker_at(t, speaker)->segments == 0)
        return;
    for (i = current(s); i < count && transcript_segment(t, i)->speaker != speaker; i++)
        continue;
    if (i == count)
        i = transcript_speaker_at(t, speaker)->last;
    session_jump(s, transcript_turn(t, transcript_turn_of(t, i))->first, 0, false);
}

static void move_in_pane(struct session *s, long rows, int edge)
{
    if (s->pane == PANE_SPEAKERS) {
        uint32_t speaker = transcript_segment(s->transcript, current(s))->speaker;
        uint32_t next = speaker_pane_step(s->speakers, speaker,
                                          edge < 0   ? INT_MIN
                                          : edge > 0 ? INT_MAX
                                                     : (int)rows);

        if (next != speaker)
            go_to_speaker(s, next);
    } else if (edge != 0) {
        if (edge < 0)
            text_pane_top(s->text);
        else
            text_pane_bottom(s->text);
    } else {
        session_go(s, (struct spot){timeline_pane_step(s->timeline, current(s), (int)rows), 0},
                   false);
    }
}

static void move_rows(struct session *s, long rows)
{
    if (rows > INT_MAX / 2)
        rows = INT_MAX / 2;
    if (rows < -INT_MAX / 2)
        rows = -INT_MAX / 2;
    if (!anything(s))
        return;
    if (s->pane == PANE_TEXT && !s->lanes)
        text_pane_scroll(s->text, (int)rows);
    else
        move_in_pane(s, rows, 0);
}

static long page(const struct session *s)
{
    long rows = s->pane == PANE_TEXT ? text_pane_rows(s->text) : s->layout.pane[s->pane].rows;

    return rows > 2 ? rows - 1 : 1;
}

static void do_line(struct session *s, enum action action, long count)
{
    move_rows(s, action == ACTION_LINE_DOWN ? times(count) : -times(count));
}

static void do_half(struct session *s, enum action action, long count)
{
    long rows = count > 0 ? count : (page(s) + 1) / 2;

    move_rows(s, action == ACTION_HALF_DOWN ? rows : -rows);
}

static void do_page(struct session *s, enum action action, long count)
{
    long rows = page(s) * times(count);

    move_rows(s, action == ACTION_PAGE_DOWN ? rows : -rows);
}

static void go_to_turn(struct session *s, long number)
{
    size_t count = transcript_turn_count(s->transcript);

    if (count == 0)
        return;
    if ((size_t)number > count)
        number = (long)count;
    session_jump(s, transcript_turn(s->transcript, (uint32_t)number - 1)->first, 0, false);
}

/* While the record loads the page stays at its end until that is all there, or a key comes. */
static void to_bottom(struct session *s)
{
    text_pane_bottom(s->text);
    if (s->loaded)
        return;
    s->to_bottom = true;
    session_message(s, "the end is still loading; any key stays here");
}

static void do_ends(struct session *s, enum action action, long count)
{
    if (!anything(s))
        return;
    if (count > 0) {
        go_to_turn(s, count);
        return;
    }
    session_note_jump(s);
    if (s->pane == PANE_SPEAKERS)
        move_in_pane(s, 0, action == ACTION_TOP ? -1 : 1);
    else if (action == ACTION_TOP)
        text_pane_top(s->text);
    else
        to_bottom(s);
}

/* The first segment of the turn after, or at or before, a segment, as far as it is read. */
static uint32_t turn_after(const struct session *s, uint32_t segment)
{
    const struct turn *turn = transcript_turn(s->transcript,
                                              transcript_turn_of(s->transcript, segment));

    return selection_at_or_after(&s->reading.selection, s->transcript, turn->end);
}

static uint32_t turn_start(const struct session *s, uint32_t segment)
{
    const struct turn *turn = transcript_turn(s->transcript,
                                              transcript_turn_of(s->transcript, segment));

    return selection_at_or_after(&s->reading.selection, s->transcript, turn->first);
}

static uint32_t turn_before(const struct session *s, uint32_t segment)
{
    uint32_t start = turn_start(s, segment);
    uint32_t before;

    if (start < segment || s->reading.byte > 0)
        return start;
    if (start == 0)
        return SEGMENT_NONE;
    before = selection_at_or_before(&s->reading.selection, s->transcript, start - 1);
    return before == SEGMENT_NONE ? SEGMENT_NONE : turn_start(s, before);
}

static void do_turn(struct session *s, enum action action, long count)
{
    uint32_t at = current(s);

    if (!anything(s))
        return;
    for (count = times(count); count > 0; count--) {
        uint32_t next = action == ACTION_TURN_NEXT ? turn_after(s, at) : turn_before(s, at);

        if (next == SEGMENT_NONE)
            break;
        at = next;
        s->reading.byte = 0;
    }
    if (at == current(s) && action == ACTION_TURN_NEXT)
        session_message(s, "this is the last turn");
    session_jump(s, at, 0, false);
}

/* The exchange whose question stands behind a segment, by halves; the count where none does. */
static size_t exchange_after(const struct session *s, uint32_t segment)
{
    size_t low = 0;
    size_t high = transcript_exchange_count(s->transcript);

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (transcript_exchange(s->transcript, (uint32_t)middle).first <= segment)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void do_exchange(struct session *s, enum action action, long count)
{
    size_t all = transcript_exchange_count(s->transcript);
    size_t next;
    long wanted;

    if (!anything(s))
        return;
    if (all == 0) {
        session_error(s, "this record has no questions");
        return;
    }
    next = exchange_after(s, current(s));
    if (action == ACTION_EXCHANGE_NEXT) {
        wanted = (long)next + times(count) - 1;
    } else {
        /* From inside an exchange, first back to its own question. */
        bool inside = next > 0 &&
                      transcript_exchange(s->transcript, (uint32_t)next - 1).first < current(s);

        wanted = (long)next - (inside ? 0 : 1) - times(count);
    }
    if (wanted >= (long)all) {
        session_message(s, "this was the last question");
        return;
    }
    if (wanted < 0) {
        session_message(s, "this was the first question");
        return;
    }
    session_jump(s, transcript_exchange(s->transcript, (uint32_t)wanted).first, 0, false);
}

static void do_same_speaker(struct session *s, enum action action, long count)
{
    const struct transcript *t = s->transcript;
    long step = action == ACTION_SAME_NEXT ? 1 : -1;
    long turns = (long)transcript_turn_count(t);
    uint32_t found = SEGMENT_NONE;
    uint32_t speaker;
    long turn;

    if (!anything(s))
        return;
    speaker = transcript_segment(t, current(s))->speaker;
    count = times(count);
    for (turn = (long)transcript_turn_of(t, current(s)) + step;
         turn >= 0 && turn < turns && count > 0; turn += step) {
        const struct turn *what = transcript_turn(t, (uint32_t)turn);

        if (what->speaker == speaker) {
            found = what->first;
            count--;
        }
    }
    if (found == SEGMENT_NONE)
        session_message(s, step > 0 ? "no later turn of this speaker"
                                    : "no earlier turn of this speaker");
    else
        session_jump(s, found, 0, false);
}

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

/* By place in the text, as in less, whatever the clock says. */
static void do_percent(struct session *s, enum action action, long count)
{
    uint64_t bytes;

    (void)action;
    transcript_arena(s->transcript, &bytes);
    if (bytes == 0)
        return;
    if (count > 100)
        count = 100;
    session_jump(s,
                 transcript_segment_at_byte(s->transcript,
                                            (bytes - 1) / 100 * (uint64_t)count +
                                                (bytes - 1) % 100 * (uint64_t)count / 100),
                 0, false);
}

static void do_back(struct session *s, enum action action, long count)
{
    (void)count;
    if (action == ACTION_BACK) {
        if (s->jump_at == 0) {
            session_message(s, "no earlier place");
            return;
        }
        if (s->jump_at == s->jump_count) {
            /* So that forth comes back to here. */
            session_note_jump(s);
            s->jump_at = s->jump_count - 1;
            if (s->jump_at == 0)
                return;
        }
        s->jump_at--;
    } else {
        if (s->jump_at + 1 >= s->jump_count) {
            session_message(s, "no later place");
            return;
        }
        s->jump_at++;
    }
    session_go(s, s->jumps[s->jump_at], false);
}

static void do_mark(struct session *s, enum action action, long count)
{
    (void)count;
    s->mode = action == ACTION_MARK ? MODE_MARK : MODE_MARK_GO;
}

static void do_solo(struct session *s, enum action action, long count)
{
    struct selection *selection = &s->reading.selection;
    uint32_t speaker;

    (void)action;
    (void)count;
    if (!anything(s))
        return;
    speaker = transcript_segment(s->transcript, current(s))->speaker;
    if (speaker == SPEAKER_NONE)
        return;
    if (selection->solo != NULL)
        selection_all_speakers(selection);
    else
        selection_solo_only(selection, speaker);
    session_selection_changed(s);
}

static void do_mute(struct session *s, enum action action, long count)
{
    (void)action;
    (void)count;
    if (!anything(s))
        return;
    selection_mute_toggle(&s->reading.selection,
                          transcript_segment(s->transcript, current(s))->speaker);
    session_selection_changed(s);
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
    if (s->selecting)
        s->selecting = false;
    else if (s->lanes)
        s->lanes = false;
    else if (s->search != NULL)
        session_search_clear(s);
    else if (s->narrow != NULL)
        session_narrow(s, "", &ignored);
}

static void do_sheet(struct session *s, enum action action, long count)
{
    (void)count;
    session_sheet_open(s, action == ACTION_LIST   ? SHEET_HITS
                          : action == ACTION_HELP ? SHEET_HELP
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
    s->selecting = !s->selecting && anything(s);
    s->select_from = current(s);
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

enum { MEASURE_COLUMNS = 76, MEASURE_LEAST = 20 };

static void do_width(struct session *s, enum action action, long count)
{
    (void)action;
    if (count > 0)
        s->measure = count < MEASURE_LEAST ? MEASURE_LEAST : (int)(count > 1000 ? 1000 : count);
    else
        s->measure = s->measure == 0 ? MEASURE_COLUMNS : 0;
    session_relayout(s);
    session_message(s,
                    s->measure == 0 ? "lines as wide as the pane" : "lines of a good measure");
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
    else
        s->over = true;
}

typedef void action_function(struct session *s, enum action action, long count);

static action_function *const functions[ACTION_COUNT] = {
    [ACTION_LINE_DOWN] = do_line,
    [ACTION_LINE_UP] = do_line,
    [ACTION_HALF_DOWN] = do_half,
    [ACTION_HALF_UP] = do_half,
    [ACTION_PAGE_DOWN] = do_page,
    [ACTION_PAGE_UP] = do_page,
    [ACTION_TOP] = do_ends,
    [ACTION_BOTTOM] = do_ends,
    [ACTION_TURN_NEXT] = do_turn,
    [ACTION_TURN_PREVIOUS] = do_turn,
    [ACTION_EXCHANGE_NEXT] = do_exchange,
    [ACTION_EXCHANGE_PREVIOUS] = do_exchange,
    [ACTION_SAME_NEXT] = do_same_speaker,
    [ACTION_SAME_PREVIOUS] = do_same_speaker,
    [ACTION_TIME] = do_prompt,
    [ACTION_PERCENT] = do_percent,
    [ACTION_BACK] = do_back,
    [ACTION_FORTH] = do_back,
    [ACTION_MARK] = do_mark,
    [ACTION_MARK_GO] = do_mark,
    [ACTION_SPEAKER] = do_prompt,
    [ACTION_SOLO] = do_solo,
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
    [ACTION_LANES] = do_lanes,
    [ACTION_THEME] = do_theme,
    [ACTION_MOUSE] = do_mouse,
    [ACTION_REDRAW] = do_redraw,
    [ACTION_COMMAND] = do_prompt,
    [ACTION_HELP] = do_sheet,
    [ACTION_PROBLEMS] = do_sheet,
    [ACTION_SUSPEND] = do_suspend,
    [ACTION_QUIT] = do_quit,
    [ACTION_QUIT_ALL] = do_quit,
};

void session_act(struct session *s, enum action action, long count)
{
    /* In the lists of speakers and moments Enter takes what is chosen. */
    if (action == ACTION_LINE_DOWN && s->entered) {
        s->entered = false;
        if (s->pane == PANE_SPEAKERS) {
            action = ACTION_SOLO;
        } else if (s->pane == PANE_TIMELINE) {
            action = ACTION_PANE_TEXT;
        }
    }
    functions[action](s, action, count);
    s->stale = true;
}

static bool run_with_argument(struct session *s, enum action action, const char *argument,
                              struct error *err)
{
    if (action == ACTION_TIME)
        return session_go_to_time(s, argument, err);
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
    if (strspn(argument, "0123456789") != strlen(argument))
        return error_set(err, ERROR_USAGE, "'%.40s' is not a number", argument);
    session_act(s, action, strtol(argument, NULL, 10));
    return true;
}

bool session_run(struct session *s, const char *command, struct error *err)
{
    const char *near;
    enum action action;
    size_t bytes;
    long count = 0;

    command += strspn(command, " :");
    if (*command >= '0' && *command <= '9') {
        char *rest;

        count = strtol(command, &rest, 10);
        command = rest + strspn(rest, " ");
        if (*command == '\0') {
            go_to_turn(s, count > 0 ? count : 1);
            return true;
        }
    }
    bytes = strcspn(command, " ");
    if (bytes == 1 && (*command == 'q' || *command == 'Q')) {
        s->over = true;
        return true;
    }
    action = action_by_name(command, bytes, &near);
    if (action == ACTION_NONE)
        return error_set(err, ERROR_USAGE, "no action is called '%.*s'; the nearest is '%s'",
                         (int)(bytes < 40 ? bytes : 40), command, near);
    command += bytes + strspn(command + bytes, " ");
    if (*command != '\0')
        return run_with_argument(s, action, command, err);
    session_act(s, action, count);
    return true;
}
