/* Index store: removing what is no longer valid. The facts of deleted files are removed at
 * once. Their postings, and those of files read again since, only waste space: they are removed
 * when their batch is rebuilt together with other small ones, so that after many small changes
 * there are few batches again. */
#include <stdlib.h>
#include <string.h>

#include "index/index_postings.h"
#include "index/index_store_private.h"
#include "shilu/base/memory.h"

enum { PAIRS_FULL = 6000000, SMALL = PAIRS_FULL / 4, SMALL_MANY = 8 };

#define GONE UINT32_MAX

struct old_batch {
    int64_t id;
    int64_t pairs;
    uint32_t documents;
    struct index_file *files; /* owned */
    size_t count;
    char *people; /* owned */
    size_t people_bytes;
    size_t live;
    uint32_t *place; /* owned: the new number of each document, or GONE */
};

/* The last batch of each path. */
struct place {
    uint64_t path; /* 0 if free */
    size_t batch;
    size_t file;
    bool is_there; /* the file has facts in this state */
};

struct tidying {
    struct index_store *store;
    struct old_batch *batches; /* owned */
    size_t count, capacity;
    struct place *places; /* owned, a table */
    size_t place_capacity;
    const struct old_batch *from; /* the one being read */
};

/* -------------------------------------------------------------------------------- facts */

static int compare_strings(const void *a, const void *b)
{
    return strcmp(a, *(char *const *)b);
}

static bool forget_gone(struct index_store *s, const char *front, char *const *keep,
                        size_t count, size_t *gone)
{
    sqlite3_stmt *row = index_store_prepare(
        s, "SELECT path FROM file WHERE path>=? ORDER BY path");
    sqlite3_stmt *drop = index_store_prepare(s, "DELETE FROM file WHERE path=?");
    char **paths = NULL;
    size_t capacity = 0;
    size_t i;
    bool ok = row != NULL && drop != NULL;

    *gone = 0;
    if (ok)
        sqlite3_bind_text(row, 1, front, -1, SQLITE_STATIC);
    while (ok && sqlite3_step(row) == SQLITE_ROW) {
        const char *path = (const char *)sqlite3_column_text(row, 0);

        if (strncmp(path, front, strlen(front)) != 0)
            break;
        if (bsearch(path, keep, count, sizeof *keep, compare_strings) != NULL)
            continue;
        MEMORY_RESERVE(paths, capacity, *gone + 1);
        paths[(*gone)++] = memory_strdup(path);
    }
    sqlite3_finalize(row);
    for (i = 0; i < *gone; i++) {
        sqlite3_bind_text(drop, 1, paths[i], -1, SQLITE_STATIC);
        ok = sqlite3_step(drop) == SQLITE_DONE && ok;
        sqlite3_reset(drop);
        free(paths[i]);
    }
    free(paths);
    sqlite3_finalize(drop);
    return ok;
}

/* -------------------------------------------------------------------------------- which */

static struct place *place_of(struct tidying *t, uint64_t path)
{
    size_t at = path & (t->place_capacity - 1);

    while (t->places[at].path != 0 && t->places[at].path != path)
        at = (at + 1) & (t->place_capacity - 1);
    return &t->places[at];
}

static bool read_batches(struct tidying *t)
{
    sqlite3_stmt *row = index_store_prepare(
        t->store, "SELECT id, documents, pairs, files, people FROM batch ORDER BY id");
    int status = SQLITE_ERROR;
    bool ok = row != NULL;

    while (ok && (status = sqlite3_step(row)) == SQLITE_ROW) {
        struct old_batch b = {.id = sqlite3_column_int64(row, 0),
                              .documents = (uint32_t)sqlite3_column_int64(row, 1),
                              .pairs = sqlite3_column_int64(row, 2)};
        const char *people = sqlite3_column_blob(row, 4);

        b.people_bytes = (size_t)sqlite3_column_bytes(row, 4);
        b.files = index_store_files(sqlite3_column_blob(row, 3),
                                    (size_t)sqlite3_column_bytes(row, 3), &b.count);
        ok = b.files != NULL && b.documents < POSTINGS_DOCUMENTS_MAX &&
             index_store_unsum(&people, &b.people_bytes);
        if (ok)
            b.people = memory_strndup(people, b.people_bytes);
        MEMORY_RESERVE(t->batches, t->capacity, t->count + 1);
        t->batches[t->count++] = b;
    }
    sqlite3_finalize(row);
    return ok && status == SQLITE_DONE;
}

