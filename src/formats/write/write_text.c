/* Plain text for reading: a heading for the record and for each turn, the time of each
 * paragraph in the margin, its words wrapped beside it. No control in it can reach a
 * terminal. */
#include <stdlib.h>
#include <string.h>

#include "formats/readers.h"
#include "formats/write/export.h"
#include "shilu/base/translate.h"
#include "shilu/text/wrap.h"

enum { MARGIN_COLUMNS = 10, NARROW_COLUMNS = 40, NARROW_MARGIN = 2 };

struct text_writer {
    const struct transcript *t;
    const struct writer_options *options;
    FILE *out;
    struct buffer words;
    struct buffer safe;
    struct display display;
    struct wrap wrap;
    int margin;
    struct export_days days;
};

static const char *paint(const char *sequence)
{
    return sequence != NULL ? sequence : "";
}

static void put_safe(struct text_writer *w, const char *text, size_t bytes)
{
    buffer_clear(&w->safe);
    display_sanitize(&w->safe, text, bytes);
    fwrite(buffer_string(&w->safe), 1, w->safe.bytes, w->out);
}

static void put_field(struct text_writer *w, const char *separator, const char *value)
{
    if (value == NULL || *value == '\0')
        return;
    fputs(separator, w->out);
    put_safe(w, value, strlen(value));
}

static void put_head(struct text_writer *w)
{
    const struct writer_paint *p = &w->options->paint;
    const char *title = transcript_get(w->t, FIELD_TITLE);
    const char *date = transcript_get(w->t, FIELD_DATE);
    char first[CIVIL_TEXT];
    char last[CIVIL_TEXT];
    char day[CIVIL_TEXT];
    char day_of_last[CIVIL_TEXT];
    int64_t first_ms;
    int64_t last_ms;
    bool timed = transcript_span(w->t, &first_ms, &last_ms);
    const char *venue = transcript_get(w->t, FIELD_VENUE);
    const char *source = transcript_get(w->t, FIELD_SOURCE_NAME);

    export_days_init(&w->days, w->t);
    if (title != NULL && *title != '\0') {
        fputs(paint(p->heading), w->out);
        put_field(w, "", title);
        fprintf(w->out, "%s\n", paint(p->reset));
    }
    if (date == NULL && !timed && venue == NULL && source == NULL)
        return;
    fputs(paint(p->dim), w->out);
    if (date == NULL && timed && export_days_next(&w->days, w->t, first_ms, day))
        date = day;
    put_field(w, "", date);
    if (timed) {
        transcript_format_clock(w->t, first_ms, first);
        transcript_format_clock(w->t, last_ms, last);
        fprintf(w->out, "%s%s - ", date != NULL ? "  " : "", first);
        if (transcript_spans_days(w->t)) {
            civil_format_date(last_ms, day_of_last);
            fprintf(w->out, "%s ", day_of_last);
        }
        fputs(last, w->out);
    }
    put_field(w, date != NULL || timed ? "  " : "", venue);
    put_field(w, "  ", source);
    fprintf(w->out, "%s\n", paint(p->reset));
}

/* Above the first words of another day. */
static void put_day(struct text_writer *w, uint32_t segment)
{
    char date[CIVIL_TEXT];

    if (export_days_next(&w->days, w->t, transcript_segment(w->t, segment)->start_ms, date))
        fprintf(w->out, "\n%s%s%s\n", paint(w->options->paint.dim), date,
                paint(w->options->paint.reset));
}

static void put_turn_heading(struct text_writer *w, uint32_t segment)
{
    const struct writer_paint *p = &w->options->paint;
    uint32_t number = transcript_segment(w->t, segment)->speaker;
    uint32_t exchange = transcript_exchange_of(w->t, segment);

    putc('\n', w->out);
    if (number == SPEAKER_NONE) {
        fputs("-", w->out);
    } else {
        const struct speaker *speaker = transcript_speaker_at(w->t, number);

        if (p->speaker != NULL)
            fputs(p->speaker(p->context, w->t, number), w->out);
        put_safe(w, speaker->name, strlen(speaker->name));
        fputs(paint(p->reset), w->out);
        fputs(paint(p->dim), w->out);
        put_field(w, ", ", speaker->role);
        put_field(w, ", ", speaker->organization);
    }
    if (exchange != EXCHANGE_NONE && transcript_kind(w->t, segment) == SEGMENT_QUESTION)
        fprintf(w->out, "  (question %u)", exchange + 1);
    fprintf(w->out, "%s\n", paint(p->reset));
}

