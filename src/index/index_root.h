/* Index root: a folder as it was named, and its path within the index that covers it. */
#ifndef SHILU_INDEX_INDEX_ROOT_H
#define SHILU_INDEX_INDEX_ROOT_H

#include <stdbool.h>

#include "shilu/base/buffer.h"

struct index_root {
    const char *folder; /* as it was named, borrowed */
    char *front; /* owned: that folder below the root of its index: "", or with a slash */
    char *path;  /* owned: of the index's database, which need not be there */
};

/* False for anything but a folder, or if there is no place for an index. */
bool index_root_init(struct index_root *root, const char *folder, bool in_folder);
void index_root_release(struct index_root *root);

/* The name that the index has for a file whose path starts with the folder's; false for one
 * that is not in it. */
bool index_root_file(const struct index_root *root, const char *path, struct buffer *file);

#endif
