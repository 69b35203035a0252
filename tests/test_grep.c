/* grep, as a shell runs it: what it finds, in what order, and what it returns. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "run_program.h"

#define BAD "tests/fixtures/bad"
#define SAMPLES "sample-data"

static void grep__prints_hits_as_asked(void **state)
{
    static const struct run_row rows[] = {
        {"shilu grep leak good.json", 0, "good.json:10:01:00:Ben Adeyemi: Two of them leak.\n",
         ""},
        {"shilu grep nothing good.json", 1, "", ""},
        {"shilu grep -c e good.json bom.json", 0, "good.json:3\nbom.json:3\n", ""},
        {"shilu grep -c zzz good.json", 1, "good.json:0\n", ""},
        {"shilu grep -l boats good.json crlf.json", 0, "good.json\ncrlf.json\n", ""},
        {"shilu grep BOATS good.json", 1, "", ""},
        {"shilu grep -e '(?i)BOATS|LEAK' good.json", 0,
         "good.json:10:00:00:Ana Costa: The boats first.\n"
         "good.json:10:01:00:Ben Adeyemi: Two of them leak.\n",
         ""},
        {"shilu grep -C1 which good.json", 0,
         "good.json-10:01:00-Ben Adeyemi- Two of them leak.\n"
         "good.json:10:02:30:Ana Costa: Which two?\n",
         ""},
        {"shilu grep -s ana two good.json", 0, "good.json:10:02:30:Ana Costa: Which two?\n",
         ""},
        {"shilu grep --json leak good.json", 0,
         "{\"path\":\"good.json\",\"segment\":2,\"line\":13,\"start\":\"2024-05-06T10:01:00+"
         "09:00\","
         "\"start_seconds\":60.000,\"end\":null,\"end_seconds\":null,"
         "\"speaker\":\"Ben "
         "Adeyemi\",\"role\":null,\"organization\":null,\"exchange\":null,\"kind\":\"remark\","
         "\"text\":\"Two of them leak.\","
         "\"match\":{\"text\":\"leak\",\"start\":12,\"end\":16}}\n",
         ""},
        {"shilu grep --color always leak good.json | grep -c \"$(printf '\\033.*m')leak\"", 0,
         "1\n", ""},
    };

    (void)state;
    RUN_CHECK_ROWS(BAD, rows);
}

static void grep__means_what_a_reader_means(void **state)
{
    static const struct run_row rows[] = {
        {"shilu grep -c 养老 briefing.json >$SCRATCH/a; shilu grep -c 養老 briefing.json | "
         "cmp - $SCRATCH/a",
         0, "", ""},
        {"shilu grep --exact 养老 briefing.json", 1, "", ""},
        {"shilu grep -c 民政部 ../tests/fixtures/bad/good.json", 1,
         "../tests/fixtures/bad/good.json:0\n", ""},
        {"shilu grep -w 60 118 briefing.json | cut -d: -f 1-4", 0,
         "briefing.json:10:06:13\nbriefing.json:10:25:22\nbriefing.json:10:47:18\n", ""},
    };

    (void)state;
    RUN_CHECK_ROWS(SAMPLES, rows);
}

/* Captions of one speaker are one paragraph: what goes on from one to the next is found, and
 * the time is that of the one in which it begins. */
#define CAPTIONS                                                                                \
    "cd $SCRATCH; printf '1\\n00:00:01,000 --> 00:00:02,000\\n對災民提供臨時\\n\\n2\\n"  \
    "00:00:02,000 --> 00:00:03,000\\n救助，而且\\n\\n3\\n00:00:03,000 --> 00:00:04,000\\n" \
    "we will\\n\\n4\\n00:00:04,000 --> 00:00:05,000\\nhelp them\\n' >c.srt; "

