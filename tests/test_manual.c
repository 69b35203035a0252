/* The manual and the completions against the tables of the program, and the manual's examples
 * against what the program prints. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "run_program.h"
#include "shilu/base/buffer.h"
#include "shilu/base/file.h"
#include "shilu/cli/options.h"
#include "shilu/formats/registry.h"
#include "shilu/store/config.h"
#include "shilu/view/style.h"

enum { PAGE_BYTES_MAX = 1 << 20 };

static char *read_page(const char *name)
{
    char *path = run_source_path(name);
    struct error err;
    char *page = file_read(path, PAGE_BYTES_MAX, NULL, &err);

    if (page == NULL)
        fail_msg("%s: %s", path, err.message);
    free(path);
    return page;
}

static void lower(char *s)
{
    for (; *s != '\0'; s++)
        if (*s >= 'A' && *s <= 'Z')
            *s += 'a' - 'A';
}

/* ".It Fl f , Fl -format Ar name", as the manual has to have it. */
static void append_item(struct buffer *out, const struct option_row *row)
{
    buffer_append_string(out, "\n.It Fl ");
    if (row->letter != 0)
        buffer_append_format(out, "%c , Fl ", row->letter);
    buffer_append_format(out, "-%s", row->name);
    if (row->argument != NULL) {
        size_t at = out->bytes;

        buffer_append_format(out, " Ar %s", row->argument);
        lower(out->data + at + strlen(" Ar "));
    }
    buffer_append_char(out, '\n');
}

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;

    for (; (text = strstr(text, part)) != NULL; text += strlen(part))
        count++;
    return count;
}

static void manual__lists_every_option_once_and_no_other(void **state)
{
    char *page = read_page("man/shilu.1");
    size_t count;
    size_t i;
    const struct option_row *rows = options_table(&count);

    (void)state;
    for (i = 0; i < count; i++) {
        struct buffer item = {0};

        append_item(&item, &rows[i]);
        if (count_of(page, item.data) != 1)
            fail_msg("man/shilu.1 wants once:%s", item.data);
        buffer_release(&item);
    }
    assert_int_equal(count_of(page, "\n.It Fl "), count);
    free(page);
}

static void manual__describes_every_command(void **state)
{
    char *page = read_page("man/shilu.1");
    size_t count;
    size_t i;
    const struct command_row *rows = options_commands(&count);

    (void)state;
    for (i = 1; i < count; i++) {
        struct buffer item = {0};

        buffer_append_format(&item, "\n.It Cm %s%c", rows[i].name,
                             rows[i].arguments[0] != '\0' ? ' ' : '\n');
        if (strstr(page, item.data) == NULL)
            fail_msg("man/shilu.1 wants:%s", item.data);
        buffer_release(&item);
    }
    free(page);
}

/* The pages in each language. */
static const char *const settings_pages[] = {"man/shilu.5", "man/zh_TW/shilu.5"};
static const struct {
    const char *page;
    const char *written; /* the heading of what is written */
} formats_pages[] = {{"man/shilu-formats.5", "\n.Sh WRITTEN\n"},
                     {"man/zh_TW/shilu-formats.5", "\n.Sh 寫出\n"}};
enum { LANGUAGES = sizeof settings_pages / sizeof *settings_pages };

static void check_roles(const char *name)
{
    char *page = read_page(name);
    int role;

    for (role = 0; role < ROLE_COUNT; role++) {
        struct buffer item = {0};

        buffer_append_format(&item, "\n.It Cm %s\n", style_role_name((enum style_role)role));
        if (strstr(page, item.data) == NULL)
            fail_msg("%s wants:%s", name, item.data);
        buffer_release(&item);
    }
    free(page);
}

static void manual__describes_every_role_of_a_theme(void **state)
{
    for (size_t i = 0; i < LANGUAGES; i++)
        check_roles(settings_pages[i]);
}

static void check_entry(const char *page, const char *name)
{
    struct buffer item = {0};

    buffer_append_format(&item, "\n.It Cm %s\n", name);
    if (count_of(page, item.data) != 1)
        fail_msg("shilu-formats.5 wants once:%s", item.data);
    buffer_release(&item);
}

