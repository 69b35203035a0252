/* The parts of printed lines. */
#include "shilu/cli/cli_format.h"

#include <inttypes.h>
#include <string.h>

#include "shilu/base/csv_cell.h"
#include "shilu/text/char_class.h"
#include "shilu/text/display.h"
#include "shilu/text/utf8.h"

static const char ellipsis[] = "…";

void cli_format_moment(struct buffer *out, const struct transcript *t, int64_t ms)
{
    char text[CIVIL_TEXT];

    if (ms == TIME_NONE)
        return;
    if (transcript_spans_days(t)) {
        civil_format_date(ms, text);
        buffer_append_format(out, "%s ", text);
    }
    transcript_format_clock(t, ms, text);
    buffer_append_string(out, text);
}

void cli_format_json_moment(struct buffer *out, const struct transcript *t, int64_t ms)
{
    char text[CIVIL_TEXT];

    if (ms == TIME_NONE) {
        buffer_append_string(out, "null");
        return;
    }
    transcript_format_moment(t, ms, text);
    buffer_append_format(out, "\"%s\"", text);
}

void cli_format_start(struct buffer *out, const struct transcript *t, uint32_t segment)
{
    int64_t ms = transcript_segment(t, segment)->start_ms;

    if (ms == TIME_NONE)
        buffer_append_format(out, "#%" PRIu32, segment + 1);
    else
        cli_format_moment(out, t, ms);
}

const char *cli_format_speaker(const struct transcript *t, uint32_t speaker)
{
    return speaker == SPEAKER_NONE ? "-" : transcript_speaker_at(t, speaker)->name;
}

void cli_format_text(struct buffer *out, const char *text, size_t bytes)
{
    size_t at = out->bytes;

    display_sanitize(out, text, bytes);
    for (; at < out->bytes; at++)
        if (out->data[at] == '\n' || out->data[at] == '\t')
            out->data[at] = ' ';
}

static size_t step_back(const char *text, size_t at)
{
    do
        at--;
    while (at > 0 && ((unsigned char)text[at] & 0xC0) == 0x80);
    return at;
}

/* The earliest byte from which at most `columns` columns are used up to `at`, never between a
 * base and its marks; *taken is the number of columns. */
static size_t reach_back(const struct width *w, const char *text, size_t at, int columns,
                         int *taken)
{
    size_t reached = at;
    int sum = 0;

    *taken = 0;
    while (at > 0) {
        uint32_t cp;
        int own;

        at = step_back(text, at);
        utf8_decode(text + at, UTF8_MAX_BYTES, &cp);
        own = width_of(w, cp);
        sum += own;
        if (sum > columns)
            break;
        if (own > 0 || at == 0) {
            reached = at;
            *taken = sum;
        }
    }
    return reached;
}

/* The last byte up to which at most `columns` columns are used from `at` on; *taken is their
 * number. */
static size_t reach_on(const struct width *w, const char *text, size_t bytes, size_t at,
                       int columns, int *taken)
{
    *taken = 0;
    while (at < bytes) {
        uint32_t cp;
        size_t step = utf8_decode(text + at, bytes - at, &cp);
        int own = width_of(w, cp);

        if (own > columns - *taken)
            break;
        *taken += own;
        at += step;
    }
    return at;
}

void cli_format_excerpt(struct buffer *out, const struct width *w, const char *text,
                        size_t bytes, struct match match, int columns, const char *on,
                        const char *off)
{
    size_t start = 0;
    size_t end = bytes;

    if (columns > 0) {
        int own, rest, before, after, more;

        match.end = reach_on(w, text, match.end, match.start, columns, &own);
        rest = columns - own;
        end = reach_on(w, text, bytes, match.end, rest / 2, &after);
        /* A side with little to show leaves its columns to the other. */
        start = reach_back(w, text, match.start, end == bytes ? rest - after : rest / 2,
                           &before);
        end = reach_on(w, text, bytes, end, rest - after - before, &more);
    }
    if (start > 0)
        buffer_append_string(out, ellipsis);
    cli_format_text(out, text + start, match.start - start);
    buffer_append_string(out, on);
    cli_format_text(out, text + match.start, match.end - match.start);
    buffer_append_string(out, off);
    cli_format_text(out, text + match.end, end - match.end);
    if (end < bytes)
        buffer_append_string(out, ellipsis);
}

static void append_json_escape(struct buffer *out, uint32_t cp)
{
    if (cp > 0xFFFF)
        buffer_append_format(out, "\\u%04x\\u%04x", 0xD7C0 + (cp >> 10), 0xDC00 + (cp & 0x3FF));
    else
        buffer_append_format(out, "\\u%04x", cp);
}

void cli_format_json_string(struct buffer *out, const char *text, size_t bytes)
{
    size_t at = 0;

    buffer_append_char(out, '"');
    while (at < bytes) {
        uint32_t cp;
        size_t step = utf8_decode(text + at, bytes - at, &cp);

        if (cp == '"' || cp == '\\')
            buffer_append_format(out, "\\%c", (int)cp);
        else if (cp == '\n')
            buffer_append_string(out, "\\n");
        else if (char_is_unsafe(cp))
            append_json_escape(out, cp);
        else if (cp == UTF8_REPLACEMENT)
            buffer_append_string(out, "\xEF\xBF\xBD"); /* also for bytes that are not UTF-8 */
        else
            buffer_append(out, text + at, step);
        at += step;
    }
    buffer_append_char(out, '"');
}

void cli_format_json_text(struct buffer *out, const char *text)
{
    if (text == NULL)
        buffer_append_string(out, "null");
    else
        cli_format_json_string(out, text, strlen(text));
}

void cli_format_csv_field(struct buffer *out, const char *text)
{
    struct buffer safe = {0};

    if (text == NULL)
        return;
    display_sanitize(&safe, text, strlen(text));
    csv_cell_append(out, buffer_string(&safe), safe.bytes, false);
    buffer_release(&safe);
}

void cli_format_pad(struct buffer *out, int columns)
{
    for (; columns > 0; columns--)
        buffer_append_char(out, ' ');
}
