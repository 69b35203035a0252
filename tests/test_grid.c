/* The grid of cells and the pen: wide glyphs, what overwrites them, edges, marks, the dump. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shilu/text/utf8.h"
#include "shilu/view/pen.h"

struct board {
    struct grid grid;
    struct width *width;
    struct area all;
    struct buffer out;
};

static void board_open(struct board *b, int rows, int columns, bool ambiguous_wide)
{
    *b = (struct board){.width = width_new(ambiguous_wide), .all = {0, 0, rows, columns}};
    grid_resize(&b->grid, rows, columns);
}

static void board_close(struct board *b)
{
    grid_release(&b->grid);
    width_free(b->width);
    buffer_release(&b->out);
}

/* Two columns are always followed by none, none is always led by two. */
static void check_cells(struct grid *g)
{
    int row;
    int column;

    for (row = 0; row < g->rows; row++) {
        for (column = 0; column < g->columns; column++) {
            const struct cell *c = grid_cell(g, row, column);

            assert_in_range(c->columns, 0, 2);
            assert_true(c->bytes <= GLYPH_BYTES);
            if (c->columns == 2)
                assert_true(column + 1 < g->columns &&
                            grid_cell(g, row, column + 1)->columns == 0);
            if (c->columns == 0)
                assert_true(column > 0 && grid_cell(g, row, column - 1)->columns == 2);
        }
    }
}

static int put(struct board *b, int column, const char *text)
{
    struct pen pen = pen_at(&b->grid, b->width, &b->all, 0, column);

    pen_part(&pen, span_string(text), (struct style){.role = ROLE_TEXT});
    return pen.column;
}

static const char *dump(struct board *b)
{
    check_cells(&b->grid);
    buffer_clear(&b->out);
    grid_dump(&b->grid, false, &b->out);
    return buffer_string(&b->out);
}

static void pen_part__over_wide_halves__blanks_the_other_half(void **state)
{
    static const struct {
        int column;
        const char *text;
        const char *row;
    } rows[] = {
        {0, "x", "x 部副長\n"},  {1, "x", " x部副長\n"},   {3, "xy", "民 xy 長\n"},
        {1, "說", " 說 副長\n"}, {7, "x", "民部副 x\n"},   {6, "x", "民部副x\n"},
        {0, "說", "說部副長\n"}, {3, "說說", "民 說說\n"},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct board b;

        board_open(&b, 1, 8, false);
        put(&b, 0, "民部副長");
        put(&b, rows[i].column, rows[i].text);
        assert_string_equal(dump(&b), rows[i].row);
        board_close(&b);
    }
}

static void pen_part__a_wide_glyph_at_the_edge__is_left_blank(void **state)
{
    struct board b;

    (void)state;
    board_open(&b, 1, 5, false);
    assert_int_equal(put(&b, 0, "ab民部"), 5);
    assert_string_equal(dump(&b), "ab民\n");
    assert_int_equal(put(&b, 4, "民"), 5);
    assert_string_equal(dump(&b), "ab民\n");
    board_close(&b);
}

/* An area clips at its edge as a window does, and cells beside it are not touched. */
static void pen_part__in_an_area__stays_inside(void **state)
{
    struct board b;
    struct area middle = {0, 2, 1, 5};
    struct pen pen;

    (void)state;
    board_open(&b, 1, 10, false);
    put(&b, 0, "..........");
    pen = pen_at(&b.grid, b.width, &middle, 0, 0);
    pen_part(&pen, span_string("民部副長"), (struct style){0});
    assert_string_equal(dump(&b), "..民部 ...\n");
    pen_move(&pen, 0, -1);
    pen_part(&pen, span_string("xyz"), (struct style){0});
    assert_string_equal(dump(&b), "..yz部 ...\n");
    for (int row = -1; row <= 1; row += 2) {
        pen_move(&pen, row, 0);
        pen_part(&pen, span_string("no"), (struct style){0});
    }
    assert_string_equal(dump(&b), "..yz部 ...\n");
    board_close(&b);
}

static void pen_text__too_long__shows_that_it_was_cut(void **state)
{
    static const struct {
        int columns;
        bool wide;
        const char *row;
    } rows[] = {{8, false, "民政部副\n"}, {7, false, "民政部…\n"}, {6, false, "民政…\n"},
                {1, false, "…\n"},        {7, true, "民政..\n"},   {8, true, "民政部副\n"},
                {2, true, "..\n"}};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct board b;
        struct pen pen;

        board_open(&b, 1, rows[i].columns, rows[i].wide);
        pen = pen_at(&b.grid, b.width, &b.all, 0, 0);
        pen_string(&pen, "民政部副", ROLE_TEXT);
        assert_string_equal(dump(&b), rows[i].row);
        board_close(&b);
    }
}

