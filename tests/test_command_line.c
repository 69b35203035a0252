/* How the command line treats its user: what it suggests for a word that is nearly right, names
 * of formats in any spelling, options for every run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "run_program.h"
#include "shilu/cli/options.h"
#include "shilu/formats/format_name.h"
#include "shilu/formats/registry.h"

#define SAMPLES "sample-data"

static void program__nearly_right_words__are_answered_with_the_right_ones(void **state)
{
    static const struct run_row rows[] = {
        {"shilu shwo briefing.json", 2, "",
         "shilu: no command or file 'shwo'; did you mean 'show'?\nTry 'shilu --help'.\n"},
        {"shilu speaker briefing.json", 2, "",
         "shilu: no command or file 'speaker'; did you mean 'speakers'?\nTry 'shilu "
         "--help'.\n"},
        {"shilu --wdith 3 briefing.json", 2, "",
         "shilu: unknown option '--wdith'; did you mean '--width'?\nTry 'shilu --help'.\n"},
        {"shilu show --Width 3 briefing.json", 2, "",
         "shilu: unknown option '--Width'; did you mean '--width'?\nTry 'shilu show "
         "--help'.\n"},
        {"shilu show -f mrakdown briefing.json", 2, "",
         "shilu: unknown format 'mrakdown'; did you mean 'markdown'?\n"},
        {"shilu convert -f wbvtt briefing.json", 2, "",
         "shilu: unknown format 'wbvtt'; did you mean 'webvtt'?\n"},
        {"shilu convert -f parlamnit briefing.json", 2, "",
         "shilu: unknown format 'parlamnit': there are text, json, jsonl, markdown, html, csv, "
         "srt, vtt, podcast-json, sqlite\n"},
        {"shilu show --input-format parlamnit briefing.json", 2, "",
         "shilu: briefing.json: unknown format 'parlamnit'; did you mean 'parlamint'?\n"},
        {"shilu show --input-format webvt briefing.json", 2, "",
         "shilu: briefing.json: unknown format 'webvt'; did you mean 'webvtt'?\n"},
        {"shilu show --input-format nothing briefing.json", 2, "",
         "shilu: briefing.json: unknown format 'nothing': 'shilu --list formats' has them "
         "all\n"},
        {"shilu show --encoding bg5 briefing.json", 2, "",
         "shilu: briefing.json: unknown encoding 'bg5'; did you mean 'big5'?\n"},
        {"shilu --config /no/such/file briefing.json", 2, "",
         "shilu: cannot read the configuration '/no/such/file': No such file or directory\n"},
    };

    (void)state;
    RUN_CHECK_ROWS(SAMPLES, rows);
}

/* A file may be called anything, and a word that is like no command is one of a file. */
static void program__words_that_are_no_commands__are_files(void **state)
{
    static const struct run_row rows[] = {
        {"shilu nosuch", 2, "", "shilu: nosuch: No such file or directory\n"},
        {"shilu ./shwo", 2, "", "shilu: ./shwo: No such file or directory\n"},
        {"shilu -- shwo", 2, "", "shilu: shwo: No such file or directory\n"},
        {"shilu show.txt", 2, "", "shilu: show.txt: No such file or directory\n"},
        {"cp briefing.json $SCRATCH/shwo && cd $SCRATCH && shilu shwo | wc -l", 0, NULL, ""},
    };

    (void)state;
    RUN_CHECK_ROWS(SAMPLES, rows);
}

static void program__formats__have_one_name_in_both_directions(void **state)
{
    static const struct run_row rows[] = {
        {"for f in vtt VTT webvtt WebVTT; do shilu convert -f $f briefing.json | cksum; done |"
         " uniq | wc -l",
         0, "1\n", ""},
        {"for f in md markdown Markdown; do shilu show -f $f briefing.json | cksum; done |"
         " uniq | wc -l",
         0, "1\n", ""},
        {"shilu convert -f vtt briefing.json | shilu check --input-format VTT", 0, NULL, ""},
        {"shilu convert -f webvtt briefing.json | shilu check --input-format webvtt", 0, NULL,
         ""},
        {"shilu speakers -f JSON briefing.json | head -c 1", 0, NULL, ""},
    };

    (void)state;
    RUN_CHECK_ROWS(SAMPLES, rows);
}

