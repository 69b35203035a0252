/* The list of a library under one's fingers: moving, sorting, filtering, searching, commands.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "library_support.h"
#include "shilu/text/utf8.h"

enum { MANY = 50 };

static int set_up(void **state)
{
    if (shelf_set_up(state) != 0)
        return -1;
    shelf_write_record("shelf/b.json", "Beta 會議", "the dam is safe");
    shelf_write_record("shelf/sub/a.json", "Alpha", "nothing of note");
    for (int i = 1; i <= MANY; i++) {
        char path[40];
        char title[40];

        snprintf(path, sizeof path, "many/%d.json", i);
        snprintf(title, sizeof title, "Meeting %d", i);
        shelf_write_record(path, title, i % 10 == 0 ? "a dam, and a dam" : "nothing");
    }
    return 0;
}

static void assert_shows(const char *screen, const char *text, bool shown)
{
    if ((strstr(screen, text) != NULL) != shown)
        fail_msg("'%s' is%s on the screen:\n%s", text, shown ? " not" : "", screen);
}

static void library_session__sizes__keep_the_title(void **state)
{
    static const int sizes[][2] = {{40, 120}, {24, 80}, {20, 40}, {5, 20}};

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        struct shelf_desk d;

        shelf_open(&d, "shelf", sizes[i][0], sizes[i][1]);
        assert_shows(shelf_screen(&d), "Alpha", true);
        shelf_close(&d);
    }
}

static void library_session__sort_and_filter__keep_the_choice(void **state)
{
    struct shelf_desk d;
    const char *screen;

    (void)state;
    shelf_open(&d, "shelf", 10, 80);
    shelf_screen(&d);
    shelf_type(&d, "j r");
    screen = shelf_screen(&d);
    assert_true(strstr(screen, "Beta") < strstr(screen, "Alpha"));
    assert_shows(screen, "1 of 2", true);
    shelf_type(&d, "& 'bet");
    assert_shows(shelf_screen(&d), "Alpha", false);
    shelf_type(&d, "Enter Enter");
    assert_non_null(strstr(d.opened, "b.json"));
    assert_false(d.has_hit);
    shelf_close(&d);
}

static void library_session__search__lists_hits_by_transcript(void **state)
{
    struct shelf_desk d;
    const char *screen;

    (void)state;
    shelf_open(&d, "shelf", 10, 80);
    shelf_screen(&d);
    shelf_type(&d, "/ 'DAM Backspace Backspace Backspace 'dam Enter");
    screen = shelf_screen(&d);
    assert_shows(screen, "1 hit in 1 transcript", true);
    assert_shows(screen, "0:01:10 乙", true);
    assert_shows(screen, "the dam is safe", true);
    shelf_type(&d, "Enter");
    assert_non_null(strstr(d.opened, "b.json"));
    assert_int_equal(d.hit.segment, 1);
    assert_string_equal(d.query, "dam");
    shelf_type(&d, "q");
    assert_shows(shelf_screen(&d), "2 transcripts", true);
    assert_false(d.ui->over);
    shelf_type(&d, "q");
    assert_true(d.ui->over);
    shelf_close(&d);
}

static void library_session__keys__move_as_in_less(void **state)
{
    static const struct {
        const char *keys;
        const char *place;
    } steps[] = {
        {"j", "2 of 50"},         {"Down", "3 of 50"},    {"k", "2 of 50"},
        {"Up", "1 of 50"},        {"k", "1 of 50"},       {"5 j", "6 of 50"},
        {"G", "50 of 50"},        {"j", "50 of 50"},      {"g", "1 of 50"},
        {"1 2 G", "12 of 50"},    {"Home", "1 of 50"},    {"End", "50 of 50"},
        {"9 9 9 G", "50 of 50"},  {"5 0 %", "26 of 50"},  {"g ^F", "20 of 50"},
        {"^B", "1 of 50"},        {"Space", "20 of 50"},  {"b", "1 of 50"},
        {"PgDn", "20 of 50"},     {"PgUp", "1 of 50"},    {"^D", "11 of 50"},
        {"^U", "1 of 50"},        {"d", "11 of 50"},      {"u", "1 of 50"},
        {"WheelDown", "4 of 50"}, {"WheelUp", "1 of 50"}, {": '17 Enter", "17 of 50"},
    };
    struct shelf_desk d;

    (void)state;
    shelf_open(&d, "many", 23, 80);
    shelf_screen(&d);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        shelf_type(&d, steps[i].keys);
        if (strstr(shelf_screen(&d), steps[i].place) == NULL)
            fail_msg("after '%s' it is not at %s:\n%s", steps[i].keys, steps[i].place,
                     shelf_screen(&d));
    }
    ui_key(d.ui, (struct key){.code = KEY_CODE_CLICK, .row = 4, .column = 9});
    shelf_assert(&d, " 3 of 50", true);
    shelf_close(&d);
}

static void library_session__filter__chooses_while_one_types(void **state)
{
    struct shelf_desk d;

    (void)state;
    shelf_open(&d, "many", 23, 80);
    shelf_screen(&d);
    shelf_type(&d, "& 'ting-3 Backspace Backspace");
    shelf_assert(&d, "50 of 50 transcripts", true);
    shelf_type(&d, "^U 'meeting Space '4 Down Down");
    shelf_assert(&d, "11 of 50 transcripts", true);
    shelf_type(&d, "Enter");
    shelf_assert(&d, "3 of 11", true);
    shelf_type(&d, "& '9");
    shelf_assert(&d, "1 of 50 transcripts", true);
    shelf_type(&d, "Esc"); /* as it was before that prompt */
    shelf_assert(&d, "11 of 50 transcripts", true);
    shelf_type(&d, "& '( Backspace ^U '\\v(");
    shelf_assert(&d, "missing", true);
    shelf_assert(&d, "50 of 50 transcripts", false);
    shelf_type(&d, "Esc Esc");
    shelf_assert(&d, "50 transcripts", true);
    shelf_close(&d);
}

