/* Tests of term/colors: from a theme's colour to the bytes that each kind of terminal gets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "term/colors.h"
#include "term/render.h"
#include "term/terminfo.h"

static void colors_choose__terminal_and_environment__decide(void **state)
{
    static const struct {
        enum screen_colors wanted;
        int terminfo;
        const char *no_color;
        enum screen_colors chosen;
    } cases[] = {
        {COLORS_AUTO, -1, NULL, COLORS_NONE},
        {COLORS_AUTO, 8, NULL, COLORS_8},
        {COLORS_AUTO, 16, NULL, COLORS_16},
        {COLORS_AUTO, 88, NULL, COLORS_16},
        {COLORS_AUTO, 256, NULL, COLORS_256},
        {COLORS_AUTO, 1 << 24, NULL, COLORS_DIRECT},
        {COLORS_AUTO, 256, "1", COLORS_NONE},
        {COLORS_AUTO, 256, "", COLORS_256}, /* no-color.org: set and not empty */
        {COLORS_DIRECT, 256, "1", COLORS_256},
        {COLORS_8, 256, NULL, COLORS_8},
        {COLORS_NONE, 256, NULL, COLORS_NONE},
        {COLORS_256, 8, NULL, COLORS_8},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (cases[i].no_color != NULL)
            setenv("NO_COLOR", cases[i].no_color, 1);
        else
            unsetenv("NO_COLOR");
        if (colors_choose(cases[i].wanted, cases[i].terminfo) != cases[i].chosen)
            fail_msg("case %zu", i);
    }
    unsetenv("NO_COLOR");
}

