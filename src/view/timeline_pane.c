/* Timeline pane. Only the rows on the screen are known; the first one stays until the reading
 * position leaves the pane. Each drawing starts from the top at the time of the user's last
 * move, so that resizing back and forth shows the same rows. */
#include "shilu/view/timeline_pane.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/view/speaker_color.h"

enum { TIME_COLUMNS = 8, QUESTION_COLUMNS = 4, WORDS_COLUMNS = 20 };
enum { WORDS_BYTES = 400, ROWS_MAX = 1024 };

struct timeline_pane {
    const struct reader_state *reading;
    uint32_t top;      /* a paragraph's first segment; SEGMENT_NONE before the first drawing */
    uint32_t kept_top; /* the top when the reading position came to `kept_at` */
    uint32_t kept_at;
    int64_t threshold_ms;
    uint32_t shown[ROWS_MAX]; /* the segments of the rows drawn last */
    int shown_count;
};

struct timeline_pane *timeline_pane_new(const struct reader_state *r)
{
    struct timeline_pane *p = memory_zalloc(1, sizeof *p);

    p->reading = r;
    p->top = p->kept_top = p->kept_at = SEGMENT_NONE;
    return p;
}

void timeline_pane_free(struct timeline_pane *p)
{
    free(p);
}

static uint32_t head_of(const struct timeline_pane *p, uint32_t segment)
{
    return transcript_paragraph_first(p->reading->transcript, segment);
}

static uint32_t after(const struct timeline_pane *p, uint32_t segment)
{
    const struct transcript *t = p->reading->transcript;

    return reader_state_at_or_after(p->reading, transcript_paragraph_end(t, segment));
}

static uint32_t before(const struct timeline_pane *p, uint32_t segment)
{
    uint32_t head = head_of(p, segment);
    uint32_t found;

    if (head == 0)
        return SEGMENT_NONE;
    found = reader_state_at_or_before(p->reading, head - 1);
    if (found == SEGMENT_NONE)
        return SEGMENT_NONE;
    return reader_state_at_or_after(p->reading, head_of(p, found));
}

uint32_t timeline_pane_step(const struct timeline_pane *p, uint32_t from, int rows)
{
    while (rows != 0) {
        uint32_t next = rows > 0 ? after(p, from) : before(p, from);

        if (next == SEGMENT_NONE)
            break;
        from = next;
        rows += rows > 0 ? -1 : 1;
    }
    return from;
}

uint32_t timeline_pane_at(const struct timeline_pane *p, int row)
{
    return row >= 0 && row < p->shown_count ? p->shown[row] : SEGMENT_NONE;
}

/* Silences between neighbours in the record, not in a selection. */
static bool has_gap(const struct timeline_pane *p, uint32_t segment, int64_t *gap_ms)
{
    uint32_t head = head_of(p, segment);

    *gap_ms = transcript_gap_before(p->reading->transcript, head);
    return *gap_ms >= p->threshold_ms && p->threshold_ms > 0;
}

/* The first selected segment of another day than the one before it. */
static bool starts_day(const struct timeline_pane *p, uint32_t segment)
{
    return transcript_spans_days(p->reading->transcript) &&
           transcript_starts_day(p->reading->transcript, before(p, segment), segment);
}

static int rows_of(const struct timeline_pane *p, uint32_t segment)
{
    int64_t gap_ms;

    return 1 + has_gap(p, segment, &gap_ms) + starts_day(p, segment);
}

/* A top with which the current paragraph is visible: the old one if possible, else one that
 * puts it a third of the way down. */
static void follow(struct timeline_pane *p, uint32_t current, int rows)
{
    uint32_t at = p->top;
    int used = 0;

    if (at != SEGMENT_NONE && at <= current &&
        selection_takes(&p->reading->selection, p->reading->transcript, at)) {
        while (at != SEGMENT_NONE && at < current && used < rows) {
            used += rows_of(p, at);
            at = after(p, at);
        }
        if (at == current && used + rows_of(p, at) < rows)
            return;
    }
    p->top = current;
    for (used = 0; used < rows / 3;) {
        at = before(p, p->top);
        if (at == SEGMENT_NONE)
            break;
        p->top = at;
        used += rows_of(p, p->top);
    }
}

