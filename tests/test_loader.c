/* Loading: recognising, slices, pipes, ends, and what is said of a file as a whole. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <zlib.h>

#include "formats_support.h"
#include "shilu/base/buffer.h"
#include "shilu/base/memory.h"

#define HEAD \
    "{\"format\":\"shilu\",\"version\":1,\"title\":\"t\",\"clock\":\"elapsed\",\"segments\":["

/* A record of `count` segments; freed by the caller. */
static char *make_record(size_t count)
{
    struct buffer b = {0};
    size_t i;

    buffer_append_string(&b, HEAD);
    for (i = 0; i < count; i++)
        buffer_append_format(&b,
                             "%s{\"speaker\":\"s%zu\",\"start\":%zu,\"text\":\"words %zu\"}",
                             i > 0 ? ",\n" : "", i % 7, i, i);
    buffer_append_string(&b, "]}");
    return buffer_take(&b);
}

static void loader_run__loads_to_the_end(void **state)
{
    char *record = make_record(5000);
    struct loaded l;

    (void)state;
    load_string(&l, record);
    assert_true(l.ok);
    assert_int_equal(transcript_count(l.t), 5000);
    assert_string_equal(words(&l, 4999), "words 4999");
    assert_int_equal(loader_percent(l.loader), 100);
    assert_string_equal(loader_format_name(l.loader), "json");
    assert_string_equal(loader_encoding(l.loader), "utf-8");
    assert_int_equal(loader_diagnostics(l.loader)->kept, 0);
    load_release(&l);
    free(record);
}

static void loader_step__stops_at_so_many_segments(void **state)
{
    char *record = make_record(5000);
    const struct loader_options options = {0};
    struct transcript *t = transcript_new();
    struct error err;
    struct loader *l = loader_new(source_open_memory(record, strlen(record)), t, &options,
                                  &err);

    (void)state;
    assert_int_equal(loader_step(l, 1000, 10, &err), LOADER_BUSY);
    assert_int_equal(transcript_count(t), 10);
    assert_in_range(loader_percent(l), 0, 100);
    assert_int_equal(loader_step(l, 10000, 0, &err), LOADER_DONE);
    assert_int_equal(transcript_count(t), 5000);
    assert_int_equal(loader_step(l, 1000, 0, &err), LOADER_DONE);
    assert_int_equal(transcript_count(t), 5000);
    loader_free(l);
    transcript_free(t);
    free(record);
}

static void loader_step__keeps_to_its_budget(void **state)
{
    char *record = make_record(200000);
    const struct loader_options options = {0};
    struct transcript *t = transcript_new();
    struct error err;
    struct loader *l = loader_new(source_open_memory(record, strlen(record)), t, &options,
                                  &err);
    unsigned slices = 0;

    (void)state;
    while (loader_step(l, 0, 0, &err) == LOADER_BUSY)
        slices++;
    assert_true(slices > 100);
    assert_int_equal(transcript_count(t), 200000);
    loader_free(l);
    transcript_free(t);
    free(record);
}

/* However a pipe cuts a record, the transcript is the same. */
static void loader_step__reads_a_pipe_in_any_pieces(void **state)
{
    static const size_t pieces[] = {1, 2, 3, 5, 17, 1000};
    static const char record[] = HEAD
        "{\"speaker\":\"安娜\",\"start\":1.5,\"text\":\"一\\u4e8c三 \\ud83d\\ude00\"},"
        "{\"text\":\"q\\\"\\\\\",\"x\":[1,{\"y\":\"]}\"}]}],\"z\":null}\n";
    size_t i;

    (void)state;
    for (i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct loaded l;

        load_in_pieces(&l, record, sizeof record - 1, pieces[i]);
        assert_true(l.ok);
        assert_int_equal(transcript_count(l.t), 2);
        assert_string_equal(words(&l, 0), "一二三 😀");
        assert_string_equal(speaker(&l, 0), "安娜");
        assert_string_equal(words(&l, 1), "q\"\\");
        assert_string_equal(transcript_extra(l.t, 1), "{\"x\":[1,{\"y\":\"]}\"}]}");
        assert_string_equal(field(&l, FIELD_EXTRA), "{\"z\":null}");
        assert_int_equal(loader_diagnostics(l.loader)->kept, 0);
        load_release(&l);
    }
}

