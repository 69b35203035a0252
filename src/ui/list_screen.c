/* List screen. Invariant: `rows` holds the numbers of the rows that are shown, in order; `at`
 * is a place in it, or 0 where nothing is shown. */
#include "shilu/ui/list_screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/text/matcher.h"

struct list_screen {
    struct ui ui; /* first */
    struct list_source source;
    size_t *rows; /* owned */
    size_t count, capacity;
    size_t at, top;
    struct matcher *search; /* owned, or NULL */
    bool backward;
    char *narrow;  /* what the list is narrowed to, or NULL */
    size_t origin; /* where the search prompt was opened */
};

static struct list_screen *list_of(struct ui *ui)
{
    return (struct list_screen *)ui;
}

static struct style role(enum style_role r)
{
    return (struct style){.role = (uint8_t)r};
}

/* ----------------------------------------------------------------------------- the rows */

static bool row_matches(struct list_screen *l, size_t row, struct matcher *m)
{
    struct buffer text = {0};
    struct match match;
    bool found;

    l->source.text(l->source.context, row, &text);
    found = matcher_find(m, buffer_string(&text), text.bytes, 0, &match);
    buffer_release(&text);
    return found;
}

/* All rows, or those that match; the chosen one stays chosen where it is still shown. */
static void fill_rows(struct list_screen *l, struct matcher *m)
{
    size_t all = l->source.count(l->source.context);
    size_t chosen = l->at < l->count ? l->rows[l->at] : 0;
    size_t row;

    l->count = l->at = 0;
    for (row = 0; row < all; row++) {
        if (m != NULL && !row_matches(l, row, m))
            continue;
        MEMORY_RESERVE(l->rows, l->capacity, l->count + 1);
        if (row <= chosen)
            l->at = l->count;
        l->rows[l->count++] = row;
    }
}

static size_t page_of(const struct list_screen *l)
{
    struct area body = ui_body(&l->ui);

    return body.rows > 0 ? (size_t)body.rows : 1;
}

static void move_by(struct list_screen *l, bool back, size_t rows)
{
    size_t last = l->count > 0 ? l->count - 1 : 0;

    if (back)
        l->at = l->at > rows ? l->at - rows : 0;
    else
        l->at = last - l->at > rows ? l->at + rows : last;
}

/* ------------------------------------------------------------------------------- search */

/* The next row that matches, the current one left out; round the end. False where none does. */
static bool go_to_match(struct list_screen *l, bool back, size_t from)
{
    size_t i;

    for (i = 1; i <= l->count; i++) {
        size_t at = back ? (from + l->count - i % l->count) % l->count : (from + i) % l->count;

        if (row_matches(l, l->rows[at], l->search)) {
            l->at = at;
            return true;
        }
    }
    return false;
}

static void go_to_hit(struct list_screen *l, bool back, long count)
{
    if (l->search == NULL) {
        ui_say(&l->ui, "search first: / and what to look for");
        return;
    }
    for (count = count > 0 ? count : 1; count > 0; count--) {
        if (!go_to_match(l, back != l->backward, l->at)) {
            ui_say(&l->ui, "no row matches");
            return;
        }
    }
}

static void search_opened(struct ui *ui, struct buffer *text)
{
    list_of(ui)->origin = list_of(ui)->at;
}

static bool search_set(struct list_screen *l, const char *text, struct error *err)
{
    struct matcher *m = matcher_new(text, strlen(text), 0, err);

    if (m == NULL)
        return false;
    matcher_free(l->search);
    l->search = m;
    return true;
}

static void search_changed(struct ui *ui, const char *text)
{
    struct list_screen *l = list_of(ui);
    struct error ignored;

    l->at = l->origin;
    if (*text != '\0' && search_set(l, text, &ignored) && l->count > 0 &&
        !row_matches(l, l->rows[l->at], l->search))
        go_to_match(l, ui_is_asking(ui, PROMPT_SEARCH_BACK), l->at);
}

