/* Text pane. The page is a place in the text layout; the reading row is the user's row on the
 * page: the top row, unless the ends of the record keep the page from moving.
 *
 * Invariant: after each call the page is full if the record is long enough, and the reading row
 * exists. The anchors are what the user chose to have at the top and on the reading row; only
 * the user moves them, so resizing back and forth gives the same screen. */
#include "shilu/view/text_pane.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/view/speaker_color.h"
#include "view/name_part.h"

/* A mark at the reading position, a space; the time; two spaces. */
enum { MARK_COLUMNS = 2, TIME_COLUMNS = 8, MARGIN_COLUMNS = MARK_COLUMNS + TIME_COLUMNS + 2 };
enum {
    MARGIN_FROM_COLUMNS = 60,
    FACT_NAME_COLUMNS = 12,
    HEADING_INDENT = 2,
    FEW_TIMES_PARTS = 4, /* few times: less than a quarter of the segments has one */
    ROLE_FROM_COLUMNS = 6,
    CONTEXT_ROWS = 3
};

struct text_pane {
    struct reader_state *reading;
    struct text_layout *flow;
    int rows;
    int columns;
    int margin;
    bool any; /* there is something to read */
    struct text_layout_place top;
    int reading_row;
    struct text_place anchor; /* of the top */
    struct text_place reader; /* of the reading row */
};

struct text_pane *text_pane_new(struct reader_state *r)
{
    struct text_pane *p = memory_zalloc(1, sizeof *p);

    p->reading = r;
    p->flow = text_layout_new(r);
    p->rows = 1;
    return p;
}

void text_pane_free(struct text_pane *p)
{
    if (p == NULL)
        return;
    text_layout_free(p->flow);
    free(p);
}

struct text_place text_pane_place(const struct text_pane *p)
{
    return p->any ? p->reader : (struct text_place){.segment = SEGMENT_NONE};
}

int text_pane_reading_row(const struct text_pane *p)
{
    return p->reading_row;
}

int text_pane_rows(const struct text_pane *p)
{
    return p->rows;
}

/* The last top with which the page is full. */
static struct text_layout_place last_top(struct text_pane *p)
{
    struct text_layout_place place;

    text_layout_last(p->flow, &place);
    text_layout_move(p->flow, &place, -(p->rows - 1));
    return place;
}

static int rows_below_top(struct text_pane *p, int most)
{
    struct text_layout_place place = p->top;

    return text_layout_move(p->flow, &place, most);
}

/* Report the reading position: the words of the reading row, or those below its heading. */
static void note_position(struct text_pane *p)
{
    struct text_layout_place place = p->top;
    struct text_layout_row row;

    text_layout_move(p->flow, &place, p->reading_row);
    if (!text_layout_row(p->flow, &place, &row))
        return;
    p->reading->segment = row.segment;
    p->reading->byte = row.byte;
    p->reading->at_end = text_layout_move(p->flow, &place, 1) == 0;
}

/* Keep the page full and the reading row on it. */
static void settle(struct text_pane *p)
{
    int below;

    if (!p->any) {
        p->reading->segment = SEGMENT_NONE;
        return;
    }
    below = rows_below_top(p, p->rows - 1);
    if (below < p->rows - 1) {
        /* The page extends beyond the end: move it up, and the reading row down by as much. */
        int up = -text_layout_move(p->flow, &p->top, below - (p->rows - 1));

        p->reading_row += up;
        below += up;
    }
    if (p->reading_row > below)
        p->reading_row = below;
    if (p->reading_row < 0)
        p->reading_row = 0;
    note_position(p);
}

/* A heading counts as one row, however many it occupies at this size. */
static void set_anchor(struct text_pane *p, const struct text_layout_place *place,
                       struct text_place *a)
{
    struct text_layout_row row;
    int more;

    if (!text_layout_row(p->flow, place, &row))
        return;
    a->segment = row.segment;
    a->byte = row.byte;
    a->lead = place->row < row.unit->lead_rows ? row.unit->lead_rows - place->row : 0;
    more = row.unit->heading_rows - 1;
    if (more > 0 && a->lead > 1)
        a->lead = a->lead > more + 1 ? a->lead - more : 1;
}

