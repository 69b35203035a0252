/* Heapsort: in place, without the worst case of quicksort. */
#include <string.h>

#include "compat.h"

struct heap {
    char *items;
    size_t size;
    int (*compare)(const void *a, const void *b, void *context);
    void *context;
};

static void swap(const struct heap *h, size_t a, size_t b)
{
    char *x = h->items + a * h->size;
    char *y = h->items + b * h->size;

    for (size_t i = 0; i < h->size; i++) {
        char kept = x[i];

        x[i] = y[i];
        y[i] = kept;
    }
}

static int compare(const struct heap *h, size_t a, size_t b)
{
    return h->compare(h->items + a * h->size, h->items + b * h->size, h->context);
}

/* Let the item at `root` sink among the first `count`. */
static void sink(const struct heap *h, size_t root, size_t count)
{
    for (;;) {
        size_t child = 2 * root + 1;

        if (child >= count)
            return;
        if (child + 1 < count && compare(h, child, child + 1) < 0)
            child++;
        if (compare(h, root, child) >= 0)
            return;
        swap(h, root, child);
        root = child;
    }
}

void compat_qsort_r(void *items, size_t count, size_t size,
                    int (*compare_items)(const void *a, const void *b, void *context),
                    void *context)
{
    const struct heap h = {items, size, compare_items, context};

    for (size_t i = count / 2; i-- > 0;)
        sink(&h, i, count);
    for (size_t i = count; i-- > 1;) {
        swap(&h, 0, i);
        sink(&h, 0, i);
    }
}
