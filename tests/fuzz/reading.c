/* One reader over any bytes: whole, in steps, in windows that move on over a long file, and
 * while the file grows. */
#include "fuzz.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "shilu/base/decompress.h"
#include "shilu/formats/loader.h"
#include "shilu/formats/registry.h"

size_t fuzz_step_bytes(unsigned char step)
{
    return 1 + ((size_t)step * step >> 4);
}

struct bytes {
    const char *bytes;
    size_t count;
};

/* How the bytes come: `first` of them, then `step` at a time. */
struct pace {
    size_t first;
    size_t step;
};

/* What a reading came to. */
struct seen {
    size_t early;  /* segments that the first bytes gave */
    size_t faults; /* complaints of this severity */
};

/* As the loader pulls, but at this pace. A reader that fails must say why. `seen`
 * may be NULL. */
static bool pull(const struct reader_ops *ops, struct bytes all, struct pace pace,
                 struct transcript *t, struct seen *seen, struct error *err)
{
    struct diagnostics found = {0};
    struct error failure = {0};
    struct input *in = input_new(source_open_memory(all.bytes, all.count), "utf-8", err);
    struct drafts *drafts = drafts_new();
    struct reader_context context = {.input = in, .drafts = drafts, .diagnostics = &found};
    enum reader_status status = READER_MORE;
    void *self = reader_open(ops);
    struct seen saw = {0};
    size_t fills = 0;
    bool ok = true;

    while (ok && (status == READER_SEGMENT || status == READER_MORE)) {
        size_t before = drafts_count(drafts);

        if (status == READER_MORE && input_ended(in))
            break;
        if (status == READER_MORE) {
            if (fills == 1)
                saw.early = before;
            input_fill(in, fills++ == 0 ? pace.first : pace.step);
            if (input_binary(in) != NULL) /* no reader of text is given such bytes */
                break;
        }
        status = ops->next(self, &context, &failure);
        ok = drafts_count(drafts) >= before && drafts_move(drafts, t, &failure);
    }
    if (!ok)
        error_set(err, ERROR_SYNTAX, "%s: segments went away", ops->name);
    else if (status == READER_ERROR && failure.message[0] == '\0')
        ok = error_set(err, ERROR_SYNTAX, "%s: failed without a word", ops->name);
    ops->close(self);
    input_free(in);
    drafts_free(drafts);
    saw.faults = found.count[SEVERITY_ERROR];
    if (seen != NULL)
        *seen = saw;
    diagnostics_release(&found);
    return ok;
}

static bool check_pace(const struct reader_ops *ops, struct bytes all, struct pace pace,
                       const struct transcript *whole, struct error *err)
{
    struct transcript *stepped = transcript_new();
    bool ok = pull(ops, all, pace, stepped, NULL, err) && fuzz_check_transcript(stepped, err) &&
              fuzz_check_same(whole, stepped, "in steps", err) &&
              fuzz_check_same_paragraphs(whole, stepped, "in steps", err);

    transcript_free(stepped);
    return ok;
}

/* For a reader that looks ahead: once it has begun to give out segments, what it knows is
 * settled, and it must read the rest the same at once and in steps. */
static bool check_rest_in_steps(const struct reader_ops *ops, struct bytes all, size_t step,
                                struct error *err)
{
    struct transcript *t = transcript_new();
    size_t first = all.count / 2 + 1;
    struct seen seen = {0};
    bool ok = pull(ops, all, (struct pace){first, all.count + 1}, t, &seen, err);

    if (ok && seen.early > 0)
        ok = check_pace(ops, all, (struct pace){first, step}, t, err);
    transcript_free(t);
    return ok;
}

/* ------------------------------------------------------------------------- long files */

/* A long file has its middle lines again and again. The loader's first window settles what a
 * reader knows of it; the rest reads the same at once and in windows that move on. */
enum { WINDOW_BYTES = 65536, LONG_BYTES = 3 * WINDOW_BYTES / 2 };

