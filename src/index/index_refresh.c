/* Index refresh: a walk that finds files, a queue of files to read, and another one, with a
 * single thread, of results to write, so that nobody waits for the disk. Each named folder
 * belongs to the root of its index; a named file belongs to none.
 *
 * A root has two stores: `facts`, which only the caller's thread queries, and `written`, which
 * only the writing thread uses while it has jobs. */
#include "shilu/index/index_refresh.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "index/index_read.h"
#include "index/index_root.h"
#include "shilu/base/civil_time.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/base/work_queue.h"

#define NO_ROOT SIZE_MAX

/* UNWRITTEN_MAX: files waiting to be written; beyond it no further ones are started. */
enum { UNWRITTEN_MAX = 64, WAIT_MS = 1000, HELD_FILES = 512 };

struct root {
    struct index_root root;
    struct index_store *facts;   /* NULL if there was none */
    struct index_store *written; /* NULL before and after it is used */
    size_t same;                 /* the first root with the same index */
    atomic_bool is_lost;         /* it cannot be written */
};

struct index_refresh {
    struct index_refresh_options options;
    struct root *roots; /* owned */
    size_t root_count;
    struct dir_walk walk;
    bool walking;
    bool holds;  /* queries use one snapshot of the stores */
    size_t next; /* the next file of the walk to examine */
    struct work_queue *reading;
    size_t under_way; /* jobs in that queue */
    struct work_queue *writing;
    size_t unwritten; /* jobs in that one */
    struct error write_error;
};

/* A job of the writer: a file or, for NULL, everything pending, with vanished files removed. */
struct writing {
    struct index_reading *file; /* owned */
    size_t root;
    char **keep; /* owned: the existing files, by name; NULL if unknown */
    size_t keep_count;
    bool ok;
    struct error err;
};

/* ------------------------------------------------------------------------------- threads */

struct tools {
    struct search_terms_alphabet *alphabet;
    struct search_terms terms;
};

static void *start_thread(const void *context)
{
    const struct index_refresh *r = context;
    struct tools *tools;

    if (r->root_count == 0)
        return NULL;
    tools = memory_alloc(sizeof *tools);
    tools->alphabet = search_terms_alphabet_new();
    search_terms_init(&tools->terms, tools->alphabet);
    return tools;
}

static void end_thread(void *tool)
{
    struct tools *tools = tool;

    if (tools == NULL)
        return;
    search_terms_release(&tools->terms);
    search_terms_alphabet_free(tools->alphabet);
    free(tools);
}

static void read_job(const void *context, void *tool, void *job, const atomic_bool *stop)
{
    const struct index_refresh *r = context;
    struct tools *tools = tool;

    index_read_file(job, &r->options, tools != NULL ? &tools->terms : NULL, stop);
}

static void drop_reading(void *job)
{
    index_reading_free(job);
}

static const struct work_kind reading = {
    .start = start_thread, .end = end_thread, .run = read_job, .drop = drop_reading};

static void drop_writing(void *job)
{
    struct writing *w = job;
    size_t i;

    if (w->file != NULL)
        index_reading_free(w->file);
    for (i = 0; i < w->keep_count; i++)
        free(w->keep[i]);
    free(w->keep);
    free(w);
}

static bool write_file(struct index_store *store, struct root *root, struct index_reading *file,
                       struct error *err)
{
    struct buffer name = {0};
    struct index_entry entry = {.stamp = file->item.stamp,
                                .facts = &file->item.facts,
                                .always = file->always,
                                .terms = file->terms,
                                .ends = file->ends,
                                .documents = file->documents,
                                .words = buffer_string(&file->words),
                                .words_bytes = file->words.bytes,
                                .people = buffer_string(&file->people),
                                .people_bytes = file->people.bytes};
    bool ok = true;

    if (index_root_file(&root->root, file->item.path, &name)) {
        entry.file = name.data;
        ok = index_store_add(store, &entry, err);
    }
    buffer_release(&name);
    return ok;
}

