/* Session: selecting words. The selection is a run of bytes of the arena, [from, to), which
 * grows and shrinks at one end by words, sentences, rows, cues and paragraphs.
 *
 * Invariant: while words are selected, from < to, and both are within shown words. */
#include "session/session_private.h"
#include "shilu/base/translate.h"
#include "shilu/text/sentence.h"
#include "shilu/text/utf8.h"

/* A run of bytes of the arena. */
struct run {
    uint64_t from;
    uint64_t to;
};

static uint64_t byte_of(const struct transcript *t, struct spot spot)
{
    return transcript_segment(t, spot.segment)->text_byte + spot.byte;
}

static struct spot spot_of(const struct transcript *t, uint64_t byte)
{
    uint32_t segment = transcript_segment_at_byte(t, byte);
    const struct segment *s = transcript_segment(t, segment);

    return (struct spot){segment, (uint32_t)(byte > s->text_byte ? byte - s->text_byte : 0)};
}

static struct run segments_run(const struct transcript *t, uint32_t first, uint32_t end)
{
    const struct segment *last = transcript_segment(t, end - 1);

    return (struct run){transcript_segment(t, first)->text_byte,
                        last->text_byte + last->text_bytes};
}

/* The paragraph that contains a byte, as far as it is shown. */
static struct run paragraph_at(const struct session *s, uint64_t byte)
{
    uint32_t segment = transcript_segment_at_byte(s->transcript, byte);
    const struct selection *selection = &s->reading.selection;

    return segments_run(s->transcript, selection_unit_first(selection, s->transcript, segment),
                        selection_unit_end(selection, s->transcript, segment));
}

static struct run sentence_run(const struct session *s, uint64_t byte)
{
    struct run p = paragraph_at(s, byte);
    uint64_t all;
    const char *arena = transcript_arena(s->transcript, &all);
    size_t start;
    size_t end;

    if (byte >= p.to)
        byte = p.to > p.from ? p.to - 1 : p.from;
    sentence_at(arena + p.from, (size_t)(p.to - p.from), (size_t)(byte - p.from), &start, &end);
    return (struct run){p.from + start, p.from + end};
}

static struct run word_run(const struct session *s, uint64_t byte)
{
    struct run p = paragraph_at(s, byte);
    uint64_t all;
    const char *arena = transcript_arena(s->transcript, &all);
    size_t start;
    size_t end;

    if (byte >= p.to || !word_at_or_after(arena + p.from, (size_t)(p.to - p.from),
                                          (size_t)(byte - p.from), &start, &end))
        return (struct run){byte, p.to};
    return (struct run){p.from + start, p.from + end};
}

/* The word that contains a byte, or the last one before it, with what follows the word if the
 * byte is there. */
static struct run word_run_back(const struct session *s, uint64_t byte)
{
    struct run p = paragraph_at(s, byte);
    uint64_t all;
    const char *arena = transcript_arena(s->transcript, &all);
    size_t start = word_start_before(arena + p.from, (size_t)(p.to - p.from),
                                     (size_t)(byte - p.from) + 1);
    struct run run = word_run(s, p.from + start);

    return (struct run){p.from + start, run.to > byte ? run.to : byte + 1};
}

static struct run row_run(const struct session *s, uint64_t byte)
{
    struct spot spot = spot_of(s->transcript, byte);
    struct run run = {byte, byte};

    text_pane_line(s->view.text, spot.segment, spot.byte, &run.from, &run.to);
    return run;
}

/* The unit that contains a byte. */
static struct run unit_at(const struct session *s, enum select_unit unit, uint64_t byte)
{
    uint32_t segment = transcript_segment_at_byte(s->transcript, byte);
    const struct turn *turn;

    switch (unit) {
    case SELECT_WORD:
        return word_run(s, byte);
    case SELECT_SENTENCE:
        return sentence_run(s, byte);
    case SELECT_ROW:
        return row_run(s, byte);
    case SELECT_CUE:
        return segments_run(s->transcript, segment, segment + 1);
    case SELECT_TURN:
        turn = transcript_turn(s->transcript, transcript_turn_of(s->transcript, segment));
        return segments_run(s->transcript, turn->first, turn->end);
    case SELECT_PARAGRAPH:
    case SELECT_UNIT_COUNT:
        break;
    }
    return paragraph_at(s, byte);
}

