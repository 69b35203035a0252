/* The base layer: buffers, errors, civil time, sources, files. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "shilu/base/buffer.h"
#include "shilu/base/bytes.h"
#include "shilu/base/civil_time.h"
#include "shilu/base/file.h"
#include "shilu/base/memory.h"
#include "shilu/base/sorted.h"
#include "shilu/base/source.h"
#include "shilu/base/xdg.h"

static void buffer__grows_and_stays_terminated(void **state)
{
    struct buffer b = {0};
    size_t i;

    (void)state;
    assert_string_equal(buffer_string(&b), "");
    buffer_reserve(&b, 100); /* nothing may come after all */
    assert_string_equal(buffer_string(&b), "");
    for (i = 0; i < 10000; i++)
        buffer_append_char(&b, (char)('a' + i % 26));
    assert_int_equal(b.bytes, 10000);
    assert_int_equal(b.data[10000], '\0');
    buffer_drop_front(&b, 9998);
    assert_string_equal(b.data, "op");
    buffer_append_format(&b, "%s-%d", "q", 7);
    assert_string_equal(b.data, "opq-7");
    buffer_release(&b);
}

/* The same white space everywhere: what is left is what is counted as characters. */
static void bytes_count_visible__leaves_out_white_space_of_any_kind(void **state)
{
    static const char *const pieces[] = {
        "a",      " ",      "漢",       "\u3000", "。",         "、", "か",     "\u00A0",
        "é",      "\u2003", "“",        "\t",     "\u2028",     "䀀", "\u205F", "\u1680",
        "\u3040", "耀",     "\xC2\x86", "\u2010", "\U0001F600", "힣", "\uE000"};
    unsigned seed = 7;

    (void)state;
    for (int round = 0; round < 20000; round++) {
        struct buffer text = {0};
        size_t wanted = 0;
        size_t wide = 0;

        for (int i = round % 1000 == 0 ? 9000 : round % 30; i > 0; i--) {
            size_t piece;

            seed = seed * 1103515245 + 12345;
            piece = (seed >> 16) % (sizeof pieces / sizeof *pieces);
            buffer_append_string(&text, pieces[piece]);
            wanted += strchr(" \t", pieces[piece][0]) == NULL &&
                      strcmp(pieces[piece], "\u3000") != 0 &&
                      strcmp(pieces[piece], "\u00A0") != 0 &&
                      strcmp(pieces[piece], "\u2003") != 0 &&
                      strcmp(pieces[piece], "\u2028") != 0 &&
                      strcmp(pieces[piece], "\u205F") != 0 &&
                      strcmp(pieces[piece], "\u1680") != 0;
        }
        assert_int_equal(bytes_count_visible(buffer_string(&text), text.bytes), wanted);
        for (size_t i = 0; i < text.bytes; i++)
            wide += ((unsigned char)text.data[i] >= 0xE3 &&
                     (unsigned char)text.data[i] < 0xEE) ||
                    (unsigned char)text.data[i] == 0xF0;
        assert_int_equal(bytes_count_wide(buffer_string(&text), text.bytes), wide);
        buffer_release(&text);
    }
}

