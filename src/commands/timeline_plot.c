/* The plot. A cell represents an equal part of the span; it gets '=' for the speaker who has
 * the floor. A segment lasts until its end or, if that is unknown, until the next one starts,
 * but not into a silence. */
#include "commands/timeline_plot.h"

#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"
#include "shilu/cli/cli_format.h"
#include "shilu/text/display.h"

enum { DEFAULT_COLUMNS = 80, MIN_AXIS = 20, MAX_NAME_COLUMNS = 24, TICK_COLUMNS = 15 };

struct plot {
    const struct list *list;
    char *cells;  /* owned, rows * columns; the last row is for SPEAKER_NONE */
    bool *spoke;  /* owned, one per row */
    int columns;  /* of the axis */
    int name;     /* width of names in columns */
    bool timed;   /* otherwise the axis is the text, as for times of postings */
    int64_t from; /* ms, or a byte of the text */
    int64_t to;   /* above `from` */
};

static size_t row_of(const struct plot *p, uint32_t speaker)
{
    return speaker == SPEAKER_NONE ? transcript_speaker_count(p->list->transcript) : speaker;
}

static int cell_of(const struct plot *p, int64_t at)
{
    double part = (double)(at - p->from) / (double)(p->to - p->from);
    int cell = (int)(part * p->columns);

    return cell < 0 ? 0 : cell >= p->columns ? p->columns - 1 : cell;
}

static void draw_segment(struct plot *p, uint32_t segment)
{
    const struct transcript *t = p->list->transcript;
    const struct segment *s = transcript_segment(t, segment);
    size_t row = row_of(p, s->speaker);
    int64_t start = p->timed ? s->start_ms : (int64_t)s->text_byte;
    int64_t end = p->timed ? transcript_floor_end_ms(t, segment, p->list->silence_ms)
                           : start + s->text_bytes;
    char *cells = p->cells + row * (size_t)p->columns;
    int cell;

    p->spoke[row] = true;
    if (p->timed && start == TIME_NONE)
        return;
    /* The cell that contains the end belongs to the next speaker. */
    for (cell = cell_of(p, start); cell < cell_of(p, end) || cell == cell_of(p, start); cell++)
        if (cells[cell] != '?')
            cells[cell] = '=';
    if (transcript_kind(t, segment) == SEGMENT_QUESTION)
        cells[cell_of(p, start)] = '?';
}

static bool plot_span(struct plot *p)
{
    const struct transcript *t = p->list->transcript;
    const struct selection *selection = p->list->selection;
    size_t count = transcript_count(t);
    uint64_t bytes;

    p->timed = transcript_span(t, &p->from, &p->to) && !transcript_has_postings(t);
    if (!p->timed) {
        transcript_arena(t, &bytes);
        p->from = 0;
        p->to = (int64_t)bytes;
    }
    if (p->timed && selection->from_ms != TIME_NONE && selection->from_ms > p->from)
        p->from = selection->from_ms;
    if (p->timed && selection->to_ms != TIME_NONE && selection->to_ms < p->to)
        p->to = selection->to_ms;
    if (p->to <= p->from)
        p->to = p->from + 1;
    return count > 0;
}

static void draw_all(struct plot *p)
{
    const struct transcript *t = p->list->transcript;
    uint32_t segment = selection_at_or_after(p->list->selection, t, 0);

    while (segment != SEGMENT_NONE) {
        draw_segment(p, segment);
        if (++segment >= transcript_count(t))
            break;
        segment = selection_at_or_after(p->list->selection, t, segment);
    }
}

static void measure(struct plot *p)
{
    const struct transcript *t = p->list->transcript;
    int columns = p->list->columns > 0 ? p->list->columns : DEFAULT_COLUMNS;
    size_t i;

    p->name = 1;
    for (i = 0; i < transcript_speaker_count(t); i++) {
        const char *name = transcript_speaker_at(t, (uint32_t)i)->name;
        int wide = display_columns(p->list->width, name, strlen(name));

        if (wide > p->name)
            p->name = wide;
    }
    if (p->name > MAX_NAME_COLUMNS)
        p->name = MAX_NAME_COLUMNS;
    p->columns = columns - p->name - 2;
    if (p->columns < MIN_AXIS)
        p->columns = MIN_AXIS;
}

/* The time or, along the text, that of the words there, or their number. */
static void append_tick(const struct plot *p, int64_t at, struct buffer *out)
{
    const struct transcript *t = p->list->transcript;
    uint32_t segment;

    if (p->timed) {
        cli_format_moment(out, t, at - at % 1000);
        return;
    }
    segment = transcript_segment_at_byte(t, (uint64_t)at);
    if (transcript_segment(t, segment)->start_ms != TIME_NONE)
        cli_format_moment(out, t, transcript_segment(t, segment)->start_ms);
    else
        buffer_append_format(out, "#%u", (unsigned)segment + 1);
}

/* Times below the axis, each at its cell. */
static void print_axis(const struct plot *p)
{
    struct buffer axis = {0};
    int at;

    for (at = 0; at + TICK_COLUMNS <= p->columns; at += TICK_COLUMNS) {
        int64_t moment = p->from + (p->to - p->from) * at / p->columns;

        cli_format_pad(&axis, at - (int)axis.bytes);
        buffer_append_char(&axis, '|');
        append_tick(p, moment, &axis);
        if ((int)axis.bytes >= at + TICK_COLUMNS)
            at += TICK_COLUMNS;
    }
    cli_format_pad(p->list->out, p->name + 2);
    buffer_append_format(p->list->out, "%s%s%s\n", ansi_style_role(p->list->paint, ROLE_TIME),
                         buffer_string(&axis), ansi_style_reset(p->list->paint));
    buffer_release(&axis);
}

static void print_row(const struct plot *p, size_t row)
{
    const struct transcript *t = p->list->transcript;
    uint32_t speaker = row < transcript_speaker_count(t) ? (uint32_t)row : SPEAKER_NONE;
    const char *name = cli_format_speaker(t, speaker);
    int used;

    buffer_append_string(p->list->out, ansi_style_speaker(p->list->paint, t, speaker));
    used = display_fit(p->list->out, p->list->width, name, strlen(name), p->name);
    cli_format_pad(p->list->out, p->name - used + 2);
    buffer_append(p->list->out, p->cells + row * (size_t)p->columns, (size_t)p->columns);
    buffer_append_format(p->list->out, "%s\n", ansi_style_reset(p->list->paint));
}

void timeline_plot_print(const struct list *list)
{
    struct plot p = {.list = list};
    size_t rows = transcript_speaker_count(list->transcript) + 1;
    size_t row;

    if (!plot_span(&p))
        return;
    measure(&p);
    p.cells = memory_alloc(rows * (size_t)p.columns);
    memset(p.cells, '.', rows * (size_t)p.columns);
    p.spoke = memory_zalloc(rows, sizeof *p.spoke);
    draw_all(&p);
    for (row = 0; row < rows; row++)
        if (p.spoke[row])
            print_row(&p, row);
    print_axis(&p);
    free(p.cells);
    free(p.spoke);
}
