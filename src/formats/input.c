/* Input: a window on the decoded text of a source.
 *
 * Invariant: `text` holds the decoded bytes from `start` on; those before it are consumed and
 * are dropped only when a fill needs the room, so consuming costs nothing per call. Line and
 * column are those of `counted`, which lags behind until somebody asks. */
#include "shilu/formats/input.h"

#include <stdlib.h>
#include <string.h>

#include "shilu/base/bytes.h"
#include "shilu/base/memory.h"
#include "shilu/text/decode.h"
#include "shilu/text/utf8.h"

struct input {
    struct source *source;
    struct decoder *decoder;
    struct buffer raw; /* scratch for one read */
    struct buffer text;
    size_t start;
    bool ended;
    size_t counted; /* a byte of text, at most start */
    uint64_t line;
    uint64_t column; /* code points before `counted` on its line */
};

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
    return in;
}

void input_free(struct input *in)
{
    if (in == NULL)
        return;
    source_close(in->source);
    decoder_free(in->decoder);
    buffer_release(&in->raw);
    buffer_release(&in->text);
    free(in);
}

/* Move a position over text: LF, CR and CRLF each end one line. A CRLF is never parted: a
 * reader consumes both or neither. */
static void advance(const char *s, size_t bytes, uint64_t *line, uint64_t *column)
{
    const char *end = s + bytes;
    const char *at = s;

    while (bytes > 0 && (at = memchr(at, '\r', (size_t)(end - at))) != NULL) {
        at++;
        if (at == end || *at != '\n') {
            ++*line;
            *column = 0;
            s = at;
        }
    }
    at = s;
    while (at < end && (at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
        ++*line;
        *column = 0;
        s = ++at;
    }
    *column += bytes_count_characters(s, (size_t)(end - s));
}

static void count_to(struct input *in, size_t byte)
{
    if (byte > in->counted)
        advance(in->text.data + in->counted, byte - in->counted, &in->line, &in->column);
    in->counted = byte;
}

enum source_status input_fill(struct input *in, size_t bytes, struct error *err)
{
    enum source_status status;
    size_t got = 0;

    if (in->ended)
        return SOURCE_END;
    if (in->start > 0 && in->start >= in->text.bytes / 2) {
        count_to(in, in->start);
        buffer_drop_front(&in->text, in->start);
        in->start = in->counted = 0;
    }
    buffer_clear(&in->raw);
    status = source_read(in->source, buffer_reserve(&in->raw, bytes), bytes, &got, err);
    if (status == SOURCE_DATA)
        decoder_feed(in->decoder, in->raw.data, got, false, &in->text);
    if (status == SOURCE_END || status == SOURCE_ERROR) {
        decoder_feed(in->decoder, "", 0, true, &in->text);
        in->ended = true;
    }
    return status;
}

const char *input_window(const struct input *in, size_t *bytes)
{
    *bytes = in->text.bytes - in->start;
    return buffer_string(&in->text) + in->start;
}

bool input_ended(const struct input *in)
{
    return in->ended;
}

void input_consume(struct input *in, size_t bytes)
{
    in->start += bytes;
}

void input_position(const struct input *in, size_t ahead, uint64_t *line, uint64_t *column)
{
    struct input *counting = (struct input *)in; /* what is counted is kept, nothing else */
    size_t to = in->start + ahead;

    count_to(counting, in->start);
    *line = in->line;
    *column = in->column;
    advance(in->text.data + in->start, (to < in->text.bytes ? to : in->text.bytes) - in->start,
            line, column);
    ++*column;
}

bool input_line(const struct input *in, size_t from, const char **line, size_t *bytes,
                size_t *next)
{
    size_t total;
    const char *window = input_window(in, &total);
    size_t end;

    if (from >= total)
        return false;
    end = from + strcspn(window + from, "\r\n");
    /* A NUL stops strcspn as a line's end would. */
    while (end < total && window[end] == '\0')
        end += 1 + strcspn(window + end + 1, "\r\n");
    if (end >= total && !in->ended)
        return false;
    if (end + 1 >= total && window[end] == '\r' && !in->ended)
        return false; /* whether a LF follows is not known yet */
    *line = window + from;
    *bytes = (end < total ? end : total) - from;
    if (end < total)
        end += window[end] == '\r' && window[end + 1] == '\n' ? 2 : 1;
    *next = end < total ? end : total;
    return true;
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
