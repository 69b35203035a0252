/* A session: what each key does to the place, the selection, the search and the clipboard. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unistr.h>

#include <cmocka.h>

#include "session_fixture.h"
#include "shilu/base/memory.h"
#include "shilu/store/quotes.h"
#include "shilu/text/char_class.h"
#include "shilu/text/utf8.h"

/* Keys are typed at 80x24 after others that bring the reader somewhere. */
struct step {
    const char *before;
    const char *keys;
    int at;           /* the segment that is read after them */
    const char *said; /* what the last row starts with, or NULL */
};

static void check_steps(const struct step *steps, size_t count)
{
    struct buffer row = {0};
    size_t i;

    for (i = 0; i < count; i++) {
        struct session_fixture f;
        const char *said;

        session_fixture_open_hearing(&f, 24, 80);
        session_fixture_type(&f, steps[i].before);
        session_fixture_screen(&f, false, &row);
        session_fixture_type(&f, steps[i].keys);
        said = session_fixture_row(&f, -1, &row);
        if (session_fixture_at(&f) != steps[i].at)
            fail_msg("'%s' then '%s': at %d, not %d: %s", steps[i].before, steps[i].keys,
                     session_fixture_at(&f), steps[i].at, said);
        if (steps[i].said != NULL &&
            strncmp(said + 1, steps[i].said, strlen(steps[i].said)) != 0)
            fail_msg("'%s' then '%s' says:%s", steps[i].before, steps[i].keys, said);
        session_fixture_close(&f);
    }
    buffer_release(&row);
}

#define CHECK_STEPS(steps) check_steps(steps, sizeof(steps) / sizeof *(steps))

static void session_key__going__reads_another_segment(void **state)
{
    static const struct step steps[] = {
        {"", "", 0, "10:00:04  turn 1/16  0%"},
        {"", "}", 1, "10:01:20  turn 2/16"},
        {"", "} }", 3, NULL},
        {"", "J", 1, NULL},
        {"", "5 }", 6, "10:12:41  turn 6/16  Q1/4"},
        {"", "1 0 }", 12, NULL},
        {"", "9 9 9 }", 18, NULL},
        {"G", "}", 18, "this is the last turn"},
        {"] ]", "{", 6, NULL},
        {"G", "4 {", 15, NULL},
        {"} j j j j", "{", 1, NULL},
        {"", "{", 0, "this is the first turn"},
        {"", "]", 5, "10:12:08  turn 5/16  Q1/4"},
        {"", "] ] ]", 12, "10:29:45  turn 11/16  Q3/4"},
        {"", "4 ]", 15, NULL},
        {"", "] ] ] ] ]", 15, "this was the last question"},
        {"", "[", 0, "this was the first question"},
        {"] ]", "[", 5, NULL},
        {"] ] }", "[", 8, NULL},
        {"G", "4 [", 5, NULL},
        {"", ")", 4, NULL},
        {"", ") ) )", 18, NULL},
        {"G", ")", 18, "no later turn of this speaker"},
        {"", "(", 0, "no earlier turn of this speaker"},
        {"4 ]", "(", 15, "no earlier turn"},
        {"G", "(", 11, NULL},
        {"", "5 G", 5, NULL},
        {"G", "6 g", 6, NULL},
        {"", "1 5 G", 17, NULL},
        {"M-2", "1 0 g", 11, NULL},
        {"M-1 M-2 M-3 M-2", "j", 1, NULL},
        {"M-2 M-1 M-3", "j", 0, NULL},
        {"", "3 }", 4, NULL},
        {"", "9 9 9 G", 18, "the record has 16 turns"},
        {"", "^J ^J ^K ^J ^J ^J", 1, NULL},
        {"", "1 9 Backspace }", 1, NULL},
        {"", "1 Backspace Backspace", 0, "Backspace is not bound"},
        {"", "G", 18, NULL},
        {"G", "g", 0, NULL},
        {"", "5 0 %", 3, NULL},
        {"", "2 5 %", 2, NULL},
        {"G", "%", 0, NULL},
        {"", "1 0 0 %", 18, "10:36:55  turn 16/16  100%"},
        {"", "5 0 0 %", 18, "the end is at 100%"},
        {"", "] Esc ]", 8, NULL},
    };

    (void)state;
    CHECK_STEPS(steps);
}

static void session_key__times__are_gone_to(void **state)
{
    static const struct step steps[] = {
        {"", "t '10:16 Enter", 9, "10:16:20"},
        {"", "t '10:16:38 Enter", 10, NULL},
        {"", "t '10:25 Enter", 11, NULL},
        {"]", "t '23:59 Enter", 5, "the record is from 10:00:04 to 10:36:"},
        {"]", "t '0:00 Enter", 5, "the record is from 10:00:04 to"},
        {"", "t '1016 Enter", 9, NULL},
        {"", "t '10.16 Enter", 9, NULL},
        {"", "t '10：16 Enter", 9, NULL},
        {"", "t '１０：１６ Enter", 9, NULL},
        {"", "t '101638 Enter", 10, NULL},
        {"", "t '10:16 Space 'am Enter", 9, NULL},
        {"]", "t '10:16 Space 'pm Enter", 5, "the record is from"},
        {"", "t '10點16分 Enter", 9, NULL},
        {"", "t '上午10時16分38秒 Enter", 10, NULL},
        {"", "t '오전 Space '10시 Space '16분 Enter", 9, NULL},
        {"G", "t '午前10時 Enter", 0, NULL},
        {"G", "t '10 Enter", 0, NULL}, /* which begins four seconds later: the hour is meant */
        {"", "t '第2問 Enter", 8, NULL},
        {"", "t 'Q3 Enter", 12, NULL},
        {"]", "t 'q9 Enter", 5, "there is no question 9: the record has 4"},
        {"]", "t '+5m Enter", 10, NULL},
        {"]", "t '-3m Enter", 3, NULL},
        {"", "t '50% Enter", 11, NULL},
        {"", "t '2031-05-12T10:30:11+08:00 Enter", 13, NULL},
        {"]", "t 'noon Enter", 5, "the record is from 10:00:04 to 10:36:"},
        {"]", "t 'soon Enter", 5, "'soon' is not a time"},
        {"]", "t Enter", 5, NULL},
        {"]", "t '10:30 Esc", 5, NULL},
    };

    (void)state;
    CHECK_STEPS(steps);
}

static void session_key__jumps_and_marks__come_back(void **state)
{
    static const struct step steps[] = {
        {"] ]", "^O", 5, NULL},
        {"] ]", "^O ^O", 0, NULL},
        {"] ]", "^O ^O ^O", 0, "no earlier place"},
        {"] ]", "^O ^O M-o", 5, NULL},
        {"] ]", "^O ^O M-o M-o", 8, NULL},
        {"] ]", "M-o", 8, "no later place"},
        {"] ]", "^O { M-o", 4, "no later place"},
        {"", "^O", 0, "no earlier place"},
        {"] m a", "G ' a", 5, NULL},
        {"]", "m b", 5, "marked b"},
        {"]", "' z", 5, "that mark is not set"},
        {"]", "m ^A", 5, "no mark"},
        {"]", "m Esc", 5, "no mark"},
        {"] G", "' '", 5, NULL},
        {"]", "m", 5, "mark: which letter?"},
    };

    (void)state;
    CHECK_STEPS(steps);
}