static void colors_index__each_depth__takes_what_the_theme_says_for_it(void **state)
{
    static const struct theme_color red = {.set = true, .rgb = 0xFF0000, .ansi = 9};
    static const struct theme_color own = {.set = true, .rgb = THEME_RGB_NONE, .ansi = 4};
    static const struct theme_color none = {.ansi = -1};
    static const struct {
        enum screen_colors depth;
        const struct theme_color *color;
        int index;
        bool bright;
    } cases[] = {
        {COLORS_DIRECT, &red, 0xFF0000, false},
        {COLORS_256, &red, 196, false},
        {COLORS_16, &red, 9, false},
        {COLORS_8, &red, 1, true},
        {COLORS_NONE, &red, -1, false},
        {COLORS_DIRECT, &own, 4, false},
        {COLORS_256, &own, 4, false},
        {COLORS_8, &own, 4, false},
        {COLORS_256, &none, -1, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bool bright;

        if (colors_index(cases[i].depth, cases[i].color, &bright) != cases[i].index ||
            bright != cases[i].bright)
            fail_msg("case %zu", i);
    }
}

/* A grid, and what a terminal is sent for it. */
struct board {
    char *name;
    struct render *render;
    struct grid grid;
    struct buffer out;
};

static void board_open(struct board *b, const char *term, enum screen_colors colors, int rows,
                       int columns)
{
    struct error err;
    struct render_options options = {.rows = rows, .columns = columns, .colors = colors};

    *b = (struct board){.name = terminfo_choose(term, &options.ansi, &err)};
    if (b->name == NULL || strcmp(b->name, term) != 0) {
        print_message("no terminfo entry for %s here\n", term);
        free(b->name);
        skip();
    }
    options.name = b->name;
    b->render = render_new(&options, &err);
    assert_non_null(b->render);
    grid_resize(&b->grid, rows, columns);
}

static void board_put(struct board *b, int row, int column, struct style style)
{
    *grid_cell(&b->grid, row,
               column) = (struct cell){.text = "x", .bytes = 1, .columns = 1, .style = style};
}

static const char *board_send(struct board *b, const struct theme *theme)
{
    render_set_theme(b->render, theme);
    render_show(b->render, &b->grid, &b->out);
    return buffer_string(&b->out);
}

static void board_close(struct board *b)
{
    render_free(b->render, &b->out);
    buffer_release(&b->out);
    grid_release(&b->grid);
    free(b->name);
}

static void theme_with_colors(struct theme *theme)
{
    theme_plain(theme);
    theme->roles[ROLE_TEXT].foreground = (struct theme_color){
        .set = true, .rgb = 0xFF8700, .ansi = 11};
    theme->roles[ROLE_DIM].foreground = (struct theme_color){
        .set = true, .rgb = 0x808080, .ansi = 8};
}

static void colors_style__terminals__are_reported_in_their_way(void **state)
{
    static const struct {
        const char *term;
        enum style_role role;
        const char *sent;
        const char *not_sent;
    } cases[] = {
        {"xterm-256color", ROLE_TEXT, "\033[38;5;208m", "\033[48"},
        {"xterm", ROLE_TEXT, "\033[33m", "\033[38;5"},
        {"xterm", ROLE_DIM, "x", "\033[30m"}, /* never black on black */
        {"linux", ROLE_TEXT, "33", "38;5"},
        {"vt220", ROLE_TEXT, "x", "\033[3"},
        {"xterm-direct", ROLE_TEXT, "255:135:0m", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct theme theme;
        struct board b;
        const char *sent;

        theme_with_colors(&theme);
        board_open(&b, cases[i].term, COLORS_AUTO, 3, 10);
        board_put(&b, 1, 1, (struct style){.role = cases[i].role});
        sent = board_send(&b, &theme);
        if (strstr(sent, cases[i].sent) == NULL)
            fail_msg("%s is not sent its colour", cases[i].term);
        if (cases[i].not_sent != NULL && strstr(sent, cases[i].not_sent) != NULL)
            fail_msg("%s is sent '%s'", cases[i].term, cases[i].not_sent + 1);
        board_close(&b);
    }
}

/* Without colours a match must still be seen: the plain theme shows it by attributes. */
static void colors_set_theme__no_colors__falls_back_to_the_plain_theme(void **state)
{
    struct theme theme;
    struct board b;
    const char *sent;

    (void)state;
    theme_with_colors(&theme);
    theme.overs[0] = (struct theme_entry){
        .background = {.set = true, .rgb = 0xFFFF00, .ansi = 11}, .foreground = {.ansi = -1}};
    board_open(&b, "xterm-256color", COLORS_NONE, 3, 10);
    board_put(&b, 1, 1, (struct style){.over = OVER_MATCH});
    sent = board_send(&b, &theme);
    assert_null(strstr(sent, "\033[3"));
    assert_non_null(strstr(sent, "7m"));
    board_close(&b);
}

/* More combinations than a terminal of eight colours has pairs: still drawn. */
static void colors_style__pairs_run_out__keeps_going(void **state)
{
    struct theme theme;
    struct board b;

    (void)state;
    board_open(&b, "xterm", COLORS_AUTO, 24, 80);
    theme_plain(&theme);
    for (int i = 0; i < ACCENT_COUNT; i++)
        theme.accents[i] = (struct theme_color){
            .set = true, .rgb = THEME_RGB_NONE, .ansi = (int8_t)i};
    for (int i = 0; i < THEME_OVERS; i++)
        theme.overs[i].background = (struct theme_color){
            .set = true, .rgb = THEME_RGB_NONE, .ansi = (int8_t)(i + 1)};
    for (int i = 0; i < ROLE_COUNT; i++)
        theme.roles[i].background = (struct theme_color){
            .set = true, .rgb = THEME_RGB_NONE, .ansi = (int8_t)(i % 8)};
    for (int i = 0; i < 24 * 80; i++)
        board_put(&b, i / 80, i % 80,
                  (struct style){.role = (uint8_t)(i % ROLE_COUNT),
                                 .accent = (uint8_t)(i % (ACCENT_COUNT + 1)),
                                 .over = (uint8_t)(i % 32)});
    board_send(&b, &theme);
    assert_true(b.out.bytes > 24 * 80);
    board_close(&b);
}

/* Twelve accents are a few colours of eight: the first speakers that are met share none. */
static void colors_style__few_colors__first_accents_share_none(void **state)
{
    static const int ansi[] = {1, 4, 5}; /* whose three the theme has */
    struct theme theme;
    struct board b;
    const char *all;

    (void)state;
    board_open(&b, "xterm", COLORS_AUTO, 3, 10);
    theme_plain(&theme);
    for (int i = 0; i < ACCENT_COUNT; i++)
        theme.accents[i] = (struct theme_color){
            .set = true, .rgb = 0x800080, .ansi = (int8_t)ansi[i < 9 ? 0 : i - 9]};
    for (int i = 0; i < 3; i++) /* all three are the first colour in the theme */
        board_put(&b, 1, 2 * i, (struct style){.accent = (uint8_t)(i + 1)});
    all = board_send(&b, &theme);
    for (int i = 0; i < 3; i++) {
        char sent[16];

        snprintf(sent, sizeof sent, "\033[3%dm", ansi[i]);
        if (strstr(all, sent) == NULL)
            fail_msg("colour %d is not used", ansi[i]);
    }
    board_close(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(colors_choose__terminal_and_environment__decide),
        cmocka_unit_test(colors_index__each_depth__takes_what_the_theme_says_for_it),
        cmocka_unit_test(colors_style__terminals__are_reported_in_their_way),
        cmocka_unit_test(colors_set_theme__no_colors__falls_back_to_the_plain_theme),
        cmocka_unit_test(colors_style__pairs_run_out__keeps_going),
        cmocka_unit_test(colors_style__few_colors__first_accents_share_none),
    };

    setlocale(LC_ALL, "C.UTF-8");
    unsetenv("COLORTERM");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
