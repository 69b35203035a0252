/* Session: lists derived from the words of the record: its outline, and the figures that it
 * states; and showing a single question with its answers. */
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

enum {
    INDENT = 2,
    TEXT_BYTES = 600,
    NAME_COLUMNS = 16,
    NAME_FROM_COLUMNS = 60,
    FIGURE_COLUMNS = 18,
    ANSWERERS_FROM_COLUMNS = 60,
    ANSWERS_MAX = 5000 /* segments searched for those who answer */
};

/* ------------------------------------------------------------------------------ outline */

static size_t outline_count(void *context)
{
    return ((struct outline_list *)context)->outline.count;
}

static void append_mark(const struct transcript *t, const struct outline_item *item,
                        struct buffer *out)
{
    if (item->kind == OUTLINE_POINT)
        outline_mark(item, t, out);
    else if (item->kind == OUTLINE_QUESTION)
        buffer_append_format(out, "Q%u ", (unsigned)item->number);
}

/* The next speaker who answers the question of a row. */
static uint32_t next_answerer(const struct outline_list *l, const struct outline_item *item,
                              uint32_t *segment)
{
    if (item->kind != OUTLINE_QUESTION || *segment - item->segment > ANSWERS_MAX)
        return SPEAKER_NONE;
    return outline_answerer(item, l->session->transcript, segment);
}

static void outline_text(void *context, size_t row, struct buffer *out)
{
    struct outline_list *l = context;
    const struct outline_item *item = &l->outline.items[row];
    uint32_t speaker = transcript_segment(l->session->transcript, item->segment)->speaker;
    uint32_t at = item->segment;
    const char *before = "> ";

    append_mark(l->session->transcript, item, out);
    if (item->kind != OUTLINE_POINT && speaker != SPEAKER_NONE)
        buffer_append_format(out, "%s ",
                             transcript_speaker_at(l->session->transcript, speaker)->name);
    while ((speaker = next_answerer(l, item, &at)) != SPEAKER_NONE) {
        buffer_append_format(out, "%s%s", before,
                             transcript_speaker_at(l->session->transcript, speaker)->name);
        before = ", ";
    }
    if (*before == ',')
        buffer_append_char(out, ' ');
    outline_words(item, l->session->transcript, TEXT_BYTES, out);
}

/* As many as fit in the first half of the row. */
static void draw_answerers(struct outline_list *l, struct pen *pen,
                           const struct outline_item *item)
{
    uint32_t segment = item->segment;
    uint32_t speaker;
    const char *before = "> ";

    while ((speaker = next_answerer(l, item, &segment)) != SPEAKER_NONE) {
        if (pen->column > pen->edge / 2) {
            pen_string(pen, "…", ROLE_DIM);
            pen->column++;
            return;
        }
        pen->column -= *before == ',';
        pen_string(pen, before, ROLE_DIM);
        before = ", ";
        speaker_color_name(pen, &l->session->reading, speaker);
        pen->column++;
    }
    pen->column += *before == ',';
}

static void outline_draw(void *context, size_t row, struct pen *pen)
{
    struct outline_list *l = context;
    const struct transcript *t = l->session->transcript;
    const struct outline_item *item = &l->outline.items[row];
    uint32_t speaker = transcript_segment(t, item->segment)->speaker;
    struct buffer text = {0};
    struct style mark = {.role = item->kind == OUTLINE_HEADING    ? ROLE_HEADING
                                 : item->kind == OUTLINE_QUESTION ? ROLE_QUESTION
                                                                  : ROLE_DIM};

    if (!l->without_times)
        session_draw_source(l->session, pen, item->segment, 0);
    pen->column += item->level * INDENT;
    l->session->reading.shapes = l->session->ui.settings.shapes; /* the theme may have
                                                                  * changed */
    append_mark(t, item, &text);
    pen_part(pen, buffer_span(&text), mark);
    if ((item->kind == OUTLINE_QUESTION || item->kind == OUTLINE_STATEMENT) &&
        speaker != SPEAKER_NONE) {
        speaker_color_name(pen, &l->session->reading, speaker);
        pen->column++;
    }
    if (pen->edge >= ANSWERERS_FROM_COLUMNS)
        draw_answerers(l, pen, item);
    buffer_clear(&text);
    outline_words(item, t, TEXT_BYTES, &text);
    pen_text(pen, buffer_span(&text), item->kind == OUTLINE_HEADING ? ROLE_HEADING : ROLE_TEXT);
    buffer_release(&text);
}

