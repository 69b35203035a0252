/* The commands, as a shell runs them: what they print, how they complain, what they return. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "run_program.h"

#define BAD "tests/fixtures/bad"
#define SAMPLES "sample-data"

/* --------------------------------------------------------------------------------- bad input
 */

static void check__tells_where_a_file_is_wrong(void **state)
{
    static const struct run_row rows[] = {
        {"shilu check good.json", 0, "good.json: shilu JSON, 3 segments, 2 speakers\n", ""},
        {"shilu check bom.json", 0, "bom.json: shilu JSON, 3 segments, 2 speakers\n", ""},
        {"shilu check crlf.json", 0, "crlf.json: shilu JSON, 3 segments, 2 speakers\n", ""},
        {"shilu check controls.json", 0, "controls.json: shilu JSON, 3 segments, 2 speakers\n",
         ""},
        {"shilu check official.txt", 0,
         "official.txt: text with speakers, 4 segments, 2 speakers\n"
         "official.txt: layout [{speaker}]{:}{text} explains 4 of 5 blocks, nothing left out\n",
         ""},
        {"shilu check cut.json", 1, "",
         "shilu: cut.json:14:68: expected the string's end\n"
         "shilu: cut.json:14:68: the file ends before its JSON does\n"},
        {"shilu check cut-between.json", 1, "",
         "shilu: cut-between.json:14:5: the file ends before its JSON does\n"},
        {"shilu check wrong-type-text.json", 1, "",
         "shilu: wrong-type-text.json:13:64: expected a string\n"},
        {"shilu check wrong-type-speaker.json", 1, "",
         "shilu: wrong-type-speaker.json:13:17: expected a string\n"},
        {"shilu check wrong-type-title.json", 1, "",
         "shilu: wrong-type-title.json:4:12: expected a string\n"},
        {"shilu check wrong-type-segments.json", 1, "",
         "shilu: wrong-type-segments.json:11:15: expected an array\n"
         "shilu: wrong-type-segments.json:1:1: warning: no segments\n"},
        {"shilu check unknown-speaker.json", 0,
         "unknown-speaker.json: shilu JSON, 3 segments, 3 speakers\n",
         "shilu: unknown-speaker.json:13:17: warning: a speaker who is not in the "
         "list of speakers\n"},
        {"shilu check missing-text.json", 1, "",
         "shilu: missing-text.json:13:5: a segment has no text\n"},
        {"shilu check missing-title.json", 1, "",
         "shilu: missing-title.json:1:1: no \"title\"\n"},
        {"shilu check bad-time.json", 1, "",
         "shilu: bad-time.json:13:33: expected a date-time, a clock time, a number of seconds "
         "or null\n"},
        {"shilu check not-json.json", 1, "",
         "shilu: not-json.json:13:23: expected ',' or '}'\n"},
        {"shilu check newer-version.json", 1, "",
         "shilu: newer-version.json:3:14: this is version 2 of the format; this program reads "
         "version 1\n"},
        {"shilu check deep.json", 1, "",
         "shilu: deep.json:13:556: nested deeper than 512 levels\n"},
        {"shilu check nul.json", 0, "nul.json: shilu JSON, 3 segments, 2 speakers\n",
         "shilu: nul.json:12:5: warning: a string has a control character without an escape\n"},
        {"shilu check nul-escape.json", 0,
         "nul-escape.json: shilu JSON, 3 segments, 2 speakers\n",
         "shilu: nul-escape.json:12:5: warning: a NUL or half a surrogate pair became "
         "U+FFFD\n"},
        {"shilu check lone-surrogate.json", 0,
         "lone-surrogate.json: shilu JSON, 3 segments, 2 speakers\n",
         "shilu: lone-surrogate.json:12:5: warning: a NUL or half a surrogate pair became "
         "U+FFFD\n"},
        {"shilu check invalid-utf8.json", 0,
         "invalid-utf8.json: shilu JSON, 3 segments, 2 speakers\n",
         "shilu: invalid-utf8.json: warning: 2 invalid byte sequences became U+FFFD\n"},
        {"shilu check empty.json", 1, "", "shilu: empty.json: the file is empty\n"},
        {"shilu check blank.json", 1, "",
         "shilu: blank.json: the file holds nothing but blanks\n"},
        {"shilu check foreign.bin", 1, "",
         "shilu: foreign.bin: cannot read data that is not text\n"},
        {"shilu check stream-cut.jsonl", 1, "",
         "shilu: stream-cut.jsonl:3:43: expected the string's end\n"},
        {"shilu check stream-wrong.jsonl", 1, "",
         "shilu: stream-wrong.jsonl:3:1: a segment has no text\n"
         "shilu: stream-wrong.jsonl:4:1: expected an object\n"},
    };

    (void)state;
    RUN_CHECK_ROWS(BAD, rows);
}

