/* Frame. Each bar is a list of parts in order of importance: what does not fit is left out from
 * the end. */
#include "shilu/view/frame.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "shilu/base/translate.h"

static struct style role(enum style_role r)
{
    return (struct style){.role = (uint8_t)r};
}

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
    } else if (transcript_clock(r->transcript) == CLOCK_WALL) {
        civil_format_clock_minutes(first_ms, first);
        civil_format_clock_minutes(last_ms, last);
        buffer_append_format(b, "  %s-%s", first, last);
    } else {
        civil_format_elapsed(last_ms, last);
        buffer_append_format(b, "  %s", last);
    }
}

/* Details from the most to the least important; as many as fit are shown, at the right. */
static void make_details(struct buffer details[3], const struct reader_state *r)
{
    append_span(&details[0], r);
    append_counts(details, r->transcript);
}

static int draw_loading(struct grid *g, const struct area *a, const struct reader_state *r,
                        int percent, size_t problems)
{
    char text[96];
    int columns;

    if (percent == 100 && problems == 0)
        return a->columns;
    if (percent == 100)
        snprintf(text, sizeof text, ngettext("  %zu problem", "  %zu problems", problems),
                 problems);
    else if (percent < 0)
        snprintf(text, sizeof text, "%s", _("  loading"));
    else
        snprintf(text, sizeof text, _("  loading %d%%"), percent);
    columns = display_columns(r->width, text, strlen(text));
    grid_string(g, a, 0, a->columns - columns - 1, r->width, text, role(ROLE_TITLE_DETAIL));
    return a->columns - columns - 1;
}

/* Of a path that is too long its last part says most. */
static const char *name_that_fits(const char *name, const struct reader_state *r, int columns)
{
    const char *slash = strrchr(name, '/');

    if (slash == NULL || slash[1] == '\0' ||
        display_columns(r->width, name, strlen(name)) <= columns)
        return name;
    return slash + 1;
}

/* The current selection comes first, so that nobody takes a part for the whole; returns the
 * column for the title. */
static int draw_filter(struct grid *g, const struct area *a, const struct reader_state *r)
{
    struct area left = *a;
    struct buffer text = {0};
    int column = 1;

    reader_state_filter(r, &text);
    left.columns = a->columns > 40 ? a->columns / 2 : a->columns;
    if (text.bytes > 0)
        column = grid_text(g, &left, 0, 1, r->width, buffer_string(&text), text.bytes,
                           role(ROLE_FILTER), true) +
                 2;
    buffer_release(&text);
    return column;
}

void frame_draw_title(struct grid *g, const struct area *a, const struct reader_state *r,
                      const char *name, int percent, size_t problems)
{
    const char *title = transcript_get(r->transcript, FIELD_TITLE);
    struct buffer details[3] = {{0}};
    struct area left = *a;
    int start;
    int end;
    int capacity;
    int column;
    int shown = 0;
    int used = 0;

    grid_fill(g, a, 0, 0, a->columns, " ", role(ROLE_TITLE));
    start = draw_filter(g, a, r);
    if (title == NULL || *title == '\0')
        title = name_that_fits(name, r, a->columns - start - 1);
    end = draw_loading(g, a, r, percent, problems);
    make_details(details, r);
    capacity = end - start - display_columns(r->width, title, strlen(title));
    for (; shown < 3; shown++) {
        int columns = display_columns(r->width, buffer_string(&details[shown]),
                                      details[shown].bytes);

        if (used + columns >= capacity)
            break;
        used += columns;
    }
    column = end - used - 1;
    left.columns = column > start + 7 ? column : end;
    if (start < left.columns)
        grid_text(g, &left, 0, start, r->width, title, strlen(title), role(ROLE_TITLE), true);
    for (int i = 0; i < shown; i++)
        column = grid_string(g, a, 0, column, r->width, buffer_string(&details[i]),
                             role(ROLE_TITLE_DETAIL));
    for (int i = 0; i < 3; i++)
        buffer_release(&details[i]);
}

/* ---------------------------------------------------------------------- the status */

/* The parts in the order in which they stand. */
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

/* The most important parts that fit are shown, each whole. */
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

