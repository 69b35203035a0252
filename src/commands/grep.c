/* grep: segments in files and folders, searched by as many threads as there are cores and
 * printed in order.
 *
 * Jobs are taken in order, and none is taken that is more than AHEAD past the one to be
 * printed next, so what waits to be printed stays bounded. `next`, `printed` and the `done` of
 * each job are guarded by the mutex; the hits of a job belong to its thread until it is done,
 * then to the main thread. */
#include "shilu/commands/command.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "commands/grep_file.h"
#include "shilu/base/dir_walk.h"
#include "shilu/base/memory.h"
#include "shilu/cli/output.h"
#include "shilu/cli/progress.h"
#include "shilu/cli/report.h"

enum { MAX_THREADS = 16, MAX_BATCH = 16, AHEAD = 256, DEFAULT_COLUMNS = 80 };

struct job {
    struct grep_hits hits;
    bool done;
};

struct search_pool {
    const struct grep_file_query *query;
    const struct dir_walk *walk;
    struct job *jobs; /* owned, one a file */
    size_t next;
    size_t printed;
    size_t batch;
    size_t waiting; /* threads that wait for more to be printed */
    bool stop;      /* nobody reads what is printed */
    pthread_mutex_t mutex;
    pthread_cond_t changed;
};

/* The next few jobs, [*first, *end): few enough that no thread is left without. */
static bool take_jobs(struct search_pool *pool, size_t *first, size_t *end)
{
    bool taken;

    pthread_mutex_lock(&pool->mutex);
    while (!pool->stop && pool->next < pool->walk->count &&
           pool->next >= pool->printed + AHEAD) {
        pool->waiting++;
        pthread_cond_wait(&pool->changed, &pool->mutex);
        pool->waiting--;
    }
    taken = !pool->stop && pool->next < pool->walk->count;
    *first = pool->next;
    if (taken)
        pool->next += pool->batch < pool->walk->count - pool->next
                          ? pool->batch
                          : pool->walk->count - pool->next;
    *end = pool->next;
    pthread_mutex_unlock(&pool->mutex);
    return taken;
}

static void finish_jobs(struct search_pool *pool, size_t first, size_t end)
{
    pthread_mutex_lock(&pool->mutex);
    for (size_t job = first; job < end; job++)
        pool->jobs[job].done = true;
    if (first <= pool->printed && pool->printed < end) /* only that one is waited for */
        pthread_cond_broadcast(&pool->changed);
    pthread_mutex_unlock(&pool->mutex);
}

static void *work(void *context)
{
    struct search_pool *pool = context;
    struct error err;
    struct matcher *matcher = grep_file_matcher(pool->query->options, &err); /* tried before */
    struct width *width = ansi_style_width(pool->query->options);
    size_t first, end;

    while (take_jobs(pool, &first, &end)) {
        for (size_t job = first; job < end; job++) {
            const struct dir_walk_file *file = &pool->walk->files[job];

            grep_file_find(&pool->jobs[job].hits, pool->query, matcher, width, file->path,
                           file->named);
        }
        finish_jobs(pool, first, end);
    }
    width_free(width);
    matcher_free(matcher);
    return NULL;
}

static void wait_for(struct search_pool *pool, size_t job)
{
    pthread_mutex_lock(&pool->mutex);
    while (!pool->jobs[job].done)
        pthread_cond_wait(&pool->changed, &pool->mutex);
    pthread_mutex_unlock(&pool->mutex);
}

static void mark_printed(struct search_pool *pool, size_t job, bool stop)
{
    pthread_mutex_lock(&pool->mutex);
    pool->printed = job + 1;
    pool->stop = stop;
    if (pool->waiting > 0)
        pthread_cond_broadcast(&pool->changed);
    pthread_mutex_unlock(&pool->mutex);
}

/* Print each job as soon as it and all before it are done. */
static int print_in_order(struct search_pool *pool)
{
    size_t found = 0;
    bool trouble = pool->walk->failure_count > 0;
    size_t i;

    for (i = 0; i < pool->walk->count && !pool->stop; i++) {
        struct grep_hits *hits = &pool->jobs[i].hits;

        wait_for(pool, i);
        found += hits->count;
        trouble = trouble || hits->trouble;
        if (hits->out.bytes > 0) {
            progress_quietly();
            if (pool->query->options->context > 0 && found > hits->count)
                fputs("--\n", stdout);
            fwrite(hits->out.data, 1, hits->out.bytes, stdout);
        }
        report_flush(&hits->errors);
        grep_file_release(hits);
        mark_printed(pool, i, ferror(stdout) != 0);
        progress_files(i + 1, pool->walk->count);
    }
    progress_quietly();
    return trouble ? EXIT_TROUBLE : found > 0 ? EXIT_DONE : EXIT_NOTHING;
}

