/* Identity: how what is kept about a record finds it again: by its path and its first bytes, so
 * that a record that has grown is still the same and another one under the old name is not. */
#ifndef SHILU_APP_IDENTITY_H
#define SHILU_APP_IDENTITY_H

#include <stdbool.h>
#include <stddef.h>

enum { IDENTITY_HEAD_BYTES = 4096, IDENTITY_HASH_BYTES = 17 };

/* The first bytes of a record, as many as are compared. */
struct identity_head {
    size_t bytes;
    char hash[IDENTITY_HASH_BYTES];
};

/* At most `bytes` of them; false for what is not a file that can be read again. */
bool identity_read_head(const char *path, size_t bytes, struct identity_head *head);

/* Whether the record at `path` begins with these bytes; `bytes` as a JSON number. */
bool identity_is(const char *path, double bytes, const char *hash);

/* The path in full, in ASCII: JSON text is UTF-8 and a path need not be, so other bytes are
 * written as %XX, and % too. NULL where there is no such file. Owned by the caller, as is the
 * path that a key stands for. */
char *identity_key(const char *path);
char *identity_path(const char *key);

void identity_hash(const char *bytes, size_t count, char out[IDENTITY_HASH_BYTES]);

#endif