static int draw_parts(struct grid *g, const struct area *a, const struct reader_state *r,
                      const struct frame_status *status)
{
    struct parts p = {.shown = {false}};
    int column = 1;
    int part;

    make_parts(&p, r, status, a->columns);
    choose_parts(&p, r, a->columns - 2);
    for (part = 0; part < PART_COUNT; part++) {
        if (p.shown[part]) {
            if (column > 1)
                column += gap_before((enum part)part);
            column = grid_string(g, a, 0, column, r->width, buffer_string(&p.text[part]),
                                 role(ROLE_STATUS));
        }
        buffer_release(&p.text[part]);
    }
    return column;
}

static int draw_hints(struct grid *g, const struct area *a, const struct reader_state *r,
                      const struct frame_hint *hints, int from)
{
    const struct frame_hint *h;
    int count = 0;
    int used = 1;
    int column;

    for (h = hints; h != NULL && h->key != NULL; h++) {
        int columns = display_columns(r->width, h->key, strlen(h->key)) +
                      display_columns(r->width, h->what, strlen(h->what)) + 3;

        if (from + used + columns > a->columns)
            break;
        used += columns;
        count++;
    }
    column = a->columns - used;
    for (h = hints; count > 0; count--, h++) {
        column = grid_string(g, a, 0, column + 2, r->width, h->key, role(ROLE_STATUS_KEY));
        column = grid_string(g, a, 0, column + 1, r->width, h->what, role(ROLE_STATUS));
    }
    return column;
}

/* A message that does not fit loses its middle, often a path: what went wrong is at its end. */
static int draw_message(struct grid *g, const struct area *a, const struct width *w,
                        const char *text, struct style style)
{
    int columns = a->columns - 1;
    struct area left = *a;
    struct display d = {0};
    size_t glyph;
    int tail = 0;
    int column;

    if (display_columns(w, text, strlen(text)) <= columns || columns < MIDDLE_FROM_COLUMNS ||
        strchr(text, '/') == NULL)
        return grid_text(g, a, 0, 1, w, text, strlen(text), style, true);
    display_make(&d, w, text, strlen(text));
    glyph = d.count;
    while (glyph > 0 && tail + d.glyphs[glyph - 1].columns <= columns / 2)
        tail += d.glyphs[--glyph].columns;
    while (glyph < d.count && glyph > 0 && d.glyphs[glyph].byte == d.glyphs[glyph - 1].byte)
        tail -= d.glyphs[glyph++].columns;
    left.columns = a->columns - tail;
    column = grid_text(g, &left, 0, 1, w, text, strlen(text), style, true);
    if (glyph < d.count)
        column = grid_string(g, a, 0, column, w, text + d.glyphs[glyph].byte, style);
    display_release(&d);
    return column;
}

void frame_draw_status(struct grid *g, const struct area *a, const struct reader_state *r,
                       const struct frame_status *status)
{
    int column;

    grid_fill(g, a, 0, 0, a->columns, " ", role(ROLE_STATUS));
    if (status->message != NULL)
        column = draw_message(g, a, r->width, status->message,
                              role(status->error ? ROLE_STATUS_ERROR : ROLE_STATUS));
    else
        column = draw_parts(g, a, r, status);
    draw_hints(g, a, r, status->hints, column + 2);
}

/* ------------------------------------------------------------- headings and rules */

static void draw_heading(struct grid *g, const struct area *a, const struct reader_state *r,
                         enum pane pane, bool active)
{
    enum style_role style = active ? ROLE_HEADING_ACTIVE : ROLE_HEADING;
    char count[32] = "";
    int column = grid_string(g, a, 0, 1, r->width, _(layout_pane_name(pane)), role(style));

    if (pane == PANE_SPEAKERS)
        snprintf(count, sizeof count, "%zu", transcript_listed_speakers(r->transcript));
    grid_string(g, a, 0, column + 1, r->width, count, role(ROLE_HEADING));
}

void frame_draw_headings(struct grid *g, const struct layout *l, const struct reader_state *r,
                         enum pane active)
{
    bool wide = width_ambiguous_is_wide(r->width);
    int pane;
    int i;

    for (i = 0; i < 2; i++) {
        int row;

        for (row = 0; l->rules[i] >= 0 && row < l->body.rows; row++)
            grid_fill(g, &l->body, row, l->rules[i], 1, wide ? "|" : "│", role(ROLE_RULE));
    }
    for (pane = 0; pane < PANE_COUNT; pane++) {
        if (l->shown[pane] && l->heading[pane].rows > 0)
            draw_heading(g, &l->heading[pane], r, (enum pane)pane, (int)active == pane);
    }
}
