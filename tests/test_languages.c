/* Every screen in every language: nothing overflows, none of the program's own words are cut,
 * and columns start where they start in English. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/two_records.h"
#include "golden_support.h"
#include "library_fixture.h"
#include "session_fixture.h"
#include "shilu/base/translate.h"
#include "shilu/ui/ui.h"
#include "type_keys.h"

/* the others are compared with this one */
static const char *const languages[] = {"en", "zh_TW", "zh_CN", "ja", "ko"};
static const struct golden_size sizes[] = {{50, 160}, {40, 120}, {24, 80}, {20, 40}, {5, 20}};
enum {
    LANGUAGES = sizeof languages / sizeof *languages,
    SIZES = sizeof sizes / sizeof *sizes,
    ROOMY_COLUMNS = 80, /* from here on, all that the program itself says is whole */
    PLACES_MAX = 2000
};

/* ------------------------------------------------------------------- what stands where */

/* Where times, names and rules begin, which no language moves. */
struct places {
    int cells[PLACES_MAX];
    size_t count;
};

static bool is_of_column(const struct cell *c)
{
    return c->style.role == ROLE_TIME || c->style.role == ROLE_RULE ||
           c->style.role == ROLE_SPEAKER || c->style.role == ROLE_HELP_KEY;
}

/* Of the rows between the title bar and the last line. */
static void find_places(struct grid *g, struct places *p)
{
    p->count = 0;
    for (int row = 1; row < g->rows - 1; row++) {
        int before = -1;

        for (int column = 0; column < g->columns; column++) {
            const struct cell *c = grid_cell(g, row, column);
            int role = c->bytes > 0 && is_of_column(c) ? c->style.role : -1;

            if (role >= 0 && role != before && p->count < PLACES_MAX)
                p->cells[p->count++] = row * g->columns + column;
            if (c->bytes > 0 || role < 0)
                before = role;
        }
    }
}

/* ------------------------------------------------------------------------ the last line */

static void append_run(struct grid *g, int row, int *column, int role, struct buffer *out)
{
    buffer_clear(out);
    for (; *column < g->columns && grid_cell(g, row, *column)->style.role == role; ++*column) {
        const struct cell *c = grid_cell(g, row, *column);

        if (c->bytes > 0)
            buffer_append(out, c->text, c->bytes);
        else if (c->columns > 0)
            buffer_append_char(out, ' ');
    }
    while (out->bytes > 0 && out->data[out->bytes - 1] == ' ')
        out->data[--out->bytes] = '\0';
}

static bool is_hint(struct ui *ui, const char *label)
{
    static const char *const of_help[] = {"back", "search", "page", "line"};
    const struct ui_hint *h = ui->ops->hints != NULL && !ui->help ? ui->ops->hints(ui) : NULL;

    for (; h != NULL && h->what != NULL; h++)
        if (strcmp(_(h->what), label) == 0)
            return true;
    for (size_t i = 0; i < 4; i++)
        if (strcmp(_(of_help[i]), label) == 0)
            return true;
    return strcmp(_("help"), label) == 0;
}

/* Each key is followed by the full description of its action. */
static void check_hints(struct ui *ui, struct grid *g, const char *where)
{
    struct buffer run = {0};
    int row = g->rows - 1;
    int column = 0;

    while (ui->prompt_of == NULL && column < g->columns) {
        if (grid_cell(g, row, column)->style.role != ROLE_STATUS_KEY) {
            column++;
            continue;
        }
        if (column > 1 && grid_cell(g, row, column - 2)->bytes > 0)
            fail_msg("%s: a hint runs into what stands before it", where);
        append_run(g, row, &column, ROLE_STATUS_KEY, &run);
        append_run(g, row, &column, ROLE_STATUS, &run);
        if (!is_hint(ui, buffer_string(&run) + strspn(buffer_string(&run), " ")))
            fail_msg("%s: '%s' is no whole hint", where, buffer_string(&run));
    }
    buffer_release(&run);
}

/* ------------------------------------------------------------------------------- checks */

static bool is_cut(const struct cell *c)
{
    return c->bytes == 3 && memcmp(c->text, "…", 3) == 0;
}

/* Of these roles are only the program's own words. */
static void check_whole(struct ui *ui, struct grid *g, const char *where)
{
    for (int row = 0; row < g->rows; row++) {
        for (int column = 0; column < g->columns; column++) {
            const struct cell *c = grid_cell(g, row, column);
            bool own = c->style.role == ROLE_STATUS_KEY || c->style.role == ROLE_HELP_KEY ||
                       c->style.role == ROLE_HELP_HEADING ||
                       (g->columns >= ROOMY_COLUMNS &&
                        (c->style.role == ROLE_HEADING_ACTIVE ||
                         c->style.role == ROLE_TITLE_DETAIL || row == g->rows - 1));

            if (is_cut(c) && (own || (ui->help && row > 0 && row < g->rows - 1))) {
                struct buffer screen = {0};

                grid_dump(g, false, &screen);
                fail_msg("%s: cut in row %d:\n%s", where, row + 1, buffer_string(&screen));
            }
        }
    }
}