static void session_key__speakers__are_soloed_and_muted(void **state)
{
    static const struct step steps[] = {
        {"", "s 'falk Enter", 3, "10:09:02  turn 3/16  43% "},
        {"", "s '白石 Enter", 13, NULL},
        {"", "s '检查 Enter", 13, NULL},
        {"", "s Down Enter", 3, NULL},
        {"", "s Down Up Up Enter", 15, NULL},
        {"", "s 'nobody-here Enter", 0, "no speaker matches"},
        {"]", "s Esc", 5, NULL},
        {"s 'falk Enter", "}", 10, NULL},
        {"s 'falk Enter", "} }", 17, NULL},
        {"s 'falk Enter", "} {", 3, NULL},
        {"s 'falk Enter", "a {", 1, NULL},
        {"}", "f", 1, "10:01:20  turn 2/16"},
        {"} f", "} }", 9, NULL},
        {"} f", "f }", 3, NULL},
        {"", "x", 1, NULL},
        {"", "x G", 17, NULL},
        {"x", "x", 3, NULL},
        {"x", "a k k", 0, NULL},
        {"s 'falk Enter", "G", 17, NULL},
        {"}", "+", 1, "10:01:20  turn 2/16  5% "},
        /* Only the exchanges in which something is read are walked. */
        {"s 'falk Enter", "]", 10, NULL},
        {"s 'falk Enter", "] ]", 17, NULL},
        {"s 'falk Enter", "] ] ]", 17, "this was the last question"},
        {"s 'falk Enter ] ]", "[", 10, NULL},
        {"s 'falk Enter ] ]", "9 [", 17, "this was the first question"},
        {"s 'falk Enter ]", "[", 10, "this was the first question"},
    };

    (void)state;
    CHECK_STEPS(steps);
}

/* In the list of speakers: up and down, also over those who are not read, and Enter. */
static void session_key__in_the_speaker_pane__walks_and_solos(void **state)
{
    static const struct step steps[] = {
        {"M-1", "g", 1, NULL},
        {"M-1", "g j", 3, NULL},
        {"M-1 g", "j j", 4, NULL},
        {"M-1", "G", 15, NULL},
        {"M-1 g", "Enter", 1, "10:01:20  turn 2/16  5% "},
        {"M-1 g Enter", "Enter", 1, "10:01:20  turn 2/16  5%   "},
        {"M-1 g Enter", "j", 1, NULL},
        {"M-1 g Enter", "j Enter", 3, "10:09:02  turn 3/16  43% "},
        {"M-1 g Enter j", "+", 3, "10:09:02  turn 3/16  43% "},
        {"M-1 g Enter j +", "x", 6, "10:12:41  turn 6/16  Q1/4  55% "},
        {"M-1 g", "x", 3, "10:09:02  turn 3/16  43% "},
        {"M-1 g x", "x", 6, NULL},
        {"M-1 g x", "j k x", 6, NULL},
        {"M-1 g x", "a", 3, NULL},
        {"M-1 g", "8 j", 15, NULL},
        {"M-1", "k k k k k", 6, NULL},
    };

    (void)state;
    CHECK_STEPS(steps);
}

static void session_key__in_the_timeline_pane__walks_by_paragraph(void **state)
{
    static const struct step steps[] = {
        {"M-2", "j", 1, NULL},
        {"M-2", "j j j", 3, NULL},
        {"M-2", "k", 0, NULL},
        {"M-2", "9 9 j", 18, NULL},
        {"M-2 G", "j", 18, NULL},
        {"M-2 G", "k", 17, NULL},
        {"M-2 G", "k k k k k", 13, NULL},
        {"M-2 G k k", "j j", 18, NULL},
        {"M-2 j j", "Enter", 2, NULL},
        {"T", "j j", 2, NULL},
    };
    struct session_fixture f;
    struct buffer out = {0};

    (void)state;
    CHECK_STEPS(steps);
    /* Enter goes back to the text, where j goes by rows again. */
    session_fixture_open_hearing(&f, 24, 40);
    session_fixture_type(&f, "M-2 j j Enter");
    assert_non_null(strstr(session_fixture_row(&f, 1, &out), "我把經過"));
    session_fixture_type(&f, "j");
    assert_int_equal(session_fixture_at(&f), 2);
    assert_null(strstr(session_fixture_row(&f, 1, &out), "我把經過"));
    session_fixture_close(&f);
    buffer_release(&out);
}

static void session_key__search__walks_the_hits(void **state)
{
    static const struct step steps[] = {
        {"", "/ '水位 Enter", 1, "10:01:20  turn 2/16  5%  /水位 1 of 6"},
        {"/ '水位 Enter", "n", 6, NULL},
        {"/ '水位 Enter", "n n", 12, NULL},
        {"/ '水位 Enter", "N", 16, "continuing from the end"},
        {"/ '水位 Enter 5 n", "n", 1, "continuing from the top"},
        {"/ '水位 Enter", "2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 n", 16, NULL},
        {"/ '水位 Enter n", "N", 1, NULL},
        {"G", "/ '水位 Enter", 1, NULL},
        {"G", "? '水位 Enter", 16, NULL},
        {"G ? '水位 Enter", "n", 16, NULL},
        {"G ? '水位 Enter", "n n", 13, NULL},
        {"", "/ '水位 Enter / Enter", 1, NULL},
        {"", "/ 'zeppelin Enter", 0, "no hit"},
        {"f", "/ 'zeppelin Enter", 0, "no hit in what is shown"},
        {"", "n", 0, "no search yet"},
        {"", "L", 0, "search first, then list"},
        {"]", "/ '水位", 6, NULL},
        {"]", "/ '水位 Esc", 5, NULL},
        {"]", "/ '水位 Backspace Backspace", 5, NULL},
        {"]", "/ '\\v( Enter", 5, NULL},
        {"", "/ '=falk Enter", 0, "no hit"},
        {"", "/ '=Falk Enter", 0, NULL},
        {"", "/ 'ｆａｌｋ Enter", 0, NULL},
        {"", "/ '检查 Enter", 0, NULL},
        {"/ '水位 Enter Esc", "n", 1, "no search yet"},
        {"/ '水位 Enter L", "j j Enter", 12, NULL},
        {"/ '水位 Enter L", "j j Esc", 1, NULL},
        {"/ '水位 Enter L", "G Enter", 16, NULL},
        {"/ '水位 Enter L G", "g q", 1, NULL},
        /* From another page n goes on from there, not from the old hit. */
        {"/ '水位 Enter t '10:31 Enter", "n", 16, NULL},
        {"/ '水位 Enter G", "N", 16, NULL},
        {"s 'falk Enter", "/ 'river Enter", 17, "10:35:12  turn 15/16  Q4/4"},
        {"", "/ '水位 Enter ^O", 0, NULL},
    };

    (void)state;
    CHECK_STEPS(steps);
}

/* However narrow the list is, the words that were looked for are in each of its rows. */
static void session_draw__the_list_of_hits__shows_each_hit(void **state)
{
    int columns;

    (void)state;
    for (columns = 30; columns < 130; columns += 9) {
        struct buffer row = {0};
        struct session_fixture f;
        int i;

        session_fixture_open_hearing(&f, 24, columns);
        session_fixture_type(&f, "/ '水位 Enter L");
        for (i = 1; i <= 6; i++)
            assert_non_null(strstr(session_fixture_row(&f, i, &row), "水位"));
        buffer_release(&row);
        session_fixture_close(&f);
    }
}

