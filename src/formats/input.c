/* Input: a window of decoded text over a source.
 *
 * Invariant: the window is `text` from `start` on. `marked`, at or before `start`, is a byte
 * whose line and column are known; what is between the two is counted only on request, or when
 * the front of the buffer is dropped. */
#include "shilu/formats/input.h"

#include <stdlib.h>

#include "formats/common/file_signature.h"
#include "shilu/base/bytes.h"
#include "shilu/base/memory.h"
#include "shilu/base/span.h"
#include "shilu/text/decode.h"

enum { READ_BYTES = 65536, READ_LEAST_BYTES = 4096 };

struct input {
    struct source *source;
    struct decoder *decoder;
    struct buffer text;
    size_t start;
    bool ended;
    bool followed;
    bool resting; /* at the end of a source that is followed */
    bool failed;
    bool forked;
    struct error failure; /* the reason, if the source failed */
    size_t marked;
    uint64_t line;   /* of the marked byte, from 1 */
    uint64_t column; /* code points before it on its line */
    bool after_cr;   /* the previous byte is CR */
    char last;       /* last byte decoded; NUL for none */
    char *raw;       /* raw_bytes */
    size_t raw_bytes;
    bool looked;        /* the first bytes were examined */
    struct buffer head; /* raw bytes, until there are enough to examine */
    const char *binary; /* what the file is, if it is not text */
};

/* How much to read at a time: of a small file, all at once. Of what is unpacked the size is not
 * known. */
static size_t read_bytes(const struct source *source)
{
    int64_t all = source_total_bytes(source);

    if (all < 0 || all >= READ_BYTES || source_is_compressed(source))
        return READ_BYTES;
    return all < READ_LEAST_BYTES ? READ_LEAST_BYTES : (size_t)all;
}

struct input *input_new(struct source *take, const char *encoding, struct error *err)
{
    struct decoder *decoder = decoder_new(encoding, err);
    struct input *in;

    if (decoder == NULL) {
        source_close(take);
        return NULL;
    }
    in = memory_zalloc(1, sizeof *in);
    in->source = take;
    in->decoder = decoder;
    in->line = 1;
    in->raw_bytes = read_bytes(take);
    in->raw = memory_alloc(in->raw_bytes);
    return in;
}

void input_free(struct input *in)
{
    if (in == NULL)
        return;
    if (in->source != NULL)
        source_close(in->source);
    decoder_free(in->decoder);
    buffer_release(&in->text);
    buffer_release(&in->head);
    free(in->raw);
    free(in);
}

/* The first line end at or after `from`, or `end`. */
static size_t line_end(const char *text, size_t from, size_t end)
{
    return from + bytes_line_run(text + from, end - from);
}

struct place {
    size_t at;
    uint64_t line;
    uint64_t column;
    bool after_cr;
};

/* Advance a place to byte `to` of the buffer. */
static void advance(const char *text, struct place *p, size_t to)
{
    while (p->at < to) {
        size_t end;

        if (p->after_cr && text[p->at] == '\n') { /* the second half of CRLF */
            p->at++;
            p->after_cr = false;
            continue;
        }
        p->after_cr = false;
        end = line_end(text, p->at, to);
        if (end == to) {
            p->column += bytes_count_characters(text + p->at, to - p->at);
            p->at = to;
            return;
        }
        p->line++;
        p->column = 0;
        p->after_cr = text[end] == '\r';
        p->at = end + 1;
    }
}

static struct place marked_place(const struct input *in)
{
    return (struct place){in->marked, in->line, in->column, in->after_cr};
}

static void mark(struct input *in, size_t at)
{
    struct place p = marked_place(in);

    advance(buffer_string(&in->text), &p, at);
    in->marked = at;
    in->line = p.line;
    in->column = p.column;
    in->after_cr = p.after_cr;
}

struct input *input_fork(const struct input *in, size_t bytes, bool cut)
{
    struct input *fork = memory_zalloc(1, sizeof *fork);
    size_t window_bytes;
    const char *window = input_window(in, &window_bytes);

    buffer_append(&fork->text, window, bytes);
    fork->ended = cut || (in->ended && bytes == window_bytes);
    mark((struct input *)in, in->start);
    fork->line = in->line;
    fork->column = in->column;
    fork->after_cr = in->after_cr;
    fork->forked = true;
    return fork;
}

size_t input_consumed(const struct input *fork)
{
    return fork->start;
}

/* Drop only if more text is in the window than before it, so that each byte moves at most
 * once. */
static void drop_consumed(struct input *in)
{
    if (in->start == 0 || in->start < in->text.bytes - in->start)
        return;
    mark(in, in->start);
    buffer_drop_front(&in->text, in->start);
    in->start = in->marked = 0;
}

static void take_bytes(struct input *in, const char *bytes, size_t count)
{
    buffer_reserve(&in->text, count);
    if (in->binary != NULL)
        buffer_append(&in->text, bytes, count);
    else
        decoder_feed(in->decoder, bytes, count, in->ended, &in->text);
}

/* Read bytes from the source. The first ones show whether it is text; do not wait for a source
 * that pauses. */
