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

#include "library_fixture.h"
#include "shilu/text/utf8.h"

enum { MANY = 50 };

static int set_up(void **state)
{
    if (library_fixture_set_up(state) != 0)
        return -1;
    library_fixture_write_record("shelf/b.json", "Beta 會議", "the dam is safe");
    library_fixture_write_record("shelf/sub/a.json", "Alpha", "nothing of note");
    for (int i = 1; i <= MANY; i++) {
        char path[40];
        char title[40];

        snprintf(path, sizeof path, "many/%d.json", i);
        snprintf(title, sizeof title, "Meeting %d", i);
        library_fixture_write_record(path, title, i % 10 == 0 ? "a dam, and a dam" : "nothing");
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
        struct library_fixture f;

        library_fixture_open(&f, "shelf", sizes[i][0], sizes[i][1]);
        assert_shows(library_fixture_screen(&f), "Alpha", true);
        library_fixture_close(&f);
    }
}

static void library_session__sort_and_filter__keep_the_choice(void **state)
{
    struct library_fixture f;
    const char *screen;

    (void)state;
    library_fixture_open(&f, "shelf", 10, 80);
    library_fixture_screen(&f);
    library_fixture_type(&f, "j r");
    screen = library_fixture_screen(&f);
    assert_true(strstr(screen, "Beta") < strstr(screen, "Alpha"));
    assert_shows(screen, "1 of 2", true);
    library_fixture_type(&f, "& 'bet");
    assert_shows(library_fixture_screen(&f), "Alpha", false);
    library_fixture_type(&f, "Enter Enter");
    assert_non_null(strstr(f.opened, "b.json"));
    assert_false(f.has_hit);
    library_fixture_close(&f);
}

static void library_session__search__lists_hits_by_transcript(void **state)
{
    struct library_fixture f;
    const char *screen;

    (void)state;
    library_fixture_open(&f, "shelf", 10, 80);
    library_fixture_screen(&f);
    library_fixture_type(&f, "/ 'DAM Backspace Backspace Backspace 'dam Enter");
    screen = library_fixture_screen(&f);
    assert_shows(screen, "1 hit in 1 transcript", true);
    assert_shows(screen, "0:01:10 乙", true);
    assert_shows(screen, "the dam is safe", true);
    library_fixture_type(&f, "Enter");
    assert_non_null(strstr(f.opened, "b.json"));
    assert_int_equal(f.hit.segment, 1);
    assert_string_equal(f.query, "dam");
    library_fixture_type(&f, "q");
    assert_shows(library_fixture_screen(&f), "2 transcripts", true);
    assert_false(f.ui->over);
    library_fixture_type(&f, "q");
    assert_true(f.ui->over);
    library_fixture_close(&f);
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
    struct library_fixture f;

    (void)state;
    library_fixture_open(&f, "many", 23, 80);
    library_fixture_screen(&f);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        library_fixture_type(&f, steps[i].keys);
        if (strstr(library_fixture_screen(&f), steps[i].place) == NULL)
            fail_msg("after '%s' it is not at %s:\n%s", steps[i].keys, steps[i].place,
                     library_fixture_screen(&f));
    }
    ui_key(f.ui, (struct key){.code = KEY_CODE_CLICK, .row = 4, .column = 9});
    library_fixture_assert(&f, " 3 of 50", true);
    library_fixture_close(&f);
}

static void library_session__filter__chooses_while_one_types(void **state)
{
    struct library_fixture f;

    (void)state;
    library_fixture_open(&f, "many", 23, 80);
    library_fixture_screen(&f);
    library_fixture_type(&f, "& 'ting-3 Backspace Backspace");
    library_fixture_assert(&f, "50 of 50 transcripts", true);
    library_fixture_type(&f, "^U 'meeting Space '4 Down Down");
    library_fixture_assert(&f, "11 of 50 transcripts", true);
    library_fixture_type(&f, "Enter");
    library_fixture_assert(&f, "3 of 11", true);
    library_fixture_type(&f, "& '9");
    library_fixture_assert(&f, "1 of 50 transcripts", true);
    library_fixture_type(&f, "Esc"); /* as it was before that prompt */
    library_fixture_assert(&f, "11 of 50 transcripts", true);
    library_fixture_type(&f, "& '( Backspace ^U '\\v(");
    library_fixture_assert(&f, "missing", true);
    library_fixture_assert(&f, "50 of 50 transcripts", false);
    library_fixture_type(&f, "Esc Esc");
    library_fixture_assert(&f, "50 transcripts", true);
    library_fixture_close(&f);
}