static void note_anchors(struct text_pane *p)
{
    struct text_layout_place place = p->top;

    if (!p->any)
        return;
    set_anchor(p, &p->top, &p->anchor);
    text_layout_move(p->flow, &place, p->reading_row);
    set_anchor(p, &place, &p->reader);
}

static bool find_anchor(struct text_pane *p, const struct text_place *a,
                        struct text_layout_place *place)
{
    struct text_layout_row row;
    int lead = a->lead;

    if (!text_layout_find(p->flow, a->segment, a->byte, place))
        return false;
    if (lead > 0 && text_layout_row(p->flow, place, &row) && row.unit->heading_rows > 1)
        lead += row.unit->heading_rows - 1;
    if (lead > 0 && place->row >= lead)
        place->row -= lead;
    return true;
}

/* Restore both anchors under a new measure. If the page has become too short for both, the
 * reading row stays on it. */
static void return_to_anchors(struct text_pane *p)
{
    struct text_layout_place reader;

    if (!find_anchor(p, &p->anchor, &p->top) || !find_anchor(p, &p->reader, &reader))
        return;
    p->reading_row = text_layout_distance(p->flow, p->top, &reader, p->rows);
    if (p->reading_row == p->rows) {
        p->top = reader;
        p->reading_row = -text_layout_move(p->flow, &p->top, -(p->rows - 1));
    }
}

/* Whether there is a margin for times: not if no time is known, nor if few are and the words
 * could use the space. */
static bool has_times(const struct text_pane *p, int columns, int measure)
{
    const struct transcript *t = p->reading->transcript;
    bool few = transcript_timed_count(t) * FEW_TIMES_PARTS < transcript_count(t);

    return transcript_time_base(t) != TIME_BASE_NONE &&
           (!few || (measure > 0 && columns - MARGIN_COLUMNS > measure));
}

void text_pane_resize(struct text_pane *p, int rows, int columns, int measure)
{
    int words;

    p->rows = rows < 1 ? 1 : rows;
    p->columns = columns;
    p->margin = columns >= MARGIN_FROM_COLUMNS && has_times(p, columns, measure)
                    ? MARGIN_COLUMNS
                    : MARK_COLUMNS;
    words = columns - p->margin - 1;
    if (measure > 0 && words > measure)
        words = measure;
    text_layout_set_columns(p->flow, words);
    if (!p->any) {
        text_pane_refresh(p);
        return;
    }
    return_to_anchors(p);
    settle(p);
}

void text_pane_refresh(struct text_pane *p)
{
    uint32_t segment = p->reading->segment;

    p->any = text_layout_first(p->flow, &p->top);
    if (!p->any) {
        p->reading->segment = SEGMENT_NONE;
        return;
    }
    if (segment == SEGMENT_NONE) {
        p->reading_row = 0;
        note_anchors(p);
    }
    return_to_anchors(p);
    settle(p);
}

void text_pane_scroll(struct text_pane *p, int rows)
{
    struct text_layout_place last;
    int moved;

    if (!p->any)
        return;
    if (rows > 0) {
        last = last_top(p);
        moved = text_layout_distance(p->flow, p->top, &last, rows);
        /* The page may be after last_top only if the whole record fits on it. */
        moved = moved < 0 ? 0 : text_layout_move(p->flow, &p->top, moved);
        p->reading_row += moved < rows ? rows - moved : 0;
    } else {
        int back = -rows < p->reading_row ? -rows : p->reading_row;

        /* At the end, the reading row returns to the top before the page moves. */
        p->reading_row -= back;
        text_layout_move(p->flow, &p->top, rows + back);
    }
    settle(p);
    note_anchors(p);
}

void text_pane_top(struct text_pane *p)
{
    if (!p->any)
        return;
    text_layout_first(p->flow, &p->top);
    p->reading_row = 0;
    settle(p);
    note_anchors(p);
}

void text_pane_bottom(struct text_pane *p)
{
    if (!p->any)
        return;
    p->top = last_top(p);
    p->reading_row = p->rows - 1;
    settle(p);
    note_anchors(p);
}

/* Put a place on the page with `above` rows before it. */
static void put_on_page(struct text_pane *p, struct text_layout_place place, int above)
{
    p->reading_row = -text_layout_move(p->flow, &place, -above);
    p->top = place;
    settle(p);
    note_anchors(p);
}