static void manual__describes_every_format(void **state)
{
    const struct reader_ops *const *reader;
    const struct writer_ops *const *writer;

    for (size_t i = 0; i < LANGUAGES; i++) {
        char *page = read_page(formats_pages[i].page);
        char *written = strstr(page, formats_pages[i].written);

        assert_non_null(written);
        for (writer = registry_writers(); *writer != NULL; writer++)
            check_entry(written, (*writer)->name);
        *written = '\0';
        for (reader = registry_readers(); *reader != NULL; reader++)
            check_entry(page, (*reader)->name);
        free(page);
    }
}

static void manual__lists_are_those_of_the_program(void **state)
{
    struct run run;

    (void)state;
    run_program(&run, "man", "sh ./update.sh <shilu.1 | diff shilu.1 -");
    if (run.status != 0)
        fail_msg("man/shilu.1 is out of date: make update-generated\n%s%s", run.out, run.err);
    run_release(&run);
}

static void manual__is_correct_mdoc(void **state)
{
    struct run run;

    (void)state;
    run_program(&run, "man",
                "command -v mandoc >/dev/null || exit 99; "
                "mandoc -Tlint -Wwarning shilu.1 shilu.5 shilu-formats.5 "
                "zh_TW/shilu.1 zh_TW/shilu.5 zh_TW/shilu-formats.5");
    if (run.status == 99) {
        run_release(&run);
        print_message("skipped: there is no mandoc\n");
        skip();
    }
    assert_string_equal(run.out, "");
    assert_int_equal(run.status, 0);
    run_release(&run);
}

/* -------------------------------------------------------------------------------- examples */

/* A line of the page as a terminal shows it. */
static void append_shown(struct buffer *out, const char *line, size_t bytes)
{
    size_t i;

    for (i = 0; i < bytes; i++) {
        if (line[i] == '\\' && i + 1 < bytes && line[i + 1] == '&')
            i++;
        else if (line[i] == '\\' && i + 1 < bytes && line[i + 1] == 'e') {
            buffer_append_char(out, '\\');
            i++;
        } else
            buffer_append_char(out, line[i]);
    }
    buffer_append_char(out, '\n');
}

static void check_example(const char *command, const char *output)
{
    struct run run;

    run_program(&run, "sample-data", command);
    if (strcmp(run.out, output) != 0)
        fail_msg("the example '%s' prints\n%s%sand the manual says\n%s", command, run.out,
                 run.err, output);
    assert_string_equal(run.err, "");
    run_release(&run);
}

static size_t check_block(const char *block, const char *end)
{
    struct buffer command = {0};
    struct buffer output = {0};
    size_t examples = 0;

    while (block < end) {
        const char *stop = strchr(block, '\n');

        if (strncmp(block, "$ ", 2) == 0) {
            if (examples++ > 0)
                check_example(buffer_string(&command), buffer_string(&output));
            buffer_clear(&command);
            buffer_clear(&output);
            append_shown(&command, block + 2, (size_t)(stop - block) - 2);
            command.data[command.bytes - 1] = '\0';
        } else {
            append_shown(&output, block, (size_t)(stop - block));
        }
        block = stop + 1;
    }
    if (examples > 0)
        check_example(buffer_string(&command), buffer_string(&output));
    buffer_release(&command);
    buffer_release(&output);
    return examples;
}

static void manual__examples_print_what_it_says(void **state)
{
    static const char begin[] = "\n.Bd -literal -offset indent\n";
    char *page = read_page("man/shilu.1");
    const char *at = strstr(page, "\n.Sh EXAMPLES\n");
    size_t examples = 0;

    (void)state;
    assert_non_null(at);
    while ((at = strstr(at, begin)) != NULL) {
        const char *end = strstr(at, "\n.Ed\n");

        assert_non_null(end);
        examples += check_block(at + strlen(begin), end + 1);
        at = end;
    }
    assert_true(examples >= 5);
    free(page);
}