static void library_session__commands__are_those_of_the_reader(void **state)
{
    struct shelf_desk d;

    (void)state;
    shelf_open(&d, "many", 23, 80);
    shelf_screen(&d);
    shelf_type(&d, ": 'sort Space 'title Enter r");
    shelf_assert(&d, "by Title, reversed", true);
    shelf_type(&d, ": 'narrow Space 'ting Space '1 Enter");
    shelf_assert(&d, "11 of 50 transcripts", true);
    shelf_type(&d, ": 'search Space 'dam Enter");
    shelf_assert(&d, "2 hits in 1 transcript", true);
    shelf_type(&d, "q : 'theme Space 'ink Enter");
    assert_string_equal(d.theme, "ink");
    shelf_type(&d, ": 'solo Enter");
    shelf_assert(&d, "only available in a transcript", true);
    shelf_type(&d, ": 'srot Enter");
    shelf_assert(&d, "did you mean 'sort'", true);
    shelf_type(&d, ": 'he Tab Enter");
    shelf_assert(&d, "Moving", true);
    shelf_type(&d, "q : 'q Enter");
    assert_true(d.ui->over);
    d.ui->over = false;
    shelf_type(&d, "Z Z");
    assert_true(d.ui->over);
    shelf_type(&d, "^Z");
    assert_int_equal(d.suspends, 1);
    shelf_close(&d);
}

static void library_session__hits__are_walked_by_hit_and_by_transcript(void **state)
{
    static const struct {
        const char *keys;
        const char *path;
        uint32_t byte;
    } steps[] = {
        {"", "many/10.json", 2},    {"n", "many/10.json", 2},  {"n", "many/10.json", 13},
        {"n", "many/20.json", 2},   {"N", "many/10.json", 13}, {"}", "many/20.json", 2},
        {"2 }", "many/40.json", 2}, {"{", "many/30.json", 2},  {"q n", "many/30.json", 2},
        {"G", "many/50.json", 13},  {"n", "many/50.json", 13}};
    struct shelf_desk d;

    (void)state;
    shelf_open(&d, "many", 23, 80);
    shelf_screen(&d);
    shelf_type(&d, "n");
    shelf_assert(&d, "search first", true);
    shelf_type(&d, "/ 'dam Enter");
    shelf_assert(&d, "10 hits in 5 transcripts", true);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        shelf_type(&d, steps[i].keys);
        shelf_type(&d, "Enter");
        assert_string_equal(d.opened, steps[i].path);
        assert_true(d.has_hit);
        assert_int_equal(d.hit.segment, 1);
        assert_int_equal(d.hit.byte, steps[i].byte);
    }
    shelf_close(&d);
}

