/* Config: each setting, each fault with its place, and what still counts beside a fault. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shilu/store/config.h"
#include "shilu/view/key.h"

struct fixture {
    struct config config;
    struct keymap *keymap;
};

static void parse(struct fixture *f, const char *text)
{
    f->config = (struct config){.wrap = WRAP_NOT_SET};
    f->keymap = keymap_new();
    config_parse(&f->config, "config.json", text, strlen(text), f->keymap);
}

static void release(struct fixture *f)
{
    config_release(&f->config);
    keymap_free(f->keymap);
}

static void config_parse__reads_every_setting(void **state)
{
    struct fixture f;

    (void)state;
    parse(&f, "{\"theme\": \"ink\", \"ambiguous\": \"wide\", \"mouse\": true, \"wrap\": 60,\n"
              " \"copy-command\": \"wl-copy\", \"keys\": {\"^T\": \"top\", \"j\": \"none\"}}");
    assert_int_equal(f.config.faults.kept, 0);
    assert_string_equal(f.config.theme, "ink");
    assert_string_equal(f.config.ambiguous, "wide");
    assert_string_equal(f.config.copy_command, "wl-copy");
    assert_true(f.config.mouse);
    assert_int_equal(f.config.wrap, 60);
    assert_int_equal(keymap_action(f.keymap, 'T' & 31, SCOPE_RECORD), ACTION_TOP);
    assert_int_equal(keymap_action(f.keymap, 'j', SCOPE_RECORD), ACTION_NONE);
    release(&f);
}

static void config_parse__tells_where_each_fault_stands(void **state)
{
    static const struct {
        const char *text;
        unsigned line;
        unsigned column;
        const char *part; /* of the message */
    } cases[] = {
        {"{\"theme\": 5}", 1, 2, "'theme' must be a string"},
        {"{\n  \"wrap\": 3\n}", 2, 3, "'wrap' must be 0 or"},
        {"{\n\"ambiguous\": \"perhaps\"}", 2, 1, "\"auto\", \"narrow\" or \"wide\""},
        {"{\"mouse\": 1}", 1, 2, "'mouse' must be true or false"},
        {"{\"keys\": {\"j\": \"line-dwn\"}}", 1, 11, "did you mean 'line-down'"},
        {"{\"keys\": {\"Hyper\": \"top\"}}", 1, 11, "'Hyper' is not a key"},
        {"{\"keys\": []}", 1, 2, "'keys' must be an object"},
        {"{\"layouts\": 1}", 1, 2, "'layouts' must be an object"},
        {"{\"layouts\": {\"hearings\": \"x\"}}", 1, 14, "begins with / or ~/"},
        {"{\"layouts\": {\"~/h\": 1}}", 1, 14, "'~/h' must name a layout"},
        {"{\"them\": \"ink\"}", 1, 2, "did you mean 'theme'?"},
        {"[]", 1, 1, "expected an object"},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture f;

        parse(&f, cases[i].text);
        assert_int_equal(f.config.faults.kept, 1);
        assert_non_null(strstr(f.config.faults.items[0].message, cases[i].part));
        assert_int_equal(f.config.faults.items[0].line, cases[i].line);
        assert_int_equal(f.config.faults.items[0].column, cases[i].column);
        release(&f);
    }
}

static void config_parse__goes_on_after_a_fault(void **state)
{
    struct fixture f;

    (void)state;
    parse(
        &f,
        "{\"wrap\": \"wide\", \"theme\": \"paper\", \"keys\": {\"x\": \"?\", \"X\": \"all\"}}");
    assert_int_equal(f.config.faults.kept, 2);
    assert_string_equal(f.config.theme, "paper");
    assert_int_equal(f.config.wrap, WRAP_NOT_SET);
    assert_int_equal(keymap_action(f.keymap, 'X', SCOPE_RECORD), ACTION_ALL);
    release(&f);
}

static void config_parse__survives_every_cut(void **state)
{
    static const char whole[] =
        "{\"theme\": \"ink\", \"keys\": {\"j\": \"none\"}, \"wrap\": 60}";
    size_t bytes;

    (void)state;
    for (bytes = 0; bytes + 1 < sizeof whole; bytes++) {
        char *cut = strndup(whole, bytes);
        struct fixture f;

        parse(&f, cut);
        assert_int_equal(f.config.faults.kept, 1);
        release(&f);
        free(cut);
    }
}

static void config_load__a_named_file_that_is_not_there_is_a_fault(void **state)
{
    struct keymap *keymap = keymap_new();
    struct config config = {0};

    (void)state;
    config_load(&config, "/nonexistent/config.json", keymap);
    assert_int_equal(config.faults.kept, 1);
    config_release(&config);
    setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
    config_load(&config, NULL, keymap);
    assert_int_equal(config.faults.kept, 0);
    assert_int_equal(config.wrap, WRAP_NOT_SET);
    config_release(&config);
    keymap_free(keymap);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(config_parse__reads_every_setting),
        cmocka_unit_test(config_parse__tells_where_each_fault_stands),
        cmocka_unit_test(config_parse__goes_on_after_a_fault),
        cmocka_unit_test(config_parse__survives_every_cut),
        cmocka_unit_test(config_load__a_named_file_that_is_not_there_is_a_fault),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
