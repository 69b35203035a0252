/* Searching a library: threads take its files in order, and what they find is collected in that
 * order. None is taken that is more than AHEAD past the one to be collected next.
 *
 * All from `jobs` to `stopping` is guarded by the mutex; the rest belongs to the thread that
 * made the search. */
#include "shilu/app/library_search.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "library_search_private.h"
#include "shilu/base/memory.h"

enum { THREADS_MOST = 16, AHEAD = 256 };

struct job {
    char *path; /* owned */
    size_t entry;
    struct library_found found;
    bool done;
};

struct library_search {
    const struct library *library;
    const struct options *options;
    char *query;              /* owned */
    struct library_row *rows; /* owned */
    size_t row_count;
    size_t row_capacity;
    struct library_search_state state;
    pthread_t threads[THREADS_MOST];
    size_t thread_count;
    atomic_bool stop; /* for who is in the middle of a file */
    pthread_mutex_t mutex;
    pthread_cond_t wanted; /* there is more to do */
    pthread_cond_t found;  /* something was done */
    struct job **jobs;     /* owned */
    size_t count;
    size_t capacity;
    size_t next;
    size_t collected;
    bool stopping;
};

/* The next job; NULL where there is none, and none will be. */
static struct job *take_job(struct library_search *s, bool may_wait)
{
    struct job *job = NULL;

    pthread_mutex_lock(&s->mutex);
    while (may_wait && !s->stopping && (s->next == s->count || s->next >= s->collected + AHEAD))
        pthread_cond_wait(&s->wanted, &s->mutex);
    if (!s->stopping && s->next < s->count)
        job = s->jobs[s->next++];
    pthread_mutex_unlock(&s->mutex);
    return job;
}

static bool work_once(struct library_search *s, const struct library_finder *f, bool may_wait)
{
    struct job *job = take_job(s, may_wait);
    struct library_found found;

    if (job == NULL)
        return false;
    library_search_file(f, job->path, job->entry, &found);
    pthread_mutex_lock(&s->mutex);
    job->found = found;
    job->done = true;
    pthread_cond_signal(&s->found);
    pthread_mutex_unlock(&s->mutex);
    return true;
}

/* The query was tried before. */
static struct library_finder finder_of(const struct library_search *s)
{
    struct error ignored;

    return (struct library_finder){
        .options = s->options,
        .query = s->query,
        .search = search_new(matcher_new(s->query, strlen(s->query), 0, &ignored)),
        .stop = &s->stop};
}

static void *work(void *context)
{
    struct library_search *s = context;
    struct library_finder f = finder_of(s);

    while (work_once(s, &f, true))
        continue;
    search_free(f.search);
    return NULL;
}

static void start_threads(struct library_search *s)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    size_t most = cores < 1 ? 1 : cores < THREADS_MOST ? (size_t)cores : THREADS_MOST;
    pthread_condattr_t attributes;

    pthread_mutex_init(&s->mutex, NULL);
    pthread_cond_init(&s->wanted, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&s->found, &attributes);
    pthread_condattr_destroy(&attributes);
    while (s->thread_count < most &&
           pthread_create(&s->threads[s->thread_count], NULL, work, s) == 0)
        s->thread_count++;
}

struct library_search *library_search_new(const struct library *l,
                                          const struct options *options, const char *query,
                                          struct error *err)
{
    struct matcher *matcher = matcher_new(query, strlen(query), 0, err);
    struct library_search *s;

    if (matcher == NULL)
        return NULL;
    matcher_free(matcher);
    s = memory_zalloc(1, sizeof *s);
    s->library = l;
    s->options = options;
    s->query = memory_strdup(query);
    s->state.done = true;
    start_threads(s);
    return s;
}

void library_search_add(struct library_search *s, size_t entry)
{
    struct job *job = memory_zalloc(1, sizeof *job);

    job->path = memory_strdup(library_entry(s->library, entry)->path);
    job->entry = entry;
    pthread_mutex_lock(&s->mutex);
    MEMORY_RESERVE(s->jobs, s->capacity, s->count + 1);
    s->jobs[s->count++] = job;
    s->state.files++;
    s->state.done = s->state.is_cut;
    pthread_cond_signal(&s->wanted);
    pthread_mutex_unlock(&s->mutex);
}

void library_search_free(struct library_search *s)
{
    size_t i;

    if (s == NULL)
        return;
    atomic_store(&s->stop, true);
    pthread_mutex_lock(&s->mutex);
    s->stopping = true;
    pthread_cond_broadcast(&s->wanted);
    pthread_mutex_unlock(&s->mutex);
    for (i = 0; i < s->thread_count; i++)
        pthread_join(s->threads[i], NULL);
    for (i = 0; i < s->count; i++) {
        library_search_release_rows(s->jobs[i]->found.rows, s->jobs[i]->found.row_count);
        free(s->jobs[i]->path);
        free(s->jobs[i]);
    }
    free(s->jobs);
    library_search_release_rows(s->rows, s->row_count);
    pthread_cond_destroy(&s->wanted);
    pthread_cond_destroy(&s->found);
    pthread_mutex_destroy(&s->mutex);
    free(s->query);
    free(s);
}

/* Take over what was found, with the mutex. */
static void collect(struct library_search *s, struct job *job)
{
    struct library_found *found = &job->found;

    if (found->row_count > 0) {
        MEMORY_RESERVE(s->rows, s->row_capacity, s->row_count + found->row_count);
        memcpy(s->rows + s->row_count, found->rows, found->row_count * sizeof *s->rows);
        s->row_count += found->row_count;
    }
    s->state.hits += found->hits;
    s->state.with_hits += found->hits > 0;
    s->state.unreadable += found->unreadable;
    s->state.is_cut = s->row_count >= LIBRARY_ROWS_MAX;
    free(found->rows);
    *found = (struct library_found){.rows = NULL};
    s->collected++;
}

static void collect_done(struct library_search *s)
{
    size_t before = s->collected;

    while (s->collected < s->count && s->jobs[s->collected]->done && !s->state.is_cut)
        collect(s, s->jobs[s->collected]);
    if (s->collected != before)
        pthread_cond_broadcast(&s->wanted);
    s->state.searched = s->collected;
    s->state.done = s->collected == s->count || s->state.is_cut;
    if (s->state.is_cut) {
        s->stopping = true;
        atomic_store(&s->stop, true);
        pthread_cond_broadcast(&s->wanted);
    }
}

/* Without threads there is only one's own. */
static void search_alone(struct library_search *s)
{
    struct library_finder f = finder_of(s);

    work_once(s, &f, false);
    search_free(f.search);
}

bool library_search_step(struct library_search *s, int64_t budget_ms)
{
    int64_t end_ms = clock_monotonic_ms() + budget_ms;
    const struct timespec end = {.tv_sec = end_ms / 1000, .tv_nsec = end_ms % 1000 * 1000000};

    if (s->state.done)
        return false;
    if (s->thread_count == 0)
        search_alone(s);
    pthread_mutex_lock(&s->mutex);
    collect_done(s);
    while (!s->state.done && s->thread_count > 0 &&
           pthread_cond_timedwait(&s->found, &s->mutex, &end) == 0)
        collect_done(s);
    collect_done(s);
    pthread_mutex_unlock(&s->mutex);
    return !s->state.done;
}

size_t library_search_rows(const struct library_search *s)
{
    return s->row_count;
}

const struct library_row *library_search_row(const struct library_search *s, size_t row)
{
    return &s->rows[row];
}

const char *library_search_query(const struct library_search *s)
{
    return s->query;
}

struct library_search_state library_search_state(const struct library_search *s)
{
    return s->state;
}
