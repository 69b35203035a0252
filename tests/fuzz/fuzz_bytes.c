/* Fuzz target: any bytes, as a file or a slow pipe brings them: decompressed, decoded, their
 * format recognised. The first byte chooses the encoding, none for 0. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fuzz.h"
#include "shilu/formats/loader.h"
#include "shilu/text/decode.h"
#include "shilu/text/utf8.h"

/* Whose fixtures are the seeds. */
static const struct fuzz_row rows[] = {
    {"webvtt", false}, {"json", false}, {"tei", false}, {"csv", false}, {"text", false},
};

static const struct fuzz_text texts[] = {
    {0, 9, "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>\xA4\xA4\xA4\xE5\n"},
    {8, 0, "A: \xA7\xDA\xAD\xCC\nB: \x1B$B$3\x1B(B\nA: \xFF\xFE\n"},
    {7, 2, "A: \xB9\xFA\x81\x30\x81\x30\nB: x\nA: y\n"},
};

static const char *encoding_of(unsigned char row)
{
    const char *const *names = decoder_names();
    size_t count = 0;

    while (names[count] != NULL)
        count++;
    return row % (count + 1) == 0 ? NULL : names[row % (count + 1) - 1];
}

static bool check_loader(struct loader *l, const struct transcript *t,
                         enum loader_status status, const struct error *failure,
                         struct error *err)
{
    if (status == LOADER_FAILED && failure->message[0] == '\0')
        return error_set(err, ERROR_SYNTAX, "loading failed without a word");
    if (status != LOADER_FAILED && status != LOADER_DONE)
        return error_set(err, ERROR_SYNTAX, "loading has not ended: %d", (int)status);
    if (loader_percent(l) > 100)
        return error_set(err, ERROR_SYNTAX, "more than all was read");
    return fuzz_check_transcript(t, err);
}

static bool load_whole(const char *encoding, const char *bytes, size_t count, struct error *err)
{
    struct loader_options options = {.encoding = encoding};
    struct transcript *t = transcript_new();
    struct error failure = {0};
    struct loader *l = loader_new(source_open_memory(bytes, count), t, &options, &failure);
    bool ok = true;

    if (l != NULL) { /* else this system has no such encoding */
        bool loaded = loader_run(l, &failure);

        ok = check_loader(l, t, loaded ? LOADER_DONE : LOADER_FAILED, &failure, err) &&
             fuzz_check_writers(t, loader_diagnostics(l)->count[SEVERITY_ERROR] == 0, err);
    }
    loader_free(l);
    transcript_free(t);
    return ok;
}

static enum loader_status step_until_quiet(struct loader *l, struct error *failure)
{
    enum loader_status status;

    do
        status = loader_step(l, 1000, 0, failure);
    while (status == LOADER_BUSY);
    return status;
}

/* Each piece is read before the next is written. */
static bool load_in_pieces(const char *encoding, const char *bytes, size_t count, size_t step,
                           struct error *err)
{
    struct loader_options options = {.encoding = encoding};
    struct transcript *t = transcript_new();
    struct error failure = {0};
    enum loader_status status = LOADER_WAIT;
    struct loader *l;
    int ends[2];
    bool ok = true;

    if (pipe(ends) != 0)
        abort();
    l = loader_new(source_open_fd(ends[0], true), t, &options, &failure);
    while (l != NULL && count > 0 && status == LOADER_WAIT) {
        size_t piece = count < step ? count : step;

        if (write(ends[1], bytes, piece) != (ssize_t)piece)
            abort();
        bytes += piece;
        count -= piece;
        status = step_until_quiet(l, &failure);
    }
    close(ends[1]);
    if (l != NULL) {
        status = step_until_quiet(l, &failure);
        ok = check_loader(l, t, status, &failure, err);
    }
    loader_free(l);
    transcript_free(t);
    return ok;
}

static bool decode(const char *encoding, const char *bytes, size_t count, size_t step,
                   struct buffer *out)
{
    struct error failure;
    struct decoder *d = decoder_new(encoding, &failure);
    size_t at = 0;

    if (d == NULL)
        return false;
    while (count - at > step) {
        decoder_feed(d, bytes + at, step, false, out);
        at += step;
    }
    decoder_feed(d, bytes + at, count - at, true, out);
    decoder_free(d);
    return true;
}

/* A stated encoding gives the same text whole and in steps; and none but UTF-8. */
static bool check_decoding(const char *encoding, const char *bytes, size_t count, size_t step,
                           struct error *err)
{
    struct buffer whole = {0};
    struct buffer stepped = {0};
    const char *name = encoding != NULL ? encoding : "none";
    bool ok = true;

    if (decode(encoding, bytes, count, count + 1, &whole) &&
        decode(encoding, bytes, count, step, &stepped)) {
        if (utf8_valid_prefix(buffer_string(&whole), whole.bytes) != whole.bytes ||
            utf8_valid_prefix(buffer_string(&stepped), stepped.bytes) != stepped.bytes)
            ok = error_set(err, ERROR_SYNTAX, "encoding %s: not UTF-8 after decoding", name);
        else if (encoding != NULL &&
                 (whole.bytes != stepped.bytes ||
                  memcmp(buffer_string(&whole), buffer_string(&stepped), whole.bytes) != 0))
            ok = error_set(err, ERROR_SYNTAX, "encoding %s: in steps '%.60s', not '%.60s'",
                           name, buffer_string(&stepped), buffer_string(&whole));
    }
    buffer_release(&whole);
    buffer_release(&stepped);
    return ok;
}

static bool run(const char *bytes, size_t count, struct error *err)
{
    const char *encoding;
    size_t step;

    if (count < 2)
        return true;
    encoding = encoding_of((unsigned char)bytes[0]);
    step = fuzz_step_bytes((unsigned char)bytes[1]);
    bytes += 2;
    count -= 2;
    return check_decoding(encoding, bytes, count, step, err) &&
           load_whole(encoding, bytes, count, err) &&
           load_in_pieces(encoding, bytes, count, step, err);
}

const struct fuzz_family fuzz_bytes = {
    "bytes", run, rows, sizeof rows / sizeof rows[0], texts, sizeof texts / sizeof texts[0],
};