static bool outline_choose(void *context, size_t row)
{
    struct outline_list *l = context;
    const struct outline_item *item = &l->outline.items[row];

    session_jump(l->session, item->segment, item->byte, false);
    return true;
}

/* Show only the question that the row belongs to. */
static bool outline_act(void *context, size_t row)
{
    struct outline_list *l = context;
    const struct outline_item *item = &l->outline.items[row];
    struct ui_call call = {.action = ACTION_ONLY_QUESTION, .text = ""};

    session_jump(l->session, item->segment, item->byte, false);
    if (item->exchange != EXCHANGE_NONE)
        call.count = (long)item->exchange + 1;
    session_only_question(l->session, &call, 0);
    return true;
}

/* The place being read is chosen. */
static unsigned outline_more(void *context, int64_t budget_ms, size_t *chosen)
{
    struct outline_list *l = context;
    const struct reader_state *r = &l->session->reading;
    unsigned percent;

    if (outline_making_step(l->making, budget_ms)) {
        percent = outline_making_percent(l->making);
        return percent < 100 ? percent : 99;
    }
    outline_making_take(l->making, &l->outline);
    l->making = NULL;
    if (r->segment != SEGMENT_NONE)
        *chosen = outline_at(&l->outline, r->segment, r->byte);
    return 100;
}

static void outline_close(void *context)
{
    struct outline_list *l = context;

    outline_making_free(l->making);
    outline_release(&l->outline);
    free(l);
}

static void open_screen(struct session *s)
{
    struct outline_list *l = memory_zalloc(1, sizeof *l);
    const struct list_source source = {
        .context = l,
        .title = N_("Outline"),
        .empty = N_("no headings, questions or numbered points"),
        .count = outline_count,
        .make = outline_more,
        .text = outline_text,
        .draw = outline_draw,
        .choose = outline_choose,
        .choice = N_("go there"),
        .action = ACTION_ONLY_QUESTION,
        .act = outline_act,
        .act_hint = N_("question"),
        .close = outline_close,
    };

    l->session = s;
    outline_init(&l->outline);
    l->making = outline_making_new(s->transcript);
    list_screen_open(&s->ui, &source, 0, NULL);
}

/* Move to the pane if there is one, and back. */
void session_open_outline(struct session *s, const struct ui_call *call, int argument)
{
    if (s->reading.plain || !session_outline_is_offered(s))
        open_screen(s);
    else
        session_set_pane(s, s->view.pane == PANE_OUTLINE ? PANE_TEXT : PANE_OUTLINE);
}

/* -------------------------------------------------------------------- beside the text */

/* A record of more segments or bytes has no pane, since all of the outline is made anew when
 * the record has grown. What takes no longer than FIRST_MS is made at once, the rest in steps.
 * With fewer than TIMES_COLUMNS there is no room for times. */
enum {
    BESIDE_SEGMENTS_MAX = 50000,
    BESIDE_BYTES_MAX = 4 << 20,
    FIRST_MS = 8,
    TIMES_COLUMNS = 48
};

static void give_up_making(struct session_outline *o)
{
    outline_making_free(o->pane.making);
    o->pane.making = NULL;
}

void session_outline_forget(struct session *s)
{
    give_up_making(&s->outline);
    row_list_release(&s->outline.list);
    outline_release(&s->outline.pane.outline);
    outline_init(&s->outline.pane.outline);
    s->outline.seen = SIZE_MAX;
}