/* What could be read is shown, and what is wrong is said beside it. */
static void show__prints_the_readable_part_of_a_bad_file(void **state)
{
    static const struct run_row rows[] = {
        {"shilu convert -f jsonl cut.json | grep -c '\"start\"'", 0, "3\n",
         "shilu: cut.json:14:68: expected the string's end\n"
         "shilu: cut.json:14:68: the file ends before its JSON does\n"},
        {"shilu grep 'Whi' cut.json", 0, "cut.json:10:02:30:Ana Costa: Whi\n",
         "shilu: cut.json:14:68: expected the string's end\nshilu: cut.json: and 1 more\n"},
        {"shilu speakers -f csv deep.json | wc -l", 0, "2\n",
         "shilu: deep.json:13:556: nested deeper than 512 levels\n"},
        {"shilu grep -c t missing-text.json", 0, "missing-text.json:4\n",
         "shilu: missing-text.json:13:5: a segment has no text\n"},
        {"shilu show empty.json", 2, "", "shilu: empty.json: the file is empty\n"},
        {"shilu show foreign.bin", 2, "",
         "shilu: foreign.bin: cannot read data that is not text\n"},
        {"shilu show newer-version.json", 2, "", NULL},
    };

    (void)state;
    RUN_CHECK_ROWS(BAD, rows);
}

/* What cannot be opened is an error of every command. */
static void commands__say_why_a_path_cannot_be_read(void **state)
{
    static const char *const commands[] = {"show",  "speakers",  "timeline", "convert",
                                           "check", "grep -e x", ""};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof commands / sizeof *commands; i++) {
        char line[128];
        struct run_row row = {line, 2, "", NULL};

        snprintf(line, sizeof line, "shilu %s nothing.json", commands[i]);
        row.err = "shilu: nothing.json: No such file or directory\n";
        run_check_row(BAD, &row);
        if (strncmp(commands[i], "grep", 4) == 0)
            continue; /* a folder is what it searches */
        snprintf(line, sizeof line, "shilu %s ../bad", commands[i]);
        row.err = "shilu: ../bad: Is a directory\n";
        run_check_row(BAD, &row);
    }
}

/* Root may read everything, so as root the program runs as somebody else, where it can. */
#define AS_SOMEBODY                                                                      \
    "as=; if [ \"$(id -u)\" = 0 ]; then as='setpriv --reuid=65534 --clear-groups --'; "  \
    "$as shilu --version >/dev/null 2>&1 || exit 99; fi; cp good.json $SCRATCH/a.json; " \
    "cp good.json $SCRATCH/b.json; cd $SCRATCH; chmod 755 .; chmod 0 a.json; "

static void commands__say_that_a_file_may_not_be_read(void **state)
{
    static const struct run_row rows[] = {
        {AS_SOMEBODY "$as shilu check a.json", 2, "", "shilu: a.json: Permission denied\n"},
        {AS_SOMEBODY "$as shilu show a.json", 2, "", "shilu: a.json: Permission denied\n"},
        {AS_SOMEBODY "$as shilu grep boats .", 2,
         "./b.json:10:00:00:Ana Costa: The boats first.\n",
         "shilu: ./a.json: Permission denied\n"},
    };
    struct run run;

    (void)state;
    run_program(&run, BAD, AS_SOMEBODY);
    if (run.status == 99) {
        run_release(&run);
        print_message("skipped: root may read everything, and cannot be anybody else here\n");
        skip();
    }
    run_release(&run);
    RUN_CHECK_ROWS(BAD, rows);
}

static void commands__take_what_is_piped_in(void **state)
{
    static const struct run_row rows[] = {
        {"shilu check - <good.json", 0, "-: shilu JSON, 3 segments, 2 speakers\n", ""},
        {"cat good.json | shilu check", 0, "-: shilu JSON, 3 segments, 2 speakers\n", ""},
        {"cat good.json | shilu grep leak", 0, "-:10:01:00:Ben Adeyemi: Two of them leak.\n",
         ""},
        {"cat good.json | shilu >$SCRATCH/a; shilu show good.json | cmp - $SCRATCH/a", 0, "",
         ""},
    };

    (void)state;
    RUN_CHECK_ROWS("tests/fixtures/bad", rows);
}

