/* Index refresh: a walk that finds files, and a queue of those that are read. Each folder that
 * was named belongs to the root of its index; a file that was named belongs to none. */
#include "shilu/index/index_refresh.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "index/index_read.h"
#include "index/index_root.h"
#include "shilu/base/civil_time.h"
#include "shilu/base/memory.h"
#include "shilu/base/work_queue.h"

#define NO_ROOT SIZE_MAX

struct root {
    struct index_root root;
    struct index_store *store; /* NULL: none, or it failed; two folders may share one */
    bool may_write;
};

struct index_refresh {
    struct index_refresh_options options;
    struct root *roots; /* owned */
    size_t root_count;
    struct dir_walk walk;
    bool walking;
    size_t next; /* the file of the walk that is looked at next */
    struct work_queue *queue;
    struct search_terms_alphabet *alphabet; /* NULL: no index is written */
    size_t under_way;                       /* jobs of the queue */
    bool has_news;
};

/* ------------------------------------------------------------------------------- threads */

static void *start_thread(const void *context)
{
    const struct index_refresh *r = context;
    struct search_terms *terms;

    if (r->alphabet == NULL)
        return NULL;
    terms = memory_alloc(sizeof *terms);
    search_terms_init(terms, r->alphabet);
    return terms;
}

static void end_thread(void *tool)
{
    if (tool != NULL)
        search_terms_release(tool);
    free(tool);
}

static void read_job(const void *context, void *tool, void *job, const atomic_bool *stop)
{
    const struct index_refresh *r = context;

    index_read_file(job, &r->options, tool, stop);
}

static void drop_job(void *job)
{
    index_reading_free(job);
}

static const struct work_kind reading = {
    .start = start_thread, .end = end_thread, .run = read_job, .drop = drop_job};

/* --------------------------------------------------------------------------------- roots */

/* Two folders of one index are written by one store. */
static void open_store(struct index_refresh *r, struct root *root, struct error *err)
{
    struct error ignored;
    size_t i;

    for (i = 0; i < r->root_count; i++) {
        if (strcmp(r->roots[i].root.path, root->root.path) == 0) {
            root->may_write = r->roots[i].may_write;
            root->store = r->roots[i].store;
            return;
        }
    }
    root->store = index_store_open_to_write(root->root.path, err);
    root->may_write = root->store != NULL;
    if (root->store == NULL && !r->options.is_needed)
        root->store = index_store_open(root->root.path, &ignored);
}

static bool add_roots(struct index_refresh *r, char *const *paths, size_t count,
                      struct error *err)
{
    struct error ignored;
    size_t i;

    r->roots = memory_zalloc(count + 1, sizeof *r->roots);
    for (i = 0; i < count; i++) {
        struct root root = {.store = NULL};

        if (!index_root_init(&root.root, paths[i], r->options.in_folder)) {
            if (r->options.is_needed)
                return error_set(err, ERROR_USAGE, "%s: no folder, or no place for its index",
                                 paths[i]);
            continue;
        }
        open_store(r, &root, r->options.is_needed ? err : &ignored);
        r->roots[r->root_count++] = root;
        if (root.store == NULL && r->options.is_needed)
            return false;
    }
    return true;
}

/* The root of a file, and its name in the index; NO_ROOT for none. */
static size_t root_of(const struct index_refresh *r, const char *path, struct buffer *file)
{
    size_t i;

    for (i = 0; i < r->root_count; i++) {
        if (r->roots[i].store != NULL && index_root_file(&r->roots[i].root, path, file))
            return i;
    }
    return NO_ROOT;
}

/* A store that failed is asked no more. */
static void drop_store(struct index_refresh *r, struct index_store *store)
{
    size_t i;

    for (i = 0; i < r->root_count; i++) {
        if (r->roots[i].store == store)
            r->roots[i].store = NULL;
    }
    index_store_free(store);
}

/* ------------------------------------------------------------------------ new and free */