/* Each against the byte by byte of what its header says. */
static void bytes__counts_and_runs_are_those_of_single_bytes(void **state)
{
    static const char *const pieces[] = {
        "a",  "Z",  "0",      " ",      "漢",     "。",     "か",        "é", "“",
        "\n", "\r", "#",      "'",      ".",      "?",      "@",         "[", "{",
        "~",  "힣", "\u0E01", "\u1000", "\u2100", "\uE000", "\U0001F600"};
    unsigned seed = 11;

    (void)state;
    for (int round = 0; round < 20000; round++) {
        struct buffer text = {0};
        size_t columns = 0, above = 0, line = 0, sign = 0;
        const char *s;

        for (int i = round % 1000 == 0 ? 9000 : round % 50; i > 0; i--) {
            seed = seed * 1103515245 + 12345;
            buffer_append_string(&text, pieces[(seed >> 16) % (round % 2 != 0 ? 9 : 25)]);
        }
        s = buffer_string(&text);
        for (size_t i = 0; i < text.bytes; i++) {
            unsigned char byte = (unsigned char)s[i];
            bool narrow = byte < 0xE1 || (byte == 0xE2 && (unsigned char)s[i + 1] < 0x84);

            columns += (byte & 0xC0) == 0x80 ? 0 : narrow ? 1 : 2;
            above += byte >= 0x80;
        }
        while (line < text.bytes && strchr("\r\n", s[line]) == NULL)
            line++;
        while (sign < text.bytes && strchr("#@[{~", s[sign]) == NULL)
            sign++;
        assert_int_equal(bytes_count_columns(s, text.bytes), columns);
        assert_int_equal(bytes_count_above_ascii(s, text.bytes), above);
        assert_int_equal(bytes_line_run(s, text.bytes), line);
        assert_int_equal(bytes_run_before_sign(s, text.bytes), sign);
        buffer_release(&text);
    }
}

static void error_set__keeps_cut_messages_valid_utf8(void **state)
{
    struct error err;
    char long_name[600];
    size_t i;

    (void)state;
    for (i = 0; i + 3 < sizeof long_name; i += 3)
        memcpy(long_name + i, "\xE5\xAF\xA6", 3);
    long_name[i] = '\0';
    assert_false(error_set(&err, ERROR_SYNTAX, "x%s", long_name));
    assert_int_equal((strlen(err.message) - 1) % 3, 0);
    assert_true(strlen(err.message) > 200);
}

static void error_set_errno__names_the_cause(void **state)
{
    struct error err;

    (void)state;
    error_set_errno(&err, ENOENT, "cannot read '%s'", "a.json");
    assert_string_equal(err.message, "cannot read 'a.json': No such file or directory");
}

static void diagnostics_add__keeps_the_first_and_counts_all(void **state)
{
    struct diagnostics list = {0};
    int i;

    (void)state;
    for (i = 0; i < 1000; i++)
        diagnostics_add(&list, SEVERITY_WARNING, (uint64_t)i + 1, 1, "line %d", i + 1);
    assert_int_equal(list.kept, DIAGNOSTICS_KEPT);
    assert_int_equal(list.count[SEVERITY_WARNING], 1000);
    assert_string_equal(list.items[0].message, "line 1");
    diagnostics_release(&list);
}

static void civil__agrees_with_known_days(void **state)
{
    static const struct {
        struct civil_time civil;
        int64_t ms;
    } cases[] = {
        {{1970, 1, 1, 0, 0, 0, 0}, 0},
        {{2000, 2, 29, 12, 0, 0, 0}, INT64_C(951825600000)},
        {{2020, 3, 9, 10, 1, 29, 0}, INT64_C(1583748089000)},
        {{1969, 12, 31, 23, 59, 59, 999}, -1},
        {{1, 1, 1, 0, 0, 0, 0}, INT64_C(-62135596800000)},
        {{9999, 12, 31, 23, 59, 59, 0}, INT64_C(253402300799000)},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct civil_time back = civil_from_ms(cases[i].ms);

        assert_int_equal(civil_to_ms(&cases[i].civil), cases[i].ms);
        assert_memory_equal(&back, &cases[i].civil, sizeof back);
    }
}

static void civil__every_day_of_eight_centuries_comes_back(void **state)
{
    int64_t day;

    (void)state;
    for (day = -146097; day < 146097; day++) {
        struct civil_time civil = civil_from_ms(day * TIME_MS_PER_DAY);

        assert_true(civil_is_valid(&civil));
        assert_int_equal(civil_to_ms(&civil), day * TIME_MS_PER_DAY);
    }
}

