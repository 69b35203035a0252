/* A session whose record grows while it is read, and keys without sense in windows of every
 * size. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "session_fixture.h"
#include "shilu/base/memory.h"

static void session_loading__while_reading__keeps_the_place(void **state)
{
    static const char *const places[] = {
        "", "j j j", "]", "G", "G k k", "Space", "} ]", "s 'falk Enter j", "/ '水位 Enter n"};
    struct buffer before = {0};
    struct buffer after = {0};
    size_t i;
    int n;

    (void)state;
    for (i = 0; i < sizeof places / sizeof *places; i++) {
        struct session_fixture f;
        int at;

        session_fixture_open_hearing(&f, 8, 50);
        session_fixture_type(&f, places[i]);
        session_fixture_row(&f, 2, &before);
        at = session_fixture_at(&f);
        for (n = 0; n < 30; n++) {
            session_fixture_append(&f, n < 15 ? "Late" : "沈若蘭", "later words 後來的話",
                                   n % 3 == 0);
            session_loading(f.session, 50, false, NULL);
            assert_int_equal(session_fixture_at(&f), at);
            assert_true(f.ui->stale);
            assert_string_equal(session_fixture_row(&f, 2, &after), buffer_string(&before));
        }
        session_loading(f.session, 100, true, NULL);
        session_fixture_type(&f, "a Esc G");
        assert_int_equal(session_fixture_at(&f), 48);
        session_fixture_close(&f);
    }
    buffer_release(&before);
    buffer_release(&after);
}

static void session_loading__nothing_then_words__starts_at_the_top(void **state)
{
    struct buffer out = {0};
    struct session_fixture f;

    (void)state;
    session_fixture_open(&f, &(struct session_fixture_options){.rows = 10, .columns = 50});
    session_loading(f.session, -1, false, NULL);
    session_fixture_type(
        &f, "j G k Space } { ] t '1:00 Enter s 'x Enter y Y f x a v & 'x Enter Esc");
    assert_int_equal(session_fixture_at(&f), -1);
    session_fixture_append(&f, "A", "first", false);
    session_fixture_append(&f, "B", "second", false);
    session_loading(f.session, 10, false, NULL);
    session_fixture_type(&f, "a & Enter");
    session_fixture_screen(&f, false, &out);
    assert_int_equal(session_fixture_at(&f), 0);
    session_fixture_type(&f, "}");
    assert_int_equal(session_fixture_at(&f), 1);
    session_fixture_close(&f);
    buffer_release(&out);
}

/* What is searched for may lie in what is still to come. */
static void session_loading__what_is_sought_is_not_there_yet__finds_it(void **state)
{
    struct buffer row = {0};
    struct session_fixture f;
    int there;

    (void)state;
    for (there = 0; there < 2; there++) {
        session_fixture_open_hearing(&f, 24, 80);
        session_loading(f.session, 40, false, NULL);
        session_fixture_type(&f, "/ 'zeppelin Enter");
        ui_step(f.ui, 100);
        assert_null(strstr(session_fixture_row(&f, -1, &row), "no hit"));
        assert_int_equal(session_fixture_at(&f), 0);
        session_fixture_append(&f, "Late", "later words", false);
        if (there == 1)
            session_fixture_append(&f, "Late", "the zeppelin", false);
        session_loading(f.session, 100, true, NULL);
        while (ui_step(f.ui, 100))
            continue;
        if (there == 1)
            assert_int_equal(session_fixture_at(&f), transcript_count(f.transcript) - 1);
        else
            assert_non_null(strstr(session_fixture_row(&f, -1, &row), "no hit"));
        session_fixture_close(&f);
    }
    buffer_release(&row);
}

static void session_go_to__the_kept_place__is_read_again(void **state)
{
    struct session_fixture f;

    (void)state;
    session_fixture_open_hearing(&f, 24, 80);
    session_go_to(f.session, 9);
    assert_int_equal(session_fixture_at(&f), 9);
    session_go_to(f.session, 900);
    session_go_to(f.session, SEGMENT_NONE);
    assert_int_equal(session_fixture_at(&f), 9);
    session_fixture_close(&f);
}

/* --------------------------------------------------------------------------- no sense */

static uint32_t random_next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}

static struct key random_key(uint64_t *seed, const struct session_fixture *f)
{
    static const char letters[] = "jk ]}[{()tsfxa/?nNL&yvYmMFT1230%:gGOWbduhq'e\\w水位한Falk";
    struct key key = {.pasted = random_next(seed) % 50 == 0};
    uint32_t choice = random_next(seed) % 100;

    if (choice < 60)
        key.code = (unsigned char)letters[random_next(seed) % (sizeof letters - 1)];
    else if (choice < 70)
        key.code = KEY_CODE_ENTER;
    else if (choice < 76)
        key.code = KEY_CODE_ESC;
    else if (choice < 86)
        key.code = random_next(seed) % 32;
    else if (choice < 94)
        key.code = KEY_CODE_FIRST_SPECIAL +
                   random_next(seed) % (KEY_CODE_LAST_SPECIAL - KEY_CODE_FIRST_SPECIAL + 1);
    else
        key.code = 0x20 + random_next(seed) % 0x3000;
    key.row = (int)(random_next(seed) % (uint32_t)(f->grid.rows + 3)) - 1;
    key.column = (int)(random_next(seed) % (uint32_t)(f->grid.columns + 3)) - 1;
    return key;
}

