/* File stamp: identifies the state of a file, so that later changes are noticed. */
#ifndef SHILU_BASE_FILE_STAMP_H
#define SHILU_BASE_FILE_STAMP_H

#include <stdbool.h>
#include <stdint.h>

struct file_stamp {
    int64_t bytes;
    int64_t modified_ns;
    int64_t changed_ns; /* of the inode, because the modification time can be set at will */
    uint64_t inode;
    uint64_t device;
};

/* The stamp of a regular file; false if there is none, and errno says why. `settled`: the last
 * change is long enough ago that another one would change the stamp. */
bool file_stamp_of(const char *path, struct file_stamp *stamp, bool *settled);
bool file_stamp_is(const struct file_stamp *a, const struct file_stamp *b);

#endif
