/* Pair screen. The position is a pair and a row of it, never an absolute row; only pairs on the
 * screen are laid out. Invariant: `row` is below the height of `pair` at the last width. */
#include "shilu/ui/pair_screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/text/matcher.h"
#include "shilu/text/wrap.h"

enum { MIN_BESIDE = 100, GUTTER = 3, MAX_COLUMN = 80, INDENT = 2 };

struct laid_part {
    struct pair_part part;
    struct display display;
    struct wrap wrap;
    int rows; /* 0 if the text has no such part */
};

struct pair_screen {
    struct ui ui; /* first */
    struct pair_source source;
    size_t pair;
    int row;
    struct laid_part laid[PAIR_SIDES]; /* of the pair laid out last */
    size_t laid_pair;
    int laid_columns;       /* 0 if nothing is laid out */
    struct matcher *search; /* owned, or NULL */
    bool backward;
    size_t origin; /* where the search prompt was opened */
};

static struct pair_screen *pairs_of(struct ui *ui)
{
    return (struct pair_screen *)ui;
}

void pair_part_mark(struct pair_part *part, size_t start, size_t end, uint8_t over)
{
    MEMORY_RESERVE(part->marks, part->mark_capacity, part->mark_count + 1);
    part->marks[part->mark_count++] = (struct pair_mark){start, end, over};
}

/* ------------------------------------------------------------------------------- layout */

static size_t count_of(const struct pair_screen *s)
{
    return s->source.count(s->source.context);
}

static bool is_beside(const struct pair_screen *s)
{
    return s->ui.columns >= MIN_BESIDE;
}

static int column_of(const struct pair_screen *s)
{
    int columns = is_beside(s) ? (s->ui.columns - GUTTER - 1) / 2 : s->ui.columns - INDENT;

    return columns > MAX_COLUMN ? MAX_COLUMN : columns;
}

static void mark_matches(struct pair_screen *s, struct pair_part *part)
{
    struct match match = {0};

    if (s->search == NULL)
        return;
    while (matcher_find(s->search, buffer_string(&part->text), part->text.bytes, match.end,
                        &match))
        pair_part_mark(part, match.start, match.end, OVER_MATCH);
}

/* Lay out both parts of a pair; returns its number of rows, including the blank one after
 * it. */
static int lay_out(struct pair_screen *s, size_t pair)
{
    int columns = column_of(s);
    int side;

    if (s->laid_columns != columns || s->laid_pair != pair) {
        for (side = 0; side < PAIR_SIDES; side++) {
            struct laid_part *l = &s->laid[side];

            buffer_clear(&l->part.text);
            l->part.mark_count = 0;
            l->part.heading_bytes = 0;
            l->part.accent = 0;
            s->source.part(s->source.context, pair, side, &l->part);
            mark_matches(s, &l->part);
            display_make(&l->display, s->ui.width, buffer_string(&l->part.text),
                         l->part.text.bytes);
            wrap_fill(&l->wrap, &l->display, buffer_string(&l->part.text), l->part.text.bytes,
                      columns, s->source.language[side]);
            l->rows = l->part.text.bytes > 0 ? (int)l->wrap.count : 0;
        }
        s->laid_columns = columns;
        s->laid_pair = pair;
    }
    if (!is_beside(s))
        return s->laid[0].rows + s->laid[1].rows + 1;
    return (s->laid[0].rows > s->laid[1].rows ? s->laid[0].rows : s->laid[1].rows) + 1;
}

/* ------------------------------------------------------------------------------- moving */

static void go_to(struct pair_screen *s, size_t pair)
{
    size_t count = count_of(s);

    s->pair = count == 0 ? 0 : pair < count ? pair : count - 1;
    s->row = 0;
}

static void scroll_down(struct pair_screen *s, long rows)
{
    while (rows > 0) {
        int height = lay_out(s, s->pair);

        if (s->row + rows < height) {
            s->row += (int)rows;
            return;
        }
        if (s->pair + 1 >= count_of(s)) {
            s->row = height > 1 ? height - 2 : 0; /* keep the last line visible */
            return;
        }
        rows -= height - s->row;
        go_to(s, s->pair + 1);
    }
}

static void scroll_up(struct pair_screen *s, long rows)
{
    while (rows > 0) {
        if (s->row >= rows) {
            s->row -= (int)rows;
            return;
        }
        rows -= s->row;
        s->row = 0;
        if (s->pair == 0)
            return;
        s->pair--;
        s->row = lay_out(s, s->pair);
    }
}

static bool stops(const struct pair_screen *s, size_t pair)
{
    return s->source.stops == NULL || s->source.stops(s->source.context, pair);
}