/* Runs in the writing thread. A store that fails is abandoned: its files are read again another
 * time. */
static void write_job(const void *context, void *tool, void *job, const atomic_bool *stop)
{
    const struct index_refresh *r = context;
    struct writing *w = job;
    struct root *root = &r->roots[w->root];
    struct root *first = &r->roots[root->same];

    (void)tool;
    (void)stop;
    w->ok = !atomic_load(&first->is_lost);
    if (w->ok && first->written == NULL) {
        first->written = index_store_open_to_write(first->root.path, &w->err);
        w->ok = first->written != NULL;
    }
    if (w->ok && w->file != NULL)
        w->ok = write_file(first->written, root, w->file, &w->err);
    else if (w->ok && w->keep != NULL)
        w->ok = index_store_tidy(first->written, root->root.front, w->keep, w->keep_count,
                                 &w->err);
    else if (w->ok)
        w->ok = index_store_flush(first->written, &w->err);
    if (w->ok)
        return;
    atomic_store(&first->is_lost, true);
    index_store_free(first->written);
    first->written = NULL;
}

static const struct work_kind writing = {.run = write_job, .drop = drop_writing, .threads = 1};

/* --------------------------------------------------------------------------------- roots */

static bool open_stores(struct index_refresh *r, struct root *root, struct error *err)
{
    struct error ignored;

    for (root->same = 0; root->same < r->root_count; root->same++) {
        if (strcmp(r->roots[root->same].root.path, root->root.path) == 0)
            return true;
    }
    if (r->options.is_needed) {
        root->written = index_store_open_to_write(root->root.path, err);
        if (root->written == NULL)
            return false;
    }
    root->facts = index_store_open(root->root.path, &ignored);
    return true;
}

static bool add_roots(struct index_refresh *r, char *const *paths, size_t count,
                      struct error *err)
{
    size_t i;

    r->roots = memory_zalloc(count + 1, sizeof *r->roots);
    for (i = 0; i < count; i++) {
        struct root *root = &r->roots[r->root_count];
        bool ok;

        if (!index_root_init(&root->root, paths[i], r->options.in_folder)) {
            if (r->options.is_needed)
                return error_set(err, ERROR_USAGE,
                                 "%s: not a folder, or no place for its index", paths[i]);
            continue;
        }
        ok = open_stores(r, root, err);
        r->root_count++;
        if (!ok)
            return false;
    }
    return true;
}

/* The root of a file, and its name in the index; NO_ROOT for none. */
static size_t root_of(const struct index_refresh *r, const char *path, struct buffer *file)
{
    size_t i;

    for (i = 0; i < r->root_count; i++) {
        if (index_root_file(&r->roots[i].root, path, file))
            return i;
    }
    return NO_ROOT;
}

/* ------------------------------------------------------------------------ new and free */

struct index_refresh *index_refresh_new(char *const *paths, size_t count,
                                        const struct index_refresh_options *options,
                                        struct error *err)
{
    struct index_refresh *r = memory_zalloc(1, sizeof *r);

    r->options = *options;
    r->walking = true;
    r->reading = work_queue_new(&reading, r);
    r->writing = work_queue_new(&writing, r);
    dir_walk_start(&r->walk, paths, count);
    if (options->format != NULL || options->encoding != NULL || add_roots(r, paths, count, err))
        return r;
    index_refresh_free(r);
    return NULL;
}

static void collect_written(struct index_refresh *r, int64_t wait_ms)
{
    struct writing *w;

    while (r->unwritten > 0 && (w = work_queue_collect(r->writing, wait_ms)) != NULL) {
        r->unwritten--;
        if (!w->ok && *r->write_error.message == '\0')
            r->write_error = w->err;
        drop_writing(w);
    }
}