struct index_refresh *index_refresh_new(char *const *paths, size_t count,
                                        const struct index_refresh_options *options,
                                        struct error *err)
{
    struct index_refresh *r = memory_zalloc(1, sizeof *r);
    size_t i;

    r->options = *options;
    r->walking = true;
    r->queue = work_queue_new(&reading, r);
    dir_walk_start(&r->walk, paths, count);
    if (options->format == NULL && options->encoding == NULL &&
        !add_roots(r, paths, count, err)) {
        index_refresh_free(r);
        return NULL;
    }
    for (i = 0; i < r->root_count && r->alphabet == NULL; i++) {
        if (r->roots[i].may_write)
            r->alphabet = search_terms_alphabet_new();
    }
    return r;
}

void index_refresh_free(struct index_refresh *r)
{
    struct error ignored; /* what cannot be kept is read again the next time */
    size_t i;

    if (r == NULL)
        return;
    work_queue_free(r->queue);
    for (i = 0; i < r->root_count; i++) {
        struct index_store *store = r->roots[i].store;

        index_root_release(&r->roots[i].root);
        if (store == NULL)
            continue;
        if (r->roots[i].may_write)
            index_store_flush(store, &ignored);
        drop_store(r, store);
    }
    free(r->roots);
    search_terms_alphabet_free(r->alphabet);
    dir_walk_release(&r->walk);
    free(r);
}

/* ------------------------------------------------------------------------------ one file */

static void keep(struct index_refresh *r, struct index_reading *job, const char *file)
{
    struct root *root = &r->roots[job->root];
    const struct index_entry entry = {.file = file,
                                      .stamp = job->item.stamp,
                                      .facts = &job->item.facts,
                                      .always = job->always,
                                      .terms = job->terms,
                                      .ends = job->ends,
                                      .documents = job->documents,
                                      .words = buffer_string(&job->words),
                                      .words_bytes = job->words.bytes,
                                      .people = buffer_string(&job->people),
                                      .people_bytes = job->people.bytes};
    struct error ignored; /* a disk that is full is no reason not to read */

    r->has_news = true;
    if (!index_store_add(root->store, &entry, &ignored))
        drop_store(r, root->store);
}

static void hand_over(struct index_reading *job, struct index_item *item)
{
    *item = job->item;
    job->item = (struct index_item){.facts = FILE_FACTS_INIT};
    index_reading_free(job);
}

/* Take what is known of a file, which is then complete, or have it read. */
static bool start_file(struct index_refresh *r, const char *path, size_t tag,
                       struct index_item *item)
{
    struct index_reading *job = memory_zalloc(1, sizeof *job);
    struct buffer file = {0};
    bool known;

    job->item = (struct index_item){
        .path = memory_strdup(path), .tag = tag, .facts = FILE_FACTS_INIT};
    if (!file_stamp_of(path, &job->item.stamp, &job->settled)) {
        job->item.facts.trouble = memory_strdup(strerror(errno));
        hand_over(job, item);
        return true;
    }
    job->root = root_of(r, path, &file);
    known = job->root != NO_ROOT && index_store_facts(r->roots[job->root].store, file.data,
                                                      &job->item.stamp, &job->item.facts);
    buffer_release(&file);
    if (known) {
        hand_over(job, item);
        return true;
    }
    job->has_terms = job->root != NO_ROOT && r->roots[job->root].may_write;
    work_queue_add(r->queue, job);
    r->under_way++;
    return false;
}

static bool collect(struct index_refresh *r, int64_t wait_ms, struct index_item *item)
{
    struct index_reading *job = work_queue_collect(r->queue, wait_ms);
    struct buffer file = {0};

    if (job == NULL)
        return false;
    r->under_way--;
    if (job->settled && job->root != NO_ROOT && r->roots[job->root].may_write &&
        root_of(r, job->item.path, &file) == job->root)
        keep(r, job, file.data);
    buffer_release(&file);
    hand_over(job, item);
    return true;
}