/* For each path, find the last batch that has it, and whether it still has facts. */
static bool find_live(struct tidying *t)
{
    sqlite3_stmt *row = index_store_prepare(t->store, "SELECT path, stamp FROM file");
    size_t files = 0;
    size_t i, k;

    for (i = 0; i < t->count; i++)
        files += t->batches[i].count;
    for (t->place_capacity = 1024; t->place_capacity < files * 2;)
        t->place_capacity *= 2;
    t->places = memory_zalloc(t->place_capacity, sizeof *t->places);
    for (i = 0; i < t->count; i++) {
        for (k = 0; k < t->batches[i].count; k++) {
            struct place *p = place_of(t, t->batches[i].files[k].path);

            *p = (struct place){.path = t->batches[i].files[k].path, .batch = i, .file = k};
        }
    }
    while (row != NULL && sqlite3_step(row) == SQLITE_ROW) {
        struct place *p = place_of(
            t, index_store_path_hash((const char *)sqlite3_column_text(row, 0)));
        struct file_stamp stamp;

        if (p->path == 0 || sqlite3_column_bytes(row, 1) != (int)sizeof stamp)
            continue;
        memcpy(&stamp, sqlite3_column_blob(row, 1), sizeof stamp);
        p->is_there = t->batches[p->batch].files[p->file].stamp ==
                      index_store_stamp_hash(&stamp);
        t->batches[p->batch].live += p->is_there;
    }
    sqlite3_finalize(row);
    return row != NULL;
}

static bool is_live(struct tidying *t, size_t batch, size_t file)
{
    const struct place *p = place_of(t, t->batches[batch].files[file].path);

    return p->is_there && p->batch == batch && p->file == file;
}

static bool is_stale(const struct old_batch *b)
{
    return b->live * 2 < b->count;
}

static int64_t live_pairs(const struct old_batch *b)
{
    return b->count > 0 ? b->pairs * (int64_t)b->live / (int64_t)b->count : 0;
}

/* -------------------------------------------------------------------------------- merging */

static void take_pair(void *context, uint32_t term, uint32_t document)
{
    struct tidying *t = context;
    struct index_batch *b = &t->store->batch;
    uint32_t place = t->from->place[document];

    if (place == GONE)
        return;
    MEMORY_RESERVE(b->pairs, b->pair_capacity, b->pair_count + 1);
    b->pairs[b->pair_count++] = index_postings_pair(term, place);
}

/* Number the documents that are still valid, and copy them. */
static bool take_files(struct tidying *t, size_t number)
{
    struct old_batch *old = &t->batches[number];
    struct index_batch *b = &t->store->batch;
    struct span people = span_of(old->people, old->people_bytes);
    size_t i;

    old->place = memory_alloc((old->documents + 1) * sizeof *old->place);
    memset(old->place, 0xFF, old->documents * sizeof *old->place);
    for (i = 0; i < old->count; i++) {
        uint32_t end = i + 1 < old->count ? old->files[i + 1].first_document : old->documents;
        uint32_t count;
        size_t bytes;

        if (people.length < sizeof count || end > old->documents)
            return false;
        memcpy(&count, people.data, sizeof count);
        bytes = sizeof count + (size_t)count * sizeof count;
        if (people.length < bytes)
            return false;
        if (is_live(t, number, i)) {
            MEMORY_RESERVE(b->files, b->file_capacity, b->file_count + 1);
            b->files[b->file_count] = old->files[i];
            b->files[b->file_count++].first_document = b->documents;
            buffer_append(&b->people, people.data, bytes);
            for (uint32_t d = old->files[i].first_document; d < end; d++)
                old->place[d] = b->documents++;
        }
        people = span_skip(people, bytes);
    }
    return true;
}

