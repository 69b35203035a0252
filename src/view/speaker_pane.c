/* Speaker pane. The order is rebuilt when the record has grown; the first row shown follows
 * the speaker who has the word, from where it stood when that was another one, so that another
 * size and back shows the same rows. */
#include "shilu/view/speaker_pane.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"
#include "shilu/text/cluster.h"
#include "shilu/view/speaker_color.h"

enum { BAR_COLUMNS = 4, BAR_COLUMNS_WIDE = 6, WIDE_COLUMNS = 30, BAR_FROM_COLUMNS = 24 };
enum { SHARE_COLUMNS = 4, MAX_ROWS = 1024 };

struct speaker_pane {
    const struct reader_state *reading;
    uint32_t *order; /* speaker numbers */
    size_t count;
    size_t capacity;
    size_t made_for;  /* segments */
    int turn_columns; /* of the largest number of turns */
    size_t top;
    size_t kept_top; /* the top when the word came to `kept_speaker` */
    uint32_t kept_speaker;
    uint64_t most_characters;
    uint64_t all_characters;
    uint32_t shown[MAX_ROWS]; /* of the rows drawn last */
    int shown_count;
};

struct speaker_pane *speaker_pane_new(const struct reader_state *r)
{
    struct speaker_pane *p = memory_zalloc(1, sizeof *p);

    p->reading = r;
    p->made_for = SIZE_MAX;
    p->kept_speaker = SPEAKER_NONE;
    return p;
}

void speaker_pane_free(struct speaker_pane *p)
{
    if (p == NULL)
        return;
    free(p->order);
    free(p);
}

/* A row while it is sorted. */
struct entry {
    uint32_t speaker;
    bool reporter;
    uint64_t characters;
};

static int compare_entries(const void *a, const void *b)
{
    const struct entry *x = a;
    const struct entry *y = b;

    if (x->reporter != y->reporter)
        return x->reporter - y->reporter;
    if (!x->reporter && x->characters != y->characters)
        return x->characters < y->characters ? 1 : -1;
    return (x->speaker > y->speaker) - (x->speaker < y->speaker);
}

static void sort(struct speaker_pane *p)
{
    const struct transcript *t = p->reading->transcript;
    size_t count = transcript_speaker_count(t);
    struct entry *entries;
    uint64_t most_turns = 0;
    uint32_t i;

    if (p->made_for == transcript_count(t) && p->count == count)
        return;
    p->made_for = transcript_count(t);
    MEMORY_RESERVE(p->order, p->capacity, count);
    entries = memory_zalloc(count, sizeof *entries);
    p->most_characters = p->all_characters = 0;
    for (i = 0; i < count; i++) {
        uint64_t characters = transcript_speaker_at(t, i)->characters;
        uint64_t turns = transcript_speaker_at(t, i)->turns;

        most_turns = turns > most_turns ? turns : most_turns;
        entries[i] = (struct entry){i, transcript_speaker_kind(t, i) == SPEAKER_REPORTER,
                                    characters};
        p->all_characters += characters;
        if (characters > p->most_characters)
            p->most_characters = characters;
    }
    qsort(entries, count, sizeof *entries, compare_entries);
    for (i = 0; i < count; i++)
        p->order[i] = entries[i].speaker;
    p->count = count;
    p->turn_columns = snprintf(NULL, 0, "%" PRIu64, most_turns);
    free(entries);
}

static size_t index_of(const struct speaker_pane *p, uint32_t speaker)
{
    size_t i;

    for (i = 0; i < p->count; i++) {
        if (p->order[i] == speaker)
            return i;
    }
    return 0;
}