/* The first shown byte at or after one that may be after a paragraph; false if there is
 * none. */
static bool next_byte(const struct session *s, uint64_t *byte)
{
    struct spot spot = spot_of(s->transcript, *byte);
    const struct segment *segment = transcript_segment(s->transcript, spot.segment);
    uint32_t next;

    if (spot.byte < segment->text_bytes &&
        selection_takes(&s->reading.selection, s->transcript, spot.segment))
        return true;
    next = reader_state_at_or_after(&s->reading, spot.segment + 1);
    if (next == SEGMENT_NONE)
        return false;
    *byte = transcript_segment(s->transcript, next)->text_byte;
    return true;
}

/* The same, backwards: the byte before `byte`. */
static bool byte_before(const struct session *s, uint64_t *byte)
{
    struct spot spot;
    uint32_t before;

    if (*byte == 0)
        return false;
    spot = spot_of(s->transcript, *byte - 1);
    before = reader_state_at_or_before(&s->reading, spot.segment);
    if (before == SEGMENT_NONE)
        return false;
    if (before != spot.segment ||
        spot.byte >= transcript_segment(s->transcript, before)->text_bytes) {
        struct run run = segments_run(s->transcript, before, before + 1);

        if (run.to == run.from)
            return false;
        *byte = run.to - 1;
    } else {
        --*byte;
    }
    return true;
}

/* The end of a unit after `to`, and the start of one after `from`. */
static bool grow_end(const struct session *s, enum select_unit unit, uint64_t *to)
{
    uint64_t at = *to;
    struct run run;

    do {
        if (!next_byte(s, &at))
            return false;
        run = unit_at(s, unit, at);
        at = run.to > at ? run.to : at + 1;
    } while (run.to <= *to);
    *to = run.to;
    return true;
}

/* The unit that contains a byte, when moving backwards. */
static struct run unit_back(const struct session *s, enum select_unit unit, uint64_t byte)
{
    return unit == SELECT_WORD ? word_run_back(s, byte) : unit_at(s, unit, byte);
}

static bool shrink_end(const struct session *s, enum select_unit unit, uint64_t from,
                       uint64_t *to)
{
    uint64_t at = *to;
    struct run run;

    if (!byte_before(s, &at))
        return false;
    at = unit_back(s, unit, at).from;
    if (at <= from || !byte_before(s, &at))
        return false;
    run = unit == SELECT_WORD ? word_run(s, word_run_back(s, at).from) : unit_at(s, unit, at);
    if (run.to <= from || run.to >= *to)
        return false;
    *to = run.to;
    return true;
}

static bool grow_start(const struct session *s, enum select_unit unit, uint64_t *from)
{
    uint64_t at = *from;
    struct run run;

    if (!byte_before(s, &at))
        return false;
    run = unit_back(s, unit, at);
    if (run.from >= *from)
        return false;
    *from = run.from;
    return true;
}

/* Skip blanks between two units. */
static uint64_t skip_blanks(const struct session *s, uint64_t at, uint64_t to)
{
    uint64_t all;
    const char *arena = transcript_arena(s->transcript, &all);

    while (at < to) {
        uint32_t cp;
        size_t bytes = utf8_decode(arena + at, (size_t)(to - at), &cp);

        if (cp != ' ' && cp != '\n' && cp != 0x3000)
            break;
        at += bytes;
    }
    return at;
}

static bool shrink_start(const struct session *s, enum select_unit unit, uint64_t *from,
                         uint64_t to)
{
    uint64_t at = unit_at(s, unit, *from).to;

    if (at <= *from || !next_byte(s, &at))
        return false;
    at = unit_at(s, unit, at).from > at ? unit_at(s, unit, at).from : at;
    at = skip_blanks(s, at, to);
    if (at >= to)
        return false;
    *from = at;
    return true;
}

