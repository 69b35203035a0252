/* The prompt: a line edited by clusters, with a history. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shilu/base/memory.h"
#include "shilu/view/prompt.h"

/* Keys by name separated by spaces; other words are typed letter by letter. */
static enum prompt_result type(struct prompt *p, const char *keys)
{
    enum prompt_result result = PROMPT_MOVED;

    while (*keys != '\0') {
        size_t bytes = strcspn(keys, " ");
        char *word = memory_strndup(keys, bytes);
        struct key key = {0};

        if (key_parse(word, &key.code)) {
            result = prompt_key(p, key);
        } else {
            size_t at = 0;

            while (at < bytes) {
                size_t end = at + 1;
                char *letter;

                while (end < bytes && ((unsigned char)word[end] & 0xC0) == 0x80)
                    end++;
                letter = memory_strndup(word + at, end - at);
                assert_true(key_parse(letter, &key.code));
                result = prompt_key(p, key);
                free(letter);
                at = end;
            }
        }
        free(word);
        keys += bytes;
        keys += strspn(keys, " ");
    }
    return result;
}

static void prompt_key__editing__changes_the_text_by_clusters(void **state)
{
    static const struct {
        const char *keys;
        const char *text;
        size_t cursor;
    } rows[] = {
        {"abc", "abc", 3},
        {"abc Left Left x", "axbc", 2},
        {"abc Home x End y", "xabcy", 5},
        {"abc ^A ^K", "", 0},
        {"abc Left ^U", "c", 0},
        {"民政部 Backspace", "民政", 6},
        {"民政部 Left Left Del", "民部", 3},
        {"民政部 Left Backspace", "民部", 3},
        {"e\xCC\x81\xCC\x82x Left Backspace", "x", 0},
        {"ae\xCC\x81x Home Right Del", "ax", 1},
        {"ae\xCC\x81 Left Left Right Right z", "ae\xCC\x81z", 5},
        {"ab Space cd Space ^W", "ab ", 3},
        {"ab Space cd ^W x", "ab x", 4},
        {"^W ^U ^K ^A ^E", "", 0},
        {"abc ^B ^B ^F ^D", "ab", 2},
        {"abc ^E Del", "abc", 3},
        {"abc ^A Backspace", "abc", 0},
        {"ab ^H", "a", 1},
        {"👩\u200D👩\u200D👧 Backspace", "", 0},
        {"🇨🇳🇯🇵 Backspace", "🇨🇳", 8},
        {"한 Left Right", "한", 3},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct prompt p = {0};

        prompt_start(&p, NULL, "");
        type(&p, rows[i].keys);
        if (strcmp(buffer_string(&p.text), rows[i].text) != 0 ||
            p.cursor_byte != rows[i].cursor)
            fail_msg("'%s': '%s', cursor %zu", rows[i].keys, buffer_string(&p.text),
                     p.cursor_byte);
        prompt_release(&p);
    }
}

static void prompt_key__ends__are_reported(void **state)
{
    static const struct {
        const char *keys;
        enum prompt_result result;
    } rows[] = {
        {"Enter", PROMPT_DONE},
        {"^J", PROMPT_DONE},
        {"a Esc", PROMPT_GIVEN_UP},
        {"^C", PROMPT_GIVEN_UP},
        {"^G", PROMPT_GIVEN_UP},
        {"Backspace", PROMPT_GIVEN_UP},
        {"^H", PROMPT_GIVEN_UP},
        {"a Backspace", PROMPT_CHANGED},
        {"a Backspace Backspace", PROMPT_GIVEN_UP},
        {"Tab", PROMPT_UNUSED},
        {"Up", PROMPT_UNUSED},
        {"F1", PROMPT_UNUSED},
        {"M-x", PROMPT_UNUSED},
        {"PgUp", PROMPT_UNUSED},
        {"Left", PROMPT_MOVED},
        {"a", PROMPT_CHANGED},
        {"Del", PROMPT_MOVED},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct prompt p = {0};
        enum prompt_result result;

        prompt_start(&p, NULL, "");
        result = type(&p, rows[i].keys);
        if (result != rows[i].result)
            fail_msg("'%s' gives %d", rows[i].keys, (int)result);
        prompt_release(&p);
    }
}

static void prompt_key__up_and_down__walk_the_history(void **state)
{
    struct prompt_history h = {0};
    struct prompt p = {0};

    (void)state;
    prompt_history_add(&h, "one");
    prompt_history_add(&h, "two");
    prompt_start(&p, &h, "");
    type(&p, "mine Up");
    assert_string_equal(buffer_string(&p.text), "two");
    type(&p, "^P");
    assert_string_equal(buffer_string(&p.text), "one");
    assert_int_equal(type(&p, "Up"), PROMPT_MOVED);
    type(&p, "x ^N Down");
    assert_string_equal(buffer_string(&p.text), "mine");
    assert_int_equal(type(&p, "Down"), PROMPT_MOVED);
    assert_int_equal(p.cursor_byte, 4);
    prompt_release(&p);
    prompt_history_release(&h);
}