struct view {
    struct ui *ui;
    struct grid *grid;
    const char *name;
    const char *language;
};

static void check(const struct view *v, struct places *english)
{
    char where[200];
    struct places found;

    snprintf(where, sizeof where, "%s in %s at %dx%d", v->name, v->language, v->grid->columns,
             v->grid->rows);
    golden_check_cells(v->grid);
    check_whole(v->ui, v->grid, where);
    check_hints(v->ui, v->grid, where);
    find_places(v->grid, &found);
    if (strcmp(v->language, "en") == 0) {
        *english = found;
        return;
    }
    /* The help has as many lines as a language needs. */
    if (v->ui->help)
        return;
    if (found.count != english->count ||
        memcmp(found.cells, english->cells, found.count * sizeof *found.cells) != 0) {
        struct buffer screen = {0};

        grid_dump(v->grid, false, &screen);
        fail_msg("%s: columns have shifted:\n%s", where, buffer_string(&screen));
    }
}

/* ------------------------------------------------------------------------------ a record */

#define HEARING "tests/fixtures/hearing.json"
#define BRIEFING "sample-data/briefing.json"

static const struct {
    const char *name;
    const char *file;
    const char *keys;
} scenes[] = {
    {"text", HEARING, ""},
    {"plain text", HEARING, ": 'plain Enter"},
    {"briefing", BRIEFING, "t '10:40 Enter"},
    {"speakers", HEARING, "M-1 j"},
    {"timeline", HEARING, "M-2 j"},
    {"outline pane", BRIEFING, "I j & '是 Enter"},
    {"one pane", HEARING, "M-2 O"},
    {"lanes", HEARING, "T"},
    {"select", HEARING, "} v j"},
    {"hits", HEARING, "/ '水 Enter L"},
    {"found", HEARING, "/ '水 Enter n"},
    {"no hit", HEARING, "/ 'zeppelin Enter"},
    {"narrowed", HEARING, "& '水 Enter"},
    {"nothing left", HEARING, "& 'zeppelin Enter"},
    {"one speaker", HEARING, "s 'falk Enter"},
    {"hidden", HEARING, "] x"},
    {"one question", HEARING, "] i"},
    {"where", HEARING, "] ="},
    {"outline", BRIEFING, "I"},
    {"outline narrowed", BRIEFING, "I & '一 Enter"},
    {"outline empty", BRIEFING, "I & 'zeppelin Enter"},
    {"figures", BRIEFING, ": 'figures Enter"},
    {"problems", HEARING, ": 'problems Enter"},
    {"notes", HEARING, "M 'one Space '#tag Enter } M 'two Enter : 'notes Enter"},
    {"no notes", HEARING, ": 'notes Enter"},
    {"marks", HEARING, "m a } m b `"},
    {"corrections", HEARING, ": 'corrections Enter"},
    {"quotes", HEARING, "C"},
    {"help", HEARING, "F1"},
    {"help below", HEARING, "F1 Space Space"},
    {"help found", HEARING, "F1 / 'se Enter"},
    {"asks time", HEARING, "t"},
    {"asks speaker", HEARING, "s Down"},
    {"asks search", HEARING, "/"},
    {"asks back", HEARING, "? '水"},
    {"asks narrow", HEARING, "&"},
    {"asks note", HEARING, "M"},
    {"asks who", HEARING, "S"},
    {"asks start", HEARING, "@"},
    {"asks command", HEARING, ": 'se"},
    {"asks pipe", HEARING, "|"},
    {"asks run", HEARING, "!"},
    {"asks a mark", HEARING, "m"},
    {"asks a row", HEARING, "z"},
    {"wrong time", HEARING, "t 'noon Enter"},
    {"wrong command", HEARING, ": 'zebra Enter"},
    {"unbound", HEARING, "F12"},
    {"counted", HEARING, "1 2"},
    {"first line", HEARING, "k"},
    {"last question", HEARING, "9 ]"},
    {"copied", HEARING, "y"},
    {"cited", HEARING, "Y"},
    {"quoted", HEARING, "c"},
    {"renamed", HEARING, ": 'rename Space 'X Enter"},
    {"marked", HEARING, "m a"},
    {"no mark", HEARING, "' z"},
    {"followed", HEARING, "F"},
    {"nothing to correct", HEARING, "e"},
    {"undone", HEARING, "U"},
    {"width", HEARING, "W"},
};

