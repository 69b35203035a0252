/* Session: the lists that are drawn from the words of the record: its outline, and the figures
 * that it states; and reading one question with its answers alone. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/session_private.h"
#include "shilu/analysis/figures.h"
#include "shilu/analysis/outline.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/ui/list_screen.h"
#include "shilu/view/speaker_color.h"

enum { INDENT = 2, TEXT_BYTES = 600, NAME_COLUMNS = 16, FIGURE_COLUMNS = 18 };

static struct style role(enum style_role r)
{
    return (struct style){.role = (uint8_t)r};
}

/* When, and by whom where there is room for it; returns the column for what. */
static int draw_source(struct session *s, struct grid *g, const struct area *a, int at,
                       uint32_t number, bool with_name)
{
    const struct segment *segment = transcript_segment(s->transcript, number);
    struct area name = *a;
    char time[CIVIL_TEXT];
    int column = 1;

    reader_state_time(&s->reading, segment->start_ms, time);
    if (*time != '\0')
        column = grid_string(g, a, at, column, s->reading.width, time, role(ROLE_TIME)) + 1;
    if (!with_name || segment->speaker == SPEAKER_NONE || a->columns < 60)
        return column;
    name.columns = column + NAME_COLUMNS;
    speaker_color_name(g, &name, at, column, &s->reading, segment->speaker);
    return name.columns + 1;
}

/* ------------------------------------------------------------------------------ outline */

struct outline_list {
    struct session *session;
    struct outline outline;
    bool without_times; /* there is no room for them */
};

static size_t outline_count(void *context)
{
    return ((struct outline_list *)context)->outline.count;
}

static void append_mark(const struct transcript *t, const struct outline_item *item,
                        struct buffer *out)
{
    size_t bytes;
    const char *text = transcript_text(t, item->segment, &bytes);

    if (item->kind == OUTLINE_POINT)
        buffer_append(out, text + item->byte, item->mark_bytes);
    else if (item->kind == OUTLINE_QUESTION)
        buffer_append_format(out, "Q%u", (unsigned)item->number);
    if (out->bytes > 0)
        buffer_append_char(out, ' ');
}

static void outline_text(void *context, size_t row, struct buffer *out)
{
    struct outline_list *l = context;
    const struct outline_item *item = &l->outline.items[row];
    uint32_t speaker = transcript_segment(l->session->transcript, item->segment)->speaker;

    append_mark(l->session->transcript, item, out);
    if (item->kind != OUTLINE_POINT && speaker != SPEAKER_NONE)
        buffer_append_format(out, "%s ",
                             transcript_speaker_at(l->session->transcript, speaker)->name);
    outline_words(item, l->session->transcript, TEXT_BYTES, out);
}

static void outline_draw(void *context, size_t row, struct grid *g, const struct area *a,
                         int at, const struct width *w)
{
    struct outline_list *l = context;
    const struct transcript *t = l->session->transcript;
    const struct outline_item *item = &l->outline.items[row];
    uint32_t speaker = transcript_segment(t, item->segment)->speaker;
    struct buffer text = {0};
    enum style_role what = item->kind == OUTLINE_HEADING    ? ROLE_HEADING
                           : item->kind == OUTLINE_QUESTION ? ROLE_QUESTION
                                                            : ROLE_DIM;
    int column = (l->without_times ? 1
                                   : draw_source(l->session, g, a, at, item->segment, false)) +
                 item->level * INDENT;

    l->session->reading.shapes = l->session->ui.settings.shapes; /* the theme may be new */
    append_mark(t, item, &text);
    column = grid_text(g, a, at, column, w, buffer_string(&text), text.bytes, role(what),
                       false);
    if ((item->kind == OUTLINE_QUESTION || item->kind == OUTLINE_STATEMENT) &&
        speaker != SPEAKER_NONE)
        column = speaker_color_name(g, a, at, column, &l->session->reading, speaker) + 1;
    buffer_clear(&text);
    outline_words(item, t, TEXT_BYTES, &text);
    grid_text(g, a, at, column, w, buffer_string(&text), text.bytes,
              role(item->kind == OUTLINE_HEADING ? ROLE_HEADING : ROLE_TEXT), true);
    buffer_release(&text);
}