/* What is found after the search was asked for is searched too. */
/* What is found is limited to who said it, and when. */
static void library_session__search__is_limited_by_speaker_and_time(void **state)
{
    static const struct {
        const char *keys; /* before the search */
        const char *said;
    } rows[] = {
        {"", "6 hits in 3 transcripts"},
        {"s 'ann Enter", "3 hits in 3 transcripts  by ann"},
        {"s 'ben, Space 'nobody Enter", "3 hits in 3 transcripts  by ben, nobody"},
        {"s 'nobody Enter", "3 transcripts searched  by nobody"},
        {"t '2019 Enter", "2 hits in 1 transcript  2019"},
        {"t '2019..2020-03 Enter", "4 hits in 2 transcripts  2019..2020-03"},
        {"t '2020-03-09.. Enter", "4 hits in 2 transcripts  2020-03-09.."},
        {"t '..2020/3/9 Enter", "4 hits in 2 transcripts  ..2020/3/9"},
        {"t '..2018 Enter", "3 transcripts searched  ..2018"},
        {"t '1:00.. Enter", "3 hits in 3 transcripts  1:00.."},
        {"t '0..0:30 Enter s 'ben Enter", "3 transcripts searched  by ben  0..0:30"},
        {"s 'ben Enter t '2021-05-02 Enter", "1 hit in 1 transcript  by ben  2021-05-02"},
        {"t 'soon Enter", "6 hits in 3 transcripts"},
        {"t '2020..2019 Enter", "6 hits in 3 transcripts"},
        {"s 'ben Enter Esc", "6 hits in 3 transcripts"},
    };
    static const char *const dates[] = {"2019-12-31", "2020-03-09", "2021-05-02"};

    (void)state;
    for (int i = 0; i < 3; i++) {
        char path[40];
        char text[400];

        snprintf(path, sizeof path, "limits/%d.json", i);
        snprintf(text, sizeof text,
                 "{\"format\":\"shilu\",\"version\":1,\"date\":\"%s\",\"clock\":\"elapsed\","
                 "\"segments\":[{\"speaker\":\"Ann\",\"start\":0,\"text\":\"a pear\"},"
                 "{\"speaker\":\"Ben\",\"start\":70,\"text\":\"a pear too\"}]}",
                 dates[i]);
        shelf_write(path, text);
    }
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct shelf_desk d;

        shelf_open(&d, "limits", 24, 160);
        shelf_screen(&d);
        shelf_type(&d, rows[i].keys);
        shelf_type(&d, "/ 'pear Enter");
        if (strstr(shelf_screen(&d), rows[i].said) == NULL)
            fail_msg("'%s' does not say '%s':\n%s", rows[i].keys, rows[i].said,
                     shelf_screen(&d));
        shelf_close(&d);
    }
}

/* A hit, or a file, is handed to another program. */
static void library_session__programs__get_the_hit(void **state)
{
    struct shelf_desk d;

    (void)state;
    shelf_write("programs/a.srt", "1\n00:00:01,000 --> 00:00:02,000\nAnn: One.\n\n"
                                  "2\n00:01:10,500 --> 00:01:12,000\nBen: A cold pear.\n");
    shelf_write_record("programs/b.json", "Second", "it's another pear");
    shelf_open(&d, "programs", 24, 80);
    shelf_screen(&d);
    shelf_type(&d, "E");
    assert_non_null(strstr(d.ran, "set -- +1 'programs/a.srt'; eval"));
    shelf_type(&d, "| 'sort Enter");
    assert_string_equal(d.ran, "sort");
    assert_string_equal(d.input, "programs/a.srt\nprograms/b.json\n");
    shelf_type(&d, "/ 'pear Enter");
    shelf_screen(&d);
    shelf_type(&d, "E");
    assert_non_null(strstr(d.ran, "set -- +7 'programs/a.srt'; eval"));
    shelf_type(&d, "n ! 'mpv Space '--start={time} Space '{path} Enter");
    assert_string_equal(d.ran, "mpv --start='70.500' 'programs/a.srt'");
    shelf_type(&d, "n ! 'say Space '{speaker} Space '{quote} Enter");
    assert_string_equal(d.ran, "say '乙' 'it'\\''s another pear'");
    shelf_type(&d, "| 'wc Enter");
    assert_string_equal(d.input, "programs/a.srt:0:01:10:Ben:A cold pear.\n"
                                 "programs/b.json:0:01:10:乙:it's another pear\n");
    shelf_type(&d, "P");
    shelf_assert(&d, "no command is set", true);
    shelf_close(&d);
}

