/* The input window: lines, positions, and what stays while it moves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "shilu/formats/input.h"

static struct input *open_string(const char *s)
{
    struct error err;
    struct input *in = input_new(source_open_memory(s, strlen(s)), NULL, &err);

    assert_non_null(in);
    while (!input_ended(in))
        input_fill(in, 65536);
    return in;
}

static void assert_line(struct input *in, const char *expected)
{
    const char *line;
    size_t bytes, next;

    assert_true(input_line(in, 0, &line, &bytes, &next));
    assert_int_equal(bytes, strlen(expected));
    assert_memory_equal(line, expected, bytes);
    input_consume(in, next);
}

static void input_line__ends_at_lf_crlf_and_cr(void **state)
{
    struct input *in = open_string("a\nb\r\nc\rd\r\r\n\n中");
    static const char *const lines[] = {"a", "b", "c", "d", "", "", "中"};
    const char *line;
    size_t bytes, next, i;

    (void)state;
    for (i = 0; i < sizeof lines / sizeof *lines; i++)
        assert_line(in, lines[i]);
    assert_false(input_line(in, 0, &line, &bytes, &next));
    input_free(in);
}

static void input_line__looks_ahead_from_any_byte(void **state)
{
    struct input *in = open_string("one\ntwo\nthree");
    const char *line;
    size_t bytes, next;

    (void)state;
    assert_true(input_line(in, 4, &line, &bytes, &next));
    assert_memory_equal(line, "two", 3);
    assert_int_equal(next, 8);
    assert_true(input_line(in, 8, &line, &bytes, &next));
    assert_int_equal(bytes, 5);
    assert_int_equal(next, 13);
    assert_false(input_line(in, 13, &line, &bytes, &next));
    input_free(in);
}

static void input_line__keeps_nul_in_a_line(void **state)
{
    struct error err;
    struct input *in = input_new(source_open_memory("a\0b\nc", 5), NULL, &err);
    const char *line;
    size_t bytes, next;

    (void)state;
    while (!input_ended(in))
        input_fill(in, 100);
    assert_true(input_line(in, 0, &line, &bytes, &next));
    assert_int_equal(bytes, 3);
    input_free(in);
}

static void input_position__counts_lines_and_code_points(void **state)
{
    struct input *in = open_string("ab\ncd\r\n中文x\re\xCC\x81"
                                   "f");
    static const struct {
        size_t ahead;
        uint64_t line, column;
    } rows[] = {{0, 1, 1},  {2, 1, 3},  {3, 2, 1},  {5, 2, 3},  {7, 3, 1},
                {10, 3, 2}, {13, 3, 3}, {15, 4, 1}, {16, 4, 2}, {18, 4, 3}};
    size_t i, line_at;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint64_t line, column;

        input_position(in, rows[i].ahead, &line, &column);
        assert_int_equal(line, rows[i].line);
        assert_int_equal(column, rows[i].column);
    }
    /* The same after each byte is consumed by itself, also between CR and LF. */
    for (i = 0, line_at = 0; i < sizeof rows / sizeof *rows; i++) {
        uint64_t line, column;

        input_consume(in, rows[i].ahead - line_at);
        line_at = rows[i].ahead;
        input_position(in, 0, &line, &column);
        assert_int_equal(line, rows[i].line);
        assert_int_equal(column, rows[i].column);
    }
    input_free(in);
}

static void input_position__holds_a_crlf_that_a_fill_parts(void **state)
{
    int ends[2];
    struct error err;
    struct input *in;
    uint64_t line, column;

    (void)state;
    assert_int_equal(pipe(ends), 0);
    in = input_new(source_open_fd(ends[0], true), NULL, &err);
    assert_int_equal(write(ends[1], "abcd\r", 5), 5);
    assert_int_equal(input_fill(in, 100), SOURCE_DATA);
    input_consume(in, 5);
    input_position(in, 0, &line, &column);
    assert_int_equal(line, 2);
    assert_int_equal(write(ends[1], "\nef", 3), 3);
    assert_int_equal(input_fill(in, 100), SOURCE_DATA);
    input_position(in, 1, &line, &column);
    assert_int_equal(line, 2);
    assert_int_equal(column, 1);
    input_position(in, 2, &line, &column);
    assert_int_equal(column, 2);
    close(ends[1]);
    assert_int_equal(input_fill(in, 100), SOURCE_END);
    assert_true(input_ended(in));
    input_free(in);
}