/* ------------------------------------------------------------------------------------- usage
 */

static void program__refuses_a_wrong_command_line(void **state)
{
    static const struct run_row rows[] = {
        {"shilu --nothing", 2, "", "shilu: unknown option '--nothing'\nTry 'shilu --help'.\n"},
        {"shilu show --width x good.json", 2, "",
         "shilu: option '--width' needs a number of at least 0, not 'x'\nTry 'shilu show "
         "--help'.\n"},
        {"shilu show -f nothing good.json", 2, "",
         "shilu: unknown format 'nothing': there are text, json, jsonl, markdown, html, csv, "
         "srt, vtt, podcast-json, sqlite\n"},
        {"shilu speakers -f jsonl good.json", 2, "",
         "shilu: unknown format 'jsonl': 'speakers' writes text, json and csv\n"},
        {"shilu show -f json good.json bom.json", 2, "",
         "shilu: 'json' takes one file, not also 'bom.json'\n"},
        {"shilu check --input-format nothing good.json", 2, "", NULL},
        {"shilu check --encoding nothing good.json", 2, "", NULL},
        {"shilu show --color always --theme nothing good.json", 2, "", NULL},
        {"shilu show --theme drak good.json", 2, "",
         "shilu: no theme 'drak'; did you mean 'dark'?\n"},
        {"shilu grep -e '(' good.json", 2, "", NULL},
        {"shilu help show extra", 2, "",
         "shilu: 'help' takes one topic, not also 'extra'\nTry 'shilu help --help'.\n"},
        {"shilu version extra", 2, "",
         "shilu: 'version' takes no argument, not 'extra'\nTry 'shilu version --help'.\n"},
    };

    (void)state;
    RUN_CHECK_ROWS(BAD, rows);
}

static void program__prints_help_and_version(void **state)
{
    static const struct run_row rows[] = {
        {"shilu --help | head -1", 0,
         "Usage: shilu [OPTION]... [PATH]...           browse transcripts\n", ""},
        {"shilu grep --help | head -1", 0, "Usage: shilu grep [OPTION]... PATTERN [PATH]...\n",
         ""},
        {"shilu --version | grep -c '^shilu [0-9]'", 0, "1\n", ""},
        {"shilu --help >/dev/full", 2, "",
         "shilu: cannot write standard output: No space left on device\n"},
    };

    (void)state;
    RUN_CHECK_ROWS(BAD, rows);
}

static void layout__is_taken_as_given_and_told_by_check(void **state)
{
#define TEXT "printf '10:01 Ann =~ Late?\\n10:02 Bob =~ No.\\n10:03 Ann =~ Good.\\n' | "
    static const struct run_row rows[] = {
        {TEXT "shilu check --layout '{time} {speaker} =~ {text}'", 0,
         "-: text with speakers, 3 segments, 2 speakers\n"
         "-: layout {time} {speaker} =~ {text} explains 3 of 3 blocks, nothing left out\n",
         ""},
        {TEXT "shilu --layout '{time} {speaker} =~ {text}' -f jsonl - | grep -c "
              "'\"speaker\": \"Ann\", \"start\": \"10:0'",
         0, "2\n", ""},
        {TEXT "SHILU_OPTS='--layout \"{time} {speaker} =~ {text}\"' shilu grep -c Late", 0,
         "-:1\n", ""},
        {TEXT "shilu check", 0,
         "-: text with speakers, 3 segments, 0 speakers\n"
         "-: layout {text} explains 3 of 3 blocks, nothing left out\n",
         ""},
        {TEXT "shilu show --layout '[{speaker}] {text}' 2>&1 >$SCRATCH/out", 0,
         "shilu: -: warning: no line has the layout '[{speaker}] {text}'\n", ""},
        {"printf 'Ann: Late?\\nBob: No.\\n\\f\\nAnn: Good.\\nBob: Yes.\\n' | shilu check | "
         "tail -1",
         0, "-: layout {speaker}:{text} explains 4 of 4 blocks, nothing left out\n", ""},
        {"shilu check ../containers/briefing.html 2>/dev/null | tail -1", 0,
         "../containers/briefing.html: layout {bold}{text} explains 10 of 11 blocks, left out "
         "8 places, 100 characters: hidden text 1, buttons and fields 1, outside the page's "
         "content 1, navigation 4, picture captions 1\n",
         ""},
        {"shilu check --layout '问{who}：{text}' good.json", 2, "",
         "shilu: option '--layout', character 2: a layout has no '{who}': it may have "
         "{speaker}, {role}, {time}, {text}, {mark}, {number}, {gap}, {any}, {end}\n"
         "Try 'shilu check --help'.\n"},
        {"shilu check --layout '{speaker}' good.json", 2, "", NULL},
        {TEXT "shilu check --layouts --layout '{speaker} =~ {text}' | tail -n +3 | "
              "grep -c '[0-9]  {time} {speaker} =~ {text}  taken: '",
         0, "1\n", ""},
        {"printf 'Ann: Late?\nBob: No.\nAnn: Good.\nBob: Yes.\n' | shilu check --layouts | "
         "tail -n +3 | grep -o '^ *4 blocks.*form'",
         0, "     4 blocks     17.3  {speaker}:{text}  taken: form\n", ""},
        {"printf 'a.c: one = 1;\nb.c: two = 2;\na.c: if (x) {\nb.c: y; }\n' | "
         "shilu check --layouts 2>/dev/null | grep -c 'taken: '",
         1, "0\n", ""},
        {"shilu check --layouts good.json | wc -l", 0, "1\n", ""},
        {"shilu show --layouts good.json", 2, "",
         "shilu: 'show' has no option '--layouts'\nTry 'shilu show --help'.\n"},
        {"shilu check --layout '{speaker}: {text}' good.json", 0,
         "good.json: shilu JSON, 3 segments, 2 speakers\n", ""},
    };

    (void)state;
    RUN_CHECK_ROWS(BAD, rows);
#undef TEXT
}