static void civil_parse_date_time__takes_what_records_hold(void **state)
{
    static const struct {
        const char *text;
        const char *iso; /* NULL: refused */
        size_t used;
    } cases[] = {
        {"2020-03-09T10:01:47+08:00", "2020-03-09T10:01:47+08:00", 25},
        {"2020-03-09 10:01:29", "2020-03-09T10:01:29", 19},
        {"2020-03-09", "2020-03-09T00:00:00", 10},
        {"2020-3-9 9:05", "2020-03-09T09:05:00", 13},
        {"2020-03-09T10:01:47.5Z and more", "2020-03-09T10:01:47.500Z", 22},
        {"2020-03-09T10:01:47,123456-0330", "2020-03-09T10:01:47.123-03:30", 31},
        {"2020-02-30", NULL, 0},
        {"2020-13-01", NULL, 0},
        {"2020-03-09T25:00:00", NULL, 0},
        {"20-03-09", NULL, 0},
        {"", NULL, 0},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[CIVIL_TEXT];
        int64_t ms;
        int32_t offset;
        bool has_time;
        size_t used;
        bool ok = civil_parse_date_time(cases[i].text, strlen(cases[i].text), &ms, &offset,
                                        &has_time, &used);

        assert_int_equal(ok, cases[i].iso != NULL);
        if (!ok)
            continue;
        civil_format_iso(ms, offset, out);
        assert_string_equal(out, cases[i].iso);
        assert_int_equal(used, cases[i].used);
    }
}

static void civil_before_zone__takes_zones_off_a_moment(void **state)
{
    static const struct {
        const char *text;
        size_t bytes; /* of the moment */
        int32_t offset_min;
    } cases[] = {
        {"18:03 UTC", 5, 0},
        {"18:03 UTC+01:00", 5, 60},
        {"18:03 (GMT)", 5, 0},
        {"18:03 GMT-5", 5, -300},
        {"18:03 +0530", 5, 330},
        {"1.2.2031 18:03 Z", 14, 0},
        {"18:03", 5, UTC_OFFSET_NONE},
        {"6:03 PM", 7, UTC_OFFSET_NONE},
        {"18:03 UTC+x", 11, UTC_OFFSET_NONE},
        {"", 0, UTC_OFFSET_NONE},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        int32_t offset_min = UTC_OFFSET_NONE;

        assert_int_equal(civil_before_zone(cases[i].text, strlen(cases[i].text), &offset_min),
                         cases[i].bytes);
        assert_int_equal(offset_min, cases[i].offset_min);
    }
}

static void civil_parse_clock__tells_hours_from_minutes(void **state)
{
    static const struct {
        const char *text;
        bool hours;
        int64_t ms; /* -1: refused */
    } cases[] = {
        {"10:25", true, 37500000},
        {"10:25", false, 625000},
        {"10:25:22", true, 37522000},
        {"0:12:30.250", false, 750250},
        {"01:02,5", false, 62500},
        {"99:59:59", false, 359999000},
        {"10:60", true, -1},
        {"1025", true, -1},
        {":25", true, -1},
        {"10:2", true, -1},
        {"10:255", true, -1},
        {"", true, -1},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t ms = -1;
        size_t used;

        if (!civil_parse_clock(cases[i].text, strlen(cases[i].text), cases[i].hours, &ms,
                               &used))
            ms = -1;
        assert_int_equal(ms, cases[i].ms);
    }
}

static void civil_format__writes_each_form(void **state)
{
    char out[CIVIL_TEXT];

    (void)state;
    civil_format_elapsed(750250, out);
    assert_string_equal(out, "0:12:30");
    civil_format_elapsed_exact(750250, out);
    assert_string_equal(out, "0:12:30.250");
    civil_format_elapsed(-5000, out);
    assert_string_equal(out, "-0:00:05");
    civil_format_duration(45000, out);
    assert_string_equal(out, "45 s");
    civil_format_duration(7 * 60000, out);
    assert_string_equal(out, "7 min");
    civil_format_duration(92 * 60000, out);
    assert_string_equal(out, "1 h 32 min");
}

