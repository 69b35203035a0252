/* Golden screens: a session that is sent keys is drawn, with no terminal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "golden_support.h"
#include "session_fixture.h"
#include "shilu/base/translate.h"

#define HEARING "tests/fixtures/hearing.json"

struct scene {
    const char *name;
    const char *file; /* NULL: the hearing */
    const char *keys;
    bool styles;
    bool wide;            /* ambiguous characters */
    const char *language; /* of the messages; NULL: English */
};

static const struct scene scenes[] = {
    {.name = "open", .keys = "", .styles = true},
    {.name = "page-down", .keys = "Space"},
    {.name = "end", .keys = "G"},
    {.name = "time-prompt", .keys = "t '10:16"},
    {.name = "time", .keys = "t '10:16 Enter"},
    {.name = "time-error", .keys = "t 'soon Enter"},
    {.name = "speaker-list", .keys = "s Down"},
    {.name = "speaker-typed", .keys = "s 'falk"},
    {.name = "speaker", .keys = "s 'falk Enter", .styles = true},
    {.name = "everyone-again", .keys = "s 'falk Enter a"},

    {.name = "points", .file = "sample-data/briefing.json", .keys = "t '10:39 Enter"},
    {.name = "question-2", .keys = "] ]"},
    {.name = "search-typed", .keys = "/ '水位", .styles = true},
    {.name = "search", .keys = "/ '水位 Enter n n", .styles = true},
    {.name = "search-cleared", .keys = "/ '水位 Enter n n Esc"},
    {.name = "search-no-hit", .keys = "/ 'zeppelin Enter"},
    {.name = "list", .keys = "/ 'Falk Enter L", .styles = true},
    {.name = "narrow", .keys = "& '停水 Enter"},
    {.name = "help", .keys = "F1"},
    {.name = "problems", .keys = ": 'problems Enter"},
    {.name = "lanes", .keys = "] T", .styles = true},
    {.name = "zoom", .keys = "] O"},
    {.name = "speakers-pane", .keys = "M-1 j j", .styles = true},
    {.name = "timeline-pane", .keys = "M-2 j j j"},
    {.name = "mute", .keys = "] ] x"},
    {.name = "select", .keys = "} v j j", .styles = true},
    {.name = "outline", .keys = "] I", .styles = true},
    {.name = "outline-narrowed", .keys = "I & 'Q Enter"},
    {.name = "outline-chosen", .keys = "I G Enter"},
    {.name = "figures", .keys = ": 'figures Enter", .styles = true},
    {.name = "only-question", .keys = "] i"},
    {.name = "wide", .keys = "] / 'dam Enter", .wide = true},
    {.name = "wide-lanes", .keys = "T", .wide = true},
    {.name = "zh_TW-open", .keys = "", .language = "zh_TW"},
    {.name = "zh_TW-help", .keys = "F1", .language = "zh_TW"},
    {.name = "zh_TW-speaker-list", .keys = "s Down", .language = "zh_TW"},
    {.name = "zh_TW-time-prompt", .keys = "t", .language = "zh_TW"},
    {.name = "zh_TW-time-error", .keys = "t 'soon Enter", .language = "zh_TW"},
    {.name = "zh_TW-search", .keys = "/ '水位 Enter n", .language = "zh_TW"},
    {.name = "zh_TW-select", .keys = "} v j", .language = "zh_TW"},
    {.name = "zh_TW-problems", .keys = ": 'problems Enter", .language = "zh_TW"},
    {.name = "zh_TW-outline", .keys = "] I", .language = "zh_TW"},
    {.name = "zh_TW-command", .keys = ": 'se", .language = "zh_TW"},
    {.name = "zh_CN-open", .keys = "", .language = "zh_CN"},
    {.name = "zh_CN-help", .keys = "F1", .language = "zh_CN"},
    {.name = "ja-open", .keys = "", .language = "ja"},
    {.name = "ja-help", .keys = "F1", .language = "ja"},
    {.name = "ja-search", .keys = "/ '水位 Enter n", .language = "ja"},
    {.name = "ja-speaker-list", .keys = "s Down", .language = "ja"},
    {.name = "ko-open", .keys = "", .language = "ko"},
    {.name = "ko-help", .keys = "F1", .language = "ko"},
    {.name = "ko-timeline-pane", .keys = "M-2 j", .language = "ko"},
    {.name = "zh_TW-figures", .keys = ": 'figures Enter", .language = "zh_TW"},
    {.name = "zh_TW-notes",
     .keys = "M 'one Space '#tag Enter } M 'two Enter : 'notes Enter",
     .language = "zh_TW"},
    {.name = "zh_CN-figures", .keys = ": 'figures Enter", .language = "zh_CN"},
    {.name = "ja-outline-narrowed", .keys = "I & 'Q Enter", .language = "ja"},
    {.name = "ja-marks", .keys = "m a } m b `", .language = "ja"},
    {.name = "ko-outline", .keys = "] I", .language = "ko"},
    {.name = "ko-list", .keys = "/ 'Falk Enter L", .language = "ko"},
    {.name = "torture", .file = "sample-data/torture.json", .keys = ""},
};