/* ------------------------------------------------------------------------- show and selection
 */

static void show__selects_as_asked(void **state)
{
    static const struct run_row rows[] = {
        {"shilu show -f jsonl --speaker 劉喜堂 briefing.json | grep -c '\"start\"'", 0, "4\n",
         ""},
        {"shilu show -f jsonl --speaker lxt briefing.json | grep -c '\"start\"'", 0, "4\n", ""},
        {"shilu show -f jsonl --speaker 刘喜堂 -s 陳越良 briefing.json | grep -c '\"start\"'",
         0, "7\n", ""},
        {"shilu show -f jsonl --from 10:25 --to 10:31 briefing.json | grep -c '\"start\"'", 0,
         "5\n", ""},
        {"shilu show -f jsonl --from 10:25:22 --to +9m briefing.json | grep -c '\"start\"'", 0,
         "7\n", ""},
        {"shilu show -f jsonl --from -3m briefing.json | grep -c '\"start\"'", 0, "2\n", ""},
        {"shilu show -f jsonl --question 2 briefing.json | grep -c '\"start\"'", 0, "4\n", ""},
        {"shilu show -f jsonl --kind question briefing.json | grep -c '\"start\"'", 0, "8\n",
         ""},
        {"shilu show --speaker nobody briefing.json", 1, "",
         "shilu: briefing.json: no speaker matches 'nobody'\n"},
        {"shilu show --speaker 司司長 briefing.json", 2, "",
         "shilu: briefing.json: speaker '司司長' is ambiguous: 劉喜堂, 陳越良, 俞建良\n"},
        {"shilu show --question 9 briefing.json", 1, "",
         "shilu: briefing.json: there is no question 9: the record has 8\n"},
        {"shilu show --from 12:00 briefing.json", 1, "",
         "shilu: briefing.json: nothing selected\n"},
        {"shilu show --from soon briefing.json", 2, "", NULL},
    };

    (void)state;
    RUN_CHECK_ROWS(SAMPLES, rows);
}

static void show__wraps_at_the_width(void **state)
{
    static const struct run_row rows[] = {
        {"shilu show -w 40 town-meeting.json | grep '^          [!-~ ]*$' | awk "
         "'length($0) > 40' | wc -l",
         0, "0\n", ""},
        {"shilu show -w 0 town-meeting.json | grep -c 'and one hand that I think is waving to "
         "a "
         "friend. Carried.'",
         0, "1\n", ""},
        {"shilu town-meeting.json >$SCRATCH/a; shilu show town-meeting.json | "
         "cmp - $SCRATCH/a",
         0, "", ""},
        {"shilu show --color always town-meeting.json | grep -c $(printf '\\033')", 0, NULL,
         ""},
        {"shilu show town-meeting.json | grep -c $(printf '\\033')", 1, "0\n", ""},
    };

    (void)state;
    RUN_CHECK_ROWS(SAMPLES, rows);
}