static size_t line_start(struct bytes all, size_t from)
{
    while (from < all.count && from > 0 && all.bytes[from - 1] != '\n')
        from++;
    return from;
}

static void lengthen(struct buffer *out, struct bytes all)
{
    size_t start = line_start(all, all.count / 4);
    size_t end = line_start(all, all.count - all.count / 4);

    buffer_append(out, all.bytes, start);
    if (end > start)
        while (out->bytes < LONG_BYTES)
            buffer_append(out, all.bytes + start, end - start);
    buffer_append(out, all.bytes + end, all.count - end);
}

static bool check_long(const struct reader_ops *ops, struct bytes all, size_t step,
                       struct error *err)
{
    struct buffer text = {0};
    struct transcript *whole = transcript_new();
    struct transcript *windows = transcript_new();
    struct pace pace = {WINDOW_BYTES, WINDOW_BYTES / 16 + step};
    struct bytes lines;
    bool ok;

    lengthen(&text, all);
    lines = (struct bytes){buffer_string(&text), text.bytes};
    ok = pull(ops, lines, (struct pace){WINDOW_BYTES, lines.count + 1}, whole, NULL, err) &&
         pull(ops, lines, pace, windows, NULL, err) &&
         fuzz_check_same(whole, windows, "in windows", err) &&
         fuzz_check_same_paragraphs(whole, windows, "in windows", err);
    transcript_free(windows);
    transcript_free(whole);
    buffer_release(&text);
    return ok;
}

/* ------------------------------------------------------------------ a file that grows */

struct growing {
    char path[32];
    int fd;
    struct transcript *t;
    struct loader *loader;
    enum loader_status status;
    size_t early; /* segments that the first half gave */
};

static void grow(struct growing *g, const char *bytes, size_t count)
{
    struct error ignored;

    if (write(g->fd, bytes, count) != (ssize_t)count)
        abort();
    do
        g->status = loader_step(g->loader, 10000, 0, &ignored);
    while (g->status == LOADER_BUSY);
}

/* Follow a file whose first half is there when it is opened until no more comes: the first half
 * tells a reader what it needs to know about the whole. */
static void read_growing(struct growing *g, const char *format, struct bytes all, size_t step)
{
    size_t half = all.count / 2 + 1 < all.count ? all.count / 2 + 1 : all.count;
    const struct loader_options options = {.format = format, .encoding = "utf-8"};
    struct error err;

    *g = (struct growing){.path = "/tmp/shilu-grow-XXXXXX", .t = transcript_new()};
    g->fd = mkstemp(g->path);
    g->loader = g->fd < 0 ? NULL
                          : loader_new(source_open_path(g->path, &err), g->t, &options, &err);
    if (g->loader == NULL)
        abort();
    unlink(g->path);
    loader_follow(g->loader, true);
    grow(g, all.bytes, half);
    g->early = transcript_count(g->t);
    for (size_t at = half; at < all.count; at += step)
        grow(g, all.bytes + at, all.count - at < step ? all.count - at : step);
    loader_follow(g->loader, false);
    grow(g, "", 0);
}

static void end_growing(struct growing *g)
{
    loader_free(g->loader);
    transcript_free(g->t);
    close(g->fd);
}

/* All words, without white space. */
static void join_words(const struct transcript *t, struct buffer *out)
{
    for (uint32_t i = 0; i < transcript_count(t); i++) {
        size_t bytes;
        const char *text = transcript_text(t, i, &bytes);

        for (size_t at = 0; at < bytes; at++)
            if ((unsigned char)text[at] > ' ')
                buffer_append_char(out, text[at]);
    }
}

static bool check_same_words(const struct transcript *a, const struct transcript *b,
                             const char *how, struct error *err)
{
    struct buffer one = {0};
    struct buffer other = {0};
    size_t at = 0;
    bool ok;

    join_words(a, &one);
    join_words(b, &other);
    while (at < one.bytes && at < other.bytes && one.data[at] == other.data[at])
        at++;
    ok = one.bytes == other.bytes && at == one.bytes;
    if (!ok)
        error_set(err, ERROR_SYNTAX, "%s: from byte %zu on it says '%.60s', not '%.60s'", how,
                  at, buffer_string(&other) + at, buffer_string(&one) + at);
    buffer_release(&one);
    buffer_release(&other);
    return ok;
}