/* Whether a pair is a stop or, during a search, a hit. */
static bool pair_matches(struct pair_screen *s, size_t pair)
{
    int side;

    lay_out(s, pair);
    for (side = 0; side < PAIR_SIDES; side++) {
        const struct buffer *text = &s->laid[side].part.text;
        struct match match;

        if (matcher_find(s->search, buffer_string(text), text->bytes, 0, &match))
            return true;
    }
    return false;
}

static bool go_to_next(struct pair_screen *s, bool back, bool searched)
{
    size_t count = count_of(s);
    size_t pair = s->pair;
    size_t i;

    for (i = 1; i < count; i++) {
        if (back ? pair == 0 : pair + 1 == count)
            return false;
        pair = back ? pair - 1 : pair + 1;
        if (searched ? pair_matches(s, pair) : stops(s, pair)) {
            go_to(s, pair);
            return true;
        }
    }
    return false;
}

static void go_by(struct pair_screen *s, bool back, size_t times, bool searched)
{
    for (; times > 0; times--) {
        if (!go_to_next(s, searched ? back != s->backward : back, searched)) {
            ui_say(&s->ui, back ? N_("nothing before this") : N_("nothing after this"));
            return;
        }
    }
}

static void move(struct ui *ui, enum ui_move what, bool back, long count)
{
    struct pair_screen *s = pairs_of(ui);
    struct area body = ui_body(ui);
    long times = count > 0 ? count : 1;
    long rows = (long)ui_move_rows(what, body.rows > 1 ? (size_t)body.rows - 1 : 1, count);

    switch (what) {
    case MOVE_LINE:
    case MOVE_HALF_PAGE:
    case MOVE_PAGE:
        if (back)
            scroll_up(s, rows);
        else
            scroll_down(s, rows);
        break;
    case MOVE_END:
        go_to(s, count > 0 ? (size_t)count - 1 : back ? 0 : SIZE_MAX);
        break;
    case MOVE_PERCENT:
        go_to(s, (size_t)((double)count_of(s) * (double)(count < 100 ? count : 100) / 100));
        break;
    case MOVE_TURN:
        go_to(s, back ? (s->pair > (size_t)times ? s->pair - (size_t)times : 0)
                      : s->pair + (size_t)times);
        break;
    case MOVE_QUESTION:
        go_by(s, back, (size_t)times, false);
        break;
    case MOVE_HIT:
        go_by(s, back, (size_t)times, s->search != NULL);
        break;
    default:
        break;
    }
}

/* ------------------------------------------------------------------------------- search */

static void search_opened(struct ui *ui, struct buffer *text)
{
    pairs_of(ui)->origin = pairs_of(ui)->pair;
}

static bool search_set(struct pair_screen *s, const char *text, struct error *err)
{
    s->laid_columns = 0;
    return matcher_replace(&s->search, text, err);
}

static bool search_answered(struct ui *ui, const char *text, struct error *err)
{
    struct pair_screen *s = pairs_of(ui);

    s->backward = ui_asked_back(ui);
    if (*text == '\0')
        return s->search != NULL || error_set(err, ERROR_USAGE, "nothing to search for");
    if (!search_set(s, text, err))
        return false;
    if (count_of(s) == 0 || pair_matches(s, s->pair))
        return true;
    return go_to_next(s, s->backward, true) ||
           error_set(err, ERROR_USAGE, "not found from here on");
}

static void search_given_up(struct ui *ui)
{
    go_to(pairs_of(ui), pairs_of(ui)->origin);
}

static const struct ui_prompt prompts[PROMPT_KIND_COUNT] = {
    [PROMPT_SEARCH] = {.open = search_opened,
                       .done = search_answered,
                       .given_up = search_given_up},
};

/* Esc clears the search first. */
static bool leave(struct ui *ui, bool quit)
{
    struct pair_screen *s = pairs_of(ui);

    struct error ignored;

    return !quit && s->search != NULL && search_set(s, "", &ignored);
}

static void mouse(struct ui *ui, const struct key *key)
{
    if (key->code == KEY_CODE_SCROLL_UP)
        scroll_up(pairs_of(ui), 3);
    else if (key->code == KEY_CODE_SCROLL_DOWN)
        scroll_down(pairs_of(ui), 3);
}

/* ------------------------------------------------------------------------------ drawing */

static void draw_title(struct pair_screen *s, struct grid *g)
{
    char place[96];

    snprintf(place, sizeof place, _("%zu of %zu"), count_of(s) > 0 ? s->pair + 1 : 0,
             count_of(s));
    ui_draw_title(&s->ui, g, s->source.title, place);
}

static uint8_t over_at(const struct pair_part *part, size_t byte)
{
    uint8_t over = 0;
    size_t i;

    for (i = 0; i < part->mark_count; i++) {
        if (part->marks[i].start <= byte && byte < part->marks[i].end)
            over |= part->marks[i].over;
    }
    return over;
}