uint32_t speaker_pane_step(struct speaker_pane *p, uint32_t from, int rows)
{
    size_t at;

    sort(p);
    if (p->count == 0)
        return SPEAKER_NONE;
    if (rows == INT_MIN || rows == INT_MAX)
        return p->order[rows == INT_MIN ? 0 : p->count - 1];
    at = index_of(p, from);
    if (rows < 0)
        at = at > (size_t)-rows ? at - (size_t)-rows : 0;
    else
        at = at + (size_t)rows < p->count ? at + (size_t)rows : p->count - 1;
    return p->order[at];
}

uint32_t speaker_pane_at(const struct speaker_pane *p, int row)
{
    return row >= 0 && row < p->shown_count ? p->shown[row] : SPEAKER_NONE;
}

/* A bar of whole and half blocks; where ambiguous characters are wide, of ASCII. */
static void draw_bar(struct speaker_pane *p, struct grid *g, const struct area *a, int row,
                     int column, int columns, uint64_t characters, struct style style)
{
    bool wide = width_ambiguous_is_wide(p->reading->width);
    int halves = p->most_characters == 0
                     ? 0
                     : (int)(characters * 2 * (uint64_t)columns / p->most_characters);

    if (halves == 0 && characters > 0)
        halves = 1;
    grid_fill(g, a, row, column, halves / 2, wide ? "=" : "█", style);
    if (halves % 2 != 0)
        grid_fill(g, a, row, column + halves / 2, 1, wide ? "-" : "▌", style);
}

/* Turns, a bar, the share, from right to left; returns the columns that are left for names. */
static int draw_figures(struct speaker_pane *p, struct grid *g, const struct area *a, int row,
                        const struct speaker *s, struct style bar)
{
    const struct width *w = p->reading->width;
    struct style dim = {.role = ROLE_DIM};
    int bar_columns = a->columns < WIDE_COLUMNS ? BAR_COLUMNS : BAR_COLUMNS_WIDE;
    int column = a->columns - SHARE_COLUMNS;
    char text[24];

    snprintf(text, sizeof text, "%3u%%",
             p->all_characters == 0 ? 0
                                    : (unsigned)((s->characters * 100 + p->all_characters / 2) /
                                                 p->all_characters));
    grid_string(g, a, row, column, w, text, dim);
    if (a->columns < BAR_FROM_COLUMNS)
        return column - 1;
    column -= bar_columns + 1;
    draw_bar(p, g, a, row, column, bar_columns, s->characters, bar);
    column -= p->turn_columns + 1;
    snprintf(text, sizeof text, "%*" PRIu64, p->turn_columns, s->turns);
    grid_string(g, a, row, column, w, text, dim);
    return column - 1;
}

/* Whether name and role do not fit beside the figures. */
static bool is_cut(const struct speaker_pane *p, const struct speaker *s, int columns)
{
    const struct width *w = p->reading->width;
    int figures = SHARE_COLUMNS + 1;
    int used = 1 + (p->reading->shapes ? 1 + display_columns(w, "●", strlen("●")) : 0) +
               display_columns(w, s->name, strlen(s->name));

    if (columns >= BAR_FROM_COLUMNS)
        figures += (columns < WIDE_COLUMNS ? BAR_COLUMNS : BAR_COLUMNS_WIDE) + p->turn_columns +
                   2;
    if (s->role != NULL)
        used += 1 + display_columns(w, s->role, strlen(s->role));
    return used > columns - figures;
}

/* Whether each that would be cut can have a second row. */
static bool has_room(const struct speaker_pane *p, const struct area *a)
{
    size_t rows = p->count;

    for (size_t i = 0; i < p->count && rows <= (size_t)a->rows; i++)
        rows += is_cut(p, transcript_speaker_at(p->reading->transcript, p->order[i]),
                       a->columns);
    return rows <= (size_t)a->rows;
}

/* The bytes of the clusters that fit into so many columns. */
static size_t fitting(const struct width *w, const char *text, size_t bytes, int columns)
{
    struct clusters c;
    size_t start;
    size_t end;
    size_t fits = 0;

    clusters_init(&c, text, bytes, 0);
    while (clusters_next(&c, &start, &end) && display_columns(w, text, end) <= columns)
        fits = end;
    clusters_release(&c);
    for (size_t at = fits; fits < bytes && at > 0; at--)
        if (text[at] == ' ')
            return at; /* a name breaks at a blank where it has one */
    return fits;
}