static void input_fill__waits_for_a_pipe(void **state)
{
    int ends[2];
    struct error err;
    struct input *in;
    size_t bytes;
    const char *line;
    size_t next;

    (void)state;
    assert_int_equal(pipe(ends), 0);
    in = input_new(source_open_fd(ends[0], true), NULL, &err);
    assert_int_equal(input_fill(in, 100), SOURCE_WAIT);
    assert_false(input_ended(in));
    assert_int_equal(write(ends[1], "half a li", 9), 9);
    assert_int_equal(input_fill(in, 100), SOURCE_DATA);
    assert_false(input_line(in, 0, &line, &bytes, &next));
    assert_int_equal(write(ends[1], "ne\n", 3), 3);
    assert_int_equal(input_fill(in, 100), SOURCE_DATA);
    assert_true(input_line(in, 0, &line, &bytes, &next));
    assert_int_equal(bytes, 11);
    close(ends[1]);
    input_free(in);
}

/* A long file read line by line in small fills: all lines, and the right places. */
static void input_consume__moves_through_a_long_file(void **state)
{
    struct buffer all = {0};
    struct error err;
    struct input *in;
    size_t i, count = 0;

    (void)state;
    for (i = 0; i < 30000; i++)
        buffer_append_format(&all, "line %zu of 文字%s", i,
                             i % 3 == 0   ? "\r\n"
                             : i % 3 == 1 ? "\n"
                                          : "\r");
    in = input_new(source_open_memory(all.data, all.bytes), NULL, &err);
    for (;;) {
        const char *line;
        size_t bytes, next;
        uint64_t at_line, column;
        char expected[40];

        if (!input_line(in, 0, &line, &bytes, &next)) {
            if (input_ended(in))
                break;
            input_fill(in, 1);
            continue;
        }
        snprintf(expected, sizeof expected, "line %zu of 文字", count);
        assert_int_equal(bytes, strlen(expected));
        assert_memory_equal(line, expected, bytes);
        input_position(in, 0, &at_line, &column);
        assert_int_equal(at_line, ++count);
        assert_int_equal(column, 1);
        input_consume(in, next);
    }
    assert_int_equal(count, 30000);
    input_free(in);
    buffer_release(&all);
}

static void input_new__refuses_an_unknown_encoding(void **state)
{
    struct error err;

    (void)state;
    assert_null(input_new(source_open_memory("x", 1), "no-such", &err));
    assert_int_equal(err.code, ERROR_USAGE);
}

static void input_replaced__counts_and_names_the_encoding(void **state)
{
    struct input *in = open_string("a\xFF"
                                   "b 中文中文中文 \xE4\xB8");

    (void)state;
    assert_int_equal(input_replaced(in), 2);
    assert_string_equal(input_encoding(in), "utf-8");
    input_free(in);
}

static void assert_binary(const char *bytes, size_t count, const char *name)
{
    struct error err;
    struct input *in = input_new(source_open_memory(bytes, count), NULL, &err);
    size_t window_bytes;

    while (!input_ended(in))
        input_fill(in, 3);
    if (name == NULL) {
        assert_null(input_binary(in));
    } else {
        assert_non_null(input_binary(in));
        assert_string_equal(input_binary(in), name);
        assert_memory_equal(input_window(in, &window_bytes), bytes, count);
        assert_int_equal(window_bytes, count);
    }
    input_free(in);
}

static void input_binary__names_what_is_not_text(void **state)
{
    char data[2048], padded[256], wide[256];
    uint32_t random = 1;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof data; i++) {
        random = random * 1664525u + 1013904223u;
        data[i] = (char)(random >> 24);
    }
    for (i = 0; i < sizeof padded; i++) {
        padded[i] = i < 200 ? 'a' : '\0';
        wide[i] = i % 2 == 0 ? 'a' : '\0';
    }
    assert_binary("PK\3\4\xFF\xFE", 6, "a zip archive");
    assert_binary("%PDF-1.7\n", 9, "a PDF document");
    assert_binary("\0\0\0\x18"
                  "ftypmp42",
                  12, "a video (MP4)");
    assert_binary(data, sizeof data, "data that is not text");
    assert_binary("PK is how he signs", 18, NULL);
    assert_binary("ID3 tags are dull", 17, NULL);
    assert_binary(padded, sizeof padded, NULL);
    assert_binary(wide, sizeof wide, NULL);
    assert_binary("", 0, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(input_line__ends_at_lf_crlf_and_cr),
        cmocka_unit_test(input_line__looks_ahead_from_any_byte),
        cmocka_unit_test(input_line__keeps_nul_in_a_line),
        cmocka_unit_test(input_position__counts_lines_and_code_points),
        cmocka_unit_test(input_position__holds_a_crlf_that_a_fill_parts),
        cmocka_unit_test(input_fill__waits_for_a_pipe),
        cmocka_unit_test(input_binary__names_what_is_not_text),
        cmocka_unit_test(input_consume__moves_through_a_long_file),
        cmocka_unit_test(input_new__refuses_an_unknown_encoding),
        cmocka_unit_test(input_replaced__counts_and_names_the_encoding),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