static void session_key__narrowing__leaves_what_matches(void **state)
{
    static const struct step steps[] = {
        {"", "& '停水 Enter", 1, "2 of 19 segments match, 17 hidden"},
        {"& '停水 Enter", "G", 7, NULL},
        {"& '停水 Enter", "Esc Esc G", 18, NULL},
        {"& '停水 Enter", "& Enter G", 18, NULL},
        {"]", "& '\\v( Enter", 5, NULL},
        {"", "& 'zeppelin Enter", -1, "nothing matches; Esc or a shows everything"},
        {"& 'zeppelin Enter", "Esc", 0, NULL},
        {"& 'zeppelin Enter", "a", 0, NULL},
        {"& '停水 Enter", "a G", 18, NULL},
        {"& 'zeppelin Enter", "j k Space b } ] ) t '10:16 Enter", -1, NULL},
        {"& 'zeppelin Enter", "y Y v f x M-1 j k Enter x", -1, NULL},
    };

    (void)state;
    CHECK_STEPS(steps);
}

/* The title bar shows at every size what the view is limited to. */
static void session_draw__a_part__is_never_taken_for_the_whole(void **state)
{
    static const struct {
        const char *keys;
        const char *part;
        const char *short_part;
    } rows[] = {
        {"f", "only 沈若蘭 ", "only 沈若蘭"},
        {"f } +", "only 沈若蘭", "only 沈若蘭"},
        {"x", "without 1 ", "without 1"},
        {"& '水位 Enter", "only /水位 ", "only /水位"},
        {"& '水位 Enter } f", "only 賀明遠, /水位 ", "only 賀明遠"},
        {"& '水位 Enter Esc / 'dam Enter F1", "only /水位 ", "only /水位"},
        {": 'lanes Enter f", "only 沈若蘭 ", "only 沈若蘭"},
    };
    static const int sizes[][2] = {{5, 20}, {20, 40}, {24, 80}, {40, 120}, {60, 200}};
    struct buffer row = {0};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
            struct session_fixture f;
            const char *part = sizes[k][1] < 80 ? rows[i].short_part : rows[i].part;

            session_fixture_open_hearing(&f, sizes[k][0], sizes[k][1]);
            session_fixture_type(&f, rows[i].keys);
            session_fixture_screen(&f, false, &row);
            if (strstr(session_fixture_row(&f, 0, &row), part) == NULL)
                fail_msg("'%s' at %dx%d: %s", rows[i].keys, sizes[k][1], sizes[k][0],
                         buffer_string(&row));
            session_fixture_type(&f, "F1 q Esc Esc Esc a");
            if (strstr(session_fixture_row(&f, 0, &row), "only") != NULL)
                fail_msg("'%s' at %dx%d is not left: %s", rows[i].keys, sizes[k][1],
                         sizes[k][0], buffer_string(&row));
            session_fixture_close(&f);
        }
    }
    buffer_release(&row);
}

static void append(struct session_fixture *f, const char *speaker, const char *text,
                   int64_t start_ms, enum segment_kind kind)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    struct speaker_label label = {.name = speaker};
    struct error err;

    draft.text = text;
    draft.text_bytes = strlen(text);
    draft.speaker = speaker != NULL ? transcript_speaker(f->transcript, &label) : SPEAKER_NONE;
    draft.start_ms = start_ms;
    draft.kind = kind;
    assert_true(transcript_append(f->transcript, &draft, &err));
}

/* Facts are at the head; headings are in the text, in the timeline, and reached by keys. */
static void session_draw__facts_and_headings__are_what_they_are(void **state)
{
    struct session_fixture f;
    struct buffer out = {0};

    (void)state;
    session_fixture_open(&f, &(struct session_fixture_options){.rows = 24, .columns = 120});
    transcript_add_fact(f.transcript, "Place", "Committee room 4");
    transcript_add_fact(f.transcript, "Present", "Ann, Ben");
    append(&f, NULL, "1. Opening", TIME_NONE, SEGMENT_HEADING);
    append(&f, "Ann", "Welcome to all.", TIME_NONE, SEGMENT_REMARK);
    append(&f, NULL, "2. Water", TIME_NONE, SEGMENT_HEADING);
    append(&f, "Ben", "It is low.", TIME_NONE, SEGMENT_REMARK);
    session_loading(f.session, 100, true, NULL);
    session_fixture_screen(&f, false, &out);
    assert_non_null(strstr(session_fixture_row(&f, 2, &out), "Place       Committee room 4"));
    assert_non_null(strstr(session_fixture_row(&f, 3, &out), "Present     Ann, Ben"));
    assert_non_null(strstr(session_fixture_row(&f, 2, &out), " 1. Opening "));
    assert_non_null(strstr(session_fixture_row(&f, 5, &out), "1. Opening"));
    assert_null(strstr(session_fixture_screen(&f, false, &out), "(no speaker)"));
    session_fixture_type(&f, ".");
    assert_int_equal(session_fixture_at(&f), 2);
    session_fixture_type(&f, ",");
    assert_int_equal(session_fixture_at(&f), 0);
    session_fixture_type(&f, ",");
    assert_non_null(strstr(session_fixture_row(&f, -1, &out), "no heading before this"));
    session_fixture_type(&f, "} f");
    assert_null(strstr(session_fixture_screen(&f, false, &out), "It is low"));
    session_fixture_close(&f);
    buffer_release(&out);
}

/* The room of panes that have nothing to show is the text's. */
static void session_draw__no_speakers_no_times__gives_the_text_the_room(void **state)
{
    struct session_fixture f;
    struct buffer out = {0};

    (void)state;
    session_fixture_open(&f, &(struct session_fixture_options){.rows = 24, .columns = 120});
    append(&f, NULL, "Only words.", TIME_NONE, SEGMENT_UNKNOWN);
    session_loading(f.session, 100, true, NULL);
    assert_null(strstr(session_fixture_screen(&f, false, &out), "Speakers"));
    assert_null(strstr(buffer_string(&out), "Timeline"));
    assert_null(strstr(buffer_string(&out), "(no speaker)")); /* nor a row to say so */
    session_fixture_type(&f, "M-1");
    assert_non_null(strstr(session_fixture_row(&f, -1, &out), "names no speakers"));
    append(&f, "Ann", "Then somebody speaks.", TIME_NONE, SEGMENT_UNKNOWN);
    session_loading(f.session, 100, true, NULL);
    assert_non_null(strstr(session_fixture_screen(&f, false, &out), "Speakers 1"));
    assert_null(strstr(buffer_string(&out), "Timeline"));
    session_fixture_close(&f);
    buffer_release(&out);
}

/* Much is posted within two seconds: nobody was silent for ten minutes. */
static void session_draw__moments_of_posting__are_no_silences(void **state)
{
    char words[700];
    struct session_fixture f;
    struct buffer out = {0};

    (void)state;
    memset(words, 'w', sizeof words - 1);
    words[sizeof words - 1] = '\0';
    session_fixture_open(&f, &(struct session_fixture_options){.rows = 40, .columns = 120});
    transcript_set_time_base(f.transcript, TIME_BASE_WALL);
    for (int i = 0; i < 6; i++)
        append(&f, i % 2 == 0 ? "Ann" : "Ben", words, 36000000 + i / 2 * 600000 + i % 2 * 2000,
               SEGMENT_UNKNOWN);
    session_loading(f.session, 100, true, NULL);
    assert_true(transcript_has_postings(f.transcript));
    assert_non_null(
        strstr(session_fixture_screen(&f, false, &out), "10 min to the next entry"));
    session_fixture_close(&f);
    session_fixture_open_hearing(&f, 40, 120);
    assert_false(transcript_has_postings(f.transcript));
    assert_false(transcript_has_silences(f.transcript)); /* what is said there is short */
    session_fixture_close(&f);
    buffer_release(&out);
}

/* Names and roles go on below where a line is free, as many lines as it takes, and no word is
 * cut in two for the sake of a bar. */
