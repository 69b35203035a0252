/* Index refresh: finds the files of some paths, takes from the index what is known about each
 * in its current state, and reads the rest with as many threads as there are cores; results go
 * into the folder's index. So one pass yields both the list of a library and the index for
 * searching. It may be stopped at any time, and continues next time. */
#ifndef SHILU_INDEX_INDEX_REFRESH_H
#define SHILU_INDEX_INDEX_REFRESH_H

#include "shilu/base/dir_walk.h"
#include "shilu/index/index_store.h"

struct index_refresh_options {
    const char *format;   /* read all files in this format … */
    const char *encoding; /* … or encoding; then no index is used */
    bool in_folder;       /* put a new index in the folder itself */
    bool is_needed;       /* fail if no index can be written */
};

/* A file whose facts are known. */
struct index_item {
    char *path; /* owned */
    size_t tag; /* from index_refresh_again, else INDEX_ITEM_NEW */
    struct file_stamp stamp;
    struct file_facts facts;
    bool was_read; /* it was read just now, not found in the index */
};
#define INDEX_ITEM_NEW SIZE_MAX

struct index_refresh;

/* The paths must outlive it. NULL only if an index is required and cannot be written. Reads
 * nothing yet. */
struct index_refresh *index_refresh_new(char *const *paths, size_t count,
                                        const struct index_refresh_options *options,
                                        struct error *err);
/* Writes what has been read so far. */
void index_refresh_free(struct index_refresh *r);

/* Only find files, for about `budget_ms`; false once all are found. */
bool index_refresh_find(struct index_refresh *r, int64_t budget_ms);

/* Find and read for about `budget_ms`; after INDEX_REFRESH_ITEM, *item is the next file, in the
 * order of discovery. */
enum index_refresh_state { INDEX_REFRESH_ITEM, INDEX_REFRESH_BUSY, INDEX_REFRESH_DONE };
enum index_refresh_state index_refresh_step(struct index_refresh *r, int64_t budget_ms,
                                            struct index_item *item);
/* Read a file again, unless it is in this state; false if it is. */
bool index_refresh_again(struct index_refresh *r, const char *path,
                         const struct file_stamp *stamp, size_t tag);

/* Find one more path: a new file, or a folder. */
void index_refresh_add(struct index_refresh *r, const char *path);

/* What was found so far, and what could not be visited. */
const struct dir_walk *index_refresh_walk(const struct index_refresh *r);
bool index_refresh_is_walking(const struct index_refresh *r);

/* Let a thread write what was read and, if everything was read, remove files that are gone. */
void index_refresh_save(struct index_refresh *r);
/* Wait for that, about `budget_ms`; false if it is not done yet. *err is set if an index could
 * not be written completely; it is then no longer used. */
bool index_refresh_settle(struct index_refresh *r, int64_t budget_ms, struct error *err);

#endif
