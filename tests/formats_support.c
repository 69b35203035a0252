/* Loading for tests. */
#include "formats_support.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "shilu/base/buffer.h"
#include "shilu/formats/registry.h"

void load_bytes(struct loaded *l, const char *bytes, size_t count, const char *format)
{
    const struct loader_options options = {.format = format};

    *l = (struct loaded){.t = transcript_new()};
    l->loader = loader_new(source_open_memory(bytes, count), l->t, &options, &l->err);
    l->ok = l->loader != NULL && loader_run(l->loader, &l->err);
}

void load_string(struct loaded *l, const char *s)
{
    load_bytes(l, s, strlen(s), NULL);
}

static enum loader_status step_all(struct loaded *l)
{
    enum loader_status status;

    do
        status = loader_step(l->loader, 1000, 0, &l->err);
    while (status == LOADER_BUSY);
    return status;
}

void load_in_pieces(struct loaded *l, const char *bytes, size_t count, size_t piece)
{
    const struct loader_options options = {0};
    int ends[2];
    size_t at = 0;
    enum loader_status status = LOADER_WAIT;

    *l = (struct loaded){.t = transcript_new()};
    assert_int_equal(pipe(ends), 0);
    l->loader = loader_new(source_open_fd(ends[0], true), l->t, &options, &l->err);
    assert_non_null(l->loader);
    while (at < count && status == LOADER_WAIT) {
        size_t left = count - at < piece ? count - at : piece;

        assert_int_equal(write(ends[1], bytes + at, left), left);
        at += left;
        status = step_all(l);
    }
    close(ends[1]);
    if (status == LOADER_WAIT)
        status = step_all(l);
    l->ok = status == LOADER_DONE;
}

void load_release(struct loaded *l)
{
    loader_free(l->loader);
    transcript_free(l->t);
}

static char *read_all(const char *folder, const char *name, size_t *bytes)
{
    const char *root = getenv("SHILU_SRCDIR");
    struct buffer path = {0};
    struct buffer all = {0};
    FILE *in;
    size_t got;

    buffer_append_format(&path, "%s/%s/%s", root != NULL ? root : ".", folder, name);
    in = fopen(path.data, "rb");
    buffer_release(&path);
    if (in == NULL)
        return NULL;
    while ((got = fread(buffer_reserve(&all, 65536), 1, 65536, in)) > 0)
        buffer_commit(&all, got);
    fclose(in);
    *bytes = all.bytes;
    return buffer_take(&all);
}

char *read_specimen(const char *name, size_t *bytes)
{
    return read_all("../shared/real", name, bytes);
}

const char *words(const struct loaded *l, uint32_t segment)
{
    size_t bytes;

    return segment < transcript_count(l->t) ? transcript_text(l->t, segment, &bytes) : "";
}

const char *speaker(const struct loaded *l, uint32_t segment)
{
    uint32_t number;

    if (segment >= transcript_count(l->t))
        return "";
    number = transcript_segment(l->t, segment)->speaker;
    return number != SPEAKER_NONE ? transcript_speaker_at(l->t, number)->name : "";
}

int64_t start_ms(const struct loaded *l, uint32_t segment)
{
    return segment < transcript_count(l->t) ? transcript_segment(l->t, segment)->start_ms : -1;
}

int64_t end_ms(const struct loaded *l, uint32_t segment)
{
    return segment < transcript_count(l->t) ? transcript_end_ms(l->t, segment) : -1;
}

const char *field(const struct loaded *l, enum transcript_field which)
{
    const char *value = transcript_get(l->t, which);

    return value != NULL ? value : "";
}

bool said(const struct loaded *l, enum severity severity, uint64_t line, uint64_t column,
          const char *what)
{
    const struct diagnostics *found = loader_diagnostics(l->loader);
    size_t i;

    for (i = 0; i < found->kept; i++) {
        const struct diagnostic *d = &found->items[i];

        if (d->severity == severity && strstr(d->message, what) != NULL &&
            (line == 0 || (d->line == line && d->column == column)))
            return true;
    }
    return false;
}

char *written(const struct transcript *t, const char *format, int columns)
{
    const struct writer_ops *writer = registry_writer(format);
    struct selection all = SELECTION_INIT;
    struct width *width = width_new(false);
    struct writer_options options = {.columns = columns, .width = width};
    char *text = NULL;
    size_t bytes;
    FILE *out = open_memstream(&text, &bytes);
    struct error err;

    assert_non_null(writer);
    assert_true(writer->write(t, &all, &options, out, &err));
    fclose(out);
    width_free(width);
    return text;
}
