/* Index store internals. */
#ifndef SHILU_INDEX_INDEX_STORE_PRIVATE_H
#define SHILU_INDEX_INDEX_STORE_PRIVATE_H

#include <sqlite3.h>

#include "shilu/base/buffer.h"
#include "shilu/base/hash.h"
#include "shilu/base/span.h"
#include "shilu/index/index_store.h"

enum { INDEX_FILE_ALWAYS = 1 };

/* A file in a batch's blob, in the order of their documents. */
struct index_file {
    uint64_t path;  /* the hash of it … */
    uint64_t stamp; /* … and of its state when it was read */
    uint32_t first_document;
    uint32_t flags;
};

/* A batch being built. */
struct index_batch {
    struct index_file *files; /* owned, like all pointers here */
    size_t file_count, file_capacity;
    uint64_t *pairs; /* of term and document */
    uint64_t *spare;
    size_t pair_count, pair_capacity;
    uint32_t documents;
    struct buffer words;  /* new in the store, each ended by LF */
    struct buffer people; /* for each file, the number of people and their numbers */
    bool is_open;         /* inside a transaction */
};

struct index_store {
    sqlite3 *db;
    char *path; /* owned */
    int lock;   /* held while it may write, else -1 */
    int64_t batch_number;
    struct index_batch batch;
    struct hash_set lexicon; /* hashes of all words in the store */
    sqlite3_stmt *get_facts;
    sqlite3_stmt *put_facts;
    sqlite3_stmt *put_person;
    sqlite3_stmt *get_person;
};

uint64_t index_store_path_hash(const char *file);
uint64_t index_store_stamp_hash(const struct file_stamp *stamp);

/* Run a statement without a result. */
bool index_store_run(struct index_store *s, const char *sql, struct error *err);
/* Sets SQLite's message; always returns false. */
bool index_store_fail(struct index_store *s, struct error *err);
sqlite3_stmt *index_store_prepare(struct index_store *s, const char *sql);
bool index_store_begin(struct index_store *s, struct error *err);
/* Remove a blob's checksum; false if it does not match. */
bool index_store_unsum(const char **blob, size_t *bytes);
/* The files of a batch from its blob, owned by the caller; NULL if it is damaged. */
struct index_file *index_store_files(const char *blob, size_t bytes, size_t *count);
/* Remove a damaged store, so that nobody uses it and the next writer rebuilds it. */
void index_store_discard(struct index_store *s);
/* The first id of a batch's pages. */
static inline int64_t index_store_page(int64_t batch, uint32_t term)
{
    return batch << 24 | term;
}

#endif