/* Each command over a file, and how many of its lines hold a control or a bidirectional
 * control; the ends of CSV's lines do not count. */
#define CONTROLS_IN(file)                                                                  \
    "for c in show speakers timeline 'timeline --plot' 'grep --exact e' 'grep -C 1 -e a' " \
    "'grep --json -e .' 'speakers -f csv' 'speakers -f json' 'timeline -f csv' "           \
    "'timeline -f json' convert 'convert -f jsonl' check 'show --speaker Control'; do "    \
    "shilu $c " file " 2>&1; done | tr -d '\\r' | LC_ALL=C grep -c -e "                    \
    "\"$(printf '[\\001-\\010\\013-\\037\\177]')\" -e \"$(printf '\\302[\\200-\\237]')\" " \
    "-e \"$(printf '\\342\\200[\\252-\\256]')\" -e \"$(printf '\\342\\201[\\246-\\251]')\""

static void commands__let_no_control_through(void **state)
{
    static const struct run_row rows[] = {
        {CONTROLS_IN("tests/fixtures/bad/controls.json"), 1, "0\n", ""},
        {CONTROLS_IN("sample-data/torture.json"), 1, "0\n", ""},
    };

    (void)state;
    RUN_CHECK_ROWS(".", rows);
}

/* ----------------------------------------------------------------------------------- convert
 */

static void convert__writes_whole_or_not_at_all(void **state)
{
    static const struct run_row rows[] = {
        {"d=$SCRATCH; shilu convert -o $d/a.jsonl good.json && shilu check $d/a.jsonl | "
         "sed 's/.*: //'; ls $d",
         0, "shilu JSON Lines, 3 segments, 2 speakers\na.jsonl\n", ""},
        {"d=$SCRATCH; umask 027; shilu convert -o $d/a.json good.json; "
         "stat -c %a $d/a.json; chmod 600 $d/a.json; shilu convert -o $d/a.json good.json; "
         "stat -c %a $d/a.json",
         0, "640\n600\n", ""},
        {"d=$SCRATCH; echo old >$d/a.json; shilu convert -o $d/a.json nothing.json 2>&1; "
         "cat $d/a.json; ls $d",
         0, "shilu: nothing.json: No such file or directory\nold\na.json\n", ""},
        {"d=$SCRATCH; echo old >$d/a.json; ln -s a.json $d/b.json; "
         "shilu convert -o $d/b.json good.json; head -c 1 $d/a.json; test -L $d/b.json",
         0, "{", ""},
        /* A part of an input replaces nothing that was there, and is not a success. */
        {"d=$SCRATCH; echo old >$d/a.json; head -c 300 good.json >$d/cut.json; "
         "shilu convert -o $d/a.json $d/cut.json 2>&1 | grep -c 'was not changed'; cat "
         "$d/a.json; "
         "shilu convert -f text $d/cut.json >$d/cut.txt 2>/dev/null; echo $?; "
         "shilu convert -o $d/new.json $d/cut.json 2>/dev/null; echo $?; test -s $d/new.json",
         0, "1\nold\n2\n2\n", ""},
        {"d=$SCRATCH; echo old >$d/a.json; gzip -c good.json | head -c 200 >$d/cut.json.gz; "
         "shilu convert -o $d/a.json $d/cut.json.gz 2>/dev/null; echo $?; cat $d/a.json",
         0, "2\nold\n", ""},
        {"d=$SCRATCH; echo old >$d/a.json; chmod 444 $d/a.json; "
         "shilu convert -o $d/a.json good.json 2>/dev/null; echo $?; cat $d/a.json; ls $d",
         0, "2\nold\na.json\n", ""},
        /* A writable file in a folder in which none can be created. */
        {"as=; if [ \"$(id -u)\" = 0 ]; then as='setpriv --reuid=65534 --clear-groups --'; $as "
         "shilu --version >/dev/null 2>&1 || as=; fi; d=$SCRATCH; chmod 755 $d; mkdir $d/f; "
         "echo "
         "old >$d/f/a.json; chmod 666 $d/f/a.json; chmod 555 $d/f; cp good.json $d/g.json; "
         "chmod "
         "644 $d/g.json; cd /; $as shilu convert -o $d/f/a.json $d/g.json; echo $?; shilu "
         "check "
         "$d/f/a.json | grep -c '3 segments'; ls $d/f; chmod 755 $d/f",
         0, "0\n1\na.json\n", ""},
        {"d=$SCRATCH; echo 'A = B' >$d/map; "
         "shilu convert --speakers $d/map -f json -o $d/map good.json 2>&1 | "
         "grep -c 'is read here'; cat $d/map",
         0, "1\nA = B\n", ""},
        {"shilu convert -o a.unknown good.json", 2, "",
         "shilu: cannot tell the format from the name 'a.unknown': use --format\n"},
        {"shilu convert -o ./good.json good.json", 2, "",
         "shilu: './good.json' is read here: write to another file\n"},
        {"shilu convert -o $SCRATCH/good.json - <good.json", 0, "", ""},
        {"shilu convert -o .. good.json", 2, "", NULL},
        {"shilu convert -o nowhere/a.json good.json", 2, "",
         "shilu: cannot write 'nowhere/a.json': No such file or directory\n"},
        {"shilu convert -f jsonl -o /dev/full good.json", 2, "",
         "shilu: cannot write '/dev/full': No space left on device\n"},
        {"shilu convert good.json >/dev/full", 2, "",
         "shilu: cannot write standard output: No space left on device\n"},
    };

    (void)state;
    RUN_CHECK_ROWS(BAD, rows);
}