static bool outline_choose(void *context, size_t row)
{
    struct outline_list *l = context;
    const struct outline_item *item = &l->outline.items[row];

    session_jump(l->session, item->segment, item->byte, false);
    return true;
}

static void outline_close(void *context)
{
    outline_release(&((struct outline_list *)context)->outline);
    free(context);
}

void session_open_outline(struct session *s, const struct ui_call *call, int argument)
{
    struct outline_list *l = memory_zalloc(1, sizeof *l);
    struct ui_options options = ui_options_of(&s->ui);
    const struct list_source source = {
        .context = l,
        .title = N_("Outline"),
        .empty = N_("no headings, questions or numbered points"),
        .count = outline_count,
        .text = outline_text,
        .draw = outline_draw,
        .choose = outline_choose,
        .choice = N_("go there"),
        .close = outline_close,
    };
    size_t at;

    l->session = s;
    outline_init(&l->outline);
    outline_make(&l->outline, s->transcript);
    at = s->reading.segment != SEGMENT_NONE
             ? outline_at(&l->outline, s->reading.segment, s->reading.byte)
             : 0;
    ui_push(&s->ui, list_screen_new(&source, at, &options));
}

/* -------------------------------------------------------------------- beside the text */

/* From so many columns on, and rows of the window; and with how many segments a record is read
 * anew when it has grown. */
enum {
    BESIDE_COLUMNS = 160,
    BESIDE_ROWS = 16,
    BESIDE_SEGMENTS_MAX = 50000,
    TIMES_COLUMNS = 48
};

void session_outline_forget(struct session *s)
{
    outline_release(&s->outline.outline);
    outline_init(&s->outline.outline);
    s->outline.seen = SIZE_MAX;
}

static bool is_wide(const struct session *s)
{
    return s->ui.columns >= BESIDE_COLUMNS && s->ui.rows >= BESIDE_ROWS && s->loading.done &&
           transcript_count(s->transcript) <= BESIDE_SEGMENTS_MAX;
}

bool session_outline_is_stale(const struct session *s)
{
    return is_wide(s) && s->outline.seen != transcript_count(s->transcript);
}

/* It has the lower half of the timeline's column, or of the speakers'. */
void session_outline_place(struct session *s)
{
    struct session_outline *o = &s->outline;
    struct layout *l = &s->view.layout;
    enum pane above = l->shown[PANE_TIMELINE] ? PANE_TIMELINE : PANE_SPEAKERS;
    struct area *pane = &l->pane[above];
    int rows = pane->rows / 2;

    o->heading.rows = 0;
    if (!is_wide(s) || l->form != LAYOUT_COLUMNS || !l->shown[above])
        return;
    if (session_outline_is_stale(s)) {
        outline_make(&o->outline, s->transcript);
        o->seen = transcript_count(s->transcript);
    }
    if (o->outline.count < 2)
        return;
    pane->rows -= rows;
    o->heading = (struct area){pane->row + pane->rows, pane->column, 1, pane->columns};
    o->area = (struct area){o->heading.row + 1, pane->column, rows - 1, pane->columns};
}

/* The row of the reading position is in sight, with some before it. */
void session_outline_draw(struct session *s, struct grid *g)
{
    struct session_outline *o = &s->outline;
    struct outline_list l = {s, o->outline, o->area.columns < TIMES_COLUMNS};
    size_t rows = (size_t)o->area.rows;
    size_t at;

    if (o->heading.rows == 0)
        return;
    grid_string(g, &o->heading, 0, 1, s->ui.width, _("Outline"), role(ROLE_HEADING));
    at = outline_at(&o->outline, s->reading.segment, s->reading.byte);
    o->top = at == o->outline.count || at < rows / 3 ? 0 : at - rows / 3;
    if (o->top + rows > o->outline.count)
        o->top = o->outline.count > rows ? o->outline.count - rows : 0;
    for (size_t row = 0; row < rows && o->top + row < o->outline.count; row++) {
        outline_draw(&l, o->top + row, g, &o->area, (int)row, s->ui.width);
        if (o->top + row == at)
            grid_over(g, &o->area, (int)row, OVER_SAME);
    }
}

