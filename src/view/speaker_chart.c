/* Speaker chart. One pass over the segments makes it, about 10 ms per million; it stays valid
 * until the record grows or the window is resized, so keys do not pay for it. */
#include "shilu/view/speaker_chart.h"

#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"
#include "shilu/view/speaker_color.h"

enum {
    NAME_COLUMNS = 18,
    NAME_COLUMNS_NARROW = 9,
    NAME_COLUMNS_WIDE = 28,
    NARROW_COLUMNS = 60,
    WIDE_COLUMNS = 110,
    AXIS_ROWS = 2,
    TICK_COLUMNS = 10,
    MAX_LANE_ROWS = 3
};

struct axis {
    bool timed;
    int64_t first;
    int64_t last;
    int columns;
    double scale; /* columns per unit */
    int64_t gap_ms;
};

struct speaker_chart {
    const struct reader_state *reading;
    size_t made_for; /* number of segments */
    int rows;        /* rows available for lanes */
    struct axis axis;
    uint32_t *speakers; /* owned: speaker of each lane */
    int *lane_of;       /* owned: lane of each speaker, or -1 */
    int count;          /* number of lanes */
    uint8_t *spoken;    /* owned: count rows of axis.columns; 1 where the speaker is speaking */
};

struct speaker_chart *speaker_chart_new(const struct reader_state *r)
{
    struct speaker_chart *l = memory_zalloc(1, sizeof *l);

    l->reading = r;
    l->made_for = SIZE_MAX;
    return l;
}

static void clear(struct speaker_chart *l)
{
    free(l->speakers);
    free(l->lane_of);
    free(l->spoken);
    l->speakers = NULL;
    l->lane_of = NULL;
    l->spoken = NULL;
}

void speaker_chart_free(struct speaker_chart *l)
{
    if (l == NULL)
        return;
    clear(l);
    free(l);
}

static struct axis make_axis(const struct reader_state *r, int columns)
{
    struct axis axis = {.columns = columns, .gap_ms = transcript_gap_threshold(r->transcript)};
    uint64_t bytes;

    axis.timed = transcript_span(r->transcript, &axis.first, &axis.last) &&
                 !transcript_has_postings(r->transcript);
    if (!axis.timed) {
        transcript_arena(r->transcript, &bytes);
        axis.first = 0;
        axis.last = (int64_t)bytes;
    }
    if (axis.last <= axis.first)
        axis.last = axis.first + 1;
    axis.scale = columns / (double)(axis.last - axis.first);
    return axis;
}

static int column_of(const struct axis *axis, int64_t at)
{
    int column = (int)((double)(at - axis->first) * axis->scale);

    return column < 0 ? 0 : column >= axis->columns ? axis->columns - 1 : column;
}

/* The extent of a segment; false if it is not on the axis. */
static bool reach(const struct reader_state *r, const struct axis *axis, uint32_t i,
                  int64_t *from, int64_t *to)
{
    const struct segment *s = transcript_segment(r->transcript, i);

    if (!axis->timed) {
        *from = (int64_t)s->text_byte;
        *to = *from + s->text_bytes;
        return true;
    }
    if (s->start_ms == TIME_NONE)
        return false;
    *from = s->start_ms;
    *to = transcript_floor_end_ms(r->transcript, i, axis->gap_ms);
    return true;
}

/* Speakers with a lane: those with the most words, as many as there are rows. */
struct lane {
    uint32_t speaker;
    uint64_t characters;
};

static int compare_characters(const void *a, const void *b)
{
    const struct lane *x = a;
    const struct lane *y = b;

    return (x->characters < y->characters) - (x->characters > y->characters);
}

static void choose(struct speaker_chart *l)
{
    const struct transcript *t = l->reading->transcript;
    size_t count = transcript_speaker_count(t);
    struct lane *order = memory_zalloc(count + 1, sizeof *order);
    size_t listed = 0;
    uint32_t i;

    l->speakers = memory_zalloc(count + 1, sizeof *l->speakers);
    l->lane_of = memory_zalloc(count + 1, sizeof *l->lane_of);
    for (i = 0; i < count; i++) {
        if (transcript_lists_speaker(t, i))
            order[listed++] = (struct lane){i, transcript_speaker_characters(t, i)};
        l->lane_of[i] = -1;
    }
    l->count = listed < (size_t)l->rows ? (int)listed : l->rows;
    qsort(order, listed, sizeof *order, compare_characters);
    for (i = 0; (int)i < l->count; i++) {
        l->speakers[i] = order[i].speaker;
        l->lane_of[l->speakers[i]] = (int)i;
    }
    free(order);
}

static void mark_segments(struct speaker_chart *l)
{
    const struct transcript *t = l->reading->transcript;
    size_t count = transcript_count(t);
    uint32_t i;

    for (i = 0; i < count; i++) {
        uint32_t speaker = transcript_segment(t, i)->speaker;
        int64_t from;
        int64_t to;
        uint8_t *row;
        int column;
        int end;

        if (speaker == SPEAKER_NONE || l->lane_of[speaker] < 0 ||
            !reach(l->reading, &l->axis, i, &from, &to))
            continue;
        row = l->spoken + (size_t)l->lane_of[speaker] * (size_t)l->axis.columns;
        column = column_of(&l->axis, from);
        end = column_of(&l->axis, to);
        memset(row + column, 1, end > column ? (size_t)(end - column) : 1);
    }
}

