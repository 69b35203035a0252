/* Work queue. The mutex guards everything from `jobs` on. */
#include "shilu/base/work_queue.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "shilu/base/civil_time.h"
#include "shilu/base/memory.h"

enum { MAX_THREADS = 16, WORK_NICE = 5 };

struct work {
    void *job;
    bool done;
};

struct work_queue {
    const struct work_kind *kind;
    const void *context;
    pthread_t threads[MAX_THREADS];
    size_t thread_count;
    bool started;
    atomic_bool stop;
    pthread_mutex_t mutex;
    pthread_cond_t wanted; /* there is more to do */
    pthread_cond_t found;  /* something was done */
    struct work *jobs;     /* owned */
    size_t count;
    size_t capacity;
    size_t next;
    size_t collected;
};

struct work_queue *work_queue_new(const struct work_kind *kind, const void *context)
{
    struct work_queue *q = memory_zalloc(1, sizeof *q);
    pthread_condattr_t attributes;

    q->kind = kind;
    q->context = context;
    pthread_mutex_init(&q->mutex, NULL);
    pthread_cond_init(&q->wanted, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&q->found, &attributes);
    pthread_condattr_destroy(&attributes);
    return q;
}

/* The number of the next job; false if there is none and never will be. */
static bool take_job(struct work_queue *q, bool may_wait, size_t *number, void **job)
{
    bool taken;

    pthread_mutex_lock(&q->mutex);
    while (may_wait && !atomic_load(&q->stop) &&
           (q->next == q->count || q->next >= q->collected + WORK_AHEAD))
        pthread_cond_wait(&q->wanted, &q->mutex);
    taken = !atomic_load(&q->stop) && q->next < q->count;
    if (taken) {
        *number = q->next++;
        *job = q->jobs[*number].job;
    }
    pthread_mutex_unlock(&q->mutex);
    return taken;
}

static bool work_once(struct work_queue *q, void *tool, bool may_wait)
{
    size_t number;
    void *job;

    if (!take_job(q, may_wait, &number, &job))
        return false;
    q->kind->run(q->context, tool, job, &q->stop);
    pthread_mutex_lock(&q->mutex);
    q->jobs[number].done = true;
    if (number == q->collected) /* only that one is waited for */
        pthread_cond_signal(&q->found);
    pthread_mutex_unlock(&q->mutex);
    return true;
}

static void *start_tool(struct work_queue *q)
{
    return q->kind->start != NULL ? q->kind->start(q->context) : NULL;
}

static void end_tool(struct work_queue *q, void *tool)
{
    if (q->kind->end != NULL)
        q->kind->end(tool);
}

/* Keys come first: the thread that handles them needs little time, but at once. */
static void step_back(void)
{
#ifdef __linux__
    /* On Linux this affects only this thread. It may fail without harm. */
    if (nice(WORK_NICE) == -1)
        errno = 0;
#endif
}

static void *work(void *context)
{
    struct work_queue *q = context;
    void *tool = start_tool(q);

    if (!q->kind->is_eager)
        step_back();
    while (work_once(q, tool, true))
        continue;
    end_tool(q, tool);
    return NULL;
}

static void start_threads(struct work_queue *q)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    size_t most = cores < 1 ? 1 : cores < MAX_THREADS ? (size_t)cores : MAX_THREADS;

    if (q->kind->threads > 0 && q->kind->threads < most)
        most = q->kind->threads;
    q->started = true;
    while (q->thread_count < most &&
           pthread_create(&q->threads[q->thread_count], NULL, work, q) == 0)
        q->thread_count++;
}

void work_queue_add(struct work_queue *q, void *take)
{
    pthread_mutex_lock(&q->mutex);
    MEMORY_RESERVE(q->jobs, q->capacity, q->count + 1);
    q->jobs[q->count++] = (struct work){.job = take};
    pthread_cond_signal(&q->wanted);
    pthread_mutex_unlock(&q->mutex);
    if (!q->started)
        start_threads(q);
}

/* No worker thread: run the job here. */
static void work_alone(struct work_queue *q)
{
    void *tool = start_tool(q);

    work_once(q, tool, false);
    end_tool(q, tool);
}

void *work_queue_collect(struct work_queue *q, int64_t wait_ms)
{
    int64_t end_ms = clock_monotonic_ms() + wait_ms;
    const struct timespec end = {.tv_sec = end_ms / 1000, .tv_nsec = end_ms % 1000 * 1000000};
    void *job = NULL;

    if (q->started && q->thread_count == 0)
        work_alone(q);
    pthread_mutex_lock(&q->mutex);
    while (wait_ms > 0 && q->collected < q->count && !q->jobs[q->collected].done &&
           pthread_cond_timedwait(&q->found, &q->mutex, &end) == 0)
        continue;
    if (q->collected < q->count && q->jobs[q->collected].done) {
        job = q->jobs[q->collected++].job;
        pthread_cond_signal(&q->wanted);
    }
    pthread_mutex_unlock(&q->mutex);
    return job;
}

void work_queue_stop(struct work_queue *q)
{
    pthread_mutex_lock(&q->mutex);
    atomic_store(&q->stop, true);
    pthread_cond_broadcast(&q->wanted);
    pthread_mutex_unlock(&q->mutex);
}

void work_queue_free(struct work_queue *q)
{
    size_t i;

    work_queue_stop(q);
    for (i = 0; i < q->thread_count; i++)
        pthread_join(q->threads[i], NULL);
    for (i = q->collected; i < q->count; i++)
        q->kind->drop(q->jobs[i].job);
    free(q->jobs);
    pthread_cond_destroy(&q->wanted);
    pthread_cond_destroy(&q->found);
    pthread_mutex_destroy(&q->mutex);
    free(q);
}