static void grep__finds_what_goes_on_in_the_next_caption(void **state)
{
    static const struct run_row rows[] = {
        {CAPTIONS "shilu grep 临时救助 c.srt", 0,
         "c.srt:0:00:01:-: 對災民提供臨時救助，而且we will help them\n", ""},
        {CAPTIONS "shilu grep -e 'will\\s+help' c.srt | cut -c 1-13", 0, "c.srt:0:00:03\n", ""},
        {CAPTIONS "shilu grep -c -e '^救助|will$' c.srt", 1, "c.srt:0\n", ""},
        {CAPTIONS "shilu grep --to 0:02 'them' c.srt", 1, "", ""},
        {CAPTIONS "shilu grep --from 0:02 --to 0:02.5 -c -e 臨時救助 c.srt", 1, "c.srt:0\n",
         ""},
        {CAPTIONS "shilu grep --json 臨時救助 c.srt | grep -o '\"segment\":1.*match.*'", 0,
         "\"segment\":1,\"line\":3,\"start\":\"0:00:01\",\"start_seconds\":1.000,\"end\":\"0:"
         "00:02\",\"end_seconds\":2.000,\"speaker\":null,\"role\":null,\"organization\":null,"
         "\"exchange\":null,\"kind\":\"remark\",\"text\":"
         "\"對災民提供臨時救助，而且we will help them\",\"match\":{\"text\":\"臨時救助\","
         "\"start\":5,\"end\":9}}\n",
         ""},
    };

    (void)state;
    RUN_CHECK_ROWS(BAD, rows);
}

/* The options that people know from grep. */
static void grep__takes_the_options_of_grep(void **state)
{
    static const struct run_row rows[] = {
        {"shilu grep -i 'THE BOATS' good.json", 0,
         "good.json:10:00:00:Ana Costa: The boats first.\n", ""},
        {"shilu grep -i --exact 'THE BOATS' good.json", 0,
         "good.json:10:00:00:Ana Costa: The boats first.\n", ""},
        {"shilu grep -i -e 'THE .OATS' good.json", 0,
         "good.json:10:00:00:Ana Costa: The boats first.\n", ""},
        {"shilu grep --exact 'THE BOATS' good.json", 1, "", ""},
        {"shilu grep -n leak good.json", 0,
         "good.json:13:10:01:00:Ben Adeyemi: Two of them leak.\n", ""},
        {"shilu grep -h -o leak good.json", 0, "10:01:00:Ben Adeyemi: leak\n", ""},
        {"shilu grep -H leak good.json", 0,
         "good.json:10:01:00:Ben Adeyemi: Two of them leak.\n", ""},
        {"shilu grep -v leak good.json", 0,
         "good.json:10:00:00:Ana Costa: The boats first.\n"
         "good.json:10:02:30:Ana Costa: Which two?\n",
         ""},
        {"shilu grep -vc leak good.json", 0, "good.json:2\n", ""},
        {"shilu grep -v -e . good.json", 1, "", ""},
        {"shilu grep -m 1 -c -e . good.json", 0, "good.json:16\n", ""},
        {"shilu grep -m 2 -h -o -e '^.' good.json", 0,
         "10:00:00:Ana Costa: T\n10:01:00:Ben Adeyemi: T\n", ""},
        {"shilu grep -A1 boats good.json", 0,
         "good.json:10:00:00:Ana Costa: The boats first.\n"
         "good.json-10:01:00-Ben Adeyemi- Two of them leak.\n",
         ""},
        {"shilu grep -B1 which good.json", 0,
         "good.json-10:01:00-Ben Adeyemi- Two of them leak.\n"
         "good.json:10:02:30:Ana Costa: Which two?\n",
         ""},
        {"shilu grep -r -l boats good.json", 0, "good.json\n", ""},
        {"shilu grep -lZ boats good.json | tr '\\0' '!'", 0, "good.json!", ""},
        {"shilu grep -cZ boats good.json | tr '\\0' '!'", 0, "good.json!1\n", ""},
        {"shilu grep -q leak good.json", 0, "", ""},
        {"shilu grep -q nothing good.json", 1, "", ""},
        /* As ripgrep has it: an error is known by the status, but not where -q has its answer.
         */
        {"shilu grep -q leak good.json nowhere.json 2>/dev/null", 0, "", ""},
        {"shilu grep -c leak good.json nowhere.json 2>/dev/null", 2, "good.json:1\n", ""},
        {"shilu grep --kind question -c -e . good.json", 1, "good.json:0\n", ""},
        {"shilu grep -vh --from 10:01 leak good.json", 0, "10:02:30:Ana Costa: Which two?\n",
         ""},
    };

    (void)state;
    RUN_CHECK_ROWS(BAD, rows);
}

