/* Golden screens of the library. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "golden_support.h"
#include "library_fixture.h"
#include "shilu/base/translate.h"

enum { RECORDS = 60, READ = 3 };

/* So many speakers in turn; every fourth segment is a question to the next one. */
static void write_meeting(int number, const char *title, int segments, int speakers)
{
    struct buffer text = {0};
    char path[80];

    buffer_append_format(&text,
                         "{\"format\":\"shilu\",\"version\":1,\"title\":\"%s %d\","
                         "\"date\":\"20%02d-%02d-%02d\",\"clock\":\"elapsed\",\"segments\":[",
                         title, number, number % 40, number % 12 + 1, number * 7 % 28 + 1);
    for (int i = 0; i < segments; i++)
        buffer_append_format(&text,
                             "%s{\"speaker\":\"%s %d\",\"start\":%d,\"kind\":\"%s\","
                             "\"text\":\"%s\"}",
                             i > 0 ? "," : "", i % 2 == 0 ? "委員" : "Member", i % speakers,
                             i * (20 + number), i % 4 == 0 ? "question" : "answer",
                             i == 5 ? "The reservoir holds less water than it did in May, "
                                      "and nobody knows where the water has gone."
                             : i == 6 ? "水位每天下降兩公分，請問署長什麼時候修好大壩？"
                                      : "We go on.");
    buffer_append_string(&text, "]}");
    snprintf(path, sizeof path, "shelf/%02d/meeting-%d.json", number % 7, number);
    library_fixture_write(path, buffer_string(&text));
    buffer_release(&text);
}

static int set_up(void **state)
{
    static const char *const titles[] = {"Budget committee", "水資源委員會",
                                         "Ausschuss für Verkehr", "国会予算委員会",
                                         "예산위원회"};

    if (library_fixture_set_up(state) != 0)
        return -1;
    for (int i = 0; i < RECORDS; i++)
        write_meeting(i, titles[i % 5], 3 + i * 5 % 17, 2 + i % 6);
    library_fixture_write("shelf/interview.srt",
                          "1\n00:00:01,000 --> 00:00:04,000\nHello there.\n");
    library_fixture_write("shelf/notes.txt", "Ann: one.\nBen: two.\nAnn: three.\nBen: four.\n");
    library_fixture_write("shelf/picture.png", "\x89PNG\r\n\x1a\n\x01\x02\x03\xff\xfe");
    return 0;
}

struct scene {
    const char *name;
    const char *keys;
    bool styles;
    const char *language; /* of the messages; NULL: English */
};

static const struct scene scenes[] = {
    {.name = "library", .keys = "", .styles = true},
    {.name = "library-end", .keys = "G"},
    {.name = "library-by-length", .keys = ": 'sort Space 'len Enter r j j"},
    {.name = "library-filter-typed", .keys = "& '水資", .styles = true},
    {.name = "library-filtered", .keys = "& '2014 Enter j"},
    {.name = "library-no-match", .keys = "& 'zeppelin Enter"},
    {.name = "library-search-typed", .keys = "/ 'wat"},
    {.name = "library-hits", .keys = "/ 'water Enter }", .styles = true},
    {.name = "library-hits-han", .keys = "/ '大坝 Enter n"},
    {.name = "library-no-hit", .keys = "/ 'zeppelin Enter"},
    {.name = "library-command", .keys = ": 'theme"},
    {.name = "library-error", .keys = ": 'sort Space 'zebra Enter"},
    {.name = "library-help", .keys = "F1"},
    {.name = "zh_TW-library", .keys = "", .language = "zh_TW"},
    {.name = "zh_TW-library-hits", .keys = "/ 'water Enter }", .language = "zh_TW"},
    {.name = "zh_TW-library-unreadable", .keys = "X", .language = "zh_TW"},
    {.name = "zh_CN-library-no-match", .keys = "& 'zeppelin Enter", .language = "zh_CN"},
    {.name = "zh_CN-library-help", .keys = "F1", .language = "zh_CN"},
    {.name = "ja-library", .keys = "", .language = "ja"},
    {.name = "ja-library-hits", .keys = "/ 'water Enter }", .language = "ja"},
    {.name = "ko-library", .keys = "", .language = "ko"},
    {.name = "ko-library-error", .keys = ": 'sort Space 'zebra Enter", .language = "ko"},
};

static void check(struct library_fixture *f, const char *name, bool styles)
{
    struct buffer screen = {0};

    library_fixture_screen(f);
    buffer_append_string(&screen, library_fixture_screen_now(f, styles));
    golden_check(name, f->grid.rows, f->grid.columns, &screen);
    golden_check_cells(&f->grid);
    buffer_release(&screen);
}

