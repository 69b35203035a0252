/* The command line: how it is parsed, refused and explained. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shilu/base/buffer.h"
#include "shilu/cli/options.h"
#include "shilu/formats/registry.h"

enum { WORDS_MAX = 16 };

/* Parse a line whose words are separated by one space each; "_" stands for an empty word. */
static bool parse_line(struct options *o, const char *line, struct error *err, char *storage)
{
    static char program[] = "shilu";
    char *argv[WORDS_MAX] = {program};
    int argc = 1;
    char *word;
    char *rest;

    strcpy(storage, line);
    for (word = strtok_r(storage, " ", &rest); word != NULL;
         word = strtok_r(NULL, " ", &rest)) {
        assert_true(argc < WORDS_MAX - 1);
        argv[argc++] = strcmp(word, "_") == 0 ? strchr(word, '\0') : word;
    }
    return options_parse(o, argc, argv, NULL, err);
}

static void refuse_line(const char *line, const char *message, const char *command)
{
    struct options o;
    struct error err = {0};
    char storage[256];

    if (parse_line(&o, line, &err, storage))
        fail_msg("accepted: %s", line);
    assert_int_equal(err.code, ERROR_USAGE);
    assert_string_equal(err.message, message);
    if (command == NULL)
        assert_null(o.command);
    else
        assert_string_equal(o.command, command);
    options_release(&o);
}

static void accept_line(struct options *o, const char *line, char *storage)
{
    struct error err = {0};

    if (!parse_line(o, line, &err, storage))
        fail_msg("refused: %s: %s", line, err.message);
}

static void options_parse__takes_values_in_every_form(void **state)
{
    static const char *const lines[] = {
        "show --format json a.txt", "show --format=json a.txt", "show -f json a.txt",
        "show -fjson a.txt",        "--form json show a.txt",   "show a.txt --format json",
        "-f json show a.txt",
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct options o;
        char storage[256];

        accept_line(&o, lines[i], storage);
        assert_string_equal(o.command, "show");
        assert_string_equal(o.output_format, "json");
        assert_int_equal(o.path_count, 1);
        assert_string_equal(o.paths[0], "a.txt");
        assert_null(o.paths[1]);
        options_release(&o);
    }
}

static void options_parse__takes_clusters_of_letters(void **state)
{
    struct options o;
    char storage[256];

    (void)state;
    accept_line(&o, "grep -clC3 word x", storage);
    assert_true(o.count_only);
    assert_true(o.files_only);
    assert_int_equal(o.context, 3);
    assert_string_equal(o.pattern, "word");
    assert_string_equal(o.paths[0], "x");
    options_release(&o);
}

static void options_parse__collects_speakers_in_order(void **state)
{
    struct options o;
    char storage[256];

    (void)state;
    accept_line(&o, "show -s one --speaker=two f -sthree", storage);
    assert_int_equal(o.speaker_count, 3);
    assert_string_equal(o.speakers[0], "one");
    assert_string_equal(o.speakers[1], "two");
    assert_string_equal(o.speakers[2], "three");
    assert_null(o.speakers[3]);
    options_release(&o);
}

static void options_parse__tells_commands_from_paths(void **state)
{
    static const struct {
        const char *line;
        const char *command;
        const char *path;
    } rows[] = {
        {"show", "show", NULL},         {"./show", NULL, "./show"},
        {"-- show", NULL, "show"},      {"show show", "show", "show"},
        {"a.txt show", NULL, "a.txt"},  {"-", NULL, "-"},
        {"check -- -x", "check", "-x"}, {"check -", "check", "-"},
        {"showroom", NULL, "showroom"}, {"--theme dark show x", "show", "x"},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct options o;
        char storage[256];

        accept_line(&o, rows[i].line, storage);
        if (rows[i].command == NULL)
            assert_null(o.command);
        else
            assert_string_equal(o.command, rows[i].command);
        if (rows[i].path == NULL)
            assert_null(o.paths[0]);
        else
            assert_string_equal(o.paths[0], rows[i].path);
        options_release(&o);
    }
}

static void options_parse__finds_the_pattern_of_grep(void **state)
{
    static const struct {
        const char *line;
        const char *pattern;
        bool regex;
        size_t paths;
    } rows[] = {
        {"grep word", "word", false, 0},           {"grep word a b", "word", false, 2},
        {"grep -e w.rd a b", "w.rd", true, 2},     {"grep a b -e w.rd", "w.rd", true, 2},
        {"grep --exact word a", "word", false, 1}, {"grep -- -x a", "-x", false, 1},
        {"grep -e -x a", "-x", true, 1},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct options o;
        char storage[256];

        accept_line(&o, rows[i].line, storage);
        assert_string_equal(o.pattern, rows[i].pattern);
        assert_int_equal(o.regex, rows[i].regex);
        assert_int_equal(o.path_count, rows[i].paths);
        options_release(&o);
    }
}

static void options_parse__tells_no_width_from_width_zero(void **state)
{
    struct options o;
    char storage[256];

    (void)state;
    accept_line(&o, "show x", storage);
    assert_int_equal(o.width, 0);
    options_release(&o);
    accept_line(&o, "show -w 0 x", storage);
    assert_int_equal(o.width, WIDTH_NO_LIMIT);
    options_release(&o);
    accept_line(&o, "show -w 72 --color never x", storage);
    assert_int_equal(o.width, 72);
    assert_int_equal(o.color, WHEN_NEVER);
    options_release(&o);
}

