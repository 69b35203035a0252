/* Session: moving. A jump is remembered; scrolling is not. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/session_private.h"
#include "shilu/base/translate.h"
#include "shilu/model/find.h"

/* The most rows or turns that one key moves by: a larger count is a typing error, and would
 * take long. */
enum { STEPS_MAX = 20000, HEADING_REACH = 10000 };

static long times(long count)
{
    return count > STEPS_MAX ? STEPS_MAX : count > 0 ? count : 1;
}

static uint32_t current(const struct session *s)
{
    return s->reading.segment;
}

struct spot session_here(const struct session *s)
{
    return (struct spot){s->reading.segment, s->reading.byte};
}

bool session_is_empty(const struct session *s)
{
    return s->reading.segment == SEGMENT_NONE;
}

/* ---------------------------------------------------------------------------- the jumps */

/* Later entries in the list of jumps are dropped, as in a browser. */
void session_note_jump_from(struct session *s, struct spot spot)
{
    struct session_jumps *j = &s->jumps;

    if (spot.segment == SEGMENT_NONE)
        return;
    j->count = j->at;
    if (j->count > 0 && j->places[j->count - 1].segment == spot.segment &&
        j->places[j->count - 1].byte == spot.byte)
        return;
    if (j->count == JUMPS_MAX) {
        memmove(j->places, j->places + 1, (JUMPS_MAX - 1) * sizeof *j->places);
        j->count--;
    }
    j->places[j->count++] = spot;
    j->at = j->count;
}

void session_note_jump(struct session *s)
{
    session_note_jump_from(s, session_here(s));
}

void session_go(struct session *s, struct spot spot, bool context)
{
    text_pane_go_to(s->view.text, spot.segment, spot.byte, context);
    ui_touch(&s->ui);
}

void session_jump(struct session *s, uint32_t segment, uint32_t byte, bool context)
{
    session_note_jump(s);
    session_go(s, (struct spot){segment, byte}, context);
}

static void put_row(struct ui *ui, uint32_t code)
{
    struct text_pane *text = session_of(ui)->view.text;
    int last = text_pane_rows(text) - 1;

    if (code == 't' || code == KEY_CODE_ENTER)
        text_pane_put_reader(text, 0);
    else if (code == 'z' || code == '.')
        text_pane_put_reader(text, last / 2);
    else if (code == 'b' || code == '-')
        text_pane_put_reader(text, last);
    else if (code != KEY_CODE_ESC)
        ui_error(ui, "t is the top, z the middle, b the bottom");
}

void session_put_row(struct session *s, const struct ui_call *call, int argument)
{
    ui_ask_key(&s->ui, "row to the top (t), the middle (z) or the bottom (b)?", put_row);
}

/* Show everything about the current place in the last line. */
void session_where(struct session *s, const struct ui_call *call, int argument)
{
    const struct transcript *t = s->transcript;
    uint32_t at = s->reading.segment;
    const struct segment *segment = transcript_segment(t, at);
    uint32_t exchange = transcript_exchange_of(t, at);
    struct buffer text = {0};
    char time[CIVIL_TEXT];
    uint64_t all;

    reader_state_moment(&s->reading, segment->start_ms, time);
    if (*time != '\0')
        buffer_append_format(&text, "%s, ", time);
    transcript_arena(t, &all);
    buffer_append_format(&text, _("turn %u of %zu, "), (unsigned)transcript_turn_of(t, at) + 1,
                         transcript_turn_count(t));
    if (exchange != EXCHANGE_NONE)
        buffer_append_format(&text, _("question %u of %zu, "), (unsigned)exchange + 1,
                             transcript_exchange_count(t));
    buffer_append_format(&text, _("segment %u of %zu, %u%%"), (unsigned)at + 1,
                         transcript_count(t), reader_state_percent(&s->reading));
    if (segment->speaker != SPEAKER_NONE) {
        const struct speaker *speaker = transcript_speaker_at(t, segment->speaker);

        buffer_append_format(&text, ": %s", speaker->name);
        if (speaker->role != NULL)
            buffer_append_format(&text, ", %s", speaker->role);
    }
    ui_say(&s->ui, buffer_string(&text));
    buffer_release(&text);
}