static bool search_answered(struct ui *ui, const char *text, struct error *err)
{
    struct list_screen *l = list_of(ui);

    l->backward = ui_is_asking(ui, PROMPT_SEARCH_BACK);
    if (*text == '\0')
        return l->search != NULL || error_set(err, ERROR_USAGE, "nothing to search for");
    if (!search_set(l, text, err))
        return false;
    if (l->count == 0 || row_matches(l, l->rows[l->at], l->search))
        return true;
    return go_to_match(l, l->backward, l->at) || error_set(err, ERROR_USAGE, "no row matches");
}

static void search_given_up(struct ui *ui)
{
    list_of(ui)->at = list_of(ui)->origin;
}

static bool narrow(struct ui *ui, const char *text, struct error *err)
{
    struct list_screen *l = list_of(ui);
    struct matcher *m = NULL;

    if (*text != '\0') {
        m = matcher_new(text, strlen(text), 0, err);
        if (m == NULL)
            return false;
    }
    fill_rows(l, m);
    matcher_free(m);
    free(l->narrow);
    l->narrow = *text != '\0' ? memory_strdup(text) : NULL;
    return true;
}

#define SEARCH_PROMPT(sign)                                                        \
    {                                                                              \
        .label = sign, .hint = N_("= exact  \\v pattern"), .history = "search",    \
        .open = search_opened, .changed = search_changed, .done = search_answered, \
        .given_up = search_given_up                                                \
    }

static const struct ui_prompt prompts[PROMPT_KIND_COUNT] = {
    [PROMPT_SEARCH] = SEARCH_PROMPT("/"),
    [PROMPT_SEARCH_BACK] = SEARCH_PROMPT("?"),
    [PROMPT_NARROW] = {.label = N_("Only what matches: "),
                       .hint = N_("empty: everything"),
                       .history = "narrow",
                       .done = narrow},
};

/* --------------------------------------------------------------------------- the screen */

static void move(struct ui *ui, enum ui_move what, bool back, long count)
{
    struct list_screen *l = list_of(ui);
    size_t page = page_of(l) > 1 ? page_of(l) - 1 : 1;
    size_t times = count > 0 ? (size_t)count : 1;

    switch (what) {
    case MOVE_LINE:
        move_by(l, back, times);
        break;
    case MOVE_HALF_PAGE:
        move_by(l, back, count > 0 ? times : page / 2 + 1);
        break;
    case MOVE_PAGE:
        move_by(l, back, page * times);
        break;
    case MOVE_END:
        l->at = back || l->count == 0 ? 0 : l->count - 1;
        if (count > 0)
            l->at = times <= l->count ? times - 1 : l->count > 0 ? l->count - 1 : 0;
        break;
    case MOVE_HIT:
        go_to_hit(l, back, count);
        break;
    default:
        break;
    }
}

static bool enter(struct ui *ui)
{
    struct list_screen *l = list_of(ui);

    if (l->source.choose == NULL || l->count == 0)
        return true;
    if (l->source.choose(l->source.context, l->rows[l->at]))
        ui_leave(ui, false);
    return true;
}

/* The wheel scrolls; a click chooses. */
static void mouse(struct ui *ui, const struct key *key)
{
    struct list_screen *l = list_of(ui);
    struct area body = ui_body(ui);
    size_t at = l->top + (size_t)(key->row - body.row);

    if (key->code == KEY_CODE_SCROLL_UP || key->code == KEY_CODE_SCROLL_DOWN)
        move_by(l, key->code == KEY_CODE_SCROLL_UP, 3);
    else if (key->row >= body.row && key->row < body.row + body.rows && at < l->count)
        l->at = at;
}

/* Esc goes back to all rows first. */
static bool leave(struct ui *ui, bool quit)
{
    struct error ignored;

    if (!quit && list_of(ui)->narrow != NULL) {
        narrow(ui, "", &ignored);
        return true;
    }
    ui_leave(ui, false);
    return true;
}

