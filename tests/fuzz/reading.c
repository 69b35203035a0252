/* One reader over any bytes, whole and in steps. */
#include "fuzz.h"

#include "shilu/base/decompress.h"
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

/* For a reader that looks ahead: once it has begun to give out segments what it knows is
 * settled, and the rest must read the same at once and in steps. */
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

/* How much of damaged data is unpacked depends on how much of it comes at once; any of it goes
 * through fuzz_bytes. */
static bool is_packed(const char *bytes, size_t count)
{
    enum decompress_magic magic = decompress_magic(bytes, count);

    return magic != DECOMPRESS_PLAIN && magic != DECOMPRESS_UNKNOWN;
}

bool fuzz_read(const struct fuzz_row *rows, size_t count, const char *bytes, size_t byte_count,
               struct error *err)
{
    const struct fuzz_row *row;
    const struct reader_ops *ops;
    struct transcript *t;
    struct bytes all;
    struct seen seen = {0};
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
    step = fuzz_step_bytes((unsigned char)bytes[1]);
    ok = pull(ops, all, (struct pace){byte_count, byte_count}, t, &seen, err) &&
         fuzz_check_transcript(t, err) && fuzz_check_writers(t, seen.faults == 0, err) &&
         (row->looks_ahead ? check_rest_in_steps(ops, all, step, err)
                           : check_pace(ops, all, (struct pace){step, step}, t, err));
    transcript_free(t);
    return ok;
}