static void session_draw__long_names__take_the_free_lines(void **state)
{
    static const char text[] =
        "{\"format\":\"shilu\",\"version\":1,\"segments\":["
        "{\"speaker\":\"Ambassador Oluwaseun Adeyemi-Fitzgerald\",\"text\":\"One.\"},"
        "{\"speaker\":\"國際可持續發展與氣候變遷合作委員會特別代表團\",\"text\":\"Two.\"},"
        "{\"speaker\":\"Interviewers\",\"text\":\"Three, and more of it.\"}]}";
    static const char *const shown[] = {" Ambassador ",          "  Oluwaseun ",
                                        "  Adeyemi-Fitzgerald ", "  發展與氣候變遷合作委",
                                        "  會特別代表團 ",       " Interviewers "};
    struct buffer out = {0};
    struct session_fixture f;

    (void)state;
    session_fixture_open(
        &f, &(struct session_fixture_options){.text = text, .rows = 24, .columns = 80});
    session_fixture_screen(&f, false, &out);
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        if (strstr(buffer_string(&out), shown[i]) == NULL)
            fail_msg("no '%s' in\n%s", shown[i], buffer_string(&out));
    session_fixture_close(&f);
    buffer_release(&out);
}

/* In the text the name has the rows it needs, whatever the size was before. */
static void session_draw__long_names__go_on_in_the_heading(void **state)
{
    static const char text[] =
        "{\"format\":\"shilu\",\"version\":1,\"segments\":["
        "{\"speaker\":\"Ann\",\"text\":\"One.\"},"
        "{\"speaker\":\"Ambassador Oluwaseun Adeyemi-Fitzgerald\",\"text\":\"Two.\"},"
        "{\"speaker\":\"Ben\",\"text\":\"Three.\"}]}";
    struct buffer out = {0};
    struct session_fixture f;

    (void)state;
    session_fixture_open(
        &f, &(struct session_fixture_options){.text = text, .rows = 20, .columns = 40});
    assert_non_null(
        strstr(session_fixture_screen(&f, false, &out), "  Ambassador Oluwaseun\n"));
    assert_non_null(strstr(buffer_string(&out), "\n    Adeyemi-Fitzgerald\n  Two."));
    session_fixture_resize(&f, 5, 40);
    session_fixture_type(&f, "}");
    for (int i = 0; i < 3; i++) { /* the name stays at the top */
        session_fixture_resize(&f, 5, 40);
        session_fixture_row(&f, 1, &out);
        assert_non_null(strstr(buffer_string(&out), "  Ambassador Oluwaseun"));
        session_fixture_resize(&f, 5, 80);
    }
    session_fixture_close(&f);
    buffer_release(&out);
}

/* A record that has a time here and there gives their room to the words. */
static void session_draw__few_times__stand_in_the_headings(void **state)
{
    struct buffer text = {0};
    struct buffer out = {0};
    struct session_fixture f;

    (void)state;
    buffer_append_string(&text, "{\"format\":\"shilu\",\"version\":1,\"segments\":[");
    for (int i = 0; i < 20; i++)
        buffer_append_format(
            &text,
            "%s{\"speaker\":\"%s\",%s\"text\":\"They said that number %d of the "
            "dams along the river had been looked at again and again.\"}",
            i > 0 ? "," : "", i % 2 == 0 ? "Ann" : "Ben", i == 4 ? "\"start\":75," : "", i);
    buffer_append_string(&text, "]}");
    session_fixture_open(
        &f, &(struct session_fixture_options){
                .text = buffer_string(&text), .name = "few.json", .rows = 40, .columns = 110});
    session_fixture_screen(&f, false, &out);
    assert_non_null(strstr(buffer_string(&out), "│  They said that number"));
    assert_non_null(strstr(buffer_string(&out), "│  0:01:15 Ann"));
    session_fixture_close(&f);
    buffer_release(&text);
    buffer_release(&out);
}

/* A time alone would be that of either day. */
/* The reason follows a path, and is not cut off. */
static void session_draw__long_message_with_a_path__keeps_its_end(void **state)
{
    struct buffer out = {0};
    struct session_fixture f;

    session_fixture_open_hearing(&f, 24, 80);
    ui_error(f.ui, "cannot write '/home/somebody/.local/share/shilu/corrections/"
                   "e3f2a01dd6cc80f6-1.json': No space left on device");
    session_fixture_row(&f, -1, &out);
    assert_non_null(strstr(buffer_string(&out), " cannot write '/home/"));
    assert_non_null(strstr(buffer_string(&out), "json': No space left on device"));
    buffer_release(&out);
    session_fixture_close(&f);
}

static void session_draw__several_days__are_told(void **state)
{
    static const char chat[] = "[03/02/2027, 23:50:00] Ann: Still here?\n"
                               "[03/02/2027, 23:58:00] Ben: For a while.\n"
                               "[04/02/2027, 00:05:00] Ann: Now it is tomorrow.\n"
                               "[04/02/2027, 00:06:00] Ben: Good night.\n";
    static const int sizes[][2] = {{40, 120}, {24, 80}, {20, 40}};
    struct buffer out = {0};
    struct session_fixture f;

    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        session_fixture_open(&f, &(struct session_fixture_options){.text = chat,
                                                                   .name = "chat.txt",
                                                                   .rows = sizes[i][0],
                                                                   .columns = sizes[i][1]});
        assert_non_null(strstr(session_fixture_row(&f, 0, &out), "2027-02-03 - 2027-02-04"));
        session_fixture_screen(&f, false, &out);
        assert_non_null(
            strstr(buffer_string(&out), i == 0 ? "2027-02-04 Ann" : "2027-02-04 00:05 Ann"));
        if (sizes[i][1] > 60) /* in the timeline too */
            assert_non_null(strstr(buffer_string(&out), " 2027-02-04     "));
        session_fixture_type(&f, "2 }");
        assert_non_null(strstr(session_fixture_row(&f, -1, &out), " 2027-02-04 00:05 "));
        session_fixture_type(&f, "Y");
        assert_string_equal(buffer_string(&f.copied),
                            "Now it is tomorrow.\n-- Ann, 2027-02-04, "
                            "00:05, chat.txt\n");
        session_fixture_type(&f, "t '2027-03-01 Enter");
        assert_non_null(strstr(session_fixture_row(&f, -1, &out), "from 2027-02-03 23:50 "));
        session_fixture_close(&f);
    }
    buffer_release(&out);
}

/* Screen readers and magnifiers follow the terminal's cursor: it is where the reader is. */
static void session_draw__each_list__has_the_cursor_at_its_row(void **state)
{
    static const struct {
        const char *keys;
        bool in_list;
    } rows[] = {{"", false},     {"} j j", false},  {"z z", false},
                {"M-1 j", true}, {"M-2 j j", true}, {"/ '水 Enter L j", true},
                {"I j", true},   {"m a `", true},   {"T", false},
                {"F1", false}};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct session_fixture f;
        struct buffer out = {0};
        const struct grid *g = &f.grid;

        session_fixture_open_hearing(&f, 24, 80);
        session_fixture_type(&f, rows[i].keys);
        session_fixture_screen(&f, false, &out);
        if (g->cursor_row < 1 || g->cursor_row > 22 || g->cursor_hidden)
            fail_msg("'%s': the cursor is at %d", rows[i].keys, g->cursor_row);
        if (rows[i].in_list &&
            (grid_cell(&f.grid, g->cursor_row, g->cursor_column)->style.over & OVER_CURSOR) ==
                0)
            fail_msg("'%s': row %d is not the chosen one", rows[i].keys, g->cursor_row);
        f.ui->settings.hides_cursor = true;
        session_fixture_screen(&f, false, &out);
        if (!g->cursor_hidden)
            fail_msg("'%s': the cursor is not hidden", rows[i].keys);
        session_fixture_type(&f, "Esc :");
        session_fixture_screen(&f, false, &out);
        assert_false(g->cursor_hidden);
        assert_int_equal(g->cursor_row, 23);
        session_fixture_close(&f);
        buffer_release(&out);
    }
}