bool index_refresh_find(struct index_refresh *r, int64_t budget_ms)
{
    int64_t end_ms = clock_monotonic_ms() + budget_ms;

    do {
        r->walking = r->walking && dir_walk_step(&r->walk);
    } while (r->walking && clock_monotonic_ms() < end_ms);
    return r->walking;
}

static bool can_start(const struct index_refresh *r)
{
    return r->next < r->walk.count && r->under_way < WORK_AHEAD;
}

/* Only where nothing else is left to do is a file waited for. */
enum index_refresh_state index_refresh_step(struct index_refresh *r, int64_t budget_ms,
                                            struct index_item *item)
{
    int64_t end_ms = clock_monotonic_ms() + budget_ms;

    do {
        int64_t left_ms = end_ms - clock_monotonic_ms();

        if (r->walking && r->next == r->walk.count)
            index_refresh_find(r, 0);
        if (can_start(r) && start_file(r, r->walk.files[r->next++].path, INDEX_ITEM_NEW, item))
            return INDEX_REFRESH_ITEM;
        if (collect(r, can_start(r) || r->walking || left_ms < 0 ? 0 : left_ms, item))
            return INDEX_REFRESH_ITEM;
    } while ((r->walking || can_start(r)) && clock_monotonic_ms() < end_ms);
    return r->walking || r->next < r->walk.count || r->under_way > 0 ? INDEX_REFRESH_BUSY
                                                                     : INDEX_REFRESH_DONE;
}

void index_refresh_again(struct index_refresh *r, const char *path,
                         const struct file_stamp *stamp, size_t tag)
{
    struct index_reading *job;
    struct file_stamp now = {0};
    struct buffer file = {0};
    bool settled = false;

    if (file_stamp_of(path, &now, &settled) && file_stamp_is(&now, stamp))
        return;
    job = memory_zalloc(1, sizeof *job);
    job->item = (struct index_item){.path = memory_strdup(path), .tag = tag, .stamp = now};
    job->settled = settled;
    job->root = root_of(r, path, &file);
    job->has_terms = job->root != NO_ROOT && r->roots[job->root].may_write;
    buffer_release(&file);
    work_queue_add(r->queue, job);
    r->under_way++;
}

const struct dir_walk *index_refresh_walk(const struct index_refresh *r)
{
    return &r->walk;
}

bool index_refresh_is_walking(const struct index_refresh *r)
{
    return r->walking;
}

/* --------------------------------------------------------------------------------- saving */

static int compare_paths(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Whether the walk has seen all below a root, so that what it has not seen has gone. */
static bool has_seen_all(const struct index_refresh *r)
{
    return !r->walking && r->next == r->walk.count && r->under_way == 0 &&
           r->walk.failure_count == 0;
}

static bool tidy_root(struct index_refresh *r, size_t number, struct error *err)
{
    struct root *root = &r->roots[number];
    char **files = memory_alloc((r->walk.count + 1) * sizeof *files);
    struct buffer file = {0};
    size_t count = 0;
    size_t i;
    bool ok;

    for (i = 0; i < r->walk.count; i++) {
        if (index_root_file(&root->root, r->walk.files[i].path, &file))
            files[count++] = memory_strdup(file.data);
    }
    buffer_release(&file);
    qsort(files, count, sizeof *files, compare_paths);
    ok = index_store_tidy(root->store, root->root.front, files, count, err);
    for (i = 0; i < count; i++)
        free(files[i]);
    free(files);
    return ok;
}

bool index_refresh_save(struct index_refresh *r, struct error *err)
{
    bool ok = true;
    size_t i;

    for (i = 0; i < r->root_count; i++) {
        struct index_store *store = r->roots[i].store;

        if (store == NULL || !r->roots[i].may_write)
            continue;
        if (!(has_seen_all(r) ? tidy_root(r, i, err) : index_store_flush(store, err))) {
            drop_store(r, store);
            ok = false;
        }
    }
    r->has_news = false;
    return ok;
}