static void put_margin(struct text_writer *w, const char *time)
{
    if (w->margin == MARGIN_COLUMNS && *time != '\0')
        fprintf(w->out, "%s%*s%s  ", paint(w->options->paint.dim), MARGIN_COLUMNS - 2, time,
                paint(w->options->paint.reset));
    else
        fprintf(w->out, "%*s", w->margin, "");
}

/* The words of a wrapped line, without white space that hangs. */
static void put_line(struct text_writer *w, const struct wrap_line *line)
{
    size_t end = line->byte_end;

    while (end > line->byte && strchr(" \t\r\n", w->words.data[end - 1]) != NULL)
        end--;
    put_safe(w, w->words.data + line->byte, end - line->byte);
    putc('\n', w->out);
}

static void put_wrapped(struct text_writer *w, const char *time)
{
    int columns = w->options->columns - w->margin;
    size_t i;

    display_make(&w->display, w->options->width, buffer_string(&w->words), w->words.bytes);
    wrap_fill(&w->wrap, &w->display, buffer_string(&w->words), w->words.bytes,
              columns < 2 ? 2 : columns, transcript_get(w->t, FIELD_LANGUAGE));
    for (i = 0; i < w->wrap.count; i++) {
        put_margin(w, i == 0 ? time : "");
        put_line(w, &w->wrap.lines[i]);
    }
}

static void put_unwrapped(struct text_writer *w, const char *time)
{
    const char *line = buffer_string(&w->words);
    bool first = true;

    while (*line != '\0' || first) {
        size_t bytes = strcspn(line, "\n");

        put_margin(w, first ? time : "");
        put_safe(w, line, bytes);
        putc('\n', w->out);
        line += bytes + (line[bytes] == '\n');
        first = false;
    }
}

/* The selected part of a paragraph; returns where to continue. */
static uint32_t put_paragraph(struct text_writer *w, const struct selection *selection,
                              uint32_t first)
{
    uint32_t end = selection_unit_end(selection, w->t, first);
    char time[CIVIL_TEXT];
    size_t bytes;
    const char *text = transcript_joined(w->t, first, end, &bytes);

    buffer_clear(&w->words);
    buffer_append(&w->words, text, bytes);
    transcript_format_clock(w->t, transcript_segment(w->t, first)->start_ms, time);
    if (w->options->columns > 0)
        put_wrapped(w, time);
    else
        put_unwrapped(w, time);
    return end;
}

static bool write_text(const struct transcript *t, const struct selection *selection,
                       const struct writer_options *options, FILE *out, struct error *err)
{
    struct text_writer w = {.t = t, .options = options, .out = out, .margin = MARGIN_COLUMNS};
    uint32_t i = selection_at_or_after(selection, t, 0);
    uint32_t turn = UINT32_MAX;
    int64_t first_ms;
    int64_t last_ms;

    if (!transcript_span(t, &first_ms, &last_ms) ||
        (options->columns > 0 && options->columns < NARROW_COLUMNS))
        w.margin = NARROW_MARGIN;
    put_head(&w);
    while (i != SEGMENT_NONE && !ferror(out)) {
        uint32_t this_turn = transcript_turn_of(t, i);

        put_day(&w, i);
        if (this_turn != turn)
            put_turn_heading(&w, i);
        turn = this_turn;
        i = selection_at_or_after(selection, t, put_paragraph(&w, selection, i));
    }
    buffer_release(&w.words);
    buffer_release(&w.safe);
    display_release(&w.display);
    wrap_release(&w.wrap);
    return !ferror(out) || error_set(err, ERROR_SYSTEM, "cannot write the output");
}

const struct writer_ops writer_text = {
    .name = "text",
    .title = N_("plain text to read"),
    .extension = "txt",
    .write = write_text,
};