static bool is_wanted(const struct session *s)
{
    uint64_t bytes;

    transcript_arena(s->transcript, &bytes);
    return layout_has_outline(s->ui.rows, s->ui.columns) && s->loading.done &&
           transcript_count(s->transcript) <= BESIDE_SEGMENTS_MAX && bytes <= BESIDE_BYTES_MAX;
}

bool session_outline_is_stale(const struct session *s)
{
    return is_wanted(s) && s->outline.seen != transcript_count(s->transcript);
}

/* Take over what has been made. */
static void show_made(struct session_outline *o)
{
    bool first = o->seen == SIZE_MAX;

    outline_release(&o->pane.outline);
    outline_making_take(o->pane.making, &o->pane.outline);
    o->pane.making = NULL;
    o->seen = o->making_of;
    if (first)
        row_list_init(&o->list, &(struct row_source){&o->pane, outline_count, outline_text});
    else
        row_list_refresh(&o->list);
    o->stood = (struct spot){SEGMENT_NONE, 0};
}

/* Go on with the outline that is wanted. True while there is more to do. */
static bool make_more(struct session *s, int64_t budget_ms)
{
    struct session_outline *o = &s->outline;

    if (!session_outline_is_stale(s)) {
        give_up_making(o);
        return false;
    }
    if (o->pane.making != NULL && o->making_of != transcript_count(s->transcript))
        give_up_making(o);
    if (o->pane.making == NULL) {
        o->pane.session = s;
        o->pane.making = outline_making_new(s->transcript);
        o->making_of = transcript_count(s->transcript);
    }
    if (outline_making_step(o->pane.making, budget_ms))
        return true;
    show_made(o);
    return false;
}

bool session_outline_step(struct session *s, int64_t budget_ms)
{
    bool was_stale = session_outline_is_stale(s);
    bool more = make_more(s, budget_ms);

    if (was_stale && !more) {
        session_relayout(s);
        ui_touch(&s->ui);
    }
    return more;
}

/* Until a new outline is made, the one of the record before it grew is shown. */
bool session_outline_is_offered(struct session *s)
{
    make_more(s, FIRST_MS);
    return is_wanted(s) && s->outline.pane.outline.count >= 2;
}

/* Choose the row of the reading position, unless the user has just chosen another row for the
 * same position: one row of text may contain several points. */
static void follow_reader(struct session *s)
{
    struct session_outline *o = &s->outline;
    struct spot here = {s->reading.segment, s->reading.byte};
    size_t item;

    if (here.segment == SEGMENT_NONE ||
        (here.segment == o->stood.segment && here.byte == o->stood.byte))
        return;
    o->stood = here;
    item = outline_at(&o->pane.outline, here.segment, here.byte);
    o->list.at = 0;
    while (item < o->pane.outline.count && o->list.at + 1 < o->list.count &&
           o->list.rows[o->list.at + 1] <= item)
        o->list.at++;
}

/* Keep the chosen row visible, with some rows before it. */
static void scroll_to_chosen(struct row_list *l, size_t rows)
{
    if (l->at >= l->top && l->at < l->top + rows && l->top + rows <= l->count)
        return;
    l->top = l->at < rows / 3 ? 0 : l->at - rows / 3;
    if (l->top + rows > l->count)
        l->top = l->count > rows ? l->count - rows : 0;
}

void session_outline_draw(struct session *s, struct grid *g)
{
    struct session_outline *o = &s->outline;
    const struct area *a = &s->view.layout.pane[PANE_OUTLINE];
    bool active = s->view.pane == PANE_OUTLINE;
    struct pen pen = pen_at(g, s->ui.width, a, 0, 1);

    follow_reader(s);
    o->pane.without_times = a->columns < TIMES_COLUMNS;
    scroll_to_chosen(&o->list, (size_t)a->rows);
    if (o->list.count == 0)
        pen_string(&pen, _("no row matches; Esc shows all"), ROLE_DIM);
    for (int row = 0; row < a->rows && o->list.top + (size_t)row < o->list.count; row++) {
        size_t at = o->list.top + (size_t)row;

        pen_move(&pen, row, 1);
        outline_draw(&o->pane, o->list.rows[at], &pen);
        if (at == o->list.at && active)
            pen_choose(&pen);
        else if (at == o->list.at)
            pen_over(&pen, OVER_SAME);
    }
}

