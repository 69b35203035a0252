/* Frame. Each bar is a list of parts by importance: those that do not fit are dropped from the
 * end. */
#include "shilu/view/frame.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "shilu/base/translate.h"
#include "shilu/view/pen.h"

static void append_counts(struct buffer details[3], const struct transcript *t)
{
    size_t speakers = transcript_listed_speakers(t);
    size_t questions = transcript_exchange_count(t);
    size_t segments = transcript_count(t);

    if (speakers > 0)
        buffer_append_format(&details[1], ngettext("  %zu speaker", "  %zu speakers", speakers),
                             speakers);
    if (questions > 0)
        buffer_append_format(
            &details[1], ngettext("  %zu question", "  %zu questions", questions), questions);
    if (segments > 0)
        buffer_append_format(&details[2], ngettext("  %zu segment", "  %zu segments", segments),
                             segments);
}

static void append_span(struct buffer *b, const struct reader_state *r)
{
    const char *date = transcript_get(r->transcript, FIELD_DATE);
    char first[CIVIL_TEXT];
    char last[CIVIL_TEXT];
    int64_t first_ms;
    int64_t last_ms;

    if (date != NULL && !transcript_spans_days(r->transcript))
        buffer_append_format(b, "  %s", date);
    if (!transcript_span(r->transcript, &first_ms, &last_ms))
        return;
    if (transcript_spans_days(r->transcript)) {
        civil_format_date(first_ms, first);
        civil_format_date(last_ms, last);
        buffer_append_format(b, "  %s - %s", first, last);
    } else if (transcript_time_base(r->transcript) == TIME_BASE_WALL) {
        civil_format_clock_minutes(first_ms, first);
        civil_format_clock_minutes(last_ms, last);
        buffer_append_format(b, "  %s-%s", first, last);
    } else {
        civil_format_elapsed(last_ms, last);
        buffer_append_format(b, "  %s", last);
    }
}

/* Details by importance; as many as fit are shown at the right. */
static void make_details(struct buffer details[3], const struct reader_state *r)
{
    append_span(&details[0], r);
    append_counts(details, r->transcript);
}

static void draw_loading(struct pen *pen, int percent, size_t problems)
{
    char text[96];

    if (percent == 100 && problems == 0)
        return;
    if (percent == 100)
        snprintf(text, sizeof text, ngettext("  %zu problem", "  %zu problems", problems),
                 problems);
    else if (percent < 0)
        snprintf(text, sizeof text, "%s", _("  loading"));
    else
        snprintf(text, sizeof text, _("  loading %d%%"), percent);
    pen_right(pen, text, ROLE_TITLE_DETAIL);
}

/* If a path is too long, its last part says most. */
static const char *name_that_fits(const char *name, const struct reader_state *r, int columns)
{
    const char *slash = strrchr(name, '/');

    if (slash == NULL || slash[1] == '\0' ||
        display_columns(r->width, name, strlen(name)) <= columns)
        return name;
    return slash + 1;
}

/* The selection comes first, so that nobody mistakes a part for the whole. */
static void draw_filter(struct pen *pen, const struct reader_state *r)
{
    struct buffer text = {0};

    reader_state_filter(r, &text);
    if (text.bytes > 0) {
        pen_until(pen, pen->area.columns > 40 ? pen->area.columns / 2 : pen->area.columns);
        pen_text(pen, buffer_span(&text), ROLE_FILTER);
        pen_move(pen, 0, pen->column + 2);
    }
    buffer_release(&text);
}

void frame_draw_title(struct grid *g, const struct area *a, const struct reader_state *r,
                      const char *name, int percent, size_t problems)
{
    const char *title = transcript_get(r->transcript, FIELD_TITLE);
    struct pen pen = pen_at(g, r->width, a, 0, 1);
    struct buffer details[3] = {{0}};
    int capacity;
    int column;
    int shown = 0;
    int used = 0;

    pen_clear(&pen, ROLE_TITLE);
    draw_filter(&pen, r);
    if (title == NULL || *title == '\0')
        title = name_that_fits(name, r, a->columns - pen.column - 1);
    draw_loading(&pen, percent, problems);
    make_details(details, r);
    capacity = pen.edge - pen.column - display_columns(r->width, title, strlen(title));
    for (; shown < 3; shown++) {
        int columns = display_columns(r->width, buffer_string(&details[shown]),
                                      details[shown].bytes);

        if (used + columns >= capacity)
            break;
        used += columns;
    }
    column = pen.edge - used - 1;
    if (column > pen.column + 7)
        pen_until(&pen, column);
    pen_string(&pen, title, ROLE_TITLE);
    pen_move(&pen, 0, column);
    for (int i = 0; i < shown; i++)
        pen_text(&pen, buffer_span(&details[i]), ROLE_TITLE_DETAIL);
    for (int i = 0; i < 3; i++)
        buffer_release(&details[i]);
}