static bool go_back(struct session *s)
{
    struct session_jumps *j = &s->jumps;

    if (j->at == 0) {
        ui_say(&s->ui, "no earlier place");
        return false;
    }
    if (j->at == j->count) {
        /* So that "forward" returns here. */
        session_note_jump(s);
        j->at = j->count - 1;
        if (j->at == 0)
            return false;
    }
    j->at--;
    return true;
}

static bool go_forth(struct session *s)
{
    if (s->jumps.at + 1 >= s->jumps.count) {
        ui_say(&s->ui, "no later place");
        return false;
    }
    s->jumps.at++;
    return true;
}

void session_travel(struct session *s, const struct ui_call *call, int direction)
{
    long count = times(call->count);
    bool any = false;

    while (count-- > 0 && (direction < 0 ? go_back(s) : go_forth(s)))
        any = true;
    if (any)
        session_go(s, s->jumps.places[s->jumps.at], false);
}

/* --------------------------------------------------------------------- rows and pages */

static void scroll(struct session *s, int rows)
{
    struct text_place before = text_pane_place(s->view.text);
    struct text_place after;

    text_pane_scroll(s->view.text, rows);
    after = text_pane_place(s->view.text);
    if (before.segment == after.segment && before.byte == after.byte &&
        before.lead == after.lead && s->follow.state == FOLLOW_NOT)
        ui_say(&s->ui, rows < 0 ? N_("this is the first line") : N_("this is the last line"));
}

static void move_rows(struct session *s, bool back, long rows)
{
    int by = (int)(rows > STEPS_MAX ? STEPS_MAX : rows);

    by = back ? -by : by;
    if (s->view.pane == PANE_SPEAKERS && !s->view.lanes)
        session_move_in_speakers(s, by);
    else if (session_is_empty(s))
        return;
    else if (s->view.pane == PANE_TEXT && !s->view.lanes)
        scroll(s, by);
    else
        session_go(s, (struct spot){timeline_pane_step(s->view.timeline, current(s), by), 0},
                   false);
}

static long page(const struct session *s)
{
    long rows = s->view.pane == PANE_TEXT ? text_pane_rows(s->view.text)
                                          : s->view.layout.pane[s->view.pane].rows;

    return rows > 2 ? rows - 1 : 1;
}

/* Moves to the last one, as in less and vi, but says so. */
static void say_turns(struct session *s, size_t count)
{
    char text[120];

    snprintf(text, sizeof text,
             ngettext("the record has %zu turn", "the record has %zu turns", count), count);
    ui_say(&s->ui, text);
}

void session_go_to_turn(struct ui *ui, long number)
{
    struct session *s = session_of(ui);
    size_t count = transcript_turn_count(s->transcript);

    if (count == 0)
        return;
    if ((size_t)number > count) {
        say_turns(s, count);
        number = (long)count;
    }
    session_jump(s, transcript_turn(s->transcript, (uint32_t)number - 1)->first, 0, false);
}

static void jump_to_end(struct session *s)
{
    session_note_jump(s);
    session_to_bottom(s);
}

static void move_to_end(struct session *s, bool back, long count)
{
    if (session_is_empty(s))
        return;
    if (count > 0) {
        session_go_to_turn(&s->ui, count);
        return;
    }
    session_note_jump(s);
    if (s->view.pane == PANE_SPEAKERS)
        session_move_in_speakers(s, back ? INT_MIN : INT_MAX);
    else if (back)
        text_pane_top(s->view.text);
    else
        session_to_bottom(s);
}

