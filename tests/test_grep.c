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
         "{\"path\":\"good.json\",\"segment\":2,\"start\":\"2024-05-06T10:01:00+09:00\","
         "\"speaker\":\"Ben Adeyemi\",\"kind\":\"remark\",\"text\":\"Two of them leak.\","
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
         "gzip -k plain.json; printf 'A: 潮水 Tide\\nB: x\\nA: y\\nB: z\\n' >text.txt; "
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grep__prints_hits_as_asked),
        cmocka_unit_test(grep__means_what_a_reader_means),
        cmocka_unit_test(grep__searches_folders_in_order_and_safely),
        cmocka_unit_test(grep__finds_words_however_they_are_written),
        cmocka_unit_test(grep__keeps_the_order_of_many_files),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