void text_pane_put_reader(struct text_pane *p, int row)
{
    struct text_layout_place place = p->top;

    if (!p->any)
        return;
    text_layout_move(p->flow, &place, p->reading_row);
    put_on_page(p, place, row < 0 ? 0 : row);
}

void text_pane_go_to(struct text_pane *p, uint32_t segment, uint32_t byte, bool context)
{
    struct text_layout_place place;
    struct text_layout_row row;

    if (!p->any || !text_layout_find(p->flow, segment, byte, &place))
        return;
    /* The heading of the turn is part of the target. */
    if (text_layout_row(p->flow, &place, &row) && row.line == 0 && row.unit->lead_rows > 0)
        place.row -= row.unit->heading_rows > 0 ? row.unit->heading_rows : 1;
    put_on_page(p, place, context && p->rows > 2 * CONTEXT_ROWS ? CONTEXT_ROWS : 0);
}

/* The row of the page that shows a place, or -1. */
static int row_of(struct text_pane *p, const struct text_layout_place *place)
{
    struct text_layout_place at = p->top;
    int row;

    for (row = 0; row < p->rows; row++) {
        if (at.segment == place->segment && at.block == place->block && at.row == place->row)
            return row;
        if (text_layout_move(p->flow, &at, 1) == 0)
            break;
    }
    return -1;
}

bool text_pane_shows(struct text_pane *p, uint32_t segment, uint32_t byte)
{
    struct text_layout_place place;

    return p->any && text_layout_find(p->flow, segment, byte, &place) && row_of(p, &place) >= 0;
}

void text_pane_show_hit(struct text_pane *p, const struct hit *hit)
{
    struct text_layout_place place;
    int row;

    if (!p->any || !text_layout_find(p->flow, hit->segment, hit->byte, &place))
        return;
    row = row_of(p, &place);
    if (row < 0) {
        put_on_page(p, place, p->rows / 3);
        return;
    }
    p->reading_row = row;
    note_position(p);
    note_anchors(p);
}

void text_pane_show(struct text_pane *p, uint32_t segment, uint32_t byte)
{
    const struct hit hit = {segment, byte, byte};

    text_pane_show_hit(p, &hit);
}

/* The byte of the arena for a byte of a unit's text. */
static uint64_t arena_byte(const struct text_pane *p, const struct text_layout_unit *u,
                           uint32_t byte)
{
    const struct transcript *t = p->reading->transcript;
    size_t i = 0;

    while (i + 1 < u->piece_count && u->pieces[i + 1].byte <= byte)
        i++;
    return transcript_segment(t, u->pieces[i].segment)->text_byte + u->pieces[i].offset +
           (byte - u->pieces[i].byte);
}

bool text_pane_line(struct text_pane *p, uint32_t segment, uint32_t byte, uint64_t *from,
                    uint64_t *to)
{
    struct text_layout_place place;
    struct text_layout_row row;
    const struct wrap_line *line;
    uint32_t end;

    if (!p->any || !text_layout_find(p->flow, segment, byte, &place) ||
        !text_layout_row(p->flow, &place, &row) || row.kind != TEXT_LAYOUT_LINE)
        return false;
    line = &row.unit->wrap.lines[row.line];
    for (end = line->byte_end; end > line->byte && row.unit->text.data[end - 1] == ' ';)
        end--;
    if (end == line->byte)
        return false;
    *from = arena_byte(p, row.unit, line->byte);
    *to = arena_byte(p, row.unit, end - 1) + 1;
    return true;
}

uint32_t text_pane_segment_at(struct text_pane *p, int row)
{
    struct text_layout_place place = p->top;
    struct text_layout_row found;

    if (!p->any || text_layout_move(p->flow, &place, row) < row ||
        !text_layout_row(p->flow, &place, &found))
        return SEGMENT_NONE;
    return found.segment;
}

/* ------------------------------------------------------------------------- drawing */

/* The time before a name, which leaves this many columns: if both do not fit, the time is shown
 * without seconds, or not at all, since the last line has it. */