/* Keep the moving end visible. */
static void show_end(struct session *s)
{
    const struct reader_state *r = &s->reading;
    struct spot spot = spot_of(s->transcript,
                               s->select.moves_start ? r->select_from : r->select_to - 1);

    text_pane_show(s->view.text, spot.segment, spot.byte);
    ui_touch(&s->ui);
}

static void start(struct session *s, struct run run)
{
    if (run.to <= run.from) {
        ui_say(&s->ui, "no words here");
        return;
    }
    s->reading.selecting = true;
    s->reading.select_from = run.from;
    s->reading.select_to = run.to;
    s->select.anchor_from = run.from;
    s->select.anchor_to = run.to;
    s->select.moves_start = false;
}

/* Select the sentence at the reading row. If something is selected, extend it to whole
 * paragraphs, then rows, turns, and sentences again. */
void session_select(struct session *s, const struct ui_call *call, int unit)
{
    static const char *const names[] = {[SELECT_SENTENCE] = N_("by sentence"),
                                        [SELECT_PARAGRAPH] = N_("by paragraph"),
                                        [SELECT_ROW] = N_("by row"),
                                        [SELECT_TURN] = N_("by turn")};
    static const enum select_unit next[] = {[SELECT_SENTENCE] = SELECT_PARAGRAPH,
                                            [SELECT_PARAGRAPH] = SELECT_TURN,
                                            [SELECT_TURN] = SELECT_ROW,
                                            [SELECT_ROW] = SELECT_SENTENCE};
    uint64_t at = byte_of(s->transcript, session_here(s));

    if (!s->reading.selecting) {
        s->select.unit = (enum select_unit)unit;
        s->select.origin = session_here(s);
        start(s, unit_at(s, s->select.unit, at));
        for (long count = call->count; count > 1; count--)
            grow_end(s, s->select.unit, &s->reading.select_to);
        s->select.anchor_to = s->reading.select_to;
        return;
    }
    s->select.unit = s->select.unit == (enum select_unit)unit || unit == SELECT_SENTENCE
                         ? next[s->select.unit]
                         : (enum select_unit)unit;
    at = byte_of(s->transcript, s->select.origin);
    start(s, unit_at(s, s->select.unit, at));
    ui_say(&s->ui, names[s->select.unit]);
}

/* The unit at the fixed end stays selected. */
static void keep_other_end(struct session *s)
{
    const struct reader_state *r = &s->reading;
    struct run run = unit_at(s, s->select.unit,
                             s->select.moves_start ? r->select_to - 1 : r->select_from);

    s->select.anchor_from = run.from > r->select_from ? run.from : r->select_from;
    s->select.anchor_to = run.to < r->select_to ? run.to : r->select_to;
}

void session_swap_ends(struct session *s, const struct ui_call *call, int argument)
{
    if (!s->reading.selecting) {
        ui_say(&s->ui, "nothing selected; v selects");
        return;
    }
    s->select.moves_start = !s->select.moves_start;
    keep_other_end(s);
    show_end(s);
}

/* Move the moving end by one unit. */
static bool move_end(struct session *s, enum select_unit unit, bool back)
{
    struct reader_state *r = &s->reading;

    if (s->select.moves_start)
        return back ? grow_start(s, unit, &r->select_from)
                    : shrink_start(s, unit, &r->select_from, r->select_to);
    return back ? shrink_end(s, unit, r->select_from, &r->select_to)
                : grow_end(s, unit, &r->select_to);
}

/* If the ends cannot come closer, continue on the other side: as in vi, what was selected first
 * stays selected. */
static bool move_across(struct session *s, enum select_unit unit, bool back)
{
    struct reader_state *r = &s->reading;
    const struct session_select before = s->select;
    const struct run run = {r->select_from, r->select_to};

    if (back == s->select.moves_start)
        return false;
    s->select.moves_start = back;
    if (r->select_from > s->select.anchor_from)
        r->select_from = s->select.anchor_from;
    if (r->select_to < s->select.anchor_to)
        r->select_to = s->select.anchor_to;
    if (move_end(s, unit, back))
        return true;
    s->select = before;
    r->select_from = run.from;
    r->select_to = run.to;
    return false;
}

