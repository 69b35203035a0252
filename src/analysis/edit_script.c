/* Edit script. Elements that do not occur in the other sequence are set aside first, since they
 * can only be changes. The rest is a box of two sequences, which is split where a shortest path
 * from its start meets one from its end.
 *
 * Names are the paper's: a path is on diagonal k = x - y; `forward[k]` is how far along `a` a
 * path with so many changes reaches from the start of the box, `backward[k]` the same from its
 * end. */
#include "shilu/analysis/edit_script.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"

enum { COST_MIN = 256, COST_MAX = 1024 };

struct script {
    const uint64_t *a, *b;
    uint8_t *a_changed, *b_changed;
    ptrdiff_t *forward, *backward; /* [-b_count - 1, a_count + 1] */
    ptrdiff_t max_cost;
};

/* The elements [a, a + width) of `a` and [b, b + height) of `b`. */
struct box {
    ptrdiff_t a, b;
    ptrdiff_t width, height;
};

struct point {
    ptrdiff_t x, y; /* from the start of the box */
};

/* For a diagonal where no path of this cost ends. */
enum { NOWHERE = -2 };

/* One more change, from the better neighbour. */
static ptrdiff_t step(const ptrdiff_t *reach, const struct box *box, ptrdiff_t k,
                      ptrdiff_t cost)
{
    if (cost == 0)
        return 0;
    if (k == -cost || k == -box->height)
        return reach[k + 1];
    if (k == cost || k == box->width)
        return reach[k - 1] + 1;
    return reach[k - 1] < reach[k + 1] ? reach[k + 1] : reach[k - 1] + 1;
}

static bool is_inside(const struct box *box, ptrdiff_t x, ptrdiff_t y)
{
    return x >= 0 && y >= 0 && x <= box->width && y <= box->height;
}

static bool reach_forward(struct script *s, const struct box *box, ptrdiff_t k, ptrdiff_t cost)
{
    ptrdiff_t x = step(s->forward, box, k, cost);
    ptrdiff_t y = x - k;

    s->forward[k] = NOWHERE;
    if (!is_inside(box, x, y))
        return false;
    while (x < box->width && y < box->height && s->a[box->a + x] == s->b[box->b + y]) {
        x++;
        y++;
    }
    s->forward[k] = x;
    return true;
}

/* The same from the end; x and y count from there. */
static bool reach_backward(struct script *s, const struct box *box, ptrdiff_t k, ptrdiff_t cost)
{
    ptrdiff_t x = step(s->backward, box, k, cost);
    ptrdiff_t y = x - k;

    s->backward[k] = NOWHERE;
    if (!is_inside(box, x, y))
        return false;
    while (x < box->width && y < box->height &&
           s->a[box->a + box->width - 1 - x] == s->b[box->b + box->height - 1 - y]) {
        x++;
        y++;
    }
    s->backward[k] = x;
    return true;
}

static ptrdiff_t lowest(const struct box *box, ptrdiff_t cost)
{
    return cost <= box->height ? -cost : -box->height + ((cost - box->height) & 1);
}

static ptrdiff_t highest(const struct box *box, ptrdiff_t cost)
{
    return cost <= box->width ? cost : box->width - ((cost - box->width) & 1);
}

/* The furthest path so far, if searching further would cost too much. */
static struct point furthest(const struct script *s, const struct box *box, ptrdiff_t cost)
{
    struct point best = {0, 0};
    ptrdiff_t k;

    for (k = lowest(box, cost); k <= highest(box, cost); k += 2) {
        struct point at = {s->forward[k], s->forward[k] - k};

        if (is_inside(box, at.x, at.y) && at.x + at.y > best.x + best.y)
            best = at;
    }
    return best;
}

static struct point find_middle(struct script *s, const struct box *box)
{
    ptrdiff_t delta = box->width - box->height;
    bool odd = (delta & 1) != 0;
    ptrdiff_t cost;

    for (cost = 0;; cost++) {
        ptrdiff_t k;

        for (k = lowest(box, cost); k <= highest(box, cost); k += 2) {
            ptrdiff_t other = delta - k;

            if (!reach_forward(s, box, k, cost) || !odd || other < -(cost - 1) ||
                other > cost - 1)
                continue;
            if (s->forward[k] + s->backward[other] >= box->width)
                return (struct point){s->forward[k], s->forward[k] - k};
        }
        for (k = lowest(box, cost); k <= highest(box, cost); k += 2) {
            ptrdiff_t other = delta - k;

            if (!reach_backward(s, box, k, cost) || odd || other < -cost || other > cost)
                continue;
            if (s->backward[k] + s->forward[other] >= box->width)
                return (struct point){box->width - s->backward[k],
                                      box->height - (s->backward[k] - k)};
        }
        if (cost >= s->max_cost)
            return furthest(s, box, cost);
    }
}

