/* File stamp: which state of a file something is known of. */
#ifndef SHILU_BASE_FILE_STAMP_H
#define SHILU_BASE_FILE_STAMP_H

#include <stdbool.h>
#include <stdint.h>

struct file_stamp {
    int64_t bytes;
    int64_t modified_ns;
    int64_t changed_ns; /* of the inode: a time of modification can be set at will */
    uint64_t inode;
    uint64_t device;
};

/* The stamp of a regular file; false where there is none, errno saying why. `settled`: its last
 * change is so long past that another one would show in the stamp. */
bool file_stamp_of(const char *path, struct file_stamp *stamp, bool *settled);
bool file_stamp_is(const struct file_stamp *a, const struct file_stamp *b);

#endif