/* A file that grows in pieces has the same words as one that grows at once. While the file
 * rests a reader may give out what it would otherwise hold back, so segments may end elsewhere.
 * What is not text as a whole may have begun as text. */
static bool check_growth(const struct reader_ops *ops, struct bytes all, size_t step,
                         struct error *err)
{
    enum { PIECES_MAX = 16 };
    size_t piece = step > all.count / PIECES_MAX ? step : all.count / PIECES_MAX + 1;
    struct growing at_once, in_pieces;
    bool ok;

    if (!ops->grows)
        return true;
    read_growing(&at_once, ops->name, all, all.count);
    read_growing(&in_pieces, ops->name, all, piece);
    ok = fuzz_check_transcript(in_pieces.t, err) &&
         (at_once.early == 0 || at_once.status == LOADER_FAILED ||
          check_same_words(at_once.t, in_pieces.t, "as it grows", err));
    end_growing(&in_pieces);
    end_growing(&at_once);
    return ok;
}

/* ------------------------------------------------------------------------------------ all */

/* The costly checks are made for some steps only. A long file takes a hundred times as long as
 * the rest, and most changes leave the step as it is, so a quick run takes one in some of
 * those. */
enum { GROWS_EVERY = 4, LONG_EVERY = 16, QUICK_EVERY = 16 };

bool fuzz_is_quick;

static bool has_long_check(const char *bytes, size_t count)
{
    uint32_t sum = 2166136261u; /* FNV-1a */

    if ((unsigned char)bytes[1] % LONG_EVERY != 2)
        return false;
    for (size_t i = 0; i < count; i++)
        sum = (sum ^ (unsigned char)bytes[i]) * 16777619u;
    return !fuzz_is_quick || (sum >> 8) % QUICK_EVERY == 0;
}

/* How much of damaged data is unpacked depends on how much of it comes at once; fuzz_bytes
 * tries it all the same. */
static bool is_packed(const char *bytes, size_t count)
{
    enum decompress_magic magic = decompress_magic(bytes, count, true);

    return magic != DECOMPRESS_PLAIN && magic != DECOMPRESS_UNKNOWN;
}

static bool grows_alike(const struct fuzz_row *row, size_t faults)
{
    return !row->looks_ahead && !(row->takes_early && faults > 0);
}

bool fuzz_read(const struct fuzz_row *rows, size_t count, const char *bytes, size_t byte_count,
               struct error *err)
{
    const struct fuzz_row *row;
    const struct reader_ops *ops;
    struct transcript *t;
    struct bytes all;
    struct seen seen = {0};
    unsigned how;
    size_t step;
    bool ok;

    if (byte_count < 2 || is_packed(bytes + 2, byte_count - 2))
        return true;
    row = &rows[(unsigned char)bytes[0] % count];
    ops = registry_reader(row->format);
    if (ops == NULL)
        return error_set(err, ERROR_USAGE, "no reader is called '%s'", row->format);
    all = (struct bytes){bytes + 2, byte_count - 2};
    t = transcript_new();
    how = (unsigned char)bytes[1];
    step = fuzz_step_bytes((unsigned char)how);
    ok = pull(ops, all, (struct pace){byte_count, byte_count}, t, &seen, err) &&
         fuzz_check_transcript(t, err) && fuzz_check_writers(t, seen.faults == 0, err) &&
         (row->looks_ahead ? check_rest_in_steps(ops, all, step, err)
                           : check_pace(ops, all, (struct pace){step, step}, t, err)) &&
         (how % GROWS_EVERY != 1 || !grows_alike(row, seen.faults) ||
          check_growth(ops, all, step, err)) &&
         (!has_long_check(bytes, byte_count) || check_long(ops, all, step, err));
    transcript_free(t);
    return ok;
}
