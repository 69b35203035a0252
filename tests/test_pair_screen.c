/* Pair screen: two columns that move together, or one part under the other. */
#include "shilu/ui/pair_screen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "type_keys.h"

enum { PAIRS = 40 };

struct session_fixture {
    struct ui *ui;
    struct width *width;
    struct keymap *keymap;
    struct grid grid;
    struct buffer out;
    bool closed;
};

static size_t count(void *context)
{
    return PAIRS;
}

/* Every seventh pair has no second part; in every tenth a word is marked. */
static void part(void *context, size_t pair, int side, struct pair_part *part)
{
    size_t start;

    if (side == 1 && pair % 7 == 3)
        return;
    buffer_append_format(&part->text, "Speaker %zu", pair % 3);
    part->heading_bytes = part->text.bytes;
    buffer_append_string(&part->text, side == 0 ? "\nThe words of " : "\n第");
    start = part->text.bytes;
    buffer_append_format(&part->text, side == 0 ? "pair %zu." : "%zu段的話。", pair);
    if (pair % 10 == 5)
        pair_part_mark(part, start, part->text.bytes, OVER_MATCH_CURRENT);
}

static bool pair_stops(void *context, size_t pair)
{
    return pair % 10 == 5;
}

static void closed(void *context)
{
    ((struct session_fixture *)context)->closed = true;
}

static void session_fixture_open(struct session_fixture *f, int rows, int columns)
{
    const struct pair_source source = {.context = f,
                                       .title = "Old and new",
                                       .empty = "nothing",
                                       .count = count,
                                       .part = part,
                                       .stops = pair_stops,
                                       .close = closed};
    struct ui_options options;

    *f = (struct session_fixture){.width = width_new(false), .keymap = keymap_new()};
    options = (struct ui_options){.width = f->width, .keymap = f->keymap};
    f->ui = pair_screen_new(&source, &options);
    ui_resize(f->ui, rows, columns);
}

static void session_fixture_close(struct session_fixture *f)
{
    f->ui->ops->close(f->ui);
    assert_true(f->closed);
    grid_release(&f->grid);
    buffer_release(&f->out);
    keymap_free(f->keymap);
    width_free(f->width);
}

static void press(void *context, struct key key)
{
    ui_key(((struct session_fixture *)context)->ui, key);
}

static const char *screen(struct session_fixture *f)
{
    ui_draw(f->ui, &f->grid);
    buffer_clear(&f->out);
    grid_dump(&f->grid, false, &f->out);
    return buffer_string(&f->out);
}

static void assert_shows(struct session_fixture *f, const char *keys, const char *expected)
{
    type_keys(keys, press, f);
    if (strstr(screen(f), expected) == NULL)
        fail_msg("'%s' then no '%s' in:\n%s", keys, expected, buffer_string(&f->out));
}

static void pair_screen__wide__stands_in_two_columns(void **state)
{
    struct session_fixture f;

    (void)state;
    session_fixture_open(&f, 12, 110);
    assert_shows(&f, "",
                 " Speaker 0                                             │ Speaker 0\n");
    assert_shows(&f, "",
                 " The words of pair 0.                                  │ 第0段的話。\n");
    assert_shows(&f, "}", "2 of 40");
    assert_shows(&f, "2 }", "│ -\n");
    session_fixture_close(&f);
}

static void pair_screen__narrow__stands_one_under_the_other(void **state)
{
    struct session_fixture f;

    (void)state;
    session_fixture_open(&f, 12, 40);
    assert_shows(&f, "", "  Speaker 0\n  The words of pair 0.\n│ Speaker 0\n│ 第0段的話。\n\n");
    session_fixture_close(&f);
}

static void pair_screen__keys__go_by_line_pair_change_and_hit(void **state)
{
    struct session_fixture f;

    (void)state;
    session_fixture_open(&f, 12, 110);
    assert_shows(&f, "]", "6 of 40");
    assert_shows(&f, "n", "16 of 40");
    assert_shows(&f, "N", "6 of 40");
    assert_shows(&f, "[", "nothing before this");
    assert_shows(&f, "g j j j", "2 of 40");
    assert_shows(&f, "k", "1 of 40");
    assert_shows(&f, "G", "40 of 40");
    assert_shows(&f, "j", "40 of 40");
    assert_shows(&f, "g / 'pair_12. Esc", "1 of 40");
    assert_shows(&f, "/ '第12段 Enter", "13 of 40");
    assert_shows(&f, "/ 'zeppelin Enter", "not found");
    assert_shows(&f, "Esc n", "16 of 40");
    assert_shows(&f, "5 0 %", "21 of 40");
    assert_shows(&f, "G ? '2段 Enter", "33 of 40");
    assert_shows(&f, "n", "23 of 40");
    assert_shows(&f, "N", "33 of 40");
    session_fixture_close(&f);
}

static void pair_screen__every_size__draws_within_its_cells(void **state)
{
    struct session_fixture f;
    int columns;

    (void)state;
    session_fixture_open(&f, 6, 20);
    for (columns = 4; columns < 200; columns += 3) {
        ui_resize(f.ui, 3 + columns % 20, columns);
        type_keys("Space b d u G g", press, &f);
        screen(&f);
    }
    session_fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pair_screen__wide__stands_in_two_columns),
        cmocka_unit_test(pair_screen__narrow__stands_one_under_the_other),
        cmocka_unit_test(pair_screen__keys__go_by_line_pair_change_and_hit),
        cmocka_unit_test(pair_screen__every_size__draws_within_its_cells),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