/* Every name that is written can be named for reading, where such a format is read. */
static void format_name__is_found_by_both_registries(void **state)
{
    static const char *const both[] = {"text", "json", "jsonl", "markdown",
                                       "csv",  "srt",  "vtt",   "webvtt",
                                       "md",   "txt",  "html",  "podcast-json"};

    (void)state;
    for (size_t i = 0; i < sizeof both / sizeof *both; i++) {
        if (registry_reader(both[i]) == NULL)
            fail_msg("no reader '%s'", both[i]);
        if (registry_writer(both[i]) == NULL)
            fail_msg("no writer '%s'", both[i]);
    }
    assert_true(format_name_is("AKOMA_NTOSO", "akoma-ntoso"));
    assert_false(format_name_is("web", "webvtt"));
    assert_false(format_name_is("", "webvtt"));
    assert_false(format_name_is("vtt", "srt"));
    assert_null(registry_reader("webvtt2"));
}

/* ------------------------------------------------------------------------------- SHILU_OPTS */

static bool parse(struct options *o, const char *defaults, const char *const *argv,
                  struct error *err)
{
    int argc = 0;

    while (argv[argc] != NULL)
        argc++;
    return options_parse(o, argc, (char **)(uintptr_t)argv, defaults, err);
}

#define ARGV(...)                  \
    (const char *[])               \
    {                              \
        "shilu", __VA_ARGS__, NULL \
    }

static void options_parse__defaults__fill_what_the_command_line_leaves_open(void **state)
{
    struct options o;
    struct error err;

    (void)state;
    assert_true(
        parse(&o, "--width 72 --theme='my own' --color=never", ARGV("show", "x"), &err));
    assert_int_equal(o.width, 72);
    assert_string_equal(o.theme, "my own");
    assert_int_equal(o.color, WHEN_NEVER);
    assert_false(options_given(&o, "width"));
    assert_int_equal(o.path_count, 1);
    options_release(&o);

    assert_true(parse(&o, "--width 72", ARGV("show", "--width", "40", "x"), &err));
    assert_int_equal(o.width, 40);
    assert_true(options_given(&o, "width"));
    options_release(&o);

    /* What this command does not take is for others. */
    assert_true(parse(&o, "-w 72 -f md", ARGV("check", "x"), &err));
    assert_int_equal(o.width, 0);
    assert_null(o.output_format);
    options_release(&o);

    assert_true(parse(&o, "--speakers names.txt", ARGV("show", "--no-speakers", "x"), &err));
    assert_null(o.speaker_file);
    options_release(&o);
    assert_true(parse(&o, "  ", ARGV("x"), &err));
    options_release(&o);
}

static void options_parse__bad_defaults__are_refused_by_name(void **state)
{
    static const struct {
        const char *defaults;
        const char *message;
    } rows[] = {
        {"x", "SHILU_OPTS: 'x' is not an option"},
        {"-", "SHILU_OPTS: '-' is not an option"},
        {"--output x", "SHILU_OPTS: option '--output' is for the command line only"},
        {"--help", "SHILU_OPTS: option '--help' is for the command line only"},
        {"--speaker x", "SHILU_OPTS: option '--speaker' is for the command line only"},
        {"--nothing", "SHILU_OPTS: unknown option '--nothing'"},
        {"--width x", "SHILU_OPTS: option '--width' needs a number of at least 0, not 'x'"},
        {"--width", "SHILU_OPTS: option '--width' needs an argument: N"},
        {"--theme 'a", "SHILU_OPTS: a quotation mark is not closed"},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct options o;
        struct error err = {0};

        assert_false(parse(&o, rows[i].defaults, ARGV("show", "x"), &err));
        assert_string_equal(err.message, rows[i].message);
        options_release(&o);
    }
}

static void program__default_options__are_used_and_do_not_print_instead(void **state)
{
    static const struct run_row rows[] = {
        {"SHILU_OPTS='-f csv' shilu show briefing.json | head -n 1 | cut -c 1-5", 0, NULL, ""},
        {"SHILU_OPTS='-f csv' shilu show -f jsonl briefing.json | head -c 1", 0, "{", ""},
        {"SHILU_OPTS=oops shilu show briefing.json", 2, "",
         "shilu: SHILU_OPTS: 'oops' is not an option\nTry 'shilu show --help'.\n"},
    };

    (void)state;
    RUN_CHECK_ROWS(SAMPLES, rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(program__nearly_right_words__are_answered_with_the_right_ones),
        cmocka_unit_test(program__words_that_are_no_commands__are_files),
        cmocka_unit_test(program__formats__have_one_name_in_both_directions),
        cmocka_unit_test(format_name__is_found_by_both_registries),
        cmocka_unit_test(options_parse__defaults__fill_what_the_command_line_leaves_open),
        cmocka_unit_test(options_parse__bad_defaults__are_refused_by_name),
        cmocka_unit_test(program__default_options__are_used_and_do_not_print_instead),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
