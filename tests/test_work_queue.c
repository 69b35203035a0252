/* The work queue: jobs are done once each, and come back in their order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "shilu/base/memory.h"
#include "shilu/base/work_queue.h"

enum { JOBS = 3000, LONG_MS = 60000 };

struct job {
    int number;
    int answer;
};

/* What all threads share. */
struct counts {
    atomic_int tools;
    atomic_int runs;
    atomic_int drops;
};

static struct counts counts;

static void *start(const void *context)
{
    assert_ptr_equal(context, &counts);
    atomic_fetch_add(&counts.tools, 1);
    return memory_zalloc(1, 1);
}

static void end(void *tool)
{
    free(tool);
    atomic_fetch_sub(&counts.tools, 1);
}

/* Some take longer than those after them. */
static void run(const void *context, void *tool, void *job, const atomic_bool *stop)
{
    struct job *j = job;

    (void)context;
    for (int i = 0; i < j->number % 7 * 1000 && !atomic_load(stop); i++)
        ++*(volatile char *)tool;
    j->answer = j->number * 2;
    atomic_fetch_add(&counts.runs, 1);
}

static void drop(void *job)
{
    free(job);
    atomic_fetch_add(&counts.drops, 1);
}

static const struct work_kind kind = {start, end, run, drop};

static struct work_queue *queue_of(int jobs)
{
    struct work_queue *q = work_queue_new(&kind, &counts);

    atomic_store(&counts.runs, 0);
    atomic_store(&counts.drops, 0);
    for (int i = 0; i < jobs; i++) {
        struct job *j = memory_zalloc(1, sizeof *j);

        j->number = i;
        work_queue_add(q, j);
    }
    return q;
}

static void work_queue__many_jobs__come_back_in_order(void **state)
{
    struct work_queue *q = queue_of(JOBS);

    (void)state;
    for (int i = 0; i < JOBS; i++) {
        struct job *j = work_queue_collect(q, LONG_MS);

        assert_non_null(j);
        assert_int_equal(j->number, i);
        assert_int_equal(j->answer, i * 2);
        free(j);
    }
    assert_null(work_queue_collect(q, 0));
    work_queue_free(q);
    assert_int_equal(atomic_load(&counts.runs), JOBS);
    assert_int_equal(atomic_load(&counts.drops), 0);
    assert_int_equal(atomic_load(&counts.tools), 0);
}

static void work_queue__nothing_collected__runs_no_further_ahead(void **state)
{
    struct work_queue *q = queue_of(JOBS);
    int collected = 0;
    struct job *j;

    (void)state;
    while (collected < 10 && (j = work_queue_collect(q, LONG_MS)) != NULL) {
        free(j);
        collected++;
    }
    work_queue_free(q);
    assert_in_range(atomic_load(&counts.runs), collected, collected + WORK_AHEAD);
    assert_int_equal(atomic_load(&counts.drops), JOBS - collected);
    assert_int_equal(atomic_load(&counts.tools), 0);
}

static void work_queue__stopped__begins_no_more(void **state)
{
    struct work_queue *q = queue_of(10);
    int runs;

    (void)state;
    free(work_queue_collect(q, LONG_MS));
    work_queue_stop(q);
    for (int i = 0; i < 10; i++)
        free(work_queue_collect(q, 0));
    work_queue_free(q);
    runs = atomic_load(&counts.runs);
    assert_in_range(runs, 1, 10);
    q = work_queue_new(&kind, &counts);
    work_queue_free(q); /* without a job no thread is started */
    assert_int_equal(atomic_load(&counts.runs), runs);
    assert_int_equal(atomic_load(&counts.tools), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(work_queue__many_jobs__come_back_in_order),
        cmocka_unit_test(work_queue__nothing_collected__runs_no_further_ahead),
        cmocka_unit_test(work_queue__stopped__begins_no_more),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