/* The line of the file, so that an editor can go there. */
static void grep__tells_the_line_of_the_file(void **state)
{
    static const struct run_row rows[] = {
        {CAPTIONS "shilu grep -n -o 救助 c.srt; shilu grep -n -o them c.srt", 0,
         "c.srt:7:0:00:02:-: 救助\nc.srt:15:0:00:04:-: them\n", ""},
        {"cd $SCRATCH; printf 'WEBVTT\\n\\nNOTE one\\n\\n00:01.000 --> 00:02.000\\nfirst\\n\\n"
         "00:09.000 --> 00:10.000\\nsecond\\n' >a.vtt; shilu grep -n -o second a.vtt",
         0, "a.vtt:9:0:00:09:-: second\n", ""},
        {"cd $SCRATCH; printf "
         "'{\"type\":\"transcript\",\"format\":\"shilu\",\"version\":1,\"title\":\"t\"}\\n"
         "{\"text\":\"one\"}\\n\\n{\"text\":\"two\"}\\n' >a.jsonl; "
         "shilu grep -n -o two a.jsonl",
         0, "a.jsonl:4:#2:-: two\n", ""},
        {"cd $SCRATCH; printf '<?xml version=\"1.0\"?>\\n<tt "
         "xmlns=\"http://www.w3.org/ns/ttml\">"
         "<body><div>\\n<p begin=\"1s\" end=\"2s\">one</p>\\n<p begin=\"9s\" end=\"10s\">two"
         "</p>\\n</div></body></tt>\\n' >a.ttml; shilu grep -n -o two a.ttml",
         0, "a.ttml:4:0:00:09:-: two\n", ""},
        {"cd $SCRATCH; printf 'Minutes\\n\\nAnn: Good morning.\\n\\nBen: Boats\\nleak.\\n' "
         ">l.txt; "
         "shilu grep -n -e 'morning|Boats' l.txt | cut -d: -f 1-2",
         0, "l.txt:3\nl.txt:5\n", ""},
        {"cd $SCRATCH; printf '{\"a\": {\"words\": [\\n{\"start\": 0.1, \"end\": "
         "0.9,\\n\"word\": "
         "\"boats\"},\\n{\"start\": 65, \"end\": 66,\\n\"word\": \"leak\"}]}}\\n' >l.json; "
         "shilu grep -n -e 'boats|leak' l.json | cut -d: -f 1-2",
         0, "l.json:3\nl.json:5\n", ""},
        {"cd $SCRATCH; printf '[ti:Boats]\\n[00:01.00]one\\n\\n[00:09.00]two\\n' >l.lrc; "
         "shilu grep -n -e 'one|two' l.lrc | cut -d: -f 1-2",
         0, "l.lrc:2\nl.lrc:4\n", ""},
    };

    (void)state;
    RUN_CHECK_ROWS(BAD, rows);
}

/* An index says what it has read, and a search with it finds what one without it does. */
#define LIBRARY                                                                         \
    "export XDG_CACHE_HOME=$SCRATCH/cache; mkdir $SCRATCH/lib; cp good.json crlf.json " \
    "foreign.bin "                                                                      \
    "$SCRATCH/lib; cd $SCRATCH; sleep 2.1; "

static void index__makes_and_refreshes(void **state)
{
    static const struct run_row rows[] = {
        {LIBRARY
         "shilu index lib; shilu index lib; shilu grep -c boats lib; shilu grep zebra lib; "
         "shilu index --in-folder lib; ls -A lib | grep -c shilu-index$",
         0,
         "lib: 2 transcripts in 3 files, 3 read now\n"
         "lib: 2 transcripts in 3 files, 0 read now\n"
         "lib/crlf.json:1\nlib/good.json:1\n"
         "lib: 2 transcripts in 3 files, 3 read now\n1\n",
         ""},
        {"shilu index nowhere 2>/dev/null", 2, "", ""},
        {"shilu index good.json 2>/dev/null", 2, "", ""},
        {"XDG_CACHE_HOME=/dev/null/x shilu index . 2>/dev/null", 2, "", ""},
    };

    (void)state;
    RUN_CHECK_ROWS(BAD, rows);
}

