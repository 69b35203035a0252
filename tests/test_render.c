/* Tests of term/render: whatever is drawn, in whatever order, the terminal shows the grid. The
 * terminal is libvterm, fed with the bytes directly. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vterm.h>

#include "shilu/term/curses_width.h"
#include "shilu/text/utf8.h"
#include "term/render.h"
#include "term/terminfo.h"

struct fixture {
    struct render *render;
    struct grid grid;
    VTerm *terminal;
    VTermScreen *screen;
};

static const char *const narrow[] = {"a", "Z", "9", "-", "é", "ก", "ｶ", "e\xCC\x81"};
static const char *const wide[] = {"中", "覆", "か", "한", "，", "。", "𠀀", "中\xCC\x81"};

static void put(struct grid *g, int row, int column, const char *text, int columns,
                struct style style)
{
    struct cell *cell = grid_cell(g, row, column);

    memset(cell, 0, sizeof *cell);
    cell->bytes = (uint8_t)strlen(text);
    memcpy(cell->text, text, cell->bytes);
    cell->columns = (uint8_t)columns;
    cell->style = style;
    if (columns == 2) {
        memset(cell + 1, 0, sizeof *cell);
        cell[1].style = style;
    }
}

/* Random text in the columns [left, right) of one row. */
static void scribble(struct grid *g, int row, int left, int right)
{
    struct style style = {.role = ROLE_TEXT};

    for (int c = left; c < right;) {
        bool is_wide = rand() % 2 == 0 && c + 2 <= right;

        if (rand() % 8 == 0)
            style = (struct style){.role = (uint8_t)(rand() % ROLE_COUNT),
                                   .accent = (uint8_t)(rand() % (ACCENT_COUNT + 1)),
                                   .over = (uint8_t)(rand() % 4 == 0 ? 1 << rand() % 5 : 0)};
        if (style.role == ROLE_RULE)
            style.role = ROLE_TEXT;
        /* libvterm and terminals treat a combining mark in the last column differently */
        put(g, row, c, is_wide ? wide[rand() % 8] : narrow[rand() % (c + 1 < right ? 8 : 7)],
            is_wide ? 2 : 1, style);
        c += is_wide ? 2 : 1;
    }
}

static void start(struct fixture *f, const char *term, int rows, int columns, bool margins)
{
    struct error err;
    bool ansi = false;
    char *name = terminfo_choose(term, &ansi, &err);
    struct render_options options = {.rows = rows, .columns = columns, .margins = margins};

    *f = (struct fixture){0};
    if (name == NULL) {
        print_message("no terminfo entry for %s here\n", term);
        skip();
    }
    options.name = name;
    options.ansi = ansi;
    f->render = render_new(&options, &err);
    assert_non_null(f->render);
    free(name);
    grid_resize(&f->grid, rows, columns);
    f->terminal = vterm_new(rows, columns);
    vterm_set_utf8(f->terminal, 1);
    f->screen = vterm_obtain_screen(f->terminal);
    vterm_screen_enable_altscreen(f->screen, 1);
    vterm_screen_reset(f->screen, 1);
}

static void finish(struct fixture *f)
{
    struct buffer rest = {0};

    render_free(f->render, &rest);
    buffer_release(&rest);
    grid_release(&f->grid);
    vterm_free(f->terminal);
}

/* Returns the bytes it took. */
static size_t show(struct fixture *f)
{
    struct buffer out = {0};
    size_t bytes;

    render_show(f->render, &f->grid, &out);
    bytes = out.bytes;
    if (bytes > 0)
        vterm_input_write(f->terminal, out.data, out.bytes);
    buffer_release(&out);
    return bytes;
}

static void check_cell(const struct fixture *f, int row, int column, const char *what)
{
    const struct cell *cell = &f->grid.cells[row * f->grid.columns + column];
    VTermScreenCell shown;
    size_t at = 0;

    vterm_screen_get_cell(f->screen, (VTermPos){row, column}, &shown);
    if (cell->bytes == 0) {
        if (shown.chars[0] != 0 && shown.chars[0] != ' ')
            fail_msg("%s: row %d column %d shows U+%04X, not a blank", what, row, column,
                     shown.chars[0]);
        return;
    }
    for (int i = 0; at < cell->bytes; i++) {
        uint32_t cp;

        at += utf8_decode(cell->text + at, cell->bytes - at, &cp);
        if (shown.chars[i] != cp && !(cp == ' ' && shown.chars[i] == 0))
            fail_msg("%s: row %d column %d shows U+%04X, not U+%04X", what, row, column,
                     shown.chars[i], cp);
    }
    if (shown.width != cell->columns)
        fail_msg("%s: row %d column %d has %d columns", what, row, column, shown.width);
}