/* The name is what one looks for: the time before it gives way in a narrow window. */
static void session_draw__narrow_heading__cuts_the_time_before_the_name(void **state)
{
    static const struct {
        int columns;
        const char *heading;
    } rows[] = {{60, "10:15:33 Lakeside Courier"},
                {34, "10:15:33 Lakeside Courier"},
                {28, "10:15 Lakeside Courier"},
                {24, "Q2 Lakeside Courier"}};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct session_fixture f;
        struct buffer out = {0};

        session_fixture_open_hearing(&f, 12, rows[i].columns);
        session_fixture_type(&f, "] ]");
        if (strstr(session_fixture_row(&f, 1, &out), rows[i].heading) == NULL &&
            strstr(session_fixture_screen(&f, false, &out), rows[i].heading) == NULL)
            fail_msg("%d columns:\n%s", rows[i].columns,
                     session_fixture_screen(&f, false, &out));
        session_fixture_close(&f);
        buffer_release(&out);
    }
}

/* A theme for people who cannot distinguish colours adds shapes: each speaker has the same one
 * in every pane, and no two share one. */
static void session_draw__theme_with_shapes__puts_one_before_each_name(void **state)
{
    static const char *const shapes[] = {"●", "▲", "■", "◆", "▼", "★",
                                         "○", "△", "□", "◇", "▽", "☆"};
    struct session_fixture f;
    struct buffer out = {0};
    char name[80];
    int with_shape = 0;

    (void)state;
    session_fixture_open_hearing(&f, 40, 120);
    assert_null(strstr(session_fixture_screen(&f, false, &out), "● "));
    f.ui->settings.shapes = true;
    session_fixture_screen(&f, false, &out);
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        snprintf(name, sizeof name, "%s 沈若蘭", shapes[i]);
        if (strstr(buffer_string(&out), name) == NULL)
            continue;
        with_shape++;
        snprintf(name, sizeof name, "%s 賀明遠", shapes[i]);
        assert_null(strstr(buffer_string(&out), name));
    }
    assert_int_equal(with_shape, 1);
    session_fixture_type(&f, "T");
    assert_non_null(strstr(session_fixture_screen(&f, false, &out), " 沈若蘭"));
    session_fixture_close(&f);
    buffer_release(&out);
}

/* The lists and the prompt for a speaker have the same shapes. */
static void session_draw__theme_with_shapes__puts_one_before_names_in_lists(void **state)
{
    static const struct {
        const char *keys;
        const char *shown;
    } rows[] = {
        {"/ '水 Enter L", "10:00:04 ▼ 沈若蘭"},
        {"I", "Q2 ▽ Lakeside Courier"},
        {"s", " ○ Ingrid Falk  consulting"},
        {": 'figures Enter", "10:01:20 ■ 賀明遠"},
        {"m a `", "▼ 沈若蘭"},
        {"T", " ■ 賀明遠"},
    };
    struct buffer out = {0};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct session_fixture f;

        session_fixture_open_hearing(&f, 24, 100);
        f.ui->settings.shapes = true;
        session_fixture_screen(&f, false, &out);
        session_fixture_type(&f, rows[i].keys);
        if (strstr(session_fixture_screen(&f, false, &out), rows[i].shown) == NULL)
            fail_msg("'%s' shows\n%s", rows[i].keys, buffer_string(&out));
        session_fixture_close(&f);
    }
    buffer_release(&out);
}

/* No key is silent. */
static void session_key__each__answers(void **state)
{
    static const struct step steps[] = {
        {"", "~", 0, "~ is not bound; F1 lists the keys"},
        {"", "z x", 0, "t is the top, z the middle, b the bottom"},
        {"] ]", "z z", 8, NULL},
        {"] ] & 'qxx Enter", "Esc", 8, NULL},
        {"", "i", 0, "no question here; the record has 4"},
        {"]", "i", 5, "only question 1 and its answers"},
        {"] i", "i", 5, "the whole record again"},
        {"", "3 i", 12, "only question 3 and its answers"},
        {"", "r", 0, "r is not bound; R: unfold or fold"},
        {"", "=", 0, "10:00:04, turn 1 of 16, segment 1 of 19, 0%: 沈若蘭"},
        {"] ]", "^G", 8, "10:15:33, turn 7 of 16, question 2 of 4, segment 9"},
        {"G", "j", 18, "this is the last line"},
        {"", "k", 0, "this is the first line"},
        {"", "Esc", 0, "nothing is open"},
        {"", "a", 0, "everything is shown"},
        {"", "`", 0, "no marks yet"},
        {"m a } m b", "` k Enter", 0, NULL},
        {"m a } m b } }", "` Esc", 4, NULL},
        {"", "4", 0, "4 "},
        {"", "Z", 0, "Z "},
        {"", "Z k", 0, "this is the first line"},
        {"", "4 ]", 15, NULL},
        {"v", "q q", 0, NULL},
        {"} j", "*", 0, "continuing from the top"},
        {"", "*", 2, "10:03:47  turn 2/16  9%  /各位 2 of 3"},
        {"*", "*", 18, NULL},
        {"", "2 *", 18, NULL},
        {"* *", "#", 2, NULL},
        {"/ '水 Enter", "#", 1, "continuing from the end"},
        {"", ": 'zzz Enter", 0, "no action 'zzz' "},
        {"", ": 'th Tab", 0, "theme "},
        {"", ": 'turn- Tab Tab", 0, "turn-previous "},
        {"", ": 'turn- S-Tab", 0, "turn-previous "},
        {"", ": 'theme Space 'hig Tab", 0, "theme high-contrast"},
    };

    (void)state;
    CHECK_STEPS(steps);
}

static void session_key__help__is_searched_and_says_what_keys_do(void **state)
{
    struct session_fixture f;
    struct buffer out = {0};

    (void)state;
    session_fixture_open_hearing(&f, 24, 80);
    session_fixture_type(&f, "F1 / 'citation");
    assert_null(strstr(session_fixture_screen(&f, false, &out), "turn-next"));
    session_fixture_type(&f, "^U 'marks Enter");
    assert_non_null(strstr(session_fixture_screen(&f, false, &out), "list all marks"));
    assert_null(strstr(buffer_string(&out), "next turn"));
    session_fixture_type(&f, "Esc");
    assert_non_null(strstr(session_fixture_screen(&f, false, &out), "down a line"));
    session_fixture_type(&f, "y");
    assert_non_null(strstr(session_fixture_row(&f, -1, &out), "y: copy"));
    session_fixture_type(&f, "q");
    assert_non_null(strstr(session_fixture_screen(&f, false, &out), "Timeline"));
    session_fixture_close(&f);
    buffer_release(&out);
}

