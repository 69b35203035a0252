/* Session: a list over the panes: the problems of the file, all hits, or all marks. In the last
 * two a row is chosen, and the text follows it. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "session/session_private.h"
#include "shilu/base/translate.h"
#include "shilu/text/utf8.h"
#include "shilu/view/snippet.h"
#include "shilu/view/speaker_color.h"

enum { CONTEXT_BYTES = 60, NAME_COLUMNS = 14, NAME_FROM_COLUMNS = 39 };

/* ------------------------------------------------------------------------- problems */

static size_t problem_rows(const struct session *s)
{
    return s->loading.found != NULL && s->loading.found->kept > 0 ? s->loading.found->kept : 1;
}

static void draw_problem_row(struct session *s, struct pen *pen, size_t index)
{
    const struct diagnostic *d;
    struct buffer text = {0};

    pen->column = 2;
    if (s->loading.found == NULL || s->loading.found->kept == 0) {
        pen_string(pen, _("no problems in this file"), ROLE_TEXT);
        return;
    }
    d = &s->loading.found->items[index];
    if (d->line > 0)
        buffer_append_format(&text, "%" PRIu64 ":%" PRIu64 ": ", d->line, d->column);
    buffer_append_string(&text, d->message);
    pen_text(pen, buffer_span(&text),
             d->severity == SEVERITY_ERROR ? ROLE_STATUS_ERROR : ROLE_TEXT);
    buffer_release(&text);
}

/* ----------------------------------------------------------------------------- hits */

/* Words of its paragraph around a hit. */
static void draw_context(struct session *s, struct pen *pen, const struct hit *hit)
{
    size_t bytes;
    size_t start;
    size_t end;
    size_t from;
    size_t to;
    const char *text = search_hit_unit(s->transcript, session_searched(s), hit, &bytes, &start,
                                       &end);

    from = utf8_floor(text, bytes, start > CONTEXT_BYTES / 2 ? start - CONTEXT_BYTES / 2 : 0);
    to = bytes - end > 4 * CONTEXT_BYTES ? utf8_floor(text, bytes, end + 4 * CONTEXT_BYTES)
                                         : bytes;
    snippet_draw(pen, span_of(text + from, to - from), start - from, end - from);
}

void session_draw_source(struct session *s, struct pen *pen, uint32_t number, int name_columns)
{
    const struct segment *segment = transcript_segment(s->transcript, number);
    char time[CIVIL_TEXT];

    reader_state_time(&s->reading, segment->start_ms, time);
    pen_string(pen, time, ROLE_TIME);
    pen->column += *time != '\0';
    if (segment->speaker != SPEAKER_NONE && name_columns > 0) {
        struct pen name = pen_cell(pen, name_columns);

        speaker_color_name(&name, &s->reading, segment->speaker);
    }
}

static void draw_source(struct session *s, struct pen *pen, uint32_t number)
{
    session_draw_source(s, pen, number,
                        pen->edge - pen->column < NAME_FROM_COLUMNS ? 0 : NAME_COLUMNS);
}

static void draw_hit_row(struct session *s, struct pen *pen, size_t index)
{
    struct hit hit = search_hit(s->search.search, index);

    draw_source(s, pen, hit.segment);
    draw_context(s, pen, &hit);
}

/* ---------------------------------------------------------------------------- marks */

static void draw_mark_row(struct session *s, struct pen *pen, size_t index)
{
    const char *letter = &s->overlay.marks[index];
    struct spot spot;
    const char *text;
    size_t bytes;

    pen_text(pen, span_of(letter, 1), ROLE_HELP_KEY);
    pen->column++;
    if (!session_find_mark(s, *letter, &spot) ||
        spot.segment >= transcript_count(s->transcript)) {
        pen_string(pen, _("not loaded yet"), ROLE_DIM);
        return;
    }
    draw_source(s, pen, spot.segment);
    text = transcript_text(s->transcript, spot.segment, &bytes);
    spot.byte = (uint32_t)utf8_floor(text, bytes, spot.byte < bytes ? spot.byte : bytes);
    bytes -= spot.byte;
    text += spot.byte;
    bytes = bytes < 4 * CONTEXT_BYTES ? bytes : utf8_floor(text, bytes, 4 * CONTEXT_BYTES);
    pen_text(pen, span_of(text, bytes), ROLE_TEXT);
}

static void find_marks(struct session *s)
{
    struct spot spot;

    s->overlay.mark_count = 0;
    for (char letter = ' ' + 1; letter < 0x7F; letter++)
        if (session_find_mark(s, letter, &spot))
            s->overlay.marks[s->overlay.mark_count++] = letter;
}

/* --------------------------------------------------------------------------- lists */