bool session_outline_click(struct session *s, const struct key *key)
{
    const struct session_outline *o = &s->outline;
    size_t row;

    if (o->heading.rows == 0 || key->row < o->area.row || key->column < o->area.column ||
        key->row >= o->area.row + o->area.rows ||
        key->column >= o->area.column + o->area.columns)
        return false;
    row = o->top + (size_t)(key->row - o->area.row);
    if (row < o->outline.count)
        session_jump(s, o->outline.items[row].segment, o->outline.items[row].byte, false);
    return true;
}

/* ------------------------------------------------------------------------------ figures */

struct figures_list {
    struct session *session;
    struct figures figures;
};

static size_t figures_count(void *context)
{
    return ((struct figures_list *)context)->figures.count;
}

static void figures_text(void *context, size_t row, struct buffer *out)
{
    struct figures_list *l = context;
    const struct figure *f = &l->figures.items[row];
    uint32_t speaker = transcript_segment(l->session->transcript, f->segment)->speaker;

    if (speaker != SPEAKER_NONE)
        buffer_append_format(out, "%s ",
                             transcript_speaker_at(l->session->transcript, speaker)->name);
    buffer_append(out, f->text.data, f->text.length);
    buffer_append_char(out, ' ');
    buffer_append(out, f->counted.data, f->counted.length);
}

static void figures_draw(void *context, size_t row, struct grid *g, const struct area *a,
                         int at, const struct width *w)
{
    struct figures_list *l = context;
    const struct figure *f = &l->figures.items[row];
    int column = draw_source(l->session, g, a, at, f->segment, true);
    struct area cell = *a;
    bool counted = f->kind == FIGURE_NUMBER && f->counted.length > 0;

    if (counted && column + FIGURE_COLUMNS < a->columns)
        cell.columns = column + FIGURE_COLUMNS;
    grid_text(g, &cell, at, column, w, f->text.data, f->text.length,
              role(f->kind == FIGURE_NUMBER ? ROLE_HEADING : ROLE_TEXT), true);
    if (counted)
        grid_text(g, a, at, column + FIGURE_COLUMNS + 1, w, f->counted.data, f->counted.length,
                  role(ROLE_TEXT), true);
}

static bool figures_choose(void *context, size_t row)
{
    struct figures_list *l = context;

    session_jump(l->session, l->figures.items[row].segment, l->figures.items[row].byte, false);
    return true;
}

static void figures_close(void *context)
{
    figures_release(&((struct figures_list *)context)->figures);
    free(context);
}

void session_open_figures(struct session *s, const struct ui_call *call, int argument)
{
    struct figures_list *l = memory_zalloc(1, sizeof *l);
    struct ui_options options = ui_options_of(&s->ui);
    const struct list_source source = {
        .context = l,
        .title = N_("Figures, dates and names"),
        .empty = N_("no figures, dates or names"),
        .count = figures_count,
        .text = figures_text,
        .draw = figures_draw,
        .choose = figures_choose,
        .choice = N_("go there"),
        .close = figures_close,
    };
    size_t at = 0;

    l->session = s;
    figures_make(&l->figures, s->transcript);
    while (at + 1 < l->figures.count && l->figures.items[at].segment < s->reading.segment)
        at++;
    ui_push(&s->ui, list_screen_new(&source, at, &options));
}

/* ----------------------------------------------------------------------- one question */

void session_only_question(struct session *s, const struct ui_call *call, int argument)
{
    uint32_t exchange = call->count > 0
                            ? (uint32_t)call->count - 1
                            : transcript_exchange_of(s->transcript, s->reading.segment);
    char text[240];

    if (s->reading.selection.exchange != EXCHANGE_NONE && call->count == 0)
        exchange = EXCHANGE_NONE;
    else if (exchange == EXCHANGE_NONE ||
             exchange >= transcript_exchange_count(s->transcript)) {
        size_t count = transcript_exchange_count(s->transcript);

        snprintf(text, sizeof text,
                 ngettext("no question here; the record has %zu",
                          "no question here; the record has %zu", count),
                 count);
        ui_say(&s->ui, text);
        return;
    }
    s->reading.selection.exchange = exchange;
    session_selection_changed(s);
    if (exchange == EXCHANGE_NONE) {
        ui_say(&s->ui, "the whole record again");
        return;
    }
    snprintf(text, sizeof text, _("only question %u and its answers"), (unsigned)exchange + 1);
    ui_say(&s->ui, text);
}