static void session_key__commands__run_by_name(void **state)
{
    static const struct step steps[] = {
        {"", ": 'turn-next Enter", 1, NULL},
        {"", ": '5 Space 'turn-next Enter", 6, NULL},
        {"", ": 'turn-next Space '5 Enter", 6, NULL},
        {"", ": '3 Enter", 3, NULL},
        {"", ": '99999999999999999999 Enter", 18, NULL},
        {"", ": 'page-down Space '99999999999999999999 Enter", 18, NULL},
        {"", ": 'exchange-next Space '99999999999999999999 Enter", 0, NULL},
        {"", ": 'percent Space '50 Enter", 3, NULL},
        {"", ": 'time Space '10:16 Enter", 9, NULL},
        {"", ": 'search Space 'spillway Enter", 3, NULL},
        {"", ": 'narrow Space '停水 Enter", 1, NULL},
        {"", ": 'speaker Space 'falk Enter", 3, "10:09:02  turn 3/16  43% "},
        {"", ": 'speaker Space 'zeppelin Enter", 0, "no speaker matches 'zeppelin'"},
        {"", ": 'trun-next Enter", 0, "no action 'trun-next'; did you mean 'turn-next'?"},
        {"", ": 'turn-next Space 'x Enter", 0, "'x' is not a number"},
        {"", ": 'theme Space 'drak Enter", 0, "no theme 'drak'"},
        {"", ": 'exch Tab Enter", 5, NULL},
        {"", ": Enter", 0, NULL},
        {"", ": '::: Enter", 0, NULL},
    };

    (void)state;
    CHECK_STEPS(steps);
}

static void session_key__copying__sends_the_words(void **state)
{
    static const struct {
        const char *keys;
        const char *copied;
    } rows[] = {
        {"] y", "青潭晨報。"},
        {"] 2 y", "青潭晨報。請問住家什麼時候會開始減壓供水？"},
        {"] v y", "青潭晨報。"},
        {"] v v y", "青潭晨報。請問住家什麼時候會開始減壓供水？老人公寓怎麼辦？"},
        {"] V y", "青潭晨報。請問住家什麼時候會開始減壓供水？老人公寓怎麼辦？"},
        {"] v ) y", "青潭晨報。請問住家什麼時候會開始減壓供水？"},
        {"] v ) ) ( y", "青潭晨報。請問住家什麼時候會開始減壓供水？"},
        {"] v ) o ) y", "請問住家什麼時候會開始減壓供水？"},
        {"] v Right Right y", "青潭晨報。請問"},
        {"] v Right Right Left y", "青潭晨報。請"},
        {"] V Y",
         "青潭晨報。請問住家什麼時候會開始減壓供水？老人公寓怎麼辦？\n"
         "-- 青潭晨報記者, 2031-05-12, 10:12:08, "
         "青潭水庫供水聽證會 / Hearing on the Qingtan reservoir, Invented for the tests "
         "of shilu, hearing.json\n"},
        {"] } V } y",
         "水位跌到三十八公尺才會減壓，照現在的用法，大約是七月下旬。老人公寓和醫院同一級，"
         "排在最後。\n再補一句：減壓不是停水，六樓以下開了水龍頭還是有水。"},
        {"M-2 ] ] ] V } y",
         "山城廣播電臺記者: "
         "山城廣播電臺。我們的聽眾說水有土味，是不是水位低的緣故？可以喝嗎？\n"
         "白石 遥: "
         "土の匂いは藻のせいです。水位が下がると水温が上がり、藻が増えます。検査では毎回基"
         "準の十分の一以下で、飲んで差し支えありません。気になる方は、冷やすと匂いが弱くなりま"
         "す。"},
        /* Past what was selected first the other end moves, as in vi. */
        {"] v o Left y", "沈若蘭: 位。\n青潭晨報記者: 青潭晨報。"},
        {"] v o Left Left Left y", "沈若蘭: 上單位。\n青潭晨報記者: 青潭晨報。"},
        {"] v Right o Right y", "潭晨報。請"},
        {"] v ( y", "沈若蘭: 現在開放提問，請先報上單位。\n青潭晨報記者: 青潭晨報。"},
        {"] v ( ) y", "青潭晨報。"},
        {"] v ( ) ) y", "青潭晨報。請問住家什麼時候會開始減壓供水？"},
        {"] v ) o ) ) y", "請問住家什麼時候會開始減壓供水？老人公寓怎麼辦？"},
        {"] v Esc V y", "青潭晨報。請問住家什麼時候會開始減壓供水？老人公寓怎麼辦？"},
    };
    struct buffer row = {0};
    struct session_fixture f;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        session_fixture_open_hearing(&f, 24, 80);
        session_fixture_type(&f, rows[i].keys);
        if (strcmp(buffer_string(&f.copied), rows[i].copied) != 0)
            fail_msg("'%s' copies '%s'", rows[i].keys, buffer_string(&f.copied));
        assert_non_null(strstr(session_fixture_row(&f, -1, &row), "sent to the clipboard"));
        session_fixture_close(&f);
    }
    session_fixture_open_hearing(&f, 24, 80);
    f.copy_fails = true;
    session_fixture_type(&f, "y");
    assert_string_equal(buffer_string(&f.copied), "");
    assert_non_null(strstr(session_fixture_row(&f, -1, &row), "the clipboard is on fire"));
    session_fixture_close(&f);
    buffer_release(&row);
}

/* A paste attack: a record whose words, names and title end a bracketed paste, interrupt, press
 * Enter, or change the direction of text. What is copied, in whatever style, contains no
 * control or direction character. */
static void session_key__copying__carries_nothing_that_acts(void **state)
{
#define ATTACK                                                  \
    "\\u001b[201~\\u0003\\u0000\\rrm -rf "                      \
    "~\\r\\u0004\\u007f\\u009b201~\\u202e\\u2028\\u2029\\u2066" \
    "\\udb40\\udc41\\u0085"
    static const char record[] = "{\"format\": \"shilu\", \"version\": 1, \"title\": \"a" ATTACK
                                 "b\", "
                                 "\"venue\": \"c" ATTACK "d\", \"segments\": ["
                                 "{\"speaker\": \"e" ATTACK "f\", \"text\": \"g" ATTACK
                                 "h. More" ATTACK "words.\"},"
                                 "{\"speaker\": \"i" ATTACK "j\", \"text\": \"k" ATTACK
                                 "l.\"}]}";
#undef ATTACK
    static const char *const rows[] = {"y",   "2 y", "V } y", "v v v y",
                                       "Y",   "2 Y", "V } Y", ": 'cite Enter",
                                       "] y", "] Y", "M-1 y", "+ y"};
    static const char *const styles[] = {NULL, "markdown", "html", "bibtex",
                                         "{words} {speaker} {title} {venue} {file}"};

    (void)state;
    for (size_t style = 0; style < sizeof styles / sizeof *styles; style++)
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
            struct session_fixture f;

            session_fixture_open(
                &f, &(struct session_fixture_options){.text = record,
                                                      .name = "a\033[201~\r\003b.json",
                                                      .citation = styles[style],
                                                      .rows = 24,
                                                      .columns = 80});
            session_fixture_type(&f, rows[i]);
            for (size_t at = 0; at < f.copied.bytes;) {
                uint32_t cp;
                size_t used = utf8_decode(f.copied.data + at, f.copied.bytes - at, &cp);

                if (char_is_unsafe(cp) && cp != '\n' && cp != '\t')
                    fail_msg("'%s' copies U+%04X", rows[i], (unsigned)cp);
                at += used;
            }
            if (strstr(buffer_string(&f.copied), "[201~") == NULL)
                fail_msg("'%s' copies '%s'", rows[i], buffer_string(&f.copied));
            session_fixture_close(&f);
        }
}

