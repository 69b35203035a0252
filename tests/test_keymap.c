/* The table of actions, the names of keys, and the keymap made of both. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shilu/base/buffer.h"
#include "shilu/base/memory.h"
#include "shilu/store/keymap.h"

static void action_row__every_row__has_a_unique_name_and_help(void **state)
{
    int i;
    int j;

    (void)state;
    for (i = 0; i < ACTION_COUNT; i++) {
        const struct action_row *row = action_row((enum action)i);

        assert_true(strlen(row->name) > 1);
        assert_int_equal(strspn(row->name, "abcdefghijklmnopqrstuvwxyz-"), strlen(row->name));
        assert_true(strlen(row->help) > 3);
        assert_true(row->help[strlen(row->help) - 1] != '.');
        assert_in_range(row->group, 0, GROUP_COUNT - 1);
        for (j = 0; j < i; j++)
            assert_string_not_equal(row->name, action_row((enum action)j)->name);
    }
    for (i = 0; i < GROUP_COUNT; i++)
        assert_true(strlen(action_group_title((enum action_group)i)) > 0);
}

/* Every key of the table is parsed, names itself again, and is still its action's in the end:
 * of two actions with the same key one would have lost it. */
static void keymap_new__every_default_key__runs_its_own_action(void **state)
{
    struct keymap *k = keymap_new();
    int keys = 0;
    int i;

    (void)state;
    for (i = 0; i < ACTION_COUNT; i++) {
        char *list = memory_strdup(action_row((enum action)i)->keys);
        char *rest = list;
        char *key;

        while ((key = strsep(&rest, " ")) != NULL) {
            char name[KEY_NAME_BYTES];
            uint32_t code;

            if (*key == '\0')
                continue;
            if (!key_parse(key, &code))
                fail_msg("'%s' is no key", key);
            key_name(code, name);
            assert_string_equal(name, key);
            if (keymap_action(k, code, action_row((enum action)i)->scope) != (enum action)i)
                fail_msg("'%s' runs two actions", key);
            keys++;
        }
        free(list);
    }
    assert_true(keys > 60);
    keymap_free(k);
}

static void key_parse__other_spellings__give_the_same_key(void **state)
{
    static const struct {
        const char *name;
        uint32_t code;
    } rows[] = {
        {"C-d", 4},
        {"^d", 4},
        {"^D", 4},
        {"^[", KEY_CODE_ESC},
        {"space", ' '},
        {"pgdn", KEY_CODE_PAGE_DOWN},
        {"^", '^'},
        {"M-x", 'x' | KEY_ALT},
        {"-", '-'},
        {"M--", '-' | KEY_ALT},
        {"說", 0x8AAA},
        {"F12", KEY_CODE_F12},
        {"^?", 127},
        {"M-F1", KEY_CODE_F1 | KEY_ALT},
        {"F", 'F'},
        {"M", 'M'},
        {"^M", KEY_CODE_ENTER},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint32_t code = 0;

        if (!key_parse(rows[i].name, &code) || code != rows[i].code)
            fail_msg("'%s' gives %x", rows[i].name, (unsigned)code);
    }
}

static void key_parse__what_is_no_key__is_refused(void **state)
{
    static const char *const rows[] = {"",     "xx",   "F0",   "F13",  "F1x",    "C-", "M-",
                                       "C-dd", "\x01", "說說", "\xFF", "M-M-xx", "^@"};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint32_t code = 0;

        if (key_parse(rows[i], &code))
            fail_msg("'%s' is taken for %x", rows[i], (unsigned)code);
    }
}

/* Whatever code a terminal can send has a name that fits, and the name gives the code. */
static void key_name__any_code__comes_back_from_its_name(void **state)
{
    char name[KEY_NAME_BYTES];
    uint32_t code;
    uint32_t back;

    (void)state;
    for (code = 1; code < 0x3000; code++) {
        if (code >= 0x80 && code < 0xA0)
            continue;
        key_name(code, name);
        if (!key_parse(name, &back) || back != code)
            fail_msg("%x is named '%s'", (unsigned)code, name);
        key_name(code | KEY_ALT, name);
        assert_true(key_parse(name, &back));
        assert_int_equal(back, code | KEY_ALT);
    }
    for (code = KEY_CODE_FIRST_SPECIAL; code <= KEY_CODE_LAST_SPECIAL; code++) {
        key_name(code, name);
        assert_true(key_parse(name, &back));
        assert_int_equal(back, code);
    }
}