static void source__reads_memory_and_says_what_a_path_is(void **state)
{
    struct error err;
    struct source *s = source_open_memory("verbatim", 8);
    char bytes[5];
    size_t got;

    (void)state;
    assert_int_equal(source_read(s, bytes, 5, &got, &err), SOURCE_DATA);
    assert_int_equal(got, 5);
    assert_int_equal(source_read(s, bytes, 5, &got, &err), SOURCE_DATA);
    assert_int_equal(got, 3);
    assert_int_equal(source_read(s, bytes, 5, &got, &err), SOURCE_END);
    assert_int_equal(source_read_bytes(s), 8);
    source_close(s);
    assert_null(source_open_path("/", &err));
    assert_string_equal(err.message, "Is a directory");
    assert_null(source_open_path("/no/such/file", &err));
    assert_string_equal(err.message, "No such file or directory");
}

static void source__a_pipe_waits_and_then_ends(void **state)
{
    struct error err;
    struct source *s;
    char bytes[8];
    size_t got;
    int ends[2];

    (void)state;
    assert_int_equal(pipe(ends), 0);
    s = source_open_fd(ends[0], true);
    assert_int_equal(source_total_bytes(s), -1);
    assert_int_equal(source_read(s, bytes, 8, &got, &err), SOURCE_WAIT);
    assert_int_equal(write(ends[1], "abc", 3), 3);
    assert_int_equal(source_read(s, bytes, 8, &got, &err), SOURCE_DATA);
    assert_int_equal(got, 3);
    close(ends[1]);
    assert_int_equal(source_read(s, bytes, 8, &got, &err), SOURCE_END);
    source_close(s);
}

/* A descriptor that others share stays as it was. */
static void source_open_fd__does_not_change_the_mode(void **state)
{
    struct source *s;
    struct error err;
    char bytes[8];
    size_t got;
    int ends[2];

    (void)state;
    assert_int_equal(pipe(ends), 0);
    s = source_open_fd(ends[0], false);
    assert_int_equal(source_read(s, bytes, sizeof bytes, &got, &err), SOURCE_WAIT);
    assert_int_equal(fcntl(ends[0], F_GETFL) & O_NONBLOCK, 0);
    source_close(s);
    close(ends[0]);
    close(ends[1]);
}

/* A FIFO to which nobody has written yet is waited for; its end comes when its writer goes. */
static void source_open_path__waits_for_the_writer_of_a_fifo(void **state)
{
    char folder[] = "/tmp/shilu-test-XXXXXX";
    struct buffer path = {0};
    struct source *s;
    struct error err;
    char bytes[8];
    size_t got;
    int writer;

    (void)state;
    assert_non_null(mkdtemp(folder));
    buffer_append_format(&path, "%s/fifo", folder);
    assert_int_equal(mkfifo(path.data, 0600), 0);
    s = source_open_path(path.data, &err);
    assert_int_equal(source_read(s, bytes, sizeof bytes, &got, &err), SOURCE_WAIT);
    writer = open(path.data, O_WRONLY | O_NONBLOCK);
    assert_true(writer >= 0);
    assert_int_equal(source_read(s, bytes, sizeof bytes, &got, &err), SOURCE_WAIT);
    assert_int_equal(write(writer, "plain, ", 7), 7);
    assert_int_equal(source_read(s, bytes, sizeof bytes, &got, &err), SOURCE_DATA);
    assert_int_equal(got, 7);
    close(writer);
    assert_int_equal(source_read(s, bytes, sizeof bytes, &got, &err), SOURCE_END);
    source_close(s);
    unlink(path.data);
    rmdir(folder);
    buffer_release(&path);
}

