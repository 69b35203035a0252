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

struct desk {
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
    ((struct desk *)context)->closed = true;
}

static void desk_open(struct desk *d, int rows, int columns)
{
    const struct pair_source source = {.context = d,
                                       .title = "Old and new",
                                       .empty = "nothing",
                                       .count = count,
                                       .part = part,
                                       .stops = pair_stops,
                                       .close = closed};
    struct ui_options options;

    *d = (struct desk){.width = width_new(false), .keymap = keymap_new()};
    options = (struct ui_options){.width = d->width, .keymap = d->keymap};
    d->ui = pair_screen_new(&source, &options);
    ui_resize(d->ui, rows, columns);
}

static void desk_close(struct desk *d)
{
    d->ui->ops->close(d->ui);
    assert_true(d->closed);
    grid_release(&d->grid);
    buffer_release(&d->out);
    keymap_free(d->keymap);
    width_free(d->width);
}

static void press(void *context, struct key key)
{
    ui_key(((struct desk *)context)->ui, key);
}

static const char *screen(struct desk *d)
{
    ui_draw(d->ui, &d->grid);
    buffer_clear(&d->out);
    grid_dump(&d->grid, false, &d->out);
    return buffer_string(&d->out);
}

static void assert_shows(struct desk *d, const char *keys, const char *expected)
{
    type_keys(keys, press, d);
    if (strstr(screen(d), expected) == NULL)
        fail_msg("'%s' then no '%s' in:\n%s", keys, expected, buffer_string(&d->out));
}

static void pair_screen__wide__stands_in_two_columns(void **state)
{
    struct desk d;

    (void)state;
    desk_open(&d, 12, 110);
    assert_shows(&d, "",
                 " Speaker 0                                             │ Speaker 0\n");
    assert_shows(&d, "",
                 " The words of pair 0.                                  │ 第0段的話。\n");
    assert_shows(&d, "}", "2 of 40");
    assert_shows(&d, "2 }", "│ -\n");
    desk_close(&d);
}

static void pair_screen__narrow__stands_one_under_the_other(void **state)
{
    struct desk d;

    (void)state;
    desk_open(&d, 12, 40);
    assert_shows(&d, "", "  Speaker 0\n  The words of pair 0.\n│ Speaker 0\n│ 第0段的話。\n\n");
    desk_close(&d);
}

static void pair_screen__keys__go_by_line_pair_change_and_hit(void **state)
{
    struct desk d;

    (void)state;
    desk_open(&d, 12, 110);
    assert_shows(&d, "]", "6 of 40");
    assert_shows(&d, "n", "16 of 40");
    assert_shows(&d, "N", "6 of 40");
    assert_shows(&d, "[", "nothing before this");
    assert_shows(&d, "g j j j", "2 of 40");
    assert_shows(&d, "k", "1 of 40");
    assert_shows(&d, "G", "40 of 40");
    assert_shows(&d, "j", "40 of 40");
    assert_shows(&d, "g / 'pair_12. Esc", "1 of 40");
    assert_shows(&d, "/ '第12段 Enter", "13 of 40");
    assert_shows(&d, "/ 'zeppelin Enter", "not found");
    assert_shows(&d, "Esc n", "16 of 40");
    assert_shows(&d, "5 0 %", "21 of 40");
    assert_shows(&d, "G ? '2段 Enter", "33 of 40");
    assert_shows(&d, "n", "23 of 40");
    assert_shows(&d, "N", "33 of 40");
    desk_close(&d);
}

static void pair_screen__every_size__draws_within_its_cells(void **state)
{
    struct desk d;
    int columns;

    (void)state;
    desk_open(&d, 6, 20);
    for (columns = 4; columns < 200; columns += 3) {
        ui_resize(d.ui, 3 + columns % 20, columns);
        type_keys("Space b d u G g", press, &d);
        screen(&d);
    }
    desk_close(&d);
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