void index_refresh_free(struct index_refresh *r)
{
    struct error ignored; /* what cannot be stored is read again next time */
    size_t i;

    if (r == NULL)
        return;
    work_queue_free(r->reading);
    while (r->unwritten > 0)
        collect_written(r, WAIT_MS);
    work_queue_free(r->writing);
    for (i = 0; i < r->root_count; i++) {
        struct root *root = &r->roots[i];

        index_store_free(root->facts); /* the writer must be the last one to close it */
        if (root->written != NULL)
            index_store_flush(root->written, &ignored);
        index_store_free(root->written);
        index_root_release(&root->root);
    }
    free(r->roots);
    dir_walk_release(&r->walk);
    free(r);
}

/* ------------------------------------------------------------------------------ one file */

static void add_writing(struct index_refresh *r, struct writing *take)
{
    work_queue_add(r->writing, take);
    r->unwritten++;
}

/* Pass a result to the writing thread; the item keeps its own copy of what it reports. */
static void keep(struct index_refresh *r, struct index_reading *job)
{
    struct writing *w = memory_zalloc(1, sizeof *w);
    struct file_facts *facts;

    w->root = job->root;
    w->file = memory_zalloc(1, sizeof *w->file);
    *w->file = *job;
    w->file->item.path = memory_strdup(job->item.path);
    facts = &w->file->item.facts;
    facts->format = facts->format != NULL ? memory_strdup(facts->format) : NULL;
    facts->title = facts->title != NULL ? memory_strdup(facts->title) : NULL;
    facts->trouble = facts->trouble != NULL ? memory_strdup(facts->trouble) : NULL;
    job->terms = NULL;
    job->ends = NULL;
    job->words = job->people = (struct buffer){0};
    add_writing(r, w);
}

static bool may_write(const struct index_refresh *r, size_t root)
{
    return root != NO_ROOT && !atomic_load(&r->roots[r->roots[root].same].is_lost);
}

static void hand_over(struct index_reading *job, struct index_item *item)
{
    *item = job->item;
    job->item = (struct index_item){.facts = FILE_FACTS_INIT};
    index_reading_free(job);
}

/* Use what is known about a file, which is then complete, or have it read. */
static bool start_file(struct index_refresh *r, const char *path, size_t tag,
                       struct index_item *item)
{
    struct index_reading *job = memory_zalloc(1, sizeof *job);
    struct buffer file = {0};
    bool known;

    job->item = (struct index_item){
        .path = memory_strdup(path), .tag = tag, .facts = FILE_FACTS_INIT};
    if (!file_stamp_of(path, &job->item.stamp, &job->settled)) {
        job->item.facts.trouble = memory_strdup(translate_errno(errno));
        hand_over(job, item);
        return true;
    }
    job->root = root_of(r, path, &file);
    known = job->root != NO_ROOT && r->roots[r->roots[job->root].same].facts != NULL &&
            index_store_facts(r->roots[r->roots[job->root].same].facts, file.data,
                              &job->item.stamp, &job->item.facts);
    buffer_release(&file);
    if (known) {
        hand_over(job, item);
        return true;
    }
    job->has_terms = may_write(r, job->root);
    work_queue_add(r->reading, job);
    r->under_way++;
    return false;
}

static bool collect(struct index_refresh *r, int64_t wait_ms, struct index_item *item)
{
    struct index_reading *job = work_queue_collect(r->reading, wait_ms);

    collect_written(r, 0);
    if (job == NULL)
        return false;
    r->under_way--;
    if (job->settled && may_write(r, job->root))
        keep(r, job);
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
    return r->next < r->walk.count && r->under_way < WORK_AHEAD && r->unwritten < UNWRITTEN_MAX;
}

static void hold_facts(struct index_refresh *r, bool on)
{
    size_t i;

    for (i = 0; i < r->root_count; i++) {
        if (r->roots[i].facts != NULL)
            index_store_hold(r->roots[i].facts, on);
    }
}

