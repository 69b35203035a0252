/* Lanes. One pass over the segments at each drawing: about 3 ms a million, less than keeping
 * an index true while the record grows. */
#include "shilu/view/lanes.h"

#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"
#include "shilu/view/accent.h"

enum { NAME_COLUMNS = 18, NAME_COLUMNS_NARROW = 9, NARROW_COLUMNS = 60, AXIS_ROWS = 2 };

struct axis {
    bool timed;
    int64_t first;
    int64_t last;
    int columns;
};

static struct axis make_axis(const struct reading *r, int columns)
{
    struct axis axis = {.columns = columns};
    uint64_t bytes;

    axis.timed = transcript_span(r->transcript, &axis.first, &axis.last);
    if (!axis.timed) {
        transcript_arena(r->transcript, &bytes);
        axis.first = 0;
        axis.last = (int64_t)bytes;
    }
    if (axis.last <= axis.first)
        axis.last = axis.first + 1;
    return axis;
}

static int column_of(const struct axis *axis, int64_t at)
{
    int column = (int)((double)(at - axis->first) * axis->columns /
                       (double)(axis->last - axis->first));

    return column < 0 ? 0 : column >= axis->columns ? axis->columns - 1 : column;
}

/* From where to where a segment reaches; false where it has no place on the axis. One without
 * an end reaches to the next start, since it has to be seen. */
static bool reach(const struct reading *r, const struct axis *axis, uint32_t i, int64_t *from,
                  int64_t *to)
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
    *to = transcript_end_ms(r->transcript, i);
    if (*to == TIME_NONE && i + 1 < transcript_count(r->transcript))
        *to = transcript_segment(r->transcript, i + 1)->start_ms;
    if (*to == TIME_NONE || *to < *from)
        *to = *from;
    return true;
}

/* The speakers that have a lane: those with the most words, as many as there are rows. */
static int compare_characters(const void *a, const void *b)
{
    const struct speaker *const *x = a;
    const struct speaker *const *y = b;

    return ((*x)->characters < (*y)->characters) - ((*x)->characters > (*y)->characters);
}

static uint32_t *choose(const struct reading *r, int rows, int **lane_of)
{
    size_t count = transcript_speaker_count(r->transcript);
    const struct speaker **order = memory_zalloc(count + 1, sizeof(struct speaker *));
    const struct speaker *first = count > 0 ? transcript_speaker_at(r->transcript, 0) : NULL;
    uint32_t *lanes = memory_zalloc(count + 1, sizeof *lanes);
    uint32_t i;

    *lane_of = memory_zalloc(count + 1, sizeof **lane_of);
    for (i = 0; i < count; i++) {
        order[i] = first + i;
        (*lane_of)[i] = -1;
    }
    qsort(order, count, sizeof *order, compare_characters);
    for (i = 0; i < count && (int)i < rows; i++) {
        lanes[i] = (uint32_t)(order[i] - first);
        (*lane_of)[lanes[i]] = (int)i;
    }
    free(order);
    return lanes;
}

static void draw_axis(struct grid *g, const struct area *a, const struct reading *r,
                      const struct axis *axis, int names)
{
    char time[CIVIL_TEXT];
    int step = axis->columns / 6 < 10 ? 10 : axis->columns / 6;
    int column;

    for (column = 0; axis->timed && column + 8 <= axis->columns; column += step) {
        reading_time(r,
                     axis->first +
                         (int64_t)((double)(axis->last - axis->first) * column / axis->columns),
                     time);
        grid_string(g, a, 0, names + column, r->width, time, (struct style){.role = ROLE_TIME});
    }
}

static void draw_name(struct grid *g, const struct area *a, int row, const struct reading *r,
                      uint32_t speaker, int names)
{
    const char *name = transcript_speaker_at(r->transcript, speaker)->name;
    struct area left = *a;

    left.columns = names - 1 < a->columns ? names - 1 : a->columns;
    grid_text(g, &left, row, 1, r->width, name, strlen(name),
              (struct style){.role = ROLE_SPEAKER,
                             .accent = accent_of_speaker(r->transcript, speaker)},
              true);
}

static void draw_segments(struct grid *g, const struct area *a, const struct reading *r,
                          const struct axis *axis, const int *lane_of, int names)
{
    const char *block = width_ambiguous_is_wide(r->width) ? "=" : "█";
    size_t count = transcript_count(r->transcript);
    uint32_t i;

    for (i = 0; i < count; i++) {
        uint32_t speaker = transcript_segment(r->transcript, i)->speaker;
        int64_t from;
        int64_t to;
        int column;

        if (speaker == SPEAKER_NONE || lane_of[speaker] < 0 || !reach(r, axis, i, &from, &to))
            continue;
        column = column_of(axis, from);
        if (grid_cell(g, a->row + AXIS_ROWS + lane_of[speaker], a->column + names + column)
                    ->bytes > 0 &&
            column_of(axis, to) == column)
            continue; /* drawn already: most of a million segments share a cell */
        grid_fill(g, a, AXIS_ROWS + lane_of[speaker], names + column,
                  column_of(axis, to) - column + (column_of(axis, to) == column), block,
                  (struct style){.role = ROLE_BAR,
                                 .accent = accent_of_speaker(r->transcript, speaker)});
    }
}

void lanes_draw(struct grid *g, const struct area *a, const struct reading *r)
{
    int names = a->columns < NARROW_COLUMNS ? NAME_COLUMNS_NARROW : NAME_COLUMNS;
    struct axis axis = make_axis(r, a->columns - names - 1);
    int rows = a->rows - AXIS_ROWS;
    int *lane_of;
    uint32_t *lanes;
    size_t count = transcript_speaker_count(r->transcript);
    int64_t from;
    int64_t to;
    int row;

    if (rows < 1 || axis.columns < 1)
        return;
    lanes = choose(r, rows, &lane_of);
    draw_axis(g, a, r, &axis, names);
    for (row = 0; row < rows && (size_t)row < count; row++)
        draw_name(g, a, AXIS_ROWS + row, r, lanes[row], names);
    draw_segments(g, a, r, &axis, lane_of, names);
    if (r->segment != SEGMENT_NONE && reach(r, &axis, r->segment, &from, &to))
        grid_string(g, a, 1, names + column_of(&axis, from), r->width, "v",
                    (struct style){.role = ROLE_POSITION});
    free(lanes);
    free(lane_of);
}