static void loader_step__shows_a_live_stream_as_it_comes(void **state)
{
    const struct loader_options options = {0};
    struct transcript *t = transcript_new();
    struct error err;
    struct loader *l;
    static const char first[] = "{\"format\":\"shilu\",\"version\":1,\"title\":\"live\"}\n"
                                "{\"start\":\"10:00\",\"text\":\"one\"}\n{\"text\":\"tw";
    static const char second[] = "o\"}\n";
    int ends[2];

    (void)state;
    assert_int_equal(pipe(ends), 0);
    l = loader_new(source_open_fd(ends[0], true), t, &options, &err);
    assert_int_equal(loader_step(l, 1000, 0, &err), LOADER_WAIT);
    assert_true(loader_fd(l) >= 0);
    assert_int_equal(write(ends[1], first, sizeof first - 1), sizeof first - 1);
    assert_int_equal(loader_step(l, 1000, 0, &err), LOADER_WAIT);
    assert_int_equal(transcript_count(t), 1);
    assert_int_equal(write(ends[1], second, sizeof second - 1), sizeof second - 1);
    assert_int_equal(loader_step(l, 1000, 0, &err), LOADER_WAIT);
    assert_int_equal(transcript_count(t), 2);
    assert_int_equal(loader_percent(l), -1);
    close(ends[1]);
    assert_int_equal(loader_step(l, 1000, 0, &err), LOADER_DONE);
    loader_free(l);
    transcript_free(t);
}

static void loader_run__says_why_it_cannot(void **state)
{
    static const struct {
        const char *bytes;
        size_t count;
        enum error_code code;
        const char *message;
    } rows[] = {
        {"", 0, ERROR_SYNTAX, "the file is empty"},
        {"\xEF\xBB\xBF", 3, ERROR_SYNTAX, "the file is empty"},
        {" \n\t\n", 4, ERROR_UNSUPPORTED, "the file holds nothing but blanks"},
        {"\0\1\2\3\0\1\2\3", 8, ERROR_UNSUPPORTED, "cannot read data that is not text"},
        {"\1\2\3\4\5\6", 6, ERROR_UNSUPPORTED, "cannot read data that is not text"},
        {"\0\0\0\0", 4, ERROR_UNSUPPORTED, "cannot read data that is not text"},
        {"\x86\x7E\xA8\x56\xC9\xF9\xE7\x17", 8, ERROR_UNSUPPORTED,
         "cannot read data that is not text"},
        {"{\"name\": \"x\", \"size\": 3}\n", 25, ERROR_UNSUPPORTED,
         "the JSON holds no transcript"},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct loaded l;
        struct error again = {0};

        load_bytes(&l, rows[i].bytes, rows[i].count, NULL);
        assert_false(l.ok);
        assert_int_equal(l.err.code, rows[i].code);
        assert_string_equal(l.err.message, rows[i].message);
        assert_int_equal(loader_step(l.loader, 1, 0, &again), LOADER_FAILED);
        assert_string_equal(again.message, rows[i].message);
        assert_string_equal(loader_format(l.loader), "");
        load_release(&l);
    }
}

/* More blanks than a head holds: what follows them is not known. */
static void loader_run__long_blank_head__is_not_called_blank(void **state)
{
    enum { BLANKS = 100000 };
    char *text = malloc(BLANKS + 1);
    struct loaded l;

    (void)state;
    memset(text, '\n', BLANKS);
    text[BLANKS] = 'x';
    load_bytes(&l, text, BLANKS + 1, NULL);
    assert_false(l.ok);
    assert_string_equal(l.err.message, "not a transcript in a format that shilu knows");
    load_release(&l);
    free(text);
}

static void loader_new__refuses_unknown_options(void **state)
{
    struct transcript *t = transcript_new();
    struct error err;

    (void)state;
    assert_null(loader_new(source_open_memory("x", 1), t,
                           &(struct loader_options){.format = "papyrus"}, &err));
    assert_int_equal(err.code, ERROR_USAGE);
    assert_non_null(strstr(err.message, "'papyrus'"));
    assert_null(loader_new(source_open_memory("x", 1), t,
                           &(struct loader_options){.encoding = "papyrus"}, &err));
    assert_int_equal(err.code, ERROR_USAGE);
    transcript_free(t);
}

/* What the system refuses after the first bytes: a folder can be opened, not read. */
static void loader_run__passes_on_what_the_system_says(void **state)
{
    struct transcript *t = transcript_new();
    struct error err;
    int fd = open("/", O_RDONLY);
    struct loader *l = loader_new(source_open_fd(fd, true), t, &(struct loader_options){0},
                                  &err);

    (void)state;
    assert_false(loader_run(l, &err));
    assert_int_equal(err.code, ERROR_SYSTEM);
    loader_free(l);
    transcript_free(t);
}

/* A compressed record that is cut off: what could be unpacked is read. */
static void loader_run__keeps_what_came_before_a_failure(void **state)
{
    struct transcript *t = transcript_new();
    char *record = make_record(20000);
    size_t capacity = strlen(record) + 100;
    char *packed = memory_alloc(capacity);
    z_stream z = {0};
    struct error err;
    struct loader *l;

    (void)state;
    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY),
                     Z_OK);
    z.next_in = (Bytef *)record;
    z.avail_in = (unsigned)strlen(record);
    z.next_out = (Bytef *)packed;
    z.avail_out = (unsigned)capacity;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    l = loader_new(source_open_memory(packed, (capacity - z.avail_out) / 2), t,
                   &(struct loader_options){0}, &err);
    assert_false(loader_run(l, &err));
    assert_string_equal(err.message, "the gzip data is cut off");
    assert_in_range(transcript_count(t), 5000, 19999);
    loader_free(l);
    transcript_free(t);
    deflateEnd(&z);
    free(packed);
    free(record);
}