static void session_draw__in_every_language__overflows_nowhere(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof scenes / sizeof *scenes; i++) {
        for (size_t k = 0; k < SIZES; k++) {
            struct places english;

            for (size_t l = 0; l < LANGUAGES; l++) {
                struct buffer screen = {0};
                struct session_fixture f;

                if (!translate_use(languages[l]))
                    continue; /* a build without msgfmt */
                session_fixture_open(
                    &f, &(struct session_fixture_options){.file = scenes[i].file,
                                                          .name = "hearing.json",
                                                          .rows = sizes[k].rows,
                                                          .columns = sizes[k].columns});
                session_fixture_type(&f, scenes[i].keys);
                session_fixture_screen(&f, false, &screen);
                check(&(struct view){f.ui, &f.grid, scenes[i].name, languages[l]}, &english);
                buffer_release(&screen);
                session_fixture_close(&f);
            }
        }
    }
    translate_use("en");
}

/* ---------------------------------------------------------------------------- a library */

static const struct {
    const char *name;
    const char *keys;
} library_scenes[] = {
    {"library", ""},
    {"library searched", "/ 'words Enter"},
    {"library without hits", "/ 'zeppelin Enter"},
    {"library filtered", "& 'zeppelin Enter"},
    {"library by length", ": 'sort Space 'length Enter r"},
    {"unreadable files", "X"},
    {"library's help", "F1"},
    {"library asks", "&"},
    {"library's command", ": 'sort"},
    {"library's notes", ": 'all-notes Enter"},
    {"library's quotes", "C"},
};

static void library_draw__in_every_language__overflows_nowhere(void **state)
{
    library_fixture_write_record("shelf/a.json", "First", "words of one");
    library_fixture_write_record("shelf/b.json", "Second", "words of two");
    library_fixture_write("shelf/picture.png", "\x89PNG\r\n\x1a\n\x01\x02\x03\xff\xfe");
    for (size_t i = 0; i < sizeof library_scenes / sizeof *library_scenes; i++) {
        for (size_t k = 0; k < SIZES; k++) {
            struct places english;

            for (size_t l = 0; l < LANGUAGES; l++) {
                struct library_fixture f;

                if (!translate_use(languages[l]))
                    continue;
                library_fixture_open(&f, "shelf", sizes[k].rows, sizes[k].columns);
                library_fixture_screen(&f);
                library_fixture_type(&f, library_scenes[i].keys);
                library_fixture_screen(&f);
                check(&(struct view){f.ui, &f.grid, library_scenes[i].name, languages[l]},
                      &english);
                library_fixture_close(&f);
            }
        }
    }
    translate_use("en");
}

/* -------------------------------------------------------------------------- two records */

static void press(void *context, struct key key)
{
    ui_key(context, key);
}

static void check_golden(struct grid *g, const char *name, const char *language)
{
    struct buffer screen = {0};
    char full[80];

    snprintf(full, sizeof full, "%s-%s", language, name);
    grid_dump(g, false, &screen);
    golden_check(full, g->rows, g->columns, &screen);
    buffer_release(&screen);
}

static void two_records_draw__in_every_language__overflows_nowhere(void **state)
{
    static const struct {
        const char *name;
        const char *keys;
        bool changes;
        bool golden;
    } pairs[] = {{"beside", "", false, true},
                 {"beside-searched", "/ 'words Enter", false, false},
                 {"beside-help", "F1", false, false},
                 {"diff", "n", true, true},
                 {"diff-last", "G n", true, false},
                 {"diff-asks", "/", true, false}};

    library_fixture_write_record("shelf/old.json", "First", "words of one");
    library_fixture_write_record("shelf/new.json", "First", "words of two");
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        for (size_t k = 0; k < SIZES; k++) {
            struct places english;

            for (size_t l = 0; l < LANGUAGES; l++) {
                char *const paths[] = {(char *)"shelf/new.json", NULL};
                struct width *width = width_new(false);
                struct keymap *keymap = keymap_new();
                struct ui_options ui_options = {.width = width, .keymap = keymap};
                struct options options = {.paths = paths, .path_count = 1};
                struct two_records *two;
                struct grid grid = {0};
                struct error err;
                const char *path;
                struct ui *ui;

                if (!translate_use(languages[l]))
                    continue;
                *(pairs[i].changes ? &options.old_version : &options.beside) = "shelf/old.json";
                two = two_records_load(&options, &path, &err);
                assert_non_null(two);
                ui = two_records_screen(two, &ui_options);
                ui_resize(ui, sizes[k].rows, sizes[k].columns);
                type_keys(pairs[i].keys, press, ui);
                ui_draw(ui, &grid);
                check(&(struct view){ui, &grid, pairs[i].name, languages[l]}, &english);
                if (pairs[i].golden)
                    check_golden(&grid, pairs[i].name, languages[l]);
                ui->ops->close(ui);
                grid_release(&grid);
                keymap_free(keymap);
                width_free(width);
            }
        }
    }
    translate_use("en");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(session_draw__in_every_language__overflows_nowhere),
        cmocka_unit_test_setup_teardown(library_draw__in_every_language__overflows_nowhere,
                                        library_fixture_set_up, library_fixture_tear_down),
        cmocka_unit_test_setup_teardown(two_records_draw__in_every_language__overflows_nowhere,
                                        library_fixture_set_up, library_fixture_tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
