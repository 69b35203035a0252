/* Speaker pane. The order is recomputed when the record has grown. The first row shown follows
 * the current speaker, starting from where it was for the previous one, so that resizing back
 * and forth shows the same rows. */
#include "shilu/view/speaker_pane.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"
#include "shilu/base/span.h"
#include "shilu/text/sentence.h"
#include "shilu/view/speaker_color.h"
#include "view/name_part.h"

enum { BAR_COLUMNS = 4, BAR_COLUMNS_WIDE = 6, WIDE_COLUMNS = 30, BAR_FROM_COLUMNS = 24 };
enum { SHARE_COLUMNS = 4, MAX_ROWS = 1024 };
enum { LABEL_ROWS_MAX = 5, LABEL_INDENT = 2, ROLE_LEAST_COLUMNS = 4 };

struct speaker_pane {
    const struct reader_state *reading;
    uint32_t *order; /* speaker numbers */
    size_t count;
    size_t capacity;
    size_t made_for;  /* number of segments … */
    size_t known;     /* … and speakers */
    int turn_columns; /* width of the largest number of turns */
    size_t top;
    size_t kept_top; /* the top when `kept_speaker` became the current speaker */
    uint32_t kept_speaker;
    uint64_t most_characters;
    uint64_t all_characters;
    uint32_t shown[MAX_ROWS]; /* speakers of the rows drawn last */
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

/* A row for sorting. */
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
    size_t known = transcript_speaker_count(t);
    size_t count = 0;
    struct entry *entries;
    uint64_t most_turns = 0;
    uint32_t i;