/* By position in the text, as in less, not by time. */
static void move_to_percent(struct session *s, long percent)
{
    uint64_t bytes;

    transcript_arena(s->transcript, &bytes);
    if (bytes == 0)
        return;
    if (percent > 100)
        ui_say(&s->ui, "the end is at 100%");
    if (percent >= 100) {
        jump_to_end(s);
        return;
    }
    session_jump(s,
                 transcript_segment_at_byte(s->transcript,
                                            (bytes - 1) / 100 * (uint64_t)percent +
                                                (bytes - 1) % 100 * (uint64_t)percent / 100),
                 0, false);
}

/* --------------------------------------------------------- turns, questions, speakers */

/* The first selected segment of the turn after a segment, or of the turn at or before it. */
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

static void move_by_turn(struct session *s, bool back, long count)
{
    uint32_t at = current(s);
    uint32_t byte = s->reading.byte;

    if (session_is_empty(s))
        return;
    for (count = times(count); count > 0; count--) {
        uint32_t next = back ? turn_before(s, at, byte) : turn_after(s, at);

        if (next == SEGMENT_NONE)
            break;
        at = next;
        byte = 0;
    }
    if (at != current(s) || byte != s->reading.byte)
        session_jump(s, at, 0, false);
    else
        ui_say(&s->ui, back ? N_("this is the first turn") : N_("this is the last turn"));
}

/* The exchange whose question comes after a segment, by binary search; the number of exchanges
 * if there is none. */
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

/* The first selected segment of the next exchange that has one; SEGMENT_NONE if none has. */
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

/* The same backwards: in the exchange that contains the segment, else in an earlier one. */
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

static void move_by_question(struct session *s, bool back, long count)
{
    uint32_t at = current(s);

    if (session_is_empty(s))
        return;
    if (transcript_exchange_count(s->transcript) == 0) {
        ui_say(&s->ui, "this record has no questions");
        return;
    }
    for (count = times(count); count > 0 && at != SEGMENT_NONE; count--)
        at = back ? previous_exchange(s, at) : next_exchange(s, at);
    if (at == SEGMENT_NONE)
        ui_say(&s->ui,
               back ? N_("this was the first question") : N_("this was the last question"));
    else
        session_jump(s, at, 0, false);
}

static void move_by_same_speaker(struct session *s, bool back, long count)
{
    const struct transcript *t = s->transcript;
    long step = back ? -1 : 1;
    long turns = (long)transcript_turn_count(t);
    uint32_t found = SEGMENT_NONE;
    uint32_t speaker;
    long turn;

    if (session_is_empty(s))
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
        ui_say(&s->ui, back ? N_("no earlier turn of this speaker")
                            : N_("no later turn of this speaker"));
    else
        session_jump(s, found, 0, false);
}

static bool is_heading(const struct session *s, uint32_t segment)
{
    return transcript_segment(s->transcript, segment)->kind == SEGMENT_HEADING;
}

/* A record has them near its start or not at all, so checking the first turns is enough. */
bool session_has_headings(const struct session *s)
{
    size_t count = transcript_count(s->transcript);

    for (uint32_t i = 0; i < count && i < HEADING_REACH; i++)
        if (is_heading(s, i))
            return true;
    return false;
}

static void move_by_heading(struct session *s, bool back, long count)
{
    const struct transcript *t = s->transcript;
    uint32_t end = (uint32_t)transcript_count(t);
    uint32_t at = current(s);
    uint32_t found = SEGMENT_NONE;

    if (session_is_empty(s))
        return;
    count = times(count);
    while (count > 0 && (back ? at > 0 : at + 1 < end)) {
        at += back ? UINT32_MAX : 1; /* minus one */
        if (is_heading(s, at) && selection_takes(&s->reading.selection, t, at)) {
            found = at;
            count--;
        }
    }
    if (found == SEGMENT_NONE)
        ui_say(&s->ui, back ? N_("no heading before this") : N_("no heading after this"));
    else
        session_jump(s, found, 0, false);
}