/* A list that takes long to make is drawn meanwhile, and can be left. */
static void session_outline__of_a_giant_record__can_be_left(void **state)
{
    struct buffer screen = {0};
    struct session_fixture f;

    (void)state;
    session_fixture_open(&f, &(struct session_fixture_options){.rows = 10, .columns = 60});
    for (int i = 0; i < 300000; i++)
        session_fixture_append(&f, i % 2 == 0 ? "Ann" : "Ben",
                               "There are two of them. First, this one. Second, that one.",
                               false);
    session_loading(f.session, 100, true, NULL);
    session_fixture_type(&f, "I");
    assert_true(f.ui->ops->step(f.ui, 0)); /* there is more to do */
    ui_draw(f.ui, &f.grid);
    grid_dump(&f.grid, false, &screen);
    assert_non_null(strchr(screen.data, '%'));
    assert_null(strstr(screen.data, "First, this"));
    session_fixture_type(&f, "q");
    assert_ptr_equal(f.ui, session_ui(f.session));
    session_fixture_type(&f, "I"); /* and is whole in the end */
    assert_non_null(strstr(session_fixture_screen(&f, false, &screen), "1 of 900000"));
    buffer_release(&screen);
    session_fixture_close(&f);
}

static void random_growth(uint64_t *seed, struct session_fixture *f)
{
    static const char *const names[] = {"沈若蘭", "Late", "한봄", "Ingrid Falk"};
    static const char *const texts[] = {
        "", "水位", "later words\n\nand lines", "Falk e\xCC\x81", "한국어 문장입니다 그리고 더",
        "x"};
    uint32_t pieces = 1 + random_next(seed) % 5;

    while (pieces-- > 0)
        session_fixture_append(f, names[random_next(seed) % 4], texts[random_next(seed) % 6],
                               random_next(seed) % 2);
    session_loading(f->session, (int)(random_next(seed) % 101), random_next(seed) % 2, NULL);
}

/* What always holds: the place is in the record and read, and every cell is whole. */
static void check_session(struct session_fixture *f)
{
    uint32_t segment = session_segment(f->session);
    int row;
    int column;

    assert_true(segment == SEGMENT_NONE || segment < transcript_count(f->transcript));
    ui_draw(f->ui, &f->grid);
    assert_false(f->ui->stale);
    assert_true(f->grid.cursor_row < f->grid.rows);
    assert_in_range(f->grid.cursor_column, 0, f->grid.columns - 1);
    for (row = 0; row < f->grid.rows; row++) {
        for (column = 0; column < f->grid.columns; column++) {
            const struct cell *c = grid_cell(&f->grid, row, column);

            if (c->columns == 2 && !(column + 1 < f->grid.columns && c[1].columns == 0))
                fail_msg("half a cell at %d, %d", row, column);
            if (c->columns == 0 && !(column > 0 && c[-1].columns == 2))
                fail_msg("a half without its cell at %d, %d", row, column);
            if (c->bytes > 0 && ((unsigned char)c->text[0] < ' ' || c->text[0] == 0x7F))
                fail_msg("a control at %d, %d", row, column);
        }
    }
}

static void press_at_random(const char *file, uint64_t seed, int keys, bool wide)
{
    struct session_fixture f;
    int i;

    session_fixture_open(&f,
                         &(struct session_fixture_options){
                             .file = file, .rows = 24, .columns = 80, .ambiguous_wide = wide});
    ui_draw(f.ui, &f.grid);
    for (i = 0; i < keys; i++) {
        ui_key(f.ui, random_key(&seed, &f));
        if (random_next(&seed) % 40 == 0)
            session_fixture_resize(&f, 1 + (int)(random_next(&seed) % 100),
                                   1 + (int)(random_next(&seed) % 300));
        else if (random_next(&seed) % 40 == 0)
            session_fixture_resize(&f, 3 + (int)(random_next(&seed) % 9),
                                   16 + (int)(random_next(&seed) % 40));
        if (random_next(&seed) % 400 == 0)
            random_growth(&seed, &f);
        if (random_next(&seed) % 4 == 0)
            ui_step(f.ui, 5);
        if (random_next(&seed) % 4 == 0)
            check_session(&f);
    }
    check_session(&f);
    session_fixture_close(&f);
}

static void session_key__random_keys__never_break_it(void **state)
{
    (void)state;
    press_at_random(SESSION_FIXTURE_HEARING, 20310512, 8000, false);
    press_at_random(SESSION_FIXTURE_HEARING, 7, 4000, true);
    press_at_random(NULL, 1, 4000, false);
    press_at_random("sample-data/torture.json", 99, 4000, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(session_loading__while_reading__keeps_the_place),
        cmocka_unit_test(session_loading__nothing_then_words__starts_at_the_top),
        cmocka_unit_test(session_loading__what_is_sought_is_not_there_yet__finds_it),
        cmocka_unit_test(session_outline__of_a_giant_record__can_be_left),
        cmocka_unit_test(session_go_to__the_kept_place__is_read_again),
        cmocka_unit_test(session_key__random_keys__never_break_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
