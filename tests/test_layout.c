/* Where the panes are, at every size. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shilu/base/memory.h"
#include "shilu/view/layout.h"

enum { ROWS_MAX = 100, COLUMNS_MAX = 300 };

/* Paint an area into a plan of the window; each cell may be taken once. */
static void paint(char *plan, int rows, int columns, const struct area *a)
{
    int row;
    int column;

    assert_true(a->row >= 0 && a->column >= 0 && a->rows >= 0 && a->columns >= 0);
    assert_true(a->row + a->rows <= rows);
    assert_true(a->column + a->columns <= columns);
    for (row = a->row; row < a->row + a->rows; row++)
        for (column = a->column; column < a->column + a->columns; column++)
            if (plan[row * columns + column]++ != 0)
                fail_msg("%dx%d: two areas at %d, %d", columns, rows, row, column);
}

static void check_size(char *plan, int rows, int columns, enum pane single, bool zoomed)
{
    struct layout l;
    int shown = 0;
    int pane;
    int i;

    layout_make(&l, rows, columns, single, zoomed, 0);
    assert_true(!l.shown[PANE_OUTLINE] || single == PANE_OUTLINE ||
                layout_has_outline(rows, columns));
    if (l.form == LAYOUT_TOO_SMALL) {
        assert_true(rows < LAYOUT_LEAST_ROWS || columns < LAYOUT_LEAST_COLUMNS);
        return;
    }
    memset(plan, 0, (size_t)rows * (size_t)columns);
    paint(plan, rows, columns, &l.title);
    paint(plan, rows, columns, &l.status);
    for (pane = 0; pane < PANE_COUNT; pane++) {
        if (!l.shown[pane])
            continue;
        shown++;
        assert_true(l.pane[pane].rows >= 1 && l.pane[pane].columns >= 1);
        paint(plan, rows, columns, &l.pane[pane]);
        paint(plan, rows, columns, &l.heading[pane]);
    }
    for (i = 0; i < 2; i++) {
        if (l.rules[i] >= 0) {
            struct area rule = {l.body.row, l.rules[i], l.body.rows, 1};

            paint(plan, rows, columns, &rule);
        }
    }
    assert_int_equal(shown, l.form == LAYOUT_SINGLE             ? 1
                            : layout_has_outline(rows, columns) ? PANE_COUNT
                                                                : PANE_COUNT - 1);
    assert_true(l.shown[single] || single == PANE_OUTLINE);
    assert_true(zoomed ? l.form == LAYOUT_SINGLE : true);
}

static void layout_make__any_size__keeps_areas_inside_and_apart(void **state)
{
    char *plan = memory_alloc((size_t)ROWS_MAX * COLUMNS_MAX);
    int rows;
    int columns;

    (void)state;
    for (rows = 1; rows <= ROWS_MAX; rows++) {
        for (columns = 1; columns <= COLUMNS_MAX; columns++) {
            check_size(plan, rows, columns, PANE_TEXT, false);
            if (rows % 7 == 0 || rows < 10)
                check_size(plan, rows, columns, (enum pane)(columns % PANE_COUNT), rows % 2);
        }
    }
    free(plan);
}

static void layout_make__known_sizes__have_their_form(void **state)
{
    static const struct {
        int rows;
        int columns;
        bool zoomed;
        enum layout_form form;
    } sizes[] = {
        {40, 120, false, LAYOUT_COLUMNS}, {40, 119, false, LAYOUT_STACKED},
        {24, 80, false, LAYOUT_STACKED},  {24, 60, false, LAYOUT_STACKED},
        {24, 59, false, LAYOUT_SINGLE},   {20, 40, false, LAYOUT_SINGLE},
        {5, 20, false, LAYOUT_SINGLE},    {40, 120, true, LAYOUT_SINGLE},
        {2, 80, false, LAYOUT_TOO_SMALL}, {24, 15, false, LAYOUT_TOO_SMALL},
        {5, 200, false, LAYOUT_SINGLE},   {1, 1, false, LAYOUT_TOO_SMALL},
        {0, 0, false, LAYOUT_TOO_SMALL},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct layout l;

        layout_make(&l, sizes[i].rows, sizes[i].columns, PANE_TEXT, sizes[i].zoomed, 0);
        if (l.form != sizes[i].form)
            fail_msg("%dx%d is form %d", sizes[i].columns, sizes[i].rows, (int)l.form);
    }
}

static void layout_make__three_columns__give_most_to_the_text(void **state)
{
    struct layout l;
    int columns;

    (void)state;
    for (columns = 60; columns <= COLUMNS_MAX; columns++) {
        layout_make(&l, 40, columns, PANE_TEXT, false, 0);
        assert_true(l.pane[PANE_TEXT].columns > l.pane[PANE_SPEAKERS].columns);
        assert_true(l.pane[PANE_TEXT].columns > l.pane[PANE_TIMELINE].columns);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(layout_make__any_size__keeps_areas_inside_and_apart),
        cmocka_unit_test(layout_make__known_sizes__have_their_form),
        cmocka_unit_test(layout_make__three_columns__give_most_to_the_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