void session_move(struct ui *ui, enum ui_move what, bool back, long count)
{
    struct session *s = session_of(ui);

    if (s->overlay.open) {
        session_overlay_move(s, what, back, count);
        return;
    }
    if (session_select_move(s, what, back, count) || session_outline_move(s, what, back, count))
        return;
    switch (what) {
    case MOVE_LINE:
        move_rows(s, back, times(count));
        break;
    case MOVE_HALF_PAGE:
        move_rows(s, back, count > 0 ? count : (page(s) + 1) / 2);
        break;
    case MOVE_PAGE:
        move_rows(s, back, page(s) * times(count));
        break;
    case MOVE_END:
        move_to_end(s, back, count);
        break;
    case MOVE_PERCENT:
        move_to_percent(s, count);
        break;
    case MOVE_TURN:
        move_by_turn(s, back, count);
        break;
    case MOVE_QUESTION:
        move_by_question(s, back, count);
        break;
    case MOVE_SAME_SPEAKER:
        move_by_same_speaker(s, back, count);
        break;
    case MOVE_HIT:
        session_search_go(s, back != s->search.backward, count);
        break;
    case MOVE_HEADING:
        move_by_heading(s, back, count);
        break;
    case MOVE_WORD:
    case MOVE_BACK:
        break;
    }
}

/* -------------------------------------------------------------------------------- times */

/* "50%" in a record without times: by position. */
static bool percent_of_text(struct session *s, const char *text)
{
    char *end;
    double percent = strtod(text, &end);
    uint64_t bytes;

    if (end == text || strcmp(end, "%") != 0 || !(percent >= 0 && percent <= 100))
        return false;
    transcript_arena(s->transcript, &bytes);
    if (percent >= 100)
        jump_to_end(s);
    else if (bytes > 0)
        session_jump(s,
                     transcript_segment_at_byte(
                         s->transcript, (uint64_t)((double)(bytes - 1) * percent / 100)),
                     0, false);
    return true;
}

static bool go_to_question(struct session *s, size_t number, struct error *err)
{
    size_t count = transcript_exchange_count(s->transcript);

    if (number == 0 || number > count)
        return error_set(err, ERROR_USAGE, "there is no question %zu: the record has %zu",
                         number, count);
    session_jump(s, transcript_exchange(s->transcript, (uint32_t)number - 1).first, 0, false);
    return true;
}

/* Does not jump to a time outside the record. */
static bool is_in_span(const struct session *s, const struct time_query *query,
                       struct error *err)
{
    int64_t first_ms;
    int64_t last_ms;
    char first[CIVIL_TEXT];
    char last[CIVIL_TEXT];

    transcript_span(s->transcript, &first_ms, &last_ms);
    if (query->ms <= last_ms && query->ms + query->precision_ms > first_ms)
        return true;
    reader_state_moment(&s->reading, first_ms, first);
    reader_state_moment(&s->reading, last_ms, last);
    return error_set(err, ERROR_USAGE, "the record is from %s to %s", first, last);
}

bool session_go_to_time(struct ui *ui, const char *text, struct error *err)
{
    struct session *s = session_of(ui);
    struct time_query query;
    size_t number;
    uint32_t segment = s->reading.segment;
    int64_t from_ms = segment == SEGMENT_NONE
                          ? TIME_NONE
                          : transcript_segment(s->transcript, segment)->start_ms;

    if (*text == '\0')
        return true;
    if (question_number_parse(text, &number))
        return go_to_question(s, number, err);
    if (transcript_time_base(s->transcript) == TIME_BASE_NONE && percent_of_text(s, text))
        return true;
    if (!time_query_parse(s->transcript, text, from_ms, &query, err))
        return false;
    if (!is_in_span(s, &query, err))
        return false;
    segment = transcript_at_time(s->transcript, query.ms, query.precision_ms);
    if (segment == SEGMENT_NONE)
        return error_set(err, ERROR_USAGE, "this record has no times");
    session_jump(s, segment, 0, true);
    return true;
}