static void file_replace__leaves_the_old_file_where_it_fails(void **state)
{
    char folder[] = "/tmp/shilu-test-XXXXXX";
    struct buffer path = {0};
    struct error err;
    size_t count;
    char *back;

    (void)state;
    assert_non_null(mkdtemp(folder));
    buffer_append_format(&path, "%s/sub/state.json", folder);
    assert_false(file_replace(path.data, "x", 1, &err));
    assert_true(file_make_parents(path.data, &err));
    assert_true(file_replace(path.data, "one", 3, &err));
    assert_true(file_replace(path.data, "twice", 5, &err));
    back = file_read(path.data, 100, &count, &err);
    assert_string_equal(back, "twice");
    free(back);
    assert_null(file_read(path.data, 3, &count, &err));
    assert_int_equal(err.code, ERROR_LIMIT);
    unlink(path.data);
    *strrchr(path.data, '/') = '\0';
    rmdir(path.data);
    rmdir(folder);
    buffer_release(&path);
}

static void xdg_path__ignores_relative_folders(void **state)
{
    char *path;

    (void)state;
    setenv("HOME", "/home/reader", 1);
    setenv("XDG_CONFIG_HOME", "relative", 1);
    path = xdg_path(XDG_CONFIG, "config.json");
    assert_string_equal(path, "/home/reader/.config/shilu/config.json");
    free(path);
    setenv("XDG_CONFIG_HOME", "/etc/reader", 1);
    path = xdg_path(XDG_CONFIG, "config.json");
    assert_string_equal(path, "/etc/reader/shilu/config.json");
    free(path);
    unsetenv("XDG_STATE_HOME");
    unsetenv("HOME");
    assert_null(xdg_path(XDG_STATE, "x"));
}

static void sorted__finds_the_first_place_at_or_beyond_a_value(void **state)
{
    struct place {
        uint32_t other, byte;
        int64_t ms;
    } places[] = {{9, 0, -5}, {7, 3, 0}, {8, 3, INT64_MAX}, {1, UINT32_MAX, INT64_MAX}};

    (void)state;
    assert_int_equal(SORTED_BELOW(struct place, byte, NULL, 0, 3), 0);
    assert_int_equal(SORTED_BELOW(struct place, byte, places, 4, 0), 0);
    assert_int_equal(SORTED_BELOW(struct place, byte, places, 4, 3), 1);
    assert_int_equal(SORTED_UP_TO(struct place, byte, places, 4, 3), 3);
    assert_int_equal(SORTED_UP_TO(struct place, byte, places, 4, UINT32_MAX), 4);
    assert_int_equal(SORTED_BELOW(struct place, ms, places, 4, -5), 0);
    assert_int_equal(SORTED_UP_TO(struct place, ms, places, 4, -5), 1);
    assert_int_equal(SORTED_UP_TO(struct place, ms, places, 4, INT64_MAX), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(buffer__grows_and_stays_terminated),
        cmocka_unit_test(bytes_count_visible__leaves_out_white_space_of_any_kind),
        cmocka_unit_test(bytes__counts_and_runs_are_those_of_single_bytes),
        cmocka_unit_test(error_set__keeps_cut_messages_valid_utf8),
        cmocka_unit_test(error_set_errno__names_the_cause),
        cmocka_unit_test(diagnostics_add__keeps_the_first_and_counts_all),
        cmocka_unit_test(civil__agrees_with_known_days),
        cmocka_unit_test(civil__every_day_of_eight_centuries_comes_back),
        cmocka_unit_test(civil_parse_date_time__takes_what_records_hold),
        cmocka_unit_test(civil_before_zone__takes_zones_off_a_moment),
        cmocka_unit_test(civil_parse_clock__tells_hours_from_minutes),
        cmocka_unit_test(civil_format__writes_each_form),
        cmocka_unit_test(source__reads_memory_and_says_what_a_path_is),
        cmocka_unit_test(source__a_pipe_waits_and_then_ends),
        cmocka_unit_test(source_open_fd__does_not_change_the_mode),
        cmocka_unit_test(source_open_path__waits_for_the_writer_of_a_fifo),
        cmocka_unit_test(file_replace__leaves_the_old_file_where_it_fails),
        cmocka_unit_test(xdg_path__ignores_relative_folders),
        cmocka_unit_test(sorted__finds_the_first_place_at_or_beyond_a_value),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
