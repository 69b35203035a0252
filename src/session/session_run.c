/* Session: what it passes to other programs: the place, the selected words or the record. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "session/session_private.h"
#include "shilu/base/file.h"
#include "shilu/text/utf8.h"

enum { EDITED_BYTES_MAX = 64 << 20, WORDS_BYTES = 48 };

/* The line of the words at the reading row in the file. If they occur several times, the one
 * that is as far into the file as the words are into the record; 0 if they are written
 * differently there. */
static size_t place_in_file(const struct session *s, const char *text, size_t bytes)
{
    size_t length;
    const char *words = transcript_text(s->transcript, s->reading.segment, &length);
    size_t start = s->reading.byte < length ? s->reading.byte : 0;
    double part = reader_state_percent(&s->reading) / 100.0;
    size_t best = 0;
    double far = 2;

    length = utf8_floor(words + start, length - start,
                        length - start < WORDS_BYTES ? length - start : WORDS_BYTES);
    for (const char *at = text; length > 0; at++) {
        at = memmem(at, bytes - (size_t)(at - text), words + start, length);
        if (at == NULL)
            break;
        if (part - (double)(at - text) / (double)bytes < far &&
            (double)(at - text) / (double)bytes - part < far) {
            far = part - (double)(at - text) / (double)bytes;
            far = far < 0 ? -far : far;
            best = (size_t)(at - text);
        }
    }
    return best;
}

static size_t line_in_file(const struct session *s)
{
    struct error ignored;
    size_t bytes = 0;
    char *text = file_read(s->name, EDITED_BYTES_MAX, &bytes, &ignored);
    size_t place = text != NULL && !session_is_empty(s) ? place_in_file(s, text, bytes) : 0;
    size_t line = 1;

    if (place == 0 && !session_is_empty(s)) /* the words are written differently there */
        line = transcript_line(s->transcript, s->reading.segment);
    for (size_t i = 0; i < place; i++)
        line += text[i] == '\n';
    free(text);
    return line;
}

/* A time in the form a player expects. */
static void append_time(const struct session *s, const struct quote *q, struct buffer *out)
{
    int64_t ms = transcript_segment(s->transcript, q->segment)->start_ms;

    if (transcript_time_base(s->transcript) == TIME_BASE_ELAPSED && ms != TIME_NONE)
        buffer_append_format(out, "%" PRId64 ".%03d", ms / 1000, (int)(ms % 1000));
    else
        buffer_append_string(out, buffer_string(&q->time));
}

bool session_place(struct ui *ui, struct ui_place *out)
{
    struct session *s = session_of(ui);

    if (session_is_empty(s)) {
        buffer_append_string(&out->quote.path, s->name);
        return true;
    }
    session_quote(s, 0, &out->quote);
    append_time(s, &out->quote, &out->time);
    if (strcmp(s->name, "-") != 0)
        out->line = line_in_file(s);
    return true;
}

/* The selected words, else everything that is shown, each turn after its speaker's name. */
void session_piped(struct ui *ui, struct buffer *out)
{
    struct session *s = session_of(ui);

    if (!session_selected_words(s, out))
        session_append_all(s, out);
}