/* ---------------------------------------------------------------------- the status */

/* The parts in screen order. */
enum part {
    PART_PANE,
    PART_FOLLOW,
    PART_TIME,
    PART_TURN,
    PART_QUESTION,
    PART_PERCENT,
    PART_QUERY,
    PART_HITS,
    PART_NOTE,
    PART_COUNT
};

enum {
    QUERY_COLUMNS = 20,
    NOTE_COLUMNS = 40,
    PANE_FROM_COLUMNS = 30,
    DAY_FROM_COLUMNS = 36,
    MIDDLE_FROM_COLUMNS = 30
};

struct parts {
    struct buffer text[PART_COUNT];
    bool shown[PART_COUNT];
};

static void append_position(struct parts *p, const struct reader_state *r, int columns)
{
    const struct transcript *t = r->transcript;
    const struct segment *s;
    uint32_t exchange;
    char time[CIVIL_TEXT];

    if (r->segment == SEGMENT_NONE)
        return;
    s = transcript_segment(t, r->segment);
    if (columns >= DAY_FROM_COLUMNS)
        reader_state_moment(r, s->start_ms, time);
    else
        reader_state_time(r, s->start_ms, time);
    buffer_append_string(&p->text[PART_TIME], time);
    buffer_append_format(&p->text[PART_TURN], _("turn %u/%zu"),
                         transcript_turn_of(t, r->segment) + 1, transcript_turn_count(t));
    exchange = transcript_exchange_of(t, r->segment);
    if (exchange != EXCHANGE_NONE)
        buffer_append_format(&p->text[PART_QUESTION], "Q%" PRIu32 "/%zu", exchange + 1,
                             transcript_exchange_count(t));
    buffer_append_format(&p->text[PART_PERCENT], "%u%%", reader_state_percent(r));
}

static void append_search(struct parts *p, const struct reader_state *r,
                          const struct frame_status *status)
{
    if (status->search == NULL)
        return;
    buffer_append_char(&p->text[PART_QUERY], '/');
    display_fit(&p->text[PART_QUERY], r->width, status->search, strlen(status->search),
                QUERY_COLUMNS);
    buffer_append_string(&p->text[PART_HITS], status->search_count);
}

static void append_note(struct parts *p, const struct reader_state *r)
{
    const char *note = reader_state_note_at(r, r->segment);

    if (note == NULL)
        return;
    buffer_append_string(&p->text[PART_NOTE], "* ");
    display_fit(&p->text[PART_NOTE], r->width, note, strlen(note), NOTE_COLUMNS);
}

static void make_parts(struct parts *p, const struct reader_state *r,
                       const struct frame_status *status, int columns)
{
    if (status->single && columns >= PANE_FROM_COLUMNS)
        buffer_append_string(&p->text[PART_PANE], _(layout_pane_name(status->pane)));
    if (status->follow != NULL)
        buffer_append_string(&p->text[PART_FOLLOW], status->follow);
    append_position(p, r, columns);
    append_search(p, r, status);
    append_note(p, r);
}

static int gap_before(enum part part)
{
    return part == PART_HITS ? 1 : 2;
}

/* Choose the most important parts that fit, each whole. */
static void choose_parts(struct parts *p, const struct reader_state *r, int columns)
{
    static const enum part importance[] = {PART_TIME,     PART_FOLLOW, PART_HITS,
                                           PART_PERCENT,  PART_NOTE,   PART_QUERY,
                                           PART_QUESTION, PART_TURN,   PART_PANE};
    int used = 0;
    size_t i;

    for (i = 0; i < PART_COUNT; i++) {
        enum part part = importance[i];
        struct buffer *text = &p->text[part];
        int more = display_columns(r->width, buffer_string(text), text->bytes) +
                   (used > 0 ? gap_before(part) : 0);

        p->shown[part] = text->bytes > 0 && used + more <= columns;
        if (p->shown[part])
            used += more;
    }
}

