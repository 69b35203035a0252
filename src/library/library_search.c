/* Searching a library: its files are jobs of a queue, and results are collected in the order of
 * the files. */
#include "shilu/library/library_search.h"

#include <stdlib.h>
#include <string.h>

#include "library/library_search_private.h"
#include "shilu/base/memory.h"
#include "shilu/base/work_queue.h"
#include "shilu/store/corrections.h"

struct job {
    char *path; /* owned */
    size_t entry;
    int64_t date_ms;
    struct library_found found;
};

struct library_search {
    const struct library *library;
    const struct options *options;
    char *query; /* owned */
    struct library_limits limits;
    struct corrected_records *corrected; /* owned, or NULL */
    struct index_search *index;          /* NULL if nothing is known about any file */
    struct work_queue *queue;
    struct library_row *rows; /* owned */
    size_t row_count;
    size_t row_capacity;
    struct library_search_state state;
};

/* What one thread needs for searching. */
struct tools {
    struct search *search;
    struct prefilter *prefilter;
};

/* A matcher cannot be shared by threads. The query was tried before. */
static void *start_finder(const void *context)
{
    const struct library_search *s = context;
    struct tools *tools = memory_zalloc(1, sizeof *tools);
    struct error ignored;

    tools->search = search_new(matcher_new(s->query, strlen(s->query), 0, &ignored));
    if (s->options->input_format == NULL && s->options->encoding == NULL)
        tools->prefilter = prefilter_new(s->query, 0);
    return tools;
}

static void end_finder(void *tool)
{
    struct tools *tools = tool;

    search_free(tools->search);
    prefilter_free(tools->prefilter);
    free(tools);
}

static void find(const void *context, void *tool, void *job, const atomic_bool *stop)
{
    const struct library_search *s = context;
    const struct tools *tools = tool;
    struct job *file = job;
    const struct library_finder f = {.options = s->options,
                                     .query = s->query,
                                     .limits = &s->limits,
                                     .corrected = s->corrected,
                                     .index = s->index,
                                     .search = tools->search,
                                     .prefilter = tools->prefilter,
                                     .stop = stop};

    library_search_file(&f, file->path, file->entry, file->date_ms, &file->found);
}

static void drop_job(void *job)
{
    struct job *file = job;

    library_search_release_rows(file->found.rows, file->found.row_count);
    free(file->path);
    free(file);
}

static const struct work_kind finding = {start_finder, end_finder, find, drop_job};

struct library_search *library_search_new(const struct library *l,
                                          const struct options *options, const char *query,
                                          const struct library_limits *limits,
                                          struct error *err)
{
    const struct library_limits none = {.from_ms = TIME_NONE, .to_ms = TIME_NONE};
    struct matcher *matcher = matcher_new(query, strlen(query), 0, err);
    struct library_search *s;

    if (matcher == NULL)
        return NULL;
    matcher_free(matcher);
    s = memory_zalloc(1, sizeof *s);
    s->library = l;
    s->options = options;
    s->query = memory_strdup(query);
    library_limits_copy(&s->limits, limits != NULL ? limits : &none);
    if (options->input_format == NULL && options->encoding == NULL)
        s->index = index_search_new(
            options->paths, options->path_count,
            &(struct index_search_query){.text = s->query,
                                         .speakers = s->limits.speakers,
                                         .speaker_count = s->limits.speaker_count});
    if (!options->no_corrections)
        s->corrected = corrected_records_read();
    s->state.done = true;
    s->queue = work_queue_new(&finding, s);
    return s;
}

/* The index alone shows that a file has no hit, and its folder is watched, so not even its
 * stamp is needed. A corrected record has other words than the index. */
static bool is_ruled_out(const struct library_search *s, const struct library_entry *entry)
{
    return s->index != NULL && s->corrected == NULL && library_is_watched(s->library) &&
           !index_search_may_match_at(s->index, entry->path, &entry->stamp);
}

void library_search_add(struct library_search *s, size_t entry)
{
    struct job *job;

    s->state.files++;
    if (is_ruled_out(s, library_entry(s->library, entry))) {
        s->state.searched++;
        return;
    }
    job = memory_zalloc(1, sizeof *job);
    job->path = memory_strdup(library_entry(s->library, entry)->path);
    job->entry = entry;
    job->date_ms = library_entry(s->library, entry)->facts.date_ms;
    s->state.done = false;
    work_queue_add(s->queue, job);
}

void library_search_free(struct library_search *s)
{
    if (s == NULL)
        return;
    work_queue_free(s->queue);
    library_search_release_rows(s->rows, s->row_count);
    index_search_free(s->index);
    library_limits_clear(&s->limits);
    corrected_records_free(s->corrected);
    free(s->query);
    free(s);
}

bool library_search_part(const struct library_search *s, size_t entry,
                         const struct transcript *t, struct selection *out)
{
    return library_limits_is_set(&s->limits) &&
           library_limits_select(&s->limits, t, library_entry(s->library, entry)->facts.date_ms,
                                 out);
}

/* Without room for more rows, further hits are only counted. */
static void take_found(struct library_search *s, struct library_found *found)
{
    if (s->state.is_cut) {
        library_search_release_rows(found->rows, found->row_count);
        found->rows = NULL;
    } else if (found->row_count > 0) {
        MEMORY_RESERVE(s->rows, s->row_capacity, s->row_count + found->row_count);
        memcpy(s->rows + s->row_count, found->rows, found->row_count * sizeof *s->rows);
        s->row_count += found->row_count;
    }
    free(found->rows);
    s->state.hits += found->hits;
    s->state.with_hits += found->hits > 0;
    s->state.unreadable += found->unreadable;
    s->state.incomplete += found->incomplete;
    s->state.is_cut = s->state.is_cut || s->row_count >= LIBRARY_ROWS_MAX;
    s->state.searched++;
    s->state.done = s->state.searched == s->state.files;
    *found = (struct library_found){.rows = NULL};
}

bool library_search_step(struct library_search *s, int64_t budget_ms)
{
    int64_t end_ms = clock_monotonic_ms() + budget_ms;
    struct job *job;

    while (!s->state.done &&
           (job = work_queue_collect(s->queue, end_ms - clock_monotonic_ms())) != NULL) {
        take_found(s, &job->found);
        drop_job(job);
        if (clock_monotonic_ms() >= end_ms)
            break;
    }
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