/* A gap is not always a silence. */
static void draw_gap(struct timeline_pane *p, struct pen *pen, int64_t gap_ms)
{
    char duration[CIVIL_TEXT];
    char text[2 * CIVIL_TEXT];
    int columns;

    civil_format_duration(gap_ms, duration);
    snprintf(text, sizeof text, _("%s to the next entry"), duration);
    columns = display_columns(pen->width, text, strlen(text));
    pen->column = TIME_COLUMNS + 1;
    if (!transcript_has_silences(p->reading->transcript) && columns <= pen->edge) {
        if (pen->column + columns > pen->edge)
            pen->column = pen->edge - columns;
        pen_string(pen, text, ROLE_GAP);
        return;
    }
    pen_string(pen, ":", ROLE_GAP);
    pen->column = TIME_COLUMNS + 3;
    pen_string(pen, duration, ROLE_GAP);
}

static void draw_day(struct timeline_pane *p, struct pen *pen, uint32_t segment)
{
    char date[CIVIL_TEXT];

    civil_format_date(transcript_segment(p->reading->transcript, segment)->start_ms, date);
    pen_string(pen, date, ROLE_SECTION);
}

/* Without any time there is no column for times. */
static int time_columns(const struct timeline_pane *p)
{
    return transcript_time_base(p->reading->transcript) == TIME_BASE_NONE ? 0
                                                                          : TIME_COLUMNS + 1;
}

static void draw_row(struct timeline_pane *p, struct pen *pen, uint32_t segment)
{
    const struct transcript *t = p->reading->transcript;
    const struct segment *s = transcript_segment(t, segment);
    bool question = transcript_kind(t, segment) == SEGMENT_QUESTION;
    uint32_t exchange = question ? transcript_exchange_of(t, segment) : EXCHANGE_NONE;
    size_t bytes;
    const char *text = transcript_text(t, segment, &bytes);
    char time[CIVIL_TEXT];
    char mark[16];

    if (s->kind == SEGMENT_HEADING) {
        pen_text(pen, span_of(text, bytes), ROLE_SECTION);
        return;
    }
    reader_state_time(p->reading, s->start_ms, time);
    pen->column = 1 + TIME_COLUMNS - (int)strlen(time);
    pen_string(pen, time, ROLE_TIME);
    if (exchange != EXCHANGE_NONE) {
        snprintf(mark, sizeof mark, "Q%u", exchange + 1);
        pen->column = pen->edge - (int)strlen(mark);
        pen_string(pen, mark, ROLE_QUESTION);
        pen->edge -= QUESTION_COLUMNS;
    }
    pen->column = 1 + time_columns(p);
    if (s->speaker != SPEAKER_NONE)
        speaker_color_name(pen, p->reading, s->speaker);
    if (pen->edge - pen->column > WORDS_COLUMNS || s->speaker == SPEAKER_NONE) {
        pen->column += pen->column > 1;
        pen_text(pen, span_of(text, bytes < WORDS_BYTES ? bytes : WORDS_BYTES), ROLE_DIM);
    }
}

void timeline_pane_draw(struct timeline_pane *p, struct grid *g, const struct area *a,
                        bool active)
{
    struct pen pen = pen_at(g, p->reading->width, a, 0, 1);
    uint32_t current;
    uint32_t at;
    int row;

    p->shown_count = 0;
    if (p->reading->segment == SEGMENT_NONE)
        return;
    p->threshold_ms = transcript_gap_threshold(p->reading->transcript);
    current = head_of(p, p->reading->segment);
    if (current == p->kept_at)
        p->top = p->kept_top;
    follow(p, current, a->rows);
    if (current != p->kept_at) {
        p->kept_at = current;
        p->kept_top = p->top;
    }
    at = p->top;
    for (row = 0; row < a->rows && row < ROWS_MAX && at != SEGMENT_NONE; at = after(p, at)) {
        int64_t gap_ms;

        if (has_gap(p, at, &gap_ms)) {
            p->shown[row] = at;
            draw_gap(p, &pen, gap_ms);
            pen_move(&pen, ++row, 1);
            if (row == a->rows || row == ROWS_MAX)
                break;
        }
        if (starts_day(p, at)) {
            p->shown[row] = at;
            draw_day(p, &pen, at);
            pen_move(&pen, ++row, 1);
            if (row == a->rows || row == ROWS_MAX)
                break;
        }
        p->shown[row] = at;
        draw_row(p, &pen, at);
        if (head_of(p, at) == current && active)
            pen_choose(&pen);
        else if (head_of(p, at) == current)
            pen_over(&pen, OVER_SAME);
        else if (reader_state_is_selected(p->reading, at))
            pen_over(&pen, OVER_SELECTED);
        pen_move(&pen, ++row, 1);
    }
    p->shown_count = row;
}
