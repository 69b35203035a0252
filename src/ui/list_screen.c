/* List screen: a row list with a title, drawn over the whole body. */
#include "shilu/ui/list_screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/ui/row_list.h"

/* What takes no longer than FIRST_MS to make is there at once. */
enum { WHEEL_ROWS = 3, FIRST_MS = 8, ALL = 100 };

struct list_screen {
    struct ui ui; /* must be first */
    struct list_source source;
    struct row_list list;
    unsigned percent; /* of the rows that are made; ALL: they are there */
};

static struct list_screen *list_of(struct ui *ui)
{
    return (struct list_screen *)ui;
}

static size_t page_of(const struct list_screen *l)
{
    struct area body = ui_body(&l->ui);

    return body.rows > 0 ? (size_t)body.rows : 1;
}

/* ------------------------------------------------------------------------------- search */

static void search_opened(struct ui *ui, struct buffer *text)
{
    row_list_search_open(&list_of(ui)->list);
}

static void search_changed(struct ui *ui, const char *text)
{
    row_list_search_typed(&list_of(ui)->list, text, ui_asked_back(ui));
}

static bool search_answered(struct ui *ui, const char *text, struct error *err)
{
    return row_list_search(&list_of(ui)->list, text, ui_asked_back(ui), err);
}

static void search_given_up(struct ui *ui)
{
    row_list_search_give_up(&list_of(ui)->list);
}

static bool narrow(struct ui *ui, const char *text, struct error *err)
{
    return row_list_narrow(&list_of(ui)->list, text, err);
}

static const struct ui_prompt prompts[PROMPT_KIND_COUNT] = {
    [PROMPT_SEARCH] = {.open = search_opened,
                       .changed = search_changed,
                       .done = search_answered,
                       .given_up = search_given_up},
    [PROMPT_NARROW] = {.done = narrow},
};

/* --------------------------------------------------------------------------- the screen */

static void move(struct ui *ui, enum ui_move what, bool back, long count)
{
    struct list_screen *l = list_of(ui);
    const char *problem;

    row_list_move(&l->list, what, back, count, page_of(l), &problem);
    if (problem != NULL)
        ui_error(ui, problem);
}

static bool enter(struct ui *ui)
{
    struct list_screen *l = list_of(ui);

    if (l->source.choose == NULL || l->list.count == 0)
        return true;
    if (l->source.choose(l->source.context, l->list.rows[l->list.at]))
        ui_leave(ui, false);
    return true;
}

static bool has(struct ui *ui, enum action action)
{
    const struct list_source *source = &list_of(ui)->source;

    return source->act != NULL && action != ACTION_NONE && action == source->action;
}

static void act(struct ui *ui, const struct ui_call *call)
{
    struct list_screen *l = list_of(ui);

    if (l->list.count > 0 && l->source.act(l->source.context, l->list.rows[l->list.at]))
        ui_leave(ui, false);
}

/* The wheel scrolls; a click chooses. */
static void mouse(struct ui *ui, const struct key *key)
{
    struct list_screen *l = list_of(ui);
    struct area body = ui_body(ui);
    size_t at = l->list.top + (size_t)(key->row - body.row);

    if (key->code == KEY_CODE_SCROLL_UP || key->code == KEY_CODE_SCROLL_DOWN)
        move(ui, MOVE_LINE, key->code == KEY_CODE_SCROLL_UP, WHEEL_ROWS);
    else if (key->row >= body.row && key->row < body.row + body.rows && at < l->list.count)
        l->list.at = at;
}

/* Esc shows all rows again first. */
static bool leave(struct ui *ui, bool quit)
{
    struct error ignored;

    if (!quit && list_of(ui)->list.narrow != NULL) {
        narrow(ui, "", &ignored);
        return true;
    }
    ui_leave(ui, false);
    return true;
}

static void draw_title(struct list_screen *l, struct grid *g)
{
    size_t all = l->source.count(l->source.context);
    char count[96];

    if (l->percent < ALL)
        snprintf(count, sizeof count, "%u%%", l->percent);
    else if (l->list.narrow != NULL)
        snprintf(count, sizeof count, _("%zu of %zu match"), l->list.count, all);
    else
        snprintf(count, sizeof count, _("%zu of %zu"), l->list.count > 0 ? l->list.at + 1 : 0,
                 l->list.count);
    ui_draw_title(&l->ui, g, _(l->source.title), count);
}