static void options_parse__refuses_what_makes_no_sense(void **state)
{
    static const struct {
        const char *line;
        const char *message;
        const char *command;
    } rows[] = {
        {"--nothing", "unknown option '--nothing'", NULL},
        {"show --nothing=x", "unknown option '--nothing'", "show"},
        {"show -k", "unknown option '-k'", "show"},
        {"show -q", "'show' has no option '--quiet'", "show"},
        {"grep -lk x", "unknown option '-k'", "grep"},
        {"--co x",
         "option '--co' is ambiguous: --count, --context, --color, --config, --completion",
         NULL},
        {"show --format", "option '--format' needs an argument: NAME", "show"},
        {"show -f", "option '--format' needs an argument: NAME", "show"},
        {"show --help=yes", "option '--help' takes no value", "show"},
        {"show --width x", "option '--width' needs a number of at least 0, not 'x'", "show"},
        {"show --width 7x", "option '--width' needs a number of at least 0, not '7x'", "show"},
        {"show --width=", "option '--width' needs a number of at least 0, not ''", "show"},
        {"show --width -1", "option '--width' needs a number of at least 0, not '-1'", "show"},
        {"show --width 99999999999999999999",
         "option '--width' needs a number of at least 0, not '99999999999999999999'", "show"},
        {"show --question 0", "option '--question' needs a number of at least 1, not '0'",
         "show"},
        {"show --color red", "option '--color' takes one of: auto always never; not 'red'",
         "show"},
        {"show --kind _",
         "option '--kind' takes one of: remark question answer heading; not ''", "show"},
        {"show --plot x", "'show' has no option '--plot'", "show"},
        {"check --speaker x y", "'check' has no option '--speaker'", "check"},
        {"--plot x", "option '--plot' needs a command", NULL},
        {"grep", "'grep' needs a pattern", "grep"},
        {"convert a b", "'convert' takes one file, not also 'b'", "convert"},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++)
        refuse_line(rows[i].line, rows[i].message, rows[i].command);
}

static void options_table__has_help_and_no_clash(void **state)
{
    size_t count;
    size_t i;
    size_t j;
    const struct option_row *rows = options_table(&count);

    (void)state;
    for (i = 0; i < count; i++) {
        assert_true(strlen(rows[i].name) > 1);
        assert_true(strlen(rows[i].help) > 5);
        assert_true(rows[i].commands != 0);
        for (j = 0; j < i; j++) {
            assert_string_not_equal(rows[i].name, rows[j].name);
            /* One letter may be of two options where no command takes both; -h alone is
               another option of grep, which has its help under --help. */
            assert_false(rows[i].letter != 0 && rows[i].letter == rows[j].letter &&
                         rows[i].letter != 'h' && (rows[i].commands & rows[j].commands) != 0);
        }
    }
}

/* Print with options_help; the caller frees. */
static char *help_of(const char *command)
{
    char *text;
    size_t bytes;
    FILE *out = open_memstream(&text, &bytes);

    options_help(out, command);
    fclose(out);
    return text;
}

static void options_help__lists_what_a_command_takes_and_nothing_else(void **state)
{
    size_t commands;
    size_t options;
    size_t i;
    size_t j;
    const struct command_row *command = options_commands(&commands);
    const struct option_row *rows = options_table(&options);

    (void)state;
    for (i = 0; i < commands; i++) {
        char *text = help_of(command[i].name);

        for (j = 0; j < options; j++) {
            struct buffer name = {0};
            bool listed;

            buffer_append_format(&name, " --%s ", rows[j].name);
            listed = strstr(text, name.data) != NULL;
            if (listed != ((rows[j].commands >> i & 1) != 0))
                fail_msg("the help of %s: --%s", command[i].name, rows[j].name);
            buffer_release(&name);
        }
        free(text);
    }
}

static void check_names(const char *help, const char *name)
{
    const char *at = help;
    size_t bytes = strlen(name);

    while ((at = strstr(at, name)) != NULL) {
        if (strchr(" \n", at[-1]) != NULL && strchr(" ,\n", at[bytes]) != NULL)
            return;
        at += bytes;
    }
    fail_msg("the help does not name the format '%s'", name);
}

static void options_help__names_every_format(void **state)
{
    static const char *const commands[] = {NULL, "convert"};
    const struct reader_ops *const *reader;
    const struct writer_ops *const *writer;
    size_t i;

    (void)state;
    for (i = 0; i < 2; i++) {
        char *text = help_of(commands[i]);

        for (reader = registry_readers(); *reader != NULL; reader++)
            check_names(text, (*reader)->name);
        for (writer = registry_writers(); *writer != NULL; writer++)
            check_names(text, (*writer)->name);
        free(text);
    }
}

static void options_help__fits_eighty_columns(void **state)
{
    size_t commands;
    size_t i;
    const struct command_row *command = options_commands(&commands);

    (void)state;
    for (i = 0; i < commands; i++) {
        char *text = help_of(command[i].name);
        char *rest;
        char *line;

        for (line = strtok_r(text, "\n", &rest); line != NULL;
             line = strtok_r(NULL, "\n", &rest))
            if (strlen(line) > 80)
                fail_msg("too long: %s", line);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_parse__takes_values_in_every_form),
        cmocka_unit_test(options_parse__takes_clusters_of_letters),
        cmocka_unit_test(options_parse__collects_speakers_in_order),
        cmocka_unit_test(options_parse__tells_commands_from_paths),
        cmocka_unit_test(options_parse__finds_the_pattern_of_grep),
        cmocka_unit_test(options_parse__tells_no_width_from_width_zero),
        cmocka_unit_test(options_parse__refuses_what_makes_no_sense),
        cmocka_unit_test(options_table__has_help_and_no_clash),
        cmocka_unit_test(options_help__lists_what_a_command_takes_and_nothing_else),
        cmocka_unit_test(options_help__names_every_format),
        cmocka_unit_test(options_help__fits_eighty_columns),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