/* Show the chosen place in the text. */
static void go_to_chosen(struct session *s, bool jump)
{
    struct session_outline *o = &s->outline;
    const struct outline_item *item;

    if (o->list.count == 0)
        return;
    item = &o->pane.outline.items[o->list.rows[o->list.at]];
    if (jump)
        session_note_jump(s);
    session_go(s, (struct spot){item->segment, item->byte}, false);
    o->stood = (struct spot){s->reading.segment, s->reading.byte};
}

bool session_outline_move(struct session *s, enum ui_move what, bool back, long count)
{
    struct session_outline *o = &s->outline;
    const char *problem;

    if (s->view.pane != PANE_OUTLINE || s->view.lanes ||
        (what == MOVE_HIT && o->list.search == NULL))
        return false;
    follow_reader(s);
    if (!row_list_move(&o->list, what, back, count,
                       (size_t)s->view.layout.pane[PANE_OUTLINE].rows, &problem))
        return false;
    if (problem != NULL)
        ui_error(&s->ui, problem);
    go_to_chosen(s, what == MOVE_END || what == MOVE_HIT);
    return true;
}

void session_outline_click(struct session *s, int row)
{
    struct row_list *l = &s->outline.list;

    if (l->top + (size_t)row >= l->count)
        return;
    l->at = l->top + (size_t)row;
    go_to_chosen(s, true);
}

/* The prompts of the pane. */
void session_outline_search_open(struct session *s)
{
    follow_reader(s);
    row_list_search_open(&s->outline.list);
}

void session_outline_search_typed(struct session *s, const char *text, bool backward)
{
    row_list_search_typed(&s->outline.list, text, backward);
    go_to_chosen(s, false);
}

bool session_outline_search(struct session *s, const char *text, bool backward,
                            struct error *err)
{
    if (!row_list_search(&s->outline.list, text, backward, err))
        return false;
    go_to_chosen(s, true);
    return true;
}

void session_outline_search_give_up(struct session *s)
{
    row_list_search_give_up(&s->outline.list);
    go_to_chosen(s, false);
}

bool session_outline_narrow(struct session *s, const char *text, struct error *err)
{
    follow_reader(s);
    if (!row_list_narrow(&s->outline.list, text, err))
        return false;
    ui_touch(&s->ui);
    return true;
}

bool session_outline_leave(struct session *s)
{
    struct row_list *l = &s->outline.list;
    struct error ignored;

    if (s->view.pane != PANE_OUTLINE || (l->narrow == NULL && l->search == NULL))
        return false;
    if (l->narrow != NULL)
        return session_outline_narrow(s, "", &ignored);
    matcher_free(l->search);
    l->search = NULL;
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

static void figures_draw(void *context, size_t row, struct pen *pen)
{
    struct figures_list *l = context;
    const struct figure *f = &l->figures.items[row];
    int start;

    session_draw_source(l->session, pen, f->segment,
                        pen->edge < NAME_FROM_COLUMNS ? 0 : NAME_COLUMNS);
    start = pen->column;
    pen_text(pen, f->text, f->kind == FIGURE_NUMBER ? ROLE_HEADING : ROLE_TEXT);
    if (f->kind != FIGURE_NUMBER)
        return;
    if (pen->column < start + FIGURE_COLUMNS)
        pen->column = start + FIGURE_COLUMNS;
    pen->column++;
    pen_text(pen, f->counted, ROLE_TEXT);
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
    list_screen_open(&s->ui, &source, at, NULL);
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