static void check_screen(const struct fixture *f, const char *what)
{
    for (int row = 0; row < f->grid.rows; row++)
        for (int c = 0; c < f->grid.columns; c++) {
            const struct cell *cell = &f->grid.cells[row * f->grid.columns + c];

            check_cell(f, row, c, what);
            if (cell->columns == 2)
                c++;
        }
}

/* Not "ansi": it wraps at once after the last column, which libvterm does not. */
static const char *const terminals[] = {"xterm-256color", "tmux-256color", "screen", "linux",
                                        "vt220",          "vt100",         "xterm"};

static void render_show__random_rows__shows_the_grid(void **state)
{
    (void)state;
    for (size_t t = 0; t < sizeof terminals / sizeof terminals[0]; t++) {
        struct fixture f;

        srand(1);
        start(&f, terminals[t], 12, 50, false);
        for (int round = 0; round < 150; round++) {
            for (int edits = rand() % 6; edits >= 0; edits--)
                scribble(&f.grid, rand() % 12, 0, 50);
            show(&f);
            check_screen(&f, terminals[t]);
        }
        finish(&f);
    }
}

static void draw_rules(struct grid *g)
{
    const struct style rule = {.role = ROLE_RULE};

    for (int row = 1; row < g->rows - 1; row++) {
        put(g, row, 9, "|", 1, rule);
        put(g, row, 20, "|", 1, rule);
    }
}

/* Move rows [1, rows - 1) of the columns [left, right) and fill what comes in. */
static void shift(struct grid *g, int left, int right, int up)
{
    struct grid old = {0};

    grid_resize(&old, g->rows, g->columns);
    memcpy(old.cells, g->cells, (size_t)g->rows * (size_t)g->columns * sizeof g->cells[0]);
    for (int row = 1; row < g->rows - 1; row++) {
        int from = row + up;

        if (from >= 1 && from < g->rows - 1)
            memcpy(grid_cell(g, row, left), grid_cell(&old, from, left),
                   (size_t)(right - left) * sizeof g->cells[0]);
        else
            scribble(g, row, left, right);
    }
    grid_release(&old);
}

static void render_show__panes_scrolled_between_margins__shows_the_grid(void **state)
{
    static const int edges[][2] = {{0, 9}, {10, 20}, {21, 60}};
    struct fixture f;

    (void)state;
    srand(2);
    start(&f, "xterm-256color", 20, 60, true);
    for (int row = 0; row < 20; row++)
        scribble(&f.grid, row, 0, 60);
    for (int row = 1; row < 19; row++)
        for (int pane = 0; pane < 3; pane++)
            scribble(&f.grid, row, edges[pane][0], edges[pane][1]);
    draw_rules(&f.grid);
    show(&f);
    check_screen(&f, "first");
    for (int round = 0; round < 300; round++) {
        char what[32];

        for (int pane = 0; pane < 3; pane++)
            if (rand() % 2 == 0)
                shift(&f.grid, edges[pane][0], edges[pane][1], rand() % 9 - 4);
        if (rand() % 3 == 0)
            scribble(&f.grid, 1 + rand() % 18, 21, 60);
        if (rand() % 20 == 0)
            render_redraw(f.render);
        snprintf(what, sizeof what, "round %d", round);
        show(&f);
        check_screen(&f, what);
    }
    finish(&f);
}

/* A line down in the widest of three panes costs about a line, and without margins the pane. */
static void render_show__line_down_in_a_pane__costs_a_line(void **state)
{
    size_t bytes[2];

    (void)state;
    for (int margins = 0; margins < 2; margins++) {
        struct fixture f;

        srand(3);
        start(&f, "xterm-256color", 50, 200, margins == 1);
        for (int row = 1; row < 49; row++) {
            scribble(&f.grid, row, 0, 9);
            scribble(&f.grid, row, 10, 20);
            for (int c = 21; c + 2 <= 200; c += 2)
                put(&f.grid, row, c, wide[rand() % 4], 2, (struct style){0});
        }
        draw_rules(&f.grid);
        show(&f);
        shift(&f.grid, 21, 199, 1);
        for (int c = 21; c + 2 <= 200; c += 2)
            put(&f.grid, 48, c, wide[rand() % 4], 2, (struct style){0});
        bytes[margins] = show(&f);
        check_screen(&f, "line down");
        finish(&f);
    }
    print_message("a line down in a pane: %zu bytes, with margins %zu\n", bytes[0], bytes[1]);
    assert_true(bytes[1] < 450);
    assert_true(bytes[0] > 5 * bytes[1]);
}