static void heading_time(const struct text_pane *p, uint32_t segment, uint32_t speaker,
                         int columns, char time[CIVIL_TEXT])
{
    const struct transcript *t = p->reading->transcript;
    int64_t ms = transcript_segment(t, segment)->start_ms;
    const char *name = speaker != SPEAKER_NONE ? transcript_speaker_at(t, speaker)->name : "";
    int left = columns - display_columns(p->reading->width, name, strlen(name)) -
               (p->reading->shapes ? SHAPE_COLUMNS : 0);

    reader_state_time(p->reading, ms, time);
    if ((int)strlen(time) + 1 <= left)
        return;
    if (*time != '\0' && transcript_time_base(t) == TIME_BASE_WALL)
        civil_format_clock_minutes(ms, time);
    if ((int)strlen(time) + 1 > left)
        *time = '\0';
}

/* The date above the first words of another day, in the margin if there is one; false if the
 * day is the same. */
static bool draw_day(struct text_pane *p, struct pen *pen, uint32_t segment)
{
    const struct transcript *t = p->reading->transcript;
    bool margin = p->margin == MARGIN_COLUMNS;
    uint32_t before = segment > 0 ? segment - 1 : SEGMENT_NONE;
    char date[CIVIL_TEXT];

    if (!transcript_starts_day(t, before, segment))
        return false;
    civil_format_date(transcript_segment(t, segment)->start_ms, date);
    pen->column = margin ? 1 : p->margin;
    pen_string(pen, date, ROLE_SECTION);
    pen->column = margin ? p->margin : pen->column + 1;
    return true;
}

/* Role and organization after a name, if there is room for them. */
static void draw_person(struct pen *pen, const struct speaker *speaker)
{
    const char *const parts[] = {speaker->role, speaker->organization};

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i] == NULL || pen->column + ROLE_FROM_COLUMNS > pen->edge)
            continue;
        pen->column += 2;
        pen_string(pen, parts[i], ROLE_DIM);
    }
}

/* The first part of a name that occupies two rows, as wide as the words. */
static struct span front_of(const struct text_pane *p, uint32_t segment)
{
    const struct transcript *t = p->reading->transcript;
    uint32_t number = transcript_segment(t, segment)->speaker;
    const char *name = transcript_speaker_at(t, number)->name;
    int columns = text_layout_columns(p->flow) - (p->reading->shapes ? SHAPE_COLUMNS : 0);

    if (p->margin != MARGIN_COLUMNS && transcript_kind(t, segment) == SEGMENT_QUESTION)
        columns -= QUESTION_COLUMNS;
    return name_part(p->reading->width, span_string(name), columns);
}

/* The name, or the part of it that this row shows. */
static void draw_name(struct text_pane *p, struct pen *pen, const struct text_layout_row *what)
{
    const struct transcript *t = p->reading->transcript;
    uint32_t number = transcript_segment(t, what->segment)->speaker;
    const struct speaker *speaker = transcript_speaker_at(t, number);
    struct span name = span_string(speaker->name);
    bool last = what->heading + 1 >= what->unit->heading_rows;

    if (what->heading > 0)
        name = name_rest(name, front_of(p, what->segment));
    else {
        speaker_color_shape(pen, p->reading, number, false);
        if (!last)
            name = front_of(p, what->segment);
    }
    pen_styled(pen, name,
               (struct style){.role = ROLE_SPEAKER, .accent = speaker_color(t, number)});
    if (last)
        draw_person(pen, speaker);
}

static void draw_heading(struct text_pane *p, struct pen *pen,
                         const struct text_layout_row *what)
{
    const struct transcript *t = p->reading->transcript;
    uint32_t number = transcript_segment(t, what->segment)->speaker;
    uint32_t exchange = transcript_exchange_of(t, what->segment);
    bool day;

    if (what->heading > 0) {
        pen->column += HEADING_INDENT;
        draw_name(p, pen, what);
        return;
    }
    day = draw_day(p, pen, what->segment);
    if (exchange != EXCHANGE_NONE && transcript_kind(t, what->segment) == SEGMENT_QUESTION) {
        char mark[16];
        int length = snprintf(mark, sizeof mark, "Q%u", exchange + 1);
        bool in_margin = p->margin == MARGIN_COLUMNS && !day;

        if (in_margin)
            pen->column = MARK_COLUMNS + TIME_COLUMNS - length;
        pen_string(pen, mark, ROLE_QUESTION);
        pen->column = in_margin ? p->margin : pen->column + 1;
    }
    if (p->margin != MARGIN_COLUMNS) {
        char time[CIVIL_TEXT];

        heading_time(p, what->segment, number, pen->edge - pen->column, time);
        pen_string(pen, time, ROLE_TIME);
        pen->column += *time != '\0';
    }
    if (number != SPEAKER_NONE)
        draw_name(p, pen, what);
    else if (!transcript_lists_nobody(t))
        pen_string(pen, _("(no speaker)"), ROLE_DIM);
}