/* No byte of a file reaches a cell as a control character; the sign that replaces it has the
 * role of a mark. */
static void pen_part__controls__become_marks(void **state)
{
    const char *text = "a\x1B[31mb\x7F\xC2\x9B\xE2\x80\xAE"
                       "c\r";
    struct board b;
    bool marked = false;
    int i;

    (void)state;
    board_open(&b, 1, 60, false);
    put(&b, 0, text);
    for (i = 0; i < 60; i++) {
        const struct cell *c = grid_cell(&b.grid, 0, i);
        int k;

        for (k = 0; k < c->bytes; k++)
            assert_true((unsigned char)c->text[k] >= ' ' && c->text[k] != 0x7F);
        assert_false(c->bytes == 2 && (unsigned char)c->text[0] == 0xC2 &&
                     (unsigned char)c->text[1] < 0xA0);
        marked |= c->style.role == ROLE_MARK;
    }
    assert_true(marked);
    assert_non_null(strstr(dump(&b), "202E"));
    board_close(&b);
}

/* The sign for unknown wide characters is one character in one cell, and every cell contains
 * valid UTF-8. */
static void grid_glyph__stand_ins__are_whole(void **state)
{
    static const char *const texts[] = {"\xE1\x84\x80\xE1\x84\x80",
                                        "\xF0\xAF\xBF\xBD",
                                        "☰",
                                        "㉈",
                                        "\xEE\x80\x80",
                                        "a\xE2\x80\xAE",
                                        "\x1b",
                                        "\t"};

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct board b;

        board_open(&b, 1, 12, i % 2 == 1);
        put(&b, 0, texts[i]);
        check_cells(&b.grid);
        for (int column = 0; column < 12; column++) {
            const struct cell *c = grid_cell(&b.grid, 0, column);

            assert_int_equal(utf8_valid_prefix(c->text, c->bytes), c->bytes);
        }
        if (i < 4)
            assert_memory_equal(grid_cell(&b.grid, 0, 0)->text, "〓", 3);
        board_close(&b);
    }
}

static void grid_fill__columns_and_edges__fills_what_is_inside(void **state)
{
    struct board b;
    struct area a = {0, 2, 1, 4};

    (void)state;
    board_open(&b, 1, 8, false);
    put(&b, 0, "民民民民");
    grid_fill(&b.grid, &a, 0, 1, 100, "=", (struct style){.role = ROLE_BAR});
    assert_string_equal(dump(&b), "民 ===民\n");
    grid_fill(&b.grid, &a, 0, 0, -3, "x", (struct style){0});
    grid_fill(&b.grid, &a, 5, 0, 3, "x", (struct style){0});
    assert_string_equal(dump(&b), "民 ===民\n");
    board_close(&b);
}

/* A row as screens write it: figures on the right, then cells; the last cell is cut. */
static void pen_padded__cells_and_figures__stand_in_their_columns(void **state)
{
    static const struct {
        int columns;
        const char *row;
    } rows[] = {{24, " 民政… two  and 12 of 3\n"},
                {20, " 民政… two  12 of 3\n"},
                {14, " 民政…12 of 3\n"},
                {9, " 12 of 3\n"}};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct board b;
        struct pen pen;

        board_open(&b, 1, rows[i].columns, false);
        pen = pen_at(&b.grid, b.width, &b.all, 0, 1);
        pen_right(&pen, "12 of 3", ROLE_DIM);
        assert_int_equal(pen.edge, rows[i].columns - 8);
        pen_padded(&pen, 5, span_string("民政部副"), ROLE_TEXT);
        pen_padded(&pen, 4, span_string("two"), ROLE_TEXT);
        pen_string(&pen, "and", ROLE_TEXT);
        assert_string_equal(dump(&b), rows[i].row);
        board_close(&b);
    }
}

/* Another row has the whole area again, and only what is chosen lies under the cursor. */
static void pen_move__after_an_edge__has_the_whole_area(void **state)
{
    struct area a = {1, 1, 2, 4};
    struct board b;
    struct pen pen;

    (void)state;
    board_open(&b, 4, 6, false);
    pen = pen_at(&b.grid, b.width, &a, 0, 0);
    pen_until(&pen, 2);
    pen_string(&pen, "abcdef", ROLE_TEXT);
    pen_choose(&pen);
    pen_move(&pen, 1, 0);
    pen_until(&pen, 99);
    pen_string(&pen, "abcdef", ROLE_TEXT);
    assert_string_equal(dump(&b), "\n a…\n abc…\n\n");
    assert_int_equal(b.grid.cursor_row, 1);
    assert_int_equal(b.grid.cursor_column, 1);
    for (int column = 0; column < 6; column++)
        assert_int_equal(grid_cell(&b.grid, 1, column)->style.over,
                         column >= 1 && column < 5 ? OVER_CURSOR : 0);
    board_close(&b);
}

