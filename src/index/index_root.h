/* Index root: a folder as named by the user, and its path within the index that covers it. */
#ifndef SHILU_INDEX_INDEX_ROOT_H
#define SHILU_INDEX_INDEX_ROOT_H

#include <stdbool.h>

#include "shilu/base/buffer.h"

struct index_root {
    const char *folder; /* as named by the user, borrowed */
    char *front; /* owned: the folder relative to the root of its index: "", or with a slash
                  * at the end */
    char *path;  /* owned: of the index's database, which need not exist */
};

/* False for anything but a folder, or if there is no place for an index. */
bool index_root_init(struct index_root *root, const char *folder, bool in_folder);
void index_root_release(struct index_root *root);

/* The index's name for a file whose path starts with the folder's; false if it is not in the
 * folder. */
bool index_root_file(const struct index_root *root, const char *path, struct buffer *file);

#endif
