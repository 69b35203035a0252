/* Translations: which language is chosen, and that every catalogue is sound. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shilu/base/buffer.h"
#include "shilu/base/error.h"
#include "shilu/base/translate.h"
#include "shilu/cli/options.h"
#include "shilu/text/display.h"
#include "shilu/text/utf8.h"
#include "shilu/text/width.h"

static void skip_without_catalogues(void)
{
    if (embedded_catalogues[0].language == NULL) {
        print_message("this build has no catalogues: msgfmt is missing\n");
        skip();
    }
}

static int english(void **state)
{
    (void)state;
    translate_use("C");
    return 0;
}

/* --------------------------------------------------------------------- which language */

static void translate_start__takes_the_language_from_the_environment(void **state)
{
    static const struct {
        const char *all, *messages, *lang, *languages, *chosen;
    } cases[] = {
        {NULL, NULL, "zh_TW.UTF-8", NULL, "zh_TW"},
        {NULL, NULL, "zh_TW.utf8", NULL, "zh_TW"},
        {NULL, NULL, "zh_HK.UTF-8", NULL, "zh_TW"},
        {NULL, NULL, "zh_Hant_TW.UTF-8", NULL, "zh_TW"},
        {NULL, NULL, "zh_CN.UTF-8", NULL, "zh_CN"},
        {NULL, NULL, "zh_SG.UTF-8", NULL, "zh_CN"},
        {NULL, NULL, "zh.UTF-8", NULL, "zh_CN"},
        {NULL, NULL, "ja_JP.UTF-8", NULL, "ja"},
        {NULL, NULL, "ko_KR.UTF-8@x", NULL, "ko"},
        {NULL, NULL, "ja", NULL, "ja"},
        {NULL, NULL, "en_US.UTF-8", NULL, "en"},
        {NULL, NULL, "fr_FR.UTF-8", NULL, "en"},
        {NULL, NULL, NULL, NULL, "en"},
        {NULL, NULL, "", NULL, "en"},
        /* Each variable takes precedence over those after it; an empty one counts as unset. */
        {"ja_JP.UTF-8", "ko_KR.UTF-8", "zh_TW.UTF-8", NULL, "ja"},
        {"", "ko_KR.UTF-8", "zh_TW.UTF-8", NULL, "ko"},
        {NULL, "", "zh_TW.UTF-8", NULL, "zh_TW"},
        {"en_GB.UTF-8", NULL, "zh_TW.UTF-8", NULL, "en"},
        /* LANGUAGE is a list of wishes. */
        {NULL, NULL, "en_US.UTF-8", "fr:ko:ja", "ko"},
        {NULL, NULL, "en_US.UTF-8", "zh_TW:en", "zh_TW"},
        {NULL, NULL, "ja_JP.UTF-8", "en:ja", "en"},
        {NULL, NULL, "ja_JP.UTF-8", "fr:de", "en"},
        {NULL, NULL, "ja_JP.UTF-8", "", "ja"},
        /* Programs that read messages ask for C, whatever else is set. */
        {"C", NULL, NULL, "ja", "en"},
        /* … but C.UTF-8 is what a server has. */
        {"C.UTF-8", NULL, NULL, "ja", "ja"},
        {NULL, NULL, "C.UTF-8", "zh_CN", "zh_CN"},
        {NULL, NULL, "C.UTF-8", NULL, "en"},
        {"POSIX", NULL, "ja_JP.UTF-8", "ja", "en"},
        {NULL, NULL, NULL, "ja", "en"},
        /* Another encoding than ours: English is ASCII. */
        {NULL, NULL, "ja_JP.eucJP", NULL, "en"},
        {NULL, NULL, "zh_TW.Big5", "zh_TW", "en"},
    };
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"};

    (void)state;
    skip_without_catalogues();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *const values[] = {cases[i].all, cases[i].messages, cases[i].lang,
                                      cases[i].languages};

        for (size_t k = 0; k < sizeof names / sizeof *names; k++)
            if (values[k] != NULL)
                setenv(names[k], values[k], 1);
            else
                unsetenv(names[k]);
        translate_use("C");
        translate_start();
        if (strcmp(translate_language(), cases[i].chosen) != 0)
            fail_msg("case %zu: %s, not %s", i, translate_language(), cases[i].chosen);
    }
}

static void translate__finds_texts_and_leaves_others_alone(void **state)
{
    static const char unknown[] = "no catalogue has this";

    (void)state;
    skip_without_catalogues();
    assert_ptr_equal(translate(unknown), unknown);
    assert_null(translate(NULL));
    assert_string_equal(ngettext("%zu hit", "%zu hits", 1), "%zu hit");
    assert_string_equal(ngettext("%zu hit", "%zu hits", 0), "%zu hits");
    assert_true(translate_use("ja"));
    assert_ptr_equal(translate(unknown), unknown);
    assert_string_equal(translate(""), "");
    assert_string_equal(_("next turn"), "次の発言");
    assert_string_equal(ngettext("%zu hit", "%zu hits", 1), "一致 %zu 件");
    assert_string_equal(ngettext("%zu hit", "%zu hits", 2), "一致 %zu 件");
    assert_false(translate_use("tlh"));
    assert_string_equal(translate_language(), "ja");
}