/* The time of the paragraph that starts on this line. */
static void draw_time(struct text_pane *p, struct pen *pen, const struct text_layout_row *what)
{
    char time[CIVIL_TEXT];
    int length;

    if (p->margin != MARGIN_COLUMNS || what->line != 0 || what->unit->block > 0)
        return;
    reader_state_time(p->reading,
                      transcript_segment(p->reading->transcript, what->unit->first)->start_ms,
                      time);
    length = (int)strlen(time);
    pen->column = MARK_COLUMNS + (length < TIME_COLUMNS ? TIME_COLUMNS - length : 0);
    pen_string(pen, time, ROLE_TIME);
}

/* A star before the first line of a paragraph with a note. */
static bool draw_note_mark(struct text_pane *p, struct pen *pen,
                           const struct text_layout_row *what)
{
    bool noted = false;
    size_t i;

    if (p->reading->note_count == 0 || what->line != 0 || what->unit->block > 0)
        return false;
    for (i = 0; !noted && i < what->unit->piece_count; i++)
        noted = reader_state_note_at(p->reading, what->unit->pieces[i].segment) != NULL;
    pen->column = MARK_COLUMNS - 1;
    if (noted)
        pen_string(pen, "*", ROLE_POSITION);
    return noted;
}

/* The source has changed under a correction of this segment. */
static bool is_open(const struct text_pane *p, uint32_t segment)
{
    const struct overlay *o = p->reading->corrections;
    const struct correction *c = overlay_at(o, segment);

    for (; c != NULL && c < o->items + o->count && c->segment == segment; c++)
        if (c->state == CORRECTION_CONFLICT)
            return true;
    return false;
}

/* A tilde before each line with corrected words, or an exclamation mark for an open conflict;
 * left of the star if there is one. */
static void draw_correction_mark(struct text_pane *p, struct pen *pen,
                                 const struct text_layout_row *what, bool noted)
{
    const struct transcript *t = p->reading->transcript;
    const struct text_layout_unit *u = what->unit;
    const struct wrap_line *line = &u->wrap.lines[what->line];
    bool corrected = false;
    bool open = false;

    if (p->reading->corrections == NULL || p->reading->corrections->count == 0)
        return;
    for (size_t i = 0; i < u->piece_count && u->pieces[i].byte < line->byte_end; i++) {
        uint32_t end = i + 1 < u->piece_count ? u->pieces[i + 1].byte : (uint32_t)u->text.bytes;

        if (end <= line->byte && i + 1 < u->piece_count)
            continue;
        corrected = corrected || transcript_is_corrected(t, u->pieces[i].segment);
        open = open || is_open(p, u->pieces[i].segment);
    }
    pen->column = noted ? 0 : MARK_COLUMNS - 1;
    if (corrected || open)
        pen_string(pen, open ? "!" : "~", ROLE_POSITION);
}

/* The position in a unit's text of a byte of the arena in piece `i`, or before or after it. */
static uint32_t byte_in_piece(const struct text_pane *p, const struct text_layout_unit *u,
                              size_t i, uint64_t byte)
{
    const struct text_layout_piece *piece = &u->pieces[i];
    uint32_t end = i + 1 < u->piece_count ? piece[1].byte : (uint32_t)u->text.bytes;
    uint64_t start = transcript_segment(p->reading->transcript, piece->segment)->text_byte +
                     piece->offset;

    if (byte <= start)
        return piece->byte;
    return byte - start < end - piece->byte ? piece->byte + (uint32_t)(byte - start) : end;
}