static void make(struct speaker_chart *l, int rows, int columns)
{
    size_t segments = transcript_count(l->reading->transcript);

    if (l->made_for == segments && l->rows == rows && l->axis.columns == columns)
        return;
    clear(l);
    l->made_for = segments;
    l->rows = rows;
    l->axis = make_axis(l->reading, columns);
    choose(l);
    l->spoken = memory_zalloc((size_t)l->count * (size_t)columns + 1, 1);
    mark_segments(l);
}

/* The smallest round step with room for its ticks. */
static int64_t round_step(const struct axis *axis)
{
    static const int steps[] = {1,   2,   5,    10,   15,   30,    60,    120,   300,
                                600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400};
    size_t i = 0;

    while (i + 1 < sizeof steps / sizeof *steps &&
           (double)steps[i] * 1000 * axis->scale < TICK_COLUMNS)
        i++;
    return (int64_t)steps[i] * 1000;
}

static void draw_tick(struct pen *pen, const struct reader_state *r, int column, int64_t ms)
{
    char time[CIVIL_TEXT];

    if (transcript_spans_days(r->transcript) && ms % TIME_MS_PER_DAY == 0)
        civil_format_date(ms, time);
    else
        reader_state_time(r, ms, time);
    pen->column = column;
    if (column + (int)strlen(time) <= pen->edge)
        pen_string(pen, time, ROLE_TIME);
}

/* Round times or, along the text, the times of the words there. */
static void draw_axis(struct pen *pen, const struct reader_state *r, const struct axis *axis,
                      int names)
{
    if (axis->timed) {
        int64_t step = round_step(axis);
        int64_t ms = (axis->first + step - 1) / step * step;

        for (; ms <= axis->last; ms += step)
            draw_tick(pen, r, names + column_of(axis, ms), ms);
        return;
    }
    if (transcript_count(r->transcript) == 0)
        return;
    for (int column = 0; column < axis->columns; column += TICK_COLUMNS + 2) {
        uint64_t byte = (uint64_t)((double)column / axis->scale);
        uint32_t segment = transcript_segment_at_byte(r->transcript, byte);

        if (transcript_segment(r->transcript, segment)->start_ms != TIME_NONE)
            draw_tick(pen, r, names + column,
                      transcript_segment(r->transcript, segment)->start_ms);
    }
}

/* A lane of several rows has a blank one below its bar. */
static void draw_lane(const struct speaker_chart *l, struct pen *pen, int lane, int names,
                      int rows)
{
    const struct reader_state *r = l->reading;
    const char *block = width_ambiguous_is_wide(r->width) ? "=" : "█";
    const uint8_t *spoken = l->spoken + (size_t)lane * (size_t)l->axis.columns;
    bool taken = selection_takes_speaker(&r->selection, l->speakers[lane]);
    struct style style = {.role = taken ? ROLE_BAR : ROLE_SPEAKER_MUTED,
                          .accent = taken ? speaker_color(r->transcript, l->speakers[lane])
                                          : 0};
    int first = AXIS_ROWS + lane * rows;
    int bars = rows > 1 ? rows - 1 : 1;

    pen_move(pen, first, 1);
    pen_until(pen, names - 1);
    speaker_color_name(pen, r, l->speakers[lane]);
    for (int column = 0; column < l->axis.columns; column++) {
        for (int row = 0; spoken[column] != 0 && row < bars; row++) {
            pen_move(pen, first + row, names + column);
            pen_fill(pen, 1, block, style);
        }
    }
}

void speaker_chart_draw(struct speaker_chart *l, struct grid *g, const struct area *a)
{
    const struct reader_state *r = l->reading;
    int names = a->columns < NARROW_COLUMNS ? NAME_COLUMNS_NARROW
                : a->columns < WIDE_COLUMNS ? NAME_COLUMNS
                                            : NAME_COLUMNS_WIDE;
    int columns = a->columns - names - 1;
    int rows = a->rows - AXIS_ROWS;
    struct pen pen = pen_at(g, r->width, a, 0, 0);
    int64_t from;
    int64_t to;
    int lane;
    int lane_rows;

    if (rows < 1 || columns < 1)
        return;
    make(l, rows, columns);
    draw_axis(&pen, r, &l->axis, names);
    lane_rows = l->count > 0 ? rows / l->count : 1;
    lane_rows = lane_rows < 1 ? 1 : lane_rows > MAX_LANE_ROWS ? MAX_LANE_ROWS : lane_rows;
    for (lane = 0; lane < l->count; lane++)
        draw_lane(l, &pen, lane, names, lane_rows);
    if (r->segment == SEGMENT_NONE)
        return;
    if (reach(r, &l->axis, r->segment, &from, &to)) {
        pen_move(&pen, 1, names + column_of(&l->axis, from));
        pen_string(&pen, "v", ROLE_POSITION);
    }
    for (lane = 0; lane < l->count; lane++)
        if (l->speakers[lane] == transcript_segment(r->transcript, r->segment)->speaker)
            grid_cursor(g, a, AXIS_ROWS + lane * lane_rows, 0);
}