/* Whatever the ends are moved by, the words are whole characters without blanks around them. */
static void session_key__selecting__never_cuts_a_character(void **state)
{
    static const char *const keys[] = {"Left", "Right", "(", ")", "{", "}", "[", "]", "j",
                                       "k",    "o",     "v", "V", "d", "u", "g", "G"};
    struct session_fixture f;
    unsigned random = 7;

    (void)state;
    session_fixture_open_hearing(&f, 24, 60);
    for (int round = 0; round < 3000; round++) {
        const char *words;

        if (round % 40 == 0)
            session_fixture_type(&f, "Esc 5 } v");
        random = random * 1103515245 + 12345;
        session_fixture_type(&f, keys[(random >> 16) % (sizeof keys / sizeof *keys)]);
        if (round % 5 != 4)
            continue;
        session_fixture_type(&f, "y");
        words = buffer_string(&f.copied);
        if (u8_check((const uint8_t *)words, f.copied.bytes) != NULL || *words == ' ' ||
            (f.copied.bytes > 0 && words[f.copied.bytes - 1] == ' '))
            fail_msg("round %d copies '%s'", round, words);
        session_fixture_type(&f, "v");
    }
    session_fixture_close(&f);
}

static void session_key__the_host__is_asked(void **state)
{
    struct session_fixture f;

    (void)state;
    session_fixture_open_hearing(&f, 24, 80);
    session_fixture_type(&f, "^L ^Z : 'theme Space 'dark Enter : 'mouse Enter");
    assert_int_equal(f.redraws, 1);
    assert_int_equal(f.suspends, 1);
    assert_int_equal(f.mouse, 1);
    assert_string_equal(buffer_string(&f.theme), "dark");
    session_fixture_type(&f, ": 'mouse Enter");
    assert_int_equal(f.mouse, 0);
    assert_false(f.ui->over);
    session_fixture_close(&f);
}

/* Five quotes of two sizes, listed, narrowed, gone back to, and written out. */
static void session_key__quotes__are_kept_and_gone_back_to(void **state)
{
    char folder[] = "/tmp/shilu-quotes-XXXXXX";
    char quotes[100];
    char markdown[100];
    char command[220];
    struct quote_list list;
    struct buffer out = {0};
    struct error err;
    struct session_fixture f;

    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(quotes, sizeof quotes, "%s/data/quotes.jsonl", folder);
    snprintf(markdown, sizeof markdown, "%s/quotes.md", folder);
    session_fixture_open(
        &f, &(struct session_fixture_options){
                .file = SESSION_FIXTURE_HEARING, .quotes = quotes, .rows = 24, .columns = 100});
    session_fixture_type(&f, "c } c ] v ) c ] V c");
    assert_non_null(strstr(session_fixture_row(&f, -1, &out), "quote 4 in"));
    session_fixture_type(&f, "G c");
    assert_true(quotes_read(quotes, &list, &err));
    assert_int_equal(list.count, 5);
    assert_int_equal(list.broken, 0);
    assert_string_equal(buffer_string(&list.quotes[2].words),
                        "青潭晨報。請問住家什麼時候會開始減壓供水？");
    assert_int_equal(list.quotes[2].segment, 5);
    assert_string_equal(buffer_string(&list.quotes[2].time), "10:12:08");
    quote_list_release(&list);
    session_fixture_type(&f, "C");
    assert_non_null(strstr(session_fixture_row(&f, 0, &out), "Quotes"));
    assert_non_null(strstr(buffer_string(&out), "5 of 5"));
    session_fixture_type(&f, "& '減壓供水 Enter");
    assert_non_null(strstr(session_fixture_row(&f, 0, &out), "1 of 5 match"));
    session_fixture_type(&f, "Enter");
    assert_non_null(strstr(f.opened, "hearing.json"));
    assert_int_equal(f.hit.segment, 5);
    assert_non_null(strstr(f.query, "=青潭晨報。請問"));
    snprintf(command, sizeof command, ": 'quotes-export Space '%s Enter", markdown);
    session_fixture_type(&f, command);
    if (strstr(session_fixture_row(&f, -1, &out), "5 quotes written to") == NULL)
        fail_msg("%s", session_fixture_screen(&f, false, &out));
    session_fixture_type(&f, command);
    assert_non_null(strstr(session_fixture_row(&f, -1, &out), "already exists"));
    session_fixture_type(&f, "q");
    assert_ptr_equal(f.ui, session_ui(f.session));
    session_fixture_close(&f);
    buffer_release(&out);
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    assert_int_equal(system(command), 0);
}

/* Other programs are given this place, or the words. */
static void session_key__other_programs__are_run_at_this_place(void **state)
{
    struct buffer row = {0};
    struct session_fixture f;

    (void)state;
    session_fixture_open(
        &f, &(struct session_fixture_options){.file = SESSION_FIXTURE_HEARING,
                                              .play = "mpv --start={time} {url} # {nothing}",
                                              .rows = 24,
                                              .columns = 100});
    session_fixture_type(&f, "] P");
    assert_string_equal(f.command, "mpv --start='10:12:08' '' # {nothing}");
    assert_false(f.waits);
    session_fixture_type(&f, "! 'echo Space '{speaker} Space '{path} Enter");
    assert_non_null(strstr(f.command, "echo '青潭晨報記者' '"));
    assert_true(f.waits);
    assert_int_equal(f.input.bytes, 0);
    session_fixture_type(&f, "v | 'wc Enter");
    assert_string_equal(f.command, "wc");
    assert_string_equal(buffer_string(&f.input), "青潭晨報。\n");
    session_fixture_type(&f, "Esc f | 'wc Enter");
    assert_string_equal(
        buffer_string(&f.input),
        "青潭晨報記者: 青潭晨報。請問住家什麼時候會開始減壓供水？老人公寓怎麼辦？\n");
    session_fixture_type(&f, "a E");
    assert_non_null(strstr(f.command, "set -- +"));
    assert_non_null(strstr(f.command, "hearing.json'"));
    session_fixture_type(&f, ": 'rename Space 'Courier Enter");
    assert_string_equal(f.renamed, "青潭晨報記者=Courier");
    assert_non_null(strstr(session_fixture_row(&f, -1, &row), "is now Courier in this record"));
    session_fixture_type(&f, ": 'rename Space 'nobody Enter");
    assert_non_null(strstr(session_fixture_row(&f, -1, &row), "that is no name"));
    session_fixture_type(&f, ": 'rename Space 'Ing Tab");
    assert_non_null(strstr(session_fixture_row(&f, -1, &row), "rename Ingrid Falk"));
    session_fixture_close(&f);
    buffer_release(&row);
}

static void session_key__leaving__ends_it(void **state)
{
    static const struct {
        const char *keys;
        bool over;
    } rows[] = {
        {"q", true},
        {"Q", true},
        {"^C", true},
        {"Z Z", true},
        {"Z j Z", false},
        {": 'q Enter", true},
        {": 'quit Enter", true},
        {"T q", false},
        {"T q q", true},
        {"F1 q", false},
        {"F1 Q", true},
        {"T : 'q Enter", true},
        {"/ 'q", false},
        {"Esc Esc", false},
        {"Z Z Z", true},
        {"t 'ZZ Enter", false},
        {"m Z Z", false},
        {": 'quit-all Enter", true},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct session_fixture f;

        session_fixture_open_hearing(&f, 24, 80);
        session_fixture_type(&f, rows[i].keys);
        if (f.ui->over != rows[i].over)
            fail_msg("'%s'", rows[i].keys);
        session_fixture_close(&f);
    }
}

/* Pasted text is never a command, and goes into a prompt as it is. */
static void session_key__pasted__is_no_command(void **state)
{
    struct session_fixture f;
    struct buffer row = {0};
    const char *c;

    (void)state;
    session_fixture_open_hearing(&f, 24, 80);
    for (c = "jqQ:q\r]"; *c != '\0'; c++)
        ui_key(f.ui, (struct key){.code = (unsigned char)*c, .pasted = true});
    assert_int_equal(session_fixture_at(&f), 0);
    assert_false(f.ui->over);
    session_fixture_type(&f, "/");
    for (c = "dam\x1b\r"; *c != '\0'; c++)
        ui_key(f.ui, (struct key){.code = (unsigned char)*c, .pasted = true});
    assert_memory_equal(session_fixture_row(&f, -1, &row), "/dam ", 4);
    buffer_release(&row);
    session_fixture_close(&f);
}