static bool take_pages(struct tidying *t, const struct old_batch *old)
{
    sqlite3_stmt *row = index_store_prepare(
        t->store, "SELECT id, data FROM page WHERE id>=? AND id<? ORDER BY id");
    int status = SQLITE_ERROR;
    bool ok = row != NULL;

    t->from = old;
    if (ok) {
        sqlite3_bind_int64(row, 1, index_store_page(old->id, 0));
        sqlite3_bind_int64(row, 2, index_store_page(old->id + 1, 0));
    }
    while (ok && (status = sqlite3_step(row)) == SQLITE_ROW) {
        const char *page = sqlite3_column_blob(row, 1);

        ok = page != NULL &&
             index_postings_read(page, (size_t)sqlite3_column_bytes(row, 1),
                                 (uint32_t)(sqlite3_column_int64(row, 0) & 0xFFFFFF),
                                 old->documents, take_pair, t);
    }
    sqlite3_finalize(row);
    return ok && status == SQLITE_DONE;
}

static bool drop_batch(struct index_store *s, int64_t id)
{
    char sql[160];

    sqlite3_snprintf(
        (int)sizeof sql, sql,
        "DELETE FROM page WHERE id>=%lld AND id<%lld; DELETE FROM batch WHERE id=%lld",
        (long long)index_store_page(id, 0), (long long)index_store_page(id + 1, 0),
        (long long)id);
    return sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

/* Merge the batches that need it into one, as many as fit; false if the store is damaged. */
static bool merge(struct tidying *t, struct error *err)
{
    struct index_store *s = t->store;
    int64_t pairs = 0;
    uint32_t documents = 0;
    size_t i;

    if (!index_store_begin(s, err))
        return false;
    for (i = 0; i < t->count; i++) {
        struct old_batch *old = &t->batches[i];

        if (old->pairs >= SMALL && !is_stale(old))
            continue;
        if (pairs > 0 && (pairs + live_pairs(old) > PAIRS_FULL ||
                          documents + old->documents >= POSTINGS_DOCUMENTS_MAX))
            break;
        pairs += live_pairs(old);
        documents += old->documents;
        if (!take_files(t, i) || !take_pages(t, old) || !drop_batch(s, old->id))
            return error_set(err, ERROR_SYNTAX, "the index '%s' is damaged", s->path);
    }
    return index_store_flush(s, err);
}

static bool wants_merging(const struct tidying *t)
{
    size_t small = 0;
    bool stale = false;
    size_t i;

    for (i = 0; i < t->count; i++) {
        small += t->batches[i].pairs < SMALL;
        stale = stale || is_stale(&t->batches[i]);
    }
    return stale || small >= SMALL_MANY;
}

static void release(struct tidying *t)
{
    size_t i;

    for (i = 0; i < t->count; i++) {
        free(t->batches[i].files);
        free(t->batches[i].people);
        free(t->batches[i].place);
    }
    free(t->batches);
    free(t->places);
}

bool index_store_tidy(struct index_store *s, const char *front, char *const *keep, size_t count,
                      struct error *err)
{
    struct tidying t = {.store = s};
    bool ok = index_store_begin(s, err);
    size_t gone = 0;

    if (!ok)
        return false;
    if (!forget_gone(s, front, keep, count, &gone) || !index_store_flush(s, err) ||
        !read_batches(&t) || !find_live(&t))
        ok = error_set(err, ERROR_SYNTAX, "the index '%s' is damaged", s->path);
    if (ok && wants_merging(&t))
        ok = merge(&t, err);
    release(&t);
    if (!ok)
        index_store_discard(s);
    return ok;
}