/* More than a stream's buffer, so that writing fails before the end. */
static void commands__tell_that_the_disk_is_full(void **state)
{
    static const char large[] =
        "cd $SCRATCH; printf 'WEBVTT\\n\\n' >large.vtt; awk 'BEGIN { for (i = 0; i < 4000; "
        "i++) "
        "printf \"%02d:%02d.000 --> %02d:%02d.900\\n<v Ann>Caption number %d of many.\\n\\n\", "
        "i / 60, i % 60, i / 60, i % 60, i }' >>large.vtt; ";
    static const char *const lines[] = {
        "convert -f text",
        "convert -f json",
        "convert -f jsonl",
        "convert -f markdown",
        "convert -f html",
        "convert -f csv",
        "convert -f srt",
        "convert -f vtt",
        "convert -f sqlite",
        "convert -f podcast-json",
        "show",
        "timeline",
        "grep Caption",
        "grep --json Caption",
    };

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        char line[800];
        struct run_row row = {line, 2, "",
                              "shilu: cannot write standard output: No space left on device\n"};

        snprintf(line, sizeof line, "%sshilu %s large.vtt >/dev/full", large, lines[i]);
        run_check_row(BAD, &row);
    }
}

/* An RTTM of the same name says who speaks, where the transcript does not. */
static void commands__join_what_a_diarizer_says(void **state)
{
    static const struct run_row rows[] = {
        {"cd $SCRATCH; printf '1\\n00:00:01,000 --> 00:00:02,000\\nOne.\\n\\n2\\n00:00:02,000 "
         "--> "
         "00:00:04,000\\nTwo.\\n\\n3\\n00:00:09,000 --> 00:00:10,000\\nThree.\\n' >joined.srt; "
         "printf 'SPEAKER x 1 0.5 1.7 <NA> <NA> Ann <NA> <NA>\\nSPEAKER x 1 2.1 3.0 <NA> <NA> "
         "Bo "
         "<NA> <NA>\\n' >joined.rttm; shilu convert -f csv joined.srt | cut -d, -f4,9",
         0, "speaker,text\r\nAnn,One.\r\nBo,Two.\r\n,Three.\r\n", ""},
        {"cd $SCRATCH; echo 'SPEAKER x 1 0.5 1.7 <NA> <NA> Ann <NA> <NA>' >joined.rttm; shilu "
         "show joined.rttm",
         2, "",
         "shilu: joined.rttm: an RTTM file says who speaks when, but has no words: open the "
         "transcript of the same name\n"},
    };

    (void)state;
    RUN_CHECK_ROWS(BAD, rows);
}

static void convert__keeps_everything(void **state)
{
    static const struct run_row rows[] = {
        {"shilu convert briefing.json | shilu convert - | shilu convert -f jsonl - "
         ">$SCRATCH/a; "
         "shilu convert -f jsonl briefing.json | cmp - $SCRATCH/a",
         0, "", ""},
        {"shilu convert town-meeting.json | shilu show - >$SCRATCH/a; shilu show "
         "town-meeting.json "
         "| "
         "cmp - $SCRATCH/a",
         0, "", ""},
    };

    (void)state;
    RUN_CHECK_ROWS(SAMPLES, rows);
}