static void draw_parts(struct pen *pen, const struct reader_state *r,
                       const struct frame_status *status)
{
    struct parts p = {.shown = {false}};
    int part;

    make_parts(&p, r, status, pen->area.columns);
    choose_parts(&p, r, pen->area.columns - 2);
    for (part = 0; part < PART_COUNT; part++) {
        if (p.shown[part]) {
            if (pen->column > 1)
                pen->column += gap_before((enum part)part);
            pen_text(pen, buffer_span(&p.text[part]), ROLE_STATUS);
        }
        buffer_release(&p.text[part]);
    }
}

static void draw_hints(struct pen *pen, const struct frame_hint *hints)
{
    const struct frame_hint *h;
    int count = 0;
    int used = 1;

    for (h = hints; h != NULL && h->key != NULL; h++) {
        int columns = display_columns(pen->width, h->key, strlen(h->key)) +
                      display_columns(pen->width, h->what, strlen(h->what)) + 3;

        if (pen->column + 2 + used + columns > pen->area.columns)
            break;
        used += columns;
        count++;
    }
    pen_move(pen, 0, pen->area.columns - used);
    for (h = hints; count > 0; count--, h++) {
        pen->column += 2;
        pen_string(pen, h->key, ROLE_STATUS_KEY);
        pen->column++;
        pen_string(pen, h->what, ROLE_STATUS);
    }
}

/* A message that does not fit loses its middle, often a path: the cause is at its end. */
static void draw_message(struct pen *pen, const char *text, enum style_role role)
{
    int columns = pen->area.columns - 1;
    struct display d = {0};
    size_t glyph;
    int tail = 0;

    if (display_columns(pen->width, text, strlen(text)) <= columns ||
        columns < MIDDLE_FROM_COLUMNS || strchr(text, '/') == NULL) {
        pen_string(pen, text, role);
        return;
    }
    display_make(&d, pen->width, text, strlen(text));
    glyph = d.count;
    while (glyph > 0 && tail + d.glyphs[glyph - 1].columns <= columns / 2)
        tail += d.glyphs[--glyph].columns;
    while (glyph < d.count && glyph > 0 && d.glyphs[glyph].byte == d.glyphs[glyph - 1].byte)
        tail -= d.glyphs[glyph++].columns;
    pen_until(pen, pen->area.columns - tail);
    pen_string(pen, text, role);
    pen_move(pen, 0, pen->column);
    if (glyph < d.count)
        pen_string(pen, text + d.glyphs[glyph].byte, role);
    display_release(&d);
}

void frame_draw_status(struct grid *g, const struct area *a, const struct reader_state *r,
                       const struct frame_status *status)
{
    struct pen pen = pen_at(g, r->width, a, 0, 1);

    pen_clear(&pen, ROLE_STATUS);
    if (status->message != NULL)
        draw_message(&pen, status->message, status->error ? ROLE_STATUS_ERROR : ROLE_STATUS);
    else
        draw_parts(&pen, r, status);
    draw_hints(&pen, status->hints);
}

/* ------------------------------------------------------------- headings and rules */

static void draw_heading(struct grid *g, const struct area *a, const struct reader_state *r,
                         enum pane pane, bool active)
{
    struct pen pen = pen_at(g, r->width, a, 0, 1);
    char count[32];

    pen_string(&pen, _(layout_pane_name(pane)), active ? ROLE_HEADING_ACTIVE : ROLE_HEADING);
    if (pane != PANE_SPEAKERS)
        return;
    snprintf(count, sizeof count, "%zu", transcript_listed_speakers(r->transcript));
    pen.column++;
    pen_string(&pen, count, ROLE_HEADING);
}

void frame_draw_headings(struct grid *g, const struct layout *l, const struct reader_state *r,
                         enum pane active)
{
    int pane;
    int i;

    for (i = 0; i < 2; i++) {
        struct pen pen = pen_at(g, r->width, &l->body, 0, l->rules[i]);

        if (l->rules[i] >= 0)
            pen_rule(&pen, l->body.rows);
    }
    for (pane = 0; pane < PANE_COUNT; pane++) {
        if (l->shown[pane] && l->heading[pane].rows > 0)
            draw_heading(g, &l->heading[pane], r, (enum pane)pane, (int)active == pane);
    }
}