static void keymap_bind__a_key__moves_to_the_new_action(void **state)
{
    struct keymap *k = keymap_new();
    struct buffer keys = {0};
    char name[KEY_NAME_BYTES];
    struct error err;

    (void)state;
    assert_true(keymap_bind(k, "j", "quit", &err));
    assert_int_equal(keymap_action(k, 'j', SCOPE_RECORD), ACTION_QUIT);
    keymap_keys_of(k, ACTION_QUIT, &keys);
    assert_string_equal(buffer_string(&keys), "q j");
    keymap_key_of(k, ACTION_LINE_DOWN, name);
    assert_string_equal(name, "Down");
    assert_true(keymap_bind(k, "j", "none", &err));
    assert_int_equal(keymap_action(k, 'j', SCOPE_RECORD), ACTION_NONE);
    assert_true(keymap_bind(k, "j", "none", &err));
    assert_true(keymap_bind(k, "L", "none", &err));
    keymap_key_of(k, ACTION_LIST, name);
    assert_string_equal(name, "");
    buffer_release(&keys);
    keymap_free(k);
}

static void keymap_bind__a_mistake__is_reported_with_the_nearest_name(void **state)
{
    struct keymap *k = keymap_new();
    struct error err;

    (void)state;
    assert_false(keymap_bind(k, "Foo", "quit", &err));
    assert_string_equal(err.message, "'Foo' is not a key");
    assert_false(keymap_bind(k, "j", "line-dwon", &err));
    assert_string_equal(err.message, "no action 'line-dwon'; did you mean 'line-down'?");
    assert_false(keymap_bind(k, "j", "", &err));
    assert_int_equal(keymap_action(k, 'j', SCOPE_RECORD), ACTION_LINE_DOWN);
    keymap_free(k);
}

static void action_by_name__a_misspelled_name__finds_the_nearest(void **state)
{
    static const struct {
        const char *typed;
        const char *near;
    } rows[] = {{"serch", "search"},
                {"exchange", "exchange-next"},
                {"turnnext", "turn-next"},
                {"qiut", "quit"},
                {"e", "edit"},
                {"exch", "exchange-next"},
                {"hit-nxet", "hit-next"}};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *near = NULL;

        assert_int_equal(action_by_name(rows[i].typed, strlen(rows[i].typed), &near),
                         ACTION_NONE);
        assert_non_null(near);
        assert_string_equal(near, rows[i].near);
    }
}

/* What another program would know is not taken for a slip of the finger. */
static void action_by_name__another_word__finds_none(void **state)
{
    static const char *const words[] = {"set", "noh", "wq", "x!", "zzz", "badd", "syntax"};

    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const char *near = NULL;

        assert_int_equal(action_by_name(words[i], strlen(words[i]), &near), ACTION_NONE);
        if (near != NULL)
            fail_msg("'%s' is near '%s'", words[i], near);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(action_row__every_row__has_a_unique_name_and_help),
        cmocka_unit_test(keymap_new__every_default_key__runs_its_own_action),
        cmocka_unit_test(key_parse__other_spellings__give_the_same_key),
        cmocka_unit_test(key_parse__what_is_no_key__is_refused),
        cmocka_unit_test(key_name__any_code__comes_back_from_its_name),
        cmocka_unit_test(keymap_bind__a_key__moves_to_the_new_action),
        cmocka_unit_test(keymap_bind__a_mistake__is_reported_with_the_nearest_name),
        cmocka_unit_test(action_by_name__a_misspelled_name__finds_the_nearest),
        cmocka_unit_test(action_by_name__another_word__finds_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