static void library_session__commands__are_those_of_the_reader(void **state)
{
    struct library_fixture f;

    (void)state;
    library_fixture_open(&f, "many", 23, 80);
    library_fixture_screen(&f);
    library_fixture_type(&f, ": 'sort Space 'title Enter r");
    library_fixture_assert(&f, "by Title, reversed", true);
    library_fixture_type(&f, ": 'narrow Space 'ting Space '1 Enter");
    library_fixture_assert(&f, "11 of 50 transcripts", true);
    library_fixture_type(&f, ": 'search Space 'dam Enter");
    library_fixture_assert(&f, "2 hits in 1 transcript", true);
    library_fixture_type(&f, "q : 'theme Space 'ink Enter");
    assert_string_equal(f.theme, "ink");
    library_fixture_type(&f, ": 'solo Enter");
    library_fixture_assert(&f, "only available in a transcript", true);
    library_fixture_type(&f, ": 'srot Enter");
    library_fixture_assert(&f, "did you mean 'sort'", true);
    library_fixture_type(&f, ": 'he Tab Enter");
    library_fixture_assert(&f, "Moving", true);
    library_fixture_type(&f, "q : 'q Enter");
    assert_true(f.ui->over);
    f.ui->over = false;
    library_fixture_type(&f, "Z Z");
    assert_true(f.ui->over);
    library_fixture_type(&f, "^Z");
    assert_int_equal(f.suspends, 1);
    library_fixture_close(&f);
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
    struct library_fixture f;

    (void)state;
    library_fixture_open(&f, "many", 23, 80);
    library_fixture_screen(&f);
    library_fixture_type(&f, "n");
    library_fixture_assert(&f, "search first", true);
    library_fixture_type(&f, "/ 'dam Enter");
    library_fixture_assert(&f, "10 hits in 5 transcripts", true);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        library_fixture_type(&f, steps[i].keys);
        library_fixture_type(&f, "Enter");
        assert_string_equal(f.opened, steps[i].path);
        assert_true(f.has_hit);
        assert_int_equal(f.hit.segment, 1);
        assert_int_equal(f.hit.byte, steps[i].byte);
    }
    library_fixture_close(&f);
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
        library_fixture_write(path, text);
    }
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct library_fixture f;

        library_fixture_open(&f, "limits", 24, 160);
        library_fixture_screen(&f);
        library_fixture_type(&f, rows[i].keys);
        library_fixture_type(&f, "/ 'pear Enter");
        if (strstr(library_fixture_screen(&f), rows[i].said) == NULL)
            fail_msg("'%s' does not say '%s':\n%s", rows[i].keys, rows[i].said,
                     library_fixture_screen(&f));
        library_fixture_close(&f);
    }
}