static void render_show__same_grid_again__sends_nothing(void **state)
{
    struct fixture f;

    (void)state;
    start(&f, "xterm-256color", 12, 50, true);
    for (int row = 0; row < 12; row++)
        scribble(&f.grid, row, 0, 50);
    show(&f);
    assert_int_equal(show(&f), 0);
    put(&f.grid, 0, 0, "x", 1, (struct style){0});
    assert_true(show(&f) > 0);
    assert_int_equal(show(&f), 0);
    finish(&f);
}

static void render_resize__any_size__shows_the_grid(void **state)
{
    struct fixture f;

    (void)state;
    srand(4);
    start(&f, "xterm-256color", 24, 80, true);
    for (int round = 0; round < 200; round++) {
        int rows = 1 + rand() % (round % 4 == 0 ? 3 : 60);
        int columns = 1 + rand() % (round % 5 == 0 ? 3 : 150);

        render_resize(f.render, rows, columns);
        vterm_set_size(f.terminal, rows, columns);
        grid_resize(&f.grid, rows, columns);
        for (int row = 0; row < rows; row++)
            scribble(&f.grid, row, 0, columns);
        show(&f);
        check_screen(&f, "resized");
    }
    finish(&f);
}

static void render_leave__and_show__enters_and_paints_again(void **state)
{
    struct fixture f;
    struct buffer out = {0};

    (void)state;
    start(&f, "xterm-256color", 6, 30, false);
    render_leave(f.render, &out);
    assert_int_equal(out.bytes, 0); /* nothing was shown: nothing to leave */
    scribble(&f.grid, 2, 0, 30);
    show(&f);
    render_leave(f.render, &out);
    assert_non_null(strstr(buffer_string(&out), "\033[?1049l"));
    vterm_input_write(f.terminal, out.data, out.bytes);
    assert_true(show(&f) > 0);
    check_screen(&f, "entered again");
    buffer_release(&out);
    finish(&f);
}

static void columns_took__own_wcwidth_in_the_program__is_seen(void **state)
{
    struct fixture f;

    (void)state;
    start(&f, "xterm-256color", 6, 30, false);
    assert_true(curses_width_took());
    assert_false(render_is_wide(f.render));
    finish(&f);
}

static void terminfo_choose__what_cannot_be_drawn_on__says_why(void **state)
{
    static const struct {
        const char *term;
        const char *message;
    } cases[] = {
        {NULL, "TERM"}, {"", "TERM"}, {"dumb", "cursor"}, {"no-such-terminal", "known"}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct error err = {0};
        bool ansi;

        assert_null(terminfo_choose(cases[i].term, &ansi, &err));
        assert_non_null(strstr(err.message, cases[i].message));
    }
}

static void terminfo_choose__entry_missing_here__takes_one_it_obeys(void **state)
{
    struct error err = {0};
    bool ansi = false;
    char *name;

    (void)state;
    unsetenv("COLORTERM");
    name = terminfo_choose("xterm-from-the-future", &ansi, &err);
    assert_string_equal(name, "xterm-256color");
    assert_true(ansi);
    free(name);
    setenv("COLORTERM", "truecolor", 1);
    name = terminfo_choose("xterm", &ansi, &err);
    assert_string_equal(name, "xterm-256color");
    free(name);
    unsetenv("COLORTERM");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(render_show__random_rows__shows_the_grid),
        cmocka_unit_test(render_show__panes_scrolled_between_margins__shows_the_grid),
        cmocka_unit_test(render_show__line_down_in_a_pane__costs_a_line),
        cmocka_unit_test(render_show__same_grid_again__sends_nothing),
        cmocka_unit_test(render_resize__any_size__shows_the_grid),
        cmocka_unit_test(render_leave__and_show__enters_and_paints_again),
        cmocka_unit_test(columns_took__own_wcwidth_in_the_program__is_seen),
        cmocka_unit_test(terminfo_choose__what_cannot_be_drawn_on__says_why),
        cmocka_unit_test(terminfo_choose__entry_missing_here__takes_one_it_obeys),
    };

    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
