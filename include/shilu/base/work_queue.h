/* Work queue: jobs run by as many threads as there are cores, and collected in the order in
 * which they were added. The queue owns a job from its addition until its collection; no job
 * starts more than WORK_AHEAD jobs ahead of the next one to collect. */
#ifndef SHILU_BASE_WORK_QUEUE_H
#define SHILU_BASE_WORK_QUEUE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WORK_AHEAD = 256 };

struct work_kind {
    void *(*start)(const void *context); /* the working state of one thread; NULL for none */
    void (*end)(void *tool);
    /* Must return soon once *stop is true. */
    void (*run)(const void *context, void *tool, void *job, const atomic_bool *stop);
    void (*drop)(void *job); /* frees a job that was never collected */
    unsigned threads;        /* at most; 0: as many as there are cores */
    bool is_eager;           /* its threads do not yield to the thread that handles keys */
};

struct work_queue;

/* Both must outlive it. Threads start with the first job. */
struct work_queue *work_queue_new(const struct work_kind *kind, const void *context);
/* Waits for the running jobs, which are asked to stop. */
void work_queue_free(struct work_queue *q);

void work_queue_add(struct work_queue *q, void *take);
/* The next job, once it is done; NULL if that takes longer than `wait_ms`. */
void *work_queue_collect(struct work_queue *q, int64_t wait_ms);
/* Start no more jobs, and ask the running ones to stop. */
void work_queue_stop(struct work_queue *q);

#endif