/* ------------------------------------------------------------------------ speakers, timeline
 */

static void speakers__counts_what_is_selected(void **state)
{
    static const struct run_row rows[] = {
        {"shilu speakers good.json", 0,
         "name         role   turns  segments  characters  share     first      last\n"
         "Ana Costa    chair      2         2          23  62.2%  10:00:00  10:02:30\n"
         "Ben Adeyemi             1         1          14  37.8%  10:01:00  10:01:00\n",
         ""},
        {"shilu speakers --from 10:01 -f csv good.json", 0,
         "name,role,organization,kind,turns,segments,characters,share,first,last\r\n"
         "Ben Adeyemi,,,unknown,1,1,14,0.6087,10:01:00,10:01:00\r\n"
         "Ana Costa,chair,,unknown,1,1,9,0.3913,10:02:30,10:02:30\r\n",
         ""},
        {"shilu speakers -s ben -f json good.json", 0,
         "[\n  {\"name\": \"Ben Adeyemi\", \"role\": null, \"organization\": null, \"kind\": "
         "\"unknown\", \"turns\": 1, \"segments\": 1, \"characters\": 14, \"share\": 1.0000, "
         "\"first\": \"2024-05-06T10:01:00+09:00\", \"last\": "
         "\"2024-05-06T10:01:00+09:00\"}\n]\n",
         ""},
    };

    (void)state;
    RUN_CHECK_ROWS(BAD, rows);
}

#define NAMES                                                                          \
    "printf 'Ana Costa = Ben Adeyemi\\n' > $SCRATCH/n; cp good.json $SCRATCH/g.json; " \
    "export XDG_STATE_HOME=$SCRATCH; "
#define MERGED                                                                      \
    "name         role   turns  segments  characters   share     first      last\n" \
    "Ben Adeyemi  chair      1         3          37  100.0%  10:00:00  10:02:30\n"

static void speakers__are_named_as_a_file_says_and_that_is_remembered(void **state)
{
    static const struct run_row rows[] = {
        {NAMES "shilu speakers --speakers $SCRATCH/n good.json", 0, MERGED, ""},
        {NAMES "cd $SCRATCH; shilu check --speakers n g.json && "
               "shilu speakers g.json; shilu grep -c Ben g.json; shilu check --no-speakers "
               "g.json; shilu check g.json",
         0,
         "g.json: shilu JSON, 3 segments, 1 speaker\n" MERGED "g.json:0\n"
         "g.json: shilu JSON, 3 segments, 2 speakers\n"
         "g.json: shilu JSON, 3 segments, 2 speakers\n",
         ""},
        {NAMES "cd $SCRATCH; shilu check --speakers n g.json; "
               "rm n; shilu check g.json 2>&1 | sed \"s,$PWD/,,\"",
         0,
         "g.json: shilu JSON, 3 segments, 1 speaker\n"
         "g.json: shilu JSON, 3 segments, 2 speakers\n"
         "shilu: n: No such file or directory\n",
         NULL},
        {"printf 'a = b\\nc\\n' > $SCRATCH/n; cd $SCRATCH; shilu speakers --speakers n x", 2,
         "", "shilu: n:2:2: expected '=' and the new name\n"},
        {"shilu show --speakers x --no-speakers good.json", 2, "",
         "shilu: '--speakers' and '--no-speakers' exclude each other\n"},
    };

    (void)state;
    RUN_CHECK_ROWS(BAD, rows);
}

static void timeline__lists_and_plots(void **state)
{
    static const struct run_row rows[] = {
        {"shilu timeline good.json", 0,
         "10:00:00    Ana Costa    The boats first.\n"
         "10:01:00    Ben Adeyemi  Two of them leak.\n"
         "10:02:30    Ana Costa    Which two?\n",
         ""},
        {"shilu timeline -w 53 --plot good.json", 0, NULL, ""},
        {"shilu timeline --plot -f json good.json | head -c 2", 0, "[\n", ""},
        {"shilu timeline -f csv -s ben good.json", 0,
         "segment,start,end,silence_ms,speaker,kind,text\r\n"
         "2,10:01:00,,0,Ben Adeyemi,remark,Two of them leak.\r\n",
         ""},
    };

    (void)state;
    RUN_CHECK_ROWS(BAD, rows);
}

/* ---------------------------------------------------------------------------------- a closed
 * pipe */

/* What is opened next gets the number of a closed stream: nothing may be printed into it, for
 * example bytes of a transcript into the pipe of signals. */
