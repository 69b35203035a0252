/* Session: the actions that move. Each leaves the reading position at a segment that is read,
 * or where it was. */
#include <limits.h>

#include "session/session_private.h"

/* The most rows or turns that one key goes: more is a slip of the finger, and would be waited
 * for. */
enum { STEPS_MAX = 20000 };

static long times(long count)
{
    return count > STEPS_MAX ? STEPS_MAX : count > 0 ? count : 1;
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
    uint32_t i = anything(s) ? current(s) : 0;

    while (i < count && transcript_segment(t, i)->speaker != speaker)
        i++;
    if (i == count)
        i = transcript_speaker_at(t, speaker)->last;
    session_jump(s, transcript_turn(t, transcript_turn_of(t, i))->first, 0, false);
}

/* Somebody who is not read can be chosen all the same: the text then stays where it is. */
void session_choose_speaker(struct session *s, uint32_t speaker)
{
    s->reading.chosen_speaker = SPEAKER_NONE;
    if (speaker == SPEAKER_NONE || transcript_speaker_at(s->transcript, speaker)->segments == 0)
        s->reading.chosen_speaker = speaker;
    else if (!selection_takes_speaker(&s->reading.selection, speaker))
        s->reading.chosen_speaker = speaker;
    else if (!anything(s) || transcript_segment(s->transcript, current(s))->speaker != speaker)
        go_to_speaker(s, speaker);
    s->stale = true;
}

static void move_in_speakers(struct session *s, int rows)
{
    uint32_t from = s->reading.chosen_speaker;
    uint32_t next;

    if (from == SPEAKER_NONE && anything(s))
        from = transcript_segment(s->transcript, current(s))->speaker;
    next = speaker_pane_step(s->speakers, from, rows);
    if (next != from)
        session_choose_speaker(s, next);
}

static void move_rows(struct session *s, long rows)
{
    if (rows > STEPS_MAX)
        rows = STEPS_MAX;
    if (rows < -STEPS_MAX)
        rows = -STEPS_MAX;
    if (s->pane == PANE_SPEAKERS && !s->lanes)
        move_in_speakers(s, (int)rows);
    else if (!anything(s))
        return;
    else if (s->pane == PANE_TEXT && !s->lanes)
        text_pane_scroll(s->text, (int)rows);
    else
        session_go(s, (struct spot){timeline_pane_step(s->timeline, current(s), (int)rows), 0},
                   false);
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

void session_go_to_turn(struct session *s, long number)
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
    session_follow_resume(s);
    if (s->loaded || s->follow != FOLLOW_NOT)
        return;
    s->to_bottom = true;
    session_message(s, "the end is still loading; Esc stays here");
}

static void do_ends(struct session *s, enum action action, long count)
{
    if (!anything(s))
        return;
    if (count > 0) {
        session_go_to_turn(s, count);
        return;
    }
    session_note_jump(s);
    if (s->pane == PANE_SPEAKERS)
        move_in_speakers(s, action == ACTION_TOP ? INT_MIN : INT_MAX);
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

    return reader_state_at_or_after(&s->reading, turn->end);
}

static uint32_t turn_start(const struct session *s, uint32_t segment)
{
    const struct turn *turn = transcript_turn(s->transcript,
                                              transcript_turn_of(s->transcript, segment));

    return reader_state_at_or_after(&s->reading, turn->first);
}

static uint32_t turn_before(const struct session *s, uint32_t segment, uint32_t byte)
{
    uint32_t start = turn_start(s, segment);
    uint32_t before;

    if (start < segment || byte > 0)
        return start;
    if (start == 0)
        return SEGMENT_NONE;
    before = reader_state_at_or_before(&s->reading, start - 1);
    return before == SEGMENT_NONE ? SEGMENT_NONE : turn_start(s, before);
}

static void do_turn(struct session *s, enum action action, long count)
{
    uint32_t at = current(s);
    uint32_t byte = s->reading.byte;

    if (!anything(s))
        return;
    for (count = times(count); count > 0; count--) {
        uint32_t next = action == ACTION_TURN_NEXT ? turn_after(s, at)
                                                   : turn_before(s, at, byte);

        if (next == SEGMENT_NONE)
            break;
        at = next;
        byte = 0;
    }
    if (at != current(s) || byte != s->reading.byte)
        session_jump(s, at, 0, false);
    else
        session_message(s, action == ACTION_TURN_NEXT ? "this is the last turn"
                                                      : "this is the first turn");
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

/* The first words that are read of the next exchange of which any are; SEGMENT_NONE: none. */
static uint32_t next_exchange(const struct session *s, uint32_t at)
{
    size_t number;

    while ((number = exchange_after(s, at)) < transcript_exchange_count(s->transcript)) {
        at = reader_state_at_or_after(
            &s->reading, transcript_exchange(s->transcript, (uint32_t)number).first);
        if (at == SEGMENT_NONE || transcript_exchange_of(s->transcript, at) != EXCHANGE_NONE)
            return at;
    }
    return SEGMENT_NONE;
}

/* The same before a segment: of the exchange that it is in, else of one before that. */
static uint32_t previous_exchange(const struct session *s, uint32_t at)
{
    while (at > 0) {
        uint32_t before = reader_state_at_or_before(&s->reading, at - 1);
        size_t number = before == SEGMENT_NONE ? 0 : exchange_after(s, before);
        struct exchange e;

        if (number == 0)
            break;
        e = transcript_exchange(s->transcript, (uint32_t)number - 1);
        if (before < e.end)
            return reader_state_at_or_after(&s->reading, e.first);
        at = e.end;
    }
    return SEGMENT_NONE;
}

static void do_exchange(struct session *s, enum action action, long count)
{
    bool next = action == ACTION_EXCHANGE_NEXT;
    uint32_t at = current(s);

    if (!anything(s))
        return;
    if (transcript_exchange_count(s->transcript) == 0) {
        session_error(s, "this record has no questions");
        return;
    }
    for (count = times(count); count > 0 && at != SEGMENT_NONE; count--)
        at = next ? next_exchange(s, at) : previous_exchange(s, at);
    if (at == SEGMENT_NONE)
        session_message(s, next ? "this was the last question" : "this was the first question");
    else
        session_jump(s, at, 0, false);
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

void session_walk(struct session *s, enum action action, long count)
{
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
        [ACTION_PERCENT] = do_percent,
        [ACTION_BACK] = do_back,
        [ACTION_FORTH] = do_back,
    };

    functions[action](s, action, count);
}