/* To the end by rows and back: the reading row walks to the last line, and nothing is skipped.
 */
static void session_key__rows_to_the_end_and_back__meet_every_segment(void **state)
{
    static const struct {
        const char *down;
        const char *up;
    } rows[] = {{"j", "k"},     {"Down", "Up"}, {"^E", "^Y"},    {"^N", "^P"},
                {"Space", "b"}, {"d", "u"},     {"PgDn", "PgUp"}};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buffer row = {0};
        struct session_fixture f;
        int before = 0;
        int n;

        session_fixture_open_hearing(&f, 12, 50);
        for (n = 0; n < 200; n++) {
            session_fixture_type(&f, rows[i].down);
            assert_true(session_fixture_at(&f) >= before);
            assert_true(i > 3 || session_fixture_at(&f) <= before + 1);
            before = session_fixture_at(&f);
        }
        assert_int_equal(before, 18);
        assert_memory_equal(session_fixture_row(&f, -2, &row), ">", 1);
        for (n = 0; n < 200; n++) {
            session_fixture_type(&f, rows[i].up);
            assert_true(session_fixture_at(&f) <= before);
            assert_true(i > 3 || session_fixture_at(&f) >= before - 1);
            before = session_fixture_at(&f);
        }
        assert_int_equal(before, 0);
        assert_memory_equal(session_fixture_row(&f, 1, &row), " ",
                            1); /* no mark on the first row */
        buffer_release(&row);
        session_fixture_close(&f);
    }
}

/* All three panes show the same moment, whichever of them moves. */
static void session_draw__after_any_move__panes_show_the_same_moment(void **state)
{
    static const char *const moves[] = {
        "]",     "}",     "Space",          "j j j j j",   "M-2 j j", "M-1 j",
        "M-3 G", "M-1 g", "t '10:30 Enter", "/ '水 Enter", "n",       "{"};
    struct buffer out = {0};
    struct session_fixture f;
    size_t i;

    (void)state;
    session_fixture_open_hearing(&f, 40, 120);
    for (i = 0; i < sizeof moves / sizeof *moves; i++) {
        const struct segment *segment;
        int same = 0;
        int row;

        session_fixture_type(&f, moves[i]);
        session_fixture_screen(&f, false, &out);
        segment = transcript_segment(f.transcript, session_segment(f.session));
        for (row = 2; row < 39; row++) {
            const struct cell *speaker = grid_cell(&f.grid, row, 1);
            const struct cell *moment = grid_cell(&f.grid, row, 30);

            if (speaker->style.over & (OVER_CURSOR | OVER_SAME)) {
                const char *name = transcript_speaker_at(f.transcript, segment->speaker)->name;

                /* One who is too long for a row has two. */
                if (grid_cell(&f.grid, row, 27)->bytes == 0)
                    continue;
                assert_memory_equal(speaker->text, name, speaker->bytes);
                same++;
            }
            if (moment->style.over & (OVER_CURSOR | OVER_SAME)) {
                char time[CIVIL_TEXT];
                int k;

                civil_format_clock(segment->start_ms, time);
                for (k = 0; k < 8; k++)
                    assert_int_equal(grid_cell(&f.grid, row, 30 + k)->text[0], time[k]);
                same++;
            }
        }
        assert_int_equal(same, 2);
    }
    session_fixture_close(&f);
    buffer_release(&out);
}

static void session_key__clicks__go_where_they_point(void **state)
{
    struct buffer out = {0};
    struct session_fixture f;

    (void)state;
    session_fixture_open_hearing(&f, 40, 120);
    session_fixture_screen(&f, false, &out);
    ui_key(f.ui, (struct key){.code = KEY_CODE_CLICK, .row = 4, .column = 4});
    assert_int_equal(session_fixture_at(&f),
                     3); /* the second speaker, below the role of the first */
    session_fixture_screen(&f, false, &out);
    ui_key(f.ui, (struct key){.code = KEY_CODE_CLICK, .row = 3, .column = 40});
    assert_int_equal(session_fixture_at(&f), 1); /* the second row of the timeline */
    ui_key(f.ui, (struct key){.code = KEY_CODE_CLICK, .row = 39, .column = 119});
    ui_key(f.ui, (struct key){.code = KEY_CODE_CLICK, .row = 30, .column = 4});
    ui_key(f.ui, (struct key){.code = KEY_CODE_CLICK, .row = -1, .column = 4000});
    assert_int_equal(session_fixture_at(&f), 1);
    ui_key(f.ui, (struct key){.code = KEY_CODE_SCROLL_DOWN});
    ui_key(f.ui, (struct key){.code = KEY_CODE_SCROLL_UP});
    session_fixture_close(&f);
    buffer_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(session_key__going__reads_another_segment),
        cmocka_unit_test(session_key__times__are_gone_to),
        cmocka_unit_test(session_key__jumps_and_marks__come_back),
        cmocka_unit_test(session_key__speakers__are_soloed_and_muted),
        cmocka_unit_test(session_key__in_the_speaker_pane__walks_and_solos),
        cmocka_unit_test(session_key__in_the_timeline_pane__walks_by_paragraph),
        cmocka_unit_test(session_key__search__walks_the_hits),
        cmocka_unit_test(session_draw__the_list_of_hits__shows_each_hit),
        cmocka_unit_test(session_key__narrowing__leaves_what_matches),
        cmocka_unit_test(session_draw__a_part__is_never_taken_for_the_whole),
        cmocka_unit_test(session_draw__facts_and_headings__are_what_they_are),
        cmocka_unit_test(session_draw__no_speakers_no_times__gives_the_text_the_room),
        cmocka_unit_test(session_draw__moments_of_posting__are_no_silences),
        cmocka_unit_test(session_draw__long_names__take_the_free_lines),
        cmocka_unit_test(session_draw__long_names__go_on_in_the_heading),
        cmocka_unit_test(session_draw__few_times__stand_in_the_headings),
        cmocka_unit_test(session_draw__long_message_with_a_path__keeps_its_end),
        cmocka_unit_test(session_draw__several_days__are_told),
        cmocka_unit_test(session_draw__each_list__has_the_cursor_at_its_row),
        cmocka_unit_test(session_draw__narrow_heading__cuts_the_time_before_the_name),
        cmocka_unit_test(session_draw__theme_with_shapes__puts_one_before_each_name),
        cmocka_unit_test(session_draw__theme_with_shapes__puts_one_before_names_in_lists),
        cmocka_unit_test(session_key__each__answers),
        cmocka_unit_test(session_key__help__is_searched_and_says_what_keys_do),
        cmocka_unit_test(session_key__commands__run_by_name),
        cmocka_unit_test(session_key__copying__sends_the_words),
        cmocka_unit_test(session_key__copying__carries_nothing_that_acts),
        cmocka_unit_test(session_key__quotes__are_kept_and_gone_back_to),
        cmocka_unit_test(session_key__selecting__never_cuts_a_character),
        cmocka_unit_test(session_key__the_host__is_asked),
        cmocka_unit_test(session_key__other_programs__are_run_at_this_place),
        cmocka_unit_test(session_key__leaving__ends_it),
        cmocka_unit_test(session_key__pasted__is_no_command),
        cmocka_unit_test(session_key__rows_to_the_end_and_back__meet_every_segment),
        cmocka_unit_test(session_draw__after_any_move__panes_show_the_same_moment),
        cmocka_unit_test(session_key__clicks__go_where_they_point),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