static void commands__live_with_closed_streams(void **state)
{
    static const struct run_row rows[] = {
        {"shilu show good.json >&- 2>&- <&-", 0, "", ""},
        {"shilu grep -c . good.json good.json 2>&- >&- <&-; test $? -lt 2", 0, "", ""},
        {"shilu check good.json <&- >&-", 0, "", ""},
        {"shilu show nothing.json >&- 2>&-", 2, "", ""},
        {"shilu convert -o $SCRATCH/a.json good.json >&- 2>&- <&- && shilu check "
         "$SCRATCH/a.json "
         "| grep -c '3 segments'",
         0, "1\n", ""},
        {"shilu show - <&-", 2, "", NULL},
    };

    (void)state;
    RUN_CHECK_ROWS("tests/fixtures/bad", rows);
}

/* Names hold any bytes; what is printed of them is UTF-8 without controls. */
static void commands__print_no_byte_of_a_name_that_acts(void **state)
{
    static const struct run_row rows[] = {
        {"f=$(printf '%s/a\\377\\302\\233\\342\\200\\256.json' $SCRATCH); cp good.json \"$f\"; "
         "cd $SCRATCH; { shilu grep -l -e . * ; shilu grep --json -e . *; shilu check *; "
         "shilu check \"$f\"x; shilu grep -c -e . \"$f\"x; } >.out 2>&1; "
         "iconv -f UTF-8 -t UTF-8 <.out | cmp - .out && ! LC_ALL=C grep -q "
         "\"$(printf '\\302\\233')\\|$(printf '\\342\\200\\256')\" .out && grep -c '<202E>' "
         ".out",
         0, "4\n", ""},
    };

    (void)state;
    RUN_CHECK_ROWS("tests/fixtures/bad", rows);
}

static void commands__leave_a_closed_pipe_quietly(void **state)
{
    static const struct run_row rows[] = {
        {"trap '' PIPE; { for i in 1 2 3 4 5 6 7 8 9; do shilu show -f jsonl "
         "town-meeting.json; "
         "done; } | head -c 1",
         0, "{", ""},
        {"{ shilu show town-meeting.json; } | true", 0, "", ""},
    };

    (void)state;
    RUN_CHECK_ROWS(SAMPLES, rows);
}

/* Interrupted, a command ends by the signal, with what it had printed; nothing half written
 * stays. */
static void commands__are_interrupted_cleanly(void **state)
{
    static const struct run_row rows[] = {
        {"sleep 6 | timeout --preserve-status -s INT 4 shilu grep -c leak good.json -; echo $?",
         0, "good.json:1\n130\n", ""},
        {"(cat good.json; sleep 6) | timeout --preserve-status -s TERM 4 "
         "shilu convert -o $SCRATCH/out.json -; echo $?; ls $SCRATCH",
         0, "143\n", ""},
    };

    (void)state;
    RUN_CHECK_ROWS(BAD, rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(check__tells_where_a_file_is_wrong),
        cmocka_unit_test(show__prints_the_readable_part_of_a_bad_file),
        cmocka_unit_test(commands__say_why_a_path_cannot_be_read),
        cmocka_unit_test(commands__say_that_a_file_may_not_be_read),
        cmocka_unit_test(commands__take_what_is_piped_in),
        cmocka_unit_test(program__refuses_a_wrong_command_line),
        cmocka_unit_test(program__prints_help_and_version),
        cmocka_unit_test(layout__is_taken_as_given_and_told_by_check),
        cmocka_unit_test(show__selects_as_asked),
        cmocka_unit_test(show__wraps_at_the_width),
        cmocka_unit_test(commands__let_no_control_through),
        cmocka_unit_test(convert__writes_whole_or_not_at_all),
        cmocka_unit_test(commands__tell_that_the_disk_is_full),
        cmocka_unit_test(commands__join_what_a_diarizer_says),
        cmocka_unit_test(convert__keeps_everything),
        cmocka_unit_test(speakers__counts_what_is_selected),
        cmocka_unit_test(speakers__are_named_as_a_file_says_and_that_is_remembered),
        cmocka_unit_test(timeline__lists_and_plots),
        cmocka_unit_test(commands__live_with_closed_streams),
        cmocka_unit_test(commands__print_no_byte_of_a_name_that_acts),
        cmocka_unit_test(commands__leave_a_closed_pipe_quietly),
        cmocka_unit_test(commands__are_interrupted_cleanly),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