static size_t overlay_rows(const struct session *s)
{
    switch (s->overlay.kind) {
    case OVERLAY_PROBLEMS:
        return problem_rows(s);
    case OVERLAY_MARKS:
        return s->overlay.mark_count;
    case OVERLAY_HITS:
        break;
    }
    return s->search.search != NULL ? search_count(s->search.search) : 0;
}

/* A row is chosen, and the text shows its place. */
bool session_overlay_has_choice(const struct session *s)
{
    return s->overlay.kind != OVERLAY_PROBLEMS;
}

/* The text follows the chosen hit or mark. */
static void follow_choice(struct session *s)
{
    struct hit hit;
    struct spot spot;

    if (s->overlay.kind == OVERLAY_MARKS && s->overlay.at < s->overlay.mark_count &&
        session_find_mark(s, s->overlay.marks[s->overlay.at], &spot)) {
        if (spot.segment < transcript_count(s->transcript))
            session_go(s, spot, false);
        return;
    }
    if (s->overlay.kind != OVERLAY_HITS || s->overlay.at >= search_count(s->search.search))
        return;
    hit = search_hit(s->search.search, s->overlay.at);
    session_search_stand_on(s, &hit);
}

static void open_overlay(struct session *s, enum overlay_kind kind)
{
    s->overlay.kind = kind;
    s->overlay.top = s->overlay.at = 0;
    if (kind == OVERLAY_HITS) {
        if (s->search.search == NULL) {
            ui_say(&s->ui, "search first, then list");
            return;
        }
        if (s->reading.has_hit) {
            size_t ordinal = search_ordinal(s->search.search, &s->reading.hit);

            s->overlay.at = ordinal > 0 ? ordinal - 1 : 0;
        }
        session_note_jump(s);
    }
    if (kind == OVERLAY_MARKS) {
        find_marks(s);
        if (s->overlay.mark_count == 0) {
            ui_say(&s->ui, "no marks yet; m and a letter sets one");
            return;
        }
        session_note_jump(s);
        follow_choice(s);
    }
    s->overlay.open = true;
}

void session_open_overlay(struct session *s, const struct ui_call *call, int kind)
{
    open_overlay(s, (enum overlay_kind)kind);
}

/* `L` also closes the list. */
void session_list(struct ui *ui)
{
    struct session *s = session_of(ui);

    if (s->overlay.open)
        s->overlay.open = false;
    else
        open_overlay(s, OVERLAY_HITS);
}

/* The problems, hits and marks belonged to the previous transcript. */
void session_overlay_start(struct session *s)
{
    s->overlay = (struct session_overlay){0};
}

/* If no row is chosen, the page scrolls. */
void session_overlay_move(struct session *s, enum ui_move what, bool back, long count)
{
    struct session_overlay *o = &s->overlay;
    size_t rows = overlay_rows(s);
    size_t page = s->view.layout.body.rows > 0 ? (size_t)s->view.layout.body.rows : 1;

    if (what == MOVE_HIT)
        what = MOVE_LINE;
    if (what > MOVE_END)
        return;
    if (session_overlay_has_choice(s))
        o->at = ui_move_to(o->at, rows, page, what, back, count);
    else
        o->top = ui_move_to(o->top, rows > page ? rows - page + 1 : 1, page, what, back, count);
    follow_choice(s);
}

bool session_overlay_enter(struct session *s)
{
    bool was = s->overlay.open;

    s->overlay.open = false;
    return was;
}

/* Esc returns the user to where the list was opened. */
bool session_overlay_leave(struct session *s, bool quit)
{
    if (!s->overlay.open)
        return false;
    s->overlay.open = false;
    if (!quit && session_overlay_has_choice(s))
        ui_act(&s->ui, ACTION_BACK, 0);
    return true;
}

void session_overlay_draw(struct session *s, struct grid *g)
{
    const struct area *a = &s->view.layout.body;
    size_t count = overlay_rows(s);
    size_t page = (size_t)a->rows;
    struct pen pen = pen_at(g, s->reading.width, a, 0, 1);

    if (session_overlay_has_choice(s))
        s->overlay.top = ui_scroll_to(s->overlay.top, s->overlay.at, page);
    for (size_t at = s->overlay.top; at < s->overlay.top + page && at < count; at++) {
        pen_move(&pen, (int)(at - s->overlay.top), 1);
        if (s->overlay.kind == OVERLAY_PROBLEMS)
            draw_problem_row(s, &pen, at);
        else if (s->overlay.kind == OVERLAY_MARKS)
            draw_mark_row(s, &pen, at);
        else
            draw_hit_row(s, &pen, at);
        if (session_overlay_has_choice(s) && at == s->overlay.at)
            pen_choose(&pen);
    }
}