static void loader_run__tells_what_was_repaired(void **state)
{
    struct loaded l;

    (void)state;
    load_string(&l, HEAD
                "{\"start\":5,\"text\":\"一二三\xFF\"},{\"start\":9,\"text\":\"b\"},"
                "{\"start\":3,\"text\":\"c\"},{\"text\":\"d\"},{\"start\":2,\"text\":\"e\"}]}");
    assert_true(l.ok);
    assert_true(said(&l, SEVERITY_WARNING, 0, 0, "1 invalid byte sequence became U+FFFD"));
    assert_true(said(&l, SEVERITY_NOTE, 0, 0, "2 segments start before the one above them"));
    assert_int_equal(loader_diagnostics(l.loader)->kept, 2);
    load_release(&l);
    load_string(&l, HEAD "{\"start\":5,\"text\":\"a\"},{\"start\":1,\"text\":\"b\"}]}");
    assert_true(said(&l, SEVERITY_NOTE, 0, 0, "1 segment starts before the one above it"));
    load_release(&l);
}

/* A quarter of a million rescans of one element would never end. */
static void loader_run__reads_one_huge_element(void **state)
{
    struct buffer b = {0};
    struct loaded l;
    size_t i;

    (void)state;
    buffer_append_string(&b, HEAD "{\"text\":\"");
    for (i = 0; i < 1000000; i++)
        buffer_append_string(&b, "\\u4e2d\\\"x");
    buffer_append_string(&b, "\"},{\"text\":\"end\"}]}");
    load_bytes(&l, b.data, b.bytes, NULL);
    assert_true(l.ok);
    assert_int_equal(transcript_count(l.t), 2);
    assert_int_equal(strlen(words(&l, 0)), 5000000);
    assert_string_equal(words(&l, 1), "end");
    load_release(&l);
    buffer_release(&b);
}

/* Whisper and its relatives put the whole text, of any length, before the list of segments. */
static void loader_run__finds_the_list_behind_a_long_text(void **state)
{
    enum { SEGMENTS = 20000 };
    static const struct {
        const char *list;
        const char *item; /* of printf: start, end */
    } rows[] = {
        {"segments", "{\"seek\":0,\"start\":%d,\"end\":%d,\"text\":\" One two three.\"}"},
        {"chunks", "{\"timestamp\":[%d,%d],\"text\":\" One two three.\"}"},
        {"parts", "{\"start\":%d,\"end\":%d,\"words\":\"One two three.\",\"who\":\"Ann\"}"},
    };
    size_t row, i;

    (void)state;
    for (row = 0; row < sizeof rows / sizeof *rows; row++) {
        struct buffer b = {0};
        struct loaded l;

        buffer_append_string(&b, "{\"text\":\"");
        for (i = 0; i < SEGMENTS; i++)
            buffer_append_string(&b, " One two three.");
        buffer_append_format(&b, "\",\"%s\":[", rows[row].list);
        for (i = 0; i < SEGMENTS; i++) {
            char item[200];

            snprintf(item, sizeof item, rows[row].item, (int)i * 2, (int)i * 2 + 1);
            buffer_append_format(&b, "%s%s", i > 0 ? "," : "", item);
        }
        buffer_append_string(&b, "]}");
        load_bytes(&l, b.data, b.bytes, NULL);
        assert_true(l.ok);
        assert_int_equal(transcript_count(l.t), SEGMENTS);
        assert_int_equal(transcript_segment(l.t, 1)->start_ms, 2000);
        load_release(&l);
        buffer_release(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loader_run__loads_to_the_end),
        cmocka_unit_test(loader_step__stops_at_so_many_segments),
        cmocka_unit_test(loader_step__keeps_to_its_budget),
        cmocka_unit_test(loader_step__reads_a_pipe_in_any_pieces),
        cmocka_unit_test(loader_step__shows_a_live_stream_as_it_comes),
        cmocka_unit_test(loader_run__says_why_it_cannot),
        cmocka_unit_test(loader_run__long_blank_head__is_not_called_blank),
        cmocka_unit_test(loader_new__refuses_unknown_options),
        cmocka_unit_test(loader_run__passes_on_what_the_system_says),
        cmocka_unit_test(loader_run__keeps_what_came_before_a_failure),
        cmocka_unit_test(loader_run__tells_what_was_repaired),
        cmocka_unit_test(loader_run__reads_one_huge_element),
        cmocka_unit_test(loader_run__finds_the_list_behind_a_long_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
