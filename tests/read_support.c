/* For tests of readers. */
#include "read_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shilu/formats/registry.h"

void reading_of(struct reading *r, const char *bytes, size_t count, const char *format)
{
    struct loader_options options = {.format = format, .encoding = "utf-8"};

    *r = (struct reading){.transcript = transcript_new()};
    r->loader = loader_new(source_open_memory(bytes, count), r->transcript, &options, &r->err);
    assert_non_null(r->loader);
    r->ok = loader_run(r->loader, &r->err);
}

void reading_release(struct reading *r)
{
    loader_free(r->loader);
    transcript_free(r->transcript);
}

void read_fixture(struct buffer *out, const char *name)
{
    const char *root = getenv("SHILU_SRCDIR");
    struct buffer path = {0};
    char bytes[4096];
    size_t got;
    FILE *file;

    buffer_append_format(&path, "%s/tests/fixtures/%s", root != NULL ? root : ".", name);
    file = fopen(path.data, "rb");
    if (file == NULL)
        fail_msg("cannot open %s", path.data);
    while ((got = fread(bytes, 1, sizeof bytes, file)) > 0)
        buffer_append(out, bytes, got);
    fclose(file);
    buffer_release(&path);
}

static void dump_time(struct buffer *out, const struct transcript *t, int64_t ms)
{
    char text[CIVIL_TEXT] = "";

    if (ms != TIME_NONE && transcript_time_base(t) == TIME_BASE_WALL)
        civil_format_iso(ms, UTC_OFFSET_NONE, text);
    else if (ms != TIME_NONE)
        civil_format_elapsed_exact(ms, text);
    buffer_append_string(out, text);
}

void dump_segments(struct buffer *out, const struct transcript *t)
{
    uint32_t i;

    for (i = 0; i < transcript_count(t); i++) {
        const struct segment *s = transcript_segment(t, i);
        size_t bytes, at;
        const char *text = transcript_text(t, i, &bytes);

        if ((s->flags & SEGMENT_CONTINUES) != 0)
            buffer_append_char(out, '+');
        dump_time(out, t, s->start_ms);
        buffer_append_char(out, '-');
        dump_time(out, t, transcript_end_ms(t, i));
        if (s->speaker != SPEAKER_NONE)
            buffer_append_format(out, " %s:", transcript_speaker_at(t, s->speaker)->name);
        buffer_append_char(out, ' ');
        for (at = 0; at < bytes; at++)
            buffer_append(out, text[at] == '\n' ? " / " : text + at, text[at] == '\n' ? 3 : 1);
        buffer_append_char(out, '\n');
    }
}

static void assert_bytes_read(const char *bytes, size_t count, const char *format,
                              const char *expected)
{
    struct reading r;
    struct buffer dump = {0};

    reading_of(&r, bytes, count, NULL);
    assert_string_equal(loader_format_name(r.loader), format);
    if (!r.ok)
        fail_msg("%s", r.err.message);
    dump_segments(&dump, r.transcript);
    assert_string_equal(buffer_string(&dump), expected);
    buffer_release(&dump);
    reading_release(&r);
}

void assert_reads(const char *text, const char *format, const char *expected)
{
    assert_bytes_read(text, strlen(text), format, expected);
}

void assert_fixture_reads(const char *name, const char *format, const char *expected)
{
    struct buffer text = {0};

    read_fixture(&text, name);
    assert_bytes_read(text.data, text.bytes, format, expected);
    buffer_release(&text);
}

void read_in_steps(const char *format, const char *bytes, size_t count, size_t step,
                   struct buffer *out)
{
    const struct reader_ops *ops = registry_reader(format);
    struct diagnostics found = {0};
    struct error err;
    struct transcript *t = transcript_new();
    struct input *in = input_new(source_open_memory(bytes, count), "utf-8", &err);
    struct drafts *drafts = drafts_new();
    struct reader_context context = {.input = in, .drafts = drafts, .diagnostics = &found};
    enum reader_status status = READER_MORE;
    size_t before;
    void *self;

    assert_non_null(ops);
    self = reader_open(ops);
    while (status == READER_SEGMENT || status == READER_MORE) {
        if (status == READER_MORE) {
            assert_false(input_ended(in)); /* else it would wait for ever */
            input_fill(in, step);
        }
        before = drafts_count(drafts);
        status = ops->next(self, &context, &err);
        if (status == READER_ERROR)
            assert_true(err.message[0] != '\0');
        assert_true(drafts_count(drafts) >= before);
        assert_true(drafts_move(drafts, t, &err));
    }
    if (out != NULL)
        dump_segments(out, t);
    ops->close(self);
    input_free(in);
    drafts_free(drafts);
    transcript_free(t);
    diagnostics_release(&found);
}

size_t count_found(const char *text, const char *format, enum severity severity)
{
    struct reading r;
    size_t count;

    reading_of(&r, text, strlen(text), format);
    count = loader_diagnostics(r.loader)->count[severity];
    reading_release(&r);
    return count;
}