/* Holding a snapshot for long would keep the writer from tidying up. */
static void renew_hold(struct index_refresh *r)
{
    bool wanted = r->walking || r->next < r->walk.count;

    if (wanted && r->next % HELD_FILES != 0 && r->holds)
        return;
    if (r->holds)
        hold_facts(r, false);
    r->holds = wanted;
    if (wanted)
        hold_facts(r, true);
}

/* Wait for a file only if nothing else is left to do. */
enum index_refresh_state index_refresh_step(struct index_refresh *r, int64_t budget_ms,
                                            struct index_item *item)
{
    int64_t end_ms = clock_monotonic_ms() + budget_ms;

    renew_hold(r);
    do {
        int64_t left_ms = end_ms - clock_monotonic_ms();

        if (r->walking && r->next == r->walk.count)
            index_refresh_find(r, 0);
        collect_written(r, r->unwritten < UNWRITTEN_MAX ? 0 : 1);
        if (can_start(r) && start_file(r, r->walk.files[r->next++].path, INDEX_ITEM_NEW, item))
            return INDEX_REFRESH_ITEM;
        if (collect(r, can_start(r) || r->walking || left_ms < 0 ? 0 : left_ms, item))
            return INDEX_REFRESH_ITEM;
    } while ((r->walking || can_start(r)) && clock_monotonic_ms() < end_ms);
    return r->walking || r->next < r->walk.count || r->under_way > 0 ? INDEX_REFRESH_BUSY
                                                                     : INDEX_REFRESH_DONE;
}

bool index_refresh_again(struct index_refresh *r, const char *path,
                         const struct file_stamp *stamp, size_t tag)
{
    struct index_reading *job;
    struct file_stamp now = {0};
    struct buffer file = {0};
    bool settled = false;

    if (file_stamp_of(path, &now, &settled) && file_stamp_is(&now, stamp))
        return false;
    job = memory_zalloc(1, sizeof *job);
    job->item = (struct index_item){.path = memory_strdup(path), .tag = tag, .stamp = now};
    job->settled = settled;
    job->root = root_of(r, path, &file);
    job->has_terms = may_write(r, job->root);
    buffer_release(&file);
    work_queue_add(r->reading, job);
    r->under_way++;
    return true;
}

void index_refresh_add(struct index_refresh *r, const char *path)
{
    dir_walk_meet(&r->walk, path);
    r->walking = true;
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

/* Whether the walk has seen everything below a root, so that anything it has not seen no longer
 * exists. */
static bool has_seen_all(const struct index_refresh *r)
{
    return !r->walking && r->next == r->walk.count && r->under_way == 0 &&
           r->walk.failure_count == 0;
}

static void find_kept(const struct index_refresh *r, const struct root *root, struct writing *w)
{
    struct buffer file = {0};
    size_t i;

    w->keep = memory_alloc((r->walk.count + 1) * sizeof *w->keep);
    for (i = 0; i < r->walk.count; i++) {
        if (index_root_file(&root->root, r->walk.files[i].path, &file))
            w->keep[w->keep_count++] = memory_strdup(file.data);
    }
    buffer_release(&file);
    qsort(w->keep, w->keep_count, sizeof *w->keep, compare_paths);
}

void index_refresh_save(struct index_refresh *r)
{
    bool all = has_seen_all(r);
    size_t i;

    for (i = 0; i < r->root_count; i++) {
        struct writing *w;

        if (!may_write(r, i))
            continue;
        w = memory_zalloc(1, sizeof *w);
        w->root = i;
        if (all)
            find_kept(r, &r->roots[i], w);
        add_writing(r, w);
    }
}

bool index_refresh_settle(struct index_refresh *r, int64_t budget_ms, struct error *err)
{
    if (r->unwritten > 0)
        collect_written(r, budget_ms);
    if (r->unwritten == 0 && *r->write_error.message != '\0')
        *err = r->write_error;
    return r->unwritten == 0;
}