static void library_session_draw__each_scene__is_as_the_golden_screen(void **state)
{
    struct library_fixture f;

    (void)state;
    for (size_t i = 0; i < sizeof scenes / sizeof *scenes; i++) {
        for (size_t k = 0; k < GOLDEN_SIZES; k++) {
            if (!translate_use(scenes[i].language != NULL ? scenes[i].language : "en"))
                continue; /* a build without msgfmt */
            library_fixture_open(&f, "shelf", golden_sizes[k].rows, golden_sizes[k].columns);
            library_fixture_screen(&f);
            library_fixture_type(&f, scenes[i].keys);
            check(&f, scenes[i].name, scenes[i].styles);
            library_fixture_close(&f);
        }
    }
    translate_use("en");
}

static void library_session_draw__while_it_is_read__shows_what_is_known(void **state)
{
    struct library_fixture f;

    (void)state;
    for (size_t k = 0; k < GOLDEN_SIZES; k++) {
        struct buffer screen = {0};

        library_fixture_open(&f, "shelf", golden_sizes[k].rows, golden_sizes[k].columns);
        while (library_find(f.library, 1000))
            continue;
        buffer_append_string(&screen, library_fixture_screen_now(&f, false));
        golden_check("library-found", f.grid.rows, f.grid.columns, &screen);
        while (library_count(f.library) < READ)
            ui_step(f.ui, 0);
        buffer_clear(&screen);
        buffer_append_string(&screen, library_fixture_screen_now(&f, false));
        golden_check("library-reading", f.grid.rows, f.grid.columns, &screen);
        buffer_release(&screen);
        library_fixture_close(&f);
    }
}

static void library_session_draw__empty_folder__says_so(void **state)
{
    struct library_fixture f;

    (void)state;
    library_fixture_write("empty/.hidden.txt", "Ann: one.\nBen: two.\nAnn: three.\n");
    for (size_t k = 0; k < GOLDEN_SIZES; k++) {
        library_fixture_open(&f, "empty", golden_sizes[k].rows, golden_sizes[k].columns);
        check(&f, "library-empty", false);
        library_fixture_close(&f);
    }
}

/* Whatever a title or a file name contains stays in its column, and is shown as what it is. */
static void library_session_draw__hostile_names__stay_in_their_places(void **state)
{
    struct library_fixture f;

    (void)state;
    library_fixture_write_record("names/han.json",
                                 "行政院院會後記者會（第３９２次）會議紀錄全文", "water");
    library_fixture_write_record("names/kana.json", "ﾊﾝｶｸと全角カタカナの記録", "water");
    library_fixture_write_record("names/hangul.json", "국회 본회의 제389회 회의록", "water");
    library_fixture_write_record("names/arabic.json", "محضر جلسة مجلس النواب", "water");
    library_fixture_write_record("names/combining.json",
                                 "Cafe\\u0301 e\\u0301\\u0301\\u0301\\u0301", "water");
    library_fixture_write_record(
        "names/long.json",
        "A title that goes on and on and on and on and on and on and on and on and on "
        "and on and on and on, 很長很長很長很長很長很長很長很長很長很長很長很長很長很長",
        "water");
    library_fixture_write_record("names/escape.json", "\\u001b[2J\\u202edrow\\u0007 \\u009b31m",
                                 "water");
    library_fixture_write("names/\x1b[2J\x1b]0;owned\x07.txt",
                          "Ann: water.\nBen: two.\nAnn: three.\n");
    library_fixture_write("names/new\nline.txt", "Ann: water.\nBen: two.\nAnn: three.\n");
    library_fixture_write("names/\xff\xfe bytes \xe6\xb0.txt",
                          "Ann: water.\nBen: two.\nAnn: three.\n");
    for (size_t k = 0; k < GOLDEN_SIZES; k++) {
        library_fixture_open(&f, "names", golden_sizes[k].rows, golden_sizes[k].columns);
        check(&f, "library-names", false);
        library_fixture_type(&f, "/ 'water Enter");
        check(&f, "library-names-hits", false);
        library_fixture_type(&f, "q & 'bytes Enter");
        check(&f, "library-names-filtered", false);
        library_fixture_close(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(library_session_draw__each_scene__is_as_the_golden_screen),
        cmocka_unit_test(library_session_draw__while_it_is_read__shows_what_is_known),
        cmocka_unit_test(library_session_draw__empty_folder__says_so),
        cmocka_unit_test(library_session_draw__hostile_names__stay_in_their_places),
    };

    return cmocka_run_group_tests(tests, set_up, library_fixture_tear_down);
}