static size_t threads_for(size_t files)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    size_t threads = cores < 1 ? 1 : (size_t)cores;

    if (threads > MAX_THREADS)
        threads = MAX_THREADS;
    return threads < files ? threads : files;
}

static size_t batch_for(size_t files, size_t threads)
{
    size_t batch = threads > 0 ? files / threads / 8 : 1;

    return batch < 1 ? 1 : batch < MAX_BATCH ? batch : MAX_BATCH;
}

static int search_files(const struct grep_file_query *query, const struct dir_walk *walk)
{
    struct search_pool pool = {
        .query = query,
        .walk = walk,
        .jobs = memory_zalloc(walk->count, sizeof *pool.jobs),
        .mutex = PTHREAD_MUTEX_INITIALIZER,
        .changed = PTHREAD_COND_INITIALIZER,
    };
    pthread_t threads[MAX_THREADS];
    size_t wanted = threads_for(walk->count);
    size_t started = 0;
    size_t i;
    int status;

    pool.batch = batch_for(walk->count, wanted);
    while (started < wanted && pthread_create(&threads[started], NULL, work, &pool) == 0)
        started++;
    if (started == 0 && wanted > 0) {
        struct error err;

        error_set(&err, ERROR_SYSTEM, "cannot start a thread");
        report_now(NULL, &err);
        free(pool.jobs);
        return EXIT_TROUBLE;
    }
    status = print_in_order(&pool);
    for (i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    for (i = 0; i < walk->count; i++)
        grep_file_release(&pool.jobs[i].hits);
    free(pool.jobs);
    return status;
}

static void report_failures(const struct dir_walk *walk)
{
    struct error err;
    size_t i;

    for (i = 0; i < walk->failure_count; i++) {
        error_set(&err, ERROR_SYSTEM, "%s", strerror(walk->failures[i].errnum));
        report_now(walk->failures[i].path, &err);
    }
}

/* Without a path: what is piped or sent in, else the current folder. */
static void collect(struct dir_walk *walk, const struct options *o)
{
    struct stat st;
    size_t i;

    for (i = 0; i < o->path_count; i++)
        dir_walk_add(walk, o->paths[i]);
    if (o->path_count == 0 && fstat(STDIN_FILENO, &st) == 0 &&
        (S_ISFIFO(st.st_mode) || S_ISREG(st.st_mode) || S_ISSOCK(st.st_mode)))
        dir_walk_add(walk, "-");
    else if (o->path_count == 0)
        dir_walk_add(walk, ".");
}

/* What the indexes of the folders know of the query; NULL where nothing is known. Under other
 * names than those of the files, speakers are not what the index knows. */
static struct index_search *ask_indexes(const struct options *o)
{
    static char dot[] = ".";
    static char *const here[] = {dot};
    bool renamed = o->speaker_map != NULL || o->remembered_speakers != NULL;
    const struct index_search_query query = {.text = o->pattern,
                                             .flags = grep_file_flags(o),
                                             .speakers = (char *const *)o->speakers,
                                             .speaker_count = renamed ? 0 : o->speaker_count};

    if (o->input_format != NULL || o->encoding != NULL)
        return NULL;
    return index_search_new(o->path_count > 0 ? o->paths : here,
                            o->path_count > 0 ? o->path_count : 1, &query);
}

static int search_all(const struct options *o, struct ansi_style *paint)
{
    struct grep_file_query query = {
        .options = o,
        .paint = paint,
        .columns = ansi_style_columns(o, STDOUT_FILENO, DEFAULT_COLUMNS),
        .screen = isatty(STDOUT_FILENO) == 1 || o->width > 0,
    };
    struct dir_walk walk = {0};
    struct index_search *index;
    struct output out;
    int status;

    query.index = index = ask_indexes(o);
    collect(&walk, o);
    report_failures(&walk);
    status = search_files(&query, &walk);
    index_search_free(index);
    dir_walk_release(&walk);
    output_standard(&out);
    out.written = true;
    return output_finish(&out, status);
}

int command_grep(const struct options *o)
{
    struct error err;
    struct matcher *matcher = grep_file_matcher(o, &err);
    struct ansi_style *paint;
    int status;

    if (matcher == NULL) {
        /* Its column is a place in the pattern, not in a file. */
        report_now(NULL, &err);
        return EXIT_TROUBLE;
    }
    matcher_free(matcher);
    paint = ansi_style_new(o, STDOUT_FILENO, &err);
    if (paint == NULL) {
        report_now(NULL, &err);
        return EXIT_TROUBLE;
    }
    status = search_all(o, paint);
    ansi_style_free(paint);
    return status;
}