static void grid_over__a_row__lies_over_all_its_cells(void **state)
{
    struct board b;
    struct area a = {1, 1, 1, 2};

    (void)state;
    board_open(&b, 2, 4, false);
    grid_over(&b.grid, &a, 0, OVER_CURSOR);
    assert_int_equal(grid_cell(&b.grid, 1, 0)->style.over, 0);
    assert_int_equal(grid_cell(&b.grid, 1, 1)->style.over, OVER_CURSOR);
    assert_int_equal(grid_cell(&b.grid, 1, 2)->style.over, OVER_CURSOR);
    assert_int_equal(grid_cell(&b.grid, 1, 3)->style.over, 0);
    assert_int_equal(grid_cell(&b.grid, 0, 1)->style.over, 0);
    board_close(&b);
}

static void grid_dump__with_styles__names_roles_by_letter(void **state)
{
    struct board b;
    struct pen pen;

    (void)state;
    board_open(&b, 2, 6, false);
    put(&b, 0, "a民");
    pen = pen_at(&b.grid, b.width, &b.all, 1, 1);
    pen_styled(&pen, span_string("x"), (struct style){.role = ROLE_DIM, .over = OVER_MATCH});
    buffer_clear(&b.out);
    grid_dump(&b.grid, true, &b.out);
    assert_string_equal(buffer_string(&b.out), "a民\n x\n-- styles\naa\n.B\n");
    board_close(&b);
}

static void grid_resize__to_nothing__keeps_a_cell(void **state)
{
    struct board b;

    (void)state;
    board_open(&b, 3, 3, false);
    grid_resize(&b.grid, 0, -5);
    assert_int_equal(b.grid.rows, 1);
    assert_int_equal(b.grid.columns, 1);
    put(&b, 0, "民");
    assert_string_equal(dump(&b), "\n");
    board_close(&b);
}

/* Random strings at random places, wide and narrow: the cells always fit together. */
static void pen_string__random_writes__keep_the_cells_whole(void **state)
{
    static const char *const texts[] = {
        "a",    "民", "ab民政c", "\t",   "👩‍👩‍👧", "é",  "e\xCC\x81", "🇨🇳",
        "\x1B", "ｱﾞ", "한국어",  "नमस्ते", "\xE2\x80\xAE",       "¶§", "……"};
    struct board b;
    unsigned seed = 20311;
    int i;

    (void)state;
    board_open(&b, 4, 17, true);
    for (i = 0; i < 20000; i++) {
        struct area a;
        struct pen pen;

        seed = seed * 1103515245u + 12345u;
        a = (struct area){(int)(seed >> 4 & 7) - 2, (int)(seed >> 8 & 31) - 6,
                          (int)(seed >> 13 & 3), (int)(seed >> 16 & 15)};
        pen = pen_at(&b.grid, b.width, &a, 0, (int)(seed >> 20 & 7) - 3);
        pen_string(&pen, texts[(seed >> 23) % (sizeof texts / sizeof *texts)], ROLE_TEXT);
        check_cells(&b.grid);
    }
    board_close(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pen_part__over_wide_halves__blanks_the_other_half),
        cmocka_unit_test(pen_part__a_wide_glyph_at_the_edge__is_left_blank),
        cmocka_unit_test(pen_part__in_an_area__stays_inside),
        cmocka_unit_test(pen_text__too_long__shows_that_it_was_cut),
        cmocka_unit_test(pen_part__controls__become_marks),
        cmocka_unit_test(grid_glyph__stand_ins__are_whole),
        cmocka_unit_test(grid_fill__columns_and_edges__fills_what_is_inside),
        cmocka_unit_test(pen_padded__cells_and_figures__stand_in_their_columns),
        cmocka_unit_test(pen_move__after_an_edge__has_the_whole_area),
        cmocka_unit_test(grid_over__a_row__lies_over_all_its_cells),
        cmocka_unit_test(grid_dump__with_styles__names_roles_by_letter),
        cmocka_unit_test(grid_resize__to_nothing__keeps_a_cell),
        cmocka_unit_test(pen_string__random_writes__keep_the_cells_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