static void mark(uint8_t *changed, ptrdiff_t start, ptrdiff_t count)
{
    if (count > 0)
        memset(changed + start, 1, (size_t)count);
}

static void trim(const struct script *s, struct box *box)
{
    while (box->width > 0 && box->height > 0 && s->a[box->a] == s->b[box->b]) {
        box->a++;
        box->b++;
        box->width--;
        box->height--;
    }
    while (box->width > 0 && box->height > 0 &&
           s->a[box->a + box->width - 1] == s->b[box->b + box->height - 1]) {
        box->width--;
        box->height--;
    }
}

static void compare(struct script *s, struct box box)
{
    for (;;) {
        struct point m;

        trim(s, &box);
        if (box.width == 0 || box.height == 0) {
            mark(s->a_changed, box.a, box.width);
            mark(s->b_changed, box.b, box.height);
            return;
        }
        m = find_middle(s, &box);
        compare(s, (struct box){box.a, box.b, m.x, m.y});
        box = (struct box){box.a + m.x, box.b + m.y, box.width - m.x, box.height - m.y};
    }
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a;
    uint64_t y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

static uint64_t *sorted(const uint64_t *values, size_t count)
{
    uint64_t *copy = memory_alloc((count + 1) * sizeof *copy);

    if (count > 0)
        memcpy(copy, values, count * sizeof *copy);
    qsort(copy, count, sizeof *copy, by_value);
    return copy;
}

/* The elements that also occur in the other sequence, with their positions. */
struct shared {
    uint64_t *values;
    size_t *places;
    size_t count;
};

static struct shared shared_with(const uint64_t *values, size_t count, const uint64_t *other,
                                 size_t other_count, uint8_t *changed)
{
    struct shared found = {memory_alloc((count + 1) * sizeof *found.values),
                           memory_alloc((count + 1) * sizeof *found.places), 0};
    size_t i;

    for (i = 0; i < count; i++) {
        changed[i] = bsearch(&values[i], other, other_count, sizeof *other, by_value) == NULL;
        if (changed[i])
            continue;
        found.values[found.count] = values[i];
        found.places[found.count++] = i;
    }
    return found;
}

static ptrdiff_t cost_bound(size_t count)
{
    ptrdiff_t bound = COST_MIN;

    while (bound * bound < (ptrdiff_t)count * 16 && bound < COST_MAX)
        bound *= 2;
    return bound;
}

static void compare_shared(const struct shared *a, const struct shared *b, uint8_t *a_changed,
                           uint8_t *b_changed)
{
    size_t diagonals = a->count + b->count + 3;
    ptrdiff_t *rows = memory_alloc(2 * diagonals * sizeof *rows);
    struct script s = {.a = a->values,
                       .b = b->values,
                       .a_changed = memory_zalloc(a->count + 1, 1),
                       .b_changed = memory_zalloc(b->count + 1, 1),
                       .forward = rows + b->count + 1,
                       .backward = rows + diagonals + b->count + 1,
                       .max_cost = cost_bound(a->count + b->count)};
    size_t i;

    compare(&s, (struct box){0, 0, (ptrdiff_t)a->count, (ptrdiff_t)b->count});
    for (i = 0; i < a->count; i++)
        a_changed[a->places[i]] = s.a_changed[i];
    for (i = 0; i < b->count; i++)
        b_changed[b->places[i]] = s.b_changed[i];
    free(s.a_changed);
    free(s.b_changed);
    free(rows);
}

void edit_script_make(const uint64_t *a, size_t a_count, const uint64_t *b, size_t b_count,
                      uint8_t *a_changed, uint8_t *b_changed)
{
    uint64_t *a_sorted = sorted(a, a_count);
    uint64_t *b_sorted = sorted(b, b_count);
    struct shared of_a = shared_with(a, a_count, b_sorted, b_count, a_changed);
    struct shared of_b = shared_with(b, b_count, a_sorted, a_count, b_changed);

    compare_shared(&of_a, &of_b, a_changed, b_changed);
    free(a_sorted);
    free(b_sorted);
    free(of_a.values);
    free(of_a.places);
    free(of_b.values);
    free(of_b.places);
}