static void prompt_history_add__many_and_same__keeps_each_once(void **state)
{
    struct prompt_history h = {0};
    char line[16];
    int i;

    (void)state;
    prompt_history_add(&h, "");
    assert_int_equal(h.count, 0);
    for (i = 0; i < 3 * PROMPT_HISTORY; i++) {
        snprintf(line, sizeof line, "%d", i);
        prompt_history_add(&h, line);
        prompt_history_add(&h, line);
    }
    assert_int_equal(h.count, PROMPT_HISTORY);
    assert_string_equal(h.lines[0], "200");
    prompt_history_add(&h, "250");
    assert_int_equal(h.count, PROMPT_HISTORY);
    assert_string_equal(h.lines[PROMPT_HISTORY - 1], "250");
    assert_string_equal(h.lines[50], "251");
    prompt_history_release(&h);
    assert_int_equal(h.count, 0);
}

static void prompt_key__pasted__never_acts(void **state)
{
    static const uint32_t pasted[] = {'a', 27, '\n', 3, 0x6C11, KEY_CODE_UP, 'b', 21, '\t'};
    struct prompt p = {0};
    size_t i;

    (void)state;
    prompt_start(&p, NULL, "");
    for (i = 0; i < sizeof pasted / sizeof *pasted; i++) {
        enum prompt_result result = prompt_key(&p,
                                               (struct key){.code = pasted[i], .pasted = true});

        assert_true(result == PROMPT_CHANGED || result == PROMPT_MOVED);
    }
    assert_string_equal(buffer_string(&p.text), "a 民b ");
    prompt_release(&p);
}

static void prompt_key__a_paste_without_end__stops_at_the_limit(void **state)
{
    struct prompt p = {0};
    int i;

    (void)state;
    prompt_start(&p, NULL, "");
    for (i = 0; i < 3 * PROMPT_BYTES_MAX; i++)
        prompt_key(&p, (struct key){.code = 0x6C11, .pasted = i % 2});
    assert_true(p.text.bytes <= PROMPT_BYTES_MAX);
    assert_true(p.text.bytes > PROMPT_BYTES_MAX - 4);
    assert_int_equal(p.cursor_byte, p.text.bytes);
    prompt_release(&p);
}

/* The cursor is always on the screen, before the glyph that it is at. */
static void prompt_draw__long_and_wide_text__keeps_the_cursor_in_sight(void **state)
{
    struct width *w = width_new(false);
    struct grid g = {0};
    struct prompt p = {0};
    int columns;

    (void)state;
    prompt_start(&p, NULL, "民政部 the quick brown fox e\xCC\x81 民政部民政部民政部");
    for (columns = 3; columns < 60; columns++) {
        struct area a = {0, 0, 1, columns};

        grid_resize(&g, 1, columns);
        for (type(&p, "End"); p.cursor_byte > 0; type(&p, "Left")) {
            const struct cell *c;

            grid_clear(&g);
            prompt_draw(&p, &g, &a, w, "/");
            assert_int_equal(g.cursor_row, 0);
            assert_in_range(g.cursor_column, 0, columns - 1);
            c = grid_cell(&g, 0, g.cursor_column);
            if (columns >= 8 && p.cursor_byte < p.text.bytes && c->bytes > 0 &&
                p.text.data[p.cursor_byte] != 'e') /* é is drawn composed */
                assert_memory_equal(c->text, p.text.data + p.cursor_byte, c->bytes);
            if (columns >= 8 && p.cursor_byte < p.text.bytes)
                assert_true(c->bytes > 0 || p.text.data[p.cursor_byte] == ' ' ||
                            g.cursor_column == columns - 1); /* half of it would fit */
        }
    }
    prompt_release(&p);
    grid_release(&g);
    width_free(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prompt_key__editing__changes_the_text_by_clusters),
        cmocka_unit_test(prompt_key__ends__are_reported),
        cmocka_unit_test(prompt_key__up_and_down__walk_the_history),
        cmocka_unit_test(prompt_history_add__many_and_same__keeps_each_once),
        cmocka_unit_test(prompt_key__pasted__never_acts),
        cmocka_unit_test(prompt_key__a_paste_without_end__stops_at_the_limit),
        cmocka_unit_test(prompt_draw__long_and_wide_text__keeps_the_cursor_in_sight),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