static void draw_title(struct list_screen *l, struct grid *g)
{
    struct area a = {0, 0, 1, l->ui.columns};
    struct area left = a;
    size_t all = l->source.count(l->source.context);
    char count[96];
    int columns;

    if (l->narrow != NULL)
        snprintf(count, sizeof count, _("%zu of %zu match"), l->count, all);
    else
        snprintf(count, sizeof count, _("%zu of %zu"), l->count > 0 ? l->at + 1 : 0, l->count);
    grid_fill(g, &a, 0, 0, a.columns, " ", role(ROLE_TITLE));
    columns = display_columns(l->ui.width, count, strlen(count));
    left.columns = a.columns - columns - 3;
    grid_text(g, &left, 0, 1, l->ui.width, _(l->source.title), strlen(_(l->source.title)),
              role(ROLE_TITLE), true);
    grid_string(g, &a, 0, a.columns - columns - 1, l->ui.width, count, role(ROLE_TITLE_DETAIL));
}

static void draw(struct ui *ui, struct grid *g)
{
    struct list_screen *l = list_of(ui);
    struct area body = ui_body(ui);
    size_t page = page_of(l);
    int row;

    draw_title(l, g);
    if (l->count == 0)
        grid_string(g, &body, 0, 2, ui->width,
                    l->narrow != NULL ? _("no row matches; Esc shows all") : _(l->source.empty),
                    role(ROLE_DIM));
    if (l->at < l->top)
        l->top = l->at;
    if (l->at >= l->top + page)
        l->top = l->at + 1 - page;
    for (row = 0; row < body.rows && l->top + (size_t)row < l->count; row++) {
        l->source.draw(l->source.context, l->rows[l->top + (size_t)row], g, &body, row,
                       ui->width);
        if (l->top + (size_t)row == l->at)
            grid_choose(g, &body, row);
    }
}

static const struct ui_hint *hints(struct ui *ui)
{
    static struct ui_hint rows[5];
    const struct list_screen *l = list_of(ui);

    rows[0] = (struct ui_hint){ACTION_NONE, l->source.choice, "Enter"};
    rows[1] = (struct ui_hint){ACTION_QUIT, N_("back"), NULL};
    rows[2] = (struct ui_hint){ACTION_SEARCH, N_("search"), NULL};
    rows[3] = (struct ui_hint){ACTION_NARROW, N_("narrow"), NULL};
    rows[4] = (struct ui_hint){ACTION_NONE, NULL, NULL};
    return l->source.choose != NULL ? rows : rows + 1;
}

/* What lay on top may have changed what is listed. */
static void resumed(struct ui *ui)
{
    struct list_screen *l = list_of(ui);
    struct error ignored;
    struct matcher *m = l->narrow != NULL
                            ? matcher_new(l->narrow, strlen(l->narrow), 0, &ignored)
                            : NULL;

    fill_rows(l, m);
    matcher_free(m);
    ui_touch(ui);
}

static void close(struct ui *ui)
{
    struct list_screen *l = list_of(ui);

    if (l->source.close != NULL)
        l->source.close(l->source.context);
    matcher_free(l->search);
    free(l->narrow);
    free(l->rows);
    ui_release(ui);
    free(l);
}

bool list_screen_is_of(struct ui *ui, const struct list_source *source)
{
    return ui->ops->close == close && list_of(ui)->source.draw == source->draw;
}

struct ui *list_screen_new(const struct list_source *source, size_t chosen,
                           const struct ui_options *options)
{
    static const struct screen_ops ops = {
        .scope = SCOPE_ANY,
        .moves = 1u << MOVE_LINE | 1u << MOVE_HALF_PAGE | 1u << MOVE_PAGE | 1u << MOVE_END |
                 1u << MOVE_HIT,
        .move = move,
        .prompts = prompts,
        .command_hint = N_("theme NAME, quit, help"),
        .enter = enter,
        .leave = leave,
        .mouse = mouse,
        .draw = draw,
        .hints = hints,
        .resumed = resumed,
        .close = close,
    };
    struct list_screen *l = memory_zalloc(1, sizeof *l);

    ui_init(&l->ui, &ops, options);
    l->source = *source;
    fill_rows(l, NULL);
    l->at = chosen < l->count ? chosen : 0;
    return &l->ui;
}