/* To the first or last words shown. With hidden speakers these may be on the other side of what
 * was selected first, which stays selected. */
static void move_to_end(struct session *s, bool back)
{
    struct reader_state *r = &s->reading;
    uint32_t count = (uint32_t)transcript_count(s->transcript);
    uint32_t at = back ? reader_state_at_or_after(r, 0) : reader_state_at_or_before(r, count);
    struct run run;

    if (at == SEGMENT_NONE)
        return;
    run = segments_run(s->transcript, at, at + 1);
    s->select.moves_start = back;
    r->select_from = s->select.anchor_from;
    r->select_to = s->select.anchor_to;
    if (back && run.from < r->select_from)
        r->select_from = run.from;
    if (!back && run.to > r->select_to)
        r->select_to = run.to;
    show_end(s);
}

/* A move while words are selected moves the end of the selection. */
bool session_select_move(struct session *s, enum ui_move what, bool back, long count)
{
    static const enum select_unit units[] = {[MOVE_LINE] = SELECT_ROW,
                                             [MOVE_HALF_PAGE] = SELECT_ROW,
                                             [MOVE_PAGE] = SELECT_ROW,
                                             [MOVE_WORD] = SELECT_WORD,
                                             [MOVE_TURN] = SELECT_PARAGRAPH,
                                             [MOVE_QUESTION] = SELECT_CUE,
                                             [MOVE_SAME_SPEAKER] = SELECT_SENTENCE};
    struct reader_state *r = &s->reading;
    bool is_row = what == MOVE_LINE || what == MOVE_HALF_PAGE || what == MOVE_PAGE;
    bool moved = false;

    if (r->selecting && what == MOVE_END) {
        move_to_end(s, back);
        return true;
    }
    if (!r->selecting || (!is_row && what != MOVE_WORD && what != MOVE_TURN &&
                          what != MOVE_QUESTION && what != MOVE_SAME_SPEAKER))
        return false;
    if (count < 1)
        count = what == MOVE_HALF_PAGE ? text_pane_rows(s->view.text) / 2
                : what == MOVE_PAGE    ? text_pane_rows(s->view.text)
                                       : 1;
    for (; count > 0; count--) {
        if (!move_end(s, units[what], back) && !move_across(s, units[what], back))
            break;
        moved = true;
    }
    if (moved)
        show_end(s);
    else
        ui_say(&s->ui, "cannot move further");
    return true;
}

void session_by_word(struct session *s, const struct ui_call *call, int direction)
{
    if (!session_select_move(s, MOVE_WORD, direction < 0, call->count))
        ui_say(&s->ui, "v selects a sentence; Left and Right then move its end by a word");
}

bool session_leave_selection(struct session *s)
{
    bool was = s->reading.selecting;

    s->reading.selecting = false;
    return was;
}

void session_selected_run(const struct session *s, long count, uint64_t *from, uint64_t *to)
{
    struct run run = {s->reading.select_from, s->reading.select_to};

    if (!s->reading.selecting) {
        run = sentence_run(s, byte_of(s->transcript, session_here(s)));
        for (; count > 1; count--)
            grow_end(s, SELECT_SENTENCE, &run.to);
    }
    *from = run.from;
    *to = run.to;
}

size_t session_selected_count(const struct session *s)
{
    uint64_t all;
    const char *arena = transcript_arena(s->transcript, &all);
    const struct reader_state *r = &s->reading;

    return utf8_count(arena + r->select_from, (size_t)(r->select_to - r->select_from));
}

bool session_selected_words(const struct session *s, struct buffer *out)
{
    struct quote q;

    if (!s->reading.selecting)
        return false;
    session_quote(s, 0, &q);
    buffer_append_string(out, buffer_string(&q.words));
    quote_release(&q);
    return out->bytes > 0;
}