/* A folder with links that loop, hidden files, foreign files and a FIFO. */
#define FOLDER                                                                                 \
    "d=$SCRATCH; cd $d; mkdir -p a/deep b .hidden; cp \"$OLDPWD/good.json\" "                  \
    "a/deep/x.json; "                                                                          \
    "cp a/deep/x.json b/y.json; cp a/deep/x.json .hidden/z.json; cp a/deep/x.json b/.w.json; " \
    "cp \"$OLDPWD/foreign.bin\" b/foreign.bin; : >b/empty; mkfifo b/pipe; ln -s ../.. "        \
    "a/loop; "                                                                                 \
    "ln -s ../b/y.json a/link.json; ln -s nowhere b/broken; "

static void grep__searches_folders_in_order_and_safely(void **state)
{
    static const struct run_row rows[] = {
        {FOLDER "shilu grep -l leak .", 0, "./a/deep/x.json\n./a/link.json\n./b/y.json\n", ""},
        {FOLDER "shilu grep -l leak", 0, "./a/deep/x.json\n./a/link.json\n./b/y.json\n", ""},
        {FOLDER "shilu grep -c zzz a b", 1, "", ""},
        {FOLDER "shilu grep -l leak b/foreign.bin b/y.json 2>/dev/null", 2, "b/y.json\n", ""},
        {FOLDER "shilu grep -l leak a nowhere b", 2, "a/deep/x.json\na/link.json\nb/y.json\n",
         "shilu: nowhere: No such file or directory\n"},
    };

    (void)state;
    RUN_CHECK_ROWS(BAD, rows);
}

/* What the words may look like in the bytes of a file that is not parsed where it cannot hold
 * them. */
static void grep__finds_words_however_they_are_written(void **state)
{
    static const struct run_row rows[] = {
        {"cd $SCRATCH; "
         "H='{\"format\":\"shilu\",\"version\":1,\"title\":\"t\",\"segments\":[{\"text\":\"'; "
         "printf '%s潮水 Tide\"}]}' \"$H\" >plain.json; "
         "printf '%s\\\\u6f6e\\\\u6C34 \\\\u0054ide\"}]}' \"$H\" >escaped.json; "
         "printf '%s潮水 ｔｉｄｅ\"}]}' \"$H\" >wide.json; "
         "printf '%s潮\\\\n水 ti\\\\nde\"}]}' \"$H\" >broken.json; "
         "printf '%s潮水 Tide\"}]}' \"$H\" | iconv -f utf-8 -t gb18030 >gb.json; "
         "printf '%s潮水 Tide\"}]}' \"$H\" | iconv -f utf-8 -t utf-16 >utf16.json; "
         "gzip -k plain.json; printf 'A: 潮水 Tide.\\nB: Is it?\\nA: It is.\\nB: So.\\n' "
         ">text.txt; "
         "shilu grep -l tide .; echo; shilu grep -l 潮水 .; echo; shilu grep -l ebb .; "
         "shilu grep -c ebb plain.json",
         1,
         "./escaped.json\n./gb.json\n./plain.json\n./plain.json.gz\n./text.txt\n./utf16.json\n"
         "./wide.json\n\n"
         "./escaped.json\n./gb.json\n./plain.json\n./plain.json.gz\n./text.txt\n./utf16.json\n"
         "./wide.json\n\nplain.json:0\n",
         ""},
    };

    (void)state;
    RUN_CHECK_ROWS(BAD, rows);
}

static void grep__keeps_the_order_of_many_files(void **state)
{
    static const struct run_row rows[] = {
        {"d=$SCRATCH; mkdir $d/in; for i in $(seq 100 399); do ln -s \"$PWD/good.json\" "
         "$d/in/$i.json; done; cd $d/in; shilu grep leak . | cut -d: -f1 >../got; "
         "ls | sed 's|^|./|' | cmp - ../got",
         0, "", ""},
        {"d=$SCRATCH; for i in $(seq 100 399); do ln -s \"$PWD/good.json\" $d/$i.json; "
         "done; "
         "shilu grep e $d | head -1 | cut -d: -f2-",
         0, "10:00:00:Ana Costa: The boats first.\n", ""},
    };

    (void)state;
    RUN_CHECK_ROWS(BAD, rows);
}