static void take_raw(struct input *in, size_t count, bool paused)
{
    if (in->looked) {
        take_bytes(in, in->raw, count);
        return;
    }
    buffer_append(&in->head, in->raw, count);
    if (in->head.bytes < FILE_SIGNATURE_BYTES && !in->ended && !in->resting && !paused)
        return;
    if (in->head.bytes == 0 && !in->ended)
        return;
    in->looked = true;
    in->binary = file_signature(span_of(buffer_string(&in->head), in->head.bytes));
    take_bytes(in, buffer_string(&in->head), in->head.bytes);
    buffer_release(&in->head);
}

enum source_status input_fill(struct input *in, size_t bytes)
{
    size_t before;
    enum source_status status = SOURCE_DATA;

    if (in->forked)
        return in->ended ? SOURCE_END : SOURCE_WAIT;
    if (in->ended)
        return SOURCE_END;
    in->resting = false;
    drop_consumed(in);
    before = in->text.bytes;
    while (status == SOURCE_DATA && in->text.bytes - before < bytes) {
        size_t wanted = bytes - (in->text.bytes - before);
        size_t got = 0;

        status = source_read(in->source, in->raw,
                             wanted < in->raw_bytes ? wanted : in->raw_bytes, &got,
                             &in->failure);
        if (status == SOURCE_ERROR) {
            in->failed = true;
            status = SOURCE_END;
        }
        in->resting = status == SOURCE_END && in->followed && !in->failed;
        in->ended = status == SOURCE_END && !in->resting;
        take_raw(in, got, status == SOURCE_WAIT);
        if (in->raw_bytes < READ_BYTES && source_is_compressed(in->source)) {
            in->raw_bytes = READ_BYTES;
            in->raw = memory_realloc(in->raw, READ_BYTES, 1);
        }
    }
    if (in->text.bytes > before)
        in->last = in->text.data[in->text.bytes - 1];
    return in->text.bytes > before ? SOURCE_DATA : status;
}

const struct error *input_failure(const struct input *in)
{
    return in->failed ? &in->failure : NULL;
}

const char *input_window(const struct input *in, size_t *bytes)
{
    *bytes = in->text.bytes - in->start;
    return buffer_string(&in->text) + in->start;
}

const char *input_binary(const struct input *in)
{
    return in->binary;
}

bool input_ended(const struct input *in)
{
    return in->ended;
}

void input_follow(struct input *in, bool on)
{
    in->followed = on;
    in->resting = false;
    in->ended = in->ended && !on;
}

bool input_resting(const struct input *in)
{
    return in->resting;
}

bool input_ends_line(const struct input *in)
{
    return in->last == '\0' || in->last == '\n' || in->last == '\r';
}

void input_consume(struct input *in, size_t bytes)
{
    in->start += bytes;
}

bool input_line(const struct input *in, size_t from, const char **line, size_t *bytes,
                size_t *next)
{
    size_t end;
    const char *window = input_window(in, &end);
    size_t at;

    if (from >= end)
        return false;
    at = line_end(window, from, end);
    if (at == end && !in->ended)
        return false;
    /* A CR at the window's end may be the first half of CRLF. */
    if (at + 1 == end && window[at] == '\r' && !in->ended)
        return false;
    *line = window + from;
    *bytes = at - from;
    *next = at;
    if (at < end)
        *next += window[at] == '\r' && at + 1 < end && window[at + 1] == '\n' ? 2 : 1;
    return true;
}

void input_consume_line(struct input *in, size_t bytes, size_t next)
{
    if (next > bytes && in->marked == in->start && !in->after_cr) {
        in->line++;
        in->column = 0;
        in->after_cr = in->text.data[in->start + next - 1] == '\r';
        in->marked += next;
    }
    in->start += next;
}

uint32_t input_next_line(const struct input *in)
{
    size_t bytes;
    const char *window = input_window(in, &bytes);
    size_t at = 0;
    uint64_t line;
    uint64_t column;

    while (at < bytes && span_is_space(window[at]))
        at++;
    input_position(in, at, &line, &column);
    return line <= UINT32_MAX ? (uint32_t)line : 0;
}

void input_position(const struct input *in, size_t ahead, uint64_t *line, uint64_t *column)
{
    struct place p;

    if (ahead == 0 && in->marked == in->start) {
        *line = in->line;
        *column = in->column + 1;
        return;
    }
    mark((struct input *)in, in->start); /* a known place is not counted again */
    p = marked_place(in);
    advance(buffer_string(&in->text), &p, in->start + ahead);
    *line = p.line;
    *column = p.column + 1;
}

uint64_t input_file_bytes(const struct input *in)
{
    size_t bytes;

    if (in->source != NULL)
        return (uint64_t)source_read_bytes(in->source);
    input_window(in, &bytes);
    return bytes;
}

const struct source *input_source(const struct input *in)
{
    return in->source;
}

const char *input_encoding(const struct input *in)
{
    return decoder_encoding(in->decoder);
}

uint64_t input_replaced(const struct input *in)
{
    return decoder_replaced(in->decoder);
}