/* A hit, or a file, is handed to another program. */
static void library_session__programs__get_the_hit(void **state)
{
    struct library_fixture f;

    (void)state;
    library_fixture_write("programs/a.srt",
                          "1\n00:00:01,000 --> 00:00:02,000\nAnn: One.\n\n"
                          "2\n00:01:10,500 --> 00:01:12,000\nBen: A cold pear.\n");
    library_fixture_write_record("programs/b.json", "Second", "it's another pear");
    library_fixture_open(&f, "programs", 24, 80);
    library_fixture_screen(&f);
    library_fixture_type(&f, "E");
    assert_non_null(strstr(f.ran, "set -- +1 'programs/a.srt'; eval"));
    library_fixture_type(&f, "| 'sort Enter");
    assert_string_equal(f.ran, "sort");
    assert_string_equal(f.input, "programs/a.srt\nprograms/b.json\n");
    library_fixture_type(&f, "/ 'pear Enter");
    library_fixture_screen(&f);
    library_fixture_type(&f, "E");
    assert_non_null(strstr(f.ran, "set -- +7 'programs/a.srt'; eval"));
    library_fixture_type(&f, "n ! 'mpv Space '--start={time} Space '{path} Enter");
    assert_string_equal(f.ran, "mpv --start='70.500' 'programs/a.srt'");
    library_fixture_type(&f, "n ! 'say Space '{speaker} Space '{quote} Enter");
    assert_string_equal(f.ran, "say '乙' 'it'\\''s another pear'");
    library_fixture_type(&f, "| 'wc Enter");
    assert_string_equal(f.input, "programs/a.srt:0:01:10:Ben:A cold pear.\n"
                                 "programs/b.json:0:01:10:乙:it's another pear\n");
    library_fixture_type(&f, "P");
    library_fixture_assert(&f, "no command is set", true);
    library_fixture_close(&f);
}

static void library_session__search_while_reading__comes_to_all(void **state)
{
    struct library_fixture f;

    (void)state;
    library_fixture_open(&f, "many", 23, 80);
    while (library_count(f.library) < 3)
        ui_step(f.ui, 0);
    library_fixture_type(&f, "/ 'dam Enter");
    library_fixture_screen(&f);
    library_fixture_assert(&f, "10 hits in 5 transcripts", true);
    library_fixture_close(&f);
}

/* A blank has another name as a key. */
static size_t paste_letter(struct library_fixture *f, const char *text)
{
    struct key key = {.pasted = true};
    size_t bytes = utf8_decode(text, strlen(text), &key.code);

    ui_key(f->ui, key);
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
    struct library_fixture f;

    (void)state;
    library_fixture_write_record("written/raw.json", "A", "the water, 水, 國");
    library_fixture_write_record("written/escaped.json", "B", "Water\\u6c34 \\u570b");
    library_fixture_write_record("written/broken.json", "C", "water \xE6\xB0 and Fu\u00DFball");
    library_fixture_write("written/caption.srt",
                          "1\n00:00:01,000 --> 00:00:04,000\nWater there.\n");
    library_fixture_write("written/names.txt",
                          "Ann: la wáter.\nBen: das Wasser.\nAnn: water.\nBen: nass was.\n");
    library_fixture_open(&f, "written", 23, 80);
    library_fixture_screen(&f);
    for (size_t i = 0; i < sizeof searches / sizeof *searches; i++) {
        const char *letter;

        library_fixture_type(&f, "/");
        for (letter = searches[i].query; *letter != '\0';)
            letter += paste_letter(&f, letter);
        library_fixture_type(&f, "Enter");
        if (strncmp(searches[i].count, "0 ", 2) == 0)
            library_fixture_assert(&f, "no hit", true);
        else
            library_fixture_assert(&f, searches[i].count, true);
    }
    library_fixture_close(&f);
}

/* As in the record itself, a theme of shapes has them in the preview. */
static void library_session__theme_with_shapes__has_them_in_the_preview(void **state)
{
    static const char *const shapes[] = {"● 乙", "▲ 乙", "■ 乙", "◆ 乙", "▼ 乙", "★ 乙",
                                         "○ 乙", "△ 乙", "□ 乙", "◇ 乙", "▽ 乙", "☆ 乙"};
    struct library_fixture f;
    int before = 0;
    int with = 0;

    (void)state;
    library_fixture_open(&f, "shelf", 23, 140);
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        before += strstr(library_fixture_screen(&f), shapes[i]) != NULL;
    f.ui->settings.shapes = true;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        with += strstr(library_fixture_screen(&f), shapes[i]) != NULL;
    assert_int_equal(before, 0);
    assert_int_equal(with, 1);
    library_fixture_close(&f);
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

    return cmocka_run_group_tests(tests, set_up, library_fixture_tear_down);
}