/* The selected bytes of a unit: a single run, since its pieces are. */
static void selected_bytes(const struct text_pane *p, const struct text_layout_unit *u,
                           uint32_t *from, uint32_t *to)
{
    const struct reader_state *r = p->reading;

    *from = *to = 0;
    for (size_t i = 0; r->selecting && i < u->piece_count; i++) {
        uint32_t a = byte_in_piece(p, u, i, r->select_from);
        uint32_t b = byte_in_piece(p, u, i, r->select_to);

        if (a >= b)
            continue;
        if (*to == 0)
            *from = a;
        *to = b;
    }
}

static void draw_line(struct text_pane *p, struct pen *pen, const struct text_layout_row *what)
{
    const struct wrap_line *line = &what->unit->wrap.lines[what->line];
    size_t matches_left;
    const struct text_layout_match *match = text_layout_matches(p->flow, what->unit,
                                                                &matches_left);
    uint32_t from;
    uint32_t to;
    uint32_t i;

    selected_bytes(p, what->unit, &from, &to);
    draw_time(p, pen, what);
    draw_correction_mark(p, pen, what, draw_note_mark(p, pen, what));
    pen->column = p->margin + what->indent;
    for (i = line->glyph; i < line->glyph_end; i++) {
        const struct glyph *glyph = &what->unit->display.glyphs[i];
        struct style style = {.role = what->unit->is_section ? ROLE_SECTION : ROLE_TEXT};

        for (; matches_left > 0 && match->byte_end <= glyph->byte; matches_left--)
            match++;
        if (matches_left > 0 && match->byte <= glyph->byte)
            style.over = match->current ? OVER_MATCH_CURRENT : OVER_MATCH;
        else if (glyph->byte >= from && glyph->byte < to)
            style.over = OVER_SELECTED;
        if (pen->column + glyph->columns > pen->edge)
            break;
        pen->column = grid_glyph(pen->grid, &pen->area, pen->row, pen->column, glyph, style);
    }
}

static void draw_fact(struct text_pane *p, struct pen *pen, const struct text_layout_row *what)
{
    const struct fact fact = transcript_fact(p->reading->transcript, what->fact);

    if (*fact.name != '\0') {
        pen_string(pen, fact.name, ROLE_DIM);
        pen->column += 2;
        if (pen->column < p->margin + FACT_NAME_COLUMNS)
            pen->column = p->margin + FACT_NAME_COLUMNS;
    }
    pen_string(pen, fact.value, ROLE_FACT);
}

static void draw_row(struct text_pane *p, struct pen *pen, const struct text_layout_row *what)
{
    if (what->kind == TEXT_LAYOUT_FACT)
        draw_fact(p, pen, what);
    else if (what->kind == TEXT_LAYOUT_HEADING)
        draw_heading(p, pen, what);
    else if (what->kind == TEXT_LAYOUT_LINE)
        draw_line(p, pen, what);
}

static void draw_empty(const struct text_pane *p, struct pen *pen)
{
    pen->column = MARK_COLUMNS;
    pen_string(pen,
               transcript_count(p->reading->transcript) == 0
                   ? _("nothing here yet")
                   : _("nothing is left to read: a shows all speakers again"),
               ROLE_DIM);
}

void text_pane_draw(struct text_pane *p, struct grid *g, const struct area *a, bool active)
{
    struct text_layout_place place = p->top;
    struct text_layout_row what;
    struct pen pen = pen_at(g, p->reading->width, a, 0, p->margin);
    int row;

    if (!p->any) {
        draw_empty(p, &pen);
        return;
    }
    for (row = 0; row < a->rows; row++) {
        if (!text_layout_row(p->flow, &place, &what))
            break;
        pen_move(&pen, row, p->margin);
        draw_row(p, &pen, &what);
        /* The terminal's own cursor, for screen readers and magnifiers. */
        if (active && row == p->reading_row) {
            grid_cursor(g, a, row, p->margin);
            g->cursor_hidden = g->cursor_hidden && !p->reading->plain;
        }
        /* On the first row, where it nearly always is, a mark would only cost bytes. */
        if (row > 0 && row == p->reading_row && !p->reading->plain) {
            pen.column = 0;
            pen_string(&pen, ">", ROLE_POSITION);
        }
        if (text_layout_move(p->flow, &place, 1) == 0)
            break;
    }
}