static void check_golden(struct session_fixture *f, const char *name, bool styles)
{
    struct buffer screen = {0};

    session_fixture_screen(f, styles, &screen);
    golden_check(name, f->grid.rows, f->grid.columns, &screen);
    buffer_release(&screen);
}

static void session_draw__each_scene__is_as_the_golden_screen(void **state)
{
    size_t i;
    size_t k;

    (void)state;
    for (i = 0; i < sizeof scenes / sizeof *scenes; i++) {
        for (k = 0; k < GOLDEN_SIZES; k++) {
            struct session_fixture f;

            if (!translate_use(scenes[i].language != NULL ? scenes[i].language : "en"))
                continue; /* a build without msgfmt */
            session_fixture_open(&f,
                                 &(struct session_fixture_options){
                                     .file = scenes[i].file != NULL ? scenes[i].file : HEARING,
                                     .name = "hearing.json",
                                     .ambiguous_wide = scenes[i].wide,
                                     .rows = golden_sizes[k].rows,
                                     .columns = golden_sizes[k].columns});
            session_fixture_type(&f, scenes[i].keys);
            check_golden(&f, scenes[i].name, scenes[i].styles);
            golden_check_cells(&f.grid);
            session_fixture_close(&f);
        }
    }
    translate_use("en");
    if (golden_is_updating())
        print_message("the golden screens were written anew\n");
}

static void open_briefing(struct session_fixture *f, int columns)
{
    session_fixture_open(f,
                         &(struct session_fixture_options){.file = "sample-data/briefing.json",
                                                           .name = "briefing.json",
                                                           .rows = 40,
                                                           .columns = columns});
}

/* In a wide window the outline is beside the text and follows it. */
static void session_draw__wide_window__has_the_outline_beside(void **state)
{
    static const int columns[] = {160, 200};

    for (size_t i = 0; i < 2; i++) {
        struct buffer screen = {0};
        struct session_fixture f;

        open_briefing(&f, columns[i]);
        session_fixture_type(&f, "t '10:40 Enter");
        check_golden(&f, "outline-beside", false);
        golden_check_cells(&f.grid);
        session_fixture_type(&f, "I j");
        check_golden(&f, "outline-pane", false);
        session_fixture_resize(&f, 40, 159);
        assert_null(strstr(session_fixture_screen(&f, false, &screen), "Outline"));
        buffer_release(&screen);
        session_fixture_close(&f);
    }
}

#define NOTED \
    "M 'water Space '#dam Enter } M 'who Space '#money Space '#dam Enter } M 'none Enter "

/* The notes of the record: those with a tag, in any spelling; offered as one types; searched.
 */