    if (p->made_for == transcript_count(t) && p->known == known)
        return;
    p->made_for = transcript_count(t);
    p->known = known;
    MEMORY_RESERVE(p->order, p->capacity, known);
    entries = memory_zalloc(known, sizeof *entries);
    p->most_characters = p->all_characters = 0;
    for (i = 0; i < known; i++) {
        uint64_t characters = transcript_speaker_characters(t, i);
        uint64_t turns = transcript_speaker_at(t, i)->turns;

        if (!transcript_lists_speaker(t, i))
            continue;
        most_turns = turns > most_turns ? turns : most_turns;
        entries[count++] = (struct entry){i, transcript_speaker_kind(t, i) == SPEAKER_REPORTER,
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

/* A bar of full and half blocks; in ASCII if ambiguous characters are wide. */
static void draw_bar(struct speaker_pane *p, struct pen *pen, int columns, uint64_t characters,
                     struct style style)
{
    bool wide = width_ambiguous_is_wide(p->reading->width);
    int halves = p->most_characters == 0
                     ? 0
                     : (int)(characters * 2 * (uint64_t)columns / p->most_characters);

    if (halves == 0 && characters > 0)
        halves = 1;
    pen_fill(pen, halves / 2, wide ? "=" : "█", style);
    pen_fill(pen, halves % 2, wide ? "-" : "▌", style);
}

/* The columns of a row left for a name beside its figures. */
static int name_columns(const struct speaker_pane *p, int columns, bool bar)
{
    int figures = SHARE_COLUMNS + 1;

    if (bar)
        figures += (columns < WIDE_COLUMNS ? BAR_COLUMNS : BAR_COLUMNS_WIDE) + p->turn_columns +
                   2;
    return columns - figures;
}

/* Draws turns, a bar, the share, from right to left. */
static void draw_figures(struct speaker_pane *p, struct pen *pen, uint32_t speaker,
                         bool with_bar, struct style bar)
{
    const struct transcript *t = p->reading->transcript;
    uint64_t characters = transcript_speaker_characters(t, speaker);
    int bar_columns = pen->edge < WIDE_COLUMNS ? BAR_COLUMNS : BAR_COLUMNS_WIDE;
    int column = pen->edge - SHARE_COLUMNS;
    char text[24];

    snprintf(text, sizeof text, "%3u%%",
             p->all_characters == 0
                 ? 0
                 : (unsigned)((characters * 100 + p->all_characters / 2) / p->all_characters));
    pen->column = column;
    pen_string(pen, text, ROLE_DIM);
    if (!with_bar)
        return;
    column -= bar_columns + 1;
    pen->column = column;
    draw_bar(p, pen, bar_columns, characters, bar);
    snprintf(text, sizeof text, "%*" PRIu64, p->turn_columns,
             transcript_speaker_at(t, speaker)->turns);
    pen->column = column - p->turn_columns - 1;
    pen_string(pen, text, ROLE_DIM);
}

/* ------------------------------------------------------------------ name and role in rows */

/* The content of a row: a part of the name, then of the role. */
struct label_row {
    struct span name, role;
    int role_column;
};

struct label {
    struct label_row rows[LABEL_ROWS_MAX];
    int count;
    int name_count; /* number of rows of the name */
    bool bar;       /* draw a bar beside the figures; otherwise the name uses its place */
};

/* Whether a word of a script with spaces would be split there. */
static bool cuts_word(struct span text, struct span part)
{
    return part.length < text.length && text.data[part.length] != ' ' &&
           !word_is_unspaced_at(text.data, text.length, part.length);
}

static int columns_of(const struct speaker_pane *p, struct span text)
{
    return display_columns(p->reading->width, text.data, text.length);
}

/* The name beside the figures, the rest of it below them, then the role, in as many rows as
 * needed or allowed. */
static struct label label_of(const struct speaker_pane *p, const struct speaker *s, int columns,
                             int rows)
{
    const struct width *w = p->reading->width;
    struct span name = span_string(s->name);
    struct span role = span_string(s->role != NULL ? s->role : "");
    struct label l = {.bar = columns >= BAR_FROM_COLUMNS};
    int start = 1 + (p->reading->shapes ? 1 + display_columns(w, "●", strlen("●")) : 0);
    int left = name_columns(p, columns, l.bar) - start;

    if (l.bar && cuts_word(name, name_part(w, name, left))) {
        l.bar = false;
        left = name_columns(p, columns, false) - start;
    }
    for (; l.count < rows; left = columns - LABEL_INDENT) {
        struct label_row *row = &l.rows[l.count++];
        bool last = l.count == rows;
        int used;

        row->name = last ? name : name_part(w, name, left);
        name = name_rest(name, row->name);
        l.name_count += row->name.length > 0;
        used = row->name.length > 0 ? columns_of(p, row->name) + 1 : 0;
        row->role_column = (l.count == 1 ? start : LABEL_INDENT) + used;
        if (name.length > 0)
            row->role = span_of("", 0);
        else if (last)
            row->role = role;
        else if (used == 0)
            row->role = name_part(w, role, left);
        else
            row->role = columns_of(p, role) <= left - used ? role : span_of("", 0);
        role = name_rest(role, row->role);
        if (name.length == 0 && role.length == 0)
            break;
    }
    return l;
}

/* How many rows each speaker may have so that all are visible, and how many speakers may have
 * one more: names that would be cut take precedence over roles. */
struct row_shares {
    int most;
    size_t more_names, more_roles;
};

static struct label whole_label(const struct speaker_pane *p, size_t i, int columns)
{
    return label_of(p, transcript_speaker_at(p->reading->transcript, p->order[i]), columns,
                    LABEL_ROWS_MAX);
}

static struct row_shares share_rows(const struct speaker_pane *p, const struct area *a)
{
    size_t used[LABEL_ROWS_MAX + 1] = {0};  /* by the limit of rows for each */
    size_t names[LABEL_ROWS_MAX + 1] = {0}; /* how many names need more */
    struct row_shares shares = {.most = LABEL_ROWS_MAX};
    size_t spare;

    if (a->rows <= 0 || p->count > (size_t)a->rows)
        return (struct row_shares){.most = 1};
    for (size_t i = 0; i < p->count; i++) {
        struct label l = whole_label(p, i, a->columns);

        for (int k = 1; k <= LABEL_ROWS_MAX; k++) {
            used[k] += (size_t)(l.count < k ? l.count : k);
            names[k] += l.name_count > k;
        }
    }
    while (shares.most > 1 && used[shares.most] > (size_t)a->rows)
        shares.most--;
    spare = (size_t)a->rows - used[shares.most];
    shares.more_names = names[shares.most] < spare ? names[shares.most] : spare;
    shares.more_roles = spare - shares.more_names;
    return shares;
}

/* The number of rows for a speaker, from what the shares leave. */
static int take_rows(const struct speaker_pane *p, size_t i, int columns,
                     struct row_shares *shares)
{
    struct label l = whole_label(p, i, columns);
    size_t *more = l.name_count > shares->most ? &shares->more_names : &shares->more_roles;

    if (l.count <= shares->most || *more == 0)
        return shares->most;
    --*more;
    return shares->most + 1;
}

/* Returns how many rows it used. */
static int draw_rows(struct speaker_pane *p, struct pen *pen, uint32_t number, int most)
{
    const struct transcript *t = p->reading->transcript;
    const struct speaker *s = transcript_speaker_at(t, number);
    int row = pen->row;
    bool taken = selection_takes_speaker(&p->reading->selection, number);
    struct style style = {.role = taken ? ROLE_SPEAKER : ROLE_SPEAKER_MUTED,
                          .accent = taken ? speaker_color(t, number) : 0};
    struct style bar = {.role = taken ? ROLE_BAR : ROLE_SPEAKER_MUTED, .accent = style.accent};
    struct label l = label_of(p, s, pen->edge, most);

    draw_figures(p, pen, number, l.bar, bar);
    for (int i = 0; i < l.count; i++) {
        const struct label_row *what = &l.rows[i];

        pen_move(pen, row + i, i == 0 ? 1 : LABEL_INDENT);
        if (i == 0) {
            pen_until(pen, name_columns(p, pen->edge, l.bar));
            speaker_color_shape(pen, p->reading, number, !taken);
        }
        pen_styled(pen, what->name, style);
        pen->column = what->role_column;
        if (what->role.length > 0 && what->role_column + ROLE_LEAST_COLUMNS < pen->edge)
            pen_text(pen, what->role, ROLE_DIM);
    }
    return l.count;
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
    struct pen pen = pen_at(g, p->reading->width, a, 0, 0);
    struct row_shares shares;
    int row = 0;

    if (current == SPEAKER_NONE && p->reading->segment != SEGMENT_NONE)
        current = transcript_segment(t, p->reading->segment)->speaker;
    sort(p);
    shares = share_rows(p, a);
    follow(p, current, (size_t)(a->rows > 0 ? a->rows : 0));
    for (size_t i = p->top; row < a->rows && i < p->count; i++) {
        int end;

        pen_move(&pen, row, 0);
        end = row + draw_rows(p, &pen, p->order[i], take_rows(p, i, a->columns, &shares));
        if (active && p->order[i] == current)
            grid_cursor(g, a, row, 0);
        for (; row < end; row++) {
            if (row < MAX_ROWS)
                p->shown[row] = p->order[i];
            if (p->order[i] == current)
                grid_over(g, a, row, active ? OVER_CURSOR : OVER_SAME);
        }
    }
    p->shown_count = row < MAX_ROWS ? row : MAX_ROWS;
}
