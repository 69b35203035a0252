/* The manual that is compiled in: its pages, its topics, and that it says what the pages say.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "run_program.h"
#include "shilu/base/embedded_file.h"
#include "shilu/base/translate.h"
#include "shilu/cli/manual.h"
#include "shilu/cli/options.h"
#include "shilu/formats/registry.h"

/* What a person reads of a topic; NULL where the manual has none. */
static char *help(const char *topic, enum manual_style style)
{
    struct buffer text = {0};
    struct error err;
    char *shown = NULL;
    size_t bytes = 0;
    FILE *out;

    if (!manual_append(&text, topic, &err))
        return NULL;
    out = open_memstream(&shown, &bytes);
    manual_print(out, buffer_string(&text), style);
    fclose(out);
    buffer_release(&text);
    return shown;
}

static void assert_says(const char *topic, const char *words)
{
    char *text = help(topic, MANUAL_PLAIN);

    if (text == NULL || strstr(text, words) == NULL)
        fail_msg("help %s does not say '%s':\n%s", topic, words,
                 text != NULL ? text : "nothing");
    free(text);
}

static void manual_append__pages(void **state)
{
    (void)state;
    assert_says(NULL, "SYNOPSIS\n     shilu [option ...] [path ...]\n");
    assert_says("shilu", "SYNOPSIS\n");
    assert_says("Config", "config.json");
    assert_says("shilu.5", "config.json");
    assert_says("formats", "WEBVTT");
}

static void manual_append__every_command_option_and_format_is_a_topic(void **state)
{
    size_t count;
    const struct command_row *commands = options_commands(&count);
    const struct option_row *rows;

    (void)state;
    for (size_t i = 1; i < count; i++)
        assert_says(commands[i].name, commands[i].name);
    rows = options_table(&count);
    for (size_t i = 0; i < count; i++) {
        char name[40];

        snprintf(name, sizeof name, "--%s", rows[i].name);
        assert_says(name, name);
        if (strcmp(rows[i].name, "config") != 0) /* that is a page */
            assert_says(rows[i].name, name);
    }
    for (const struct reader_ops *const *r = registry_readers(); *r != NULL; r++)
        assert_says((*r)->name, (*r)->name);
}

static void manual_append__a_topic_is_all_that_belongs_to_it_and_no_more(void **state)
{
    char *text = help("limits", MANUAL_PLAIN);

    (void)state;
    assert_non_null(text);
    assert_non_null(strstr(text, "LIMITS\n"));
    assert_null(strstr(text, "ENVIRONMENT"));
    free(text);
    text = help("convert", MANUAL_PLAIN);
    assert_non_null(text);
    assert_null(strstr(text, "check [file"));
    free(text);
}

/* All three pages; what has no heading of that name there is found by the English one. */
static void manual_append__in_chinese__has_every_page(void **state)
{
    static const struct {
        const char *topic;
        const char *holds;
    } rows[] = {{NULL, "逐字稿"},         {"config", "設定檔、主題與逐字稿格式"},
                {"formats", "字幕"},      {"webvtt", "WebVTT 字幕"},
                {"主題", "各種角色"},     {"accents", "十二種色彩"},
                {"STANDARDS", "RFC 8259"}};

    if (!translate_use("zh_TW"))
        skip(); /* a build without msgfmt */
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *text = help(rows[i].topic, MANUAL_PLAIN);

        if (text == NULL || strstr(text, rows[i].holds) == NULL)
            fail_msg("'%s': no '%s'", rows[i].topic, rows[i].holds);
        free(text);
    }
    translate_use("en");
}

static void manual_append__unknown_topic__suggests_one(void **state)
{
    struct buffer out = {0};
    struct error err;

    (void)state;
    assert_false(manual_append(&out, "timline", &err));
    assert_non_null(strstr(err.message, "'timeline'?"));
    assert_false(manual_append(&out, "", &err));
    assert_false(manual_append(&out, "nothing of the kind", &err));
    assert_int_equal(out.bytes, 0);
    buffer_release(&out);
}

/* mdoc closes all quotations of a line together: '.Ql a , Ql b' nests them. */
static void embedded_manual__no_quotation_stands_in_another(void **state)
{
    (void)state;
    for (const struct embedded_file *f = embedded_manual; f->name != NULL; f++) {
        char *text = help(f->name, MANUAL_PLAIN);

        assert_non_null(text);
        assert_null(strchr(text, '\b'));
        for (const char *at = text; (at = strstr(at, "‘")) != NULL;) {
            const char *close = strstr(at, "’");
            const char *open = strstr(at + 1, "‘");

            if (close == NULL || (open != NULL && open < close))
                fail_msg("%s: %.60s", f->name, at);
            at = close;
        }
        free(text);
    }
}

static void manual_print__letters_struck_over__become_sgr(void **state)
{
    char *shown = NULL;
    size_t bytes = 0;
    FILE *out = open_memstream(&shown, &bytes);

    (void)state;
    manual_print(out, "a b\bbo\bo _\bu –\b– _\bx\bx _\b_ z\n", MANUAL_ANSI);
    fputc('|', out);
    manual_print(out, "a b\bbo\bo _\bu –\b– _\bx\bx _ z\n", MANUAL_PLAIN);
    fclose(out);
    assert_string_equal(shown, "a \033[0m\033[1mbo\033[0m \033[0m\033[4mu\033[0m "
                               "\033[0m\033[1m–\033[0m \033[0m\033[1m\033[4mx\033[0m "
                               "\033[0m\033[4m_\033[0m z\n"
                               "|a bo u – x _ z\n");
    free(shown);
}

static void command_help__prints_without_a_terminal(void **state)
{
    struct run run;

    (void)state;
    run_program(&run, "sample-data", "shilu help grep");
    assert_int_equal(run.status, 0);
    assert_non_null(strstr(run.out, "grep pattern [path ...]\n"));
    assert_non_null(strstr(run.out, "--files-with-matches"));
    assert_string_equal(run.err, "");
    run_release(&run);
    run_program(&run, "sample-data", "shilu help gerp");
    assert_int_equal(run.status, 2);
    assert_string_equal(run.out, "");
    assert_string_equal(run.err,
                        "shilu: the manual has nothing about 'gerp'; did you mean 'grep'?\n");
    run_release(&run);
    run_program(&run, "sample-data", "shilu help show grep");
    assert_int_equal(run.status, 2);
    run_release(&run);
    run_program(&run, "sample-data", "shilu help >/dev/full");
    assert_int_equal(run.status, 2);
    run_release(&run);
}

static void command_version__is_that_of_the_option(void **state)
{
    struct run run;

    (void)state;
    run_program(&run, "sample-data",
                "test \"$(shilu version)\" = \"$(shilu --version)\" && shilu version");
    assert_int_equal(run.status, 0);
    assert_memory_equal(run.out, "shilu ", 6);
    run_release(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(manual_append__pages),
        cmocka_unit_test(manual_append__every_command_option_and_format_is_a_topic),
        cmocka_unit_test(manual_append__a_topic_is_all_that_belongs_to_it_and_no_more),
        cmocka_unit_test(manual_append__in_chinese__has_every_page),
        cmocka_unit_test(manual_append__unknown_topic__suggests_one),
        cmocka_unit_test(embedded_manual__no_quotation_stands_in_another),
        cmocka_unit_test(manual_print__letters_struck_over__become_sgr),
        cmocka_unit_test(command_help__prints_without_a_terminal),
        cmocka_unit_test(command_version__is_that_of_the_option),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