static void error_set__translates_its_format(void **state)
{
    struct error err;

    (void)state;
    skip_without_catalogues();
    translate_use("zh_TW");
    error_set(&err, ERROR_USAGE, "unknown option '--%s'", "x");
    assert_string_equal(err.message, "不明的選項「--x」");
    error_set_errno(&err, 2 /* ENOENT */, "cannot write '%s'", "a");
    assert_string_equal(err.message, "無法寫入「a」：沒有此一檔案或目錄");
}

/* --------------------------------------------------------------------- the catalogues */

enum { DIRECTIVES_MAX = 12 };

/* The conversions of a format by their argument: "%2$zu" is argument 2. Returns how many, or -1
 * where they are not those of a format. */
static int read_directives(const char *text, char kinds[DIRECTIVES_MAX][8])
{
    int count = 0;

    for (; (text = strchr(text, '%')) != NULL; text++) {
        int at = count;
        size_t bytes = 0;
        char *end;

        if (*++text == '%')
            continue;
        if (strspn(text, "0123456789") > 0 && text[strspn(text, "0123456789")] == '$') {
            at = (int)strtol(text, &end, 10) - 1;
            text = end + 1;
        }
        if (at < 0 || at >= DIRECTIVES_MAX)
            return -1;
        bytes = strspn(text, "-+ #0123456789.*");
        bytes += strspn(text + bytes, "hlzjt");
        if (bytes >= 7 || text[bytes] == '\0' || strchr("diouxXeEfgGcsp", text[bytes]) == NULL)
            return -1;
        memcpy(kinds[at], text, bytes + 1);
        kinds[at][bytes + 1] = '\0';
        text += bytes;
        count++;
    }
    return count;
}

static bool ends_with_newline(const char *text)
{
    return *text != '\0' && text[strlen(text) - 1] == '\n';
}

static void check_pair(const char *language, const char *text, const char *translation)
{
    char wanted[DIRECTIVES_MAX][8] = {{0}};
    char found[DIRECTIVES_MAX][8] = {{0}};
    int count = read_directives(text, wanted);
    const char *at;

    if (*translation == '\0')
        fail_msg("%s: '%s' is not translated", language, text);
    /* A lone % occurs in texts that are not formats; those are not compared. */
    if (count >= 0 && (read_directives(translation, found) != count ||
                       memcmp(wanted, found, sizeof wanted) != 0))
        fail_msg("%s: '%s' has other directives than '%s'", language, translation, text);
    if ((*text == '\n') != (*translation == '\n') ||
        ends_with_newline(text) != ends_with_newline(translation))
        fail_msg("%s: '%s' begins or ends another line than '%s'", language, translation, text);
    if (utf8_valid_prefix(translation, strlen(translation)) != strlen(translation))
        fail_msg("%s: '%s' is not UTF-8", language, translation);
    for (at = translation; *at != '\0'; at++)
        if ((unsigned char)*at < ' ' && *at != '\n')
            fail_msg("%s: '%s' has a control character", language, translation);
}

static uint32_t number_at(const unsigned char *at)
{
    uint32_t number;

    memcpy(&number, at, sizeof number); /* msgfmt writes them as this machine has them */
    return number;
}

static void catalogues__every_message__has_the_directives_of_its_original(void **state)
{
    (void)state;
    skip_without_catalogues();
    for (const struct catalogue *c = embedded_catalogues; c->language != NULL; c++) {
        uint32_t count = number_at(c->data + 8);
        const unsigned char *originals = c->data + number_at(c->data + 12);
        const unsigned char *translations = c->data + number_at(c->data + 16);

        assert_true(count > 500);
        for (uint32_t i = 0; i < count; i++) {
            const char *text = (const char *)c->data + number_at(originals + 8 * i + 4);
            const char *translation = (const char *)c->data +
                                      number_at(translations + 8 * i + 4);

            if (*text == '\0')
                assert_non_null(strstr(translation, "nplurals=1"));
            else
                check_pair(c->language, text, translation);
        }
    }
}

/* ------------------------------------------------------------------------------- width */

static void assert_narrow(const char *language, const char *what, const char *text,
                          const struct width *w)
{
    while (*text != '\0') {
        size_t bytes = strcspn(text, "\n");
        int columns = display_columns(w, text, bytes);

        if (columns > 80)
            fail_msg("%s: %d columns in the help of %s: %.*s", language, columns, what,
                     (int)bytes, text);
        text += bytes + (text[bytes] == '\n');
    }
}

static void options_help__fits_into_80_columns_in_every_language(void **state)
{
    const struct command_row *commands;
    struct width *w = width_new(false);
    size_t count;

    (void)state;
    skip_without_catalogues();
    commands = options_commands(&count);
    for (const struct catalogue *c = embedded_catalogues; c->language != NULL; c++) {
        translate_use(c->language);
        for (size_t i = 0; i < count; i++) {
            char *text = NULL;
            size_t bytes;
            FILE *out = open_memstream(&text, &bytes);

            options_help(out, commands[i].name);
            fclose(out);
            assert_narrow(c->language, i == 0 ? "shilu" : commands[i].name, text, w);
            free(text);
        }
    }
    width_free(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(translate_start__takes_the_language_from_the_environment,
                                  english),
        cmocka_unit_test_teardown(translate__finds_texts_and_leaves_others_alone, english),
        cmocka_unit_test_teardown(error_set__translates_its_format, english),
        cmocka_unit_test(catalogues__every_message__has_the_directives_of_its_original),
        cmocka_unit_test_teardown(options_help__fits_into_80_columns_in_every_language,
                                  english),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