static void session_open_notes__with_tags__shows_those_that_have_them(void **state)
{
    static const struct {
        const char *keys;
        const char *shown;
        const char *hidden;
    } rows[] = {
        {NOTED ": 'notes Enter", "none", "zeppelin"},
        {NOTED ": 'notes Space '#dam Enter", "who #money", "none"},
        {NOTED ": 'notes Space 'ＤＡＭ Enter", "water", "none"},
        {NOTED ": 'notes Space '#dam,#money Enter", "1 of 1", "water"},
        {NOTED ": 'notes Space '#mo Tab Enter", "who #money", "water"},
        {NOTED ": 'notes Space '#no Enter", "no note has that tag", "2 of 2"},
        {NOTED ": 'notes Enter & 'water Enter", "1 of 3 match", "money"},
        {NOTED ": 'notes Enter ? 'e Enter n", "2 of 3", "1 of 3"},
        {": 'notes Enter", "no notes; M writes one", "1 of"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buffer screen = {0};
        struct session_fixture f;

        session_fixture_open_hearing(&f, 24, 79); /* without the words */
        session_fixture_type(&f, rows[i].keys);
        session_fixture_screen(&f, false, &screen);
        if (strstr(buffer_string(&screen), rows[i].shown) == NULL ||
            strstr(buffer_string(&screen), rows[i].hidden) != NULL)
            fail_msg("'%s':\n%s", rows[i].keys, buffer_string(&screen));
        buffer_release(&screen);
        session_fixture_close(&f);
    }
}

/* One key from the outline, too: only the question that its row belongs to. */
static void session_outline__key_of_one_question__reads_only_that(void **state)
{
    static const int columns[] = {80, 170};

    for (size_t i = 0; i < 2; i++) {
        struct buffer screen = {0};
        struct session_fixture f;

        open_briefing(&f, columns[i]);
        session_fixture_type(&f, "I / '電話要打 Enter i");
        if (columns[i] < 160)
            f.ui = session_ui(f.session);
        session_fixture_screen(&f, false, &screen);
        if (strstr(buffer_string(&screen), "only Q2") == NULL ||
            strstr(buffer_string(&screen), "only question 2 and its answers") == NULL)
            fail_msg("%s", buffer_string(&screen));
        buffer_release(&screen);
        session_fixture_close(&f);
    }
}

static void assert_row(struct session_fixture *f, const char *keys, const char *marked)
{
    struct buffer screen = {0};
    const char *styles;
    const char *at;
    int row = 0;

    session_fixture_type(f, keys);
    at = strstr(session_fixture_screen(f, false, &screen), marked);
    if (at == NULL)
        fail_msg("'%s': no '%s' in\n%s", keys, marked, buffer_string(&screen));
    for (styles = buffer_string(&screen); styles < at; styles++)
        row += *styles == '\n';
    if (f->grid.cursor_row != row)
        fail_msg("'%s': row %d is chosen, not %d\n%s", keys, f->grid.cursor_row, row,
                 buffer_string(&screen));
    buffer_release(&screen);
}

/* It is a pane like any other: Tab enters it, the text follows it, and it has its own / and
 * &. */
static void session_outline__beside_the_text__is_moved_in_and_searched(void **state)
{
    struct buffer screen = {0};
    struct session_fixture f;
    int at;

    open_briefing(&f, 170);
    assert_row(&f, "Tab Tab Tab", "│ 詹成付 開頭先講");
    assert_row(&f, "/ '中新社 Enter", "│ Q3 中新社記者");
    at = session_fixture_at(&f);
    assert_row(&f, "/ '第三 Enter", "│   第三，備齊裝備");
    assert_true(session_fixture_at(&f) > at);
    assert_row(&f, "n", "│   第三，這座橋");
    assert_row(&f, "& 'Q Enter G", "│ Q8 ");
    assert_null(strstr(session_fixture_screen(&f, false, &screen), "│   第"));
    assert_row(&f, "2 k", "│ Q6 ");
    assert_row(&f, "Esc", "│ Q6 ");
    assert_non_null(strstr(session_fixture_screen(&f, false, &screen), "│   第"));
    /* The text's own search has nothing to do with it. */
    session_fixture_type(&f, "Esc Tab / '社区工作者 Enter");
    assert_non_null(strstr(session_fixture_row(&f, -1, &screen), " of "));
    session_fixture_type(&f, "I O");
    assert_non_null(strstr(session_fixture_screen(&f, false, &screen), "\n 10:22:09 Q1 "));
    session_fixture_resize(&f, 40, 120);
    session_fixture_type(&f, "O");
    assert_null(strstr(session_fixture_screen(&f, false, &screen), "Outline"));
    session_fixture_type(&f, "j");
    buffer_release(&screen);
    session_fixture_close(&f);
}

static void session_draw__nothing_yet__says_so(void **state)
{
    size_t k;

    (void)state;
    for (k = 0; k < GOLDEN_SIZES; k++) {
        struct session_fixture f;

        session_fixture_open(
            &f, &(struct session_fixture_options){.rows = golden_sizes[k].rows,
                                                  .columns = golden_sizes[k].columns,
                                                  .name = "empty.txt"});
        check_golden(&f, "empty", false);
        session_loading(f.session, 40, false, NULL);
        check_golden(&f, "loading", false);
        session_fixture_close(&f);
    }
}

static void session_draw__problems__are_reported_and_listed(void **state)
{
    struct diagnostics found = {0};
    size_t k;
    int i;

    (void)state;
    diagnostics_add(&found, SEVERITY_WARNING, 3, 17, "'end' is before 'start'");
    diagnostics_add(&found, SEVERITY_ERROR, 9, 1, "expected a string");
    for (i = 0; i < 60; i++)
        diagnostics_add(&found, SEVERITY_WARNING, 10 + (uint64_t)i, 2,
                        "invalid bytes, of which a rather long account is given here");
    for (k = 0; k < GOLDEN_SIZES; k++) {
        struct session_fixture f;

        session_fixture_open(
            &f, &(struct session_fixture_options){.file = HEARING,
                                                  .rows = golden_sizes[k].rows,
                                                  .columns = golden_sizes[k].columns});
        session_loading(f.session, 100, true, &found);
        check_golden(&f, "problems-told", false);
        session_fixture_type(&f, ": 'problems Enter j");
        check_golden(&f, "problems-listed", false);
        session_fixture_close(&f);
    }
    diagnostics_release(&found);
}

/* A title and names that are long or hostile stay in their places. */
static void session_draw__hostile_names__stay_in_their_places(void **state)
{
    static const char text[] =
        "{\"format\":\"shilu\",\"version\":1,\"title\":\"\\u001b["
        "2J\\u202e很長很長很長很長很長很長很長"
        "很長很長很長很長很長很長很長 and on and on and on and on and on and on and on and on "
        "and on\","
        "\"segments\":[{\"speaker\":\"\\u001b]0;"
        "x\\u0007名字很長很長很長很長很長很長很長很長很長很長很長"
        "很長很長很長 e\\u0301\\u0301\\u0301\\u0301\\u0301\\u0301\",\"text\":\"\\u009b31m "
        "\\u202e\\u2066"
        "\\u0000 ok\"},{\"speaker\":\"\\r\\n\\t\\u007f\",\"text\":\"\\u0008\\u0008 tail\"}]}";
    size_t k;

    (void)state;
    for (k = 0; k < GOLDEN_SIZES; k++) {
        struct session_fixture f;

        session_fixture_open(
            &f, &(struct session_fixture_options){.text = text,
                                                  .rows = golden_sizes[k].rows,
                                                  .columns = golden_sizes[k].columns});
        check_golden(&f, "hostile", false);
        golden_check_cells(&f.grid);
        session_fixture_type(&f, "s");
        check_golden(&f, "hostile-speakers", false);
        golden_check_cells(&f.grid);
        session_fixture_close(&f);
    }
}

/* 120x40 to 40x20 and back is the screen that was, from many places. */
static void session_resize__smaller_and_back__is_the_same_screen(void **state)
{
    static const char *const places[] = {"",
                                         "j",
                                         "j j j j j j j",
                                         "Space",
                                         "d d d",
                                         "G",
                                         "G k k",
                                         "] ]",
                                         "t '10:16 Enter",
                                         "} } } }",
                                         "/ '水 Enter n n n n n",
                                         "] ] ] ] j j j j",
                                         "s 'falk Enter j j",
                                         "G k k k k k k k"};
    static const int others[][2] = {{20, 40}, {24, 80}, {5, 20}, {100, 300}, {1, 1}, {40, 119}};
    struct buffer before = {0};
    struct buffer after = {0};
    size_t i;
    size_t k;

    (void)state;
    for (i = 0; i < sizeof places / sizeof *places; i++) {
        struct session_fixture f;

        session_fixture_open(
            &f, &(struct session_fixture_options){.file = HEARING, .rows = 40, .columns = 120});
        session_fixture_type(&f, places[i]);
        session_fixture_screen(&f, true, &before);
        for (k = 0; k < sizeof others / sizeof *others; k++) {
            session_fixture_resize(&f, others[k][0], others[k][1]);
            session_fixture_screen(&f, true, &after);
            session_fixture_resize(&f, 40, 120);
            session_fixture_screen(&f, true, &after);
            golden_compare(places[i], others[k][0], others[k][1], buffer_string(&before),
                           buffer_string(&after));
        }
        session_fixture_close(&f);
    }
    buffer_release(&before);
    buffer_release(&after);
}

/* With the page not at the end, the words on the top row are the same at any width. */
static void session_resize__another_width__keeps_the_words_at_the_top(void **state)
{
    int place;

    (void)state;
    for (place = 0; place < 30; place++) {
        struct session_fixture f;
        int columns;
        int at;
        int i;

        session_fixture_open(
            &f, &(struct session_fixture_options){.file = HEARING, .rows = 10, .columns = 100});
        for (i = 0; i < place; i++)
            session_fixture_type(&f, "j");
        at = session_fixture_at(&f);
        for (columns = 20; columns < 200; columns += 13) {
            session_fixture_resize(&f, 10, columns);
            assert_int_equal(session_fixture_at(&f), at);
        }
        session_fixture_close(&f);
    }
}

/* Where ambiguous characters are wide no screen may hold one that the program itself drew. */
static void session_draw__ambiguous_wide__draws_rules_and_bars_in_ascii(void **state)
{
    static const char text[] = "A: one\nB: two\nA: three\n";
    static const char *const keys[] = {"", "T", "F1", "s", "/ 'o L", "O"};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct buffer out = {0};
        struct session_fixture f;
        const char *c;

        session_fixture_open(
            &f, &(struct session_fixture_options){
                    .text = text, .ambiguous_wide = true, .rows = 24, .columns = 120});
        session_fixture_type(&f, keys[i]);
        for (c = session_fixture_screen(&f, false, &out); *c != '\0'; c++)
            assert_true((unsigned char)*c < 0x80);
        buffer_release(&out);
        session_fixture_close(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(session_draw__each_scene__is_as_the_golden_screen),
        cmocka_unit_test(session_draw__wide_window__has_the_outline_beside),
        cmocka_unit_test(session_outline__beside_the_text__is_moved_in_and_searched),
        cmocka_unit_test(session_outline__key_of_one_question__reads_only_that),
        cmocka_unit_test(session_open_notes__with_tags__shows_those_that_have_them),
        cmocka_unit_test(session_draw__nothing_yet__says_so),
        cmocka_unit_test(session_draw__problems__are_reported_and_listed),
        cmocka_unit_test(session_draw__hostile_names__stay_in_their_places),
        cmocka_unit_test(session_resize__smaller_and_back__is_the_same_screen),
        cmocka_unit_test(session_resize__another_width__keeps_the_words_at_the_top),
        cmocka_unit_test(session_draw__ambiguous_wide__draws_rules_and_bars_in_ascii),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
