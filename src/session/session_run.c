/* Session: other programs: an editor at this place, a command that reads what is selected or
 * the record, a command with this place in it. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "session/session_private.h"
#include "shilu/base/file.h"
#include "shilu/text/utf8.h"

enum { EDITED_BYTES_MAX = 64 << 20, WORDS_BYTES = 48 };

/* Between single quotes a shell takes everything as it is but the quote. */
static void append_quoted(struct buffer *out, const char *text)
{
    buffer_append_char(out, '\'');
    for (; *text != '\0'; text++) {
        if (*text == '\'')
            buffer_append_string(out, "'\\'");
        buffer_append_char(out, *text);
    }
    buffer_append_char(out, '\'');
}

static void run(struct session *s, const char *command, const struct buffer *input, bool waits)
{
    struct error err;

    if (s->ui.host.run == NULL)
        ui_error(&s->ui, "no program can be run here");
    else if (!s->ui.host.run(s->ui.host.context, command,
                             input != NULL ? buffer_string(input) : NULL,
                             input != NULL ? input->bytes : 0, waits, &err))
        ui_error(&s->ui, err.message);
}

static bool is_file(struct session *s)
{
    if (strcmp(s->name, "-") != 0)
        return true;
    ui_error(&s->ui, "standard input is not a file");
    return false;
}

/* ---------------------------------------------------------------------------- the editor */

/* Where in the file the words at the reading row stand: of several places the one that is as
 * far into the file as the words are into the record; 0 where they stand there in another form.
 */
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

    for (size_t i = 0; i < place; i++)
        line += text[i] == '\n';
    free(text);
    return line;
}

void session_edit(struct session *s, const struct ui_call *call, int argument)
{
    struct buffer command = {0};

    if (!is_file(s))
        return;
    buffer_append_format(&command, "${VISUAL:-${EDITOR:-vi}} +%zu ", line_in_file(s));
    append_quoted(&command, s->name);
    run(s, buffer_string(&command), NULL, false);
    buffer_release(&command);
}

/* -------------------------------------------------------------------------- the commands */

/* {path} {time} {url} {title} {speaker} {quote}, each quoted for the shell; a time is seconds
 * from the start of a recording, or the clock's. */
static void append_field(const struct session *s, const struct quote *q, const char *name,
                         size_t bytes, struct buffer *out)
{
    const struct {
        const char *name;
        const char *value;
    } fields[] = {
        {"path", s->name},
        {"url", buffer_string(&q->url)},
        {"title", buffer_string(&q->title)},
        {"speaker", buffer_string(&q->speakers)},
        {"quote", buffer_string(&q->words)},
    };
    int64_t ms = session_is_empty(s) ? TIME_NONE
                                     : transcript_segment(s->transcript, q->segment)->start_ms;

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (strlen(fields[i].name) == bytes && memcmp(fields[i].name, name, bytes) == 0) {
            append_quoted(out, fields[i].value);
            return;
        }
    }
    if (bytes == 4 && memcmp(name, "time", 4) == 0) {
        if (transcript_clock(s->transcript) == CLOCK_ELAPSED && ms != TIME_NONE)
            buffer_append_format(out, "%" PRId64 ".%03d", ms / 1000, (int)(ms % 1000));
        else
            append_quoted(out, buffer_string(&q->time));
        return;
    }
    buffer_append_format(out, "{%.*s}", (int)bytes, name); /* the shell's own */
}

static void expand(const struct session *s, const char *command, struct buffer *out)
{
    struct quote q = {.segment = 0};

    if (!session_is_empty(s))
        session_quote(s, 0, &q);
    for (; *command != '\0'; command++) {
        const char *close = *command == '{' ? strchr(command, '}') : NULL;

        if (close == NULL) {
            buffer_append_char(out, *command);
            continue;
        }
        append_field(s, &q, command + 1, (size_t)(close - command) - 1, out);
        command = close;
    }
    quote_release(&q);
}

bool session_run_done(struct ui *ui, const char *text, struct error *err)
{
    struct session *s = session_of(ui);
    struct buffer command = {0};

    if (*text == '\0')
        return true;
    expand(s, text, &command);
    run(s, buffer_string(&command), NULL, true);
    buffer_release(&command);
    return true;
}

void session_play(struct session *s, const struct ui_call *call, int argument)
{
    struct buffer command = {0};

    if (s->ui.settings.open == NULL) {
        ui_error(&s->ui, "no command is set: \"open\" in the configuration, see shilu(5)");
        return;
    }
    expand(s, s->ui.settings.open, &command);
    run(s, buffer_string(&command), NULL, false);
    buffer_release(&command);
}

/* What is selected, else everything that is read, each turn after its speaker's name. */
bool session_pipe_done(struct ui *ui, const char *text, struct error *err)
{
    struct session *s = session_of(ui);
    struct buffer input = {0};

    if (*text == '\0')
        return true;
    if (!session_selected_words(s, &input))
        session_append_all(s, &input);
    if (input.bytes > 0 && input.data[input.bytes - 1] != '\n')
        buffer_append_char(&input, '\n');
    run(s, text, &input, true);
    buffer_release(&input);
    return true;
}
