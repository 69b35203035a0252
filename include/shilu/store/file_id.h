/* File ID: recognises a record by its path and its first bytes, so that a record that has grown
 * is the same, and another one under the old name is not. */
#ifndef SHILU_STORE_FILE_ID_H
#define SHILU_STORE_FILE_ID_H

#include <stdbool.h>
#include <stddef.h>

enum { FILE_ID_HEAD_BYTES = 4096, FILE_ID_HASH_BYTES = 17 };

/* The first bytes of a record that are compared. */
struct file_id_head {
    size_t bytes;
    char hash[FILE_ID_HASH_BYTES];
};

/* At most `bytes` of them; false for a file that cannot be read twice. */
bool file_id_read_head(const char *path, size_t bytes, struct file_id_head *head);

/* Whether the record at `path` begins with these bytes; `bytes` is a JSON number. */
bool file_id_is(const char *path, double bytes, const char *hash);

/* The full path in ASCII: JSON is UTF-8 and a path need not be, so other bytes and % are
 * written as %XX. NULL if there is no such file. Owned by the caller, as is the path of a
 * key. */
char *file_id_key(const char *path);
char *file_id_path(const char *key);

void file_id_hash(const char *bytes, size_t count, char out[FILE_ID_HASH_BYTES]);

#endif