/* A pattern that is too much work somewhere: what is found elsewhere is printed, and that some
 * may be missing is not a success. */
/* Two bombs in a folder: each ends with a message of its own, with what was read up to there,
 * and the other files are searched as if they were not there. */
static void grep__a_bomb_in_a_folder__ends_alone(void **state)
{
    static const struct run_row rows[] = {
        {"cd $SCRATCH; head='WEBVTT\\n\\n'; cue='00:01.000 --> 00:02.000\\n<v Ann>a "
         "needle\\n\\n'; "
         "printf \"$head$cue\" >a.vtt; cp a.vtt z.vtt; { printf \"$head\"; yes \"$(printf "
         "\"$cue\")$(printf '\\n\\nx')\" | tr x '\\n'; } 2>/dev/null | head -c 4000000 >b.vtt; "
         "gzip -k b.vtt; "
         "mv b.vtt c.vtt; gzip -9 c.vtt; "
         "shilu grep --max-unpacked 2 -c needle . 2>.err | sed 's/:[0-9]\\{4,\\}$/:many/'; "
         "cat .err; shilu grep --max-unpacked 2 -q needle b.vtt.gz 2>.err; echo $?; "
         "shilu grep --max-unpacked 10 -q needle b.vtt.gz 2>.err && echo whole",
         0,
         "./a.vtt:1\n./b.vtt.gz:many\n./c.vtt.gz:many\n./z.vtt:1\n"
         "shilu: ./b.vtt.gz: unpacks to more than 2 MiB (see --max-unpacked)\n"
         "shilu: ./c.vtt.gz: unpacks to more than 2 MiB (see --max-unpacked)\n0\nwhole\n",
         ""},
    };

    (void)state;
    RUN_CHECK_ROWS(BAD, rows);
}

static void grep__pattern_is_too_much_work__says_so_and_goes_on(void **state)
{
    static const struct run_row rows[] = {
        {"{ printf 'A: one two three\\nB: '; head -c 400 /dev/zero | tr '\\0' a; printf ' "
         "needle "
         "here\\nA: a needle\\nB: no more\\n'; } >$SCRATCH/a.txt; "
         "shilu grep -c -e '(a+)+c|needle' $SCRATCH/a.txt 2>$SCRATCH/err | sed 's/.*://'; "
         "shilu grep -e '(a+)+c|needle' $SCRATCH/a.txt >/dev/null 2>&1; echo $?; "
         "grep -c 'too complex for [0-9]* places: hits there are missing' $SCRATCH/err",
         0, "2\n2\n1\n", ""},
        {"{ printf 'A: one two\\nB: three\\nA: '; for i in 1 2 3 4 5 6 7 8 9; do printf "
         "'word%d%d ' "
         "$i $i; done; printf '\\nB: end\\n'; } >$SCRATCH/a.txt; "
         "shilu grep -c -e '(\\d)\\1' $SCRATCH/a.txt | sed 's/.*://'",
         0, "9\n", ""},
    };

    (void)state;
    RUN_CHECK_ROWS(BAD, rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grep__prints_hits_as_asked),
        cmocka_unit_test(grep__means_what_a_reader_means),
        cmocka_unit_test(grep__finds_what_goes_on_in_the_next_caption),
        cmocka_unit_test(grep__takes_the_options_of_grep),
        cmocka_unit_test(grep__tells_the_line_of_the_file),
        cmocka_unit_test(index__makes_and_refreshes),
        cmocka_unit_test(grep__searches_folders_in_order_and_safely),
        cmocka_unit_test(grep__finds_words_however_they_are_written),
        cmocka_unit_test(grep__keeps_the_order_of_many_files),
        cmocka_unit_test(grep__a_bomb_in_a_folder__ends_alone),
        cmocka_unit_test(grep__pattern_is_too_much_work__says_so_and_goes_on),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
