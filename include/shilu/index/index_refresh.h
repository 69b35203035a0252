/* Index refresh: finds the files of some paths, takes what the index knows about each in its
 * current state, and reads the others with as many threads as there are cores; what was read
 * goes into the index of its folder. So one pass yields the list of a library and the index
 * that a search asks. It may be stopped at any moment and continues the next time. */
#ifndef SHILU_INDEX_INDEX_REFRESH_H
#define SHILU_INDEX_INDEX_REFRESH_H

#include "shilu/base/dir_walk.h"
#include "shilu/index/index_store.h"

struct index_refresh_options {
    const char *format;   /* read all files in this format … */
    const char *encoding; /* … or encoding: no index is used then */
    bool in_folder;       /* put a new index in the folder itself */
    bool is_needed;       /* fail if no index can be written */
};

/* A file about which everything is known. */
struct index_item {
    char *path; /* owned */
    size_t tag; /* of index_refresh_again, else INDEX_ITEM_NEW */
    struct file_stamp stamp;
    struct file_facts facts;
    bool was_read; /* it was not known before */
};
#define INDEX_ITEM_NEW SIZE_MAX

struct index_refresh;

/* The paths must outlive it. NULL only if an index is required and cannot be written. Nothing
 * is read yet. */
struct index_refresh *index_refresh_new(char *const *paths, size_t count,
                                        const struct index_refresh_options *options,
                                        struct error *err);
/* Writes what has been read so far. */
void index_refresh_free(struct index_refresh *r);

/* Only find files, for about `budget_ms`; false once all are found. */
bool index_refresh_find(struct index_refresh *r, int64_t budget_ms);

/* Find and read for about `budget_ms`; after INDEX_REFRESH_ITEM, *item is the next file, in the
 * order in which files are found. */
enum index_refresh_state { INDEX_REFRESH_ITEM, INDEX_REFRESH_BUSY, INDEX_REFRESH_DONE };
enum index_refresh_state index_refresh_step(struct index_refresh *r, int64_t budget_ms,
                                            struct index_item *item);
/* Read a file again, unless it is in this state; false where it is. */
bool index_refresh_again(struct index_refresh *r, const char *path,
                         const struct file_stamp *stamp, size_t tag);

/* Find one more path: a file that has appeared, or a folder. */
void index_refresh_add(struct index_refresh *r, const char *path);

/* What was found so far, and what could not be visited. */
const struct dir_walk *index_refresh_walk(const struct index_refresh *r);
bool index_refresh_is_walking(const struct index_refresh *r);

/* Have a thread write what was read and, if everything was read, remove what has gone. */
void index_refresh_save(struct index_refresh *r);
/* Wait for that, about `budget_ms`; false if it is not done. *err is set if an index could not
 * be written to the end: it is no longer used then. */
bool index_refresh_settle(struct index_refresh *r, int64_t budget_ms, struct error *err);

#endif