static void draw(struct ui *ui, struct grid *g)
{
    struct list_screen *l = list_of(ui);
    struct area body = ui_body(ui);
    struct pen pen = pen_at(g, ui->width, &body, 0, 2);

    draw_title(l, g);
    if (l->list.count == 0 && l->percent == ALL)
        pen_string(&pen,
                   l->list.narrow != NULL ? _("no row matches; Esc shows all")
                                          : _(l->source.empty),
                   ROLE_DIM);
    row_list_show_chosen(&l->list, page_of(l));
    for (size_t at = l->list.top; at < l->list.top + page_of(l) && at < l->list.count; at++) {
        pen_move(&pen, (int)(at - l->list.top), 1);
        l->source.draw(l->source.context, l->list.rows[at], &pen);
        if (at == l->list.at)
            pen_choose(&pen);
    }
}

static const struct ui_hint *hints(struct ui *ui)
{
    static struct ui_hint rows[6];
    const struct list_screen *l = list_of(ui);
    size_t i = 0;

    if (l->source.choose != NULL)
        rows[i++] = (struct ui_hint){ACTION_NONE, l->source.choice, "Enter"};
    if (l->source.act != NULL)
        rows[i++] = (struct ui_hint){l->source.action, l->source.act_hint, NULL};
    rows[i++] = (struct ui_hint){ACTION_QUIT, N_("back"), NULL};
    rows[i++] = (struct ui_hint){ACTION_SEARCH, N_("search"), NULL};
    rows[i++] = (struct ui_hint){ACTION_NARROW, N_("narrow"), NULL};
    rows[i] = (struct ui_hint){ACTION_NONE, NULL, NULL};
    return rows;
}

/* The screen on top may have changed the list. */
static void resumed(struct ui *ui)
{
    row_list_refresh(&list_of(ui)->list);
    ui_touch(ui);
}

/* While the rows are made, the way out is open. */
static bool step(struct ui *ui, int64_t budget_ms)
{
    struct list_screen *l = list_of(ui);
    unsigned before = l->percent;
    size_t chosen = 0;

    if (l->percent == ALL)
        return false;
    l->percent = l->source.make(l->source.context, budget_ms, &chosen);
    if (l->percent != before)
        ui_touch(ui);
    if (l->percent < ALL)
        return true;
    row_list_refresh(&l->list);
    l->list.at = chosen < l->list.count ? chosen : 0;
    return false;
}

/* The number of rows may depend on the width. */
static void resize(struct ui *ui)
{
    row_list_refresh(&list_of(ui)->list);
}

static void close(struct ui *ui)
{
    struct list_screen *l = list_of(ui);

    if (l->source.close != NULL)
        l->source.close(l->source.context);
    row_list_release(&l->list);
    ui_release(ui);
    free(l);
}

bool list_screen_is_of(struct ui *ui, const struct list_source *source)
{
    return ui->ops->close == close && list_of(ui)->source.draw == source->draw;
}

void list_screen_open(struct ui *below, const struct list_source *source, size_t chosen,
                      struct ui **list)
{
    static const struct screen_ops ops = {
        .scope = SCOPE_ANY,
        .moves = 1u << MOVE_LINE | 1u << MOVE_HALF_PAGE | 1u << MOVE_PAGE | 1u << MOVE_END |
                 1u << MOVE_HIT,
        .move = move,
        .prompts = prompts,
        .command_hint = N_("theme NAME, quit, help"),
        .act = act,
        .has = has,
        .enter = enter,
        .leave = leave,
        .mouse = mouse,
        .step = step,
        .resize = resize,
        .draw = draw,
        .hints = hints,
        .resumed = resumed,
        .close = close,
    };
    const struct ui_options options = ui_options_of(below);
    struct list_screen *l = memory_zalloc(1, sizeof *l);

    ui_init(&l->ui, &ops, &options);
    l->source = *source;
    row_list_init(&l->list, &(struct row_source){source->context, source->count, source->text});
    l->list.at = chosen < l->list.count ? chosen : 0;
    l->percent = source->make != NULL ? 0 : ALL;
    step(&l->ui, FIRST_MS);
    if (list != NULL)
        *list = &l->ui;
    ui_push(below, &l->ui);
}