/* Returns how many rows it takes. */
static int draw_row(struct speaker_pane *p, struct grid *g, const struct area *a, int row,
                    uint32_t number, bool roomy)
{
    const struct transcript *t = p->reading->transcript;
    const struct speaker *s = transcript_speaker_at(t, number);
    const struct width *w = p->reading->width;
    bool taken = selection_takes_speaker(&p->reading->selection, number);
    struct style style = {.role = taken ? ROLE_SPEAKER : ROLE_SPEAKER_MUTED,
                          .accent = taken ? speaker_color(t, number) : 0};
    struct style bar = {.role = taken ? ROLE_BAR : ROLE_SPEAKER_MUTED, .accent = style.accent};
    struct style dim = {.role = ROLE_DIM};
    bool second = roomy && is_cut(p, s, a->columns);
    struct area left = *a;
    size_t bytes = strlen(s->name);
    size_t fits;
    int start;
    int column;

    left.columns = draw_figures(p, g, a, row, s, bar);
    start = speaker_color_shape(g, &left, row, 1, p->reading, number, !taken);
    if (!second) {
        column = grid_text(g, &left, row, start, w, s->name, bytes, style, true);
        if (s->role != NULL && column + 5 < left.columns)
            grid_text(g, &left, row, column + 1, w, s->role, strlen(s->role), dim, true);
        return 1;
    }
    fits = fitting(w, s->name, bytes, left.columns - start);
    grid_text(g, &left, row, start, w, s->name, fits, style, false);
    column = 2;
    if (fits < bytes)
        column = grid_text(g, a, row + 1, column, w, s->name + fits + (s->name[fits] == ' '),
                           bytes - fits - (s->name[fits] == ' '), style, true) +
                 1;
    if (s->role != NULL && column < a->columns)
        grid_text(g, a, row + 1, column, w, s->role, strlen(s->role), dim, true);
    return 2;
}

static void follow(struct speaker_pane *p, uint32_t current, size_t rows)
{
    size_t at = index_of(p, current);

    if (current == p->kept_speaker)
        p->top = p->kept_top;
    if (at < p->top)
        p->top = at;
    if (rows > 0 && at >= p->top + rows)
        p->top = at + 1 - rows;
    if (p->top + rows > p->count)
        p->top = p->count > rows ? p->count - rows : 0;
    if (current != p->kept_speaker) {
        p->kept_speaker = current;
        p->kept_top = p->top;
    }
}

void speaker_pane_draw(struct speaker_pane *p, struct grid *g, const struct area *a,
                       bool active)
{
    const struct transcript *t = p->reading->transcript;
    uint32_t current = p->reading->chosen_speaker;
    bool roomy;
    int row = 0;

    if (current == SPEAKER_NONE && p->reading->segment != SEGMENT_NONE)
        current = transcript_segment(t, p->reading->segment)->speaker;
    sort(p);
    roomy = has_room(p, a);
    follow(p, current, (size_t)(a->rows > 0 ? a->rows : 0));
    for (size_t i = p->top; row < a->rows && i < p->count; i++) {
        int rows = draw_row(p, g, a, row, p->order[i], roomy);

        for (int k = row; k < row + rows && k < MAX_ROWS; k++)
            p->shown[k] = p->order[i];
        for (int k = row; p->order[i] == current && k < row + rows; k++)
            grid_over(g, a, k, active ? OVER_CURSOR : OVER_SAME);
        if (active && p->order[i] == current)
            grid_cursor(g, a, row, 0);
        row += rows;
    }
    p->shown_count = row < MAX_ROWS ? row : MAX_ROWS;
}