static void check_transcript(const char *name)
{
    char *page = read_page(name);
    const char *start = strstr(page, "{\n  \"format\": \"shilu\"");
    const char *end = start != NULL ? strstr(start, "\n.Ed\n") : NULL;
    struct buffer command = {0};
    struct run run;

    assert_non_null(end);
    buffer_append_format(&command, "printf '%%s\\n' '%.*s' | shilu check -", (int)(end - start),
                         start);
    run_program(&run, "sample-data", command.data);
    assert_string_equal(run.err, "");
    assert_int_equal(run.status, 0);
    run_release(&run);
    buffer_release(&command);
    free(page);
}

static void manual__example_transcript_is_valid(void **state)
{
    for (size_t i = 0; i < LANGUAGES; i++)
        check_transcript(settings_pages[i]);
}

static void check_config(const char *name)
{
    char *page = read_page(name);
    const char *start = strstr(page, "\n{\n  \"theme\"");
    const char *end = start != NULL ? strstr(start, "\n.Ed\n") : NULL;
    struct config config = {0};
    struct keymap *keymap = keymap_new();
    uint32_t code;

    assert_non_null(end);
    config_parse(&config, "example", start, (size_t)(end - start), keymap);
    if (config.faults.kept > 0)
        fail_msg("%s: the example: %s", name, config.faults.items[0].message);
    assert_string_equal(config.theme, "light");
    assert_true(key_parse("F2", &code));
    assert_int_equal(keymap_action(keymap, code, SCOPE_RECORD), ACTION_EXCHANGE_NEXT);
    config_release(&config);
    keymap_free(keymap);
    free(page);
}

static void manual__example_config_is_valid(void **state)
{
    for (size_t i = 0; i < LANGUAGES; i++)
        check_config(settings_pages[i]);
}

/* ----------------------------------------------------------------------------- completions */

static void check_completion(const char *shell, const char *file)
{
    char *kept = read_page(file);
    char command[64];
    struct run run;

    snprintf(command, sizeof command, "shilu --completion %s", shell);
    run_program(&run, ".", command);
    assert_int_equal(run.status, 0);
    if (strcmp(run.out, kept) != 0)
        fail_msg("%s is out of date: make update-generated", file);
    run_release(&run);
    free(kept);
}

static void completions__are_those_of_the_tables(void **state)
{
    (void)state;
    check_completion("bash", "completions/shilu.bash");
    check_completion("zsh", "completions/_shilu");
    check_completion("fish", "completions/shilu.fish");
}

/* What bash offers for the last word of a line. */
static void check_bash(const char *words, const char *wanted)
{
    struct buffer command = {0};
    struct run run;

    buffer_append_format(&command,
                         "command -v bash >/dev/null || exit 99; bash -c '. "
                         "./completions/shilu.bash; COMP_WORDS=(%s); "
                         "COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _shilu; "
                         "echo \"${COMPREPLY[*]}\"'",
                         words);
    run_program(&run, ".", command.data);
    buffer_release(&command);
    if (run.status == 99) {
        run_release(&run);
        print_message("skipped: there is no bash\n");
        skip();
    }
    assert_string_equal(run.err, "");
    assert_string_equal(run.out, wanted);
    run_release(&run);
}

static void completions__work_in_bash(void **state)
{
    (void)state;
    check_bash("shilu time", "timeline\n");
    check_bash("shilu timeline --pl", "--plot\n");
    check_bash("shilu show --pl", "\n");
    check_bash("shilu show --color a", "auto always\n");
    check_bash("shilu --kind q", "question\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(manual__lists_every_option_once_and_no_other),
        cmocka_unit_test(manual__describes_every_command),
        cmocka_unit_test(manual__describes_every_role_of_a_theme),
        cmocka_unit_test(manual__describes_every_format),
        cmocka_unit_test(manual__lists_are_those_of_the_program),
        cmocka_unit_test(manual__is_correct_mdoc),
        cmocka_unit_test(manual__examples_print_what_it_says),
        cmocka_unit_test(manual__example_transcript_is_valid),
        cmocka_unit_test(manual__example_config_is_valid),
        cmocka_unit_test(completions__are_those_of_the_tables),
        cmocka_unit_test(completions__work_in_bash),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