static void draw_line(struct pen *pen, const struct laid_part *l, int line)
{
    const struct wrap_line *w = &l->wrap.lines[line];
    struct style style = {.role = ROLE_TEXT};
    size_t i;

    if (w->byte < l->part.heading_bytes)
        style = (struct style){.role = ROLE_SPEAKER, .accent = l->part.accent};
    for (i = w->glyph; i < w->glyph_end; i++) {
        const struct glyph *glyph = &l->display.glyphs[i];

        if ((glyph->flags & (GLYPH_BREAK | GLYPH_HIDDEN)) != 0)
            continue;
        style.over = over_at(&l->part, glyph->byte);
        pen_glyph(pen, glyph, style);
    }
}

/* One row of a pair: a line of each part, or of only one. */
static void draw_pair_row(struct pair_screen *s, struct pen *pen, int row)
{
    int column = column_of(s);
    int side;

    if (!is_beside(s)) {
        side = row < s->laid[0].rows ? 0 : 1;
        if (side == 1)
            row -= s->laid[0].rows;
        if (row >= s->laid[side].rows)
            return;
        if (side == 1)
            pen_rule(pen, 1);
        pen->column = INDENT;
        draw_line(pen, &s->laid[side], row);
        return;
    }
    pen->column = column + 1 + GUTTER / 2;
    pen_rule(pen, 1);
    for (side = 0; side < PAIR_SIDES; side++) {
        pen->column = side == 0 ? 1 : column + 1 + GUTTER;
        pen_until(pen, pen->column + column);
        if (row < s->laid[side].rows)
            draw_line(pen, &s->laid[side], row);
        else if (row == 0)
            pen_string(pen, "-", ROLE_DIM);
    }
}

static void draw(struct ui *ui, struct grid *g)
{
    struct pair_screen *s = pairs_of(ui);
    struct area body = ui_body(ui);
    size_t pair = s->pair;
    int height = count_of(s) > 0 ? lay_out(s, pair) : 0;
    struct pen pen = pen_at(g, ui->width, &body, 0, 2);
    int row;

    if (s->row >= height)
        s->row = 0;
    row = s->row;
    draw_title(s, g);
    if (count_of(s) == 0)
        pen_string(&pen, _(s->source.empty), ROLE_DIM);
    grid_cursor(g, &body, 0, 0);
    for (int at = 0; at < body.rows && pair < count_of(s); at++) {
        if (row >= height) {
            if (++pair == count_of(s))
                break;
            height = lay_out(s, pair);
            row = 0;
        }
        pen_move(&pen, at, 0);
        draw_pair_row(s, &pen, row++);
    }
}

static const struct ui_hint *hints(struct ui *ui)
{
    static const struct ui_hint rows[] = {{ACTION_HELP, N_("help"), NULL},
                                          {ACTION_SEARCH, N_("search"), NULL},
                                          {ACTION_EXCHANGE_NEXT, N_("next change"), NULL},
                                          {ACTION_QUIT, N_("leave"), NULL},
                                          {ACTION_NONE, NULL, NULL}};
    static const struct ui_hint without[] = {{ACTION_HELP, N_("help"), NULL},
                                             {ACTION_SEARCH, N_("search"), NULL},
                                             {ACTION_TURN_NEXT, N_("next"), NULL},
                                             {ACTION_QUIT, N_("leave"), NULL},
                                             {ACTION_NONE, NULL, NULL}};

    return pairs_of(ui)->source.stops != NULL ? rows : without;
}

static void close(struct ui *ui)
{
    struct pair_screen *s = pairs_of(ui);
    int side;

    if (s->source.close != NULL)
        s->source.close(s->source.context);
    for (side = 0; side < PAIR_SIDES; side++) {
        buffer_release(&s->laid[side].part.text);
        free(s->laid[side].part.marks);
        display_release(&s->laid[side].display);
        wrap_release(&s->laid[side].wrap);
    }
    matcher_free(s->search);
    ui_release(ui);
    free(s);
}

struct ui *pair_screen_new(const struct pair_source *source, const struct ui_options *options)
{
    static const struct screen_ops ops = {
        .scope = SCOPE_ANY,
        .moves = 1u << MOVE_LINE | 1u << MOVE_HALF_PAGE | 1u << MOVE_PAGE | 1u << MOVE_END |
                 1u << MOVE_PERCENT | 1u << MOVE_TURN | 1u << MOVE_QUESTION | 1u << MOVE_HIT,
        .move = move,
        .prompts = prompts,
        .command_hint = N_("theme NAME, quit, help"),
        .leave = leave,
        .mouse = mouse,
        .draw = draw,
        .hints = hints,
        .close = close,
    };
    struct pair_screen *s = memory_zalloc(1, sizeof *s);

    ui_init(&s->ui, &ops, options);
    s->source = *source;
    return &s->ui;
}