static void library_session__search_while_reading__comes_to_all(void **state)
{
    struct shelf_desk d;

    (void)state;
    shelf_open(&d, "many", 23, 80);
    while (library_count(d.library) < 3)
        ui_step(d.ui, 0);
    shelf_type(&d, "/ 'dam Enter");
    shelf_screen(&d);
    shelf_assert(&d, "10 hits in 5 transcripts", true);
    shelf_close(&d);
}

/* A blank has another name as a key. */
static size_t paste_letter(struct shelf_desk *d, const char *text)
{
    struct key key = {.pasted = true};
    size_t bytes = utf8_decode(text, strlen(text), &key.code);

    ui_key(d->ui, key);
    return bytes;
}

/* Whether or not the raw bytes show that a file cannot match. */
static void library_session__search__finds_however_it_is_written(void **state)
{
    static const struct {
        const char *query;
        const char *count;
    } searches[] = {
        {"water", "5 hits in 5"},
        {"Water", "2 hits in 2"},
        {"水", "2 hits in 2"},
        {"国", "2 hits in 2"},
        {"=国", "0 hits"},
        {"\\vwat.r", "3 hits in 3"},
        {"wat", "5 hits in 5"},
        {"wasser", "1 hit in 1"},
        {"ss w", "1 hit in 1"},
        {"start", "0 hits"},
        {"\\v^Water", "2 hits in 2"},
        {"fu\u00DFball", "1 hit in 1"},
    };
    struct shelf_desk d;

    (void)state;
    shelf_write_record("written/raw.json", "A", "the water, 水, 國");
    shelf_write_record("written/escaped.json", "B", "Water\\u6c34 \\u570b");
    shelf_write_record("written/broken.json", "C", "water \xE6\xB0 and Fu\u00DFball");
    shelf_write("written/caption.srt", "1\n00:00:01,000 --> 00:00:04,000\nWater there.\n");
    shelf_write("written/names.txt",
                "Ann: la wáter.\nBen: das Wasser.\nAnn: water.\nBen: nass was.\n");
    shelf_open(&d, "written", 23, 80);
    shelf_screen(&d);
    for (size_t i = 0; i < sizeof searches / sizeof *searches; i++) {
        const char *letter;

        shelf_type(&d, "/");
        for (letter = searches[i].query; *letter != '\0';)
            letter += paste_letter(&d, letter);
        shelf_type(&d, "Enter");
        if (strncmp(searches[i].count, "0 ", 2) == 0)
            shelf_assert(&d, "no hit", true);
        else
            shelf_assert(&d, searches[i].count, true);
    }
    shelf_close(&d);
}

/* As in the record itself, a theme of shapes has them in the preview. */
static void library_session__theme_with_shapes__has_them_in_the_preview(void **state)
{
    static const char *const shapes[] = {"● 乙", "▲ 乙", "■ 乙", "◆ 乙", "▼ 乙", "★ 乙",
                                         "○ 乙", "△ 乙", "□ 乙", "◇ 乙", "▽ 乙", "☆ 乙"};
    struct shelf_desk d;
    int before = 0;
    int with = 0;

    (void)state;
    shelf_open(&d, "shelf", 23, 140);
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        before += strstr(shelf_screen(&d), shapes[i]) != NULL;
    d.ui->settings.shapes = true;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        with += strstr(shelf_screen(&d), shapes[i]) != NULL;
    assert_int_equal(before, 0);
    assert_int_equal(with, 1);
    shelf_close(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(library_session__sizes__keep_the_title),
        cmocka_unit_test(library_session__sort_and_filter__keep_the_choice),
        cmocka_unit_test(library_session__search__lists_hits_by_transcript),
        cmocka_unit_test(library_session__keys__move_as_in_less),
        cmocka_unit_test(library_session__filter__chooses_while_one_types),
        cmocka_unit_test(library_session__commands__are_those_of_the_reader),
        cmocka_unit_test(library_session__hits__are_walked_by_hit_and_by_transcript),
        cmocka_unit_test(library_session__search__finds_however_it_is_written),
        cmocka_unit_test(library_session__search_while_reading__comes_to_all),
        cmocka_unit_test(library_session__programs__get_the_hit),
        cmocka_unit_test(library_session__search__is_limited_by_speaker_and_time),
        cmocka_unit_test(library_session__theme_with_shapes__has_them_in_the_preview),
    };

    return cmocka_run_group_tests(tests, set_up, shelf_tear_down);
}
