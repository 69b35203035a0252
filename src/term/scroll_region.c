/* Scroll regions. Pure functions over two grids. A region is found by comparing hashes of rows
 * at every distance, and kept if it saves more bytes than the scrolling costs. */
#include "term/scroll_region.h"

#include <stdlib.h>
#include <string.h>

#include "shilu/base/hash.h"
#include "shilu/base/memory.h"

/* What a scroll costs in bytes, generously; and the smallest region worth it. */
enum { SCROLL_COST = 80, MIN_ROWS = 4 };

static bool same_cell(const struct cell *a, const struct cell *b)
{
    return a->bytes == b->bytes && a->columns == b->columns &&
           memcmp(&a->style, &b->style, sizeof a->style) == 0 &&
           memcmp(a->text, b->text, a->bytes) == 0;
}

static const struct cell *row_of(const struct grid *g, int row)
{
    return g->cells + (size_t)row * (size_t)g->columns;
}

static uint64_t hash_row(const struct grid *g, int row, int left, int right)
{
    const struct cell *cells = row_of(g, row);
    uint64_t hash = HASH_FNV_START;

    for (int c = left; c < right; c++) {
        hash = hash_fnv1a_from(hash, cells[c].text, cells[c].bytes);
        hash = hash_fnv1a_from(hash, &cells[c].style, sizeof cells[c].style);
        hash = hash_fnv1a_from(hash, &cells[c].columns, 1);
    }
    return hash;
}

static long row_cost(const struct grid *from, int from_row, const struct grid *to, int to_row,
                     const struct scroll_region *b)
{
    const struct cell *old = row_of(from, from_row);
    const struct cell *new = row_of(to, to_row);
    long cost = 0;

    for (int c = b->left; c < b->right; c++)
        if (!same_cell(&old[c], &new[c]))
            cost += new[c].bytes > 0 ? new[c].bytes : 1;
    return cost;
}

/* A vertical rule: a column in which most rows have the rule's role. */
static bool is_rule(const struct grid *g, int column)
{
    int rows = 0;

    for (int r = 0; r < g->rows; r++)
        rows += row_of(g, r)[column].style.role == ROLE_RULE;
    return rows * 2 > g->rows;
}

/* The distance at which most changed rows are found again, and the first and last of those
 * rows. */
static bool find_shift(const uint64_t *old, const uint64_t *new, int rows,
                       struct scroll_region *b)
{
    int best = 0;

    for (int up = 1 - rows; up < rows; up++) {
        int found = 0;
        int first = 0;
        int last = 0;

        for (int r = up < 0 ? -up : 0; r < rows && r + up < rows; r++) {
            if (up == 0 || new[r] != old[r + up] || new[r] == old[r])
                continue;
            first = found == 0 ? r : first;
            last = r;
            found++;
        }
        if (found <= best)
            continue;
        best = found;
        b->up = up;
        b->top = up > 0 ? first : first + up;
        b->bottom = up > 0 ? last + up + 1 : last + 1;
    }
    return best >= MIN_ROWS;
}

/* A wide character across an edge would be split. */
static bool has_clean_edges(const struct grid *g, const struct scroll_region *b)
{
    for (int r = b->top; r < b->bottom; r++) {
        if (row_of(g, r)[b->left].columns == 0 && row_of(g, r)[b->left].bytes == 0 &&
            b->left > 0 && row_of(g, r)[b->left - 1].columns == 2)
            return false;
        if (b->right < g->columns && row_of(g, r)[b->right - 1].columns == 2)
            return false;
    }
    return true;
}

static bool is_worth_it(const struct grid *old, const struct grid *new,
                        const struct scroll_region *b)
{
    static const struct cell blank;
    long saved = -SCROLL_COST;

    for (int r = b->top; r < b->bottom; r++) {
        int from = r + b->up;

        saved += row_cost(old, r, new, r, b);
        if (from >= b->top && from < b->bottom)
            saved -= row_cost(old, from, new, r, b);
        else
            for (int c = b->left; c < b->right; c++)
                if (!same_cell(&blank, &row_of(new, r)[c]))
                    saved -= row_of(new, r)[c].bytes > 0 ? row_of(new, r)[c].bytes : 1;
    }
    return saved > 0;
}

static bool find_in(const struct grid *old, const struct grid *new, struct scroll_region *b)
{
    uint64_t *hashes = memory_zalloc((size_t)old->rows * 2, sizeof *hashes);
    bool found;

    for (int r = 0; r < old->rows; r++) {
        hashes[r] = hash_row(old, r, b->left, b->right);
        hashes[old->rows + r] = hash_row(new, r, b->left, b->right);
    }
    found = find_shift(hashes, hashes + old->rows, old->rows, b);
    free(hashes);
    return found && has_clean_edges(old, b) && has_clean_edges(new, b) &&
           is_worth_it(old, new, b);
}

int scroll_region_find(const struct grid *old, const struct grid *new,
                       struct scroll_region *found)
{
    int count = 0;
    int left = 0;

    for (int c = 0; c <= new->columns &&count < BANDS_MAX; c++) {
        struct scroll_region b = {.left = left, .right = c};

        if (c < new->columns && !(is_rule(old, c) && is_rule(new, c)))
            continue;
        left = c + 1;
        if (b.right - b.left < 2 || b.right - b.left == new->columns)
            continue;
        if (find_in(old, new, &b))
            found[count++] = b;
    }
    return count;
}

void scroll_region_append(const struct scroll_region *b, struct buffer *out)
{
    /* Attributes off, so that new rows have the terminal's own background. */
    buffer_append_format(out, "\0337\033[m\033[?69h\033[%d;%dr\033[%d;%ds", b->top + 1,
                         b->bottom, b->left + 1, b->right);
    if (b->up > 0)
        buffer_append_format(out, "\033[%dS", b->up);
    else
        buffer_append_format(out, "\033[%dT", -b->up);
    buffer_append_string(out, "\033[?69l\033[r\0338");
}

void scroll_region_scroll(const struct scroll_region *b, struct grid *g)
{
    size_t columns = (size_t)(b->right - b->left);
    int rows = b->bottom - b->top;

    for (int i = 0; i < rows; i++) {
        int to = b->up > 0 ? b->top + i : b->bottom - 1 - i;
        int from = to + b->up;
        struct cell *cells = grid_cell(g, to, b->left);

        if (from >= b->top && from < b->bottom)
            memcpy(cells, grid_cell(g, from, b->left), columns * sizeof *cells);
        else
            memset(cells, 0, columns * sizeof *cells);
    }
}
