/* Edit script: against a table of longest common rows, on rows made at random. */
#include "shilu/analysis/edit_script.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shilu/base/memory.h"

enum { MAX = 60 };

static size_t longest_common(const uint64_t *a, size_t a_count, const uint64_t *b,
                             size_t b_count)
{
    size_t best[MAX + 1][MAX + 1] = {{0}};
    size_t i;
    size_t k;

    for (i = 1; i <= a_count; i++) {
        for (k = 1; k <= b_count; k++) {
            if (a[i - 1] == b[k - 1])
                best[i][k] = best[i - 1][k - 1] + 1;
            else
                best[i][k] = best[i - 1][k] > best[i][k - 1] ? best[i - 1][k] : best[i][k - 1];
        }
    }
    return best[a_count][b_count];
}

/* What is kept of both is the same; returns how much that is. */
static size_t kept(const uint64_t *a, size_t a_count, const uint64_t *b, size_t b_count)
{
    uint8_t *a_changed = memory_zalloc(a_count + 1, 1);
    uint8_t *b_changed = memory_zalloc(b_count + 1, 1);
    size_t count = 0;
    size_t i = 0;
    size_t k = 0;

    edit_script_make(a, a_count, b, b_count, a_changed, b_changed);
    for (;;) {
        while (i < a_count && a_changed[i])
            i++;
        while (k < b_count && b_changed[k])
            k++;
        if (i == a_count || k == b_count)
            break;
        assert_int_equal(a[i], b[k]);
        i++;
        k++;
        count++;
    }
    assert_int_equal(i, a_count);
    assert_int_equal(k, b_count);
    free(a_changed);
    free(b_changed);
    return count;
}

static void edit_script__is_the_shortest_one(void **state)
{
    unsigned round;
    size_t i;

    (void)state;
    srand(7);
    for (round = 0; round < 3000; round++) {
        uint64_t a[MAX];
        uint64_t b[MAX];
        size_t a_count = (size_t)rand() % MAX;
        size_t b_count = (size_t)rand() % MAX;
        unsigned values = 1 + (unsigned)rand() % 12;

        for (i = 0; i < a_count; i++)
            a[i] = (unsigned)rand() % values;
        for (i = 0; i < b_count; i++)
            b[i] = (unsigned)rand() % values;
        assert_int_equal(kept(a, a_count, b, b_count), longest_common(a, a_count, b, b_count));
    }
}

static void edit_script__of_long_rows_that_share_little_still_agrees(void **state)
{
    enum { LONG = 60000 };
    uint64_t *a = memory_alloc(LONG * sizeof *a);
    uint64_t *b = memory_alloc(LONG * sizeof *b);
    size_t i;

    (void)state;
    srand(9);
    for (i = 0; i < LONG; i++) {
        a[i] = (uint64_t)rand() % 200;
        b[i] = (uint64_t)rand() % 200;
    }
    assert_true(kept(a, LONG, b, LONG) > LONG / 20);
    free(a);
    free(b);
}

static void edit_script__of_nothing_is_empty(void **state)
{
    const uint64_t a[] = {1, 2, 3};

    (void)state;
    assert_int_equal(kept(a, 0, a, 0), 0);
    assert_int_equal(kept(a, 3, a, 0), 0);
    assert_int_equal(kept(a, 0, a, 3), 0);
    assert_int_equal(kept(a, 3, a, 3), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edit_script__is_the_shortest_one),
        cmocka_unit_test(edit_script__of_long_rows_that_share_little_still_agrees),
        cmocka_unit_test(edit_script__of_nothing_is_empty),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
